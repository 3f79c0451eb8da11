//! Someone employed who has no account anywhere, where others of the same title do.

use crate::model::{EmploymentClass, Field, Severity, Text, fold, message};
use crate::review::Fact;
use crate::review::{Check, Group, Hit, PersonCx, RestsOn, Review, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "no-trace",
    group: Group::Payroll,
    base: Severity::Info,
    title: Text::new("Anställd utan konto i något system", "Employed without an account in any system"),
    why: Text::new(
        "Nästan alla med samma befattning har ett konto i något av systemen. Att ett saknas kan vara helt i sin ordning, men också bero på att kontot står i ett annat namn eller att uppgiften i registret är gammal.",
        "Nearly everyone with the same title has an account in some system. One may rightly be missing, but the account may also stand in another name, or payroll may be out of date.",
    ),
    action: Text::new(
        "Fråga chefen om personen arbetar, och hur personen loggar in.",
        "Ask the manager whether the person works, and how the person signs in.",
    ),
    proposal: Text::new("Fråga chefen", "Ask the manager"),
    clauses: &["ISO/IEC 27001:2022 A.5.16"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Person { untested, check },
};

fn untested(review: &Review<'_>) -> Option<Text> {
    review.lacks_in_payroll(
        Field::Title,
        Text::new("personalregistret har ingen kolumn för befattning", "payroll has no column for titles"),
    )
}

/// Of those with a title, so many must have an account before one without is worth a question.
const NEARLY_ALL_PERCENT: u32 = 90;
/// Fewer than these make no custom.
const ENOUGH: u32 = 10;

fn check(cx: &PersonCx<'_>) -> Option<Hit> {
    if cx.review.across.has_trace(cx.ix) {
        return None;
    }
    let regular = cx.current().filter(|employment| employment.class == EmploymentClass::Regular);
    let title = regular.filter(|e| !e.on_leave(cx.tested_day())).find_map(|employment| employment.title.as_deref())?;
    let (with, all) = cx.review.titles.get(&fold(title)).copied()?;
    (all >= ENOUGH && with * 100 >= all * NEARLY_ALL_PERCENT).then(|| {
        let hit = Hit::new(message!(
            "Av {all} anställda med befattningen {title} har {with} ett konto i något av systemen.",
            "Of {all} employees with the title {title}, {with} have an account in some system."
        ));
        hit.fact("title", Fact::Text(title.to_owned())).number("with", i64::from(with)).number("of", i64::from(all))
    })
}
