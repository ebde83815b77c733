//! Which sums a sample can have: what no set of numbers adds up to is no measurement.
//!
//! With `n` numbers of sum `s`, sum of squares `q`, least `a` and greatest `b`:
//!
//! ```text
//!   a <= s/n <= b                       the mean lies between the extremes
//!   (n-1)a + b <= s <= a + (n-1)b       both extremes are among them
//!   s²/n <= q                           no sample varies less than not at all
//!   q <= (a+b)s - nab                   none varies more than one of extremes alone
//! ```
//!
//! What was not given is not compared. Rounding is allowed for: sums of floating numbers are not exact.

/// The sums of a sample, as far as they are known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sums {
    /// At least 1.
    pub count: f64,
    pub sum: f64,
    pub sum_of_squares: Option<f64>,
    pub min: Option<f64>,
    pub max: Option<f64>,
}

/// Which sum cannot be, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{sentence}")]
pub struct Impossible {
    /// The name of the sum.
    pub which: &'static str,
    pub sentence: String,
}

/// Part of the size of the numbers by which two of them may differ and count as equal.
const SLACK: f64 = 1e-9;

/// Whether `a` is above `b` by more than rounding explains. False where one of them is no number.
fn above(a: f64, b: f64, size: f64) -> bool {
    a > b + SLACK * size.abs().max(a.abs()).max(b.abs())
}

/// Whether some sample has these sums.
pub fn check(sums: &Sums) -> Result<(), Impossible> {
    extremes(sums)?;
    squares(sums)
}

fn impossible(which: &'static str, sentence: String) -> Result<(), Impossible> {
    Err(Impossible { which, sentence })
}

fn extremes(Sums { count, sum, min, max, .. }: &Sums) -> Result<(), Impossible> {
    let mean = sum / count;
    let size = min.unwrap_or(mean).abs().max(max.unwrap_or(mean).abs());
    if let (Some(min), Some(max)) = (min, max) {
        if min > max {
            return impossible("min", format!("the least, {min}, is above the greatest, {max}"));
        }
        if *count <= 1.0 && above(*max, *min, size) {
            return impossible("max", format!("one measurement is not both {min} and {max}"));
        }
        let least = (count - 1.0) * min + max;
        let most = min + (count - 1.0) * max;
        if above(least, *sum, size * count) || above(*sum, most, size * count) {
            let range = format!("from {least} to {most}");
            return impossible(
                "sum",
                format!(
                    "the mean {mean} does not fit: {count} numbers from {min} to {max} sum up to {range}"
                ),
            );
        }
    }
    if min.is_some_and(|min| above(min, mean, size)) || max.is_some_and(|max| above(mean, max, size)) {
        return impossible("sum", format!("the mean {mean} is not between the extremes"));
    }
    Ok(())
}

fn squares(Sums { count, sum, sum_of_squares, min, max }: &Sums) -> Result<(), Impossible> {
    let Some(squares) = sum_of_squares else {
        return Ok(());
    };
    let least = sum * sum / count;
    if *squares < 0.0 || above(least, *squares, least) {
        return impossible("sum_of_squares", format!("squares of these numbers sum up to {least} at least"));
    }
    if let (Some(min), Some(max)) = (min, max) {
        let most = (min + max) * sum - count * min * max;
        let size = count * min.abs().max(max.abs()).powi(2);
        if above(*squares, most, size) {
            let sentence = format!("squares of numbers from {min} to {max} sum up to {most} at the most");
            return impossible("sum_of_squares", sentence);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
