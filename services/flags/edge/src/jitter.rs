//! Spreads clients out in time, so that those that were turned away together do not come back together.

use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU64, Ordering};

use verdict_kernel::id::EdgeId;

/// Numbers that look random and follow from the seed (SplitMix64). Nothing rests on nobody guessing them.
#[derive(Debug, Default)]
pub(crate) struct Jitter {
    state: AtomicU64,
}

impl Jitter {
    /// Another one for each start of an edge.
    pub(crate) fn of(edge: EdgeId) -> Self {
        let seed = edge.to_string().bytes().fold(0, |seed: u64, byte| seed.rotate_left(5) ^ u64::from(byte));
        Self::seeded(seed)
    }

    pub(crate) const fn seeded(seed: u64) -> Self {
        Self { state: AtomicU64::new(seed) }
    }

    /// A number of the range, each as often as any other.
    pub(crate) fn within(&self, range: RangeInclusive<u64>) -> u64 {
        let step = 0x9e37_79b9_7f4a_7c15_u64;
        let mut mixed = self.state.fetch_add(step, Ordering::Relaxed).wrapping_add(step);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let (start, end) = range.into_inner();
        start + mixed % (end - start + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stays_within_its_range_reaches_all_of_it_and_follows_from_its_seed() {
        let draw = |seed| {
            let jitter = Jitter::seeded(seed);
            (0..1_000).map(|_| jitter.within(1..=5)).collect::<Vec<_>>()
        };
        let drawn = draw(7);
        for number in 1..=5 {
            let times = drawn.iter().filter(|&&other| other == number).count();
            assert!((150..=250).contains(&times), "{number} came {times} times");
        }
        assert!(drawn.iter().all(|number| (1..=5).contains(number)));
        assert_eq!(draw(7), drawn);
        assert_ne!(draw(8), drawn);
    }
}
