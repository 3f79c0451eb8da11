//! Lists of accounts to be answered, in any workbook: what and why in sight beside the decision, other answers behind
//! it, other facts folded, last the hidden key.

use super::cell::Cell;
use super::choices::{self, AnswerPlace, SeverityIn};
use super::rows::LaidOut;
use super::style::Styles;
use super::table::{Column, Layout, MOST_LINES, lay_out};
use crate::answer_form::{AnswerColumn, EMPLOYED_UNTIL, LAST_DECISION, NUMBER, PROPOSAL, ROLES, SYSTEM};
use crate::disclosure::{AccountRow, PassedShown, ReasonShown, RunFacts};
use crate::model::{Language, Severity, Text};
use rust_xlsxwriter::Worksheet;

/// A row as it is listed: an account with the findings that count on this list.
pub struct Listed<'a> {
    /// The account.
    row: &'a AccountRow,
    /// Findings below are not shown here.
    line: Severity,
    /// The sheet that asks of it, where this one does not ask again.
    asked_on: Option<Text>,
}

/// Whether a list is about one system, which its workbook names, or about several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// One.
    OneSystem,
    /// Several: the system stands in a column of its own.
    Several,
}

/// Whether there was a run before, whose questions and answers stand beside the new ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    First,
    Later,
}

/// One list of a workbook.
pub struct List {
    /// The table's name in Excel.
    pub name: &'static str,
    /// Read aloud to those who cannot see it.
    pub alt: Text,
    /// Said where there are no rows.
    pub empty: Text,
    /// Findings below are not shown on it.
    pub line: Severity,
    /// About how many systems.
    pub span: Span,
    /// The sheet that asks of the rows to be answered, where this is another: those are shown here and not asked of again.
    pub asked_on: Option<Text>,
    /// What is asked of each row.
    pub asks: &'static [AnswerColumn],
}

/// Writes rows to be answered.
pub fn write_list<'p>(
    worksheet: &mut Worksheet,
    rows: &[&'p AccountRow],
    list: &List,
    styles: &Styles,
    run: &RunFacts,
) -> LaidOut<'p> {
    let turn = if run.follows.is_some() { Turn::Later } else { Turn::First };
    let columns = all(list.span, turn, list.asks);
    let place = |wanted: Text| columns.iter().position(|column| column.title == wanted).unwrap_or(columns.len());
    let at = |wanted: Text| u16::try_from(place(wanted)).unwrap_or(u16::MAX);
    let layout = Layout {
        name: list.name,
        alt: list.alt.get(run.language).to_owned(),
        empty: list.empty,
        frozen: at(NAME) + 1,
        printed: Some(at(AnswerColumn::Reason.text()) + 1),
        room: SCREEN,
    };
    let asked_on = |row: &AccountRow| list.asked_on.filter(|_| row.is_listed(run));
    let listed = rows.iter().map(|row| Listed { row, line: list.line, asked_on: asked_on(row) });
    // What is asked of elsewhere stands first, so that the places to answer in stand together.
    let (mut listed, asked): (Vec<Listed<'p>>, Vec<Listed<'p>>) = listed.partition(|own| own.asked_on.is_some());
    let (first, asks) = (u32::try_from(listed.len()).unwrap_or(u32::MAX) + 1, !asked.is_empty());
    listed.extend(asked);
    let (column, severity) = (at(list.asks[0].text()), SeverityIn::Column(at(SEVERITY)));
    let rows = lay_out(worksheet, columns, listed, &layout, styles, run.language)?;
    if asks {
        choices::add(worksheet, AnswerPlace { rows: (first, rows.last), column, asks: list.asks, severity }, run)?;
    }
    Ok(rows)
}

/// The column of account names.
pub const ACCOUNT: Text = Text::new("Konto", "Account");
const NAME: Text = Text::new("Namn", "Name");
const REASON: Text = Text::new("Orsak", "Reason");
const SEVERITY: Text = Text::new("Grad", "Severity");

