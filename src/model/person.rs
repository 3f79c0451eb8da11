//! A person as payroll (or a register) knows them: the one an account may belong to.

use super::{BrokenNumber, Employment, Field, Flaw, NameTokens, PersonalNumber, SourceRef};
use chrono::NaiveDate;

/// A person's place in the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonIx(pub u32);

/// What a person is called in every output: the employee number, or an opaque id where payroll
/// has none. Never a personal number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PersonId(pub String);

/// Who bore a person's id, or one of the person's, in the run before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum IdBefore {
    /// The same person, or nobody.
    #[default]
    Same,
    /// Somebody else: the number was given anew.
    Anothers,
    /// The person had this id, which is somebody else's number now.
    Had(PersonId),
}

/// One person with every employment of theirs.
#[derive(Clone, Debug)]
pub struct Person {
    /// What the person is called in outputs.
    pub id: PersonId,
    /// Who bore that id in the run before.
    pub id_before: IdBefore,
    /// The valid personal number, where one is known.
    pub personal_number: Option<PersonalNumber>,
    /// A valid personal number that stands under a quite other name too: a key for nobody.
    pub contested_number: Option<PersonalNumber>,
    /// What is wrong with the number that payroll holds, where none is valid.
    pub number_flaw: Option<Flaw>,
    /// That number, where it is wrong by a slip.
    pub broken_number: Option<BrokenNumber>,
    /// Birth date from the number, or from a column of its own.
    pub birth_date: Option<NaiveDate>,
    /// Employee numbers that nobody else has, sorted: the keys.
    pub employee_numbers: Vec<String>,
    /// Employee numbers that are another person's as well, sorted: shown, and a key for nobody.
    pub shared_numbers: Vec<String>,
    /// Of these such as several employers have each given to one person, in series of their own: nothing is wrong with
    /// them.
    pub serial_numbers: Vec<String>,
    /// Identifier in the HSA directory.
    pub hsa_id: Option<String>,
    /// Account name, where payroll holds one.
    pub user_name: Option<String>,
    /// Work e-mail.
    pub email: Option<String>,
    /// Other addresses that payroll holds.
    pub more_mails: Vec<String>,
    /// Name as it is shown.
    pub name: String,
    /// Name as it is compared.
    pub tokens: NameTokens,
    /// What other rows of payroll call the person, as compared; each once.
    pub other_names: Vec<NameTokens>,
    /// Marked as protected in any source.
    pub protected: bool,
    /// Every employment, by its first day; one that rows tell several times stands once.
    pub employments: Vec<Employment>,
    /// The first row the person stands in.
    pub source: SourceRef,
}

impl Person {
    /// Every employee number as it is shown, those that are another's too.
    pub fn numbers_shown(&self) -> Vec<String> {
        self.employee_numbers.iter().chain(&self.shared_numbers).cloned().collect()
    }

    /// The personal number that payroll states, a key or not.
    pub fn stated_number(&self) -> Option<PersonalNumber> {
        self.personal_number.or(self.contested_number)
    }

    /// Whether the registers state a key of the person, be it one that others have too.
    pub fn has_key(&self, key: Field) -> bool {
        match key {
            Field::PersonalNumber => self.stated_number().is_some(),
            Field::EmployeeNumber => !self.employee_numbers.is_empty() || !self.shared_numbers.is_empty(),
            Field::HsaId => self.hsa_id.is_some(),
            Field::Email => self.email.is_some(),
            _ => false,
        }
    }

    /// Whether the person stands in payroll itself, and not only in a register beside it.
    pub fn is_in_payroll(&self) -> bool {
        self.employments.iter().any(|employment| employment.engagement.is_none())
    }
}
