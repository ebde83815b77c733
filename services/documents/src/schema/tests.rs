use std::collections::BTreeSet;

use jsonschema::Validator;

use super::*;
use crate::example::example;
use crate::finding::Sink;
use crate::reading::read;
use crate::words;

fn validator() -> Validator {
    jsonschema::options().build(schema()).unwrap()
}

/// The documents of a text, as an editor sees them.
fn plain(text: &str) -> Vec<Value> {
    let mut sink = Sink::new("file.yaml");
    crate::yaml::documents(text, 0, &mut sink).iter().map(|(_, node)| node.to_json()).collect()
}

#[test]
fn editors_accept_the_example_and_what_is_written() {
    let validator = validator();
    let reading = read("file.yaml", example());
    let written = reading.documents.iter().map(|placed| placed.document.to_json());
    for document in plain(example()).into_iter().chain(written) {
        assert!(validator.is_valid(&document), "{document}");
    }
}

/// One change after the other in every place of the example: what a validator of schemas refuses is refused here, and
/// the other way round.
#[test]
fn editors_and_the_platform_refuse_the_same_shapes() {
    let validator = validator();
    let changes = [
        ("core", Value::from("core")),
        ("a number", Value::from(5)),
        ("a large number", Value::from(1_000_000_000_000_i64)),
        ("a negative number", Value::from(-1)),
        ("true", Value::Bool(true)),
        ("a list", json!([])),
        ("a section", json!({})),
        ("nothing", Value::Null),
        ("a text with a blank", Value::from("a b")),
    ];
    let mut refused = 0;
    for document in plain(example()) {
        for path in paths(&document) {
            for (what, change) in &changes {
                let mut other = document.clone();
                *other.pointer_mut(&path).unwrap() = change.clone();
                let ours = shape_fits(&other);
                assert_eq!(validator.is_valid(&other), ours, "{path} is {what}");
                refused += usize::from(!ours);
            }
            let mut other = document.clone();
            if let Some(Value::Object(section)) = other.pointer_mut(&path) {
                section.insert("colour".to_owned(), "red".into());
                assert_eq!(validator.is_valid(&other), shape_fits(&other), "{path} has a colour");
            }
        }
    }
    assert!(refused > 500, "only {refused} changes were refused");
}

fn shape_fits(document: &Value) -> bool {
    let text = document.to_string();
    let mut sink = Sink::new("file.yaml");
    let nodes = crate::yaml::documents(&text, 0, &mut sink);
    let kind = document["kind"].as_str().and_then(Kind::named);
    let Some(kind) = kind.filter(|_| document["apiVersion"] == API_VERSION) else { return false };
    crate::shape::check(&nodes[0].1, of(kind), &crate::finding::Path::default(), &mut sink);
    sink.count() == 0
}

/// The pointers to everything in a value, itself included.
fn paths(value: &Value) -> Vec<String> {
    let below = |name: &str, value: &Value| {
        paths(value).into_iter().map(|path| format!("/{name}{path}")).collect::<Vec<_>>()
    };
    let mut all = vec![String::new()];
    match value {
        Value::Object(section) => all.extend(section.iter().flat_map(|(name, value)| below(name, value))),
        Value::Array(list) => {
            all.extend(list.iter().enumerate().flat_map(|(index, value)| below(&index.to_string(), value)));
        }
        _ => {}
    }
    all
}

#[test]
fn patterns_of_editors_say_what_formats_say() {
    let texts = [
        "a",
        "A",
        "a-b",
        "a_b",
        "-a",
        "a.b",
        "a..b",
        "",
        " ",
        "0",
        "0.5",
        ".5",
        "-1",
        "1e3",
        "1.1234567",
        "2026-12-01",
        "2026-12-01T09:00:00Z",
        "2026-12-01T09:00:00+01:00",
        "2026-12-01 09:00:00Z",
        "2026-12-1",
        "ä",
    ];
    let mut compared = BTreeSet::new();
    for definition in schema()["$defs"].as_object().unwrap().values() {
        let (Some(format), Some(_)) = (definition["format"].as_str(), definition.get("pattern")) else {
            continue;
        };
        let validator = jsonschema::validator_for(definition).unwrap();
        for text in texts {
            assert_eq!(
                validator.is_valid(&text.into()),
                words::judge(format, text).is_ok(),
                "{format} {text:?}"
            );
        }
        compared.insert(format);
    }
    assert_eq!(compared.len(), 6, "{compared:?}");
}

#[test]
fn fields_that_there_are_not_are_refused_at_every_depth() {
    let mut sections = 0;
    let defs = schema()["$defs"].as_object().unwrap().values();
    for section in defs.chain(schema()["oneOf"].as_array().unwrap()) {
        if section.get("properties").is_some() {
            assert_eq!(section["additionalProperties"], false, "{section}");
            sections += 1;
        }
    }
    assert!(sections > 15, "only {sections}");
}

/// Kubernetes keeps only what its structural schemas describe: every field has one type, or is kept as it is.
#[test]
fn every_field_has_one_type() {
    fn check(name: &str, schema: &Value) {
        let schema = resolve(schema);
        let kept = schema.get("x-kubernetes-preserve-unknown-fields").is_some();
        let typed = schema["type"].is_string() || crate::shape::choices(schema).is_some();
        assert!(
            (typed || kept) && schema.get("anyOf").is_none() && schema.get("allOf").is_none(),
            "{name}: {schema}"
        );
        let parts = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        parts.for_each(|(name, schema)| check(name, schema));
        schema.get("items").into_iter().for_each(|items| check(name, items));
    }
    for kind in Kind::ALL {
        check(kind.as_str(), of(kind));
    }
}

/// Every field and every word stands in the document about the format.
#[test]
fn the_format_is_explained_whole() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/documents.md");
    let text = std::fs::read_to_string(path).unwrap();
    let named = |name: &str| {
        text.split('`')
            .skip(1)
            .step_by(2)
            .any(|code| code.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == name))
    };
    for definition in schema()["$defs"].as_object().unwrap().values() {
        let fields = definition.get("properties").and_then(Value::as_object).into_iter().flatten();
        for (field, _) in fields {
            assert!(named(field), "{field}");
        }
        let words = crate::shape::choices(definition).unwrap_or_default();
        for word in words {
            assert!(named(word), "{word}");
        }
    }
    let note = text.split("```markdown\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let reading = read("bet.md", note);
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
}

#[test]
fn every_field_is_explained_or_says_enough() {
    let quiet: BTreeSet<&str> = schema()["$defs"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, definition)| definition.get("description").is_none())
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(quiet, BTreeSet::new());
    assert!(!schema().to_string().contains("null"));
}
