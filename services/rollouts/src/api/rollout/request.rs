//! From a request to a command: every field is checked here, once.

use verdict_kernel::id::RolloutId;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::rollout_request::Command as Asked;
use verdict_rollouts_domain::rollout::{Cause, Command, Plan, Proposal, Retreat, Tier, Unit};
use verdict_rollouts_domain::stage::{Stage, StageName};
use verdict_runtime::execute::Envelope;
use verdict_runtime::grpc;
use verdict_runtime::problem::{Code, Problem};
use verdict_runtime::wire::DecodeError;

use crate::api::fields::{counted, id, optional_id, text};
use crate::wire::rollout::{cause, plan};

/// Longest list of names in a plan; larger audiences are segments.
const LONGEST_LIST: usize = 1000;

/// What is wanted, before the facts are gathered.
#[derive(Debug, Clone)]
pub(super) enum Wanted {
    Ready(Box<Command>),
    EnterStage(StageName),
    AdvanceStep,
    EvaluateGate(Option<u32>),
}

/// A request whose fields are sound.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) envelope: Envelope,
    pub(super) id: RolloutId,
    pub(super) wanted: Wanted,
    pub(super) creates: bool,
}

pub(super) fn extract(mut request: pb::RolloutRequest) -> Result<Checked, Problem> {
    let meta = request.meta.take();
    let envelope = grpc::envelope(meta, &request.rollout_id, &request)?;
    let asked = request
        .command
        .ok_or_else(|| Problem::field(Code::MissingField, "command", "the request holds no command"))?;
    let creates = matches!(asked, Asked::Plan(_) | Asked::ShipDirectly(_));
    let rollout = if creates {
        RolloutId::created_by(envelope.command_id)
    } else {
        id("rollout_id", &request.rollout_id)?
    };
    let wanted = wanted(asked)?;
    Ok(Checked { envelope, id: rollout, wanted, creates })
}

/// The ids of a renewal.
pub(super) fn watched(ids: &[String]) -> Result<Vec<RolloutId>, Problem> {
    ids.iter().map(|text| id("rollout_ids", text)).collect()
}

fn wanted(asked: Asked) -> Result<Wanted, Problem> {
    let command = match asked {
        Asked::Plan(plan) => Command::Plan(Box::new(proposal(plan)?)),
        Asked::ShipDirectly(ship) => Command::ShipDirectly {
            bet: optional_id("ship_directly.bet_id", &ship.bet_id)?,
            user_visible: ship.user_visible,
        },
        Asked::Start(_) => Command::Start,
        Asked::EnterStage(enter) => return Ok(Wanted::EnterStage(stage("enter_stage.stage", &enter.stage)?)),
        Asked::AdvanceStep(_) => return Ok(Wanted::AdvanceStep),
        Asked::EvaluateGate(evaluate) => {
            return Ok(Wanted::EvaluateGate((evaluate.attempt > 0).then_some(evaluate.attempt)));
        }
        Asked::RecordEvidence(evidence) => {
            Command::RecordEvidence { kind: kind(&evidence.kind)?, value: evidence.value.trim().to_owned() }
        }
        Asked::Pause(_) => Command::Pause,
        Asked::Resume(_) => Command::Resume,
        Asked::LoseWatch(lose) => {
            Command::LoseWatch { attempt: counted("lose_watch.attempt", lose.attempt)? }
        }
        Asked::RestoreWatch(_) => Command::RestoreWatch,
        Asked::RequestRollback(rollback) => Command::RequestRollback(retreat(rollback)?),
        Asked::ConfirmRollback(confirm) => Command::ConfirmRollback {
            to: optional_stage("confirm_rollback.to_stage", &confirm.to_stage)?,
            flag_version: confirm.flag_version,
        },
        Asked::MarkOverdue(overdue) => {
            Command::MarkOverdue { attempt: counted("mark_overdue.attempt", overdue.attempt)? }
        }
        Asked::Complete(_) => Command::Complete,
        Asked::Abort(_) => Command::Abort,
    };
    Ok(Wanted::Ready(Box::new(command)))
}

