//! Internkontroll: a section a committee, to paste into the annual report on internal control.

use super::below::Fitted;
use super::judged::Judgement;
use crate::disclosure::{ControlPoint, RunFacts, SummaryBook};
use crate::model::{Language, Text, counted};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::letters::{lines, room};
use crate::report::page::{Form, Page};
use crate::report::paper::{Paper, Print};
use crate::report::style::Styles;
use crate::report::table::MOST_LINES;
use crate::review::Group;
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) const SHEET: Sheet<SummaryBook> = Sheet::page(Text::new("Internkontroll", "Internal control"), sheet);

/// A control activity, with what could be judged of it.
struct Row<'a> {
    point: &'a ControlPoint,
    judgement: Judgement,
    scope: Fitted,
    untested: Fitted,
    run: &'a RunFacts,
}

impl<'a> Row<'a> {
    fn new(point: &'a ControlPoint, part: &SummaryBook, run: &'a RunFacts) -> Self {
        let judgement = Judgement::new(point, part, run);
        let untested = judgement.untested_parts(run.language);
        Self {
            scope: scope(&judgement, run.language),
            untested: Fitted::new("", untested, "; ", WIDTHS[UNTESTED], run.language),
            point,
            judgement,
            run,
        }
    }

    /// What has no room in its cells, below the table.
    fn below(&self) -> Vec<String> {
        let language = self.run.language;
        let activity = activity(self.point.group).get(language);
        let told = |column: usize, words: &str| format!("{activity}. {}: {words}.", COLUMNS[column].0.get(language));
        let scope = Some(&self.scope.below).filter(|names| !names.is_empty()).map(|names| names.join(", "));
        let scope = scope.map(|names| told(SCOPE, &names));
        scope.into_iter().chain(self.untested.below.iter().map(|why| told(UNTESTED, why))).collect()
    }
}

fn sheet(worksheet: &mut Worksheet, part: &SummaryBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let mut page = Page::new(worksheet, styles, run.language, FORM)?;
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.title(SHEET.name.get(run.language), part.about.as_deref().unwrap_or(&run.organisation))?;
    page.paragraph(t(
        "Ett avsnitt för varje nämnd, att föra in i nämndens uppföljning av den interna kontrollen. Det gula fyller nämnden i.",
        "A section for each committee, for its report on internal control. What is yellow is for the committee to fill in.",
    ))?;
    if part.points.is_empty() {
        return page.paragraph(t("Inga kontrollmoment.", "No control activities."));
    }
    // No committee's section is torn between two pages.
    let (room, mut begun, mut breaks) = (page.points_of_a_page(), 0.0, Vec::new());
    for own in part.points.chunk_by(|one, next| one.committee == next.committee) {
        let (row, points) = (page.row(), page.points());
        section(&mut page, own, part, run)?;
        if page.points() - begun > room && row > 0 {
            breaks.push(row);
            begun = points;
        }
    }
    worksheet.set_page_breaks(&breaks)?;
    Ok(())
}

/// One committee: who answers for the control once, then the activities.
fn section(page: &mut Page<'_>, points: &[ControlPoint], part: &SummaryBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(points[0].committee.as_deref().unwrap_or(t("Gemensamt", "Common")))?;
    page.fact(t("Kontrollansvarig", "Control owner"), &Cell::text(run.control_owner.as_deref().unwrap_or("")))?;
    page.table_head(&COLUMNS.map(|(head, _)| head.get(run.language)), ..0)?;
    let rows: Vec<Row<'_>> = points.iter().map(|point| Row::new(point, part, run)).collect();
    for row in &rows {
        page.table_row(&COLUMNS.map(|(_, value)| value(row, run.language)))?;
    }
    rows.iter().flat_map(Row::below).try_for_each(|words| page.paragraph(&words))
}

const FORM: Form = Form { widths: WIDTHS, paper: Paper::Lying, print: Print::Ordinary };

