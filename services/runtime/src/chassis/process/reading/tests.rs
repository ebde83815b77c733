use std::pin::pin;
use std::sync::{Arc, Mutex};

use futures::executor::block_on;
use jiff::Timestamp;
use verdict_kernel::clock::ManualClock;

use super::*;
use crate::log::contract::tally::{Command, Tally, envelope, repository};
use crate::log::memory::MemoryLog;

#[test]
fn a_stream_is_folded_up_to_the_event_and_no_further() {
    let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
    let log: Log = Arc::new(MemoryLog::new("log", clock.clone()));
    let tallies = repository(&log, clock);
    block_on(async {
        for (name, command) in [("a", Command::Add(3)), ("b", Command::Add(4)), ("c", Command::Clear)] {
            tallies.execute(&envelope(name), "1", true, command).await.unwrap();
        }
        let sum = |revision| fold_at::<Tally>(&log, "contract.tally-1", revision);
        assert_eq!((sum(0).await.unwrap(), sum(1).await.unwrap(), sum(2).await.unwrap()), (3, 7, 0));
        let beyond = sum(3).await;
        assert!(matches!(&beyond, Err(Fault::Log(LogError::Unavailable(_)))), "{beyond:?}");
    });
}

#[test]
fn a_stream_of_several_pages_is_read_to_its_end() {
    let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
    let log: Log = Arc::new(MemoryLog::new("log", clock.clone()));
    let tallies = repository(&log, clock);
    let revisions = |count: usize| {
        block_on(async {
            for number in 0..count {
                let command = if number % 2 == 0 { Command::Add(1) } else { Command::Clear };
                let id = count.to_string();
                tallies.execute(&envelope(&format!("{id}/{number}")), &id, true, command).await.unwrap();
            }
            let stream = format!("contract.tally-{count}");
            let read: Vec<Recorded> = events(&log, &stream).try_collect().await.unwrap();
            read.iter().map(|event| event.revision).collect::<Vec<_>>()
        })
    };
    for count in [0, 1, MAX_PAGE, MAX_PAGE + 1] {
        assert_eq!(revisions(count), (0..count as u64).collect::<Vec<_>>());
    }
}

/// The pages of a list of three.
fn list(after: &str) -> Result<(Vec<u32>, String), Fault> {
    match after {
        "" => Ok((vec![1, 2], "2".to_owned())),
        "2" => Ok((vec![3], String::new())),
        _ => Err(Fault::Other("no such page".to_owned())),
    }
}

#[test]
fn a_list_is_read_page_by_page_to_its_end() {
    let asked = Mutex::new(Vec::new());
    let wanted = || ListRequest { of: "bet".to_owned(), at_least: "7".to_owned(), ..ListRequest::default() };
    let page = |request: ListRequest| {
        let page = list(&request.after);
        asked.lock().unwrap().push(request);
        async { page }
    };
    let all: Vec<u32> = block_on(every(wanted(), page).try_collect()).unwrap();
    assert_eq!(all, [1, 2, 3]);
    let page = |after: &str| ListRequest { first: 100, after: after.to_owned(), ..wanted() };
    assert_eq!(asked.into_inner().unwrap(), [page(""), page("2")]);
}

#[test]
fn what_comes_before_a_page_that_cannot_be_read_is_there_and_then_the_fault() {
    let mut pages = pin!(every(ListRequest::default(), |request| async move {
        let further = Fault::Other("down".to_owned());
        if request.after.is_empty() { Ok((vec![1, 2], "2".to_owned())) } else { Err(further) }
    }));
    let mut next = || block_on(pages.try_next());
    assert_eq!((next().unwrap(), next().unwrap()), (Some(1), Some(2)));
    let down = next();
    assert!(matches!(&down, Err(Fault::Other(why)) if why == "down"), "{down:?}");
}
