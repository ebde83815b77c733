//! Served exposure against an independent reading of the same history (invariant I2), and the odd histories.

use proptest::prelude::*;
use verdict_flag_evaluator::{Bucketing, Reason};
use verdict_proto::rollouts::v1 as pb;
use verdict_runtime::log::NewEvent;

use crate::fixtures::{
    self, World, answer, archived, audience, created, exposed, killed, narrowed, revived, settle,
};

const USERS: [&str; 4] = ["mia", "ben", "zoe", "ada"];
const FLAGS: [&str; 3] = ["checkout", "search", "signup"];

async fn answers(world: &World, key: &str, user: &str) -> (String, Reason) {
    let (edge, _component) = world.ready_edge().await;
    fixtures::ask(&edge.snapshot().unwrap(), key, user)
}

#[tokio::test]
async fn f3_a_killed_flag_is_off_and_a_revived_one_waits_for_new_exposure() {
    let world = World::new();
    world.append("1", created("checkout")).await;
    world.append("1", exposed(1, audience(&["mia"], 0))).await;
    assert_eq!(answers(&world, "checkout", "mia").await, answer("on", Reason::TargetingMatch));
    world.append("1", killed(2)).await;
    assert_eq!(answers(&world, "checkout", "mia").await, answer("off", Reason::Disabled));
    world.append("1", revived(3)).await;
    assert_eq!(answers(&world, "checkout", "mia").await, answer("off", Reason::Static));
    world.append("1", exposed(4, audience(&[], 10_000))).await;
    assert_eq!(answers(&world, "checkout", "mia").await, answer("on", Reason::Static));
}

#[tokio::test]
async fn an_unknown_event_is_skipped_and_counted() {
    let world = World::new();
    world.append("1", created("checkout")).await;
    world.append("1", exposed(1, audience(&["mia"], 0))).await;
    world.append("1", fixtures::event("FlagPainted", &pb::FlagArchived {})).await;
    let (edge, _component) = world.ready_edge().await;
    let snapshot = edge.snapshot().unwrap();
    assert_eq!(fixtures::ask(&snapshot, "checkout", "mia"), answer("on", Reason::TargetingMatch));
    assert_eq!(snapshot.skipped, 1);
}

#[tokio::test]
async fn f3_an_event_that_cannot_be_read_turns_its_flag_off_and_no_other() {
    let world = World::new();
    for (id, key) in [("1", "checkout"), ("2", "search")] {
        world.append(id, created(key)).await;
        world.append(id, exposed(1, audience(&["mia"], 0))).await;
    }
    let torn = NewEvent { data: b"{\"version\":".to_vec(), ..narrowed(2, audience(&[], 0)) };
    world.append("1", torn).await;
    assert_eq!(answers(&world, "checkout", "mia").await, answer("off", Reason::Disabled));
    assert_eq!(answers(&world, "search", "mia").await, answer("on", Reason::TargetingMatch));
}

#[tokio::test]
async fn a_flag_that_cannot_be_served_says_why() {
    let world = World::new();
    let ancient = pb::FlagCreated { bucketing: Some("flagd-v1".to_owned()), ..fixtures::flag_created("a") };
    let lost = pb::FlagCreated { on_variant: Some("new".to_owned()), ..fixtures::flag_created("b") };
    let mut torn = fixtures::flag_created("c");
    torn.variants[0].value = Some("{".to_owned());
    for (id, flag) in [("1", ancient), ("2", lost), ("3", torn)] {
        world.append(id, fixtures::event("FlagCreated", &flag)).await;
    }
    world.append("4", created("d")).await;
    world.append("4", exposed(1, audience(&[], 20_000))).await;
    let (edge, _component) = world.ready_edge().await;
    let snapshot = edge.snapshot().unwrap();
    for (key, expected) in [
        ("a", "the bucketing 'flagd-v1' is not known to this version"),
        ("b", "the flag 'b' has no variant 'new'"),
        ("c", "the value of variant 'on' is not JSON: EOF while parsing an object at line 1 column 1"),
        ("d", "20000 basis points is more than 10,000, in the flag 'd'"),
    ] {
        let served = snapshot.get(&fixtures::scope("production"), key).unwrap();
        assert_eq!(served.compiled.as_ref().unwrap_err(), expected);
    }
}

#[tokio::test]
async fn the_older_of_two_flags_with_one_key_is_served_until_it_is_archived() {
    let world = World::new();
    world.append("1", created("checkout")).await;
    world.append("2", created("checkout")).await;
    world.append("2", exposed(1, audience(&["mia"], 0))).await;
    assert_eq!(answers(&world, "checkout", "mia").await, answer("off", Reason::Static));
    world.append("1", archived()).await;
    assert_eq!(answers(&world, "checkout", "mia").await, answer("on", Reason::TargetingMatch));
    world.append("2", archived()).await;
    assert_eq!(answers(&world, "checkout", "mia").await.0, "absent");
}

