//! Why a command on a flag is refused.

use verdict_kernel::clock::Timestamp;
use verdict_kernel::id::RolloutId;
use verdict_kernel::refusal::Refusal as Answer;
use verdict_kernel::rule::RuleId;

use super::NoReturnPassed;
use super::servable::Unservable;
use crate::rollout::{ANSWERED, NO_WAY_BACK, Unanswered};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the flag does not exist yet")]
    NotCreated,
    #[error("the key is taken: it names one flag for ever, and what that is changes by no second creation")]
    KeyTaken,
    #[error("no edge could serve the flag: {0}")]
    Unservable(Unservable),
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
    #[error("the flag was turned off or killed after the rollout had decided to expose it")]
    TakenAway { decided_on: u32, taken_away: u32 },
    #[error("the flag belongs to a rollout that is not over")]
    OwnedByAnother { owner: RolloutId },
    #[error("a rollout that has not claimed the flag, or is over, exposes nobody")]
    NotClaimed { rollout: RolloutId },
    #[error("a rollout that is not over still needs the flag")]
    StillClaimed { owner: RolloutId },
    #[error(
        "a release flag reaches more than named members by a rollout only, whose gate asks for a watched metric"
    )]
    NotWatched,
    #[error("the flag is held: nothing raises its exposure")]
    Held { causes: String },
    #[error("releasing the hold needs a reason")]
    ReasonMissing,
    #[error("reviving a flag needs a reason")]
    ReviveWithoutReason,
    #[error("there is no kill to undo, or something has changed what the flag serves since")]
    NothingToUndo,
    #[error("the kill is too old to be undone")]
    TooLateToUndo { until: Timestamp, now: Timestamp },
    #[error("the rollout is not where it was when the flag was killed")]
    RolloutWentOn,
    #[error("a guardrail of the rollout is broken")]
    GuardrailBroken { guardrails: String },
    #[error("a guardrail broke, and its breach is neither retracted nor acknowledged while it passes again")]
    BreachUnanswered(Box<Unanswered>),
    #[error(
        "the plan says that there is no way back from here, which a second person confirms; until one can be asked, a \
         reason stands in their place"
    )]
    NoWayBack(Box<NoReturnPassed>),
    #[error("removal from the code needs an attestation")]
    AttestationMissing,
    #[error("the flag is not confirmed to be removed from the code")]
    StillInCode,
}

impl Refusal {
    fn rule(&self) -> Option<RuleId> {
        match self {
            Self::NotCreated | Self::IsArchived | Self::Outdated { .. } => None,
            Self::KeyTaken | Self::Unservable(_) => Some(RuleId::F9),
            Self::IsKilled => Some(RuleId::F3),
            Self::OwnerMissing | Self::CleanupInThePast { .. } | Self::Permanent => Some(RuleId::F4),
            Self::NotDueYet { .. } | Self::AttestationMissing | Self::StillInCode => Some(RuleId::F5),
            Self::OwnedByAnother { .. } | Self::NotClaimed { .. } => Some(RuleId::R22),
            Self::TakenAway { .. }
            | Self::StillClaimed { .. }
            | Self::ReviveWithoutReason
            | Self::NothingToUndo
            | Self::TooLateToUndo { .. }
            | Self::RolloutWentOn
            | Self::GuardrailBroken { .. }
            | Self::BreachUnanswered(_) => Some(RuleId::R24),
            Self::NotWatched => Some(RuleId::F6),
            Self::NoWayBack(_) => Some(RuleId::R26),
            Self::AttemptTakenBack { .. } | Self::Held { .. } | Self::ReasonMissing => Some(RuleId::R11),
        }
    }

