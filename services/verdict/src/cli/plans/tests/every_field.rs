//! Everything that documents can say reaches the platform and comes back as the same.

use super::*;

/// A document of every kind with what the example leaves to defaults.
const RICH: &str = r#"apiVersion: verdict.dev/v1alpha1
kind: MetricDefinition
metadata: { name: revenue }
spec: { type: Lagging, good: Increase, unit: "EUR", aggregation: Maximum, refreshSeconds: 86400 }
---
apiVersion: verdict.dev/v1alpha1
kind: MetricDefinition
metadata: { name: conversion }
spec:
  type: Core
  good: Increase
  baseline: "0.2500"
  target: "0.3"
  leadsTo: [{ key: revenue }]
---
apiVersion: verdict.dev/v1alpha1
kind: MetricDefinition
metadata: { name: latency }
spec:
  key: latency_p95
  type: Guardrail
  good: Decrease
  aggregation: Percentile
  refreshSeconds: 60
  guardrails:
    - key: slow
      rolloutRef: { key: Search.v2 }
      failsAbove: "900.50"
      severity: Critical
      criticalEvents: 7
      minSample: 50
      forPoints: 2
      judge: EachSource
    - { key: fast, rolloutRef: { key: Search.v2 }, failsBelow: "1", effect: Shadow }
    - { key: odd, rolloutRef: { key: search.V2 }, failsBelow: "0.5", effect: Hold, severity: Critical }
---
apiVersion: verdict.dev/v1alpha1
kind: Flag
metadata: { name: colour }
spec:
  environment: staging
  kind: Ops
  unit: accountId
  variants:
    - { name: red, value: { hue: 1, names: [a, b] } }
    - { name: blue, value: { hue: 2 } }
  onVariant: red
  offVariant: blue
---
apiVersion: verdict.dev/v1alpha1
kind: Bet
metadata: { name: search }
spec:
  title: "Search: faster"
  mode: ZeroToOne
  iterationLimit: 3
  appetitePersonDays: "2.50"
  hypothesis:
    belief: |
      Two lines
      of belief.
    expectedOutcome: More.
  timebox: { start: 2027-01-01T08:30:00+01:00, end: 2027-02-01 }
  metrics:
    - { metricRef: { key: conversion }, role: Primary, target: "0.30", direction: Increase }
    - { metricRef: { key: revenue }, role: Secondary, target: "10", direction: Increase }
    - { metricRef: { key: latency_p95 }, role: Guardrail, target: "800", direction: Decrease }
  handoff: { problem: Clear, targetUser: Fuzzy, nonGoals: Missing }
  bringTo: Building
---
apiVersion: verdict.dev/v1alpha1
kind: StagedRollout
metadata: { name: search }
spec:
  key: Search.v2
  betRef: { key: SEARCH }
  flag:
    key: search-flag
    kind: Release
    owner: dana
    cleanupOn: 2027-06-01
  environment: staging
  service: search
  tier: 3
  promotion: Automatic
  onBlind: Narrow
  irreversibleFrom: { stage: beta, reason: mails are out }
  internalMembers: [eli, dana]
  alphaAccounts: [acme, birch, cobalt, dune, elm]
---
apiVersion: verdict.dev/v1alpha1
kind: Launch
metadata: { name: search }
spec: { title: Search, tier: 4, betRef: { key: search }, rolloutRef: { key: search.v2 } }
"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_that_is_said_is_there_and_is_no_difference() {
    let world = World::begin().await;
    let file = world.file("rich.yaml", RICH);
    world.say(&["apply", "-f", &file]).await.fine();
    let diff = world.say(&["diff", "-f", &file]).await;
    assert!(diff.ended.is_ok(), "{}", diff.out);
    let exported = world.say(&["export", "search"]).await.fine();
    let exported = world.file("exported.yaml", &exported);
    let diff = world.say(&["diff", "-f", &exported]).await;
    assert!(diff.ended.is_ok(), "{}", diff.out);
    // And each of these is one.
    for (said, instead) in [
        ("aggregation: Maximum", "aggregation: Minimum"),
        ("unit: \"EUR\"", "unit: \"USD\""),
        ("baseline: \"0.2500\"", "baseline: \"0.26\""),
        ("leadsTo: [{ key: revenue }]", "leadsTo: [{ key: revenue }, { key: latency_p95 }]"),
        ("criticalEvents: 7", "criticalEvents: 8"),
        ("minSample: 50", "minSample: 51"),
        ("forPoints: 2", "forPoints: 3"),
        ("judge: EachSource", "judge: Merged"),
        ("failsAbove: \"900.50\"", "failsAbove: \"900.51\""),
        ("effect: Shadow", "effect: Rollback"),
        ("hue: 1", "hue: 3"),
        ("onVariant: red", "onVariant: blue"),
        ("kind: Ops", "kind: Permission"),
        ("iterationLimit: 3", "iterationLimit: 1"),
        ("\"2.50\"", "\"2.51\""),
        ("of belief.", "of disbelief."),
        ("T08:30:00+01:00", "T08:30:00Z"),
        ("role: Secondary", "role: Guardrail"),
        ("targetUser: Fuzzy", "targetUser: Clear"),
        ("owner: dana", "owner: eli"),
        ("cleanupOn: 2027-06-01", "cleanupOn: 2027-06-02"),
        ("environment: staging\n  service", "environment: production\n  service"),
        ("service: search", "service: find"),
        ("tier: 3", "tier: 2"),
        ("promotion: Automatic", "promotion: Manual"),
        ("onBlind: Narrow", "onBlind: Pause"),
        ("stage: beta", "stage: ga"),
        ("mails are out", "money was paid"),
        ("internalMembers: [eli, dana]", "internalMembers: [eli]"),
        ("title: Search, tier", "title: Find, tier"),
        ("tier: 4", "tier: 3"),
    ] {
        assert_eq!(RICH.matches(said).count(), 1, "{said}");
        let file = world.file("changed.yaml", &RICH.replace(said, instead));
        let diff = world.say(&["diff", "-f", &file]).await;
        assert!(matches!(diff.ended, Err(Failure::Differs)), "{instead}: {:?} {}", diff.ended, diff.out);
        assert_eq!(diff.out.lines().filter(|line| line.starts_with("    ")).count(), 1, "{}", diff.out);
    }
    world.platform.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r2_stages_have_names_of_their_own() {
    let world = World::begin().await;
    let text =
        example().replace("- name: alpha", "- name: Friends").replace("- name: ga", "- name: whole-world");
    let file = world.file("verdict.yaml", &text);
    world.say(&["apply", "-f", &file]).await.fine();
    world.say(&["diff", "-f", &file]).await.fine();
    let exported = world.say(&["export", "saved-carts"]).await.fine();
    assert!(exported.contains("name: Friends\n") && exported.contains("name: whole-world\n"), "{exported}");
    let exported = world.file("exported.yaml", &exported);
    world.say(&["diff", "-f", &exported]).await.fine();
    world.platform.stop().await;
}
