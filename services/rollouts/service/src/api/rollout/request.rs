//! From a request to a command: every field is checked here, once.

use std::collections::BTreeSet;
use std::time::Duration;

use verdict_kernel::id::RolloutId;
use verdict_kernel::key::Key;
use verdict_kernel::tier::Tier;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::rollout_request::Command as Asked;
use verdict_rollouts_domain::rollout::{
    Cause, Command, How, NoReturn, OnBlind, PauseCause, Plan, Promotion, Proposal, Retreat, Unit,
};
use verdict_rollouts_domain::stage::{Class, Stage, StageName};
use verdict_rollouts_wire::rollout::RolloutWire;
use verdict_rollouts_wire::rollout::plan::{self, StageMessage};
use verdict_rollouts_wire::rollout::read_pause_cause;
use verdict_runtime::desk::Desk;
use verdict_runtime::execute::Envelope;
use verdict_runtime::fields::{NAMES, counted, each, id, name, optional_id, optional_text, parsed, text};
use verdict_runtime::grpc;
use verdict_runtime::naming::{self, Caller};
use verdict_runtime::problem::{Code, Problem};
use verdict_stored::field::Field;
use verdict_stored::{DecodeError, required};

/// A request whose fields are sound.
#[derive(Debug, Clone)]
pub(super) struct Checked {
    pub(super) envelope: Envelope,
    pub(super) id: RolloutId,
    pub(super) command: Command,
    pub(super) creates: bool,
    /// What a rollout that begins is to be called.
    pub(super) key: Option<Key>,
}

impl Checked {
    /// The attempt that lost its watch, where the command says that.
    pub(super) fn lost_attempt(&self) -> Option<u32> {
        if let Command::LoseWatch { attempt } = self.command { Some(attempt) } else { None }
    }
}

/// Keys become ids before the payload is hashed: however a thing is called, it is the same command.
pub(super) async fn call_by_id(
    desk: &Desk<RolloutWire>,
    request: &mut pb::RolloutRequest,
) -> Result<(), Problem> {
    let pb::RolloutRequest { meta, rollout_id, command } = request;
    let caller = Caller::of(meta.as_ref());
    desk.resolve("rollout_id", caller, rollout_id).await?;
    match command {
        Some(Asked::Plan(plan)) => {
            plan.flag_id =
                naming::flag("plan.flag_id", caller.org, &plan.environment, &plan.flag_id)?.to_string();
            naming::bet("plan.bet_id", caller, &mut plan.bet_id)
        }
        Some(Asked::ShipDirectly(ship)) => naming::bet("ship_directly.bet_id", caller, &mut ship.bet_id),
        _ => Ok(()),
    }
}

pub(super) fn extract(mut request: pb::RolloutRequest) -> Result<Checked, Problem> {
    let meta = request.meta.take();
    let key = match &request.command {
        Some(Asked::Plan(plan)) => naming::key("plan.key", &plan.key)?,
        _ => None,
    };
    let envelope = grpc::envelope(meta, &request.rollout_id, &request)?;
    let asked = verdict_runtime::fields::command(request.command)?;
    let creates = matches!(asked, Asked::Plan(_) | Asked::ShipDirectly(_));
    let rollout = if creates {
        RolloutId::created_by(envelope.command_id)
    } else {
        id("rollout_id", &request.rollout_id)?
    };
    let command = command(asked, &envelope)?;
    Ok(Checked { envelope, id: rollout, command, creates, key })
}

/// The ids of a renewal.
pub(super) fn watched(ids: &[String]) -> Result<Vec<RolloutId>, Problem> {
    ids.iter().map(|text| id("rollout_ids", text)).collect()
}

