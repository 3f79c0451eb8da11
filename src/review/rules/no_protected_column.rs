//! Payroll does not tell who has protected personal data, and nobody has said that this is right.

use crate::config::quoted;
use crate::ingest::SourceReport;
use crate::model::{Field, Severity, Text, message};
use crate::review::{Check, Fact, Group, Hit, RestsOn, Review, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "no-protected-column",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Personalregistret visar inte vilka som är skyddade", "Payroll does not tell who is protected"),
    why: Text::new(
        "Utan en kolumn för skyddade personuppgifter visas de skyddade personernas namn och konton i listorna som alla andras.",
        "Without a column for protected personal data the names and accounts of protected persons are shown in the lists like anyone's.",
    ),
    action: Text::new(
        "Ta ut personalregistret med en kolumn för skyddade personuppgifter. Är det riktigt att den saknas anges skälet i konfigurationen.",
        "Extract payroll with a column for protected personal data. If it is right that there is none, the configuration states why.",
    ),
    proposal: Text::new("Ta ut registret med kolumnen, eller ange skäl", "Extract payroll with it, or state why not"),
    clauses: &["Offentlighets- och sekretesslagen (2009:400) 21 kap."],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Whole(check),
};

/// A file or a sheet without the column shows its persons, whatever others have.
fn check(review: &Review<'_>) -> Option<Hit> {
    left_out(review).or_else(|| perhaps_marked(review)).or_else(|| not_marked(review))
}

/// A column that marks protection is left out by the configuration: its persons are shown.
fn left_out(review: &Review<'_>) -> Option<Hit> {
    let of = |report: &SourceReport| -> Vec<String> {
        let own = report.passed_over.iter().filter(|(field, _)| *field == Field::Protected);
        own.map(|(_, header)| format!("{}: \"{header}\"", report.path)).collect()
    };
    let columns: Vec<String> = review.reports().flat_map(of).collect();
    if columns.is_empty() {
        return None;
    }
    let columns = columns.join(", ");
    let mut hit = Hit::new(message!(
        "En kolumn för skyddade personuppgifter läses inte ({columns}), för konfigurationen säger protected = \"\". \
         Personerna visas nu som alla andra. Ta bort den raden, om kolumnen visar vilka som är skyddade.",
        "A column of protected personal data is not read ({columns}), for the configuration says protected = \"\". Its \
         persons are now shown like anyone. Remove that line, if the column tells who is protected."
    ));
    hit.base = Some(Severity::High);
    Some(hit.fact("columns", Fact::Text(columns)))
}

/// A column that is not used names protection, whatever the configuration says: its persons are shown.
fn perhaps_marked(review: &Review<'_>) -> Option<Hit> {
    let marks = |report: &SourceReport| -> Vec<String> {
        report.perhaps_protected().map(|header| format!("{}: \"{header}\"", report.path)).collect()
    };
    let columns: Vec<String> = review.reports().flat_map(marks).collect();
    let first = |report: &SourceReport| report.perhaps_protected().next().map(|own| (report.role, own.to_string()));
    review.reports().find_map(first).map(|(role, header)| {
        let columns = columns.join(", ");
        let mut hit = Hit::new(message!(
            "En kolumn som inte används ser ut att märka skyddade personuppgifter ({columns}). Personerna visas nu som alla andra.",
            "A column that is not used looks as if it marked protected personal data ({columns}). Its persons are now shown like anyone."
        ));
        hit.base = Some(Severity::High);
        let hit = hit.mended(role.columns_table(), format!("protected = {}", quoted(&header)));
        hit.fact("columns", Fact::Text(columns))
    })
}

fn not_marked(review: &Review<'_>) -> Option<Hit> {
    if review.config.payroll.no_protected_column.is_some() {
        return None;
    }
    let files: Vec<String> = review.payroll.iter().flat_map(|report| report.without(&[Field::Protected])).collect();
    (!files.is_empty()).then(|| {
        let files = files.join(", ");
        let hit = Hit::new(message!(
            "Personalregistret ({files}) har ingen kolumn för skyddade personuppgifter, och inget skäl till det är angivet.",
            "Payroll ({files}) has no column for protected personal data, and no reason for that is stated."
        ));
        let line = "no_protected_column = \"Skyddade personer ingår inte i uttaget, enligt HR-chef\"";
        hit.mended("[payroll]", line).fact("files", Fact::Text(files))
    })
}
