//! Ids out of nothing: the one place that rolls dice, for whoever stands at the rim and has no id to derive from.

use uuid::Uuid;
use verdict_kernel::id::CommandId;

/// The id of a command that a caller gave none. It cannot be retried, because the caller does not know it.
pub fn command_id() -> CommandId {
    CommandId::from_uuid(random())
}

/// The id of one start of a process, for [`crate::lease::Holder`].
pub fn incarnation() -> String {
    random().to_string()
}

#[expect(clippy::disallowed_methods, reason = "the one place that makes random ids")]
fn random() -> Uuid {
    Uuid::new_v4()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_ids_are_the_same() {
        assert_ne!(command_id(), command_id());
        assert_ne!(incarnation(), incarnation());
    }
}
