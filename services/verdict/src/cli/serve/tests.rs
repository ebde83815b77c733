use std::time::Duration;

use clap::Parser;

use super::*;

#[derive(Debug, Parser)]
struct Words {
    #[command(subcommand)]
    verb: Verb,
}

fn config(service: Service, words: &[&str]) -> Config {
    let Verb::Serve(serve) = Words::try_parse_from([&["service", "serve"], words].concat()).unwrap().verb;
    load_over(&Config::of(service), Layers { file: None, flags: &serve.flags() }).unwrap()
}

#[test]
fn flags_have_the_names_of_their_keys() {
    let words = [
        ["--listen", "127.0.0.1:1"],
        ["--grpc-listen", "127.0.0.1:2"],
        ["--advertise", "https://here:2"],
        ["--replica", "one"],
        ["--data", "kept"],
        ["--local-off", "offs"],
        ["--log-url", "esdb://log"],
        ["--bus-url", "memory"],
        ["--observations-url", "sqlite:file"],
        ["--peer", "gtm=https://a:1"],
        ["--peer", "gtm=https://b:1"],
        ["--peers-ca", "ca.pem"],
        ["--grpc-tls-certificate", "own.pem"],
        ["--grpc-tls-key", "own.key"],
        ["--grpc-client-ca", "callers.pem"],
    ];
    let words = [words.as_flattened(), &["--http-anywhere", "--grpc-anywhere"]].concat();
    let found = config(Service::Metrics, &words);
    let mut wanted = Config::of(Service::Metrics);
    wanted.http.listen = "127.0.0.1:1".to_owned();
    wanted.http.anywhere = true;
    wanted.grpc.anywhere = true;
    wanted.grpc.listen = Some("127.0.0.1:2".to_owned());
    wanted.grpc.advertise = Some("https://here:2".to_owned());
    wanted.process.replica = Some("one".to_owned());
    wanted.data.directory = Some("kept".into());
    wanted.flags.local_off = Some("offs".into());
    wanted.log.url = Some("esdb://log".to_owned());
    wanted.bus.url = Some("memory".to_owned());
    wanted.observations.url = Some("sqlite:file".to_owned());
    wanted.peers.gtm = vec!["https://a:1".to_owned(), "https://b:1".to_owned()];
    wanted.peers.ca = Some("ca.pem".into());
    wanted.grpc.tls_certificate = Some("own.pem".into());
    wanted.grpc.tls_key = Some("own.key".into());
    wanted.grpc.client_ca = Some("callers.pem".into());
    assert_eq!(found, wanted);
}

#[test]
fn f3_local_offs_need_a_place_that_outlives_the_process() {
    assert!(Words::try_parse_from(["service", "serve", "--local-off", "offs"]).is_err());
    let mut config = config(Service::Flags, &["--data", "kept", "--local-off", "offs"]);
    assert!(switchable(&config).is_ok());
    config.data.directory = None;
    assert!(switchable(&config).unwrap_err().to_string().contains("--data"));
}

#[test]
fn a_peer_that_is_no_service_is_told_which_there_are() {
    let error = Words::try_parse_from(["service", "serve", "--peer", "bet=http://a:1"]).unwrap_err();
    assert!(error.to_string().contains("bets, rollouts, metrics, gtm, sinks, flags"), "{error}");
}

#[test]
fn an_address_that_peers_cannot_call_is_refused_before_anything_is_waited_for() {
    let beyond = ["--grpc-listen", "0.0.0.0:7411"];
    let told = |words: &[&str]| {
        let words = [&beyond[..], words].concat();
        reachable(&config(Service::Bets, &words)).map_err(|error| error.to_string())
    };
    assert!(told(&[]).unwrap_err().contains("--grpc-anywhere"));
    assert!(told(&["--grpc-anywhere"]).unwrap_err().contains("--advertise"));
    assert_eq!(told(&["--grpc-anywhere", "--advertise", "http://bets:7411"]), Ok(()));
    let http = reachable(&config(Service::Bets, &["--listen", "[::]:0"])).unwrap_err();
    assert!(http.to_string().contains("--http-anywhere"), "{http}");
}

#[test]
fn only_metrics_open_observations() {
    let mut config = Config::of(Service::Bets);
    config.observations.url = Some("sqlite:file".to_owned());
    assert_eq!(sources(Service::Bets, &config).unwrap().observations, None);
    assert!(sources(Service::Metrics, &config).unwrap().observations.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn to_be_told_to_stop_while_the_log_is_waited_for_is_no_fault() {
    // Bound and not listened on: whoever connects is refused.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let log = format!("esdb://{}?tls=false", socket.local_addr().unwrap());
    let words = ["service", "serve", "--listen", "127.0.0.1:0", "--log-url", &log, "--bus-url", "memory"];
    let Verb::Serve(serve) = Words::try_parse_from(words).unwrap().verb;
    let config = load_over(&Config::of(Service::Bets), Layers { file: None, flags: &serve.flags() }).unwrap();
    let sources = sources(Service::Bets, &config).unwrap();
    let (shutdown, mut out) = (Shutdown::default(), Vec::new());
    let serving = serve_until_told(Service::Bets, &serve, config, &sources, &shutdown, &mut out);
    let told = async {
        tokio::task::yield_now().await;
        shutdown.tell();
    };
    let both = Box::pin(async { tokio::join!(serving, told) });
    let (served, ()) = tokio::time::timeout(Duration::from_secs(30), both).await.expect("it went on waiting");
    assert!(served.is_ok(), "{served:?}");
    assert!(out.is_empty(), "it said that it is up");
}

#[test]
fn traces_tell_services_and_their_replicas_apart() {
    let gtm = config(Service::Gtm, &[]);
    assert_eq!(gtm.telemetry.service_name, "verdict-gtm");
    assert!(instance(&gtm).ends_with("-7441"), "{}", instance(&gtm));
    assert_eq!(instance(&config(Service::Gtm, &["--replica", "one"])), "one");
    let any = config(Service::Gtm, &["--grpc-listen", "127.0.0.1:0"]);
    assert_ne!(instance(&any), instance(&any));
}
