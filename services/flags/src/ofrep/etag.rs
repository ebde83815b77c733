//! The entity tag of a bulk answer: strong, and known without evaluating anything.
//!
//! `"<position>-<hash>"`. The position is that of the last event of a flag, so tags of one log can be ordered;
//! the hash covers that position, the flag set and the whole context, so a caller that changes gets a new tag.

use std::fmt::Write as _;

use actix_web::HttpRequest;
use actix_web::http::header::{ETAG, HeaderName, IF_NONE_MATCH};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use verdict_runtime::log::Position;

use crate::snapshot::{Scope, Snapshot};

/// Bytes of the hash that are kept.
const HASH_BYTES: usize = 16;

/// An entity tag with its quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ETag(String);

impl ETag {
    pub(super) fn of(snapshot: &Snapshot, scope: &Scope, context: &Map<String, Value>) -> Self {
        let position =
            snapshot.changed.as_ref().map_or_else(|| "0".to_owned(), |(position, _)| position.to_string());
        // The keys of a map are in order, so equal contexts have equal texts.
        let context = serde_json::to_vec(context).unwrap_or_default();
        let mut hash = Sha256::new();
        for part in [position.as_bytes(), scope.org.as_bytes(), scope.environment.as_bytes(), &context] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let mut tag = format!("\"{position}-");
        for byte in hash.finalize().iter().take(HASH_BYTES) {
            write!(tag, "{byte:02x}").unwrap_or_default();
        }
        tag.push('"');
        Self(tag)
    }

    pub(super) fn header(&self) -> (HeaderName, String) {
        (ETAG, self.0.clone())
    }

    /// Whether the caller has the answer with this tag already.
    pub(super) fn is_known_to(&self, request: &HttpRequest) -> bool {
        request
            .headers()
            .get_all(IF_NONE_MATCH)
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(|tag| tag.trim().trim_start_matches("W/"))
            .any(|tag| tag == self.0 || tag == "*")
    }
}

/// The position in an announced tag, with or without quotation marks.
pub(super) fn position(tag: &str) -> Option<Position> {
    let tag = tag.trim().trim_start_matches("W/").trim_matches('"');
    tag.rsplit_once('-').map_or(tag, |(position, _)| position).parse().ok()
}
