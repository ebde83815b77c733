//! Rule F9: a key is one flag, however it is named.

use super::*;

fn kill() -> Asked {
    Asked::Kill(pb::KillFlag {})
}

#[tokio::test]
async fn f9_a_second_flag_of_a_key_is_refused_and_the_same_again_is_accepted_as_a_repeat() {
    let mut platform = Platform::new();
    let first = platform.accepted("", Asked::Create(create())).await;
    let again = platform.accepted("", Asked::Create(create())).await;
    assert_eq!((again.id, again.events), (first.id, Vec::<String>::new()));
    let shouted = pb::CreateFlag { key: "New-Checkout".to_owned(), ..create() };
    let owned = pb::CreateFlag { owner: "subject-2".to_owned(), ..create() };
    for other in [shouted, owned] {
        let refused = platform.refused("", Asked::Create(other)).await;
        assert_eq!((&*refused.rule, &*refused.code), ("F9", "key_taken"));
    }
    let elsewhere = pb::CreateFlag { environment: "staging".to_owned(), ..create() };
    platform.accepted("", Asked::Create(elsewhere)).await;
}

#[tokio::test]
async fn f9_a_flag_is_named_by_id_key_or_environment_and_key_and_it_is_one_command() {
    let mut platform = Platform::new();
    let id = platform.created().await;
    let meta = platform.world.meta("because");
    let mut outcomes = Vec::new();
    for name in ["new-checkout", "NEW-checkout", "production/new-checkout", &*id] {
        assert_eq!(platform.view(name).await.id, id);
        outcomes.push(platform.send(meta.clone(), name, kill()).await.unwrap());
    }
    let repeats = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Accepted(it) if it.repeated));
    assert_eq!(repeats.count(), 3, "{outcomes:?}");
    assert_eq!(platform.faulty("staging/new-checkout", kill()).await, fault("not_found", ""));
    let request = pb::FlagRequest {
        meta: platform.world.meta(""),
        flag_id: "staging/new-checkout".to_owned(),
        environment: "production".to_owned(),
        command: Some(kill()),
    };
    assert_eq!(platform.client.execute(request).await.unwrap_err().code(), Grpc::InvalidArgument);
}

#[tokio::test]
async fn f9_another_organisation_has_keys_of_its_own() {
    let mut platform = Platform::new();
    let id = platform.created().await;
    let acme = |platform: &mut Platform| {
        platform.world.meta("because").map(|meta| CommandMeta { org: "acme".to_owned(), ..meta })
    };
    let meta = acme(&mut platform);
    platform.send(meta, "new-checkout", kill()).await.unwrap_err();
    let meta = acme(&mut platform);
    let outcome = platform.send(meta, "", Asked::Create(create())).await.unwrap();
    let Outcome::Accepted(theirs) = outcome else { panic!("{outcome:?}") };
    assert_ne!(theirs.id, id);
    let meta = acme(&mut platform);
    platform.send(meta, "new-checkout", kill()).await.unwrap();
    assert_eq!(platform.view("new-checkout").await.state, "off");
}

/// The table that the flag evaluator is tested with, too.
#[tokio::test]
async fn f9_what_no_edge_can_serve_is_refused_and_what_one_can_is_accepted() {
    let rows: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../../../../../../flags/evaluator/fixtures/servable.json"))
            .unwrap();
    let mut platform = Platform::new();
    for (number, row) in rows.iter().enumerate() {
        let variant = |name: &str| pb::Variant {
            name: Some(name.to_owned()),
            value: Some(row[name].as_str().unwrap().to_owned()),
        };
        let variants = vec![variant("on"), variant("off")];
        let flag = pb::CreateFlag { key: format!("flag-{number}"), variants, ..create() };
        let meta = platform.world.meta("because");
        let outcome = platform.send(meta, "", Asked::Create(flag)).await;
        match outcome {
            Ok(Outcome::Accepted(_)) => assert_eq!(row["served"], true, "{row}"),
            Ok(Outcome::Refused(refused)) => {
                assert_eq!((&row["served"], &*refused.rule), (&false.into(), "F9"), "{row}");
            }
            // No JSON at all is a fault in the request.
            Err(status) => {
                assert_eq!((&row["served"], status.code()), (&false.into(), Grpc::InvalidArgument), "{row}");
            }
        }
    }
}
