//! What was found, in words for the terminal: each file, three things to look at, and the next command.

use super::plan::{Employer, FilePlan, Inventory, People, Plan, SystemPlan};
use super::{SCHEMA, Wish};
use crate::model::{Language, Message, counted, join_words, message, rows as told_rows};
use chrono::NaiveDate;
use std::path::Path;

/// Everything that is said.
pub fn told(plan: &Plan, target: &Path, wish: Wish) -> String {
    let language = wish.language;
    let mut lines: Vec<String> = found(plan).iter().map(|line| format!("  {}", line.get(language))).collect();
    let shown = target.display();
    let written = message!(
        "Skrev {shown} efter filerna (och {SCHEMA} för textredigerare):",
        "Wrote {shown} from the files (and {SCHEMA} for editors):"
    );
    lines.insert(0, written.get(language).to_owned());
    if let Some(list) = plan.inventory.as_ref().filter(|list| wish.inventory && !list.is_new) {
        let shown = &list.shown;
        let kept = message!(
            "{shown} är redan en systemförteckning och gäller; ingen ny skrevs.",
            "{shown} is a list of systems already and holds; no new one was written."
        );
        lines.push(kept.get(language).to_owned());
    }
    lines.push(String::new());
    lines.push(message!("Se över tre saker i den:", "Look at three things in it:").get(language).to_owned());
    let things = things(plan);
    lines.extend(things.iter().take(3).zip(1..).map(|(thing, number)| format!("  {number}. {}", thing.get(language))));
    lines.push(String::new());
    let next = if plan.is_ready() {
        message!("Nästa steg: samkor check {shown}", "Next: samkor check {shown}")
    } else {
        message!(
            "Rätta det som saknas i filen, sedan: samkor check {shown}",
            "Correct what is missing in the file, then: samkor check {shown}"
        )
    };
    lines.push(next.get(language).to_owned());
    lines.join("\n")
}

/// One line a use of files.
fn found(plan: &Plan) -> Vec<Message> {
    let mut lines = Vec::new();
    for People { file, .. } in &plan.payroll {
        lines.push(of_file(&message!("personalregister", "payroll"), file));
    }
    for Employer { people, .. } in &plan.employers {
        let what =
            message!("kanske ett annat bolags anställda, används inte", "perhaps another employer's staff, not used");
        lines.push(of_file(&what, &people.file));
    }
    for register in &plan.registers {
        let what = match register.kind.1 {
            true => message!("personer utanför lönen", "people outside payroll"),
            false => {
                message!("kanske personer utanför lönen, används inte", "perhaps people outside payroll, not used")
            }
        };
        lines.push(of_file(&what, &register.people.file));
    }
    if let Some(Inventory { shown, rows, is_new }) = &plan.inventory {
        let rows = rows.len();
        lines.push(if *is_new {
            message!(
                "{shown}: ny systemförteckning att fylla i, {rows} system",
                "{shown}: a new list of systems to fill in, {rows} systems"
            )
        } else {
            message!("{shown}: systemförteckning, {rows} system", "{shown}: list of systems, {rows} systems")
        });
    }
    if let Some(shown) = &plan.service_accounts {
        lines.push(message!("{shown}: vem som svarar för tjänstekonton", "{shown}: who answers for service accounts"));
    }
    for system in &plan.systems {
        let (name, id) = (system.called(), &system.id);
        let listed = system.listed.as_ref().and_then(|row| row.exported);
        for file in &system.files {
            let day = file.day.certain().or(listed);
            lines.push(of_file_on(&message!("konton i {name} ({id})", "accounts in {name} ({id})"), file, day));
        }
    }
    for (shown, why) in &plan.left {
        let (sv, en) = (&why.sv, &why.en);
        lines.push(message!("{shown}: används inte, {sv}", "{shown}: not used, {en}"));
    }
    lines
}

fn of_file(what: &Message, file: &FilePlan) -> Message {
    of_file_on(what, file, file.day.certain())
}

fn of_file_on(what: &Message, file: &FilePlan, day: Option<NaiveDate>) -> Message {
    let shown = &file.shown;
    let (sv, en) = (&what.sv, &what.en);
    if let Some(error) = &file.broken {
        let (why, why_en) = (&error.says.sv, &error.says.en);
        return message!("{shown}: {sv}, kan inte läsas: {why}", "{shown}: {en}, cannot be read: {why_en}");
    }
    let Message { sv: rows, en: rows_en } = told_rows(file.rows);
    match day {
        Some(day) => {
            message!("{shown}: {sv}, {rows}, uttagen {day}", "{shown}: {en}, {rows_en}, taken out on {day}")
        }
        None => message!(
            "{shown}: {sv}, {rows}, okänt när den togs ut",
            "{shown}: {en}, {rows_en}, not known when taken out"
        ),
    }
}

/// What to look at, the gravest first; more than three, so that three are left where some do not apply.
fn things(plan: &Plan) -> Vec<Message> {
    let asked = [
        broken(plan),
        employers(plan),
        payroll(plan),
        systems(plan),
        unsure(plan),
        days(plan),
        protected(plan),
        owners(plan),
    ];
    let always = [
        message!("organisation och control_owner under [review]", "organisation and control_owner under [review]"),
        message!(
            "om varje lista är hel: jämför antalet rader med systemets eget antal (control_total)",
            "whether every list is whole: compare the rows with the system's own count (control_total)"
        ),
        message!("att varje system heter som hos er", "that every system is called as you call it"),
    ];
    asked.into_iter().flatten().chain(always).collect()
}

