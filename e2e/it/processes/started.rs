//! Starts in every order.

use verdict::cli::teller;
use verdict::story::{Ends, Scene, Step};

use super::fleet::Fleet;
use super::{Ground, OwnGround};
use crate::ground::begin;
use crate::process::verdict;

/// Services that are started before the log and the broker wait for both, and then the story is the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn services_that_are_started_first_wait_for_the_log_and_the_broker() {
    let Some(mut ground) = OwnGround::find().await else { return };
    ground.rabbit.kill().await.unwrap();
    let mut fleet = Fleet::prepared(&ground.plan());
    fleet.launch_services();
    ground.rabbit.restart().await.unwrap();
    assert!(fleet.services.iter().all(|(_, process)| !process.is_ready()), "nobody is ready without a log");
    ground.rabbit.kill().await.unwrap();
    fleet.log.launch();
    fleet.ready().await;
    println!("every service is ready without a broker");
    ground.rabbit.restart().await.unwrap();
    let acknowledged = fleet.telling().end().await;
    println!("started first: {}", fleet.told(acknowledged).await.is_the_story());
}

/// An embedded log that was written by one process goes on behind a log server. It is another log now: what serves
/// anybody is held until a person has looked (rule R25), and then the story goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_was_exported_from_one_process_goes_on_behind_a_server() {
    let Some(ground) = Ground::find().await else { return };
    let mut alone = crate::server::Server::start_virtual(crate::ground::begin()).await;
    let mut telling = super::fleet::Telling::of(alone.addresses().into());
    telling.play(3).await;
    assert!(alone.terminate().await.success());
    let mut fleet = Fleet::prepared(&ground.plan());
    let export = tempfile::NamedTempFile::new().unwrap();
    let file = export.path().to_string_lossy().into_owned();
    let data = fleet.data().to_string_lossy().into_owned();
    for words in [
        ["log", "export", "--data", &alone.data_word(), "--to", &file],
        ["log", "import", "--data", &data, "--from", &file],
    ] {
        let output = verdict(&words);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    fleet.log.launch();
    fleet.launch_services();
    fleet.ready().await;
    telling.goes_on_at(fleet.servers());
    let mut person = teller(fleet.servers(), begin(), "person");
    person.set("flag", telling.teller.made("flag").unwrap());
    let line = "flag release-hold {flag} --cause restored --reason 'it serves what it served'".to_owned();
    let looked = Scene {
        title: "Somebody looks at the copy",
        steps: vec![
            Step::Run { line: "status --settled".to_owned(), ends: Ends::Accepted, capture: None },
            Step::Run { line, ends: Ends::Accepted, capture: None },
        ],
    };
    person.play(&looked, &mut std::io::sink()).await.unwrap();
    let acknowledged = telling.end().await;
    let mut told = fleet.told(acknowledged).await;
    let mut of_the_import = Vec::new();
    for events in told.streams.events.values_mut() {
        of_the_import.extend(events.extract_if(.., |event| event.contains(r#""cause":"restored""#)));
    }
    let kinds: Vec<_> = of_the_import.iter().filter_map(|event| event.split(' ').next()).collect();
    assert_eq!(kinds, ["rollouts.Flag.FlagHeld.v1", "rollouts.Flag.HoldReleased.v1"], "{of_the_import:?}");
    println!("exported, imported and gone on: {}", told.is_the_story());
}
