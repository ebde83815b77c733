//! What is announced, in which words and in which order, and to whom it is no news.

use proptest::prelude::*;
use verdict_runtime::log::memory::MemoryLog;

use super::*;
use crate::edge::Edge;
use crate::fixtures::{
    Driven, World, audience, created, event, exposed, flag_created, killed, scope, settle,
};

/// The text that a stream of `environment` says next, as it stands.
fn text(edge: &Edge, environment: &str) -> String {
    let board = edge.streams().announcements.subscribe();
    let notice = board.borrow().of(&scope(environment)).cloned().unwrap();
    String::from_utf8(notice.text.to_vec()).unwrap()
}

fn id(edge: &Edge, environment: &str) -> String {
    text(edge, environment).lines().next().unwrap().strip_prefix("id: ").unwrap().to_owned()
}

/// One flag that reaches mia, and the edge that serves it.
async fn one_flag(world: &World) -> (Edge, Driven) {
    world.append("1", created("checkout")).await;
    world.append("1", exposed(1, audience(&["mia"], 0))).await;
    world.ready_edge().await
}

/// Position, and a hash of the content.
fn parts(id: &str) -> (&str, &str) {
    id.rsplit_once('-').unwrap()
}

#[tokio::test]
async fn a_change_is_announced_in_the_words_of_the_protocol() {
    let (edge, _component) = one_flag(&World::new()).await;
    let id = id(&edge, "production");
    let (position, content) = parts(&id);
    assert_eq!((position, content.len()), ("log-1:2:2", 16));
    assert!(content.bytes().all(|byte| byte.is_ascii_hexdigit()), "{content}");
    let data = format!(r#"{{"type":"refetchEvaluation","etag":"\"{id}\"","lastModified":1700000000}}"#);
    assert_eq!(text(&edge, "production"), format!("id: {id}\nevent: message\ndata: {data}\n\n"));
}

/// Nobody else has to fetch anything.
#[tokio::test]
async fn a_change_is_announced_where_it_changes_an_answer_and_nowhere_else() {
    let world = World::new();
    let (edge, mut component) = one_flag(&world).await;
    let staging = crate::fixtures::event(
        "FlagCreated",
        &verdict_proto::rollouts::v1::FlagCreated {
            environment: Some("staging".to_owned()),
            ..flag_created("checkout")
        },
    );
    let before = ["production", "staging", "nowhere"].map(|environment| id(&edge, environment));
    let written = edge.stream_figures().announcements;
    world.append("2", staging).await;
    settle(&mut component).await;
    let after = ["production", "staging", "nowhere"].map(|environment| id(&edge, environment));
    assert_eq!((&after[0], &after[2]), (&before[0], &before[2]));
    assert_eq!(parts(&after[1]).0, "log-1:3:3");
    assert_eq!(edge.stream_figures().announcements, written + 1);
    // What changes no answer, in the log of flags and elsewhere; and only the age.
    world.append("1", event("FlagHeld", &serde_json::json!({}))).await;
    world.append_elsewhere().await;
    settle(&mut component).await;
    world.clock.advance(std::time::Duration::from_mins(1));
    settle(&mut component).await;
    assert_eq!(["production", "staging", "nowhere"].map(|environment| id(&edge, environment)), after);
    assert_eq!(edge.stream_figures().announcements, written + 1);
}

#[tokio::test]
async fn f3_a_kill_a_local_off_and_its_end_are_announced() {
    let directory = tempfile::tempdir().unwrap();
    let world = World::keeping(&directory);
    let (edge, mut component) = one_flag(&world).await;
    let mut ids = vec![id(&edge, "production")];
    let off = world.offs().join("checkout");
    std::fs::write(&off, "errors").unwrap();
    settle(&mut component).await;
    ids.push(id(&edge, "production"));
    assert_eq!(parts(&ids[1]).0, parts(&ids[0]).0, "the log knows nothing of it");
    std::fs::remove_file(&off).unwrap();
    settle(&mut component).await;
    ids.push(id(&edge, "production"));
    assert_eq!(ids[2], ids[0], "what is served is what was served before");
    world.append("1", killed(2)).await;
    settle(&mut component).await;
    ids.push(id(&edge, "production"));
    assert_eq!(parts(&ids[3]).0, "log-1:3:3");
    let contents: std::collections::BTreeSet<_> = ids.iter().map(|id| parts(id).1).collect();
    assert_eq!(contents.len(), 3, "{ids:?}");
}

/// A restart without a log, over the log as it was, and over a log that went back.
#[tokio::test]
async fn what_is_served_after_a_restart_is_announced_and_known_to_whoever_has_it() {
    let directory = tempfile::tempdir().unwrap();
    let world = World::keeping(&directory);
    let (edge, component) = one_flag(&world).await;
    let known = id(&edge, "production");
    drop((edge, component));
    let (edge, _component) = world.ready_edge().await;
    assert_eq!(id(&edge, "production"), known);
    let world = world.without_log();
    let (edge, mut component) = world.edge();
    assert!(edge.streams().announcements.subscribe().borrow().of(&scope("production")).is_none());
    settle(&mut component).await;
    assert!(edge.snapshot().unwrap().former);
    assert_eq!(id(&edge, "production"), known);
    drop((edge, component));
    let clock = world.clock.clone();
    let world = world.over(Arc::new(MemoryLog::new("log-2", clock)));
    world.append("1", created("checkout")).await;
    let (edge, _component) = world.ready_edge().await;
    let after = id(&edge, "production");
    assert!(parts(&after).0.starts_with("log-2:") && parts(&after).1 != parts(&known).1, "{after}");
    let board = edge.streams().announcements.subscribe();
    assert!(!board.borrow().of(&scope("production")).unwrap().is_known_by(&known));
}

#[test]
fn a_client_knows_the_content_at_this_position_or_an_older_one_and_nothing_else() {
    let at = |commit| Position { log_id: "log-1".into(), commit, prepare: commit };
    let notice = Notice::new(Some(&(at(5), Timestamp::UNIX_EPOCH)), "0a".to_owned());
    for (id, is_known) in [
        ("log-1:5:5-0a", true),
        // Another edge has read in smaller pages, or before a restart.
        ("log-1:4:4-0a", true),
        ("log-1:4:4-0b", false),
        ("log-1:5:5-0b", false),
        // An edge that is ahead, and one of another log.
        ("log-1:6:6-0a", false),
        ("log-1:6:6-0b", false),
        ("log-2:5:5-0a", false),
        ("log-1:5:5", false),
        ("0-0a", false),
        ("0a", false),
        ("", false),
        ("-", false),
        ("-0a", false),
        ("\u{0}ä-0a", false),
    ] {
        assert_eq!(notice.is_known_by(id), is_known, "{id}");
    }
    let empty = Notice::new(None, "0a".to_owned());
    assert!(empty.is_known_by("0-0a") && !empty.is_known_by("log-1:1:1-0a"));
    assert!(!String::from_utf8(empty.text.to_vec()).unwrap().contains("lastModified"));
}

#[test]
fn an_edge_over_an_empty_log_announces_that_there_is_nothing() {
    let announcements = Announcements::default();
    let offs = Arc::new(Offs::default());
    assert_eq!(announcements.announce(|| None), 0);
    assert_eq!(announcements.announce(|| Some((Arc::default(), offs.clone()))), 1);
    assert_eq!(announcements.announce(|| Some((Arc::default(), offs.clone()))), 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happens, in whatever pages it is read and however often the edge is started again: ids come in the order
    /// of the log, and whoever is told the last one has what is served.
    #[test]
    fn ids_are_in_the_order_of_the_log(history in prop::collection::vec((0_u8..5, any::<bool>()), 1..30)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let world = World::new();
            let (mut edge, mut component) = one_flag(&world).await;
            let mut told = vec![id(&edge, "production")];
            for (version, (what, read)) in (2..).zip(history) {
                match what {
                    0 => drop(world.append("1", exposed(version, audience(&["ben"], version))).await),
                    1 => drop(world.append("1", killed(version)).await),
                    2 => drop(world.append(&format!("more-{version}"), created("checkout")).await),
                    3 => drop(world.append_elsewhere().await),
                    _ => (edge, component) = world.ready_edge().await,
                }
                if read {
                    settle(&mut component).await;
                    told.push(id(&edge, "production"));
                }
            }
            let at = |id: &String| parts(id).0.parse::<Position>().unwrap();
            for pair in told.windows(2) {
                assert_eq!(at(&pair[1]).covers(&at(&pair[0])), Some(true), "{pair:?}");
            }
            settle(&mut component).await;
            let (other, _component) = world.ready_edge().await;
            assert_eq!(parts(&id(&other, "production")).1, parts(&id(&edge, "production")).1);
        });
    }
}
