//! Documents against a platform in this process: what is planned, what is sent, and what is left when it breaks off.

use std::cell::Cell;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;
use verdict_documents::example;

use super::platform::Way;
use super::*;
use crate::cli::{Asked, Cli, Verb, connected};
use crate::platform::{Options, Platform as Running};

mod broken;
mod every_field;
mod killed;
mod over;
mod refused;

/// A platform on virtual time, and a folder for documents.
struct World {
    platform: Running,
    folder: TempDir,
}

/// What a line printed, and how it ended.
struct Said {
    out: String,
    ended: Result<(), Failure>,
}

impl Said {
    #[track_caller]
    fn fine(self) -> String {
        assert!(self.ended.is_ok(), "{:?}\n{}", self.ended, self.out);
        self.out
    }

    /// What is said of the failure.
    #[track_caller]
    fn failed(self) -> String {
        self.ended.expect_err(&self.out).to_string()
    }
}

impl World {
    async fn begin() -> Self {
        let options = Options {
            listen: "127.0.0.1:0".to_owned(),
            grpc_listen: Some("127.0.0.1:0".to_owned()),
            virtual_start: Some("2026-12-01T09:00:00Z".parse().unwrap()),
            ..Options::default()
        };
        let platform = Running::start(options).await.unwrap();
        Self { platform, folder: tempfile::tempdir().unwrap() }
    }

