//! A document of every kind with every field: what stands in the file stands in the type, and is written back.

use super::*;
use crate::writing::write;

/// Reads files that between them name every field of their kind, and writes them back.
#[track_caller]
fn whole(texts: &[&str]) {
    let documents: Vec<_> = texts.iter().map(|text| one(text)).collect();
    let schema = schema::resolve(&schema::of(documents[0].kind())["properties"]["spec"]);
    for field in schema["properties"].as_object().unwrap().keys() {
        let given = |document: &Document| document.to_json()["spec"].get(field).is_some();
        assert!(documents.iter().any(given), "no file has {field}");
    }
    for (text, document) in texts.iter().zip(&documents) {
        let plain = yaml::documents(text, 0, &mut Sink::new("file.yaml"));
        assert_eq!(document.to_json(), plain[0].1.to_json());
        assert_eq!(one(&write([document])), *document);
    }
}

#[test]
fn of_a_bet() {
    whole(&["\
apiVersion: verdict.dev/v1alpha1
kind: Bet
metadata: {name: shop, namespace: checkout, labels: {a: b}, annotations: {c: d}}
spec:
  key: Shop_1
  title: Shop
  mode: ZeroToOne
  hypothesis: {belief: a, expectedOutcome: b}
  iterationLimit: 0
  appetitePersonDays: '2.5'
  timebox: {start: 2026-12-01, end: '2026-12-31T17:00:00+01:00'}
  metrics:
    - {metricRef: {key: m}, role: Primary, target: '-1.5', direction: Decrease}
    - {metricRef: {key: o}, role: Secondary, target: '1', direction: Increase}
  handoff:
    problem: Clear
    targetUser: Clear
    successSignal: Clear
    nonGoals: Fuzzy
    userFlow: Clear
    acceptanceCriteria: Missing
    dependencies: Clear
    analyticsPlan: Clear
    edgeCases: Clear
    tradeOffOwner: Clear
  bringTo: Shaped
"]);
}

#[test]
fn of_a_flag() {
    whole(&["\
apiVersion: verdict.dev/v1alpha1
kind: Flag
metadata: {name: shop}
spec:
  key: Shop
  environment: staging
  kind: Release
  owner: dana
  cleanupOn: 2027-02-01
  unit: accountId
  variants:
    - {name: big, value: {size: 5, of: [a, null, 1.5, true]}}
    - {name: small, value: {}}
  onVariant: big
  offVariant: small
"]);
}

#[test]
fn of_a_metric() {
    whole(&["\
apiVersion: verdict.dev/v1alpha1
kind: MetricDefinition
metadata: {name: errors}
spec:
  key: check_out.errors
  type: Guardrail
  unit: share
  good: Decrease
  target: '0.01'
  baseline: '0.02'
  refreshSeconds: 60
  aggregation: Percentile
  leadsTo: [{key: other}]
  guardrails:
    - key: g
      rolloutRef: {key: r}
      failsBelow: '0.5'
      forPoints: 1000
      minSample: 0
      severity: Critical
      criticalEvents: 3
      effect: Hold
      judge: EachSource
"]);
}

#[test]
fn of_a_launch() {
    whole(&["\
apiVersion: verdict.dev/v1alpha1
kind: Launch
metadata: {name: shop}
spec:
  key: shop-ga
  title: 'Shop: ready'
  tier: 4
  betRef: {key: shop}
  rolloutRef: {key: shop}
"]);
}

/// A flag within the rollout and flagRef exclude each other, as do stages and names for the default ones.
#[test]
fn of_a_rollout() {
    let stages = "\
apiVersion: verdict.dev/v1alpha1
kind: StagedRollout
metadata: {name: shop}
spec:
  key: shop-1
  betRef: {key: shop}
  environment: staging
  service: shop
  mode: Scaling
  tier: 1
  promotion: Automatic
  onBlind: Narrow
  irreversibleFrom: {stage: everybody, reason: the schema changes}
  flag: {key: shop, kind: Release, owner: dana, unit: targetingKey, onVariant: 'on', offVariant: 'off'}
  stages:
    - name: us
      class: Internal
      minSoakSeconds: 60
      maxSoakSeconds: 120
      steps: [{exposure: {members: [dana]}, soakSeconds: 5}]
    - name: friends
      class: Named
      minSoakSeconds: 0
      steps: [{exposure: {members: [dana], accounts: [acme]}, soakSeconds: 0}]
    - name: some
      class: Share
      minSoakSeconds: 0
      steps: [{exposure: {accounts: [acme], basisPoints: 5}, soakSeconds: 0}]
    - name: everybody
      class: Everyone
      minSoakSeconds: 0
      steps: [{exposure: {accounts: [acme], basisPoints: 10000}, soakSeconds: 0}]
";
    let default = "\
apiVersion: verdict.dev/v1alpha1
kind: StagedRollout
metadata: {name: shop}
spec:
  flagRef: {key: shop}
  environment: production
  service: shop
  tier: 3
  promotion: Manual
  onBlind: Pause
  internalMembers: [dana]
  alphaAccounts: [acme, birch]
";
    whole(&[stages, default]);
}
