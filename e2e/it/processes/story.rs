//! The story over processes, without a fault.

use super::{Fleet, Ground};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_story_told_to_processes_over_real_servers_is_the_story_told_to_one() {
    let Some(ground) = Ground::find().await else { return };
    let fleet = Fleet::start(&ground.plan()).await;
    let acknowledged = fleet.telling().end().await;
    println!("{}", fleet.told(acknowledged).await.is_the_story());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_replicas_of_each_over_real_servers_tell_the_same_story() {
    let Some(ground) = Ground::find().await else { return };
    let fleet = Fleet::start(&ground.plan().twice()).await;
    let acknowledged = fleet.telling().end().await;
    println!("{}", fleet.told(acknowledged).await.is_the_story());
}
