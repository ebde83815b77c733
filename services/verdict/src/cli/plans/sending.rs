//! Carrying out a plan: one command after the other, each with the id and the version that the plan gives it, to the end or
//! to the first that is not accepted.
//!
//! Nothing is remembered between two runs: a plan that was broken off is computed anew from what is there by then, so that
//! only what is missing is sent.

use std::collections::{BTreeMap, BTreeSet};

use verdict_documents::{
    Action, Door, Finding, Identity, ManagedBy, Noun, Outcome, Path, Placed, Planned, Thing, command_id,
};
use verdict_proto::v1 as pb;
use verdict_proto::v1::command_reply::Outcome as Answered;

use super::planning::{Plan, needs_of};
use super::platform::{Way, decoded, kind};
use super::request;
use crate::failure::Failure;

/// Who applies, and how.
pub struct By<'b> {
    /// What every command carries; its id, version, team and keeper follow from the plan.
    pub meta: pb::CommandMeta,
    pub take_over: bool,
    pub told: &'b mut dyn FnMut(usize, usize),
}

/// One command of a plan, and what became of it.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Index in [`Plan::planned`].
    pub of: usize,
    pub verb: &'static str,
    pub command_id: String,
    pub became: Became,
}

/// What became of a command.
#[derive(Debug, Clone)]
pub enum Became {
    Accepted(pb::Accepted),
    Refused(pb::Refused),
    /// It rests on what would have to be made first, so a dry run cannot ask.
    NotAsked,
}

/// Everything that was sent, and why no more was.
#[derive(Debug, Default)]
pub struct Carried {
    pub sent: Vec<Sent>,
    /// Commands that were left.
    pub left: usize,
    pub stopped: Option<Stopped>,
}

/// The command at which it stopped.
#[derive(Debug)]
pub struct Stopped {
    /// What the documents say there.
    pub at: Finding,
    pub what: Identity,
    pub why: Why,
}

#[derive(Debug)]
pub enum Why {
    Refused(pb::Refused),
    Failed(Failure),
}

/// The actions of a plan, each with the index of what it belongs to and its number among the actions of that.
fn actions(plan: &Plan) -> Vec<(usize, usize, &Action)> {
    let mut all = Vec::new();
    for (index, planned) in plan.planned.iter().enumerate() {
        let actions = match &planned.outcome {
            Outcome::Create(actions) | Outcome::Change { actions, .. } => actions.as_slice(),
            Outcome::Nothing | Outcome::Fixed(_) | Outcome::KeptBy(_) => &[],
        };
        all.extend(actions.iter().enumerate().map(|(number, action)| (index, number, action)));
    }
    all
}

/// Sends the commands of a plan; a dry run asks of each thing what can be asked before anything is made.
pub async fn carry_out<W: Way>(plan: &Plan, way: &W, by: &mut By<'_>) -> Carried {
    let all = actions(plan);
    let mut carried = Carried { left: all.len(), ..Carried::default() };
    let mut course = Course::of(plan);
    for (number, (index, nth, action)) in all.iter().enumerate() {
        let Some(planned) = plan.planned.get(*index) else { continue };
        let Some(placed) = plan.placed(planned) else { continue };
        let step = Step { plan, planned, placed, action, creates: *nth == 0 && is_made(planned) };
        let sent = |command_id, became| Sent { of: *index, verb: request::verb(action), command_id, became };
        if by.meta.dry_run && course.waits(&step) {
            carried.sent.push(sent(String::new(), Became::NotAsked));
            course.asked.insert(step.about());
            continue;
        }
        let (meta, id) = course.meta(&step, by);
        let command_id = meta.command_id.clone();
        match send(&step, way, &id, meta).await {
            Ok(Answered::Accepted(accepted)) => {
                course.goes_on(&step, &accepted);
                carried.sent.push(sent(command_id, Became::Accepted(accepted)));
                carried.left -= 1;
            }
            Ok(Answered::Refused(refused)) => {
                carried.sent.push(sent(command_id, Became::Refused(refused.clone())));
                carried.stopped.get_or_insert_with(|| step.stopped(Why::Refused(refused)));
            }
            Err(failure) => {
                carried.stopped = Some(step.stopped(Why::Failed(failure)));
                return carried;
            }
        }
        if by.meta.dry_run {
            course.asked.insert(step.about());
        } else if carried.stopped.is_some() {
            return carried;
        }
        (by.told)(number + 1, all.len());
    }
    carried
}

