use verdict_runtime::config::{Layers, load, load_over};

use super::*;

#[test]
fn a_key_that_no_section_knows_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("verdict.toml");
    std::fs::write(&file, "[grpc]\nlissten = \"127.0.0.1:0\"\n").unwrap();
    let nothing = serde_json::json!({});
    let error = load::<Config, _>(Layers { file: Some(&file), flags: &nothing }).unwrap_err().to_string();
    assert!(error.contains("lissten") && error.contains("verdict.toml"), "{error}");
}

#[test]
fn flags_win_over_the_file() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("verdict.toml");
    std::fs::write(&file, "[http]\nlisten = \"127.0.0.1:1\"\n[grpc]\nlisten = \"127.0.0.1:2\"\n").unwrap();
    let flags = serde_json::json!({ "http": { "listen": "127.0.0.1:3" } });
    let config: Config = load(Layers { file: Some(&file), flags: &flags }).unwrap();
    assert_eq!(
        (config.http.listen.as_str(), config.grpc.listen.as_deref()),
        ("127.0.0.1:3", Some("127.0.0.1:2"))
    );
}

#[test]
fn peers_that_a_file_names_replace_those_of_this_machine() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("verdict.toml");
    std::fs::write(&file, "[peers]\nbets = [\"http://a:1\", \"http://b:1\"]\n").unwrap();
    let nothing = serde_json::json!({});
    let layers = Layers { file: Some(&file), flags: &nothing };
    let config = load_over(&Config::of(Service::Gtm), layers).unwrap();
    let peers = config.peers.by_service();
    assert_eq!(peers[&Service::Bets], ["http://a:1", "http://b:1"]);
    assert_eq!(peers[&Service::Flags], ["http://127.0.0.1:7451"]);
    assert_eq!(config.http.listen, "127.0.0.1:7440");
}

#[test]
fn c34_a_file_says_how_long_observations_are_kept() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("verdict.toml");
    let nothing = serde_json::json!({});
    let kept = |text: &str| {
        std::fs::write(&file, text).unwrap();
        let config: Config = load(Layers { file: Some(&file), flags: &nothing }).unwrap();
        config.observations.retention()
    };
    assert_eq!(kept("[observations]\nretention_days = 90\n"), Some(Duration::from_hours(24 * 90)));
    assert_eq!(kept(""), None);
}

#[test]
fn a_file_says_how_streams_are_offered_and_what_is_none_is_named_with_its_key() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("verdict.toml");
    let nothing = serde_json::json!({});
    let streams = |text: &str| {
        std::fs::write(&file, format!("[flags]\n{text}\n")).unwrap();
        let config: Config = load(Layers { file: Some(&file), flags: &nothing }).unwrap();
        config.flags.streams().map_err(|error| format!("{error:#}"))
    };
    assert_eq!(streams(""), Ok(StreamOptions::default()));
    let all = "path_prefix = \"/edge/\"\nstreams_max = 0\nstream_heartbeat_seconds = 25\nstream_inactivity_seconds = 1";
    let wanted = StreamOptions {
        most: 0,
        heartbeat: Duration::from_secs(25),
        inactivity: Duration::from_secs(1),
        prefix: Some("/edge".parse().unwrap()),
    };
    assert_eq!(streams(all), Ok(wanted));
    for (text, why) in [
        ("stream_heartbeat_seconds = 26", "flags.stream_heartbeat_seconds is 26; it is 1 to 25 seconds"),
        ("stream_heartbeat_seconds = 0", "flags.stream_heartbeat_seconds is 0; it is 1 to 25 seconds"),
        ("stream_inactivity_seconds = 0", "flags.stream_inactivity_seconds is 0; it is 1 to 86400 seconds"),
        ("path_prefix = \"edge\"", "flags.path_prefix: 'edge' is no beginning of a path such as /flags"),
    ] {
        assert_eq!(streams(text), Err(why.to_owned()));
    }
}
