//! The vault: what is secret of a sink, sealed before it is stored and opened before it is used
//! (see `docs/adr/0017-secrets-of-sinks-are-sealed-in-the-log.md`).
//!
//! Only the key is kept outside of the log. What is sealed for one sink opens for no other, and for no other purpose.

use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::{hmac, rand};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use verdict_sinks_domain::sink::Sealed;

/// What sealed texts of this form begin with.
const FORM: &str = "v1.";
/// What a signing secret begins with, as Standard Webhooks spells it.
const PREFIX: &str = "whsec_";
/// Bytes of a signing secret.
const SECRET: usize = 32;
/// Bytes of the key of a vault.
pub const KEY: usize = 32;

/// What a sealed text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Target,
    Secret,
}

/// Where a sink sends, in clear text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub url: String,
    /// Empty = none.
    pub token: String,
}

/// What went wrong with a secret. It never says what the secret is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    #[error("this process has no key for secrets: sinks.key_file names one")]
    Locked,
    #[error("the secret was sealed with another key than the one in sinks.key_file, or was changed since")]
    Foreign,
    #[error("the generator of secrets failed")]
    NoRandomness,
}

/// See the module. Its clones share the key.
#[derive(Clone)]
pub struct Vault {
    /// `None` = it is locked.
    key: Option<Arc<RandomizedNonceKey>>,
}

impl Vault {
    /// Seals with `key`.
    pub fn new(key: &[u8; KEY]) -> Result<Self, VaultError> {
        let key = RandomizedNonceKey::new(&AES_256_GCM, key).map_err(|_| VaultError::Foreign)?;
        Ok(Self { key: Some(Arc::new(key)) })
    }

    /// Without a key: it seals and opens nothing.
    pub const fn locked() -> Self {
        Self { key: None }
    }

    /// A key from the secure generator.
    pub fn new_key() -> Result<[u8; KEY], VaultError> {
        let mut key = [0; KEY];
        rand::fill(&mut key).map_err(|_| VaultError::NoRandomness)?;
        Ok(key)
    }

    /// A signing secret from the secure generator, as people copy it: `whsec_...`.
    pub fn new_secret() -> Result<String, VaultError> {
        let mut secret = [0; SECRET];
        rand::fill(&mut secret).map_err(|_| VaultError::NoRandomness)?;
        Ok(format!("{PREFIX}{}", STANDARD.encode(secret)))
    }

    /// Seals a text of the sink with this id.
    pub fn seal(&self, sink: &str, purpose: Purpose, text: &str) -> Result<Sealed, VaultError> {
        let key = self.key.as_ref().ok_or(VaultError::Locked)?;
        let mut sealed = text.as_bytes().to_vec();
        let nonce = key.seal_in_place_append_tag(Aad::from(about(sink, purpose)), &mut sealed);
        let nonce = nonce.map_err(|_| VaultError::NoRandomness)?;
        let bytes = [&nonce.as_ref()[..], &sealed[..]].concat();
        Ok(Sealed(format!("{FORM}{}", STANDARD.encode(bytes))))
    }

    /// What was sealed for this sink and purpose.
    pub fn open(&self, sink: &str, purpose: Purpose, sealed: &Sealed) -> Result<String, VaultError> {
        let key = self.key.as_ref().ok_or(VaultError::Locked)?;
        let bytes = sealed.0.strip_prefix(FORM).and_then(|text| STANDARD.decode(text).ok());
        let mut bytes = bytes.filter(|bytes| bytes.len() > NONCE_LEN).ok_or(VaultError::Foreign)?;
        let mut sealed = bytes.split_off(NONCE_LEN);
        let nonce = Nonce::try_assume_unique_for_key(&bytes).map_err(|_| VaultError::Foreign)?;
        let opened = key.open_in_place(nonce, Aad::from(about(sink, purpose)), &mut sealed);
        let opened = opened.map_err(|_| VaultError::Foreign)?;
        String::from_utf8(opened.to_vec()).map_err(|_| VaultError::Foreign)
    }

    /// Seals where a sink sends.
    pub fn seal_address(&self, sink: &str, address: &Address) -> Result<Sealed, VaultError> {
        // Two texts: JSON cannot fail.
        let text = serde_json::to_string(address).unwrap_or_default();
        self.seal(sink, Purpose::Target, &text)
    }

    /// Where a sink sends.
    pub fn open_address(&self, sink: &str, sealed: &Sealed) -> Result<Address, VaultError> {
        let text = self.open(sink, Purpose::Target, sealed)?;
        serde_json::from_str(&text).map_err(|_| VaultError::Foreign)
    }
}

/// What a sealed text is bound to.
fn about(sink: &str, purpose: Purpose) -> String {
    let purpose = match purpose {
        Purpose::Target => "target",
        Purpose::Secret => "secret",
    };
    format!("sinks.sink-{sink}/{purpose}")
}

/// A signature of Standard Webhooks, `v1,<base64>`, over what is sent.
pub fn signature(secret: &str, letter: &str, seconds: i64, body: &[u8]) -> Result<String, VaultError> {
    let key =
        STANDARD.decode(secret.strip_prefix(PREFIX).unwrap_or(secret)).map_err(|_| VaultError::Foreign)?;
    let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
    let signed = [format!("{letter}.{seconds}.").as_bytes(), body].concat();
    Ok(format!("v1,{}", STANDARD.encode(hmac::sign(&key, &signed))))
}

#[cfg(test)]
mod tests;
