//! The key of sinks outlives a start, belongs to its owner, and is made by nobody where one is named.

use std::os::unix::fs::PermissionsExt;

use super::*;

#[test]
fn a_key_is_made_once_for_its_owner_alone() {
    let data = tempfile::tempdir().unwrap();
    let directory = data.path().join("not-there-yet");
    let key = kept(&directory).unwrap();
    assert_eq!(kept(&directory).unwrap(), key);
    let file = std::fs::metadata(directory.join(KEY_FILE)).unwrap();
    assert_eq!(file.permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(&directory).unwrap().count(), 1);
}

#[test]
fn a_key_that_is_named_is_there_and_as_long_as_a_key() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("key");
    let config = Sinks { key_file: Some(file.clone()), ..Sinks::default() };
    assert!(open(&config, Some(data.path())).is_err() && !file.exists());
    for bytes in [0, KEY - 1, KEY + 1] {
        std::fs::write(&file, vec![1; bytes]).unwrap();
        assert!(open(&config, None).is_err(), "{bytes}");
    }
    std::fs::write(&file, [1; KEY]).unwrap();
    assert!(open(&config, None).is_ok());
}

#[test]
fn what_is_wrong_with_the_configuration_is_said() {
    let said = |config: &Sinks| open(config, None).err().map(|error| format!("{error:#}")).unwrap();
    assert!(said(&Sinks::default()).contains("sinks.key_file"));
    let allow = vec!["10.0.0.0/99".to_owned()];
    assert!(said(&Sinks { allow, ..Sinks::default() }).starts_with("sinks.allow: '10.0.0.0/99'"));
}
