//! Shares in basis points: exact, comparable, and fine enough for 0.01 % steps.

use std::fmt;
use std::str::FromStr;

/// A share between 0 % and 100 % in hundredths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Percent(u16);

/// The number is outside 0 to 100 % or finer than 0.01 %.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a percentage: give 0 to 100 with at most two decimals")]
pub struct InvalidPercent(pub String);

impl Percent {
    pub const ZERO: Self = Self(0);
    pub const FULL: Self = Self(10_000);

    /// `basis_points` from 0 to 10,000.
    pub fn from_basis_points(basis_points: u32) -> Result<Self, InvalidPercent> {
        match u16::try_from(basis_points) {
            Ok(bp) if bp <= Self::FULL.0 => Ok(Self(bp)),
            Ok(_) | Err(_) => Err(InvalidPercent(format!("{basis_points} basis points"))),
        }
    }

    /// A whole number of percent, for constants; more than 100 is held at 100 %.
    #[must_use]
    pub const fn of(percent: u16) -> Self {
        if percent >= 100 { Self::FULL } else { Self(percent * 100) }
    }

    pub const fn basis_points(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => write!(f, "{whole} %"),
            (whole, part) if part % 10 == 0 => write!(f, "{whole}.{} %", part / 10),
            (whole, part) => write!(f, "{whole}.{part:02} %"),
        }
    }
}

impl FromStr for Percent {
    type Err = InvalidPercent;

    fn from_str(text: &str) -> Result<Self, InvalidPercent> {
        let invalid = || InvalidPercent(text.to_owned());
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let number = text.trim().trim_end_matches('%').trim_end();
        let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
        if !digits(whole) || !digits(part) || part.len() > 2 || whole.len() > 3 {
            return Err(invalid());
        }
        let whole: u32 = whole.parse().map_err(|_| invalid())?;
        let hundredths: u32 = format!("{part:0<2}").parse().map_err(|_| invalid())?;
        Self::from_basis_points(whole * 100 + hundredths).map_err(|_| invalid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_basis_points_agree() {
        for (text, bp, shown) in [
            ("0", 0, "0 %"),
            ("10 %", 1000, "10 %"),
            ("0.5%", 50, "0.5 %"),
            ("12.34", 1234, "12.34 %"),
            ("100", 10_000, "100 %"),
        ] {
            let percent: Percent = text.parse().unwrap();
            assert_eq!((percent.basis_points(), percent.to_string().as_str()), (bp, shown));
        }
    }

    #[test]
    fn what_is_no_share_is_refused() {
        for text in ["", "-1", "100.01", "101", "1.234", "NaN", "1e1", "+5", "."] {
            assert_eq!(text.parse::<Percent>(), Err(InvalidPercent(text.to_owned())));
        }
        assert!(Percent::from_basis_points(10_001).is_err());
    }
}
