//! What requests for reads have in common: the organisation, the position to include, the size of a page.

use verdict_kernel::principal::Principal;
use verdict_proto::v1::ListRequest;

use crate::log::Position;
use crate::problem::{Code, Problem};

/// Entries of a page: the default, and the most.
const PAGE: (usize, usize) = (50, 100);

/// The organisation that a reader names, or the one that exists before anyone makes one.
pub fn org(given: &str) -> &str {
    if given.is_empty() { Principal::DEFAULT_ORG } else { given }
}

/// The position that a view must include; `None` when the reader takes the view as it is.
pub fn at_least(text: &str) -> Result<Option<Position>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|error| Problem::field(Code::InvalidField, "at_least", format!("{error}")))
}

/// How many entries a page holds: 1 to 100, and 50 when the reader does not say.
pub fn page_size(request: &ListRequest) -> Result<usize, Problem> {
    match usize::try_from(request.first).unwrap_or(usize::MAX) {
        0 => Ok(PAGE.0),
        first if first <= PAGE.1 => Ok(first),
        first => {
            let detail = format!("{first} is more than {}", PAGE.1);
            Err(Problem::field(Code::InvalidField, "first", detail))
        }
    }
}

/// A version as a view shows it: more events than it can say are as many as it can.
pub fn version(events: u64) -> u32 {
    u32::try_from(events).unwrap_or(u32::MAX)
}

/// A position as a view shows it: empty before the first event.
pub fn position(position: Option<&Position>) -> String {
    position.map(Position::to_string).unwrap_or_default()
}
