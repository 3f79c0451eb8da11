//! A coordination number in one source and a personal number of the same birth date and name in the other.

use crate::matching::{Candidate, Evidence, EvidenceField, Level};
use crate::model::{Field, PersonalNumber, Severity, Text, message};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, Tells};

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
    tells: Tells::Doubted,
    rests_on: RestsOn::export(&[Field::PersonalNumber]),
    check: Check::Account { untested: needs_export, check },
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let claimed = cx.account.personal_number?;
    // Where the number is the only key, the account is not sure to be the person's.
    let swapped = cx.matched.candidates.iter().any(|candidate| is_swapped(cx, candidate, claimed));
    swapped.then(|| {
        Hit::new(message!(
            "Ett samordningsnummer och ett personnummer med samma födelsedatum och namn. Det kan vara samma person.",
            "A coordination number and a personal number with the same birth date and name. It may be one person."
        ))
    })
}

/// Whether a candidate has a number of the other kind, of the same day, and the same name.
fn is_swapped(cx: &AccountCx<'_>, candidate: &Candidate, claimed: PersonalNumber) -> bool {
    let own = cx.system.review.roster.person(candidate.person).personal_number;
    let other_kind = own.is_some_and(|own| own.is_coordination() != claimed.is_coordination());
    let same_day = |e: &Evidence| e.field == EvidenceField::PersonalNumber && e.level == Level::Partial;
    let named = candidate.evidence.iter().any(|e| e.field.is_name()) && !candidate.differs_in_name();
    other_kind && named && candidate.evidence.iter().any(same_day)
}
