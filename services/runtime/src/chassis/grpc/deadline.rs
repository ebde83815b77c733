//! How long the caller of a call still waits, handed on from call to call.
//!
//! ```text
//!   caller ──grpc-timeout: 2000m──> service ──grpc-timeout: 1500m──> another one ──> ...
//! ```
//!
//! A service spends at most three quarters of the time that its caller waits on calls to others. So whoever is silent is
//! noticed, and named in an answer, before the caller gives up; without that each of them would blame the next one.

use std::future::Future;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use tokio::task::futures::TaskLocalFuture;
use tokio::time::Instant;

/// The header of the gRPC protocol that says how long a caller waits.
const HEADER: &str = "grpc-timeout";
/// The most digits of a time in that header.
const DIGITS: usize = 8;
/// For who says nothing.
const LONG: Duration = Duration::from_hours(24);

tokio::task_local! {
    /// When the caller of what is carried out gives up.
    static UNTIL: Instant;
}

/// Acts for a caller who waits for so long, or for as long as somebody before does, when that is less.
pub fn within<F: Future>(patience: Duration, acting: F) -> TaskLocalFuture<Instant, F> {
    let until = Instant::now() + patience.min(LONG);
    UNTIL.scope(UNTIL.try_with(|before| (*before).min(until)).unwrap_or(until), acting)
}

/// The same for who asked with these headers.
pub(crate) fn of_caller<F: Future>(headers: &HeaderMap, acting: F) -> TaskLocalFuture<Instant, F> {
    let text = headers.get(HEADER).and_then(|value| value.to_str().ok());
    within(text.and_then(parse).unwrap_or(LONG), acting)
}

/// How much of `patience` may be spent on calls to others.
pub(crate) fn for_others(patience: Duration) -> Duration {
    let left = UNTIL.try_with(|until| until.saturating_duration_since(Instant::now()));
    left.map_or(patience, |left| patience.min(left * 3 / 4))
}

/// Tells whoever is called how long this caller waits.
pub(crate) fn tell(headers: &mut HeaderMap, patience: Duration) {
    if let Ok(value) = HeaderValue::from_str(&format!("{}m", patience.as_millis().clamp(1, 99_999_999))) {
        headers.insert(HEADER, value);
    }
}

fn parse(text: &str) -> Option<Duration> {
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: u64 = digits.parse().ok().filter(|_| digits.len() <= DIGITS)?;
    match unit {
        "H" => Some(Duration::from_secs(number * 3_600)),
        "M" => Some(Duration::from_secs(number * 60)),
        "S" => Some(Duration::from_secs(number)),
        "m" => Some(Duration::from_millis(number)),
        "u" => Some(Duration::from_micros(number)),
        "n" => Some(Duration::from_nanos(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn c11_what_is_left_to_others_is_less_at_each_step_and_never_more() {
        let second = Duration::from_secs(1);
        assert_eq!(for_others(second * 5), second * 5);
        within(second * 4, async {
            assert_eq!(for_others(second * 5), second * 3);
            assert_eq!(for_others(second), second);
            tokio::time::advance(second * 2).await;
            assert_eq!(for_others(second * 5), second * 3 / 2);
            within(second * 9, async { assert_eq!(for_others(second * 5), second * 3 / 2) }).await;
        })
        .await;
    }

    #[tokio::test(start_paused = true)]
    async fn c11_the_time_that_is_told_is_the_time_that_is_heard() {
        let mut headers = HeaderMap::new();
        tell(&mut headers, Duration::from_secs(2));
        assert_eq!(headers.get(HEADER).unwrap(), "2000m");
        let left = of_caller(&headers, async { for_others(LONG) }).await;
        assert_eq!(left, Duration::from_millis(1_500));
        for (text, time) in [
            ("1H", Some(Duration::from_hours(1))),
            ("2M", Some(Duration::from_mins(2))),
            ("3S", Some(Duration::from_secs(3))),
            ("4u", Some(Duration::from_micros(4))),
            ("5n", Some(Duration::from_nanos(5))),
            ("", None),
            ("S", None),
            ("7", None),
            ("123456789S", None),
            ("-1S", None),
            ("€", None),
        ] {
            assert_eq!(parse(text), time, "{text}");
        }
    }
}
