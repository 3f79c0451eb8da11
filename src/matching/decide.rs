//! Weights → probabilities → outcome.

use super::evidence::{Evidence, EvidenceField, Level};
use super::record_pair::{CandidateSet, RecordPair};
use super::shares::Shares;
use super::{Candidate, Outcome};
use crate::config::MatchingLimits;
use crate::model::PersonIx;
use libm::exp2;

/// Candidates kept for an account; a list longer than this helps nobody.
pub const MOST_CANDIDATES: usize = 10;

/// Two candidates within one bit of each other share what there is: neither stands out.
const SHARED_RATIO: f64 = 0.5;

/// The probability of each candidate in an open world, where the others and *nobody* are rivals:
/// `p(i) = w_i·π/N ÷ (Σ_j w_j·π/N + (1−π))`, in the order of the comparisons. `corrections` are bits by
/// comparison, for what other accounts say; none where it is empty.
pub fn probabilities(set: &CandidateSet, shares: &Shares, corrections: &[f64]) -> Vec<f64> {
    let prior = shares.prior_bits();
    let correction = |at: usize| corrections.get(at).copied().unwrap_or(0.0);
    let odds: Vec<f64> = set
        .pairs
        .iter()
        .enumerate()
        // Beyond ±500 bits nothing changes any more, and nothing overflows.
        .map(|(at, pair)| exp2((prior + pair.bits(shares) + correction(at)).clamp(-500.0, 500.0)))
        .collect();
    let least = odds.iter().copied().fold(f64::INFINITY, f64::min);
    let left_out = if set.left_out > 0 { f64::from(set.left_out) * least } else { 0.0 };
    let total: f64 = odds.iter().sum::<f64>() + left_out + 1.0;
    odds.iter().map(|odds| odds / total).collect()
}

/// The outcome for an account that belongs to somebody in particular. `candidates` are best first;
/// `in_files` is how likely the holder is one of them or of those left out: many who share a name take from each other
/// until none is likely, and are so together. One whose number payroll knows is not unknown there, whatever the name.
pub fn outcome(candidates: &[Candidate], in_files: f64, shares: &Shares, limits: &MatchingLimits) -> Outcome {
    let Some(best) = candidates.first() else { return Outcome::Unmatched };
    if contradicted(best, candidates, shares) {
        return Outcome::Disputed;
    }
    if best.probability < limits.candidate_probability {
        let together = in_files >= limits.candidate_probability;
        let known = together || candidates.iter().any(|c| c.is_numbered_in(shares));
        return if known { Outcome::Disputed } else { Outcome::Unmatched };
    }
    if best.probability >= limits.link_probability {
        // A name alone is at most a candidate, however rare; so is one whose number or birth date is another's, and one
        // of whom neither name nor key says anything.
        let is_told = best.has_key() || best.evidence.iter().any(|own| own.field.is_name());
        let may_link = is_told && best.is_corroborated() && !best.is_denied(shares);
        return if may_link { Outcome::Linked } else { Outcome::Candidate };
    }
    let shared = candidates.get(1).is_some_and(|second| {
        second.probability >= limits.candidate_probability && second.probability >= best.probability * SHARED_RATIO
    });
    if shared { Outcome::Disputed } else { Outcome::Candidate }
}

/// Hard facts that no weight outvotes: a key of one person with quite another name, or keys that point at two
/// persons. A shared mailbox or an account name made twice is a soft key: where the name is not the other's, it
/// does not contradict, and neither does one where the owner has said whose of them the account is. A column that is not
/// payroll's own series states no facts.
fn contradicted(best: &Candidate, candidates: &[Candidate], shares: &Shares) -> bool {
    let numbered = |c: &Candidate| c.has_number_of_its_own(shares);
    let stated = best.is_stated();
    let soft = |other: &Candidate| !stated && best.has_key() && other.has_key() && !other.differs_in_name();
    let with_another_name = best.has_key() && best.has_another_name() && !stated;
    with_another_name
        || is_anybodys(best, candidates, shares)
        || stated && best.has_anothers_number(shares)
        || !stated && shares_an_address(candidates)
        || is_called_as_another(best, candidates)
        || candidates.iter().skip(1).any(|other| numbered(other) || soft(other))
}

