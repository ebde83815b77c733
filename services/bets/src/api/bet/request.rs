//! From the request to the domain: every field is checked here, once.

use std::fmt::Display;
use std::str::FromStr;

use jiff::Timestamp;
use verdict_bets_domain::bet::cost::PersonDays;
use verdict_bets_domain::bet::metrics::Wish;
use verdict_bets_domain::bet::{
    Command, DEFAULT_ITERATIONS, Decision, Hypothesis, MAX_TEXT, MAX_TITLE, Proposal, Rollback, Slip, Timebox,
};
use verdict_kernel::id::{BetId, FlagId, InvalidId};
use verdict_kernel::principal::Principal;
use verdict_proto::bets::v1 as pb;
use verdict_proto::bets::v1::bet_request::Command as Asked;
use verdict_proto::bets::v1::conclude_retrospective::Decision as Concluded;
use verdict_proto::v1::CommandMeta;
use verdict_runtime::execute::Envelope;
use verdict_runtime::grpc;
use verdict_runtime::problem::{Code, Problem};

use crate::wire::terms;

/// Most entries of a list in a request: metrics, options, learnings.
const MAX_ENTRIES: usize = 50;
/// Longest name of something else: a stage, a metric key, the id of an event, a decimal.
const MAX_NAME: usize = 200;

pub(super) const fn creates(command: &Command) -> bool {
    matches!(command, Command::Propose(_))
}

pub(super) fn extract(mut request: pb::BetRequest) -> Result<(Envelope, BetId, Command), Problem> {
    let meta = request.meta.take();
    name_flag(meta.as_ref(), request.command.as_mut())?;
    let envelope = grpc::envelope(meta, &request.bet_id, &request)?;
    let asked = request
        .command
        .ok_or_else(|| Problem::field(Code::MissingField, "command", "the request holds no command"))?;
    let command = command(asked)?;
    let id = if creates(&command) {
        if !request.bet_id.is_empty() {
            let detail = "a bet gets its id when it is proposed";
            return Err(Problem::field(Code::InvalidField, "bet_id", detail).hint("leave it empty"));
        }
        BetId::created_by(envelope.command_id)
    } else {
        id("bet_id", &request.bet_id)?
    };
    Ok((envelope, id, command))
}

/// Keys become ids before the payload is hashed: however a flag is named, it is the same command.
fn name_flag(meta: Option<&CommandMeta>, asked: Option<&mut Asked>) -> Result<(), Problem> {
    let Some(Asked::AttachRollout(attach)) = asked else { return Ok(()) };
    if attach.flag_id.is_empty() {
        return Ok(());
    }
    let org = meta.map(|meta| meta.org.as_str()).filter(|org| !org.is_empty());
    let flag =
        FlagId::named(org.unwrap_or(Principal::DEFAULT_ORG), "", &attach.flag_id).map_err(|error| {
            let problem = Problem::field(Code::InvalidId, "attach_rollout.flag_id", error.to_string());
            problem.hint("give its id, its key such as new-checkout, or environment/key")
        })?;
    attach.flag_id = flag.to_string();
    Ok(())
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
        Asked::DeclareSlip(slip) => Command::DeclareSlip(self::slip(slip)?),
        Asked::MarkShaped(_) => Command::MarkShaped,
        Asked::AssessHandoffItem(assess) => Command::AssessHandoffItem(
            chosen("assess_handoff_item.item", terms::read_item(assess.item()))?,
            chosen("assess_handoff_item.clarity", terms::read_clarity(assess.clarity()))?,
        ),
        Asked::HandOff(hand_off) => Command::HandOff { override_fuzzy: hand_off.r#override },
        Asked::AttachRollout(attach) => Command::AttachRollout {
            rollout: id("attach_rollout.rollout_id", &attach.rollout_id)?,
            flag: match attach.flag_id.as_str() {
                "" => None,
                flag => Some(id("attach_rollout.flag_id", flag)?),
            },
        },
        Asked::StartMeasuring(_) => Command::StartMeasuring,
        Asked::RecordCost(record) => Command::RecordCost(cost("record_cost.amount", &record.amount)?),
        Asked::NoteRollback(note) => Command::NoteRollback(rollback(note)?),
        Asked::EndTimebox(_) => Command::EndTimebox,
        Asked::Conclude(conclude) => Command::Conclude(conclude.decision.map(decision).transpose()?),
        Asked::Withdraw(_) => Command::Withdraw,
        Asked::Reopen(_) => Command::Reopen,
    })
}

