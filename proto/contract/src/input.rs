//! What a verb takes. The fields of a message are options; those of a message within it, and of the cases of a oneof, are
//! options of the whole. A case of several is an option itself; it takes the value of the one field that it cannot do
//! without.

use prost_reflect::{FieldDescriptor, Kind, MessageDescriptor, OneofDescriptor};

use crate::kebab;
use crate::said::{CommandLine, Said, Syntax, unitless};

/// An option of a verb.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its name: `min-sample`.
    pub word: String,
    /// Further names.
    pub aliases: Vec<String>,
    pub about: String,
    pub required: bool,
    /// What is sent when nothing is said.
    pub usual: Option<String>,
    pub form: Form,
    /// What it fills: several where cases of a oneof share a word.
    pub places: Vec<Place>,
    /// What cannot stand beside it.
    pub excludes: Vec<String>,
}

/// How an option is written.
#[derive(Debug, Clone)]
pub enum Form {
    /// It is there or not.
    Switch,
    /// One value, or several where the field is a list.
    Value(Syntax),
    /// A case of a oneof that needs no value.
    Case,
    /// The fields of a message in one text, with colons between.
    Joined(Vec<FieldDescriptor>),
    /// A file with a list of messages.
    Document,
    /// It stands for a whole message: fields with their values.
    Preset(Vec<(String, String)>),
    /// It stands for a value of the enum at its place, and takes the value of this field beside it.
    Beside { number: i32, value: FieldDescriptor },
}

/// Where a value goes, seen from the message of the command.
#[derive(Debug, Clone)]
pub struct Place {
    /// Fields from the outside to the inside; the last one is set.
    pub path: Vec<FieldDescriptor>,
    /// The option that has to be given for it: the case of a oneof that it is in.
    pub case: Option<String>,
}

/// Options of which at most one can be given, or where `several`, any number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub words: Vec<String>,
    /// At least one has to be given.
    pub required: bool,
    pub several: bool,
}

/// The options of a command.
pub(crate) fn of_command(said: &Said, message: &MessageDescriptor) -> (Vec<Input>, Vec<Choice>) {
    let mut found = Found { said, inputs: Vec::new(), choices: Vec::new() };
    found.message(message, &At::default());
    (found.inputs, found.choices)
}

/// The options of a single field.
pub(crate) fn of_field(said: &Said, field: &FieldDescriptor) -> Vec<Input> {
    let mut found = Found { said, inputs: Vec::new(), choices: Vec::new() };
    found.field(field.clone(), &At::default());
    found.inputs
}

/// Where in a command a message stands.
#[derive(Debug, Clone, Default)]
struct At {
    path: Vec<FieldDescriptor>,
    case: Option<String>,
    required: bool,
}

impl At {
    fn below(&self, field: &FieldDescriptor) -> Vec<FieldDescriptor> {
        self.path.iter().cloned().chain([field.clone()]).collect()
    }
}

struct Found<'s> {
    said: &'s Said,
    inputs: Vec<Input>,
    choices: Vec<Choice>,
}

