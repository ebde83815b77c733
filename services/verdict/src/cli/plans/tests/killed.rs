//! Wherever applying is broken off, applying again ends as if it had never been.

use super::*;

/// The events since then, with ids of things and of commands masked: they differ from organisation to organisation.
fn masked(events: &[(String, String, String)]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut streams: Vec<&str> = events.iter().map(|(stream, ..)| stream.as_str()).collect();
    streams.sort_unstable();
    streams.dedup();
    for stream in streams {
        let of_stream: Vec<String> = events
            .iter()
            .filter(|(name, ..)| name == stream)
            .map(|(_, name, data)| format!("{name} {}", mask(data)))
            .collect();
        let category = stream.split_once('-').map_or(stream, |(category, _)| category);
        lines.push(format!("{category}\n{}", of_stream.join("\n")));
    }
    lines.sort_unstable();
    lines
}

/// Every word that reads as an id becomes one mark.
fn mask(text: &str) -> String {
    let is_id = |word: &str| {
        word.len() == 26 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    text.split('"').map(|word| if is_id(word) { "ID" } else { word }).collect::<Vec<_>>().join("\"")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn applying_that_breaks_off_anywhere_and_is_repeated_ends_as_applying_once() {
    let world = World::begin().await;
    let file = world.file("verdict.yaml", example());
    let once = world.say(&["apply", "-f", &file, "--org", "whole"]).await.fine();
    let commands = once.lines().last().unwrap().split(' ').next().unwrap();
    let commands: usize = commands.parse().unwrap();
    assert!(commands > 15, "{once}");
    let mut events = world.events().await;
    let wanted = masked(&events);
    for (deaf, word) in [(false, "mute"), (true, "deaf")] {
        for left in 0..commands {
            let org = format!("{word}-{left}");
            let words = ["apply", "-f", &file, "--org", &org];
            let way = |client| Breaking { client, left: Cell::new(left), deaf };
            let said = world.apply_through(&words, way).await.failed();
            let rest = format!(
                "{left} of {commands} commands were carried out and stay; applying the same documents again is safe, and \
                 goes on from there"
            );
            assert!(said.ends_with(&rest), "{said}");
            assert!(without(world.folder.path(), &said).starts_with("verdict.yaml:"), "{said}");
            world.say(&words).await.fine();
            let again = world.say(&words).await.fine();
            assert!(again.contains("nothing to do"), "{again}");
            let all = world.events().await;
            assert_eq!(masked(&all[events.len()..]), wanted, "broken off after {left}, {word}");
            events = all;
        }
    }
    world.platform.stop().await;
}
