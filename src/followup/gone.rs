//! Findings of the run before that did not come back: what became of each, and what shows it.
//!
//! That a finding stays away proves nothing by itself: a rule may be off, an export missing, payroll changed. Only the
//! account's own state in a later export proves that a decision was carried out.

use super::lacking::{self, Went};
use super::state::{Fate, Proof};
use super::{Follow, Seen};
use crate::answer_form::Decision;
use crate::history::{Doubt, Previous};
use crate::matching::Outcome;
use crate::model::{AccountIx, AccountKey, AccountState, FindingKey, Message, message};
use crate::review::{AccountCx, Check, Extract, Group, RULES, Review, Rule, Stage, Tells, Untested};
use crate::roster::Standing;
use crate::runfolder::{AnswerLine, FindingLine, is_over};
use std::cell::OnceCell;

/// A finding of the run before that did not come back.
#[derive(Clone, Debug)]
pub struct Gone {
    /// What it said.
    pub then: FindingLine,
    /// The system it was about, by its place today.
    pub system: Option<usize>,
    /// The account it was about, where that is still there.
    pub account: Option<AccountIx>,
    /// Whether it was told only to the post for protected persons.
    pub restricted: bool,
    /// The answer that had been given.
    pub answer: Option<AnswerLine>,
    /// What became of it.
    pub fate: Fate,
}

/// Everything of the run before that is not among what came back.
pub fn all(follow: &Follow<'_>, previous: &Previous, seen: &Seen, untested: &[Untested]) -> Vec<Gone> {
    let perhaps_cut = follow.review.systems.iter().map(|_| OnceCell::new()).collect();
    let now = Now { follow, previous, seen, untested, perhaps_cut };
    let missing = |(key, line): &(&FindingKey, &FindingLine)| !seen.came_back.contains(*key) && !is_over(&line.state);
    let ordinary = previous.findings.iter().filter(missing).map(|(key, line)| now.gone(key, line, false));
    let restricted = previous.restricted.iter().filter(missing).map(|(key, line)| now.gone(key, line, true));
    ordinary.chain(restricted).collect()
}

/// Today, for findings of the run before.
struct Now<'a> {
    follow: &'a Follow<'a>,
    previous: &'a Previous,
    seen: &'a Seen,
    untested: &'a [Untested],
    /// Of each system, why its export is perhaps cut short, where something has asked.
    perhaps_cut: Vec<OnceCell<Option<Message>>>,
}

