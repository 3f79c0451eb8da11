//! Payroll does not tell in what form anyone is employed, and nobody has said that this is right.

use crate::config::InputFile;
use crate::ingest::SourceReport;
use crate::model::{Field, Severity, Text, message};
use crate::review::gaps::FORMS;
use crate::review::{Check, Fact, Group, Hit, RestsOn, Review, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "no-form-column",
    group: Group::Control,
    base: Severity::Medium,
    title: Text::new("Personalregistret visar inte anställningsformen", "Payroll does not tell the form of employment"),
    why: Text::new(
        "Utan anställningsform räknas timanställda, förtroendevalda och uppdragstagare som anställda så länge de har en rad i registret.",
        "Without a form of employment hourly staff, elected and commissioned people count as employed for as long as they have a row in payroll.",
    ),
    action: Text::new(
        "Ta ut personalregistret med anställningsform. Heter kolumnen något annat, eller är det riktigt att den saknas, anges det i konfigurationen.",
        "Extract payroll with the form of employment. If the column is called something else, or if it is right that there is none, the configuration says so.",
    ),
    proposal: Text::new("Ta ut registret med anställningsform", "Extract payroll with the form"),
    clauses: &["ISO/IEC 27001:2022 A.5.18, A.6.5"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Whole(check),
};

fn check(review: &Review<'_>) -> Option<Hit> {
    let told = |report: &SourceReport| FORMS.iter().any(|field| report.gives(*field));
    let stated = |input: &InputFile| input.columns.get(&Field::EmploymentForm).is_some_and(Vec::is_empty);
    let files = review.payroll.iter().zip(&review.config.payroll.files).filter(|(_, input)| !stated(input));
    let lacking = |(report, _): (&SourceReport, _)| match told(report) {
        true => report.without(FORMS),
        false => vec![report.path.clone()],
    };
    let paths: Vec<String> = files.flat_map(lacking).collect();
    (!paths.is_empty()).then(|| {
        let files = paths.join(", ");
        let hit = Hit::new(message!(
            "Personalregistret ({files}) har ingen kolumn för anställningsform, eller en som är tom på alla \
             rader. Alla räknas som anställda.",
            "Payroll ({files}) has no column for the form of employment, or one that is empty on every row. \
             Everyone counts as employed."
        ));
        let table = "[payroll.columns]";
        let hit = hit.mended(table, "employment_form = \"Rubrik\"").when(Text::new(
            "med kolumnens rubrik i stället för Rubrik",
            "with the column's header in place of Rubrik",
        ));
        let hit = hit.mended(table, "employment_form = \"\"").when(Text::new("om ingen finns", "if there is none"));
        hit.fact("files", Fact::Text(files))
    })
}
