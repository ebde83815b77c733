use tonic::metadata::AsciiMetadataValue;
use tonic::{Code, Request};

use super::*;

/// Ok when the gate lets the header in, else why not.
fn shown(gate: &mut Gate, header: Option<&'static str>) -> Code {
    let mut request = Request::new(());
    if let Some(header) = header {
        request.metadata_mut().insert("authorization", AsciiMetadataValue::from_static(header));
    }
    gate.call(request).map_or_else(|status| status.code(), |_| Code::Ok)
}

#[test]
fn headers_are_encoded_as_everybody_does() {
    let encoded: Vec<_> = ["", "f", "fo", "foo", "foob", "fooba", "foobar"]
        .iter()
        .map(|text| base64(text.as_bytes()))
        .collect();
    assert_eq!(encoded, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
}

#[test]
fn a_user_comes_in_with_the_right_password_only() {
    let user = User { name: "admin".to_owned(), password: Secret::new("changeit") };
    let mut gate = Gate::new(&Auth::Basic(vec![user]));
    assert_eq!(shown(&mut gate, Some("Basic YWRtaW46Y2hhbmdlaXQ=")), Code::Ok);
    assert_eq!(shown(&mut gate, Some("Basic YWRtaW46Y2hhbmdlaXR=")), Code::Unauthenticated);
    assert_eq!(shown(&mut gate, None), Code::PermissionDenied);
}

#[test]
fn any_of_the_tokens_is_enough() {
    let mut gate = Gate::new(&Auth::Bearer(vec![Secret::new("one"), Secret::new("two")]));
    assert_eq!(shown(&mut gate, Some("Bearer two")), Code::Ok);
    assert_eq!(shown(&mut gate, Some("Bearer three")), Code::Unauthenticated);
}

#[test]
fn secrets_do_not_show() {
    let user = User { name: "admin".to_owned(), password: Secret::new("changeit") };
    let gate = Gate::new(&Auth::Basic(vec![user.clone()]));
    assert!(!format!("{user:?} {gate:?}").contains("changeit"));
    assert!(!format!("{gate:?}").contains("YWRt"));
}
