//! RFC 8949 deterministic CBOR of a JSON value, written straight into the hash.
//!
//! Numbers without a fraction that fit into 64 bits are integers however they were written, other floats take
//! the shortest form that keeps their value, and map keys are sorted by their encoded bytes.

use serde_json::{Number, Value};

/// Takes the encoded bytes in order.
pub(crate) trait Sink {
    fn bytes(&mut self, bytes: &[u8]);
}

impl Sink for crate::murmur::Murmur3 {
    fn bytes(&mut self, bytes: &[u8]) {
        self.write(bytes);
    }
}

/// Major types of CBOR, in the top three bits of the first byte.
#[derive(Clone, Copy)]
enum Major {
    Unsigned = 0,
    Negative = 1,
    Text = 3,
    Array = 4,
    Map = 5,
}

/// Announces an array of `length` items; the caller writes the items.
pub(crate) fn array_head(sink: &mut impl Sink, length: usize) {
    head(sink, Major::Array, length as u64);
}

pub(crate) fn text(sink: &mut impl Sink, text: &str) {
    head(sink, Major::Text, text.len() as u64);
    sink.bytes(text.as_bytes());
}

pub(crate) fn value(sink: &mut impl Sink, json: &Value) {
    match json {
        Value::Null => sink.bytes(&[0xf6]),
        Value::Bool(false) => sink.bytes(&[0xf4]),
        Value::Bool(true) => sink.bytes(&[0xf5]),
        Value::Number(json) => number(sink, json),
        Value::String(json) => text(sink, json),
        Value::Array(items) => {
            array_head(sink, items.len());
            for item in items {
                value(sink, item);
            }
        }
        Value::Object(entries) => {
            head(sink, Major::Map, entries.len() as u64);
            let mut sorted: Vec<_> = entries.iter().collect();
            // The head of a longer text is the greater one, so length comes before content.
            sorted.sort_by(|(a, _), (b, _)| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
            for (key, entry) in sorted {
                text(sink, key);
                value(sink, entry);
            }
        }
    }
}

fn number(sink: &mut impl Sink, json: &Number) {
    if let Some(unsigned) = json.as_u64() {
        return head(sink, Major::Unsigned, unsigned);
    }
    if let Some(negative) = json.as_i64() {
        return negative_integer(sink, negative);
    }
    float(sink, json.as_f64().unwrap_or(f64::NAN));
}

/// CBOR stores -1 - n, which is the bitwise complement.
fn negative_integer(sink: &mut impl Sink, negative: i64) {
    head(sink, Major::Negative, (!negative).cast_unsigned());
}

fn float(sink: &mut impl Sink, float: f64) {
    const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;
    const TWO_TO_64: f64 = 18_446_744_073_709_551_616.0;
    if float.fract() == 0.0 && (-TWO_TO_63..TWO_TO_64).contains(&float) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the range was checked and there is no fraction"
        )]
        if float < 0.0 {
            negative_integer(sink, float as i64);
        } else {
            head(sink, Major::Unsigned, float as u64);
        }
        return;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the narrowed value is compared with the original")]
    let single = float as f32;
    #[expect(clippy::float_cmp, reason = "only the very same value may take the shorter form")]
    let fits_single = f64::from(single) == float;
    match (fits_single, half_bits(single)) {
        (true, Some(half)) => {
            sink.bytes(&[0xf9]);
            sink.bytes(&half.to_be_bytes());
        }
        (true, None) => {
            sink.bytes(&[0xfa]);
            sink.bytes(&single.to_bits().to_be_bytes());
        }
        (false, _) => {
            sink.bytes(&[0xfb]);
            sink.bytes(&float.to_bits().to_be_bytes());
        }
    }
}

/// The half-precision form of a finite number other than zero, if it keeps the value.
fn half_bits(single: f32) -> Option<u16> {
    let bits = single.to_bits();
    let sign = (bits >> 16) & 0x8000;
    let exponent = (bits >> 23) & 0xff;
    let fraction = bits & 0x007f_ffff;
    let half = match exponent {
        // 2^-14 to 2^15: the normal numbers of half precision.
        113..=142 if fraction.trailing_zeros() >= 13 => ((exponent - 112) << 10) | (fraction >> 13),
        // 2^-24 to 2^-15: below them the leading one becomes part of the fraction.
        103..=112 => {
            let significand = fraction | 0x0080_0000;
            let shift = 126 - exponent;
            if significand.trailing_zeros() < shift {
                return None;
            }
            significand >> shift
        }
        _ => return None,
    };
    u16::try_from(sign | half).ok()
}

fn head(sink: &mut impl Sink, major: Major, argument: u64) {
    let major = (major as u8) << 5;
    let bytes = argument.to_be_bytes();
    let [.., b4, b5, b6, b7] = bytes;
    match argument {
        0..=23 => sink.bytes(&[major | b7]),
        24..=0xff => sink.bytes(&[major | 0x18, b7]),
        0x100..=0xffff => sink.bytes(&[major | 0x19, b6, b7]),
        0x1_0000..=0xffff_ffff => sink.bytes(&[major | 0x1a, b4, b5, b6, b7]),
        0x1_0000_0000.. => {
            sink.bytes(&[major | 0x1b]);
            sink.bytes(&bytes);
        }
    }
}

#[cfg(test)]
mod tests;
