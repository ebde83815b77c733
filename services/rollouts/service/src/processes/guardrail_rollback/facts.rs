//! The facts of a rollback as its stream holds them, and back.

use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::processes::guardrail_rollback::{
    Attempt, Breach, Fact, GuardrailRollback, Narrowed,
};
use verdict_rollouts_wire::rollout::plan::ClassWord;
use verdict_stored::facts;
use verdict_stored::field::{Each, Maybe, Plain, Shown};

facts! {
    /// The rim of [`GuardrailRollback`].
    pub GuardrailRollbackWire: GuardrailRollback, Fact in "rollouts.GuardrailRollback", messages of pb;
    [BreachNoted(Breach {
        event, of: Attempt { rollout, flag, bet, stage, stage_index, class, attempt }, guardrail, metric, critical,
        holds_only, irreversible, at
    })] = BreachNoted.v1 of GuardrailRollbackBreachNoted {
        breach: event as Shown, guardrail_id: guardrail as Plain, rollout_id: rollout as Shown, flag_id: flag as Shown,
        bet_id: bet as Maybe<Shown>, stage: stage as Plain, stage_index: stage_index as Plain,
        attempt: attempt as Plain, critical: critical as Plain, metric: metric as Plain, at: at as Shown,
        holds_only: holds_only as Plain, class: class as ClassWord, irreversible: irreversible as Plain,
    }
    [Narrowed(Narrowed { flag_version, to_stage, at })] = Narrowed.v1 of GuardrailRollbackNarrowed {
        flag_version: flag_version as Plain, to_stage: to_stage as Plain, at: at as Shown,
    }
    [EdgesListed(edges)] = EdgesListed.v1 of GuardrailRollbackEdgesListed { edges: edges as Each<Shown> }
    [Served { edge, flag_version }] = Served.v1 of GuardrailRollbackServed {
        edge: edge as Shown, flag_version: flag_version as Plain,
    }
    [EdgeGone(edge)] = EdgeGone.v1 of GuardrailRollbackEdgeGone { edge: edge as Shown }
    [AttemptOver] = AttemptOver.v1 of GuardrailRollbackAttemptOver {}
}
