//! What a rule may look at of one account: the account, its holder, and what earlier runs knew of both.

use super::context::SystemCx;
use super::extract::Extract;
use super::receivers::{PassedOn, Receiver};
use super::rule::{Rule, Stage};
use super::rules::RULES;
use crate::answer_form::Decision;
use crate::config::Exemption;
use crate::history::{AccountNow, AccountThen, HolderNow, Whose, traces};
use crate::ingest::Export;
use crate::matching::{Match, NamedAs, Outcome, StatedHolder};
use crate::model::{
    Account, AccountClass, AccountIx, AccountKey, AccountName, AccountState, Employment, End, Field, FindingKey,
    LastLogin, Person, PersonIx, SourceRef, Sym, object_key, tidy,
};
use crate::roster::{Standing, Tenure, Ties, counts, name_keys};
use crate::runfolder::{AnswerLine, HolderLine, VerifiedLine};
use chrono::NaiveDate;
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// One account.
pub struct AccountCx<'a> {
    /// Its system.
    pub system: SystemCx<'a>,
    /// The export it stands in.
    pub export: &'a Export,
    /// Its place.
    pub ix: AccountIx,
    /// The account.
    pub account: &'a Account,
    /// Whose it is.
    pub matched: &'a Match,
    /// The linked person.
    pub person: Option<&'a Person>,
    /// The linked person's standing, where something has asked for it.
    tenure: OnceCell<Option<Tenure<'a>>>,
}

impl<'a> AccountCx<'a> {
    /// Gathers it.
    pub(super) fn new(
        system: SystemCx<'a>,
        export: &'a Export,
        ix: AccountIx,
        account: &'a Account,
        matched: &'a Match,
    ) -> Self {
        let person = matched.person().map(|ix| system.review.roster.person(ix));
        Self { system, export, ix, account, matched, person, tenure: OnceCell::new() }
    }