/// Whether the personal number stands on persons who are called quite otherwise, and no number of one of them alone tells
/// whose the account is, together with the name.
fn is_anybodys(best: &Candidate, candidates: &[Candidate], shares: &Shares) -> bool {
    let shared = |c: &Candidate| c.level(EvidenceField::PersonalNumber) == Some(Level::Shared);
    let is_told = shared(best) && best.has_hard_key() && best.is_called_so();
    !is_told && shares.is_trusted(EvidenceField::PersonalNumber) && candidates.iter().any(shared)
}

/// Whether a key leads to somebody with another surname, while the whole name is another person's: the key is wrong
/// rather than the name changed. Against a number something beside the name must be the other's too.
fn is_called_as_another(best: &Candidate, candidates: &[Candidate]) -> bool {
    let hard = best.has_hard_key() || best.is_stated();
    let another = |c: &Candidate| c.has_whole_name() && (!hard || c.evidence.iter().any(Evidence::corroborates));
    best.has_key() && best.differs_in_name() && candidates.iter().skip(1).any(another)
}

/// Whether an address is that of somebody with another given name, while the whole name is another person's who has no
/// key here: the address of a spouse, or one that was handed on.
fn shares_an_address(candidates: &[Candidate]) -> bool {
    let by_address = |c: &&Candidate| {
        let of_another = c.level(EvidenceField::GivenName) == Some(Level::Differs);
        c.agrees(EvidenceField::is_address) && of_another && !c.has_hard_key()
    };
    let another = |c: &Candidate| !c.has_key() && c.is_called_so();
    candidates.iter().any(|c| by_address(&c)) && candidates.iter().any(another)
}

impl Candidate {
    /// Whether a number agrees that is nobody else's, in a column of payroll's own series.
    fn has_number_of_its_own(&self, shares: &Shares) -> bool {
        let numbers = self.evidence.iter().filter(|e| e.field.is_hard_key() && e.level == Level::Exact);
        numbers.map(|e| e.field).any(|field| shares.is_trusted(field))
    }

    /// The same, or one that a few share.
    fn is_numbered_in(&self, shares: &Shares) -> bool {
        let shared = |e: &Evidence| e.field.is_hard_key() && e.level == Level::Shared && shares.is_trusted(e.field);
        self.has_number_of_its_own(shares) || self.evidence.iter().any(|e| shared(e) && e.corroborates())
    }

    /// Whether the system's owner named this person: an account may go on under the name of the one before.
    fn is_stated(&self) -> bool {
        self.agrees(|field| field == EvidenceField::Stated)
    }

    /// Whether the account holds the personal number of somebody else.
    fn has_anothers_number(&self, shares: &Shares) -> bool {
        let field = EvidenceField::PersonalNumber;
        self.level(field) == Some(Level::Differs) && shares.is_trusted(field)
    }

    /// Neither given name nor surname agrees, and both are stated.
    pub fn has_another_name(&self) -> bool {
        let differs = |field| self.level(field).is_some_and(|level| matches!(level, Level::Differs | Level::Renamed));
        differs(EvidenceField::GivenName) && differs(EvidenceField::Surname)
    }

    /// Whether the given name is another and no key tells that it is the person all the same.
    pub fn has_given_name_of_another(&self) -> bool {
        !self.has_key() && self.level(EvidenceField::GivenName) == Some(Level::Differs)
    }

    /// Whether given name and surname both agree as a whole.
    fn has_whole_name(&self) -> bool {
        let agrees = |field| {
            matches!(self.level(field), Some(Level::Exact | Level::Variant | Level::ShortForm | Level::Partial))
        };
        agrees(EvidenceField::GivenName) && agrees(EvidenceField::Surname)
    }

    /// Whether given name and surname both agree, or nearly: a slip of the finger makes nobody another.
    pub fn is_called_so(&self) -> bool {
        let agrees = |field| {
            let level = self.level(field);
            level
                .is_some_and(|level| !matches!(level, Level::Differs | Level::Renamed | Level::Initial | Level::Unused))
        };
        agrees(EvidenceField::GivenName) && agrees(EvidenceField::Surname)
    }

    /// Whether a stated personal number or birth date is another's and no key agrees. A column that is not payroll's
    /// own denies nothing.
    fn is_denied(&self, shares: &Shares) -> bool {
        let differs = |field| self.level(field) == Some(Level::Differs) && shares.is_trusted(field);
        !self.has_key() && (differs(EvidenceField::PersonalNumber) || differs(EvidenceField::BirthDate))
    }

