//! The service through its generated client, with a stand-in for the metrics that it asks.

use tonic::Code as Grpc;
use verdict_api::bets::v1::bets_client::BetsClient;
use verdict_api::bets::v1::bets_server::BetsServer;
use verdict_kernel::clock::{ManualClock, Timestamp};
use verdict_kernel::rule::RuleId;
use verdict_proto::metrics::v1::MetricType;
use verdict_proto::v1::command_reply::Outcome;
use verdict_proto::v1::{Accepted, CheckState, CommandMeta, Refused};
use verdict_runtime::desk::contract::Bench;
use verdict_runtime::grpc::{Transport, in_process, problem_of};
use verdict_runtime::log::memory::MemoryLog;

use super::pb::bet_request::Command as Asked;
use super::pb::conclude_retrospective::Decision as Concluded;
use super::*;
use crate::facts::stand_in::{World, catch_up, rollout_view};

const ROLLOUT: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2D";
const FLAG: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2E";

mod attaching;

type Change<T> = fn(&mut T);

struct Platform {
    world: World,
    client: BetsClient<Transport>,
    projector: Projector<Directory<BetWire>>,
    commands: u128,
}

fn platform() -> Platform {
    let world = World::default();
    world.change(|inner| {
        let metric = |key: &str, kind| (key.to_owned(), (kind, CheckState::UnknownNoData));
        inner.metrics = [
            metric("conversion", MetricType::Core),
            metric("trials", MetricType::Leading),
            metric("errors", MetricType::Guardrail),
        ]
        .into();
        inner.rollouts = [(ROLLOUT.to_owned(), rollout_view(ROLLOUT, FLAG, "", true))].into();
    });
    let (transport, projector) = api_of(&world);
    Platform { world, projector, client: BetsClient::new(transport), commands: 0 }
}

fn api_of(world: &World) -> (Transport, Projector<Directory<BetWire>>) {
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
    let log: Log = Arc::new(MemoryLog::new("log", clock.clone()));
    let api = BetsApi::new(log, clock, world.peers());
    let projector = api.projector();
    (in_process(BetsServer::new(api)), projector)
}

impl Platform {
    fn request(&mut self, bet_id: &str, reason: &str, command: Asked) -> pb::BetRequest {
        self.commands += 1;
        pb::BetRequest {
            meta: Some(CommandMeta {
                command_id: uuid::Uuid::from_u128(self.commands).to_string(),
                reason: reason.to_owned(),
                ..CommandMeta::default()
            }),
            bet_id: bet_id.to_owned(),
            command: Some(command),
        }
    }

    async fn send(&self, request: pb::BetRequest) -> Result<Outcome, Status> {
        let reply = self.client.clone().execute(request).await?;
        Ok(reply.into_inner().outcome.unwrap())
    }

    async fn accepted(&mut self, bet_id: &str, command: Asked) -> Accepted {
        let request = self.request(bet_id, "", command);
        match self.send(request).await.unwrap() {
            Outcome::Accepted(accepted) => accepted,
            Outcome::Refused(refused) => panic!("{refused:?}"),
        }
    }

    async fn refused(&mut self, bet_id: &str, command: Asked) -> Refused {
        let request = self.request(bet_id, "", command);
        match self.send(request).await.unwrap() {
            Outcome::Refused(refused) => refused,
            Outcome::Accepted(accepted) => panic!("{accepted:?}"),
        }
    }

    /// Code and field of the problem that the command is.
    async fn problem(&mut self, bet_id: &str, command: Asked) -> (String, String) {
        let request = self.request(bet_id, "", command);
        let problem = problem_of(&self.send(request).await.unwrap_err()).unwrap();
        assert!(!problem.hint.is_empty() && !problem.detail.is_empty(), "{problem:?}");
        (problem.code, problem.field)
    }

    async fn get(&self, id: &str) -> pb::BetView {
        let request = GetRequest { id: id.to_owned(), ..GetRequest::default() };
        self.client.clone().get(request).await.unwrap().into_inner()
    }

