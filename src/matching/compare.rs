//! An account and a person compared, field by field, in levels.

use super::evidence::{Evidence, EvidenceField, Level};
use super::weights::Weights;
use crate::model::{Account, NameTokens, Person, PersonalNumber, Spelling, Strings, fold};
use crate::roster::{employee_key, mail_key};
use chrono::NaiveDate;

/// What an account says of its holder, made ready for comparison.
pub struct Claims {
    /// Personal number.
    pub personal_number: Option<PersonalNumber>,
    /// Birth date.
    pub birth_date: Option<NaiveDate>,
    /// Employee number as compared.
    pub employee_number: Option<String>,
    /// HSA-id as compared.
    pub hsa_id: Option<String>,
    /// E-mail and user principal name as compared.
    pub mails: Vec<String>,
    /// User names: the account's own and one beside it.
    pub user_names: Vec<String>,
    /// The name.
    pub name: NameTokens,
    /// Folded unit and department.
    pub units: Vec<String>,
}

impl Claims {
    /// Gathers what an account says.
    pub fn new(account: &Account, strings: &Strings) -> Self {
        let text = |sym| strings.maybe(sym);
        let mut mails: Vec<String> = [account.email, account.upn].into_iter().filter_map(text).map(mail_key).collect();
        mails.dedup();
        let user_names = [account.user_name, Some(account.name)].into_iter().filter_map(text);
        let units = [account.unit, account.department].into_iter().filter_map(text);
        Self {
            personal_number: account.personal_number,
            birth_date: account.birth_date,
            employee_number: text(account.employee_number).map(employee_key).filter(|key| !key.is_empty()),
            hsa_id: text(account.hsa_id).map(str::to_lowercase),
            mails,
            user_names: user_names.map(str::to_lowercase).collect(),
            name: name(account, strings),
            units: units.map(fold).collect(),
        }
    }

    /// Whether the account names its holder or carries a key of one.
    pub fn names_someone(&self) -> bool {
        let keyed = self.personal_number.is_some() || self.employee_number.is_some() || self.hsa_id.is_some();
        keyed || self.has_persons_name()
    }

    /// Whether the name is a person's: in columns of its own, or with a given name in it.
    fn has_persons_name(&self) -> bool {
        match self.name.spelling {
            Spelling::Apart => !self.name.given.is_empty() && !self.name.surname.is_empty(),
            Spelling::EitherOrder => {
                self.name.given.len() >= 2 && self.name.given.iter().any(|word| crate::model::is_given_name(word))
            }
        }
    }
}

fn name(account: &Account, strings: &Strings) -> NameTokens {
    match (strings.maybe(account.given_name), strings.maybe(account.surname)) {
        (Some(given), Some(surname)) => NameTokens::apart(given, "", surname),
        (given, surname) => {
            let whole = strings.maybe(account.whole_name).or(surname).or(given).unwrap_or("");
            NameTokens::whole(whole)
        }
    }
}

/// Compares everything that both sides state.
pub fn compare(claims: &Claims, person: &Person, weights: &Weights) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    let mut key = |field, level: Option<Level>| {
        evidence.extend(level.map(|level| Evidence { field, level, bits: weights.key(field, level) }));
    };
    let number = same(claims.personal_number, person.personal_number);
    key(EvidenceField::PersonalNumber, number);
    key(EvidenceField::EmployeeNumber, employee_number(claims, person));
    key(
        EvidenceField::HsaId,
        same(claims.hsa_id.as_deref(), person.hsa_id.as_deref().map(str::to_lowercase).as_deref()),
    );
    key(EvidenceField::Email, any(&claims.mails, person.email.as_deref().map(mail_key)));
    key(EvidenceField::UserName, any(&claims.user_names, person.user_name.as_ref().map(|n| n.to_lowercase())));
    // The number holds the birth date: where both have one, the date says nothing more.
    if number.is_none() {
        key(EvidenceField::BirthDate, same(claims.birth_date, person.birth_date));
    }
    evidence.extend(names(&claims.name, &person.tokens, weights));
    evidence.extend(unit(claims, person, weights));
    evidence
}

fn same<T: PartialEq>(a: Option<T>, b: Option<T>) -> Option<Level> {
    Some(if a? == b? { Level::Exact } else { Level::Differs })
}

fn any(claims: &[String], own: Option<String>) -> Option<Level> {
    let own = own?;
    if claims.is_empty() {
        return None;
    }
    Some(if claims.contains(&own) { Level::Exact } else { Level::Differs })
}

