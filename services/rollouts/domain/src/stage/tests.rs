use super::*;

#[test]
fn r5_the_names_of_rule_r1_are_presets_and_any_other_has_no_class_by_itself() {
    for (name, class) in StageName::PRESETS {
        assert_eq!((name.as_str().parse(), name.preset()), (Ok(name.clone()), Some(class)));
        let shouted: StageName = name.as_str().to_uppercase().parse().unwrap();
        assert_eq!((&shouted, shouted.preset()), (&name, Some(class)));
        assert_eq!(shouted.as_str(), name.as_str().to_uppercase(), "its case is kept");
    }
    let own: StageName = "friends-of.the_House".parse().unwrap();
    assert_eq!((own.as_str(), own.preset()), ("friends-of.the_House", None));
    assert!(own.is_meant_by(" Friends-Of.The_House ") && !own.is_meant_by("friends"));
}

#[test]
fn a_name_is_a_word_like_a_key() {
    for wrong in ["", "beta 2", "-beta", "b/eta", "βeta", "01JD3Z8Q4M9W6T2V5X7Y0A1B2C", &"x".repeat(129)] {
        assert!(wrong.parse::<StageName>().is_err(), "{wrong:?}");
    }
    assert!("x".repeat(128).parse::<StageName>().is_ok());
    let said = "beta 2".parse::<StageName>().unwrap_err().to_string();
    assert!(said.starts_with("not a name of a stage: 'beta 2' is not a key: it begins with"), "{said}");
}

#[test]
fn classes_are_ordered_and_each_has_the_next_one_above_it() {
    let mut sorted = Class::ALL;
    sorted.sort();
    assert_eq!(sorted, Class::ALL);
    assert!(Class::ALL.windows(2).all(|pair| pair[0].above() == Some(pair[1])));
    assert_eq!(Class::Everyone.above(), None);
    assert_eq!(StageName::PRESETS.map(|(_, class)| class), Class::ALL);
}

#[test]
fn r1_the_default_stages_are_team_customers_a_tenth_and_everyone() {
    let stages = default_stages(["ann".to_owned()].into(), ["acme".to_owned()].into());
    let summary: Vec<_> = stages
        .iter()
        .map(|stage| {
            let audience = stage.steps.last().map(|step| step.audience.clone());
            (stage.name.as_str(), stage.class, audience, stage.min_soak, stage.max_soak)
        })
        .collect();
    assert_eq!(
        summary,
        [
            ("internal", Class::Internal, Some(Audience::members(["ann"])), days(1), Some(days(3))),
            ("alpha", Class::Named, Some(Audience::accounts(["acme"])), days(7), Some(days(14))),
            ("beta", Class::Share, Some(Audience::percent(Percent::of(10))), days(7), Some(days(14))),
            ("ga", Class::Everyone, Some(Audience::percent(Percent::FULL)), Duration::ZERO, None),
        ]
    );
}

#[test]
fn r10_the_default_beta_and_ga_ramp_in_steps_of_a_day() {
    let stages = default_stages(BTreeSet::new(), BTreeSet::new());
    let ramp = |index: usize| -> Vec<_> {
        let steps = stages[index].steps.iter();
        steps.map(|step| (step.audience.share(), step.soak)).collect()
    };
    let day = Duration::from_hours(24);
    assert_eq!(ramp(2), [1, 5, 10].map(|percent| (Percent::of(percent), day)));
    assert_eq!(ramp(3), [25, 50, 100].map(|percent| (Percent::of(percent), day)));
}
