//! Fields that requests of the context have in common: whose they are, and which flag.

use verdict_kernel::id::FlagId;
use verdict_kernel::principal::Principal;
use verdict_proto::v1::CommandMeta;
use verdict_runtime::problem::{Code, Problem};

/// The organisation that a command is for.
pub(crate) fn org(meta: Option<&CommandMeta>) -> &str {
    meta.map(|meta| meta.org.as_str()).filter(|org| !org.is_empty()).unwrap_or(Principal::DEFAULT_ORG)
}

/// The flag that is named by its id, by its key, or as `environment/key`.
pub(crate) fn flag(field: &str, org: &str, environment: &str, text: &str) -> Result<FlagId, Problem> {
    if text.is_empty() {
        return Err(Problem::field(Code::MissingField, field, "no flag is named"));
    }
    FlagId::named(org, environment, text).map_err(|error| {
        let problem = Problem::field(Code::InvalidId, field, error.to_string());
        problem.hint("give its id, its key such as new-checkout, or environment/key")
    })
}
