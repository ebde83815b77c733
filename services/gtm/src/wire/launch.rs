//! Launch events as `gtm.Launch.<Message>.v1`.

use uuid::Uuid;
use verdict_gtm_domain::launch::{Event, Launch, Plan, Tier};
use verdict_proto::gtm::v1 as pb;
use verdict_runtime::wire::{DecodeError, Stored, Wire, parse, parsed, required};

/// How a launch is stored.
#[derive(Debug, Clone, Copy)]
pub struct LaunchWire;

impl Wire for LaunchWire {
    type Aggregate = Launch;

    const TYPES: &'static str = "gtm.Launch";

    fn encode(event: &Event) -> Stored {
        match event {
            Event::Planned(plan) => Stored::new("gtm.Launch.LaunchPlanned.v1", &planned(plan)),
            Event::Held { cause, reason } => Stored::new(
                "gtm.Launch.AnnouncementsHeld.v1",
                &pb::AnnouncementsHeld {
                    cause: cause.map(|cause| cause.to_string()),
                    reason: Some(reason.clone()),
                },
            ),
            Event::Released { reason } => Stored::new(
                "gtm.Launch.AnnouncementsReleased.v1",
                &pb::AnnouncementsReleased { reason: Some(reason.clone()) },
            ),
            Event::Sent { channel } => Stored::new(
                "gtm.Launch.AnnouncementSent.v1",
                &pb::AnnouncementSent { channel: Some(channel.to_string()) },
            ),
            Event::Corrected { reason } => Stored::new(
                "gtm.Launch.AnnouncementCorrected.v1",
                &pb::AnnouncementCorrected { reason: Some(reason.clone()) },
            ),
            Event::Cancelled { reason } => Stored::new(
                "gtm.Launch.LaunchCancelled.v1",
                &pb::LaunchCancelled { reason: Some(reason.clone()) },
            ),
            Event::Replanned { reason } => Stored::new(
                "gtm.Launch.LaunchReplanned.v1",
                &pb::LaunchReplanned { reason: Some(reason.clone()) },
            ),
        }
    }

    fn decode(event_type: &str, data: &[u8]) -> Result<Option<Event>, DecodeError> {
        let event = match event_type {
            "gtm.Launch.LaunchPlanned.v1" => Event::Planned(plan(parse(data)?)?),
            "gtm.Launch.AnnouncementsHeld.v1" => {
                let held: pb::AnnouncementsHeld = parse(data)?;
                Event::Held {
                    cause: held.cause.map(|cause| parsed::<Uuid>(Some(&cause), "cause")).transpose()?,
                    reason: held.reason.unwrap_or_default(),
                }
            }
            "gtm.Launch.AnnouncementsReleased.v1" => Event::Released {
                reason: required(parse::<pb::AnnouncementsReleased>(data)?.reason, "reason")?,
            },
            "gtm.Launch.AnnouncementSent.v1" => {
                let sent: pb::AnnouncementSent = parse(data)?;
                Event::Sent { channel: parsed(sent.channel.as_deref(), "channel")? }
            }
            "gtm.Launch.AnnouncementCorrected.v1" => Event::Corrected {
                reason: required(parse::<pb::AnnouncementCorrected>(data)?.reason, "reason")?,
            },
            "gtm.Launch.LaunchCancelled.v1" => {
                Event::Cancelled { reason: parse::<pb::LaunchCancelled>(data)?.reason.unwrap_or_default() }
            }
            "gtm.Launch.LaunchReplanned.v1" => {
                Event::Replanned { reason: parse::<pb::LaunchReplanned>(data)?.reason.unwrap_or_default() }
            }
            _ => return Err(DecodeError::UnknownType),
        };
        Ok(Some(event))
    }
}

fn planned(plan: &Plan) -> pb::LaunchPlanned {
    pb::LaunchPlanned {
        bet_id: Some(plan.bet.to_string()),
        rollout_id: Some(plan.rollout.to_string()),
        tier: Some(plan.tier.number()),
        title: Some(plan.title.clone()),
    }
}

fn plan(planned: pb::LaunchPlanned) -> Result<Plan, DecodeError> {
    let number = required(planned.tier, "tier")?;
    let tier = Tier::new(number)
        .ok_or_else(|| DecodeError::Malformed(format!("field 'tier': {number} is not 1 to 4")))?;
    Ok(Plan {
        bet: parsed(planned.bet_id.as_deref(), "bet_id")?,
        rollout: parsed(planned.rollout_id.as_deref(), "rollout_id")?,
        tier,
        title: required(planned.title, "title")?,
    })
}

#[cfg(test)]
mod tests;
