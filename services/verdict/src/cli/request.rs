//! The request that a line asks for: a message of the contracts, filled from the options that were given.

use std::io::Read;

use clap::ArgMatches;
use clap::parser::ValueSource;
use jiff::Timestamp;
use prost_reflect::{DynamicMessage, FieldDescriptor, Kind as Type, ReflectMessage, Value};
use verdict_contract::input::{Form, Input, Place};
use verdict_contract::said::Syntax;
use verdict_contract::{Kind, Verb};
use verdict_proto::v1 as pb;

use super::contract::contract;
use super::grammar::{self, THING, counted, id};
use super::{stages, syntax};
use crate::failure::Failure;

#[cfg(test)]
mod tests;

/// What a line refers to beyond itself.
pub struct Around<'a> {
    /// The platform's time; it is only asked for when something is said from now on.
    pub now: Option<Timestamp>,
    pub stdin: &'a mut dyn Read,
}

/// Whether a line says a time from now on.
pub fn needs_the_time(kind: &Kind, verb: &Verb, matches: &ArgMatches) -> bool {
    grammar::inputs(kind, verb).filter(|input| matches!(input.form, Form::Value(Syntax::Date))).any(|input| {
        values(matches, &id(&input.word)).iter().filter_map(Value::as_str).any(syntax::is_from_now)
    })
}

/// The thing that a line names; nothing for what makes one.
pub fn thing(matches: &ArgMatches) -> String {
    matches.try_get_one::<String>(THING).ok().flatten().cloned().unwrap_or_default()
}

/// The request of a verb.
pub fn of(
    kind: &Kind,
    verb: &Verb,
    matches: &ArgMatches,
    meta: Option<pb::CommandMeta>,
    around: &mut Around<'_>,
) -> Result<DynamicMessage, Failure> {
    let mut request = DynamicMessage::new(kind.request.clone());
    if let (Some(meta), Some(Value::Message(place))) = (meta, request.get_field_by_name_mut("meta")) {
        place.transcode_from(&meta).map_err(|error| Failure::Fault(error.to_string()))?;
    }
    request.set_field(&kind.id, Value::String(thing(matches)));
    // A verb without options is a message, too.
    request.get_field_mut(&verb.field);
    let chosen: Vec<&str> = verb
        .inputs
        .iter()
        .filter(|input| is_given(matches, input))
        .map(|input| input.word.as_str())
        .collect();
    for input in &verb.inputs {
        let Some(Value::Message(command)) = Some(request.get_field_mut(&verb.field)) else { continue };
        fill(command, input, &chosen, matches, around)?;
    }
    for input in
        kind.inputs.iter().filter(|input| grammar::inputs(kind, verb).any(|one| std::ptr::eq(one, *input)))
    {
        fill(&mut request, input, &chosen, matches, around)?;
    }
    Ok(request)
}

/// The option, as it is typed, that fills a field of the contracts: `--for` for `arm.threshold.for_points`.
pub fn option_of(kind: &Kind, verb: &Verb, field: &str) -> Option<String> {
    if field == kind.id.name() {
        return Some(kind.name.to_uppercase());
    }
    if let Some(field) = field.strip_prefix("meta.") {
        return Some(format!("--{}", verdict_contract::kebab(field)));
    }
    let of_verb = field.strip_prefix(verb.field.name()).and_then(|rest| rest.strip_prefix('.'));
    let names: Vec<&str> =
        of_verb.unwrap_or(field).split('.').map(|name| name.split('[').next().unwrap_or(name)).collect();
    let leads_there = |place: &Place| {
        let path: Vec<&str> = place.path.iter().map(FieldDescriptor::name).collect();
        path == names || (!path.is_empty() && names.starts_with(&path))
    };
    let fills = |input: &&Input| input.places.iter().any(leads_there) || beside(input, &names);
    let inputs: Vec<&Input> = grammar::inputs(kind, verb).filter(fills).collect();
    let options: Vec<String> = inputs.iter().map(|input| format!("--{}", input.word)).collect();
    (!options.is_empty()).then(|| options.join(" or "))
}

/// Whether an option that stands for a word takes the value of the field at this path.
fn beside(input: &Input, names: &[&str]) -> bool {
    let Form::Beside { value, .. } = &input.form else { return false };
    let Some((_, outer)) = input.places.first().and_then(|place| place.path.split_last()) else {
        return false;
    };
    outer.iter().chain([value]).map(FieldDescriptor::name).eq(names.iter().copied())
}

fn is_given(matches: &ArgMatches, input: &Input) -> bool {
    let said = |id: &str| {
        matches.try_contains_id(id).unwrap_or(false)
            && matches.value_source(id) == Some(ValueSource::CommandLine)
    };
    let counted = match &input.form {
        Form::Value(syntax) => counted(&input.word, *syntax),
        Form::Switch
        | Form::Case
        | Form::Joined(_)
        | Form::Document
        | Form::Preset(_)
        | Form::Beside { .. } => None,
    };
    said(&id(&input.word)) || counted.is_some_and(|word| said(&id(&word)))
}

