//! Where the users of a system work.
//!
//! Building permits are handled by those who work with building permits. So before an account says anything, somebody
//! of that department is likelier its holder than somebody of another: it tells namesakes apart, and it tells staff
//! from somebody outside who only happens to be called as one of all employees. Which departments and units use a
//! system is seen from its other accounts, each counting for whoever it may be by the probability; a system that
//! everybody has says nothing.

use super::places::PlaceIx;
use libm::log2;

/// As if so many holders had been expected at every place, and seen there: what few accounts show may be chance, and
/// somebody is always the first of a department.
const STRENGTH: f64 = 3.0;

/// Less than this moves nothing worth telling, in bits.
const LEAST: f64 = 0.1;

/// Where a person works, or has worked.
#[derive(Clone, Copy, Debug)]
pub struct Workplaces<'p> {
    /// Departments.
    pub departments: &'p [PlaceIx],
    /// Units.
    pub units: &'p [PlaceIx],
}

/// How much likelier than persons at large those of each place are to have an account in a system.
#[derive(Debug)]
pub struct UserBase {
    departments: Vec<f64>,
    /// Beside what the department tells.
    units: Vec<f64>,
    /// Over all persons the mean, so that it is not likelier on the whole that a holder is in the files.
    mean: f64,
}

impl UserBase {
    /// Before anybody is known to use the system, nobody of so many places is likelier than others.
    pub fn unknown(places: usize) -> Self {
        Self { departments: vec![1.0; places], units: vec![1.0; places], mean: 1.0 }
    }

    /// Counts holders at so many places. Each account stands with everybody it may belong to, by the probability.
    pub fn learn(places: usize, everyone: &[Workplaces<'_>], holders: &[(Workplaces<'_>, f64)]) -> Self {
        let mut own = Self::unknown(places);
        own.departments = own.ratios(everyone, holders, |person| person.departments);
        own.units = own.ratios(everyone, holders, |person| person.units);
        own.mean = everyone.iter().map(|person| own.of(*person)).sum::<f64>() / count(everyone.len());
        own
    }

    /// What a person's place of work weighs, in bits; `None` where it tells next to nothing.
    pub fn bits(&self, person: Workplaces<'_>) -> Option<f64> {
        let bits = log2(self.of(person) / self.mean);
        (bits.abs() >= LEAST).then_some(bits)
    }

    fn of(&self, person: Workplaces<'_>) -> f64 {
        mean_of(person.departments, &self.departments) * mean_of(person.units, &self.units)
    }

    /// For each place, holders seen against those expected by what is known so far.
    fn ratios<'p>(
        &self,
        everyone: &[Workplaces<'p>],
        holders: &[(Workplaces<'p>, f64)],
        places: impl Fn(Workplaces<'p>) -> &'p [PlaceIx],
    ) -> Vec<f64> {
        let spread = |counts: &mut [f64], own: &[PlaceIx], weight: f64| {
            own.iter().for_each(|place| counts[place.0 as usize] += weight / count(own.len()));
        };
        let (mut seen, mut expected) = (vec![0.0; self.units.len()], vec![0.0; self.units.len()]);
        holders.iter().for_each(|(person, probability)| spread(&mut seen, places(*person), *probability));
        everyone.iter().for_each(|person| spread(&mut expected, places(*person), self.of(*person)));
        let scale = seen.iter().sum::<f64>() / expected.iter().sum::<f64>().max(1.0);
        let ratio = |(seen, expected): (f64, f64)| (seen + STRENGTH) / (expected * scale + STRENGTH);
        seen.into_iter().zip(expected).map(ratio).collect()
    }
}

/// Of several places one is as good as another; who has none is as likely as persons at large.
fn mean_of(places: &[PlaceIx], ratios: &[f64]) -> f64 {
    if places.is_empty() {
        return 1.0;
    }
    places.iter().map(|place| ratios[place.0 as usize]).sum::<f64>() / count(places.len())
}

fn count(number: usize) -> f64 {
    #[allow(clippy::cast_precision_loss)] // Far below 2^52 persons.
    let number = number.max(1) as f64;
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARE: [PlaceIx; 1] = [PlaceIx(0)];
    const SCHOOL: [PlaceIx; 1] = [PlaceIx(1)];
    const BOTH: [PlaceIx; 2] = [PlaceIx(0), PlaceIx(1)];
    const NORTH: [PlaceIx; 1] = [PlaceIx(2)];
    const SOUTH: [PlaceIx; 1] = [PlaceIx(3)];

    fn of<'p>(departments: &'p [PlaceIx], units: &'p [PlaceIx]) -> Workplaces<'p> {
        Workplaces { departments, units }
    }

    fn many<'p>(person: Workplaces<'p>, number: usize) -> impl Iterator<Item = Workplaces<'p>> {
        std::iter::repeat_n(person, number)
    }

    /// Five hundred in each of two departments, one of which has two units; so many of each hold an account.
    fn learned(north: usize, south: usize, school: usize) -> UserBase {
        let (a, b, c) = (of(&CARE, &NORTH), of(&CARE, &SOUTH), of(&SCHOOL, &[]));
        let everyone: Vec<Workplaces<'_>> = many(a, 250).chain(many(b, 250)).chain(many(c, 500)).collect();
        let holders = many(a, north).chain(many(b, south)).chain(many(c, school)).map(|own| (own, 1.0));
        UserBase::learn(4, &everyone, &holders.collect::<Vec<_>>())
    }

    /// Where one department uses the system, its people are likelier holders than those of another; somebody of both
    /// stands between, and somebody whose workplace is not told is as anybody.
    #[test]
    fn those_who_use_the_system_are_likelier_holders() {
        let own = learned(100, 100, 2);
        let bits = |person| own.bits(person).unwrap_or(0.0);
        assert!(bits(of(&CARE, &NORTH)) > 0.8, "{own:?}");
        assert!(bits(of(&SCHOOL, &[])) < -3.5, "{own:?}");
        assert!(bits(of(&BOTH, &[])) < bits(of(&CARE, &[])) && bits(of(&BOTH, &[])) > bits(of(&SCHOOL, &[])));
        assert!(bits(of(&[], &[])).abs() < 0.1, "{own:?}");
    }

    /// Of a department's units those tell that use it.
    #[test]
    fn units_tell_beside_their_department() {
        let own = learned(100, 0, 100);
        assert!(own.bits(of(&CARE, &NORTH)).unwrap() > 0.8, "{own:?}");
        assert!(own.bits(of(&CARE, &SOUTH)).unwrap() < -3.0, "{own:?}");
    }

    /// A system that everybody has tells nothing, and neither do a few accounts nor none.
    #[test]
    fn what_everybody_has_tells_nothing() {
        for own in [learned(250, 250, 500), learned(1, 1, 1), learned(0, 0, 0)] {
            for person in [of(&CARE, &NORTH), of(&SCHOOL, &[])] {
                assert!(own.bits(person).is_none_or(|bits| bits.abs() < 0.7), "{own:?}");
            }
        }
    }

    /// Whatever is learned, persons at large are as likely holders as before.
    #[test]
    fn persons_at_large_stay_as_likely() {
        let own = learned(200, 3, 20);
        let (a, b, c) = (of(&CARE, &NORTH), of(&CARE, &SOUTH), of(&SCHOOL, &[]));
        let sum: f64 =
            [(a, 0.25), (b, 0.25), (c, 0.5)].map(|(person, share)| share * own.of(person) / own.mean).iter().sum();
        assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    }
}
