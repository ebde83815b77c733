//! The facts of a rollback as its stream holds them, and back.

use verdict_kernel::id::EdgeId;
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::processes::guardrail_rollback::{Attempt, Breach, Fact, Narrowed};
use verdict_rollouts_wire::rollout::plan::ClassWord;
use verdict_stored::field::Field;
use verdict_stored::{DecodeError, Stored, parse, parsed, required};

pub(super) fn encode(fact: &Fact) -> Stored {
    match fact {
        Fact::BreachNoted(breach) => Stored::new("rollouts.GuardrailRollback.BreachNoted.v1", &noted(breach)),
        Fact::Narrowed(narrowed) => Stored::new(
            "rollouts.GuardrailRollback.Narrowed.v1",
            &pb::GuardrailRollbackNarrowed {
                flag_version: Some(narrowed.flag_version),
                to_stage: Some(narrowed.to_stage.clone()),
                at: Some(narrowed.at.to_string()),
            },
        ),
        Fact::EdgesListed(edges) => Stored::new(
            "rollouts.GuardrailRollback.EdgesListed.v1",
            &pb::GuardrailRollbackEdgesListed { edges: edges.iter().map(EdgeId::to_string).collect() },
        ),
        Fact::Served { edge, flag_version } => Stored::new(
            "rollouts.GuardrailRollback.Served.v1",
            &pb::GuardrailRollbackServed { edge: Some(edge.to_string()), flag_version: Some(*flag_version) },
        ),
        Fact::EdgeGone(edge) => Stored::new(
            "rollouts.GuardrailRollback.EdgeGone.v1",
            &pb::GuardrailRollbackEdgeGone { edge: Some(edge.to_string()) },
        ),
        Fact::AttemptOver => {
            Stored::new("rollouts.GuardrailRollback.AttemptOver.v1", &pb::GuardrailRollbackAttemptOver {})
        }
    }
}

pub(super) fn decode(event_type: &str, data: &[u8]) -> Result<Fact, DecodeError> {
    let name = event_type.strip_prefix("rollouts.GuardrailRollback.").ok_or(DecodeError::UnknownType)?;
    Ok(match name {
        "BreachNoted.v1" => Fact::BreachNoted(read_noted(parse(data)?)?),
        "Narrowed.v1" => {
            let message: pb::GuardrailRollbackNarrowed = parse(data)?;
            Fact::Narrowed(Narrowed {
                flag_version: required(message.flag_version, "flagVersion")?,
                to_stage: required(message.to_stage, "toStage")?,
                at: parsed(message.at.as_deref(), "at")?,
            })
        }
        "EdgesListed.v1" => {
            let message: pb::GuardrailRollbackEdgesListed = parse(data)?;
            let edge = |edge: &String| parsed(Some(edge), "edges");
            Fact::EdgesListed(message.edges.iter().map(edge).collect::<Result<_, _>>()?)
        }
        "Served.v1" => {
            let message: pb::GuardrailRollbackServed = parse(data)?;
            Fact::Served {
                edge: parsed(message.edge.as_deref(), "edge")?,
                flag_version: required(message.flag_version, "flagVersion")?,
            }
        }
        "EdgeGone.v1" => {
            let message: pb::GuardrailRollbackEdgeGone = parse(data)?;
            Fact::EdgeGone(parsed(message.edge.as_deref(), "edge")?)
        }
        "AttemptOver.v1" => Fact::AttemptOver,
        _ => return Err(DecodeError::UnknownType),
    })
}

fn noted(breach: &Breach) -> pb::GuardrailRollbackBreachNoted {
    pb::GuardrailRollbackBreachNoted {
        breach: Some(breach.event.to_string()),
        guardrail_id: Some(breach.guardrail.clone()),
        rollout_id: Some(breach.of.rollout.to_string()),
        flag_id: Some(breach.of.flag.to_string()),
        bet_id: breach.of.bet.map(|bet| bet.to_string()),
        stage: Some(breach.of.stage.clone()),
        stage_index: Some(breach.of.stage_index),
        attempt: Some(breach.of.attempt),
        critical: Some(breach.critical),
        metric: Some(breach.metric.clone()),
        at: Some(breach.at.to_string()),
        holds_only: Some(breach.holds_only),
        class: ClassWord::write(&breach.of.class),
        irreversible: Some(breach.irreversible),
    }
}

fn read_noted(message: pb::GuardrailRollbackBreachNoted) -> Result<Breach, DecodeError> {
    let bet = message.bet_id.map(|bet| parsed(Some(&bet), "betId"));
    Ok(Breach {
        event: parsed(message.breach.as_deref(), "breach")?,
        of: Attempt {
            rollout: parsed(message.rollout_id.as_deref(), "rolloutId")?,
            flag: parsed(message.flag_id.as_deref(), "flagId")?,
            bet: bet.transpose()?,
            stage: required(message.stage, "stage")?,
            stage_index: required(message.stage_index, "stageIndex")?,
            class: ClassWord::read(message.class, "class")?,
            attempt: required(message.attempt, "attempt")?,
        },
        guardrail: required(message.guardrail_id, "guardrailId")?,
        metric: required(message.metric, "metric")?,
        critical: required(message.critical, "critical")?,
        holds_only: required(message.holds_only, "holdsOnly")?,
        irreversible: required(message.irreversible, "irreversible")?,
        at: parsed(message.at.as_deref(), "at")?,
    })
}
