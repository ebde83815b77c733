//! Who may read and write streams: everybody, users with passwords, or bearers of a token.
//!
//! Whoever is let in may do everything; streams have no owners here.

use std::fmt;
use std::sync::Arc;

use tonic::service::Interceptor;
use tonic::{Request, Status};

use super::status;

/// A text that never shows in a log line.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps `text` out of every output.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Someone with a password.
#[derive(Debug, Clone)]
pub struct User {
    pub name: String,
    pub password: Secret,
}

/// What a caller has to show.
#[derive(Debug, Clone, Default)]
pub enum Auth {
    /// Nothing.
    #[default]
    None,
    /// The name and password of one of these.
    Basic(Vec<User>),
    /// One of these tokens.
    Bearer(Vec<Secret>),
}

/// Looks at the `authorization` header of every call.
#[derive(Debug, Clone)]
pub(super) struct Gate {
    /// The headers that are let in; everybody is when absent.
    accepted: Option<Arc<[Secret]>>,
}

impl Gate {
    pub(super) fn new(auth: &Auth) -> Self {
        let accepted = match auth {
            Auth::None => None,
            Auth::Basic(users) => Some(users.iter().map(basic).collect()),
            Auth::Bearer(tokens) => Some(tokens.iter().map(|token| header("Bearer", &token.0)).collect()),
        };
        Self { accepted }
    }
}

impl Interceptor for Gate {
    fn call(&mut self, request: Request<()>) -> Result<Request<()>, Status> {
        let Some(accepted) = &self.accepted else { return Ok(request) };
        let Some(shown) = request.metadata().get("authorization") else {
            return Err(status::access_denied());
        };
        // Every header is compared, and each to its end, so that the time tells nothing about them.
        let known = |known: &Secret| usize::from(same(known.0.as_bytes(), shown.as_bytes()));
        if accepted.iter().map(known).sum::<usize>() > 0 {
            Ok(request)
        } else {
            Err(Status::unauthenticated("the user, password or token is not known here"))
        }
    }
}

fn header(scheme: &str, credentials: &str) -> Secret {
    Secret(format!("{scheme} {credentials}"))
}

fn basic(user: &User) -> Secret {
    header("Basic", &base64(format!("{}:{}", user.name, user.password.0).as_bytes()))
}

fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}

/// The standard alphabet with padding, as headers carry it.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let six = (bits >> (18 - 6 * place) & 0x3f) as usize;
            text.push(if place <= chunk.len() { char::from(ALPHABET[six]) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests;
