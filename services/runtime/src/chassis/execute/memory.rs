//! What a stream remembers of its commands, shared between all copies of a fold: a command on an old stream copies what
//! is new and nothing of the past.

use std::collections::HashMap;
use std::sync::Arc;

use uuid::Uuid;

/// A map that is cheap to clone and only grows. It is kept in parts, each at least twice as large as the next one, so
/// there are few; a part is merged only with one that is not larger.
#[derive(Debug)]
pub(super) struct Memory<V> {
    parts: Vec<Arc<HashMap<Uuid, V>>>,
}

impl<V> Clone for Memory<V> {
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone() }
    }
}

impl<V> Default for Memory<V> {
    fn default() -> Self {
        Self { parts: Vec::new() }
    }
}

impl<V: Clone> Memory<V> {
    /// What is remembered of `id`: the newest part knows best.
    pub(super) fn get(&self, id: Uuid) -> Option<&V> {
        self.parts.iter().rev().find_map(|part| part.get(&id))
    }

    /// Remembers `value` of `id`, instead of what was remembered before.
    pub(super) fn remember(&mut self, id: Uuid, value: V) {
        let mut newest = HashMap::from([(id, value)]);
        while let Some(before) = self.parts.pop_if(|before| before.len() <= newest.len()) {
            let mut merged = Arc::unwrap_or_clone(before);
            merged.extend(newest);
            newest = merged;
        }
        self.parts.push(Arc::new(newest));
    }

    /// How much is remembered, at the most.
    pub(super) fn len(&self) -> usize {
        self.parts.iter().map(|part| part.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use verdict_kernel::clock::{ManualClock, Timestamp};

    use super::*;
    use crate::execute::COMMANDS_A_WEIGHT;
    use crate::log::Log;
    use crate::log::contract::tally::{Command, envelope, repository};
    use crate::log::memory::MemoryLog;

    #[test]
    fn the_newest_value_of_every_id_is_found() {
        let mut memory = Memory::default();
        for number in 0..1000_u128 {
            memory.remember(Uuid::from_u128(number % 700), number);
        }
        for id in 0..700_u128 {
            let newest = if id < 300 { id + 700 } else { id };
            assert_eq!(memory.get(Uuid::from_u128(id)), Some(&newest));
        }
        assert_eq!(memory.get(Uuid::from_u128(700)), None);
    }

    #[test]
    fn a_copy_of_a_long_memory_shares_the_past() {
        let mut memory = Memory::default();
        for number in 0..10_000_u128 {
            memory.remember(Uuid::from_u128(number), number);
        }
        assert!(memory.parts.len() < 16, "{} parts", memory.parts.len());
        let mut copy = memory.clone();
        copy.remember(Uuid::from_u128(10_000), 0);
        assert!(Arc::ptr_eq(&copy.parts[0], &memory.parts[0]));
        let own: usize =
            copy.parts.iter().filter(|part| Arc::strong_count(part) == 1).map(|part| part.len()).sum();
        assert!(own < 100, "{own} of {} are copied", copy.len());
    }

    #[tokio::test]
    async fn clause_26_a_stream_with_many_commands_takes_the_room_of_several_in_the_cache() {
        let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        let log: Log = Arc::new(MemoryLog::new("log", clock.clone()));
        let tallies = repository(&log, clock);
        for number in 0..3 * COMMANDS_A_WEIGHT {
            tallies.execute(&envelope(&number.to_string()), "long", true, Command::Clear).await.unwrap();
        }
        tallies.execute(&envelope("one"), "short", true, Command::Clear).await.unwrap();
        for id in ["long", "short"] {
            tallies.load(id).await.unwrap();
        }
        tallies.warm.run_pending_tasks();
        assert_eq!((tallies.warm.entry_count(), tallies.warm.weighted_size()), (2, 1 + 3 + 1));
    }
}
