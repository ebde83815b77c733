//! What a reader is promised: who passes the position of a reply sees its effect.

use std::sync::Arc;
use std::time::Duration;

use verdict_kernel::clock::{ManualClock, Timestamp};
use verdict_stored::{DecodeError, Wire};

use super::port;
use super::tally::{Command, Event, Tally, envelope, repository};
use crate::component::{Component, Progress};
use crate::log::{Expected, Filter, Log, Recorded};
use crate::projection::{Projection, Projector, View};
use crate::task;

const SOON: Duration = Duration::from_secs(10);

/// The sum over all tallies.
#[derive(Debug)]
pub struct Total;

impl Projection for Total {
    type View = u32;

    fn name(&self) -> &'static str {
        "contract-total"
    }

    fn filter(&self) -> Filter {
        Filter::prefixes(["contract.tally-"])
    }

    fn fresh(&self) -> u32 {
        0
    }

    fn apply(total: &mut u32, event: &Recorded) -> Result<(), DecodeError> {
        match Tally::decode(&event.event_type, &event.data)? {
            Some(Event::Added(more)) => *total += more,
            Some(Event::Cleared) | None => {}
        }
        Ok(())
    }
}

/// Runs this part of the suite.
pub async fn all(make: &impl AsyncFn() -> Log) {
    a_reader_that_asks_for_a_position_gets_a_view_that_includes_it(make().await).await;
    clause_16_a_view_skips_and_counts_what_it_does_not_know(make().await).await;
}

/// Steps until there is nothing left to do, which has to come.
pub async fn catch_up(component: &mut dyn Component) {
    for _ in 0..10_000 {
        if component.step().await.expect("the step succeeds") != Progress::Worked {
            return;
        }
    }
    unreachable!("'{}' never comes to rest", component.name())
}

/// The reader asks first and the view comes later: no answer without the effect.
pub async fn a_reader_that_asks_for_a_position_gets_a_view_that_includes_it(log: Log) {
    let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
    let tallies = repository(&log, clock);
    let (mut projector, view) = Projector::new(Total, log.clone());
    for (n, id) in ["1", "2", "1"].into_iter().enumerate() {
        let name = envelope(&format!("{n}"));
        let executed = tallies.execute(&name, id, true, Command::Add(2)).await;
        let position = executed.expect("accepted").position.expect("a position");
        let asked = position.clone();
        assert!(view.wait_for(&position, Duration::ZERO).await.is_err(), "nothing was folded yet");
        let reader: View<Total> = view.clone();
        let answer = task::spawn("reader", async move {
            let there = reader.wait_for(&asked, SOON).await;
            there.map(|()| reader.read(|total| *total))
        });
        catch_up(&mut projector).await;
        let total = answer.await.expect("the reader ends");
        assert_eq!(total, Ok(2 * (u32::try_from(n).unwrap_or_default() + 1)));
    }
}

/// A view goes on where an aggregate must stop.
pub async fn clause_16_a_view_skips_and_counts_what_it_does_not_know(log: Log) {
    let unknown = vec![port::event("of a newer version")];
    log.append("contract.tally-1", Expected::NoStream, unknown).await.expect("appended");
    let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
    let tallies = repository(&log, clock);
    tallies.execute(&envelope("a"), "2", true, Command::Add(3)).await.expect("accepted");
    let (mut projector, view) = Projector::new(Total, log.clone());
    catch_up(&mut projector).await;
    assert_eq!((view.read(|total| *total), view.skipped()), (3, 1));
    assert_eq!(view.position(), log.head().await.expect("the log has a head"));
}
