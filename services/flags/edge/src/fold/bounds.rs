//! What was served over a log that went back, and how it bounds what is read from the one there is now.
//!
//! A restored log may lack a narrowing or a kill that was served already, and it must not undo them. So a flag whose
//! present is not its past is served to those whom both take in, until the log itself holds the flag at what was
//! served: the edge reports that, and lets go of the bound once it has read the answer.

use serde::{Deserialize, Serialize};
use verdict_flag_evaluator::Compiled;
use verdict_proto::rollouts::v1 as pb;

use super::{Flag, Flags, Phase};
use crate::wire::{Created, Exposure};

/// What a flag showed at the end of a log that is gone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Bound {
    /// `None` = the flag did not exist there, so nobody had it.
    was: Option<Was>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Was {
    created: Created,
    exposure: Exposure,
    killed: bool,
}

/// What the log is to hold a flag at.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LastServed {
    pub(crate) flag_id: String,
    pub(crate) audience: pb::Audience,
    pub(crate) killed: bool,
}

impl Bound {
    fn of(flag: &Flag) -> Self {
        let killed = flag.phase != Phase::Reachable;
        let (created, exposure) = ((*flag.created).clone(), (*flag.exposure).clone());
        Self { was: Some(Was { created, exposure, killed }) }
    }

    /// Whether `flag` is now what it was.
    fn is_met_by(&self, flag: &Flag) -> bool {
        let Some(was) = &self.was else { return false };
        was.killed == (flag.phase != Phase::Reachable)
            && was.exposure == *flag.exposure
            && was.created == *flag.created
    }

    pub(super) fn compiled(&self) -> Result<Compiled, String> {
        match &self.was {
            Some(was) => super::compiled(&was.created, &was.exposure, was.killed),
            None => super::compiled(&nothing(), &Exposure::default(), false),
        }
    }

    fn last_served(&self, flag_id: &str) -> LastServed {
        let (audience, killed) =
            self.was.as_ref().map_or_else(Default::default, |was| (was.exposure.to_audience(), was.killed));
        LastServed { flag_id: flag_id.to_owned(), audience, killed }
    }
}

/// A flag that takes in nobody.
fn nothing() -> Created {
    let value = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Created {
        org: String::new(),
        key: "nothing".to_owned(),
        environment: String::new(),
        salt: None,
        bucketing: "flagd-v3".to_owned(),
        unit: String::new(),
        variants: vec![value("on", "true"), value("off", "false")],
        on_variant: "on".to_owned(),
        off_variant: "off".to_owned(),
    }
}

impl Flags {
    /// Takes on what `former` showed. Flags that are what they were need no bound.
    pub(crate) fn bind(&mut self, former: &Self) {
        for (id, flag) in self.by_id.iter_mut().filter(|(_, flag)| flag.phase != Phase::Archived) {
            let before = former.by_id.get(id);
            let mut bounds: Vec<Bound> = before.map_or_else(Vec::new, |before| before.bounds.clone());
            bounds.push(before.map_or(Bound { was: None }, Bound::of));
            bounds.retain(|bound| !bound.is_met_by(flag));
            if !bounds.is_empty() {
                flag.bounds = bounds;
                flag.served = None;
                self.touched.insert(flag.scope.clone());
            }
        }
    }

    /// What is to be reported of each flag that is bounded.
    pub(crate) fn last_served(&self) -> Vec<LastServed> {
        let of = |(id, flag): (&String, &Flag)| match flag.bounds.as_slice() {
            [] => None,
            [bound] => Some(bound.last_served(id)),
            // What several audiences have in common cannot be said as one: nobody is within all of them.
            several => Some(LastServed {
                killed: several.iter().any(|bound| bound.was.as_ref().is_some_and(|was| was.killed)),
                ..Bound { was: None }.last_served(id)
            }),
        };
        self.by_id.iter().filter_map(of).collect()
    }

    /// The log itself holds the flag at what was served.
    pub(crate) fn unbind(&mut self, id: &str) {
        self.edit(id, |flag| flag.bounds.clear());
    }
}

#[cfg(test)]
mod tests;
