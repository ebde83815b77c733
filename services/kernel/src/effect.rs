//! What a command can do to what users see. Taking back is never in the way of anything; showing more always asks.

/// See the module. A command has one, said where the contracts define it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Takes back or holds: never more than is shown now.
    Narrows,
    Neutral,
    /// May show more, or lets more be shown.
    Widens,
}
