//! How every column of a sheet means its dates: settled over all its rows before any is read, or refused.
//!
//! A date that fits two days is the quietest way to be wrong: a leaver of 4 March becomes one of 3 April. So the
//! order is told by the column itself, else by a column of the same sheet that writes dates the same way, and where
//! neither tells, the file is refused with the header and two examples.

use super::columns::Mapping;
use super::evidence::{DateEvidence, Triples};
use super::format::Trouble;
use super::profile::Profile;
use crate::model::{DateRole, DateStyle, Field, Kind, Message, Order, Role, Separator, message};
use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;

/// Where and when the dates of a file are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTerms {
    /// Where moments of UTC are turned into days.
    pub zone: Tz,
    /// The day of the review, around which years of two digits lie; without it they are not understood.
    pub reference: Option<NaiveDate>,
    /// The day from which the workbook counts days.
    pub day_zero: NaiveDate,
}

/// The zone of an organisation that states none.
pub const DEFAULT_ZONE: Tz = Tz::Europe__Stockholm;

/// How the columns of a sheet mean their dates.
#[derive(Clone, Debug)]
pub struct Calendar {
    styles: Vec<DateStyle>,
    short_years: Vec<usize>,
}

/// Why a column's dates cannot be read.
enum Unclear {
    /// Some have the day first, some the month.
    BothOrders,
    /// Nothing tells.
    Undecided,
    /// A spreadsheet has turned the ones that it could.
    HalfTurned,
    /// The year first, and the day before the month.
    DayBeforeMonth,
}

impl Calendar {
    /// Settles every column that holds dates for a field. A column of answers may hold days too; its days are read
    /// where they tell themselves or the column tells, and are not understood else.
    ///
    /// # Errors
    /// A column of dates whose order nothing tells, or that holds both.
    pub fn settle(mapping: &Mapping, profile: &Profile, terms: DateTerms, role: Role) -> Result<Self, Trouble> {
        let unsettled = DateStyle::unsettled(DateRole::Other, terms.zone, terms.reference);
        let unsettled = DateStyle { day_zero: terms.day_zero, ..unsettled };
        let mut styles = vec![unsettled; mapping.headers.len()];
        let mut short_years = Vec::new();
        let used = mapping.columns.iter().flat_map(|(&field, columns)| columns.iter().map(move |&at| (field, at)));
        for (field, at) in used.filter(|(field, _)| matches!(field.kind(), Kind::Date | Kind::Flag)) {
            let (Some(style), Some(evidence)) = (styles.get_mut(at), profile.dates(at)) else { continue };
            style.role = date_role(field);
            match settle_column(style, evidence, profile, at) {
                Ok(settled) => *style = settled,
                Err(_) if field.kind() == Kind::Flag => {}
                Err(unclear) => return Err(refuse(&unclear, evidence, field, &mapping.headers[at], role)),
            }
            if field.kind() == Kind::Date && has_short_years(evidence, style) {
                short_years.push(at);
            }
        }
        Ok(Self { styles, short_years })
    }

    /// How a column means its dates.
    pub fn style(&self, column: usize) -> Option<&DateStyle> {
        self.styles.get(column)
    }

    /// Columns whose dates have years of two digits.
    pub fn short_years(&self) -> &[usize] {
        &self.short_years
    }
}

/// What the dates of a field are of.
fn date_role(field: Field) -> DateRole {
    match field {
        Field::BirthDate => DateRole::Birth,
        Field::EmploymentStart | Field::TermsFrom | Field::LeaveFrom | Field::ValidFrom => DateRole::Start,
        Field::EmploymentEnd | Field::PreliminaryEnd | Field::LeaveTo | Field::Expires | Field::ValidTo => {
            DateRole::End
        }
        Field::LastLogin | Field::LastInteractiveLogin => DateRole::SignIn,
        Field::Created | Field::Registered | Field::LastWorked | Field::Exported | Field::Confirmed => DateRole::Past,
        _ => DateRole::Other,
    }
}

