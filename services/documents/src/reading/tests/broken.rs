//! Broken files: each is a sound one with one thing changed, and has exactly one finding, with its line, its field and
//! what it says.

use super::*;
use crate::example::example;

/// What is replaced, by what, and the finding: line, column, path, words.
type Case = (&'static str, &'static str, usize, usize, &'static str, &'static str);

#[track_caller]
fn each(sound: &str, cases: &[Case]) {
    one(sound);
    for (from, to, line, column, path, words) in cases {
        assert!(sound.contains(from), "{from}");
        let reading = read("file.yaml", &sound.replacen(from, to, 1));
        let [finding] = reading.findings.as_slice() else { panic!("{to}: {:#?}", shown(&reading)) };
        let place = (finding.place.line, finding.place.column, finding.path.to_string());
        assert_eq!(place, (*line, *column, (*path).to_owned()), "{to}: {finding}");
        assert_eq!(format!("{}; {}", finding.found, finding.wanted), *words, "{to}");
        assert!(reading.documents.is_empty());
    }
}

const NAME: &str = "\"Shop_2\"; a name as Kubernetes takes it: small letters, digits, '-' and '.'; a key with other characters \
                    goes into spec.key";

const OF_WHAT_EVERY_DOCUMENT_HAS: &[Case] = &[
    ("/v1alpha1", "/v1", 1, 13, "apiVersion", "the text \"verdict.dev/v1\"; verdict.dev/v1alpha1"),
    ("apiVersion: verdict.dev/v1alpha1\n", "", 1, 1, "apiVersion", "nothing; verdict.dev/v1alpha1"),
    (
        "kind: Bet",
        "kind: Beta",
        2,
        7,
        "kind",
        "\"Beta\"; one of MetricDefinition, Flag, Bet, StagedRollout, Launch",
    ),
    ("metadata:\n  name: shop\n", "", 1, 1, "metadata", "nothing; a section with name"),
    ("name: shop", "name: Shop_2", 4, 9, "metadata.name", NAME),
    ("name: shop", "name: shop\n  labels: {a: 1}", 5, 15, "metadata.labels.a", "the number 1; a text"),
    (
        "name: shop",
        "name: shop\n  labels: {a: no}",
        5,
        15,
        "metadata.labels.a",
        "no without quotes, which some readers of YAML take for something else; \"no\" with its quotes",
    ),
    (
        "name: shop",
        "name: shop\n  labels: {on: a}",
        5,
        12,
        "",
        "on without quotes, which some readers of YAML take for something else; \"on\" with its quotes",
    ),
    (
        "spec:",
        "status: {}\nspec:",
        5,
        1,
        "status",
        "the field \"status\", which there is not; none: what became of a thing is asked of the platform and \
                 belongs to no file",
    ),
];

#[test]
fn what_every_document_has() {
    each(BET, OF_WHAT_EVERY_DOCUMENT_HAS);
}

const OF_WHAT_IS_NO_YAML: &[Case] = &[
    ("  title", "\ttitle", 6, 1, "", "a tab; spaces"),
    (
        "title: Shop",
        "title: Shop\n  title: Shop",
        7,
        3,
        "",
        "the field \"title\" for a second time (first on line 6); each field once",
    ),
    (
        "title: Shop",
        "title: &a Shop",
        6,
        13,
        "",
        "an anchor (&name) or an alias (*name); the value itself in every place",
    ),
    ("title: Shop", "title: !x Shop", 6, 13, "", "a tag (!name); the value without it"),
    (
        "title: Shop",
        "title: *a",
        6,
        10,
        "",
        "an alias (*name) without an anchor; the value itself in every place",
    ),
    (
        "title: Shop",
        "title: a: b",
        6,
        11,
        "",
        "a ':' where none can be; a text with ': ' in it in quotes, or the field on a line of its own",
    ),
    (
        "title: Shop",
        "title: @shop",
        6,
        10,
        "",
        "the character '@', which cannot begin a value; a text with it in quotes",
    ),
    (
        "mode: Scaling",
        "mode: [Scaling",
        7,
        9,
        "",
        "a list or section in brackets that goes on; a ',' or the closing bracket",
    ),
    (
        "title: Shop",
        "? [a]\n  : b\n  title: Shop",
        6,
        5,
        "",
        "a list of 1 entry as the name of a field; a name",
    ),
];

