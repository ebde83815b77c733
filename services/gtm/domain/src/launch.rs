//! A launch: the announcement of a rollout to the world, and what holds it back.
//!
//! ```text
//!              Plan             Send                    Cancel
//!   (absent) ────────> Planned ──────> Launched    any ────────> Cancelled
//!                         ^               │         ^                │
//!                         └── Correct ────┘         └──── Replan ────┘
//! ```
//!
//! Beside that, announcements are free or held; a hold outlives a cancellation.
//!
//! Invariants:
//! - Nothing is announced while announcements are held or a guardrail of the rollout is breached (G5, no override).
//! - Before general availability is active an announcement needs an override with a reason by a person (G5).
//! - A hold is released only once no guardrail is breached any more.
//! - A channel is announced on once, until the announcement is corrected.
//! - A rollout has one launch that is not cancelled: its id holds a number that only a cancellation moves on (G13).

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;
use verdict_kernel::check::CheckState;
use verdict_kernel::decider::Decider;
use verdict_kernel::decision::{Blockers, Decision, known};
use verdict_kernel::id::{BetId, LaunchId, RolloutId};
use verdict_kernel::principal::Issued;
use verdict_kernel::refusal::Refusal as Refused;
use verdict_kernel::rule::RuleId;
use verdict_kernel::ruling::Ruling;
use verdict_kernel::tier::Tier;

/// What is planned to be launched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub bet: BetId,
    pub rollout: RolloutId,
    pub tier: Tier,
    pub title: String,
}

/// The answer of one guardrail of the rollout, as the metrics context gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardrailFact {
    pub metric: String,
    /// In shadow it is recorded and counts for nothing else (rule R21).
    pub shadow: bool,
    pub state: CheckState,
    pub required: String,
    pub seen: String,
}

/// How far the rollout is, in the words of the rollouts context.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StageFact {
    /// Its state: `running`, `rolled_back`.
    pub state: String,
    /// The stage that is served; empty when none is.
    pub stage: String,
    /// That stage is for everyone.
    pub for_everyone: bool,
    /// The last stage of its plan is for everyone.
    pub ends_with_everyone: bool,
}

impl StageFact {
    /// General availability is active while a stage for everyone serves, and stays so once the rollout is complete (rule
    /// G5).
    pub fn is_generally_available(&self) -> bool {
        match self.state.as_str() {
            "running" | "paused" => self.for_everyone,
            "completed" => self.ends_with_everyone,
            _earlier => false,
        }
    }
}

impl fmt::Display for StageFact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.stage.is_empty() {
            f.write_str(&self.state)
        } else {
            write!(f, "stage {}, {}", self.stage, self.state)
        }
    }
}

/// Where something is announced. It is a key, so that `Blog` and `blog` are one channel (rule G13).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Channel(String);

/// The text names no channel.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' is no channel: use letters, digits, '.', '_' and '-', 64 at the most, beginning with a letter or digit"
)]
pub struct InvalidChannel(pub String);

impl Channel {
    /// Longest name, in characters.
    pub const LONGEST: usize = 64;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Channel {
    type Err = InvalidChannel;

    fn from_str(text: &str) -> Result<Self, InvalidChannel> {
        let key = text.trim().to_ascii_lowercase();
        let inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        let begins = key.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric());
        if begins && key.len() <= Self::LONGEST && key.bytes().all(inner) {
            Ok(Self(key))
        } else {
            Err(InvalidChannel(text.to_owned()))
        }
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a launch is told to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Plan(Plan),
    /// Stops announcements; `cause` is the event id of the breach, `None` when a person holds them.
    Hold {
        cause: Option<Uuid>,
    },
    Release,
    Send {
        channel: Channel,
        /// Announce before general availability; the reason is the command's.
        early: bool,
    },
    /// Says publicly that what was announced no longer holds.
    Correct,
    Cancel,
    Replan,
}

/// What a launch must know from elsewhere; `None` where nobody asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    pub guardrails: Option<Vec<GuardrailFact>>,
    pub stage: Option<StageFact>,
    pub succession: Option<Succession>,
}

