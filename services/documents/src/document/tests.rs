use proptest::prelude::*;

use super::*;
use crate::reading::read;
use crate::words::judge;

fn launch() -> Spec {
    let (bet_ref, rollout_ref) = ("shop".into(), "shop".into());
    Spec::Launch(LaunchSpec { key: None, title: "Shop".to_owned(), tier: 4, bet_ref, rollout_ref })
}

#[test]
fn the_name_follows_from_the_key() {
    for (key, name, own) in [
        ("shop", "shop", false),
        ("checkout_conversion", "checkout-conversion", true),
        ("Shop.V2_", "shop.v2", true),
        ("a.-.b", "a.b", true),
    ] {
        let document = Document::of(&key.into(), Some("team"), launch());
        assert_eq!(document.metadata.name.as_str(), name);
        assert_eq!((document.key().as_str(), document.has_own_key()), (key, own));
        assert_eq!(document.team(), Some("team"));
    }
}

#[test]
fn a_name_that_is_no_key_is_a_problem_of_the_name() {
    let text = format!(
        "apiVersion: {API_VERSION}\nkind: Launch\nmetadata: {{name: {}}}\nspec: {{title: a, tier: 1, betRef: {{key: a}}, \
         rolloutRef: {{key: a}}}}\n",
        "a".repeat(129)
    );
    let told: Vec<_> = read("file.yaml", &text).findings.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("file.yaml:3:18: metadata.name: found \"aaa"), "{told:?}");
    assert!(told[0].ends_with("or such a key in spec.key"), "{told:?}");
}

proptest! {
    #[test]
    fn any_key_has_a_name(key in "[A-Za-z0-9][A-Za-z0-9._-]{0,127}") {
        prop_assume!(judge("key", &key).is_ok());
        let document = Document::of(&key.as_str().into(), None, launch());
        prop_assert_eq!(judge("name", document.metadata.name.as_str()), Ok(()));
        let key_again = document.key();
        prop_assert_eq!(key_again.as_str(), &key);
        prop_assert_eq!(document.problems(), []);
    }
}
