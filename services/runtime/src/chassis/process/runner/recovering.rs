//! How a runner finds its instances again: all of them at the start, one after a fault.

use verdict_kernel::process::Process;

use super::ProcessRunner;
use crate::component::Progress;
use crate::fault::Fault;
use crate::process::Rim;
use crate::process::instance::Instance;
use crate::process::trouble::Trouble;

/// Instances loaded in one step of a recovery.
const LOADED_AT_ONCE: usize = 32;

/// How far the loading of the stored instances has come.
pub(super) enum Recovery {
    /// What is stored was not looked at yet.
    Unread,
    /// These live subjects are still to be loaded.
    Loading(Vec<String>),
    Complete,
}

impl<P: Process + 'static, R: Rim<P> + 'static> ProcessRunner<P, R> {
    /// What waits in memory for the instance of `subject`.
    #[cfg(test)]
    pub(in crate::chassis::process) fn waiting_for(&self, subject: &str) -> usize {
        self.kept.troubled().get(subject).map_or(0, Trouble::waiting)
    }

    /// Starts again from what is stored, as after a crash or a change of holder.
    pub(super) fn forget(&mut self) {
        self.recovery = Recovery::Unread;
        self.kept.clear();
        self.calls.clear();
    }

    /// Loads some of the stored instances. Those that began after the stored position are met when the log is read on
    /// from there.
    pub(super) async fn recover(&mut self) -> Result<Progress, Fault> {
        if matches!(self.recovery, Recovery::Unread) {
            let (position, subjects) = self.checkpoint.load_with_subjects().await?.unzip();
            self.position.clone_from(&position);
            self.stored = position;
            self.recovery = Recovery::Loading(subjects.unwrap_or_default());
        }
        for _ in 0..LOADED_AT_ONCE {
            let next = match &self.recovery {
                Recovery::Loading(subjects) => subjects.last().cloned(),
                Recovery::Unread | Recovery::Complete => None,
            };
            let Some(subject) = next else {
                self.recovery = Recovery::Complete;
                break;
            };
            match Instance::load::<R>(&self.log, &subject).await {
                Ok(instance) => self.kept.put(instance),
                Err(fault @ Fault::Unreadable { .. }) => {
                    tracing::error!(process = P::NAME, %subject, error = %fault, "an instance cannot be read and is left out");
                }
                Err(fault) => return Err(fault),
            }
            if let Recovery::Loading(subjects) = &mut self.recovery {
                subjects.pop();
            }
        }
        Ok(Progress::Worked)
    }

    /// The instance is set aside until it was loaded again.
    pub(super) fn trouble(&mut self, subject: &str, fault: &Fault) -> &mut Trouble<P> {
        tracing::warn!(process = P::NAME, %subject, error = %fault, "'{subject}' is loaded again: {fault}");
        self.kept.trouble(subject, self.clock.monotonic())
    }

    /// Loads one instance that had a fault again, and notes what has waited for it.
    pub(super) async fn look_again(&mut self) -> Result<bool, Fault> {
        let now = self.clock.monotonic();
        let due = self.kept.troubled().iter().find(|(_, trouble)| trouble.until() <= now);
        let Some(subject) = due.map(|(subject, _)| subject.clone()) else {
            return Ok(false);
        };
        match self.settle(&subject).await {
            Ok(()) => {
                let trouble = self.kept.healed(&subject);
                if trouble.is_some_and(|trouble| trouble.has_overflowed()) {
                    // The position was not stored meanwhile: the log is read again from there, and what was noted is known.
                    self.forget();
                }
            }
            Err(fault @ Fault::Fenced { .. }) => return Err(fault),
            Err(fault) => drop(self.trouble(&subject, &fault)),
        }
        Ok(true)
    }

    async fn settle(&mut self, subject: &str) -> Result<(), Fault> {
        while let Some((event, noted)) = self.kept.troubled().get(subject).and_then(Trouble::first) {
            self.note(subject, &event, &noted).await?;
            if let Some(trouble) = self.kept.troubled_mut(subject) {
                trouble.noted();
            }
        }
        if !self.kept.has(subject) {
            match Instance::load::<R>(&self.log, subject).await {
                Ok(instance) if instance.version() == 0 => {}
                Ok(instance) => self.kept.put(instance),
                // It is left out as at a start: waiting for it would keep the position where it is for everybody.
                Err(fault @ Fault::Unreadable { .. }) => {
                    tracing::error!(process = P::NAME, subject, error = %fault, "an instance cannot be read and is left out");
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }
}
