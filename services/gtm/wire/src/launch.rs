//! Launches as they are stored and seen.

use verdict_gtm_domain::launch::{Announcements, Event, Launch, Plan, State};
use verdict_kernel::id::LaunchId;
use verdict_proto::gtm::v1 as pb;
use verdict_stored::events;
use verdict_stored::field::{Maybe, OrDefault, Plain, Shown};
use verdict_stored::view::{Scope, Seen, Viewed};
use verdict_stored::vocabulary::TierNumber;

events! {
    /// The rim of [`Launch`].
    pub LaunchWire: Launch, Event in "gtm.Launch", messages of pb;
    [Planned(Plan { bet, rollout, tier, title })] = LaunchPlanned.v1 {
        bet_id: bet as Shown, rollout_id: rollout as Shown, tier: tier as TierNumber, title: title as Plain,
    }
    [Held { cause, reason }] = AnnouncementsHeld.v1 { cause: cause as Maybe<Shown>, reason: reason as OrDefault }
    [Released { reason }] = AnnouncementsReleased.v1 { reason: reason as Plain }
    [Sent { channel }] = AnnouncementSent.v1 { channel: channel as Shown }
    [Corrected { reason }] = AnnouncementCorrected.v1 { reason: reason as Plain }
    [Cancelled { reason }] = LaunchCancelled.v1 { reason: reason as OrDefault }
    [Replanned { reason }] = LaunchReplanned.v1 { reason: reason as OrDefault }
}

impl Viewed for LaunchWire {
    type Id = LaunchId;
    type View = pb::LaunchView;

    const ABSENT: &'static str = "the launch was never planned";
    const BEGINS: &'static str =
        "verdict launch plan --bet <bet> --rollout <rollout> --tier <tier> --title <title>";

    const CALLED: &'static str = "give its id, its key such as new-checkout, or team/key";
    const SCOPE: Scope = Scope::Team;

    fn view(seen: Seen<'_, State>) -> Option<pb::LaunchView> {
        let Launch { plan, announcements, announced } = seen.state.launch()?;
        Some(pb::LaunchView {
            id: seen.id.to_owned(),
            version: seen.version,
            position: seen.position,
            bet_id: plan.bet.to_string(),
            rollout_id: plan.rollout.to_string(),
            tier: plan.tier.number(),
            title: plan.title.clone(),
            state: seen.state.name().to_owned(),
            held: matches!(announcements, Announcements::Held(_)),
            announced: announced.iter().map(ToString::to_string).collect(),
            key: seen.beside.key(),
            managed_by: seen.beside.keeper.clone(),
        })
    }

    fn is_of(view: &pb::LaunchView, id: &str) -> bool {
        view.bet_id == id || view.rollout_id == id
    }
}

#[cfg(test)]
mod tests;
