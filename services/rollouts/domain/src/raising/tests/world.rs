//! A flag, two rollouts that want it, what is measured of them, and what the processes of the platform have still to do.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use verdict_kernel::check::CheckState;
use verdict_kernel::clock::{SignedDuration, Timestamp, plus};
use verdict_kernel::decider::Decider;
use verdict_kernel::id::{CommandId, FlagId, RolloutId};
use verdict_kernel::mode::Mode;
use verdict_kernel::percent::Percent;
use verdict_kernel::principal::{Issued, Principal};
use verdict_kernel::tier::Tier;

use crate::audience::Audience;
use crate::flag::hold::RESTORED;
use crate::flag::{
    self, FeatureFlag, Flag, Hold, HoldKind, Identity, Kind, Place, Release, SetExposure, StageExposure,
    Undo, Variant, Whereabouts,
};
use crate::gate::{
    Answer, BreachFact, Confirmed, EvidenceKind, Facts, FlagFact, FlagStanding, GuardrailEffect,
    GuardrailFact, Verdict,
};
use crate::raising::Path;
use crate::rollout::{
    self, Cause, FlagGround, Grounds, How, Move, NoReturn, OnBlind, PauseCause, Plan, Promotion, Retreat,
    Rollout, Unit,
};
use crate::stage::{Class, Stage, StageName, Step};

const HOUR: Duration = Duration::from_hours(1);

