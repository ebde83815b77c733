//! The one table of fault codes. A fault is shown the same over HTTP (RFC 9457) and gRPC.
//!
//! Refusals are not in it: they are answers and travel in the reply.

use std::fmt;

macro_rules! problem_codes {
    ($($(#[$doc:meta])* $code:ident $name:literal $http:literal $grpc:ident $title:literal $hint:literal;)*) => {
        /// What went wrong, stable for programs.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code { $($(#[$doc])* $code,)* }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$code,)*];

            /// The stable snake-case name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$code => $name,)* }
            }

            /// The HTTP status.
            pub const fn http(self) -> u16 {
                match self { $(Self::$code => $http,)* }
            }

            /// The gRPC status code.
            pub const fn grpc(self) -> tonic::Code {
                match self { $(Self::$code => tonic::Code::$grpc,)* }
            }

            /// What the code means, whatever the case.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$code => $title,)* }
            }

            /// What to do about it, unless the case says better.
            pub const fn hint(self) -> &'static str {
                match self { $(Self::$code => $hint,)* }
            }
        }
    };
}

problem_codes! {
    /// The body is not what the endpoint reads.
    MalformedBody "malformed_body" 400 InvalidArgument "The body cannot be read" "send a JSON object of the documented shape";
    /// A field holds something it must not.
    InvalidField "invalid_field" 400 InvalidArgument "A field is invalid" "correct the field and send the command again";
    /// A field that must be there is not.
    MissingField "missing_field" 400 InvalidArgument "A field is missing" "add the field and send the command again";
    /// The id is not of the right form.
    InvalidId "invalid_id" 400 InvalidArgument "An id is not well formed" "pass an id that the platform returned";
    /// No such thing in this organisation.
    NotFound "not_found" 404 NotFound "There is no such thing" "list what there is and pass its id";
    /// No metric has this key.
    UnknownMetric "unknown_metric" 404 NotFound "There is no such metric" "define it first with 'verdict metric define'";
    /// A command of processes that somebody else sent.
    NotForPeople "not_for_people" 403 PermissionDenied "Only processes of the platform send this command" "use the command that is for people";
    /// The caller's expected version is not the present one.
    StaleVersion "stale_version" 409 Aborted "The expected version is stale" "read the thing again and decide on what it is now";
    /// Others changed it too often while deciding.
    Contended "contended" 409 Aborted "It changed while the command was decided" "send the same command again";
    /// The same command id came with another payload.
    CommandIdReused "command_id_reused" 409 AlreadyExists "The command id belongs to another command" "use a new command id for a new command";
    /// The same observation key came with another value.
    ObservationConflict "observation_conflict" 409 AlreadyExists "This window was already reported with another value" "correct the source, or take the window back first with 'verdict metric retract'";
    /// Observations for something that is over.
    RolloutFinished "rollout_finished" 409 FailedPrecondition "The rollout is finished" "send observations to a running rollout";
    /// An observation from the future.
    FromTheFuture "from_the_future" 422 InvalidArgument "The observation lies in the future" "check the clock of the source";
    /// A count or value that no measurement gives.
    InvalidMeasure "invalid_measure" 422 InvalidArgument "The measured value is not usable" "send finite numbers and counts of at least 1";
    /// More than fits into one request.
    TooLarge "too_large" 413 ResourceExhausted "The request is too large" "send it in smaller parts";
    /// A body of another type, or one that is packed.
    UnsupportedMediaType "unsupported_media_type" 415 InvalidArgument "The body is of a type that is not read here" "send content-type: application/json, not compressed";
    /// A method that the address does not have.
    MethodNotAllowed "method_not_allowed" 405 Unimplemented "The address has no such method" "use the documented method";
    /// A body that did not arrive in time.
    TooSlow "too_slow" 408 DeadlineExceeded "The body did not arrive in time" "send the request again";
    /// The log has no room left.
    LogFull "log_full" 507 ResourceExhausted "The log has no room left" "free space on its volume, then send the same command again";
    /// The view has not reached the position that was asked for.
    NotYetThere "not_yet_there" 503 Unavailable "The view has not reached that position" "ask again in a moment";
    /// Nothing wrong with the request.
    Unavailable "unavailable" 503 Unavailable "The platform cannot do this right now" "send the same command again";
    /// A lease holder that was replaced.
    Fenced "fenced" 409 FailedPrecondition "A newer holder has taken over" "stop; the newer holder goes on";
    /// A call that only the holder of a lease answers.
    NotTheHolder "not_the_holder" 421 FailedPrecondition "Another replica holds the lease" "look up who holds it and call that replica";
    /// A stored event that this version cannot read.
    UnreadableEvent "unreadable_event" 500 Internal "A stored event cannot be read" "upgrade this role; nothing was decided";
    /// The platform does not run on virtual time.
    RealClock "real_clock" 409 FailedPrecondition "The platform runs on real time" "start it with --virtual-clock on an empty directory";
    /// A bug.
    Internal "internal" 500 Internal "The platform made a mistake" "report it with the trace id";
}

/// One fault: which code, and the particulars of this case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Problem {
    pub code: Code,
    /// What happened here, with the value at fault.
    pub detail: String,
    /// The field at fault; empty when it is none.
    pub field: String,
    pub hint: String,
}

impl Problem {
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), field: String::new(), hint: code.hint().to_owned() }
    }

    /// A field of the request that is wrong.
    pub fn field(code: Code, field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { field: field.into(), ..Self::new(code, detail) }
    }

    /// A better hint than the code's own.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]: {}", self.code.title(), self.code.name(), self.detail)?;
        if self.field.is_empty() { Ok(()) } else { write!(f, " (field {})", self.field) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_code_has_a_name_of_its_own_and_an_error_status() {
        let names: HashSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for code in Code::ALL {
            assert!((400..600).contains(&code.http()), "{code:?}");
            assert_ne!(code.grpc(), tonic::Code::Ok, "{code:?}");
            assert!(!code.title().is_empty() && !code.hint().is_empty(), "{code:?}");
        }
    }

    #[test]
    fn a_problem_tells_its_code_the_value_at_fault_and_the_field() {
        let problem = Problem::field(Code::InvalidField, "percent", "130 is over 100");
        assert_eq!(
            problem.to_string(),
            "A field is invalid [invalid_field]: 130 is over 100 (field percent)"
        );
        assert_eq!(problem.hint, Code::InvalidField.hint());
        assert_eq!(problem.hint("give 0 to 100").hint, "give 0 to 100");
    }
}
