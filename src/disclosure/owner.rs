//! The part of one system's owner.

use super::{
    AccountRow, ControlFinding, Disclosure, Door, MatchingShown, PartOf, PartShown, RecipientShown, Reliability,
    RunFacts, Shown, SinceRow, SourceShown, Trend, reliability, since, sources_for, trend,
};
use crate::config::Exemption;
use crate::followup::Tracked;
use crate::matching::Outcome;
use crate::model::{AccountName, Field, Language, ProtectedCount, Text};
use crate::review::{Review, Rule, Subject, SystemCx};
use chrono::NaiveDate;

/// A system as its owner knows it.
#[derive(Clone, Debug)]
pub struct SystemShown {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Shown,
    /// Owner.
    pub owner: Option<Shown>,
    /// Administrator.
    pub administrator: Option<Shown>,
    /// Committee.
    pub committee: Option<Shown>,
    /// Whether its data is sensitive.
    pub sensitive: bool,
    /// Information class.
    pub classification: Option<Shown>,
    /// When the list of systems was last confirmed to be right about it.
    pub confirmed: Option<NaiveDate>,
    /// Latest risk analysis.
    pub risk_analysis: Option<NaiveDate>,
    /// The day the export proves.
    pub tested_day: Option<NaiveDate>,
    /// Whether that day was stated.
    pub day_stated: bool,
}

/// An exemption as it may be shown.
#[derive(Clone, Debug)]
pub struct ExemptionShown {
    /// The account as written in the configuration.
    pub account: Shown,
    /// Owner, reason, compensating control, approver, end date: what is stated, in that order.
    pub stated: Vec<(&'static str, Shown)>,
}

/// A rule that could not be tested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UntestedShown {
    /// The rule's id.
    pub rule: &'static str,
    /// Title of the rule.
    pub title: &'static str,
    /// Why.
    pub why: Shown,
}

impl UntestedShown {
    /// A rule that could not be tested, with the reason in the language.
    pub fn new(rule: &Rule, why: Shown, language: Language) -> Self {
        Self { rule: rule.id, title: rule.title.get(language), why }
    }
}

/// Everything one owner gets.
#[derive(Clone, Debug)]
pub struct OwnerBook {
    /// The system.
    pub system: SystemShown,
    /// Who is to answer: the owner, or the administrator where no owner is stated; of a part of the list its department.
    pub recipient: Option<RecipientShown>,
    /// Which part of the system's list it is, where the list is cut.
    pub part: Option<PartShown>,
    /// Every account that may be shown, in the order of the export.
    pub accounts: Vec<AccountRow>,
    /// Findings about the system itself.
    pub findings: Vec<ControlFinding>,
    /// What became of the findings of the run before.
    pub since: Vec<SinceRow>,
    /// What could not be tested.
    pub untested: Vec<UntestedShown>,
    /// Whether anything says which accounts have high rights: without it none has been looked for.
    pub tells_privilege: bool,
    /// Accounts hidden because of protection, as far as the number may be told.
    pub protected: ProtectedCount,
    /// Payroll's files and the system's export.
    pub inputs: Vec<SourceShown>,
    /// The extract day of payroll, and whether it was stated.
    pub payroll_day: (NaiveDate, bool),
    /// Populations left out: reason, by whom, how many accounts.
    pub left_out: Vec<(Shown, Shown, u64)>,
    /// Exemptions of the system.
    pub exemptions: Vec<ExemptionShown>,
    /// Accounts by outcome, in the words of the rows.
    pub outcomes: Vec<(&'static str, u64)>,
    /// How well matching works here.
    pub matching: MatchingShown,
    /// How far the result can be trusted.
    pub reliability: Reliability,
    /// How it has moved over the runs; for the owner of the whole system only.
    pub trend: Trend,
}

impl OwnerBook {
    /// What the workbook is about: the system, and which part of its list.
    pub fn title(&self) -> String {
        match &self.part {
            Some(part) => format!("{} – {}", self.system.name, part.name),
            None => (&self.system.name).into(),
        }
    }

    /// Whether whoever gets the book is asked of a row: not of one that was passed on, unless it was to him.
    fn asks_of(&self, row: &AccountRow) -> bool {
        row.passed_on.is_none() || self.is_passed_on()
    }

    /// Whether it holds what was passed on to whoever gets it.
    pub fn is_passed_on(&self) -> bool {
        self.part.as_ref().is_some_and(|part| part.of == PartOf::PassedOn)
    }

