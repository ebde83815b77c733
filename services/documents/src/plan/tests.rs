use std::collections::BTreeMap;

use serde_json::json;

use super::*;
use crate::example::example;
use crate::managed::command_id;
use crate::reading::read;
use crate::set::Noun;

const FILE: (Door, &str) = (Door::File, "verdict.yaml");

fn set(text: &str) -> Set {
    Set::of([read("verdict.yaml", text)], "").unwrap()
}

/// The platform after the documents were applied.
fn applied(set: &Set) -> BTreeMap<Identity, Present> {
    let mut there = BTreeMap::new();
    for part in set.parts() {
        let placed = &set.documents()[part.document];
        let (what, ..) =
            things(&placed.document, "").into_iter().find(|(_, thing, _)| *thing == part.thing).unwrap();
        let managed_by = Some(ManagedBy::of(Door::File, "verdict.yaml", &placed.document));
        let content = content(&placed.document, part.thing).unwrap();
        there.insert(what, Present { version: 3, content, managed_by, closed: false });
    }
    there
}

fn planned(set: &Set, there: &BTreeMap<Identity, Present>) -> Vec<String> {
    plan(set, FILE, false, |what| there.get(what).cloned()).iter().map(ToString::to_string).collect()
}

/// What applying the example, changed, would do to a platform that has the example.
fn change(from: &str, to: &str) -> (Vec<String>, Vec<Outcome>) {
    let there = applied(&set(example()));
    assert!(example().contains(from), "{from}");
    let set = set(&example().replacen(from, to, 1));
    let told = planned(&set, &there).into_iter().filter(|line| !line.starts_with('=')).collect();
    let all = plan(&set, FILE, false, |what| there.get(what).cloned());
    (told, all.into_iter().map(|planned| planned.outcome).filter(|it| *it != Outcome::Nothing).collect())
}

#[test]
fn on_an_empty_platform_everything_is_made_in_order() {
    let set = set(example());
    let shop = "saved-carts";
    assert_eq!(
        planned(&set, &BTreeMap::new()),
        [
            "+ metric cart_orders".to_owned(),
            "+ metric cart_errors".to_owned(),
            format!("+ flag production/{shop}"),
            format!("+ bet {shop}"),
            format!("+ rollout {shop}"),
            format!("+ guardrail {shop}-errors"),
            format!("+ launch {shop}"),
        ]
    );
    let all = plan(&set, FILE, false, |_| None);
    let Outcome::Create(bet) = &all[3].outcome else { panic!() };
    let names: Vec<_> = bet.iter().map(|action| serde_json::to_value(action).unwrap()).collect();
    let is_called = |index: usize, name: &str| names[index].get(name).is_some() || names[index] == name;
    assert_eq!(bet.len(), 18);
    for (index, name) in ["proposeBet", "stateHypothesis", "agreeMetrics", "setTimebox", "assessHandoffItem"]
        .into_iter()
        .enumerate()
    {
        assert!(is_called(index, name), "{}", names[index]);
    }
    assert_eq!(
        names[14..],
        [json!("startDiscovery"), json!("startShaping"), json!("markShaped"), json!("handOff")]
    );
    let Outcome::Create(rollout) = &all[4].outcome else { panic!() };
    assert_eq!(rollout[1], Action::AttachRollout { bet: shop.to_owned(), rollout: shop.to_owned() });
}

#[test]
fn the_same_documents_again_are_no_command() {
    let set = set(example());
    let told = planned(&set, &applied(&set));
    assert!(told.iter().all(|line| line.starts_with("= ")), "{told:?}");
    assert_eq!(told.len(), 7);
}

