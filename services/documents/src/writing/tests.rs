use std::collections::BTreeSet;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::bet::{
    BetSpec, Clarity, Handoff, Hypothesis, MetricRole, MetricTarget, Mode, Progress, Timebox, Trend,
};
use crate::document::{Kind, Metadata, Spec};
use crate::flag::{FlagKind, FlagSpec, Variant};
use crate::metric::{Aggregation, Effect, GuardrailSpec, Judge, MetricDefinitionSpec, MetricType, Severity};
use crate::reading::read;
use crate::rollout::{Class, Exposure, IrreversibleFrom, OnBlind, Promotion, Stage, StagedRolloutSpec, Step};
use crate::schema::schema;
use crate::words::{Decimal, Line};

fn written(text: &str) -> String {
    let document = Document {
        metadata: Metadata {
            annotations: [("a".to_owned(), text.to_owned())].into(),
            ..Metadata::named("a")
        },
        spec: crate::reading::read("e.yaml", crate::example()).documents[2].document.spec.clone(),
    };
    let yaml = write([&document]);
    let reading = read("file.yaml", &yaml);
    assert_eq!(reading.findings, [], "{yaml}");
    assert_eq!(reading.documents[0].document, document, "{yaml}");
    let line = yaml.lines().skip_while(|line| !line.trim_start().starts_with("a:")).take(2);
    line.map(str::trim).collect::<Vec<_>>().join("|").split("|spec").next().unwrap_or_default().to_owned()
}

#[test]
fn texts_are_quoted_where_a_reader_may_misread_them() {
    for plain in ["dana", "One page checkout", "a/b-c_d.e", "n0", "Nothing"] {
        assert_eq!(written(plain), format!("a: {plain}"));
    }
    for quoted in [
        "",
        "no",
        "Yes",
        "ON",
        "y",
        "null",
        "True",
        "0x1f",
        "12:30",
        "1_000",
        "007",
        "1e3",
        ".5",
        "-",
        "a ",
        " a",
        "a: b",
        "a #b",
        "- a",
        "#a",
        "@a",
        "2026-12-01",
        "ä",
        "a,b",
    ] {
        assert_eq!(written(quoted), format!("a: \"{quoted}\""));
    }
    assert_eq!(written("a\"b\\c\td"), "a: \"a\\\"b\\\\c\\td\"");
    assert_eq!(written("\u{1b}\u{85}\u{feff}"), "a: \"\\U0000001b\\U00000085\\U0000feff\"");
}

#[test]
fn several_lines_are_a_block() {
    assert_eq!(written("a\n\nb: c # d"), "a: |-|a");
    assert_eq!(written("a\nb\n"), "a: ||a");
    for quoted in ["a\n\n", "\na\nb", " a\nb", "a\n b", "a \nb", "a\r\nb", "\n"] {
        assert!(written(quoted).starts_with("a: \""), "{quoted:?}");
    }
}

/// A field that the order does not know would go to where its name happens to fall.
#[test]
fn the_order_knows_every_field() {
    let mut fields = BTreeSet::new();
    gather(schema(), &mut fields);
    let known: BTreeSet<&str> = ORDER.iter().copied().collect();
    assert_eq!(known.len(), ORDER.len(), "a name stands twice");
    assert_eq!(fields.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new());
    assert_eq!(known.difference(&fields).collect::<Vec<_>>(), Vec::<&&str>::new());
}

fn gather<'s>(schema: &'s Value, fields: &mut BTreeSet<&'s str>) {
    match schema {
        Value::Object(section) => {
            if let Some(Value::Object(properties)) = section.get("properties") {
                fields.extend(properties.keys().map(String::as_str));
            }
            section.values().for_each(|value| gather(value, fields));
        }
        Value::Array(list) => list.iter().for_each(|value| gather(value, fields)),
        _ => {}
    }
}

#[test]
fn the_example_is_written_and_read_back() {
    let documents: Vec<_> =
        read("e.yaml", crate::example()).documents.into_iter().map(|placed| placed.document).collect();
    let text = write(&documents);
    let again: Vec<_> = read("f.yaml", &text).documents.into_iter().map(|placed| placed.document).collect();
    assert_eq!(again, documents);
    assert_eq!(write(&again), text);
    assert!(text.starts_with(
        "apiVersion: verdict.dev/v1alpha1\nkind: MetricDefinition\nmetadata:\n  name: cart-orders"
    ));
    assert!(
        text.contains("      steps:\n        - exposure:\n            members:\n              - dana\n"),
        "{text}"
    );
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,8}",
        "[ -~]{0,20}[!-~]",
        "\\PC{0,10}x",
        select(vec!["no", "1e3", "0x1f", "null", "~", "- a"]).prop_map(str::to_owned)
    ]
    .prop_filter("no marks that change the direction", |text| crate::words::judge("line", text).is_ok())
}