/// What somebody or something does; the number says which rollout.
#[derive(Debug, Clone)]
pub(super) enum Act {
    Wait(u32),
    /// Claims the flag and starts.
    Begin(usize),
    /// Waits for the soak and takes the next step.
    Climb(usize),
    Enter(usize, &'static str, Option<usize>, bool),
    Advance(usize, bool),
    Complete(usize, bool),
    Pause(usize),
    Resume(usize, How, bool),
    RollBack(usize),
    Abort(usize),
    /// The processes of the platform take their next steps.
    Work(usize),
    /// One of them is slow: its step comes after those of the others.
    PutOff,
    /// A wish of a rollout arrives again, the newest or an older one.
    Deliver(usize, usize),
    ByHand(Audience),
    /// A guardrail breaks, critical or not; it may name an attempt that is over.
    Break(usize, bool, usize),
    Measure(CheckState),
    /// The breaches are retracted, or acknowledged.
    Settle(usize, bool),
    LoseWatch(usize),
    RestoreWatch(usize),
    Claim(usize),
    TurnOff,
    Kill,
    Revive(bool),
    Release(String),
    ReleaseOf(usize),
    Restore(Option<Audience>),
}

/// A step of a process that is still to come.
#[derive(Debug, Clone)]
pub(super) enum Errand {
    Flag(flag::Command),
    /// Nothing is taken back for the breach from where on there is no way back (rule R26).
    Stop(usize, flag::Command, Retreat),
    Expose(usize, usize),
    Request(usize, Retreat),
    Confirm(usize),
    Pause(usize, PauseCause),
    GoOn(usize),
}

/// What an event of a rollout asked the flag for.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    pub(super) path: Option<Path>,
    pub(super) stage: StageExposure,
    pub(super) audience: Audience,
    flag_version: u32,
    /// How often the flag had been turned off and killed when this was decided.
    pub(super) taken: u32,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Course {
    pub(super) state: rollout::State,
    pub(super) revision: u32,
    pub(super) wishes: Vec<Wish>,
    pub(super) breaches: Vec<BreachFact>,
    /// The newest attempt that was taken back.
    pub(super) taken_back: u32,
}

pub(super) struct World {
    pub(super) at: Timestamp,
    pub(super) kind: Kind,
    pub(super) flag: flag::State,
    pub(super) courses: [Course; 2],
    pub(super) measured: (CheckState, Timestamp),
    /// What was served when it was killed, as seen from outside.
    pub(super) before_kill: Option<(Timestamp, Audience)>,
    pub(super) walked: BTreeSet<Path>,
    /// How often somebody was told that the flag is off or killed now.
    pub(super) taken: u32,
    errands: VecDeque<Errand>,
    causes: u32,
}

pub(super) fn rollout_id(which: usize) -> RolloutId {
    RolloutId::created_by(CommandId::derive(uuid::Uuid::NAMESPACE_URL, ["one", "two"][which]))
}

pub(super) fn which(rollout: RolloutId) -> usize {
    usize::from(rollout == rollout_id(1))
}

pub(super) fn flag(state: &flag::State) -> &Flag {
    match state {
        flag::State::Live(flag) | flag::State::Killed(flag) | flag::State::Archived(flag) => flag,
        flag::State::Absent => panic!("there is a flag"),
    }
}

fn identity(kind: Kind) -> Identity {
    let variant = |name: &str, value: &str| Variant { name: name.to_owned(), value: value.to_owned() };
    Identity {
        key: "new-checkout".to_owned(),
        environment: "production".to_owned(),
        kind,
        owner: "subject-1".to_owned(),
        salt: "new-checkout".to_owned(),
        unit: "targetingKey".to_owned(),
        variants: vec![variant("on", "true"), variant("off", "false")],
        on_variant: "on".to_owned(),
        off_variant: "off".to_owned(),
    }
}

/// The stages, lowest first: their names tell neither an order nor a class.
pub(super) const STAGES: [&str; 6] = ["team", "Friends", "alpha", "internal", "EU", "all"];

/// Every step soaks for an hour; there may be a stage from which on there is no way back.
fn plan(no_return: Option<&str>) -> Plan {
    let step = |audience| Step { audience, soak: HOUR };
    let ramp =
        |percents: &[u16]| percents.iter().map(|it| step(Audience::percent(Percent::of(*it)))).collect();
    let stage = |(name, (class, steps)): (&str, (Class, Vec<Step>))| Stage {
        name: name.parse().unwrap(),
        class,
        steps,
        min_soak: HOUR,
        max_soak: None,
    };
    let steps = [
        (Class::Internal, vec![step(Audience::members(["ann", "bob"]))]),
        (Class::Named, vec![step(Audience::accounts(["acme"]))]),
        (Class::Named, vec![step(Audience::accounts(["globex"]))]),
        (Class::Share, ramp(&[1, 10])),
        (Class::Share, ramp(&[20])),
        (Class::Everyone, ramp(&[50, 100])),
    ];
    Plan {
        bet: None,
        flag: FlagId::created_by(CommandId::derive(uuid::Uuid::NAMESPACE_URL, "flag")),
        environment: "production".to_owned(),
        service: "checkout".to_owned(),
        mode: Mode::ZeroToOne,
        tier: Tier::Two,
        stages: STAGES.into_iter().zip(steps).map(stage).collect(),
        unit: Unit::TargetingKey,
        promotion: Promotion::Manual,
        on_blind: OnBlind::Pause,
        irreversible_from: no_return.map(|stage| NoReturn {
            stage: stage.parse().unwrap(),
            reason: "the old keys are gone".to_owned(),
        }),
    }
}

impl Course {
    /// Planned, with the evidence of rule R6.
    fn planned(no_return: Option<&str>) -> Self {
        let evidence = |kind, verdict| rollout::Event::EvidenceRecorded {
            kind,
            verdict,
            at: Timestamp::UNIX_EPOCH,
            by: "dev".to_owned(),
            link: String::new(),
        };
        let history = [
            rollout::Event::Planned(Box::new(plan(no_return))),
            evidence(EvidenceKind::OpenP0Bugs, Verdict::Count(0)),
            evidence(EvidenceKind::CoreFlowVerified, Verdict::Passed),
        ];
        let state = history.iter().fold(rollout::State::default(), Rollout::evolve);
        Self { state, revision: 3, ..Self::default() }
    }

    pub(super) fn is_over(&self) -> bool {
        Rollout::is_terminal(&self.state)
    }

    /// Where it is, or was when it failed.
    fn present(&self) -> Option<(StageName, u32)> {
        let active = self.state.active().map(|active| (active.stage.clone(), active.attempt));
        active.or_else(|| self.state.failed().map(|failed| (failed.stage.clone(), failed.attempt)))
    }
}

impl World {
    pub(super) fn new(kind: Kind, no_return: Option<&str>) -> Self {
        let at = plus(Timestamp::UNIX_EPOCH, HOUR * 24);
        let created = flag::Event::Created { identity: identity(kind), cleanup_on: None };
        Self {
            at,
            kind,
            flag: FeatureFlag::evolve(flag::State::default(), &created),
            courses: [Course::planned(no_return), Course::planned(no_return)],
            measured: (CheckState::Pass, at),
            before_kill: None,
            walked: BTreeSet::new(),
            taken: 0,
            errands: VecDeque::new(),
            causes: 0,
        }
    }

    pub(super) fn claimant_runs(&self) -> bool {
        flag(&self.flag).claim.is_some_and(|claimant| !self.courses[which(claimant)].is_over())
    }

