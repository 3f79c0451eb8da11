//! Units and departments: where payroll has people work, and where an export files its accounts.
//!
//! A unit is typed, cut short and renamed like a name, so it is compared like one: equal, or a slip away through a
//! noisy channel over the units there are. Two units that a digit tells apart (Solen 1, Solen 2) are never slips of
//! each other.

use super::account_record::AccountRecord;
use super::evidence::{EvidenceField, Level};
use super::names::{CUT_HERE, Neighbours, slipped};
use super::population::{PersonRecord, Population};
use super::shares::default_share;
use crate::model::{Account, Strings, Sym, fold};
use crate::roster::Roster;
use foldhash::{HashMap, HashMapExt, HashSet};
use libm::log2;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// A unit or department, by its folded name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceIx(pub u32);

/// Letters that a cut name must keep; names shorter than this are often another's beginning.
const SHORTEST_CUT: usize = 12;

/// Someone outside is filed under a unit of its own that happens to lie so near to one of payroll's: of units that
/// payroll does not know (one account in twenty), one in a thousand.
const UNKNOWN_UNIT: f64 = 5e-5;

/// Every unit and department of the roster, by name.
#[derive(Debug, Default)]
pub struct Places {
    written: HashMap<String, PlaceIx>,
    folded: BTreeMap<String, PlaceIx>,
    /// Made when the first name is met that payroll does not know.
    near: OnceLock<(Vec<Box<str>>, Neighbours)>,
}

impl Places {
    /// Gathers them.
    pub fn new(roster: &Roster) -> Self {
        let employments = roster.persons().flat_map(|(_, person)| &person.employments);
        let names: HashSet<&String> = employments.flat_map(|e| e.unit.iter().chain(&e.department)).collect();
        let folded: BTreeSet<String> = names.iter().map(|name| fold(name)).filter(|name| !name.is_empty()).collect();
        let folded: BTreeMap<String, PlaceIx> = folded.into_iter().zip((0u32..).map(PlaceIx)).collect();
        let written = names.into_iter().filter_map(|name| Some((name.clone(), *folded.get(&fold(name))?)));
        Self { written: written.collect(), folded, near: OnceLock::new() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.folded.len()
    }

    /// One that payroll writes so.
    pub fn written(&self, name: &str) -> Option<PlaceIx> {
        self.written.get(name).copied()
    }

    /// What a folded name may stand for.
    fn claims(&self, folded: &str) -> Vec<PlaceClaim> {
        if let Some(place) = self.folded.get(folded) {
            return vec![PlaceClaim { place: *place, level: Level::Exact, of: 1.0 }];
        }
        let (names, neighbours) = self.near.get_or_init(|| {
            let names: Vec<Box<str>> = self.folded.keys().map(|name| name.as_str().into()).collect();
            let neighbours = Neighbours::new(&names);
            (names, neighbours)
        });
        let claim = |place: u32, of| PlaceClaim { place: PlaceIx(place), level: Level::Near, of };
        let near = neighbours.of(folded, names).into_iter();
        let near = near.filter(|(place, _)| digits(&names[*place as usize]).eq(digits(folded)));
        let mut claims: Vec<PlaceClaim> =
            near.map(|(place, distance)| claim(place, slipped(folded, distance))).collect();
        if claims.is_empty() && folded.chars().count() >= SHORTEST_CUT {
            let longer = self.folded.range(folded.to_owned()..).take_while(|(name, _)| name.starts_with(folded));
            claims.extend(longer.map(|(_, place)| claim(place.0, CUT_HERE)));
        }
        claims
    }
}

fn digits(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars().filter(char::is_ascii_digit)
}

/// A place that an account's text may stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaceClaim {
    /// Which.
    pub place: PlaceIx,
    /// Equal or near.
    pub level: Level,
    /// P(the text | the place, the level).
    of: f64,
}

/// Units and departments of an export, by symbol: each folded and looked up once.
#[derive(Debug)]
pub struct FiledUnder {
    by_sym: HashMap<Sym, Vec<PlaceClaim>>,
}

impl FiledUnder {
    /// Looks up what the accounts name.
    pub fn new(accounts: &[&Account], strings: &Strings, places: &Places) -> Self {
        let mut by_sym = HashMap::new();
        for sym in accounts.iter().flat_map(|account| [account.unit, account.department]).flatten() {
            by_sym.entry(sym).or_insert_with(|| places.claims(&fold(strings.text(sym))));
        }
        Self { by_sym }
    }

