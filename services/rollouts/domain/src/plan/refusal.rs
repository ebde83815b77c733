//! Why a plan is none, in the words of the rule that says so.

use std::time::Duration;

use verdict_kernel::percent::Percent;
use verdict_kernel::refusal::Refusal as Answer;
use verdict_kernel::rule::RuleId;
use verdict_kernel::tier::Tier;

use super::{BIG_BANG_LIMIT, MOST_STAGES};
use crate::audience::Audience;
use crate::stage::{Class, StageName};
use crate::wording::{spell, spell_all};

/// A plan that was refused for what it says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unplannable {
    /// Rule R2.
    #[error("the stages of a plan begin with the team, leave out no class and never go back to a lower one")]
    StagesOutOfOrder { classes: Vec<Class> },
    /// Rule R2.
    #[error("a plan has too many stages")]
    TooManyStages { named: usize },
    /// Rule R5.
    #[error("two stages of the plan are called {stage}")]
    NameTaken { stage: StageName },
    /// Rule R26.
    #[error("a point of no return needs a reason")]
    NoReturnWithoutReason { from: StageName },
    /// Rule R1.
    #[error("stage {stage} has no step")]
    NoSteps { stage: StageName },
    /// Rule R10.
    #[error("a step of stage {stage} leaves out users of the step before it")]
    StepsShrink { stage: StageName },
    /// Rule R10.
    #[error("stage {stage} begins with a smaller share than {below} ends with")]
    StagesShrink { stage: StageName, begins: Percent, below: StageName, ends: Percent },
    /// Rule R3.
    #[error("the maximum of stage {stage} is shorter than its minimum")]
    MaximumBelowMinimum { stage: StageName, min: Duration, max: Duration },
    /// Rule R5.
    #[error("the first exposure by percentage would reach {share} of all users at once")]
    BigBang { share: Percent, tier: Tier },
    /// Rule R5.
    #[error("the audience of stage {stage} does not fit its class")]
    AudienceDoesNotFit { stage: StageName, class: Class, audience: Box<Audience> },
    /// Rule R5.
    #[error("stage {stage} is for everyone and ends at {share}")]
    EndsBelowEveryone { stage: StageName, share: Percent },
    /// Rule R26.
    #[error("the point of no return is no stage of the plan")]
    NoReturnFromNowhere { from: StageName, named: Vec<StageName> },
}

impl From<Unplannable> for Answer {
    fn from(refusal: Unplannable) -> Self {
        let sentence = refusal.to_string();
        let by = |rule, code| Self::by(rule, code, sentence.clone());
        match refusal {
            Unplannable::StagesOutOfOrder { classes } => by(RuleId::R2, "stages_out_of_order")
                .compared(
                    format!("{}, each once or more, up to the last one", spell_all(&Class::ALL)),
                    spell_all(&classes),
                )
                .next("put stages of every class up to the last one in that order, or none for the default stages"),
            Unplannable::TooManyStages { named } => by(RuleId::R2, "too_many_stages")
                .compared(format!("at most {MOST_STAGES}"), named.to_string())
                .next("make steps of stages that ask for no gate of their own"),
            Unplannable::NameTaken { stage } => by(RuleId::R5, "stage_name_taken")
                .compared("names that differ, whatever their case", format!("{stage} twice"))
                .next("call one of the two something else"),
            Unplannable::NoReturnWithoutReason { from } => by(RuleId::R26, "no_return_without_reason")
                .compared("a reason", format!("irreversible from {from}, without one"))
                .next("say why with --irreversible-because"),
            Unplannable::NoSteps { stage } => by(RuleId::R1, "stage_without_steps")
                .compared("at least 1 step", format!("no step in {stage}")),
            Unplannable::StepsShrink { stage } => by(RuleId::R10, "steps_shrink").compared(
                "each step reaches everyone of the step before",
                format!("a narrower step in {stage}"),
            ),
            Unplannable::StagesShrink { begins, below, ends, .. } => by(RuleId::R10, "stages_shrink")
                .compared(format!("at least the {ends} of {below}"), begins.to_string()),
            Unplannable::MaximumBelowMinimum { min, max, .. } => by(RuleId::R3, "maximum_below_minimum")
                .compared(format!("at least {}", spell(min)), spell(max)),
            Unplannable::BigBang { share, tier } => big_bang(share, tier, sentence),
            Unplannable::AudienceDoesNotFit { class, audience, .. } => does_not_fit(class, &audience, sentence),
            Unplannable::EndsBelowEveryone { share, .. } => by(RuleId::R5, "ends_below_everyone")
                .compared("a last step of 100 %", share.to_string())
                .next("add a step of 100 %, or leave the stage out"),
            Unplannable::NoReturnFromNowhere { from, named } => by(RuleId::R26, "no_such_stage")
                .compared(format!("one of {}", spell_all(&named)), from.as_str())
                .next("name one of them with --irreversible-from"),
        }
    }
}

fn big_bang(share: Percent, tier: Tier, sentence: String) -> Answer {
    Answer::by(RuleId::R5, "big_bang", sentence)
        .compared(
            format!("at most {BIG_BANG_LIMIT}, or tier 4 with an override and a reason"),
            format!("{share} in tier {}", tier.number()),
        )
        .next("put a smaller step first, or for tier 4: verdict rollout plan --flag <flag> --service <service> --mode <mode> --override --reason <why>")
}

fn does_not_fit(class: Class, audience: &Audience, sentence: String) -> Answer {
    Answer::by(RuleId::R5, "audience_does_not_fit", sentence)
        .compared(class.audience(), spell_audience(audience))
        .next("see docs/stages.md, then plan again: verdict rollout plan --flag <flag> --service <service> --mode <mode> --stages <file>")
}

fn spell_audience(audience: &Audience) -> String {
    let named = [(audience.members.len(), "members"), (audience.accounts.len(), "accounts")];
    let mut parts: Vec<_> =
        named.iter().filter(|(count, _)| *count > 0).map(|(count, of)| format!("{count} {of}")).collect();
    parts.extend(audience.attributes.keys().map(|name| format!("attribute {name}")));
    parts.extend(audience.percent.map(|share| share.to_string()));
    if parts.is_empty() { "nobody".to_owned() } else { parts.join(", ") }
}
