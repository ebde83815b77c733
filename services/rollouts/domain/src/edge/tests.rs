//! What an edge says about itself, and that it says it once.

use proptest::prelude::*;
use uuid::Uuid;
use verdict_kernel::id::CommandId;
use verdict_kernel::principal::Issued;
use verdict_kernel::spec::given;

use super::*;

fn joined() -> Event {
    Event::Joined { name: "edge-a".to_owned() }
}

fn join(name: &str) -> Command {
    Command::Join { name: name.to_owned() }
}

fn confirmation(version: u32) -> Confirmation {
    Confirmation {
        flag: FlagId::created_by(CommandId::derive(Uuid::NAMESPACE_URL, "flag")),
        flag_version: version,
        rollout: Some(RolloutId::created_by(CommandId::derive(Uuid::NAMESPACE_URL, "rollout"))),
        stage: "beta".to_owned(),
        attempt: 3,
    }
}

fn confirmed(version: u32) -> Event {
    Event::ServedConfirmed(confirmation(version))
}

fn confirm(version: u32) -> Command {
    Command::ConfirmServed(confirmation(version))
}

#[test]
fn an_edge_joins_once_leaves_once_and_may_come_back() {
    given::<Edge>([]).when(join("edge-a")).then([joined()]);
    given::<Edge>([joined()]).when(join("edge-a")).then([]);
    given::<Edge>([joined()]).when(join("edge-b")).then([Event::Joined { name: "edge-b".to_owned() }]);
    given::<Edge>([joined()]).when(Command::Leave).then([Event::Left]);
    given::<Edge>([joined(), Event::Left]).when(Command::Leave).then([]);
    given::<Edge>([joined(), Event::Left]).when(join("edge-a")).then([joined()]);
}

#[test]
fn clause_20_an_edge_is_lost_once_and_may_come_back() {
    given::<Edge>([joined()]).when(Command::Lose).then([Event::Lost]);
    given::<Edge>([joined(), Event::Lost]).when(Command::Lose).then([]);
    given::<Edge>([joined(), Event::Left]).when(Command::Lose).then([]);
    given::<Edge>([joined(), Event::Lost]).when(Command::Leave).then([]);
    given::<Edge>([joined(), Event::Lost]).when(confirm(4)).then([confirmed(4)]);
    given::<Edge>([joined(), Event::Lost]).when(join("edge-a")).then([joined()]);
}

#[test]
fn an_edge_that_never_joined_is_refused() {
    for command in [Command::Leave, Command::Lose, confirm(4)] {
        assert_eq!(given::<Edge>([]).when(command).then_refused().code, "edge_not_joined");
    }
}

#[test]
fn a_confirmation_is_written_once_for_each_version() {
    given::<Edge>([joined()]).when(confirm(4)).then([confirmed(4)]);
    given::<Edge>([joined(), confirmed(4)]).when(confirm(4)).then([]);
    given::<Edge>([joined(), confirmed(4)]).when(confirm(5)).then([confirmed(5)]);
    given::<Edge>([joined(), confirmed(5)]).when(confirm(4)).then([confirmed(4)]);
}

#[test]
fn an_edge_that_left_may_still_say_what_it_served() {
    given::<Edge>([joined(), Event::Left]).when(confirm(4)).then([confirmed(4)]);
    given::<Edge>([joined(), Event::Left, confirmed(4), joined()]).when(confirm(4)).then([]);
}

#[test]
fn p2_every_command_names_its_reverse() {
    let name = |command: &Command| match command {
        Command::Join { .. } => "Join",
        Command::Leave => "Leave",
        Command::Lose => "Lose",
        Command::ConfirmServed(_) => "ConfirmServed",
    };
    let all = [join("edge-a"), Command::Leave, Command::Lose, confirm(1)];
    let named: Vec<_> = REVERSES.iter().map(|(command, _)| *command).collect();
    assert_eq!(named, all.iter().map(name).collect::<Vec<_>>());
}

fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        "[ab]".prop_map(|name| join(&name)),
        Just(Command::Leave),
        Just(Command::Lose),
        (1..5_u32).prop_map(confirm),
    ]
}

proptest! {
    #[test]
    fn p2_history_only_grows_and_a_repeat_adds_nothing(commands in prop::collection::vec(command(), 0..20)) {
        let issued = Issued::at(verdict_kernel::clock::Timestamp::UNIX_EPOCH);
        let mut state = State::default();
        for command in commands {
            let decided = Edge::decide(&state, command.clone(), &(), &issued);
            let events = decided.map(|decision| decision.events).unwrap_or_default();
            state = events.iter().fold(state, Edge::evolve);
            if !matches!(state, State::Absent) {
                prop_assert_eq!(Edge::decide(&state, command, &(), &issued), Ok(vec![].into()));
            }
        }
    }
}
