//! Lists of tallies: what is folded, how pages follow each other, and what a request is told that asks wrongly.

use std::sync::Arc;

use verdict_kernel::clock::ManualClock;
use verdict_kernel::principal::Principal;

use super::*;
use crate::execute::{Envelope, Repository};
use crate::log::contract::tally::{Command, LIMIT, Tally, envelope, repository};
use crate::log::contract::views::catch_up;
use crate::log::memory::MemoryLog;
use crate::log::{Expected, NewEvent};

struct Platform {
    log: Log,
    clock: Arc<ManualClock>,
    tallies: Repository<Tally>,
    list: Listing<Tally>,
}

impl Platform {
    fn new() -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        let log: Log = Arc::new(MemoryLog::new("log", clock.clone()));
        let tallies = repository(&log, clock.clone());
        let list = Listing::new("contract-tallies", "the list of tallies", log.clone());
        Self { log, clock, tallies, list }
    }

    /// Adds to the tally as a command of the organisation, and gives the position of that.
    async fn add(&self, org: &str, name: &str, id: &str, more: u32) -> Position {
        let principal = Principal { org: org.to_owned(), ..Principal::dev() };
        let envelope = Envelope { principal, ..envelope(name) };
        let executed = self.tallies.execute(&envelope, id, true, Command::Add(more)).await.unwrap();
        executed.position.unwrap()
    }

    async fn page(&self, request: ListRequest) -> Result<Page<(String, u32)>, Problem> {
        let show = |id: &str, entry: &Entry<u32>| (entry.state > 0).then(|| (id.to_owned(), entry.state));
        let of: Vec<_> = Some(request.of.clone()).filter(|of| !of.is_empty()).into_iter().collect();
        self.list.page(&request, show, &of, |(_, sum), of| sum.to_string() == of).await
    }
}

fn items(of: &[(&str, u32)]) -> Vec<(String, u32)> {
    of.iter().map(|(id, sum)| ((*id).to_owned(), *sum)).collect()
}

#[tokio::test]
async fn an_entry_is_the_fold_of_its_stream_and_began_with_its_first_event() {
    let platform = Platform::new();
    platform.add("default", "a", "1", 2).await;
    platform.clock.advance(Duration::from_mins(1));
    let position = platform.add("default", "b", "1", 3).await;
    let mut projector = platform.list.projector();
    catch_up(&mut projector).await;
    let entry = |_: &str, entry: &Entry<u32>| Some(entry.clone());
    let page = platform.list.page(&ListRequest::default(), entry, &[], |_, _| true).await.unwrap();
    let [entry] = &page.items[..] else { panic!("{page:?}") };
    let began = Timestamp::UNIX_EPOCH;
    assert_eq!((entry.state, entry.began, entry.version, &entry.position), (5, began, 2, &position));
}

#[tokio::test]
async fn what_was_remarked_and_overridden_counts_as_an_event_and_changes_nothing() {
    let platform = Platform::new();
    let because = Envelope { reason: "because".to_owned(), ..envelope("a") };
    let command = Command::AddWhole(LIMIT + 1);
    let position = platform.tallies.execute(&because, "1", true, command).await.unwrap().position.unwrap();
    catch_up(&mut platform.list.projector()).await;
    let entry = |_: &str, entry: &Entry<u32>| Some(entry.clone());
    let page = platform.list.page(&ListRequest::default(), entry, &[], |_, _| true).await.unwrap();
    let [entry] = &page.items[..] else { panic!("{page:?}") };
    assert_eq!((entry.state, entry.version, &entry.position), (LIMIT + 1, 3, &position));
}

#[tokio::test]
async fn pages_follow_each_other_in_the_order_of_creation_to_the_end() {
    let platform = Platform::new();
    let mut projector = platform.list.projector();
    for id in ["3", "1", "2"] {
        platform.add("default", id, id, 1).await;
    }
    let last = platform.add("default", "more", "2", 1).await.to_string();
    catch_up(&mut projector).await;
    let page = async |first, after: &str| {
        let request = ListRequest { first, after: after.to_owned(), ..ListRequest::default() };
        platform.page(request).await.unwrap()
    };
    let two = Page { items: items(&[("3", 1), ("1", 1)]), position: last.clone(), next: "1".to_owned() };
    assert_eq!(page(2, "").await, two);
    let rest = Page { items: items(&[("2", 2)]), position: last.clone(), next: String::new() };
    assert_eq!(page(2, "1").await, rest);
    let whole = Page { items: items(&[("3", 1), ("1", 1), ("2", 2)]), position: last, next: String::new() };
    assert_eq!(page(3, "").await, whole, "a page that is just full is the last one");
    let request = ListRequest { after: "4".to_owned(), ..ListRequest::default() };
    let nowhere = platform.page(request).await.unwrap_err();
    assert_eq!((nowhere.code, nowhere.field.as_str()), (Code::InvalidField, "after"));
}

