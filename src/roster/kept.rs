//! Ids that stay when a person's number changes: who had an interim number and got a personal number, or stands under
//! another employee number than before, in another series or written otherwise, is the same person, known by what is
//! given once.

use super::{employee_key, mail_key};
use crate::model::{IdBefore, NameKey, Named, Person, PersonId, fold};
use crate::runfolder::PersonLine;
use std::collections::{BTreeMap, BTreeSet};

/// Letters of a mark.
const LETTERS: usize = 12;

/// Gives persons the ids that they had in the run before, where what is remembered of one id is theirs and nobody else's:
/// the personal number, or two things that say together who it is. An address alone may have been handed on, and a name is
/// many people's; whose personal number or birth date is another is another, whatever agrees.
pub fn keep_ids(persons: &mut [Person], known: &BTreeMap<String, PersonLine>, names: &NameKey) {
    if known.is_empty() {
        return;
    }
    let kept = Kept::new(persons, known, names);
    let claims = kept.claims();
    let free = kept.free(&claims);
    let claims: Vec<(usize, String)> = claims.into_iter().map(|(at, id)| (at, id.to_owned())).collect();
    for at in kept.handed_on {
        persons[at].id_before = IdBefore::Anothers;
    }
    for (at, id) in claims {
        match free.contains(&at) {
            true => (persons[at].id.0, persons[at].id_before) = (id, IdBefore::Same),
            false => persons[at].id_before = IdBefore::Had(PersonId(id)),
        }
    }
}

/// Who gets back which id.
struct Kept<'a> {
    persons: &'a [Person],
    /// Those who do not stand under an id of their own, with what they are known by.
    new: BTreeMap<usize, PersonLine>,
    /// Ids under which nobody stands who had them.
    lost: BTreeMap<&'a str, &'a PersonLine>,
    /// Those who stand under an id that was certainly somebody else's.
    handed_on: Vec<usize>,
}

impl<'a> Kept<'a> {
    fn new(persons: &'a [Person], known: &'a BTreeMap<String, PersonLine>, names: &NameKey) -> Self {
        let mut lost: BTreeMap<&str, &PersonLine> = known.iter().map(|(id, line)| (id.as_str(), line)).collect();
        let (mut new, mut handed_on) = (BTreeMap::new(), Vec::new());
        for (at, person) in persons.iter().enumerate() {
            let id = person.id.0.as_str();
            let own = remembered(person, names);
            // In a new series the number that one had may be another's now.
            let is_own = |then: &PersonLine| then.marks.is_empty() || own.is_known_by(then);
            match known.get(id) {
                Some(then) if is_own(then) => {
                    lost.remove(id);
                }
                then => {
                    handed_on.extend(then.filter(|then| own.is_another(then)).map(|_| at));
                    new.insert(at, own);
                }
            }
        }
        Self { persons, new, lost, handed_on }
    }

    /// Those of whom one id tells, and of whom alone it does.
    fn claims(&self) -> BTreeMap<usize, &'a str> {
        let mut marked: BTreeMap<&str, BTreeSet<&'a str>> = BTreeMap::new();
        for (id, line) in &self.lost {
            for mark in &line.marks {
                marked.entry(mark).or_default().insert(id);
            }
        }
        let mut claims: BTreeMap<&'a str, Vec<usize>> = BTreeMap::new();
        for (at, line) in &self.new {
            let own = line.marks.iter().filter_map(|mark| marked.get(mark.as_str())).flatten();
            let fits = |then: &PersonLine| (then.has_number || !line.has_number) && !line.is_another(then);
            let own: BTreeSet<&'a str> = own.copied().filter(|id| fits(self.lost[id])).collect();
            let mut own = own.into_iter();
            if let (Some(id), None) = (own.next(), own.next()) {
                claims.entry(id).or_default().push(*at);
            }
        }
        let alone = claims.into_iter().filter(|(_, own)| own.len() == 1);
        alone.flat_map(|(id, own)| own.into_iter().map(move |at| (at, id))).collect()
    }

    /// Which of those who claim an id get it: nobody goes by it, or has it as a number, but who gets another.
    fn free(&self, claims: &BTreeMap<usize, &str>) -> BTreeSet<usize> {
        let mut bearers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, person) in self.persons.iter().enumerate() {
            let own = person.numbers_shown().into_iter().chain([person.id.0.clone()]);
            own.for_each(|id| bearers.entry(id).or_default().push(at));
        }
        let mut free: BTreeSet<usize> = claims.keys().copied().collect();
        loop {
            let given = free.clone();
            free.retain(|at| {
                let mut others = bearers.get(claims[at]).into_iter().flatten().filter(|own| *own != at);
                others.all(|own| given.contains(own))
            });
            if free.len() == given.len() {
                return free;
            }
        }
    }
}

/// Whether a person's id is made of what the person is.
fn is_opaque(person: &Person) -> bool {
    person.employee_numbers.is_empty() && person.shared_numbers.is_empty()
}

/// What is remembered of a person: marks that tell nobody who lacks the key of names what they were made of.
pub fn remembered(person: &Person, names: &NameKey) -> PersonLine {
    let name = Some(fold(&person.name));
    let birth = person.birth_date.map(|day| day.to_string());
    let mail = person.email.as_deref().map(mail_key);
    let number = person.employee_numbers.first().map(|number| employee_key(number));
    let own = person.personal_number.map(|number| format!("{:010}", number.ten()));
    let pairs = [
        ("mail, name", &mail, &name),
        ("mail, birth", &mail, &birth),
        ("name, birth", &name, &birth),
        ("number, name", &number, &name),
    ];
    let pairs = pairs
        .into_iter()
        .filter_map(|(kind, one, other)| Some((kind, [one.as_ref()?, other.as_ref()?].map(String::as_str).join("\0"))));
    let all = own.map(|own| ("own", own)).into_iter().chain(pairs);
    let code = |(kind, text): (&str, &str)| names.name(Named::Person, &format!("{kind}\0{text}"), LETTERS);
    let marks = all.map(|(kind, text)| code((kind, &text))).collect();
    // A coordination number gives way to a personal number.
    let for_life = person.personal_number.filter(|number| !number.is_coordination());
    let number = for_life.map(|number| code(("for life", &format!("{:010}", number.ten()))));
    let born = person.birth_date.map(|day| code(("born", &day.to_string())));
    PersonLine { has_number: !is_opaque(person), marks, number, born }
}