    /// A bet at its retrospective.
    async fn retrospective(&mut self) -> String {
        let bet = self.handed_off().await;
        let attach = pb::AttachRollout { rollout_id: ROLLOUT.to_owned(), flag_id: FLAG.to_owned() };
        self.accepted(&bet, Asked::AttachRollout(attach)).await;
        self.accepted(&bet, Asked::EndTimebox(pb::EndTimebox {})).await;
        bet
    }

    /// A bet that is built.
    async fn handed_off(&mut self) -> String {
        let bet = self.accepted("", Asked::Propose(proposal())).await.id;
        for command in [
            Asked::StartDiscovery(pb::StartDiscovery {}),
            Asked::StartShaping(pb::StartShaping {}),
            agree(&[("primary", "conversion"), ("secondary", "trials"), ("guardrail", "errors")]),
            Asked::SetTimebox(pb::SetTimebox {
                timebox: Some(timebox("2026-03-02T08:00:00Z", "2026-03-16T08:00:00Z")),
            }),
            Asked::MarkShaped(pb::MarkShaped {}),
        ] {
            self.accepted(&bet, command).await;
        }
        for item in 1..=10 {
            let clarity = pb::Clarity::Clear.into();
            let assess = pb::AssessHandoffItem { item, clarity };
            self.accepted(&bet, Asked::AssessHandoffItem(assess)).await;
        }
        self.accepted(&bet, Asked::HandOff(pb::HandOff::default())).await;
        bet
    }
}

fn hypothesis(belief: &str) -> pb::Hypothesis {
    pb::Hypothesis {
        belief: Some(belief.to_owned()),
        expected_outcome: Some("more people finish".to_owned()),
    }
}

fn timebox(start: &str, end: &str) -> pb::Timebox {
    pb::Timebox { start: Some(start.to_owned()), end: Some(end.to_owned()) }
}

fn proposal() -> pb::ProposeBet {
    pb::ProposeBet {
        title: " One page checkout ".to_owned(),
        mode: pb::Mode::Scaling.into(),
        hypothesis: Some(hypothesis("one page feels shorter")),
        iteration_limit: None,
        appetite: "30".to_owned(),
        key: String::new(),
    }
}

fn target(role: &str, key: &str) -> pb::MetricTarget {
    let role = match role {
        "primary" => pb::MetricRole::Primary,
        "guardrail" => pb::MetricRole::Guardrail,
        _ => pb::MetricRole::Secondary,
    };
    pb::MetricTarget {
        metric: Some(key.to_owned()),
        role: Some(role.into()),
        metric_type: None,
        target: Some("0.05".to_owned()),
        direction: Some(pb::Direction::Increase.into()),
    }
}

fn agree(metrics: &[(&str, &str)]) -> Asked {
    let metrics = metrics.iter().map(|(role, key)| target(role, key)).collect();
    Asked::AgreeMetrics(pb::AgreeMetrics { metrics })
}

fn iterate(over: bool) -> Asked {
    conclude(Some(Concluded::Iterate(pb::Iterate {
        hypothesis: Some(hypothesis("a saved card matters more")),
        timebox: Some(timebox("2026-04-01T08:00:00Z", "2026-04-08T08:00:00Z")),
        r#override: over,
    })))
}

const fn conclude(decision: Option<Concluded>) -> Asked {
    Asked::Conclude(pb::ConcludeRetrospective { decision })
}

#[tokio::test]
async fn a_bet_goes_from_a_proposal_to_a_kill_and_shows_what_it_is() {
    let mut platform = platform();
    let bet = platform.retrospective().await;
    assert_eq!(platform.refused(&bet, conclude(None)).await.rule, "L4");
    let kill = pb::Kill {
        reason: pb::KillReason::Disproved.into(),
        learnings: vec!["two pages are fine".to_owned()],
    };
    let killed = platform.accepted(&bet, conclude(Some(Concluded::Kill(kill)))).await;
    assert_eq!(killed.events, ["bets.Bet.BetKilled.v1"]);
    let view = platform.get(&bet).await;
    assert_eq!(
        (view.title.as_str(), view.state.as_str(), view.iteration_limit, view.cost.as_str()),
        ("One page checkout", "killed", 2, "0")
    );
    assert_eq!((view.version, view.position), (killed.version, killed.position));
    assert_eq!((view.handoff.len(), view.metrics.len()), (10, 3));
    assert_eq!(view.metrics[1].metric_type(), "leading");
    assert_eq!((view.rollouts[0].rollout_id(), view.rollouts[0].flag_id()), (ROLLOUT, FLAG));
    assert_eq!(view.learnings, ["two pages are fine"]);
}

