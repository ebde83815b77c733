//! Which windows the metrics service is asked to judge (rule R16, R23).

use super::*;

impl Scene {
    /// From when windows counted in the last question.
    fn asked_since(&self) -> String {
        self.desk.answers().asked.last().unwrap().since.clone()
    }

    async fn resume(&mut self, id: &str, false_alarm: bool) -> Outcome {
        self.send(id, Asked::Resume(pb::ResumeRollout { false_alarm, ..pb::ResumeRollout::default() })).await
    }
}

#[tokio::test]
async fn r16_a_gate_asks_for_windows_since_its_step_was_exposed() {
    let mut service = Scene::new().await;
    let started = service.world.clock.now();
    let id = service.ready_for_alpha().await;
    accepted(service.enter(&id, "alpha").await);
    assert_eq!(service.asked_since(), started.to_string());
    let entered = service.world.clock.now();
    service.world.advance(DAY);
    service.why(&id).await;
    assert_eq!(service.asked_since(), entered.to_string());
}

#[tokio::test]
async fn r23_a_false_alarm_is_judged_as_the_step_was_before_the_rollback_and_a_resume_as_it_is_since() {
    let mut service = Scene::new().await;
    let id = service.ready_for_alpha().await;
    let exposed = service.world.clock.now();
    accepted(service.enter(&id, "alpha").await);
    service.world.advance(60);
    let broke = service.world.clock.now();
    let request = pb::RequestRollback {
        stage: "alpha".to_owned(),
        attempt: 2,
        breach: "breach-1".to_owned(),
        cause: "guardrail_breached".to_owned(),
        ..pb::RequestRollback::default()
    };
    accepted(service.send(&id, Asked::RequestRollback(request)).await);
    let confirm = pb::ConfirmRollback { to_stage: "internal".to_owned(), flag_version: 3 };
    accepted(service.send(&id, Asked::ConfirmRollback(confirm)).await);
    service.world.advance(60);
    // Nobody has retracted or acknowledged anything: what counts here is the question.
    refused(service.resume(&id, true).await);
    assert_eq!(service.asked_since(), exposed.to_string());
    refused(service.resume(&id, false).await);
    assert_eq!(service.asked_since(), broke.to_string());
}
