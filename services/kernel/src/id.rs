//! Identities. A thing's id is a ULID; the id of a command or an event is a UUID.
//!
//! Ids of created things derive from the command that creates them and command ids of processes derive
//! from what caused them, so a retry names the same thing twice instead of making two.

use std::fmt;
use std::str::FromStr;

use ulid::Ulid;
use uuid::Uuid;

/// The text is not an id of the kind that was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is not a valid {kind}: {wanted}")]
pub struct InvalidId {
    pub kind: &'static str,
    pub text: String,
    pub wanted: &'static str,
}

/// Identifies one command for ever: sending it again has the effect of sending it once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CommandId(Uuid);

impl CommandId {
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid)
    }

    pub const fn as_uuid(self) -> Uuid {
        self.0
    }

    /// The command that `cause` leads to in step `label`: UUID v5 of both.
    #[must_use]
    pub fn derive(cause: Uuid, label: &str) -> Self {
        Self(Uuid::new_v5(&cause, label.as_bytes()))
    }

    /// The id of event number `index` of an append with this [`content`] that the command writes to `stream`: whoever
    /// decides the same command otherwise writes other events, and meets a conflict.
    #[must_use]
    pub fn event_id_of(self, stream: &str, index: usize, content: Uuid) -> Uuid {
        Uuid::new_v5(&self.0, format!("{stream}/{index}/{content}").as_bytes())
    }

    /// The id of the event that this command writes to `stream` as number `index` of the append, where the content
    /// follows from the command alone.
    #[must_use]
    pub fn event_id(self, stream: &str, index: usize) -> Uuid {
        Uuid::new_v5(&self.0, format!("{stream}/{index}").as_bytes())
    }
}

/// What an append says: a hash of the type and the data of each of its events. It covers the whole append, so that of
/// two that begin alike neither is taken for the other, nor for a part of it.
#[must_use]
pub fn content<'a>(events: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Uuid {
    let each = |(event_type, data): (&str, &[u8])| {
        let of_type = Uuid::new_v5(&Uuid::NAMESPACE_OID, event_type.as_bytes());
        Uuid::new_v5(&of_type, data).into_bytes()
    };
    let all: Vec<u8> = events.into_iter().flat_map(each).collect();
    Uuid::new_v5(&Uuid::NAMESPACE_OID, &all)
}

impl fmt::Display for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for CommandId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let wanted = "a UUID such as 3f2c9e7a-1d64-4b0e-9c1f-0a5b7d8e9f10";
        let invalid = || InvalidId { kind: "command id", text: text.to_owned(), wanted };
        Uuid::parse_str(text).map(Self).map_err(|_| invalid())
    }
}

/// One newtype over ULID for each kind of thing.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $kind:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Ulid);

        impl $name {
            /// The id of the thing that `command` creates.
            #[must_use]
            pub fn created_by(command: CommandId) -> Self {
                Self(Ulid(Uuid::new_v5(&command.0, $kind.as_bytes()).as_u128()))
            }

            pub const fn from_ulid(ulid: Ulid) -> Self {
                Self(ulid)
            }

            pub const fn as_uuid(self) -> Uuid {
                Uuid::from_u128(self.0.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let wanted = "a ULID such as 01JD3Z8Q4M9W6T2V5X7Y0A1B2C";
                let invalid = || InvalidId { kind: concat!($kind, " id"), text: text.to_owned(), wanted };
                Ulid::from_string(text).map(Self).map_err(|_| invalid())
            }
        }
    )*};
}

ids! {
    /// A bet: hypothesis, metric, timebox.
    BetId = "bet";
    /// A staged rollout of one flag in one environment.
    RolloutId = "rollout";
    /// A feature flag.
    FlagId = "flag";
    /// A replica of the flag edge.
    EdgeId = "edge";
    /// A metric definition.
    MetricId = "metric";
    /// One arming of a guardrail.
    GuardrailId = "guardrail";
    /// An incident.
    IncidentId = "incident";
    /// A go-to-market launch.
    LaunchId = "launch";
    /// Where notices are sent.
    SinkId = "sink";
    /// An instance of a process manager.
    ProcessId = "process";
}

impl MetricId {
    /// The metric of `org` with this key: a key names one metric for ever. The key holds no slash.
    #[must_use]
    pub fn of(org: &str, key: &str) -> Self {
        let text = format!("{org}/{key}");
        Self(Ulid(Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes()).as_u128()))
    }
}

impl LaunchId {
    /// Launch number `number` of the rollout, from 1: the next one begins when the former is cancelled (rule G13).
    #[must_use]
    pub fn of(org: &str, rollout: RolloutId, number: u32) -> Self {
        let text = format!("1\0{org}\0launch\0{rollout}\0{number}");
        Self(Ulid(Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes()).as_u128()))
    }
}

impl ProcessId {
    /// The instance of `process` that looks after `subject`.
    #[must_use]
    pub fn of(process: &str, subject: &str) -> Self {
        let text = format!("{process}/{subject}");
        Self(Ulid(Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes()).as_u128()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_retried_command_names_the_same_thing_and_the_same_event() {
        let command = CommandId::derive(Uuid::NAMESPACE_URL, "propose");
        assert_eq!(BetId::created_by(command), BetId::created_by(command));
        assert_eq!(command.event_id("bets.bet-1", 0), command.event_id("bets.bet-1", 0));
    }

    #[test]
    fn different_commands_streams_and_indexes_differ() {
        let command = CommandId::derive(Uuid::NAMESPACE_URL, "propose");
        let other = CommandId::derive(Uuid::NAMESPACE_URL, "withdraw");
        assert_ne!(BetId::created_by(command), BetId::created_by(other));
        assert_ne!(BetId::created_by(command).to_string(), FlagId::created_by(command).to_string());
        assert_ne!(command.event_id("a", 0), command.event_id("a", 1));
        assert_ne!(command.event_id("a", 0), command.event_id("b", 0));
    }

    #[test]
    fn clause_22_the_id_of_an_event_covers_its_content() {
        let command = CommandId::derive(Uuid::NAMESPACE_URL, "propose");
        let one = content([("Proposed", &b"{}"[..])]);
        let others = [
            content([("Proposed", &b"{ }"[..])]),
            content([("Proposed{}", &b""[..])]),
            content([("Proposed", &b"{}"[..]), ("Priced", b"{}")]),
            content([("Priced", &b"{}"[..]), ("Proposed", b"{}")]),
        ];
        let id = command.event_id_of("bets.bet-1", 0, one);
        assert_eq!(id, command.event_id_of("bets.bet-1", 0, one));
        assert_ne!(id, command.event_id_of("bets.bet-1", 1, one));
        let mut ids: Vec<Uuid> = others.map(|other| command.event_id_of("bets.bet-1", 0, other)).into();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((ids.len(), ids.contains(&id)), (4, false));
        // Logs hold ids: this one is for ever.
        assert_eq!(id.to_string(), "94d6e17b-efb9-581d-bd3d-ecfb6a8bf6c3");
    }

    #[test]
    fn an_id_reads_back_and_nonsense_is_named() {
        let id = RolloutId::created_by(CommandId::derive(Uuid::NAMESPACE_URL, "plan"));
        assert_eq!(id.to_string().parse(), Ok(id));
        let error = "r-1".parse::<RolloutId>().unwrap_err().to_string();
        assert!(error.starts_with("'r-1' is not a valid rollout id"), "{error}");
    }
}
