use super::*;
use crate::example::example;
use crate::reading::read;

fn documents(text: &str) -> Vec<Document> {
    let reading = read("file.yaml", text);
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
    reading.documents.into_iter().map(|placed| placed.document).collect()
}

#[test]
fn layout_and_what_is_filled_in_make_no_difference_to_the_payload() {
    let plain = documents(example());
    let written = documents(&crate::writing::write(&plain));
    assert_ne!(crate::writing::write(&plain), example());
    for (one, other) in plain.iter().zip(&written) {
        assert_eq!(one.payload_hash(), other.payload_hash());
        assert_eq!(one.revision(), other.revision());
    }
}

#[test]
fn a_key_that_is_said_twice_makes_no_difference_to_the_payload() {
    let before = documents(example());
    let after = documents(&example().replace("  owner: dana\n", "  owner: dana\n  key: Saved-Carts\n"));
    assert_ne!(before[2], after[2]);
    assert_eq!(before[2].payload_hash(), after[2].payload_hash());
}

#[test]
fn labels_change_the_revision_and_not_the_payload() {
    let before = documents(example()).remove(0);
    let mut after = before.clone();
    after.metadata.labels.insert("a".to_owned(), "b".to_owned());
    assert_eq!(after.payload_hash(), before.payload_hash());
    assert_ne!(after.revision(), before.revision());
}

#[test]
fn what_is_wanted_changes_the_payload() {
    let hashes = |text: &str| documents(text).iter().map(Document::payload_hash).collect::<Vec<_>>();
    let before = hashes(example());
    for (from, to) in [
        ("basisPoints: 2500", "basisPoints: 2501"),
        ("environment: production\n  kind", "environment: staging\n  kind"),
        ("name: cart-errors", "name: cart-errors\n  namespace: shop"),
    ] {
        let after = hashes(&example().replace(from, to));
        let changed = before.iter().zip(&after).filter(|(before, after)| before != after).count();
        assert_eq!(changed, 1, "{to}");
    }
}

#[test]
fn hashes_and_ids_of_commands_are_golden() {
    let hash = Hash::of(&json!({"b": [1, "x"], "a": null}));
    assert_eq!(hash, Hash::of(&json!({"a": null, "b": [1, "x"]})));
    assert_eq!(hash.as_str(), "c86db09f5f68ee266a026ced779fa0c94612fdc3eec7955aa5a5bd2e6b00bf8d");
    let id = command_id("bets.bet-1", 4, &hash);
    assert_eq!(id.to_string(), "a7a42478-22a4-5ce6-a9a8-7c92553253d2");
    assert_ne!(id, command_id("bets.bet-1", 5, &hash));
    assert_ne!(id, command_id("bets.bet-14", 4, &hash));
}

#[test]
fn who_manages_a_thing_is_kept_as_json() {
    let document = documents(example()).remove(0);
    let managed = ManagedBy::of(Door::File, "verdict.yaml", &document);
    let json = serde_json::to_value(&managed).unwrap();
    assert_eq!(json["door"], "file");
    assert_eq!(serde_json::from_value::<ManagedBy>(json).unwrap(), managed);
}
