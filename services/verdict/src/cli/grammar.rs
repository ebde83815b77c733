//! The verbs of every kind as the command line knows them: names, options and help are those of the contracts.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser, ValueParser};
use clap::{Arg, ArgAction, ArgGroup, Command};
use prost_reflect::{FieldDescriptor, Kind as Type, MessageDescriptor, Value};
use verdict_contract::input::{Form, Input, Place};
use verdict_contract::said::Syntax;
use verdict_contract::{Kind, Listing, Read, Verb, kebab};

use super::completion;
use super::contract::{contract, kinds};
use super::syntax;

/// Name of the argument that says which thing is meant.
pub const THING: &str = "thing";

/// One command for each kind, with its verbs below it.
pub fn commands() -> impl Iterator<Item = Command> {
    kinds().iter().map(command)
}

fn command(kind: &Kind) -> Command {
    let verbs = kind.for_people().map(|given| verb(kind, given));
    let reads = kind.reads.iter().map(|given| read(kind, given));
    let list = kind.list.iter().map(|given| list(kind, given));
    Command::new(kind.name.clone())
        .about(told(&kind.about))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands(verbs.chain(reads).chain(list))
}

/// A comment as help: without the full stop that the command line never has.
fn told(comment: &str) -> String {
    comment.strip_suffix('.').unwrap_or(comment).to_owned()
}

/// Every option of the verb: its own, then those of all verbs of the kind.
pub fn inputs<'k>(kind: &'k Kind, verb: &'k Verb) -> impl Iterator<Item = &'k Input> {
    let further = kind.inputs.iter().filter(|input| verb.inputs.iter().all(|own| own.word != input.word));
    verb.inputs.iter().chain(further)
}

fn verb(kind: &Kind, verb: &Verb) -> Command {
    let mut command = Command::new(verb.word.clone()).about(told(&verb.about));
    if !verb.creates {
        command = command.arg(thing(kind));
    }
    if takes_over(verb) {
        let help = "Change a plan that a document keeps elsewhere: from then on no document does";
        let take_over = Arg::new(TAKE_OVER).long(TAKE_OVER).action(ArgAction::SetTrue).help(help);
        command = command.arg(take_over);
    }
    for input in inputs(kind, verb) {
        let excludes: Vec<String> = input.excludes.iter().flat_map(|word| ids(verb, word)).collect();
        command = command.args(arguments(input, &excludes));
    }
    for (number, choice) in verb.choices.iter().enumerate() {
        let group = ArgGroup::new(format!("choice {number}"))
            .args(choice.words.iter().flat_map(|word| ids(verb, word)))
            .required(choice.required)
            .multiple(choice.several);
        command = command.group(group);
    }
    waiting(command, kind)
}

/// The option by which a plan is taken over from the document that keeps it.
pub const TAKE_OVER: &str = "take-over";

/// Whether a verb changes a plan that a document may keep.
pub fn takes_over(verb: &Verb) -> bool {
    verb.plans && !verb.creates
}

/// The name of an option in what was parsed; global ones have names of their own.
pub fn id(word: &str) -> String {
    format!("--{word}")
}

/// The names of an option in whichever unit it is given.
fn ids(verb: &Verb, word: &str) -> Vec<String> {
    let of = verb.inputs.iter().find(|input| input.word == word);
    let other = of.and_then(|input| match input.form {
        Form::Value(syntax) => counted(word, syntax),
        Form::Switch
        | Form::Case
        | Form::Joined(_)
        | Form::Document
        | Form::Preset(_)
        | Form::Beside { .. } => None,
    });
    std::iter::once(id(word)).chain(other.map(|other| id(&other))).collect()
}

/// The name of the same option in the unit that the contracts count in.
pub fn counted(word: &str, syntax: Syntax) -> Option<String> {
    match syntax {
        Syntax::Percent => Some(format!("{word}-basis-points")),
        Syntax::Duration => Some(format!("{word}-seconds")),
        Syntax::Key | Syntax::Date | Syntax::Text | Syntax::Stdin | Syntax::Plain => None,
    }
}

