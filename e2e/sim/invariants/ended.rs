//! What is asked at the end of a history, when faults are over.

use super::guardrail::{Breach, Guardrail};
use super::rollout::{Rollout, Standing};
use super::{Exposure, Watcher};
use crate::story::{FOR_POINTS, LIMIT};

impl Watcher {
    /// Holds the guardrails on `metric` against the values of the last windows, oldest first: every value of a window,
    /// whoever reported it. A window of which all values fail is a failing point however they are merged.
    pub(crate) fn judged(&self, metric: &str, windows: &[Vec<f64>]) -> Result<(), String> {
        let fails =
            windows.len() >= usize::from(FOR_POINTS) && windows.iter().flatten().all(|value| *value < LIMIT);
        let mut asked =
            self.guardrails.values().filter(|guardrail| guardrail.metric == metric && guardrail.armed);
        match asked.find(|guardrail| fails && !guardrail.fails && !guardrail.unreadable) {
            Some(guardrail) => {
                Err(format!("S5: {windows:?} are stored and {guardrail:?} was not answered with a failure"))
            }
            None => Ok(()),
        }
    }

    /// Whether there is a guardrail that nobody can answer.
    pub(crate) fn is_blind(&self) -> bool {
        self.guardrails.values().any(Guardrail::is_blind)
    }

    /// Rollouts with a guardrail that nobody can answer.
    pub(crate) fn blind(&self) -> Vec<String> {
        let blind = self.guardrails.values().filter(|guardrail| guardrail.is_blind());
        blind.map(|guardrail| guardrail.rollout.clone()).collect()
    }

    /// Breaches whose rollback has not come to its end.
    pub(crate) fn open(&self) -> Vec<Breach> {
        let is_open = |breach: &&Breach| {
            let ends = self.rolled_back.range((breach.rollout.clone(), breach.attempt)..);
            !ends.into_iter().any(|(rollout, _)| *rollout == breach.rollout)
        };
        self.open_breaches.iter().filter(is_open).cloned().collect()
    }

    /// What must hold of every rollout and its flag in the end. By clocks that are wrong, nobody has to watch.
    pub(crate) fn ended(&self, clocks_are_right: bool) -> Result<(), String> {
        let blind = self.blind();
        for (id, rollout) in &self.rollouts {
            let flag = self.flags.get(&rollout.flag).ok_or("a rollout without a flag")?;
            self.agrees(id, rollout, &flag.exposure)?;
            let goes_on = matches!(rollout.standing, Standing::Running | Standing::Paused);
            if goes_on && rollout.watch_lost && clocks_are_right && !blind.contains(id) {
                return Err(format!("S7: nobody watches {id}, and all of its guardrails can be answered"));
            }
        }
        self.flags.values().try_for_each(|flag| match self.went_back_to {
            Some(head) if flag.served_at(head) && flag.held_as_restored.is_empty() => {
                Err(format!("S10: the log went back, and {flag:?} was not held"))
            }
            _ => Ok(()),
        })
    }

    /// S11 for one rollout.
    fn agrees(&self, id: &str, rollout: &Rollout, served: &Exposure) -> Result<(), String> {
        let of_attempt =
            |breach: &&Breach| breach.rollout == *id && breach.attempt >= rollout.attempt && breach.critical;
        let critical = self.open_breaches.iter().any(|breach| of_attempt(&breach));
        let at_most = match &rollout.standing {
            Standing::Draft => Exposure::default(),
            Standing::Running | Standing::Paused => rollout.present(),
            Standing::RollingBack | Standing::RolledBack(_) if critical => Exposure::default(),
            // An alarm says that it has not come to its end.
            Standing::RollingBack => return Ok(()),
            Standing::RolledBack(to) => rollout.planned_at_most(to),
        };
        if !served.is_within(&at_most) {
            return Err(format!(
                "S11: the flag serves {served:?}, at most {at_most:?} is right: {rollout:?}"
            ));
        }
        match &rollout.standing {
            Standing::RolledBack(to) if critical && !to.is_empty() => {
                Err(format!("S11: after a critical breach the rollout is said to be back to {to}"))
            }
            Standing::Running | Standing::Paused if critical => {
                Err(format!("S11: it goes on after a critical breach of its attempt: {rollout:?}"))
            }
            _ => Ok(()),
        }
    }
}
