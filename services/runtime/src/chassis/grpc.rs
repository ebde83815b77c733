//! gRPC at both ends: a transport that may be a socket or the service itself in process, what a request's
//! metadata becomes, and how outcomes travel back.

use std::convert::Infallible;
use std::time::Duration;

use prost::Message;
use sha2::{Digest, Sha256};
use tonic::body::Body;
use tonic::{Response, Status};
use tower::util::BoxCloneSyncService;
use tower::{Service, ServiceExt};
use verdict_kernel::decision::Blockers;
use verdict_kernel::effect::Effect;
use verdict_kernel::id::CommandId;
use verdict_kernel::principal::{Auth, Principal};
use verdict_kernel::refusal::Refusal;
use verdict_proto::CommandRequest;
use verdict_proto::v1 as pb;
use verdict_stored::Stored;
use verdict_stored::vocabulary::report;

use crate::execute::{Envelope, ExecuteError, Executed, Fence};
use crate::fault::Fault;
use crate::log::{LogError, Position};
use crate::problem::{Code, Problem};
use crate::telemetry;
use crate::telemetry::service::Traced;

pub mod deadline;
pub mod remote;
pub mod testing;
#[cfg(test)]
mod tests;

/// An error of a transport, whatever it is made of. A type of its own, because a boxed error does not satisfy the
/// generated clients inside a boxed future.
#[derive(Debug)]
pub struct TransportError(Box<dyn std::error::Error + Send + Sync>);

impl TransportError {
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}

impl std::fmt::Display for TransportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

/// What a generated client talks through: a channel over a socket, or a service of this process.
pub type Transport = BoxCloneSyncService<http::Request<Body>, http::Response<Body>, TransportError>;

/// A transport straight into a generated server of this process: the same messages, no socket.
pub fn in_process<S>(server: S) -> Transport
where
    S: Service<http::Request<Body>, Response = http::Response<Body>, Error = Infallible>
        + Clone
        + Send
        + Sync
        + 'static,
    S::Future: Send,
{
    let server = Traced::new(server);
    Transport::new(server.map_err(|never: Infallible| -> TransportError { match never {} }))
}

/// How long an answer over a socket may take, unless whoever waits for it says less.
pub const LONGEST: Duration = Duration::from_mins(10);

/// A transport over a socket.
pub fn over(channel: tonic::transport::Channel) -> Transport {
    let channel = channel.map_err(TransportError::new);
    Transport::new(channel.map_request(|mut request: http::Request<Body>| {
        telemetry::inject(request.headers_mut());
        deadline::tell(request.headers_mut(), deadline::for_others(LONGEST));
        request
    }))
}

/// Hash of what a command says, without its metadata: id of the target and the payload as encoded.
/// The encoding is canonical, because no command message holds a map.
pub fn payload_hash(target: &str, payload: &impl Message) -> String {
    let mut hash = Sha256::new();
    hash.update(target.as_bytes());
    hash.update([0]);
    hash.update(payload.encode_to_vec());
    let digest = hash.finalize();
    let half = digest.iter().take(16).fold(0_u128, |sum, &byte| (sum << 8) | u128::from(byte));
    format!("{half:032x}")
}

/// The envelope of a request. `request` is the whole message with `meta` taken out, so that its encoding is
/// the payload. A command that is for processes only is refused from anybody else.
pub fn envelope(
    meta: Option<pb::CommandMeta>,
    target: &str,
    request: &(impl Message + CommandRequest),
) -> Result<Envelope, Problem> {
    let meta =
        meta.ok_or_else(|| Problem::field(Code::MissingField, "meta", "the command has no metadata"))?;
    let command_id: CommandId = meta
        .command_id
        .parse()
        .map_err(|error| Problem::field(Code::InvalidId, "meta.command_id", format!("{error}")))?;
    let or = |given: String, default: String| if given.is_empty() { default } else { given };
    let mut principal =
        if meta.process.is_empty() { Principal::dev() } else { Principal::process(&meta.process) };
    if request.audience() == pb::Audience::Process && principal.auth != Auth::Process {
        let detail = format!("'{}' is none", principal.subject);
        return Err(Problem::field(Code::NotForPeople, "command", detail));
    }
    principal.org = or(scope("meta.org", meta.org)?, principal.org);
    principal.team = or(scope("meta.team", meta.team)?, principal.team);
    principal.client = client(meta.client)?;
    Ok(Envelope {
        command_id,
        principal,
        reason: meta.reason,
        expected_version: meta.expected_version,
        fence: meta.fence.map(|fence| Fence { lease: fence.lease, epoch: fence.epoch }),
        effect: effect(request.effect()),
        dry_run: meta.dry_run,
        correlation_id: or(meta.correlation_id, command_id.to_string()),
        causation_id: or(meta.causation_id, command_id.to_string()),
        payload_hash: payload_hash(target, request),
        name: None,
        plans: request.plans(),
        managed_by: keeper(meta.managed_by)?,
        take_over: meta.take_over,
    })
}