const fn is_made(planned: &Planned) -> bool {
    matches!(planned.outcome, Outcome::Create(_))
}

/// Whether the command makes what it is about.
const fn makes(action: &Action) -> bool {
    matches!(
        action,
        Action::DefineMetric { .. }
            | Action::CreateFlag { .. }
            | Action::ProposeBet { .. }
            | Action::PlanRollout { .. }
            | Action::ArmGuardrail { .. }
            | Action::PlanLaunch { .. }
    )
}

/// One command of the plan.
struct Step<'p> {
    plan: &'p Plan,
    planned: &'p Planned,
    placed: &'p Placed,
    action: &'p Action,
    /// It makes the thing.
    creates: bool,
}

impl Step<'_> {
    /// The thing whose stream it goes to.
    fn about(&self) -> Identity {
        match self.action {
            Action::AttachRollout { bet, .. } => {
                Identity { noun: Noun::Bet, scope: String::new(), key: bet.to_ascii_lowercase() }
            }
            _ => self.planned.what.clone(),
        }
    }

    /// The field of the document that the command follows from.
    fn field(&self) -> Path {
        let spec = Path::of(&["spec"]);
        let spec = match self.planned.part.thing {
            Thing::Itself => spec,
            Thing::InlineFlag => spec.field("flag"),
            Thing::Guardrail(index) => spec.field("guardrails").index(index),
        };
        match self.action {
            Action::StateHypothesis(_) => spec.field("hypothesis"),
            Action::AgreeMetrics(_) => spec.field("metrics"),
            Action::SetTimebox(_) => spec.field("timebox"),
            Action::AssessHandoffItem { item, .. } => spec.field("handoff").field(item),
            Action::StartDiscovery | Action::StartShaping | Action::MarkShaped | Action::HandOff => {
                spec.field("bringTo")
            }
            Action::AttachRollout { .. } => spec.field("betRef"),
            Action::SetEffect(_) => spec.field("effect"),
            Action::ScheduleCleanup { .. } => spec.field("cleanupOn"),
            Action::DefineMetric { .. }
            | Action::ReviseMetric { .. }
            | Action::CreateFlag { .. }
            | Action::ProposeBet { .. }
            | Action::PlanRollout { .. }
            | Action::ArmGuardrail { .. }
            | Action::PlanLaunch { .. } => spec,
        }
    }

    fn stopped(&self, why: Why) -> Stopped {
        let at = self.placed.finding(&self.field(), "", "");
        Stopped { at, what: self.planned.what.clone(), why }
    }
}

async fn send<W: Way>(
    step: &Step<'_>,
    way: &W,
    id: &str,
    meta: pb::CommandMeta,
) -> Result<Answered, Failure> {
    let (noun, message) = request::of(step.action, id, meta, &step.plan.around(step.planned));
    let kind = kind(step.about().noun)?;
    debug_assert_eq!(kind.name, noun, "a command goes to the thing that it is about");
    let reply = way.send(&kind.context, &kind.execute, message).await?;
    let reply: pb::CommandReply = decoded(step.about().noun, &reply)?;
    reply.outcome.ok_or_else(|| Failure::Fault("the platform sent an empty reply".to_owned()))
}

