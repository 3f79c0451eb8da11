//! An active account before the first day of employment.

use crate::model::{Employment, Field, Message, Severity, Text, days as in_days, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};
use crate::roster::Standing;

pub(super) const RULE: Rule = Rule {
    id: "not-yet-employed",
    group: Group::Account,
    base: Severity::Low,
    title: Text::new("Anställningen har inte börjat", "The employment has not begun"),
    why: Text::new(
        "Kontot är aktivt innan innehavaren har börjat sin anställning. Det är vanligt inför första dagen, men \
         ska inte vara fler dagar än nödvändigt.",
        "The account is active before its holder's employment has begun. That is usual ahead of the first \
         day, but should not last longer than needed.",
    ),
    action: Text::new(
        "Kontrollera att kontot behövs före första dagen.",
        "Check that the account is needed before the first day.",
    ),
    proposal: Text::new("Kontrollera behovet", "Check the need"),
    clauses: &["NIST SP 800-53 r5 AC-2f"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::people(&[Field::EmploymentStart]),
    check: Check::Account { untested, check },
};

/// Without a first day everybody has gone on since always.
fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    needs_export(cx).or_else(|| cx.review.lacks_of_people(Field::EmploymentStart, NO_START))
}

/// Why nothing is known of when employments began.
pub(super) const NO_START: Text =
    Text::new("personalregistret saknar kolumn för anställningens början", "payroll has no column for the first day");

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let tenure = cx.tenure().filter(|tenure| tenure.standing == Standing::Future)?;
    let start = tenure.next_start?;
    if !cx.is_active() || tenure.gap_since.is_some() || cx.is_outside_companies() {
        return None;
    }
    let days = (start - cx.tested_day()).num_days();
    let (sv, en) = in_days(days).both();
    let Text { sv: what, en: what_en } = match tenure.main.is_some_and(Employment::is_engagement) {
        true => Text::new("Uppdraget", "The engagement"),
        false => Text::new("Anställningen", "The employment"),
    };
    let hit = Hit::new(message!(
        "{what} börjar {start}, {sv} efter den dag som exporten visar. Kontot är redan aktivt.",
        "{what_en} begins on {start}, {en} after the day the export shows. The account is already active."
    ));
    Some(hit.day("employment_start", Some(start)).number("days", days))
}

/// The employment to come follows another so closely that both count as one.
pub(super) fn nearly(cx: &AccountCx<'_>) -> Option<Message> {
    let tenure = cx.tenure().filter(|tenure| tenure.standing == Standing::Future && cx.is_active())?;
    let (start, end) = (tenure.next_start?, tenure.gap_since?);
    check(cx).is_none().then(|| {
        message!(
            "En ny anställning börjar {start}. Den förra upphörde {end}, och uppehållet är så kort att det inte räknas.",
            "A new employment begins on {start}. The one before ended on {end}, and the gap is so short that it does not count."
        )
    })
}
