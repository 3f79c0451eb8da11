//! Why an account is hard to find the holder of: one word an account, so that a score can say by what a run fell.

use crate::model::Text;

/// The one thing that makes an account difficult, the gravest if there are several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cause {
    /// Nothing.
    #[default]
    None,
    /// The system's own key is not filled in.
    MissingKey,
    /// A slip of the finger in the given name.
    GivenName,
    /// A slip of the finger in the surname.
    Surname,
    /// Given name and surname have changed places.
    Swapped,
    /// å, ä and ö are gone.
    Folded,
    /// An everyday form: Lasse for Lars.
    ShortForm,
    /// All given names as registered.
    AllGivenNames,
    /// The surname of before a wedding.
    Renamed,
    /// The holder shares given name and surname with a colleague.
    Namesake,
    /// Someone outside payroll bears the whole name of an employee.
    OutsiderNamesake,
    /// Someone hired in.
    Consultant,
    /// A pupil's guardian.
    Guardian,
    /// Staff of another municipality.
    OtherMunicipality,
    /// An address that is no longer the one in use.
    FormerAddress,
    /// The directory's account carries no number, so that nothing in payroll leads to it but a name.
    NoDirectoryNumber,
    /// Another spelling of a name from elsewhere.
    Respelt,
    /// The halves of a double surname have changed places.
    Reordered,
    /// Half of a double surname.
    HalfName,
    /// A user name or an address that was somebody else's, or is now.
    Recycled,
    /// The holder came back under another employee number.
    Rehired,
    /// Several slips of the finger in one name.
    SeveralSlips,
    /// Only the first letter of the given name.
    Initial,
    /// No given name, or no surname.
    MissingPart,
    /// Capitals only.
    UpperCase,
    /// Letters read in the wrong encoding.
    Mojibake,
    /// A question mark for å, ä and ö.
    Lossy,
    /// A name cut at the width of its column.
    Cut,
    /// A unit misspelt, abbreviated or left out.
    UnitSlip,
    /// A slip in the birth date.
    BirthSlip,
    /// Someone outside with an employee's whole name, on the employee's unit.
    NamesakeOnUnit,
    /// The same with another birth date stated.
    BirthDateOfAnother,
    /// The same with another valid personal number.
    NumberOfAnother,
    /// The same with the employee's address, but for the domain.
    ForeignDomain,
    /// The same with an address in the employer's domain that is not the employee's.
    OtherAddress,
    /// Someone outside called by a given name that the employee has and does not use.
    UnusedGivenName,
    /// The address of somebody of the same surname.
    SpouseAddress,
    /// The address of a colleague on the unit.
    AddressOfAnother,
    /// The employee number of somebody else.
    WrongKey,
    /// The key of the row above.
    ShiftedKey,
}