/// Longest name of an organisation or a team, in bytes.
const LONGEST_SCOPE: usize = 128;

/// The name of an organisation or a team. Ids derive from it, and a key is told from its team by the slash.
fn scope(field: &str, given: String) -> Result<String, Problem> {
    if given.len() <= LONGEST_SCOPE && !given.chars().any(|c| c.is_control() || c == '/') {
        return Ok(given);
    }
    let detail = format!("'{}' is no name of an organisation or a team", given.escape_debug());
    Err(Problem::field(Code::InvalidField, field, detail)
        .hint("up to 128 bytes, without '/' and control characters"))
}

/// The doors that keep plans.
const DOORS: [&str; 2] = ["file", "kubernetes"];
/// Longest source of a plan, in bytes.
const LONGEST_SOURCE: usize = 4096;

/// Who keeps the plan goes into the log, so it is short, whole and one that is known.
fn keeper(claimed: Option<pb::ManagedBy>) -> Result<Option<pb::ManagedBy>, Problem> {
    let Some(claimed) = claimed else { return Ok(None) };
    let invalid = |field: &str, detail: String| {
        Problem::field(Code::InvalidField, format!("meta.managed_by.{field}"), detail)
    };
    if !DOORS.contains(&claimed.door()) {
        return Err(invalid("door", format!("'{}' is no door", claimed.door().escape_debug()))
            .hint("file or kubernetes"));
    }
    for (field, text) in [("source", claimed.source()), ("revision", claimed.revision())] {
        if text.is_empty() || text.len() > LONGEST_SOURCE || text.chars().any(char::is_control) {
            let detail = format!("'{}' is no {field} of a document", text.escape_debug());
            return Err(invalid(field, detail).hint("a printable text of up to 4096 bytes"));
        }
    }
    Ok(Some(claimed))
}

/// Longest name of a client, in bytes.
const LONGEST_CLIENT: usize = 32;

/// The claim of which surface it is goes into every event, so it is a short word.
fn client(claimed: String) -> Result<String, Problem> {
    let word = claimed.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if word && claimed.len() <= LONGEST_CLIENT {
        return Ok(claimed);
    }
    let detail = format!("'{}' is no name of a client", claimed.escape_debug());
    let hint = format!("a word of lower-case letters, digits and '-', {LONGEST_CLIENT} at the most: cli");
    Err(Problem::field(Code::InvalidField, "meta.client", detail).hint(hint))
}

fn effect(said: pb::Effect) -> Effect {
    match said {
        pb::Effect::Narrows => Effect::Narrows,
        pb::Effect::Widens => Effect::Widens,
        // A request without a command has none, and is refused for that.
        pb::Effect::Neutral | pb::Effect::Unspecified => Effect::Neutral,
    }
}

/// The metadata with which a process sends on `envelope`'s behalf.
pub fn meta(envelope: &Envelope) -> pb::CommandMeta {
    let process = match envelope.principal.auth {
        Auth::Process => envelope.principal.subject.trim_start_matches("process:").to_owned(),
        Auth::Dev => String::new(),
    };
    pb::CommandMeta {
        command_id: envelope.command_id.to_string(),
        org: envelope.principal.org.clone(),
        team: envelope.principal.team.clone(),
        reason: envelope.reason.clone(),
        expected_version: envelope.expected_version,
        fence: envelope.fence.as_ref().map(|f| pb::Fence { lease: f.lease.clone(), epoch: f.epoch }),
        correlation_id: envelope.correlation_id.clone(),
        causation_id: envelope.causation_id.clone(),
        process,
        dry_run: envelope.dry_run,
        client: envelope.principal.client.clone(),
        managed_by: envelope.managed_by.clone(),
        take_over: envelope.take_over,
    }
}

/// The reply to a command on the thing with this id. Refusals are replies, faults are statuses.
pub fn reply(
    id: &str,
    outcome: Result<Executed, ExecuteError>,
) -> Result<Response<pb::CommandReply>, Status> {
    let outcome = match outcome {
        Ok(executed) => pb::command_reply::Outcome::Accepted(accepted(id, executed)),
        Err(ExecuteError::Refused(blockers)) => pb::command_reply::Outcome::Refused(refused(&blockers)),
        Err(error) => return Err(status(&problem(error))),
    };
    Ok(Response::new(pb::CommandReply { outcome: Some(outcome) }))
}