    /// A file with this text.
    fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    }

    fn server(&self) -> String {
        self.platform.addresses().grpc.clone().unwrap()
    }

    fn parsed(&self, words: &[&str]) -> Cli {
        let server = self.server();
        let always = ["--server", server.as_str()];
        Cli::try_parse_from(std::iter::once("verdict").chain(words.iter().copied()).chain(always)).unwrap()
    }

    async fn say(&self, words: &[&str]) -> Said {
        let mut out = Vec::new();
        let ended = connected(self.parsed(words), &mut out).await;
        Said { out: String::from_utf8(out).unwrap(), ended }
    }

    /// Lets the platform finish what was begun.
    async fn settle(&self) {
        self.say(&["status", "--settled"]).await.fine();
    }

    /// What the streams of things and keys hold, from this number of events on: stream, type, data.
    async fn events(&self) -> Vec<(String, String, String)> {
        self.settle().await;
        let out = self.say(&["events", "tail", "--no-follow", "-o", "json"]).await.fine();
        let text = |event: &Value, name: &str| event[name].as_str().unwrap_or_default().to_owned();
        let events = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let events = events.map(|event| (text(&event, "stream"), text(&event, "type"), text(&event, "data")));
        let things = [
            "bets.bet-",
            "rollouts.rollout-",
            "rollouts.flag-",
            "metrics.metric-",
            "metrics.guardrail-",
            "gtm.launch-",
        ];
        let of_things =
            |stream: &str| stream.contains(".key-") || things.iter().any(|thing| stream.starts_with(thing));
        events.filter(|(stream, ..)| of_things(stream)).collect()
    }

    /// Applies through a way that breaks off.
    async fn apply_through<W: Way>(&self, words: &[&str], way: impl FnOnce(Client) -> W) -> Said {
        let Cli { connection, output, asked } = self.parsed(words);
        let Asked::Else(Verb::Apply(files)) = asked else { panic!("{words:?}") };
        let client = Client::new(&connection).unwrap();
        let way = way(Client::new(&connection).unwrap());
        let mut out = Vec::new();
        let mut shown = Shown { format: output, out: &mut out };
        let ended = apply_through(&files, &client, &way, &mut shown).await;
        Said { out: String::from_utf8(out).unwrap(), ended }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_init_writes_is_applied_once_and_can_be_started() {
    let world = World::begin().await;
    let file = world.file("verdict.yaml", example());
    let planned = world.say(&["diff", "-f", &file]).await;
    assert!(matches!(planned.ended, Err(Failure::Differs)), "{:?}", planned.ended);
    assert_eq!(world.events().await, []);
    let printed = world.say(&["apply", "-f", &file]).await.fine();
    let plan: Vec<&str> =
        printed.lines().take_while(|line| line.starts_with(['+', '~', '=', '!', ' '])).collect();
    assert_eq!(plan.join("\n"), planned.out.trim_end());
    assert_eq!(
        plan,
        [
            "+ metric cart_orders",
            "+ metric cart_errors",
            "+ flag production/saved-carts",
            "+ bet saved-carts",
            "+ rollout saved-carts",
            "+ guardrail saved-carts-errors",
            "+ launch saved-carts",
        ]
    );
    let once = world.events().await;
    assert!(!once.is_empty());
    let again = world.say(&["apply", "-f", &file]).await.fine();
    assert!(again.lines().take(7).all(|line| line.starts_with("= ")), "{again}");
    assert!(again.ends_with("nothing to do: 7 as they were\n"), "{again}");
    assert_eq!(world.events().await, once);
    world.say(&["diff", "-f", &file]).await.fine();
    world.say(&["rollout", "start", "saved-carts"]).await.fine();
    // What becomes of a plan belongs to no file.
    world.say(&["diff", "-f", &file]).await.fine();
    world.platform.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_exported_applies_as_nothing_and_elsewhere_as_the_same() {
    let world = World::begin().await;
    let file = world.file("verdict.yaml", example());
    world.say(&["apply", "-f", &file]).await.fine();
    let exported = world.say(&["export", "saved-carts", "-o", "yaml"]).await.fine();
    let exported = world.file("exported.yaml", &exported);
    let diff = world.say(&["diff", "-f", &exported]).await;
    assert_eq!(diff.out.lines().filter(|line| line.starts_with("= ")).count(), 7, "{}", diff.out);
    diff.fine();
    world.say(&["apply", "-f", &exported, "--org", "other"]).await.fine();
    world.say(&["diff", "-f", &file, "--org", "other"]).await.fine();
    let json = world.say(&["export", "saved-carts", "-o", "json"]).await.fine();
    let diff = world.say(&["diff", "-f", &world.file("exported.json", &json)]).await;
    assert!(diff.ended.is_ok() && diff.out.lines().count() == 7, "{}", diff.out);
    assert_eq!(serde_json::from_str::<Value>(&json).unwrap().as_array().unwrap().len(), 6);
    let unknown = world.say(&["export", "nothing-such"]).await.failed();
    assert_eq!(unknown, "there is no bet 'nothing-such': see verdict bet list");
    world.platform.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn there_and_back_and_there_again_are_three_changes() {
    let world = World::begin().await;
    let target =
        |target: &str| example().replacen("target: \"0.34\" #", &format!("target: \"{target}\" #"), 1);
    for (name, wanted) in [("a", "0.34"), ("b", "0.35"), ("c", "0.34"), ("d", "0.340"), ("e", "0.35")] {
        let file = world.file(&format!("{name}.yaml"), &target(wanted));
        world.say(&["apply", "-f", &file]).await.fine();
    }
    let events = world.events().await;
    let revised = events.iter().filter(|(_, name, _)| name == "metrics.Metric.MetricRevised.v1").count();
    assert_eq!(revised, 3, "{events:?}");
    let file = world.file("f.yaml", &target("0.36"));
    let changed = world.say(&["diff", "-f", &file]).await.out;
    assert!(changed.contains("~ metric cart_orders\n    target: 0.35 -> 0.36\n"), "{changed}");
    world.platform.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dry_run_asks_and_writes_nothing() {
    let world = World::begin().await;
    let file = world.file("verdict.yaml", example());
    let said = world.say(&["apply", "-f", &file, "--dry-run"]).await.fine();
    assert!(said.contains("+ bet saved-carts\n"), "{said}");
    assert!(said.contains("dry run, nothing was written: 3 commands would be accepted"), "{said}");
    assert_eq!(world.events().await, []);
    world.say(&["apply", "-f", &file]).await.fine();
    let before = world.events().await;
    // Rule B3: the end of a timebox moves by a slip, which the platform says before anything is written.
    let later = world.file("later.yaml", &example().replace("end: 2027-02-19", "end: 2027-03-19"));
    let said = world.say(&["apply", "-f", &later, "--dry-run"]).await;
    assert!(matches!(said.ended, Err(Failure::Refused)), "{:?} {}", said.ended, said.out);
    assert!(said.out.contains("bet saved-carts, set-timebox: refused "), "{}", said.out);
    assert_eq!(world.events().await, before);
    world.platform.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_gets_one_document_of_plan_and_outcomes() {
    let world = World::begin().await;
    let file = world.file("verdict.yaml", example());
    let planned: Value =
        serde_json::from_str(&world.say(&["diff", "-f", &file, "-o", "json"]).await.out).unwrap();
    assert_eq!((&planned["differs"], planned["plan"].as_array().unwrap().len()), (&true.into(), 7));
    let applied = world.say(&["apply", "-f", &file, "-o", "json"]).await.fine();
    let applied: Value = serde_json::from_str(&applied).unwrap();
    assert_eq!((&applied["left"], &applied["stopped"]), (&0.into(), &Value::Null));
    let bet = applied["plan"].as_array().unwrap().iter().find(|thing| thing["kind"] == "bet").unwrap();
    assert_eq!((&bet["key"], &bet["does"]), (&"saved-carts".into(), &"create".into()));
    let commands = bet["commands"].as_array().unwrap();
    assert_eq!(commands[0]["verb"], "propose");
    assert!(commands.iter().all(|command| command["became"] == "accepted"), "{bet}");
    let yaml = world.say(&["diff", "-f", &file, "-o", "yaml"]).await.fine();
    assert!(yaml.starts_with("differs: false\n"), "{yaml}");
    world.platform.stop().await;
}

/// Somebody who has read enough.
struct Closed;

impl std::io::Write for Closed {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_difference_that_nobody_reads_is_one() {
    let world = World::begin().await;
    let file = world.file("verdict.yaml", example());
    for words in [&["diff", "-f", &file][..], &["diff", "-f", &file, "-o", "json"]] {
        let ended = connected(world.parsed(words), &mut Closed).await;
        assert!(matches!(ended, Err(Failure::Differs)), "{ended:?}");
    }
    world.say(&["apply", "-f", &file]).await.fine();
    let ended = connected(world.parsed(&["diff", "-f", &file]), &mut Closed).await;
    assert!(matches!(ended, Ok(())), "{ended:?}");
    world.platform.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_of_a_file_commands_no_terminal() {
    let world = World::begin().await;
    world.say(&["apply", "-f", &world.file("verdict.yaml", example())]).await.fine();
    let text = example().replace("service: carts", "service: basket");
    let told = world.say(&["apply", "-f", &world.file("a\u{1b}[2Jb.yaml", &text)]).await.failed();
    assert!(told.contains("a\\u{1b}[2Jb.yaml:") && !told.contains('\u{1b}'), "{told:?}");
    assert!(told.contains("\n    service: carts -> basket\n"), "{told}");
    world.platform.stop().await;
}

/// A verb that needs no platform.
fn offline(words: &[&str]) -> Said {
    let mut out = Vec::new();
    let cli = Cli::try_parse_from(std::iter::once("verdict").chain(words.iter().copied())).unwrap();
    let ended = crate::cli::carry_out(cli, &mut out);
    Said { out: String::from_utf8(out).unwrap(), ended }
}

#[test]
fn init_writes_over_nothing_unless_it_is_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("verdict.yaml");
    let name = path.to_string_lossy().into_owned();
    let told = offline(&["init", &name]).fine();
    assert!(told.ends_with(&format!("go on with: verdict diff -f {name}\n")), "{told}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), example());
    std::fs::write(&path, "mine").unwrap();
    let refused = offline(&["init", &name]);
    assert!(matches!(refused.ended, Err(Failure::Usage(_))));
    assert_eq!(
        refused.failed(),
        format!("{name} is there already; --force writes over it, or name another file")
    );
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    offline(&["init", &name, "--force"]).fine();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), example());
    assert_eq!(offline(&["init", "-"]).fine(), example());
    let nowhere = folder.path().join("no/such.yaml");
    let nowhere = offline(&["init", &nowhere.to_string_lossy()]).failed();
    assert!(nowhere.ends_with("there is no such folder"), "{nowhere}");
}

#[test]
fn a_schema_of_one_kind_stands_alone() {
    let whole: Value = serde_json::from_str(&offline(&["schema"]).fine()).unwrap();
    assert_eq!(whole["oneOf"].as_array().unwrap().len(), 5);
    let flag: Value = serde_json::from_str(&offline(&["schema", "flag"]).fine()).unwrap();
    assert_eq!((&flag["title"], &flag["$schema"]), (&"Flag".into(), &whole["$schema"]));
    let defined = flag["$defs"].as_object().unwrap();
    assert!(defined.contains_key("FlagSpec") && !defined.contains_key("BetSpec"), "{:?}", defined.keys());
}

/// Names of files in findings depend on the folder.
fn without(folder: &Path, text: &str) -> String {
    text.replace(&format!("{}/", folder.display()), "")
}

/// A way that breaks off after so many commands; `deaf`: the last one is carried out and its reply is lost.
struct Breaking {
    client: Client,
    left: Cell<usize>,
    deaf: bool,
}

impl Way for Breaking {
    async fn ask(&self, context: &str, path: &str, message: Vec<u8>) -> Result<Option<Vec<u8>>, Failure> {
        self.client.ask(context, path, message).await
    }

    async fn send(&self, context: &str, path: &str, message: Vec<u8>) -> Result<Vec<u8>, Failure> {
        let left = self.left.get();
        if left > 0 {
            self.left.set(left - 1);
            return self.client.send(context, path, message).await;
        }
        if self.deaf {
            self.client.send(context, path, message).await?;
        }
        Err(Failure::unavailable("broken off"))
    }
}