fn employee_number(claims: &Claims, person: &Person) -> Option<Level> {
    let claimed = claims.employee_number.as_ref()?;
    if person.employee_numbers.is_empty() {
        return None;
    }
    let among = person.employee_numbers.iter().any(|number| employee_key(number) == *claimed);
    Some(if among { Level::Exact } else { Level::Differs })
}

/// Given name and surname, in the order that fits best.
fn names(claimed: &NameTokens, own: &NameTokens, weights: &Weights) -> Vec<Evidence> {
    if claimed.is_empty() || own.is_empty() {
        return Vec::new();
    }
    let given = words_agree(&claimed.given, &own.given);
    let surname = words_agree(&claimed.surname, &own.surname);
    let loose = claimed.spelling == Spelling::EitherOrder || own.spelling == Spelling::EitherOrder;
    let mut evidence = Vec::new();
    if let Some((level, word)) = given {
        let level = if loose { loosened(level, claimed, own) } else { level };
        let bits = weights.given_name(&word, level);
        evidence.push(Evidence { field: EvidenceField::GivenName, level, bits });
    }
    if let Some((level, word)) = surname {
        let level = if loose { loosened(level, claimed, own) } else { level };
        let bits = weights.surname(&word, level);
        evidence.push(Evidence { field: EvidenceField::Surname, level, bits });
    }
    evidence
}

/// In a name of either order each part is only some of its words: that is no partial agreement as
/// long as every word of the shorter name is in the longer one.
fn loosened(level: Level, claimed: &NameTokens, own: &NameTokens) -> Level {
    if level != Level::Partial {
        return level;
    }
    let all_claimed = claimed.given.iter().chain(&claimed.surname);
    let known = |word: &String| own.given.contains(word) || own.surname.contains(word);
    if all_claimed.clone().all(known) { Level::Exact } else { Level::Partial }
}

/// How far two lists of words agree, and the word that carries it (the longest shared one).
fn words_agree(claimed: &[String], own: &[String]) -> Option<(Level, String)> {
    if claimed.is_empty() || own.is_empty() {
        return None;
    }
    let shared: Vec<&String> = own.iter().filter(|word| claimed.iter().any(|c| fits(c, word))).collect();
    if let Some(word) = shared.iter().max_by_key(|word| (word.len(), std::cmp::Reverse(**word))) {
        let whole = claimed.iter().all(|c| own.iter().any(|word| fits(c, word)));
        let level = if whole { Level::Exact } else { Level::Partial };
        return Some((level, (*word).clone()));
    }
    if let Some(word) = own.iter().find(|word| claimed.iter().any(|c| near(c, word))) {
        return Some((Level::Near, word.clone()));
    }
    let initial = |c: &String| c.chars().count() == 1;
    let fitting = own.iter().find(|word| claimed.iter().any(|c| initial(c) && word.starts_with(c.as_str())));
    match fitting {
        Some(word) => Some((Level::Initial, word.clone())),
        None => Some((Level::Differs, own[0].clone())),
    }
}

/// Equal, a lost letter (`?`) standing for any.
fn fits(claimed: &str, own: &str) -> bool {
    if !claimed.contains('?') {
        return claimed == own;
    }
    claimed.chars().count() == own.chars().count() && claimed.chars().zip(own.chars()).all(|(a, b)| a == b || a == '?')
}

/// One slip in a short word, two in a long one. Very short words are never near each other.
fn near(a: &str, b: &str) -> bool {
    let shorter = a.chars().count().min(b.chars().count());
    let slips = match shorter {
        0..=3 => return false,
        4..=7 => 1,
        _ => 2,
    };
    strsim::osa_distance(a, b) <= slips
}

/// The unit, else the department, against any employment of the person.
fn unit(claims: &Claims, person: &Person, weights: &Weights) -> Option<Evidence> {
    let own = |get: fn(&crate::model::Employment) -> &Option<String>| -> Vec<String> {
        person.employments.iter().filter_map(|e| get(e).as_deref().map(fold)).collect()
    };
    let (units, departments) = (own(|e| &e.unit), own(|e| &e.department));
    if claims.units.is_empty() || (units.is_empty() && departments.is_empty()) {
        return None;
    }
    let agreed = |list: &[String]| claims.units.iter().find(|unit| list.contains(unit)).cloned();
    let (level, word) = match (agreed(&units), agreed(&departments)) {
        (Some(unit), _) => (Level::Exact, unit),
        (None, Some(department)) => (Level::Partial, department),
        (None, None) => (Level::Differs, String::new()),
    };
    Some(Evidence { field: EvidenceField::Unit, level, bits: weights.unit(&word, level) })
}
