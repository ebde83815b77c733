//! Peers that neither answer nor refuse.

use std::sync::atomic::{AtomicU32, Ordering};

use super::*;

/// A right that is proven again and again.
#[derive(Default, Clone)]
struct Proven(Arc<AtomicU32>);

impl Authority for Proven {
    fn prove(&mut self) -> BoxFuture<'_, Result<Proof, Fault>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Ok(Proof::Held(None)) })
    }

    fn lose(&mut self) {}

    fn renew_in(&self) -> Option<Duration> {
        None
    }
}

/// Steps for as long, and for as long only.
async fn steps_for(bench: &Bench, runner: &mut ProcessRunner<Alarms, AlarmRim>, lasts: Duration) {
    let moment = Duration::from_millis(50);
    let (mut looks, mut moments) = (tokio::time::interval(moment), tokio::time::interval(moment));
    let stepping = async {
        loop {
            match runner.step().await.unwrap() {
                Progress::Worked => tokio::task::yield_now().await,
                Progress::Idle { .. } | Progress::Blocked { .. } => drop(looks.tick().await),
            }
        }
    };
    let passing = async {
        moments.tick().await;
        for _ in 0..lasts.as_millis() / moment.as_millis() {
            moments.tick().await;
            bench.clock.advance(moment);
        }
    };
    tokio::select! {
        () = stepping => {}
        () = passing => {}
    }
}

/// How often the step of this name was recorded.
fn recorded(bench: &Bench) -> usize {
    bench.noted().iter().filter(|name| *name == "test.Process.StepRecorded.v1").count()
}

const SECOND: Duration = Duration::from_secs(1);
const QUARTER: Duration = Duration::from_millis(250);

#[tokio::test(start_paused = true)]
async fn clause_18_a_peer_that_hangs_for_one_instance_delays_no_narrowing_of_another() {
    let bench = Bench::new();
    let proven = Proven::default();
    let mut runner = bench.runner_with(Box::new(proven.clone()));
    let let_go = bench.world.hang("report");
    bench.happens("a", "raised");
    steps_for(&bench, &mut runner, SECOND).await;
    assert_eq!(bench.world.steps(), ["ring"], "the report of a hangs");
    bench.happens("b", "raised");
    steps_for(&bench, &mut runner, QUARTER).await;
    assert_eq!(bench.world.steps()[..2], ["ring", "ring"]);
    steps_for(&bench, &mut runner, SECOND).await;
    assert_eq!(bench.world.steps(), ["ring", "ring", "report"], "nor anything else of another");
    // Meanwhile it goes on to show that it holds its lease.
    let before = proven.0.load(Ordering::SeqCst);
    steps_for(&bench, &mut runner, SECOND).await;
    assert!(proven.0.load(Ordering::SeqCst) > before + 2);
    // A late answer counts, and nothing is sent twice.
    let_go.send(()).unwrap();
    steps_for(&bench, &mut runner, SECOND).await;
    assert_eq!(bench.world.steps(), ["ring", "ring", "report", "report"]);
    assert_eq!(recorded(&bench), 4);
}

#[tokio::test(start_paused = true)]
async fn clause_18_what_cannot_wait_for_one_delays_what_cannot_wait_for_another_by_a_moment() {
    let bench = Bench::new();
    let mut runner = bench.runner();
    let let_go = bench.world.hang("ring");
    bench.happens("a", "raised");
    bench.happens("b", "raised");
    steps_for(&bench, &mut runner, QUARTER).await;
    assert_eq!(bench.world.steps()[0], "ring", "that of b");
    steps_for(&bench, &mut runner, SECOND).await;
    assert_eq!(bench.world.steps(), ["ring", "report", "report"]);
    let_go.send(()).unwrap();
    steps_for(&bench, &mut runner, SECOND).await;
    assert_eq!(bench.world.steps(), ["ring", "report", "report", "ring"]);
    assert_eq!(recorded(&bench), 4);
}

#[tokio::test(start_paused = true)]
async fn clause_05_a_call_that_is_never_answered_is_sent_again_under_its_id() {
    let bench = Bench::new();
    let mut runner = bench.runner();
    let never = bench.world.hang("report");
    bench.happens("a", "raised");
    steps_for(&bench, &mut runner, 5 * SECOND).await;
    assert_eq!(bench.world.steps(), ["ring"], "a peer that is slow is given time");
    steps_for(&bench, &mut runner, 10 * SECOND).await;
    assert!(never.is_closed());
    let process = verdict_kernel::id::ProcessId::of("alarms", "a");
    let report = ("report".to_owned(), CommandId::derive(process.as_uuid(), "report/1"));
    assert_eq!(bench.world.sent.lock().unwrap()[1..], [report]);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_comes_when_nobody_waits_for_it_is_not_recorded() {
    let bench = Bench::new();
    let mut runner = bench.runner();
    let let_go = bench.world.hang("report");
    bench.happens("a", "raised");
    steps_for(&bench, &mut runner, SECOND).await;
    bench.happens("a", "answered");
    steps_for(&bench, &mut runner, SECOND).await;
    let noted = bench.noted();
    assert_eq!(noted.last().unwrap(), "test.Process.Ended.v1");
    let_go.send(()).unwrap();
    steps_for(&bench, &mut runner, SECOND).await;
    assert_eq!(bench.noted(), noted);
}

/// What an answer tells may be older than what the log has told since.
#[tokio::test(start_paused = true)]
async fn a_late_answer_is_asked_for_again_where_something_was_noted_since() {
    for noted_since in [false, true] {
        let bench = Bench::new();
        let mut runner = bench.runner();
        bench.world.brings.lock().unwrap().insert("report", Fact::Answered);
        let let_go = bench.world.hang("report");
        bench.happens("a", "raised");
        steps_for(&bench, &mut runner, SECOND).await;
        if noted_since {
            bench.happens("a", "raised");
            steps_for(&bench, &mut runner, SECOND).await;
        }
        let_go.send(()).unwrap();
        steps_for(&bench, &mut runner, SECOND).await;
        let sent = bench.world.sent.lock().unwrap().clone();
        let reports: Vec<_> = sent.iter().filter(|(step, _)| step == "report").collect();
        assert_eq!(reports.len(), 1 + usize::from(noted_since), "{reports:?}");
        assert!(reports.iter().all(|report| *report == reports[0]), "{reports:?}");
        let answered = bench.noted().iter().filter(|name| *name == "test.Alarms.Answered.v1").count();
        assert_eq!((answered, recorded(&bench)), (1, 2));
    }
}

/// What cannot wait was sent knowing what is noted with it.
#[tokio::test(start_paused = true)]
async fn a_late_answer_to_what_cannot_wait_counts_although_its_own_fact_was_noted_since() {
    let bench = Bench::new();
    let mut runner = bench.runner();
    bench.world.brings.lock().unwrap().insert("ring", Fact::Answered);
    bench.world.down.lock().unwrap().insert("report");
    let let_go = bench.world.hang("ring");
    bench.happens("a", "raised");
    steps_for(&bench, &mut runner, SECOND).await;
    let_go.send(()).unwrap();
    steps_for(&bench, &mut runner, SECOND).await;
    assert_eq!(bench.world.steps(), ["ring"]);
    assert!(bench.noted().contains(&"test.Alarms.Answered.v1".to_owned()));
}
