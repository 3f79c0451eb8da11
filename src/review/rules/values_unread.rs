//! Values that rules rest on and that nobody could make sense of: what they hide is told, not passed over.

use crate::ingest::{MappedColumn, SourceReport};
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
    hit(&unread(review.people().chain(review.inventory)))
}

/// A system's export.
fn system(cx: &SystemCx<'_>) -> Option<Hit> {
    hit(&unread(cx.export?.reports.iter()))
}

fn unread<'r>(reports: impl Iterator<Item = &'r SourceReport>) -> Vec<Unread<'r>> {
    let of = |report: &'r SourceReport| {
        let columns = report.columns.iter().filter(|column| not_understood(column) > 0);
        columns.map(|column| Unread { file: &report.path, role: report.role, column })
    };
    reports.flat_map(of).collect()
}

fn hit(unread: &[Unread<'_>]) -> Option<Hit> {
    let gravest = unread.iter().map(|unread| gravity(unread.column.field)).max()?;
    let told: Vec<Message> = unread.iter().map(told).collect();
    let join = |text: fn(&Message) -> &String| told.iter().map(|t| text(t).as_str()).collect::<Vec<_>>().join(" ");
    let mut hit = Hit::new(Message { sv: join(|told| &told.sv), en: join(|told| &told.en) });
    hit.base = Some(gravest);
    let rows: u64 = unread.iter().map(|unread| not_understood(unread.column)).sum();
    let fields = unread.iter().map(|unread| unread.column.field.key().to_owned()).collect();
    Some(hit.fact("fields", Fact::List(fields)).count("rows", rows))
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

/// One column: how many rows, which words, and what would settle it.
fn told(unread: &Unread<'_>) -> Message {
    let Unread { file, role, column } = *unread;
    let headers = column.shown();
    let (rows, rows_en) = unread_of_filled(column).both();
    let shown = column.not_understood.iter().take(MOST_WORDS);
    let words: Vec<String> = shown.map(|(word, rows)| format!("\"{word}\" {rows}")).collect();
    let words = if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) };
    let (way_out, way_out_en) = way_out(role, column).both();
    message!(
        "{file}, kolumnen {headers}: {rows} värden kunde inte tolkas{words}. {way_out}",
        "{file}, column {headers}: {rows_en} values could not be understood{words}. {way_out_en}"
    )
}

/// The lines that would settle it.
fn way_out(role: Role, column: &MappedColumn) -> Message {
    let (table, field) = (role.columns_table(), column.field.key());
    let word = column.not_understood.first().map_or("…", |(word, _)| word.as_str());
    match (column.field, column.field.kind()) {
        (Field::Status, _) => message!(
            "Skriv vad orden betyder under [system.status]: active = [\"{word}\"] eller closed = [\"{word}\"].",
            "Write what the words mean under [system.status]: active = [\"{word}\"] or closed = [\"{word}\"]."
        ),
        (_, Kind::Date) => message!(
            "Exportera datumen som 2026-11-30, eller skriv rätt kolumn under {table}: {field} = \"Rubrik\".",
            "Export the dates as 2026-11-30, or write the right column under {table}: {field} = \"Header\"."
        ),
        (_, Kind::Flag) => message!(
            "Exportera kolumnen med Ja och Nej, eller skriv rätt kolumn under {table}: {field} = \"Rubrik\".",
            "Export the column with yes and no, or write the right column under {table}: {field} = \"Header\"."
        ),
        (_, Kind::Identifier | Kind::Words) => message!(
            "Rätta värdena, eller skriv rätt kolumn under {table}: {field} = \"Rubrik\" ({field} = \"\" om ingen finns).",
            "Correct the values, or write the right column under {table}: {field} = \"Header\" ({field} = \"\" if there is none)."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(field: Field, filled: u64, words: &[(&str, u64)]) -> MappedColumn {
        let not_understood: Vec<(String, u64)> = words.iter().map(|(word, rows)| ((*word).to_owned(), *rows)).collect();
        let unread: u64 = words.iter().map(|(_, rows)| rows).sum();
        MappedColumn { field, headers: vec!["Rubrik".to_owned()], filled, understood: filled - unread, not_understood }
    }

    fn of(columns: &[MappedColumn]) -> Vec<Unread<'_>> {
        columns.iter().map(|column| Unread { file: "sys.csv", role: Role::Accounts, column }).collect()
    }

    /// Columns are told with header, rows, words and the line to paste; the gravest decides.
    #[test]
    fn unread_columns_are_told() {
        let columns =
            [column(Field::Status, 20, &[("N", 12), ("C", 1)]), column(Field::Expires, 9, &[("05-OKT-26", 1)])];
        let hit = hit(&of(&columns)).unwrap();
        assert_eq!(hit.base, Some(Severity::High));
        for part in ["\"Rubrik\": 13 av 20", "\"N\" 12, \"C\" 1", "active = [\"N\"]", "1 av 9", "expires = \"Rubrik\""]
        {
            assert!(hit.message.sv.contains(part), "{part}: {}", hit.message.sv);
        }
    }

    /// A status alone is no end, no key and no protection; nothing unread is no finding.
    #[test]
    fn gravity_is_of_ends_keys_and_protection() {
        let status = [column(Field::Status, 20, &[("N", 1)])];
        assert_eq!(hit(&of(&status)).unwrap().base, Some(Severity::Medium));
        assert!(hit(&[]).is_none());
    }
}
