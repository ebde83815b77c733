//! What a plan, a start and what ships directly stand on: the flag and the bet that they name (rules R22, I5).

use verdict_kernel::id::{BetId, FlagId, RolloutId};
use verdict_kernel::refusal::Refusal as Answer;
use verdict_kernel::rule::RuleId;

use crate::plan::Plan;

/// What is known of what a plan names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grounds {
    pub flag: FlagGround,
    /// No bet has the id that the plan names.
    pub bet_is_missing: bool,
}

/// What is known of the flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlagGround {
    Missing,
    Archived,
    Known {
        environment: String,
        unit: String,
        killed: bool,
        /// Of its newest change of exposure.
        version: u32,
        /// Another rollout that has it and is not over.
        claimant: Option<RolloutId>,
    },
}

impl Grounds {
    /// What speaks against a plan that rests on them.
    pub(super) fn against(&self, plan: &Plan) -> Vec<Ungrounded> {
        let mut reasons = self.flag.against(plan);
        reasons.extend(missing(plan.bet, self.bet_is_missing));
        reasons
    }

    /// Version of the flag that was looked up.
    pub(super) const fn flag_version(&self) -> u32 {
        match &self.flag {
            FlagGround::Known { version, .. } => *version,
            FlagGround::Missing | FlagGround::Archived => 0,
        }
    }

    /// What speaks against a start that rests on them: it exposes the team, so the flag must be able to serve.
    pub fn against_a_start(&self, plan: &Plan) -> Vec<Ungrounded> {
        let mut reasons = self.against(plan);
        if matches!(self.flag, FlagGround::Known { killed: true, .. }) {
            reasons.push(Ungrounded::FlagIsKilled);
        }
        reasons
    }
}

impl FlagGround {
    fn against(&self, plan: &Plan) -> Vec<Ungrounded> {
        let flag = plan.flag;
        let (environment, unit, claimant) = match self {
            Self::Missing => return vec![Ungrounded::NoSuchFlag { flag }],
            Self::Archived => return vec![Ungrounded::FlagIsArchived { flag }],
            Self::Known { environment, unit, claimant, .. } => (environment, unit, claimant),
        };
        let compared =
            [("environment", environment, plan.environment.as_str()), ("unit", unit, plan.unit.as_str())];
        let another = compared.into_iter().filter(|(_, of_flag, of_plan)| of_flag != of_plan);
        let another = another.map(|(what, of_flag, of_plan)| Ungrounded::NotTheFlags {
            what,
            of_flag: of_flag.clone(),
            of_plan: of_plan.to_owned(),
        });
        another.chain(claimant.map(|claimant| Ungrounded::FlagIsTaken { claimant })).collect()
    }
}

/// What speaks against something that is for `bet`.
pub(super) fn missing(bet: Option<BetId>, is_missing: bool) -> Option<Ungrounded> {
    bet.filter(|_| is_missing).map(|bet| Ungrounded::NoSuchBet { bet })
}

/// What a plan names is not there, or not the rollout's to have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Ungrounded {
    #[error("there is no flag {flag}")]
    NoSuchFlag { flag: FlagId },
    #[error("there is no bet {bet}")]
    NoSuchBet { bet: BetId },
    #[error("the flag {flag} is archived")]
    FlagIsArchived { flag: FlagId },
    #[error("the {what} of the plan is not that of the flag")]
    NotTheFlags { what: &'static str, of_flag: String, of_plan: String },
    #[error("the flag belongs to another rollout that is not over")]
    FlagIsTaken { claimant: RolloutId },
    #[error("the flag is killed and serves nobody")]
    FlagIsKilled,
}

impl From<Ungrounded> for Answer {
    fn from(refusal: Ungrounded) -> Self {
        let sentence = refusal.to_string();
        let by = |rule, code| Self::by(rule, code, sentence.clone());
        match refusal {
            Ungrounded::NoSuchFlag { flag } => by(RuleId::I5, "no_such_flag")
                .compared("a flag of the organisation", flag.to_string())
                .next("verdict flag list"),
            Ungrounded::NoSuchBet { bet } => by(RuleId::I5, "no_such_bet")
                .compared("a bet of the organisation", bet.to_string())
                .next("verdict bet list"),
            Ungrounded::FlagIsArchived { .. } => by(RuleId::R22, "flag_is_archived")
                .compared("a flag that is in use", "archived")
                .next("verdict flag list"),
            Ungrounded::NotTheFlags { what, of_flag, of_plan } => by(RuleId::R22, "not_the_flags")
                .compared(format!("{what} {of_flag}"), of_plan)
                .next(format!("plan it with --{what} {of_flag}")),
            Ungrounded::FlagIsTaken { claimant } => by(RuleId::R22, "flag_is_taken")
                .compared("a flag without a rollout that is not over", claimant.to_string())
                .next(format!("finish that one first: verdict rollout why {claimant}")),
            Ungrounded::FlagIsKilled => by(RuleId::F3, "flag_is_killed")
                .compared("a flag that is not killed", "killed")
                .next("verdict flag revive <flag> --reason <why>"),
        }
    }
}
