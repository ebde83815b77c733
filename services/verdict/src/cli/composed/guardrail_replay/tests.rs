use super::*;

fn breach(consequence: Consequence) -> pb::ReplayedBreach {
    pb::ReplayedBreach {
        began: "2026-03-01T10:00:00Z".to_owned(),
        breached: "2026-03-01T10:03:00Z".to_owned(),
        ended: "2026-03-01T10:05:00Z".to_owned(),
        stage: "ga".to_owned(),
        attempt: 4,
        worst: "12".to_owned(),
        windows: 4,
        consequence: consequence.into(),
        served: "everyone".to_owned(),
        narrowed_to: "10 %".to_owned(),
    }
}

fn reply(effect: GuardrailEffect, breaches: Vec<pb::ReplayedBreach>) -> pb::ReplayReply {
    pb::ReplayReply {
        guardrail_id: "g-1".to_owned(),
        key: "cpu-low".to_owned(),
        metric: "cpu".to_owned(),
        required: "not below 50 for 3 points in a row".to_owned(),
        effect: effect.into(),
        present_effect: GuardrailEffect::Shadow.into(),
        since: "2026-03-01T00:00:00Z".to_owned(),
        until: "2026-03-01T12:00:00Z".to_owned(),
        windows: 60,
        rows: 61,
        breaches,
        ..pb::ReplayReply::default()
    }
}

fn printed(reply: &pb::ReplayReply, format: Format) -> String {
    let mut out = Vec::new();
    show(reply, format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn r21_the_report_ends_with_the_command_that_raises_the_effect() {
    let lasts = pb::ReplayedBreach { ended: String::new(), ..breach(Consequence::Held) };
    let reply = reply(GuardrailEffect::Rollback, vec![breach(Consequence::Narrowed), lasts]);
    let wanted = "\
'cpu' not below 50 for 3 points in a row, 60 windows from 2026-03-01T00:00Z to 2026-03-01T12:00Z: with effect rollback it \
would have breached 2 times and taken exposure back once

BREACHED           LASTED     WORST  WINDOWS  STAGE  ATTEMPT  WOULD HAVE
2026-03-01T10:03Z  5m         12     4        ga     4        narrowed everyone -> 10 %
2026-03-01T10:03Z  2h, still  12     4        ga     4        held everyone: there is no way back

next: verdict guardrail set-effect cpu-low --effect rollback --reason <why>
";
    assert_eq!(printed(&reply, Format::Table), wanted);
    assert_eq!(printed(&reply, Format::Name), "2026-03-01T10:03:00Z\n2026-03-01T10:03:00Z\n");
}

#[test]
fn an_effect_that_is_no_more_than_the_present_one_is_not_proposed() {
    let told = printed(&reply(GuardrailEffect::Shadow, Vec::new()), Format::Table);
    assert!(told.contains("with effect shadow it would not have breached\n"), "{told}");
    assert!(told.ends_with("\nit has effect shadow as it is\n"), "{told}");
}

#[test]
fn what_was_cut_is_said() {
    let cut = pb::ReplayReply { truncated: true, ..reply(GuardrailEffect::Hold, Vec::new()) };
    let told = printed(&cut, Format::Table);
    assert!(told.contains("warning: 61 observations are read at most, up to 2026-03-01T12:00Z"), "{told}");
}

#[test]
fn each_consequence_is_told() {
    for (consequence, told) in [
        (Consequence::Recorded, "been recorded at everyone"),
        (Consequence::Paused, "paused at everyone"),
        (Consequence::NothingLeft, "rolled back, everyone as before"),
    ] {
        assert_eq!(would_have(&breach(consequence)), told);
    }
}

#[test]
fn since_and_effect_are_read_or_named() {
    assert_eq!(begin("3d"), Ok("3d".to_owned()));
    assert_eq!(begin("2026-03-01"), Ok("2026-03-01".to_owned()));
    assert!(begin("yesterday").unwrap_err().starts_with("'yesterday' is no time"));
    assert_eq!(effect("Rollback"), Ok(GuardrailEffect::Rollback));
    assert!(effect("kill").unwrap_err().contains("'kill' is none of shadow"));
}
