//! What concerns the log as a whole: who may open it, what a crash leaves, and a model of everything.

mod model;
mod opening;
mod recovery;