/// Where the streams are that the plan writes to, as far as it is known.
struct Course {
    at: BTreeMap<Identity, (String, u32)>,
    /// What the plan makes and what was not made yet.
    to_make: BTreeSet<Identity>,
    /// In a dry run: asked about once, which is all that can be asked.
    asked: BTreeSet<Identity>,
}

impl Course {
    fn of(plan: &Plan) -> Self {
        let to_make: BTreeSet<Identity> = plan
            .planned
            .iter()
            .filter(|planned| is_made(planned))
            .map(|planned| planned.what.clone())
            .collect();
        let there = plan.there.iter().filter(|(what, _)| !to_make.contains(what));
        let at =
            there.map(|(what, there)| (what.clone(), (there.id.clone(), there.present.version))).collect();
        Self { at, to_make, asked: BTreeSet::new() }
    }

    /// Whether a command rests on something that a dry run does not make.
    fn waits(&self, step: &Step<'_>) -> bool {
        let to_be_made = |what: &Identity| self.to_make.contains(what);
        let about = step.about();
        let of_document = |other: &&Planned| {
            other.part.document == step.planned.part.document && other.part.thing < step.planned.part.thing
        };
        self.asked.contains(&about)
            || (!step.creates && (to_be_made(&about) || to_be_made(&step.planned.what)))
            || needs_of(&step.plan.set, step.planned).any(to_be_made)
            || step.plan.planned.iter().filter(of_document).any(|other| to_be_made(&other.what))
    }

    /// What the command carries, and the id of the thing that it goes to.
    fn meta(&self, step: &Step<'_>, by: &By<'_>) -> (pb::CommandMeta, String) {
        let about = step.about();
        let former = step.plan.there.get(&about).filter(|_| step.creates);
        let (id, version) = if step.creates {
            (String::new(), former.map_or(0, |former| former.present.version))
        } else {
            self.at.get(&about).cloned().unwrap_or_else(|| (about.key.clone(), 0))
        };
        let expected_version = match step.action {
            // Their ids follow from what they are about, so what is over may have been made by the same.
            Action::ArmGuardrail { .. } | Action::PlanLaunch { .. } if step.creates => None,
            _ if step.creates => Some(0),
            _ => Some(version),
        };
        // What makes a thing names it by its key, also where it only becomes the keeper of one that is there.
        let id = if makes(step.action) { String::new() } else { id };
        let document = &step.placed.document;
        let team = document.team().unwrap_or(&by.meta.team).to_owned();
        let stream = if step.creates {
            // A key that is taken again names another thing, made by another command.
            let former = former.map(|there| there.id.as_str()).unwrap_or_default();
            let scope = if about.scope.is_empty() { &team } else { &about.scope };
            format!("{}/{}/{scope}/{}/{former}", by.meta.org, about.noun.as_str(), about.key)
        } else {
            format!("{}-{id}", about.noun.as_str())
        };
        // What a bet is attached to changes nothing about who keeps the bet.
        let keeps = !matches!(step.action, Action::AttachRollout { .. });
        let keeper = keeps.then(|| ManagedBy::of(Door::File, &step.placed.source, document));
        let reason = match by.meta.reason.as_str() {
            "" => format!("as {} says", step.placed.source),
            reason => reason.to_owned(),
        };
        let meta = pb::CommandMeta {
            command_id: command_id(&stream, version, &step.action.payload()).to_string(),
            team,
            reason,
            expected_version,
            managed_by: keeper.map(|keeper| pb::ManagedBy {
                door: Some("file".to_owned()),
                source: Some(keeper.source),
                revision: Some(keeper.revision.to_string()),
            }),
            take_over: by.take_over,
            ..by.meta.clone()
        };
        (meta, id)
    }

    /// A command was accepted: the stream is further, and what it made is there.
    fn goes_on(&mut self, step: &Step<'_>, accepted: &pb::Accepted) {
        if !accepted.dry_run {
            self.to_make.remove(&step.about());
            self.at.insert(step.about(), (accepted.id.clone(), accepted.version));
        }
    }
}