#[test]
fn other_spellings_are_no_difference() {
    for (from, to) in [
        ("start: 2027-01-11", "start: 2027-01-11T01:00:00+01:00"),
        ("target: \"0.34\"", "target: \"00.340\""),
        (
            "    belief: People who come back find an empty cart and give up.\n",
            "    belief: |\n      People who come back find an empty cart and give up.\n",
        ),
        ("[dana, eli]", "[eli, dana]"),
        ("tier: 2 # 1 is", "tier: 2 # so"),
        ("owner: dana", "owner: dana\n  unit: targetingKey"),
        ("flagRef: { key: saved-carts }", "flagRef: { key: Saved-Carts }"),
        ("bringTo: Building", "bringTo: Shaped"),
    ] {
        assert_eq!(change(from, to).0, Vec::<String>::new(), "{to}");
    }
}

#[test]
fn what_is_left_out_is_left_alone() {
    for left_out in ["  baseline: \"0.31\"\n", "  appetitePersonDays: \"30\"\n", "    edgeCases: Clear\n"] {
        assert_eq!(change(left_out, "").0, Vec::<String>::new(), "{left_out}");
    }
}

#[test]
fn a_changed_field_is_told_and_leads_to_its_command_only() {
    let (told, outcomes) = change("edgeCases: Clear", "edgeCases: Fuzzy");
    assert_eq!(told, ["~ bet saved-carts\n    handoff.edgeCases: Clear -> Fuzzy"]);
    let [Outcome::Change { version: 3, actions, .. }] = outcomes.as_slice() else { panic!() };
    assert_eq!(
        *actions,
        [Action::AssessHandoffItem { item: "edgeCases".to_owned(), clarity: crate::bet::Clarity::Fuzzy }]
    );
    let (told, outcomes) = change("end: 2027-02-19", "end: 2027-02-26");
    assert_eq!(told, ["~ bet saved-carts\n    timebox.end: 2027-02-19 -> 2027-02-26"]);
    let [Outcome::Change { actions, .. }] = outcomes.as_slice() else { panic!() };
    assert!(matches!(actions.as_slice(), [Action::SetTimebox(_)]), "{actions:?}");
    let (told, outcomes) = change("effect: Rollback", "effect: Shadow");
    assert_eq!(told, ["~ guardrail saved-carts-errors\n    effect: Rollback -> Shadow"]);
    let [Outcome::Change { actions, .. }] = outcomes.as_slice() else { panic!() };
    assert_eq!(*actions, [Action::SetEffect(crate::metric::Effect::Shadow)]);
    let (told, outcomes) = change("baseline: \"0.31\"", "baseline: \"0.32\"");
    assert_eq!(told, ["~ metric cart_orders\n    baseline: 0.31 -> 0.32"]);
    let [Outcome::Change { actions, .. }] = outcomes.as_slice() else { panic!() };
    let target = Some("0.34".into());
    let revised =
        Action::ReviseMetric { good: crate::bet::Trend::Increase, target, baseline: Some("0.32".into()) };
    assert_eq!(*actions, [revised]);
    let (told, _) = change("owner: dana", "owner: dana\n  cleanupOn: 2027-05-01");
    assert_eq!(told, ["~ flag production/saved-carts\n    cleanupOn: nothing -> 2027-05-01"]);
}

#[test]
fn a_bet_is_brought_further_and_never_back() {
    let text = example().replace("bringTo: Building", "bringTo: Shaping");
    let there = applied(&set(&text));
    let all = plan(&set(example()), FILE, false, |what| there.get(what).cloned());
    let Outcome::Change { actions, changes, .. } = &all[3].outcome else { panic!() };
    assert_eq!(*actions, [Action::MarkShaped, Action::HandOff]);
    assert_eq!(changes.iter().map(ToString::to_string).collect::<Vec<_>>(), ["bringTo: Shaping -> Building"]);
}

/// Whatever was carried out before it broke off, the next plan does what is left.
#[test]
fn a_rollout_that_was_planned_and_not_attached_is_attached() {
    let set = set(example());
    let mut there = applied(&set);
    for present in there.values_mut() {
        if let Content::Rollout { attached, .. } = &mut present.content {
            *attached = false;
        }
    }
    let told = planned(&set, &there);
    assert_eq!(told[4], "~ rollout saved-carts\n    attachedToBet: false -> true");
    let all = plan(&set, FILE, false, |what| there.get(what).cloned());
    let Outcome::Change { actions, .. } = &all[4].outcome else { panic!() };
    let (bet, rollout) = ("saved-carts".to_owned(), "saved-carts".to_owned());
    assert_eq!(*actions, [Action::AttachRollout { bet, rollout }]);
}

