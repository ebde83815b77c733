//! Sinks as they are stored and shown.

use verdict_kernel::id::SinkId;
use verdict_proto::sinks::v1 as pb;
use verdict_sinks_domain::notice::Kind;
use verdict_sinks_domain::sink::{
    Definition, Event, Failure, Format, Letter, PauseCause, Sealed, Sink, Source, State, Target,
};
use verdict_stored::field::{Each, Field, Maybe, OrDefault, Plain, Same, Shown};
use verdict_stored::view::{Scope, Seen, Viewed};
use verdict_stored::{DecodeError, events, message, names, required, words};

events! {
    /// The rim of [`Sink`].
    pub SinkWire: Sink, Event in "sinks.Sink", messages of pb;
    [Defined(Definition { format, target, secret, kinds })] = SinkDefined.v1 {
        format: format as FormatWord, secret: secret as SealedText, kinds: kinds as Each<KindName>;
        [place, target]: target as TargetColumns
    }
    [Moved(target)] = SinkMoved.v1 => target as TargetMessage;
    [Rotated { secret, overlap_until }] = SecretRotated.v1 {
        secret: secret as SealedText, overlap_until: overlap_until as Shown,
    }
    [Paused { cause, reason }] = SinkPaused.v1 { cause: cause as PauseCauseWord, reason: reason as Plain }
    [Resumed { reason }] = SinkResumed.v1 { reason: reason as OrDefault }
    [Removed { reason }] = SinkRemoved.v1 { reason: reason as Plain }
    [Failed(failure)] = DeliveryFailed.v1 => failure as FailureMessage;
    [RedeliveryRequested { letters }] = RedeliveryRequested.v1 { letters: letters as Same }
    [Delivered { letter }] = LetterDelivered.v1 { letter: letter as Plain }
}

message! {
    FailureMessage: [Failure { letter, kind, sources, attempts, why }] = pb::DeliveryFailed {
        letter: letter as Plain, kind: kind as Maybe<KindName>, sources: sources as Each<SourceMessage>,
        attempts: attempts as Plain, why: why as Plain,
    }
    SourceMessage: [Source { stream, revision }] = pb::Source {
        stream: stream as Plain, revision: revision as Plain,
    }
    TargetMessage: [Target { place, sealed }] = pb::SinkMoved {
        place: place as Plain, target: sealed as SealedText,
    }
}

words! {
    FormatWord, format, read_format: Format = pb::Format {
        Standard, Slack, Teams, Pagerduty, Alertmanager, Plain
    }
    PauseCauseWord, pause_cause, read_pause_cause: PauseCause = pb::PauseCause { Person, Gone }
}

names! {
    KindName: Kind
}

struct SealedText;

impl Field<Sealed, Option<String>> for SealedText {
    fn write(sealed: &Sealed) -> Option<String> {
        Some(sealed.0.clone())
    }

    fn read(field: Option<String>, name: &'static str) -> Result<Sealed, DecodeError> {
        required(field, name).map(Sealed)
    }
}

struct TargetColumns;

impl Field<Target, (Option<String>, Option<String>)> for TargetColumns {
    fn write(target: &Target) -> (Option<String>, Option<String>) {
        (Some(target.place.clone()), Some(target.sealed.0.clone()))
    }

    fn read(
        (place, sealed): (Option<String>, Option<String>),
        _: &'static str,
    ) -> Result<Target, DecodeError> {
        Ok(Target { place: required(place, "place")?, sealed: required(sealed, "target").map(Sealed)? })
    }
}

impl Viewed for SinkWire {
    type Id = SinkId;
    type View = pb::SinkView;

    const ABSENT: &'static str = "the sink was never defined";
    const BEGINS: &'static str = "verdict sink define --url <url>";

    const CALLED: &'static str = "give its id, its key such as on-call, or team/key";
    const SCOPE: Scope = Scope::Team;

    fn view(seen: Seen<'_, State>) -> Option<pb::SinkView> {
        let Sink { definition, former, letters } = seen.state.sink()?;
        Some(pb::SinkView {
            id: seen.id.to_owned(),
            version: seen.version,
            position: seen.position,
            state: seen.state.name().to_owned(),
            format: format(definition.format).into(),
            place: definition.target.place.clone(),
            kinds: definition.kinds.iter().map(|kind| kind.as_str().to_owned()).collect(),
            reason: match seen.state {
                State::Paused { reason, .. } => reason.clone(),
                State::Absent | State::Active(_) | State::Removed(_) => String::new(),
            },
            key: seen.beside.key(),
            dead_letters: letters.iter().map(dead_letter).collect(),
            overlap_until: former.as_ref().map(|former| former.until.to_string()).unwrap_or_default(),
        })
    }

    /// A sink belongs to nothing but its organisation.
    fn is_of(_: &pb::SinkView, _: &str) -> bool {
        false
    }
}

fn dead_letter(letter: &Letter) -> pb::DeadLetter {
    let Letter { failure, requested } = letter;
    pb::DeadLetter {
        letter: failure.letter.clone(),
        kind: failure.kind.map_or("digest", Kind::as_str).to_owned(),
        attempts: failure.attempts,
        why: failure.why.clone(),
        requested: *requested,
    }
}

#[cfg(test)]
mod tests;
