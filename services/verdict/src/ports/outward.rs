//! How notices leave this process: where they may go, and the key that seals what is secret of a sink.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use verdict_adapters::courier::{HttpCourier, OfMachine};
use verdict_sinks::Outward;
use verdict_sinks::vault::{KEY, Vault};
use verdict_sinks_domain::address::Network;

/// Section `sinks`: where people are told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sinks {
    /// Networks that are not public and may be sent to, as `10.0.0.0/8`.
    pub allow: Vec<String>,
    /// File with the key that seals secrets; every replica needs the same. Absent = `sinks.key` in the data directory.
    pub key_file: Option<PathBuf>,
}

/// Where the key lies in a data directory.
pub const KEY_FILE: &str = "sinks.key";

/// The way out as it is configured. Without a file of its own the key lies in the data directory, and is made at the first
/// start.
pub fn open(config: &Sinks, data: Option<&Path>) -> anyhow::Result<Outward> {
    let allowed = config.allow.iter().map(|text| text.parse::<Network>().context("sinks.allow"));
    let allowed = allowed.collect::<anyhow::Result<Vec<_>>>()?;
    let key = match (&config.key_file, data) {
        (Some(file), _) => read(file).with_context(|| format!("sinks.key_file {}", file.display()))?,
        (None, Some(data)) => {
            kept(data).with_context(|| format!("cannot keep the key of sinks in {}", data.display()))?
        }
        (None, None) => bail!(
            "sinks keep secrets: sinks.key_file names the file with their key, the same for every replica, or --data a \
             directory for one"
        ),
    };
    Ok(Outward {
        courier: Arc::new(HttpCourier::new(&allowed, Arc::new(OfMachine))),
        vault: Vault::new(&key)?,
    })
}

/// The key in a file that is there.
fn read(file: &Path) -> anyhow::Result<[u8; KEY]> {
    let mut bytes = Vec::new();
    let most = u64::try_from(KEY)? + 1;
    File::open(file)?.take(most).read_to_end(&mut bytes)?;
    bytes
        .try_into()
        .map_err(|_| anyhow::anyhow!("a key is {KEY} bytes, as `head -c {KEY} /dev/urandom` makes them"))
}

/// The key in a directory, which is made, for its owner alone, where it is not there. Of two that make it at once one wins,
/// and nobody reads half of it.
fn kept(directory: &Path) -> anyhow::Result<[u8; KEY]> {
    let file = directory.join(KEY_FILE);
    if file.exists() {
        return read(&file);
    }
    std::fs::create_dir_all(directory)?;
    let mut made = NamedTempFile::new_in(directory)?;
    made.write_all(&Vault::new_key()?)?;
    made.as_file().sync_all()?;
    match made.persist_noclobber(&file) {
        Err(taken) if taken.error.kind() != ErrorKind::AlreadyExists => Err(taken.error.into()),
        Ok(_) | Err(_) => read(&file),
    }
}

#[cfg(test)]
mod tests;
