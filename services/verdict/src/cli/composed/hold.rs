//! Which hold of a flag is meant by somebody who names it as it is shown, or not at all because there is only one.

use verdict_proto::rollouts::v1 as pb;

use crate::cli::client::Client;
use crate::failure::Failure;

/// The cause of the hold that is meant, as the flag knows it.
pub(super) async fn cause(client: &Client, flag: &str, named: Option<&str>) -> Result<String, Failure> {
    let request = client.get(flag);
    let view = client.call(|| async { client.flags().get(request.clone()).await }).await?;
    meant(&view.holds, named)
}

/// The one that is named, by its id or as it is shown, or the only one.
fn meant(held: &[pb::Hold], cause: Option<&str>) -> Result<String, Failure> {
    let causes = || held.iter().map(|hold| hold.cause.as_str()).collect::<Vec<_>>().join(", ");
    let is_named = |hold: &&pb::Hold| cause.is_some_and(|cause| hold.cause == cause || shown(hold) == cause);
    match (held, cause) {
        ([], _) => Err(Failure::usage("the flag is not held")),
        ([only], None) => Ok(only.cause.clone()),
        (_, None) => {
            Err(Failure::usage(format!("it has several holds; name one with --cause: {}", causes())))
        }
        (held, Some(cause)) => held.iter().find(is_named).map(|hold| hold.cause.clone()).ok_or_else(|| {
            Failure::usage(format!(
                "the flag is not held for '{cause}'; name one of these with --cause: {}",
                causes()
            ))
        }),
    }
}

/// `breach 3f2c9e7a-...`: a hold as lists show it.
fn shown(hold: &pb::Hold) -> String {
    match hold.kind() {
        pb::HoldKind::Breach => format!("breach {}", hold.cause),
        pb::HoldKind::Watch => format!("watch {}", hold.cause),
        pb::HoldKind::Guardrail => format!("guardrail {}", hold.cause),
        pb::HoldKind::Restored | pb::HoldKind::Unspecified => hold.cause.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r11_a_hold_is_named_by_its_cause_or_as_it_is_shown() {
        let hold = |kind: pb::HoldKind, cause: &str| pb::Hold {
            kind: kind.into(),
            cause: cause.to_owned(),
            ..pb::Hold::default()
        };
        let (breach, restored) =
            (hold(pb::HoldKind::Breach, "b-1"), hold(pb::HoldKind::Restored, "restored"));
        let both = [breach, restored];
        for (named, cause) in [("b-1", "b-1"), ("breach b-1", "b-1"), ("restored", "restored")] {
            assert_eq!(meant(&both, Some(named)).unwrap(), cause);
        }
        assert_eq!(meant(&both[..1], None).unwrap(), "b-1");
        for (held, named) in [(&both[..], None), (&both[..], Some("b-2")), (&both[..1], Some("b-2"))] {
            let refused = meant(held, named).unwrap_err().to_string();
            assert!(refused.contains("b-1"), "{refused}");
        }
        assert_eq!(meant(&[], Some("b-1")).unwrap_err().to_string(), "the flag is not held");
    }
}
