//! What speaks for or against a person: a field, how far it agrees, and what that is worth.

use crate::model::Text;

/// An enum whose values have a name in data files and words in both languages beside them.
macro_rules! worded {
    ($(#[doc = $about:literal])* $name:ident { $($(#[doc = $doc:literal])* $variant:ident $key:literal $sv:literal $en:literal),* $(,)? }) => {
        $(#[doc = $about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[doc = $doc])* $variant),* }

        impl $name {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name in data files.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),* }
            }

            /// The word a recipient reads.
            pub fn text(self) -> Text {
                match self { $(Self::$variant => Text::new($sv, $en)),* }
            }
        }
    };
}

worded! {
    /// A compared field.
    EvidenceField {
    /// Personal number.
    PersonalNumber "personal_number" "personnummer" "personal number",
    /// Employee number.
    EmployeeNumber "employee_number" "anställningsnummer" "employee number",
    /// HSA-id.
    HsaId "hsa_id" "HSA-id" "HSA-id",
    /// A personal number that is wrong on one side, by a slip.
    BrokenNumber "broken_number" "felskrivet personnummer" "mistyped personal number",
    /// E-mail.
    Email "email" "e-post" "e-mail",
    /// User name: payroll's own, or the account name in a directory that is matched already.
    UserName "user_name" "användarnamn" "user name",
    /// Whom the system's owner named as the holder.
    Stated "stated_holder" "svar från systemägaren" "answer of the system owner",
    /// The shape of the account name, as learned from accounts that are certain.
    AccountName "account_name" "kontonamnets mönster" "shape of the account name",
    /// An address that a directory lends.
    DirectoryEmail "directory_email" "e-post i katalogen" "e-mail in the directory",
    /// HSA-id that a directory lends.
    DirectoryHsaId "directory_hsa_id" "HSA-id i katalogen" "HSA-id in the directory",
    /// Object id of the account in a directory.
    ObjectId "object_id" "objekt-id i katalogen" "object id in the directory",
    /// Employee number that a directory lends.
    DirectoryNumber "directory_number" "anställningsnummer i katalogen" "employee number in the directory",
    /// Whether the address is of a domain that people here have.
    MailDomain "mail_domain" "e-postens domän" "domain of the e-mail",
    /// Number, address or unit that accounts of people here nearly always state.
    Unstated "unstated" "uppgifter som nästan alla andra konton har" "facts that nearly all other accounts state",
    /// Whether the account was made in the time of the person's employments.
    Made "made" "tid då kontot lades upp" "time the account was made",
    /// Birth date.
    BirthDate "birth_date" "födelsedatum" "birth date",
    /// Given name.
    GivenName "given_name" "förnamn" "given name",
    /// Surname.
    Surname "surname" "efternamn" "surname",
    /// Whether given name and surname stand in their own places.
    NameOrder "name_order" "namnens ordning" "order of the names",
    /// That others outside the files may bear the whole name.
    Namesakes "namesakes" "möjliga namnar" "possible namesakes",
    /// Unit, else department.
    Unit "unit" "enhet" "unit",
    /// Whether those who use the system work where the person does.
    Workplace "workplace" "arbetsplats" "workplace",
    /// That other accounts of the system claim the same person.
    OtherAccounts "other_accounts" "andra konton för personen" "other accounts of the person",
    }
}

impl EvidenceField {
    /// A key names one person by itself.
    pub fn is_key(self) -> bool {
        self.is_hard_key() || matches!(self, Self::Email | Self::UserName | Self::Stated) || self.is_lent()
    }

    /// What a directory lends, beside account names.
    pub fn is_lent(self) -> bool {
        matches!(self, Self::DirectoryEmail | Self::DirectoryHsaId | Self::ObjectId | Self::DirectoryNumber)
    }

    /// A hard key is never given to another person.
    pub fn is_hard_key(self) -> bool {
        matches!(self, Self::PersonalNumber | Self::EmployeeNumber | Self::HsaId)
    }

    /// A number, payroll's or one that is lent.
    pub fn is_number(self) -> bool {
        self.is_hard_key() || matches!(self, Self::DirectoryHsaId | Self::DirectoryNumber)
    }

    /// An address, payroll's or one that is lent.
    pub fn is_address(self) -> bool {
        matches!(self, Self::Email | Self::DirectoryEmail)
    }

    /// What speaks of another person where it differs.
    pub fn opposes(self) -> bool {
        let stated = matches!(self, Self::PersonalNumber | Self::BirthDate | Self::UserName | Self::Made);
        stated || self.is_address() || matches!(self, Self::Unstated | Self::OtherAccounts)
    }

    /// Given name or surname.
    pub fn is_name(self) -> bool {
        matches!(self, Self::GivenName | Self::Surname)
    }

