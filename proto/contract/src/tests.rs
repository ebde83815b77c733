//! The kinds, verbs and options that the committed contracts come to.

use super::*;

fn kinds() -> Vec<Kind> {
    Contract::committed().unwrap().kinds()
}

fn verb(line: &str) -> Verb {
    let (kind, word) = line.split_once(' ').unwrap();
    let kind = kinds().into_iter().find(|found| found.name == kind).unwrap();
    kind.verbs.into_iter().find(|verb| verb.word == word).unwrap()
}

fn options(line: &str) -> Vec<String> {
    let spelt = |input: &Input| {
        let mark = if input.required { "!" } else { "" };
        let usual = input.usual.as_ref().map(|usual| format!("={usual}")).unwrap_or_default();
        format!("{}{mark}{usual}", input.word)
    };
    verb(line).inputs.iter().map(spelt).collect()
}

#[test]
fn every_aggregate_is_a_kind_and_every_command_a_verb() {
    let names: Vec<String> = kinds().into_iter().filter(Kind::is_for_people).map(|kind| kind.name).collect();
    for wanted in ["bet", "launch", "metric", "guardrail", "incident", "rollout", "flag"] {
        assert!(names.iter().any(|name| name == wanted), "{wanted} in {names:?}");
    }
    assert!(!names.iter().any(|name| name == "edge"), "only processes have anything to do with edges");
    assert!(verb("edge join").for_processes);
    assert!(verb("bet set-timebox").plans && !verb("bet start-discovery").plans);
    let launch = kinds().into_iter().find(|kind| kind.name == "launch").unwrap();
    assert_eq!(launch.execute, "/verdict.gtm.v1.Launches/Execute");
    assert_eq!((launch.context.as_str(), launch.id.name()), ("gtm", "launch_id"));
    assert!(launch.list.unwrap().of.is_some());
    assert!(verb("launch plan").creates && !verb("launch hold").creates);
}

#[test]
fn options_follow_from_fields() {
    assert_eq!(options("launch plan"), ["bet!", "rollout!", "tier!", "title!", "key"]);
    assert_eq!(options("launch replan"), Vec::<String>::new());
    assert_eq!(options("bet set-timebox"), ["start!", "end!"]);
    assert_eq!(options("rollout extend-stage"), ["by!"]);
    assert_eq!(options("incident triage"), ["severity!", "responders!", "stakeholder"]);
    assert_eq!(options("rollout rollback"), ["critical"]);
    let arm = options("guardrail arm");
    assert_eq!(arm[..4], ["metric!", "rollout!", "below", "above"], "{arm:?}");
    assert!(arm.contains(&"for=1".to_owned()), "{arm:?}");
}

#[test]
fn cases_of_a_oneof_share_what_is_named_alike() {
    let conclude = verb("bet conclude");
    let override_ = conclude.inputs.iter().find(|input| input.word == "override").unwrap();
    let cases: Vec<_> = override_.places.iter().filter_map(|place| place.case.as_deref()).collect();
    assert_eq!(cases, ["scale", "iterate"]);
    let kill = conclude.inputs.iter().find(|input| input.word == "kill").unwrap();
    assert!(matches!(kill.form, input::Form::Value(_)), "{kill:?}");
    assert_eq!(conclude.choices[0].words, ["scale", "iterate", "kill"]);
}

/// What somebody has to read before they can use a verb.
#[test]
fn every_command_of_people_says_what_it_does() {
    let mut silent = Vec::new();
    for kind in kinds() {
        assert!(!kind.is_for_people() || !kind.about.is_empty(), "{}", kind.name);
        let verbs = kind.for_people().filter(|verb| verb.about.is_empty());
        silent.extend(verbs.map(|verb| format!("{} {}", kind.name, verb.word)));
    }
    assert_eq!(silent, Vec::<String>::new());
}
