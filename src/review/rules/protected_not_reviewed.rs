//! Protected persons have accounts, and nobody is named to review them.

use crate::model::{Field, ProtectedCount, Severity, Text, capitalised, message};
use crate::review::{Check, Fact, Group, Hit, RestsOn, Review, Rule, Stage, Tells};
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    id: "protected-not-reviewed",
    group: Group::Control,
    base: Severity::High,
    title: Text::new("Skyddade personers konton är inte granskade", "Accounts of protected persons are not reviewed"),
    why: Text::new(
        "Konton som tillhör eller kan tillhöra personer med skyddade personuppgifter visas inte i någon vanlig \
         lista. Utan en utsedd mottagare granskas de inte alls.",
        "Accounts that belong or may belong to persons with protected personal data are shown in no ordinary \
         list. Without an appointed recipient they are not reviewed at all.",
    ),
    action: Text::new(
        "Granska dessa konton i särskild ordning, hos den post som hanterar skyddade personuppgifter.",
        "Review these accounts separately, at the post that handles protected personal data.",
    ),
    proposal: Text::new("Granska i särskild ordning", "Review separately"),
    clauses: &["Offentlighets- och sekretesslagen (2009:400) 21 kap.", "ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Facts,
    tells: Tells::NotOfInputs,
    rests_on: RestsOn::people(&[Field::Protected]),
    check: Check::Whole(check),
};

/// Where a file can mark, that this is said tells nothing of whether anybody is marked: a small number is told as none is.
fn check(review: &Review<'_>) -> Option<Hit> {
    let none = review.protection.accounts.iter().all(BTreeSet::is_empty);
    let can_mark = || review.reports().any(|report| report.has(Field::Protected));
    if none && !can_mark() || review.config.protected_recipient.is_some() {
        return None;
    }
    let told = review.protected_in_all();
    let (sv, en) = told.accounts().both();
    let (accounts, accounts_en) = (capitalised(&sv), capitalised(&en));
    let number = capitalised(&told.words().sv);
    let perhaps_none = matches!(told, ProtectedCount::Fewer(_));
    let none = if perhaps_none { message!(" (kanske inget)", " (perhaps none)") } else { message!("", "") };
    let (none, none_en) = none.both();
    let hit = Hit::new(message!(
        "{accounts}{none} hör eller kan höra till personer med skyddade personuppgifter och har inte granskats.",
        "{accounts_en}{none_en} may belong to persons with protected personal data and went unreviewed."
    ));
    let hit = hit.mended("[protected]", "recipient = \"Säkerhetschef\"");
    Some(match told {
        ProtectedCount::Exactly(accounts) => hit.count("accounts", accounts),
        ProtectedCount::Fewer(_) | ProtectedCount::AtLeast(_) => hit.fact("accounts", Fact::Text(number)),
    })
}
