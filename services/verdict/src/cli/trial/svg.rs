//! A trial as a picture: the series, its threshold, what would have broken and what is known to have been wrong.

use jiff::Timestamp;
use verdict_metrics_domain::evaluation::{Rule, Terms};
use verdict_metrics_domain::replay::record::{Record, Span};

use super::outcome::Outcome;
use super::past::Past;
use super::shown::minute;
use super::sparkline;

/// Of the picture, and of the plot in it.
const SIZE: (f64, f64) = (960.0, 300.0);
const LEFT: f64 = 70.0;
const TOP: f64 = 30.0;
const PLOT: (f64, f64) = (870.0, 220.0);
/// Points of the line; more cannot be told apart.
const POINTS: u32 = 870;

/// Where a time and a value stand.
struct Scale {
    period: Span,
    least: f64,
    most: f64,
}

impl Scale {
    fn of(terms: &Terms, past: &Past) -> Self {
        let Rule::Threshold(threshold) = &terms.rule;
        let values = past.series.iter().map(|(_, value)| value.get()).chain([threshold.value.get()]);
        let (least, most) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| {
            (least.min(value), most.max(value))
        });
        Self { period: past.period, least, most }
    }

    fn x(&self, at: Timestamp) -> f64 {
        let at = at.clamp(self.period.from, self.period.to.max(self.period.from));
        let whole = self.period.to.duration_since(self.period.from).as_secs_f64();
        let part = at.duration_since(self.period.from).as_secs_f64();
        LEFT + if whole > 0.0 { part / whole * PLOT.0 } else { 0.0 }
    }

    fn y(&self, value: f64) -> f64 {
        let (part, whole) = (value / 2.0 - self.least / 2.0, self.most / 2.0 - self.least / 2.0);
        TOP + PLOT.1 - if whole > 0.0 { part / whole * PLOT.1 } else { 0.0 }
    }
}

/// The picture.
pub(super) fn draw(terms: &Terms, past: &Past, outcome: &Outcome, record: &Record) -> String {
    let Rule::Threshold(threshold) = &terms.rule;
    let scale = Scale::of(terms, past);
    let incidents = record.incidents.iter().map(|incident| {
        let span = Span { from: incident.began, to: incident.ended };
        rectangle(&scale, span, "incident", &format!("incident {}", incident.name))
    });
    let breaches = outcome.breaches.iter().map(|breach| {
        let span = Span { from: breach.began, to: breach.ended.unwrap_or(past.period.to) };
        let title = format!("breached {}, {}", minute(breach.breached), breach.judgement);
        rectangle(&scale, span, breach.judgement, &title)
    });
    let body: String = incidents.chain(breaches).collect();
    let values = sparkline::worst(&past.series, past.period, POINTS, threshold.comparison);
    let columns = sparkline::columns(past.period, POINTS).zip(values);
    let points = columns.map(|(column, value)| Some((scale.x(column.to), scale.y(value?))));
    let line = path(points);
    let bound = scale.y(threshold.value.get());
    let right = LEFT + PLOT.0;
    let (width, height) = SIZE;
    let bottom = TOP + PLOT.1;
    let title = text(&format!("{} {}", outcome.series, outcome.rule));
    let (least, most, at) = (scale.least, scale.most, threshold.value);
    let (from, to) = (minute(past.period.from), minute(past.period.to));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" \
         font-size=\"11\">\n<style>{STYLE}</style>\n<title>{title}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n<text x=\"{LEFT}\" y=\"18\">{title}</text>\n\
         {body}<path class=\"line\" d=\"{line}\"/>\n\
         <path class=\"bound\" d=\"M{LEFT} {bound:.1}H{right}\"/>\n\
         <text x=\"{right}\" y=\"{:.1}\" text-anchor=\"end\">{at}</text>\n\
         <text x=\"64\" y=\"{:.1}\" text-anchor=\"end\">{most}</text>\n\
         <text x=\"64\" y=\"{bottom}\" text-anchor=\"end\">{least}</text>\n\
         <text x=\"{LEFT}\" y=\"{:.1}\">{from}</text>\n\
         <text x=\"{right}\" y=\"{:.1}\" text-anchor=\"end\">{to}</text>\n</svg>\n",
        bound - 3.0,
        TOP + 8.0,
        bottom + 16.0,
        bottom + 16.0,
    )
}

const STYLE: &str = ".line{fill:none;stroke:#235;stroke-width:1}.bound{stroke:#b00;stroke-dasharray:4 3}\
                     .incident{fill:#fd8;opacity:.6}.right{fill:#2a2;opacity:.35}.false{fill:#d22;opacity:.35}\
                     .unknown{fill:#888;opacity:.35}";

/// Nothing, outside of the period.
fn rectangle(scale: &Scale, span: Span, class: &str, title: &str) -> String {
    if span.to < scale.period.from || span.from > scale.period.to {
        return String::new();
    }
    let (left, right) = (scale.x(span.from), scale.x(span.to));
    let (width, height, title) = ((right - left).max(1.0), PLOT.1, text(title));
    format!(
        "<rect class=\"{class}\" x=\"{left:.1}\" y=\"{TOP}\" width=\"{width:.1}\" height=\"{height}\">\
         <title>{title}</title></rect>\n"
    )
}

/// A line through points; it breaks off where there is none.
fn path(points: impl Iterator<Item = Option<(f64, f64)>>) -> String {
    let mut drawing = false;
    let step = |point: Option<(f64, f64)>| {
        let step = if drawing { 'L' } else { 'M' };
        drawing = point.is_some();
        point.map(|(x, y)| format!("{step}{x:.1} {y:.1}"))
    };
    points.filter_map(step).collect()
}

/// A text as it may stand in the picture.
fn text(given: &str) -> String {
    let mut text = String::with_capacity(given.len());
    for letter in given.chars() {
        match letter {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            letter if letter.is_control() => text.push(' '),
            letter => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_breaks_off_where_there_is_no_data() {
        let points = [Some((1.0, 2.0)), Some((2.0, 3.0)), None, Some((4.0, 5.0))];
        assert_eq!(path(points.into_iter()), "M1.0 2.0L2.0 3.0M4.0 5.0");
    }

    #[test]
    fn what_somebody_named_is_no_markup() {
        assert_eq!(text("a<b>&\"\u{7}"), "a&lt;b&gt;&amp;&quot; ");
    }
}
