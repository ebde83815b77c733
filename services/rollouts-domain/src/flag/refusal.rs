//! Why a command on a flag is refused.

use verdict_kernel::clock::Timestamp;
use verdict_kernel::id::RolloutId;
use verdict_kernel::refusal::Refusal as Answer;
use verdict_kernel::rule::RuleId;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the flag does not exist yet")]
    NotCreated,
    #[error("the flag exists already")]
    Exists,
    #[error("the flag is archived")]
    IsArchived,
    #[error("a killed flag serves nobody until it is revived")]
    IsKilled,
    #[error("a release flag needs an owner")]
    OwnerMissing,
    #[error("the clean-up date is not in the future")]
    CleanupInThePast { on: Timestamp, now: Timestamp },
    #[error("a permanent flag has no clean-up date")]
    Permanent,
    #[error("the clean-up date has not come yet")]
    NotDueYet { due: Timestamp, now: Timestamp },
    #[error("the rollout has asked for something newer since")]
    Outdated { newest: u32, given: u32 },
    #[error("the stage attempt was taken back")]
    AttemptTakenBack { attempt: u32 },
    #[error("another rollout owns the exposure and is not finished")]
    OwnedByAnother { owner: RolloutId },
    #[error(
        "a release flag reaches more than named members by a rollout only, whose gate asks for a watched metric"
    )]
    NotWatched,
    #[error("the flag is held: nothing raises its exposure")]
    Held { cause: String },
    #[error("releasing the hold needs a reason")]
    ReasonMissing,
    #[error("removal from the code needs an attestation")]
    AttestationMissing,
    #[error("the flag is not confirmed to be removed from the code")]
    StillInCode,
}

impl Refusal {
    fn rule(&self) -> Option<RuleId> {
        match self {
            Self::NotCreated | Self::Exists | Self::IsArchived | Self::Outdated { .. } => None,
            Self::IsKilled => Some(RuleId::F3),
            Self::OwnerMissing | Self::CleanupInThePast { .. } | Self::Permanent => Some(RuleId::F4),
            Self::NotDueYet { .. } | Self::AttestationMissing | Self::StillInCode => Some(RuleId::F5),
            Self::OwnedByAnother { .. } => Some(RuleId::R2),
            Self::NotWatched => Some(RuleId::F6),
            Self::AttemptTakenBack { .. } | Self::Held { .. } | Self::ReasonMissing => Some(RuleId::R11),
        }
    }

    const fn code(&self) -> &'static str {
        match self {
            Self::NotCreated => "flag_not_created",
            Self::Exists => "flag_exists",
            Self::IsArchived => "flag_archived",
            Self::IsKilled => "flag_killed",
            Self::OwnerMissing => "owner_missing",
            Self::CleanupInThePast { .. } => "cleanup_in_the_past",
            Self::Permanent => "flag_permanent",
            Self::NotDueYet { .. } => "cleanup_not_due",
            Self::Outdated { .. } => "exposure_outdated",
            Self::AttemptTakenBack { .. } => "attempt_taken_back",
            Self::OwnedByAnother { .. } => "exposure_owned",
            Self::NotWatched => "exposure_not_watched",
            Self::Held { .. } => "flag_held",
            Self::ReasonMissing => "reason_missing",
            Self::AttestationMissing => "attestation_missing",
            Self::StillInCode => "flag_still_in_code",
        }
    }

    /// What the rule requires, and what was found instead.
    fn compared(&self) -> (String, String) {
        let (required, seen) = match self {
            Self::NotCreated => ("a flag", "none".to_owned()),
            Self::Exists => ("a new flag", "a flag with this id".to_owned()),
            Self::IsArchived => ("a flag in use", "archived".to_owned()),
            Self::IsKilled => ("a live flag", "killed".to_owned()),
            Self::OwnerMissing => ("an owner", "none".to_owned()),
            Self::CleanupInThePast { on, now } => return (format!("after {now}"), on.to_string()),
            Self::Permanent => ("a release flag", "a permanent flag".to_owned()),
            Self::NotDueYet { due, now } => {
                return (format!("{due} or later, or a flag that is off"), now.to_string());
            }
            Self::Outdated { newest, given } => {
                return (format!("a revision after {newest}"), format!("revision {given}"));
            }
            Self::AttemptTakenBack { attempt } => ("a later attempt", format!("attempt {attempt}")),
            Self::OwnedByAnother { owner } => {
                return (format!("rollout {owner}, or its end"), "somebody else".to_owned());
            }
            Self::NotWatched => ("a rollout with a watched metric", "a change by hand".to_owned()),
            Self::Held { cause } => ("a released flag", format!("held for {cause}")),
            Self::ReasonMissing => ("a reason", "none".to_owned()),
            Self::AttestationMissing => ("an attestation", "none".to_owned()),
            Self::StillInCode => ("no reference in the code", "no attestation".to_owned()),
        };
        (required.to_owned(), seen)
    }

    fn next(&self) -> String {
        match self {
            Self::NotCreated | Self::IsArchived | Self::Exists => "verdict flag create <key>".to_owned(),
            Self::IsKilled => "verdict flag revive <flag>".to_owned(),
            Self::OwnerMissing => "verdict flag create <key> --owner <subject>".to_owned(),
            Self::CleanupInThePast { .. } => "pass a date in the future".to_owned(),
            Self::Permanent => String::new(),
            Self::NotDueYet { due, .. } => format!("wait until {due}"),
            Self::Outdated { .. } => "read the rollout again".to_owned(),
            Self::AttemptTakenBack { .. } => "verdict rollout resume <rollout>".to_owned(),
            Self::OwnedByAnother { owner } => format!("verdict rollout abort {owner}"),
            Self::NotWatched => "verdict rollout plan --flag <flag>".to_owned(),
            Self::Held { .. } | Self::ReasonMissing => {
                "verdict flag release-hold <flag> --reason <why>".to_owned()
            }
            Self::AttestationMissing | Self::StillInCode => {
                "verdict flag confirm-removed <flag> --attestation <link>".to_owned()
            }
        }
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let (required, seen) = refusal.compared();
        let sentence = refusal.to_string();
        let answer = match refusal.rule() {
            Some(rule) => Self::by(rule, refusal.code(), sentence),
            None => Self::out_of_order(refusal.code(), sentence),
        };
        answer.compared(required, seen).next(refusal.next())
    }
}
