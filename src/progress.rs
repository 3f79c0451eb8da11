//! How far a run has come, told to whoever started it: in words, and in a measure that grows as time passes.

use crate::model::Message;
use std::sync::atomic::{AtomicU64, Ordering};

/// Where a run is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done, in a few words.
    pub phase: Message,
    /// How much of it is done; 0 when it begins.
    pub done: u64,
    /// Of how much; 0 where that is not known.
    pub of: u64,
    /// What is counted.
    pub measure: Measure,
}

/// What progress is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Bytes of the inputs.
    Bytes,
    /// Accounts.
    Accounts,
    /// Systems.
    Systems,
}

impl Progress {
    /// A phase that begins, and of which nobody knows how long it is.
    pub fn of_phase(phase: Message) -> Self {
        Self { phase, done: 0, of: 0, measure: Measure::Systems }
    }
}

/// A phase that is measured while several threads work on it.
pub struct Meter<'a> {
    tell: &'a (dyn Fn(Progress) + Sync),
    phase: Message,
    measure: Measure,
    done: AtomicU64,
    of: u64,
}

impl<'a> Meter<'a> {
    /// Tells that a phase begins.
    pub fn new(tell: &'a (dyn Fn(Progress) + Sync), phase: Message, (of, measure): (u64, Measure)) -> Self {
        let meter = Self { tell, phase, measure, done: AtomicU64::new(0), of };
        meter.say(0);
        meter
    }

    /// Tells that more of it is done; never more than there was to do.
    pub fn add(&self, more: u64) {
        let done = self.done.fetch_add(more, Ordering::Relaxed).saturating_add(more);
        self.say(done.min(self.of));
    }

    fn say(&self, done: u64) {
        (self.tell)(Progress { phase: self.phase.clone(), done, of: self.of, measure: self.measure });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    /// A phase is told when it begins and whenever more is done, and is never more than done.
    #[test]
    fn a_meter_tells_how_far_it_has_come() {
        let told = Mutex::new(Vec::new());
        let tell = |own: Progress| told.lock().map(|mut told| told.push((own.done, own.of))).unwrap_or_default();
        let meter = Meter::new(&tell, Message::same("x"), (10, Measure::Bytes));
        [4, 5, 6].into_iter().for_each(|more| meter.add(more));
        assert_eq!(told.into_inner().unwrap_or_default(), [(0, 10), (4, 10), (9, 10), (10, 10)]);
    }
}
