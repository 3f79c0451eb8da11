//! Values that rules rest on and that nobody could make sense of: what they hide is told, not passed over.

use crate::config::{list, quoted};
use crate::ingest::{MappedColumn, SourceReport, is_form};
use crate::model::{Field, Kind, Message, Role, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{
    Check, Fact, Group, Hit, RestsOn, Review, Rule, Stage, SystemCx, Tells, not_understood, unread_of_filled,
};

pub(super) const RULE: Rule = Rule {
    id: "values-unread",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Värden som inte kunde tolkas", "Values that could not be understood"),
    why: Text::new(
        "Ett värde som inte kan tolkas säger varken ja eller nej. Det som reglerna skulle ha sett i det är inte prövat.",
        "A value that cannot be understood says neither yes nor no. What the rules would have seen in it is not tested.",
    ),
    action: Text::new(
        "Rätta värdena i källsystemet, eller ange i konfigurationen vad de betyder.",
        "Correct the values in the source system, or state in the configuration what they mean.",
    ),
    proposal: Text::new("Rätta eller förklara värdena", "Correct or explain the values"),
    clauses: &["ISO/IEC 27001:2022 A.5.18", "Kommunallagen (2017:725) 6 kap. 6 §"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Both { untested: needs_export, whole, system },
};

/// Words of a column that are shown.
const MOST_WORDS: usize = 5;

/// A column with the file it stands in.
#[derive(Clone, Copy)]
struct Unread<'r> {
    file: &'r str,
    role: Role,
    column: &'r MappedColumn,
}

/// Payroll's files, the registers' and the list of systems.
fn whole(review: &Review<'_>) -> Option<Hit> {
    hit(&unread(review.people().chain(review.inventory)), &[], None)
}

/// A system's export.
fn system(cx: &SystemCx<'_>) -> Option<Hit> {
    let reports = &cx.export?.reports;
    hit(&unread(reports.iter()), &unused(reports), Some(cx))
}

/// Columns that nobody uses and that may say which accounts are closed.
fn unused(reports: &[SourceReport]) -> Vec<(&str, &str)> {
    let named = |report| SourceReport::perhaps_closing(report).map(move |header| (report.path.as_str(), header));
    reports.iter().flat_map(named).collect()
}

fn unread<'r>(reports: impl Iterator<Item = &'r SourceReport>) -> Vec<Unread<'r>> {
    let of = |report: &'r SourceReport| {
        let columns = report.columns.iter().filter(|column| not_understood(column) > 0);
        columns.map(|column| Unread { file: &report.path, role: report.role, column })
    };
    reports.flat_map(of).collect()
}

fn hit(unread: &[Unread<'_>], unused: &[(&str, &str)], system: Option<&SystemCx<'_>>) -> Option<Hit> {
    let gravities = unread.iter().map(|unread| gravity(unread.column.field));
    let gravest = gravities.chain(unused.iter().map(|_| Severity::Medium)).max()?;
    let told: Vec<Message> = unread.iter().map(told).chain(unused.iter().map(|own| perhaps_closing(*own))).collect();
    let join = |text: fn(&Message) -> &String| told.iter().map(|t| text(t).as_str()).collect::<Vec<_>>().join(" ");
    let mut hit = Hit::new(Message { sv: join(|told| &told.sv), en: join(|told| &told.en) });
    hit.base = Some(gravest);
    let rows: u64 = unread.iter().map(|unread| not_understood(unread.column)).sum();
    let fields = unread.iter().map(|unread| unread.column.field.key().to_owned()).collect();
    let hit = hit.fact("fields", Fact::List(fields)).count("rows", rows);
    let hit = unread.iter().fold(hit, |hit, unread| mended(hit, unread, system));
    Some(unused.iter().fold(hit, |hit, own| settled(hit, *own, system)))
}

/// What an end, a key or a mark of protection hides is graver than the rest.
fn gravity(field: Field) -> Severity {
    let ends = matches!(field, Field::EmploymentEnd | Field::Expires | Field::ValidTo);
    let keys = matches!(
        field,
        Field::Account
            | Field::Upn
            | Field::PersonalNumber
            | Field::EmployeeNumber
            | Field::HsaId
            | Field::UserName
            | Field::Email
    );
    if ends || keys || field == Field::Protected { Severity::High } else { Severity::Medium }
}

/// One column: how many rows, which words, and what would settle it beside the configuration.
fn told(unread: &Unread<'_>) -> Message {
    let Unread { file, column, .. } = *unread;
    let headers = column.shown();
    let (rows, rows_en) = unread_of_filled(column).both();
    let shown = column.not_understood.iter().take(MOST_WORDS);
    let words: Vec<String> = shown.map(|(word, rows)| format!("\"{word}\" {rows}")).collect();
    let words = if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) };
    let Text { sv: export, en: export_en } = match column.field.kind() {
        // A mark that nobody understands exposes nobody.
        Kind::Flag if column.field == Field::Protected => Text::new(
            " De räknas som markeringar. Läses säkrast som Ja och Nej.",
            " They count as marks. Yes and No are read most surely.",
        ),
        Kind::Date => Text::new(" Datum läses säkrast som 2026-11-30.", " Dates are read most surely as 2026-11-30."),
        Kind::Flag => Text::new(" Läses säkrast som Ja och Nej.", " Yes and No are read most surely."),
        Kind::Identifier | Kind::Words => Text::new("", ""),
    };
    message!(
        "{file}, kolumnen {headers}: {rows} värden kunde inte tolkas{words}.{export}",
        "{file}, column {headers}: {rows_en} values could not be understood{words}.{export_en}"
    )
}