const WIDTHS: &[f64] = &[22.0, 21.5, 20.0, 21.0, 27.0, 25.0, 12.5, 10.5, 12.2, 11.0, 13.7];

/// A column of a section: its head and its cell of an activity.
type Column = (Text, for<'r> fn(&'r Row<'_>, Language) -> Cell<'r>);

/// The places of the columns whose cells may have no room for all.
const SCOPE: usize = 3;
const UNTESTED: usize = 4;
const RESULT: usize = 5;

const COLUMNS: [Column; 11] = [
    (Text::new("Risk", "Risk"), |r, language| Cell::text(risk(r.point.group).get(language))),
    (Text::new("Kontrollmoment", "Control activity"), |r, language| Cell::text(activity(r.point.group).get(language))),
    (Text::new("Metod", "Method"), method),
    (Text::new("Omfattning", "Scope"), |r, _| Cell::text(&r.scope.cell)),
    (Text::new("Ej prövat", "Not tested"), |r, _| Cell::text(&r.untested.cell)),
    (Text::new("Resultat", "Result"), result),
    (Text::new("Bedömning", "Assessment"), |_, _| Cell::Answer),
    (Text::new("Åtgärd", "Measure"), |_, _| Cell::Answer),
    (Text::new("Ansvarig", "Responsible"), |_, _| Cell::Answer),
    (Text::new("Klart senast", "Due"), |_, _| Cell::AnswerDate),
    (Text::new("Uppföljning av föregående år", "Follow-up of last year"), follow_up),
];

fn risk(group: Group) -> Text {
    match group {
        Group::Account => Text::new(
            "Konton finns kvar när anställningen har upphört, eller går inte att knyta till någon anställd",
            "Accounts remain when the employment has ended, or cannot be tied to anyone employed",
        ),
        Group::Owner => Text::new(
            "Ingen ansvarar för system, tjänstekonton och gruppkonton",
            "Nobody answers for systems, service accounts and shared accounts",
        ),
        Group::Activity => Text::new(
            "Konton som inte används finns kvar och kan tas över obemärkt",
            "Accounts that are not used remain and can be taken over unnoticed",
        ),
        Group::Privilege => Text::new(
            "Behörigheter är högre än arbetet kräver, eller finns kvar efter byte av arbete",
            "Access is higher than the job requires, or remains after a change of job",
        ),
        Group::Payroll | Group::Control => {
            Text::new("Granskningen bygger på ofullständiga uppgifter", "The review rests on incomplete data")
        }
    }
}

fn activity(group: Group) -> Text {
    match group {
        Group::Account => Text::new(
            "Samkörning av systemens konton mot personalregistret",
            "Matching of the systems' accounts with payroll",
        ),
        Group::Owner => Text::new(
            "Prövning av att varje system och varje opersonligt konto har en ägare i tjänst",
            "Test that every system and every non-personal account has an owner in service",
        ),
        Group::Activity => {
            Text::new("Prövning av senaste inloggning mot gränsvärde", "Test of the last sign-in against a threshold")
        }
        Group::Privilege => Text::new(
            "Prövning av höga behörigheter och av anställning utanför systemets förvaltningar",
            "Test of high privileges and of employment outside the system's departments",
        ),
        Group::Payroll | Group::Control => {
            Text::new("Kontroll av underlagens fullständighet", "Check of the completeness of the inputs")
        }
    }
}

fn method<'r>(row: &'r Row<'_>, language: Language) -> Cell<'r> {
    let as_of = row.run.as_of;
    Cell::text(match (language, row.judgement.is_of_nothing()) {
        (Language::Sv, false) => format!("Fullständig registerkontroll per {as_of} med samkor, alla konton"),
        (Language::En, false) => format!("Full register check by samkor as of {as_of}, all accounts"),
        (Language::Sv, true) => format!("Kunde inte göras per {as_of}; skälet står under Ej prövat"),
        (Language::En, true) => format!("Could not be made as of {as_of}; why stands under Not tested"),
    })
}

