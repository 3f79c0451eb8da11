//! Columns that some files or sheets of a source have and others lack, and values that a rule needs and a row does not
//! state: what stands on those rows is not tested, and does not read as passed.

use super::account::AccountCx;
use super::context::{Review, SystemCx};
use super::rests::RestsOn;
use super::rule::{Extent, Unseen};
use crate::ingest::{MappedColumn, SourceReport};
use crate::model::{Employment, Field, FileIx, Message, SourceRef, Text, counted, message};
use std::cell::LazyCell;
use std::collections::BTreeSet;

/// Columns of which a rule needs one.
pub type OneOf = &'static [Field];

/// Whether and when an employment ends.
pub const ENDS: OneOf = &[Field::EmploymentEnd, Field::EmploymentStatus];

/// In what form somebody is employed.
pub const FORMS: OneOf = &[Field::EmploymentForm, Field::PayForm];

/// When somebody last signed in.
pub const SIGN_INS: OneOf = &[Field::LastLogin, Field::LastInteractiveLogin];

/// What a rule does not see of a system, for want of a column that other files or sheets have.
pub fn unseen(rests_on: &RestsOn, cx: &SystemCx<'_>) -> Vec<Unseen> {
    let of_export = rests_on.needs.iter().filter_map(|one_of| in_export(cx, one_of));
    let of_people = rests_on.needs_of_people.iter().filter_map(|one_of| of_holders(cx, one_of));
    of_export.chain(of_people).collect()
}

/// Accounts that stand in no file or sheet with a column that others of the system have.
fn in_export(cx: &SystemCx<'_>, one_of: OneOf) -> Option<Unseen> {
    let reports = cx.export.into_iter().flat_map(|export| &export.reports);
    let Gap { headers, places } = Gap::find(reports, one_of, |_| true)?;
    count(
        cx.open_accounts(),
        |account| !account.has_column(one_of),
        |Message { sv, en }| {
            message!(
                "{sv} prövas inte: {places} har ingen kolumn som {headers}",
                "{en} are not tested: {places} has no column like {headers}"
            )
        },
    )
}

/// Active accounts whose holders are employed by rows of payroll alone that lack a column which others have.
fn of_holders(cx: &SystemCx<'_>, one_of: OneOf) -> Option<Unseen> {
    let Gap { headers, places } = in_payroll(cx.review, one_of)?;
    let active = cx.open_accounts().filter(AccountCx::is_active);
    count(
        active,
        |account| is_untold(account, one_of),
        |Message { sv, en }| {
            message!(
                "innehavare av {sv} prövas inte: {places} i personalregistret har ingen kolumn som {headers}",
                "the holders of {en} are not tested: {places} of payroll has no column like {headers}"
            )
        },
    )
}

/// Active accounts of whose holders payroll does not state what a rule needs: what it lacks, in words.
pub fn untold<'a>(
    cx: &SystemCx<'a>,
    lacks: Text,
    one_of: OneOf,
    is_untold: impl Fn(&AccountCx<'a>) -> bool,
) -> Option<Unseen> {
    let Message { sv: places, en: places_en } = in_payroll(cx.review, one_of).map_or_else(
        || Message::same(""),
        |Gap { places, .. }| message!(" ({places} har ingen sådan kolumn)", " ({places} has no such column)"),
    );
    let active = cx.open_accounts().filter(AccountCx::is_active);
    count(active, is_untold, |Message { sv, en }| {
        let Text { sv: lacks, en: lacks_en } = lacks;
        message!(
            "innehavare av {sv} prövas inte: {lacks}{places}",
            "the holders of {en} are not tested: {lacks_en}{places_en}"
        )
    })
}

/// So many accounts of which the rule sees nothing, and what is said of their number.
pub fn count<'a>(
    accounts: impl Iterator<Item = AccountCx<'a>>,
    is_unseen: impl Fn(&AccountCx<'a>) -> bool,
    says: impl FnOnce(Message) -> Message,
) -> Option<Unseen> {
    let both = |(unseen, all): (usize, usize), account| (unseen + usize::from(is_unseen(&account)), all + 1);
    let (unseen, all) = accounts.fold((0, 0), both);
    let counted = counted(unseen, ["konto", "konton"], ["account", "accounts"]);
    (unseen > 0).then(|| Unseen { why: says(counted), hides: true, extent: Extent::of(unseen, all) })
}

/// Where payroll lacks a column that others of its files or sheets have on rows of people at work: beside a list of
/// leavers, one of the employed needs no last days.
pub fn in_payroll(review: &Review<'_>, one_of: OneOf) -> Option<Gap> {
    let day = review.roster.facts.tested_day;
    let at_work = review.open_employments().filter(|own| own.engagement.is_none() && own.goes_on(day));
    // Of most payrolls nobody asks, since every list has the column.
    let lists: LazyCell<BTreeSet<(FileIx, u16)>, _> = LazyCell::new(|| at_work.map(|own| own.source.list()).collect());
    let gap = Gap::find(review.payroll.iter(), one_of, |list| lists.contains(&list))?;
    lists.iter().any(|list| has_in_people(review, *list, one_of)).then_some(gap)
}

/// Whether what employs the holder says nothing in any such column.
fn is_untold(account: &AccountCx<'_>, one_of: OneOf) -> bool {
    let mut current = account.current().peekable();
    current.peek().is_some() && current.all(|own| !has_column(account.system.review, own, one_of))
}

/// Whether one of the rows that tell an employment or engagement stands where there is such a column.
pub fn has_column(review: &Review<'_>, employment: &Employment, one_of: OneOf) -> bool {
    let has = |row: &SourceRef| has_in_people(review, row.list(), one_of);
    has(&employment.source) || employment.told_in.iter().any(has)
}

/// The same of a list. Files of payroll come before the registers beside it.
fn has_in_people(review: &Review<'_>, (file, sheet): (FileIx, u16), one_of: OneOf) -> bool {
    let mut files = review.payroll.iter().chain(review.registers);
    files.nth(usize::from(file.0)).is_some_and(|report| report.sheet_has(sheet, one_of))
}

/// A column that some have and others lack.
#[derive(Debug)]
pub struct Gap {
    /// What it is called where it is, in quotes.
    pub headers: String,
    /// Files, or sheets of them, that have none.
    pub places: String,
}

impl Gap {
    /// `None` where all lists that matter have such a column, or none has.
    fn find<'r>(
        reports: impl Iterator<Item = &'r SourceReport> + Clone,
        one_of: OneOf,
        matters: impl Fn((FileIx, u16)) -> bool,
    ) -> Option<Self> {
        let columns = reports.clone().flat_map(|report| &report.columns);
        let headers: BTreeSet<String> =
            columns.filter(|column| one_of.contains(&column.field)).map(MappedColumn::shown).collect();
        let lacking = |(report, file): (&'r SourceReport, u16)| {
            report.without_where(one_of, |sheet| matters((FileIx(file), sheet)))
        };
        let places: Vec<String> = reports.zip(0u16..).flat_map(lacking).collect();
        let headers = headers.into_iter().collect::<Vec<_>>().join(", ");
        (!headers.is_empty() && !places.is_empty()).then(|| Self { headers, places: places.join(", ") })
    }
}
