//! The part of the broker's management API that the fixture needs: virtual hosts.

use std::time::Duration;

use super::SERVER;
use crate::servers::Unavailable;

/// How long one request may take.
const DEADLINE: Duration = Duration::from_secs(20);

/// The management API of one broker.
#[derive(Debug, Clone)]
pub(super) struct Management {
    url: String,
    user: String,
    password: String,
}

impl Management {
    pub(super) fn new(url: String, user: &str, password: &str) -> Self {
        Self { url, user: user.to_owned(), password: password.to_owned() }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Whether the broker has finished its start: its listeners are the last thing that it opens.
    pub(super) async fn answers(&self) -> bool {
        let answer = self.send(reqwest::Method::GET, "/api/health/checks/protocol-listener/amqp").await;
        answer.is_ok()
    }

    /// Makes a virtual host, which its maker may use.
    pub(super) async fn make_vhost(&self, vhost: &str) -> Result<(), Unavailable> {
        let made = self.send(reqwest::Method::PUT, &format!("/api/vhosts/{vhost}")).await;
        made.map_err(|error| {
            Unavailable::new(SERVER, format!("no virtual host through {}: {error}", self.url))
        })
    }

    /// Removes it from a destructor, which cannot wait otherwise than on a thread of its own.
    pub(super) fn remove_vhost_and_wait(&self, vhost: &str) {
        let (management, path) = (self.clone(), format!("/api/vhosts/{vhost}"));
        let remove = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
            runtime.block_on(management.send(reqwest::Method::DELETE, &path)).ok()
        };
        // A virtual host that stays is empty and harms nobody.
        drop(std::thread::spawn(remove).join());
    }

    async fn send(&self, method: reqwest::Method, path: &str) -> reqwest::Result<()> {
        let client = reqwest::Client::builder().timeout(DEADLINE).build()?;
        let request = client.request(method, format!("{}{path}", self.url));
        let answer = request.basic_auth(&self.user, Some(&self.password)).send().await?;
        answer.error_for_status().map(drop)
    }
}
