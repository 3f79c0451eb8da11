//! Earlier runs and returned workbooks → what this run remembers.
//!
//! Every run starts afresh as yet (`[followup]` says so when it is asked for more), so that what is
//! recalled is an empty memory; the run folder it would be read from is written from the first day.

use crate::runfolder::{Memory, PreviousLine};

/// What is known from earlier runs.
#[derive(Clone, Debug)]
pub struct Recalled {
    /// The run before, if there is one.
    pub previous: Option<PreviousLine>,
    /// Answers, links, owners, exceptions, person ids.
    pub memory: Memory,
}

/// Recalls earlier runs.
pub fn recall() -> Recalled {
    Recalled { previous: None, memory: Memory::afresh() }
}