    /// The places of an account, those of its unit first.
    pub fn of(&self, account: &Account) -> Vec<PlaceClaim> {
        let syms = [account.unit, account.department].into_iter().flatten();
        syms.filter_map(|sym| self.by_sym.get(&sym)).flatten().copied().collect()
    }
}

/// How likely an account of someone outside is filed under each place by chance: as often as others of its
/// system, or as staff at large, whichever is more. In a system of one department its units say little.
#[derive(Debug)]
pub struct PlaceShares {
    /// By place: the share, never 0, and its log2.
    shares: Vec<(f64, f64)>,
}

impl PlaceShares {
    /// Counts over a system's accounts.
    pub fn new(records: &[AccountRecord<'_>], population: &Population) -> Self {
        let mut counts = vec![0u32; population.places().len()];
        let mut filed = 0u32;
        for record in records.iter().filter(|record| !record.places.is_empty()) {
            filed += 1;
            record.places.iter().for_each(|claim| counts[claim.place.0 as usize] += 1);
        }
        let share = |(own, place): (u32, PlaceIx)| {
            let here = (f64::from(own) + 1.0) / (f64::from(filed) + 1.0);
            let share = here.max(population.place_share(place));
            (share, log2(share))
        };
        Self { shares: counts.into_iter().zip((0u32..).map(PlaceIx)).map(share).collect() }
    }

    fn of(&self, place: PlaceIx) -> f64 {
        self.shares[place.0 as usize].0
    }

    /// log2 of P(the text | the place) ÷ P0(the text), where the text of `own` may also stand for the others in
    /// `claims`: the weight of its agreeing, but for the level's share.
    pub fn base(&self, own: &PlaceClaim, claims: &[PlaceClaim]) -> f64 {
        if own.level == Level::Exact {
            return -self.shares[own.place.0 as usize].1;
        }
        let near = claims.iter().filter(|claim| claim.level == Level::Near);
        let share = default_share(EvidenceField::Unit, Level::Near);
        let (sum, most) = near.fold((0.0, 0.0f64), |(sum, most), claim| {
            (sum + self.of(claim.place) * share * claim.of, most.max(claim.of))
        });
        log2(own.of) - log2(sum + UNKNOWN_UNIT * most)
    }

    /// The most that an agreeing place can add, but for the level's share.
    pub fn most(&self, claims: &[PlaceClaim]) -> f64 {
        claims.iter().map(|own| self.base(own, claims)).fold(0.0, f64::max)
    }
}

/// How the places of an account stand to a person's: the unit, else the department, at any time. `None` where one
/// side states none.
pub fn compare(claims: &[PlaceClaim], person: &PersonRecord, shares: &PlaceShares) -> Option<(Level, f64)> {
    if claims.is_empty() || (person.units.is_empty() && person.departments.is_empty()) {
        return None;
    }
    let best = |own: &[PlaceIx]| {
        let agreed = claims.iter().filter(|claim| own.contains(&claim.place));
        // Equal before near.
        agreed.max_by_key(|claim| claim.level == Level::Exact).map(|claim| (claim.level, shares.base(claim, claims)))
    };
    let unit = best(&person.units);
    let department = || best(&person.departments).map(|(_, base)| (Level::Partial, base));
    Some(unit.or_else(department).unwrap_or((Level::Differs, 0.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(names: &[&str]) -> Places {
        let folded: BTreeSet<String> = names.iter().map(|name| fold(name)).collect();
        Places { folded: folded.into_iter().zip((0u32..).map(PlaceIx)).collect(), ..Places::default() }
    }

    /// A slip or a cut leads to the unit meant; another digit is another unit.
    #[test]
    fn near_units_are_found_and_numbered_ones_told_apart() {
        let places = places(&["Förskolan Solen 1", "Hemtjänst Norr", "Förskolan Månen", "Kök"]);
        let found = |text: &str| -> Vec<(u32, Level)> {
            places.claims(&fold(text)).iter().map(|claim| (claim.place.0, claim.level)).collect()
        };
        let at = |text: &str| places.folded[&fold(text)].0;
        assert_eq!(found("hemtjänst norr"), [(at("Hemtjänst Norr"), Level::Exact)]);
        assert_eq!(found("Hemtjnst Norr"), [(at("Hemtjänst Norr"), Level::Near)]);
        assert_eq!(found("Förskolan Mån"), [(at("Förskolan Månen"), Level::Near)]);
        assert_eq!(found("Förskolan Solen 2"), []);
        assert_eq!(found("Kontoret"), []);
    }
}
