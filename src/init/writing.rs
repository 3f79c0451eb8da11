//! The configuration as text: what is certain as keys, what is not as comments, in Swedish.

use super::SCHEMA;
use super::commented::Text;
use super::day::Day;
use super::plan::{Employer, FilePlan, Inventory, People, Plan, Register, SystemPlan};
use super::product::{Product, ProductKind};
use crate::config::{list, quoted};
use crate::model::{counted, rows as told_rows};
use chrono::NaiveDate;

/// The whole configuration.
pub fn configuration(plan: &Plan, today: NaiveDate) -> String {
    let mut text = Text::default();
    // Taplo, and so Even Better TOML in VS Code, looks for it at the head of the file, with no blank behind the #.
    text.line(&format!("#:schema ./{SCHEMA}"));
    text.note(&format!(
        "Skriven av samkor init {today} efter filerna i mappen.\nDet som står utan # gäller. Rader med # är förslag och \
         frågor: rätta dem och ta bort # där de stämmer.\nSökvägar räknas från den här filens mapp. Se hur filerna läses: \
         samkor check"
    ));
    review(&mut text);
    payroll(&mut text, plan);
    for register in &plan.registers {
        register_of(&mut text, register);
    }
    if let Some(list) = &plan.inventory {
        inventory(&mut text, list);
    }
    if let Some(shown) = &plan.service_accounts {
        text.line("\n[service_accounts]");
        text.key("file", &quoted(shown), "vem som svarar för konton som inte är någons egna");
    }
    for system in &plan.systems {
        system_of(&mut text, system, plan);
    }
    if plan.systems.is_empty() {
        no_system(&mut text);
    }
    protected(&mut text);
    left(&mut text, plan);
    text.into_string()
}

fn no_system(text: &mut Text) {
    text.line("");
    text.note(
        "Inga konton hittades, och utan dem finns inget att granska. Ange systemens exporter, en [[system]] för varje:",
    );
    text.commented(|text| {
        text.line("[[system]]");
        text.key("id", "\"treserva\"", "kort namn, a–z");
        text.key("file", "\"treserva.csv\"", "listan över konton");
    });
}

fn inventory(text: &mut Text, list: &Inventory) {
    text.line("\n[inventory]");
    if list.is_new {
        text.note(
            "Skriven av samkor init, att fylla i: namn, ägare, nämnd, klass, fil och dagen för uttaget. Det som står under \
             [[system]] nedan går före förteckningen.",
        );
    }
    let what = format!("systemförteckningen, {} system: ägare, nämnd, klass", list.rows.len());
    text.key("file", &quoted(&list.shown), &what);
}

fn review(text: &mut Text) {
    text.line("\n[review]");
    text.suggest("organisation", "\"Exempelkommunen\"", "står överst i arbetsböckerna");
    text.suggest("as_of", "2026-11-30", "referensdatum; annars gäller dagen för körningen");
    text.suggest("answer_by", "2026-12-19", "sista dag att svara; annars tre veckor efter referensdatum");
    text.suggest("control_owner", "\"Säkerhetschef\"", "dit svaren lämnas");
}

fn payroll(text: &mut Text, plan: &Plan) {
    text.line("\n[payroll]");
    match plan.payroll.as_slice() {
        // A table of its own for each file, where there may be more of them.
        [_] if !plan.employers.is_empty() => {}
        [] => {
            text.note("Inget personalregister hittades, och utan det kan inget köras. Ange filen:");
            text.suggest("file", "\"lon.csv\"", "");
        }
        [one] => one_file(text, &one.file, "personalregister"),
        several => {
            let days: Vec<_> = several.iter().map(|own| own.file.day.certain()).collect();
            text.key(
                "files",
                &list(several.iter().map(|own| own.file.shown.clone())),
                "samma kolumner, olika personer",
            );
            match days.iter().flatten().min() {
                Some(day) if days.iter().all(|other| *other == Some(*day)) => {
                    text.key("exported", &day.to_string(), "står i filerna");
                }
                Some(day) => text.suggest("exported", &day.to_string(), "osäkert: en fil säger inte när den togs ut"),
                None => text.suggest("exported", "2026-11-30", "dagen då filerna togs ut"),
            }
        }
    }
    text.suggest("owner", "\"HR-chef\"", "får personalregister.xlsx");
    let Some(main) = plan.payroll.first() else { return };
    if plan.employers.is_empty() {
        control_total(text, &main.file);
    }
    if main.tells_ends {
        text.suggest("includes_ended_since", "2024-01-01", "avslutade anställningar är med från och med");
    }
    if !main.marks_protected && main.file.broken.is_none() {
        text.note("Ingen kolumn säger vem som har skyddade personuppgifter. Ta ut registret med den, eller ange varför det är rätt:");
        text.suggest("no_protected_column", "\"Skyddade personer ingår inte i uttaget, enligt HR-chef\"", "");
    }
    for people in &plan.payroll {
        problems(text, &people.file);
    }
    employers(text, plan);
}

