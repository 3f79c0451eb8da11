//! The made-up municipality's `samkor.toml`, commented so that it can serve as a pattern, and its list of
//! systems.

use super::accounts::SystemMade;
use super::files::{created, file_of};
use super::month::Month;
use super::payroll::BEFORE;
use super::people::{Human, head_of};
use super::system_kind::SystemKind;
use chrono::Days;
use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

/// Writes the configuration.
pub fn text(people: &[Human], month: Month) -> String {
    let [as_of, answer_by, extract] = [month.day(), month.answer_by(), month.day() - BEFORE].map(|day| day.to_string());
    let (title, output, followup) = (month.title(), month.output(), month.followup());
    let employments = 1 + people.iter().map(|human| human.jobs.len()).sum::<usize>();
    format!(
        r#"# En påhittad kommun. Personnumren är Skatteverkets testnummer, ingen av personerna finns.
# facit.jsonl säger vems varje konto är.

[review]
organisation = "Exempelkommunen"
title = "{title}"
as_of = {as_of}                  # referensdatum
answer_by = {answer_by}              # sista dag att svara
control_owner = "Administrativ chef"
output = "{output}"
{followup}
[payroll]
file = "indata/lon.csv"
exported = {extract}               # dagen då filen togs ut
exported_by = "Lönekontoret"
owner = "HR-chef"                   # får personalregister.xlsx
selection = "Alla anställningar, även avslutade från 2024-01-01"
includes_ended_since = 2024-01-01
control_total = {employments}                 # antalet enligt lönesystemet självt

[inventory]                         # system, ägare och filer står i systemförteckningen
file = "indata/systemforteckning.xlsx"

[thresholds]
max_unmatched_percent = 2           # strängare än de 10 procent som annars gäller

# Det som förteckningen inte säger om ett system:

[[system]]
id = "katalog"
directory = true                    # kontonamnen här känns igen i de andra systemen

[[system]]
id = "entra"
split_by = "department"             # delas av alla: varje förvaltning får sina konton

[[system]]
id = "treserva"
login = "katalog"                   # inloggningen går genom katalogen, vars konto visas bredvid
departments = ["Socialförvaltningen"] # vilkas anställda hör hemma i systemet
sensitive = true                    # känsliga uppgifter: allvarligheten höjs ett steg
[system.status]
active = ["A"]
closed = ["S"]

[[system]]
id = "ekonomi"
sensitive = true
privileged_roles = ["Leverantörsregister"]

[[system]]
id = "skola"
[[system.exclude]]                  # en grupp som inte granskas här
column = "Behörighet"
match = "Elev"
reason = "Elevers konton granskas av skolan"
decided_by = "IT-chef"

[[conflict]]                        # roller som ingen ska ha samtidigt
name = "Lägga upp och attestera leverantör"
a = {{ system = "ekonomi", role = "Leverantörsregister" }}
b = {{ system = "ekonomi", role = "Attestant" }}

[[exemption]]                       # ett konto som är riktigt som det är
system = "katalog"
account = "grupp_hemtjanst_norr"
owner = "Enhetschef Hemtjänsten Norr"
reason = "Larmtelefon utan personlig inloggning"
compensating = "Kontot når bara larmsystemet"
approved_by = "IT-chef"
until = 2027-06-30

[[exemption]]                       # ofullständigt: inget slutdatum
system = "katalog"
account = "svc-scanner"
owner = "IT-chef"
reason = "Skanning i kopiatorer"
approved_by = "IT-chef"

[[exemption]]                       # träffar inget konto
system = "katalog"
account = "svc_gammal"
owner = "IT-chef"
reason = "Avvecklat"
approved_by = "IT-chef"
until = 2027-06-30
"#
    )
}

/// A system of the list: id, name, owner, administrator, committee, class, risk analysis.
type Listed = (&'static str, &'static str, String, String, &'static str, &'static str, &'static str);

/// The list of systems, as a municipality keeps it by hand: with a title, and not without gaps.
pub fn list(people: &[Human], systems: &[SystemMade], month: Month) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let day = month.day() - Days::new(28);
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created(day)?));
    let sheet = workbook.add_worksheet();
    sheet.set_name("System")?;
    sheet.write_string(0, 0, "Systemförteckning Exempelkommunen")?;
    for (head, column) in HEADS.iter().zip(0u16..) {
        sheet.write_string(2, column, *head)?;
    }
    let exported = listed(people).into_iter().filter_map(|own| row(own, systems, month));
    let rows = exported.chain(without_export());
    for (row, at) in rows.zip(3u32..) {
        for (text, column) in row.iter().zip(0u16..).filter(|(text, _)| !text.is_empty()) {
            match text.parse::<u32>() {
                Ok(number) => sheet.write_number(at, column, number)?,
                Err(_) => sheet.write_string(at, column, text)?,
            };
        }
    }
    sheet.set_column_width(0, 26)?.set_column_width(2, 36)?;
    workbook.save_to_buffer()
}

