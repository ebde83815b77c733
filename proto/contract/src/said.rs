//! What options and comments of the contracts say about messages, fields and values.

use std::collections::HashMap;

use prost_reflect::{
    DescriptorPool, DynamicMessage, EnumDescriptor, EnumValueDescriptor, ExtensionDescriptor,
    FieldDescriptor, FileDescriptor, Kind, MessageDescriptor, MethodDescriptor, ServiceDescriptor, Value,
};

use crate::{kebab, snake};

/// How people write a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    Key,
    Percent,
    Duration,
    Date,
    Text,
    /// A text that may come from standard input.
    Stdin,
    /// What is none of these: a number, a word of an enum, yes or no.
    Plain,
}

/// How the command line spells a field; see `verdict.v1.CommandLine`.
#[derive(Debug, Clone, Default)]
pub(crate) struct CommandLine {
    pub(crate) word: String,
    pub(crate) required: bool,
    pub(crate) usual: String,
    pub(crate) hidden: bool,
    pub(crate) creates: bool,
    pub(crate) value: String,
    pub(crate) joined: String,
    pub(crate) presets: Vec<String>,
}

/// A value of an enum: its number, how people write it, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub number: i32,
    pub word: String,
    pub about: String,
}

/// The options that matter, and every comment.
#[derive(Debug, Clone)]
pub struct Said {
    options: HashMap<&'static str, ExtensionDescriptor>,
    comments: HashMap<(String, Vec<i32>), String>,
}

impl Said {
    pub(crate) fn by(pool: &DescriptorPool) -> Self {
        let extension = |name| Some((name, pool.get_extension_by_name(&format!("verdict.v1.{name}"))?));
        let options =
            ["audience", "plan", "syntax", "cli", "word"].into_iter().filter_map(extension).collect();
        Self { options, comments: pool.files().flat_map(|file| comments(&file)).collect() }
    }

    fn option(&self, name: &str, of: &DynamicMessage) -> Option<Value> {
        let option = self.options.get(name)?;
        of.has_extension(option).then(|| of.get_extension(option).into_owned())
    }

    fn comment(&self, file: &FileDescriptor, path: &[i32]) -> String {
        self.comments.get(&(file.name().to_owned(), path.to_owned())).cloned().unwrap_or_default()
    }

    /// The comment of a message.
    pub fn about(&self, message: &MessageDescriptor) -> String {
        self.comment(&message.parent_file(), message.path())
    }

    /// The comment of a field.
    pub fn about_field(&self, field: &FieldDescriptor) -> String {
        self.comment(&field.parent_file(), field.path())
    }

    pub(crate) fn about_service(&self, service: &ServiceDescriptor) -> String {
        self.comment(&service.parent_file(), service.path())
    }

    pub(crate) fn about_method(&self, method: &MethodDescriptor) -> String {
        self.comment(&method.parent_file(), method.path())
    }

    pub(crate) fn is_for_processes(&self, message: &MessageDescriptor) -> bool {
        let audience = self.option("audience", &message.options());
        // AUDIENCE_PROCESS
        audience.and_then(|audience| audience.as_enum_number()) == Some(2)
    }

    pub(crate) fn plans(&self, message: &MessageDescriptor) -> bool {
        self.option("plan", &message.options()).and_then(|plans| plans.as_bool()).unwrap_or_default()
    }

    pub(crate) fn command_line(&self, field: &FieldDescriptor) -> CommandLine {
        let Some(Value::Message(said)) = self.option("cli", &field.options()) else {
            return CommandLine::default();
        };
        let value = |name: &str| said.get_field_by_name(name).map(std::borrow::Cow::into_owned);
        let text = |name| value(name).and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
        let is = |name| value(name).and_then(|value| value.as_bool()).unwrap_or_default();
        let list =
            |name| value(name).and_then(|value| value.as_list().map(<[_]>::to_vec)).unwrap_or_default();
        CommandLine {
            word: text("word"),
            required: is("required"),
            usual: text("usual"),
            hidden: is("hidden"),
            creates: is("creates"),
            value: text("value"),
            joined: text("joined"),
            presets: list("presets").iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        }
    }

    /// How people write the field: as an option says, or as follows from its name and type.
    pub fn syntax(&self, field: &FieldDescriptor) -> Syntax {
        let said = self.option("syntax", &field.options()).and_then(|syntax| syntax.as_enum_number());
        match said {
            Some(1) => Syntax::Key,
            Some(2) => Syntax::Percent,
            Some(3) => Syntax::Duration,
            Some(4) => Syntax::Date,
            Some(5) => Syntax::Text,
            Some(6) => Syntax::Stdin,
            _unsaid => by_name(field),
        }
    }

    /// The words of an enum, without that for nothing said.
    pub fn words(&self, of: &EnumDescriptor) -> Vec<Word> {
        let prefix = snake(of.name()).to_uppercase() + "_";
        let word = |value: EnumValueDescriptor| {
            let said = self.option("word", &value.options());
            let said = said.as_ref().and_then(Value::as_str).map(str::to_owned);
            let own = value.name().strip_prefix(&prefix).unwrap_or_else(|| value.name()).to_lowercase();
            let about = self.comment(&of.parent_file(), value.path());
            Word { number: value.number(), word: said.unwrap_or(own), about }
        };
        of.values().filter(|value| value.number() != 0).map(word).collect()
    }

    /// The word of a value, as it is shown; nothing for nothing said.
    pub fn word(&self, of: &EnumDescriptor, number: i32) -> Option<String> {
        self.words(of).into_iter().find(|word| word.number == number).map(|word| word.word)
    }
}

fn by_name(field: &FieldDescriptor) -> Syntax {
    let (name, text) = (field.name(), matches!(field.kind(), Kind::String));
    match () {
        () if text && (name.ends_with("_id") || name.ends_with("_ids")) => Syntax::Key,
        () if text => Syntax::Text,
        () if name.ends_with("basis_points") => Syntax::Percent,
        () if name.ends_with("_seconds") => Syntax::Duration,
        () => Syntax::Plain,
    }
}

/// The name of a field without its unit or what it points with, as people write it.
pub fn unitless(name: &str, syntax: Syntax) -> String {
    let short = match syntax {
        Syntax::Percent if name == "basis_points" => Some("percent"),
        Syntax::Percent => name.strip_suffix("_basis_points"),
        Syntax::Duration => name.strip_suffix("_seconds"),
        Syntax::Key => name.strip_suffix("_id"),
        Syntax::Date | Syntax::Text | Syntax::Stdin | Syntax::Plain => None,
    };
    kebab(short.unwrap_or(name))
}

/// Each comment of a file by the path of what it is about.
fn comments(file: &FileDescriptor) -> Vec<((String, Vec<i32>), String)> {
    let locations = file.file_descriptor_proto().source_code_info.iter().flat_map(|info| &info.location);
    let comment = |text: &str| text.lines().map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned();
    locations.map(|at| ((file.name().to_owned(), at.path.clone()), comment(at.leading_comments()))).collect()
}
