//! A measured number: finite, exact to the last bit, and the same text wherever it is written.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// A finite number. Negative zero is zero, so equality and order are total.
#[derive(Debug, Clone, Copy)]
pub struct Value(f64);

/// The number is no measurement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a finite decimal number")]
pub struct InvalidValue(pub String);

impl Value {
    /// A finite number; NaN and the infinities are refused.
    pub fn new(number: f64) -> Result<Self, InvalidValue> {
        if number.is_finite() { Ok(Self(number + 0.0)) } else { Err(InvalidValue(number.to_string())) }
    }

    /// The mean of `count` numbers with this sum. A finite number by at least 1 stays finite.
    #[expect(clippy::cast_precision_loss, reason = "a mean does not notice the last digits of a count")]
    pub fn mean_of(sum: Self, count: u64) -> Self {
        Self::new(sum.0 / count.max(1) as f64).unwrap_or(sum)
    }

    pub const fn get(self) -> f64 {
        self.0
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Value {}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Value {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

/// The shortest text that reads back as the same number.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Value {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let invalid = || InvalidValue(text.to_owned());
        let number: f64 = text.trim().parse().map_err(|_| invalid())?;
        Self::new(number).map_err(|_| invalid())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_number_is_named() {
        for text in ["", "NaN", "inf", "-infinity", "1e999", "five"] {
            assert_eq!(text.parse::<Value>(), Err(InvalidValue(text.to_owned())));
        }
        assert!(Value::new(f64::NAN).is_err());
        assert!(Value::new(f64::INFINITY).is_err());
    }

    #[test]
    fn both_zeros_are_one_value() {
        let (plus, minus) = (Value::new(0.0), Value::new(-0.0));
        assert_eq!(plus, minus);
        assert_eq!(minus.map(|zero| zero.to_string()), Ok("0".to_owned()));
    }

    #[test]
    fn the_mean_of_a_finite_sum_is_finite() {
        let value = |number| Value::new(number).unwrap();
        for (sum, count, mean) in [(9.0, 4, 2.25), (f64::MAX, 1, f64::MAX), (3.0, 0, 3.0)] {
            assert_eq!(Value::mean_of(value(sum), count), value(mean));
        }
    }

    proptest! {
        #[test]
        fn the_text_of_a_value_reads_back_to_the_last_bit(number in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL) {
            let value = Value::new(number).unwrap();
            prop_assert_eq!(value.to_string().parse(), Ok(value));
        }
    }
}
