//! Configuration in layers: defaults, then a TOML file, then the environment, then flags. The later wins.
//!
//! A role has one struct with one field per section; [`load`] fills it. An environment variable names section
//! and key: `VERDICT__HTTP__LISTEN`. A key that no section knows is an error, wherever it comes from.

use std::path::{Path, PathBuf};
use std::time::Duration;

use figment::providers::{Env, Format as _, Serialized, Toml};
use figment::value::{Dict, Value};
use figment::{Figment, Provider};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

mod words;

#[cfg(test)]
mod tests;

/// Beginning of every environment variable that is read.
pub const ENV_PREFIX: &str = "VERDICT__";
/// Beginning of variables that somebody may have meant to be read.
const SHORT_PREFIX: &str = "VERDICT_";

/// A configuration that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    #[error("there is no configuration file {}", .0.display())]
    NoFile(PathBuf),
    /// One line per mistake, each with the key and where it was set.
    #[error("the configuration is not valid: {}", .0.join("; "))]
    Invalid(Vec<String>),
}

/// The layers of one configuration.
#[derive(Debug, Clone, Copy)]
pub struct Layers<'a, F> {
    /// The TOML file; `None` = none was named.
    pub file: Option<&'a Path>,
    /// What was given on the command line; absent flags must be skipped when it is serialised.
    pub flags: &'a F,
}

/// Fills a `C` from its defaults and the layers over it. Does not judge what the values mean: each section has
/// a `validate` for that.
pub fn load<C, F>(layers: Layers<'_, F>) -> Result<C, ConfigError>
where
    C: Default + Serialize + DeserializeOwned,
    F: Serialize,
{
    load_over(&C::default(), layers)
}

/// The same over defaults of the caller's own.
pub fn load_over<C, F>(defaults: &C, layers: Layers<'_, F>) -> Result<C, ConfigError>
where
    C: Serialize + DeserializeOwned,
    F: Serialize,
{
    let known = Serialized::defaults(defaults);
    let mut mistakes = Vec::new();
    let mut figment = Figment::from(known);
    if let Some(file) = layers.file {
        if !file.is_file() {
            return Err(ConfigError::NoFile(file.to_owned()));
        }
        let toml = Toml::file_exact(file);
        mistakes.extend(misplaced(&figment, &toml, &|_| format!("file {}", file.display())));
        figment = figment.merge(toml);
    }
    let environment = Env::prefixed(ENV_PREFIX).split("__");
    mistakes.extend(misspelt(&figment));
    mistakes.extend(misplaced(&figment, &environment, &|path| variable(path)));
    if !mistakes.is_empty() {
        return Err(ConfigError::Invalid(mistakes));
    }
    figment
        .merge(environment)
        .merge(Serialized::defaults(layers.flags))
        .extract()
        .map_err(|error| ConfigError::Invalid(error.into_iter().map(|mistake| explain(&mistake)).collect()))
}

/// Values that a layer puts where a section belongs. A later layer that adds a key to the section would hide them, so
/// they are looked for before the layers are merged. What cannot be read at all is found when they are.
fn misplaced(known: &Figment, layer: &impl Provider, from: &dyn Fn(&str) -> String) -> Vec<String> {
    let (Ok(known), Ok(given)) = (known.extract::<Dict>(), layer.data()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for dict in given.values() {
        not_sections(&known, dict, "", from, &mut found);
    }
    found
}

fn not_sections(
    known: &Dict,
    given: &Dict,
    above: &str,
    from: &dyn Fn(&str) -> String,
    found: &mut Vec<String>,
) {
    for (key, value) in given {
        let Some(Value::Dict(_, section)) = known.get(key) else { continue };
        let path = format!("{above}{key}");
        if let Value::Dict(_, given) = value {
            not_sections(section, given, &format!("{path}."), from, found);
        } else {
            let keys: Vec<_> = section.keys().map(|key| format!("{path}.{key}")).collect();
            let keys = if keys.is_empty() { "keys".to_owned() } else { keys.join(", ") };
            found.push(format!(
                "{path} is a section and holds {keys}; it is no value itself (from {})",
                from(&path)
            ));
        }
    }
}

/// Variables that name a section and a key of it with one underscore between, and so would pass unread. Other names that
/// begin alike are not ours: an orchestrator makes them of the names of its services.
fn misspelt(known: &Figment) -> Vec<String> {
    let Ok(known) = known.extract::<Dict>() else { return Vec::new() };
    let given = Env::prefixed(SHORT_PREFIX);
    let given = given.iter().map(|(name, _)| name.as_str().to_lowercase());
    let meant = given.filter_map(|name| {
        let (section, key) = known.iter().find_map(|(section, value)| {
            let key = name.strip_prefix(section)?.strip_prefix('_')?;
            matches!(value, Value::Dict(_, keys) if keys.contains_key(key)).then_some((section, key))
        })?;
        let written = format!("{SHORT_PREFIX}{}", name.to_uppercase());
        let meant = variable(&format!("{section}.{key}"));
        Some(format!(
            "environment variable {written} is not read: write {}",
            meant.trim_start_matches("environment variable ")
        ))
    });
    meant.collect()
}

fn variable(path: &str) -> String {
    format!("environment variable {ENV_PREFIX}{}", path.to_uppercase().replace('.', "__"))
}

fn explain(mistake: &figment::Error) -> String {
    let path = mistake.path.join(".");
    let from = match mistake.metadata.as_ref().map(|metadata| (&metadata.name, &metadata.source)) {
        Some((_, Some(figment::Source::File(file)))) => format!("file {}", file.display()),
        Some((name, _)) if name.contains("environment") => variable(&path),
        Some((_, _)) => "the command line".to_owned(),
        None => "the defaults".to_owned(),
    };
    format!("{} (from {from})", words::said(&mistake.kind, &mistake.path))
}

/// Section `http`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Http {
    /// Address and port; port 0 = any free port.
    pub listen: String,
    /// Whether the address may be other than loopback, although nobody is asked who they are.
    pub anywhere: bool,
}

impl Default for Http {
    fn default() -> Self {
        Self { listen: "127.0.0.1:7400".to_owned(), anywhere: false }
    }
}

/// Section `lease`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lease {
    /// How long a holder that says nothing is believed to be alive, in milliseconds, at least 1,000.
    pub ttl_ms: u32,
    /// Equal shares that processes and evaluation are cut into, at least 1.
    pub shards: u32,
}

impl Default for Lease {
    fn default() -> Self {
        Self { ttl_ms: 5_000, shards: 1 }
    }
}

impl Lease {
    /// The time to live. Fails like [`Self::validate`].
    pub fn ttl(&self) -> Result<Duration, ConfigError> {
        self.validate()?;
        Ok(Duration::from_millis(self.ttl_ms.into()))
    }

    /// Fails with a sentence about the first value that is out of range.
    pub fn validate(&self) -> Result<(), ConfigError> {
        let mistake = match self {
            Self { ttl_ms: ..1_000, .. } => {
                format!("lease.ttl_ms is {}, and must be at least 1000", self.ttl_ms)
            }
            Self { shards: 0, .. } => "lease.shards is 0, and must be at least 1".to_owned(),
            Self { .. } => return Ok(()),
        };
        Err(ConfigError::Invalid(vec![mistake]))
    }
}