fn text() -> impl Strategy<Value = String> {
    vec(prop_oneof![line(), Just(String::new()), Just("\t x ".to_owned())], 1..5)
        .prop_map(|lines| lines.join("\n"))
        .prop_filter("says something", |text| crate::words::judge("text", text).is_ok())
}

/// Any JSON that a flag may answer with.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        proptest::num::f64::NORMAL.prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        Just(Value::Null),
    ];
    let nested = leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(any::<String>(), inner, 0..4).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    });
    btree_map("[a-z]{1,5}", nested, 0..4).prop_map(|map| Value::Object(map.into_iter().collect()))
}

fn metadata() -> impl Strategy<Value = Metadata> {
    let texts = || btree_map("[a-zA-Z0-9./]{1,12}", any::<String>(), 0..3);
    ("[a-z][a-z0-9-]{0,10}[a-z]", option::of("[a-z]{1,9}"), texts(), texts()).prop_map(
        |(name, namespace, labels, annotations)| Metadata {
            name: name.as_str().into(),
            namespace: namespace.map(|name| name.as_str().into()),
            labels,
            annotations,
        },
    )
}

fn flag() -> impl Strategy<Value = Spec> {
    let kind = select(vec![FlagKind::Release, FlagKind::Ops, FlagKind::Permission]);
    (option::of("[A-Za-z0-9][A-Za-z0-9._-]{0,9}"), kind, line(), value(), value()).prop_map(
        |(key, kind, owner, one, other)| {
            let variant = |name: &str, value| Variant { name: name.into(), value };
            Spec::Flag(FlagSpec {
                key: key.map(Into::into),
                environment: Some("staging".into()),
                kind,
                owner: Some(owner.as_str().into()),
                cleanup_on: Some("2026-12-01".into()),
                unit: "accountId".into(),
                variants: vec![variant("yes", one), variant("off", other)],
                on_variant: "yes".into(),
                off_variant: "off".into(),
            })
        },
    )
}

fn bet() -> impl Strategy<Value = Spec> {
    let clarity = || option::of(select(vec![Clarity::Clear, Clarity::Fuzzy, Clarity::Missing]));
    let hypothesis = option::of((text(), text()));
    let targets = btree_map("[a-m][a-z_]{1,8}", "-?[0-9]{1,9}(\\.[0-9]{1,9})?", 0..4);
    (line(), any::<bool>(), hypothesis, 0..=3_i32, targets, clarity(), clarity()).prop_map(
        |(title, scaling, hypothesis, iteration_limit, targets, problem, edge_cases)| {
            let metric = |(index, (key, target)): (usize, (String, String))| MetricTarget {
                metric_ref: key.as_str().into(),
                role: if index == 0 { MetricRole::Primary } else { MetricRole::Guardrail },
                target: target.into(),
                direction: Trend::Decrease,
            };
            Spec::Bet(BetSpec {
                key: None,
                title,
                mode: if scaling { Mode::Scaling } else { Mode::ZeroToOne },
                hypothesis: hypothesis
                    .map(|(belief, expected_outcome)| Hypothesis { belief, expected_outcome }),
                iteration_limit,
                appetite_person_days: Some("2.5".into()),
                timebox: Some(Timebox { start: "2026-12-01".into(), end: "2026-12-01T00:00:01Z".into() }),
                metrics: targets.into_iter().enumerate().map(metric).collect(),
                handoff: problem.map(|_| Handoff { problem, edge_cases, ..Handoff::default() }),
                bring_to: Progress::Shaping,
            })
        },
    )
}

