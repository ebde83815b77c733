use crate::document::Kind;
use crate::reading::read;
use crate::set::Set;

#[test]
fn the_example_is_valid_whole_and_needs_nothing() {
    let reading = read("verdict.yaml", super::example());
    let told: Vec<_> = reading.findings.iter().map(ToString::to_string).collect();
    assert_eq!(told, Vec::<String>::new());
    let kinds: Vec<_> = reading.documents.iter().map(|placed| placed.document.kind()).collect();
    assert!(Kind::ALL.iter().all(|kind| kinds.contains(kind)), "{kinds:?}");
    let set = Set::of([reading], "").unwrap();
    assert_eq!(set.missing().count(), 0);
}