fn settle_column(
    style: &DateStyle,
    evidence: &DateEvidence,
    profile: &Profile,
    column: usize,
) -> Result<DateStyle, Unclear> {
    if evidence.day_before_month > 0 && evidence.told_late == 0 {
        return Err(Unclear::DayBeforeMonth);
    }
    let mut settled = *style;
    for (separator, triples) in SEPARATORS.into_iter().zip(&evidence.triples) {
        if triples.seen > 0 {
            let beside = || order_beside(separator, profile, column);
            settled.orders[separator as usize] = order(separator, triples, style, beside)?;
        }
    }
    check_one_order(&settled, evidence)?;
    if is_half_turned(evidence) {
        return Err(Unclear::HalfTurned);
    }
    settled.epoch =
        style.role != DateRole::Birth && evidence.epochs > 0 && evidence.odd_epochs == 0 && evidence.dates == 0;
    Ok(settled)
}

/// Every separator, in the order of the counts.
const SEPARATORS: [Separator; Separator::COUNT] =
    [Separator::Slash, Separator::Dash, Separator::Dot, Separator::Blank, Separator::Nothing, Separator::Month];

/// The order of dates with one separator.
fn order(
    separator: Separator,
    triples: &Triples,
    style: &DateStyle,
    beside: impl FnOnce() -> Option<Order>,
) -> Result<Option<Order>, Unclear> {
    let mut candidates = triples.candidates();
    match separator {
        // Six digits are a date only where every one can be year, month and day.
        Separator::Nothing => return Ok(candidates.first().copied().filter(|order| *order == Order::YearMonthDay)),
        // A month by name has the day before it, unless no day can stand there.
        Separator::Month if candidates.contains(&Order::DayMonthYear) => return Ok(Some(Order::DayMonthYear)),
        _ => candidates.retain(|order| is_credible(*order, triples, style)),
    }
    match candidates.as_slice() {
        [] => Err(Unclear::BothOrders),
        [only] => Ok(Some(*only)),
        [first, ..] if triples.differ == 0 => Ok(Some(*first)),
        several if triples.american > 0 && several.contains(&Order::MonthDayYear) => Ok(Some(Order::MonthDayYear)),
        several => beside().filter(|order| several.contains(order)).map(Some).ok_or(Unclear::Undecided),
    }
}

/// What was done cannot lie ahead: where one reading of years of two digits puts it there, it is the other.
fn is_credible(order: Order, triples: &Triples, style: &DateStyle) -> bool {
    let (DateRole::SignIn | DateRole::Past, Some(today)) = (style.role, style.reference) else { return true };
    let latest = u32::try_from(today.year().rem_euclid(100) + 1).unwrap_or(99);
    let year = if order == Order::YearMonthDay { triples.top[0] } else { triples.top[1] };
    triples.short < triples.seen || year <= latest || year >= 70
}

/// The order that the other columns of the sheet tell for the same separator, where all that tell agree.
fn order_beside(separator: Separator, profile: &Profile, column: usize) -> Option<Order> {
    let mut told = None;
    for other in profile.dates_beside(column) {
        let triples = &other.triples[separator as usize];
        let own = match triples.candidates().as_slice() {
            [only] => Some(*only),
            [] if triples.seen > 0 => return None,
            several if triples.american > 0 && several.contains(&Order::MonthDayYear) => Some(Order::MonthDayYear),
            _ => None,
        };
        match (told, own) {
            (Some(first), Some(second)) if first != second => return None,
            (None, Some(_)) => told = own,
            _ => {}
        }
    }
    told
}

/// One column does not write the day first behind slashes and the month first behind dashes.
fn check_one_order(style: &DateStyle, evidence: &DateEvidence) -> Result<(), Unclear> {
    let told = SEPARATORS.into_iter().zip(&evidence.triples).filter(|(_, triples)| triples.fits[1] != triples.fits[2]);
    let orders = told.filter_map(|(separator, _)| style.orders[separator as usize]);
    let mut orders = orders.filter(|order| *order != Order::YearMonthDay);
    let first = orders.next();
    if orders.any(|order| Some(order) != first) { Err(Unclear::BothOrders) } else { Ok(()) }
}

