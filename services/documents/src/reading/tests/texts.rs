//! Forms of texts: line ends, marks, JSON, Markdown.

use super::*;
use crate::words::Key;

#[test]
fn a_byte_order_mark_and_other_line_ends_change_nothing() {
    let plain = one(BET);
    assert_eq!(one(&format!("\u{feff}{BET}")), plain);
    assert_eq!(one(&BET.replace('\n', "\r\n")), plain);
    let wrong = format!("{BET}  colour: red\n").replace('\n', "\r\n");
    let reading = read("file.yaml", &wrong);
    assert_eq!((reading.findings[0].place.line, reading.findings[0].place.column), (8, 3));
}

#[test]
fn json_is_read() {
    let json = one(BET).to_json().to_string();
    assert_eq!(one(&json), one(BET));
}

/// As `verdict export -o json` prints them.
#[test]
fn a_list_holds_documents() {
    let json = one(BET).to_json();
    let reading = read("file.json", &serde_json::json!([json, json]).to_string());
    assert_eq!(shown(&reading), Vec::<String>::new());
    assert_eq!(reading.documents.iter().map(|placed| placed.number).collect::<Vec<_>>(), [1, 2]);
    assert!(reading.documents.iter().all(|placed| placed.document == one(BET)));
    let reading = read("file.json", &serde_json::json!([json, "a", [json]]).to_string());
    let wanted = "wanted a document with apiVersion, kind, metadata and spec";
    let told = shown(&reading);
    assert_eq!((told.len(), reading.documents.len()), (2, 1), "{told:?}");
    assert!(told[0].ends_with(&format!(": document 2, found the text \"a\"; {wanted}")), "{told:?}");
    assert!(told[1].ends_with(&format!(": document 3, found a list of 1 entry; {wanted}")), "{told:?}");
}

#[test]
fn keys_of_metrics_have_no_capitals() {
    let metric = "apiVersion: verdict.dev/v1alpha1\nkind: MetricDefinition\nmetadata: {name: m}\nspec:\n  key: M_1\n  \
                  type: Leading\n  good: Increase\n  leadsTo: [{key: Core}]\n";
    assert_eq!(
        shown(&read("file.yaml", metric)),
        [
            "file.yaml:5:8: spec.key: found \"M_1\"; wanted \"m_1\": keys of metrics have no capitals",
            "file.yaml:8:19: spec.leadsTo[0].key: found \"Core\"; wanted \"core\": keys of metrics have no capitals",
        ]
    );
    one(&metric.replace("M_1", "m_1").replace("Core", "core"));
    let target = "  metrics: [{metricRef: {key: Orders}, role: Primary, target: '1', direction: Increase}]\n";
    assert_eq!(
        shown(&read("file.yaml", &format!("{BET}{target}"))),
        [
            "file.yaml:8:31: spec.metrics[0].metricRef.key: found \"Orders\"; wanted \"orders\": keys of metrics have no \
          capitals"
        ]
    );
}

#[test]
fn labels_and_annotations_are_kept() {
    let text =
        BET.replace("name: shop\n", "name: shop\n  labels: {a.b/c: d}\n  annotations: {note: 'yes'}\n");
    let metadata = one(&text).metadata;
    assert_eq!(metadata.labels.into_iter().collect::<Vec<_>>(), [("a.b/c".to_owned(), "d".to_owned())]);
    assert_eq!(metadata.annotations.into_values().collect::<Vec<_>>(), ["yes"]);
}

#[test]
fn the_key_is_the_name_unless_the_spec_gives_another() {
    assert_eq!(one(BET).key(), Key::from("shop"));
    let text = BET.replace("spec:\n", "spec:\n  key: Shop_2\n");
    assert_eq!(one(&text).key(), Key::from("Shop_2"));
}

const NOTE: &str = "\
---
metadata: { name: shop }
spec:
  mode: Scaling
---
<!-- written on
a train -->
# Shop

## Hypothesis

People give up.

```
# no heading
```
### Why
Pages.

## Expected outcome
More orders.
";

#[test]
fn a_bet_is_read_from_markdown() {
    let reading = read("bets/shop.md", NOTE);
    assert_eq!(shown(&reading), Vec::<String>::new());
    let Spec::Bet(bet) = &reading.documents[0].document.spec else { panic!() };
    let hypothesis = bet.hypothesis.as_ref().unwrap();
    assert_eq!(bet.title, "Shop");
    assert_eq!(hypothesis.belief, "People give up.\n\n```\n# no heading\n```\n### Why\nPages.");
    assert_eq!(hypothesis.expected_outcome, "More orders.");
    let title = reading.documents[0].finding(&Path::of(&["spec", "title"]), "", "");
    assert_eq!((title.place.line, title.place.column), (8, 3));
}

/// What is wrong with a Markdown file: its line, its path, and a part of the words.
#[test]
fn what_is_wrong_with_markdown_is_said_with_its_line() {
    let cases = [
        (NOTE.replace("## Expected outcome", "## Risks"), 20, "", "\"Risks\""),
        (NOTE.replace("# Shop\n", "# Shop\nlost\n"), 9, "", "text outside of a section"),
        (NOTE.replace("# Shop\n", "# Shop\n# Shop\n"), 9, "", "a second title"),
        (NOTE.replace("## Expected outcome", "## Hypothesis"), 20, "", "for a second time"),
        (
            NOTE.replace("mode: Scaling", "mode: Scaling\n  title: Shop"),
            9,
            "spec.title",
            "in the front matter",
        ),
        (NOTE.replace("mode: Scaling", "mode: Fast"), 4, "spec.mode", "\"Fast\""),
        (NOTE.replace("metadata:", "kind: Flag\nmetadata:"), 2, "kind", "the text \"Flag\""),
        (NOTE.replacen("---\n", "", 1), 1, "", "no front matter"),
        (NOTE.replace("---\n<!--", "<!--"), 1, "", "front matter without an end"),
        (NOTE.replace("More orders.", ""), 20, "spec.hypothesis.expectedOutcome", "\"\""),
        (NOTE.replace("## Hypothesis", "<!--"), 10, "", "a comment that goes on"),
        (NOTE.replace("a train -->", "a train --> # lost"), 7, "", "text behind a comment"),
        (NOTE.replace("Pages.", "<!-- all --> of them\nPages."), 18, "", "text behind a comment"),
        (
            NOTE.replace("  mode: Scaling\n", "  mode: Scaling\n--- {spec: {mode: Scaling}}\n"),
            5,
            "",
            "a second document",
        ),
        (NOTE.replace("spec:\n  mode: Scaling\n", "spec: big\n"), 3, "spec", "\"big\""),
    ];
    for (text, line, path, found) in cases {
        let reading = read("shop.md", &text);
        let [finding] = reading.findings.as_slice() else { panic!("{found}: {:?}", shown(&reading)) };
        assert_eq!((finding.place.line, finding.path.to_string().as_str()), (line, path), "{finding}");
        assert!(finding.found.contains(found), "{finding}");
        assert!(reading.documents.is_empty());
    }
}