fn command(asked: Asked, envelope: &Envelope) -> Result<Command, Problem> {
    Ok(match asked {
        Asked::Plan(plan) => Command::Plan(Box::new(proposal(plan)?)),
        Asked::ShipDirectly(ship) => Command::ShipDirectly {
            bet: optional_id("ship_directly.bet_id", &ship.bet_id)?,
            user_visible: ship.user_visible,
        },
        Asked::Start(_) => Command::Start,
        Asked::EnterStage(enter) => Command::EnterStage {
            stage: name("enter_stage.stage", &enter.stage)?,
            step: step("enter_stage.step", enter.step)?,
            by: envelope.command_id.to_string(),
        },
        Asked::AdvanceStep(_) => Command::AdvanceStep,
        Asked::EvaluateGate(evaluate) => {
            Command::EvaluateGate { attempt: (evaluate.attempt > 0).then_some(evaluate.attempt) }
        }
        Asked::RecordEvidence(evidence) => Command::RecordEvidence {
            kind: name("record_evidence.kind", &evidence.kind)?,
            verdict: evidence.verdict.trim().to_owned(),
            link: optional_text("record_evidence.link", &evidence.link)?,
        },
        Asked::Pause(pause) => Command::Pause {
            cause: read_pause_cause(pause.cause()).unwrap_or(PauseCause::Person),
            attempt: (pause.attempt > 0).then_some(pause.attempt),
        },
        Asked::Resume(resume) => Command::Resume { how: how(&resume)? },
        Asked::LoseWatch(lose) => {
            Command::LoseWatch { attempt: counted("lose_watch.attempt", lose.attempt)? }
        }
        Asked::RestoreWatch(_) => Command::RestoreWatch,
        Asked::RequestRollback(rollback) => Command::RequestRollback(retreat(rollback, envelope)?),
        Asked::ConfirmRollback(confirm) => Command::ConfirmRollback {
            to: optional_stage("confirm_rollback.to_stage", &confirm.to_stage)?,
            flag_version: confirm.flag_version,
        },
        Asked::MarkOverdue(overdue) => {
            Command::MarkOverdue { attempt: counted("mark_overdue.attempt", overdue.attempt)? }
        }
        Asked::ExtendStage(extend) => {
            let by = counted("extend_stage.by_seconds", extend.by_seconds)?;
            Command::ExtendStage { by: Duration::from_secs(by.into()) }
        }
        Asked::Complete(_) => Command::Complete,
        Asked::Abort(_) => Command::Abort,
    })
}

fn proposal(mut request: pb::PlanRollout) -> Result<Proposal, Problem> {
    let stages = std::mem::take(&mut request.stages);
    let stages: Result<Vec<_>, _> = stages.into_iter().enumerate().map(read_stage).collect();
    let mode =
        required(plan::read_mode(request.mode()), "mode").map_err(|error| field("plan.mode", &error))?;
    let unit = match request.unit.as_str() {
        "" => Unit::TargetingKey,
        given => unit(given)?,
    };
    Ok(Proposal {
        plan: Plan {
            bet: optional_id("plan.bet_id", &request.bet_id)?,
            flag: id("plan.flag_id", &request.flag_id)?,
            environment: name("plan.environment", &request.environment)?,
            service: text("plan.service", &request.service)?,
            mode,
            tier: Tier::new(request.tier).ok_or_else(|| {
                Problem::field(Code::InvalidField, "plan.tier", format!("{} is no tier", request.tier))
                    .hint("use 1 to 4; 4 is the quietest")
            })?,
            stages: stages?,
            unit,
            promotion: plan::read_promotion(request.promotion()).unwrap_or(Promotion::Manual),
            on_blind: plan::read_on_blind(request.on_blind()).unwrap_or(OnBlind::Pause),
            irreversible_from: request.irreversible_from.map(no_return).transpose()?,
        },
        internal_members: names("plan.internal_members", &request.internal_members)?,
        alpha_accounts: names("plan.alpha_accounts", &request.alpha_accounts)?,
        overrides: request.r#override,
    })
}