    fn issued(&self, by: Principal) -> Issued {
        Issued { by, reason: "because".to_owned(), ..Issued::at(self.at) }
    }

    fn cause(&mut self) -> String {
        self.causes += 1;
        format!("cause-{}", self.causes)
    }

    fn guardrails(&self, which: usize) -> Vec<GuardrailFact> {
        vec![GuardrailFact {
            guardrail: "g".to_owned(),
            metric: "error_rate".to_owned(),
            state: self.measured.0,
            required: String::new(),
            seen: String::new(),
            source: String::new(),
            effect: GuardrailEffect::Rollback,
            as_of: Some(self.measured.1),
            breaches: self.courses[which].breaches.clone(),
        }]
    }

    fn facts(&self, which: usize, fresh: bool) -> Facts {
        let flag = flag(&self.flag);
        let standing = FlagStanding {
            killed: matches!(self.flag, flag::State::Killed(_)),
            holds: flag.holds.iter().map(|hold| hold.cause.clone()).collect(),
            served: flag.audience(),
            asked: flag.ledger.asked_attempt(rollout_id(which)),
            version: flag.version,
            taken_away: flag.taken_away,
            source: String::new(),
        };
        let age = SignedDuration::from_mins(i64::from(!fresh));
        let confirmed = Confirmed {
            at: self.at - age,
            source: String::new(),
            guardrails: self.guardrails(which),
            metrics: Vec::new(),
        };
        Facts { flag: FlagFact::Known(standing), metrics: Answer::Given(confirmed) }
    }

    /// What the shell would look up.
    fn undo(&self) -> Undo {
        let before = flag(&self.flag).before_kill.as_ref();
        let place = before.and_then(|before| before.exposure.place.as_ref());
        let Some(place) = place else {
            return Undo { rollout: Whereabouts::NoRollout, guardrails: Vec::new() };
        };
        let of = which(place.rollout);
        let rollout = match &self.courses[of].state {
            rollout::State::Completed(..) => Whereabouts::Completed,
            other => other.active().map_or(Whereabouts::Gone, |active| Whereabouts::Attempt(active.attempt)),
        };
        Undo { rollout, guardrails: self.guardrails(of) }
    }

    pub(super) fn step(&mut self, act: Act) -> Result<(), String> {
        match act {
            Act::Wait(hours) => self.at = plus(self.at, HOUR * hours),
            Act::Measure(state) => self.measured = (state, self.at),
            Act::Settle(of, retract) => {
                for breach in &mut self.courses[of].breaches {
                    breach.retracted |= retract;
                    breach.acknowledged = true;
                }
            }
            Act::PutOff if self.errands.is_empty() => {}
            Act::PutOff => self.errands.rotate_left(1),
            Act::Work(steps) => {
                for _ in 0..steps {
                    let Some(errand) = self.errands.pop_front() else { break };
                    self.run(errand)?;
                }
            }
            Act::Begin(of) => {
                self.tell_flag(flag::Command::Claim { rollout: rollout_id(of) })?;
                self.tell(of, rollout::Command::Start, true)?;
            }
            Act::Climb(of) => self.climb(of)?,
            Act::Break(of, critical, back) => self.breaks(of, critical, back),
            moves @ (Act::Enter(..)
            | Act::Advance(..)
            | Act::Complete(..)
            | Act::Pause(_)
            | Act::Resume(..)
            | Act::RollBack(_)
            | Act::Abort(_)
            | Act::LoseWatch(_)
            | Act::RestoreWatch(_)) => self.moves(moves)?,
            of_flag @ (Act::Deliver(..)
            | Act::ByHand(_)
            | Act::Claim(_)
            | Act::TurnOff
            | Act::Kill
            | Act::Revive(_)
            | Act::Release(_)
            | Act::ReleaseOf(_)
            | Act::Restore(_)) => self.touches(of_flag)?,
        }
        Ok(())
    }

    fn grounds(&self, of: usize) -> Grounds {
        let flag = flag(&self.flag);
        let version = flag.version;
        let other = flag.claim.filter(|claimant| *claimant != rollout_id(of) && self.claimant_runs());
        let flag = FlagGround::Known {
            environment: "production".to_owned(),
            unit: "targetingKey".to_owned(),
            killed: matches!(self.flag, flag::State::Killed(_)),
            version,
            claimant: other,
        };
        Grounds { flag, bet_is_missing: false }
    }