fn proposal(mut request: pb::PlanRollout) -> Result<Proposal, Problem> {
    let stages = std::mem::take(&mut request.stages);
    let stages: Result<Vec<_>, _> = stages.into_iter().enumerate().map(read_stage).collect();
    let mode = plan::read_mode(request.mode()).map_err(|error| field("plan.mode", &error))?;
    let promotion = match request.promotion() {
        pb::Promotion::Unspecified => pb::Promotion::Manual,
        given @ (pb::Promotion::Manual | pb::Promotion::Automatic) => given,
    };
    let unit = match request.unit.as_str() {
        "" => Unit::TargetingKey,
        given => plan::read_unit(given).map_err(|error| field("plan.unit", &error))?,
    };
    Ok(Proposal {
        plan: Plan {
            bet: optional_id("plan.bet_id", &request.bet_id)?,
            flag: id("plan.flag_id", &request.flag_id)?,
            environment: text("plan.environment", &request.environment)?,
            service: text("plan.service", &request.service)?,
            mode,
            tier: Tier::from_number(request.tier).ok_or_else(|| {
                Problem::field(Code::InvalidField, "plan.tier", format!("{} is no tier", request.tier))
                    .hint("use 1 to 4; 4 is the quietest")
            })?,
            stages: stages?,
            unit,
            promotion: plan::read_promotion(promotion).map_err(|error| field("plan.promotion", &error))?,
        },
        internal_members: names("plan.internal_members", request.internal_members)?.collect(),
        alpha_accounts: names("plan.alpha_accounts", request.alpha_accounts)?.collect(),
        overrides: request.r#override,
    })
}

fn read_stage((index, stage): (usize, pb::Stage)) -> Result<Stage, Problem> {
    plan::read_stage(stage).map_err(|error| field(&format!("plan.stages[{index}]"), &error))
}

/// A field that cannot be read as what it should be.
fn field(name: &str, error: &DecodeError) -> Problem {
    match error {
        DecodeError::Missing(missing) => {
            Problem::field(Code::MissingField, name, format!("'{missing}' is missing"))
        }
        DecodeError::Malformed(_) | DecodeError::UnknownType => {
            Problem::field(Code::InvalidField, name, error.to_string())
        }
    }
}

fn names(field: &str, given: Vec<String>) -> Result<impl Iterator<Item = String>, Problem> {
    if given.len() > LONGEST_LIST {
        let detail = format!("{} names are more than {LONGEST_LIST}", given.len());
        return Err(Problem::field(Code::InvalidField, field, detail));
    }
    if given.iter().any(|name| name.trim().is_empty()) {
        return Err(Problem::field(Code::InvalidField, field, "a name is empty"));
    }
    Ok(given.into_iter().map(|name| name.trim().to_owned()))
}

/// Kinds of evidence are snake case, so that two spellings do not make two facts.
fn kind(given: &str) -> Result<String, Problem> {
    let name = "record_evidence.kind";
    let kind = text(name, given)?;
    let snake = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if kind.chars().all(snake) {
        return Ok(kind);
    }
    Err(Problem::field(Code::InvalidField, name, format!("'{kind}' is not in snake case"))
        .hint("for example core_flow_verified or open_p0_bugs"))
}

fn stage(field: &str, given: &str) -> Result<StageName, Problem> {
    if given.is_empty() {
        return Err(Problem::field(Code::MissingField, field, "the stage is empty"));
    }
    given.parse().map_err(|error| {
        Problem::field(Code::InvalidField, field, format!("{error}")).hint("use internal, alpha, beta or ga")
    })
}

fn optional_stage(field: &str, given: &str) -> Result<Option<StageName>, Problem> {
    (!given.is_empty()).then(|| stage(field, given)).transpose()
}

/// Without a stage it is the present one, and without a cause a person asks.
fn retreat(request: pb::RequestRollback) -> Result<Retreat, Problem> {
    let from = match optional_stage("request_rollback.stage", &request.stage)? {
        Some(stage) => Some((stage, counted("request_rollback.attempt", request.attempt)?)),
        None => None,
    };
    let cause = match request.cause.as_str() {
        "" => Cause::Requested,
        given => cause(given).map_err(|error| field("request_rollback.cause", &error))?,
    };
    Ok(Retreat { from, breach: request.breach, cause, critical: request.critical })
}
