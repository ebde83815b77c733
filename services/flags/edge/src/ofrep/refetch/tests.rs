//! A client that was told of a change gets that or something newer, or no answer.

use actix_web::http::StatusCode;
use proptest::prelude::*;
use serde_json::json;
use tokio::time::Instant;

use crate::edge::Edge;
use crate::fixtures::{self, Driven, World, audience, exposed, settle};
use crate::ofrep::tests::{BULK, header, json_of, one_flag, post, send, tag, user};

/// The id that a stream of `edge` would announce.
fn announced(edge: &Edge) -> String {
    let board = edge.streams().announcements.subscribe();
    let text = board.borrow().of(&fixtures::scope("production")).unwrap().text.clone();
    let text = String::from_utf8(text.to_vec()).unwrap();
    text.lines().next().unwrap().strip_prefix("id: ").unwrap().to_owned()
}

fn refetch(id: &str) -> String {
    format!("{BULK}?flagConfigEtag=%22{id}%22&flagConfigLastModified=1700000000")
}

/// Another replica over the same log.
async fn another(world: &World) -> (Edge, Driven) {
    world.ready_edge().await
}

#[actix_web::test]
async fn what_another_edge_has_announced_is_waited_for() {
    let (world, edge, mut component) = one_flag().await;
    let (ahead, mut leads) = another(&world).await;
    let known = tag(&edge, &user("ben")).await;
    world.append("1", exposed(2, audience(&["ben"], 0))).await;
    settle(&mut leads).await;
    let request =
        post(&refetch(&announced(&ahead)), &user("ben")).insert_header(("If-None-Match", known.clone()));
    let arriving = async {
        tokio::task::yield_now().await;
        // Something else happens first, and the view moves without getting there.
        settle(&mut component).await;
    };
    let (response, ()) = futures::join!(send(&edge, request), arriving);
    assert_ne!(header(&response, "ETag"), Some(known));
    let (status, answer) = json_of(response).await;
    assert_eq!((status, &answer["flags"][0]["value"]), (StatusCode::OK, &json!(true)));
}

#[actix_web::test]
async fn it_is_waited_for_so_long_and_no_longer_and_then_there_is_no_answer() {
    let (world, edge, _component) = one_flag().await;
    let (ahead, mut leads) = another(&world).await;
    let known = tag(&edge, &user("ben")).await;
    world.append("1", exposed(2, audience(&["ben"], 0))).await;
    settle(&mut leads).await;
    tokio::time::pause();
    let mut seconds = std::collections::BTreeSet::new();
    for _ in 0..30 {
        let since = Instant::now();
        let request = post(&refetch(&announced(&ahead)), &user("ben"));
        let response = send(&edge, request.insert_header(("If-None-Match", known.clone()))).await;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        let waited = since.elapsed();
        assert!(waited >= super::PATIENCE && waited < super::PATIENCE * 2, "{waited:?}");
        seconds.insert(header(&response, "Retry-After").unwrap().parse::<u64>().unwrap());
    }
    assert!(seconds.len() > 1 && seconds.iter().all(|second| super::RETRY_SECONDS.contains(second)));
}

/// A storm of requests for what is not there holds so many connections and no more.
#[actix_web::test]
async fn so_many_wait_at_once_and_the_others_are_sent_away() {
    let (_world, edge, _component) = one_flag().await;
    let all = u32::try_from(edge.waiting().available_permits()).unwrap();
    let places = edge.waiting().acquire_many(all).await.unwrap();
    tokio::time::pause();
    let since = Instant::now();
    let response = send(&edge, post(&refetch("log-1:9:9-00"), &user("mia"))).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(since.elapsed(), std::time::Duration::ZERO);
    let response = send(&edge, post(&refetch("log-1:2:2-00"), &user("mia"))).await;
    assert_eq!(response.status(), StatusCode::OK, "what is served already is not waited for");
    drop(places);
}

/// Nobody knows what it was told of, so what it has may be older, whatever its tag.
#[actix_web::test]
async fn who_was_told_of_something_that_is_not_understood_gets_a_whole_answer() {
    let (_world, edge, _component) = one_flag().await;
    let known = tag(&edge, &user("mia")).await;
    for (told, status) in [("garbage", 200), ("0-00", 200), ("log-1:2:2-00", 304)] {
        let request = post(&refetch(told), &user("mia")).insert_header(("If-None-Match", known.clone()));
        assert_eq!(send(&edge, request).await.status().as_u16(), status, "{told}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Clients that hear of changes from one edge and fetch from another, while both read the log when they like: an answer
    /// holds at least what was announced, and what is left as it is was that.
    #[test]
    fn an_answer_is_never_older_than_what_was_announced(
        steps in prop::collection::vec((0_u8..4, any::<bool>()), 1..25)
    ) {
        actix_web::rt::System::new().block_on(async {
            let (world, one, mut reads_one) = one_flag().await;
            let (other, mut reads_other) = another(&world).await;
            tokio::time::pause();
            let (mut version, mut has) = (1, None::<(String, u64)>);
            for (step, at_one) in steps {
                let (tells, answers) = if at_one { (&one, &other) } else { (&other, &one) };
                match step {
                    0 => {
                        version += 1;
                        world.append("1", exposed(version, audience(&["mia"], 0))).await;
                    }
                    1 => settle(&mut reads_one).await,
                    2 => settle(&mut reads_other).await,
                    _ => {
                        // The first event of the log makes the flag, so versions follow it by one.
                        let id = announced(tells);
                        let told: u64 = id.split(':').nth(1).unwrap().parse().unwrap();
                        let mut request = post(&refetch(&id), &user("mia"));
                        if let Some((tag, _)) = &has {
                            request = request.insert_header(("If-None-Match", tag.clone()));
                        }
                        let response = send(answers, request).await;
                        let tag = header(&response, "ETag");
                        match response.status().as_u16() {
                            200 => {
                                let (_, answer) = json_of(response).await;
                                let version = answer["flags"][0]["metadata"]["flagVersion"].as_u64().unwrap();
                                assert!(version + 1 >= told, "{version} for {id}");
                                has = Some((tag.unwrap(), version));
                            }
                            304 => assert!(has.as_ref().unwrap().1 + 1 >= told, "{has:?} for {id}"),
                            status => {
                                assert_eq!(status, 503);
                                let behind = answers.snapshot().unwrap().position.as_ref().unwrap().commit;
                                assert!(behind < told, "no answer for {id} at {behind}");
                            }
                        }
                    }
                }
            }
        });
    }
}