/// A column of yes and no that may say who cannot sign in, and that no field is read from.
fn perhaps_closing((file, header): (&str, &str)) -> Message {
    message!(
        "{file}, kolumnen \"{header}\" används inte men ser ut att säga vilka konton som är stängda; de räknas nu som de \
         andra.",
        "{file}, column \"{header}\" is not used but looks as if it said which accounts are closed; they now count as the \
         others do."
    )
}

/// Adds the lines that would settle what a column of closing says.
fn settled(hit: Hit, (_, header): (&str, &str), system: Option<&SystemCx<'_>>) -> Hit {
    let Some(cx) = system else { return hit };
    let hit = hit.mended_in_columns(cx, format!("disabled = {}", quoted(header)));
    let hit = hit.when(Text::new("om den säger att kontot är stängt", "if it says that the account is closed"));
    let hit = hit.mended_in_columns(cx, "disabled = \"\"");
    hit.when(Text::new("om den säger något annat", "if it says something else"))
}

/// Adds the lines that would settle it: what a word of status means, or which column is the right one.
fn mended(hit: Hit, unread: &Unread<'_>, system: Option<&SystemCx<'_>>) -> Hit {
    let Unread { role, column, .. } = *unread;
    let add = |hit: Hit, table: &str, line: String| match system {
        Some(cx) => hit.mended_below(cx, table, line),
        None => hit.mended(table, line),
    };
    if column.field == Field::Status {
        // What is masked is no word to write.
        let Some((word, _)) = column.not_understood.iter().find(|(word, _)| !is_form(word)) else { return hit };
        let (table, word) = ("[system.status]", list([word]));
        let hit = add(hit, table, format!("active = {word}"));
        let hit = hit.when(Text::new("om kontot då är öppet", "if the account is then open"));
        let hit = add(hit, table, format!("closed = {word}"));
        return hit.when(Text::new("om kontot då är stängt", "if the account is then closed"));
    }
    if matches!(column.field, Field::EmploymentForm | Field::PayForm) {
        return forms_settled(hit, column);
    }
    // Of a column that most rows say something in, it is the values that are wrong. Marks and keys are not put out of use.
    if not_understood(column) * 2 <= column.filled || gravity(column.field) == Severity::High {
        return hit;
    }
    let hit = add(hit, role.columns_table(), format!("{} = \"\"", column.field.key()));
    hit.when(Text::new("om kolumnen gäller något annat", "if the column is about something else"))
}

/// Adds the lines that say what forms of employment are.
fn forms_settled(hit: Hit, column: &MappedColumn) -> Hit {
    // What is masked is no word to write.
    let words = column.not_understood.iter().map(|(word, _)| word).filter(|word| !is_form(word));
    let words: Vec<&String> = words.take(MOST_WORDS).collect();
    if words.is_empty() {
        return hit;
    }
    let keys = [
        (
            "not_employed",
            Text::new("om det är uppdrag och ingen anställning", "if these are mandates and no employment"),
        ),
        ("hourly", Text::new("om det är timanställda", "if these are hourly staff")),
        ("employed", Text::new("om det är vanliga anställningar", "if these are ordinary employments")),
    ];
    let words = list(words);
    keys.into_iter()
        .fold(hit, |hit, (key, when)| hit.mended("[payroll.employment]", format!("{key} = {words}")).when(when))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(field: Field, filled: u64, words: &[(&str, u64)]) -> MappedColumn {
        let not_understood: Vec<(String, u64)> = words.iter().map(|(word, rows)| ((*word).to_owned(), *rows)).collect();
        let unread: u64 = words.iter().map(|(_, rows)| rows).sum();
        MappedColumn {
            field,
            headers: vec!["Rubrik".to_owned()],
            filled,
            understood: filled - unread,
            not_understood,
            unread_rows: vec![7],
        }
    }

    fn of(columns: &[MappedColumn]) -> Vec<Unread<'_>> {
        columns.iter().map(|column| Unread { file: "sys.csv", role: Role::Accounts, column }).collect()
    }

    /// Columns are told with header, rows and words; the gravest decides. A line to paste is told where it would mend it: what
    /// a word of status means, and that a column which says hardly anything is another; never that an end, a key or a mark of
    /// protection is not to be read.
    #[test]
    fn unread_columns_are_told() {
        let columns =
            [column(Field::Status, 20, &[("N", 12), ("C", 1)]), column(Field::Expires, 9, &[("05-OKT-26", 1)])];
        let hit = hit(&of(&columns), &[], None).unwrap();
        assert_eq!(hit.base, Some(Severity::High));
        for part in ["\"Rubrik\": 13 av 20", "\"N\" 12, \"C\" 1", "1 av 9"] {
            assert!(hit.message.sv.contains(part), "{part}: {}", hit.message.sv);
        }
        let lines: Vec<&str> = hit.mends.iter().map(|own| own.line.as_str()).collect();
        assert_eq!(lines, ["active = [\"N\"]", "closed = [\"N\"]"]);
        let lines = |field| {
            let mostly = [column(field, 9, &[("05-OKT-26", 8)])];
            super::hit(&of(&mostly), &[], None).unwrap().mends.into_iter().map(|own| own.line).collect::<Vec<_>>()
        };
        assert_eq!(lines(Field::LastLogin), ["last_login = \"\""]);
        assert_eq!([Field::Expires, Field::Protected, Field::Account].map(lines), [[""; 0]; 3]);
    }

    /// A status alone is no end, no key and no protection; nothing unread is no finding.
    #[test]
    fn gravity_is_of_ends_keys_and_protection() {
        let status = [column(Field::Status, 20, &[("N", 1)])];
        assert_eq!(hit(&of(&status), &[], None).unwrap().base, Some(Severity::Medium));
        assert!(hit(&[], &[], None).is_none());
    }
}
