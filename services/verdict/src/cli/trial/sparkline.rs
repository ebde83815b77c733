//! A series on one line of text.

use jiff::Timestamp;
use verdict_kernel::value::Value;
use verdict_metrics_domain::evaluation::Comparison;
use verdict_metrics_domain::replay::record::Span;

const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The columns of a period: each is a span of it.
pub(super) fn columns(period: Span, count: u32) -> impl Iterator<Item = Span> {
    let length = period.to.duration_since(period.from);
    let at = move |index: u32| {
        let part = length.as_secs_f64() * f64::from(index) / f64::from(count.max(1));
        let part = jiff::SignedDuration::try_from_secs_f64(part).unwrap_or(length);
        period.from.checked_add(part).unwrap_or(period.to)
    };
    (0..count).map(move |index| Span { from: at(index), to: at(index + 1) })
}

/// Of each column the value that is nearest to breaking the rule.
pub(super) fn worst(
    series: &[(Timestamp, Value)],
    period: Span,
    count: u32,
    comparison: Comparison,
) -> Vec<Option<f64>> {
    let of_column = |column: Span| {
        let first = series.partition_point(|(at, _)| *at <= column.from);
        let end = series.partition_point(|(at, _)| *at <= column.to);
        let values = series[first..end.max(first)].iter().map(|(_, value)| *value);
        let worst = match comparison {
            Comparison::Above => values.max(),
            Comparison::Below => values.min(),
        };
        worst.map(Value::get)
    };
    columns(period, count).map(of_column).collect()
}

/// The heights of values; nothing where there is none.
pub(super) fn line(values: &[Option<f64>]) -> String {
    let known = || values.iter().flatten().copied();
    let (least, most) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    let height = |value: f64| {
        // Of halves, so that the largest numbers have a difference.
        let (part, whole) = (value / 2.0 - least / 2.0, most / 2.0 - least / 2.0);
        let steps = if whole > 0.0 { part / whole * 7.0 } else { 0.0 };
        let above = HEIGHTS.iter().zip(0_u32..8).rev().find(|(_, step)| f64::from(*step) <= steps.round());
        above.map_or(HEIGHTS[0], |(height, _)| *height)
    };
    values.iter().map(|value| value.map_or(' ', height)).collect()
}

/// A mark in each column that one of the spans touches.
pub(super) fn marks(spans: &[Span], period: Span, count: u32, mark: char) -> String {
    let touched = |column: Span| spans.iter().any(|span| span.from < column.to && column.from < span.to);
    let line: String =
        columns(period, count).map(|column| if touched(column) { mark } else { ' ' }).collect();
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    const fn span(from: Timestamp, to: Timestamp) -> Span {
        Span { from, to }
    }

    #[test]
    fn heights_reach_from_the_least_to_the_most_and_a_gap_stays_one() {
        assert_eq!(line(&[Some(0.0), Some(3.5), None, Some(7.0)]), "▁▅ █");
        assert_eq!(line(&[Some(5.0), Some(5.0)]), "▁▁");
        assert_eq!(line(&[Some(-f64::MAX), Some(f64::MAX)]), "▁█");
        assert_eq!(line(&[None]), " ");
    }

    #[test]
    fn a_column_shows_what_was_nearest_to_breaking() {
        let series: Vec<_> = [(5, 1.0), (10, 9.0), (11, 4.0)]
            .map(|(second, value)| (at(second), Value::new(value).unwrap()))
            .to_vec();
        let worst = |comparison| worst(&series, span(at(0), at(30)), 3, comparison);
        assert_eq!(worst(Comparison::Above), [Some(9.0), Some(4.0), None]);
        assert_eq!(worst(Comparison::Below), [Some(1.0), Some(4.0), None]);
    }

    #[test]
    fn marks_stand_under_the_columns_that_are_touched() {
        let marks = |from, to| marks(&[span(at(from), at(to))], span(at(0), at(40)), 4, '^');
        assert_eq!(marks(10, 20), " ^");
        assert_eq!(marks(9, 21), "^^^");
        assert_eq!(marks(50, 60), "");
    }
}
