//! What one evaluation costs, by the rule that decides. Target: at most 0.5 µs with a percentage rule.

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::{Map, Value, json};
use verdict_flag_evaluator::{Audience, Bucketing, Compiled, Context, Definition, Match, Share, Unit};

/// Opaque ids of the length that people's systems use.
fn ids(count: u32) -> Vec<String> {
    (0..count).map(|index| format!("5c3d8535-f81a-4478-a6d3-{index:012x}")).collect()
}

fn compiled(audience: Audience) -> Compiled {
    let definition = Definition {
        key: "new-checkout".to_owned(),
        salt: Some("01JD3Z6Q7M8N9P0R1S2T3V4W5X".to_owned()),
        bucketing: Bucketing::FlagdV3,
        variants: BTreeMap::from([("off".to_owned(), json!(false)), ("on".to_owned(), json!(true))]),
        off_variant: "off".to_owned(),
        on_variant: "on".to_owned(),
        killed: false,
        audience,
    };
    Compiled::new(&definition).expect("the definition is valid")
}

fn caller() -> Map<String, Value> {
    let context = json!({
        "targetingKey": "f20bd32d-703b-48b6-bc8e-79d53c85134a",
        "accountId": "acme",
        "plan": "pro",
        "country": "DE",
        "seats": 12
    });
    context.as_object().cloned().unwrap_or_default()
}

fn share(basis_points: u16) -> Share {
    Share { basis_points, unit: Unit::TargetingKey }
}

fn evaluate(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("flag_evaluation");
    let matches = vec![Match { attribute: "country".to_owned(), any_of: vec![json!("FR"), json!("PT")] }];
    for (name, audience) in [
        ("nobody", Audience::default()),
        ("percentage", Audience { share: share(1_000), ..Audience::default() }),
        ("a_thousand_members", Audience { members: ids(1_000), ..Audience::default() }),
        (
            "every_rule_then_percentage",
            Audience { members: ids(1_000), accounts: ids(100), matches, share: share(1_000) },
        ),
    ] {
        let flag = compiled(audience);
        let attributes = caller();
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(&flag).evaluate(Context::of(black_box(&attributes))));
        });
    }
    group.finish();
}

criterion_group!(benches, evaluate);
criterion_main!(benches);