    const fn code(&self) -> &'static str {
        match self {
            Self::NotCreated => "flag_not_created",
            Self::KeyTaken => "key_taken",
            Self::Unservable(_) => "flag_not_servable",
            Self::IsArchived => "flag_archived",
            Self::IsKilled => "flag_killed",
            Self::OwnerMissing => "owner_missing",
            Self::CleanupInThePast { .. } => "cleanup_in_the_past",
            Self::Permanent => "flag_permanent",
            Self::NotDueYet { .. } => "cleanup_not_due",
            Self::Outdated { .. } => "exposure_outdated",
            Self::AttemptTakenBack { .. } => "attempt_taken_back",
            Self::TakenAway { .. } => "exposure_taken_away",
            Self::OwnedByAnother { .. } => "flag_claimed",
            Self::NotClaimed { .. } => "flag_not_claimed",
            Self::StillClaimed { .. } => "flag_still_claimed",
            Self::NotWatched => "exposure_not_watched",
            Self::Held { .. } => "flag_held",
            Self::ReasonMissing | Self::ReviveWithoutReason => "reason_missing",
            Self::NothingToUndo => "nothing_to_undo",
            Self::TooLateToUndo { .. } => "too_late_to_undo",
            Self::RolloutWentOn => "rollout_went_on",
            Self::GuardrailBroken { .. } => "guardrail_broken",
            Self::BreachUnanswered(_) => "breach_unanswered",
            Self::NoWayBack(_) => NO_WAY_BACK,
            Self::AttestationMissing => "attestation_missing",
            Self::StillInCode => "flag_still_in_code",
        }
    }

    /// What the rule requires, and what was found instead.
    fn compared(&self) -> (String, String) {
        let (required, seen) = match self {
            Self::NotCreated => ("a flag", "none".to_owned()),
            Self::KeyTaken => ("a new key, or the same flag again", "another flag of this key".to_owned()),
            Self::Unservable(why) => ("variants of one type that an edge serves", why.to_string()),
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
            Self::TakenAway { decided_on, taken_away } => {
                let required = format!("decided on version {taken_away} of the flag or a later one");
                return (required, format!("decided on version {decided_on}"));
            }
            Self::OwnedByAnother { owner } => {
                return (format!("rollout {owner}, or its end"), "somebody else".to_owned());
            }
            Self::NotClaimed { rollout } => {
                return (format!("the claim of rollout {rollout}"), "none that holds".to_owned());
            }
            Self::StillClaimed { owner } => return ("no rollout".to_owned(), format!("rollout {owner}")),
            Self::NotWatched => ("a rollout with a watched metric", "a change by hand".to_owned()),
            Self::Held { causes } => ("a released flag", format!("held for {causes}")),
            Self::ReasonMissing | Self::ReviveWithoutReason => ("a reason", "none".to_owned()),
            Self::NothingToUndo => ("a killed flag as it was killed", "nothing to go back to".to_owned()),
            Self::TooLateToUndo { until, now } => return (format!("until {until}"), now.to_string()),
            Self::RolloutWentOn => ("the stage attempt that was served", "another one, or none".to_owned()),
            Self::GuardrailBroken { guardrails } => ("guardrails that are not broken", guardrails.clone()),
            Self::BreachUnanswered(open) => (ANSWERED, open.seen()),
            Self::NoWayBack(passed) => {
                ("a reason", format!("stage {}; {}", passed.stage, passed.from.told()))
            }
            Self::AttestationMissing => ("an attestation", "none".to_owned()),
            Self::StillInCode => ("no reference in the code", "no attestation".to_owned()),
        };
        (required.to_owned(), seen)
    }

    fn next(&self) -> String {
        match self {
            Self::NotCreated => "verdict flag create --key <key>".to_owned(),
            Self::IsArchived | Self::KeyTaken => "verdict flag create --key <another key>".to_owned(),
            Self::Unservable(_) => "give variants of one type: boolean, text, number or object".to_owned(),
            Self::IsKilled | Self::ReviveWithoutReason => {
                "verdict flag revive <flag> --reason <why>".to_owned()
            }
            Self::OwnerMissing => "verdict flag create --key <key> --owner <subject>".to_owned(),
            Self::CleanupInThePast { .. } => "pass a date in the future".to_owned(),
            Self::Permanent => String::new(),
            Self::NotDueYet { due, .. } => format!("wait until {due}"),
            Self::Outdated { .. } => "read the rollout again".to_owned(),
            Self::AttemptTakenBack { .. } | Self::TakenAway { .. } => {
                "verdict rollout resume <rollout> --reason <why>".to_owned()
            }
            Self::OwnedByAnother { owner } | Self::StillClaimed { owner } => {
                format!("verdict rollout abort {owner}")
            }
            Self::NotClaimed { rollout } => format!("verdict rollout get {rollout}"),
            Self::NothingToUndo | Self::TooLateToUndo { .. } | Self::RolloutWentOn => {
                "verdict flag revive <flag> --reason <why>, then the rollout resumes".to_owned()
            }
            Self::NoWayBack(_) => "send the command again with --reason <why>".to_owned(),
            Self::GuardrailBroken { .. } => "verdict guardrail list".to_owned(),
            Self::BreachUnanswered(open) => open.next(),
            Self::NotWatched => {
                "verdict rollout plan --flag <flag> --service <service> --mode <mode>".to_owned()
            }
            Self::Held { .. } | Self::ReasonMissing => {
                "verdict flag release-hold <flag> --cause <cause> --reason <why>".to_owned()
            }
            Self::AttestationMissing | Self::StillInCode => {
                "verdict flag confirm-removed-from-code <flag> --attestation <link>".to_owned()
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
