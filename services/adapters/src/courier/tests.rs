//! The guard over every spelling of a host, and receivers that take, fail, redirect, go and hang.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

/// Answers with each of these in turn, and with the last one from then on.
struct Told(Vec<Vec<IpAddr>>, AtomicUsize);

impl Told {
    fn new(answers: &[&[&str]]) -> Arc<Self> {
        let read = |answer: &&[&str]| answer.iter().map(|text| text.parse().unwrap()).collect();
        Arc::new(Self(answers.iter().map(read).collect(), AtomicUsize::new(0)))
    }
}

impl Names for Told {
    fn find(&self, _: String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>> {
        let turn = self.1.fetch_add(1, Ordering::SeqCst).min(self.0.len() - 1);
        let answer = self.0[turn].clone();
        Box::pin(async move { Ok(answer) })
    }
}

fn courier(allowed: &[&str], names: Arc<dyn Names>) -> HttpCourier {
    let allowed: Vec<Network> = allowed.iter().map(|text| text.parse().unwrap()).collect();
    HttpCourier::new(&allowed, names)
}

#[tokio::test]
async fn hosts_that_lead_inwards_are_refused_however_they_are_spelt() {
    let courier = courier(&[], Told::new(&[&["10.0.0.1"]]));
    for url in [
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://0177.1/",
        "https://127.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[fd00:ec2::254]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://\u{ff11}27.0.0.1/",
        "https://private.example/",
        "https://localhost/",
    ] {
        let why = courier.check(url).await.expect_err(url);
        assert!(why.contains(" is ") || why.contains("leads to"), "{url}: {why}");
    }
}

#[tokio::test]
async fn only_https_goes_out_and_http_to_a_network_that_was_opened() {
    let outside = courier(&[], Told::new(&[&["93.184.216.34"]]));
    assert_eq!(outside.check("https://hooks.example/x").await, Ok(()));
    assert_eq!(
        outside.check("http://hooks.example/x").await,
        Err("the address is http and not https".to_owned())
    );
    let inside = courier(&["10.0.0.0/8"], Told::new(&[&["10.0.0.1"]]));
    assert_eq!(inside.check("http://hooks.internal/x").await, Ok(()));
    let both = courier(&["10.0.0.0/8"], Told::new(&[&["10.0.0.1", "93.184.216.34"]]));
    assert!(both.check("http://hooks.example/x").await.is_err());
    assert!(both.check("file:///etc/passwd").await.is_err());
}

#[tokio::test]
async fn a_name_that_leads_elsewhere_the_second_time_is_checked_the_second_time() {
    let names = Told::new(&[&["93.184.216.34"], &["127.0.0.1"]]);
    let answer = courier(&[], names.clone()).post(post("https://hooks.example:1/")).await;
    let Answer::Silent(why) = answer else { panic!("{answer:?}") };
    assert!(why.contains("leads to 127.0.0.1, which is loopback"), "{why}");
    assert_eq!(names.1.load(Ordering::SeqCst), 2);
}

fn post(url: &str) -> Post {
    Post { url: url.to_owned(), headers: vec![("webhook-id", "msg_1".to_owned())], body: b"{}".to_vec() }
}

/// A receiver that gives this answer to whoever comes, and what it was sent.
async fn receiver(answer: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let told = seen.clone();
    drop(verdict_runtime::task::spawn("receiver", async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut buffer = vec![0; 4_096];
            let read = stream.read(&mut buffer).await.unwrap_or(0);
            told.lock().unwrap().push(String::from_utf8_lossy(&buffer[..read]).into_owned());
            drop(stream.write_all(answer.as_bytes()).await);
        }
    }));
    (url, seen)
}

async fn answered(answer: &'static str) -> Answer {
    let (url, _) = receiver(answer).await;
    courier(&["127.0.0.0/8"], Arc::new(OfMachine)).post(post(&url)).await
}

#[tokio::test]
async fn what_a_receiver_answers_is_told() {
    let (url, seen) = receiver("HTTP/1.1 204 No Content\r\n\r\n").await;
    let taken = courier(&["127.0.0.0/8"], Arc::new(OfMachine)).post(post(&url)).await;
    assert_eq!(taken, Answer::Taken(204));
    assert!(seen.lock().unwrap()[0].contains("webhook-id: msg_1"));
    let refused = answered("HTTP/1.1 500 Oops\r\ncontent-length: 4\r\n\r\ndown").await;
    assert_eq!(refused, Answer::Refused { status: 500, said: "down".into() });
    assert_eq!(answered("HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n").await, Answer::Gone);
}

#[tokio::test]
async fn a_redirect_is_named_and_not_followed() {
    let (target, followed) = receiver("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let answer: &'static str =
        Box::leak(format!("HTTP/1.1 307 Moved\r\nlocation: {target}\r\ncontent-length: 0\r\n\r\n").into());
    assert_eq!(answered(answer).await, Answer::Moved { status: 307, to: target });
    assert!(followed.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_receiver_that_hangs_is_left_after_a_while_and_the_address_is_not_told() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hush", listener.local_addr().unwrap());
    let answer = courier(&["127.0.0.0/8"], Arc::new(OfMachine)).post(post(&url)).await;
    assert_eq!(answer, Answer::Silent("nothing came within 5 s".into()));
    drop(listener);
    let answer = courier(&["127.0.0.0/8"], Arc::new(OfMachine)).post(post(&url)).await;
    assert!(matches!(&answer, Answer::Silent(why) if !why.contains("hush")), "{answer:?}");
}