fn thing(kind: &Kind) -> Arg {
    let name = &kind.name;
    Arg::new(THING)
        .value_name(name.to_uppercase())
        .help(format!("Key or id of the {name}"))
        .required(true)
        .add(completion::of_kind(name))
}

fn arguments(input: &Input, excludes: &[String]) -> Vec<Arg> {
    let arg = Arg::new(id(&input.word))
        .long(input.word.clone())
        .aliases(input.aliases.clone())
        .help(told(&input.about))
        .required(input.required)
        .conflicts_with_all(excludes);
    let arg = match &input.usual {
        Some(usual) => arg.default_value(usual.clone()),
        None => arg,
    };
    let Some(field) = field(input) else { return vec![arg] };
    let named_after = |input: &Input, field: &FieldDescriptor| match &input.places[..] {
        [place] if is_case(place, &input.word) => field.name().to_owned(),
        _ => input.word.clone(),
    };
    match &input.form {
        Form::Switch | Form::Case | Form::Preset(_) => vec![arg.action(ArgAction::SetTrue)],
        Form::Value(syntax) => valued(arg, field, *syntax, &named_after(input, field)),
        Form::Beside { value, .. } => valued(arg, value, contract().said().syntax(value), "value"),
        Form::Joined(parts) => {
            let name = shape(parts);
            vec![arg.action(ArgAction::Append).value_name(name)]
        }
        Form::Document => vec![arg.value_name("FILE")],
    }
}

/// The field that an option fills.
pub fn field(input: &Input) -> Option<&FieldDescriptor> {
    input.places.first().and_then(|place: &Place| place.path.last())
}

/// Whether a place is the one value that a case of a oneof cannot do without.
fn is_case(place: &Place, word: &str) -> bool {
    let path = place.path.as_slice();
    matches!(path, [.., case, _] if kebab(case.name()) == word && place.case.is_none())
}

fn valued(arg: Arg, field: &FieldDescriptor, syntax: Syntax, name: &str) -> Vec<Arg> {
    let action = if field.is_list() { ArgAction::Append } else { ArgAction::Set };
    let several_keys = (field.is_list() && syntax == Syntax::Key).then_some(',');
    let arg = arg
        .action(action)
        .value_delimiter(several_keys)
        .allow_negative_numbers(true)
        .allow_hyphen_values(matches!(syntax, Syntax::Duration | Syntax::Percent | Syntax::Date))
        .ignore_case(matches!(field.kind(), Type::Enum(_)))
        .value_name(placeholder(field, syntax, name))
        .value_parser(parser(field, syntax));
    let arg = match field.name().strip_suffix("_id").filter(|name| super::contract::kind(name).is_some()) {
        Some(name) => arg.add(completion::of_kind(name)),
        None => arg,
    };
    let word = arg.get_long().unwrap_or_default().to_owned();
    let Some(counted) = counted(&word, syntax) else { return vec![arg] };
    let (own, other) = (id(&word), id(&counted));
    let plain = Arg::new(other.clone())
        .long(counted)
        .value_name("NUMBER")
        .value_parser(|text: &str| syntax::whole(text).map(Value::U32))
        .hide(true)
        .conflicts_with(own);
    let required = arg.is_required_set();
    vec![if required { arg.required(false).required_unless_present(other) } else { arg }, plain]
}

fn placeholder(field: &FieldDescriptor, syntax: Syntax, word: &str) -> String {
    match (syntax, field.kind()) {
        (Syntax::Percent, _) => "PERCENT".to_owned(),
        (Syntax::Duration, _) => "DURATION".to_owned(),
        (Syntax::Date, _) => "TIME".to_owned(),
        (Syntax::Plain, Type::Uint32 | Type::Uint64) => "NUMBER".to_owned(),
        _ => word.to_uppercase().replace('-', "_"),
    }
}

