use uuid::Uuid;
use verdict_kernel::id::CommandId;
use verdict_kernel::process::Progress;
use verdict_kernel::spec::process::{given, noted, recorded, refused};

use super::*;

fn command(number: u128) -> CommandId {
    CommandId::from_uuid(Uuid::from_u128(number))
}

fn rollout(number: u128) -> RolloutId {
    RolloutId::created_by(command(number))
}

fn flag(number: u128) -> FlagId {
    FlagId::created_by(command(number))
}

fn kill() -> Kill {
    Kill {
        bet: BetId::created_by(command(9)),
        rollouts: vec![
            Attached { rollout: rollout(1), flag: Some(flag(1)) },
            Attached { rollout: rollout(2), flag: None },
        ],
        at: Timestamp::UNIX_EPOCH,
    }
}

fn killed(kill: Kill) -> Progress<Fact> {
    noted(Fact::KillNoted(kill))
}

#[test]
fn l7_a_kill_takes_everything_back_in_order_whatever_the_steps_come_to() {
    let done = |step: &Step<Action>| recorded(step.name, step.attempt);
    let not_done = |step: &Step<Action>| refused(step.name, step.attempt, "over");
    for outcome in [done, not_done] as [fn(&Step<Action>) -> Progress<Fact>; 2] {
        let mut told = given::<WindDown>([killed(kill())]);
        for step in [
            Step::new("turn_off_flag", 1, Action::TurnOffFlag { flag: flag(1), rollout: rollout(1) }),
            Step::new("raise_cleanup_due", 1, Action::RaiseCleanupDue(flag(1))),
            Step::new("abort_rollout", 1, Action::AbortRollout(rollout(1))),
            Step::new("abort_rollout", 2, Action::AbortRollout(rollout(2))),
            Step::new("cancel_launch", 1, Action::CancelLaunches(kill().bet)),
        ] {
            told.then([step.clone()]).then_until([]).then_stays();
            told = told.and([outcome(&step)]);
        }
        told.then([]).then_over();
    }
}

#[test]
fn nothing_is_due_before_a_kill_or_after_the_end() {
    given::<WindDown>([]).then([]).then_stays();
    given::<WindDown>([killed(kill()), Progress::Ended, killed(kill())]).then([]).then_over();
}

#[test]
fn a_second_kill_noted_to_the_same_instance_starts_nothing_anew() {
    let under_way = given::<WindDown>([killed(kill()), recorded("turn_off_flag", 1)]);
    under_way.then_due([("raise_cleanup_due", 1)]);
    let other = Kill { rollouts: vec![], ..kill() };
    under_way.and([killed(other)]).then_due([("raise_cleanup_due", 1)]);
}
