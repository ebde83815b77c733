//! Cost and appetite in person-days, exact to a millionth: sums of decimals must not drift.

use std::fmt;
use std::str::FromStr;

/// Millionths in one person-day.
const MICROS: i64 = 1_000_000;
/// Decimals that a millionth has.
const DECIMALS: usize = 6;
/// Whole days that are believable, in digits.
const WHOLE_DIGITS: usize = 9;

/// An amount of work in millionths of a person-day; negative amounts correct earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct PersonDays(i64);

/// The text is not a decimal number of person-days.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a number of person-days: give up to nine digits and six decimals, such as 2.5")]
pub struct InvalidPersonDays(pub String);

impl PersonDays {
    pub const ZERO: Self = Self(0);

    /// `micros` millionths of a person-day.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    pub const fn micros(self) -> i64 {
        self.0
    }

    /// The sum, held at the largest amount instead of overflowing.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl fmt::Display for PersonDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let micros = self.0.unsigned_abs();
        let (whole, part) = (micros / MICROS.unsigned_abs(), micros % MICROS.unsigned_abs());
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        let part = format!("{part:0DECIMALS$}");
        write!(f, "{sign}{whole}.{}", part.trim_end_matches('0'))
    }
}

impl FromStr for PersonDays {
    type Err = InvalidPersonDays;

    fn from_str(text: &str) -> Result<Self, InvalidPersonDays> {
        let invalid = || InvalidPersonDays(text.to_owned());
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let (sign, number) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
        if !digits(whole) || !digits(part) || whole.len() > WHOLE_DIGITS || part.len() > DECIMALS {
            return Err(invalid());
        }
        let whole: i64 = whole.parse().map_err(|_| invalid())?;
        let part: i64 = format!("{part:0<DECIMALS$}").parse().map_err(|_| invalid())?;
        Ok(Self(sign * (whole * MICROS + part)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_reads_and_prints_exactly() {
        for (text, micros, shown) in [
            ("0", 0, "0"),
            ("2.5", 2_500_000, "2.5"),
            ("-0.000001", -1, "-0.000001"),
            ("10.10", 10_100_000, "10.1"),
            ("999999999.999999", 999_999_999_999_999, "999999999.999999"),
        ] {
            let amount: PersonDays = text.parse().unwrap();
            assert_eq!((amount.micros(), amount.to_string().as_str()), (micros, shown));
        }
    }

    #[test]
    fn what_is_no_amount_is_named() {
        for text in ["", "-", ".5", "5.", "1e3", "NaN", "+1", "1,5", "0.0000001", "1234567890"] {
            assert_eq!(text.parse::<PersonDays>(), Err(InvalidPersonDays(text.to_owned())));
        }
    }
}
