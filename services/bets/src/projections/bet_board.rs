//! The bet board: every bet of an organisation, by id.

use std::collections::BTreeMap;

use verdict_bets_domain::bet::{Bet, State};
use verdict_kernel::decider::Decider;
use verdict_runtime::log::{Filter, Position, Recorded};
use verdict_runtime::projection::Projection;
use verdict_runtime::wire::{DecodeError, Metadata, Wire, parse};

use crate::wire::bet::BetWire;

/// What begins the name of every stream of a bet.
const PREFIX: &str = "bets.bet-";

/// A bet as the board shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub state: State,
    /// Events in its stream.
    pub version: u64,
    pub position: Position,
}

/// Bets by organisation, then by id.
pub type ByOrg = BTreeMap<String, BTreeMap<String, Entry>>;

/// The projection behind `Bets.List`.
#[derive(Debug, Clone, Copy)]
pub struct BetBoard;

impl Projection for BetBoard {
    type View = ByOrg;

    fn name(&self) -> &'static str {
        "bets-board"
    }

    fn filter(&self) -> Filter {
        Filter::prefixes([PREFIX])
    }

    fn fresh(&self) -> ByOrg {
        ByOrg::new()
    }

    fn apply(view: &mut ByOrg, event: &Recorded) -> Result<(), DecodeError> {
        let Some(id) = event.stream.strip_prefix(PREFIX) else {
            return Ok(());
        };
        let org = parse::<Metadata>(&event.metadata)?.org;
        let decoded = BetWire::decode(&event.event_type, &event.data)?;
        let bets = view.entry(org).or_default();
        let state = bets.remove(id).map(|entry| entry.state).unwrap_or_default();
        let entry = Entry {
            state: match &decoded {
                Some(decoded) => Bet::evolve(state, decoded),
                None => state,
            },
            version: event.revision + 1,
            position: event.position.clone(),
        };
        bets.insert(id.to_owned(), entry);
        Ok(())
    }
}
