//! From the request to the domain: every field is checked here, once.

use verdict_bets_domain::bet::cost::PersonDays;
use verdict_bets_domain::bet::metrics::Wish;
use verdict_bets_domain::bet::{
    Command, DEFAULT_ITERATIONS, Decision, Hypothesis, Proposal, Rollback, Slip, Timebox,
};
use verdict_bets_wire::bet::BetWire;
use verdict_bets_wire::terms;
use verdict_kernel::id::BetId;
use verdict_kernel::metric_type::MetricType;
use verdict_proto::bets::v1 as pb;
use verdict_proto::bets::v1::bet_request::Command as Asked;
use verdict_proto::bets::v1::conclude_retrospective::Decision as Concluded;
use verdict_runtime::desk::Desk;
use verdict_runtime::execute::Envelope;
use verdict_runtime::fields::{
    self, TEXTS, chosen, each, id, name, optional_id, optional_name, optional_text, parsed, present, text,
};
use verdict_runtime::grpc;
use verdict_runtime::log::Log;
use verdict_runtime::naming::{self, Caller};
use verdict_runtime::problem::{Code, Problem};

pub(super) const fn creates(command: &Command) -> bool {
    matches!(command, Command::Propose(_))
}

/// Keys become ids before the payload is hashed: however a thing is called, it is the same command.
pub(super) async fn call_by_id(
    desk: &Desk<BetWire>,
    log: &Log,
    request: &mut pb::BetRequest,
) -> Result<(), Problem> {
    let pb::BetRequest { meta, bet_id, command } = request;
    let caller = Caller::of(meta.as_ref());
    desk.resolve("bet_id", caller, bet_id).await?;
    let rollout = match command {
        Some(Asked::AttachRollout(attach)) => {
            if !attach.flag_id.is_empty() {
                let flag = naming::flag("attach_rollout.flag_id", caller.org, "", &attach.flag_id)?;
                attach.flag_id = flag.to_string();
            }
            ("attach_rollout.rollout_id", &mut attach.rollout_id)
        }
        Some(Asked::NoteRollback(note)) => ("note_rollback.rollout_id", &mut note.rollout_id),
        _ => return Ok(()),
    };
    naming::resolve(log, naming::ROLLOUTS, rollout.0, caller, rollout.1).await
}

pub(super) fn extract(mut request: pb::BetRequest) -> Result<(Envelope, BetId, Command), Problem> {
    let meta = request.meta.take();
    let mut envelope = grpc::envelope(meta, &request.bet_id, &request)?;
    let key = match &request.command {
        Some(Asked::Propose(propose)) => naming::key("propose.key", &propose.key)?,
        _ => None,
    };
    envelope.name = key.as_ref().map(naming::for_ever);
    let command = command(fields::command(request.command)?)?;
    let id = if creates(&command) {
        if !request.bet_id.is_empty() {
            let detail = "a bet gets its id when it is proposed";
            return Err(Problem::field(Code::InvalidField, "bet_id", detail).hint("leave it empty"));
        }
        match key {
            Some(key) => BetId::of(&envelope.principal.org, &key),
            None => BetId::created_by(envelope.command_id),
        }
    } else {
        id("bet_id", &request.bet_id)?
    };
    Ok((envelope, id, command))
}

