//! One row of the list of systems, as the organisation keeps it.

use super::Field;
use chrono::NaiveDate;

/// What the list says of a system.
#[derive(Clone, Debug, Default)]
pub struct InventoryRow {
    /// Its id, stated or made from the name.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its export, relative to the configuration.
    pub file: Option<String>,
    /// Owner as written.
    pub owner: Option<String>,
    /// Administrator as written.
    pub administrator: Option<String>,
    /// Committee.
    pub committee: Option<String>,
    /// Information class as written.
    pub classification: Option<String>,
    /// When the row was last confirmed.
    pub confirmed: Option<NaiveDate>,
    /// Latest risk analysis.
    pub risk_analysis: Option<NaiveDate>,
    /// Förvaltningar whose staff belong there.
    pub departments: Vec<String>,
    /// Stated day of the export.
    pub exported: Option<NaiveDate>,
    /// Stated maker.
    pub exported_by: Option<String>,
    /// Rows the source system says.
    pub control_total: Option<u64>,
    /// Who decided to leave it out, if it is left out.
    pub excluded_by: Option<String>,
    /// Why.
    pub excluded_why: Option<String>,
    /// What the row says in a way that nobody could read.
    pub unread: Vec<Field>,
    /// Row as Excel shows it.
    pub row: u32,
}
