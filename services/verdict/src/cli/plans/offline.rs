//! What needs no platform: `verdict init` writes an example, `verdict schema` says what documents may hold.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::{Value, json};
use verdict_documents::{Kind, example, schema};

use crate::cli::output::{self, Format};
use crate::failure::Failure;

/// Writes an example.
#[derive(Debug, clap::Args)]
pub struct Init {
    /// Where to; - is standard output
    #[arg(default_value = "verdict.yaml", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// Write over a file that is there
    #[arg(long)]
    force: bool,
}

/// Writes the example, and says what may be done with it.
pub fn init(init: &Init, out: &mut dyn Write) -> Result<(), Failure> {
    if init.file.as_os_str() == "-" {
        return Ok(out.write_all(example().as_bytes())?);
    }
    let name = init.file.display();
    let open = if init.force {
        File::create(&init.file)
    } else {
        OpenOptions::new().write(true).create_new(true).open(&init.file)
    };
    let mut file = open.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            Failure::usage(format!("{name} is there already; --force writes over it, or name another file"))
        }
        ErrorKind::NotFound => Failure::usage(format!("{name}: there is no such folder")),
        _ => Failure::usage(format!("{name}: {error}")),
    })?;
    file.write_all(example().as_bytes())?;
    writeln!(
        out,
        "{name} holds one bet, from its metrics to its launch; go on with: verdict diff -f {name}"
    )?;
    Ok(())
}

/// Prints the JSON Schema.
#[derive(Debug, clap::Args)]
pub struct Schema {
    /// Only documents of this kind
    #[arg(ignore_case = true, value_parser = kinds())]
    kind: Option<Kind>,
}

/// The kinds of documents, whatever their case.
fn kinds() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.map(Kind::as_str)).try_map(|word| {
        let named = |kind: &Kind| kind.as_str().eq_ignore_ascii_case(&word);
        Kind::ALL.into_iter().find(named).ok_or_else(|| format!("'{word}' is no kind of document"))
    })
}

/// Prints the schema of all kinds, or of one.
pub fn print_schema(asked: &Schema, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    // It is JSON whatever is asked for, but for whoever wants YAML.
    let format = if format == Format::Yaml { format } else { Format::Json };
    let Some(kind) = asked.kind else { return output::document(out, format, schema()) };
    let title = kind.as_str();
    let of_kind = |document: &&Value| document.get("title").and_then(Value::as_str) == Some(title);
    let documents = schema().get("oneOf").and_then(Value::as_array);
    let document = documents.and_then(|documents| documents.iter().find(of_kind));
    let mut document =
        document.cloned().ok_or_else(|| Failure::Fault(format!("the schema holds no {title}")))?;
    if let Some(fields) = document.as_object_mut() {
        fields.insert("$schema".to_owned(), schema().get("$schema").cloned().unwrap_or_else(|| json!("")));
        let used = used(&Value::Object(fields.clone()));
        fields.insert("$defs".to_owned(), Value::Object(used));
    }
    output::document(out, format, &document)
}

/// The definitions that a schema refers to, and what those refer to.
fn used(of: &Value) -> serde_json::Map<String, Value> {
    let none = serde_json::Map::new();
    let all = schema().get("$defs").and_then(Value::as_object).unwrap_or(&none);
    let mut used = serde_json::Map::new();
    let mut open = vec![of.clone()];
    while let Some(next) = open.pop() {
        for name in references(&next) {
            if let Some(definition) = all.get(&name).filter(|_| !used.contains_key(&name)) {
                used.insert(name, definition.clone());
                open.push(definition.clone());
            }
        }
    }
    used
}

fn references(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(fields) => {
            let own =
                fields.get("$ref").and_then(Value::as_str).and_then(|link| link.strip_prefix("#/$defs/"));
            own.map(str::to_owned).into_iter().chain(fields.values().flat_map(references)).collect()
        }
        Value::Array(entries) => entries.iter().flat_map(references).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}
