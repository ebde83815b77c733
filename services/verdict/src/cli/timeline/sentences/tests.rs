//! Every event that is stored of what has a timeline reads as a sentence.

use std::collections::BTreeMap;
use std::path::Path;

use super::*;

/// Types and payloads of every event that the aggregates of a timeline store.
fn stored() -> BTreeMap<String, String> {
    let services = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let folders = ["bets", "rollouts", "metrics", "gtm"].map(|of| services.join(of).join("wire/fixtures"));
    let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap());
    let paths = files.map(|file| file.unwrap().path()).filter(|path| path.is_file());
    let example = |path: std::path::PathBuf| {
        let event_type = path.file_stem().unwrap().to_string_lossy().into_owned();
        (event_type, std::fs::read_to_string(path).unwrap())
    };
    // Metrics and edges belong to nothing that has a timeline.
    let is_told = |event_type: &String| !["Metric.", "Edge."].iter().any(|of| event_type.contains(of));
    paths.map(example).filter(|(event_type, _)| is_told(event_type)).collect()
}

#[test]
fn every_stored_event_has_a_sentence_and_no_sentence_is_about_nothing() {
    let stored = stored();
    assert!(stored.len() > 60, "{}", stored.len());
    let own = |event_type: &String| event_type.split('.').skip(1).take(2).collect::<Vec<_>>().join(".");
    let types: Vec<String> = stored.keys().map(own).collect();
    for (event_type, data) in &stored {
        let own = own(event_type);
        assert!(SENTENCES.iter().any(|(of, ..)| *of == own), "{event_type} has no sentence");
        let said = said(event_type, data);
        assert!(said.message.is_some(), "{event_type} cannot be read");
        assert!(!said.happened.is_empty() && !said.happened.contains('{'), "{event_type}: {said:?}");
    }
    for (of, happened, value) in SENTENCES.iter().filter(|(of, ..)| of.contains('.')) {
        assert!(types.contains(&(*of).to_owned()), "nothing stores {of}");
        let (event_type, _) = stored.iter().find(|(event_type, _)| own(event_type) == *of).unwrap();
        let context = event_type.split('.').next().unwrap();
        let message = message(context, of.split('.').nth(1).unwrap(), "{}").unwrap();
        fields_exist(&message, happened);
        fields_exist(&message, value);
    }
}

/// A field that is spelt wrong would never be seen.
fn fields_exist(message: &DynamicMessage, row: &str) {
    use prost_reflect::ReflectMessage;
    for what in row.split('{').skip(1).filter_map(|behind| behind.split('}').next()) {
        let mut of = Some(message.descriptor());
        for name in what.split(['|', '?']).next().unwrap().split('.') {
            let known = of.expect("a message holds it");
            let field = known.get_field_by_name(name);
            let field = field.unwrap_or_else(|| panic!("{} has no field '{name}'", known.full_name()));
            of = field.kind().as_message().cloned();
        }
    }
}

#[test]
fn a_breach_says_what_was_seen_and_what_was_required() {
    let data = r#"{"stage":"beta","attempt":3,"required":"not below 49.5","seen":"41","critical":true}"#;
    let breach = said("metrics.Guardrail.GuardrailBreached.v1", data);
    assert_eq!(breach.happened, "breaks in beta, attempt 3");
    assert_eq!(breach.value, "seen 41, required not below 49.5, critical");
}

#[test]
fn what_is_empty_is_left_out_or_has_a_word() {
    let narrowed = said("rollouts.Flag.ExposureNarrowed.v1", r#"{"version":4,"hold":false}"#);
    assert_eq!((narrowed.happened.as_str(), narrowed.value.as_str()), ("serves less", "nobody"));
    let held = r#"{"audience":{"basisPoints":1000},"hold":true,"unheardOf":1}"#;
    let narrowed = said("rollouts.Flag.ExposureNarrowed.v1", held);
    assert_eq!((narrowed.happened.as_str(), narrowed.value.as_str()), ("serves less, and is held", "10 %"));
}

#[test]
fn what_nobody_knows_is_called_what_its_type_is_called() {
    assert_eq!(said("rollouts.Rollout.StageMissed.v2", "{}").happened, "stage missed");
    assert_eq!(said("odd", "{}").happened, "odd");
}
