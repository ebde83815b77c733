//! From the request to the domain: every field is checked here, once.

use verdict_kernel::clock::Timestamp;
use verdict_kernel::decider::Decider;
use verdict_kernel::id::{CommandId, GuardrailId};
use verdict_kernel::key::Key;
use verdict_kernel::principal::Principal;
use verdict_metrics_domain::evaluation::{Comparison, DEFAULT_CRITICAL_EVENTS, Rule, Severity, Threshold};
use verdict_metrics_domain::guardrail::{Answer, Arm, Command, Effect, Guardrail, StageAttempt};
use verdict_metrics_wire::guardrail::{ThresholdMessage, read_effect, read_judge};
use verdict_proto::metrics::v1 as pb;
use verdict_proto::metrics::v1::arm_guardrail;
use verdict_proto::metrics::v1::guardrail_request::Command as Wanted;
use verdict_runtime::execute::Envelope;
use verdict_runtime::fields::{self, id, missing, optional_id};
use verdict_runtime::grpc;
use verdict_runtime::log::Log;
use verdict_runtime::naming::{self, Caller};
use verdict_runtime::problem::{Code, Problem};
use verdict_stored::DecodeError;
use verdict_stored::field::Field;
use verdict_stored::vocabulary::read_check_state;

use super::super::asked::key;
use crate::evaluator;

/// Most points in a row that a rule may look at.
const MOST_POINTS: usize = 1000;

/// A valid command and what it is about.
#[derive(Clone)]
pub(super) struct Checked {
    pub(super) envelope: Envelope,
    pub(super) id: GuardrailId,
    pub(super) command: Command,
    /// What a guardrail that is armed is to be called.
    pub(super) key: Option<Key>,
}

/// Puts the id of a guardrail in place of its key.
pub(super) async fn called(
    log: &Log,
    field: &str,
    caller: Caller<'_>,
    text: &mut String,
) -> Result<(), Problem> {
    naming::resolve(log, Guardrail::CATEGORY, field, caller, text).await
}

/// Keys become ids before the payload is hashed: however a thing is called, it is the same command.
pub(super) async fn call_by_id(log: &Log, request: &mut pb::GuardrailRequest) -> Result<(), Problem> {
    let pb::GuardrailRequest { meta, guardrail_id, command } = request;
    let caller = Caller::of(meta.as_ref());
    called(log, "guardrail_id", caller, guardrail_id).await?;
    let Some(Wanted::Arm(arm)) = command else { return Ok(()) };
    naming::resolve(log, naming::ROLLOUTS, "arm.rollout_id", caller, &mut arm.rollout_id).await
}

/// `now`: when it came in.
pub(super) fn extract(mut request: pb::GuardrailRequest, now: Timestamp) -> Result<Checked, Problem> {
    let meta = request.meta.take();
    let envelope = grpc::envelope(meta, &request.guardrail_id, &request)?;
    let wanted = fields::command(request.command)?;
    let key = match &wanted {
        Wanted::Arm(arm) => naming::key("arm.key", &arm.key)?,
        _ => None,
    };
    let command = command(&envelope, wanted, now)?;
    let id = match &command {
        Command::Arm(arm) if request.guardrail_id.is_empty() => id_of(arm),
        Command::Arm(_) => {
            let detail = "a guardrail gets its id when it is armed";
            return Err(Problem::field(Code::InvalidField, "guardrail_id", detail).hint("leave it empty"));
        }
        Command::Answer(_)
        | Command::Acknowledge { .. }
        | Command::Retract { .. }
        | Command::Disarm
        | Command::Rearm
        | Command::SetEffect { .. }
        | Command::Reconsider { .. } => id("guardrail_id", &request.guardrail_id)?,
    };
    Ok(Checked { envelope, id, command, key })
}

/// The same bound on the same metric of the same rollout is the same guardrail, whoever arms it how often.
fn id_of(arm: &Arm) -> GuardrailId {
    let Rule::Threshold(Threshold { comparison, value, for_points }) = &arm.rule;
    let side = match comparison {
        Comparison::Below => "below",
        Comparison::Above => "above",
    };
    let what = format!("{}/{side}/{value}/{for_points}", arm.metric);
    GuardrailId::created_by(CommandId::derive(arm.rollout.as_uuid(), &what))
}

