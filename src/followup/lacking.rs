//! Whether an account that an export lacks is gone: it is only where nothing says that the export itself lacks rows.

use super::Follow;
use crate::answer_form::Decision;
use crate::ingest::{Export, SourceReport, WhoseRow};
use crate::model::{AccountKey, AccountName, Field, Message, message, object_key};
use crate::review::Extract;

/// Accounts that went without anybody having decided so, as one in so many: as with rows, more than that is no ordinary
/// month.
const ONE_IN: usize = 5;

/// What an account that an export lacks was called.
#[derive(Clone, Copy, Debug)]
pub struct Went<'t> {
    /// Its name as it was shown.
    pub name: &'t str,
    /// Its object id, as compared.
    pub guid: Option<&'t str>,
}

impl Went<'_> {
    /// Whether a row that could not be used may be the account's: one that names it, or that names none. What of a name was
    /// hidden may be anything.
    fn may_stand_on(&self, row: &WhoseRow) -> bool {
        let is_own = |text: &str| {
            let (own, text) = (AccountName::new(self.name), AccountName::new(text));
            // Behind the name of one of several stands what tells it from the others.
            own.as_str().strip_prefix(text.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
        };
        let is_hidden = self.name.contains(['*', '[']);
        let names = || [Field::Account, Field::Upn].into_iter().flat_map(|field| row.texts(field));
        let same_id = || row.texts(Field::Guid).any(|id| Some(object_key(id).as_str()) == self.guid);
        is_hidden || names().next().is_none() || names().any(is_own) || same_id()
    }
}

/// Why an account may be in the system though its export lacks it, by what the export shows of itself.
pub fn by_itself(export: &Export, went: &Went<'_>) -> Option<Message> {
    let of_file = |report: &SourceReport| not_whole(report).or_else(|| differs(report));
    export.reports.iter().find_map(of_file).or_else(|| unread(export, went))
}

fn not_whole(report: &SourceReport) -> Option<Message> {
    let Message { sv, en } = report.incomplete?.brief();
    Some(message!(
        "uttaget är inte helt ({sv}), så kontot kan finnas kvar",
        "the extract is not whole ({en}), so the account may be there"
    ))
}

/// Rows that could not be used and may be the account's: those that name it, and those that name none.
fn unread(export: &Export, went: &Went<'_>) -> Option<Message> {
    let lost = export.unused.iter().filter(|row| went.may_stand_on(row)).count();
    (lost > 0).then(|| {
        message!(
            "kontot kan stå på någon av de rader i exporten som inte kunde läsas ({lost})",
            "the account may stand on one of the rows of the export that could not be read ({lost})"
        )
    })
}

fn differs(report: &SourceReport) -> Option<Message> {
    let (total, rows) = (report.control_total?, report.rows.data());
    (!report.rows.may_be(total) && total != report.rows.records).then(|| {
        message!(
            "exporten har {rows} rader men källsystemet anger {total}, så kontot kan fattas i filen utan att vara borta",
            "the export has {rows} rows but the source system says {total}, so the account may be missing in the file alone"
        )
    })
}

impl Follow<'_> {
    /// The same by how many accounts there were when nothing was amiss, and by how many went since the run before that
    /// nobody has decided on, where the source system's own count does not tell that the export is whole.
    pub(super) fn is_perhaps_cut(&self, place: usize) -> Option<Message> {
        let cx = self.review.system_context(place);
        if cx.export?.reports.iter().all(|report| report.control_total.is_some()) {
            return None;
        }
        let (here, ledger) = (self.review.accounts_then(), &self.review.ledger);
        let is_to_go = |row: &AccountKey| ledger.of(row).iter().any(|own| own.decision == Decision::Disable);
        let then = self.review.recalled.previous.iter().flat_map(|previous| previous.accounts.keys());
        let then: Vec<&AccountKey> = then.filter(|row| row.is_of(&cx.config.system.id)).collect();
        let went = then.iter().filter(|row| !here.contains_key(**row) && !is_to_go(row)).count();
        let all = then.len();
        let turned_over = || {
            message!(
                "{went} av {all} konton fattas i exporten utan att någon har beslutat det, så den kan vara avkortad",
                "{went} of {all} accounts are missing in the export without anybody having decided so: it may be cut short"
            )
        };
        let lacking = self.review.extract(place).and_then(Extract::lacking);
        lacking.or_else(|| (went * ONE_IN > all).then(turned_over))
    }
}
