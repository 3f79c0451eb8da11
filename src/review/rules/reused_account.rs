//! An account that was another's in the run before.

use crate::history::HolderNow;
use crate::model::{Severity, Text, message, object_key, other_object};
use crate::review::rule::needs_export;
use crate::review::{AccountCx, Check, Group, Hit, RestsOn, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "reused-account",
    group: Group::Account,
    base: Severity::High,
    title: Text::new("Kontonamnet har bytt innehavare", "The account name has another holder"),
    why: Text::new(
        "Kontot tillhörde någon annan vid förra genomgången. Behörigheter och spår i loggar kan höra till den förra innehavaren.",
        "The account was somebody else's at the last review. Access and traces in logs may belong to the former holder.",
    ),
    action: Text::new(
        "Kontrollera att kontot lades upp på nytt för innehavaren och att den förras behörigheter är borta.",
        "Check that the account was made anew for its holder and that the former one's access is gone.",
    ),
    proposal: Text::new("Kontrollera kontots behörigheter", "Check what the account has access to"),
    clauses: &["NIST SP 800-53 r5 IA-4", "ISO/IEC 27001:2022 A.5.16"],
    stage: Stage::Loop,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Account { untested: needs_export, check },
};

fn check(cx: &AccountCx<'_>) -> Option<Hit> {
    let previous = cx.system.review.recalled.previous.as_ref()?;
    let (person, then) = (cx.person?, previous.bearer(&cx.key())?);
    let now = cx.text(cx.account.guid).map(object_key);
    let is_another = then.guid.as_deref().zip(now.as_deref()).is_some_and(|(then, now)| other_object(then, now));
    let was_anothers = then.was_anothers(HolderNow { person, names: cx.system.review.names });
    (was_anothers && !is_another).then(|| {
        let day = previous.as_of;
        match previous.accounts.contains_key(&cx.key()) {
            true => Hit::new(message!(
                "Kontot tillhörde någon annan vid genomgången {day}.",
                "The account was somebody else's at the review of {day}."
            ))
            .day("previous", Some(day)),
            false => Hit::new(message!(
                "Kontot tillhörde någon annan när systemet senast levererades.",
                "The account was somebody else's when the system was last delivered."
            )),
        }
    })
}
