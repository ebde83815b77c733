//! What a running platform says to do next is typed as it stands, and done.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use crate::cli::{Cli, connected, teller};
use crate::failure::Failure;
use crate::platform::{Options, Platform};
use crate::story;
use crate::telling::{Teller, series_name};

mod looking;

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
    let teller = teller(platform.addresses(), begin, name);
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_there_is_listed_filtered_named_and_described() {
    let (platform, mut teller) = begun("lists", monday(), None).await;
    for (key, kind) in [("one", "ops"), ("two", "ops"), ("three", "release")] {
        let (printed, outcome) =
            teller.say(&format!("flag create --key {key} --kind {kind} --owner 'a\u{1b}nn'")).await;
        assert!(outcome.is_ok(), "{outcome:?}: {printed}");
    }
    let mut said = async |line: &str| {
        let (printed, outcome) = teller.say(line).await;
        assert!(outcome.is_ok(), "{line}: {outcome:?}: {printed}");
        printed
    };
    // As many as are wanted, and of those that are asked for.
    assert_eq!(said("flag list -o name --limit 2").await.lines().count(), 2);
    said("flag set two --on --wait fully-on").await;
    assert_eq!(said("flag list --state fully_on -o name").await, "two\n");
    assert!(said("flag get one").await.contains("owner             a\\u{1b}nn\n"));
    // One document, whole, also for a list.
    let listed: Value = serde_json::from_str(&said("flag list -o json").await).unwrap();
    let flags = listed.as_array().unwrap();
    assert_eq!(flags.len(), 3);
    let one = flags.iter().find(|flag| flag["key"] == "one").unwrap();
    assert_eq!((&one["kind"], &one["held"], &one["stage"]), (&"ops".into(), &false.into(), &"".into()));
    assert_eq!(said("flag list --state killed -o json").await, "[]\n");
    let yaml = said("flag get one -o yaml").await;
    assert!(yaml.starts_with("id: ") && yaml.contains("\nkind: ops\n"), "{yaml}");
    assert!(said("flag list -o wide").await.contains("UNIT"));
    // The beginning of an id is enough to look, and not to act.
    let id = one["id"].as_str().unwrap();
    assert!(said(&format!("flag get {}", &id[..24].to_lowercase())).await.contains(id));
    let (printed, outcome) = teller.say(&format!("flag kill {}", &id[..24])).await;
    assert!(matches!(outcome, Err(Failure::Request(_))), "{outcome:?} {printed}");
    let (_, outcome) = teller.say("flag get one --wait killed --within 1s").await;
    let late = outcome.unwrap_err().to_string();
    assert_eq!(late, "the flag one is off and did not come to be killed within 1 s");
    let (_, outcome) = teller.say("flag create --key 'with space' --owner ann").await;
    assert!(outcome.unwrap_err().to_string().contains("(--key)"));
    platform.stop().await;
}

/// Says when it was written to for the second time.
struct Told(Vec<u8>, tokio::sync::mpsc::UnboundedSender<String>);

impl std::io::Write for Told {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Whoever watches gets each picture when it is whole.
    fn flush(&mut self) -> std::io::Result<()> {
        let seen = String::from_utf8_lossy(&std::mem::take(&mut self.0)).into_owned();
        self.1.send(seen).map_err(|_| std::io::ErrorKind::BrokenPipe.into())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_watches_sees_what_changes_until_nobody_looks() {
    let (platform, mut teller) = begun("watch", monday(), None).await;
    let (printed, outcome) = teller.say("flag create --key one --kind ops --owner ann").await;
    assert!(outcome.is_ok(), "{outcome:?}: {printed}");
    let grpc = platform.addresses().grpc.clone().unwrap();
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let watching = async {
        let line = ["verdict", "flag", "list", "--watch", "--server", &grpc];
        connected(Cli::try_parse_from(line).unwrap(), &mut Told(Vec::new(), tell)).await
    };
    let changing = async {
        let first = told.recv().await.unwrap();
        assert!(first.contains(" off "), "{first}");
        let (printed, outcome) = teller.say("flag set one --on").await;
        assert!(outcome.is_ok(), "{outcome:?}: {printed}");
        let second = told.recv().await.unwrap();
        assert!(second.contains("fully_on"), "{second}");
        drop(told);
        let (printed, outcome) = teller.say("flag kill one").await;
        assert!(outcome.is_ok(), "{outcome:?}: {printed}");
    };
    let both = Box::pin(async { tokio::join!(watching, changing) });
    let (watched, ()) =
        tokio::time::timeout(Duration::from_mins(1), both).await.expect("it goes on for ever");
    assert!(matches!(watched, Err(Failure::Unheard)), "{watched:?}");
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r21_what_a_replay_says_to_do_raises_the_effect() {
    let mut story = Story::at_beta("replay", None).await;
    story.done("guardrail set-effect {guardrail} --effect shadow --reason 'it is tried first'").await;
    story.measured(20.0).await;
    let told = story.done("guardrail replay {guardrail} --since 1h --effect rollback").await;
    assert!(told.contains("would have breached once and taken exposure back once"), "{told}");
    let next =
        told.lines().last().and_then(|line| line.strip_prefix("next: ")).unwrap_or_else(|| panic!("{told}"));
    let next = typed(next);
    story.done(&next).await;
    let said = story.done("guardrail replay {guardrail} -o json").await;
    let reply: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(
        (&reply["effect"], &reply["presentEffect"]),
        (&"rollback".into(), &"rollback".into()),
        "{said}"
    );
}