impl Now<'_> {
    fn gone(&self, key: &FindingKey, then: &FindingLine, restricted: bool) -> Gone {
        let review = self.follow.review;
        let named = |id: &String| review.systems.iter().position(|own| own.config.system.id.as_str() == id);
        let system = then.system.as_ref().and_then(named);
        let row = then.row();
        let account = row.as_ref().and_then(|row| review.accounts_then().get(row)).map(|(_, account)| *account);
        let answer = row.as_ref().and_then(|row| answer(review, row, key, &then.rule));
        // What the account itself shows is proof, whatever the rule could be tested on.
        let fate = match self.settled(system, account, then, answer) {
            proven @ Fate::Verified(..) => proven,
            settled => self.why_untested(then, system, account).map_or(settled, Fate::Untestable),
        };
        let then = FindingLine { key: self.own_key(key), ..then.clone() };
        Gone { then, system, account, restricted, answer: answer.cloned(), fate }
    }

    /// Why an export is perhaps cut short, so that what it lacks is not gone.
    fn perhaps_cut(&self, place: usize) -> Option<Message> {
        self.perhaps_cut[place].get_or_init(|| self.follow.is_perhaps_cut(place)).clone()
    }

    /// Its key, told from that of the same finding of today, which is about another account under the old one's name.
    fn own_key(&self, key: &FindingKey) -> FindingKey {
        let is_taken = self.seen.now.contains(key);
        key.clone().marked(is_taken.then_some(self.previous.line.run.as_str()))
    }

    /// Why the rule was not tested on what it was about, where it was not.
    fn why_untested(&self, then: &FindingLine, system: Option<usize>, account: Option<AccountIx>) -> Option<Message> {
        let review = self.follow.review;
        let Some(rule) = RULES.iter().find(|rule| rule.id == then.rule) else {
            return Some(message!("regeln finns inte längre", "there is no such rule any more"));
        };
        if rule.in_force(review.config).is_none() {
            return Some(message!("regeln är avstängd i konfigurationen", "the rule is off in the configuration"));
        }
        if then.system.is_some() && system.is_none() {
            return Some(message!("systemet ingår inte i granskningen", "the system is not part of the review"));
        }
        let here = account.zip(system).and_then(|(account, system)| review.account(system, account));
        if here.as_ref().is_some_and(|cx| cx.account.excluded_by.is_some()) {
            return Some(message!("kontot är lämnat utanför granskningen", "the account is left out of the review"));
        }
        if rule.stage == Stage::Loop && here.as_ref().is_some_and(AccountCx::has_lost_its_state) {
            return Some(message!(
                "exporten säger inte längre om kontot är avstängt",
                "the export no longer says whether the account is closed"
            ));
        }
        if let Some(why) = review.payroll_extract().proves_nothing().filter(|_| rests_on_payroll(rule)) {
            return Some(why);
        }
        let own = self.untested.iter().find(|own| own.hides && own.rule.id == rule.id && own.system == system);
        let of_holder = || here.filter(|_| rule.group == Group::Account).and_then(|cx| less_known(&cx, then));
        own.map(|own| own.why.clone()).or_else(|| self.moved(rule, then)).or_else(of_holder)
    }

    /// Which threshold that the rule rests on is another than then.
    fn moved(&self, rule: &Rule, then: &FindingLine) -> Option<Message> {
        let config = self.follow.review.config;
        let matching = config.matching.named();
        let days = config.thresholds.named().map(|(name, value)| (name, f64::from(value)));
        let matters = |name: &str| rule.rests_on.thresholds.contains(&name);
        let own = days.into_iter().filter(|(name, _)| matters(name));
        let own = own.chain(matching.into_iter().filter(|_| then.account.is_some()));
        let before = |name: &str| self.previous.manifest.thresholds.get(name).copied();
        let differs = |(name, now): &(&'static str, f64)| before(name).is_some_and(|then| (then - now).abs() > 1e-9);
        own.into_iter().find(differs).map(|(name, now)| {
            let then = before(name).unwrap_or(now);
            message!(
                "gränsen {name} är ändrad från {then} till {now}",
                "the limit {name} was changed from {then} to {now}"
            )
        })
    }

    /// What an account that is not there was called.
    fn went<'t>(&'t self, row: &AccountKey, then: &'t FindingLine) -> Went<'t> {
        let guid = self.previous.accounts.get(row).and_then(|account| account.guid.as_deref());
        Went { name: then.account.as_deref().unwrap_or_default(), guid }
    }

    /// What the account itself shows.
    fn settled(
        &self,
        system: Option<usize>,
        account: Option<AccountIx>,
        then: &FindingLine,
        answer: Option<&AnswerLine>,
    ) -> Fate {
        let (Some(place), Some(row)) = (system, then.row()) else { return Fate::Resolved(None) };
        let review = self.follow.review;
        let Some(export) = review.system_context(place).export else { return Fate::Resolved(None) };
        let extract = review.extract(place);
        if let Some(why) = extract.and_then(Extract::proves_nothing) {
            return Fate::Untestable(why);
        }
        let same = account.and_then(|account| review.account(place, account));
        let doubt = || review.recognised(place).and_then(|recognised| recognised.doubt(&row));
        let heir = match same.is_none().then(doubt).flatten() {
            Some(Doubt::MayBeHere) => return Fate::Untestable(may_be_here()),
            Some(Doubt::AnothersName(account)) => review.account(place, account),
            None if same.is_none() => {
                match lacking::by_itself(export, &self.went(&row, then)).or_else(|| self.perhaps_cut(place)) {
                    Some(why) => return Fate::Untestable(why),
                    None => None,
                }
            }
            None => None,
        };
        let roles_lack = || extract.is_some_and(Extract::lacks_rows) && same.is_some();
        let decided = answer.filter(|own| own.day().is_some_and(|day| day < export.tested_day));
        match decided.and_then(|answer| proof(answer, same.as_ref().or(heir.as_ref()))) {
            Some(Proof::RoleGone) if roles_lack() => Fate::Untestable(roles_may_be_there()),
            None if is_of_roles(then) && roles_lack() => Fate::Untestable(roles_may_be_there()),
            Some(proof) => Fate::Verified(proof, export.tested_day),
            None => Fate::Resolved(heir.map(|_| other_holder())),
        }
    }
}