    /// The linked person's standing on the tested day: worked out once, and only for those who ask, since much that is
    /// asked of every account is not about its holder.
    pub fn tenure(&self) -> Option<Tenure<'a>> {
        *self.tenure.get_or_init(|| self.matched.person().map(|person| self.tenure_of(person)))
    }

    /// What the account is called in outputs.
    pub fn label(&self) -> &'a str {
        self.system.review.systems[self.system.place].labels.get(self.ix.0 as usize)
    }

    /// Its key, the same from run to run.
    pub fn key(&self) -> AccountKey {
        self.system.review.systems[self.system.place].key(self.ix)
    }

    /// The key it had in the run before, where it was there.
    pub fn key_then(&self) -> Option<AccountKey> {
        let review = self.system.review;
        let previous = review.recalled.previous.as_ref()?;
        let renamed = || review.recognised(self.system.place)?.then(self.ix).cloned();
        previous.key_then(&self.system.config.system.id, self.now(), renamed)
    }

    /// Who holds it, as against who held it in earlier runs.
    pub fn holder(&self) -> Option<HolderNow<'a>> {
        self.person.map(|person| HolderNow { person, names: self.system.review.names })
    }

    /// What tells it from another that bore its name.
    pub(super) fn now(&self) -> AccountNow<'a> {
        AccountNow { key: self.key(), guid: self.text(self.account.guid).map(object_key), holder: self.holder() }
    }

    /// What tells it whatever it is called.
    pub fn traces(&self) -> Vec<String> {
        traces(self.system.review.names, self.text(self.account.dn), self.text(self.account.upn))
    }

    /// To whom its row was passed on, where somebody takes it over.
    pub fn passed_on(&self) -> Option<&'a PassedOn> {
        let receivers = self.system.review.receivers();
        let passed = if receivers.is_empty() { None } else { receivers.of(&self.key_then()?) };
        let passed = passed.filter(|passed| matches!(passed.receiver, Receiver::Known(_)));
        passed.filter(|_| self.answers().any(|answer| answer.decision == Decision::NotMine))
    }

    /// Whether nothing is said of when it was made, where others of the export say it.
    pub fn is_ageless(&self) -> bool {
        self.account.created.is_none() && self.has_column(&[Field::Created])
    }

    /// Whether all that it says of its holder is a personal number that cannot be read. A wrong number is a fault of the
    /// file, and no ground to call an account nobody's.
    pub fn says_only_a_broken_number(&self) -> bool {
        let account = self.account;
        let keys = [account.employee_number, account.hsa_id, account.email, account.upn];
        let says_nothing_else = account.personal_number.is_none() && keys.iter().all(Option::is_none);
        let is_broken = self.export.beside.broken_numbers_of(self.ix).next().is_some();
        is_broken && says_nothing_else && self.stated_name().is_empty()
    }

    /// Whether its holder may stand on a row of payroll or a register that could not be used.
    pub fn may_be_on_an_unused_row(&self) -> bool {
        let unused = self.system.review.roster.unused();
        !unused.is_empty() && unused.may_name(&self.ties())
    }

    /// What is stated of its holder that may tie it to somebody.
    fn ties(&self) -> Ties {
        let (account, mut ties) = (self.account, Ties::default());
        ties.numbers(account.personal_number);
        ties.employees(self.text(account.employee_number));
        ties.addresses([account.email, account.upn].into_iter().filter_map(|sym| self.text(sym)));
        ties.addresses(self.export.strings.texts(account.more_mails));
        ties.logins([Some(account.name), account.user_name].into_iter().filter_map(|sym| self.text(sym)));
        ties.hsa_ids(self.text(account.hsa_id));
        ties.names(&self.export.names_of(self.ix));
        ties
    }

    /// The name that the system itself states, given name first.
    pub fn stated_name(&self) -> String {
        match (self.text(self.account.given_name), self.text(self.account.surname)) {
            (Some(given), Some(surname)) => format!("{given} {surname}"),
            (given, surname) => {
                let whole = self.text(self.account.whole_name).or(surname).or(given).unwrap_or("");
                match whole.split_once(',') {
                    Some((surname, given)) => tidy(&format!("{given} {surname}")),
                    None => whole.to_owned(),
                }
            }
        }
    }

    /// Everyone of the register who is called as the system states.
    pub fn called_so(&self) -> BTreeSet<PersonIx> {
        let index = self.system.review.roster.index();
        let keys: BTreeSet<(String, String)> = self.export.names_of(self.ix).iter().flat_map(name_keys).collect();
        keys.iter().flat_map(|key| index.by_name(key).iter().copied()).collect()
    }

    /// Whether someone has left, or has never been employed where it counts for the system.
    pub fn is_gone(&self, person: PersonIx) -> bool {
        matches!(self.tenure_of(person).standing, Standing::Ended | Standing::None)
    }

    /// How someone stands who may be the holder.
    pub fn tenure_of(&self, person: PersonIx) -> Tenure<'a> {
        self.system.review.roster.tenure(person, self.system.scope, self.tested_day())
    }

    /// Whether the holder has never been employed where it counts for the system, but elsewhere: an engagement that has
    /// not begun shelters nobody.
    pub fn is_outside_companies(&self) -> bool {
        let Some((person, tenure)) = self.person.zip(self.tenure()) else { return false };
        let mut employments = person.employments.iter().filter(|employment| !employment.is_engagement());
        match tenure.standing {
            Standing::None => true,
            Standing::Future => {
                let is_elsewhere = !person.employments.iter().all(Employment::is_engagement);
                is_elsewhere && !employments.any(|employment| counts(employment, self.system.scope))
            }
            _ => false,
        }
    }

    /// Whether it is not settled whose the account is, and hardly anybody's who is employed.
    pub fn is_of_nobody_employed(&self) -> bool {
        let unsettled = matches!(self.matched.outcome, Outcome::Candidate | Outcome::Disputed);
        unsettled && self.matched.active_probability < self.system.review.config.matching.candidate_probability
    }

    /// Whether it is not settled whose the account is, and everyone whom it may belong to has left.
    pub fn is_of_some_leaver(&self) -> bool {
        let candidates = &self.matched.candidates;
        self.is_of_nobody_employed()
            && !candidates.is_empty()
            && candidates.iter().all(|candidate| self.is_gone(candidate.person))
    }

    /// Who was named in an answer as the right holder.
    pub fn stated_holder(&self) -> Option<&'a StatedHolder> {
        self.system.review.stated.of(&self.key_then()?).filter(|stated| stated.named_as == NamedAs::Holder)
    }

    /// A finding among some of the run before that its rule finds here again. Rules of the loop are not asked: they
    /// look at each other's findings.
    pub fn still_found(&self, among: impl Fn(&FindingKey) -> bool) -> Option<(&'static Rule, FindingKey)> {
        let row = self.key_then()?;
        let rules = RULES.iter().copied().filter(|rule| rule.stage == Stage::Facts);
        let keyed = rules.map(|rule| (rule, FindingKey::of_account(rule.id, &row)));
        keyed.filter(|(_, key)| among(key)).find(|(rule, _)| !rule.check.on_account(self).is_empty())
    }

    /// What the run before saw of it.
    pub fn then(&self) -> Option<&'a AccountThen> {
        let previous = self.system.review.recalled.previous.as_ref()?;
        previous.accounts.get(&self.key_then()?)
    }

    /// Whether it has a role, as roles are compared: without regard to case.
    pub fn has_role(&self, role: &str) -> bool {
        let role = AccountName::new(role);
        self.roles().any(|own| AccountName::new(own) == role)
    }

    /// Whether it was another's, as an earlier run knew whose it was.
    fn was_of_another(&self, holder: Option<&HolderLine>) -> bool {
        self.holder().zip(holder).is_some_and(|(now, then)| then.whose(now) == Whose::Anothers)
    }

    /// Answers that were given on its row while it was whose it is, the first one first.
    pub fn answers(&self) -> impl DoubleEndedIterator<Item = &'a AnswerLine> {
        let ledger = &self.system.review.ledger;
        let own = self.key_then().map_or(&[][..], |row| ledger.of(&row)).iter().copied();
        own.filter(|answer| !self.was_of_another(answer.holder.as_ref()))
    }

    /// What was last decided on its row. Whoever only named the holder decided nothing.
    pub fn decision(&self) -> Option<&'a AnswerLine> {
        self.answers().rfind(|answer| answer.decides())
    }

    /// The answer to a finding of the run before on its row.
    pub fn answer_to(&self, key: &FindingKey) -> Option<&'a AnswerLine> {
        let first_seen = self.system.review.first_seen(key)?;
        let answer = self.system.review.ledger.answer(&self.key_then()?, key, first_seen)?;
        (!self.was_of_another(answer.holder.as_ref())).then_some(answer)
    }

    /// What an export has shown to be done of a finding on its row that is here again: it has come back, and the decision
    /// that was carried out settles it no more. An export that shows nothing new does not show that.
    pub fn came_back(&self, key: &FindingKey) -> Option<&'a VerifiedLine> {
        self.was_done(key).filter(|_| self.shows_state())
    }

    /// Whether the export tells how it is with the account now: it is not older than what was read, and says whether it is
    /// closed where one before it did.
    pub fn shows_state(&self) -> bool {
        let Some(extract) = self.system.review.extract(self.system.place) else { return false };
        extract.older_than().is_none() && !self.has_lost_its_state()
    }

    /// Whether the export does not say whether it is closed, though one before it said so of its accounts.
    pub fn has_lost_its_state(&self) -> bool {
        let extract = || self.system.review.extract(self.system.place);
        self.account.state == AccountState::NotStated && extract().is_some_and(Extract::lacks_states)
    }

    /// What an export has shown to be done of a finding on its row, where nobody has answered anew since.
    pub fn was_done(&self, key: &FindingKey) -> Option<&'a VerifiedLine> {
        let review = self.system.review;
        let done = review.recalled.memory.verified.get(key)?;
        let is_newer = |answer: &AnswerLine| {
            answer.is_to_list_since(done.verified_on) && answer.day().is_some_and(|day| day >= done.verified_on)
        };
        let answered = self.answers().any(|own| own.findings.contains(key) && is_newer(own));
        (!answered && !self.was_of_another(done.holder.as_ref())).then_some(done)
    }

    /// A finding that an answer was given to and that its rule finds here again, never having been in order in between.
    pub fn still_answered(&self, answer: &AnswerLine) -> Option<(&'static Rule, FindingKey)> {
        let first_seen = |key: &FindingKey| self.system.review.first_seen(key);
        let is_told = |key: &FindingKey| first_seen(key).is_some_and(|day| answer.is_to_list_since(day));
        self.still_found(|key| answer.findings.contains(key) && is_told(key))
    }

    /// Whether an answer was given to the account as it was, on a row that only asked for a decision: rules of the loop
    /// aside, the row named no deviation.
    pub fn is_of_no_deviation(&self, answer: &AnswerLine) -> bool {
        let of_facts =
            |finding: &FindingKey| RULES.iter().any(|rule| rule.stage == Stage::Facts && rule.id == finding.rule());
        !answer.findings.iter().any(of_facts)
    }

    /// The day the export proves.
    pub fn tested_day(&self) -> NaiveDate {
        self.export.tested_day
    }

    /// Whether it must be taken to be usable.
    pub fn is_active(&self) -> bool {
        self.account.state.counts_as_active()
    }

    /// Whether the export can tell one of some fields of it: one of its rows stands where there is a column for it, or else
    /// in a list whose accounts others tell more of, so that who is missing in those has nothing there.
    pub fn has_column(&self, one_of: &[Field]) -> bool {
        let has = |row: &SourceRef| self.export.report_of(*row).is_some_and(|own| own.sheet_has(row.sheet, one_of));
        if has(&self.account.source) {
            return true;
        }
        let rows = self.export.rows_of(self.ix);
        rows.iter().any(has) || !rows.iter().any(|row| self.system.tells_alone(*row))
    }

    /// The day of the last sign-in, if there was one.
    pub fn last_login(&self) -> Option<NaiveDate> {
        match self.account.last_login {
            Some(LastLogin::On(day)) => Some(day),
            Some(LastLogin::Never | LastLogin::NotUnderstood) | None => None,
        }
    }

    /// Its roles and groups.
    pub fn roles(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        self.export.strings.texts(self.account.roles)
    }

    /// Whether it has high rights: by the export, by its roles, or because it is made for administration.
    pub fn is_privileged(&self) -> bool {
        is_privileged(self.account, self.matched)
    }

    /// The account's own last day; a date that stands for none is none.
    pub fn valid_to(&self) -> Option<NaiveDate> {
        self.account.valid_to.and_then(|day| End::new(day).date())
    }

    /// The holder's employments that count for the system, engagements too.
    pub fn employments(&self) -> impl Iterator<Item = &'a Employment> + use<'a> {
        let (roster, scope) = (self.system.review.roster, self.system.scope);
        self.person.into_iter().flat_map(|p| &p.employments).filter(move |e| roster.counts(e, scope))
    }

    /// Those of them that are employments and go on.
    pub fn current(&self) -> impl Iterator<Item = &'a Employment> + use<'a> {
        let day = self.tested_day();
        self.employments().filter(move |e| !e.is_engagement() && e.goes_on(day))
    }

    /// Those of them that are engagements and go on.
    pub fn engagements(&self) -> impl Iterator<Item = &'a Employment> + use<'a> {
        let day = self.tested_day();
        self.employments().filter(move |e| e.is_engagement() && e.goes_on(day))
    }

    /// Who answers for an account that is nobody's in particular, as written: by an exemption that holds, else by
    /// the export or the register.
    pub fn stated_owner(&self) -> Option<&'a str> {
        let exemption = self.exemption().and_then(|exemption| exemption.owner.as_deref());
        exemption.or_else(|| self.text(self.account.owner))
    }

    /// The account that signing in goes through: of the same name, else the holder's own. The outer is `None`
    /// where the system names no other for it.
    pub fn sign_in_account(&self) -> Option<Option<AccountCx<'a>>> {
        let review = self.system.review;
        let login = self.system.config.login.as_ref()?;
        let place = review.systems.iter().position(|system| system.config.system.id == *login)?;
        let by_name = review.across.sign_in_account(place, self.text(Some(self.account.name)).unwrap_or(""));
        let by_holder = || {
            let there = review.accounts_of(self.matched.person()).filter(|cx| cx.system.place == place);
            there.max_by_key(|cx| (cx.matched.class == AccountClass::Personal, cx.is_active(), Reverse(cx.ix)))
        };
        Some(by_name.and_then(|account| review.account(place, account)).or_else(by_holder))
    }

    /// The exemption stated for the account, whether it still holds or not.
    pub fn stated_exemption(&self) -> Option<&'a Exemption> {
        let name = self.export.strings.text(self.account.name);
        let system = &self.system.config.system.id;
        self.system.review.config.exemption(system, name)
    }

    /// The exemption that holds on the reference date.
    pub fn exemption(&self) -> Option<&'a Exemption> {
        self.stated_exemption().filter(|exemption| exemption.holds_on(self.system.review.config.review.as_of))
    }

    /// A text of the account.
    pub fn text(&self, sym: Option<Sym>) -> Option<&'a str> {
        self.export.strings.maybe(sym)
    }
}

/// Whether an account has high rights, for those who look at nothing more of it.
pub fn is_privileged(account: &Account, matched: &Match) -> bool {
    account.privileged || matched.class == AccountClass::Admin
}
