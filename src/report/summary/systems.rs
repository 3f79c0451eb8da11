//! System: every system, reviewed or not, by whose post and how well.

use crate::disclosure::{RunFacts, Shown, SummaryBook, SystemLine, Trust};
use crate::model::{Language, Severity, Text, capitalised, counted};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::rows::LaidOut;
use crate::report::style::Styles;
use crate::report::table::{Column, Layout, lay_out, page};
use rust_xlsxwriter::Worksheet;

pub(super) const SHEET: Sheet<SummaryBook> = Sheet::list(Text::new("System", "Systems"), sheet);

fn sheet<'p>(worksheet: &mut Worksheet, part: &'p SummaryBook, styles: &Styles, run: &'p RunFacts) -> LaidOut<'p> {
    let columns = columns();
    let layout = Layout {
        name: "System",
        alt: Text::new("Alla system och hur de prövats", "Every system and how it was tested")
            .get(run.language)
            .to_owned(),
        empty: Text::new("Inga system.", "No systems."),
        frozen: 1,
        printed: None,
        room: page(),
    };
    let rows: Vec<&SystemLine> = part.systems.iter().collect();
    lay_out(worksheet, columns, rows, &layout, styles, run.language)
}

fn columns() -> Vec<Column<SystemLine>> {
    let column = |sv, en, width, value| Column::read(Text::new(sv, en), width, value);
    vec![
        column("System", "System", 22.5, |s: &SystemLine, _| Cell::text(&s.name)),
        column("Status", "Status", 12.5, |s, language| Cell::text(status(s).get(language))),
        column("Prövat per", "Tested as of", 11.0, |s, _| Cell::day(s.tested_day)),
        column("Systemägare (post)", "System owner (post)", 14.0, owner),
        column("Nämnd", "Committee", 24.5, |s, _| optional(&s.committee)),
        column("Konton", "Accounts", 8.5, |s, _| s.tested_accounts().map_or(Cell::Blank, Cell::number)),
        column("Funna, %", "Found, %", 7.5, |s, _| s.match_rate.map_or(Cell::Blank, Cell::number)),
        column("Kritiska", "Critical", 8.5, |s, _| severity(s, Severity::Critical)),
        column("Höga", "High", 6.5, |s, _| severity(s, Severity::High)),
        column("Medel", "Medium", 8.5, |s, _| severity(s, Severity::Medium)),
        column("Låga", "Low", 6.5, |s, _| severity(s, Severity::Low)),
        column("Besvarade", "Answered", 10.5, |s, _| Cell::number(s.answered)),
        column("Verifierade", "Verified", 11.0, |s, _| Cell::number(s.verified)),
        column("Ej prövat", "Not tested", 10.5, untested),
        column("Tillförlitlighet", "Reliability", 30.0, reliability),
    ]
    .into_iter()
    .chain(folded())
    .collect()
}

fn folded() -> impl Iterator<Item = Column<SystemLine>> {
    let column = |sv, en, width, value| Column::read(Text::new(sv, en), width, value).folded();
    [
        column("Informationsklass", "Information class", 19.0, |s: &SystemLine, _| optional(&s.classification)),
        column("Senaste riskanalys", "Latest risk analysis", 12.0, |s, _| Cell::day(s.risk_analysis)),
        column("Senast bekräftad", "Last confirmed", 12.0, |s, _| Cell::day(s.confirmed)),
        column("Underskriven", "Signed", 12.0, |s, _| Cell::day(s.signed)),
        column("Innehavare funnen", "Holder found", 13.0, |s, _| outcome(s, "linked")),
        column("Osäkra", "Uncertain", 10.0, |s, _| uncertain(s)),
        column("Utan träff", "No match", 9.0, |s, _| outcome(s, "unmatched")),
        column("Med ägare", "With owner", 9.0, |s, _| outcome(s, "exempt")),
        column("Utanför", "Left out", 11.0, |s, _| outcome(s, "excluded")),
        column("Skyddade", "Protected", 12.0, |s, language| Cell::told(s.protected, language)),
        column("Regler som inte prövats", "Rules not tested", 60.0, rules_untested),
        column("Varför utanför", "Why left out", 40.0, |s, _| optional(&s.left_out)),
    ]
    .into_iter()
}

/// A word for how it went.
fn status(system: &SystemLine) -> Text {
    match (system.tested_day, system.reliability.trust) {
        _ if system.left_out.is_some() => Text::new("Undantaget", "Left out"),
        (None, _) if system.reviewed_before => Text::new("Ej levererat", "Not delivered"),
        (None, _) => Text::new("Aldrig granskat", "Never reviewed"),
        (Some(_), Trust::NotJudged) => Text::new("Ej bedömbart", "Not to be judged"),
        (Some(_), Trust::Limited) => Text::new("Delvis", "In part"),
        (Some(_), Trust::Good) => Text::new("Granskat", "Reviewed"),
    }
}

/// Why it cannot be relied on wholly, in the words that the first page has behind the word for it: here the status is that
/// word. Of a system that is left out the status says it all.
fn reliability(system: &SystemLine, language: Language) -> Cell<'_> {
    match system.reliability.why {
        _ if system.left_out.is_some() => Cell::Blank,
        Some(why) => Cell::text(capitalised(why)),
        None => Cell::text(system.reliability.trust.text().get(language)),
    }
}

fn optional(text: &Option<Shown>) -> Cell<'_> {
    Cell::text(text.clone().unwrap_or_default())
}

fn owner(system: &SystemLine, language: Language) -> Cell<'_> {
    match (&system.owner_post, system.has_owner) {
        (Some(post), _) => Cell::text(post),
        (None, true) => Cell::text(Text::new("utsedd person", "an appointed person").get(language)),
        (None, false) => Cell::text(Text::new("saknas", "none").get(language)),
    }
}

fn outcome(system: &SystemLine, code: &str) -> Cell<'static> {
    Cell::number(system.outcomes.get(code).copied().unwrap_or(0))
}

fn uncertain(system: &SystemLine) -> Cell<'_> {
    let of = |code: &str| system.outcomes.get(code).copied().unwrap_or(0);
    Cell::number(of("candidate") + of("disputed"))
}

fn severity(system: &SystemLine, severity: Severity) -> Cell<'_> {
    Cell::number(system.by_severity[severity as usize])
}

/// How many rules, or that nothing was.
fn untested(system: &SystemLine, language: Language) -> Cell<'_> {
    match (system.tested_day, system.untested.len()) {
        (None, _) => Cell::text(Text::new("hela systemet", "the whole system").get(language)),
        (Some(_), 0) => Cell::Blank,
        (Some(_), rules) => Cell::text(counted(rules, ["regel", "regler"], ["rule", "rules"]).get(language).to_owned()),
    }
}

fn rules_untested(system: &SystemLine, _: Language) -> Cell<'_> {
    let list: Vec<String> = system.untested.iter().map(|u| format!("{} ({})", u.title, u.why)).collect();
    Cell::text(list.join("; "))
}