    /// Whether something beside the name says who it is. Under another name only a number or a birth date does,
    /// or an address or account name that the stated name could not have made: one that it could have made may
    /// have been handed on from somebody who was called so. A birth date alone does not while something is opposed:
    /// of thousands somebody with that given name is born on any day; nor under another given name, for twins share the
    /// day and the surname; nor a slip away under another surname.
    fn is_corroborated(&self) -> bool {
        /// Bits of a handle that the stated name could not have made, at the least.
        const NOT_MADE_FROM_IT: f32 = 8.0;
        /// Thirty-two times likelier, as of a unit alone.
        const AT_HOME: f32 = 5.0;
        let (differs, opposed) = (self.differs_in_name(), self.is_opposed());
        let is_twins = self.has_given_name_of_another();
        let tells = |e: &Evidence| {
            if opposed && e.is_circumstance() || differs && e.level == Level::Shared {
                return false;
            }
            let beyond_the_name = match e.field {
                EvidenceField::BirthDate => e.level == Level::Exact && !opposed && !is_twins,
                field => field.is_hard_key() || e.bits >= NOT_MADE_FROM_IT,
            };
            !differs || beyond_the_name
        };
        let at_home = !opposed && self.bits_at_home() >= if differs { NOT_MADE_FROM_IT } else { AT_HOME };
        at_home || self.evidence.iter().any(|e| e.corroborates() && tells(e))
    }

    /// What the unit weighs with the person's place of work and the time the account was made: each is a circumstance,
    /// and a namesake outside has all of them as seldom as together they weigh. Nothing where the unit does not agree.
    fn bits_at_home(&self) -> f32 {
        let bits = |field| self.evidence.iter().find(|e| e.field == field).map_or(0.0, |e| e.bits);
        let (unit, others) = (bits(EvidenceField::Unit), [EvidenceField::Workplace, EvidenceField::Made].map(bits));
        if unit > 0.0 { unit + others.iter().sum::<f32>() } else { 0.0 }
    }

    /// Whether something stated is another's: an account name or address where the person's are known and mostly agree,
    /// a birth date or number, a personal number that stands on somebody else as well, a given name that is not used, another everyday account that is the person's here; or
    /// nothing is stated of what accounts of people here nearly always state.
    /// Then a name and a unit that agree may be a namesake's.
    pub fn is_opposed(&self) -> bool {
        /// Four times rarer for the person's own accounts than not.
        const SAYS_SO: f32 = -2.0;
        let opposes = |e: &Evidence| match e.level {
            Level::Differs | Level::Missing => e.field.opposes() && e.bits <= SAYS_SO,
            Level::Shared => e.field == EvidenceField::PersonalNumber,
            level => level == Level::Unused,
        };
        self.evidence.iter().any(opposes)
    }

    fn level(&self, field: EvidenceField) -> Option<Level> {
        self.evidence.iter().find(|e| e.field == field).map(|e| e.level)
    }
}

/// An account's candidates, weighed.
pub struct Posterior {
    /// The best, with their evidence, best first.
    pub candidates: Vec<Candidate>,
    /// Everyone who is at all likely, in the order of the roster.
    pub likely: Vec<(PersonIx, f64)>,
    /// How likely it is that the holder is in the files at all.
    pub in_files: f64,
}

/// What is less likely moves no sum that is shown.
const AT_ALL_LIKELY: f64 = 1e-7;

/// An account's candidates, with what other accounts claim of them taken off. It only ever takes: of two who are equally
/// likely the one is not the holder because the other has an account already. Where it would lift somebody, the
/// account's own evidence decides.
pub fn posterior(set: &CandidateSet, shares: &Shares, corrections: &[f64]) -> Posterior {
    let own = weighed(set, shares, &[]);
    if corrections.iter().all(|bits| *bits == 0.0) {
        return own;
    }
    let scaled = weighed(set, shares, corrections);
    let best = |posterior: &Posterior| posterior.candidates.first().map_or(0.0, |best| best.probability);
    if best(&scaled) > best(&own) { own } else { scaled }
}