#[test]
fn what_is_no_yaml() {
    each(BET, OF_WHAT_IS_NO_YAML);
}

#[test]
fn no_document_at_all() {
    for (text, words) in [
        ("", "found no document; wanted at least one"),
        ("# to come\n", "found no document; wanted at least one"),
        ("[]\n", "found no document; wanted at least one"),
        ("hello\n", "found the text \"hello\"; wanted a document with apiVersion, kind, metadata and spec"),
    ] {
        let told = shown(&read("file.yaml", text));
        assert_eq!(told, [format!("file.yaml:1:1: {words}")], "{text:?}");
    }
}

#[test]
fn what_grows_without_end_is_refused() {
    let bomb = format!("{BET}  metrics: &a [{{}}, {{}}]\n  b: &b [*a, *a]\n  c: [*b, *b]\n");
    let told = shown(&read("file.yaml", &bomb));
    assert!(told[0].starts_with("file.yaml:8:"), "{told:?}");
    assert!(told[0].contains("an anchor (&name) or an alias (*name)"), "{told:?}");
    assert_eq!(told.iter().filter(|told| told.contains("anchor")).count(), 1, "{told:?}");
    let deep = format!("a: {}{}\n", "[".repeat(100), "]".repeat(100));
    let told = shown(&read("file.yaml", &deep));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("deep"), "{told:?}");
    let told = shown(&read("file.yaml", &" ".repeat(LARGEST + 1)));
    let words = format!("found a text of {} bytes; wanted at most {LARGEST}", LARGEST + 1);
    assert_eq!(told, [format!("file.yaml:1:1: {words}")]);
}

const OF_BETS: &[Case] = &[
    ("title: Shop", "title: ' '", 6, 10, "spec.title", "\" \"; a text that is not blank"),
    ("  title: Shop\n", "", 6, 3, "spec.title", "nothing; a text"),
    ("title: Shop", "title:", 6, 3, "spec.title", "nothing; a text"),
    ("title: Shop", "title: [Shop]", 6, 10, "spec.title", "a list of 1 entry; a text"),
    (
        "title: Shop",
        "title: \"a\\eb\"",
        6,
        10,
        "spec.title",
        "\"a\\u{1b}b\"; one line without control characters",
    ),
    ("mode: Scaling", "mode: scaling", 7, 9, "spec.mode", "\"scaling\"; one of ZeroToOne, Scaling"),
];

#[test]
fn bets() {
    each(BET, OF_BETS);
}

const PLANNED: &str = "\
apiVersion: verdict.dev/v1alpha1
kind: Bet
metadata:
  name: shop
spec:
  title: Shop
  mode: Scaling
  timebox:
    start: 2026-12-01
    end: 2027-01-01
  iterationLimit: 3
";

const OF_PLANS_OF_BETS: &[Case] = &[
    (
        "end: 2027-01-01",
        "end: 2026-12-01",
        10,
        10,
        "spec.timebox.end",
        "2026-12-01, which is not after the start 2026-12-01; an end after the start (rule B3)",
    ),
    (
        "end: 2027-01-01",
        "end: 2027-02-29",
        10,
        10,
        "spec.timebox.end",
        "\"2027-02-29\"; a date such as 2026-12-01, or a time such as 2026-12-01T09:00:00Z",
    ),
    (
        "iterationLimit: 3",
        "iterationLimit: 4",
        11,
        19,
        "spec.iterationLimit",
        "4; a whole number from 0 to 3",
    ),
    (
        "iterationLimit: 3",
        "iterationLimit: '3'",
        11,
        19,
        "spec.iterationLimit",
        "the text \"3\"; a whole number from 0 to 3",
    ),
    (
        "iterationLimit: 3",
        "metrics:\n    - {metricRef: {key: a}, role: Primary, target: 5, direction: Increase}",
        12,
        52,
        "spec.metrics[0].target",
        "the number 5; a decimal number in quotes, such as \"0.25\"",
    ),
    (
        "iterationLimit: 3",
        "appetitePersonDays: '-1'",
        11,
        23,
        "spec.appetitePersonDays",
        "\"-1\"; a number of person-days in quotes with up to nine digits and six decimals, such as \"2.5\"",
    ),
];

#[test]
fn plans_of_bets() {
    each(PLANNED, OF_PLANS_OF_BETS);
}