/// Why a deviation of the holder of an account that stands open may be there as before: less is known of the holder, by
/// payroll or by another system, and nothing shows that it is in order.
fn less_known(cx: &AccountCx<'_>, then: &FindingLine) -> Option<Message> {
    let is_of_somebody = cx.matched.outcome != Outcome::Exempt && !cx.matched.class.needs_named_owner();
    if !cx.is_active() || !is_of_somebody {
        return None;
    }
    if cx.person.is_none() && cx.may_be_on_an_unused_row() {
        return Some(message!(
            "kontot är aktivt, och innehavaren kan stå på en rad som inte kunde användas",
            "the account is active, and its holder may stand on a row that could not be used"
        ));
    }
    then.person.as_ref()?;
    let Some(tenure) = cx.tenure() else {
        return Some(message!(
            "kontot är aktivt, men det går inte längre att se vems det är",
            "the account is active, but it can no longer be seen whose it is"
        ));
    };
    (tenure.standing == Standing::Unknown).then(|| {
        message!(
            "kontot är aktivt, men det går inte längre att se om innehavaren är anställd",
            "the account is active, but it can no longer be seen whether its holder is employed"
        )
    })
}

/// Whether what payroll tells can make a finding stay away.
fn rests_on_payroll(rule: &Rule) -> bool {
    matches!(rule.check, Check::Person { .. }) || rule.group == Group::Account || !rule.rests_on.people.is_empty()
}

/// Whether a finding is about what the account may do.
fn is_of_roles(then: &FindingLine) -> bool {
    RULES.iter().any(|rule| rule.id == then.rule && rule.group == Group::Privilege)
}

/// Why nothing is proven of a role in an export that lacks rows.
fn roles_may_be_there() -> Message {
    message!(
        "exporten har förlorat så många rader att behörigheten kan fattas i filen utan att vara borttagen",
        "the export has lost so many rows that the role may be missing in the file alone"
    )
}

/// Why nothing is proven of an account that several of today may be.
fn may_be_here() -> Message {
    message!(
        "kontot finns inte under sitt namn, men kan finnas under ett annat: ett konto med samma namn eller samma innehavare \
         har kommit till, och inget avgör om det är detta",
        "the account is not there by its name, but may be by another: an account of the same name or holder has come, and \
         nothing settles whether it is this one"
    )
}

/// Why nothing is proven of an account whose name another has.
fn other_holder() -> Message {
    message!(
        "Kontonamnet har en annan innehavare nu. Det visar inte att kontot har stängts.",
        "The account name has another holder now. That does not show that the account was closed."
    )
}

/// The answer to a finding of the run before. That a decision was not carried out is answered by the decision, which of an
/// account that was only attested names no finding.
fn answer<'a>(review: &'a Review<'a>, row: &AccountKey, key: &FindingKey, rule: &str) -> Option<&'a AnswerLine> {
    let is_about_one = || RULES.iter().any(|own| own.id == rule && own.tells == Tells::NotCarriedOut);
    let last = || review.ledger.of(row).iter().copied().rfind(|own| own.decides());
    let attested = || last().filter(|last| last.findings.is_empty() && is_about_one());
    review.ledger.answer(row, key, review.first_seen(key)?).or_else(attested)
}

/// What an account shows of a decision that was to change it.
fn proof(answer: &AnswerLine, now: Option<&AccountCx<'_>>) -> Option<Proof> {
    let role = match answer.decision {
        Decision::Disable => None,
        Decision::ChangeRole | Decision::Done => answer.role_to_go(),
        Decision::Keep | Decision::Exception | Decision::NotMine | Decision::Unknown => return None,
    };
    let Some(cx) = now else { return Some(Proof::AccountGone) };
    if cx.account.state == AccountState::Disabled {
        return Some(Proof::AccountClosed);
    }
    (!cx.has_role(role?)).then_some(Proof::RoleGone)
}
