//! What a running platform says to do next is typed as it stands, and done.

use jiff::Timestamp;
use serde_json::Value;

use crate::platform::{Options, Platform};
use crate::story;
use crate::telling::{Teller, series_name};

/// A platform on which the story has come to Beta.
struct Story {
    platform: Platform,
    teller: Teller,
    _files: tempfile::TempDir,
}

/// A platform on virtual time, and who talks to it.
async fn begun(name: &str, begin: Timestamp, max_page_count: Option<u32>) -> (Platform, Teller) {
    let options = Options {
        listen: "127.0.0.1:0".to_owned(),
        grpc_listen: Some("127.0.0.1:0".to_owned()),
        virtual_start: Some(begin),
        max_page_count,
        ..Options::default()
    };
    let platform = Platform::start(options).await.unwrap();
    let teller = Teller::new(platform.addresses(), begin, name);
    (platform, teller)
}

fn monday() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

impl Story {
    /// A guardrail has broken there.
    async fn begin(name: &str) -> Self {
        let mut broken = Self::at_beta(name, None).await;
        broken.measured(20.0).await;
        broken
    }

    async fn at_beta(name: &str, max_page_count: Option<u32>) -> Self {
        let begin = monday();
        let files = tempfile::tempdir().unwrap();
        let series = files.path().join("series.csv");
        std::fs::write(&series, story::RECORDED).unwrap();
        let (platform, mut teller) = begun(name, begin, max_page_count).await;
        teller.set(series_name(), series.to_string_lossy());
        let mut story = Self { platform, teller, _files: files };
        for scene in story::scenes(begin).iter().take(4) {
            let mut told = Vec::new();
            let outcome = story.teller.play(scene, &mut told).await;
            assert!(outcome.is_ok(), "{outcome:?}\n{}", String::from_utf8_lossy(&told));
        }
        story
    }

    /// Three windows of every metric, `cpu` being what the guardrail watches.
    async fn measured(&mut self, cpu: f64) {
        for _ in 0..3 {
            self.done("clock advance 5m").await;
            for (metric, value) in
                [("checkout_cpu", cpu), ("trial_starts", 130.0), ("checkout_conversion", 0.041)]
            {
                self.done(&format!(
                    "metric observe {metric} --value {value} --source nab --rollout {{rollout}}"
                ))
                .await;
            }
        }
    }

    /// What is printed when the line is accepted.
    async fn done(&mut self, line: &str) -> String {
        let (printed, outcome) = self.teller.say(line).await;
        assert!(outcome.is_ok(), "{line}: {outcome:?}: {printed}");
        printed
    }

    /// The commands that stand in the answers of `rollout why`, as somebody types them.
    async fn why(&mut self) -> Vec<String> {
        let said = self.done("rollout why {rollout} -o json").await;
        let view: Value = serde_json::from_str(&said).unwrap();
        let checks = view["report"]["checks"].as_array().unwrap_or_else(|| panic!("{view}"));
        let next = checks.iter().filter_map(|check| check["next"].as_str());
        next.flat_map(super::hints_of).map(|hint| typed(&hint)).collect()
    }

    /// Every metric is fine again, and the breach was none.
    async fn retracted(&mut self) {
        self.measured(92.0).await;
        self.done("guardrail retract {guardrail} --reason 'a wrong unit'").await;
    }
}

/// The line without the name of the program, and with something in place of what it leaves open.
fn typed(hint: &str) -> String {
    let known = ["rollout", "flag", "guardrail", "launch", "bet"];
    let line = hint.trim_start_matches("verdict ").replace("<why>", "'a wrong unit'");
    known.iter().fold(line, |line, name| line.replace(&format!("<{name}>"), &format!("{{{name}}}")))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r23_what_a_rolled_back_rollout_and_a_false_alarm_say_to_do_is_done() {
    let mut broken = Story::begin("hints").await;
    let said = broken.why().await;
    assert!(said.iter().any(|line| line.starts_with("guardrail ")), "{said:?}");
    assert!(said.contains(&"rollout resume {rollout} --reason 'a wrong unit'".to_owned()), "{said:?}");
    broken.retracted().await;
    let said = broken.why().await;
    let resume = "rollout resume {rollout} --false-alarm --reason 'a wrong unit'";
    assert!(said.contains(&resume.to_owned()), "{said:?}");
    let printed = broken.done(resume).await;
    let left: Vec<String> =
        printed.lines().filter_map(|line| line.strip_prefix("next: ")).map(typed).collect();
    assert!(left.iter().any(|line| line.starts_with("launch release ")), "{printed}");
    assert!(left.iter().any(|line| line.starts_with("incident triage ")), "{printed}");
    for line in left {
        broken.done(&line).await;
    }
    assert!(broken.done("incident list --of {rollout}").await.contains("resolved"));
    broken.platform.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r23_a_false_alarm_carries_out_the_rest_when_it_is_asked_to() {
    let mut broken = Story::begin("aftermath").await;
    broken.retracted().await;
    let resume = "rollout resume {rollout} --false-alarm --reason 'a wrong unit'";
    let printed = broken.done(&format!("{resume} --and-release-announcements --and-resolve-incident")).await;
    assert!(!printed.contains("next: "), "{printed}");
    assert!(broken.done("incident list --of {rollout}").await.contains("resolved"));
    let launch: Value = serde_json::from_str(&broken.done("launch get {launch} -o json").await).unwrap();
    assert_ne!(launch["held"], Value::Bool(true), "{launch}");
    broken.platform.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c31_a_list_that_is_longer_than_a_page_is_shown_to_its_end() {
    let (platform, mut teller) = begun("pages", monday(), None).await;
    for number in 1..=105 {
        let line = format!("flag create --key flag-{number} --kind ops --owner ann");
        let (printed, outcome) = teller.say(&line).await;
        assert!(outcome.is_ok(), "{outcome:?}: {printed}");
    }
    let (printed, outcome) = teller.say("flag list").await;
    assert!(outcome.is_ok(), "{outcome:?}");
    let shown = printed.lines().filter(|line| line.contains("flag-")).count();
    assert_eq!(shown, 105, "{printed}");
    platform.stop().await;
}

/// The pages that are kept for what narrows, and those that the story and a few hundred bets have room in.
const PAGES: u32 = 2_048 + 1_024;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c12_over_a_full_log_only_a_kill_and_a_breach_are_taken() {
    let mut story = Story::at_beta("full", Some(PAGES)).await;
    story.done("flag create --key other --kind ops --owner ann").await;
    story.done("flag set other --on").await;
    story.done("clock advance 30m").await;
    let belief = "a long belief ".repeat(140);
    let propose = format!("bet propose --mode scaling --title Full --outcome more --belief '{belief}'");
    let refused = loop {
        let (printed, outcome) = story.teller.say(&propose).await;
        if let Err(failure) = outcome {
            break format!("{failure} {printed}");
        }
    };
    assert!(refused.contains("full"), "{refused}");
    let ready = reqwest::get(format!("{}/readyz", story.platform.addresses().http)).await.unwrap();
    let said = ready.text().await.unwrap();
    assert!(said.contains("the log is full: only what narrows is taken"), "{said}");
    story.done("flag kill other").await;
    for ago in [900, 600, 300] {
        let window = format!("--window 300 --ago {ago} --source nab --rollout {{rollout}}");
        story.done(&format!("metric observe checkout_cpu --value 20 {window}")).await;
    }
    let rollout: Value = serde_json::from_str(&story.done("rollout get {rollout} -o json").await).unwrap();
    assert_eq!(rollout["state"], "rolled_back", "{rollout}");
    story.platform.stop().await;
}
