//! Gate reports and recorded facts as messages and back.

use verdict_kernel::check::{Check, CheckState, GateReport};
use verdict_kernel::rule::RuleId;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::v1 as shared;
use verdict_rollouts_domain::gate::{CHECK_NAMES, Fact, FactKind};
use verdict_rollouts_domain::stage::StageName;
use verdict_runtime::grpc;
use verdict_runtime::wire::{DecodeError, parsed, required};

/// The rule with this id.
pub fn read_rule(id: &str) -> Result<RuleId, DecodeError> {
    let named = |rule: &&RuleId| rule.as_str() == id;
    let unknown = || DecodeError::Malformed(format!("'{id}' is no rule"));
    RuleId::ALL.iter().find(named).copied().ok_or_else(unknown)
}

/// The state that a message carries.
pub fn read_state(state: Option<i32>) -> Result<CheckState, DecodeError> {
    let number = required(state, "state")?;
    shared::CheckState::try_from(number)
        .ok()
        .and_then(grpc::read_check_state)
        .ok_or_else(|| DecodeError::Malformed(format!("{number} is no check state")))
}

/// The report that a message stands for.
pub fn read_report(message: shared::GateReport) -> Result<GateReport, DecodeError> {
    let checks = message.checks.into_iter().map(read_check);
    Ok(GateReport { checks: checks.collect::<Result<_, _>>()? })
}

fn read_check(message: shared::Check) -> Result<Check, DecodeError> {
    let name = required(message.name, "name")?;
    let unknown = || DecodeError::Malformed(format!("'{name}' is no check"));
    let name = CHECK_NAMES.into_iter().find(|known| *known == name).ok_or_else(unknown)?;
    Ok(Check {
        rule: read_rule(&required(message.rule, "rule")?)?,
        name,
        state: read_state(message.state)?,
        required: required(message.required, "required")?.into(),
        seen: required(message.seen, "seen")?.into(),
        source: required(message.source, "source")?,
        next: required(message.next, "next")?,
    })
}

/// A gate that was open, as it is stored.
pub(super) fn passed(stage: StageName, attempt: u32, report: &GateReport) -> pb::GatePassed {
    pb::GatePassed {
        stage: Some(stage.to_string()),
        attempt: Some(attempt),
        report: Some(grpc::report(report)),
    }
}

/// One that was shut.
pub(super) fn blocked(stage: StageName, attempt: u32, report: &GateReport) -> pb::GateBlocked {
    pb::GateBlocked {
        stage: Some(stage.to_string()),
        attempt: Some(attempt),
        report: Some(grpc::report(report)),
    }
}

/// A recorded fact as it is stored.
pub fn fact(fact: &Fact) -> pb::Fact {
    pb::Fact {
        kind: Some(fact.kind.as_str().to_owned()),
        subject: Some(fact.subject.clone()),
        state: Some(grpc::check_state(fact.state).into()),
        source: Some(fact.source.clone()),
        confirmed_at: Some(fact.confirmed_at.to_string()),
    }
}

/// The recorded fact that a message stands for.
pub fn read_fact(message: pb::Fact) -> Result<Fact, DecodeError> {
    let kind = required(message.kind, "kind")?;
    let unknown = || DecodeError::Malformed(format!("'{kind}' is no kind of fact"));
    Ok(Fact {
        kind: FactKind::ALL.into_iter().find(|known| known.as_str() == kind).ok_or_else(unknown)?,
        subject: required(message.subject, "subject")?,
        state: read_state(message.state)?,
        source: required(message.source, "source")?,
        confirmed_at: parsed(message.confirmed_at.as_deref(), "confirmedAt")?,
    })
}
