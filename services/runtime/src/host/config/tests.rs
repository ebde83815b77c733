//! Which layer wins, and what a mistake in each layer says.

#![expect(clippy::result_large_err, reason = "the closures of figment's jail return its large error")]

use figment::Jail;

use super::*;
use crate::telemetry;

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Config {
    http: Http,
    lease: Lease,
    telemetry: telemetry::Config,
}

#[derive(Default, Serialize)]
struct Flags {
    #[serde(skip_serializing_if = "Option::is_none")]
    http: Option<HttpFlags>,
}

#[derive(Serialize)]
struct HttpFlags {
    listen: String,
}

fn listening(address: &str) -> Flags {
    let listen = address.to_owned();
    Flags { http: Some(HttpFlags { listen }) }
}

fn loaded(file: Option<&str>, flags: &Flags) -> Result<Config, ConfigError> {
    load(Layers { file: file.map(Path::new), flags })
}

/// The text of the error that `act` on a file with `toml` and this environment leads to.
fn mistake(toml: &str, variable: Option<(&str, &str)>) -> String {
    let mut text = String::new();
    Jail::expect_with(|jail| {
        jail.create_file("verdict.toml", toml)?;
        if let Some((name, value)) = variable {
            jail.set_env(name, value);
        }
        text = loaded(Some("verdict.toml"), &Flags::default()).unwrap_err().to_string();
        Ok(())
    });
    text
}

#[test]
fn without_any_layer_the_defaults_hold() {
    Jail::expect_with(|_| {
        assert_eq!(loaded(None, &Flags::default()), Ok(Config::default()));
        Ok(())
    });
}

#[test]
fn the_file_beats_the_default_the_environment_the_file_and_a_flag_the_environment() {
    Jail::expect_with(|jail| {
        let file = "[http]\nlisten = \"file:1\"\n[lease]\nttl_ms = 7000\n";
        jail.create_file("verdict.toml", file)?;
        let by = |flags: Flags| loaded(Some("verdict.toml"), &flags).map(|config| config.http.listen);
        assert_eq!(by(Flags::default()), Ok("file:1".to_owned()));
        jail.set_env("VERDICT__HTTP__LISTEN", "env:2");
        assert_eq!(by(Flags::default()), Ok("env:2".to_owned()));
        assert_eq!(by(listening("flag:3")), Ok("flag:3".to_owned()));
        let lease = loaded(Some("verdict.toml"), &Flags::default()).map(|config| config.lease);
        assert_eq!(lease.map(|lease| (lease.ttl_ms, lease.shards)), Ok((7000, 1)));
        Ok(())
    });
}

#[test]
fn an_unknown_key_in_the_file_is_named_with_the_file() {
    let text = mistake("[http]\nport = 1\n", None);
    assert!(text.contains("port") && text.contains("verdict.toml") && text.contains("listen"), "{text}");
}

#[test]
fn an_unknown_section_in_the_environment_is_refused() {
    let text = mistake("", Some(("VERDICT__HTPP__LISTEN", "x")));
    assert!(text.contains("htpp") && text.contains("environment variable VERDICT__HTPP"), "{text}");
}

#[test]
fn a_value_of_the_wrong_kind_in_the_environment_names_the_variable() {
    let text = mistake("", Some(("VERDICT__LEASE__TTL_MS", "soon")));
    assert!(text.contains("lease.ttl_ms") && text.contains("VERDICT__LEASE__TTL_MS"), "{text}");
}

#[test]
fn a_value_where_a_section_belongs_is_refused_in_the_file_and_in_the_environment() {
    let file = mistake("http = \"127.0.0.1:0\"\n", None);
    assert!(file.contains("http is a section") && file.contains("http.listen"), "{file}");
    assert!(file.contains("verdict.toml"), "{file}");
    let variable = mistake("", Some(("VERDICT__LEASE", "7000")));
    assert!(variable.contains("lease.ttl_ms") && variable.contains("VERDICT__LEASE"), "{variable}");
    // A flag of the same section does not hide it.
    Jail::expect_with(|jail| {
        jail.create_file("verdict.toml", "http = \"127.0.0.1:0\"\n")?;
        let both = loaded(Some("verdict.toml"), &listening("flag:3"));
        assert!(matches!(both, Err(ConfigError::Invalid(_))), "{both:?}");
        Ok(())
    });
}

#[test]
fn a_variable_with_one_underscore_too_few_is_named_and_one_of_somebody_else_is_not() {
    let text = mistake("", Some(("VERDICT_HTTP_LISTEN", "x")));
    let told = "environment variable VERDICT_HTTP_LISTEN is not read: write VERDICT__HTTP__LISTEN";
    assert!(text.contains(told), "{text}");
    Jail::expect_with(|jail| {
        // What an orchestrator says about a service of the name `verdict-http`.
        jail.set_env("VERDICT_HTTP_SERVICE_HOST", "10.0.0.7");
        jail.set_env("VERDICT_HTTP", "http://127.0.0.1:7400");
        assert_eq!(loaded(None, &Flags::default()), Ok(Config::default()));
        Ok(())
    });
}

#[test]
fn a_file_that_was_named_must_be_there() {
    Jail::expect_with(|_| {
        let missing = loaded(Some("absent.toml"), &Flags::default());
        assert_eq!(missing, Err(ConfigError::NoFile(PathBuf::from("absent.toml"))));
        Ok(())
    });
}

#[test]
fn a_lease_below_its_limits_is_refused_and_one_at_them_is_accepted() {
    let lease = |ttl_ms, shards| Lease { ttl_ms, shards };
    assert_eq!(lease(1_000, 1).validate(), Ok(()));
    assert!(lease(999, 1).validate().is_err());
    assert!(lease(1_000, 0).validate().is_err());
}
