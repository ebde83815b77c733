//! Random histories of a flag and of two rollouts that want it, all decided by the real deciders: exposure rises on the
//! paths of the table only, and on each only with its guard.

use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::percent::Percent;

use super::*;
use crate::audience::Audience;
use crate::flag::Kind;
use crate::flag::hold::RESTORED;
use crate::rollout::How;

mod guards;
mod world;

use world::{Act, STAGES, World};

fn audience() -> impl Strategy<Value = Audience> {
    prop_oneof![
        (0..101_u16).prop_map(|percent| Audience::percent(Percent::of(percent))),
        Just(Audience::members(["ann"])),
        Just(Audience::accounts(["acme"])),
        Just(Audience::nobody()),
    ]
}

/// What people do on the way up and down.
fn moving() -> impl Strategy<Value = Act> {
    let which = 0..2_usize;
    let stage = proptest::sample::select(STAGES.to_vec());
    let how = proptest::sample::select(vec![How::Fresh, How::FalseAlarm, How::Undo]);
    prop_oneof![
        2 => (0..30_u32).prop_map(Act::Wait),
        14 => which.clone().prop_map(Act::Climb),
        2 => which.clone().prop_map(Act::Begin),
        2 => (which.clone(), stage, prop::option::of(0..3_usize), any::<bool>())
            .prop_map(|(which, stage, step, fresh)| Act::Enter(which, stage, step, fresh)),
        1 => (which.clone(), any::<bool>()).prop_map(|(which, fresh)| Act::Advance(which, fresh)),
        1 => (which.clone(), any::<bool>()).prop_map(|(which, fresh)| Act::Complete(which, fresh)),
        1 => which.clone().prop_map(Act::Pause),
        7 => (which.clone(), how, prop_oneof![3 => Just(true), 1 => Just(false)])
            .prop_map(|(which, how, fresh)| Act::Resume(which, how, fresh)),
        1 => which.clone().prop_map(Act::RollBack),
        1 => which.prop_map(Act::Abort),
    ]
}

/// What happens around them: to the flag, to the measurements, and in the processes of the platform.
fn happening() -> impl Strategy<Value = Act> {
    let which = 0..2_usize;
    let state = prop_oneof![
        5 => Just(CheckState::Pass),
        1 => Just(CheckState::Fail),
        1 => Just(CheckState::Unknown(Unknown::Stale)),
    ];
    let cause = (0..12_u32).prop_map(|number| format!("cause-{number}"));
    prop_oneof![
        12 => (1..6_usize).prop_map(Act::Work),
        4 => Just(Act::PutOff),
        3 => (which.clone(), 0..4_usize).prop_map(|(which, back)| Act::Deliver(which, back)),
        3 => audience().prop_map(Act::ByHand),
        4 => (which.clone(), prop_oneof![3 => Just(false), 1 => Just(true)], prop_oneof![3 => Just(0), 1 => 1..3_usize])
            .prop_map(|(which, critical, back)| Act::Break(which, critical, back)),
        6 => state.prop_map(Act::Measure),
        6 => (which.clone(), any::<bool>()).prop_map(|(which, retract)| Act::Settle(which, retract)),
        1 => which.clone().prop_map(Act::LoseWatch),
        1 => which.clone().prop_map(Act::RestoreWatch),
        1 => which.clone().prop_map(Act::Claim),
        1 => Just(Act::TurnOff),
        3 => Just(Act::Kill),
        5 => any::<bool>().prop_map(Act::Revive),
        1 => cause.prop_map(Act::Release),
        1 => which.prop_map(Act::ReleaseOf),
        1 => Just(Act::Release(RESTORED.to_owned())),
        1 => prop::option::of(audience()).prop_map(Act::Restore),
    ]
}

/// What the flag is, from where on there is no way back, and what happens.
type Story = (Kind, Option<&'static str>, Vec<Act>);

fn acts() -> impl Strategy<Value = Story> {
    let kind = prop_oneof![4 => Just(Kind::Release), 1 => Just(Kind::Ops), 1 => Just(Kind::Permission)];
    let act = prop_oneof![moving(), happening()];
    let no_return =
        prop_oneof![2 => Just(None), 1 => proptest::sample::select(STAGES.to_vec()).prop_map(Some)];
    (kind, no_return, prop::collection::vec(act, 1..80))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn r23_r24_and_r25_nothing_but_a_gate_or_a_recorded_override_raises_exposure((kind, no_return, acts) in acts()) {
        let mut world = World::new(kind, no_return);
        for act in acts {
            let said = format!("{act:?}");
            if let Err(why) = world.step(act) {
                return Err(TestCaseError::fail(format!("{said}: {why}")));
            }
        }
    }
}

/// The walk is worth something only when every path is walked.
#[test]
fn every_path_of_the_table_is_walked() {
    let walked = RefCell::new(BTreeMap::<Path, u32>::new());
    let mut runner = TestRunner::new_with_rng(
        ProptestConfig::with_cases(10_000),
        TestRng::deterministic_rng(RngAlgorithm::ChaCha),
    );
    let outcome = runner.run(&acts(), |(kind, no_return, acts)| {
        let mut world = World::new(kind, no_return);
        for act in acts {
            world.step(act).map_err(TestCaseError::fail)?;
        }
        for path in world.walked {
            *walked.borrow_mut().entry(path).or_default() += 1;
        }
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
    for path in Path::ALL {
        assert!(walked.borrow().contains_key(&path), "{path:?}: {walked:?}");
    }
}

#[test]
fn every_path_names_its_guard_and_its_rules() {
    for path in Path::ALL {
        assert!(!path.guard().is_empty() && !path.rules().is_empty(), "{path:?}");
    }
    assert!(NEVER.iter().all(|never| !never.what.is_empty() && !never.because.is_empty()));
}
