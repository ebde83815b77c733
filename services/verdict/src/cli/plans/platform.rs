//! What a platform has of the things that documents name: one look at each, with the keys of what it refers to.

use std::cell::RefCell;
use std::collections::BTreeMap;

use prost::Message;
use verdict_documents::{Content, Identity, Noun, Present};
use verdict_proto::bets::v1::BetView;
use verdict_proto::gtm::v1::LaunchView;
use verdict_proto::metrics::v1::{GuardrailView, MetricView};
use verdict_proto::rollouts::v1::{FlagView, RolloutView};
use verdict_proto::v1::{GetRequest, ManagedBy};

use super::content;
use crate::cli::client::Client;
use crate::cli::contract;
use crate::failure::Failure;

/// The way to a platform: calls by their paths.
#[expect(async_fn_in_trait, reason = "it is awaited where it is called, by one thread")]
pub trait Way {
    /// What a read answers; `None` where there is no such thing.
    async fn ask(&self, context: &str, path: &str, message: Vec<u8>) -> Result<Option<Vec<u8>>, Failure>;
    /// The reply to a command.
    async fn send(&self, context: &str, path: &str, message: Vec<u8>) -> Result<Vec<u8>, Failure>;
}

impl Way for Client {
    async fn ask(&self, context: &str, path: &str, message: Vec<u8>) -> Result<Option<Vec<u8>>, Failure> {
        self.found(context, path, message).await
    }

    async fn send(&self, context: &str, path: &str, message: Vec<u8>) -> Result<Vec<u8>, Failure> {
        self.unary(context, path, message).await
    }
}

/// A thing that the platform has.
#[derive(Debug, Clone)]
pub struct There {
    pub id: String,
    /// The word for its state.
    pub state: String,
    /// It is over, so that its key may be taken again.
    pub over: bool,
    pub present: Present,
}

impl There {
    /// What is under way, from the head of its view: id, version and state.
    fn of((id, version, state): (&str, u32, &str), keeper: Option<&ManagedBy>, content: Content) -> Self {
        let managed_by = content::keeper(keeper);
        let present = Present { version, content, managed_by, closed: false };
        Self { id: id.to_owned(), state: state.to_owned(), over: false, present }
    }

    /// What is over is closed as well.
    fn ended(self, over: bool) -> Self {
        Self { over, ..self.closed(over) }
    }

    /// Whether no document changes it any more.
    fn closed(mut self, closed: bool) -> Self {
        self.present.closed = closed;
        self
    }
}

/// Looks at the things of one organisation.
pub struct Platform<'w, W> {
    way: &'w W,
    org: &'w str,
    /// The team of what names none.
    team: &'w str,
    /// Keys of things by noun and id, as far as they were looked up.
    keys: RefCell<BTreeMap<(Noun, String, String), String>>,
}

impl<'w, W: Way> Platform<'w, W> {
    pub const fn new(way: &'w W, org: &'w str, team: &'w str) -> Self {
        Self { way, org, team, keys: RefCell::new(BTreeMap::new()) }
    }

    /// The thing of this identity, whose key is written like that.
    pub async fn there(&self, what: &Identity, written: &str) -> Result<Option<There>, Failure> {
        let team = Some(what.scope.as_str()).filter(|team| !team.is_empty()).unwrap_or(self.team);
        match what.noun {
            Noun::Metric => {
                let view: Option<MetricView> = self.view(Noun::Metric, team, written).await?;
                view.map(|view| metric(&view)).transpose()
            }
            Noun::Flag => {
                let named = format!("{}/{written}", what.scope);
                let view: Option<FlagView> = self.view(Noun::Flag, team, &named).await?;
                view.map(|view| flag(&view)).transpose()
            }
            Noun::Bet => {
                let view: Option<BetView> = self.view(Noun::Bet, team, written).await?;
                view.map(|view| bet(&view)).transpose()
            }
            Noun::Rollout => match self.view(Noun::Rollout, team, written).await? {
                Some(view) => self.rollout(&view, team).await.map(Some),
                None => Ok(None),
            },
            Noun::Guardrail => match self.view(Noun::Guardrail, team, written).await? {
                Some(view) => self.guardrail(&view, team).await.map(Some),
                None => Ok(None),
            },
            Noun::Launch => match self.view(Noun::Launch, team, written).await? {
                Some(view) => self.launch(&view, team).await.map(Some),
                None => Ok(None),
            },
        }
    }

    /// What the platform shows of a thing.
    pub async fn view<V: Message + Default>(
        &self,
        noun: Noun,
        team: &str,
        named: &str,
    ) -> Result<Option<V>, Failure> {
        let kind = kind(noun)?;
        let read = kind.reads.iter().find(|read| read.word == "get");
        let read = read.ok_or_else(|| Failure::Fault(format!("no {} can be read", noun.as_str())))?;
        let request = GetRequest {
            org: self.org.to_owned(),
            id: named.to_owned(),
            team: team.to_owned(),
            ..GetRequest::default()
        };
        let view = self.way.ask(&kind.context, &read.path, request.encode_to_vec()).await?;
        view.map(|view| decoded(noun, &view)).transpose()
    }

