//! What memory holds of signatures, of the list of systems, and of what HR has corrected.

use super::Recalled;
use crate::answer_form::YesNo;
use crate::model::{PersonKey, SystemId};
use crate::runfolder::{ConfirmationLine, CorrectionLine, RunName, SignOffLine};
use chrono::NaiveDate;

/// What was last said of a system's row in the list of systems.
#[derive(Clone, Copy, Debug)]
pub enum Confirmation<'m> {
    /// It was right on that day.
    Right(NaiveDate),
    /// It was not.
    Wrong(&'m ConfirmationLine),
}

impl Recalled {
    /// What was last said of a system. Of several who were asked by the same run, one who objects outweighs the others.
    pub fn confirmation(&self, system: &SystemId) -> Option<Confirmation<'_>> {
        let own = || self.memory.confirmations.iter().filter(|line| line.system == system.as_str());
        let newest = own().filter_map(|line| RunName::of_folder(&line.issued_in)).max()?;
        let of_newest = || own().filter(|line| RunName::of_folder(&line.issued_in) == Some(newest));
        let wrong = of_newest().filter(|line| line.right == YesNo::No).max_by_key(|line| line.on);
        let right = || of_newest().map(|line| line.on).max().map(Confirmation::Right);
        wrong.map(Confirmation::Wrong).or_else(right)
    }

    /// The last signature under a system's list.
    pub fn sign_off(&self, system: &SystemId) -> Option<&SignOffLine> {
        let own = self.memory.sign_offs.iter().filter(|line| line.system == system.as_str());
        own.max_by_key(|line| (RunName::of_folder(&line.issued_in), line.on))
    }

    /// What HR last said of a person's row.
    pub fn correction(&self, row: &PersonKey) -> Option<&CorrectionLine> {
        let own = self.memory.corrections.iter().filter(|line| line.row == *row);
        own.max_by_key(|line| RunName::of_folder(&line.issued_in))
    }
}
