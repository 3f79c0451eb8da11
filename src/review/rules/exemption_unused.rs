//! An exemption that fits no account.

use crate::model::{Severity, Text, counted, message};
use crate::review::rule::needs_export;
use crate::review::{Check, Fact, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};

pub(super) const RULE: Rule = Rule {
    id: "exemption-unused",
    group: Group::Owner,
    base: Severity::Low,
    title: Text::new("Undantag som inte träffar något konto", "Exemption that fits no account"),
    why: Text::new(
        "Ett undantag i konfigurationen gäller ett konto som inte finns i exporten. Det kan vara felstavat, eller så är kontot borta.",
        "An exemption in the configuration is about an account that is not in the export. It may be misspelt, or the account is gone.",
    ),
    action: Text::new(
        "Rätta kontonamnet eller ta bort undantaget.",
        "Correct the account name or remove the exemption.",
    ),
    proposal: Text::new("Ta bort undantaget", "Remove the exemption"),
    clauses: &["ISO/IEC 27001:2022 A.5.18"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::System { untested: needs_export, check },
};

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    let unused: Vec<String> = cx.unused_exemptions().into_iter().map(|exemption| exemption.account.clone()).collect();
    (!unused.is_empty()).then(|| {
        // The message is read by committees too, which are told no accounts: Underlag marks which they are.
        let (sv, en) = counted(unused.len(), ["undantag", "undantag"], ["exemption", "exemptions"]).both();
        let hit = Hit::new(message!("{sv} träffar inget konto i exporten.", "{en} fit no account of the export."));
        hit.count("exemptions", unused.len()).fact("accounts", Fact::List(unused))
    })
}