fn metric() -> impl Strategy<Value = Spec> {
    let decimal = || "-?[0-9]{1,9}(\\.[0-9]{1,9})?";
    let guardrails =
        btree_map("[a-m][a-z_]{1,8}", (decimal(), any::<bool>(), 1..=1000_i32, 0..=i32::MAX), 0..3);
    (option::of(line()), option::of(decimal()), option::of(1..=i32::MAX), guardrails).prop_map(
        |(unit, target, refresh_seconds, guardrails)| {
            let guardrail =
                |(key, (bound, above, for_points, min_sample)): (String, (String, bool, i32, i32))| {
                    let bound = |given| Some(Decimal::from(bound.as_str())).filter(|_| given);
                    GuardrailSpec {
                        key: key.into(),
                        rollout_ref: "shop".into(),
                        fails_above: bound(above),
                        fails_below: bound(!above),
                        for_points,
                        min_sample,
                        severity: Severity::Critical,
                        critical_events: Some(for_points),
                        effect: Effect::Shadow,
                        judge: Judge::EachSource,
                    }
                };
            Spec::MetricDefinition(MetricDefinitionSpec {
                key: None,
                kind: MetricType::Guardrail,
                unit,
                good: Trend::Increase,
                target: target.map(Into::into),
                baseline: None,
                refresh_seconds,
                aggregation: Aggregation::Maximum,
                leads_to: vec!["other".into()],
                guardrails: guardrails.into_iter().map(guardrail).collect(),
            })
        },
    )
}

fn rollout() -> impl Strategy<Value = Spec> {
    let shares = proptest::collection::btree_set(1..10_000_i32, 1..5);
    let members = vec(line().prop_map(Line::from), 1..4);
    (members, shares, 0..=i32::MAX, any::<bool>(), option::of(text())).prop_map(
        |(members, shares, soak, automatic, reason)| {
            let step = |exposure| Step { exposure, soak_seconds: soak };
            let share = |share| step(Exposure { basis_points: Some(share), ..Exposure::default() });
            let stage = |name: &str, class, steps| Stage {
                name: name.into(),
                class,
                min_soak_seconds: soak / 2,
                max_soak_seconds: Some(soak).filter(|&soak| soak > 0),
                steps,
            };
            let friends = Exposure { accounts: vec!["acme".into()], ..Exposure::default() };
            let us = step(Exposure { members, ..Exposure::default() });
            Spec::StagedRollout(StagedRolloutSpec {
                key: None,
                bet_ref: Some("shop".into()),
                flag_ref: Some("shop".into()),
                flag: None,
                environment: "eu-1.staging".into(),
                service: "shop".into(),
                mode: None,
                tier: 4,
                promotion: if automatic { Promotion::Automatic } else { Promotion::Manual },
                on_blind: OnBlind::Narrow,
                irreversible_from: reason
                    .map(|reason| IrreversibleFrom { stage: "everybody".into(), reason }),
                internal_members: Vec::new(),
                alpha_accounts: Vec::new(),
                stages: vec![
                    stage("us", Class::Internal, vec![us]),
                    stage("friends", Class::Named, vec![step(friends)]),
                    stage("some", Class::Share, shares.into_iter().map(share).collect()),
                    stage("everybody", Class::Everyone, vec![share(10_000)]),
                ],
            })
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_reads_back_as_the_same(metadata in metadata(), spec in prop_oneof![flag(), bet(), metric(), rollout()]) {
        let document = Document { metadata, spec };
        prop_assert_eq!(document.problems(), []);
        let text = write([&document]);
        let reading = read("file.yaml", &text);
        let told: Vec<_> = reading.findings.iter().map(ToString::to_string).collect();
        prop_assert_eq!(told, Vec::<String>::new(), "{}", text);
        prop_assert_eq!(&reading.documents[0].document, &document, "{}", text);
        prop_assert_eq!(write([&reading.documents[0].document]), text);
    }

    /// Whatever a text is, reading it ends, and says something of what it does not take.
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let reading = read("file.yaml", &text);
        prop_assert!(!reading.findings.is_empty() || !reading.documents.is_empty());
        let reading = read("file.md", &text);
        prop_assert!(!reading.findings.is_empty() || !reading.documents.is_empty());
    }

    /// The example with a piece cut out or put in somewhere.
    #[test]
    fn a_damaged_example_is_read_or_refused_with_places(at in 0..crate::example().len(), piece in "[-:{}\\[\\]&*!|>'\"#%@\t\n a]{0,3}") {
        let example = crate::example();
        let (before, after) = (example.get(..at).unwrap_or_default(), example.get(at + 1..).unwrap_or_default());
        let text = format!("{before}{piece}{after}");
        let lines = text.lines().count() + 1;
        for finding in read("file.yaml", &text).findings {
            prop_assert!((1..=lines).contains(&finding.place.line) && finding.place.column > 0, "{}", finding);
        }
    }
}

#[test]
fn kinds_have_the_names_of_their_schemas() {
    let titles: Vec<_> =
        schema()["oneOf"].as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap()).collect();
    assert_eq!(titles, Kind::ALL.map(Kind::as_str));
}
