//! `/livez`, `/readyz` and `/metrics`: what an orchestrator and a scraper ask of every role.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use verdict_kernel::clock::Clock;

use crate::clock::SystemClock;
use crate::execute::tally;
use crate::log::{Log, Room};
use crate::log_clock;
use crate::roles::{Role, Roles};
use crate::telemetry::{families, gauges};

/// How long a scraper waits for the log.
const PATIENCE: Duration = Duration::from_secs(1);

/// What the three endpoints look at.
#[derive(Clone)]
pub struct Health {
    pub roles: Roles,
    pub log: Log,
}

/// A number that only one kind of process has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    pub name: &'static str,
    /// `counter` or `gauge`.
    pub kind: &'static str,
    pub help: &'static str,
    pub value: u64,
}

impl Figure {
    /// What a scraper reads.
    fn lines(&self) -> [String; 3] {
        let Self { name, kind, help, value } = self;
        [format!("# HELP {name} {help}"), format!("# TYPE {name} {kind}"), format!("{name} {value}")]
    }
}

/// The figures of this moment.
pub type Figures = Arc<dyn Fn() -> Vec<Figure> + Send + Sync>;

/// What is to be known of components that can serve, by their names.
pub type Remarks = Arc<dyn Fn() -> Vec<(&'static str, String)> + Send + Sync>;

/// When the log last answered a scraper.
struct Seen {
    clock: SystemClock,
    at: Mutex<Option<Duration>>,
}

impl Seen {
    fn new() -> Self {
        Self { clock: SystemClock::start(), at: Mutex::new(None) }
    }

    fn note(&self) {
        *self.at.lock().unwrap_or_else(PoisonError::into_inner) = Some(self.clock.monotonic());
    }

    /// Whole seconds since then.
    fn age(&self) -> Option<u64> {
        let at = *self.at.lock().unwrap_or_else(PoisonError::into_inner);
        at.map(|at| self.clock.monotonic().saturating_sub(at).as_secs())
    }
}

/// Adds the three endpoints.
pub fn endpoints(health: Health) -> impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static {
    endpoints_with(health, Arc::new(Vec::new))
}

/// The same with `figures` among the metrics.
pub fn endpoints_with(
    health: Health,
    figures: Figures,
) -> impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static {
    endpoints_telling(health, figures, Arc::new(Vec::new))
}

/// The same with `remarks` beside the components that they are about.
pub fn endpoints_telling(
    health: Health,
    figures: Figures,
    remarks: Remarks,
) -> impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static {
    let seen = web::Data::new(Seen::new());
    move |config| {
        config
            .app_data(web::Data::new(health.clone()))
            .app_data(web::Data::new(figures.clone()))
            .app_data(web::Data::new(remarks.clone()))
            .app_data(seen.clone())
            .route("/livez", web::get().to(livez))
            .route("/readyz", web::get().to(readyz))
            .route("/metrics", web::get().to(metrics));
    }
}

/// What is wrong with a log that has no room.
const FULL: &str =
    "the log is full: only what narrows is taken; make room on its volume, or raise --max-page-count";

#[derive(Serialize)]
struct Answer {
    ok: bool,
    components: Vec<Line>,
}

/// What is said of one component.
#[derive(Serialize)]
pub(super) struct Line {
    name: String,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<String>,
}

impl Line {
    /// Something that has not applied anything yet, with what is wrong with it.
    pub(super) fn new(name: &str, reason: Option<String>) -> Self {
        Self { name: name.to_owned(), ok: reason.is_none(), reason, remark: None, position: None }
    }

    /// Whether nothing is wrong with it.
    pub(super) const fn is_ok(&self) -> bool {
        self.ok
    }
}

/// A line for each of `roles`, with what `reason` finds wrong with it.
fn lines(roles: Vec<Role>, reason: impl Fn(&Role) -> Option<String>) -> Vec<Line> {
    let line = |role: Role| {
        let position = role.applied.as_ref().map(ToString::to_string);
        Line { position, ..Line::new(&role.name, reason(&role)) }
    };
    roles.into_iter().map(line).collect()
}

/// 503 when something is wrong with one of `components`.
pub(super) fn answer(components: Vec<Line>) -> HttpResponse {
    answer_as(components.iter().all(Line::is_ok), components)
}

fn answer_as(ok: bool, components: Vec<Line>) -> HttpResponse {
    let status = if ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    HttpResponse::build(status).json(Answer { ok, components })
}

/// Dead when a component stopped without being told: only a restart brings it back.
async fn livez(health: web::Data<Health>) -> HttpResponse {
    answer(living(&health.roles))
}

/// What somebody wants of a process that is ready.
#[derive(Deserialize)]
struct Wanted {
    /// `commands`: that it takes ordinary commands too.
    #[serde(rename = "for")]
    purpose: Option<String>,
}

/// On a full log a process still serves, takes observations and narrows, so it stays where it is; whoever brings commands
/// asks for that.
async fn readyz(
    health: web::Data<Health>,
    remarks: web::Data<Remarks>,
    wanted: web::Query<Wanted>,
) -> HttpResponse {
    let mut lines = serving(&health.roles);
    for (name, remark) in remarks() {
        lines.iter_mut().filter(|line| line.name == name).for_each(|line| line.remark = Some(remark.clone()));
    }
    let room = health.log.room().await;
    let ok = lines.iter().all(Line::is_ok);
    let takes_commands = !room.is_full || wanted.purpose.as_deref() != Some("commands");
    lines.extend(room.is_full.then(|| Line::new("log-room", Some(FULL.to_owned()))));
    answer_as(ok && takes_commands, lines)
}

/// Which components are still driven.
pub(super) fn living(roles: &Roles) -> Vec<Line> {
    lines(roles.snapshot(), |role| (!role.alive).then(|| role.unready.clone().unwrap_or_default()))
}

/// Which components can serve.
pub(super) fn serving(roles: &Roles) -> Vec<Line> {
    lines(roles.snapshot(), |role| role.unready.clone())
}

/// Metrics in the text format that Prometheus reads. They are answered whether or not the log is there: a scraper that
/// gets nothing cannot tell which part is away.
async fn metrics(
    health: web::Data<Health>,
    figures: web::Data<Figures>,
    seen: web::Data<Seen>,
) -> HttpResponse {
    let head = match tokio::time::timeout(PATIENCE, health.log.head()).await {
        Ok(Ok(head)) => Some(head.map_or(0, |head| head.commit)),
        Ok(Err(_)) | Err(_) => None,
    };
    if head.is_some() {
        seen.note();
    }
    let room = health.log.room().await;
    let roles = health.roles.snapshot();
    let lag = |role: &Role| role.applied.as_ref().and_then(|at| Some(head?.saturating_sub(at.commit)));
    let mut lines = log_lines(head, seen.age());
    lines.extend([
        "# HELP verdict_build_info The version that runs; always 1.".to_owned(),
        "# TYPE verdict_build_info gauge".to_owned(),
        format!("verdict_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION")),
        "# HELP verdict_commands_total Commands since the start, by how they ended.".to_owned(),
        "# TYPE verdict_commands_total counter".to_owned(),
    ]);
    let commands = tally::outcomes().into_iter();
    lines.extend(commands.map(|(end, count)| format!("verdict_commands_total{{outcome=\"{end}\"}} {count}")));
    lines.extend(figures().iter().flat_map(Figure::lines));
    lines.extend(room_left(room));
    lines.extend(gauges::lines());
    lines.extend(skew(log_clock::ahead_ms()));
    lines.extend(families::lines());
    lines.extend(family(&roles, "ready", "1 when it can serve.", |role| {
        Some(u64::from(role.unready.is_none()))
    }));
    lines.extend(family(&roles, "faulted", "1 when its last step failed.", |role| {
        Some(u64::from(role.last_fault.is_some()))
    }));
    lines.extend(family(&roles, "lag", "Distance to the head of the log, in commit positions.", lag));
    lines.push(String::new());
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(lines.join("\n"))
}

