//! A share of a whole, as configuration gives it.

use serde::{Deserialize, Serialize};

/// A number from 0 to 1, kept in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Ratio(u32);

const WHOLE: u32 = 1_000_000;

/// The number that is no share of a whole.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("{0} is not a number from 0 to 1")]
pub struct NotARatio(f64);

impl Ratio {
    /// Everything.
    pub const ALL: Self = Self(WHOLE);

    /// From 0 to 1.
    pub fn get(self) -> f64 {
        f64::from(self.0) / f64::from(WHOLE)
    }
}

impl TryFrom<f64> for Ratio {
    type Error = NotARatio;

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the number was looked at: it is between nothing and a million"
    )]
    fn try_from(number: f64) -> Result<Self, NotARatio> {
        if !(0.0..=1.0).contains(&number) {
            return Err(NotARatio(number));
        }
        Ok(Self((number * f64::from(WHOLE)).round() as u32))
    }
}

impl From<Ratio> for f64 {
    fn from(ratio: Ratio) -> Self {
        ratio.get()
    }
}
