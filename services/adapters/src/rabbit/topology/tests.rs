use super::*;

fn number(arguments: &FieldTable, name: &str) -> Option<i64> {
    arguments.inner().get(name).and_then(AMQPValue::as_long_long_int)
}

#[test]
fn a_queue_delivers_as_often_as_the_port_says_and_keeps_what_died() {
    let arguments = arguments("gtm.on.rollouts", 500);
    assert_eq!(number(&arguments, "x-delivery-limit"), Some(i64::from(DELIVERY_LIMIT) - 1));
    assert_eq!(number(&arguments, "x-max-length"), Some(500));
    let expected = [
        ("x-queue-type", "quorum"),
        ("x-dead-letter-exchange", "verdict.dlx"),
        ("x-dead-letter-routing-key", "gtm.on.rollouts.dlq"),
        ("x-dead-letter-strategy", "at-least-once"),
        ("x-overflow", "reject-publish"),
    ];
    for (name, value) in expected {
        assert_eq!(arguments.inner().get(name), Some(&text(value)), "{name}");
    }
}

#[test]
fn dead_letters_die_no_second_time() {
    let arguments = arguments("gtm.on.rollouts.dlq", 500);
    assert_eq!(number(&arguments, "x-delivery-limit"), Some(NEVER));
    assert_eq!(arguments.inner().len(), 2);
    assert_eq!(lives_in("gtm.on.rollouts.dlq"), Some("gtm.on.rollouts"));
    assert_eq!(lives_in("gtm.on.rollouts"), None);
}

#[test]
fn a_name_that_the_protocol_cannot_carry_is_an_error() {
    assert!(short(&"x".repeat(256)).is_err_and(|error| error.to_string().contains("xxx")));
}
