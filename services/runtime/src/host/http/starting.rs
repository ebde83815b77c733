//! What a process answers before it can serve: that it is alive, that it is not ready, and why.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use actix_web::{HttpResponse, web};

use super::health::{Line, answer, living, serving};
use super::{Failure, Problem};
use crate::problem::Code;
use crate::roles::Roles;

/// How far a start has come. Cheap to clone.
#[derive(Clone, Default)]
pub struct Starting {
    stage: Arc<Mutex<Stage>>,
}

#[derive(Default)]
enum Stage {
    /// Nothing is waited for yet.
    #[default]
    Begun,
    /// Something that is not in this process.
    Waiting { name: &'static str, reason: String },
    /// The components have been started.
    Running(Roles),
}

impl Starting {
    fn stage(&self) -> MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// It waits for `name`, which is elsewhere, for this reason. The same reason is logged once.
    pub fn waits(&self, name: &'static str, reason: String) {
        let mut stage = self.stage();
        let known = matches!(&*stage, Stage::Waiting { reason: before, .. } if *before == reason);
        if !known {
            tracing::warn!("{name}: {reason}");
        }
        *stage = Stage::Waiting { name, reason };
    }

    /// It waits for its components.
    pub fn runs(&self, roles: Roles) {
        *self.stage() = Stage::Running(roles);
    }

    fn lives(&self) -> Vec<Line> {
        match &*self.stage() {
            Stage::Begun | Stage::Waiting { .. } => Vec::new(),
            Stage::Running(roles) => living(roles),
        }
    }

    /// Never without a reason: what is asked this is not what will serve.
    fn serves(&self) -> Vec<Line> {
        let mut lines = match &*self.stage() {
            Stage::Begun => Vec::new(),
            Stage::Waiting { name, reason } => vec![Line::new(name, Some(reason.clone()))],
            Stage::Running(roles) => serving(roles),
        };
        if lines.iter().all(Line::is_ok) {
            lines.push(Line::new("process", Some("is starting".to_owned())));
        }
        lines
    }
}

/// Answers `/livez` and `/readyz`, and 503 to everything else.
pub fn endpoints(starting: Starting) -> impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static {
    move |config| {
        config
            .app_data(web::Data::new(starting.clone()))
            .route("/livez", web::get().to(livez))
            .route("/readyz", web::get().to(readyz))
            .default_service(web::to(nothing_yet));
    }
}

async fn livez(starting: web::Data<Starting>) -> HttpResponse {
    answer(starting.lives())
}

async fn readyz(starting: web::Data<Starting>) -> HttpResponse {
    answer(starting.serves())
}

async fn nothing_yet() -> Result<HttpResponse, Failure> {
    let problem = Problem::new(Code::Unavailable, "the process is starting");
    Err(problem.hint("ask again in a moment; /readyz says what it waits for").into())
}