/// Pixels of a sheet on a screen of 1,366 at full size, without the numbers of the rows and the bar to scroll by.
pub const SCREEN: f64 = 1316.0;

/// What an owner sees without scrolling. With a run before, what was said then stands here too, and the rest is
/// narrower.
fn in_sight<'a>(span: Span, turn: Turn) -> Vec<Column<Listed<'a>>> {
    let first = turn == Turn::First && span == Span::OneSystem;
    let width = |wide: f64, narrow: f64| if first { wide } else { narrow };
    // Beside the system there is room for its whole name where no run went before.
    let several = |wide: f64, narrow: f64| if turn == Turn::First { wide } else { narrow };
    let column = |sv, en, width, value| Column::read(Text::new(sv, en), width, value);
    let mut columns = vec![
        Column::read(NUMBER, 11.2, |l: &Listed<'a>, _| Cell::text(l.row.code())),
        Column::read(SEVERITY, 9.5, |l, _| severity(l)),
        Column::read(ACCOUNT, width(16.0, 12.0), |l, _| Cell::text(&l.row.account)),
        Column::read(NAME, width(20.0, several(19.0, 15.5)), |l, _| Cell::text(&l.row.name)),
        Column::read(REASON, width(36.0, several(32.0, 26.0)), reasons),
        Column::read(EMPLOYED_UNTIL, 11.0, |l, _| Cell::day(l.row.employment_end)),
        column("Senast inloggad", "Last sign-in", 11.0, |l: &Listed<'a>, _| last_login(l.row)),
        Column::read(PROPOSAL, width(17.0, 14.0), proposal),
    ];
    if span == Span::Several {
        columns.insert(2, Column::read(SYSTEM, several(19.5, 12.0), |l, _| Cell::text(&l.row.system)));
    }
    if turn == Turn::Later {
        columns.extend(before(span));
    }
    columns
}

/// What was asked and said before.
fn before<'a>(span: Span) -> Vec<Column<Listed<'a>>> {
    let column = |sv, en, width, value| Column::read(Text::new(sv, en), width, value);
    let (seen, decided) = if span == Span::Several { (9.9, 8.5) } else { (11.0, 12.0) };
    vec![
        column("Först rapporterad", "First reported", seen, |l: &Listed<'a>, _| first_seen(l)),
        Column::read(LAST_DECISION, decided, last_decision),
    ]
}

/// What can be unfolded.
fn folded<'a>(turn: Turn) -> Vec<Column<Listed<'a>>> {
    let column = |sv, en, width, value| Column::read(Text::new(sv, en), width, value);
    let mut columns = vec![
        column("Anställningsnummer", "Employee number", 20.5, |l: &Listed<'a>, _| Cell::text(&l.row.employee_number)),
        column("Förvaltning", "Department", 19.0, |l, _| Cell::text(&l.row.department)),
        column("Enhet", "Unit", 19.0, |l, _| Cell::text(&l.row.unit)),
        column("Närmaste chef", "Closest manager", 17.0, |l, _| Cell::text(&l.row.manager)),
        column("Dagar sedan avslut", "Days since end", 12.0, |l, _| {
            l.row.days_since_end.map_or(Cell::Blank, Cell::Number)
        }),
        column("Kontostatus", "Account state", 13.5, |l, _| Cell::text(l.row.state)),
        column("Inloggningskonto", "Sign-in account", 18.0, |l, _| Cell::text(&l.row.sign_in)),
        Column::read(ROLES, 26.0, |l, _| Cell::text(&l.row.roles)),
        column("Träffsäkerhet", "Certainty of match", 16.0, |l, _| Cell::text(&l.row.certainty)),
    ];
    if turn == Turn::First {
        columns.extend(before(Span::OneSystem));
    }
    columns.push(column("Förklaring", "Explanation", 60.0, explanation));
    columns.push(column("Källa", "Source", 34.0, |l, _| Cell::text(&l.row.sources)));
    columns.into_iter().map(Column::folded).collect()
}

/// What is in sight, the answers, what is folded, and the key.
fn all<'a>(span: Span, turn: Turn, asks: &[AnswerColumn]) -> Vec<Column<Listed<'a>>> {
    let narrow = turn == Turn::Later || span == Span::Several;
    let mut columns = in_sight(span, turn);
    columns.extend(asks.iter().map(|column| asked(*column, narrow)));
    columns.extend(folded(turn));
    columns.push(Column::key(|l, _| Cell::text(l.row.key.to_string())));
    columns
}

/// A column of a list to answer in, without a place for it where another sheet asks.
fn asked<'a>(column: AnswerColumn, narrow: bool) -> Column<Listed<'a>> {
    let value: for<'l> fn(&'l Listed<'a>, Language) -> Cell<'l> = match column.is_date() {
        true => |l, _| l.asked_on.map_or(Cell::AnswerDate, |_| Cell::Blank),
        false => |l, _| l.asked_on.map_or(Cell::Answer, |_| Cell::Blank),
    };
    Column { value, ..answer(column, narrow) }
}

/// A column to answer in; narrow where much stands before it.
pub fn answer<R>(column: AnswerColumn, narrow: bool) -> Column<R> {
    let width = match column {
        AnswerColumn::Decision => {
            if narrow {
                18.0
            } else {
                21.0
            }
        }
        AnswerColumn::Reason => {
            if narrow {
                20.0
            } else {
                26.0
            }
        }
        AnswerColumn::Role => 16.0,
        AnswerColumn::RightHolder | AnswerColumn::PassOnTo => 19.0,
        AnswerColumn::DecidedBy | AnswerColumn::DoneBy => 16.0,
        AnswerColumn::ExceptionUntil | AnswerColumn::DecidedOn | AnswerColumn::DoneOn => 12.5,
    };
    match column.is_date() {
        true => Column::answer_date(column.text(), width),
        false => Column::answer(column.text(), width),
    }
}

/// The answer columns for rows of any kind.
pub fn answers<R>() -> Vec<Column<R>> {
    AnswerColumn::ALL.into_iter().map(|column| answer(column, false)).collect()
}

fn severity<'l>(listed: &'l Listed<'_>) -> Cell<'l> {
    let severities = listed.row.reasons_from(listed.line).map(|reason| reason.severity);
    severities.max().map_or(Cell::Blank, Cell::Severity)
}

/// One reason a line in a few words, the gravest first. What does not fit is told by its number and stands among the
/// explanations.
fn reasons<'l>(listed: &'l Listed<'_>, language: Language) -> Cell<'l> {
    const MOST: usize = MOST_LINES as usize / 2;
    if let Some(sheet) = listed.asked_on {
        return Cell::text(format!("{} {}", Text::new("se", "see").get(language), sheet.get(language)));
    }
    let telling: Vec<&ReasonShown> = listed.row.telling_reasons_from(listed.line).collect();
    let mut lines: Vec<String> = telling.iter().take(MOST).map(|reason| reason.short.clone()).collect();
    if telling.len() > MOST {
        let more = telling.len() - MOST;
        lines.push(match language {
            Language::Sv => format!("och {more} till"),
            Language::En => format!("and {more} more"),
        });
    }
    Cell::text(lines.join("\n"))
}

/// Every reason in its own words, with how its severity came about where it was moved.
fn explanation<'l>(listed: &'l Listed<'_>, language: Language) -> Cell<'l> {
    let is = Text::new("Grad", "Severity").get(language);
    let line = |reason: &ReasonShown| match &reason.grading {
        Some(grading) => format!("{}. {} [{is}: {grading}]", reason.title, reason.message),
        None => format!("{}. {}", reason.title, reason.message),
    };
    let reasons = listed.row.reasons_from(listed.line).map(line);
    let passed = listed.row.passed_on.as_ref().map(|passed| passed_on(passed, language));
    Cell::text(passed.into_iter().chain(reasons).collect::<Vec<_>>().join("\n"))
}

/// Who passed the row on, and when.
fn passed_on(passed: &PassedShown, language: Language) -> String {
    let t = |sv, en| Text::new(sv, en).get(language);
    let to = format!("{} {}", t("Skickad vidare till", "Passed on to"), passed.to);
    let by = passed.by.as_ref().map(|by| format!(" {} {by}", t("av", "by"))).unwrap_or_default();
    let on = passed.on.map(|on| format!(" {on}")).unwrap_or_default();
    format!("{to}{by}{on}.")
}

fn last_login(row: &AccountRow) -> Cell<'_> {
    match row.last_login {
        Ok(day) => Cell::Date(day),
        Err(words) => Cell::text(words),
    }
}

fn proposal<'l>(listed: &'l Listed<'_>, _: Language) -> Cell<'l> {
    let first = listed.row.reasons_from(listed.line).next().filter(|_| listed.asked_on.is_none());
    first.map_or(Cell::Blank, |reason| Cell::text(reason.proposal))
}

/// The decision on the gravest of the reasons that one was made on.
fn last_decision<'l>(listed: &'l Listed<'_>, language: Language) -> Cell<'l> {
    let decision = listed.row.reasons_from(listed.line).find_map(|reason| reason.decision);
    decision.map_or(Cell::Blank, |decision| Cell::text(decision.text().get(language)))
}

fn first_seen<'l>(listed: &'l Listed<'_>) -> Cell<'l> {
    Cell::day(listed.row.reasons_from(listed.line).map(|reason| reason.first_seen).min())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::paper::of_column;

    fn heads(span: Span, turn: Turn) -> Vec<&'static str> {
        all(span, turn, &AnswerColumn::ALL).iter().map(|column| column.title.sv).collect()
    }

    /// The heads are those of the contract, in its order; what was said before comes forward from the second run on.
    #[test]
    fn heads_are_those_of_the_contract() {
        let answers = "Beslut · Motivering · Undantag t.o.m. · Gäller roll · Rätt innehavare · Skickas vidare till · \
            Beslutad av · Beslutsdatum · Utförd av · Utförd datum";
        let sight = "Nr · Grad · Konto · Namn · Orsak · Anställd t.o.m. · Senast inloggad · Förslag";
        let known = "Anställningsnummer · Förvaltning · Enhet · Närmaste chef · Dagar sedan avslut · Kontostatus · \
            Inloggningskonto · Roller · Träffsäkerhet";
        let before = "Först rapporterad · Förra beslutet";
        assert_eq!(
            heads(Span::OneSystem, Turn::First).join(" · "),
            format!("{sight} · {answers} · {known} · {before} · Förklaring · Källa · Nyckel")
        );
        assert_eq!(
            heads(Span::OneSystem, Turn::Later).join(" · "),
            format!("{sight} · {before} · {answers} · {known} · Förklaring · Källa · Nyckel")
        );
        assert_eq!(heads(Span::Several, Turn::First)[2], "System");
    }

    /// Decision and reason stand in sight beside account, name and cause on a screen of 1,366 pixels.
    #[test]
    fn the_decision_is_in_sight() {
        for span in [Span::OneSystem, Span::Several] {
            for turn in [Turn::First, Turn::Later] {
                let columns = all(span, turn, &AnswerColumn::ALL);
                let last = columns.iter().position(|column| column.title == AnswerColumn::Reason.text()).unwrap();
                let pixels: f64 = columns[..=last].iter().map(|column| of_column(column.width)).sum();
                assert!(pixels <= SCREEN, "{span:?} {turn:?}: {pixels}");
            }
        }
    }
}
