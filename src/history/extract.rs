//! What is known of the extracts that earlier runs read.

use super::{Previous, Recalled};
use crate::model::Field;
use crate::runfolder::{ExtractLine, InputLine};
use chrono::NaiveDate;

/// What payroll is called among the sources.
pub const PAYROLL: &str = "payroll";

/// Columns that say which accounts are closed.
pub const STATES: [Field; 4] = [Field::Enabled, Field::Disabled, Field::Status, Field::AccountControl];

impl Recalled {
    /// What is known of the extracts of a system, or of payroll.
    pub fn extract(&self, source: &str) -> Option<ExtractLine> {
        let by_manifest = || self.previous.as_ref()?.extract(source);
        self.memory.extracts.get(source).copied().or_else(by_manifest)
    }
}

impl Previous {
    /// The same by what the run before read alone: runs of earlier versions carried nothing.
    fn extract(&self, source: &str) -> Option<ExtractLine> {
        let is_own = |own: &&InputLine| match source {
            PAYROLL => own.role == "payroll",
            system => own.role == "accounts" && own.system.as_deref() == Some(system),
        };
        let own: Vec<&InputLine> =
            self.manifest.inputs.iter().filter(is_own).filter(|own| own.rows.is_some()).collect();
        let rows = || own.iter().filter_map(|own| own.rows);
        let stated = own.iter().filter_map(|own| own.exported.as_deref()?.parse::<NaiveDate>().ok()).min();
        let tells = |field: &str| STATES.iter().any(|state| state.key() == field);
        let mut columns = own.iter().flat_map(|own| &own.columns);
        (!own.is_empty()).then(|| ExtractLine {
            whole_on: self.as_of,
            rows: rows().map(|rows| rows.records + rows.folded).sum(),
            records: rows().map(|rows| rows.records).sum(),
            day: stated.unwrap_or(self.as_of).min(self.as_of),
            is_stated: stated.is_some(),
            tells_state: columns.any(|column| column.filled > 0 && tells(&column.field)),
        })
    }
}
