//! Reads that ask for what is not there: things, pages and positions.

use verdict_api::bets::v1::bets_client::BetsClient;
use verdict_api::metrics::v1::guardrails_client::GuardrailsClient;
use verdict_api::platform::v1::platform_client::PlatformClient;
use verdict_api::rollouts::v1::flags_client::FlagsClient;
use verdict_api::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_proto::platform::v1::TailRequest;
use verdict_proto::v1::{GetRequest, ListRequest};

use crate::ground::{Answer, Ground};

fn one(id: &str, at_least: &str) -> GetRequest {
    GetRequest {
        org: String::new(),
        id: id.to_owned(),
        at_least: at_least.to_owned(),
        ..GetRequest::default()
    }
}

fn page(first: u32, at_least: &str) -> ListRequest {
    ListRequest { first, at_least: at_least.to_owned(), ..ListRequest::default() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_read_says_what_is_wrong_with_it() {
    let ground = Ground::prepared().await;
    let (mut bets, mut flags) =
        (BetsClient::new(ground.channel.clone()), FlagsClient::new(ground.channel.clone()));
    let mut rollouts = RolloutsClient::new(ground.channel.clone());
    let mut guardrails = GuardrailsClient::new(ground.channel.clone());
    let (bet, flag, rollout) = (ground.made("bet"), ground.made("flag"), ground.made("rollout"));
    let nobody = "01JD3Z8Q4M9W6T2V5X7Y0A1B2C";
    Answer::to_read(bets.get(one(&bet, "")).await).is_accepted("a bet");
    Answer::to_read(bets.get(one(nobody, "")).await).is("an unknown bet", "not_found", "");
    Answer::to_read(bets.get(one("no bet", "")).await).is("a malformed bet id", "invalid_id", "id");
    Answer::to_read(flags.get(one(nobody, "")).await).is("an unknown flag", "not_found", "");
    Answer::to_read(rollouts.why(one(nobody, "")).await).is("an unknown rollout", "not_found", "");
    for at_least in ["7", "x:1", "01JD3Z8Q4M9W6T2V5X7Y0A1B2C:one:1"] {
        let field = "at_least";
        Answer::to_read(bets.get(one(&bet, at_least)).await).is(at_least, "invalid_field", field);
        Answer::to_read(bets.list(page(0, at_least)).await).is(at_least, "invalid_field", field);
        Answer::to_read(flags.get(one(&flag, at_least)).await).is(at_least, "invalid_field", field);
        Answer::to_read(rollouts.get(one(&rollout, at_least)).await).is(at_least, "invalid_field", field);
        Answer::to_read(guardrails.list(page(0, at_least)).await).is(at_least, "invalid_field", field);
    }
    Answer::to_read(bets.list(page(101, "")).await).is("too large a page", "invalid_field", "first");
    Answer::to_read(flags.list(page(101, "")).await).is("too large a page", "invalid_field", "first");
    let tail = TailRequest { after: "7".to_owned(), ..TailRequest::default() };
    let tailed = PlatformClient::new(ground.channel.clone()).tail(tail).await;
    Answer::to_read(tailed).is("a malformed position", "invalid_field", "after");
    ground.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_nothing_answers_is_a_problem_too() {
    let ground = Ground::prepared().await;
    ground.post("/v1/nothing", "{}").await.is("no such path", "not_found", "");
    let flag = "/ofrep/v1/evaluate/flags/one-page-checkout";
    let response = ground.post_ok(flag, r#"{"context": {"targetingKey": "dana"}}"#).await;
    assert_eq!(response["variant"], "on", "{response}");
    ground.stop().await;
}