impl Found<'_> {
    fn message(&mut self, message: &MessageDescriptor, at: &At) {
        let taken: Vec<String> = message.fields().map(|field| self.said.command_line(&field).value).collect();
        let mut seen: Vec<String> = Vec::new();
        for field in message.fields().filter(|field| !taken.iter().any(|name| name == field.name())) {
            let of = field.containing_oneof().filter(|of| !of.is_synthetic() && of.fields().len() > 1);
            match of {
                None => self.field(field, at),
                Some(of) if seen.iter().any(|name| name == of.name()) => {}
                Some(of) => {
                    seen.push(of.name().to_owned());
                    self.cases(&of, at);
                }
            }
        }
    }

    fn field(&mut self, field: FieldDescriptor, at: &At) {
        let cli = self.said.command_line(&field);
        if cli.hidden {
            return;
        }
        match field.kind() {
            Kind::Message(message) if !field.is_list() => {
                let at = At { path: at.below(&field), case: at.case.clone(), required: cli.required };
                self.flat(&message, &cli, &at);
            }
            Kind::Message(message) => self.list(&field, &message, &cli, at),
            Kind::Enum(_) if !cli.value.is_empty() => self.beside(&field, &cli, at),
            Kind::Bool => self.add(&field, &cli, at, Form::Switch),
            _scalar => self.add(&field, &cli, at, Form::Value(self.said.syntax(&field))),
        }
    }

    /// A message whose fields are options of the whole.
    fn flat(&mut self, message: &MessageDescriptor, cli: &CommandLine, at: &At) {
        let before = self.inputs.len();
        if cli.presets.is_empty() {
            return self.message(message, at);
        }
        self.message(message, &At { required: false, ..at.clone() });
        let fields: Vec<String> = self.inputs.iter().skip(before).map(|input| input.word.clone()).collect();
        let presets = cli.presets.iter().filter_map(|preset| {
            let (word, rest) = preset.split_once('=')?;
            let (sets, about) = rest.split_once('=')?;
            Some((word, sets, about))
        });
        let words: Vec<String> = presets.clone().map(|(word, _, _)| word.to_owned()).collect();
        for (word, sets, about) in presets {
            let sets = sets.split(',').filter_map(|set| set.split_once(':'));
            let sets: Vec<_> = sets.map(|(field, value)| (field.to_owned(), value.to_owned())).collect();
            let others = words.iter().filter(|other| *other != word).chain(&fields).cloned().collect();
            let place = Place { path: at.path.clone(), case: at.case.clone() };
            self.inputs.push(Input {
                word: word.to_owned(),
                aliases: Vec::new(),
                about: about.to_owned(),
                required: false,
                usual: None,
                form: Form::Preset(sets),
                places: vec![place],
                excludes: others,
            });
        }
        let words = words.into_iter().chain(fields).collect();
        self.choices.push(Choice { words, required: at.required, several: true });
    }

    fn list(&mut self, field: &FieldDescriptor, message: &MessageDescriptor, cli: &CommandLine, at: &At) {
        let named = |name| message.get_field_by_name(name);
        let form = if cli.joined.is_empty() {
            Form::Document
        } else {
            Form::Joined(cli.joined.split(':').filter_map(named).collect())
        };
        self.add(field, cli, at, form);
    }

    /// Each word of the enum is an option, with the value of the field beside it.
    fn beside(&mut self, field: &FieldDescriptor, cli: &CommandLine, at: &At) {
        let (Kind::Enum(of), Some(value)) =
            (field.kind(), field.parent_message().get_field_by_name(&cli.value))
        else {
            return;
        };
        let words = self.said.words(&of);
        let options: Vec<String> = words.iter().map(|word| kebab(&word.word)).collect();
        for (word, option) in words.iter().zip(&options) {
            let form = Form::Beside { number: word.number, value: value.clone() };
            let cli = CommandLine { word: option.clone(), ..CommandLine::default() };
            self.add(field, &cli, at, form);
        }
        self.choices.push(Choice { words: options, required: cli.required, several: false });
    }

    fn cases(&mut self, of: &OneofDescriptor, at: &At) {
        let mut words = Vec::new();
        for field in of.fields() {
            let Kind::Message(message) = field.kind() else { continue };
            let word = kebab(field.name());
            let path = at.below(&field);
            let needed = message.fields().find(|inner| self.said.command_line(inner).required);
            let inside = At { path: path.clone(), case: Some(word.clone()), required: false };
            let own = Input {
                word: word.clone(),
                aliases: Vec::new(),
                about: self.said.about(&message),
                required: false,
                usual: None,
                form: Form::Case,
                places: vec![Place { path, case: None }],
                excludes: Vec::new(),
            };
            match &needed {
                None => self.put(own),
                Some(needed) => {
                    let places = vec![Place { path: inside.below(needed), case: None }];
                    let form = Form::Value(self.said.syntax(needed));
                    self.put(Input { form, places, ..own });
                }
            }
            for inner in message.fields().filter(|inner| Some(inner) != needed.as_ref()) {
                self.field(inner, &inside);
            }
            words.push(word);
        }
        self.choices.push(Choice { words, required: false, several: false });
    }

    fn add(&mut self, field: &FieldDescriptor, cli: &CommandLine, at: &At, form: Form) {
        let (word, aliases) = names(field, cli, &form, self.said.syntax(field));
        let usual = Some(cli.usual.clone()).filter(|usual| !usual.is_empty());
        let of_all = at.required && matches!(form, Form::Value(_)) && !field.is_list();
        self.put(Input {
            word,
            aliases,
            about: self.said.about_field(field),
            required: (cli.required || of_all) && usual.is_none(),
            usual,
            form,
            places: vec![Place { path: at.below(field), case: at.case.clone() }],
            excludes: Vec::new(),
        });
    }

    /// Cases of a oneof may share an option.
    fn put(&mut self, input: Input) {
        match self.inputs.iter_mut().find(|known| known.word == input.word) {
            Some(known) => known.places.extend(input.places),
            None => self.inputs.push(input),
        }
    }
}

/// The option of a field. One that may be given several times is named after one of its values.
fn names(field: &FieldDescriptor, cli: &CommandLine, form: &Form, syntax: Syntax) -> (String, Vec<String>) {
    if !cli.word.is_empty() {
        return (cli.word.clone(), Vec::new());
    }
    let name = unitless(field.name(), syntax);
    let one = name.strip_suffix('s').filter(|one| field.is_list() && !one.ends_with('s'));
    match (form, one) {
        (Form::Value(_) | Form::Joined(_), Some(one)) => (one.to_owned(), vec![name.clone()]),
        _whole => (name, Vec::new()),
    }
}
