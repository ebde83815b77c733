//! Keys: what people call the things they make. An id derives from a key, so a key needs no look-up.
//!
//! The id of a thing is the UUID v5 of its organisation, kind, scope and key, shown as a ULID: whoever creates
//! it first has it, because the first append to its stream is the reservation.

use std::fmt;
use std::str::FromStr;

use ulid::Ulid;
use uuid::Uuid;

use crate::id::{BetId, FlagId, RolloutId};

/// The namespace of all ids that derive from keys. It never changes.
pub const NAMESPACE: Uuid = Uuid::from_u128(0x6a1d_24c8_5f0e_5b1a_9c37_2e84_d0b6_f913);
/// The environment that a key belongs to where none is named.
pub const PRODUCTION: &str = "production";
/// Longest key, in characters.
const LONGEST: usize = 128;

/// The text is not a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKey {
    #[error("the {what} is empty")]
    Empty { what: &'static str },
    #[error("the {what} is longer than {LONGEST} characters")]
    TooLong { what: &'static str },
    #[error("'{text}' is not a {what}: it begins with {begins} and goes on with {goes_on}")]
    Malformed { what: &'static str, text: String, begins: &'static str, goes_on: &'static str },
    #[error("'{text}' reads as an id, so it cannot be a key")]
    ReadsAsId { text: String },
    #[error("'{text}' names the environment '{named}', and the request '{given}'")]
    TwoEnvironments { text: String, named: String, given: String },
}

/// A key that a person chose. Its case is kept and does not tell two keys apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What tells it apart from other keys.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Key {
    type Err = InvalidKey;

    fn from_str(text: &str) -> Result<Self, InvalidKey> {
        let begins = |c: char| c.is_ascii_alphanumeric();
        checked("key", text, ("a letter or digit", "letters, digits, '.', '_' and '-'"), begins)?;
        if Ulid::from_string(text).is_ok() {
            return Err(InvalidKey::ReadsAsId { text: text.to_owned() });
        }
        Ok(Self(text.to_owned()))
    }
}

/// The name of an environment, in lower case; empty = production.
pub fn environment(text: &str) -> Result<&str, InvalidKey> {
    if text.is_empty() {
        return Ok(PRODUCTION);
    }
    let lower = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let words = ("a small letter or digit", "small letters, digits, '.', '_' and '-'");
    checked("name of an environment", text, words, lower)?;
    Ok(text)
}

fn checked(
    what: &'static str,
    text: &str,
    (begins, goes_on): (&'static str, &'static str),
    first: impl Fn(char) -> bool,
) -> Result<(), InvalidKey> {
    if text.is_empty() {
        return Err(InvalidKey::Empty { what });
    }
    if text.chars().count() > LONGEST {
        return Err(InvalidKey::TooLong { what });
    }
    let rest = |c: char| first(c) || matches!(c, '.' | '_' | '-');
    if text.starts_with(&first) && text.chars().all(rest) {
        return Ok(());
    }
    Err(InvalidKey::Malformed { what, text: text.to_owned(), begins, goes_on })
}

/// The id of what remembers which of the things that had this key in turn has it now. `kind`: `rollout`.
#[must_use]
pub fn directory(org: &str, kind: &str, team: &str, key: &Key) -> Ulid {
    derived(org, "key", &[kind, team, &key.folded()])
}

/// The id of the thing of `org` and `kind` whose scope and key are `parts`. No part holds NUL.
fn derived(org: &str, kind: &str, parts: &[&str]) -> Ulid {
    let mut name = format!("1\0{org}\0{kind}");
    for part in parts {
        name.push('\0');
        name.push_str(part);
    }
    Ulid(Uuid::new_v5(&NAMESPACE, name.as_bytes()).as_u128())
}

impl BetId {
    /// The bet of this key in an organisation, for ever.
    #[must_use]
    pub fn of(org: &str, key: &Key) -> Self {
        Self::from_ulid(derived(org, "bet", &[&key.folded()]))
    }

    /// The bet that a person names, by its id or by its key.
    pub fn named(org: &str, text: &str) -> Result<Self, InvalidKey> {
        text.parse().or_else(|_| Ok(Self::of(org, &text.parse()?)))
    }
}

impl RolloutId {
    /// The rollout of this key in a team that is number `generation` to have it, from 1.
    #[must_use]
    pub fn of(org: &str, team: &str, key: &Key, generation: u32) -> Self {
        Self::from_ulid(derived(org, "rollout", &[team, &key.folded(), &generation.to_string()]))
    }
}

impl FlagId {
    /// The flag of this key in an environment of an organisation.
    #[must_use]
    pub fn of(org: &str, environment: &str, key: &Key) -> Self {
        Self::from_ulid(derived(org, "flag", &[environment, &key.folded()]))
    }

    /// The flag that a person names: by its id, by its key, or as `environment/key`. An empty environment is
    /// production.
    pub fn named(org: &str, environment: &str, text: &str) -> Result<Self, InvalidKey> {
        if let Ok(id) = text.parse() {
            return Ok(id);
        }
        let (environment, key) = match text.split_once('/') {
            None => (environment, text),
            Some(("", _)) => return Err(InvalidKey::Empty { what: "name of an environment" }),
            Some((named, _)) if !environment.is_empty() && environment != named => {
                return Err(InvalidKey::TwoEnvironments {
                    text: text.to_owned(),
                    named: named.to_owned(),
                    given: environment.to_owned(),
                });
            }
            Some((named, key)) => (named, key),
        };
        Ok(Self::of(org, self::environment(environment)?, &key.parse()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        text.parse().unwrap()
    }

    #[test]
    fn the_id_of_a_flag_is_golden() {
        let id = FlagId::of("default", "production", &key("new-checkout"));
        assert_eq!(id.to_string(), "7GA5M7BZYHBDKA76G7WZ39N3QP");
    }

    #[test]
    fn the_ids_of_a_bet_of_a_rollout_and_of_a_key_are_golden() {
        let key = key("new-checkout");
        assert_eq!(BetId::of("default", &key).to_string(), "4GRVMNHNYNBA6RGNTBN6W69J9K");
        assert_eq!(RolloutId::of("default", "shop", &key, 1).to_string(), "1MY6G7NX86AHZ9KD9W2C3QK13N");
        assert_eq!(directory("default", "rollout", "shop", &key).to_string(), "6JZZ7V9QG4AW6RPXZ7X9Z0VVV0");
    }

    #[test]
    fn a_bet_is_named_by_id_or_by_key_whatever_its_case_and_a_rollout_by_team_and_turn() {
        let bet = BetId::of("default", &key("faster"));
        for text in ["faster", "FASTER", &bet.to_string()] {
            assert_eq!(BetId::named("default", text), Ok(bet), "{text}");
        }
        assert_ne!(BetId::named("acme", "faster"), Ok(bet));
        assert!(BetId::named("default", "no key").is_err());
        let rollout = |team, text, generation| RolloutId::of("default", team, &key(text), generation);
        assert_eq!(rollout("shop", "faster", 1), rollout("shop", "Faster", 1));
        assert_ne!(rollout("shop", "faster", 1), rollout("shop", "faster", 2));
        assert_ne!(rollout("shop", "faster", 1), rollout("search", "faster", 1));
    }

    #[test]
    fn organisation_environment_and_key_each_make_another_flag_and_case_does_not() {
        let id = FlagId::of("default", "production", &key("shop"));
        assert_eq!(id, FlagId::of("default", "production", &key("Shop")));
        assert_ne!(id, FlagId::of("default", "staging", &key("shop")));
        assert_ne!(id, FlagId::of("acme", "production", &key("shop")));
        assert_ne!(id, FlagId::of("default", "production", &key("shop.")));
    }

    #[test]
    fn a_key_is_what_other_systems_take_for_one() {
        for good in ["a", "9", "new-checkout", "Shop_v2.beta", &"k".repeat(128)] {
            assert_eq!(key(good).as_str(), good);
        }
        let bad = ["", " shop ", "shop ", "a b", "a/b", "-a", ".a", "日本", "a\0b", "a\n", &"k".repeat(129)];
        for bad in bad {
            assert!(bad.parse::<Key>().is_err(), "{bad:?}");
        }
        let reads_as_id = "01JD3Z8Q4M9W6T2V5X7Y0A1B2C".to_owned();
        assert_eq!(reads_as_id.parse::<Key>(), Err(InvalidKey::ReadsAsId { text: reads_as_id.clone() }));
    }

    #[test]
    fn a_flag_is_named_by_id_by_key_or_by_environment_and_key() {
        let staging = FlagId::of("default", "staging", &key("shop"));
        let named = |environment, text: &str| FlagId::named("default", environment, text);
        assert_eq!(named("staging", "shop"), Ok(staging));
        assert_eq!(named("", "staging/shop"), Ok(staging));
        assert_eq!(named("staging", "staging/SHOP"), Ok(staging));
        assert_eq!(named("", &staging.to_string()), Ok(staging));
        assert_eq!(named("", "shop"), named("production", "shop"));
        assert!(matches!(named("production", "staging/shop"), Err(InvalidKey::TwoEnvironments { .. })));
        for bad in ["/shop", "staging/", "Prod uction/shop", "a/b/c", " shop"] {
            assert!(named("", bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn environments_are_written_in_small_letters() {
        assert_eq!(environment(""), Ok("production"));
        assert_eq!(environment("eu-1.staging"), Ok("eu-1.staging"));
        for bad in ["Production", "prod uction", "-x", "a/b"] {
            assert!(environment(bad).is_err(), "{bad:?}");
        }
    }
}
