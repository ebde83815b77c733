//! From the request to the domain: every field is checked here, once.

use verdict_gtm_domain::launch::{Command, Plan};
use verdict_gtm_wire::launch::LaunchWire;
use verdict_kernel::id::LaunchId;
use verdict_kernel::key::Key;
use verdict_kernel::tier::Tier;
use verdict_proto::gtm::v1 as pb;
use verdict_proto::gtm::v1::launch_request::Command as Asked;
use verdict_runtime::desk::Desk;
use verdict_runtime::execute::Envelope;
use verdict_runtime::fields::{self, id, name, optional_event, parsed};
use verdict_runtime::grpc;
use verdict_runtime::naming::{self, Caller};
use verdict_runtime::problem::{Code, Problem};

/// The launch that a request is about.
#[derive(Debug, Clone)]
pub(super) enum Target {
    /// The one that the rollout of the plan has or gets, and what that is to be called.
    OfRollout(Option<Key>),
    Launch(LaunchId),
}

/// Keys become ids before the payload is hashed: however a thing is called, it is the same command.
pub(super) async fn call_by_id(
    desk: &Desk<LaunchWire>,
    request: &mut pb::LaunchRequest,
) -> Result<(), Problem> {
    let pb::LaunchRequest { meta, launch_id, command } = request;
    let caller = Caller::of(meta.as_ref());
    desk.resolve("launch_id", caller, launch_id).await?;
    let Some(Asked::Plan(plan)) = command else { return Ok(()) };
    naming::bet("plan.bet_id", caller, &mut plan.bet_id)?;
    let log = desk.repository().log();
    naming::resolve(log, naming::ROLLOUTS, "plan.rollout_id", caller, &mut plan.rollout_id).await
}

pub(super) fn extract(mut request: pb::LaunchRequest) -> Result<(Envelope, Target, Command), Problem> {
    let meta = request.meta.take();
    let key = match &request.command {
        Some(Asked::Plan(plan)) => naming::key("plan.key", &plan.key)?,
        _ => None,
    };
    let envelope = grpc::envelope(meta, &request.launch_id, &request)?;
    let command = command(fields::command(request.command)?)?;
    let target = if matches!(command, Command::Plan(_)) {
        if !request.launch_id.is_empty() {
            let detail = "a launch gets its id when it is planned";
            return Err(Problem::field(Code::InvalidField, "launch_id", detail).hint("leave it empty"));
        }
        Target::OfRollout(key)
    } else {
        Target::Launch(id("launch_id", &request.launch_id)?)
    };
    Ok((envelope, target, command))
}

fn command(asked: Asked) -> Result<Command, Problem> {
    Ok(match asked {
        Asked::Plan(plan) => Command::Plan(self::plan(&plan)?),
        Asked::Hold(hold) => Command::Hold { cause: optional_event("hold.cause", &hold.cause)? },
        Asked::Release(_) => Command::Release,
        Asked::Send(send) => Command::Send {
            channel: parsed("send.channel", &send.channel)
                .map_err(|problem| problem.hint("a key such as blog or in-app"))?,
            early: send.r#override,
        },
        Asked::Correct(_) => Command::Correct,
        Asked::Cancel(_) => Command::Cancel,
        Asked::Replan(_) => Command::Replan,
    })
}

fn plan(plan: &pb::PlanLaunch) -> Result<Plan, Problem> {
    Ok(Plan {
        bet: id("plan.bet_id", &plan.bet_id)?,
        rollout: id("plan.rollout_id", &plan.rollout_id)?,
        tier: Tier::new(plan.tier).ok_or_else(|| {
            let detail = format!("{} is not a launch tier", plan.tier);
            Problem::field(Code::InvalidField, "plan.tier", detail)
                .hint("1 (press and events) to 4 (release notes only)")
        })?,
        title: name("plan.title", &plan.title)?,
    })
}
