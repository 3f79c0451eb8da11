//! Internkontroll: rows to paste into the annual internal-control report.

use crate::disclosure::{ControlPoint, RunFacts, SummaryBook};
use crate::model::{Language, Text};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::style::Styles;
use crate::report::table::{Column, Layout, write};
use crate::review::Group;
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) const SHEET: Sheet<SummaryBook> =
    Sheet { name: Text::new("Internkontroll", "Internal control"), write: sheet };

/// A control activity with the post that answers for the control.
struct Row<'a> {
    point: &'a ControlPoint,
    control_owner: &'a str,
    as_of: String,
}

fn sheet(worksheet: &mut Worksheet, part: &SummaryBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let columns = columns();
    let layout = Layout {
        name: "Internkontroll",
        alt: Text::new("Kontrollmoment per nämnd", "Control activities by committee").get(run.language).to_owned(),
        empty: Text::new("Inga kontrollmoment.", "No control activities."),
        frozen: 1,
        printed: None,
    };
    let owner = run.control_owner.as_deref().unwrap_or("");
    let rows: Vec<Row<'_>> =
        part.points.iter().map(|point| Row { point, control_owner: owner, as_of: run.as_of.to_string() }).collect();
    let rows: Vec<&Row<'_>> = rows.iter().collect();
    write(worksheet, &columns, &rows, &layout, styles, run.language)?;
    Ok(())
}

fn columns<'a>() -> Vec<Column<Row<'a>>> {
    let column = |sv, en, width, value| Column::read(Text::new(sv, en), width, value);
    vec![
        column("Nämnd", "Committee", 18.0, |r: &Row<'a>, language| {
            let none = Text::new("Gemensamt", "Common").get(language);
            Cell::text(r.point.committee.as_deref().unwrap_or(none))
        }),
        column("Risk", "Risk", 30.0, |r, language| Cell::text(risk(r.point.group).get(language))),
        column("Kontrollmoment", "Control activity", 30.0, |r, language| {
            Cell::text(activity(r.point.group).get(language))
        }),
        column("Kontrollansvarig", "Control owner", 18.0, |r, _| Cell::text(r.control_owner)),
        column("Metod", "Method", 26.0, method),
        column("Omfattning", "Scope", 24.0, scope),
        column("Ej prövat", "Not tested", 18.0, |r, _| Cell::text(r.point.untested.join(", "))),
        column("Resultat", "Result", 22.0, result),
        column("Bedömning", "Assessment", 14.0, |_, _| Cell::Answer),
        column("Åtgärd", "Measure", 16.0, |_, _| Cell::Answer),
        column("Ansvarig", "Responsible", 14.0, |_, _| Cell::Answer),
        column("Klart senast", "Due", 12.0, |_, _| Cell::AnswerDate),
        column("Uppföljning av föregående år", "Follow-up of last year", 24.0, |_, language| {
            Cell::text(Text::new("Första körningen", "First run").get(language))
        }),
    ]
}

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
    let as_of = &row.as_of;
    Cell::text(match language {
        Language::Sv => format!("Fullständig registerkontroll med samkor per {as_of}, alla konton"),
        Language::En => format!("Full register check by samkor as of {as_of}, all accounts"),
    })
}

fn scope<'r>(row: &'r Row<'_>, language: Language) -> Cell<'r> {
    let (count, accounts, list) = (row.point.systems.len(), row.point.accounts, row.point.systems.join(", "));
    Cell::text(match language {
        Language::Sv => format!("{count} system, {accounts} konton: {list}"),
        Language::En => format!("{count} systems, {accounts} accounts: {list}"),
    })
}

fn result<'r>(row: &'r Row<'_>, language: Language) -> Cell<'r> {
    let (all, grave) = row.point.findings;
    Cell::text(match (language, all) {
        (Language::Sv, 0) => "Inga avvikelser i det som prövats".to_owned(),
        (Language::En, 0) => "No deviations in what was tested".to_owned(),
        (Language::Sv, _) => format!("{all} avvikelser, varav {grave} kritiska eller höga"),
        (Language::En, _) => format!("{all} deviations, {grave} of them critical or high"),
    })
}