    /// Part of the arithmetic that no value of the account stands for.
    pub fn is_correction(self) -> bool {
        matches!(self, Self::NameOrder | Self::Namesakes | Self::OtherAccounts)
    }
}

worded! {
    /// How far two values agree. A value that is absent on one side is not compared.
    Level {
    /// Equal once case, accents and spacing are folded.
    Exact "exact" "lika" "equal",
    /// Equal, and another person's as well.
    Shared "shared" "lika, men delas med någon annan" "equal, but shared with somebody else",
    /// A spelling that only habit tells apart: Christina and Kristina.
    Variant "variant" "stavas olika" "spelt otherwise",
    /// An everyday form: Lasse for Lars.
    ShortForm "short_form" "kortform" "everyday form",
    /// A given name that the person bears and does not use.
    Unused "unused" "annat än tilltalsnamnet" "not the name used",
    /// Equal in part: half of a double name, the department only, another serial on the same birth date.
    Partial "partial" "delvis lika" "equal in part",
    /// Nearly equal: a slip or two of the finger.
    Near "near" "nästan lika" "nearly equal",
    /// The beginning of the other: a field was too short.
    Cut "cut" "avkortat" "cut short",
    /// Only the first letter is there, and fits.
    Initial "initial" "initial stämmer" "initial fits",
    /// A name that the person is known to have had.
    Former "former" "tidigare namn" "former name",
    /// The surname differs, but given name and birth date or a number agree.
    Renamed "renamed" "skiljer, kanske bytt" "differs, perhaps changed",
    /// Given name and surname have changed places.
    Swapped "swapped" "omkastad" "swapped",
    /// More often met among the users of the system than at large.
    Usual "usual" "vanlig i systemet" "common in the system",
    /// Less often.
    Unusual "unusual" "ovanlig i systemet" "uncommon in the system",
    /// Different.
    Differs "differs" "skiljer" "differs",
    /// Left out, where others state it.
    Missing "missing" "saknas" "missing",
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
    pub bits: f32,
}

impl Evidence {
    /// Puts a piece of evidence together.
    pub fn new(field: EvidenceField, level: Level, bits: f64) -> Self {
        #[allow(clippy::cast_possible_truncation)] // Some hundred bits at most, told to a hundredth.
        let bits = bits as f32;
        Self { field, level, bits }
    }

    /// Whether it is what many share, or nearly agrees: a namesake outside may have it by chance.
    pub fn is_circumstance(&self) -> bool {
        let nearly = self.field == EvidenceField::BirthDate && self.level == Level::Near;
        nearly || matches!(self.field, EvidenceField::Unit | EvidenceField::AccountName)
    }

    /// Whether the name differs from the person's.
    pub fn is_differing_name(&self) -> bool {
        self.field.is_name() && matches!(self.level, Level::Differs | Level::Renamed)
    }

    /// Whether it is worth a recipient's words.
    pub fn is_told(&self) -> bool {
        /// Half as common among the users of the system as at large: less is no news.
        const RATHER_UNUSUAL: f32 = -1.0;
        match self.field {
            EvidenceField::NameOrder => self.level == Level::Swapped,
            EvidenceField::MailDomain | EvidenceField::Made => self.level == Level::Differs,
            EvidenceField::Workplace => self.bits <= RATHER_UNUSUAL,
            EvidenceField::Namesakes | EvidenceField::OtherAccounts => false,
            _ => true,
        }
    }

    /// Whether a name is rare enough to say so: fewer than one in about a thousand bears it.
    pub fn is_rare_name(&self) -> bool {
        const RARE_BITS: f32 = 10.0;
        self.field.is_name() && self.level == Level::Exact && self.bits >= RARE_BITS
    }

    /// Whether something beside the name agrees here, exactly or nearly, and says more than the name did.
    ///
    /// An account name or a unit that most people would share says nothing: it must be worth its bits.
    pub fn corroborates(&self) -> bool {
        /// Eight times likelier for this person than for a namesake.
        const OWN_WORTH: f32 = 3.0;
        /// Thirty-two times likelier: a unit of a few dozen people. Of more than one person in thirty a namesake
        /// outside is filed there by chance too often.
        const UNIT_WORTH: f32 = 5.0;
        match self.field {
            EvidenceField::AccountName => self.bits >= OWN_WORTH,
            EvidenceField::Unit => self.bits >= UNIT_WORTH,
            EvidenceField::BrokenNumber => true,
            EvidenceField::BirthDate => matches!(self.level, Level::Exact | Level::Near) && self.bits > 0.0,
            field if field.is_key() => matches!(self.level, Level::Exact | Level::Shared) && self.bits > OWN_WORTH,
            _ => false,
        }
    }
}