/// What became of the place of a launch that was cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Succession {
    Open,
    /// This launch of the same rollout has it.
    Taken(LaunchId),
}

/// What happened to a launch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Planned(Plan),
    Held { cause: Option<Uuid>, reason: String },
    Released { reason: String },
    Sent { channel: Channel },
    Corrected { reason: String },
    Cancelled { reason: String },
    Replanned { reason: String },
}

/// Where a launch is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    #[default]
    Absent,
    Planned(Launch),
    Launched(Launch),
    Cancelled(Launch),
}

impl State {
    /// The launch, once it is planned.
    pub const fn launch(&self) -> Option<&Launch> {
        match self {
            Self::Absent => None,
            Self::Planned(launch) | Self::Launched(launch) | Self::Cancelled(launch) => Some(launch),
        }
    }

    /// In a word, as views show it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Planned(_) => "planned",
            Self::Launched(_) => "launched",
            Self::Cancelled(_) => "cancelled",
        }
    }
}

/// What is known of a launch in every state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Launch {
    pub plan: Plan,
    pub announcements: Announcements,
    /// Channels on which an announcement stands, oldest first.
    pub announced: Vec<Channel>,
}

/// Whether anything may be announced at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Announcements {
    Free,
    /// Held because of this breach, or by a person.
    Held(Option<Uuid>),
}

/// The code of [`Refusal::Cancelled`].
pub const CANCELLED: &str = "launch_cancelled";

/// Why a command on a launch is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the launch was never planned")]
    Absent,
    #[error("the rollout has a launch already, with other particulars")]
    HasLaunch { title: String, tier: Tier },
    #[error("another launch has taken the place of this one")]
    Replaced(LaunchId),
    #[error("the launch is cancelled")]
    Cancelled,
    #[error("{0} needs a reason")]
    ReasonMissing(&'static str),
    #[error("announcements of this launch are held")]
    Held(Option<Uuid>),
    #[error("guardrail '{}' of the rollout is breached", .0.metric)]
    Breached(GuardrailFact),
    #[error("general availability is not active yet")]
    BeforeGeneralAvailability { seen: String },
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        let sentence = refusal.to_string();
        let g5 = |code| Self::by(RuleId::G5, code, sentence.clone());
        let g13 = |code| Self::by(RuleId::G13, code, sentence.clone());
        let order = |code| Self::out_of_order(code, sentence.clone());
        match refusal {
            Refusal::Absent => order("launch_absent")
                .next("verdict launch plan --bet <bet> --rollout <rollout> --tier <tier> --title <title>"),
            Refusal::HasLaunch { title, tier } => g13("launch_already_planned")
                .compared(
                    "a rollout without a launch that is not over",
                    format!("'{title}', tier {}", tier.number()),
                )
                .next("verdict launch cancel <launch> --reason <why>"),
            Refusal::Replaced(successor) => g13("launch_replaced")
                .compared("no later launch of the rollout", successor.to_string())
                .next(format!("verdict launch cancel {successor} --reason <why>")),
            Refusal::Cancelled => order(CANCELLED).next("verdict launch replan <launch> --reason <why>"),
            Refusal::ReasonMissing(_) => order("reason_missing")
                .compared("a reason", "none")
                .next("send the command again with --reason <why>"),
            Refusal::Held(cause) => g5("announcements_held")
                .compared("announcements that are free", held_in_words(cause))
                .next("verdict launch release <launch> --reason <why>"),
            Refusal::Breached(fact) => g5("guardrail_breached")
                .compared(format!("{} {}", fact.metric, fact.required), fact.seen)
                .next("wait until the guardrail recovers: verdict guardrail list --of <rollout>"),
            Refusal::BeforeGeneralAvailability { seen } => g5("before_general_availability")
                .compared("a stage for everyone that is active", seen)
                .next("verdict launch send <launch> --channel <channel> --override --reason <why>"),
        }
    }
}