#[tokio::test]
async fn l6_the_positive_signal_is_read_from_the_metrics_context_and_a_failing_one_refuses() {
    let mut platform = platform();
    let bet = platform.retrospective().await;
    let set = |platform: &Platform, key: &str, kind, met| {
        platform.world.change(|inner| {
            inner.metrics.insert(key.to_owned(), (kind, met));
        });
    };
    // The core metric meets its target, and that is not what the rule asks for.
    set(&platform, "conversion", MetricType::Core, CheckState::Pass);
    set(&platform, "trials", MetricType::Leading, CheckState::UnknownStale);
    let refused = platform.refused(&bet, iterate(false)).await;
    assert_eq!((refused.rule.as_str(), refused.seen.as_str()), ("L6", "trials Unknown(Stale)"));
    set(&platform, "trials", MetricType::Leading, CheckState::Pass);
    assert_eq!(platform.accepted(&bet, iterate(false)).await.events, ["bets.Bet.BetIterated.v1"]);
    let view = platform.get(&bet).await;
    assert_eq!((view.state.as_str(), view.iteration), ("shaping", 1));
    assert_eq!(view.hypothesis.unwrap().belief(), "a saved card matters more");
}

#[tokio::test]
async fn l6_an_override_is_accepted_with_the_reason_of_the_command() {
    let mut platform = platform();
    let bet = platform.retrospective().await;
    let refused = platform.refused(&bet, iterate(true)).await;
    assert_eq!(refused.code, "override_without_authority");
    let request = platform.request(&bet, "the metric counts bots", iterate(true));
    let Outcome::Accepted(accepted) = platform.send(request).await.unwrap() else { panic!("refused") };
    let [over] = &accepted.overrides[..] else { panic!("{accepted:?}") };
    assert_eq!((over.rule(), over.reason()), (RuleId::L6.as_str(), "the metric counts bots"));
    // What is stored beside the decision stops nobody who reads on.
    assert_eq!(platform.get(&bet).await.iteration, 1);
    catch_up(&mut platform.projector).await;
    let board = platform.client.list(ListRequest::default()).await.unwrap().into_inner();
    assert_eq!((board.bets[0].iteration, board.bets[0].version), (1, accepted.version));
}

