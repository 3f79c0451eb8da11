//! A coordination number in one source and a personal number of the same birth date and name in the other.

use crate::matching::{EvidenceField, Level};
use crate::model::{Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, Rule, Stage};

pub(super) const RULE: Rule = Rule {
    id: "identity-number-swap",
    group: Group::Account,
    base: Severity::Info,
    title: Text::new(
        "Samordningsnummer på ena stället, personnummer på det andra",
        "Coordination number in one place, personal number in the other",
    ),
    why: Text::new(
        "Den som folkbokförs får ett personnummer i stället för sitt samordningsnummer. Systemet eller personalregistret kan ha kvar det gamla.",
        "Whoever is registered as resident gets a personal number in place of the coordination number. The system or payroll may still have the old one.",
    ),
    action: Text::new("Uppdatera numret där det gamla finns kvar.", "Update the number where the old one remains."),
    proposal: Text::new("Uppdatera numret", "Update the number"),
    clauses: &["ISO/IEC 27001:2022 A.5.16"],
    stage: Stage::Facts,
    untested: needs_export,
    check: Check::Account(check),
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let own = cx.person?.personal_number?;
    let claimed = cx.account.personal_number?;
    let best = cx.matched.candidates.first()?;
    let same_day = best.evidence.iter().any(|e| e.field == EvidenceField::PersonalNumber && e.level == Level::Partial);
    (same_day && own.is_coordination() != claimed.is_coordination() && !best.differs_in_name()).then(|| {
        Hit::new(message!(
            "Ett samordningsnummer och ett personnummer med samma födelsedatum och namn. Det kan vara samma person.",
            "A coordination number and a personal number with the same birth date and name. It may be one person."
        ))
    })
}
