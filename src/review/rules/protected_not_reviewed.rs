//! Protected persons have accounts, and nobody is named to review them.

use crate::model::{Field, Severity, Text, counted, message};
use crate::review::{Check, Group, Hit, RestsOn, Review, Rule, Stage, Tells};

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
    tells: Tells::NothingMore,
    rests_on: RestsOn::people(&[Field::Protected]),
    check: Check::Whole(check),
};

fn check(review: &Review<'_>) -> Option<Hit> {
    let accounts: usize = review.protection.accounts.iter().map(std::collections::BTreeSet::len).sum();
    if accounts == 0 || review.config.protected_recipient.is_some() {
        return None;
    }
    let perhaps = review.protection.perhaps;
    let (sv, en) = counted(accounts, ["konto", "konton"], ["account", "accounts"]).both();
    let mut message = message!(
        "{sv} hör eller kan höra till personer med skyddade personuppgifter och har inte granskats.",
        "{en} may belong to persons with protected personal data and went unreviewed."
    );
    if perhaps > 0 {
        message.sv.push_str(&format!(" Av dem är {perhaps} dolda därför att innehavaren inte är säker."));
        message.en.push_str(&format!(" Of these, {perhaps} are hidden because the holder is not certain."));
    }
    let hit = Hit::new(message);
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Some(hit.number("accounts", number(accounts)).number("perhaps", number(perhaps)))
}
