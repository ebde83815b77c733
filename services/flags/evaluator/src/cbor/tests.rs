//! Encoded bytes against the examples of RFC 8949, appendix A, in their deterministic form.

use serde_json::json;

use super::*;

impl Sink for Vec<u8> {
    fn bytes(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

#[test]
fn values_take_their_deterministic_form() {
    for (json, expected) in [
        (json!(0), "00"),
        (json!(23), "17"),
        (json!(24), "1818"),
        (json!(100), "1864"),
        (json!(1000), "1903e8"),
        (json!(1_000_000), "1a000f4240"),
        (json!(1_000_000_000_000_u64), "1b000000e8d4a51000"),
        (json!(u64::MAX), "1bffffffffffffffff"),
        (json!(-1), "20"),
        (json!(-1000), "3903e7"),
        (json!(i64::MIN), "3b7fffffffffffffff"),
        // Floats without a fraction are integers, as far as 64 bits reach.
        (json!(0.0), "00"),
        (json!(-0.0), "00"),
        (json!(-4.0), "23"),
        (json!(65504.0), "19ffe0"),
        (json!(1.5), "f93e00"),
        (json!(5.960_464_477_539_063e-8), "f90001"),
        (json!(0.000_061_035_156_25), "f90400"),
        (json!(-4.1), "fbc010666666666666"),
        (json!(3.402_823_466_385_288_6e38), "fa7f7fffff"),
        (json!(1.0e300), "fb7e37e43c8800759c"),
        (json!(false), "f4"),
        (json!(true), "f5"),
        (json!(null), "f6"),
        (json!(""), "60"),
        (json!("IETF"), "6449455446"),
        (json!("\u{00fc}"), "62c3bc"),
        (json!([]), "80"),
        (json!([1, [2, 3], [4, 5]]), "8301820203820405"),
        (json!({}), "a0"),
        (json!({"aa": 2, "b": 1}), "a261620162616102"),
    ] {
        let mut bytes = Vec::new();
        value(&mut bytes, &json);
        let hex = bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        assert_eq!(hex, expected, "{json}");
    }
}