fn proposal(propose: pb::ProposeBet) -> Result<Proposal, Problem> {
    let mode = propose.mode();
    Ok(Proposal {
        title: text("propose.title", propose.title, MAX_TITLE)?,
        mode: chosen("propose.mode", terms::read_mode(mode))
            .map_err(|problem| problem.hint("zero-to-one or scaling"))?,
        hypothesis: propose.hypothesis.map(|given| hypothesis("propose.hypothesis", given)).transpose()?,
        iteration_limit: propose.iteration_limit.unwrap_or(DEFAULT_ITERATIONS),
        appetite: match propose.appetite.as_str() {
            "" => None,
            appetite => Some(self::appetite(appetite)?),
        },
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

fn slip(slip: pb::DeclareSlip) -> Result<Slip, Problem> {
    Ok(Slip {
        new_end: parsed("declare_slip.new_end", &slip.new_end)?,
        cause: limited("declare_slip.cause", slip.cause, MAX_TEXT)?,
        trade_off: limited("declare_slip.trade_off", slip.trade_off, MAX_TEXT)?,
        options: texts("declare_slip.options", slip.options)?,
    })
}

fn rollback(note: pb::NoteRollback) -> Result<Rollback, Problem> {
    Ok(Rollback {
        rollout: id("note_rollback.rollout_id", &note.rollout_id)?,
        stage: text("note_rollback.stage", note.stage, MAX_NAME)?,
        attempt: note.attempt,
        breach: limited("note_rollback.breach", note.breach, MAX_NAME)?,
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
            learnings: texts("conclude.kill.learnings", kill.learnings)?,
        },
    })
}

fn wishes(metrics: Vec<pb::MetricTarget>) -> Result<Vec<Wish>, Problem> {
    let field = "agree_metrics.metrics";
    few(field, metrics.len())?;
    let numbered = metrics.into_iter().enumerate();
    numbered.map(|(index, metric)| wish(&format!("{field}[{index}]"), metric)).collect()
}

fn wish(field: &str, metric: pb::MetricTarget) -> Result<Wish, Problem> {
    let (role, direction) = (metric.role(), metric.direction());
    let believed = match metric.metric_type() {
        "" => None,
        name => Some(terms::read_metric_type(name).ok_or_else(|| {
            let detail = format!("'{name}' is not a type of metric");
            Problem::field(Code::InvalidField, format!("{field}.metric_type"), detail)
                .hint("leading, core, lagging or guardrail; empty takes it from the definition")
        })?),
    };
    Ok(Wish {
        role: chosen(&format!("{field}.role"), terms::read_role(role))?,
        direction: chosen(&format!("{field}.direction"), terms::read_direction(direction))?,
        believed,
        target: decimal(&format!("{field}.target"), metric.target.unwrap_or_default())?,
        metric: text(&format!("{field}.metric"), metric.metric.unwrap_or_default(), MAX_NAME)?,
    })
}

/// Both halves say something (rule B1).
fn hypothesis(field: &str, given: pb::Hypothesis) -> Result<Hypothesis, Problem> {
    let half = |name: &str, half: Option<String>| {
        text(&format!("{field}.{name}"), half.unwrap_or_default(), MAX_TEXT)
            .map_err(|problem| problem.hint("a hypothesis is a belief and an expected outcome"))
    };
    Ok(Hypothesis {
        belief: half("belief", given.belief)?,
        expected_outcome: half("expected_outcome", given.expected_outcome)?,
    })
}

fn timebox(field: &str, given: &pb::Timebox) -> Result<Timebox, Problem> {
    let time = |name: &str, text: &str| parsed::<Timestamp>(&format!("{field}.{name}"), text);
    Ok(Timebox { start: time("start", given.start())?, end: time("end", given.end())? })
}

fn cost(field: &str, given: &str) -> Result<PersonDays, Problem> {
    parsed(field, given).map_err(|problem| problem.hint("a decimal number of person-days, such as 2.5"))
}

/// A decimal number as text, kept as it was written.
fn decimal(field: &str, given: String) -> Result<String, Problem> {
    let given = text(field, given, MAX_NAME)?;
    let (whole, part) = given.split_once('.').unwrap_or((&given, "0"));
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if digits(whole) && digits(part) {
        return Ok(given);
    }
    let detail = format!("'{given}' is not a decimal number");
    Err(Problem::field(Code::InvalidField, field, detail).hint("digits with at most one point, such as 0.05"))
}

/// An id that must be there.
pub(super) fn id<T: FromStr<Err = InvalidId>>(field: &str, text: &str) -> Result<T, Problem> {
    if text.is_empty() {
        return Err(Problem::field(Code::MissingField, field, "the id is empty"));
    }
    text.parse().map_err(|error: InvalidId| Problem::field(Code::InvalidId, field, error.to_string()))
}

/// A message that must be there.
fn present<T>(field: &str, message: Option<T>) -> Result<T, Problem> {
    message.ok_or_else(|| Problem::field(Code::MissingField, field, "it is not there"))
}

/// A word that must be chosen.
fn chosen<T>(field: &str, word: Option<T>) -> Result<T, Problem> {
    word.ok_or_else(|| Problem::field(Code::InvalidField, field, "it is not one of the known words"))
}

/// A value that must be there and well formed.
fn parsed<T: FromStr>(field: &str, text: &str) -> Result<T, Problem>
where
    T::Err: Display,
{
    if text.is_empty() {
        return Err(Problem::field(Code::MissingField, field, "it is empty"));
    }
    text.parse().map_err(|error: T::Err| {
        let shown: String = text.chars().take(MAX_NAME).collect();
        Problem::field(Code::InvalidField, field, format!("'{shown}' cannot be read: {error}"))
    })
}

/// A text that must be there, without the white space around it.
fn text(field: &str, text: String, longest: usize) -> Result<String, Problem> {
    let text = limited(field, text, longest)?;
    if text.is_empty() {
        return Err(Problem::field(Code::MissingField, field, "the text is empty"));
    }
    Ok(text)
}

/// A text that may be empty, without the white space around it.
fn limited(field: &str, text: String, longest: usize) -> Result<String, Problem> {
    let trimmed = text.trim();
    let length = trimmed.chars().count();
    if length > longest {
        let detail = format!("the text has {length} characters, the limit is {longest}");
        return Err(Problem::field(Code::InvalidField, field, detail).hint("shorten it"));
    }
    Ok(trimmed.to_owned())
}

/// A short list of texts.
fn texts(field: &str, texts: Vec<String>) -> Result<Vec<String>, Problem> {
    few(field, texts.len())?;
    let numbered = texts.into_iter().enumerate();
    numbered.map(|(index, text)| limited(&format!("{field}[{index}]"), text, MAX_TEXT)).collect()
}

fn few(field: &str, entries: usize) -> Result<(), Problem> {
    if entries <= MAX_ENTRIES {
        return Ok(());
    }
    let detail = format!("{entries} entries are more than {MAX_ENTRIES}");
    Err(Problem::field(Code::InvalidField, field, detail).hint("send fewer"))
}
