use super::*;

#[test]
fn a_row_arrives_as_it_was_sent() {
    let value = |number| Value::new(number).unwrap();
    let row = Row {
        key: Key {
            org: "default".to_owned(),
            metric: "cpu".to_owned(),
            window_end: "2026-03-01T00:01:00.123456789Z".parse().unwrap(),
            window_start: "2026-03-01T00:00:00Z".parse().unwrap(),
            source: "probe".to_owned(),
            arm: "treatment".to_owned(),
        },
        measure: Measure {
            count: u64::MAX,
            sum: value(0.1 + 0.2),
            sum_of_squares: value(1e300),
            min: value(-0.5),
            max: value(3.0),
            plain: true,
        },
        labels: Labels { rollout: Some("r".to_owned()), stage: None },
        received_at: "2026-03-01T00:01:01Z".parse().unwrap(),
    };
    assert_eq!(decode(encode(&row)), Ok(row.clone()));
    let broken = pb::ObservedRow { max: f64::NAN, ..encode(&row) };
    assert_eq!(decode(broken).unwrap_err().field, "max");
    let broken = pb::ObservedRow { window_end: "soon".to_owned(), ..encode(&row) };
    assert_eq!(decode(broken).unwrap_err().field, "window_end");
}