/// Systems in which the activity was carried out, of all, with their accounts under review.
fn scope(judgement: &Judgement, language: Language) -> Fitted {
    let Judgement { judged, accounts, systems, .. } = judgement;
    let count = judged.len();
    let accounts = counted(*accounts, ["konto", "konton"], ["account", "accounts"]);
    let begins = match (language, systems) {
        (Language::Sv, 0) => "Personalregistret".to_owned(),
        (Language::En, 0) => "Payroll".to_owned(),
        (Language::Sv, _) => format!("{count} av {systems} system, {}", accounts.sv),
        (Language::En, 1) => format!("{count} of 1 system, {}", accounts.en),
        (Language::En, _) => format!("{count} of {systems} systems, {}", accounts.en),
    };
    let colon = if judged.is_empty() { "" } else { ": " };
    Fitted::new(&format!("{begins}{colon}"), judged.clone(), ", ", WIDTHS[SCOPE], language)
}

/// What came of it. An activity that could not be carried out says so first, whatever else was found on the way.
fn result<'r>(row: &'r Row<'_>, language: Language) -> Cell<'r> {
    let judgement = &row.judgement;
    let found = found(row.point.findings, language);
    let t = |sv, en| Text::new(sv, en).get(language).to_owned();
    Cell::text(match (found, judgement.is_of_nothing(), judgement.untested.is_empty()) {
        (found, true, _) => unjudged(judgement, found, language),
        (None, false, false) => {
            t("Inga avvikelser i det som prövats; allt är inte prövat", "No deviations in what was tested; not all was")
        }
        (None, false, true) => t("Inga avvikelser i det som prövats", "No deviations in what was tested"),
        (Some(found), false, _) => found,
    })
}

/// That nothing could be judged, with the reasons where the cell has room for them, and what was found all the same.
fn unjudged(judgement: &Judgement, found: Option<String>, language: Language) -> String {
    let t = |sv, en| Text::new(sv, en).get(language);
    let word = t("Ej bedömbart", "Not to be judged");
    let found = found.map_or_else(String::new, |found| {
        format!(". {}: {found}", t("Det som ändå kunde prövas", "What could be tested all the same"))
    });
    let whole = format!("{word}: {}{found}", judgement.reasons(language));
    if lines(&whole, room(WIDTHS[RESULT], true)) <= MOST_LINES {
        return whole;
    }
    format!("{word}; {}{found}", t("skälet står under Ej prövat", "why stands under Not tested"))
}

/// "8 avvikelser, varav 2 med graden hög eller kritisk".
fn found((all, grave): (u64, u64), language: Language) -> Option<String> {
    let counted = counted(all, ["avvikelse", "avvikelser"], ["deviation", "deviations"]);
    let of = language.grouped(grave);
    let graver = match (language, all, grave) {
        (_, 0, _) => return None,
        (Language::Sv, _, 0) => "ingen med graden hög eller kritisk".to_owned(),
        (Language::En, _, 0) => "none high or critical".to_owned(),
        (Language::Sv, 1, _) => "med graden hög eller kritisk".to_owned(),
        (Language::En, 1, _) => "high or critical".to_owned(),
        (Language::Sv, _, _) if all == grave => "alla med graden hög eller kritisk".to_owned(),
        (Language::En, _, _) if all == grave => "all high or critical".to_owned(),
        (Language::Sv, ..) => format!("varav {of} med graden hög eller kritisk"),
        (Language::En, ..) => format!("{of} of them high or critical"),
    };
    Some(format!("{}, {graver}", counted.get(language)))
}

fn follow_up<'r>(row: &'r Row<'_>, language: Language) -> Cell<'r> {
    Cell::text(match (language, &row.run.follows) {
        (Language::Sv, None) => "Första körningen".to_owned(),
        (Language::En, None) => "First run".to_owned(),
        (Language::Sv, Some(run)) => format!("{run}, se första bladet"),
        (Language::En, Some(run)) => format!("{run}, see the first sheet"),
    })
}
