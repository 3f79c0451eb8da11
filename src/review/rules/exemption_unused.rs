//! An exemption that fits no account.

use crate::model::{AccountName, Severity, Text, counted, message};
use crate::review::rule::needs_export;
use crate::review::{Check, Fact, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells};
use std::collections::BTreeSet;

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
    let export = cx.export?;
    let names: BTreeSet<AccountName> =
        export.accounts.iter().map(|own| AccountName::new(export.strings.text(own.name))).collect();
    let of_system = cx.review.config.exemptions.iter().filter(|exemption| exemption.system == cx.config.system.id);
    let unused = of_system.filter(|exemption| !names.contains(&AccountName::new(&exemption.account)));
    let unused: Vec<String> = unused.map(|exemption| exemption.account.clone()).collect();
    (!unused.is_empty()).then(|| {
        /// More of them are looked up in the facts.
        const NAMED: usize = 5;
        let (sv, en) = counted(unused.len(), ["undantag", "undantag"], ["exemption", "exemptions"]).both();
        let more = if unused.len() > NAMED { ", …" } else { "" };
        let named = unused[..unused.len().min(NAMED)].join(", ");
        let hit = Hit::new(message!(
            "{sv} träffar inget konto i exporten: {named}{more}.",
            "{en} fit no account of the export: {named}{more}."
        ));
        hit.count("exemptions", unused.len()).fact("accounts", Fact::List(unused))
    })
}