    fn climb(&mut self, of: usize) -> Result<(), String> {
        let Some((course, active)) = self.courses[of].state.course().zip(self.courses[of].state.active())
        else {
            return Ok(());
        };
        self.at = self.at.max(active.soaked_at(&course.plan));
        let next = course.plan.next_move(&active.stage, active.step);
        let command = match next {
            Move::Step(_) => rollout::Command::AdvanceStep,
            Move::Stage(stage) => {
                let (stage, by) = (stage.to_string(), "command".to_owned());
                rollout::Command::EnterStage { stage, step: None, by }
            }
            Move::Complete => rollout::Command::Complete,
        };
        self.tell(of, command, true)
    }

    /// A guardrail breaks, and the platform starts to answer it.
    fn breaks(&mut self, of: usize, critical: bool, back: usize) {
        let Some(present) = self.courses[of].present() else { return };
        let named = self.courses[of].wishes.iter().rev().nth(back).map(|wish| &wish.stage.place);
        let older = named.filter(|place| back > 0 && place.attempt < present.1);
        let (stage, attempt) = older.map_or(present, |older| (older.stage.parse().unwrap(), older.attempt));
        let id = self.cause();
        self.courses[of].breaches.push(BreachFact {
            id: id.clone(),
            stage: stage.as_str().to_owned(),
            attempt,
            at: self.at,
            acknowledged: false,
            retracted: false,
            critical,
            seen: String::new(),
        });
        self.measured = (CheckState::Fail, self.at);
        let cause = Cause::GuardrailBreached;
        let retreat = Retreat { from: Some((stage.clone(), attempt)), breach: id.clone(), cause, critical };
        // Rule R26: while it is taken back there is a way back.
        let before = &self.courses[of].state;
        if before.no_return().is_some() && !matches!(before, rollout::State::RollingBack(..)) {
            let Errand::Flag(narrow) = Self::narrow(of, (stage, attempt), id, critical) else { return };
            self.errands.push_back(Errand::Stop(of, narrow, retreat));
            return;
        }
        self.errands.extend([
            Self::narrow(of, (stage, attempt), id, critical),
            Errand::Request(of, retreat),
            Errand::Confirm(of),
        ]);
    }

    fn narrow(of: usize, (stage, attempt): (StageName, u32), cause: String, critical: bool) -> Errand {
        let place = Place {
            rollout: rollout_id(of),
            stage: stage.as_str().to_owned(),
            stage_index: u32::try_from(plan(None).rank(&stage)).unwrap(),
            attempt,
        };
        Errand::Flag(flag::Command::Narrow {
            place,
            cause,
            kind: HoldKind::Breach,
            critical,
            no_return: None,
        })
    }

    fn moves(&mut self, act: Act) -> Result<(), String> {
        let (of, command, fresh) = match act {
            Act::Enter(of, stage, step, fresh) => {
                let (stage, by) = (stage.to_owned(), "command".to_owned());
                (of, rollout::Command::EnterStage { stage, step, by }, fresh)
            }
            Act::Advance(of, fresh) => (of, rollout::Command::AdvanceStep, fresh),
            Act::Complete(of, fresh) => (of, rollout::Command::Complete, fresh),
            Act::Pause(of) => {
                (of, rollout::Command::Pause { cause: PauseCause::Person, attempt: None }, false)
            }
            Act::Resume(of, how, fresh) => (of, rollout::Command::Resume { how }, fresh),
            Act::RollBack(of) => {
                let (breach, present) = (self.cause(), self.courses[of].present());
                let cause = Cause::Requested;
                let retreat = Retreat { from: None, breach: breach.clone(), cause, critical: false };
                if let Some(present) = present {
                    self.errands.extend([Self::narrow(of, present, breach, false), Errand::Confirm(of)]);
                }
                (of, rollout::Command::RequestRollback(retreat), false)
            }
            Act::Abort(of) => (of, rollout::Command::Abort, false),
            Act::LoseWatch(of) => {
                let attempt = self.courses[of].state.active().map_or(0, |active| active.attempt);
                (of, rollout::Command::LoseWatch { attempt }, false)
            }
            Act::RestoreWatch(of) => (of, rollout::Command::RestoreWatch, false),
            other => panic!("{other:?} is about the flag"),
        };
        self.tell(of, command, fresh)
    }