/// Puts what was said where it belongs.
fn fill(
    message: &mut DynamicMessage,
    input: &Input,
    chosen: &[&str],
    matches: &ArgMatches,
    around: &mut Around<'_>,
) -> Result<(), Failure> {
    let given = is_given(matches, input);
    if !given && input.usual.is_none() {
        return Ok(());
    }
    let fits = |place: &&Place| place.case.as_deref().is_none_or(|case| chosen.contains(&case));
    let Some(place) = input.places.iter().find(fits) else {
        return if given { Err(out_of_place(input)) } else { Ok(()) };
    };
    let Some((last, outer)) = place.path.split_last() else { return Ok(()) };
    let Some(inner) = within(message, outer) else { return Ok(()) };
    let word = &input.word;
    match &input.form {
        Form::Switch => inner.set_field(last, Value::Bool(matches.get_flag(&id(word)))),
        Form::Case => {
            inner.get_field_mut(last);
        }
        Form::Value(syntax) => set(inner, last, said(matches, word, *syntax), *syntax, word, around)?,
        Form::Joined(parts) => {
            let texts = matches.get_many::<String>(&id(word)).into_iter().flatten();
            let joined = texts.map(|text| joined(last, parts, word, text)).collect::<Result<_, _>>()?;
            inner.set_field(last, Value::List(joined));
        }
        Form::Document => {
            let file = matches.get_one::<String>(&id(word)).map(String::as_str).unwrap_or_default();
            let items = stages::read(last, word, file, around.stdin)?;
            inner.set_field(last, Value::List(items));
        }
        Form::Preset(sets) => preset(inner, last, sets)?,
        Form::Beside { number, value } => {
            inner.set_field(last, Value::EnumNumber(*number));
            let syntax = contract().said().syntax(value);
            set(inner, value, said(matches, word, syntax), syntax, word, around)?;
        }
    }
    Ok(())
}

fn out_of_place(input: &Input) -> Failure {
    let cases: Vec<String> =
        input.places.iter().filter_map(|place| place.case.as_ref()).map(|case| format!("--{case}")).collect();
    Failure::usage(format!("--{} goes with {}", input.word, cases.join(" or ")))
}

/// The message at the end of a path; what is on the way comes into being.
fn within<'m>(message: &'m mut DynamicMessage, path: &[FieldDescriptor]) -> Option<&'m mut DynamicMessage> {
    path.iter().try_fold(message, |message, field| message.get_field_mut(field).as_message_mut())
}

fn values(matches: &ArgMatches, id: &str) -> Vec<Value> {
    matches.try_get_many::<Value>(id).ok().flatten().into_iter().flatten().cloned().collect()
}

/// The values of an option, in whichever unit they were given.
fn said(matches: &ArgMatches, word: &str, syntax: Syntax) -> Vec<Value> {
    let counted = counted(word, syntax).map(|word| values(matches, &id(&word))).unwrap_or_default();
    if counted.is_empty() { values(matches, &id(word)) } else { counted }
}

fn set(
    message: &mut DynamicMessage,
    field: &FieldDescriptor,
    said: Vec<Value>,
    syntax: Syntax,
    word: &str,
    around: &mut Around<'_>,
) -> Result<(), Failure> {
    let mut meant = Vec::with_capacity(said.len());
    for value in said {
        meant.push(match (value, syntax) {
            (Value::String(text), Syntax::Date) => {
                let now = around.now.unwrap_or_default();
                let time = syntax::time(&text, now);
                Value::String(time.map_err(|why| Failure::usage(format!("--{word}: {why}")))?)
            }
            (Value::String(text), Syntax::Stdin) if text == "-" => {
                Value::String(whole(around.stdin, &format!("--{word}"))?)
            }
            (value, _) => value,
        });
    }
    if field.is_list() {
        message.set_field(field, Value::List(meant));
    } else if let Some(value) = meant.pop() {
        message.set_field(field, value);
    }
    Ok(())
}

/// All of standard input, without the end of its last line. It can be read once.
pub fn whole(stdin: &mut dyn Read, option: &str) -> Result<String, Failure> {
    let mut text = String::new();
    let read = stdin.read_to_string(&mut text);
    read.map_err(|error| Failure::usage(format!("{option} -: standard input cannot be read: {error}")))?;
    let text = text.trim_end_matches(['\r', '\n']).to_owned();
    if text.is_empty() {
        return Err(Failure::usage(format!(
            "{option} -: standard input is empty; only one option can read it"
        )));
    }
    Ok(text)
}

/// `primary:conversion:core:up:0.05` as a message.
fn joined(
    field: &FieldDescriptor,
    parts: &[FieldDescriptor],
    word: &str,
    text: &str,
) -> Result<Value, Failure> {
    let shape = grammar::shape(parts);
    let wrong = |why: String| Failure::usage(format!("--{word} '{text}': {why}give {shape}"));
    let Type::Message(kind) = field.kind() else { return Err(wrong(String::new())) };
    let texts: Vec<&str> = text.splitn(parts.len(), ':').collect();
    if texts.len() != parts.len() {
        return Err(wrong(String::new()));
    }
    let mut message = DynamicMessage::new(kind);
    for (part, text) in parts.iter().zip(texts) {
        let value = syntax::value(part, contract().said().syntax(part), text);
        message.set_field(part, value.map_err(|why| wrong(format!("{why}; ")))?);
    }
    Ok(Value::Message(message))
}

fn preset(
    message: &mut DynamicMessage,
    field: &FieldDescriptor,
    sets: &[(String, String)],
) -> Result<(), Failure> {
    let Some(whole) = message.get_field_mut(field).as_message_mut() else { return Ok(()) };
    for (name, text) in sets {
        let Some(part) = whole.descriptor().get_field_by_name(name) else { continue };
        let value = syntax::value(&part, Syntax::Plain, text).map_err(Failure::Fault)?;
        whole.set_field(&part, value);
    }
    Ok(())
}
