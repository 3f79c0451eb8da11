//! What an account leaves unstated, where nearly every account of people here states it.
//!
//! A value that is missing never differs from anybody's. But that it is missing can tell: in a system where staff are
//! registered with their number, address and unit, an account that has none is rather somebody's outside. How often
//! accounts of people here leave a fact out is seen among those whose holder something else tells; how often others
//! do, by how many more there are than these explain. But whoever is registered without a number has often no address
//! either, and then nothing else tells: of those that leave it out, only they who are called as nobody here, and such
//! namesakes as come with them, are others for certain.

use libm::log2;

/// Accounts with a known holder from which it is judged how often a fact is left out.
const ENOUGH: u32 = 10;

/// What an account may state of its holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A number or a birth date.
    Number,
    /// An address.
    Address,
    /// A unit or department.
    Unit,
}

impl Fact {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Number, Self::Address, Self::Unit];
}

/// What one account states, by fact.
#[derive(Clone, Copy, Debug, Default)]
pub struct Statement {
    /// Whether it states it.
    pub states: [bool; Fact::ALL.len()],
    /// Whether something else than the fact tells whose it is.
    pub is_told: [bool; Fact::ALL.len()],
    /// Whether its name is that of so few here that chance does not explain it.
    pub is_named: bool,
}

/// What leaving a fact out takes off.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Unstated {
    bits: [Option<f64>; Fact::ALL.len()],
}

impl Unstated {
    /// Counts over a system's everyday accounts, of which `in_files` are of people here; of people outside, `namesakes`
    /// are called as somebody here.
    pub fn learn(accounts: &[Statement], in_files: f64, namesakes: f64) -> Self {
        Self { bits: Fact::ALL.map(|fact| weigh(accounts, fact, in_files, namesakes)) }
    }

    /// What an account's most telling omission takes off; `None` where none tells.
    pub fn bits(&self, states: [bool; Fact::ALL.len()]) -> Option<f64> {
        // Facts are left out together: one who is not registered with a number often has no address either.
        let missing = self.bits.iter().zip(states).filter(|(_, states)| !states).filter_map(|(bits, _)| *bits);
        missing.min_by(f64::total_cmp)
    }
}

/// log2 of how much rarer accounts of people here leave a fact out than accounts of others.
fn weigh(accounts: &[Statement], fact: Fact, in_files: f64, namesakes: f64) -> Option<f64> {
    let at = fact as usize;
    let count = |is_one: &dyn Fn(&Statement) -> bool| {
        f64::from(u32::try_from(accounts.iter().filter(|account| is_one(account)).count()).unwrap_or(u32::MAX))
    };
    let told = count(&|account| account.is_told[at]);
    if told < f64::from(ENOUGH) {
        return None;
    }
    let all = count(&|_| true);
    let staff = in_files * all;
    let nameless = count(&|account| !account.states[at] && !account.is_named);
    let named = count(&|account| !account.states[at] && account.is_named);
    // Strangers, with the namesakes that come with so many of them; the other named ones are of people here.
    let strangers = nameless / (1.0 - namesakes);
    let of_staff = (named - strangers * namesakes).max(0.0);
    // Half a case more on each side: what was never seen among few is not impossible.
    let told_without = count(&|account| account.is_told[at] && !account.states[at]);
    let by_told = (told_without + 0.5) / (told + 1.0);
    let here = by_told.max((of_staff + 0.5) / (staff + 1.0)).min(1.0);
    let expected = here * staff;
    // As many as chance, too, does not explain.
    let others = (nameless + named - expected - expected.sqrt()).max(0.0);
    let elsewhere = ((others + 0.5) / ((1.0 - in_files) * all + 1.0)).min(1.0);
    let bits = log2(here / elsewhere);
    (bits < -1.0).then_some(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(states_number: bool, is_told: bool) -> Statement {
        Statement { states: [states_number, true, true], is_told: [is_told, false, false], is_named: is_told }
    }

    fn system(told: (usize, usize), others: (usize, usize)) -> Vec<Statement> {
        let many = |count, states, told| std::iter::repeat_n(account(states, told), count);
        let here = many(told.0, true, true).chain(many(told.1, false, true));
        here.chain(many(others.0, true, false)).chain(many(others.1, false, false)).collect()
    }

    /// Where staff have a number, an account without one is rather somebody's outside, and the more so the more such
    /// accounts there are; one with a number is nobody's the less for it.
    #[test]
    fn an_omission_tells_where_staff_have_none() {
        let bits = |accounts: &[Statement]| Unstated::learn(accounts, 0.95, 0.05).bits([false, true, true]);
        let (few, many) = (bits(&system((900, 10), (20, 20))).unwrap(), bits(&system((900, 10), (20, 40))).unwrap());
        assert!(many < few && few < -3.0, "{few} {many}");
        let own = Unstated::learn(&system((900, 10), (20, 40)), 0.95, 0.05);
        assert_eq!(own.bits([true, true, true]), None);
        assert_eq!(own.bits([true, false, false]), None);
    }

    /// Where staff leave it out as often, it says nothing; neither does it where too few are told.
    #[test]
    fn what_staff_leave_out_too_tells_nothing() {
        let bits = |accounts: &[Statement]| Unstated::learn(accounts, 0.95, 0.05).bits([false, true, true]);
        assert_eq!(bits(&system((500, 400), (30, 30))), None);
        assert_eq!(bits(&system((9, 0), (20, 20))), None);
    }

    /// Where those who leave everything out are called as people here, they are taken for these, however many they are.
    #[test]
    fn who_is_called_as_somebody_here_is_not_taken_for_a_stranger() {
        let left_out = |is_named| Statement { states: [false; 3], is_told: [false; 3], is_named };
        for many in [10, 40, 100, 400] {
            let keyed = system((900, 0), (0, 0));
            let of = |is_named| keyed.iter().copied().chain(std::iter::repeat_n(left_out(is_named), many)).collect();
            let bits = |accounts: Vec<Statement>| Unstated::learn(&accounts, 0.95, 0.05).bits([false; 3]);
            assert_eq!(bits(of(true)), None, "{many}");
            assert!(bits(of(false)).is_some_and(|bits| bits < -4.0), "{many}");
        }
    }
}