fn control_total(text: &mut Text, file: &FilePlan) {
    text.suggest("control_total", &file.rows.to_string(), "antalet rader enligt lönesystemet; visar om filen är hel");
}

/// Files that may be other employers' payrolls, each a table to be taken as it stands.
fn employers(text: &mut Text, plan: &Plan) {
    if let ([main], [_, ..]) = (plan.payroll.as_slice(), plan.employers.as_slice()) {
        text.line("[[payroll.file]]");
        one_file(text, &main.file, "personalregister");
        control_total(text, &main.file);
    }
    for Employer { people, name, nowhere } in &plan.employers {
        let shown = &people.file.shown;
        text.note(&format!(
            "{shown}: {} personer, varav {nowhere} inte finns i något register som gäller. Är det ett annat bolags anställda, \
             ta bort # på raderna här:",
            people.records
        ));
        text.commented(|text| {
            text.line("[[payroll.file]]");
            one_file(text, &people.file, "personalregister");
            text.key("company", &quoted(name), "bolagets namn");
        });
        text.note(
            "Annars: ett register över andra personer ([[register]]), eller konton i ett system ([[system]], med account = \
             rubriken över kontot under [system.columns]).",
        );
    }
}

/// A register in force, or, where nothing says that it is one, as a comment: people there would be nobody's leavers.
fn register_of(text: &mut Text, register: &Register) {
    text.line("");
    if register.kind.1 {
        return register_in_force(text, register);
    }
    let People { file, records, .. } = &register.people;
    text.note(&format!(
        "Osäkert vad {} är ({records} personer); den används inte. Är det ett register över personer utanför lönen, ta bort # \
         på raderna här:",
        file.shown
    ));
    text.commented(|text| register_in_force(text, register));
    text.note(
        "Är det konton i ett system: [[system]] med id och file, och account = rubriken över kontot under [system.columns]. \
         Annars behövs den inte.",
    );
}

fn register_in_force(text: &mut Text, register: &Register) {
    let People { file, records, .. } = &register.people;
    text.line("[[register]]");
    text.note(&format!("{} utanför lönen.", counted(*records, ["person", "personer"], ["person", "people"]).sv));
    text.key("id", &quoted(&register.id), "");
    let (kind, certain) = register.kind;
    let why = if certain {
        "enligt fil och innehåll; kan vara external, elected, student eller other"
    } else {
        "osäkert: external (konsulter), elected (förtroendevalda), student eller other?"
    };
    text.key("kind", &quoted(kind), why);
    one_file(text, file, "register");
    problems(text, file);
}

fn rows_of(file: &FilePlan) -> String {
    told_rows(file.rows).sv
}

/// One file with the day it was taken out.
fn one_file(text: &mut Text, file: &FilePlan, what: &str) {
    let rows = if file.broken.is_some() { String::new() } else { format!("{what}, {}", rows_of(file)) };
    text.key("file", &quoted(&file.shown), &rows);
    exported(text, file.day);
}

fn exported(text: &mut Text, day: Day) {
    match day {
        Day::Title(day) => text.key("exported", &day.to_string(), "uttagen, enligt raderna ovanför rubrikerna"),
        Day::Name(day) => text.key("exported", &day.to_string(), "uttagen, enligt filens namn"),
        Day::Unsure(day) => {
            text.suggest("exported", &day.to_string(), "osäkert: flera dagar nämns; ange dagen då filen togs ut");
        }
        Day::Modified(day) => {
            text.suggest("exported", &day.to_string(), "osäkert: filens egen tid; ange dagen då filen togs ut");
        }
        Day::Unknown => text.suggest("exported", "2026-11-30", "ange dagen då filen togs ut"),
    }
}

