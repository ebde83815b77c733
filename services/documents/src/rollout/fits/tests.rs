use super::*;
use crate::rollout::Step;
use crate::words::Line;

/// Members, accounts, basis points.
type Whom<'w> = (&'w [&'w str], &'w [&'w str], Option<i32>);

fn stage(name: &str, class: Class, steps: &[Whom<'_>]) -> Stage {
    let names = |names: &[&str]| names.iter().copied().map(Line::from).collect();
    let step = |&(members, accounts, basis_points): &Whom<'_>| Step {
        exposure: Exposure { members: names(members), accounts: names(accounts), basis_points },
        soak_seconds: 0,
    };
    let steps = steps.iter().map(step).collect();
    Stage { name: name.into(), class, min_soak_seconds: 0, max_soak_seconds: None, steps }
}

fn told(stages: &[Stage]) -> Vec<String> {
    let mut checker = Checker::default();
    check(stages, &Path::of(&["stages"]), &mut checker);
    let told = |problem: crate::finding::Problem| format!("{}: {}", problem.path, problem.found);
    checker.into_problems().into_iter().map(told).collect()
}

const NOBODY: &[&str] = &[];
const TEAM: Whom<'_> = (&["dana", "eli"], NOBODY, None);

const fn share(basis_points: i32) -> Whom<'static> {
    (NOBODY, NOBODY, Some(basis_points))
}

/// A stage of every class below, which name nobody that a case names.
fn below(class: Class) -> Vec<Stage> {
    let all = [
        stage("1", Class::Internal, &[(&["zoe"], NOBODY, None)]),
        stage("2", Class::Named, &[(NOBODY, &["zoo"], None)]),
        stage("3", Class::Share, &[share(1)]),
    ];
    all.into_iter().filter(|stage| stage.class < class).collect()
}

/// What is said of these stages after one of every class below.
fn after(class: Class, stages: &[Stage]) -> Vec<String> {
    let mut all = below(class);
    all.extend_from_slice(stages);
    told(&all)
}

#[test]
fn whom_lower_stages_name_may_stay() {
    let stages = [
        stage("us", Class::Internal, &[TEAM]),
        stage("friends", Class::Named, &[(&["dana"], &["acme"], None)]),
        stage("some", Class::Share, &[(&["dana"], &["acme"], Some(1)), (&["dana"], &["acme"], Some(9_999))]),
        stage("all", Class::Everyone, &[(NOBODY, &["acme"], Some(9_999)), share(10_000)]),
    ];
    assert_eq!(told(&stages), Vec::<String>::new());
}

#[test]
fn classes_never_go_down_and_may_stay() {
    let some = |name| stage(name, Class::Share, &[share(100)]);
    assert_eq!(after(Class::Share, &[some("a"), some("b")]), Vec::<String>::new());
    let friends = stage("c", Class::Named, &[(NOBODY, &["acme"], None)]);
    assert_eq!(after(Class::Share, &[some("a"), friends]), ["stages[3].class: Named after Share"]);
}

#[test]
fn r2_a_plan_begins_with_the_team_and_skips_no_class() {
    let some = || stage("some", Class::Share, &[share(100)]);
    let us = || stage("us", Class::Internal, &[TEAM]);
    let friends = || stage("friends", Class::Named, &[(NOBODY, &["acme"], None)]);
    assert_eq!(told(&[some()]), ["stages[0].class: Share in the first stage"]);
    assert_eq!(told(&[us(), some()]), ["stages[1].class: Share after Internal"]);
    assert_eq!(told(&[us(), friends(), some()]), Vec::<String>::new());
}

#[test]
fn r10_a_share_begins_where_that_of_the_stage_before_ends() {
    let some = |name, from, to| stage(name, Class::Share, &[share(from), share(to)]);
    let found = "stages[3].steps[0].exposure.basisPoints: 199, which is less than the 200 that the stage before ends with";
    assert_eq!(after(Class::Share, &[some("a", 100, 200), some("b", 199, 300)]), [found]);
    assert_eq!(after(Class::Share, &[some("a", 100, 200), some("b", 200, 300)]), Vec::<String>::new());
}

#[test]
fn exposure_fits_the_class_of_its_stage() {
    for (class, whom, wrong) in [
        (Class::Internal, (&["dana"][..], &["acme"][..], None), "accounts: \"acme\""),
        (Class::Internal, share(1), "basisPoints: 1"),
        (Class::Named, (&["dana"][..], NOBODY, None), "members: \"dana\""),
        (Class::Named, share(1), "basisPoints: 1"),
        (Class::Share, (&["dana"][..], NOBODY, Some(1)), "members: \"dana\""),
        (Class::Share, (NOBODY, &["acme"][..], Some(1)), "accounts: \"acme\""),
        (Class::Share, share(0), "basisPoints: 0"),
        (Class::Share, share(10_000), "basisPoints: 10000"),
        (Class::Everyone, share(0), "basisPoints: 0"),
    ] {
        let wanted = format!("stages[{}].steps[0].exposure.{wrong}", below(class).len());
        assert_eq!(after(class, &[stage("a", class, &[whom])]), [wanted]);
    }
    assert_eq!(
        after(Class::Everyone, &[stage("a", Class::Everyone, &[(NOBODY, NOBODY, None)])]),
        ["stages[3].steps[0].exposure: no basisPoints"]
    );
}

#[test]
fn steps_of_a_stage_lose_nobody() {
    let fewer = stage("us", Class::Internal, &[TEAM, (&["dana"], NOBODY, None)]);
    assert_eq!(told(&[fewer]), ["stages[0].steps[1].exposure.members: fewer names"]);
    let same = stage("us", Class::Internal, &[TEAM, TEAM]);
    assert_eq!(told(&[same]), Vec::<String>::new());
    let less = stage("some", Class::Share, &[share(2), share(1)]);
    assert_eq!(
        after(Class::Share, &[less]),
        ["stages[2].steps[1].exposure.basisPoints: 1, which is less than the 2 of the step before"]
    );
    let last = stage("all", Class::Everyone, &[share(5_000)]);
    assert_eq!(after(Class::Everyone, &[last]), ["stages[3].steps[0].exposure.basisPoints: 5000"]);
}
