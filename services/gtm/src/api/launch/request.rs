//! From the request to the domain: every field is checked here, once.

use std::str::FromStr;

use uuid::Uuid;
use verdict_gtm_domain::launch::{Channel, Command, InvalidChannel, Plan, Tier};
use verdict_kernel::id::{InvalidId, LaunchId};
use verdict_proto::gtm::v1 as pb;
use verdict_proto::gtm::v1::launch_request::Command as Asked;
use verdict_runtime::execute::Envelope;
use verdict_runtime::grpc;
use verdict_runtime::problem::{Code, Problem};

/// Longest title or channel, in characters.
const LONGEST: usize = 200;

/// The launch that a request is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target {
    /// The one that the rollout of the plan has or gets.
    OfRollout,
    Launch(LaunchId),
}

pub(super) fn extract(mut request: pb::LaunchRequest) -> Result<(Envelope, Target, Command), Problem> {
    let meta = request.meta.take();
    let envelope = grpc::envelope(meta, &request.launch_id, &request)?;
    let asked = request
        .command
        .ok_or_else(|| Problem::field(Code::MissingField, "command", "the request holds no command"))?;
    let command = command(asked)?;
    let target = if matches!(command, Command::Plan(_)) {
        if !request.launch_id.is_empty() {
            let detail = "a launch gets its id when it is planned";
            return Err(Problem::field(Code::InvalidField, "launch_id", detail).hint("leave it empty"));
        }
        Target::OfRollout
    } else {
        Target::Launch(id("launch_id", &request.launch_id)?)
    };
    Ok((envelope, target, command))
}

fn command(asked: Asked) -> Result<Command, Problem> {
    Ok(match asked {
        Asked::Plan(plan) => Command::Plan(self::plan(plan)?),
        Asked::Hold(hold) => Command::Hold { cause: cause(&hold.cause)? },
        Asked::Release(_) => Command::Release,
        Asked::Send(send) => {
            Command::Send { channel: channel(&text("send.channel", send.channel)?)?, early: send.r#override }
        }
        Asked::Correct(_) => Command::Correct,
        Asked::Cancel(_) => Command::Cancel,
        Asked::Replan(_) => Command::Replan,
    })
}

fn plan(plan: pb::PlanLaunch) -> Result<Plan, Problem> {
    Ok(Plan {
        bet: id("plan.bet_id", &plan.bet_id)?,
        rollout: id("plan.rollout_id", &plan.rollout_id)?,
        tier: Tier::new(plan.tier).ok_or_else(|| {
            let detail = format!("{} is not a launch tier", plan.tier);
            Problem::field(Code::InvalidField, "plan.tier", detail)
                .hint("1 (press and events) to 4 (release notes only)")
        })?,
        title: text("plan.title", plan.title)?,
    })
}

fn channel(text: &str) -> Result<Channel, Problem> {
    text.parse().map_err(|error: InvalidChannel| {
        Problem::field(Code::InvalidField, "send.channel", error.to_string())
            .hint("a key such as blog or in-app")
    })
}

fn cause(text: &str) -> Result<Option<Uuid>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    Uuid::parse_str(text).map(Some).map_err(|_| {
        let detail = format!("'{text}' is not the id of an event");
        Problem::field(Code::InvalidId, "hold.cause", detail)
            .hint("pass the event id of the breach, or nothing")
    })
}

/// An id that must be there.
pub(super) fn id<T: FromStr<Err = InvalidId>>(field: &str, text: &str) -> Result<T, Problem> {
    if text.is_empty() {
        return Err(Problem::field(Code::MissingField, field, "the id is empty"));
    }
    text.parse().map_err(|error: InvalidId| Problem::field(Code::InvalidId, field, error.to_string()))
}

/// A short text that must be there, without the white space around it.
fn text(field: &str, text: String) -> Result<String, Problem> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(Problem::field(Code::MissingField, field, "the text is empty"));
    }
    if trimmed.chars().count() > LONGEST {
        let detail = format!("the text is longer than {LONGEST} characters");
        return Err(Problem::field(Code::InvalidField, field, detail));
    }
    Ok(trimmed.to_owned())
}

/// What a command on a launch whose stream says nothing comes to.
pub(super) fn never_planned() -> Problem {
    Problem::new(Code::NotFound, "the launch was never planned")
        .hint("verdict launch plan --bet <bet> --rollout <rollout> --tier <tier> --title <title>")
}