    fn touches(&mut self, act: Act) -> Result<(), String> {
        let command = match act {
            Act::Deliver(of, back) => {
                let wishes = self.courses[of].wishes.len();
                return wishes.checked_sub(back + 1).map_or(Ok(()), |wish| self.expose(of, wish));
            }
            Act::ByHand(audience) => {
                flag::Command::SetExposure(SetExposure { audience, stage: None, flag_version: 0 })
            }
            Act::Claim(of) => flag::Command::Claim { rollout: rollout_id(of) },
            Act::TurnOff => flag::Command::TurnOff { rollout: None, cause: "by hand".to_owned() },
            Act::Kill => flag::Command::Kill,
            Act::Revive(undo) => flag::Command::Revive { undo },
            Act::Release(cause) => flag::Command::ReleaseHold(Release::Cause(cause)),
            Act::ReleaseOf(of) => flag::Command::ReleaseHold(Release::Of(rollout_id(of))),
            Act::Restore(last_served) => {
                let (cause, kind) = (RESTORED.to_owned(), HoldKind::Restored);
                flag::Command::Hold { hold: Hold { cause, kind, rollout: None, attempt: 0 }, last_served }
            }
            other => panic!("{other:?} is about a rollout"),
        };
        self.tell_flag(command).map(|_| ())
    }

    fn run(&mut self, errand: Errand) -> Result<(), String> {
        match errand {
            Errand::Flag(command) => self.tell_flag(command).map(|_| ()),
            Errand::Stop(of, narrow, retreat) => self.stop(of, narrow, retreat),
            Errand::Expose(of, wish) => self.expose(of, wish),
            Errand::Request(of, retreat) => self.tell(of, rollout::Command::RequestRollback(retreat), false),
            Errand::Confirm(of) => {
                let flag = flag(&self.flag);
                let place = flag.served.as_ref().and_then(|served| served.place.as_ref());
                let place = place.filter(|place| place.rollout == rollout_id(of));
                let to = place.and_then(|place| place.stage.parse().ok());
                let flag_version = flag.version;
                self.tell(of, rollout::Command::ConfirmRollback { to, flag_version }, false)
            }
            Errand::Pause(of, cause) => {
                self.tell(of, rollout::Command::Pause { cause, attempt: None }, false)
            }
            Errand::GoOn(of) => {
                let command = rollout::Command::Resume { how: How::Undo };
                self.tell_as(of, command, true, Principal::process("stage-promotion"))
            }
        }
    }

    /// Holds a flag that shows what has no way back, and narrows one that does not.
    fn stop(&mut self, of: usize, narrow: flag::Command, retreat: Retreat) -> Result<(), String> {
        let plan = self.courses[of].state.course().map(|course| &course.plan);
        let from = plan.and_then(|plan| plan.irreversible_from.as_ref().map(|from| plan.rank(&from.stage)));
        let no_return = from.and_then(|from| u32::try_from(from).ok());
        let narrow = match narrow {
            flag::Command::Narrow { place, cause, kind, critical, .. } => {
                flag::Command::Narrow { place, cause, kind, critical, no_return }
            }
            other => other,
        };
        let served = flag(&self.flag).served.as_ref().and_then(|served| served.place.clone());
        let own = served.filter(|place| place.rollout == rollout_id(of));
        let past = own.is_some_and(|place| Some(place.stage_index) >= no_return);
        let before = flag(&self.flag).audience();
        self.tell_flag(narrow)?;
        if past {
            self.errands.push_back(Errand::Pause(of, PauseCause::Guardrail));
            let kept = flag(&self.flag).audience() == before;
            return if kept { Ok(()) } else { Err("taken back without a way back".to_owned()) };
        }
        self.errands.extend([Errand::Request(of, retreat), Errand::Confirm(of)]);
        Ok(())
    }

    fn expose(&mut self, of: usize, wish: usize) -> Result<(), String> {
        let Wish { stage, audience, flag_version, .. } = self.courses[of].wishes[wish].clone();
        let wish = SetExposure { audience, stage: Some(stage), flag_version };
        if !self.tell_flag(flag::Command::SetExposure(wish))? {
            self.errands.push_back(Errand::Pause(of, PauseCause::NotExposed));
        }
        Ok(())
    }

    /// Whether the flag accepted it; `Err` = it raised what it must not.
    fn tell_flag(&mut self, command: flag::Command) -> Result<bool, String> {
        let issued = self.issued(Principal::dev());
        let takes = matches!(command, flag::Command::Kill | flag::Command::TurnOff { rollout: None, .. });
        let known = flag::Known {
            claimant_runs: Some(self.claimant_runs()),
            undo: Some(self.undo()),
            ..flag::Known::default()
        };
        let Ok(decision) = FeatureFlag::decide(&self.flag, command, &known, &issued) else {
            return Ok(false);
        };
        self.taken += u32::from(takes);
        for event in decision.events {
            let next = FeatureFlag::evolve(self.flag.clone(), &event);
            self.check_flag(&event, &next)?;
            self.follow(&event);
            self.flag = next;
        }
        Ok(true)
    }

