//! A file that is much longer or shorter than last time.

use crate::model::{Message, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{Check, Extract, Group, Hit, RestsOn, Review, Rule, Stage, SystemCx, Tells};
use crate::runfolder::ExtractLine;

pub(super) const RULE: Rule = Rule {
    id: "row-count-moved",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Antalet rader har ändrats mycket", "The number of rows has moved much"),
    why: Text::new(
        "Exporten har många fler eller färre rader än förra gången. Det kan vara ett annat urval, en avkortad fil eller fel fil.",
        "The export has many more or fewer rows than last time. It may be another selection, a file cut short or the wrong file.",
    ),
    action: Text::new(
        "Kontrollera urvalet med den som tog ut filen.",
        "Check the selection with whoever made the file.",
    ),
    proposal: Text::new("Kontrollera urvalet", "Check the selection"),
    clauses: &["ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Loop,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Both { untested: needs_export, whole, system },
};

fn whole(review: &Review<'_>) -> Option<Hit> {
    moved(review.payroll_extract(), Text::new("Personalregistret", "Payroll"))
}

fn system(cx: &SystemCx<'_>) -> Option<Hit> {
    moved(cx.review.extract(cx.place)?, Text::new("Exporten", "The export"))
}

fn moved(extract: &Extract, what: Text) -> Option<Hit> {
    let (now, ExtractLine { rows: then, whole_on, .. }) = extract.moved()?;
    let Text { sv, en } = what;
    let said = message!(
        "{sv} har {now} rader med uppgifter; {whole_on} var de {then}.",
        "{en} has {now} rows of data; on {whole_on} there were {then}."
    );
    let doubted = message!(
        " Det som fattas räknas inte som borttaget förrän raderna är tillbaka eller källsystemets antal är angivet \
         (control_total).",
        " What is missing does not count as removed until the rows are back or the source system's count is stated \
         (control_total)."
    );
    let Message { mut sv, mut en } = said;
    if extract.lacks_rows() {
        sv.push_str(&doubted.sv);
        en.push_str(&doubted.en);
    }
    Some(Hit::new(Message { sv, en }).count("rows", now).count("previous", then))
}
