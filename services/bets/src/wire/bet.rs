//! Bet events as `bets.Bet.<Message>.v1`.

use verdict_bets_domain::bet::metrics::MetricTarget;
use verdict_bets_domain::bet::{Bet, Event, Hypothesis, Iteration, KillReason, Proposal, Slip, Timebox};
use verdict_proto::bets::v1 as pb;
use verdict_runtime::wire::{DecodeError, Stored, Wire, parse, parsed, required, ruled};

use super::terms;

/// The stored form of [`Bet`].
#[derive(Debug, Clone, Copy)]
pub struct BetWire;

impl Wire for BetWire {
    type Aggregate = Bet;

    const TYPES: &'static str = "bets.Bet";

    fn encode(event: &Event) -> Stored {
        match event {
            Event::Proposed(proposal) => Stored::new("bets.Bet.BetProposed.v1", &proposed(proposal)),
            Event::HypothesisStated(stated) => {
                Stored::new("bets.Bet.HypothesisStated.v1", &hypothesis_stated(stated))
            }
            Event::DiscoveryStarted => Stored::new("bets.Bet.DiscoveryStarted.v1", &pb::DiscoveryStarted {}),
            Event::ShapingStarted => Stored::new("bets.Bet.ShapingStarted.v1", &pb::ShapingStarted {}),
            Event::MetricsAgreed(metrics) => {
                Stored::new("bets.Bet.MetricsAgreed.v1", &metrics_agreed(metrics))
            }
            Event::TimeboxSet(timebox) => Stored::new("bets.Bet.TimeboxSet.v1", &timebox_set(*timebox)),
            Event::SlipDeclared(slip) => Stored::new("bets.Bet.SlipDeclared.v1", &slip_declared(slip)),
            Event::Shaped => Stored::new("bets.Bet.BetShaped.v1", &pb::BetShaped {}),
            Event::HandoffItemAssessed(item, clarity) => {
                Stored::new("bets.Bet.HandoffItemAssessed.v1", &terms::assessed(*item, *clarity))
            }
            Event::HandedOff => Stored::new("bets.Bet.BetHandedOff.v1", &pb::BetHandedOff {}),
            Event::RolloutAttached(attached) => {
                Stored::new("bets.Bet.RolloutAttached.v1", &terms::attached(attached))
            }
            Event::MeasuringStarted => Stored::new("bets.Bet.MeasuringStarted.v1", &pb::MeasuringStarted {}),
            Event::CostRecorded(amount) => Stored::new(
                "bets.Bet.CostRecorded.v1",
                &pb::CostRecorded { amount: Some(amount.to_string()) },
            ),
            Event::RollbackNoted(rollback) => {
                Stored::new("bets.Bet.RollbackNoted.v1", &terms::rollback(rollback))
            }
            Event::TimeboxEnded => Stored::new("bets.Bet.TimeboxEnded.v1", &pb::TimeboxEnded {}),
            Event::Scaled => Stored::new("bets.Bet.BetScaled.v1", &pb::BetScaled {}),
            Event::Iterated(iteration) => Stored::new("bets.Bet.BetIterated.v1", &iterated(iteration)),
            Event::Killed { reason, learnings } => {
                Stored::new("bets.Bet.BetKilled.v1", &killed(*reason, learnings))
            }
            Event::Withdrawn => Stored::new("bets.Bet.BetWithdrawn.v1", &pb::BetWithdrawn {}),
            Event::Reopened { reason } => {
                Stored::new("bets.Bet.BetReopened.v1", &pb::BetReopened { reason: Some(reason.clone()) })
            }
        }
    }

    /// What the rules said stands beside the bet and is no part of it.
    fn decode(event_type: &str, data: &[u8]) -> Result<Option<Event>, DecodeError> {
        if ruled::decode::<Self>(event_type, data)?.is_some() {
            return Ok(None);
        }
        let event = match event_type {
            "bets.Bet.BetProposed.v1" => Event::Proposed(read_proposed(parse(data)?)?),
            "bets.Bet.HypothesisStated.v1" => {
                let stated: pb::HypothesisStated = parse(data)?;
                Event::HypothesisStated(terms::read_hypothesis(required(stated.hypothesis, "hypothesis")?)?)
            }
            "bets.Bet.DiscoveryStarted.v1" => Event::DiscoveryStarted,
            "bets.Bet.ShapingStarted.v1" => Event::ShapingStarted,
            "bets.Bet.MetricsAgreed.v1" => {
                let agreed: pb::MetricsAgreed = parse(data)?;
                let metrics = agreed.metrics.into_iter().map(terms::read_metric);
                Event::MetricsAgreed(metrics.collect::<Result<_, _>>()?)
            }
            "bets.Bet.TimeboxSet.v1" => {
                let set: pb::TimeboxSet = parse(data)?;
                Event::TimeboxSet(terms::read_timebox(&required(set.timebox, "timebox")?)?)
            }
            "bets.Bet.SlipDeclared.v1" => Event::SlipDeclared(read_slip(parse(data)?)?),
            "bets.Bet.BetShaped.v1" => Event::Shaped,
            "bets.Bet.HandoffItemAssessed.v1" => {
                let assessed: pb::HandoffItemAssessed = parse(data)?;
                Event::HandoffItemAssessed(
                    required(terms::read_item(assessed.item()), "item")?,
                    required(terms::read_clarity(assessed.clarity()), "clarity")?,
                )
            }
            later => return decode_later(later, data).map(Some),
        };
        Ok(Some(event))
    }
}