const HEADS: [&str; 14] = [
    "System",
    "System-id",
    "Systemägare",
    "Systemförvaltare",
    "Nämnd",
    "Informationsklass",
    "Senaste riskanalys",
    "Fil",
    "Uttagen",
    "Uttagen av",
    "Antal konton",
    "Undantag beslutat av",
    "Skäl till undantag",
    "Senast bekräftad",
];

/// What the list says of the systems with an export. One owner is missing, and one administrator has left.
fn listed(people: &[Human]) -> [Listed; 6] {
    let mail = |unit: &str| head_of(people, unit).map(|head| head.email.clone()).unwrap_or_default();
    let number = |unit: &str| head_of(people, unit).map(|head| head.number().to_owned()).unwrap_or_default();
    let left = people.iter().find(|human| human.standing(super::reference_date()) == "ended" && !human.protected);
    let left = left.map(|human| human.number().to_owned()).unwrap_or_default();
    let (executive, social) = ("Kommunstyrelsen", "Socialnämnden");
    [
        ("katalog", "Katalogen (AD)", mail("IT"), number("IT"), executive, "K2 R3 T3", "2025-03-01"),
        ("treserva", "Treserva", mail("Biståndsenheten"), number("Barn och familj"), social, "K3 R3 T2", "2024-10-15"),
        ("ekonomi", "Raindance", mail("Ekonomi"), left, executive, "K2 R3 T2", "2025-06-10"),
        ("skola", "Skolportalen", String::new(), String::new(), "Barn- och utbildningsnämnden", "K2 R2 T2", ""),
        ("entra", "Entra (molnet)", mail("IT"), String::new(), executive, "K2 R3 T3", "2025-03-01"),
        (
            "bygg",
            "Bygglovsregistret",
            "Enhetschef Bygglov".to_owned(),
            String::new(),
            "Samhällsbyggnadsnämnden",
            "",
            "",
        ),
    ]
}

/// What the list says of a system, if the municipality has it.
fn row(own: Listed, systems: &[SystemMade], month: Month) -> Option<Vec<String>> {
    let (id, name, owner, administrator, committee, class, risk) = own;
    let system = systems.iter().find(|system| system.id == id)?;
    // The school does not say how many accounts it has, and the old system was exported long ago.
    let count = if system.kind == SystemKind::School { String::new() } else { rows_of(system).to_string() };
    let texts = [name, id, &owner, &administrator, committee, class, risk];
    let mut row: Vec<String> = texts.map(ToOwned::to_owned).to_vec();
    row.push(file_of(system));
    row.extend([system.kind.exported(month.day()).to_string(), format!("Systemförvaltare {name}"), count]);
    // The row of the old system was last looked at two years ago.
    let confirmed = if id == "bygg" { "2024-10-01" } else { "2026-09-15" };
    row.extend([String::new(), String::new(), confirmed.to_owned()]);
    Some(row)
}

/// A system that was never delivered, and one that is left out on purpose.
fn without_export() -> [Vec<String>; 2] {
    let row = |texts: [&str; 14]| texts.map(ToOwned::to_owned).to_vec();
    [
        row([
            "Stratsys",
            "stratsys",
            "Controller",
            "",
            "Kommunstyrelsen",
            "K1 R2 T1",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "2026-09-15",
        ]),
        row([
            "Lokalbokningen",
            "bokning",
            "Enhetschef Idrott",
            "",
            "Kultur- och fritidsnämnden",
            "K1 R1 T1",
            "",
            "",
            "",
            "",
            "",
            "IT-chef",
            "Avvecklas 2026-12-31",
            "",
        ]),
    ]
}

/// Rows of a system's export: the care system has one a role, the others one an account.
fn rows_of(system: &SystemMade) -> usize {
    match system.kind {
        SystemKind::Care => system.accounts.iter().map(|account| account.roles.len()).sum(),
        _ => system.accounts.len(),
    }
}
