//! Tells the story to a running platform: each line as a person would type it, each answer held against what
//! the story says it must be.

use std::collections::HashMap;
use std::io::Write;
use std::time::Duration;

use futures::future::LocalBoxFuture;
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::asking;
use crate::failure::Failure;
use crate::platform::Addresses;
use crate::story::{Ends, FLAG, SERIES, Scene, Step};

/// Users that are looked at before the search for one inside the percentage is given up.
const CANDIDATES: u32 = 500;

/// Where a platform listens whose services may be processes of their own.
#[derive(Debug, Clone)]
pub struct Servers {
    /// Values of `--server`.
    pub commands: Vec<String>,
    /// HTTP address that takes observations.
    pub observations: String,
    /// HTTP address that answers for flags.
    pub flags: String,
}

impl From<&Addresses> for Servers {
    fn from(addresses: &Addresses) -> Self {
        Self {
            commands: addresses.grpc.iter().cloned().collect(),
            observations: addresses.http.clone(),
            flags: addresses.http.clone(),
        }
    }
}

/// Carries out a line, the program its first word, and writes what a person would read.
pub type CommandLine = for<'a> fn(Vec<String>, &'a mut dyn Write) -> LocalBoxFuture<'a, Result<(), Failure>>;

/// Plays scenes on one platform and remembers what they made.
pub struct Teller {
    command_line: CommandLine,
    servers: Servers,
    /// Command ids derive from it, so a story that is told again has the effect of one.
    name: Uuid,
    step: u32,
    made: HashMap<String, String>,
    acknowledged: Vec<String>,
    /// Seconds for which an unreachable platform is tried again.
    patience: u64,
    asking: reqwest::Client,
}