/// Whether a spreadsheet has read half of the column as dates and left as text what could not be: real dates with
/// no day above 12 beside texts whose order shows. Dates with the year first are as good as real ones, since the
/// sheet may have been saved as text; but a text left that fits both ways shows that nothing was turned.
fn is_half_turned(evidence: &DateEvidence) -> bool {
    let numeric = |separator: &Separator| !matches!(separator, Separator::Nothing | Separator::Month);
    let parted = || SEPARATORS.iter().zip(&evidence.triples).filter(|(s, t)| numeric(s) && t.seen > 0).map(|(_, t)| t);
    let shows = parted().any(|triples| triples.fits[1] != triples.fits[2]);
    let typed = evidence.typed > 0 && evidence.typed_late == 0;
    let told = evidence.told > 0 && evidence.told_late == 0 && parted().all(Triples::all_tell);
    shows && (typed || told)
}

fn has_short_years(evidence: &DateEvidence, style: &DateStyle) -> bool {
    let read = SEPARATORS.into_iter().zip(&evidence.triples).filter(|(s, _)| style.orders[*s as usize].is_some());
    evidence.short_told > 0 || read.map(|(_, triples)| triples.short).sum::<u32>() > 0
}

fn refuse(unclear: &Unclear, evidence: &DateEvidence, field: Field, header: &str, role: Role) -> Trouble {
    let (field, table) = (field.key(), role.columns_table());
    Trouble {
        says: what_is_unclear(unclear, evidence, field, header),
        way_out: message!(
            "Exportera på nytt med datum som 2026-04-03 och öppna inte filen i ett kalkylprogram på vägen. Behövs \
             inte kolumnen, ange {field} = \"\" under {table}.",
            "Export again with dates such as 2026-04-03, and do not open the file in a spreadsheet on the way. If \
             the column is not needed, state {field} = \"\" under {table}."
        ),
    }
}