#[tokio::test]
async fn environments_do_not_see_each_other() {
    let world = World::new();
    let staging =
        pb::FlagCreated { environment: Some("staging".to_owned()), ..fixtures::flag_created("checkout") };
    world.append("1", fixtures::event("FlagCreated", &staging)).await;
    world.append("1", exposed(1, audience(&["mia"], 0))).await;
    let (edge, _component) = world.ready_edge().await;
    let snapshot = edge.snapshot().unwrap();
    assert_eq!(fixtures::ask(&snapshot, "checkout", "mia").0, "absent");
    assert_eq!(snapshot.get(&fixtures::scope("staging"), "checkout").unwrap().version, 1);
}

/// One thing that happens in a random history.
#[derive(Debug, Clone)]
enum Step {
    Create,
    Expose(Vec<usize>, u32),
    Narrow(Vec<usize>, u32),
    Kill,
    Revive,
    Archive,
    /// An event of another context.
    Elsewhere,
    /// The edge takes all there is.
    Follow,
    /// The edge is replaced by a new one.
    Restart,
}

fn history() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let users = || proptest::collection::vec(0..USERS.len(), 0..3);
    let percent = || prop_oneof![Just(0), Just(10_000), 0..=10_000_u32];
    let step = prop_oneof![
        3 => Just(Step::Create),
        6 => (users(), percent()).prop_map(|(users, percent)| Step::Expose(users, percent)),
        3 => (users(), percent()).prop_map(|(users, percent)| Step::Narrow(users, percent)),
        1 => Just(Step::Kill),
        1 => Just(Step::Revive),
        1 => Just(Step::Archive),
        1 => Just(Step::Elsewhere),
        4 => Just(Step::Follow),
        2 => Just(Step::Restart),
    ];
    proptest::collection::vec((0..FLAGS.len(), step), 1..60)
}

/// Reads the history of one flag backwards, unlike the fold: which variant does the user get?
fn variant(steps: &[(usize, Step)], flag: usize, user: usize) -> &'static str {
    let own: Vec<&Step> = steps.iter().filter(|(of, _)| *of == flag).map(|(_, step)| step).collect();
    let Some(made) = own.iter().position(|step| matches!(step, Step::Create)) else {
        return "absent";
    };
    let own = &own[made..];
    if own.iter().any(|step| matches!(step, Step::Archive)) {
        return "absent";
    }
    let last = |wanted: fn(&Step) -> bool| own.iter().rposition(|step| wanted(step));
    let killed = last(|step| matches!(step, Step::Kill));
    let revived = last(|step| matches!(step, Step::Revive));
    let exposed = last(|step| matches!(step, Step::Expose(..) | Step::Narrow(..)));
    if killed > revived || exposed <= revived {
        return "off";
    }
    match exposed.map(|at| own[at]) {
        Some(Step::Expose(users, percent) | Step::Narrow(users, percent)) => {
            let bucket = Bucketing::FlagdV3.salted(FLAGS[flag]).bucket(&USERS[user].into()).unwrap();
            if users.contains(&user) || u32::from(bucket) < *percent { "on" } else { "off" }
        }
        _ => "off",
    }
}

/// Plays `steps` and compares at every point at which the edge has followed.
async fn play(steps: &[(usize, Step)]) -> Result<(), TestCaseError> {
    let world = World::new();
    let mut made = [false; FLAGS.len()];
    let (mut edge, mut component) = world.edge();
    let mut seen = None;
    for (index, (flag, step)) in steps.iter().enumerate() {
        let id = FLAGS[*flag];
        let version = u32::try_from(index).unwrap();
        let chosen = |users: &[usize]| users.iter().map(|&user| USERS[user]).collect::<Vec<_>>();
        let event = match step {
            Step::Create if made[*flag] => continue,
            Step::Create => {
                made[*flag] = true;
                created(id)
            }
            Step::Expose(users, percent) => exposed(version, audience(&chosen(users), *percent)),
            Step::Narrow(users, percent) => narrowed(version, audience(&chosen(users), *percent)),
            Step::Kill => killed(version),
            Step::Revive => revived(version),
            Step::Archive => archived(),
            Step::Elsewhere => {
                world.append_elsewhere().await;
                continue;
            }
            Step::Restart => {
                (edge, component) = world.edge();
                continue;
            }
            Step::Follow => {
                settle(&mut component).await;
                let snapshot = edge.snapshot().unwrap();
                let served = snapshot.position.as_ref().map(|position| position.commit);
                prop_assert!(served >= seen, "served {served:?} after {seen:?}");
                prop_assert_eq!(snapshot.position.clone(), world.log.head().await.unwrap());
                seen = served;
                for (flag, key) in FLAGS.iter().enumerate() {
                    for (user, name) in USERS.iter().enumerate() {
                        let (seen, _) = fixtures::ask(&snapshot, key, name);
                        prop_assert_eq!(seen, variant(&steps[..index], flag, user), "{} {}", key, name);
                    }
                }
                continue;
            }
        };
        world.append(id, event).await;
    }
    Ok(())
}

proptest! {
    #[test]
    fn s2_served_exposure_is_what_an_independent_fold_of_the_log_says(steps in history()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(play(&steps))?;
    }
}