    /// What the processes do about an event of the flag.
    fn follow(&mut self, event: &flag::Event) {
        let served = flag(&self.flag).audience();
        let claimant = flag(&self.flag).claim.map(which);
        let mut pause = |cause| self.errands.extend(claimant.map(|of| Errand::Pause(of, cause)));
        match event {
            flag::Event::Killed { .. } => {
                pause(PauseCause::Killed);
                if !served.is_nobody() {
                    self.before_kill = Some((self.at, served));
                }
            }
            flag::Event::HoldReleased { .. } | flag::Event::Revived { undone: None, .. } => {}
            flag::Event::Revived { .. } => {
                self.errands.extend(claimant.map(Errand::GoOn));
                self.before_kill = None;
            }
            flag::Event::ExposureNarrowed { hold: None, .. } => {
                pause(PauseCause::Off);
                self.before_kill = None;
            }
            flag::Event::ExposureNarrowed { hold: Some(HoldKind::Restored), .. } => {
                pause(PauseCause::NotExposed);
                self.before_kill = None;
            }
            _anything_else => self.before_kill = None,
        }
        if let flag::Event::ExposureNarrowed { rollout: Some(rollout), hold: Some(_), attempt, .. } = event {
            let taken_back = &mut self.courses[which(*rollout)].taken_back;
            *taken_back = (*taken_back).max(*attempt);
        }
    }

    fn tell(&mut self, of: usize, command: rollout::Command, fresh: bool) -> Result<(), String> {
        self.tell_as(of, command, fresh, Principal::dev())
    }

    fn tell_as(
        &mut self,
        of: usize,
        command: rollout::Command,
        fresh: bool,
        by: Principal,
    ) -> Result<(), String> {
        let issued = self.issued(by);
        let before = self.courses[of].state.clone();
        let (grounds, gate) = (Some(self.grounds(of)), Some(self.facts(of, fresh)));
        let known = rollout::Known { grounds, gate, bet_is_missing: Some(false) };
        let decision = match Rollout::decide(&before, command, &known, &issued) {
            Ok(decision) => decision,
            Err(blockers) => return self.check_refused(of, &blockers),
        };
        for event in &decision.events {
            let next = Rollout::evolve(self.courses[of].state.clone(), event);
            let path = self.check_rollout(of, (event, &decision.overrides), &next, fresh)?;
            self.courses[of].state = next;
            self.courses[of].revision += 1;
            self.asked(of, event, path);
        }
        if self.courses[of].is_over() && matches!(self.courses[of].state, rollout::State::Aborted(_)) {
            let rollout = rollout_id(of);
            let (rollout_too, cause) = (Some(rollout), "aborted".to_owned());
            self.errands.extend([
                Errand::Flag(flag::Command::TurnOff { rollout: rollout_too, cause }),
                Errand::Flag(flag::Command::ReleaseHold(Release::Of(rollout))),
            ]);
        }
        Ok(())
    }

    /// What the flag is asked for after an event of a rollout.
    fn asked(&mut self, of: usize, event: &rollout::Event, path: Option<Path>) {
        let released = match event {
            rollout::Event::StageEntered(_) | rollout::Event::StepAdvanced(_) => Vec::new(),
            rollout::Event::Resumed(resumption) => resumption.releases.clone(),
            _no_exposure => return,
        };
        let course = &mut self.courses[of];
        let Some((planned, active)) = course.state.course().zip(course.state.active()) else { return };
        let audience = planned.plan.exposure(&active.stage, active.step);
        let place = Place {
            rollout: rollout_id(of),
            stage: active.stage.as_str().to_owned(),
            stage_index: u32::try_from(planned.plan.rank(&active.stage)).unwrap(),
            attempt: active.attempt,
        };
        let stage = StageExposure { place, revision: course.revision };
        let wish = course.wishes.len();
        let (flag_version, taken) = (active.flag_version, self.taken);
        course.wishes.push(Wish { path, stage, audience, flag_version, taken });
        let release = |cause| Errand::Flag(flag::Command::ReleaseHold(Release::Cause(cause)));
        self.errands.extend(released.into_iter().map(release));
        self.errands.push_back(Errand::Expose(of, wish));
    }
}