/// The events from the hand-off on.
fn decode_later(event_type: &str, data: &[u8]) -> Result<Event, DecodeError> {
    Ok(match event_type {
        "bets.Bet.BetHandedOff.v1" => Event::HandedOff,
        "bets.Bet.RolloutAttached.v1" => {
            let attached: pb::RolloutAttached = parse(data)?;
            Event::RolloutAttached(terms::read_attached(
                attached.rollout_id.as_deref(),
                attached.flag_id.as_deref(),
            )?)
        }
        "bets.Bet.MeasuringStarted.v1" => Event::MeasuringStarted,
        "bets.Bet.CostRecorded.v1" => {
            let recorded: pb::CostRecorded = parse(data)?;
            Event::CostRecorded(parsed(recorded.amount.as_deref(), "amount")?)
        }
        "bets.Bet.RollbackNoted.v1" => Event::RollbackNoted(terms::read_rollback(parse(data)?)?),
        "bets.Bet.TimeboxEnded.v1" => Event::TimeboxEnded,
        "bets.Bet.BetScaled.v1" => Event::Scaled,
        "bets.Bet.BetIterated.v1" => Event::Iterated(read_iterated(parse(data)?)?),
        "bets.Bet.BetKilled.v1" => {
            let killed: pb::BetKilled = parse(data)?;
            Event::Killed {
                reason: required(terms::read_kill_reason(killed.reason()), "reason")?,
                learnings: killed.learnings,
            }
        }
        "bets.Bet.BetWithdrawn.v1" => Event::Withdrawn,
        "bets.Bet.BetReopened.v1" => {
            Event::Reopened { reason: required(parse::<pb::BetReopened>(data)?.reason, "reason")? }
        }
        _ => return Err(DecodeError::UnknownType),
    })
}

fn proposed(proposal: &Proposal) -> pb::BetProposed {
    pb::BetProposed {
        title: Some(proposal.title.clone()),
        mode: Some(terms::mode(proposal.mode).into()),
        hypothesis: proposal.hypothesis.as_ref().map(terms::hypothesis),
        iteration_limit: Some(proposal.iteration_limit),
        appetite: proposal.appetite.map(|appetite| appetite.to_string()),
    }
}

fn read_proposed(message: pb::BetProposed) -> Result<Proposal, DecodeError> {
    let appetite = message.appetite.as_deref();
    Ok(Proposal {
        mode: required(terms::read_mode(message.mode()), "mode")?,
        appetite: appetite.map(|appetite| parsed(Some(appetite), "appetite")).transpose()?,
        title: required(message.title, "title")?,
        hypothesis: message.hypothesis.map(terms::read_hypothesis).transpose()?,
        iteration_limit: required(message.iteration_limit, "iterationLimit")?,
    })
}

fn slip_declared(slip: &Slip) -> pb::SlipDeclared {
    pb::SlipDeclared {
        new_end: Some(slip.new_end.to_string()),
        cause: Some(slip.cause.clone()),
        trade_off: Some(slip.trade_off.clone()),
        options: slip.options.clone(),
    }
}

fn read_slip(message: pb::SlipDeclared) -> Result<Slip, DecodeError> {
    Ok(Slip {
        new_end: parsed(message.new_end.as_deref(), "newEnd")?,
        cause: required(message.cause, "cause")?,
        trade_off: required(message.trade_off, "tradeOff")?,
        options: message.options,
    })
}

fn hypothesis_stated(hypothesis: &Hypothesis) -> pb::HypothesisStated {
    pb::HypothesisStated { hypothesis: Some(terms::hypothesis(hypothesis)) }
}

fn metrics_agreed(metrics: &[MetricTarget]) -> pb::MetricsAgreed {
    pb::MetricsAgreed { metrics: metrics.iter().map(terms::metric).collect() }
}

fn timebox_set(timebox: Timebox) -> pb::TimeboxSet {
    pb::TimeboxSet { timebox: Some(terms::timebox(timebox)) }
}

fn killed(reason: KillReason, learnings: &[String]) -> pb::BetKilled {
    pb::BetKilled { reason: Some(terms::kill_reason(reason).into()), learnings: learnings.to_vec() }
}

fn iterated(iteration: &Iteration) -> pb::BetIterated {
    pb::BetIterated {
        iteration: Some(iteration.iteration),
        hypothesis: Some(terms::hypothesis(&iteration.hypothesis)),
        timebox: Some(terms::timebox(iteration.timebox)),
        signal: iteration.signal.clone(),
    }
}

fn read_iterated(message: pb::BetIterated) -> Result<Iteration, DecodeError> {
    Ok(Iteration {
        iteration: required(message.iteration, "iteration")?,
        hypothesis: terms::read_hypothesis(required(message.hypothesis, "hypothesis")?)?,
        timebox: terms::read_timebox(&required(message.timebox, "timebox")?)?,
        signal: message.signal,
    })
}

#[cfg(test)]
mod tests;
