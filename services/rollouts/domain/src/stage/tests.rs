use super::*;

#[test]
fn stages_are_ordered_and_named() {
    let mut sorted = StageName::ALL;
    sorted.sort();
    assert_eq!(sorted, StageName::ALL);
    for stage in StageName::ALL {
        assert_eq!(stage.as_str().parse(), Ok(stage));
    }
    assert_eq!("gamma".parse::<StageName>(), Err(UnknownStage("gamma".to_owned())));
    assert_eq!(StageName::ALL.map(StageName::index), [0, 1, 2, 3]);
}

#[test]
fn r1_the_default_stages_are_team_customers_a_tenth_and_everyone() {
    let stages = default_stages(["ann".to_owned()].into(), ["acme".to_owned()].into());
    let summary: Vec<_> = stages
        .iter()
        .map(|stage| {
            let audience = stage.steps.last().map(|step| step.audience.clone());
            (stage.name, audience, stage.min_soak, stage.max_soak)
        })
        .collect();
    assert_eq!(
        summary,
        [
            (StageName::Internal, Some(Audience::members(["ann"])), days(1), Some(days(3))),
            (StageName::Alpha, Some(Audience::accounts(["acme"])), days(7), Some(days(14))),
            (StageName::Beta, Some(Audience::percent(Percent::of(10))), days(7), Some(days(14))),
            (StageName::Ga, Some(Audience::percent(Percent::FULL)), Duration::ZERO, None),
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
