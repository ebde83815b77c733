//! Rule F9: one flag for a key, and only what an edge can serve.

use super::*;

fn create(change: impl FnOnce(&mut Identity)) -> Command {
    let mut identity = identity(Kind::Release);
    change(&mut identity);
    Command::Create { identity, cleanup_on: None }
}

#[test]
fn f9_a_flag_that_no_edge_can_serve_is_refused_and_its_neighbour_is_accepted() {
    let with = |values: [&'static str; 2]| {
        create(move |identity| {
            for (variant, value) in identity.variants.iter_mut().zip(values) {
                value.clone_into(&mut variant.value);
            }
        })
    };
    for bad in [["1", "\"one\""], ["null", "null"], ["[1]", "[2]"], ["true", "0"], ["{}", "[]"]] {
        given::<FeatureFlag>([]).when(with(bad)).then_refused_by(RuleId::F9);
    }
    for good in [["1", "-2.5"], ["\"a\"", " \"b\""], ["{}", "{\"a\":null}"], ["false", "true"]] {
        assert_eq!(given::<FeatureFlag>([]).when(with(good)).then_accepted().len(), 1);
    }
    let nameless = create(|identity| identity.on_variant = "blue".to_owned());
    given::<FeatureFlag>([]).when(nameless).then_refused_by(RuleId::F9);
}

#[test]
fn f9_the_same_flag_again_is_accepted_as_a_repeat_and_another_one_of_its_key_is_refused() {
    let flag = || given::<FeatureFlag>([created_as(Kind::Release)]).at(day(3));
    flag().when(create(|_| ())).then([]);
    flag().when(Command::Create { identity: identity(Kind::Release), cleanup_on: Some(day(90)) }).then([]);
    let another_date = Command::Create { identity: identity(Kind::Release), cleanup_on: Some(day(91)) };
    flag().when(another_date).then_refused_by(RuleId::F9);
    flag().when(create(|identity| identity.owner = "subject-2".to_owned())).then_refused_by(RuleId::F9);
    flag().when(create(|identity| identity.key = "New-Checkout".to_owned())).then_refused_by(RuleId::F9);
    let killed = after(history(2), [killed(4)]);
    killed.when(create(|_| ())).then([]);
}

#[test]
fn f9_the_key_of_an_archived_flag_is_refused() {
    let removed = Event::RemovedFromCode { attestation: "commit 12".to_owned() };
    after(history(2), [removed, Event::Archived]).when(create(|_| ())).then_refused_by(RuleId::F9);
}
