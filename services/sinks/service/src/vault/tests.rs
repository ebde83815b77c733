//! Secrets stay what they are, and open for whom they were sealed.

use super::*;

fn vault() -> Vault {
    Vault::new(&[7; KEY]).unwrap()
}

#[test]
fn what_is_sealed_opens_for_its_sink_and_its_purpose_only() {
    let sealed = vault().seal("A", Purpose::Secret, "hush").unwrap();
    assert!(!sealed.0.contains("hush"), "{sealed:?}");
    assert_eq!(vault().open("A", Purpose::Secret, &sealed), Ok("hush".to_owned()));
    assert_eq!(vault().open("B", Purpose::Secret, &sealed), Err(VaultError::Foreign));
    assert_eq!(vault().open("A", Purpose::Target, &sealed), Err(VaultError::Foreign));
    let other = Vault::new(&[8; KEY]).unwrap();
    assert_eq!(other.open("A", Purpose::Secret, &sealed), Err(VaultError::Foreign));
}

#[test]
fn what_was_changed_or_is_nothing_does_not_open() {
    let Sealed(text) = vault().seal("A", Purpose::Secret, "hush").unwrap();
    for text in
        [text.replace("v1.", "v2."), text.replacen(&text[3..5], "zz", 1), "v1.AAAA".into(), String::new()]
    {
        assert_eq!(vault().open("A", Purpose::Secret, &Sealed(text)), Err(VaultError::Foreign));
    }
}

#[test]
fn the_same_text_is_sealed_otherwise_each_time_and_secrets_are_not_alike() {
    let seal = || vault().seal("A", Purpose::Secret, "hush").unwrap();
    assert_ne!(seal(), seal());
    let (one, other) = (Vault::new_secret().unwrap(), Vault::new_secret().unwrap());
    assert!(one != other && one.starts_with("whsec_") && one.len() == 50, "{one}");
}
