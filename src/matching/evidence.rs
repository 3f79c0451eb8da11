//! What speaks for or against a person: a field, how far it agrees, and what that is worth.

use crate::model::Text;

/// A compared field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceField {
    /// Personal number.
    PersonalNumber,
    /// Employee number.
    EmployeeNumber,
    /// HSA-id.
    HsaId,
    /// E-mail.
    Email,
    /// User name.
    UserName,
    /// Birth date.
    BirthDate,
    /// Given name.
    GivenName,
    /// Surname.
    Surname,
    /// Unit, else department.
    Unit,
}

impl EvidenceField {
    /// The name in data files.
    pub fn key(self) -> &'static str {
        match self {
            Self::PersonalNumber => "personal_number",
            Self::EmployeeNumber => "employee_number",
            Self::HsaId => "hsa_id",
            Self::Email => "email",
            Self::UserName => "user_name",
            Self::BirthDate => "birth_date",
            Self::GivenName => "given_name",
            Self::Surname => "surname",
            Self::Unit => "unit",
        }
    }

    /// The word a recipient reads.
    pub fn text(self) -> Text {
        match self {
            Self::PersonalNumber => Text::new("personnummer", "personal number"),
            Self::EmployeeNumber => Text::new("anställningsnummer", "employee number"),
            Self::HsaId => Text::new("HSA-id", "HSA-id"),
            Self::Email => Text::new("e-post", "e-mail"),
            Self::UserName => Text::new("användarnamn", "user name"),
            Self::BirthDate => Text::new("födelsedatum", "birth date"),
            Self::GivenName => Text::new("förnamn", "given name"),
            Self::Surname => Text::new("efternamn", "surname"),
            Self::Unit => Text::new("enhet", "unit"),
        }
    }

    /// A key names one person by itself.
    pub fn is_key(self) -> bool {
        self.is_hard_key() || matches!(self, Self::Email | Self::UserName)
    }

    /// A hard key is never given to another person.
    pub fn is_hard_key(self) -> bool {
        matches!(self, Self::PersonalNumber | Self::EmployeeNumber | Self::HsaId)
    }
}

/// How far two values agree. Absent values make no evidence at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Equal once spelling is folded.
    Exact,
    /// Equal in part: one of several given names, half of a double name, the department only.
    Partial,
    /// Nearly equal: one slip of the finger.
    Near,
    /// Only the first letter is there, and fits.
    Initial,
    /// Different.
    Differs,
}

impl Level {
    /// The name in data files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Partial => "partial",
            Self::Near => "near",
            Self::Initial => "initial",
            Self::Differs => "differs",
        }
    }

    /// The word a recipient reads.
    pub fn text(self) -> Text {
        match self {
            Self::Exact => Text::new("lika", "equal"),
            Self::Partial => Text::new("delvis lika", "equal in part"),
            Self::Near => Text::new("nästan lika", "nearly equal"),
            Self::Initial => Text::new("initial stämmer", "initial fits"),
            Self::Differs => Text::new("skiljer", "differs"),
        }
    }
}

/// One comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// What was compared.
    pub field: EvidenceField,
    /// How far it agrees.
    pub level: Level,
    /// log2 of how much likelier this is if the account is the person's than if it is not.
    pub bits: f64,
}

impl Evidence {
    /// A key that agrees.
    pub fn is_agreeing_key(&self) -> bool {
        self.field.is_key() && self.level == Level::Exact
    }

    /// Whether a name is rare enough to say so: fewer than one in about a thousand bears it.
    pub fn is_rare_name(&self) -> bool {
        const RARE_BITS: f64 = 10.0;
        let name = matches!(self.field, EvidenceField::GivenName | EvidenceField::Surname);
        name && self.level == Level::Exact && self.bits >= RARE_BITS
    }
}