fn parser(field: &FieldDescriptor, syntax: Syntax) -> ValueParser {
    if let Type::Enum(of) = field.kind() {
        let words = contract().said().words(&of).into_iter().map(|word| {
            let value = PossibleValue::new(kebab(&word.word)).alias(word.word.clone());
            if word.about.is_empty() { value } else { value.help(told(&word.about)) }
        });
        let field = field.clone();
        let known = PossibleValuesParser::new(words.collect::<Vec<_>>());
        return known.try_map(move |word| syntax::value(&field, Syntax::Plain, &word).map_err(Unread)).into();
    }
    let field = field.clone();
    ValueParser::new(move |text: &str| syntax::value(&field, syntax, text))
}

/// Why a value cannot be read.
#[derive(Debug, Clone)]
struct Unread(String);

impl std::fmt::Display for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unread {}

/// `ROLE:METRIC:METRIC-TYPE:up|down:TARGET`
pub fn shape(parts: &[FieldDescriptor]) -> String {
    let part = |field: &FieldDescriptor| match field.kind() {
        Type::Enum(of) if contract().said().words(&of).len() == 2 => {
            let words = contract().said().words(&of);
            words.iter().map(|word| word.word.clone()).collect::<Vec<_>>().join("|")
        }
        _ => kebab(field.name()).to_uppercase(),
    };
    parts.iter().map(part).collect::<Vec<_>>().join(":")
}

fn read(kind: &Kind, read: &Read) -> Command {
    let command = Command::new(read.word.clone()).about(told(&read.about)).arg(thing(kind)).arg(watch());
    if read.word == "get" { waiting(command, kind) } else { command }
}

fn list(kind: &Kind, list: &Listing) -> Command {
    let mut command = Command::new("list").about(format!("List the {}", several(kind)));
    if let Some(of) = &list.of {
        command = command.arg(Arg::new("of").long("of").help(format!("Only those of {}", told(of))));
    }
    if let Some(states) = states(&list.view) {
        let state = Arg::new("state")
            .long("state")
            .value_name("STATE")
            .help("Only those in this state; repeat for more");
        command = command.arg(state.action(ArgAction::Append).value_parser(states));
    }
    let limit = Arg::new("limit").long("limit").value_name("NUMBER").help("At most so many");
    command.arg(limit.value_parser(syntax::whole)).arg(watch())
}

/// The name of more than one of a kind.
pub fn several(kind: &Kind) -> String {
    let ending = if kind.name.ends_with("ch") { "es" } else { "s" };
    format!("{}{ending}", kind.name)
}

fn watch() -> Arg {
    let help = "Print it again whenever it changes, until told to stop";
    Arg::new("watch").long("watch").help(help).action(ArgAction::SetTrue)
}

/// What waits for a state.
fn waiting(command: Command, kind: &Kind) -> Command {
    let Some(states) = kind.list.as_ref().and_then(|list| states(&list.view)) else { return command };
    let wait = Arg::new("wait").long("wait").value_name("STATE").help_heading("Waiting");
    let within = Arg::new("within").long("within").value_name("DURATION").help_heading("Waiting");
    command
        .arg(wait.help("Wait until it is in this state").value_parser(states).conflicts_with("dry_run"))
        .arg(
            within
                .help("How long it is waited for")
                .default_value("5m")
                .allow_hyphen_values(true)
                .value_parser(syntax::duration),
        )
}

/// The states of a view: what the comment of the field lists.
fn states(view: &MessageDescriptor) -> Option<PossibleValuesParser> {
    let field = view.get_field_by_name("state")?;
    let listed = contract().said().about_field(&field);
    let states: Vec<String> = listed.split(", ").map(str::to_owned).collect();
    let words = states.iter().all(|state| !state.is_empty() && !state.contains(' '));
    let value = |state: String| PossibleValue::new(state.clone()).alias(state.replace('_', "-"));
    words.then(|| PossibleValuesParser::new(states.into_iter().map(value).collect::<Vec<_>>()))
}