/// Whether the log answers, where it stands, and for how long it has not answered.
fn log_lines(head: Option<u64>, age: Option<u64>) -> Vec<String> {
    let gauge = |name, help, value| Figure { name, kind: "gauge", help, value };
    let up = gauge("verdict_log_up", "1 when the log answers.", u64::from(head.is_some()));
    let head = head.map(|head| gauge("verdict_log_head", "Commit position of the newest event.", head));
    let age = age.map(|age| gauge("verdict_log_seen_seconds", "Time since the log last answered here.", age));
    [Some(up), head, age].iter().flatten().flat_map(Figure::lines).collect()
}

/// What is left of the log, in bytes where it says so.
fn room_left(room: Room) -> Vec<String> {
    let gauge = |name, help, value| Figure { name, kind: "gauge", help, value }.lines();
    let full = "1 when the log takes nothing but what narrows.";
    let bytes = "Bytes that ordinary appends may still take.";
    let told = room.bytes.map(|room| gauge("verdict_log_room_bytes", bytes, room));
    told.into_iter().chain([gauge("verdict_log_full", full, u64::from(room.is_full))]).flatten().collect()
}

/// How far the own clock is from the log's, where the two were compared.
fn skew(ahead_ms: Option<i64>) -> Vec<String> {
    let Some(ahead_ms) = ahead_ms else {
        return Vec::new();
    };
    let sign = if ahead_ms < 0 { "-" } else { "" };
    let (seconds, millis) = (ahead_ms.unsigned_abs() / 1_000, ahead_ms.unsigned_abs() % 1_000);
    vec![
        "# HELP verdict_clock_ahead_seconds Own clock minus the log's, as far as that is certain.".to_owned(),
        "# TYPE verdict_clock_ahead_seconds gauge".to_owned(),
        format!("verdict_clock_ahead_seconds {sign}{seconds}.{millis:03}"),
    ]
}

/// One metric family with a line for each component that has a value.
fn family(roles: &[Role], name: &str, help: &str, value: impl Fn(&Role) -> Option<u64>) -> Vec<String> {
    let line = |role: &Role| {
        let value = value(role)?;
        Some(format!("verdict_component_{name}{{component=\"{}\"}} {value}", role.name))
    };
    let head =
        [format!("# HELP verdict_component_{name} {help}"), format!("# TYPE verdict_component_{name} gauge")];
    head.into_iter().chain(roles.iter().filter_map(line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_compared_is_a_gauge_in_seconds_and_no_line_otherwise() {
        assert_eq!(skew(None), Vec::<String>::new());
        for (ahead_ms, told) in [(0, "0.000"), (3_250, "3.250"), (-2_001, "-2.001"), (-7, "-0.007")] {
            assert_eq!(skew(Some(ahead_ms)).last(), Some(&format!("verdict_clock_ahead_seconds {told}")));
        }
    }
}