#[tokio::test]
async fn a_dry_run_tells_what_would_be_and_writes_nothing() {
    let mut platform = platform();
    let bet = platform.retrospective().await;
    let before = platform.get(&bet).await;
    let mut request = platform.request(&bet, "the metric counts bots", iterate(true));
    request.meta.as_mut().unwrap().dry_run = true;
    let Outcome::Accepted(accepted) = platform.send(request.clone()).await.unwrap() else {
        panic!("refused")
    };
    let drafts: Vec<&str> = accepted.drafts.iter().map(|draft| &*draft.r#type).collect();
    assert_eq!(drafts, ["bets.Bet.BetIterated.v1", "bets.Bet.Overridden.v1"]);
    request.command = Some(conclude(Some(Concluded::Kill(pb::Kill::default()))));
    let Outcome::Refused(refused) = platform.send(request).await.unwrap() else { panic!("accepted") };
    let others: Vec<&str> = refused.blockers.iter().map(|blocker| &*blocker.code).collect();
    assert_eq!((&*refused.code, &*others), ("kill_without_reason", &["kill_without_learning"][..]));
    assert_eq!(platform.get(&bet).await, before);
}

#[tokio::test]
async fn metrics_that_are_down_are_a_fault_and_nothing_is_written() {
    let mut platform = platform();
    let bet = platform.retrospective().await;
    let before = platform.get(&bet).await.version;
    platform.world.change(|inner| inner.down = true);
    let request = platform.request(&bet, "", iterate(false));
    assert_eq!(platform.send(request).await.unwrap_err().code(), Grpc::Unavailable);
    assert_eq!(platform.get(&bet).await.version, before);
}

#[tokio::test]
async fn i5_a_metric_that_nobody_defined_is_refused_and_one_that_is_there_accepted() {
    let mut platform = platform();
    let bet = platform.accepted("", Asked::Propose(proposal())).await.id;
    let refused = platform.refused(&bet, agree(&[("primary", "nowhere")])).await;
    let named = (refused.rule.as_str(), refused.code.as_str(), refused.seen.as_str());
    assert_eq!(named, ("I5", "unknown_reference", "nowhere"));
    assert_eq!(refused.next, "verdict metric list");
    platform.accepted(&bet, agree(&[("primary", "conversion")])).await;
}

#[tokio::test]
async fn a_metric_of_another_type_than_is_believed_is_a_problem() {
    let mut platform = platform();
    let bet = platform.accepted("", Asked::Propose(proposal())).await.id;
    let believed = pb::MetricTarget { metric_type: Some("core".to_owned()), ..target("primary", "trials") };
    let metrics = vec![believed];
    let wrong = platform.problem(&bet, Asked::AgreeMetrics(pb::AgreeMetrics { metrics })).await;
    assert_eq!(wrong, ("invalid_field".to_owned(), "agree_metrics.metrics[0].metric_type".to_owned()));
}

#[tokio::test]
async fn b2_a_primary_metric_that_its_owner_calls_leading_is_refused() {
    let mut platform = platform();
    let bet = platform.accepted("", Asked::Propose(proposal())).await.id;
    let refused = platform.refused(&bet, agree(&[("primary", "trials")])).await;
    assert_eq!((refused.rule.as_str(), refused.seen.as_str()), ("B2", "trials is of type leading"));
}

#[tokio::test]
async fn what_is_wrong_with_a_proposal_is_named_by_field() {
    let mut platform = platform();
    let half: Change<pb::ProposeBet> = |p| p.hypothesis = Some(hypothesis(" "));
    let endless: Change<pb::ProposeBet> = |p| p.hypothesis = Some(hypothesis(&"x".repeat(2_001)));
    let cases: [(Change<pb::ProposeBet>, &str, &str); 8] = [
        (|p| p.mode = 0, "invalid_field", "propose.mode"),
        (|p| p.mode = 9, "invalid_field", "propose.mode"),
        (|p| p.title = " ".into(), "missing_field", "propose.title"),
        (|p| p.title = "x".repeat(201), "invalid_field", "propose.title"),
        (half, "missing_field", "propose.hypothesis.belief"),
        (endless, "invalid_field", "propose.hypothesis.belief"),
        (|p| p.appetite = "lots".into(), "invalid_field", "propose.appetite"),
        (|p| p.appetite = "-1".into(), "invalid_field", "propose.appetite"),
    ];
    for (change, code, field) in cases {
        let mut propose = proposal();
        change(&mut propose);
        let problem = platform.problem("", Asked::Propose(propose)).await;
        assert_eq!(problem, (code.to_owned(), field.to_owned()));
    }
}

#[tokio::test]
async fn texts_at_their_limit_are_taken() {
    let mut platform = platform();
    let propose = pb::ProposeBet {
        title: "\u{e9}".repeat(200),
        hypothesis: Some(hypothesis(&"x".repeat(2_000))),
        ..proposal()
    };
    platform.accepted("", Asked::Propose(propose)).await;
}

#[tokio::test]
async fn what_is_wrong_with_a_metric_is_named_by_field() {
    let mut platform = platform();
    let bet = platform.accepted("", Asked::Propose(proposal())).await.id;
    let cases: [(Change<pb::MetricTarget>, &str, &str); 5] = [
        (|m| m.target = Some("1e3".into()), "invalid_field", "target"),
        (|m| m.target = Some("NaN".into()), "invalid_field", "target"),
        (|m| m.direction = None, "invalid_field", "direction"),
        (|m| m.metric_type = Some("vanity".into()), "invalid_field", "metric_type"),
        (|m| m.metric = None, "missing_field", "metric"),
    ];
    for (change, code, field) in cases {
        let mut metric = target("primary", "conversion");
        change(&mut metric);
        let metrics = vec![target("secondary", "trials"), metric];
        let agree = Asked::AgreeMetrics(pb::AgreeMetrics { metrics });
        let problem = platform.problem(&bet, agree).await;
        let field = format!("agree_metrics.metrics[1].{field}");
        assert_eq!(problem, (code.to_owned(), field));
    }
}

#[tokio::test]
async fn what_is_wrong_with_an_id_a_time_or_an_amount_is_named_by_field() {
    let mut platform = platform();
    let bet = platform.accepted("", Asked::Propose(proposal())).await.id;
    let set = |timebox| Asked::SetTimebox(pb::SetTimebox { timebox });
    let unreadable = set(Some(timebox("2026-03-02T08:00:00Z", "soon")));
    let item = pb::AssessHandoffItem { item: 11, clarity: 1 };
    let attach = pb::AttachRollout { rollout_id: ROLLOUT.to_owned(), flag_id: "f 1".to_owned() };
    let amount = "NaN".to_owned();
    let cases = [
        (Asked::Propose(proposal()), "invalid_field", "bet_id"),
        (unreadable, "invalid_field", "set_timebox.timebox.end"),
        (set(None), "missing_field", "set_timebox.timebox"),
        (Asked::AssessHandoffItem(item), "invalid_field", "assess_handoff_item.item"),
        (Asked::AttachRollout(attach), "invalid_id", "attach_rollout.flag_id"),
        (Asked::RecordCost(pb::RecordCost { amount }), "invalid_field", "record_cost.amount"),
    ];
    for (command, code, field) in cases {
        let problem = platform.problem(&bet, command).await;
        assert_eq!(problem, (code.to_owned(), field.to_owned()));
    }
    let start = Asked::StartDiscovery(pb::StartDiscovery {});
    let problem = platform.problem("b 1", start).await;
    assert_eq!(problem, ("invalid_id".to_owned(), "bet_id".to_owned()));
    assert_eq!(platform.get(&bet).await.version, 1);
}

#[tokio::test]
async fn b3_a_reversed_timebox_is_refused_with_what_to_do() {
    let mut platform = platform();
    let bet = platform.accepted("", Asked::Propose(proposal())).await.id;
    let reversed = Asked::SetTimebox(pb::SetTimebox {
        timebox: Some(timebox("2026-03-16T08:00:00Z", "2026-03-02T08:00:00Z")),
    });
    let refused = platform.refused(&bet, reversed).await;
    assert_eq!((refused.rule.as_str(), refused.code.as_str()), ("B3", "timebox_reversed"));
    assert_eq!(refused.next, "verdict bet set-timebox <bet> --start <time> --end <time>");
}

#[tokio::test]
async fn a_retried_proposal_makes_one_bet_and_another_payload_is_refused() {
    let mut platform = platform();
    let request = platform.request("", "", Asked::Propose(proposal()));
    let Outcome::Accepted(first) = platform.send(request.clone()).await.unwrap() else { panic!("refused") };
    let Outcome::Accepted(again) = platform.send(request.clone()).await.unwrap() else { panic!("refused") };
    assert_eq!((&again.id, &again.position, again.repeated), (&first.id, &first.position, true));
    let mut other = request;
    other.command = Some(Asked::Propose(pb::ProposeBet { title: "Another".to_owned(), ..proposal() }));
    let status = platform.send(other).await.unwrap_err();
    assert_eq!(problem_of(&status).unwrap().code, "command_id_reused");
}

#[tokio::test]
async fn it_behaves_as_every_api_of_an_aggregate() {
    let (transport, projector) = api_of(&World::default());
    let request = |meta, bet_id, command| pb::BetRequest { meta: Some(meta), bet_id, command: Some(command) };
    let propose = |title: &str| Asked::Propose(pb::ProposeBet { title: title.to_owned(), ..proposal() });
    let discover = Asked::StartDiscovery(pb::StartDiscovery {});
    Bench::new("verdict.bets.v1.Bets", transport, projector, request)
        .behaves(["one", "two", "three"].map(propose), discover)
        .await;
}

#[tokio::test]
async fn the_board_finds_a_bet_by_its_rollout() {
    let mut platform = platform();
    let shipped = platform.retrospective().await;
    platform.accepted("", Asked::Propose(proposal())).await;
    catch_up(&mut platform.projector).await;
    let of = ListRequest { of: ROLLOUT.to_owned(), ..ListRequest::default() };
    let of = platform.client.list(of).await.unwrap().into_inner();
    assert_eq!(of.bets.iter().map(|bet| &bet.id).collect::<Vec<_>>(), [&shipped]);
}

#[tokio::test]
async fn b4_and_l12_ask_the_rollouts_how_far_they_got() {
    let mut platform = platform();
    let bet = platform.retrospective().await;
    let scale = || {
        let decision = Some(Concluded::Scale(pb::Scale { r#override: false }));
        Asked::Conclude(pb::ConcludeRetrospective { decision })
    };
    let refused = platform.refused(&bet, Asked::Withdraw(pb::WithdrawBet {})).await;
    assert_eq!((&*refused.rule, &*refused.seen), (RuleId::L12.as_str(), ROLLOUT));
    let reach = |platform: &Platform, outside| {
        platform.world.change(|inner| {
            inner.rollouts.insert(ROLLOUT.to_owned(), rollout_view(ROLLOUT, FLAG, "", outside));
        });
    };
    reach(&platform, false);
    assert_eq!(platform.refused(&bet, scale()).await.rule, RuleId::B4.as_str());
    reach(&platform, true);
    platform.accepted(&bet, scale()).await;
}

#[tokio::test]
async fn l12_a_rollout_that_was_only_planned_for_the_bet_counts_too() {
    let planned = "01JD3Z8Q4M9W6T2V5X7Y0A1B2H";
    let mut platform = platform();
    let bet = platform.accepted("", Asked::Propose(proposal())).await.id;
    platform.world.change(|inner| {
        inner.rollouts.insert(planned.to_owned(), rollout_view(planned, FLAG, &bet, true));
    });
    let refused = platform.refused(&bet, Asked::Withdraw(pb::WithdrawBet {})).await;
    assert_eq!((&*refused.rule, &*refused.seen), (RuleId::L12.as_str(), planned));
    platform.world.change(|inner| inner.rollouts.clear());
    platform.accepted(&bet, Asked::Withdraw(pb::WithdrawBet {})).await;
}

#[tokio::test]
async fn decision_21_a_bet_is_called_by_its_key_for_ever() {
    let mut platform = platform();
    let named = |title: &str| {
        Asked::Propose(pb::ProposeBet { key: "One-Page".to_owned(), title: title.to_owned(), ..proposal() })
    };
    let bet = platform.accepted("", named("One page")).await;
    let view = platform.get("one-page").await;
    assert_eq!((&view.id, view.key.as_str(), view.version), (&bet.id, "One-Page", 2));
    // The same again is the same bet, another payload another bet under its key.
    let again = platform.accepted("", named("One page")).await;
    assert_eq!((&again.id, again.events.len()), (&bet.id, 0));
    assert_eq!(platform.refused("", named("Two pages")).await.code, "already_proposed");
    platform.accepted("one-page", Asked::Withdraw(pb::WithdrawBet {})).await;
    assert_eq!(platform.refused("", named("Two pages")).await.code, "already_proposed");
    let bad = Asked::Propose(pb::ProposeBet { key: "no key".to_owned(), ..proposal() });
    assert_eq!(platform.problem("", bad).await, ("invalid_field".to_owned(), "propose.key".to_owned()));
}
