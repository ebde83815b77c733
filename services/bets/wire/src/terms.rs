//! The words of a bet in the contracts and in the domain: the same ones in stored events, requests and views.

use verdict_bets_domain::bet::handoff::{Clarity, Item};
use verdict_bets_domain::bet::metrics::{Direction, MetricTarget, Role};
use verdict_bets_domain::bet::{Attached, Hypothesis, KillReason, Rollback, Timebox};
use verdict_kernel::mode::Mode;
use verdict_proto::bets::v1 as pb;
use verdict_stored::field::{OrEmpty, Plain, Shown};
use verdict_stored::vocabulary::MetricTypeName;
use verdict_stored::{message, words};

words! {
    ModeWord, mode, read_mode: Mode = pb::Mode { ZeroToOne, Scaling }
    ClarityWord, clarity, read_clarity: Clarity = pb::Clarity { Clear, Fuzzy, Missing }
    RoleWord, role, read_role: Role = pb::MetricRole { Primary, Secondary, Guardrail }
    DirectionWord, direction, read_direction: Direction = pb::Direction { Increase, Decrease }
    ItemWord, item, read_item: Item = pb::HandoffItem {
        Problem, TargetUser, SuccessSignal, NonGoals, UserFlow, AcceptanceCriteria, Dependencies, AnalyticsPlan,
        EdgeCases, TradeOffOwner,
    }
    KillReasonWord, kill_reason, read_kill_reason: KillReason = pb::KillReason {
        Disproved, TooCostly, Inconclusive, IterationLimit, StrategyChanged,
    }
}

message! {
    /// A hypothesis in a message.
    HypothesisMessage: [Hypothesis { belief, expected_outcome }] = pb::Hypothesis {
        belief: belief as Plain, expected_outcome: expected_outcome as Plain,
    }

    /// A timebox in a message.
    TimeboxMessage: [Timebox { start, end }] = pb::Timebox { start: start as Shown, end: end as Shown }

    /// A metric of a bet in a message.
    MetricMessage: [MetricTarget { metric, role, metric_type, target, direction }] = pb::MetricTarget {
        metric: metric as Plain, role: role as RoleWord, metric_type: metric_type as MetricTypeName,
        target: target as Plain, direction: direction as DirectionWord,
    }

    /// An attached rollout in a message; a change without a flag has an empty flag id.
    AttachedMessage: [Attached { rollout, flag }] = pb::RolloutAttached {
        rollout_id: rollout as Shown, flag_id: flag as OrEmpty<Shown>,
    }

    /// A rollback in a message.
    RollbackMessage: [Rollback { rollout, stage, attempt, breach }] = pb::RollbackNoted {
        rollout_id: rollout as Shown, stage: stage as Plain, attempt: attempt as Plain, breach: breach as Plain,
    }
}
