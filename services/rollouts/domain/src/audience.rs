//! Whom a stage or a flag reaches. The parts of an audience add up: a user is in when any part takes them in.
//!
//! Audiences are ordered by inclusion, which is partial: of two audiences, neither may be within the other.
//! The percentage counts users by bucket, so a larger share contains every smaller one of the same flag.

use std::collections::{BTreeMap, BTreeSet};

use verdict_kernel::percent::Percent;

/// A set of users, given by names, accounts, attributes and a share of all the others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Audience {
    /// Opaque ids that the targeting key is compared with.
    pub members: BTreeSet<String>,
    /// Customer accounts.
    pub accounts: BTreeSet<String>,
    /// Values of attributes, by attribute; any match takes the user in.
    pub attributes: BTreeMap<String, BTreeSet<String>>,
    /// Share of all users; `None` reaches nobody by share.
    pub percent: Option<Percent>,
}

impl Audience {
    /// Reaches nobody.
    #[must_use]
    pub fn nobody() -> Self {
        Self::default()
    }

    /// Exactly these targeting keys.
    pub fn members<S: Into<String>>(members: impl IntoIterator<Item = S>) -> Self {
        Self { members: members.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// Exactly these customer accounts.
    pub fn accounts<S: Into<String>>(accounts: impl IntoIterator<Item = S>) -> Self {
        Self { accounts: accounts.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// This share of all users.
    #[must_use]
    pub fn percent(percent: Percent) -> Self {
        Self { percent: Some(percent), ..Self::default() }
    }

    /// The share of all users, 0 % when there is none.
    #[must_use]
    pub fn share(&self) -> Percent {
        self.percent.unwrap_or(Percent::ZERO)
    }

    /// Whether no user can be in.
    #[must_use]
    pub fn is_nobody(&self) -> bool {
        self.is_within(&Self::default())
    }

    /// Whether every user of this audience is also in `other`.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        if other.share() == Percent::FULL {
            return true;
        }
        let attributes = |(attribute, values): (&String, &BTreeSet<String>)| {
            values.is_empty() || other.attributes.get(attribute).is_some_and(|wider| values.is_subset(wider))
        };
        self.share() <= other.share()
            && self.members.is_subset(&other.members)
            && self.accounts.is_subset(&other.accounts)
            && self.attributes.iter().all(attributes)
    }

    /// Whether going from `from` to this audience may take in somebody new.
    #[must_use]
    pub fn widens(&self, from: &Self) -> bool {
        !self.is_within(from)
    }

    /// Nobody who is not in both: the narrower of the two, where one is within the other.
    #[must_use]
    pub fn narrower(&self, other: &Self) -> Self {
        if self.is_within(other) {
            return self.clone();
        }
        if other.is_within(self) {
            return other.clone();
        }
        let both = |mine: &BTreeSet<String>, theirs: &BTreeSet<String>| {
            mine.intersection(theirs).cloned().collect::<BTreeSet<_>>()
        };
        let attribute = |(name, mine): (&String, &BTreeSet<String>)| {
            let common = both(mine, other.attributes.get(name)?);
            (!common.is_empty()).then(|| (name.clone(), common))
        };
        Self {
            members: both(&self.members, &other.members),
            accounts: both(&self.accounts, &other.accounts),
            attributes: self.attributes.iter().filter_map(attribute).collect(),
            percent: self.percent.min(other.percent),
        }
    }

    /// Everyone of both.
    #[must_use]
    pub fn union(mut self, other: &Self) -> Self {
        self.members.extend(other.members.iter().cloned());
        self.accounts.extend(other.accounts.iter().cloned());
        for (attribute, values) in &other.attributes {
            let mine = self.attributes.entry(attribute.clone()).or_default();
            mine.extend(values.iter().cloned());
        }
        self.percent = self.percent.max(other.percent);
        self
    }
}

#[cfg(test)]
mod tests;
