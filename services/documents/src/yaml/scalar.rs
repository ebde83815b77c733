//! What a scalar stands for: the core schema of YAML 1.2, and the words that readers of YAML 1.1 take for something else.

use crate::node::Value;

/// Words without quotes that YAML 1.1, and with it kubectl, takes for yes or no.
const YES_OR_NO: &[&str] = &["y", "n", "yes", "no", "on", "off"];

/// The value of a scalar; `plain`: it stands without quotes.
pub(super) fn read(text: String, plain: bool) -> Value {
    if !plain {
        return Value::Text { text, plain };
    }
    match text.as_str() {
        "" | "~" | "null" | "Null" | "NULL" => Value::Nothing,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_whole(&text) => text.parse().map_or_else(|_| Value::Decimal(text.clone()), Value::Whole),
        _ if is_decimal(&text) => Value::Decimal(text),
        _ => Value::Text { text, plain },
    }
}

/// Whether readers of YAML disagree about what this text is when it stands without quotes.
pub(crate) fn is_doubtful(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let number = unsigned(&lower);
    let made_of = |text: &str, more: &[char]| {
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_digit() || more.contains(&c))
    };
    let based = ["0x", "0o", "0b"].iter().any(|base| number.starts_with(base));
    YES_OR_NO.contains(&lower.as_str())
        || [".inf", ".nan", "<<", "=", "~", "", "null", "true", "false"].contains(&number)
        || based
        || made_of(number, &['_'])
        || (number.contains('_') && made_of(number, &['_', '.']))
        || (number.contains(':') && made_of(number, &[':', '.']))
        || is_decimal(&lower)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}

/// Zeros in front mean octal to some readers and nothing to others, so they make a text.
fn is_whole(text: &str) -> bool {
    let digits = unsigned(text);
    is_digits(digits) && (digits == "0" || !digits.starts_with('0'))
}

fn is_decimal(text: &str) -> bool {
    let number = unsigned(text);
    let (mantissa, exponent) = match number.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(unsigned(exponent))),
        None => (number, None),
    };
    let fits = match mantissa.split_once('.') {
        Some((whole, part)) => {
            (is_digits(whole) || whole.is_empty())
                && (is_digits(part) || part.is_empty())
                && whole.len() + part.len() > 0
        }
        None => is_digits(mantissa),
    };
    fits && exponent.is_none_or(is_digits) && (exponent.is_some() || mantissa.contains('.'))
}
