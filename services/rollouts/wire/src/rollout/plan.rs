//! Plans and their stages in messages.

use verdict_kernel::mode::Mode;
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::rollout::{NoReturn, OnBlind, Plan, Promotion, Unit};
use verdict_rollouts_domain::stage::{Class, Stage, Step};
use verdict_stored::field::{Each, Maybe, OrDefault, Plain, Seconds, Shown};
use verdict_stored::vocabulary::TierNumber;
use verdict_stored::{message, names, words};

use crate::audience::AudienceMessage;

message! {
    /// A plan as it is stored.
    PlanMessage: [Plan {
        bet, flag, environment, service, mode, tier, stages, unit, promotion, on_blind, irreversible_from
    }] = pb::RolloutPlanned {
        bet_id: bet as Maybe<Shown>, flag_id: flag as Shown, environment: environment as Plain,
        service: service as Plain, mode: mode as ModeWord, tier: tier as TierNumber,
        stages: stages as Each<StageMessage>, unit: unit as UnitName, promotion: promotion as PromotionWord,
        on_blind: on_blind as OnBlindWord, irreversible_from: irreversible_from as Maybe<NoReturnMessage>,
    }

    /// A point of no return in a message.
    NoReturnMessage: [NoReturn { stage, reason }] = pb::IrreversibleFrom {
        stage: stage as Shown, reason: reason as Plain,
    }

    /// A stage in a message. Times that are absent are zero.
    StageMessage: [Stage { name, class, steps, min_soak, max_soak }] = pb::Stage {
        name: name as Shown, class: class as ClassWord, steps: steps as Each<StepMessage>, min_soak_seconds: min_soak as OrDefault<Seconds>,
        max_soak_seconds: max_soak as Maybe<Seconds>,
    }

    /// A step in a message.
    StepMessage: [Step { audience, soak }] = pb::Step {
        audience: audience as AudienceMessage, soak_seconds: soak as OrDefault<Seconds>,
    }
}

words! {
    ClassWord, class, read_class: Class = pb::StageClass { Internal, Named, Share, Everyone }
    ModeWord, mode, read_mode: Mode = pb::RolloutMode { ZeroToOne, Scaling }
    PromotionWord, promotion, read_promotion: Promotion = pb::Promotion { Manual, Automatic }
    OnBlindWord, on_blind, read_on_blind: OnBlind = pb::OnBlind { Pause, Narrow }
}

names! {
    UnitName: Unit
}
