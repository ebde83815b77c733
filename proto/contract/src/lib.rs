//! What the contracts say that people can do: kinds of things, the verbs of each, and what a verb takes. All of it is
//! read from the committed descriptors, so that a new command needs nothing but its `.proto`.
//!
//! A service with an `Execute` is a kind: `Launches` with its `LaunchRequest` is `launch`. The cases of the oneof `command`
//! are its verbs, what takes a `GetRequest` or a `ListRequest` its reads.

use prost_reflect::{
    DescriptorPool, FieldDescriptor, MessageDescriptor, MethodDescriptor, ServiceDescriptor,
};
use verdict_proto::DESCRIPTORS;

pub mod input;
pub mod said;

use input::{Choice, Input};
use said::Said;

#[cfg(test)]
mod tests;

/// Why descriptors cannot be read.
pub use prost_reflect::DescriptorError;

/// The contracts.
#[derive(Debug, Clone)]
pub struct Contract {
    pool: DescriptorPool,
    said: Said,
}

/// A kind of thing: `launch`.
#[derive(Debug, Clone)]
pub struct Kind {
    pub name: String,
    pub about: String,
    /// The context that owns it: `gtm`.
    pub context: String,
    /// Where its commands go: `/verdict.gtm.v1.Launches/Execute`.
    pub execute: String,
    pub request: MessageDescriptor,
    /// The field of the request that names the thing.
    pub id: FieldDescriptor,
    /// What every verb takes: fields of the request itself.
    pub inputs: Vec<Input>,
    pub verbs: Vec<Verb>,
    pub reads: Vec<Read>,
    pub list: Option<Listing>,
}

/// One command: `hold`.
#[derive(Debug, Clone)]
pub struct Verb {
    pub word: String,
    pub about: String,
    /// Processes of the platform give it and nobody else.
    pub for_processes: bool,
    /// It says what is planned, which a document may keep.
    pub plans: bool,
    /// It makes a thing, so it names none.
    pub creates: bool,
    /// The case of the oneof.
    pub field: FieldDescriptor,
    pub inputs: Vec<Input>,
    pub choices: Vec<Choice>,
}

/// A call that shows one thing: `get`, `why`.
#[derive(Debug, Clone)]
pub struct Read {
    pub word: String,
    pub about: String,
    pub path: String,
    pub view: MessageDescriptor,
}

/// The call that lists things, page by page.
#[derive(Debug, Clone)]
pub struct Listing {
    pub path: String,
    /// What a list can be narrowed to, where it can.
    pub of: Option<String>,
    pub page: MessageDescriptor,
    /// The field of a page that holds the things.
    pub items: FieldDescriptor,
    pub view: MessageDescriptor,
}

impl Contract {
    /// The contracts that this program was built with.
    pub fn committed() -> Result<Self, DescriptorError> {
        let pool = DescriptorPool::decode(DESCRIPTORS)?;
        let said = Said::by(&pool);
        Ok(Self { pool, said })
    }

    /// What options and comments say.
    pub const fn said(&self) -> &Said {
        &self.said
    }

    /// A message by its full name.
    pub fn message(&self, name: &str) -> Option<MessageDescriptor> {
        self.pool.get_message_by_name(name)
    }

    /// Every kind that somebody can do something with or look at, in the order of the contracts.
    pub fn kinds(&self) -> Vec<Kind> {
        self.pool.services().filter_map(|service| self.kind(&service)).collect()
    }

    fn kind(&self, service: &ServiceDescriptor) -> Option<Kind> {
        let method = |input: &str| service.methods().find(|method| method.input().full_name() == input);
        let execute = service.methods().find(|method| method.name() == "Execute")?;
        let request = execute.input();
        let name = snake(request.name().strip_suffix("Request")?);
        let commands = request.oneofs().find(|oneof| oneof.name() == "command")?;
        let own = |field: &FieldDescriptor| field.containing_oneof().is_none() && field.name() != "meta";
        let (id, further): (Vec<_>, Vec<_>) =
            request.fields().filter(own).partition(|field| field.name() == format!("{name}_id"));
        let further: Vec<Input> =
            further.iter().flat_map(|field| input::of_field(&self.said, field)).collect();
        let verbs = commands.fields().filter_map(|field| self.verb(field)).collect();
        let reads = service.methods().filter(|method| method.input().full_name() == "verdict.v1.GetRequest");
        Some(Kind {
            about: self.said.about_service(service),
            context: service.package_name().split('.').nth(1)?.to_owned(),
            execute: path(&execute),
            id: id.first()?.clone(),
            inputs: further,
            verbs,
            reads: reads.map(|method| self.read(&name, &method)).collect(),
            list: method("verdict.v1.ListRequest").and_then(|method| self.list(&method)),
            request,
            name,
        })
    }

    fn verb(&self, field: FieldDescriptor) -> Option<Verb> {
        let message = field.kind().as_message()?.clone();
        let cli = self.said.command_line(&field);
        let (inputs, choices) = input::of_command(&self.said, &message);
        Some(Verb {
            word: if cli.word.is_empty() { kebab(field.name()) } else { cli.word },
            about: self.said.about(&message),
            for_processes: self.said.is_for_processes(&message),
            plans: self.said.plans(&message),
            creates: cli.creates,
            field,
            inputs,
            choices,
        })
    }

    fn read(&self, kind: &str, method: &MethodDescriptor) -> Read {
        let about = self.said.about_method(method);
        let about = if about.is_empty() { format!("Show one {kind}.") } else { about };
        Read { word: kebab(&snake(method.name())), about, path: path(method), view: method.output() }
    }

    fn list(&self, method: &MethodDescriptor) -> Option<Listing> {
        let page = method.output();
        let items = page.fields().find(FieldDescriptor::is_list)?;
        let view = items.kind().as_message()?.clone();
        let about = self.said.about_method(method);
        let of = about.strip_prefix("`of` is ").map(str::to_owned);
        Some(Listing { path: path(method), of, page, items, view })
    }
}

impl Kind {
    /// The verbs that people have.
    pub fn for_people(&self) -> impl Iterator<Item = &Verb> {
        self.verbs.iter().filter(|verb| !verb.for_processes)
    }

    /// Whether people have anything to do with it.
    pub fn is_for_people(&self) -> bool {
        self.for_people().next().is_some() || self.list.is_some() || !self.reads.is_empty()
    }
}

fn path(method: &MethodDescriptor) -> String {
    format!("/{}/{}", method.parent_service().full_name(), method.name())
}

/// `start_response` as people write it: `start-response`.
pub fn kebab(name: &str) -> String {
    name.replace('_', "-").to_lowercase()
}

/// `StartResponse` as the contracts name fields: `start_response`.
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