fn system_of(text: &mut Text, system: &SystemPlan, plan: &Plan) {
    text.line("\n[[system]]");
    text.key(
        "id",
        &quoted(&system.id),
        &system
            .listed
            .as_ref()
            .map_or_else(String::new, |row| format!("{} i förteckningen, rad {}", row.name, row.row)),
    );
    if system.listed.is_none() {
        let unsure = if system.named.is_placeholder {
            "osäkert: varken filens namn eller innehåll säger vilket system det är"
        } else {
            ""
        };
        text.key("name", &quoted(&system.named.name), unsure);
    }
    let in_new_list = plan.inventory.as_ref().is_some_and(|list| list.is_new);
    match system.files.as_slice() {
        [one] if in_new_list => listed_file(text, one),
        [one] => own_file(text, system, one),
        several => joined_files(text, system, several, in_new_list),
    }
    which_sheet(text, system);
    which_row(text, system);
    if !in_new_list && system.listed.as_ref().is_none_or(|row| row.owner.is_none()) {
        text.suggest("owner", "\"IT-chef\"", "systemägaren: post, e-post eller namn; får listan");
    }
    kind_of(text, system, plan);
    for_all(text, system);
    match &system.high_rights {
        Some(patterns) if patterns.is_empty() => text.note(
            "Ingen roll heter något som säger hög behörighet. Är någon det: ange den i privileged_roles; utan det prövas den \
             inte.",
        ),
        Some(patterns) => {
            text.suggest("privileged_roles", &list(patterns), "roller som är hög behörighet; utan dem prövas den inte");
        }
        None => {}
    }
    for shown in &system.older {
        text.note(&format!("{shown} är ett äldre uttag av samma lista och används inte."));
    }
    for shown in &system.perhaps {
        perhaps(text, system, shown);
    }
    for file in &system.files {
        problems(text, file);
    }
    states(text, system);
    served(text, system);
}

/// The sheet of staff, where the others are of those whom the organisation serves.
fn which_sheet(text: &mut Text, system: &SystemPlan) {
    for of_staff in system.files.iter().filter_map(|file| file.of_staff.as_ref()) {
        let others = of_staff.others.join(", ");
        let why = format!("{others}: inte anställda, läses inte; ta bort raden om de ska granskas");
        match system.files.len() {
            1 => text.key("sheet", &quoted(&of_staff.sheet), &why),
            _ => text.suggest("sheet", &quoted(&of_staff.sheet), &format!("om {others} inte ska granskas")),
        }
    }
}

/// Rows of the list that may all be the system's.
fn which_row(text: &mut Text, system: &SystemPlan) {
    if system.perhaps_listed.is_empty() {
        return;
    }
    let named: Vec<String> = system
        .perhaps_listed
        .iter()
        .map(|row| format!("{} (rad {}, id = \"{}\")", row.name, row.row, row.id))
        .collect();
    text.note(&format!(
        "Flera rader i förteckningen kan vara systemet: {}. Skriv den rätta radens id ovan.",
        named.join(", ")
    ));
}

/// Those whom the organisation serves, by the words of a column: their accounts are nobody's employment.
fn served(text: &mut Text, system: &SystemPlan) {
    for (column, word, rows) in system.files.iter().flat_map(|file| &file.served) {
        text.note(&format!(
            "{rows} rader är \"{word}\" i kolumnen \"{column}\". Ska de inte granskas, ta bort # på raderna här:"
        ));
        text.commented(|text| {
            text.line("[[system.exclude]]");
            text.key("column", &quoted(column), "");
            text.key("match", &quoted(word), "");
            text.key("reason", &quoted("Inte anställda"), "varför de lämnas utanför");
            text.key("decided_by", &quoted("IT-chef"), "vem som har beslutat det");
        });
    }
}

/// A file that the new list of systems names, with its day: said in one place, so that it is changed in one.
fn listed_file(text: &mut Text, file: &FilePlan) {
    let rows = if file.broken.is_some() { String::new() } else { format!(", {}", rows_of(file)) };
    text.note(&format!("{}{rows}: filen och dagen då den togs ut står i förteckningen.", file.shown));
    match file.day {
        Day::Unsure(day) => {
            text.note(&format!("Osäkert när den togs ut: flera dagar nämns, bland dem {day}. Skriv dagen där."));
        }
        Day::Modified(day) => {
            text.note(&format!("Osäkert när den togs ut: filens egen tid är {day}. Skriv dagen där."));
        }
        Day::Unknown => text.note("Skriv där när den togs ut."),
        Day::Title(_) | Day::Name(_) => {}
    }
}

fn own_file(text: &mut Text, system: &SystemPlan, file: &FilePlan) {
    let rows = if file.broken.is_some() { String::new() } else { rows_of(file) };
    text.key("file", &quoted(&file.shown), &rows);
    // What the list of systems says of the day holds where the file itself says nothing.
    let stated = system.listed.as_ref().and_then(|row| row.exported);
    if file.day.certain().is_some() || stated.is_none() {
        exported(text, file.day);
    }
}

fn joined_files(text: &mut Text, system: &SystemPlan, files: &[FilePlan], in_new_list: bool) {
    let all = list(files.iter().map(|own| own.shown.clone()));
    text.key("files", &all, "listor över samma konton, eller delar av en");
    if let Some(join) = system.join {
        text.key("join", &quoted(join.key()), &format!("raderna förenas genom {}", join.swedish()));
    }
    let stated = system.listed.as_ref().and_then(|row| row.exported);
    let days: Vec<_> = files.iter().filter_map(|own| own.day.certain()).collect();
    match days.iter().min() {
        _ if in_new_list => text.note("Dagen då filerna togs ut står i förteckningen."),
        Some(day) if days.len() == files.len() => {
            text.key("exported", &day.to_string(), "uttagna, enligt filerna; den äldsta");
        }
        _ if stated.is_some() => {}
        Some(day) => text.suggest("exported", &day.to_string(), "osäkert: en fil säger inte när den togs ut"),
        None => text.suggest("exported", "2026-11-30", "dagen då filerna togs ut"),
    }
}

