//! What `verdict --help` shows: verbs in groups, and what is said to somebody who takes a service for a kind of thing.

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::contract;

#[cfg(test)]
mod tests;

/// Verbs that run one service.
const SERVICES: &[&str] = &["bets", "rollouts", "metrics", "gtm", "sinks", "flags"];

/// Groups of verbs that are no kinds of things.
const GROUPS: &[(&str, &[&str])] = &[
    ("Without a platform", &["trial"]),
    ("A platform", &["up", "demo", "status", "timeline", "events", "clock", "probe"]),
    ("Services as processes of their own", SERVICES),
    ("Plans as files", &["init", "schema", "diff", "apply", "export"]),
    ("Care", &["log", "dlq", "completion"]),
];

/// The command with its verbs in groups.
pub fn grouped(command: Command) -> Command {
    let of_groups = |name: &str| GROUPS.iter().any(|(_, names)| names.contains(&name));
    let kinds: Vec<&str> =
        command.get_subcommands().map(Command::get_name).filter(|name| !of_groups(name)).collect();
    let width = command.get_subcommands().map(|verb| verb.get_name().len()).max().unwrap_or(0);
    let group = |title: &str, names: &[&str]| {
        let verb = |name: &&str| {
            let verb = command.find_subcommand(name)?;
            let about = verb.get_about().map(ToString::to_string).unwrap_or_default();
            Some(format!("  {name:width$}  {about}\n"))
        };
        format!("{title}:\n{}\n", names.iter().filter_map(verb).collect::<String>())
    };
    let mut groups = group("Bets, what ships them and what watches them", &kinds);
    groups.extend(GROUPS.iter().map(|(title, names)| group(title, names)));
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{groups}Global options:\n{{options}}{{after-help}}"
    );
    command.help_template(template)
}

/// What to try in place of a line that was not understood, where something is known that the parser does not know.
pub fn tip(error: &clap::Error, words: &[String]) -> Option<String> {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let Some(ContextValue::String(verb)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    let service = words.iter().find(|word| SERVICES.contains(&word.as_str()))?;
    let kind = service.strip_suffix('s').and_then(contract::kind)?;
    let knows = verb == "list"
        || kind.reads.iter().any(|read| read.word == *verb)
        || kind.for_people().any(|known| known.word == *verb);
    let name = &kind.name;
    knows.then(|| {
        format!(
            "'verdict {name} {verb}' is about {service}; 'verdict {service}' is the service that keeps them"
        )
    })
}
