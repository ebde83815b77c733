//! The story of one bet, as the commands that a person would type. `verdict demo` tells it; the end-to-end
//! tests drive it through crashes.
//!
//! A step names what it makes (`capture`) and later steps refer to it in braces: `{bet}`.

/// One act of the story.
pub struct Scene {
    pub title: &'static str,
    pub steps: Vec<Step>,
}

/// One thing that is done or looked at.
pub enum Step {
    /// A command line without the program name, and how it must end.
    Run { line: String, ends: Ends, capture: Option<&'static str> },
    /// An OFREP client asks for the flag; the variant it must get.
    Ask { who: &'static str, account: &'static str, variant: &'static str },
    /// Looks for a user whom the flag takes in now, who is no member and in no alpha account.
    FindUser { capture: &'static str },
}

/// How a command line must end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    Accepted,
    /// Refused by the rule with this id.
    Refused(&'static str),
}

/// The key of the flag that the story asks for.
pub const FLAG: &str = "one-page-checkout";
/// The metric that the guardrail watches.
pub const GUARDED: &str = "checkout_cpu";
/// The placeholder for the file of the recorded series.
pub const SERIES: &str = "{series}";

/// The recorded series, `timestamp,value`.
pub const RECORDED: &str = include_str!("../data/nab/ec2_cpu_utilization_825cc2.csv");

/// The window that the authors of the series labelled as a fault, in its own time.
pub const LABELLED: (&str, &str) = ("2014-04-15 07:24:00", "2014-04-16 11:54:00");

fn run(line: impl Into<String>) -> Step {
    Step::Run { line: line.into(), ends: Ends::Accepted, capture: None }
}

fn make(capture: &'static str, line: impl Into<String>) -> Step {
    Step::Run { line: line.into(), ends: Ends::Accepted, capture: Some(capture) }
}

fn refused(rule: &'static str, line: impl Into<String>) -> Step {
    Step::Run { line: line.into(), ends: Ends::Refused(rule), capture: None }
}

/// A present observation of every metric that a gate looks at; three machines report the guarded one.
fn observe() -> Vec<Step> {
    [
        (GUARDED, "92", "web-1"),
        (GUARDED, "91", "web-2"),
        (GUARDED, "94", "web-3"),
        ("trial_starts", "130", "product"),
        ("checkout_conversion", "0.041", "product"),
    ]
    .map(|(metric, value, source)| {
        run(format!("metric observe {metric} --value {value} --source {source} --rollout {{rollout}}"))
    })
    .into()
}

/// The whole story, `at` being the platform's time when it begins.
pub fn scenes(at: jiff::Timestamp) -> Vec<Scene> {
    let end = at + jiff::SignedDuration::from_hours(24 * 42);
    let later = at + jiff::SignedDuration::from_hours(24 * 84);
    vec![
        Scene { title: "A bet is placed", steps: placed(at, end) },
        Scene { title: "The hand-off waits for its last item", steps: handed_off() },
        Scene { title: "A flag, a rollout, a guardrail, a launch", steps: planned() },
        Scene {
            title: "Internal, then Alpha, then Beta: each gate asks for its evidence",
            steps: promoted(),
        },
        Scene { title: "In Beta a guardrail breaks, and exposure comes back by itself", steps: breached() },
        Scene { title: "The bet ends in a decision", steps: decided(end, later) },
    ]
}

fn placed(at: jiff::Timestamp, end: jiff::Timestamp) -> Vec<Step> {
    vec![
        run(
            "metric define --key checkout_conversion --type core --good up --target 0.05 --baseline 0.04 --unit share",
        ),
        run(
            "metric define --key trial_starts --type leading --good up --target 120 --unit count --leads-to checkout_conversion",
        ),
        // As often as the recorded series has a row.
        run("metric define --key checkout_cpu --type guardrail --good up --refresh 5m --unit percent"),
        make(
            "bet",
            "bet propose --mode scaling --title 'One-page checkout' \
             --belief 'Shoppers give up because checkout has four pages' \
             --outcome 'One page lifts conversion from 4 % to 5 %' --iteration-limit 1",
        ),
        run("bet start-discovery {bet}"),
        run("bet start-shaping {bet}"),
        run("bet agree-metrics {bet} --metric primary:checkout_conversion:core:up:0.05 \
             --metric secondary:trial_starts:leading:up:120 --metric guardrail:checkout_cpu:guardrail:up:50"),
        run(format!("bet set-timebox {{bet}} --start {at} --end {end}")),
        run("bet mark-shaped {bet}"),
    ]
}

fn handed_off() -> Vec<Step> {
    let items = [
        "problem",
        "target-user",
        "success-signal",
        "non-goals",
        "user-flow",
        "acceptance-criteria",
        "dependencies",
        "analytics-plan",
        "trade-off-owner",
    ];
    let mut steps: Vec<Step> = items.map(|item| run(format!("bet assess {{bet}} --item {item}"))).into();
    steps.extend([
        refused("B5", "bet hand-off {bet}"),
        run("bet assess {bet} --item edge-cases"),
        run("bet hand-off {bet}"),
    ]);
    steps
}

fn planned() -> Vec<Step> {
    vec![
        make("flag", format!("flag create --key {FLAG} --owner team-checkout")),
        make(
            "rollout",
            "rollout plan --bet {bet} --flag {flag} --service checkout --mode scaling --tier 2 \
             --member dana --member eli --account acme --account birch --account cobalt --account delta --account ember",
        ),
        run("bet attach-rollout {bet} --rollout {rollout} --flag {flag}"),
        make("launch", "launch plan --bet {bet} --rollout {rollout} --tier 2 --title 'One-page checkout'"),
        make("guardrail", "guardrail arm --metric checkout_cpu --rollout {rollout} --below 50 --for 3"),
        run("rollout start {rollout}"),
        Step::Ask { who: "dana", account: "", variant: "on" },
        Step::Ask { who: "visitor", account: "acme", variant: "off" },
    ]
}

fn promoted() -> Vec<Step> {
    // What was measured before the stage was served says nothing about it (rule R16).
    let mut steps =
        vec![refused("M10", "rollout enter-stage {rollout} --stage alpha"), run("clock advance 10m")];
    steps.extend(observe());
    steps.extend([refused("R3", "rollout enter-stage {rollout} --stage alpha"), run("clock advance 1d")]);
    steps.extend(observe());
    steps.extend([
        refused("R6", "rollout enter-stage {rollout} --stage alpha"),
        run("rollout record-evidence {rollout} --kind core_flow_verified --verdict passed --link run-41"),
        run("rollout record-evidence {rollout} --kind open_p0_bugs --verdict 0"),
        run("rollout enter-stage {rollout} --stage alpha"),
        Step::Ask { who: "visitor", account: "acme", variant: "on" },
        run("clock advance 7d"),
    ]);
    steps.extend(observe());
    steps.extend([
        run("rollout why {rollout}"),
        refused("R2", "rollout enter-stage {rollout} --stage ga"),
        run("rollout enter-stage {rollout} --stage beta"),
        Step::FindUser { capture: "user" },
    ]);
    steps
}

fn breached() -> Vec<Step> {
    vec![
        run(format!(
            "metric replay {SERIES} --metric {GUARDED} --rollout {{rollout}} --source nab --batch 12"
        )),
        run("status --settled"),
        run("guardrail list --of {rollout}"),
        Step::Ask { who: "{user}", account: "", variant: "off" },
        Step::Ask { who: "visitor", account: "acme", variant: "on" },
        run("flag get {flag}"),
        run("rollout get {rollout}"),
        run("incident list --of {rollout}"),
        refused("G5", "launch send {launch} --channel blog"),
    ]
}

fn decided(end: jiff::Timestamp, later: jiff::Timestamp) -> Vec<Step> {
    vec![
        run("bet end-timebox {bet}"),
        refused("L4", "bet conclude {bet}"),
        refused(
            "B11",
            format!(
                "bet conclude {{bet}} --iterate --belief 'shoppers give up, because checkout has four pages!' \
                 --outcome 'One page lifts conversion from 4 % to 5 %' --start {end} --end {later}"
            ),
        ),
        make(
            "capped",
            "bet propose --mode zero-to-one --title 'Express checkout' --belief 'Guests want no account' \
             --outcome 'Guest orders double' --iteration-limit 0",
        ),
        run("bet start-discovery {capped}"),
        run("bet start-shaping {capped}"),
        run("bet agree-metrics {capped} --metric primary:checkout_conversion:core:up:0.05"),
        run(format!("bet set-timebox {{capped}} --start {end} --end {later}")),
        run("bet mark-shaped {capped}"),
        run("bet hand-off {capped}"),
        run("bet end-timebox {capped}"),
        refused(
            "B10",
            format!(
                "bet conclude {{capped}} --iterate --belief 'Guests want one click' --outcome 'Guest orders double' \
                 --start {end} --end {later}"
            ),
        ),
        run(
            "bet conclude {bet} --kill disproved --learning 'One page does not help when the database is slow'",
        ),
        run("status --settled"),
        Step::Ask { who: "visitor", account: "acme", variant: "off" },
        run("flag get {flag}"),
        run("launch get {launch}"),
        run("bet get {bet}"),
    ]
}
