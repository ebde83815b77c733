//! What the options of the message of every command say, as code: its effect, its audience, whether it plans.

use std::fmt::Write;

use protox::prost_reflect::{
    DescriptorPool, ExtensionDescriptor, FieldDescriptor, MessageDescriptor, OneofDescriptor,
};

/// A request whose oneof `command` holds the commands of one aggregate.
pub struct Request {
    pub message: MessageDescriptor,
    pub commands: Vec<Command>,
}

/// A command and what is said about it, as the contracts spell it; empty where nothing is said.
pub struct Command {
    /// The field of the oneof.
    pub field: String,
    pub message: String,
    pub effect: String,
    pub audience: String,
    pub plans: bool,
}

/// Every request of the contracts, in the order of its name.
pub fn requests(pool: &DescriptorPool) -> Vec<Request> {
    let option = |name: &str| pool.get_extension_by_name(&format!("verdict.v1.{name}")).unwrap();
    let options = [option("effect"), option("audience"), option("plan")];
    let mut found = Vec::new();
    for message in pool.all_messages() {
        let Some(oneof) = message.oneofs().find(|oneof| oneof.name() == "command") else {
            continue;
        };
        let commands = commands(&oneof, &options);
        found.push(Request { message, commands });
    }
    found.sort_by(|a, b| a.message.full_name().cmp(b.message.full_name()));
    found
}

fn commands(oneof: &OneofDescriptor, [effect, audience, plan]: &[ExtensionDescriptor; 3]) -> Vec<Command> {
    let command = |field: FieldDescriptor| {
        let kind = field.kind();
        let message = kind.as_message().expect("a command is a message");
        Command {
            field: field.name().to_owned(),
            message: message.full_name().to_owned(),
            effect: said(message, effect),
            audience: said(message, audience),
            plans: message.options().get_extension(plan).as_bool().unwrap(),
        }
    };
    oneof.fields().map(command).collect()
}

/// The name of the value of `option` on `message`; empty when it is not there.
fn said(message: &MessageDescriptor, option: &ExtensionDescriptor) -> String {
    let options = message.options();
    if !options.has_extension(option) {
        return String::new();
    }
    let number = options.get_extension(option).as_enum_number().unwrap();
    let kind = option.kind();
    let value = kind.as_enum().unwrap().get_value(number).unwrap();
    value.name().to_owned()
}

/// What the commands of `request` say, as Rust inside the module of its package.
pub fn table(request: &Request) -> String {
    let name = request.message.name();
    let module = snake(name);
    let effect = |command: &Command| camel(command.effect.trim_start_matches("EFFECT_"));
    let audience = |command: &Command| camel(command.audience.trim_start_matches("AUDIENCE_"));
    let mut code = format!("impl {module}::Command {{\n");
    code += &method(request, "effect", "Effect", "What it can do to what users see.", effect);
    code += &method(request, "audience", "Audience", "Whose command it is.", audience);
    code += &plans(request);
    code += "}\n";
    writeln!(code, "impl crate::CommandRequest for {name} {{").unwrap();
    for (method, kind) in [("effect", "Effect"), ("audience", "Audience")] {
        writeln!(
            code,
            "    fn {method}(&self) -> crate::v1::{kind} {{
        self.command.as_ref().map_or(crate::v1::{kind}::Unspecified, {module}::Command::{method})
    }}"
        )
        .unwrap();
    }
    writeln!(
        code,
        "    fn plans(&self) -> bool {{
        self.command.as_ref().is_some_and({module}::Command::plans)
    }}"
    )
    .unwrap();
    code + "}\n"
}

/// Which of the commands say what is planned.
fn plans(request: &Request) -> String {
    let planning = request.commands.iter().filter(|command| command.plans);
    let arms: Vec<_> = planning.map(|command| format!("Self::{}(_)", camel(&command.field))).collect();
    let body =
        if arms.is_empty() { "false".to_owned() } else { format!("matches!(self, {})", arms.join(" | ")) };
    format!(
        "    /// Whether it says what is planned, which a document may keep.
    pub const fn plans(&self) -> bool {{
        {body}
    }}\n"
    )
}

fn method(
    request: &Request,
    name: &str,
    kind: &str,
    about: &str,
    value: impl Fn(&Command) -> String,
) -> String {
    let mut code = format!(
        "    /// {about}\n    pub const fn {name}(&self) -> crate::v1::{kind} {{\n        match self {{\n"
    );
    let mut arms: Vec<(String, Vec<String>)> = Vec::new();
    for command in &request.commands {
        let (value, variant) = (value(command), format!("Self::{}(_)", camel(&command.field)));
        match arms.iter_mut().find(|(known, _)| *known == value) {
            Some((_, variants)) => variants.push(variant),
            None => arms.push((value, vec![variant])),
        }
    }
    for (value, variants) in arms {
        writeln!(code, "            {} => crate::v1::{kind}::{value},", variants.join(" | ")).unwrap();
    }
    code + "        }\n    }\n"
}

pub fn camel(name: &str) -> String {
    // Nothing said is a test's business, not the generator's.
    let name = if name.is_empty() { "UNSPECIFIED" } else { name };
    let word = |word: &str| word[..1].to_uppercase() + &word[1..].to_lowercase();
    name.split('_').map(word).collect()
}

pub fn snake(name: &str) -> String {
    let mut spelt = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !spelt.is_empty() {
            spelt.push('_');
        }
        spelt.extend(letter.to_lowercase());
    }
    spelt
}