#[tokio::test]
async fn what_is_left_out_or_of_another_parent_neither_fills_a_page_nor_follows_it() {
    let platform = Platform::new();
    let mut projector = platform.list.projector();
    for (id, sum) in [("1", 5), ("2", 4), ("3", 5), ("4", 0), ("5", 4)] {
        platform.add("default", id, id, sum).await;
    }
    catch_up(&mut projector).await;
    let page = async |first, of: &str| {
        let request = ListRequest { first, of: of.to_owned(), ..ListRequest::default() };
        let page = platform.page(request).await.unwrap();
        (page.items, page.next)
    };
    assert_eq!(page(1, "5").await, (items(&[("1", 5)]), "1".to_owned()));
    assert_eq!(page(2, "5").await, (items(&[("1", 5), ("3", 5)]), String::new()));
    assert_eq!(page(0, "").await.0, items(&[("1", 5), ("2", 4), ("3", 5), ("5", 4)]));
}

#[tokio::test]
async fn a_list_never_crosses_its_organisation() {
    let platform = Platform::new();
    let mut projector = platform.list.projector();
    platform.add("default", "a", "1", 1).await;
    let last = platform.add("other", "b", "2", 2).await.to_string();
    catch_up(&mut projector).await;
    for (org, found) in
        [("", items(&[("1", 1)])), ("default", items(&[("1", 1)])), ("other", items(&[("2", 2)]))]
    {
        let page =
            platform.page(ListRequest { org: org.to_owned(), ..ListRequest::default() }).await.unwrap();
        assert_eq!(page.items, found, "{org}");
    }
    let nobody = platform.page(ListRequest { org: "nobody".to_owned(), ..ListRequest::default() }).await;
    assert_eq!(nobody, Ok(Page { items: Vec::new(), position: last, next: String::new() }));
}

#[tokio::test]
async fn a_page_of_a_hundred_is_accepted_and_one_more_is_refused() {
    let platform = Platform::new();
    let mut projector = platform.list.projector();
    for n in 0..101 {
        platform.add("default", &format!("{n}"), &format!("{n:03}"), 1).await;
    }
    catch_up(&mut projector).await;
    let size = async |first| {
        let request = ListRequest { first, ..ListRequest::default() };
        platform.page(request).await.map(|page| (page.items.len(), page.next))
    };
    assert_eq!(size(0).await, Ok((50, "049".to_owned())));
    assert_eq!(size(100).await, Ok((100, "099".to_owned())));
    let refused = Problem::field(Code::InvalidField, "first", "101 is more than 100");
    assert_eq!(size(101).await, Err(refused));
}

#[tokio::test(start_paused = true)]
async fn a_reader_waits_for_its_position_and_is_told_when_it_does_not_come() {
    let platform = Platform::new();
    let wanted = platform.add("default", "a", "1", 1).await;
    let request = |at_least: String| ListRequest { at_least, ..ListRequest::default() };
    let code = |page: Result<Page<_>, Problem>| page.map(|page| page.items).map_err(|problem| problem.code);
    let not_started = platform.page(request(String::new())).await;
    let why = Problem::new(Code::NotYetThere, "the list of tallies has not started");
    assert_eq!(not_started, Err(why));
    let mut projector = platform.list.projector();
    assert_eq!(code(platform.page(request(String::new())).await), Ok(Vec::new()), "as it is");
    assert_eq!(code(platform.page(request(wanted.to_string())).await), Err(Code::NotYetThere));
    let (page, ()) = tokio::join!(platform.page(request(wanted.to_string())), catch_up(&mut projector));
    assert_eq!(code(page), Ok(items(&[("1", 1)])));
    let wrong = platform.page(request("here".to_owned())).await.unwrap_err();
    assert_eq!((wrong.code, wrong.field.as_str()), (Code::InvalidField, "at_least"));
}

#[tokio::test]
async fn an_event_that_cannot_be_read_leaves_the_list_as_it_was() {
    let platform = Platform::new();
    let mut projector = platform.list.projector();
    platform.add("default", "a", "1", 2).await;
    catch_up(&mut projector).await;
    let written = platform.log.read_stream("contract.tally-1", 0, 1).await.unwrap().events.remove(0);
    let unknown = NewEvent {
        id: uuid::Uuid::from_u128(1),
        event_type: "contract.Tally.Halved.v1".to_owned(),
        data: b"1".to_vec(),
        metadata: written.metadata,
    };
    platform.log.append("contract.tally-1", Expected::Exact(0), vec![unknown]).await.unwrap();
    catch_up(&mut projector).await;
    assert_eq!(platform.page(ListRequest::default()).await.unwrap().items, items(&[("1", 2)]));
}