fn command(envelope: &Envelope, wanted: Wanted, now: Timestamp) -> Result<Command, Problem> {
    Ok(match wanted {
        Wanted::Arm(arm) => Command::Arm(self::arm(&arm)?),
        Wanted::Answer(answer) => {
            from_the_evaluation(envelope)?;
            Command::Answer(self::answer(answer, now)?)
        }
        Wanted::Reconsider(reconsider) => {
            from_the_evaluation(envelope)?;
            self::reconsider(reconsider, now)?
        }
        Wanted::Acknowledge(acknowledge) => Command::Acknowledge { attempt: given(acknowledge.attempt) },
        Wanted::Retract(retract) => Command::Retract { attempt: given(retract.attempt) },
        Wanted::SetEffect(wanted) => Command::SetEffect {
            effect: read_effect(wanted.effect()).ok_or_else(|| missing("set_effect.effect"))?,
        },
        Wanted::Disarm(_) => Command::Disarm,
        Wanted::Rearm(_) => Command::Rearm,
    })
}

/// 0 = not given.
fn given(attempt: u32) -> Option<u32> {
    (attempt > 0).then_some(attempt)
}

fn from_the_evaluation(envelope: &Envelope) -> Result<(), Problem> {
    let subject = &envelope.principal.subject;
    if *subject == Principal::process(evaluator::PROCESS).subject {
        return Ok(());
    }
    let detail = format!("'{subject}' does not answer guardrails");
    Err(Problem::field(Code::InvalidField, "meta.process", detail)
        .hint("send observations to POST /v1/observations: the platform answers"))
}

fn reconsider(it: pb::ReconsiderGuardrail, now: Timestamp) -> Result<Command, Problem> {
    let answer = pb::AnswerGuardrail {
        state: it.state,
        as_of: it.as_of,
        seen: it.seen,
        sample: it.sample,
        stage: it.stage,
        stage_index: it.stage_index,
        attempt: it.attempt,
        flag_id: it.flag_id,
        bet_id: it.bet_id,
    };
    let answer = self::answer(answer, now)?;
    Ok(Command::Reconsider { answer, unfounded: it.unfounded })
}

fn arm(arm: &pb::ArmGuardrail) -> Result<Arm, Problem> {
    let Some(arm_guardrail::Rule::Threshold(threshold)) = &arm.rule else {
        return Err(missing("arm.threshold"));
    };
    let rule = ThresholdMessage::read(threshold.clone(), "threshold")
        .map(Rule::Threshold)
        .map_err(threshold_problem)?;
    if rule.looks_at() > MOST_POINTS {
        let detail = format!("{} points are more than {MOST_POINTS}", rule.looks_at());
        return Err(Problem::field(Code::InvalidField, "arm.threshold.for_points", detail));
    }
    Ok(Arm {
        effect: read_effect(arm.effect()).unwrap_or(Effect::Rollback),
        judge: read_judge(arm.judge()).unwrap_or_default(),
        metric: key("arm.metric", &arm.metric)?,
        rollout: id("arm.rollout_id", &arm.rollout_id)?,
        rule,
        min_sample: arm.min_sample,
        severity: match (arm.critical, arm.critical_events) {
            (false, _) => Severity::Normal,
            (true, 0) => Severity::Critical { events: DEFAULT_CRITICAL_EVENTS },
            (true, events) => Severity::Critical { events },
        },
    })
}

fn threshold_problem(error: DecodeError) -> Problem {
    match error {
        DecodeError::Missing(field) => missing(&format!("arm.threshold.{field}")),
        DecodeError::Malformed(_) | DecodeError::UnknownType => {
            Problem::field(Code::InvalidField, "arm.threshold.value", error.to_string())
        }
    }
}

fn answer(answer: pb::AnswerGuardrail, now: Timestamp) -> Result<Answer, Problem> {
    let as_of: Timestamp = answer.as_of.parse().map_err(|_| {
        let detail = format!("'{}' is not a time in the form of RFC 3339", answer.as_of);
        Problem::field(Code::InvalidField, "answer.as_of", detail)
    })?;
    let state = read_check_state(answer.state()).ok_or_else(|| missing("answer.state"))?;
    let attempt = match answer.attempt {
        0 => None,
        attempt => Some(StageAttempt {
            stage: answer.stage,
            stage_index: answer.stage_index,
            attempt,
            flag: id("answer.flag_id", &answer.flag_id)?,
            bet: optional_id("answer.bet_id", &answer.bet_id)?,
        }),
    };
    Ok(Answer { state, as_of, seen: answer.seen, sample: answer.sample, attempt, found_at: now })
}