impl Teller {
    /// A teller for the platform at `servers`; `name` tells stories apart, `at` is when this one began.
    pub fn new(command_line: CommandLine, servers: impl Into<Servers>, at: Timestamp, name: &str) -> Self {
        Self {
            command_line,
            servers: servers.into(),
            name: Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("verdict/{name}/{at}").as_bytes()),
            step: 0,
            made: HashMap::new(),
            acknowledged: Vec::new(),
            patience: 10,
            asking: asking::client("http://").build().unwrap_or_default(),
        }
    }

    /// Tries an unreachable platform again for so many seconds.
    #[must_use]
    pub fn with_patience(mut self, seconds: u64) -> Self {
        self.patience = seconds;
        self
    }

    /// Goes on with another platform, which has the same past.
    pub fn turn_to(&mut self, servers: impl Into<Servers>) {
        self.servers = servers.into();
    }

    /// Ids of the commands that were acknowledged with events.
    pub fn acknowledged(&self) -> &[String] {
        &self.acknowledged
    }

    /// Gives the placeholder `{name}` a value.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.made.insert(name.to_owned(), value.into());
    }

    /// What a step of the story made, or a search found.
    pub fn made(&self, name: &str) -> Option<&str> {
        self.made.get(name).map(String::as_str)
    }

    /// Whether the platform already holds bets.
    pub async fn is_told(&mut self) -> Result<bool, Failure> {
        let mut answer = Vec::new();
        self.carry_out("bet list -o name", &mut answer).await?;
        Ok(!answer.is_empty())
    }

    /// Plays one scene; fails at the first answer that is not what the story says.
    pub async fn play(&mut self, scene: &Scene, out: &mut dyn Write) -> Result<(), Failure> {
        writeln!(out, "\n== {}", scene.title)?;
        out.flush()?;
        for step in &scene.steps {
            match step {
                Step::Run { line, ends, capture } => self.run(line, *ends, *capture, out).await?,
                Step::Ask { who, account, variant } => {
                    self.settle().await?;
                    let who = self.filled(who);
                    let (found, position) = self.ask(&who, account).await?;
                    writeln!(out, "? {FLAG} for {who}{} -> {found}", of(account))?;
                    if found != *variant {
                        let account = of(account);
                        return Err(unexpected(
                            &format!("{FLAG} for {who}{account} at {position}"),
                            variant,
                            &found,
                        ));
                    }
                }
                Step::FindUser { capture } => {
                    self.settle().await?;
                    let user = self.find().await?;
                    writeln!(out, "? {FLAG} for {user} -> on: {user} is in the Beta")?;
                    self.set(capture, user);
                }
            }
            out.flush()?;
        }
        Ok(())
    }

    /// Carries one line out, whatever comes of it, and lets the platform finish what that led to. Returns what was printed.
    pub async fn say(&mut self, line: &str) -> (String, Result<(), Failure>) {
        let line = self.filled(line);
        let mut answer = Vec::new();
        let outcome = self.carry_out(&line, &mut answer).await.map(|_| ());
        let settled = self.settle().await;
        (String::from_utf8_lossy(&answer).into_owned(), outcome.and(settled))
    }

    async fn run(
        &mut self,
        line: &str,
        ends: Ends,
        capture: Option<&str>,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let line = self.filled(line);
        writeln!(out, "$ verdict {line}")?;
        let mut answer = Vec::new();
        let outcome = self.carry_out(&line, &mut answer).await;
        self.settle().await?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        write!(out, "{answer}")?;
        match (outcome, ends) {
            (Ok(command_id), Ends::Accepted) => {
                if led_to_events(&answer) {
                    self.acknowledged.push(command_id.to_string());
                }
            }
            (Err(Failure::Refused), Ends::Refused(rule))
                if answer.starts_with(&format!("refused {rule}:")) => {}
            (Err(Failure::Refused) | Ok(_), ends) => {
                return Err(unexpected(
                    &line,
                    &format!("{ends:?}"),
                    answer.lines().next().unwrap_or("nothing"),
                ));
            }
            (Err(failure), _) => return Err(failure),
        }
        if let Some(name) = capture {
            let id = answer.split_whitespace().next().unwrap_or_default().to_owned();
            self.set(name, id);
        }
        Ok(())
    }

    /// Lets the platform finish what the last line led to.
    async fn settle(&mut self) -> Result<(), Failure> {
        self.words(&["status", "--settled"], Uuid::nil(), &mut std::io::sink()).await
    }

    /// Carries one line out. Its command id is the number of the line in this story.
    async fn carry_out(&mut self, line: &str, answer: &mut dyn Write) -> Result<Uuid, Failure> {
        self.step += 1;
        let command_id = Uuid::new_v5(&self.name, &self.step.to_be_bytes());
        let mut words = split(line);
        if line.starts_with("metric observe") || line.starts_with("metric replay") {
            words.extend(["--http".to_owned(), self.servers.observations.clone()]);
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.words(&words, command_id, answer).await?;
        Ok(command_id)
    }

    async fn words(&self, words: &[&str], command_id: Uuid, answer: &mut dyn Write) -> Result<(), Failure> {
        let (id, patience) = (command_id.to_string(), self.patience.to_string());
        let always = ["--command-id", &id, "--deadline", &patience];
        let servers = self.servers.commands.iter().flat_map(|server| ["--server", server.as_str()]);
        let words = std::iter::once("verdict").chain(words.iter().copied()).chain(always).chain(servers);
        (self.command_line)(words.map(str::to_owned).collect(), answer).await
    }

    fn filled(&self, text: &str) -> String {
        self.made
            .iter()
            .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// Asks over OFREP which variant `who` of `account` gets, and at which position that was answered.
    async fn ask(&self, who: &str, account: &str) -> Result<(String, String), Failure> {
        let context = if account.is_empty() {
            json!({ "targetingKey": who })
        } else {
            json!({ "targetingKey": who, "accountId": account })
        };
        let url = format!("{}/ofrep/v1/evaluate/flags/{FLAG}", self.servers.flags);
        let body = json!({ "context": context });
        let deadline = Duration::from_secs(self.patience);
        let attempts = async {
            loop {
                match self.evaluate(&url, &body).await {
                    Ok(answer) => return answer,
                    Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                }
            }
        };
        let late = |_| Failure::unavailable(format!("no answer from {url}"));
        let answer = tokio::time::timeout(deadline, attempts).await.map_err(late)?;
        let variant = answer["variant"].as_str().unwrap_or("none").to_owned();
        Ok((variant, answer["metadata"]["position"].as_str().unwrap_or_default().to_owned()))
    }

    /// One attempt. An answer that breaks off is none: the platform may have died over it.
    async fn evaluate(&self, url: &str, body: &Value) -> reqwest::Result<Value> {
        let response = self.asking.post(url).json(body).send().await?;
        response.error_for_status()?.json().await
    }

    async fn find(&self) -> Result<String, Failure> {
        for number in 1..=CANDIDATES {
            let user = format!("user-{number}");
            if self.ask(&user, "").await?.0 == "on" {
                return Ok(user);
            }
        }
        Err(unexpected("the search for a user in the Beta", "one", "none"))
    }
}

/// Whether an answer is the line of a command that led to something: id, version, events.
fn led_to_events(answer: &str) -> bool {
    let mut words = answer.lines().next().unwrap_or_default().split_whitespace();
    let id = words.next().is_some_and(|word| word.len() == 26);
    let version = words.next().is_some_and(|word| word.starts_with('v'));
    id && version && words.next().is_some_and(|word| word != "nothing")
}

fn of(account: &str) -> String {
    if account.is_empty() { String::new() } else { format!(" of {account}") }
}

fn unexpected(what: &str, wanted: &str, found: &str) -> Failure {
    Failure::Fault(format!("the story went wrong at '{what}': wanted {wanted}, found {found}"))
}

/// The words of a line; single quotes keep words together.
pub fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split('\'').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// The placeholder of the recorded series without its braces.
pub fn series_name() -> &'static str {
    SERIES.trim_matches(['{', '}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_keep_words_together() {
        assert_eq!(split("bet propose --title 'One page' x"), ["bet", "propose", "--title", "One page", "x"]);
    }
}