const FLAG: &str = "\
apiVersion: verdict.dev/v1alpha1
kind: Flag
metadata:
  name: shop
spec:
  kind: Release
  owner: dana
  variants:
    - name: 'on'
      value: a
    - name: 'off'
      value: b
";

const OF_FLAGS: &[Case] = &[
    ("  owner: dana\n", "", 6, 3, "spec.owner", "nothing; who answers for a release flag (rule F4)"),
    (
        "value: b",
        "value: 5",
        12,
        14,
        "spec.variants[1].value",
        "a number; a text, as the first variant has (rule F9)",
    ),
    (
        "value: b",
        "value: [b]",
        12,
        14,
        "spec.variants[1].value",
        "a list; true, false, a text, a number or a section (rule F9)",
    ),
    ("name: 'off'", "name: aus", 6, 3, "spec.offVariant", "\"off\"; one of the variants on, aus"),
    (
        "value: b",
        "value: b\n    - name: 'off'\n      value: c",
        13,
        13,
        "spec.variants[2].name",
        "the variant \"off\" for a second time; each variant once",
    ),
    (
        "owner: dana",
        "owner: dana\n  environment: Production",
        8,
        16,
        "spec.environment",
        "\"Production\"; the name of an environment: small letters, digits, '.', '_' and '-'",
    ),
    (
        "owner: dana",
        "owner: dana\n  key: 01JD3Z8Q4M9W6T2V5X7Y0A1B2C",
        8,
        8,
        "spec.key",
        "\"01JD3Z8Q4M9W6T2V5X7Y0A1B2C\"; a key that does not look like an id",
    ),
];

#[test]
fn flags() {
    each(FLAG, OF_FLAGS);
}

const METRIC: &str = "\
apiVersion: verdict.dev/v1alpha1
kind: MetricDefinition
metadata:
  name: errors
spec:
  type: Guardrail
  good: Decrease
  refreshSeconds: 60
  guardrails:
    - key: g
      rolloutRef: { key: r }
      failsAbove: \"0.5\"
";

const OF_METRICS: &[Case] = &[
    (
        "failsAbove: \"0.5\"",
        "failsBelow: \"0.5\"\n      failsAbove: \"0.5\"",
        12,
        19,
        "spec.guardrails[0].failsBelow",
        "a second bound; exactly one of failsAbove and failsBelow",
    ),
    (
        "      failsAbove: \"0.5\"\n",
        "",
        10,
        7,
        "spec.guardrails[0]",
        "a guardrail without a bound; exactly one of failsAbove and failsBelow",
    ),
    (
        "failsAbove: \"0.5\"",
        "failsAbove: \"0,5\"",
        12,
        19,
        "spec.guardrails[0].failsAbove",
        "\"0,5\"; a decimal number in quotes, such as \"0.25\"",
    ),
    ("refreshSeconds: 60", "refreshSeconds: 0", 8, 19, "spec.refreshSeconds", "0; a whole number from 1 on"),
    (
        "refreshSeconds: 60",
        "refreshSeconds: 60s",
        8,
        19,
        "spec.refreshSeconds",
        "the text \"60s\"; a whole number from 1 on",
    ),
    (
        "rolloutRef: { key: r }",
        "rolloutRef: r",
        11,
        19,
        "spec.guardrails[0].rolloutRef",
        "the text \"r\"; a section with key",
    ),
    (
        "failsAbove: \"0.5\"",
        "failsAbove: \"0.5\"\n      criticalEvents: 3",
        13,
        23,
        "spec.guardrails[0].criticalEvents",
        "3; criticalEvents with severity: Critical only",
    ),
];

#[test]
fn metrics() {
    each(METRIC, OF_METRICS);
}

const ROLLOUT: &str = "\
apiVersion: verdict.dev/v1alpha1
kind: StagedRollout
metadata:
  name: shop
spec:
  betRef: { key: shop }
  flagRef: { key: shop }
  service: shop
  tier: 2
  stages:
    - name: internal
      class: Internal
      minSoakSeconds: 10
      maxSoakSeconds: 10
      steps:
        - exposure: { members: [dana] }
    - { name: alpha, class: Named, steps: [{ exposure: { accounts: [acme] } }] }
    - name: beta
      class: Share
      steps:
        - exposure: { basisPoints: 100 }
        - exposure:
            basisPoints: 500
          soakSeconds: 60
    - name: ga
      class: Everyone
      steps:
        - exposure: { basisPoints: 10000 }
