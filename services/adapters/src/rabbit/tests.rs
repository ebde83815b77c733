use super::*;

#[test]
fn heartbeats_are_on_unless_the_address_says_otherwise() {
    assert_eq!(parsed("amqp://localhost").unwrap().query.heartbeat, Some(HEARTBEAT_SECONDS));
    assert_eq!(parsed("amqp://localhost?heartbeat=3").unwrap().query.heartbeat, Some(3));
}

#[test]
fn an_address_of_something_else_is_refused_without_repeating_its_password() {
    let why = parsed("http://user:secret@localhost").unwrap_err().to_string();
    assert!(why.contains("amqp://user:password@host:port/vhost") && !why.contains("secret"), "{why}");
}
