//! Inputs as they may be shown: the reader's account of each file, or why there is none.

use crate::ingest::SourceReport;
use crate::model::{Message, Role};
use crate::review::Review;

/// One input file.
#[derive(Clone, Debug)]
pub struct InputShown {
    /// Payroll or accounts.
    pub role: Role,
    /// System id.
    pub system: Option<String>,
    /// Path as configured.
    pub path: String,
    /// The reader's account, where the file could be read.
    pub report: Option<SourceReport>,
    /// Why it could not, where it could not.
    pub missing: Option<Message>,
}

impl InputShown {
    /// A file that was read.
    pub fn read(report: &SourceReport) -> Self {
        Self {
            role: report.role,
            system: report.system.clone(),
            path: report.path.clone(),
            report: Some(report.clone().without_marks()),
            missing: None,
        }
    }
}

/// Every input, payroll first, then registers and the list of systems, then the systems in order. Headers, counts and reasons name nobody.
pub fn all(review: &Review<'_>) -> Vec<InputShown> {
    let mut inputs: Vec<InputShown> =
        review.payroll.iter().chain(review.registers).chain(review.inventory).map(InputShown::read).collect();
    for system in &review.systems {
        match system.delivered {
            Ok((export, _)) => inputs.extend(export.reports.iter().map(InputShown::read)),
            Err(error) => inputs.push(InputShown {
                role: Role::Accounts,
                system: Some(system.config.system.id.to_string()),
                path: system.config.shown(),
                report: None,
                missing: Some((*error.says).clone()),
            }),
        }
    }
    inputs
}