";

const SHARE: &str = "spec.stages[2].steps[1].exposure.basisPoints";
const FIVE: &str = "basisPoints: 500";

const OF_SHARES: &[Case] = &[
    (FIVE, "basisPoints: 20000", 23, 26, SHARE, "20000; a whole number from 0 to 10000"),
    (FIVE, "basisPoints: -1", 23, 26, SHARE, "-1; a whole number from 0 to 10000"),
    (FIVE, "basisPoints: 0.5", 23, 26, SHARE, "the number 0.5; a whole number from 0 to 10000"),
    (FIVE, "basisPoints: 5%", 23, 26, SHARE, "the text \"5%\"; a whole number from 0 to 10000"),
    (
        FIVE,
        "percent: 5",
        23,
        13,
        "spec.stages[2].steps[1].exposure.percent",
        "the field \"percent\", which there is not; basisPoints, where 100 is 1 %",
    ),
    (
        FIVE,
        "basisPoint: 500",
        23,
        13,
        "spec.stages[2].steps[1].exposure.basisPoint",
        "the field \"basisPoint\", which there is not; \"basisPoints\"?",
    ),
    (
        FIVE,
        "basisPoints: 50",
        23,
        26,
        SHARE,
        "50, which is less than the 100 of the step before; a share that does not shrink (rule R10)",
    ),
    (
        "{ basisPoints: 10000 }",
        "{ basisPoints: 9999 }",
        28,
        36,
        "spec.stages[3].steps[0].exposure.basisPoints",
        "9999; 10000 in the last step of a stage of class Everyone (rule R5)",
    ),
    (
        "{ basisPoints: 100 }",
        "{}",
        21,
        21,
        "spec.stages[2].steps[0].exposure",
        "no basisPoints; basisPoints from 1 to 9999 in a stage of class Share (rule R5)",
    ),
];

#[test]
fn shares() {
    each(ROLLOUT, OF_SHARES);
}

const OF_ROLLOUTS: &[Case] = &[
    (
        "maxSoakSeconds: 10",
        "maxSoakSeconds: 9",
        14,
        23,
        "spec.stages[0].maxSoakSeconds",
        "9; at least minSoakSeconds, which is 10",
    ),
    (
        "{ members: [dana] }",
        "{ accounts: [acme] }",
        16,
        33,
        "spec.stages[0].steps[0].exposure.accounts",
        "\"acme\"; members of the team only in a stage of class Internal (rule R5)",
    ),
    (
        "name: beta",
        "name: internal",
        18,
        13,
        "spec.stages[2].name",
        "the stage \"internal\" for a second time; each stage once",
    ),
    (
        "  flagRef: { key: shop }\n",
        "",
        6,
        3,
        "spec.flagRef",
        "nothing; a flag that exists (flagRef) or one that is made with it (flag)",
    ),
    ("flagRef: { key: shop }", "flag: {kind: Ops}", 7, 9, "spec.flag.key", "nothing; the key of the flag"),
    (
        "tier: 2",
        "tier: 2\n  irreversibleFrom: {stage: gamma, reason: x}",
        10,
        29,
        "spec.irreversibleFrom.stage",
        "\"gamma\"; one of the stages internal, alpha, beta, ga",
    ),
    (
        "tier: 2",
        "tier: 2\n  internalMembers: [a]",
        10,
        20,
        "spec.internalMembers",
        "names for the default stages beside stages of your own; them in spec.stages",
    ),
    ("tier: 2", "tier: two", 9, 9, "spec.tier", "the text \"two\"; a whole number from 1 to 4"),
];

#[test]
fn rollouts() {
    each(ROLLOUT, OF_ROLLOUTS);
}

#[test]
fn a_place_in_a_file_of_several_documents_is_counted_from_its_top() {
    let reading = read("verdict.yaml", &example().replace("basisPoints: 500 }", "basisPoints: 50000 }"));
    let line = 1 + example().lines().position(|line| line.contains("basisPoints: 500 }")).unwrap();
    let told = "document 5, spec.stages[2].steps[1].exposure.basisPoints: found 50000; wanted a whole number from 0 \
                to 10000";
    assert_eq!(shown(&reading), [format!("verdict.yaml:{line}:36: {told}")]);
    assert_eq!(reading.documents.len(), 5);
}
