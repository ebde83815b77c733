//! Who may use what a full log keeps free (decision D16): what takes back, and what processes write after that. What may
//! show more never does, whoever sends it, or it would spend what a kill needs.

use verdict_kernel::effect::Effect;
use verdict_kernel::principal::Auth;

use super::Envelope;

/// Whether what `envelope` leads to may use the reserve.
pub(super) fn is_for(envelope: &Envelope) -> bool {
    match envelope.effect {
        Effect::Narrows => true,
        Effect::Neutral => envelope.principal.auth == Auth::Process,
        Effect::Widens => false,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::Timestamp;
    use verdict_kernel::clock::ManualClock;
    use verdict_kernel::principal::Principal;

    use super::*;
    use crate::execute::{ExecuteError, Repository};
    use crate::fault::Fault;
    use crate::log::contract::tally::{Command, Tally, envelope};
    use crate::log::memory::MemoryLog;
    use crate::log::{Log, LogError};

    #[tokio::test]
    async fn d16_what_widens_never_uses_the_reserve_whoever_sends_it() {
        let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        let memory = Arc::new(MemoryLog::new("log-1", clock.clone()));
        let log: Log = memory.clone();
        let tallies = Repository::<Tally>::new(log, clock);
        memory.set_full(true);
        let (person, process) = (Principal::dev(), Principal::process("stage-promotion"));
        for (principal, effect, taken) in [
            (&person, Effect::Narrows, true),
            (&process, Effect::Narrows, true),
            (&process, Effect::Neutral, true),
            (&person, Effect::Neutral, false),
            (&person, Effect::Widens, false),
            (&process, Effect::Widens, false),
        ] {
            let named = envelope(&format!("{effect:?} of {}", principal.subject));
            let asked = Envelope { principal: principal.clone(), effect, ..named };
            let outcome = tallies.execute(&asked, "1", true, Command::Add(1)).await;
            match outcome {
                Ok(_) => assert!(taken, "{asked:?}"),
                Err(ExecuteError::Fault(Fault::Log(LogError::Full))) => assert!(!taken, "{asked:?}"),
                Err(other) => panic!("{other}"),
            }
        }
    }
}