    /// Its rows that ask for an answer by a list that is not Avvikelser.
    pub fn attested(&self, run: &RunFacts) -> usize {
        self.accounts.iter().filter(|row| self.asks_of(row) && row.is_attested(run)).count()
    }

    /// Its rows that ask for an answer of somebody else, to whom they were passed on.
    pub fn asked_of_others(&self, run: &RunFacts) -> Vec<&AccountRow> {
        let is_asked = |row: &AccountRow| row.is_listed(run) || row.is_attested(run);
        self.accounts.iter().filter(|row| !self.asks_of(row) && is_asked(row)).collect()
    }

    /// Rows that deviate, whether they are listed once more or not: the gravest first, then those longest gone, then by
    /// account.
    pub fn deviating(&self, run: &RunFacts) -> Vec<&AccountRow> {
        let deviates = |row: &&AccountRow| self.asks_of(row) && row.reasons_from(run.asks.list_from).next().is_some();
        let mut rows: Vec<&AccountRow> = self.accounts.iter().filter(deviates).collect();
        rows.sort_by(|a, b| {
            let key = |row: &AccountRow| (std::cmp::Reverse(row.severity()), std::cmp::Reverse(row.days_since_end));
            key(a).cmp(&key(b)).then_with(|| a.account.cmp(&b.account))
        });
        rows
    }

    /// Those of them that must be answered: all, or in a run about changes what is not settled.
    pub fn deviations(&self, run: &RunFacts) -> Vec<&AccountRow> {
        let mut rows = self.deviating(run);
        rows.retain(|row| row.is_listed(run));
        rows
    }

