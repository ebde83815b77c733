//! The entity tag of a bulk answer: strong, and known without evaluating anything.
//!
//! `"<position>-<hash>"`. The position is that of the last event of a flag and names the log, so tags of one log can be
//! ordered. The hash covers everything that an answer is made from: that position, what the flags of the set were
//! compiled from, how they are evaluated, what could not be read, what is off by hand here, whether all of it is
//! stale, and the whole context. So another version that reads more of the same log has other tags, and a caller that
//! changes gets a new one. The age alone makes no new tag.

use std::fmt::Write as _;

use actix_web::HttpRequest;
use actix_web::http::header::{ETAG, HeaderName, IF_NONE_MATCH};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use verdict_runtime::log::Position;

use crate::edge::View;
use crate::snapshot::Scope;

/// Bytes of the hash that are kept.
const HASH_BYTES: usize = 16;

/// An entity tag with its quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ETag(String);

impl ETag {
    pub(super) fn of(view: &View, scope: &Scope, context: &Map<String, Value>) -> Self {
        let View { snapshot, offs, stale } = view;
        let position =
            snapshot.changed.as_ref().map_or_else(|| "0".to_owned(), |(position, _)| position.to_string());
        let mut hash = Sha256::new();
        let mut add = |part: &[u8]| {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        };
        add(position.as_bytes());
        add(&verdict_flag_evaluator::VERSION.to_le_bytes());
        add(&snapshot.skipped.to_le_bytes());
        add(snapshot.set(scope).map_or(&[], |set| set.fingerprint().as_slice()));
        add(&[u8::from(stale.is_some())]);
        add(scope.org.as_bytes());
        add(scope.environment.as_bytes());
        // The keys of a map are in order, so equal contexts have equal texts.
        add(&serde_json::to_vec(context).unwrap_or_default());
        offs.of_scope(scope).for_each(|key| add(key.as_bytes()));
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
