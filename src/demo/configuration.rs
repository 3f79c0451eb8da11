//! The made-up municipality's `samkor.toml`, commented so that it can serve as a pattern.

use super::accounts::{Kind, SystemMade};
use super::people::{Human, head_of};

/// Writes the configuration.
pub fn text(people: &[Human], systems: &[SystemMade]) -> String {
    let rows = |kind| systems.iter().filter(|system| system.kind == kind).map(rows_of).sum::<usize>();
    let (directory, care, finance) = (rows(Kind::Directory), rows(Kind::Care), rows(Kind::Finance));
    let employments: usize = people.iter().map(|human| human.jobs.len()).sum();
    let mail = |unit: &str| head_of(people, unit).map(|head| head.email.clone()).unwrap_or_default();
    let number = |unit: &str| head_of(people, unit).map(|head| head.number().to_owned()).unwrap_or_default();
    let left = people.iter().find(|human| human.standing(super::reference_date()) == "ended" && !human.protected);
    let left = left.map(|human| human.number().to_owned()).unwrap_or_default();
    let (it_mail, it_number) = (mail("IT"), number("IT"));
    let (care_mail, care_number) = (mail("Biståndsenheten"), number("Barn och familj"));
    let finance_mail = mail("Ekonomi");
    format!(
        r#"# En påhittad kommun. Personnumren är Skatteverkets testnummer, ingen av personerna finns.
# facit.jsonl säger vems varje konto är.

[review]
organisation = "Exempelkommunen"
title = "Årlig behörighetsgenomgång 2026"
as_of = 2026-11-30                  # referensdatum
answer_by = 2026-12-19              # sista dag att svara
control_owner = "Administrativ chef"
output = "resultat"

[payroll]
file = "indata/lon.csv"
exported = 2026-11-28               # dagen då filen togs ut
exported_by = "Lönekontoret"
selection = "Alla anställningar, även avslutade från 2024-01-01"
includes_ended_since = 2024-01-01
control_total = {employments}                 # antalet enligt lönesystemet självt

[[system]]
id = "katalog"
name = "Katalogen (AD)"
file = "indata/katalog.csv"
exported = 2026-11-28
exported_by = "IT-enheten"
selection = "Get-ADUser, alla konton"
control_total = {directory}
owner = "{it_mail}"
administrator = "{it_number}"
committee = "Kommunstyrelsen"
classification = {{ confidentiality = 2, integrity = 3, availability = 3 }}
risk_analysis = 2025-03-01

[[system]]
id = "treserva"
name = "Treserva"
file = "indata/treserva.csv"
exported = 2026-11-27
exported_by = "Systemförvaltare Treserva"
selection = "Alla användare, även avslutade"
control_total = {care}
owner = "{care_mail}"
administrator = "{care_number}"
committee = "Socialnämnden"
sensitive = true                    # känsliga uppgifter: allvarligheten höjs ett steg
classification = {{ confidentiality = 3, integrity = 3, availability = 2 }}
risk_analysis = 2024-10-15
[system.status]
active = ["A"]
closed = ["S"]

[[system]]
id = "ekonomi"
name = "Raindance"
file = "indata/ekonomi.xlsx"
exported = 2026-11-27
exported_by = "Systemförvaltare Raindance"
control_total = {finance}
owner = "{finance_mail}"
administrator = "{left}"            # har slutat: en avvikelse
committee = "Kommunstyrelsen"
sensitive = true
privileged_roles = ["Leverantörsregister"]

[[system]]
id = "skola"                        # utan systemägare: en avvikelse
name = "Skolportalen"
file = "indata/skola.csv"
exported = 2026-11-27
committee = "Barn- och utbildningsnämnden"
"#
    )
}

/// Rows of a system's export: the care system has one a role, the others one an account.
fn rows_of(system: &SystemMade) -> usize {
    match system.kind {
        Kind::Care => system.accounts.iter().map(|account| account.roles.len()).sum(),
        Kind::Directory | Kind::Finance | Kind::School => system.accounts.len(),
    }
}
