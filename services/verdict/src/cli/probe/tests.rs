use super::*;
use crate::platform::door::Door;
use crate::platform::listeners::Reach;

async fn asked(url: String) -> (Result<(), Failure>, String) {
    let mut out = Vec::new();
    let outcome = run(Probe { url }, &mut out).await;
    (outcome, String::from_utf8(out).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_probe_ends_as_the_endpoint_answers() {
    let door = Door::open("127.0.0.1:0", Reach::Loopback).unwrap();
    let address = door.address();
    let (alive, _) = asked(format!("http://{address}/livez")).await;
    assert!(alive.is_ok(), "{alive:?}");
    let (ready, said) = asked(format!("http://{address}/readyz")).await;
    assert!(matches!(ready, Err(Failure::Request(_))) && said.contains("starting"), "{ready:?} {said}");
    let (nobody, _) = asked("http://127.0.0.1:1/livez".to_owned()).await;
    assert!(matches!(nobody, Err(Failure::Unavailable(_))), "{nobody:?}");
}
