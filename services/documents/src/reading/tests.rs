use super::*;
use crate::bet::Progress;

mod broken;
mod every_field;
mod texts;

const BET: &str = "\
apiVersion: verdict.dev/v1alpha1
kind: Bet
metadata:
  name: shop
spec:
  title: Shop
  mode: Scaling
";

#[track_caller]
fn one(text: &str) -> Document {
    let reading = read("file.yaml", text);
    assert_eq!(shown(&reading), Vec::<String>::new());
    let [placed] = <[Placed; 1]>::try_from(reading.documents).unwrap();
    placed.document
}

fn shown(reading: &Reading) -> Vec<String> {
    reading.findings.iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_left_out_is_filled_in() {
    let Spec::Bet(bet) = one(BET).spec else { panic!() };
    assert_eq!((bet.iteration_limit, bet.bring_to), (2, Progress::Proposed));
}

#[test]
fn documents_are_counted_as_a_reader_counts_them() {
    let text = format!("# nothing here\n---\n{BET}---\n---\n{BET}  colour: red\n");
    let reading = read("file.yaml", &text);
    let numbers: Vec<_> =
        reading.documents.iter().map(|placed| (placed.number, placed.place().line)).collect();
    assert_eq!(numbers, [(1, 3)]);
    assert_eq!(reading.findings.iter().map(|finding| finding.document).collect::<Vec<_>>(), [3]);
}

#[test]
fn all_findings_of_all_documents_are_told() {
    let bad = "apiVersion: verdict.dev/v1alpha1\nkind: Launch\nmetadata: {name: Shop}\nspec: {tier: 5}\n";
    let reading = read("file.yaml", &format!("{bad}---\n{BET}  mode: Fast\n---\n'\n"));
    assert!(reading.documents.is_empty());
    assert_eq!(
        shown(&reading),
        [
            "file.yaml:3:18: metadata.name: found \"Shop\"; wanted a name as Kubernetes takes it: small letters, \
             digits, '-' and '.'; a key with other characters goes into spec.key",
            "file.yaml:4:7: spec.title: found nothing; wanted a text",
            "file.yaml:4:7: spec.betRef: found nothing; wanted a section with key",
            "file.yaml:4:7: spec.rolloutRef: found nothing; wanted a section with key",
            "file.yaml:4:14: spec.tier: found 5; wanted a whole number from 1 to 4",
            "file.yaml:13:3: document 2, found the field \"mode\" for a second time (first on line 12); wanted each \
             field once",
            "file.yaml:15:1: document 3, found the end of the document in a text in quotes; wanted the closing quote",
        ]
    );
}

#[test]
fn a_finding_of_one_document_hides_no_other_document() {
    let reading = read("file.yaml", &format!("{BET}---\n\tx\n---\n{BET}"));
    assert_eq!(reading.documents.iter().map(|placed| placed.number).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(reading.findings.len(), 1, "{:?}", shown(&reading));
}

#[test]
fn the_place_of_a_field_is_found_again() {
    let reading = read("file.yaml", BET);
    let finding = reading.documents[0].finding(&Path::of(&["spec", "mode"]), "a", "b");
    assert_eq!(finding.to_string(), "file.yaml:7:9: spec.mode: found a; wanted b");
}
