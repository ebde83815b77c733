//! The facts of the stage promotion as they are stored, and back.

use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::processes::stage_promotion::{ByHand, Fact, Leg, Note, StagePromotion, Stop};
use verdict_rollouts_domain::rollout::Move;
use verdict_rollouts_wire::audience::AudienceMessage;
use verdict_stored::field::{Boxed, Field, Index, Maybe, OrDefault, Plain, Same, Shown};
use verdict_stored::{DecodeError, facts, message, names, required};

facts! {
    /// The rim of [`StagePromotion`].
    pub StagePromotionWire: StagePromotion, Fact in "rollouts.StagePromotion", messages of pb;
    [StageNoted(note)] = StageNoted.v1 of StagePromotionStageNoted => note as Boxed<NoteMessage>;
    [EvidenceNoted { kind }] = EvidenceNoted.v1 of StagePromotionEvidenceNoted { kind: kind as Plain }
    [GateNoted { open }] = GateNoted.v1 of StagePromotionGateNoted { open: open as Plain }
    [AnswerNoted] = AnswerNoted.v1 of StagePromotionAnswerNoted {}
    [FlagNoted { rollout, what, event }] = FlagNoted.v1 of StagePromotionFlagNoted {
        rollout_id: rollout as Shown, what: what as ByHandName, event: event as Plain,
    }
    [Stopped(stop)] = Stopped.v1 of StagePromotionStopped { why: stop as StopName }
    [Closed { rollout, flag, cleanup_due }] = Closed.v1 of StagePromotionClosed {
        rollout_id: rollout as Shown, flag_id: flag as Shown, cleanup_due: cleanup_due as Maybe<Shown>,
    }
}

names! {
    StopName: Stop
    ByHandName: ByHand
}

message! {
    /// A stage or step to look after.
    NoteMessage: [Note {
        rollout, flag, stage, stage_index, attempt, leg, exposure, soaked_at, overdue_at, automatic, rollout_revision,
        releases, flag_version
    }] = pb::StagePromotionStageNoted {
        rollout_id: rollout as Shown, flag_id: flag as Shown, stage: stage as Shown, stage_index: stage_index as Plain,
        attempt: attempt as Plain, exposure: exposure as AudienceMessage, soaked_at: soaked_at as Shown,
        overdue_at: overdue_at as Maybe<Shown>, automatic: automatic as Plain,
        rollout_revision: rollout_revision as Plain, releases: releases as Same,
        flag_version: flag_version as OrDefault;
        [step, next, next_stage, last]: leg as LegColumns
    }
}

/// Step, the word for where it leads, the name of the stage that it leads to, and whether it leads to the end.
type LegFields = (Option<u32>, Option<String>, Option<String>, Option<bool>);

/// A leg in its columns. The name of a stage stands in one of its own, because it may be one of the words.
struct LegColumns;

const STEP: &str = "step";
const STAGE: &str = "stage";
const COMPLETE: &str = "complete";

impl Field<Leg, LegFields> for LegColumns {
    fn write(leg: &Leg) -> LegFields {
        let (next, next_stage) = match &leg.next {
            Move::Step(_) => (STEP, None),
            Move::Stage(stage) => (STAGE, Some(stage.to_string())),
            Move::Complete => (COMPLETE, None),
        };
        (Index::write(&leg.step), Some(next.to_owned()), next_stage, Some(leg.next == Move::Complete))
    }

    fn read((step, next, next_stage, _): LegFields, _: &'static str) -> Result<Leg, DecodeError> {
        let step = Index::read(step, "step")?;
        let next = match &*required(next, "next")? {
            STEP => Move::Step(step + 1),
            STAGE => Move::Stage(Shown::read(next_stage, "next_stage")?),
            COMPLETE => Move::Complete,
            // A word of a later version (design clause 25).
            _ => return Err(DecodeError::UnknownType),
        };
        Ok(Leg { step, next })
    }
}
