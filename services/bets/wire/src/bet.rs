//! Bets as they are stored and shown.

use std::fmt::Display;

use verdict_bets_domain::bet::handoff::{Clarity, Item};
use verdict_bets_domain::bet::{Bet, Event, Iteration, Proposal, Slip, State};
use verdict_kernel::id::BetId;
use verdict_proto::bets::v1 as pb;
use verdict_stored::events;
use verdict_stored::field::{Each, Field, Maybe, Plain, Same, Shown};
use verdict_stored::view::{Scope, Seen, Viewed};

use crate::terms::{
    AttachedMessage, ClarityWord, HypothesisMessage, ItemWord, KillReasonWord, MetricMessage, ModeWord,
    RollbackMessage, TimeboxMessage, mode,
};

events! {
    /// The rim of [`Bet`].
    pub BetWire: Bet, Event in "bets.Bet", messages of pb;
    [Proposed(Proposal { title, mode, hypothesis, iteration_limit, appetite })] = BetProposed.v1 {
        title: title as Plain, mode: mode as ModeWord, hypothesis: hypothesis as Maybe<HypothesisMessage>,
        iteration_limit: iteration_limit as Plain, appetite: appetite as Maybe<Shown>,
    }
    [HypothesisStated(stated)] = HypothesisStated.v1 { hypothesis: stated as HypothesisMessage }
    [DiscoveryStarted] = DiscoveryStarted.v1 {}
    [ShapingStarted] = ShapingStarted.v1 {}
    [MetricsAgreed(metrics)] = MetricsAgreed.v1 { metrics: metrics as Each<MetricMessage> }
    [TimeboxSet(timebox)] = TimeboxSet.v1 { timebox: timebox as TimeboxMessage }
    [SlipDeclared(Slip { new_end, cause, trade_off, options })] = SlipDeclared.v1 {
        new_end: new_end as Shown, cause: cause as Plain, trade_off: trade_off as Plain, options: options as Same,
    }
    [Shaped] = BetShaped.v1 {}
    [HandoffItemAssessed(item, clarity)] = HandoffItemAssessed.v1 {
        item: item as ItemWord, clarity: clarity as ClarityWord,
    }
    [HandedOff] = BetHandedOff.v1 {}
    [RolloutAttached(attached)] = RolloutAttached.v1 => attached as AttachedMessage;
    [MeasuringStarted] = MeasuringStarted.v1 {}
    [CostRecorded(amount)] = CostRecorded.v1 { amount: amount as Shown }
    [RollbackNoted(rollback)] = RollbackNoted.v1 => rollback as RollbackMessage;
    [TimeboxEnded] = TimeboxEnded.v1 {}
    [Scaled] = BetScaled.v1 {}
    [Iterated(Iteration { iteration, hypothesis, timebox, signal })] = BetIterated.v1 {
        iteration: iteration as Plain, hypothesis: hypothesis as HypothesisMessage,
        timebox: timebox as TimeboxMessage, signal: signal as Maybe<Plain>,
    }
    [Killed { reason, learnings }] = BetKilled.v1 { reason: reason as KillReasonWord, learnings: learnings as Same }
    [Withdrawn] = BetWithdrawn.v1 {}
    [Reopened { reason }] = BetReopened.v1 { reason: reason as Plain }
}

impl Viewed for BetWire {
    type Id = BetId;
    type View = pb::BetView;

    const ABSENT: &'static str = "the bet was never proposed";
    const BEGINS: &'static str = "verdict bet propose --title <title> --mode <mode>";

    const CALLED: &'static str = "give its id or its key, such as faster-checkout";
    const SCOPE: Scope = Scope::Organisation;

    fn named(org: &str, text: &str) -> Result<BetId, impl Display> {
        BetId::named(org, text)
    }

    fn view(seen: Seen<'_, State>) -> Option<pb::BetView> {
        let bet = seen.state.known()?;
        let cycle = bet.cycle();
        Some(pb::BetView {
            id: seen.id.to_owned(),
            version: seen.version,
            position: seen.position,
            title: bet.title.clone(),
            mode: mode(bet.mode).into(),
            state: bet.phase.as_str().to_owned(),
            hypothesis: cycle.hypothesis().map(HypothesisMessage::write),
            timebox: cycle.timebox.as_ref().map(TimeboxMessage::write),
            metrics: Each::<MetricMessage>::write(&bet.metrics),
            iteration: bet.iteration(),
            iteration_limit: bet.iteration_limit,
            handoff: cycle.checklist.items().map(assessed).collect(),
            rollouts: Each::<AttachedMessage>::write(&bet.rollouts),
            cost: bet.cost.to_string(),
            appetite: bet.appetite.map(|days| days.to_string()).unwrap_or_default(),
            learnings: bet.learnings.clone(),
            rollbacks: Each::<RollbackMessage>::write(&bet.rollbacks),
            key: seen.beside.key(),
            managed_by: seen.beside.keeper.clone(),
        })
    }

    /// A bet has no parent other than its rollouts.
    fn is_of(view: &pb::BetView, rollout: &str) -> bool {
        view.rollouts.iter().any(|attached| attached.rollout_id.as_deref() == Some(rollout))
    }
}

fn assessed((item, clarity): (Item, Clarity)) -> pb::HandoffItemAssessed {
    pb::HandoffItemAssessed { item: ItemWord::write(&item), clarity: ClarityWord::write(&clarity) }
}

#[cfg(test)]
mod tests;
