//! System: every system, reviewed or not, by whose post and how well.

use crate::disclosure::{RunFacts, Shown, SummaryBook, SystemLine};
use crate::model::{Language, Severity, Text};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::style::Styles;
use crate::report::table::{Column, Layout, write};
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) const SHEET: Sheet<SummaryBook> = Sheet { name: Text::new("System", "Systems"), write: sheet };

fn sheet(worksheet: &mut Worksheet, part: &SummaryBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let columns = columns();
    let layout = Layout {
        name: "System",
        alt: Text::new("Alla system och hur de prövats", "Every system and how it was tested")
            .get(run.language)
            .to_owned(),
        empty: Text::new("Inga system.", "No systems."),
        frozen: 1,
        printed: None,
    };
    let rows: Vec<&SystemLine> = part.systems.iter().collect();
    write(worksheet, &columns, &rows, &layout, styles, run.language)?;
    Ok(())
}

fn columns() -> Vec<Column<SystemLine>> {
    let column = |sv, en, width, value| Column::read(Text::new(sv, en), width, value);
    let mut columns: Vec<Column<SystemLine>> = vec![
        column("System", "System", 22.0, |s: &SystemLine, _| Cell::text(&s.name)),
        column("Prövat per", "Tested as of", 16.0, tested),
        column("Systemägare (post)", "System owner (post)", 22.0, owner),
        column("Nämnd", "Committee", 20.0, |s, _| optional(&s.committee)),
        column("Informationsklass", "Information class", 19.0, |s, _| optional(&s.classification)),
        column("Senast bekräftad", "Last confirmed", 12.0, |s, _| Cell::day(s.confirmed)),
        column("Senaste riskanalys", "Latest risk analysis", 12.0, |s, _| Cell::day(s.risk_analysis)),
        column("Konton", "Accounts", 10.0, |s, _| Cell::number(s.accounts)),
        column("Innehavare funnen", "Holder found", 13.0, |s, _| outcome(s, "linked")),
        column("Osäkra", "Uncertain", 10.0, |s, _| uncertain(s)),
        column("Utan träff", "No match", 9.0, |s, _| outcome(s, "unmatched")),
        column("Med ägare", "With owner", 9.0, |s, _| outcome(s, "exempt")),
        column("Utanför", "Left out", 11.0, |s, _| outcome(s, "excluded")),
        column("Skyddade", "Protected", 12.0, |s, language| Cell::told(s.protected, language)),
        column("Träff, %", "Matched, %", 9.0, |s, _| s.match_rate.map_or(Cell::Blank, Cell::number)),
        column("Kritiska", "Critical", 10.0, |s, _| severity(s, Severity::Critical)),
        column("Höga", "High", 8.0, |s, _| severity(s, Severity::High)),
        column("Medel", "Medium", 8.0, |s, _| severity(s, Severity::Medium)),
        column("Låga", "Low", 8.0, |s, _| severity(s, Severity::Low)),
        column("Besvarade", "Answered", 12.0, |s, _| Cell::number(s.answered)),
        column("Verifierade", "Verified", 13.0, |s, _| Cell::number(s.verified)),
        column("Underskriven", "Signed", 13.0, |s, _| Cell::day(s.signed)),
    ];
    columns.push(column("Ej prövat", "Not tested", 34.0, untested));
    columns
}

fn optional(text: &Option<Shown>) -> Cell {
    Cell::text(text.clone().unwrap_or_default())
}

fn tested(system: &SystemLine, language: Language) -> Cell {
    let not = match system.reviewed_before {
        true => Text::new("ej prövat den här gången", "not tested this time"),
        false => Text::new("aldrig prövat", "never tested"),
    };
    let out = Text::new("undantaget", "left out").get(language);
    match (system.tested_day, &system.left_out) {
        (Some(day), _) => Cell::Date(day),
        (None, Some(why)) => Cell::text(format!("{out}: {why}")),
        (None, None) => Cell::text(not.get(language)),
    }
}

fn owner(system: &SystemLine, language: Language) -> Cell {
    match (&system.owner_post, system.has_owner) {
        (Some(post), _) => Cell::text(post),
        (None, true) => Cell::text(Text::new("utsedd person", "an appointed person").get(language)),
        (None, false) => Cell::text(Text::new("saknas", "none").get(language)),
    }
}

fn outcome(system: &SystemLine, code: &str) -> Cell {
    Cell::number(system.outcomes.get(code).copied().unwrap_or(0))
}

fn uncertain(system: &SystemLine) -> Cell {
    let of = |code: &str| system.outcomes.get(code).copied().unwrap_or(0);
    Cell::number(of("candidate") + of("disputed"))
}

fn severity(system: &SystemLine, severity: Severity) -> Cell {
    Cell::number(system.by_severity[severity as usize])
}

fn untested(system: &SystemLine, _: Language) -> Cell {
    let list: Vec<String> = system.untested.iter().map(|u| format!("{} ({})", u.title, u.why)).collect();
    Cell::text(list.join("; "))
}
