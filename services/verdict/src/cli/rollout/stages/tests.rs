use super::*;

fn one(audience: &str) -> Result<Vec<pb::Stage>, String> {
    let text = format!(r#"[{{"name":"beta","steps":[{{"audience":{audience},"soakSeconds":3600}}]}}]"#);
    parse(text.as_bytes())
}

/// The share that the audience comes to, in basis points.
fn points(audience: &str) -> Result<Option<u32>, String> {
    let stages = one(audience)?;
    Ok(stages[0].steps[0].audience.as_ref().and_then(|audience| audience.basis_points))
}

#[test]
fn a_share_names_its_unit() {
    for (audience, expected) in [
        (r#"{"percent":"5%"}"#, 500),
        (r#"{"percent":"0.25 %"}"#, 25),
        (r#"{"percent":"0.5%"}"#, 50),
        (r#"{"percent":"100%"}"#, 10_000),
        (r#"{"percentBasisPoints":500}"#, 500),
    ] {
        assert_eq!(points(audience), Ok(Some(expected)), "{audience}");
    }
    assert_eq!(points(r#"{"accounts":["acme"]}"#), Ok(None));
}

#[test]
fn a_share_without_a_unit_is_refused_and_says_how_to_write_it() {
    for audience in [r#"{"percent":10}"#, r#"{"percent":0.5}"#] {
        let why = one(audience).unwrap_err();
        assert!(why.contains("has no unit") && why.contains("percentBasisPoints"), "{why}");
    }
    for audience in [
        r#"{"percent":"5"}"#,
        r#"{"percent":"101%"}"#,
        r#"{"percent":"0.125%"}"#,
        r#"{"percent":"-1%"}"#,
        r#"{"percent":"5%","percentBasisPoints":500}"#,
    ] {
        assert!(one(audience).is_err(), "{audience}");
    }
}

#[test]
fn an_unknown_field_is_refused_by_name() {
    let why = one(r#"{"percnt":5}"#).unwrap_err();
    assert!(why.contains("percnt"), "{why}");
    let stage = br#"[{"name":"beta","steps":[],"soak":"1d"}]"#;
    assert!(parse(stage).unwrap_err().contains("soak"));
    assert!(parse(b"[]").is_err());
}