    /// The key that leads to the thing with this id, or the id where none of the team does: a rollout that is over may
    /// have lost its key to another.
    async fn key(&self, noun: Noun, id: &str, team: &str) -> Result<String, Failure> {
        let place = (noun, id.to_owned(), team.to_owned());
        let known = self.keys.borrow().get(&place).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let key = match noun {
            Noun::Bet => self.view::<BetView>(noun, team, id).await?.map(|view| view.key),
            Noun::Flag => self.view::<FlagView>(noun, team, id).await?.map(|view| view.key),
            Noun::Rollout => {
                let key = self.view::<RolloutView>(noun, team, id).await?.map(|view| view.key);
                match key.filter(|key| !key.is_empty()) {
                    Some(key) => {
                        let now = self.view::<RolloutView>(noun, team, &key).await?;
                        now.filter(|now| now.id == id).map(|_| key)
                    }
                    None => None,
                }
            }
            Noun::Metric | Noun::Guardrail | Noun::Launch => None,
        };
        let key = key.filter(|key| !key.is_empty()).unwrap_or_else(|| id.to_owned());
        self.keys.borrow_mut().insert(place, key.clone());
        Ok(key)
    }

    /// A rollout with what it refers to.
    pub async fn rollout(&self, view: &RolloutView, team: &str) -> Result<There, Failure> {
        let bet = match view.bet_id.as_str() {
            "" => None,
            id => self.view::<BetView>(Noun::Bet, team, id).await?,
        };
        let key = bet.as_ref().map(|bet| if bet.key.is_empty() { &bet.id } else { &bet.key });
        let attached = bet.as_ref().is_some_and(|bet| {
            bet.rollouts.iter().any(|attached| attached.rollout_id.as_deref() == Some(view.id.as_str()))
        });
        let over = is_over(view);
        let flag = self.key(Noun::Flag, &view.flag_id, team).await?;
        let rollout = content::rollout::rollout(view, key.map(String::as_str), &flag)?;
        let content = Content::Rollout { rollout, attached };
        let there = There::of((&view.id, view.version, &view.state), view.managed_by.as_ref(), content);
        Ok(there.ended(over))
    }

    /// A guardrail with the rollout that it watches, with which it is over.
    pub async fn guardrail(&self, view: &GuardrailView, team: &str) -> Result<There, Failure> {
        let rollout: Option<RolloutView> = self.view(Noun::Rollout, team, &view.rollout_id).await?;
        let over = rollout.is_none_or(|rollout| is_over(&rollout)) || view.state == "disarmed";
        let key = self.key(Noun::Rollout, &view.rollout_id, team).await?;
        let guardrail = content::metric::guardrail(view, &key)?;
        let content = Content::Guardrail { metric: view.metric.clone(), guardrail };
        let there = There::of((&view.id, view.version, &view.state), view.managed_by.as_ref(), content);
        Ok(there.ended(over))
    }

    /// A launch with its bet and its rollout.
    pub async fn launch(&self, view: &LaunchView, team: &str) -> Result<There, Failure> {
        let over = matches!(view.state.as_str(), "launched" | "cancelled");
        let bet = self.key(Noun::Bet, &view.bet_id, team).await?;
        let rollout = self.key(Noun::Rollout, &view.rollout_id, team).await?;
        let content = Content::Launch(content::bet::launch(view, &bet, &rollout));
        let there = There::of((&view.id, view.version, &view.state), view.managed_by.as_ref(), content);
        Ok(there.ended(over))
    }
}

fn is_over(rollout: &RolloutView) -> bool {
    matches!(rollout.state.as_str(), "completed" | "aborted")
}

/// A metric definition without its guardrails.
pub fn metric(view: &MetricView) -> Result<There, Failure> {
    let content = Content::Metric(content::metric::metric(view)?);
    let there = There::of((&view.id, view.version, &view.state), view.managed_by.as_ref(), content);
    Ok(there.closed(view.state == "retired"))
}

/// A flag.
pub fn flag(view: &FlagView) -> Result<There, Failure> {
    let content = Content::Flag {
        flag: content::flag::flag(view)?,
        // What was taken out of the code, or is to be taken out now, is not put off by a file that says when.
        cleanup: view.cleanup == "scheduled" && view.state != "archived",
    };
    let there = There::of((&view.id, view.version, &view.state), view.managed_by.as_ref(), content);
    Ok(there.closed(view.state == "archived"))
}

/// A bet.
pub fn bet(view: &BetView) -> Result<There, Failure> {
    let content = Content::Bet(content::bet::bet(view)?);
    let there = There::of((&view.id, view.version, &view.state), view.managed_by.as_ref(), content);
    Ok(there.closed(matches!(view.state.as_str(), "retrospective_due" | "scaled" | "killed" | "withdrawn")))
}

/// The kind of the contracts that a noun of documents is.
pub fn kind(noun: Noun) -> Result<&'static verdict_contract::Kind, Failure> {
    contract::kind(noun.as_str())
        .ok_or_else(|| Failure::Fault(format!("the contracts name no {}", noun.as_str())))
}

/// A message of the platform.
pub fn decoded<M: Message + Default>(noun: Noun, bytes: &[u8]) -> Result<M, Failure> {
    M::decode(bytes).map_err(|_| {
        let what = noun.as_str();
        Failure::Fault(format!(
            "the platform's answer about a {what} cannot be read: is it of another version?"
        ))
    })
}