/// A bet that was proposed, and of which the first commands arrived, gets the others.
#[test]
fn a_plan_that_broke_off_anywhere_goes_on_there() {
    let set = set(example());
    let all = plan(&set, FILE, false, |_| None);
    let Outcome::Create(actions) = &all[3].outcome else { panic!() };
    let Action::ProposeBet { bet: proposed, .. } = &actions[0] else { panic!() };
    let mut bet = proposed.clone();
    for (done, action) in actions.iter().enumerate().skip(1) {
        let present =
            Present { version: 1, content: Content::Bet(bet.clone()), managed_by: None, closed: false };
        let again =
            plan(&set, FILE, false, |what| (what.noun == Noun::Bet).then(|| present.clone())).remove(3);
        let Outcome::Change { actions: left, .. } = again.outcome else { panic!("{action:?}: {again}") };
        assert_eq!(left, actions[done..]);
        carry_out(&mut bet, action);
    }
    let present = Present { version: 1, content: Content::Bet(bet), managed_by: None, closed: false };
    let last = plan(&set, FILE, false, |what| (what.noun == Noun::Bet).then(|| present.clone())).remove(3);
    assert_eq!(last.outcome, Outcome::Nothing);
}

fn carry_out(bet: &mut BetSpec, action: &Action) {
    use crate::bet::Progress;
    match action {
        Action::StateHypothesis(hypothesis) => bet.hypothesis = Some(hypothesis.clone()),
        Action::AgreeMetrics(metrics) => bet.metrics.clone_from(metrics),
        Action::SetTimebox(timebox) => bet.timebox = Some(timebox.clone()),
        Action::AssessHandoffItem { item, clarity } => {
            let mut handoff = serde_json::to_value(bet.handoff.clone().unwrap_or_default()).unwrap();
            handoff[item.as_str()] = serde_json::to_value(clarity).unwrap();
            bet.handoff = serde_json::from_value(handoff).unwrap();
        }
        Action::StartDiscovery => bet.bring_to = Progress::Discovering,
        Action::StartShaping => bet.bring_to = Progress::Shaping,
        Action::MarkShaped => bet.bring_to = Progress::Shaped,
        Action::HandOff => bet.bring_to = Progress::Building,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_never_changes_is_refused_with_the_field() {
    let (told, _) = change("type: Core", "type: Leading");
    assert_eq!(told, ["! metric cart_orders differs in what never changes\n    type: Core -> Leading"]);
    let (told, _) = change("{ basisPoints: 500 }", "{ basisPoints: 600 }");
    assert_eq!(
        told,
        ["! rollout saved-carts differs in what never changes\n    \
          stages[2].steps[1].exposure.basisPoints: 500 -> 600"]
    );
    let (told, outcomes) = change("title: Carts that wait for you", "title: One page");
    assert_eq!(told.len(), 1);
    assert!(matches!(outcomes.as_slice(), [Outcome::Fixed(_)]));
}

#[test]
fn a_guardrail_stays_with_its_metric() {
    let there = applied(&set(example()));
    let text = example().replace("key: cart_errors\n  type", "key: other_errors\n  type");
    let told = planned(&set(&text), &there);
    let fixed = "! guardrail saved-carts-errors differs in what never changes\n    metric: cart_errors -> \
                 other_errors";
    assert!(told.iter().any(|line| line == fixed), "{told:?}");
}

#[test]
fn another_door_is_refused_unless_it_takes_over() {
    let set = set(example());
    let mut there = applied(&set);
    let flag = there.values_mut().find(|it| matches!(it.content, Content::Flag { .. })).unwrap();
    let managed = flag.managed_by.as_mut().unwrap();
    (managed.door, managed.source) = (Door::Kubernetes, "prod/shop/saved-carts".to_owned());
    assert_eq!(planned(&set, &there)[2], "= flag production/saved-carts", "nothing is to be changed");
    let other = self::set(&example().replace("owner: dana", "owner: dana\n  cleanupOn: 2027-05-01"));
    assert_eq!(
        planned(&other, &there)[2],
        "! flag production/saved-carts is kept by Kubernetes prod/shop/saved-carts: change it there, or take \
         it over"
    );
    let ask =
        |door, take_over| plan(&other, door, take_over, |what| there.get(what).cloned()).remove(2).outcome;
    for (door, take_over) in [(FILE, true), ((Door::Kubernetes, "prod/shop/saved-carts"), false)] {
        let Outcome::Change { actions, .. } = ask(door, take_over) else { panic!("{door:?}") };
        assert!(matches!(actions.as_slice(), [Action::ScheduleCleanup { .. }]), "{actions:?}");
    }
    assert!(matches!(ask((Door::Kubernetes, "test/shop/saved-carts"), false), Outcome::KeptBy(_)));
    assert_eq!(planned(&set, &applied(&set))[2], "= flag production/saved-carts");
}

#[test]
fn a_flag_within_a_rollout_is_made_before_it_and_compared_as_a_flag() {
    let inline = |owner: &str| {
        let text = example().split("\n---\n").filter(|part| !part.contains("kind: Flag")).collect::<Vec<_>>();
        let flag = format!("flag: {{ key: saved-carts, kind: Release, owner: {owner} }}");
        set(&text.join("\n---\n").replace("flagRef: { key: saved-carts }", &flag))
    };
    let set_of_flag = inline("dana");
    let told = planned(&set_of_flag, &BTreeMap::new());
    assert_eq!(told[2], "+ flag production/saved-carts");
    let there = applied(&set(example()));
    assert!(
        planned(&set_of_flag, &there).iter().all(|line| line.starts_with("= ")),
        "{:?}",
        planned(&set_of_flag, &there)
    );
    let told = planned(&inline("eli"), &there);
    assert!(told.iter().any(|line| line.ends_with("owner: dana -> eli")), "{told:?}");
}

#[test]
fn people_of_the_default_stages_are_found_in_the_stages() {
    let short = "\
apiVersion: verdict.dev/v1alpha1
kind: StagedRollout
metadata: {name: saved-carts}
spec:
  betRef: {key: saved-carts}
  flagRef: {key: saved-carts}
  service: carts
  tier: 2
  internalMembers: [eli, dana]
";
    let there = applied(&set(example()));
    assert_eq!(planned(&set(short), &there), ["= rollout saved-carts"]);
    let told = planned(&set(&short.replace("[eli, dana]", "[eli]")), &there);
    assert_eq!(
        told,
        [
            "! rollout saved-carts differs in what never changes\n    internalMembers: [\"dana\",\"eli\"] -> [\"eli\"]"
        ]
    );
}

#[test]
fn commands_have_ids_of_their_own_that_are_the_same_again() {
    let all = plan(&set(example()), FILE, false, |_| None);
    let actions: Vec<_> = all
        .iter()
        .filter(|planned| planned.what.noun == Noun::Bet)
        .flat_map(|planned| match &planned.outcome {
            Outcome::Create(actions) => actions.clone(),
            _ => Vec::new(),
        })
        .collect();
    let ids =
        |version| actions.iter().map(move |action| command_id("bets.bet-1", version, &action.payload()));
    let first: std::collections::BTreeSet<_> = ids(0).collect();
    assert_eq!(first.len(), actions.len());
    assert_eq!(ids(0).collect::<Vec<_>>(), ids(0).collect::<Vec<_>>());
    assert!(ids(1).all(|id| !first.contains(&id)));
}

/// Nothing but the keeper is another, so the command that makes the thing is what tells it.
#[test]
fn what_is_taken_over_as_it_is_gets_its_keeper_by_the_command_that_makes_it() {
    let set = set(example());
    let mut there = applied(&set);
    for present in there.values_mut() {
        let managed = present.managed_by.as_mut().unwrap();
        (managed.door, managed.source) = (Door::Kubernetes, "prod/shop/saved-carts".to_owned());
        present.closed = matches!(present.content, Content::Rollout { .. });
    }
    let all = plan(&set, FILE, true, |what| there.get(what).cloned());
    assert_eq!(
        all[3].to_string(),
        "~ bet saved-carts\n    keptBy: Kubernetes prod/shop/saved-carts -> the file verdict.yaml"
    );
    let actions = |index: usize| match &all[index].outcome {
        Outcome::Change { version: 3, actions, .. } => actions.clone(),
        other => panic!("{other:?}"),
    };
    assert!(matches!(actions(2).as_slice(), [Action::CreateFlag { .. }]), "{:?}", actions(2));
    assert!(matches!(actions(3).as_slice(), [Action::ProposeBet { .. }]), "{:?}", actions(3));
    assert_eq!(all[4].outcome, Outcome::Nothing, "what is over would be made anew");
    assert!(planned(&set, &there).iter().all(|line| line.starts_with("= ")));
}

#[test]
fn a_rollout_stays_in_its_environment_and_a_flag_is_another_in_another() {
    let (told, _) = change("environment: production\n  service", "environment: staging\n  service");
    assert_eq!(
        told,
        ["! rollout saved-carts differs in what never changes\n    environment: production -> staging"]
    );
    let (told, _) = change("environment: production\n  kind", "environment: staging\n  kind");
    assert_eq!(told, ["+ flag staging/saved-carts"]);
}

#[test]
fn a_clean_up_that_is_no_longer_to_come_is_left_as_it_is() {
    let set = set(&example().replace("owner: dana", "owner: dana\n  cleanupOn: 2027-05-01"));
    let mut there = applied(&set);
    for (to_come, wanted) in [
        (false, "= flag production/saved-carts"),
        (true, "~ flag production/saved-carts\n    cleanupOn: nothing -> 2027-05-01"),
    ] {
        let flag = there.values_mut().find_map(|it| match &mut it.content {
            Content::Flag { flag, cleanup } => Some((flag, cleanup)),
            _ => None,
        });
        let (flag, cleanup) = flag.unwrap();
        (flag.cleanup_on, *cleanup) = (None, to_come);
        assert_eq!(planned(&set, &there)[2], wanted);
    }
}

#[test]
fn a_bet_hears_of_a_rollout_from_its_hand_off_on_and_until_it_is_decided_about() {
    let actions = |set: &Set, there: &BTreeMap<Identity, Present>| {
        let all = plan(set, FILE, false, |what| there.get(what).cloned());
        let rollout = all.into_iter().find(|planned| planned.what.noun == Noun::Rollout).unwrap();
        match rollout.outcome {
            Outcome::Create(actions) | Outcome::Change { actions, .. } => actions.len(),
            Outcome::Nothing => 0,
            other => panic!("{other:?}"),
        }
    };
    let nothing = BTreeMap::new();
    let (built, shaped) = (set(example()), set(&example().replace("bringTo: Building", "bringTo: Shaped")));
    assert_eq!((actions(&built, &nothing), actions(&shaped, &nothing)), (2, 1));
    // What the platform has counts as well as what the document wants.
    let mut there = applied(&built);
    there.retain(|what, _| what.noun == Noun::Bet);
    assert_eq!(actions(&shaped, &there), 2);
    for bet in there.values_mut() {
        bet.closed = true;
    }
    assert_eq!(actions(&built, &there), 1);
    // One that was planned before the hand-off is attached after it.
    let mut there = applied(&shaped);
    for present in there.values_mut() {
        if let Content::Rollout { attached, .. } = &mut present.content {
            *attached = false;
        }
    }
    assert_eq!((actions(&shaped, &there), actions(&built, &there)), (0, 1));
}
