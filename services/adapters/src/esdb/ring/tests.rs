//! The ring against the list of everything that was pushed.

use jiff::Timestamp;
use uuid::Uuid;

use super::*;

const WIDE: Limits = Limits { events: 100, bytes: 1 << 20 };

fn position(commit: u64) -> Position {
    Position { log_id: "a".into(), commit, prepare: commit }
}

fn event(commit: u64, stream: &str, revision: u64) -> Recorded {
    Recorded {
        position: position(commit),
        stream: stream.into(),
        revision,
        id: Uuid::from_u128(commit.into()),
        event_type: "contract.Thing.Happened.v1".into(),
        data: Vec::new(),
        metadata: Vec::new(),
        created: Timestamp::UNIX_EPOCH,
    }
}

fn metadata(commit: u64, stream: &str, json: &str) -> Recorded {
    Recorded { data: json.as_bytes().to_vec(), ..event(commit, &format!("$${stream}"), 0) }
}

fn ring(floor: Option<u64>, limits: Limits, events: impl IntoIterator<Item = Recorded>) -> Ring {
    let mut ring = Ring::after(floor.map(position), limits);
    for event in events {
        ring.push(event);
    }
    ring
}

/// Commits of the page after `after`, how far it looked, and whether it is complete.
fn page(
    ring: &Ring,
    after: Option<u64>,
    filter: &Filter,
    max: usize,
) -> Option<(Vec<u64>, Option<u64>, bool)> {
    let page = ring.page(after.map(position).as_ref(), filter, max)?;
    let commits = page.events.iter().map(|event| event.position.commit).collect();
    Some((commits, page.considered.map(|position| position.commit), page.complete))
}

fn everything() -> Filter {
    Filter::default()
}

#[test]
fn a_page_begins_after_a_position_and_ends_at_the_tip() {
    let ring = ring(Some(2), WIDE, [event(5, "a-1", 0), event(9, "a-1", 1), event(12, "$stats", 0)]);
    assert_eq!(page(&ring, Some(2), &everything(), 9), Some((vec![5, 9], Some(12), true)));
    assert_eq!(page(&ring, Some(5), &everything(), 9), Some((vec![9], Some(12), true)));
    assert_eq!(page(&ring, Some(7), &everything(), 9), Some((vec![9], Some(12), true)));
    assert_eq!(page(&ring, Some(12), &everything(), 9), Some((vec![], Some(12), true)));
}

#[test]
fn what_the_ring_does_not_cover_it_does_not_answer() {
    let ring = ring(Some(2), WIDE, [event(5, "a-1", 0)]);
    assert_eq!(page(&ring, None, &everything(), 9), None);
    assert_eq!(page(&ring, Some(1), &everything(), 9), None);
    assert_eq!(page(&ring, Some(6), &everything(), 9), None);
}

#[test]
fn a_ring_that_began_with_the_log_answers_from_the_start() {
    let empty = ring(None, WIDE, []);
    assert_eq!(page(&empty, None, &everything(), 9), Some((vec![], None, true)));
    // A foreign log has its first event at 0.
    let one = ring(None, WIDE, [event(0, "a-1", 0)]);
    assert_eq!(page(&one, None, &everything(), 9), Some((vec![0], Some(0), true)));
    assert_eq!(page(&one, Some(0), &everything(), 9), Some((vec![], Some(0), true)));
}

#[test]
fn a_page_is_cut_only_before_something_wanted() {
    let ring = ring(Some(0), WIDE, [event(1, "a-1", 0), event(2, "b-1", 0), event(3, "a-1", 1)]);
    let a = Filter::prefixes(["a-"]);
    assert_eq!(page(&ring, Some(0), &a, 1), Some((vec![1], Some(2), false)));
    assert_eq!(page(&ring, Some(2), &a, 1), Some((vec![3], Some(3), true)));
    assert_eq!(page(&ring, Some(0), &Filter::prefixes(["b-"]), 1), Some((vec![2], Some(3), true)));
    assert_eq!(page(&ring, Some(0), &a, 0), Some((vec![], Some(0), false)));
}

#[test]
fn what_comes_again_is_not_taken_again() {
    let ring = ring(Some(0), WIDE, [event(1, "a-1", 0), event(2, "a-1", 1), event(1, "a-1", 0)]);
    assert_eq!(page(&ring, Some(0), &everything(), 9), Some((vec![1, 2], Some(2), true)));
}

#[test]
fn a_full_ring_lets_its_oldest_go_and_no_longer_answers_for_it() {
    let three = Limits { events: 3, ..WIDE };
    let full = ring(Some(0), three, (1..=5).map(|commit| event(commit, "a-1", commit - 1)));
    assert_eq!(page(&full, Some(1), &everything(), 9), None);
    assert_eq!(page(&full, Some(2), &everything(), 9), Some((vec![3, 4, 5], Some(5), true)));
    let two = Limits { bytes: 2 * weight(&event(1, "a-1", 0)), ..WIDE };
    let full = ring(Some(0), two, (1..=5).map(|commit| event(commit, "a-1", commit - 1)));
    assert_eq!(page(&full, Some(3), &everything(), 9), Some((vec![4, 5], Some(5), true)));
    assert_eq!(page(&full, Some(2), &everything(), 9), None);
}

#[test]
fn a_trimmed_stream_keeps_its_last_events() {
    let declared_late = ring(
        Some(0),
        WIDE,
        [
            event(1, "c-x", 0),
            event(2, "c-x", 1),
            event(3, "a-1", 0),
            metadata(4, "c-x", r#"{"$maxCount":1}"#),
        ],
    );
    assert_eq!(page(&declared_late, Some(0), &everything(), 9), Some((vec![2, 3], Some(4), true)));
    let declared_first = ring(
        Some(0),
        WIDE,
        [metadata(1, "c-x", r#"{"$maxCount":1}"#), event(2, "c-x", 0), event(3, "c-x", 1)],
    );
    assert_eq!(page(&declared_first, Some(0), &everything(), 9), Some((vec![3], Some(3), true)));
}

#[test]
fn over_anything_else_that_takes_events_back_the_ring_begins_anew() {
    let deleted = Recorded { event_type: "$streamDeleted".into(), ..event(2, "a-1", 1) };
    for taken_back in [deleted, metadata(2, "a-1", r#"{"$tb":9}"#), metadata(2, "a-1", "no json")] {
        let ring = ring(Some(0), WIDE, [event(1, "a-1", 0), taken_back, event(3, "b-1", 0)]);
        assert_eq!(page(&ring, Some(1), &everything(), 9), None);
        assert_eq!(page(&ring, Some(2), &everything(), 9), Some((vec![3], Some(3), true)));
    }
}