fn broken(plan: &Plan) -> Option<Message> {
    let systems = plan.systems.iter().flat_map(|system| &system.files);
    let files = plan.payroll.iter().map(|own| &own.file).chain(systems).filter(|file| file.broken.is_some());
    let names: Vec<&str> = files.map(|file| file.shown.as_str()).collect();
    if names.is_empty() {
        return None;
    }
    let (sv, en) = (join_words(&names, Language::Sv), join_words(&names, Language::En));
    Some(message!(
        "filer som inte kan läsas som de är ({sv}): raden som rättar står i samkor.toml",
        "files that cannot be read as they are ({en}): the line that mends it stands in samkor.toml"
    ))
}

/// People who would be strangers although somebody employs them.
fn employers(plan: &Plan) -> Option<Message> {
    let asked: Vec<&Employer> = plan.employers.iter().filter(|own| own.nowhere > 0).collect();
    if asked.is_empty() {
        return None;
    }
    let list = |and: Language, of: fn(&Employer) -> Message| {
        let said: Vec<String> = asked.iter().map(|own| of(own).get(and).to_owned()).collect();
        join_words(&said.iter().map(String::as_str).collect::<Vec<_>>(), and)
    };
    let of = |own: &Employer| {
        let (shown, nowhere) = (&own.people.file.shown, own.nowhere);
        message!("{nowhere} personer i {shown}", "{nowhere} people in {shown}")
    };
    let (sv, en) = (list(Language::Sv, of), list(Language::En, of));
    Some(message!(
        "{sv} finns inte i något register som gäller: ett annat bolags anställda? Raderna står under [payroll]",
        "{en} are in no register in force: another employer's staff? The lines stand under [payroll]"
    ))
}

fn payroll(plan: &Plan) -> Option<Message> {
    match plan.payroll.as_slice() {
        [] => Some(message!(
            "personalregistret saknas: ange dess fil under [payroll]",
            "payroll is missing: name its file under [payroll]"
        )),
        [one, ..] if plan.rivals > 0 => {
            let shown = &one.file.shown;
            Some(message!(
                "om {shown} är rätt personalregister; flera filer ser ut som ett",
                "whether {shown} is the right payroll; several files look like one"
            ))
        }
        _ => None,
    }
}

/// Without a system there is nothing to review.
fn systems(plan: &Plan) -> Option<Message> {
    plan.systems.is_empty().then(|| {
        message!(
            "kontona saknas: lägg systemens exporter i mappen, eller ange dem som [[system]]",
            "accounts are missing: put the systems' exports in the folder, or name them as [[system]]"
        )
    })
}

/// Choices that can be otherwise.
fn unsure(plan: &Plan) -> Option<Message> {
    let system = |own: &&SystemPlan| {
        own.named.is_placeholder && own.listed.is_none() || !own.perhaps.is_empty() || !own.older.is_empty()
    };
    let systems = plan.systems.iter().filter(system).map(|own| own.id.as_str());
    let registers = plan.registers.iter().filter(|own| !own.kind.1).map(|own| own.id.as_str());
    let ids: Vec<&str> = systems.chain(registers).collect();
    if ids.is_empty() {
        return None;
    }
    let (sv, en) = (join_words(&ids, Language::Sv), join_words(&ids, Language::En));
    Some(message!(
        "valen som kan vara andra, se kommentarerna vid {sv}",
        "choices that can be otherwise, see the comments at {en}"
    ))
}

fn days(plan: &Plan) -> Option<Message> {
    let people = plan.payroll.iter().chain(plan.registers.iter().map(|own| &own.people)).map(|own| &own.file);
    let listed = |system: &&SystemPlan| system.listed.as_ref().is_none_or(|row| row.exported.is_none());
    let systems = plan.systems.iter().filter(listed).flat_map(|system| &system.files);
    let unknown = people.chain(systems).filter(|file| file.day.certain().is_none()).count();
    if unknown == 0 {
        return None;
    }
    let Message { sv, en } = counted(unknown, ["fil", "filer"], ["file", "files"]);
    Some(message!("dagen då {sv} togs ut (exported)", "the day of extract (exported) of {en}"))
}

fn protected(plan: &Plan) -> Option<Message> {
    let unmarked = plan.payroll.iter().any(|own| !own.marks_protected && own.file.broken.is_none());
    unmarked.then(|| {
        message!(
            "skyddade personuppgifter: ingen kolumn i personalregistret säger vem som har det",
            "protected personal data: no column of payroll says who has it"
        )
    })
}

fn owners(plan: &Plan) -> Option<Message> {
    let without = |system: &&SystemPlan| system.listed.as_ref().is_none_or(|row| row.owner.is_none());
    let without = plan.systems.iter().filter(without).count();
    if without == 0 {
        return None;
    }
    if let Some(list) = plan.inventory.as_ref().filter(|list| list.is_new) {
        let shown = &list.shown;
        return Some(message!(
            "{shown}: systemägare och det andra som listan frågar efter; lägg till de system som saknas",
            "{shown}: owners and what else the list asks for; add the systems that are missing"
        ));
    }
    let Message { en, .. } = counted(without, ["system", "system"], ["system has", "systems have"]);
    Some(message!("systemägare (owner): {without} system saknar en", "owners (owner): {en} none"))
}
