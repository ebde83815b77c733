//! Gate reports and recorded facts in messages.

use verdict_kernel::check::GateReport;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::v1 as shared;
use verdict_rollouts_domain::gate::{CHECK_NAMES, Fact, FactKind};
use verdict_stored::field::{Field, Plain, Shown};
use verdict_stored::vocabulary::{self, CheckStateWord};
use verdict_stored::{DecodeError, message, names, required};

message! {
    /// A recorded fact in a message.
    FactMessage: [Fact { kind, subject, state, source, confirmed_at }] = pb::Fact {
        kind: kind as FactName, subject: subject as Plain, state: state as CheckStateWord, source: source as Plain,
        confirmed_at: confirmed_at as Shown,
    }
}

names! {
    FactName: FactKind
}

/// A gate report in a message.
#[derive(Debug)]
pub struct ReportMessage;

impl Field<GateReport, Option<shared::GateReport>> for ReportMessage {
    fn write(report: &GateReport) -> Option<shared::GateReport> {
        Some(vocabulary::report(report))
    }

    fn read(field: Option<shared::GateReport>, name: &'static str) -> Result<GateReport, DecodeError> {
        vocabulary::read_report(required(field, name)?, &CHECK_NAMES)
    }
}