/// Weighs every comparison of an account.
fn weighed(set: &CandidateSet, shares: &Shares, corrections: &[f64]) -> Posterior {
    let probabilities = probabilities(set, shares, corrections);
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    let person = |at: usize| set.pairs[at].person;
    order.sort_by(|a, b| probabilities[*b].total_cmp(&probabilities[*a]).then(person(*a).cmp(&person(*b))));
    let numbered = |at: usize| set.pairs[at].has_key();
    let shown = order.iter().enumerate().filter(|(rank, at)| *rank < MOST_CANDIDATES || numbered(**at));
    let candidates = shown.map(|(_, at)| candidate(&set.pairs[*at], probabilities[*at], shares, corrections.get(*at)));
    let least = order.last().map_or(0.0, |at| probabilities[*at]);
    let left_out = f64::from(set.left_out) * least;
    let people = set.pairs.iter().map(|pair| pair.person);
    Posterior {
        candidates: candidates.collect(),
        in_files: (probabilities.iter().sum::<f64>() + left_out).min(1.0),
        likely: people.zip(probabilities.iter().copied()).filter(|(_, p)| *p >= AT_ALL_LIKELY).collect(),
    }
}

fn candidate(pair: &RecordPair, probability: f64, shares: &Shares, correction: Option<&f64>) -> Candidate {
    let mut evidence = pair.evidence(shares);
    if let Some(bits) = correction.filter(|bits| **bits < -0.05) {
        evidence.push(Evidence::new(EvidenceField::OtherAccounts, Level::Differs, *bits));
    }
    Candidate { person: pair.person, probability, evidence: evidence.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Somebody called as the account states, with other evidence beside it.
    fn candidate(beside: &[(EvidenceField, Level, f64)]) -> Candidate {
        let name = [EvidenceField::GivenName, EvidenceField::Surname].map(|field| (field, Level::Exact, 9.0));
        let evidence = name.iter().chain(beside).map(|(field, level, bits)| Evidence::new(*field, *level, *bits));
        Candidate { person: PersonIx(0), probability: 0.99, evidence: evidence.collect::<Vec<_>>().into() }
    }

    fn decided(beside: &[(EvidenceField, Level, f64)]) -> Outcome {
        outcome(&[candidate(beside)], 0.99, &Shares::new(1_000), &MatchingLimits::default())
    }

    /// Unit, place of work and the time the account was made corroborate a name by what they weigh together; not
    /// without the unit, not where one of them speaks against it, and not where something stated is another's.
    #[test]
    fn circumstances_corroborate_together() {
        use EvidenceField::{Made, Unit, UserName, Workplace};
        let (unit, work, made) = ((Unit, Level::Exact, 3.0), (Workplace, Level::Usual, 1.4), (Made, Level::Exact, 1.6));
        assert_eq!(decided(&[unit, work, made]), Outcome::Linked);
        assert_eq!(decided(&[unit, work]), Outcome::Candidate);
        assert_eq!(decided(&[(Workplace, Level::Usual, 3.0), (Made, Level::Exact, 3.0)]), Outcome::Candidate);
        assert_eq!(decided(&[unit, (Workplace, Level::Unusual, -1.5), (Made, Level::Exact, 3.0)]), Outcome::Candidate);
        assert_eq!(decided(&[unit, work, made, (UserName, Level::Differs, -3.0)]), Outcome::Candidate);
    }

    /// An address that two have leaves it open whose an account is, until the owner has named one of them; a number that is
    /// the other's leaves it open all the same.
    #[test]
    fn an_owner_settles_what_an_address_leaves_open() {
        use EvidenceField::{Email, EmployeeNumber, Stated};
        let own = |beside: &[_]| Candidate { person: PersonIx(1), ..candidate(beside) };
        let decided = |one: &[_], other: &[_]| {
            outcome(&[candidate(one), own(other)], 0.99, &Shares::new(1_000), &MatchingLimits::default())
        };
        let (mail, said) = ((Email, Level::Exact, 12.0), (Stated, Level::Exact, 15.0));
        assert_eq!(decided(&[mail], &[mail]), Outcome::Disputed);
        assert_eq!(decided(&[mail, said], &[mail]), Outcome::Linked);
        assert_eq!(decided(&[mail, said], &[(EmployeeNumber, Level::Exact, 12.0)]), Outcome::Disputed);
    }

    /// A personal number that stands under several names says whose an account is only together with a number of the
    /// person's own; an employee number that several have says so together with the name.
    #[test]
    fn a_shared_number_needs_more() {
        let shared = |field| (field, Level::Shared, 12.0);
        let own = (EvidenceField::EmployeeNumber, Level::Exact, 12.0);
        assert_eq!(decided(&[shared(EvidenceField::PersonalNumber)]), Outcome::Disputed);
        assert_eq!(decided(&[shared(EvidenceField::PersonalNumber), own]), Outcome::Linked);
        assert_eq!(decided(&[shared(EvidenceField::EmployeeNumber)]), Outcome::Linked);
    }
}
