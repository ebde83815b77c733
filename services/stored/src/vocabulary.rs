//! Words of the kernel in fields of messages.

use verdict_kernel::check::{Check, CheckState, GateReport, Unknown};
use verdict_kernel::metric_type::MetricType;
use verdict_kernel::rule::RuleId;
use verdict_kernel::tier::Tier;
use verdict_proto::v1 as pb;

use crate::field::{Field, Text};
use crate::{DecodeError, required};

/// A [`CheckState`] in a field.
#[derive(Debug)]
pub struct CheckStateWord;

impl Field<CheckState, Option<i32>> for CheckStateWord {
    fn write(state: &CheckState) -> Option<i32> {
        Some(check_state(*state).into())
    }

    fn read(field: Option<i32>, name: &'static str) -> Result<CheckState, DecodeError> {
        let number = required(field, name)?;
        required(pb::CheckState::try_from(number).ok().and_then(read_check_state), name)
    }
}

/// A [`Tier`] as its number.
#[derive(Debug)]
pub struct TierNumber;

impl Field<Tier, Option<u32>> for TierNumber {
    fn write(tier: &Tier) -> Option<u32> {
        Some(tier.number())
    }

    fn read(field: Option<u32>, name: &'static str) -> Result<Tier, DecodeError> {
        let number = required(field, name)?;
        let unknown = || DecodeError::Malformed(format!("field '{name}': {number} is not 1 to 4"));
        Tier::new(number).ok_or_else(unknown)
    }
}

crate::names! {
    RuleName: RuleId
    MetricTypeName: MetricType
}

/// A check state as the contracts spell it.
#[must_use]
pub fn check_state(state: CheckState) -> pb::CheckState {
    match state {
        CheckState::Pass => pb::CheckState::Pass,
        CheckState::Fail => pb::CheckState::Fail,
        CheckState::Unknown(Unknown::NoData) => pb::CheckState::UnknownNoData,
        CheckState::Unknown(Unknown::Insufficient) => pb::CheckState::UnknownInsufficient,
        CheckState::Unknown(Unknown::Inconclusive) => pb::CheckState::UnknownInconclusive,
        CheckState::Unknown(Unknown::Unhealthy) => pb::CheckState::UnknownUnhealthy,
        CheckState::Unknown(Unknown::Stale) => pb::CheckState::UnknownStale,
    }
}

/// The check state that a contract value stands for; `None` for UNSPECIFIED.
#[must_use]
pub fn read_check_state(state: pb::CheckState) -> Option<CheckState> {
    Some(match state {
        pb::CheckState::Unspecified => return None,
        pb::CheckState::Pass => CheckState::Pass,
        pb::CheckState::Fail => CheckState::Fail,
        pb::CheckState::UnknownNoData => CheckState::Unknown(Unknown::NoData),
        pb::CheckState::UnknownInsufficient => CheckState::Unknown(Unknown::Insufficient),
        pb::CheckState::UnknownInconclusive => CheckState::Unknown(Unknown::Inconclusive),
        pb::CheckState::UnknownUnhealthy => CheckState::Unknown(Unknown::Unhealthy),
        pb::CheckState::UnknownStale => CheckState::Unknown(Unknown::Stale),
    })
}

/// A gate report as the contracts show it.
#[must_use]
pub fn report(report: &GateReport) -> pb::GateReport {
    pb::GateReport { checks: report.checks.iter().map(check).collect() }
}

fn check(check: &Check) -> pb::Check {
    pb::Check {
        rule: RuleName::write(&check.rule),
        name: Some(check.name.to_owned()),
        state: CheckStateWord::write(&check.state),
        required: Text::write(&check.required),
        seen: Text::write(&check.seen),
        source: Some(check.source.clone()),
        next: Some(check.next.clone()),
    }
}

/// The report that a message stands for; its checks have one of `names`.
pub fn read_report(message: pb::GateReport, names: &[&'static str]) -> Result<GateReport, DecodeError> {
    let checks = message.checks.into_iter().map(|check| read_check(check, names));
    Ok(GateReport { checks: checks.collect::<Result<_, _>>()? })
}

fn read_check(message: pb::Check, names: &[&'static str]) -> Result<Check, DecodeError> {
    let name = required(message.name, "name")?;
    Ok(Check {
        name: names.iter().copied().find(|known| *known == name).ok_or(DecodeError::UnknownType)?,
        rule: RuleName::read(message.rule, "rule")?,
        state: CheckStateWord::read(message.state, "state")?,
        required: Text::read(message.required, "required")?,
        seen: Text::read(message.seen, "seen")?,
        source: required(message.source, "source")?,
        next: required(message.next, "next")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_state_survives_the_contract() {
        let unknown = [
            Unknown::NoData,
            Unknown::Insufficient,
            Unknown::Inconclusive,
            Unknown::Unhealthy,
            Unknown::Stale,
        ];
        let states = unknown.map(CheckState::Unknown).into_iter();
        for state in states.chain([CheckState::Pass, CheckState::Fail]) {
            assert_eq!(CheckStateWord::read(CheckStateWord::write(&state), "state"), Ok(state));
        }
        assert_eq!(read_check_state(pb::CheckState::Unspecified), None);
    }
}
