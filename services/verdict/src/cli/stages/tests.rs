use super::*;

fn stages() -> FieldDescriptor {
    let plan = contract().message("verdict.rollouts.v1.PlanRollout").unwrap();
    plan.get_field_by_name("stages").unwrap()
}

fn one(audience: &str) -> Result<Vec<Value>, String> {
    let text = format!(r#"[{{"name":"beta","steps":[{{"audience":{audience},"soakSeconds":3600}}]}}]"#);
    parse(&stages(), &text)
}

/// The share that the audience comes to, in basis points.
fn points(audience: &str) -> Result<Option<u32>, String> {
    let stages = one(audience)?;
    let stage = stages[0].as_message().unwrap().clone();
    let steps = stage.get_field_by_name("steps").unwrap().into_owned();
    let step = steps.as_list().unwrap()[0].as_message().unwrap().clone();
    let audience = step.get_field_by_name("audience").unwrap().into_owned();
    let audience = audience.as_message().unwrap().clone();
    let has = audience.has_field_by_name("basis_points");
    Ok(has.then(|| audience.get_field_by_name("basis_points").unwrap().as_u32().unwrap()))
}

#[test]
fn a_share_names_its_unit() {
    for (audience, expected) in [
        (r#"{"percent":"5%"}"#, 500),
        (r#"{"percent":"0.25 %"}"#, 25),
        (r#"{"percent":"0.5%"}"#, 50),
        (r#"{"percent":"100%"}"#, 10_000),
        (r#"{"percentBasisPoints":500}"#, 500),
        (r#"{"basisPoints":500}"#, 500),
    ] {
        assert_eq!(points(audience), Ok(Some(expected)), "{audience}");
    }
    assert_eq!(points(r#"{"accounts":["acme"]}"#), Ok(None));
}

/// Whatever is wrong is said with where it is and how to write it.
#[test]
fn what_cannot_be_read_is_named_with_its_place() {
    let audience =
        |text: &str| format!(r#"[{{"name":"beta","steps":[{{"audience":{text},"soakSeconds":3600}}]}}]"#);
    for (text, said) in [
        ("[]".to_owned(), "it names no stage; leave the option out for the default stages"),
        ("{}".to_owned(), "it holds no list of stages: begin it with ["),
        ("[{]".to_owned(), "line 1, column 3: it is no JSON"),
        (
            r#"["beta"]"#.to_owned(),
            "stages[0]: a text stands where fields belong: name, steps, minSoak, \
          minSoakSeconds, maxSoak, maxSoakSeconds, class",
        ),
        (
            r#"[{"name":"beta","soak":"1d"}]"#.to_owned(),
            "stages[0].soak is unknown; known are name, steps, minSoak, \
          minSoakSeconds, maxSoak, maxSoakSeconds, class",
        ),
        (
            r#"[{"name":"beta","steps":{}}]"#.to_owned(),
            "stages[0].steps: an object stands where a list belongs",
        ),
        (
            audience(r#"{"percent":10}"#),
            "stages[0].steps[0].audience.percent: 10 has no unit: write \"10%\", or \
          percentBasisPoints",
        ),
        (
            audience(r#"{"percent":0.5}"#),
            "stages[0].steps[0].audience.percent: 0.5 has no unit: write \"0.5%\", or \
          percentBasisPoints",
        ),
        (audience(r#"{"percent":"5"}"#), "stages[0].steps[0].audience.percent: 5 has no unit: write 5%"),
        (
            audience(r#"{"percnt":5}"#),
            "stages[0].steps[0].audience.percnt is unknown; known are members, accounts, \
          attributes, percent, percentBasisPoints",
        ),
        (
            audience(r#"{"percent":"5%","percentBasisPoints":500}"#),
            "stages[0].steps[0].audience.percentBasisPoints: \
          give percent or percentBasisPoints, not both",
        ),
        (
            audience(r#"{"members":"dana"}"#),
            "stages[0].steps[0].audience.members: a text stands where a list belongs",
        ),
        (
            audience(r#"{"members":[7]}"#),
            "stages[0].steps[0].audience.members[0]: a number stands where a text belongs",
        ),
        (
            audience("5"),
            "stages[0].steps[0].audience: a number stands where fields belong: members, accounts, \
          attributes, percent, percentBasisPoints",
        ),
    ] {
        assert_eq!(parse(&stages(), &text), Err(said.to_owned()), "{text}");
    }
}

/// The name and the class of each stage.
fn named(text: &str) -> Result<Vec<(String, Option<i32>)>, String> {
    let of = |stage: &Value| {
        let stage = stage.as_message().unwrap();
        let name = stage.get_field_by_name("name").unwrap().as_str().unwrap().to_owned();
        let class =
            stage.has_field_by_name("class").then(|| stage.get_field_by_name("class").unwrap().into_owned());
        (name, class.and_then(|class| class.as_enum_number()))
    };
    Ok(parse(&stages(), text)?.iter().map(of).collect())
}

#[test]
fn r5_a_stage_says_its_class_in_a_word() {
    let text = r#"[{"name":"team","class":"internal"},{"name":"EU","class":"share"},{"name":"ga"}]"#;
    let wanted = [("team", Some(1)), ("EU", Some(3)), ("ga", None)];
    assert_eq!(named(text), Ok(wanted.map(|(name, class)| (name.to_owned(), class)).to_vec()));
    let wrong = named(r#"[{"name":"team","class":"everybody"}]"#).unwrap_err();
    for word in ["stages[0].class", "everybody", "internal", "named", "share", "everyone"] {
        assert!(wrong.contains(word), "{word}: {wrong}");
    }
}

/// What the documentation shows can be planned.
#[test]
fn the_file_of_the_documentation_reads() {
    let document =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/stages.md")).unwrap();
    let examples = document.split("```json").skip(1).filter_map(|rest| rest.split("```").next());
    let read: Vec<_> = examples.map(named).collect();
    assert!(!read.is_empty());
    for example in read {
        let stages = example.unwrap();
        assert!(stages.iter().any(|(_, class)| class.is_some()), "{stages:?}");
    }
}
