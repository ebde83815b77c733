use clap::Parser;

use super::*;

#[derive(Debug, Parser)]
struct Line {
    #[command(subcommand)]
    verb: Verb,
}

/// The rollout that a line is about and what it asks for.
fn typed(line: &str) -> (String, Command) {
    let line = Line::try_parse_from(line.split_whitespace()).unwrap();
    command(line.verb).unwrap()
}

#[test]
fn r2_a_lower_stage_or_step_can_be_typed() {
    for (line, step) in
        [("enter-stage r --stage beta", None), ("enter-stage r --stage beta --step 0", Some(0))]
    {
        let enter = Command::EnterStage(pb::EnterStage { stage: "beta".to_owned(), step });
        assert_eq!(typed(&format!("rollout {line}")), ("r".to_owned(), enter));
    }
}

#[test]
fn r9c_a_rollback_by_hand_can_be_typed() {
    for (line, critical) in [("rollback r", false), ("rollback r --critical", true)] {
        let rollback =
            Command::RequestRollback(pb::RequestRollback { critical, ..pb::RequestRollback::default() });
        assert_eq!(typed(&format!("rollout {line}")), ("r".to_owned(), rollback));
    }
}
