//! The configuration of `verdict up`: defaults, a TOML file, the environment, flags.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use verdict_runtime::config::Http;
use verdict_runtime::telemetry;

/// Everything that can be configured.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    pub http: Http,
    pub grpc: Grpc,
    pub log: LogServer,
    pub data: Data,
    pub telemetry: telemetry::Config,
}

/// Section `grpc`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Grpc {
    /// Address and port for commands; absent = none are taken over a socket.
    pub listen: Option<String>,
}

/// Section `log`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogServer {
    /// Address and port at which other processes reach the log; absent = it is not served.
    pub listen: Option<String>,
}

/// Section `data`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Data {
    /// Directory that keeps the state; absent = a fresh temporary one.
    pub directory: Option<PathBuf>,
    /// Largest size of the log in pages of 4 KiB; absent = no limit.
    pub max_page_count: Option<u32>,
}

#[cfg(test)]
mod tests {
    use verdict_runtime::config::{Layers, load};

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
        std::fs::write(&file, "[http]\nlisten = \"127.0.0.1:1\"\n[grpc]\nlisten = \"127.0.0.1:2\"\n")
            .unwrap();
        let flags = serde_json::json!({ "http": { "listen": "127.0.0.1:3" } });
        let config: Config = load(Layers { file: Some(&file), flags: &flags }).unwrap();
        assert_eq!(
            (config.http.listen.as_str(), config.grpc.listen.as_deref()),
            ("127.0.0.1:3", Some("127.0.0.1:2"))
        );
    }
}