fn accepted(id: &str, executed: Executed) -> pb::Accepted {
    let draft = |stored: Stored| pb::Draft {
        r#type: stored.event_type.into_owned(),
        data: String::from_utf8_lossy(&stored.data).into_owned(),
    };
    pb::Accepted {
        id: id.to_owned(),
        version: u32::try_from(executed.version).unwrap_or(u32::MAX),
        position: executed.position.as_ref().map(Position::to_string).unwrap_or_default(),
        events: executed.event_types,
        remarks: executed.remarks,
        overrides: executed.overrides,
        repeated: executed.repeated,
        dry_run: executed.drafts.is_some(),
        drafts: executed.drafts.into_iter().flatten().map(draft).collect(),
        principal: Some(principal(executed.by)),
        secret: String::new(),
    }
}

fn principal(by: Principal) -> pb::Principal {
    pb::Principal {
        kind: by.kind.as_str().to_owned(),
        subject: by.subject,
        auth: by.auth.as_str().to_owned(),
        client: by.client,
        on_behalf_of: by.on_behalf_of,
    }
}

/// The first refusal, with the others that would have been.
fn refused(blockers: &Blockers) -> pb::Refused {
    let refusal = blockers.first();
    pb::Refused {
        rule: refusal.rule.map(|rule| rule.to_string()).unwrap_or_default(),
        code: refusal.code.to_owned(),
        sentence: refusal.sentence.clone(),
        required: refusal.required.clone(),
        seen: refusal.seen.clone(),
        next: refusal.next.clone(),
        report: refusal.report.as_ref().map(report),
        blockers: blockers.others().iter().map(blocker).collect(),
    }
}

fn blocker(refusal: &Refusal) -> pb::Blocker {
    pb::Blocker {
        rule: refusal.rule.map(|rule| rule.to_string()).unwrap_or_default(),
        code: refusal.code.to_owned(),
        sentence: refusal.sentence.clone(),
        required: refusal.required.clone(),
        seen: refusal.seen.clone(),
        next: refusal.next.clone(),
    }
}

/// The problem that a failed execution is to its caller.
pub fn problem(error: ExecuteError) -> Problem {
    let text = error.to_string();
    match error {
        ExecuteError::Problem(problem) => problem,
        ExecuteError::Refused(blockers) => Problem::new(Code::Internal, blockers.into_first().sentence),
        ExecuteError::StaleVersion { .. } => {
            Problem::field(Code::StaleVersion, "meta.expected_version", text)
        }
        ExecuteError::Contended => Problem::new(Code::Contended, text),
        ExecuteError::CommandIdReused(_) => Problem::field(Code::CommandIdReused, "meta.command_id", text),
        ExecuteError::NotFound { kind, .. } => {
            Problem::new(Code::NotFound, text).hint(format!("verdict {kind} list"))
        }
        ExecuteError::Fault(fault) => fault_problem(&fault),
    }
}

/// The problem that a fault of the platform is to a caller.
pub fn fault_problem(fault: &Fault) -> Problem {
    match fault {
        Fault::Log(LogError::Full) => Problem::new(Code::LogFull, LogError::Full.to_string()),
        Fault::Log(error @ LogError::TooLarge { .. }) => Problem::new(Code::TooLarge, error.to_string()),
        Fault::Log(error) => Problem::new(Code::Unavailable, error.to_string()),
        Fault::Unreadable { .. } => Problem::new(Code::UnreadableEvent, fault.to_string()),
        Fault::Fenced { .. } => Problem::new(Code::Fenced, fault.to_string()),
        Fault::Unreachable { .. } => Problem::new(Code::Unavailable, fault.to_string()),
        Fault::Other(why) => Problem::new(Code::Internal, why.clone()),
    }
}

impl From<Problem> for Status {
    fn from(problem: Problem) -> Self {
        status(&problem)
    }
}

/// A problem as a gRPC status, with the whole problem in its details.
pub fn status(problem: &Problem) -> Status {
    let details = pb::Problem {
        code: problem.code.name().to_owned(),
        title: problem.code.title().to_owned(),
        detail: problem.detail.clone(),
        field: problem.field.clone(),
        hint: problem.hint.clone(),
    };
    Status::with_details(problem.code.grpc(), problem.to_string(), details.encode_to_vec().into())
}

/// The problem that a status carries; `None` when it comes from the transport and not from a service.
pub fn problem_of(status: &Status) -> Option<pb::Problem> {
    if status.details().is_empty() {
        return None;
    }
    pb::Problem::decode(status.details()).ok().filter(|problem| !problem.code.is_empty())
}

/// Not reached, restarting, or busy: the same message may be sent again.
pub fn is_transient(status: &Status) -> bool {
    match status.code() {
        tonic::Code::Unavailable => true,
        // A connection that broke under the call is reported as one of these, without a problem of ours.
        tonic::Code::Unknown | tonic::Code::Internal | tonic::Code::Cancelled => problem_of(status).is_none(),
        _ => false,
    }
}
