use super::*;

/// A port where nobody listens.
fn nowhere() -> AMQPUri {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    format!("amqp://127.0.0.1:{port}").parse().unwrap()
}

#[tokio::test]
async fn a_broker_that_is_down_is_said_and_not_waited_for() {
    let link = Link::open(nowhere(), "test".to_owned());
    for _ in 0..2 {
        let answer = link.connection().await.err().unwrap();
        assert!(matches!(answer, BusError::Unavailable(_)), "{answer}");
    }
    assert!(link.standing().is_err());
}
