//! Who did not answer, as it is told.

use super::*;

#[test]
fn c11_only_who_is_silent_is_named() {
    let servers = ["bets=http://a:1", "metrics=http://b:2"].map(str::to_owned);
    let patience = Duration::from_secs(5);
    let status = Status::unknown("http://b:2 did not answer within 2000 ms");
    let said = silence(&servers, patience, Some(&status));
    let named = "no answer from metrics=http://b:2 within 5 s (http://b:2 did not answer within 2000 ms); ";
    assert!(said.starts_with(named), "{said}");
    // Who says nothing at all may be any of them.
    let said = silence(&servers, patience, None);
    assert!(said.starts_with("no answer from bets=http://a:1, metrics=http://b:2 within 5 s; "), "{said}");
}
