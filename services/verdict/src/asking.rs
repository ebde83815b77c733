//! How this program asks over HTTP.

use reqwest::ClientBuilder;

/// A client of `address`. Whom to trust is read from the machine only where that matters: one that has nothing to trust can
/// ask its own processes all the same.
pub fn client(address: &str) -> ClientBuilder {
    let builder = reqwest::Client::builder();
    if address.starts_with("https://") { builder } else { builder.tls_certs_only([]) }
}
