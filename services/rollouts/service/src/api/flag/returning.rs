//! The line that says that exposure has come back: one for each narrowing that was written, whoever asked for it.

use std::sync::{Arc, Mutex, PoisonError};

use verdict_rollouts_domain::audience::Audience;
use verdict_rollouts_domain::flag::{Command, Flag, State};
use verdict_rollouts_wire::flag::FlagWire;
use verdict_runtime::execute::{Executed, Folded, Repository};

use super::request::Checked;

/// The flag as it was when a command on it was decided last.
#[derive(Default)]
pub(super) struct Before(Mutex<Option<Arc<Folded<FlagWire>>>>);

impl Before {
    pub(super) fn is(&self, flag: &Arc<Folded<FlagWire>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(flag.clone());
    }

    /// Says what came back. A repeat and a dry run take nothing back.
    pub(super) async fn tell(self, asked: &Checked, executed: &Executed, flags: &Repository<FlagWire>) {
        let wrote = |event: &str| executed.event_types.iter().any(|written| written == event);
        if executed.repeated
            || executed.drafts.is_some()
            || !(wrote(FlagWire::ExposureNarrowed) || wrote(FlagWire::FlagKilled))
        {
            return;
        }
        let before = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let Some(was) = before.as_deref().and_then(|before| flag(&before.state)) else { return };
        let id = asked.id.to_string();
        let is = flags.load(&id).await.ok();
        let is = is.as_deref().and_then(|is| flag(&is.state)).map(Flag::audience);
        // Of whom nobody was served nothing comes back.
        if is.as_ref().is_some_and(|is| *is == was.audience()) {
            return;
        }
        let place = was.served.as_ref().and_then(|served| served.place.as_ref());
        tracing::warn!(
            flag.id = id,
            flag.key = was.identity.key,
            environment = was.identity.environment,
            rollout.id = place.map(|place| place.rollout.to_string()),
            stage = place.map(|place| place.stage.as_str()),
            attempt = place.map(|place| place.attempt),
            cause = cause(asked),
            by = executed.by.subject,
            from = words(&was.audience()),
            to = is.as_ref().map(words),
            "exposure is taken back"
        );
    }
}

const fn flag(state: &State) -> Option<&Flag> {
    match state {
        State::Live(flag) | State::Killed(flag) | State::Archived(flag) => Some(flag),
        State::Absent => None,
    }
}

/// The event that it was for, or why somebody wanted it.
fn cause(asked: &Checked) -> &str {
    let named = match &asked.command {
        Command::Narrow { cause, .. } | Command::TurnOff { cause, .. } => cause.as_str(),
        _ => "",
    };
    if named.is_empty() { &asked.envelope.reason } else { named }
}

/// `10 %, 2 members`
fn words(audience: &Audience) -> String {
    if audience.is_nobody() {
        return "nobody".to_owned();
    }
    let share = audience.percent.filter(|share| share.basis_points() > 0).map(|share| share.to_string());
    let counted = [
        (audience.members.len(), "members"),
        (audience.accounts.len(), "accounts"),
        (audience.attributes.len(), "attributes"),
    ];
    let counted = counted.iter().filter(|(count, _)| *count > 0).map(|(count, of)| format!("{count} {of}"));
    share.into_iter().chain(counted).collect::<Vec<_>>().join(", ")
}