fn command(asked: Asked) -> Result<Command, Problem> {
    Ok(match asked {
        Asked::Propose(propose) => Command::Propose(proposal(propose)?),
        Asked::StateHypothesis(state) => {
            let stated = present("state_hypothesis.hypothesis", state.hypothesis)?;
            Command::StateHypothesis(hypothesis("state_hypothesis.hypothesis", stated)?)
        }
        Asked::StartDiscovery(_) => Command::StartDiscovery,
        Asked::StartShaping(_) => Command::StartShaping,
        Asked::AgreeMetrics(agree) => Command::AgreeMetrics(wishes(agree.metrics)?),
        Asked::SetTimebox(set) => {
            let set = present("set_timebox.timebox", set.timebox)?;
            Command::SetTimebox(timebox("set_timebox.timebox", &set)?)
        }
        Asked::DeclareSlip(slip) => Command::DeclareSlip(self::slip(&slip)?),
        Asked::MarkShaped(_) => Command::MarkShaped,
        Asked::AssessHandoffItem(assess) => Command::AssessHandoffItem(
            chosen("assess_handoff_item.item", terms::read_item(assess.item()), "an item of the hand-off")?,
            chosen(
                "assess_handoff_item.clarity",
                terms::read_clarity(assess.clarity()),
                "clear, fuzzy or missing",
            )?,
        ),
        Asked::HandOff(hand_off) => Command::HandOff { override_fuzzy: hand_off.r#override },
        Asked::AttachRollout(attach) => Command::AttachRollout {
            rollout: id("attach_rollout.rollout_id", &attach.rollout_id)?,
            flag: optional_id("attach_rollout.flag_id", &attach.flag_id)?,
        },
        Asked::StartMeasuring(_) => Command::StartMeasuring,
        Asked::RecordCost(record) => Command::RecordCost(cost("record_cost.amount", &record.amount)?),
        Asked::NoteRollback(note) => Command::NoteRollback(rollback(&note)?),
        Asked::EndTimebox(_) => Command::EndTimebox,
        Asked::Conclude(conclude) => Command::Conclude(conclude.decision.map(decision).transpose()?),
        Asked::Withdraw(_) => Command::Withdraw,
        Asked::Reopen(_) => Command::Reopen,
    })
}

fn proposal(propose: pb::ProposeBet) -> Result<Proposal, Problem> {
    let mode = propose.mode();
    Ok(Proposal {
        title: name("propose.title", &propose.title)?,
        mode: chosen("propose.mode", terms::read_mode(mode), "zero-to-one or scaling")?,
        hypothesis: propose.hypothesis.map(|given| hypothesis("propose.hypothesis", given)).transpose()?,
        iteration_limit: propose.iteration_limit.unwrap_or(DEFAULT_ITERATIONS),
        appetite: (!propose.appetite.is_empty()).then(|| appetite(&propose.appetite)).transpose()?,
    })
}

fn appetite(given: &str) -> Result<PersonDays, Problem> {
    let appetite = cost("propose.appetite", given)?;
    if appetite < PersonDays::ZERO {
        let detail = format!("{appetite} person-days is less than nothing");
        return Err(Problem::field(Code::InvalidField, "propose.appetite", detail));
    }
    Ok(appetite)
}

fn slip(slip: &pb::DeclareSlip) -> Result<Slip, Problem> {
    Ok(Slip {
        new_end: parsed("declare_slip.new_end", &slip.new_end)?,
        cause: optional_text("declare_slip.cause", &slip.cause)?,
        trade_off: optional_text("declare_slip.trade_off", &slip.trade_off)?,
        options: each("declare_slip.options", TEXTS, &slip.options, |field, text| {
            optional_text(field, text)
        })?,
    })
}

fn rollback(note: &pb::NoteRollback) -> Result<Rollback, Problem> {
    Ok(Rollback {
        rollout: id("note_rollback.rollout_id", &note.rollout_id)?,
        stage: name("note_rollback.stage", &note.stage)?,
        attempt: note.attempt,
        breach: optional_name("note_rollback.breach", &note.breach)?,
    })
}

fn decision(decision: Concluded) -> Result<Decision, Problem> {
    Ok(match decision {
        Concluded::Scale(scale) => Decision::Scale { over: scale.r#override },
        Concluded::Iterate(iterate) => {
            let new = iterate.hypothesis;
            Decision::Iterate {
                hypothesis: new.map(|new| hypothesis("conclude.iterate.hypothesis", new)).transpose()?,
                timebox: iterate.timebox.map(|new| timebox("conclude.iterate.timebox", &new)).transpose()?,
                over: iterate.r#override,
            }
        }
        Concluded::Kill(kill) => Decision::Kill {
            reason: terms::read_kill_reason(kill.reason()),
            learnings: each("conclude.kill.learnings", TEXTS, &kill.learnings, |field, text| {
                optional_text(field, text)
            })?,
        },
    })
}

fn wishes(metrics: Vec<pb::MetricTarget>) -> Result<Vec<Wish>, Problem> {
    each("agree_metrics.metrics", TEXTS, metrics, wish)
}

fn wish(field: &str, metric: pb::MetricTarget) -> Result<Wish, Problem> {
    let (role, direction) = (metric.role(), metric.direction());
    let believed = match metric.metric_type() {
        "" => None,
        name => Some(MetricType::named(name).ok_or_else(|| {
            let detail = format!("'{name}' is not a type of metric");
            Problem::field(Code::InvalidField, format!("{field}.metric_type"), detail)
                .hint("leading, core, lagging or guardrail; empty takes it from the definition")
        })?),
    };
    Ok(Wish {
        role: chosen(&format!("{field}.role"), terms::read_role(role), "primary, secondary or guardrail")?,
        direction: chosen(
            &format!("{field}.direction"),
            terms::read_direction(direction),
            "increase or decrease",
        )?,
        believed,
        target: decimal(&format!("{field}.target"), &metric.target.unwrap_or_default())?,
        metric: name(&format!("{field}.metric"), &metric.metric.unwrap_or_default())?,
    })
}

/// Both halves say something (rule B1).
fn hypothesis(field: &str, given: pb::Hypothesis) -> Result<Hypothesis, Problem> {
    let half = |name: &str, half: Option<String>| {
        text(&format!("{field}.{name}"), &half.unwrap_or_default())
            .map_err(|problem| problem.hint("a hypothesis is a belief and an expected outcome"))
    };
    Ok(Hypothesis {
        belief: half("belief", given.belief)?,
        expected_outcome: half("expected_outcome", given.expected_outcome)?,
    })
}

fn timebox(field: &str, given: &pb::Timebox) -> Result<Timebox, Problem> {
    let time = |name: &str, text: &str| fields::time(&format!("{field}.{name}"), text);
    Ok(Timebox { start: time("start", given.start())?, end: time("end", given.end())? })
}

fn cost(field: &str, given: &str) -> Result<PersonDays, Problem> {
    parsed(field, given).map_err(|problem| problem.hint("a decimal number of person-days, such as 2.5"))
}

/// A decimal number as text, kept as it was written.
fn decimal(field: &str, given: &str) -> Result<String, Problem> {
    let given = name(field, given)?;
    let (whole, part) = given.split_once('.').unwrap_or((&given, "0"));
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if digits(whole) && digits(part) {
        return Ok(given);
    }
    let detail = format!("'{given}' is not a decimal number");
    Err(Problem::field(Code::InvalidField, field, detail).hint("digits with at most one point, such as 0.05"))
}
