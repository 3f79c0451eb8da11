//! Names of made-up people, drawn by how often they are borne in Sweden.

use super::foreign::{FROM_ELSEWHERE, ForeignNames};
use super::population::Population;
use super::random::Random;
use crate::model::NAME_TABLE;

/// The names of one person.
#[derive(Clone, Debug)]
pub struct FullName {
    /// Registered given names.
    pub given: Vec<&'static str>,
    /// Which of them is used.
    pub call: usize,
    /// Surname, perhaps double.
    pub surname: String,
}

/// Names drawn by their frequency.
pub struct NamePool {
    elsewhere: Option<ForeignNames>,
    surnames: Weighted,
    women: Weighted,
    men: Weighted,
}

impl NamePool {
    /// The country's names, and in some municipalities more from elsewhere.
    pub fn of(population: Population) -> Self {
        Self {
            elsewhere: (population == Population::Foreign).then(ForeignNames::new),
            surnames: Weighted::new("surname"),
            women: Weighted::new("female"),
            men: Weighted::new("male"),
        }
    }

    /// A surname of the country.
    pub fn surname(&self, random: &mut Random) -> &'static str {
        self.surnames.draw(random)
    }

    /// The names of a woman or a man.
    pub fn draw(&self, woman: bool, random: &mut Random) -> FullName {
        match &self.elsewhere {
            Some(names) if random.chance(FROM_ELSEWHERE) => names.draw(woman, random),
            _ => self.swedish(woman, random),
        }
    }

    fn swedish(&self, woman: bool, random: &mut Random) -> FullName {
        let pool = if woman { &self.women } else { &self.men };
        let mut given: Vec<&'static str> = (0..random.between(1, 3)).map(|_| pool.draw(random)).collect();
        given.dedup();
        let call = if random.chance(0.8) { 0 } else { random.below(given.len()) };
        let surname = match random.chance(0.04) {
            true => format!("{} {}", self.surnames.draw(random), self.surnames.draw(random)),
            false => self.surnames.draw(random).to_owned(),
        };
        FullName { given, call, surname }
    }
}

struct Weighted {
    names: Vec<&'static str>,
    sums: Vec<f64>,
}

impl Weighted {
    fn new(kind: &str) -> Self {
        let mut pool = Self { names: Vec::new(), sums: Vec::new() };
        let mut sum = 0.0;
        for line in NAME_TABLE.lines() {
            let mut cells = line.split('\t');
            if let (Some(own), Some(name), Some(share)) = (cells.next(), cells.next(), cells.next())
                && own == kind
            {
                sum += share.parse::<f64>().unwrap_or(0.0);
                pool.names.push(name);
                pool.sums.push(sum);
            }
        }
        pool
    }

    fn draw(&self, random: &mut Random) -> &'static str {
        let at = random.unit() * self.sums.last().copied().unwrap_or(1.0);
        let place = self.sums.partition_point(|sum| *sum < at);
        self.names[place.min(self.names.len() - 1)]
    }
}