/// Every command and what undoes it (rule P2).
pub const REVERSES: &[(&str, &str)] = &[
    ("Plan", "Cancel"),
    ("Hold", "Release"),
    ("Release", "Hold"),
    ("Send", "Correct"),
    ("Correct", "Send"),
    ("Cancel", "Replan"),
    ("Replan", "Cancel"),
];

impl Decider for Launch {
    const CATEGORY: &'static str = "gtm.launch";
    type State = State;
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(
        state: &State,
        command: Command,
        facts: &Facts,
        issued: &Issued,
    ) -> Result<Decision<Event>, Blockers> {
        match state {
            State::Absent => absent(command),
            State::Planned(launch) | State::Launched(launch) => open(launch, command, facts, issued),
            State::Cancelled(launch) => cancelled(launch, command, facts, issued),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        match (state, event) {
            (State::Absent, Event::Planned(plan)) => State::Planned(Self {
                plan: plan.clone(),
                announcements: Announcements::Free,
                announced: Vec::new(),
            }),
            (State::Planned(launch) | State::Launched(launch), Event::Cancelled { .. }) => {
                State::Cancelled(launch)
            }
            (State::Cancelled(launch), Event::Replanned { .. }) => launch.by_what_is_announced(),
            (State::Planned(launch) | State::Launched(launch), event) => {
                launch.after(event).by_what_is_announced()
            }
            (State::Cancelled(launch), event) => State::Cancelled(launch.after(event)),
            // A launch begins planned; a fold never fails, so anything else before that changes nothing.
            (
                State::Absent,
                Event::Held { .. }
                | Event::Released { .. }
                | Event::Sent { .. }
                | Event::Corrected { .. }
                | Event::Cancelled { .. }
                | Event::Replanned { .. },
            ) => State::Absent,
        }
    }
}

impl Launch {
    fn by_what_is_announced(self) -> State {
        if self.announced.is_empty() { State::Planned(self) } else { State::Launched(self) }
    }