fn cause(name: &str) -> Result<Cause, Problem> {
    Cause::ALL.into_iter().find(|cause| cause.as_str() == name).ok_or_else(|| {
        let detail = format!("'{name}' is no cause of a rollback");
        Problem::field(Code::InvalidField, "request_rollback.cause", detail)
    })
}

fn unit(name: &str) -> Result<Unit, Problem> {
    Unit::ALL.into_iter().find(|unit| unit.as_str() == name).ok_or_else(|| {
        Problem::field(Code::InvalidField, "plan.unit", format!("'{name}' is no unit"))
            .hint("use targetingKey or accountId")
    })
}

/// A name of rule R1 says its class by itself.
fn read_stage((index, mut stage): (usize, pb::Stage)) -> Result<Stage, Problem> {
    let at = format!("plan.stages[{index}]");
    if stage.class() == pb::StageClass::Unspecified {
        let called: StageName = self::stage(&format!("{at}.name"), stage.name())?;
        let class = called.preset().ok_or_else(|| no_class(&at, &called))?;
        stage.set_class(plan::class(class));
    }
    StageMessage::read(stage, "stage").map_err(|error| field(&at, &error))
}

fn no_class(at: &str, called: &StageName) -> Problem {
    let words: Vec<_> = Class::ALL.iter().map(|class| class.as_str()).collect();
    let presets: Vec<_> = StageName::PRESETS.iter().map(|(name, _)| name.to_string()).collect();
    let detail = format!(
        "stage '{called}' says no class: {}; only the names {} do without",
        words.join(", "),
        presets.join(", ")
    );
    Problem::field(Code::MissingField, format!("{at}.class"), detail)
        .hint(format!("give it one of the classes {}", words.join(", ")))
}

/// Whether its stage is one of the plan and whether there is a reason is rule R26.
fn no_return(from: pb::IrreversibleFrom) -> Result<NoReturn, Problem> {
    Ok(NoReturn {
        stage: stage("plan.irreversible_from.stage", from.stage())?,
        reason: optional_text("plan.irreversible_from.reason", from.reason())?,
    })
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

fn names(field: &str, given: &[String]) -> Result<BTreeSet<String>, Problem> {
    Ok(each(field, NAMES, given, |field, given| text(field, given))?.into_iter().collect())
}

fn how(resume: &pb::ResumeRollout) -> Result<How, Problem> {
    match (resume.false_alarm, resume.undo.is_empty()) {
        (false, true) => Ok(How::Fresh),
        (true, true) => Ok(How::FalseAlarm),
        (false, false) => Ok(How::Undo),
        (true, false) => Err(Problem::field(
            Code::InvalidField,
            "resume.undo",
            "an undo of a kill is no false alarm of a guardrail",
        )
        .hint("give one of the two")),
    }
}

fn stage(field: &str, given: &str) -> Result<StageName, Problem> {
    parsed(field, given).map_err(|problem| problem.hint("give a name such as early-birds"))
}

fn step(field: &str, given: Option<u32>) -> Result<Option<usize>, Problem> {
    let step = given.map(usize::try_from).transpose();
    step.map_err(|error| Problem::field(Code::InvalidField, field, error.to_string()))
}

fn optional_stage(field: &str, given: &str) -> Result<Option<StageName>, Problem> {
    (!given.is_empty()).then(|| stage(field, given)).transpose()
}

/// Without a stage it is the present one, and without a cause a person asks. What names no breach is named by its
/// command.
fn retreat(request: pb::RequestRollback, envelope: &Envelope) -> Result<Retreat, Problem> {
    let from = match optional_stage("request_rollback.stage", &request.stage)? {
        Some(stage) => Some((stage, counted("request_rollback.attempt", request.attempt)?)),
        None => None,
    };
    let cause = match request.cause.as_str() {
        "" => Cause::Requested,
        given => cause(given)?,
    };
    let breach = if request.breach.is_empty() { envelope.command_id.to_string() } else { request.breach };
    Ok(Retreat { from, breach, cause, critical: request.critical })
}
