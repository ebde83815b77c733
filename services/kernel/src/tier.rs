//! How loud a change is launched, and how carefully it ships.

/// 1 is the loudest, 4 is release notes only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    One,
    Two,
    Three,
    Four,
}

impl Tier {
    /// The tier with this number, 1 to 4.
    pub const fn new(number: u32) -> Option<Self> {
        match number {
            1 => Some(Self::One),
            2 => Some(Self::Two),
            3 => Some(Self::Three),
            4 => Some(Self::Four),
            0 | 5.. => None,
        }
    }

    /// 1 to 4.
    pub const fn number(self) -> u32 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
            Self::Four => 4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tier_is_one_to_four() {
        let numbers = [0, 1, 2, 3, 4, 5].map(|number| Tier::new(number).map(Tier::number));
        assert_eq!(numbers, [None, Some(1), Some(2), Some(3), Some(4), None]);
    }
}
