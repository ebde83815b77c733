//! What a plan and a start stand on, looked up where it is (rules R22, I5).

use super::*;

impl Scene {
    /// Rule and code by which the plan is refused.
    async fn plan_refused(&mut self, plan: pb::PlanRollout) -> (String, String) {
        let refused = refused(self.send("", Asked::Plan(plan)).await);
        (refused.rule, refused.code)
    }

    async fn planned(&mut self) -> String {
        let plan = Asked::Plan(self.plan());
        accepted(self.send("", plan).await).id
    }
}

fn refusal(rule: &str, code: &str) -> (String, String) {
    (rule.to_owned(), code.to_owned())
}

#[tokio::test]
async fn i5_a_plan_of_a_flag_or_a_bet_that_does_not_exist_is_refused_and_of_what_does_accepted() {
    let mut service = Scene::new().await;
    for nowhere in ["nowhere", "01JD3Z8Q4M9W6T2V5X7Y0A1B2Z"] {
        let plan = pb::PlanRollout { flag_id: nowhere.to_owned(), ..service.plan() };
        assert_eq!(service.plan_refused(plan).await, refusal("I5", "no_such_flag"));
    }
    service.desk.answers().bet = None;
    let plan = service.plan();
    assert_eq!(service.plan_refused(plan).await, refusal("I5", "no_such_bet"));
    service.desk.answers().bet = Some(Vec::new());
    service.planned().await;
}

#[tokio::test]
async fn i5_what_ships_directly_for_a_bet_that_does_not_exist_is_refused_and_for_one_that_does_or_none_accepted()
 {
    let mut service = Scene::new().await;
    let bet = service.plan().bet_id;
    let ship =
        |bet: &str| Asked::ShipDirectly(pb::ShipDirectly { bet_id: bet.to_owned(), user_visible: false });
    service.desk.answers().bet = None;
    let refused = refused(service.send("", ship(&bet)).await);
    assert_eq!((refused.rule, refused.code), refusal("I5", "no_such_bet"));
    assert_eq!((refused.required.as_str(), refused.seen), ("a bet of the organisation", bet.clone()));
    accepted(service.send("", ship("")).await);
    service.desk.answers().bet = Some(Vec::new());
    accepted(service.send("", ship(&bet)).await);
}

#[tokio::test]
async fn r22_a_plan_in_another_environment_or_of_another_unit_is_refused() {
    let mut service = Scene::new().await;
    let elsewhere = pb::PlanRollout { environment: "staging".to_owned(), ..service.plan() };
    let other = pb::PlanRollout { unit: "accountId".to_owned(), ..service.plan() };
    for plan in [elsewhere, other] {
        assert_eq!(service.plan_refused(plan).await, refusal("R22", "not_the_flags"));
    }
}

#[tokio::test]
async fn r22_a_second_rollout_is_refused_at_start_and_planning_and_accepted_once_the_first_is_over() {
    let mut service = Scene::new().await;
    let (first, second) = (service.planned().await, service.planned().await);
    accepted(service.send(&first, Asked::Start(pb::StartRollout {})).await);
    let start = refused(service.send(&second, Asked::Start(pb::StartRollout {})).await);
    assert_eq!((start.rule, start.code), refusal("R22", "flag_is_taken"));
    assert!(start.next.contains(&first), "{}", start.next);
    let plan = service.plan();
    assert_eq!(service.plan_refused(plan).await, refusal("R22", "flag_is_taken"));
    accepted(service.send(&first, Asked::Abort(pb::AbortRollout {})).await);
    accepted(service.send(&second, Asked::Start(pb::StartRollout {})).await);
    assert_eq!(service.view(&second).await.state, "running");
}
