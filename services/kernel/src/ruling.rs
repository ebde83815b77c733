//! The one place in which the kind of a rule, the mode and the policy level of the team and an override are judged.
//!
//! A decider says of each rule whether it holds and what it is refused for. What makes no sense in the present state has no
//! rule: that is returned at once, before anything is ruled. A block of rules ends with [`Ruling::done`] where later ones
//! need what it ensured. Whatever the order, a rule that does not hold becomes a blocker, an override or a remark.

use crate::check::{Check, GateReport};
use crate::decision::{Blockers, Decision, Ground, Override, Remark};
use crate::mode::Mode;
use crate::principal::Issued;
use crate::refusal::Refusal;
use crate::rule::RuleId;

/// What was ruled so far on one command.
#[derive(Debug)]
pub struct Ruling<'a> {
    issued: &'a Issued,
    overriding: bool,
    blockers: Vec<Refusal>,
    remarks: Vec<Remark>,
    overrides: Vec<Override>,
}

impl<'a> Ruling<'a> {
    /// Of a command that overrides nothing.
    pub const fn of(issued: &'a Issued) -> Self {
        Self { issued, overriding: false, blockers: Vec::new(), remarks: Vec::new(), overrides: Vec::new() }
    }

    /// The command asks to pass over what may be overridden, for its reason.
    #[must_use]
    pub const fn overriding(mut self, asked: bool) -> Self {
        self.overriding = asked;
        self
    }

    /// Kind E: blocks unless it holds, at every level.
    pub fn demand<R: Into<Refusal>>(&mut self, holds: bool, refusal: impl FnOnce() -> R) {
        if !holds {
            self.blockers.push(refusal().into());
        }
    }

    /// Kind E: blocks unless it holds, or the level of the team lets people pass its rule. Only for what the rule says of
    /// the way up, never for the structure of a thing (decision D4).
    pub fn demand_by_level<R: Into<Refusal>>(&mut self, holds: bool, refusal: impl FnOnce() -> R) {
        if !holds {
            self.refuse(refusal().into());
        }
    }

    /// Kind E by level for each check of a gate; the first that blocks carries the whole report. A gate without checks is
    /// shut.
    pub fn demand_open(&mut self, report: &GateReport, refusal: impl Fn(&Check) -> Refusal) {
        let before = self.blockers.len();
        if report.checks.is_empty() {
            self.blockers
                .push(Refusal::out_of_order("gate_shut", "the gate asks nothing, so nothing opens it"));
        }
        for check in report.blockers() {
            self.refuse(refusal(check));
        }
        if let Some(first) = self.blockers.get_mut(before) {
            first.report = Some(report.clone());
        }
    }

    /// Kind E in scaling mode, kind W in 0->1.
    pub fn demand_when_scaling<R: Into<Refusal>>(
        &mut self,
        mode: Mode,
        holds: bool,
        refusal: impl FnOnce() -> R,
    ) {
        if holds {
            return;
        }
        let refusal = refusal().into();
        match (mode, refusal.rule) {
            (Mode::ZeroToOne, Some(rule)) => self.remarks.push(Remark { rule, sentence: refusal.sentence }),
            (Mode::Scaling, _) | (Mode::ZeroToOne, None) => self.blockers.push(refusal),
        }
    }

    /// Kind O: blocks unless it holds, or the command overrides and a person gives a reason.
    pub fn unless_overridden<R: Into<Refusal>>(&mut self, holds: bool, refusal: impl FnOnce() -> R) {
        if holds {
            return;
        }
        let refusal = refusal().into();
        if self.overriding {
            self.pass_over(refusal, Vec::new(), "send the command again with --override --reason <why>");
        } else {
            self.blockers.push(refusal);
        }
    }

    /// Kind O where the command itself is the override: passed over if a person gives a reason, for what `about` names.
    pub fn overrule<R: Into<Refusal>>(&mut self, refusal: R, about: Vec<String>) {
        self.pass_over(refusal.into(), about, "send the command again with --reason <why>");
    }

    /// Kind W: accepted, and said.
    pub fn remark(&mut self, rule: RuleId, holds: bool, sentence: impl FnOnce() -> String) {
        if !holds {
            self.remarks.push(Remark { rule, sentence: sentence() });
        }
    }

    /// Blocks at every level and ends the block: without it nothing that follows can be judged.
    #[must_use]
    pub fn stop<R: Into<Refusal>>(&mut self, refusal: R) -> Blockers {
        let refusal = refusal.into();
        self.blockers.push(refusal.clone());
        Blockers::of(std::mem::take(&mut self.blockers)).unwrap_or_else(|| refusal.into())
    }

    /// Ends a block: what follows may rely on what was demanded so far.
    pub fn done(&mut self) -> Result<(), Blockers> {
        Blockers::of(std::mem::take(&mut self.blockers)).map_or(Ok(()), Err)
    }

    /// What the command comes to. Where nothing is left to do, nothing was remarked or overridden either.
    pub fn decide<E>(mut self, events: Vec<E>) -> Result<Decision<E>, Blockers> {
        self.done()?;
        if events.is_empty() {
            return Ok(Decision::nothing());
        }
        Ok(Decision { events, remarks: self.remarks, overrides: self.overrides })
    }

    fn refuse(&mut self, refusal: Refusal) {
        let Issued { level, by, .. } = self.issued;
        match refusal.rule {
            Some(rule) if by.is_person() && level.lets_people_pass(rule) => {
                self.record(rule, refusal, Ground::Policy(*level), Vec::new());
            }
            Some(_) | None => self.blockers.push(refusal),
        }
    }

    fn record(&mut self, rule: RuleId, refusal: Refusal, ground: Ground, about: Vec<String>) {
        let Refusal { code, required, seen, .. } = refusal;
        self.overrides.push(Override { rule, code: code.to_owned(), required, seen, ground, about });
    }

    fn pass_over(&mut self, refusal: Refusal, about: Vec<String>, next: &str) {
        match (self.authority(), refusal.rule) {
            (Ok(reason), Some(rule)) => self.record(rule, refusal, Ground::Reason(reason), about),
            (Err(lacking), Some(rule)) => self.blockers.push(without_authority(rule, lacking).next(next)),
            (_, None) => self.blockers.push(refusal),
        }
    }

    /// The reason for which an override may be given, or what it lacks.
    fn authority(&self) -> Result<String, &'static str> {
        let reason = self.issued.reason.trim();
        match (self.issued.by.is_person(), reason) {
            (false, _) => Err("no person"),
            (true, "") => Err("no reason"),
            (true, reason) => Ok(reason.to_owned()),
        }
    }
}

fn without_authority(rule: RuleId, seen: &str) -> Refusal {
    Refusal::by(rule, "override_without_authority", "an override is given by a person, with a reason")
        .compared("a person and a reason", seen)
}

#[cfg(test)]
mod tests;