    fn after(mut self, event: &Event) -> Self {
        match event {
            Event::Held { cause, .. } => self.announcements = Announcements::Held(*cause),
            Event::Released { .. } => self.announcements = Announcements::Free,
            Event::Sent { channel, .. } => self.announced.push(channel.clone()),
            Event::Corrected { .. } => self.announced.clear(),
            Event::Planned(_) | Event::Cancelled { .. } | Event::Replanned { .. } => {}
        }
        self
    }
}

fn absent(command: Command) -> Result<Decision<Event>, Blockers> {
    match command {
        Command::Plan(plan) => Ok(vec![Event::Planned(plan)].into()),
        Command::Hold { .. }
        | Command::Release
        | Command::Send { .. }
        | Command::Correct
        | Command::Cancel
        | Command::Replan => Err(Refusal::Absent.into()),
    }
}

fn open(
    launch: &Launch,
    command: Command,
    facts: &Facts,
    issued: &Issued,
) -> Result<Decision<Event>, Blockers> {
    match command {
        Command::Plan(plan) => planned_again(launch, &plan),
        Command::Hold { cause } => hold(launch, cause, issued),
        Command::Release => release(launch, facts, issued),
        Command::Send { channel, early } => send(launch, channel, early, facts, issued),
        Command::Correct => correct(launch, issued),
        Command::Cancel => Ok(vec![Event::Cancelled { reason: issued.reason.clone() }].into()),
        Command::Replan => Ok(Decision::nothing()),
    }
}

fn cancelled(
    launch: &Launch,
    command: Command,
    facts: &Facts,
    issued: &Issued,
) -> Result<Decision<Event>, Blockers> {
    match command {
        Command::Plan(_) | Command::Send { .. } => Err(Refusal::Cancelled.into()),
        // A hold must not be lost because the launch comes back later.
        Command::Hold { cause } => hold(launch, cause, issued),
        Command::Release => release(launch, facts, issued),
        Command::Correct => correct(launch, issued),
        Command::Cancel => Ok(Decision::nothing()),
        Command::Replan => replan(facts, issued),
    }
}

/// Rule G13: a rollout has one launch that is not over. Planning the same again is a repeat.
fn planned_again(launch: &Launch, plan: &Plan) -> Result<Decision<Event>, Blockers> {
    if launch.plan == *plan {
        return Ok(Decision::nothing());
    }
    Err(Refusal::HasLaunch { title: launch.plan.title.clone(), tier: launch.plan.tier }.into())
}

/// Rule G13: the place of a launch may be taken by now.
fn replan(facts: &Facts, issued: &Issued) -> Result<Decision<Event>, Blockers> {
    match known(facts.succession.as_ref(), "which launch took the place of this one")? {
        Succession::Taken(successor) => Err(Refusal::Replaced(*successor).into()),
        Succession::Open => Ok(vec![Event::Replanned { reason: issued.reason.clone() }].into()),
    }
}

/// Later causes join a hold that is already there.
fn hold(launch: &Launch, cause: Option<Uuid>, issued: &Issued) -> Result<Decision<Event>, Blockers> {
    match launch.announcements {
        Announcements::Held(_) => Ok(Decision::nothing()),
        Announcements::Free if cause.is_none() && no_reason(issued) => {
            Err(Refusal::ReasonMissing("holding announcements by hand").into())
        }
        Announcements::Free => Ok(vec![Event::Held { cause, reason: issued.reason.clone() }].into()),
    }
}

fn release(launch: &Launch, facts: &Facts, issued: &Issued) -> Result<Decision<Event>, Blockers> {
    match launch.announcements {
        Announcements::Free => Ok(Decision::nothing()),
        Announcements::Held(_) => {
            let mut ruling = Ruling::of(issued);
            no_breach(&mut ruling, facts)?;
            ruling.done()?;
            if no_reason(issued) {
                return Err(Refusal::ReasonMissing("releasing held announcements").into());
            }
            ruling.decide(vec![Event::Released { reason: issued.reason.clone() }])
        }
    }
}

/// Rule G5. Only what stands before general availability may be overridden.
fn send(
    launch: &Launch,
    channel: Channel,
    early: bool,
    facts: &Facts,
    issued: &Issued,
) -> Result<Decision<Event>, Blockers> {
    if launch.announced.contains(&channel) {
        return Ok(Decision::nothing());
    }
    let mut ruling = Ruling::of(issued).overriding(early);
    if let Announcements::Held(cause) = launch.announcements {
        ruling.demand(false, || Refusal::Held(cause));
    }
    no_breach(&mut ruling, facts)?;
    let stage = known(facts.stage.as_ref(), "the stage of the rollout")?;
    ruling.unless_overridden(stage.is_generally_available(), || Refusal::BeforeGeneralAvailability {
        seen: stage.to_string(),
    });
    ruling.decide(vec![Event::Sent { channel }])
}

fn correct(launch: &Launch, issued: &Issued) -> Result<Decision<Event>, Blockers> {
    if launch.announced.is_empty() {
        return Ok(Decision::nothing());
    }
    if no_reason(issued) {
        return Err(Refusal::ReasonMissing("a correction").into());
    }
    Ok(vec![Event::Corrected { reason: issued.reason.clone() }].into())
}

/// Rule G5, the part without an override. An unknown answer is not a breach: a breach leaves a hold behind, and
/// that hold stays when the answer later becomes unknown. A shadow holds nothing (rule R21).
fn no_breach(ruling: &mut Ruling<'_>, facts: &Facts) -> Result<(), Blockers> {
    for fact in known(facts.guardrails.as_ref(), "the guardrails of the rollout")? {
        ruling.demand(fact.shadow || fact.state != CheckState::Fail, || Refusal::Breached(fact.clone()));
    }
    Ok(())
}

fn no_reason(issued: &Issued) -> bool {
    issued.reason.trim().is_empty()
}

fn held_in_words(cause: Option<Uuid>) -> String {
    cause.map_or_else(|| "held by a person".to_owned(), |breach| format!("held since breach {breach}"))
}

#[cfg(test)]
mod tests;
