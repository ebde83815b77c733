//! Shares of the work of a process or an evaluation, told by a stable hash of the id.

/// One of `count` equal shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shard {
    index: u32,
    count: u32,
}

/// The share does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no shard {index} of {count}")]
pub struct NoSuchShard {
    pub index: u32,
    pub count: u32,
}

impl Shard {
    /// All of the work in one share.
    pub const WHOLE: Self = Self { index: 0, count: 1 };

    /// Share `index`, from 0, of `count`.
    pub const fn new(index: u32, count: u32) -> Result<Self, NoSuchShard> {
        if index < count { Ok(Self { index, count }) } else { Err(NoSuchShard { index, count }) }
    }

    /// Every share of `count`.
    pub fn all(count: u32) -> impl Iterator<Item = Self> {
        (0..count).map(move |index| Self { index, count })
    }

    /// The share of `count` that `id` belongs to.
    pub fn of(id: &str, count: u32) -> Self {
        let count = count.max(1);
        // Below `count`, so it fits.
        let index = u32::try_from(hash(id) % u64::from(count)).unwrap_or_default();
        Self { index, count }
    }

    pub const fn index(self) -> u32 {
        self.index
    }

    pub const fn count(self) -> u32 {
        self.count
    }

    /// Whether `id` belongs to this share. The same for ever and on every machine.
    pub fn owns(self, id: &str) -> bool {
        hash(id) % u64::from(self.count) == u64::from(self.index)
    }

    /// The name of the lease on this share of `work`: `evaluation-1-of-4`, plainly `evaluation` for the whole.
    pub fn lease_name(self, work: &str) -> String {
        match self.count {
            1 => work.to_owned(),
            count => format!("{work}-{}-of-{count}", self.index),
        }
    }
}

/// FNV-1a with the finaliser of SplitMix64, because the low bits of FNV alone spread short ids badly.
fn hash(id: &str) -> u64 {
    let fnv = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mixed = (fnv ^ (fnv >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_belongs_to_exactly_one_shard_and_the_shares_are_even() {
        let mut sizes = [0_u32; 4];
        for n in 0..4000 {
            let id = format!("01JD3Z8Q4M9W6T2V5X7Y{n:06}");
            let owners: Vec<_> = Shard::all(4).filter(|shard| shard.owns(&id)).collect();
            let [owner] = owners[..] else { panic!("{id} belongs to {owners:?}") };
            assert_eq!(Shard::of(&id, 4), owner);
            sizes[owner.index as usize] += 1;
        }
        assert!(sizes.iter().all(|&size| (850..=1150).contains(&size)), "{sizes:?}");
    }

    #[test]
    fn the_share_of_an_id_never_changes() {
        let owner = |id| Shard::all(16).find(|shard| shard.owns(id)).map(|shard| shard.index);
        assert_eq!(["", "a", "01JD3Z8Q4M9W6T2V5X7Y0A1B2C"].map(owner), [Some(11), Some(8), Some(14)]);
    }

    #[test]
    fn a_share_beyond_the_last_is_refused_and_the_last_is_accepted() {
        assert_eq!(Shard::new(4, 4), Err(NoSuchShard { index: 4, count: 4 }));
        assert_eq!(
            Shard::new(3, 4).map(|shard| shard.lease_name("evaluation")),
            Ok("evaluation-3-of-4".to_owned())
        );
        assert_eq!(Shard::WHOLE.lease_name("evaluation"), "evaluation");
    }
}