/// What follows of the kind of product.
fn kind_of(text: &mut Text, system: &SystemPlan, plan: &Plan) {
    let kind = |own: &SystemPlan| own.named.product.map_or(ProductKind::Other, |product| product.kind);
    let has_directory = plan.systems.iter().any(|own| kind(own) == ProductKind::Directory);
    if system.is_bridge {
        return text.key(
            "directory",
            "true",
            "andra systems konton har de HSA-id som står här, och här står vems de är",
        );
    }
    match kind(system) {
        ProductKind::Directory => {
            text.key("directory", "true", "andra systems kontonamn söks här");
            text.suggest("split_by", "\"department\"", "om varje förvaltning ska få sina konton");
        }
        ProductKind::Cloud => {
            let why = if has_directory {
                "om kontonamnen här också används i andra system"
            } else {
                "osäkert: används kontonamnen här i andra system?"
            };
            text.suggest("directory", "true", why);
            text.suggest("split_by", "\"department\"", "om varje förvaltning ska få sina konton");
        }
        ProductKind::Sensitive | ProductKind::Payroll => {
            text.suggest("sensitive", "true", "om uppgifterna är känsliga; allvarligheten höjs ett steg");
        }
        ProductKind::Mail | ProductKind::Other => {}
    }
}

/// A directory that all use: a department in its row of the list is the one that keeps it, and would make everyone else's
/// account a deviation.
fn for_all(text: &mut Text, system: &SystemPlan) {
    let departments = system.listed.as_ref().map_or(&[][..], |row| &row.departments);
    let is_shared = system.named.product.is_some_and(Product::is_used_by_all);
    if departments.is_empty() {
        return;
    }
    let named = departments.join(", ");
    if is_shared {
        text.key("departments", "[]", &format!("alla använder det; ta bort raden om bara {named} ska ha konton"));
    } else {
        text.suggest("departments", "[]", &format!("om fler än {named} ska ha konton; nu är andras konton avvikelser"));
    }
}

/// A file that may tell of the same system.
fn perhaps(text: &mut Text, system: &SystemPlan, shown: &str) {
    let own = system.files.iter().map(|file| file.shown.clone()).chain([shown.to_owned()]);
    text.note(&format!(
        "{shown} har samma kolumner och en del av samma konton: äldre uttag, ett annat system, eller delar av ett:"
    ));
    text.suggest("files", &list(own), "i stället för file");
}

/// What a reader of the configuration must know of how a file is read.
fn problems(text: &mut Text, file: &FilePlan) {
    if let Some(error) = &file.broken {
        text.note(&format!("{} kan inte läsas: {}", file.shown, error.says.sv));
        if let Some(way_out) = &error.way_out {
            text.note(&way_out.sv);
        }
        return;
    }
    for remark in &file.remarks {
        text.note(&remark.sv);
    }
}

/// Words of states that nobody knows but those who use the system.
fn states(text: &mut Text, system: &SystemPlan) {
    let mut words: Vec<&String> = system.files.iter().flat_map(|file| &file.states).map(|(word, _)| word).collect();
    words.dedup();
    if words.is_empty() {
        return;
    }
    text.note("Vad orden i statuskolumnen betyder:");
    text.note("[system.status]");
    match words.as_slice() {
        // Most accounts are open, where nothing says which are.
        [commonest, others @ ..] if !others.is_empty() && system.files.iter().all(|file| file.knows_no_state) => {
            text.suggest(
                "active",
                &list([commonest]),
                "vanligast, kanske aktiva; byt plats på orden om det är tvärtom",
            );
            text.suggest("closed", &list(others), "kanske stängda");
        }
        words => {
            text.suggest("closed", &list(words), "om kontot då är stängt");
            text.suggest("active", &list(words), "om kontot då är aktivt, i stället för raden ovan");
        }
    }
}

fn protected(text: &mut Text) {
    text.line("");
    text.note("[protected]");
    text.suggest(
        "recipient",
        "\"Säkerhetschef\"",
        "posten som får skyddade personers konton; annars visas de bara som antal",
    );
}

fn left(text: &mut Text, plan: &Plan) {
    if plan.left.is_empty() {
        return;
    }
    text.line("");
    text.note("Filer som inte används:");
    for (shown, why) in &plan.left {
        text.note(&format!("  {shown}: {}", why.sv));
    }
}
