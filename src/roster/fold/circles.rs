//! Rows that are one person's, joined one by one: a circle never comes to hold two personal numbers, nor two
//! faces that contradict each other.

use super::identity::{Identity, Tie};
use crate::model::PersonalNumber;

/// Faces that a circle is compared by. One person is called two or three things; a number on more is no person's.
const MOST_FACES: usize = 6;

/// The circles, by the place of a row.
pub struct Circles<'i, 'r> {
    identities: &'i [Identity<'r>],
    parents: Vec<usize>,
    numbers: Vec<Option<PersonalNumber>>,
    /// Rows that each stand for a way the person is told of.
    faces: Vec<Vec<usize>>,
}

impl<'i, 'r> Circles<'i, 'r> {
    /// Every row alone.
    pub fn new(identities: &'i [Identity<'r>]) -> Self {
        Self {
            identities,
            parents: (0..identities.len()).collect(),
            numbers: identities.iter().map(Identity::personal_number).collect(),
            faces: (0..identities.len()).map(|at| vec![at]).collect(),
        }
    }

    /// The row that stands for the circle of a row.
    pub fn root(&mut self, at: usize) -> usize {
        let mut root = at;
        while self.parents[root] != root {
            root = self.parents[root];
        }
        let mut step = at;
        while self.parents[step] != root {
            step = std::mem::replace(&mut self.parents[step], root);
        }
        root
    }

    /// The personal number of a circle, by its root.
    pub fn number(&self, root: usize) -> Option<PersonalNumber> {
        self.numbers[root]
    }

    /// Joins two circles without asking.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let (kept, gone) = (a.min(b), a.max(b));
        self.parents[gone] = kept;
        self.numbers[kept] = self.numbers[kept].or(self.numbers[gone]);
        for face in std::mem::take(&mut self.faces[gone]) {
            self.add_face(kept, face);
        }
    }

    fn add_face(&mut self, root: usize, at: usize) {
        let told = |at: usize| {
            let identity = &self.identities[at];
            (&identity.name, identity.birth_date(), &identity.mail, &identity.company, identity.is_outside())
        };
        let faces = &self.faces[root];
        if faces.len() < MOST_FACES && !faces.iter().any(|&face| told(face) == told(at)) {
            self.faces[root].push(at);
        }
    }

    /// How two circles stand, where nothing forbids that they are one: surely so by any two of their faces,
    /// perhaps only by all.
    pub fn tie(&self, a: usize, b: usize, of: &impl Fn(&Identity<'_>, &Identity<'_>) -> Tie) -> Tie {
        if self.numbers[a].zip(self.numbers[b]).is_some_and(|(own, others)| own != others) || self.contradict(a, b) {
            return Tie::Two;
        }
        let ties: Vec<Tie> = self.pairs(a, b).map(|(own, others)| of(own, others)).collect();
        if ties.contains(&Tie::One) { Tie::One } else { ties.into_iter().min().unwrap_or(Tie::Two) }
    }

    /// Whether two circles are certainly two persons, by every pair of their faces.
    pub fn are_certainly_two(&self, a: usize, b: usize) -> bool {
        self.pairs(a, b).all(|(own, others)| own.is_certainly_another(others))
    }

    fn pairs(&self, a: usize, b: usize) -> impl Iterator<Item = (&Identity<'r>, &Identity<'r>)> {
        let faces = |root: usize| self.faces[root].iter().map(|&at| &self.identities[at]);
        faces(a).flat_map(move |own| faces(b).map(move |others| (own, others)))
    }

    /// Whether some face of one can be no face of the other. A personal number holds faces together that nothing
    /// else would, so that beside it one that fits is enough.
    fn contradict(&self, a: usize, b: usize) -> bool {
        let fits_one = |loose: usize, anchored: usize| {
            let mut own = self.faces[loose].iter().map(|&at| &self.identities[at]);
            own.all(|own| self.faces[anchored].iter().any(|&at| !own.contradicts(&self.identities[at])))
        };
        match (self.numbers[a], self.numbers[b]) {
            (None, Some(_)) => !fits_one(a, b),
            (Some(_), None) => !fits_one(b, a),
            _ => self.pairs(a, b).any(|(own, others)| own.contradicts(others)),
        }
    }
}
