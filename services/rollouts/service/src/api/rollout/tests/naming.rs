//! Stages under names of one's own, with their classes, and a point of no return.

use verdict_runtime::grpc::problem_of;

use super::*;

fn stage(name: &str, class: pb::StageClass, audience: pb::Audience) -> pb::Stage {
    pb::Stage {
        name: Some(name.to_owned()),
        class: Some(class.into()),
        steps: vec![pb::Step { audience: Some(audience), soak_seconds: Some(0) }],
        min_soak_seconds: Some(60),
        ..pb::Stage::default()
    }
}

fn members(names: &[&str]) -> pb::Audience {
    pb::Audience { members: names.iter().map(|&name| name.to_owned()).collect(), ..pb::Audience::default() }
}

/// Two stages of the team and then customers and a share; only `beta` is a preset.
fn stages() -> Vec<pb::Stage> {
    let accounts = pb::Audience { accounts: vec!["acme".to_owned()], ..pb::Audience::default() };
    let share = pb::Audience { basis_points: Some(500), ..pb::Audience::default() };
    vec![
        stage("Team", pb::StageClass::Internal, members(&["ann"])),
        stage("ga", pb::StageClass::Internal, members(&["ann", "bob"])),
        stage("early.birds", pb::StageClass::Named, accounts),
        stage("beta", pb::StageClass::Unspecified, share),
    ]
}

impl Scene {
    async fn planned_as(&mut self, change: impl FnOnce(&mut pb::PlanRollout)) -> Outcome {
        let mut plan = pb::PlanRollout {
            stages: stages(),
            internal_members: Vec::new(),
            alpha_accounts: Vec::new(),
            ..self.plan()
        };
        change(&mut plan);
        self.send("", Asked::Plan(plan)).await
    }

    async fn begun(&mut self, change: impl FnOnce(&mut pb::PlanRollout)) -> String {
        let id = accepted(self.planned_as(change).await).id;
        accepted(self.send(&id, Asked::Start(pb::StartRollout {})).await);
        self.world.advance(DAY);
        id
    }

    async fn malformed(&mut self, change: impl FnOnce(&mut pb::PlanRollout)) -> (String, String, String) {
        let mut plan = pb::PlanRollout { stages: stages(), ..self.plan() };
        change(&mut plan);
        let request = pb::RolloutRequest {
            meta: self.world.meta(""),
            rollout_id: String::new(),
            command: Some(Asked::Plan(plan)),
        };
        let status = self.api.execute(Request::new(request)).await.unwrap_err();
        let problem = problem_of(&status).unwrap();
        (problem.code, problem.field, problem.detail)
    }
}

fn irreversible_from(stage: &str, reason: &str) -> pb::IrreversibleFrom {
    pb::IrreversibleFrom { stage: Some(stage.to_owned()), reason: Some(reason.to_owned()) }
}

#[tokio::test]
async fn r5_stages_of_free_names_are_served_with_their_classes_and_entered_in_whatever_case() {
    let mut service = Scene::new().await;
    let id = service.begun(|_| {}).await;
    let view = service.view(&id).await;
    let served: Vec<_> = view.stages.iter().map(|stage| (stage.name().to_owned(), stage.class())).collect();
    let wanted = [
        ("Team", pb::StageClass::Internal),
        ("ga", pb::StageClass::Internal),
        ("early.birds", pb::StageClass::Named),
        ("beta", pb::StageClass::Share),
    ];
    assert_eq!(served, wanted.map(|(name, class)| (name.to_owned(), class)));
    assert_eq!(
        (view.stage.as_str(), view.stage_index, view.stage_class()),
        ("Team", 0, pb::StageClass::Internal)
    );
    accepted(service.enter(&id, "GA").await);
    let view = service.view(&id).await;
    assert_eq!(
        (view.stage.as_str(), view.stage_index, view.stage_class()),
        ("ga", 1, pb::StageClass::Internal)
    );
    assert!(!view.exposed_outside);
    service.world.advance(DAY);
    let refused = refused(service.enter(&id, "Early.Birds").await);
    assert_eq!(refused.rule, "R6");
}

#[tokio::test]
async fn r2_a_name_that_is_no_stage_of_the_plan_is_refused_with_the_names_there_are() {
    let mut service = Scene::new().await;
    let id = service.begun(|_| {}).await;
    for asked in ["alpha", "no such stage"] {
        let refused = refused(service.enter(&id, asked).await);
        assert_eq!((&*refused.rule, &*refused.code), ("R2", "no_such_stage"));
        assert_eq!((&*refused.required, &*refused.seen), ("one of Team, ga, early.birds, beta", asked));
    }
}

#[tokio::test]
async fn r5_a_name_of_ones_own_without_a_class_is_turned_away_with_the_classes_there_are() {
    let mut service = Scene::new().await;
    let (code, field, detail) = service.malformed(|plan| plan.stages[2].class = None).await;
    assert_eq!((code.as_str(), field.as_str()), ("missing_field", "plan.stages[2].class"));
    assert_eq!(
        detail,
        "stage 'early.birds' says no class: internal, named, share, everyone; only the names internal, alpha, beta, ga do \
         without"
    );
    let (code, field, _) =
        service.malformed(|plan| plan.stages[2].name = Some("early birds".to_owned())).await;
    assert_eq!((code.as_str(), field.as_str()), ("invalid_field", "plan.stages[2]"));
}

#[tokio::test]
async fn r26_a_point_of_no_return_is_planned_shown_and_asks_for_a_reason() {
    let mut service = Scene::new().await;
    let silent =
        refused(service.planned_as(|plan| plan.irreversible_from = Some(irreversible_from("ga", " "))).await);
    assert_eq!((&*silent.rule, &*silent.code), ("R26", "no_return_without_reason"));
    let unknown = refused(
        service.planned_as(|plan| plan.irreversible_from = Some(irreversible_from("alpha", "no"))).await,
    );
    assert_eq!((&*unknown.rule, &*unknown.code), ("R26", "no_such_stage"));
    let id = service
        .begun(|plan| plan.irreversible_from = Some(irreversible_from("GA", "the old keys are gone")))
        .await;
    let shown = service.view(&id).await.irreversible_from;
    assert_eq!(shown, Some(irreversible_from("ga", "the old keys are gone")));
    let rollback = || Asked::RequestRollback(pb::RequestRollback::default());
    accepted(service.enter(&id, "ga").await);
    let meta = service.world.meta("");
    let refused = refused(service.send_as(meta, &id, rollback()).await);
    assert_eq!((&*refused.rule, &*refused.code), ("R26", "no_way_back"));
    assert_eq!(refused.seen, "stage ga; no way back from ga on: the old keys are gone");
    let accepted = accepted(service.send(&id, rollback()).await);
    assert_eq!(accepted.events, ["rollouts.Rollout.RollbackRequested.v1"]);
    let over = &accepted.overrides[0];
    assert_eq!((over.rule(), over.seen()), ("R26", refused.seen.as_str()));
}
