//! What somebody sees who asks for help, or mistypes.

use super::*;
use crate::cli::Cli;

#[test]
fn every_verb_stands_in_one_group_and_global_options_under_their_heading() {
    let mut command = Cli::command();
    let help = command.render_help().to_string();
    for verb in Cli::command().get_subcommands() {
        let lines =
            help.lines().filter(|line| line.trim_start().starts_with(&format!("{} ", verb.get_name())));
        assert_eq!(lines.count(), 1, "{} in {help}", verb.get_name());
    }
    for heading in ["Bets, what ships them and what watches them:", "A platform:", "Care:", "Global options:"]
    {
        assert!(help.contains(heading), "{heading} in {help}");
    }
    let mut hold = Cli::command();
    hold.build();
    let launch = hold.find_subcommand_mut("launch").unwrap().find_subcommand_mut("hold").unwrap();
    let help = launch.render_help().to_string();
    let (own, global) = help.split_once("Global options:").unwrap();
    assert!(own.contains("--cause") && !own.contains("--server"), "{help}");
    assert!(global.contains("--server") && global.contains("--output"), "{help}");
    assert!(!help.contains("[default: ]"), "{help}");
}

#[test]
fn every_verb_and_every_option_says_what_it_is() {
    fn silent(command: &Command, path: &str, found: &mut Vec<String>) {
        let path = format!("{path} {}", command.get_name());
        if command.get_about().is_none() {
            found.push(path.clone());
        }
        let own = command
            .get_arguments()
            .filter(|arg| arg.get_help().is_none_or(|help| help.to_string().is_empty()));
        found.extend(own.filter(|arg| !arg.is_hide_set()).map(|arg| format!("{path} {}", arg.get_id())));
        for verb in command.get_subcommands() {
            silent(verb, &path, found);
        }
    }
    let mut found = Vec::new();
    silent(&Cli::command(), "", &mut found);
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn who_takes_a_service_for_a_kind_is_told() {
    let words = ["verdict", "bets", "list"].map(str::to_owned);
    let error = Cli::command().try_get_matches_from(&words).unwrap_err();
    let said = tip(&error, &words).unwrap();
    assert_eq!(said, "'verdict bet list' is about bets; 'verdict bets' is the service that keeps them");
    let words = ["verdict", "bet", "lst"].map(str::to_owned);
    let error = Cli::command().try_get_matches_from(&words).unwrap_err();
    assert_eq!(tip(&error, &words), None);
    assert!(error.to_string().contains("'list'"), "{error}");
}
