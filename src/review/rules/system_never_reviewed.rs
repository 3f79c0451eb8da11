//! A system of the list that no run has ever reviewed.

use crate::model::{Severity, Text, message};
use crate::review::rule::needs_inventory;
use crate::review::{Check, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "system-never-reviewed",
    group: Group::Control,
    base: Severity::High,
    title: Text::new("Systemet har aldrig granskats", "The system has never been reviewed"),
    why: Text::new(
        "Systemet står i systemförteckningen men har inte granskats i någon körning. Ingen vet om dess konton hör till någon i tjänst.",
        "The system stands in the list of systems but no run has reviewed it. Nobody knows whether its accounts belong to anyone in service.",
    ),
    action: Text::new(
        "Beställ en kontoexport från systemet, eller besluta att systemet ska stå utanför granskningen och skriv det i förteckningen.",
        "Order an account export from the system, or decide that it is to stand outside the review and say so in the list.",
    ),
    proposal: Text::new("Beställ export", "Order an export"),
    clauses: &["Kommunallagen (2017:725) 6 kap. 6 §", "ISO/IEC 27001:2022 A.5.9, A.5.18"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::System { untested: needs_inventory, check },
};

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    let system = &cx.config.system;
    let reviewed = cx.export.is_some() || cx.review.recalled.reviewed.contains(system.id.as_str());
    (system.listed && system.left_out.is_none() && !reviewed).then(|| {
        Hit::new(message!(
            "Systemet står i systemförteckningen och har inte granskats i den här körningen eller i någon tidigare.",
            "The system stands in the list of systems and was reviewed neither in this run nor in an earlier one."
        ))
    })
}