fn what_is_unclear(unclear: &Unclear, evidence: &DateEvidence, field: &str, header: &str) -> Message {
    let shown = |example: &Option<Box<str>>| example.as_deref().unwrap_or("…").to_owned();
    let examples = &evidence.examples;
    let (day, month, told) = (shown(&examples.day_first), shown(&examples.month_first), shown(&examples.told));
    match unclear {
        Unclear::BothOrders => message!(
            "datumen i \"{header}\" ({field}) är skrivna på två olika sätt, med dagen först (\"{day}\") och med månaden \
             först (\"{month}\")",
            "the dates in \"{header}\" ({field}) are written in two orders, with the day first (\"{day}\") and with the \
             month first (\"{month}\")"
        ),
        Unclear::Undecided => {
            let list: Vec<String> = examples.either.iter().flatten().map(|text| format!("\"{text}\"")).collect();
            let (sv, en) = (list.join(" och "), list.join(" and "));
            message!(
                "datumen i \"{header}\" ({field}) kan läsas på två sätt, som {sv}",
                "the dates in \"{header}\" ({field}) can be read in two ways, such as {en}"
            )
        }
        Unclear::HalfTurned => {
            let text = if examples.day_first.is_some() { day } else { month };
            message!(
                "i \"{header}\" ({field}) har ett kalkylprogram gjort om en del av datumen, troligen med dag och månad \
                 omkastade: \"{told}\" bland text som \"{text}\"",
                "in \"{header}\" ({field}) a spreadsheet has turned some of the dates into real ones, probably with day \
                 and month changed about: \"{told}\" among text such as \"{text}\""
            )
        }
        Unclear::DayBeforeMonth => {
            let odd = shown(&examples.either[0]);
            message!(
                "datumen i \"{header}\" ({field}) har året först men dagen före månaden, som \"{odd}\"",
                "the dates in \"{header}\" ({field}) have the year first but the day before the month, such as \"{odd}\""
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::format::Row;
    use crate::ingest::value::Value;
    use crate::model::{DAY_ZERO, Reading};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn typed(y: i32, m: u32, d: u32) -> Value<'static> {
        Value::Moment(day(y, m, d).and_hms_opt(0, 0, 0).unwrap())
    }

    fn texts(list: &[&str]) -> Vec<Value<'static>> {
        list.iter().map(|text| Value::Text((*text).to_owned().into())).collect()
    }

    /// Settles columns of ends, starts and sign-ins that stand side by side.
    fn settle(columns: &[Vec<Value<'static>>]) -> Result<Calendar, Trouble> {
        let fields = [Field::EmploymentEnd, Field::EmploymentStart, Field::LastLogin];
        let mut profile = Profile::default();
        for row in 0..columns.iter().map(Vec::len).max().unwrap_or(0) {
            let cells: Vec<Value<'_>> =
                columns.iter().map(|column| column.get(row).cloned().unwrap_or(Value::Empty)).collect();
            profile.see(&Row { number: 2, cells: &cells, width: None });
        }
        let columns: BTreeMap<Field, Vec<usize>> =
            fields.into_iter().zip((0..columns.len()).map(|at| vec![at])).collect();
        let headers = fields.iter().map(|field| field.key().to_owned()).collect();
        let mapping = Mapping { columns, headers, ..Mapping::default() };
        let terms = DateTerms { zone: DEFAULT_ZONE, reference: Some(day(2026, 11, 30)), day_zero: DAY_ZERO };
        Calendar::settle(&mapping, &profile, terms, Role::Payroll)
    }

    fn read(calendar: &Calendar, column: usize, text: &str) -> Reading<NaiveDate> {
        Value::Text(text.into()).day(calendar.style(column).unwrap())
    }

    /// Columns that settle themselves, with how their value that fits both ways is read.
    #[test]
    fn a_column_settles_its_own_order() {
        let settled = [
            (vec!["3/4/2026", "25/3/2026"], "3/4/2026", day(2026, 4, 3)),
            (vec!["3/4/2026", "3/25/2026"], "3/4/2026", day(2026, 3, 4)),
            (vec!["03-04-2026", "03-25-2026", "-", ""], "03-04-2026", day(2026, 3, 4)),
            (vec!["3.4.2026", "31.12.9999"], "3.4.2026", day(2026, 4, 3)),
            (vec!["3/4/2026 8:15:00 AM"], "3/4/2026 8:15:00 AM", day(2026, 3, 4)),
            (vec!["260403", "991231"], "260403", day(2026, 4, 3)),
            (vec!["26-04-03", "85-06-01"], "26-04-03", day(2026, 4, 3)),
            (vec!["05-OCT-26", "31-DEC-99"], "05-OCT-26", day(2026, 10, 5)),
            (vec!["1775174400", "0", ""], "1775174400", day(2026, 4, 3)),
            (vec!["2026-04-03", "25/3/2026", "2026-04-30"], "2026-04-03", day(2026, 4, 3)),
            (vec!["5/5/2026"], "5/5/2026", day(2026, 5, 5)),
        ];
        for (column, text, meant) in settled {
            let calendar = settle(&[texts(&column)]).unwrap();
            assert_eq!(read(&calendar, 0, text), Reading::Known(meant), "{column:?}");
        }
    }

    /// What nothing decides, or what decides both ways, is refused with its header.
    #[test]
    fn what_cannot_be_told_is_refused() {
        let refused = [
            vec!["3/4/2026"],
            vec!["03-04-2026", "05-06-2026"],
            vec!["25/3/2026", "3/25/2026"],
            vec!["25/3/2026", "03-25-2026"],
            vec!["26-04-03", "26-05-06"],
            vec!["2026-31-01", "2026-05-04"],
            vec!["2026-04-03", "2026-05-01", "13/05/2026"],
        ];
        for column in refused {
            let trouble = settle(&[texts(&column)]).unwrap_err();
            assert!(trouble.says.sv.contains("\"employment_end\""), "{column:?}");
        }
        let trouble = settle(&[texts(&["03-04-2026", "05-06-2026"])]).unwrap_err();
        assert!(trouble.says.sv.contains("\"03-04-2026\" och \"05-06-2026\""), "{}", trouble.says.sv);
    }

    /// A spreadsheet that has turned half of a column is told by real dates without a day above 12.
    #[test]
    fn a_half_turned_column_is_refused() {
        let mut column = vec![typed(2026, 5, 3), typed(2026, 12, 1), typed(9999, 12, 31)];
        column.extend(texts(&["13/05/2026", "30/06/2026"]));
        let trouble = settle(&[column]).unwrap_err();
        assert!(trouble.says.sv.contains("kalkylprogram"), "{}", trouble.says.sv);
        let mut whole = vec![typed(2026, 5, 3), typed(2026, 5, 31)];
        whole.extend(texts(&["13/05/2026"]));
        assert!(settle(&[whole]).is_ok());
    }

    /// Another column of the sheet decides only if it is decided itself and writes dates the same way.
    #[test]
    fn a_neighbour_decides_for_the_same_separator() {
        let dashed = settle(&[texts(&["06-12-2026"]), texts(&["01-31-2015"])]).unwrap();
        assert_eq!(read(&dashed, 0, "06-12-2026"), Reading::Known(day(2026, 6, 12)));
        assert!(settle(&[texts(&["06-12-2026"]), texts(&["1/31/2015"])]).is_err());
        assert!(settle(&[texts(&["06-12-2026"]), texts(&["01-31-2015"]), texts(&["31-01-2015"])]).is_err());
        assert!(settle(&[texts(&["06-12-2026"]), texts(&["01-02-2015"])]).is_err());
    }

    /// What was done lies behind us: that tells the year of two digits from the day.
    #[test]
    fn a_sign_in_cannot_lie_ahead() {
        let blank = Vec::new();
        let calendar = settle(&[blank.clone(), blank, texts(&["26-11-05", "26-10-30"])]).unwrap();
        assert_eq!(read(&calendar, 2, "26-11-05"), Reading::Known(day(2026, 11, 5)));
        assert_eq!(calendar.short_years(), [2]);
    }

    /// Numbers that are no counts of seconds settle nothing.
    #[test]
    fn odd_numbers_are_no_moments() {
        let calendar = settle(&[texts(&["1775174400", "8501012384"])]).unwrap();
        assert_eq!(read(&calendar, 0, "1775174400"), Reading::NotUnderstood);
    }

    proptest! {
        /// A column of any one form is read back day by day, or refused: never read otherwise.
        #[test]
        fn a_column_is_read_back_or_refused(
            days in proptest::collection::vec(0i64..14_000, 1..12),
            form in 0usize..8,
        ) {
            let forms = ["%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%y", "%y-%m-%d", "%-m/%-d/%y", "%Y-%m-%d"];
            let days = days.iter().map(|days| day(1988, 1, 1) + chrono::Duration::days(*days));
            // Of two digits these look like 2099 and 1900.
            let odd = [day(1999, 12, 31), day(2000, 1, 1), day(2001, 1, 1)];
            let days: Vec<NaiveDate> = days.filter(|day| !odd.contains(day)).collect();
            let written: Vec<String> = days.iter().map(|day| day.format(forms[form]).to_string()).collect();
            let column = written.iter().map(|text| Value::Text(text.clone().into())).collect();
            if let Ok(calendar) = settle(&[column]) {
                for (day, text) in days.iter().zip(&written) {
                    prop_assert_eq!(read(&calendar, 0, text), Reading::Known(*day), "{}", text);
                }
            }
        }
    }
}
