//! A stop is heard by everyone, early and late listeners alike.

use super::*;

#[tokio::test]
async fn a_stop_is_heard_by_those_who_wait_and_by_those_who_come_later() {
    let shutdown = Shutdown::default();
    let early = task::spawn("early", {
        let shutdown = shutdown.clone();
        async move { shutdown.told().await }
    });
    assert!(!shutdown.is_told());
    shutdown.tell();
    early.await.unwrap();
    shutdown.told().await;
    assert!(shutdown.is_told());
}
