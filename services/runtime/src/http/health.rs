//! `/livez`, `/readyz` and `/metrics`: what an orchestrator and a scraper ask of every role.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;

use crate::execute::tally;
use crate::log::{Log, dated};
use crate::roles::{Role, Roles};

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

/// Adds the three endpoints.
pub fn endpoints(health: Health) -> impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static {
    endpoints_with(health, Arc::new(Vec::new))
}

/// The same with `figures` among the metrics.
pub fn endpoints_with(
    health: Health,
    figures: Figures,
) -> impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static {
    move |config| {
        config
            .app_data(web::Data::new(health.clone()))
            .app_data(web::Data::new(figures.clone()))
            .route("/livez", web::get().to(livez))
            .route("/readyz", web::get().to(readyz))
            .route("/metrics", web::get().to(metrics));
    }
}

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
    position: Option<String>,
}

impl Line {
    /// Something that has not applied anything yet, with what is wrong with it.
    pub(super) fn new(name: &str, reason: Option<String>) -> Self {
        Self { name: name.to_owned(), ok: reason.is_none(), reason, position: None }
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
    let ok = components.iter().all(|line| line.ok);
    let status = if ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    HttpResponse::build(status).json(Answer { ok, components })
}

/// Dead when a component stopped without being told: only a restart brings it back.
async fn livez(health: web::Data<Health>) -> HttpResponse {
    answer(living(&health.roles))
}

async fn readyz(health: web::Data<Health>) -> HttpResponse {
    answer(serving(&health.roles))
}

/// Which components are still driven.
pub(super) fn living(roles: &Roles) -> Vec<Line> {
    lines(roles.snapshot(), |role| (!role.alive).then(|| role.unready.clone().unwrap_or_default()))
}

/// Which components can serve.
pub(super) fn serving(roles: &Roles) -> Vec<Line> {
    lines(roles.snapshot(), |role| role.unready.clone())
}

/// Metrics in the text format that Prometheus reads.
async fn metrics(health: web::Data<Health>, figures: web::Data<Figures>) -> HttpResponse {
    let head = match health.log.head().await {
        Ok(head) => head.map_or(0, |head| head.commit),
        Err(error) => return HttpResponse::ServiceUnavailable().body(error.to_string()),
    };
    let roles = health.roles.snapshot();
    let lag = |role: &Role| role.applied.as_ref().map(|at| head.saturating_sub(at.commit));
    let mut lines = vec![
        "# HELP verdict_log_head Commit position of the newest event.".to_owned(),
        "# TYPE verdict_log_head gauge".to_owned(),
        format!("verdict_log_head {head}"),
        "# HELP verdict_build_info The version that runs; always 1.".to_owned(),
        "# TYPE verdict_build_info gauge".to_owned(),
        format!("verdict_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION")),
        "# HELP verdict_commands_total Commands since the start, by how they ended.".to_owned(),
        "# TYPE verdict_commands_total counter".to_owned(),
    ];
    let commands = tally::outcomes().into_iter();
    lines.extend(commands.map(|(end, count)| format!("verdict_commands_total{{outcome=\"{end}\"}} {count}")));
    lines.extend(figures().iter().flat_map(Figure::lines));
    lines.extend(skew(dated::ahead_ms()));
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