    /// Rows with high rights, those with findings first.
    pub fn privileged(&self) -> Vec<&AccountRow> {
        let mut rows: Vec<&AccountRow> =
            self.accounts.iter().filter(|row| row.privileged && self.asks_of(row)).collect();
        rows.sort_by(|a, b| b.severity().cmp(&a.severity()).then_with(|| a.account.cmp(&b.account)));
        rows
    }
}

/// Makes an owner's part, from the rows of the system's accounts and the findings that may be shown.
pub fn book(cx: SystemCx<'_>, accounts: Vec<AccountRow>, open: &[&Tracked], disclosure: &Disclosure<'_>) -> OwnerBook {
    let (door, run) = (&disclosure.door, &disclosure.run);
    let system = shown(cx, door);
    let facts = cx.payroll();
    let of_system = open.iter().filter(|tracked| tracked.finding.subject == Subject::System(cx.place));
    OwnerBook {
        inputs: sources_for(&disclosure.inputs, &system.id).into_iter().cloned().collect(),
        findings: of_system.map(|tracked| ControlFinding::new(tracked, door)).collect(),
        since: since::of_system(disclosure, cx.place, &accounts),
        untested: untested(cx.place, disclosure),
        tells_privilege: tells_privilege(&cx),
        protected: cx.review.protected_in(cx.place),
        payroll_day: (facts.day, facts.day_stated),
        left_out: left_out(cx, door),
        exemptions: exemptions(cx, door),
        matching: super::matching::shown(&cx, door),
        reliability: reliability::of_system(&cx, disclosure),
        trend: trend::of_systems(disclosure, &disclosure.counts, Some(&[cx.config.system.id.as_str()])),
        recipient: recipient([&cx.config.system.owner, &cx.config.system.administrator], door),
        system,
        part: None,
        outcomes: outcomes(&accounts, run),
        accounts,
    }
}

/// Whether the export has a column for high rights, or some of its roles are named as such.
fn tells_privilege(cx: &SystemCx<'_>) -> bool {
    cx.has(Field::Privileged) || cx.roles().any(|role| cx.config.privileged_roles.fit(role))
}

/// The first of these who can answer. Whoever has left, cannot be found or shares the name with others receives nothing:
/// the list would come to somebody who has no right to see it.
pub fn recipient(stated: [&Option<String>; 2], door: &Door<'_>) -> Option<RecipientShown> {
    let day = door.review.config.review.as_of;
    let mut able = stated.into_iter().flatten().filter(|written| door.review.unable_to_answer(written, day).is_none());
    able.next().map(|written| door.names.recipient(written))
}

/// Accounts by outcome, in the words of the rows.
pub fn outcomes(accounts: &[AccountRow], run: &RunFacts) -> Vec<(&'static str, u64)> {
    let counted = Outcome::ALL.map(|outcome| {
        let words = super::row::outcome(outcome).get(run.language);
        (words, accounts.iter().filter(|row| row.outcome == words).count() as u64)
    });
    counted.to_vec()
}

/// A system with its people as they may be shown.
pub fn shown(cx: SystemCx<'_>, door: &Door<'_>) -> SystemShown {
    let system = &cx.config.system;
    let person = |written: &Option<String>| written.as_deref().map(|written| door.names.shown(written));
    SystemShown {
        id: system.id.to_string(),
        name: door.show(&system.name),
        owner: person(&system.owner),
        administrator: person(&system.administrator),
        committee: door.show_some(system.committee.as_deref()),
        sensitive: system.sensitive,
        classification: door.show_some(system.classification.as_deref()),
        confirmed: cx.confirmed(),
        risk_analysis: system.risk_analysis,
        tested_day: cx.export.map(|export| export.tested_day),
        day_stated: cx.config.exported().is_some(),
    }
}

/// What could not be tested on a system, in catalogue order.
pub fn untested(place: usize, disclosure: &Disclosure<'_>) -> Vec<UntestedShown> {
    let Disclosure { door, run, followed, .. } = disclosure;
    let mut list: Vec<UntestedShown> = followed
        .untested_on(place)
        .map(|untested| UntestedShown::new(untested.rule, door.say(&untested.why), run.language))
        .collect();
    let off = Text::new("regeln är avstängd i konfigurationen", "the rule is off in the configuration");
    let off = || Shown::default().with(off.get(run.language));
    let are_off = run.rules.iter().filter(|shown| shown.base.is_none());
    list.extend(are_off.map(|shown| UntestedShown::new(shown.rule, off(), run.language)));
    list
}

/// Every exemption of the system, but those of protected persons' accounts.
fn exemptions(cx: SystemCx<'_>, door: &Door<'_>) -> Vec<ExemptionShown> {
    let protected = cx.review.protection.accounts[cx.place].iter();
    let hidden: Vec<AccountName> = protected
        .filter_map(|account| cx.account(*account))
        .filter_map(|account| account.text(Some(account.account.name)).map(AccountName::new))
        .collect();
    let own = cx.review.config.exemptions.iter().filter(|exemption| exemption.system == cx.config.system.id);
    let unused: Vec<&str> = cx.unused_exemptions().into_iter().map(|exemption| exemption.account.as_str()).collect();
    let note = Text::new("i exporten", "in the export").get(door.language);
    let unmet = Text::new("träffar inget konto", "fits no account").get(door.language);
    own.filter(|exemption| !hidden.contains(&AccountName::new(&exemption.account)))
        .map(|exemption| {
            let mut stated = stated(exemption, door);
            if unused.contains(&exemption.account.as_str()) {
                stated.push((note, Shown::default().with(unmet)));
            }
            ExemptionShown { account: door.show(&exemption.account), stated }
        })
        .collect()
}

fn stated(exemption: &Exemption, door: &Door<'_>) -> Vec<(&'static str, Shown)> {
    let t = |sv, en| Text::new(sv, en).get(door.language);
    let owner = exemption.owner.as_deref().map(|written| door.names.shown(written));
    let parts = [
        (t("ägare", "owner"), owner),
        (t("skäl", "reason"), door.show_some(exemption.reason.as_deref())),
        (t("kompenserande kontroll", "compensating control"), door.show_some(exemption.compensating.as_deref())),
        (t("beslutat av", "approved by"), door.show_some(exemption.approved_by.as_deref())),
        (t("till och med", "until"), exemption.until.map(|day| Shown::default().with(day))),
    ];
    parts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

fn left_out(cx: SystemCx<'_>, door: &Door<'_>) -> Vec<(Shown, Shown, u64)> {
    let Some(export) = cx.export else { return Vec::new() };
    let hidden = hidden(cx.review, cx.place);
    cx.config
        .exclusions
        .iter()
        .zip(0u8..)
        .map(|(exclusion, at)| {
            let accounts = export.accounts.iter().zip(0u32..);
            let count = accounts.filter(|(a, ix)| a.excluded_by == Some(at) && !hidden(*ix)).count();
            (door.show(&exclusion.reason), door.show(&exclusion.decided_by), count as u64)
        })
        .collect()
}

fn hidden<'r>(review: &'r Review<'_>, place: usize) -> impl Fn(u32) -> bool + 'r {
    move |ix| review.protection.accounts[place].contains(&crate::model::AccountIx(ix))
}