impl Cause {
    /// The word in the right answers.
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::MissingKey => "missing-key",
            Self::GivenName => "slip-given-name",
            Self::Surname => "slip-surname",
            Self::Swapped => "swapped",
            Self::Folded => "ascii",
            Self::ShortForm => "short-form",
            Self::AllGivenNames => "all-given-names",
            Self::Renamed => "renamed",
            Self::Namesake => "namesake",
            Self::OutsiderNamesake => "outsider-namesake",
            Self::Consultant => "consultant",
            Self::Guardian => "guardian",
            Self::OtherMunicipality => "other-municipality",
            Self::FormerAddress => "former-address",
            Self::NoDirectoryNumber => "no-directory-number",
            Self::Respelt => "respelt",
            Self::Reordered => "reordered",
            Self::HalfName => "half-name",
            Self::Recycled => "recycled-handle",
            Self::Rehired => "rehired",
            Self::SeveralSlips => "several-slips",
            Self::Initial => "initial",
            Self::MissingPart => "missing-part",
            Self::UpperCase => "upper-case",
            Self::Mojibake => "mojibake",
            Self::Lossy => "lossy",
            Self::Cut => "cut",
            Self::UnitSlip => "unit-slip",
            Self::BirthSlip => "birth-slip",
            Self::NamesakeOnUnit => "namesake-on-unit",
            Self::BirthDateOfAnother => "birth-date-of-another",
            Self::NumberOfAnother => "number-of-another",
            Self::ForeignDomain => "foreign-domain",
            Self::OtherAddress => "other-address",
            Self::UnusedGivenName => "unused-given-name",
            Self::SpouseAddress => "spouse-address",
            Self::AddressOfAnother => "address-of-another",
            Self::WrongKey => "wrong-key",
            Self::ShiftedKey => "shifted-key",
        }
    }

    /// Every one, in the order of what is told.
    const ALL: [Self; 40] = [
        Self::None,
        Self::MissingKey,
        Self::GivenName,
        Self::Surname,
        Self::Swapped,
        Self::Folded,
        Self::ShortForm,
        Self::AllGivenNames,
        Self::Renamed,
        Self::Namesake,
        Self::OutsiderNamesake,
        Self::Consultant,
        Self::Guardian,
        Self::OtherMunicipality,
        Self::FormerAddress,
        Self::NoDirectoryNumber,
        Self::Respelt,
        Self::Reordered,
        Self::HalfName,
        Self::Recycled,
        Self::Rehired,
        Self::SeveralSlips,
        Self::Initial,
        Self::MissingPart,
        Self::UpperCase,
        Self::Mojibake,
        Self::Lossy,
        Self::Cut,
        Self::UnitSlip,
        Self::BirthSlip,
        Self::NamesakeOnUnit,
        Self::BirthDateOfAnother,
        Self::NumberOfAnother,
        Self::ForeignDomain,
        Self::OtherAddress,
        Self::UnusedGivenName,
        Self::SpouseAddress,
        Self::AddressOfAnother,
        Self::WrongKey,
        Self::ShiftedKey,
    ];

    /// The one of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.code() == code)
    }

    /// What a person reads.
    pub const fn text(self) -> Text {
        match self {
            Self::None => Text::new("ingen", "none"),
            Self::MissingKey => Text::new("nyckeln saknas", "the key is missing"),
            Self::GivenName => Text::new("felskrivet förnamn", "slip in the given name"),
            Self::Surname => Text::new("felskrivet efternamn", "slip in the surname"),
            Self::Swapped => Text::new("för- och efternamn omkastade", "names swapped"),
            Self::Folded => Text::new("utan å, ä och ö", "without å, ä and ö"),
            Self::ShortForm => Text::new("vardagsnamn", "everyday name"),
            Self::AllGivenNames => Text::new("alla förnamn", "all given names"),
            Self::Renamed => Text::new("tidigare efternamn", "former surname"),
            Self::Namesake => Text::new("namne bland de anställda", "namesake among the employed"),
            Self::OutsiderNamesake => Text::new("namne utanför", "namesake outside"),
            Self::Consultant => Text::new("inhyrd", "hired in"),
            Self::Guardian => Text::new("vårdnadshavare", "guardian"),
            Self::OtherMunicipality => Text::new("annan kommun", "another municipality"),
            Self::FormerAddress => Text::new("tidigare adress", "former address"),
            Self::NoDirectoryNumber => Text::new("katalogen utan nummer", "no number in the directory"),
            Self::Respelt => Text::new("annan stavning", "another spelling"),
            Self::Reordered => Text::new("dubbelnamn omkastat", "double name reversed"),
            Self::HalfName => Text::new("halvt dubbelnamn", "half a double name"),
            Self::Recycled => Text::new("återanvänt kontonamn", "reused account name"),
            Self::Rehired => Text::new("återanställd", "rehired"),
            Self::SeveralSlips => Text::new("flera skrivfel", "several slips"),
            Self::Initial => Text::new("bara initial", "initial only"),
            Self::MissingPart => Text::new("halva namnet saknas", "half the name is missing"),
            Self::UpperCase => Text::new("versaler", "capitals"),
            Self::Mojibake => Text::new("fel teckenkodning", "wrong encoding"),
            Self::Lossy => Text::new("frågetecken för å, ä och ö", "question marks for å, ä and ö"),
            Self::Cut => Text::new("avhugget namn", "name cut off"),
            Self::UnitSlip => Text::new("felskriven enhet", "slip in the unit"),
            Self::BirthSlip => Text::new("fel i födelsedatum", "slip in the birth date"),
            Self::NamesakeOnUnit => Text::new("namne på enheten", "namesake on the unit"),
            Self::BirthDateOfAnother => Text::new("namne med annat födelsedatum", "namesake with another birth date"),
            Self::NumberOfAnother => Text::new("namne med annat personnummer", "namesake with another personal number"),
            Self::ForeignDomain => Text::new("adress i annan domän", "address in another domain"),
            Self::OtherAddress => Text::new("annan adress", "another address"),
            Self::UnusedGivenName => Text::new("annat av förnamnen", "another of the given names"),
            Self::SpouseAddress => {
                Text::new("adress hos någon med samma efternamn", "address of somebody of the same surname")
            }
            Self::AddressOfAnother => Text::new("kollegas adress", "a colleague's address"),
            Self::WrongKey => Text::new("någon annans nyckel", "somebody else's key"),
            Self::ShiftedKey => Text::new("nyckeln från raden ovanför", "the key of the row above"),
        }
    }

    /// This one, or another where this is none.
    pub fn or(self, other: Self) -> Self {
        if self == Self::None { other } else { self }
    }
}
