//! The manager stated for someone employed is not employed.

use crate::model::{EmploymentClass, Field, Severity, Text, message};
use crate::review::Fact;
use crate::review::{Check, Group, Hit, PersonCx, RestsOn, Review, Rule, Stage, Tells, Unable};

pub(super) const RULE: Rule = Rule {
    id: "manager-left",
    group: Group::Payroll,
    base: Severity::Low,
    title: Text::new("Närmaste chef är inte anställd", "The closest manager is not employed"),
    why: Text::new(
        "Frågor om den anställdas behörigheter når ingen.",
        "Questions about the employee's access reach nobody.",
    ),
    action: Text::new("Ange den nya chefen i personalregistret.", "State the new manager in payroll."),
    proposal: Text::new("Ange ny chef", "State the new manager"),
    clauses: &["ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Person { untested, check },
};

fn untested(review: &Review<'_>) -> Option<Text> {
    review.lacks_in_payroll(
        Field::Manager,
        Text::new("personalregistret har ingen kolumn för chef", "payroll has no column for managers"),
    )
}

fn check(cx: &PersonCx<'_>) -> Option<Hit> {
    let employed = cx.current().filter(|employment| employment.class != EmploymentClass::NotEmployed);
    let left = |written: &'_ str| match cx.review.unable_to_answer(written, cx.tested_day())? {
        (Unable::NotEmployed, persons) => Some((written.to_owned(), persons)),
        (Unable::NotKnown | Unable::Several(_) | Unable::Unknown, _) => None,
    };
    let (written, persons) = employed.filter_map(|employment| employment.manager.as_deref()).find_map(left)?;
    let hit = Hit::new(message!(
        "Den som står som närmaste chef är inte anställd.",
        "The person stated as closest manager is not employed."
    ));
    Some(hit.fact("manager", Fact::Reference(written, persons)))
}
