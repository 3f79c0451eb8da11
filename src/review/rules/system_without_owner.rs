//! A system that nobody is named as the owner of.

use crate::model::{Field, Severity, Text, message};
use crate::review::rule::needs_to_read;
use crate::review::{Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "system-without-owner",
    group: Group::Owner,
    base: Severity::High,
    title: Text::new("Systemet saknar systemägare", "The system has no owner"),
    why: Text::new(
        "Utan systemägare finns ingen som granskar behörigheterna eller tar emot avvikelserna.",
        "Without an owner there is nobody to review the access rights or receive the deviations.",
    ),
    action: Text::new(
        "Utse en systemägare och ange den i systemförteckningen eller konfigurationen.",
        "Appoint a system owner and state it in the inventory or the configuration.",
    ),
    proposal: Text::new("Utse systemägare", "Appoint a system owner"),
    clauses: &["ISO/IEC 27001:2022 A.5.9, A.5.18", "Kommunallagen (2017:725) 6 kap. 6 §"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::System { untested, check },
};

fn untested(cx: &SystemCx<'_>) -> Option<Text> {
    needs_to_read(cx, Field::Owner)
}

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    let system = &cx.config.system;
    (system.owner.is_none() && system.left_out.is_none()).then(|| {
        Hit::new(message!(
            "Ingen systemägare är angiven. Listan behöver en mottagare.",
            "No system owner is stated. The list needs a recipient."
        ))
        .mended_in(cx, "owner = \"IT-chef\"")
    })
}
