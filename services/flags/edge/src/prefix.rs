//! Where a proxy serves an edge. Clients resolve what an answer names against the origin alone, so a path has to say
//! everything that the proxy takes away.

use std::fmt;
use std::str::FromStr;

use actix_web::HttpRequest;

/// What proxies that strip a prefix call it.
const HEADER: &str = "X-Forwarded-Prefix";
/// Longest prefix.
const MAX_BYTES: usize = 200;

/// The beginning of a path: `/flags`, `/a/b`; empty at the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathPrefix(String);

/// The text is no beginning of a path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no beginning of a path such as /flags")]
pub struct InvalidPrefix(String);

impl FromStr for PathPrefix {
    type Err = InvalidPrefix;

    /// Nothing that a browser could take for another host, or for a step up.
    fn from_str(text: &str) -> Result<Self, InvalidPrefix> {
        let trimmed = text.strip_suffix('/').unwrap_or(text);
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
        let is_segment = |segment: &str| !["", ".", ".."].contains(&segment) && segment.bytes().all(is_plain);
        let is_prefix = match trimmed.strip_prefix('/') {
            Some(path) => path.split('/').all(is_segment),
            None => trimmed.is_empty(),
        };
        if is_prefix && trimmed.len() <= MAX_BYTES {
            Ok(Self(trimmed.to_owned()))
        } else {
            Err(InvalidPrefix(text.to_owned()))
        }
    }
}

impl PathPrefix {
    /// As the proxy says that sent `request`; empty where none says anything that can be used.
    pub(crate) fn of(request: &HttpRequest) -> Self {
        let told = request.headers().get(HEADER).and_then(|value| value.to_str().ok());
        told.and_then(|told| told.trim().parse().ok()).unwrap_or_else(|| Self(String::new()))
    }
}

impl fmt::Display for PathPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_path_is_a_prefix() {
        for (text, prefix) in
            [("", ""), ("/", ""), ("/flags", "/flags"), ("/flags/", "/flags"), ("/a/b-c.d_~9", "/a/b-c.d_~9")]
        {
            assert_eq!(text.parse::<PathPrefix>().map(|prefix| prefix.to_string()), Ok(prefix.to_owned()));
        }
        let long = format!("/{}", "x".repeat(MAX_BYTES));
        for text in [
            "flags",
            "//evil.com",
            "/a//b",
            "/..",
            "/a/../b",
            "/a?b",
            "/a#b",
            "/a b",
            "/a,/b",
            "\\x",
            "/ä",
            &long,
        ] {
            assert_eq!(text.parse::<PathPrefix>(), Err(InvalidPrefix(text.to_owned())));
        }
    }
}
