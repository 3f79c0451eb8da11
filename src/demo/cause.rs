//! Why an account is hard to find the holder of: one word an account, so that a score can say by what a run fell.

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

    /// This one, or another where this is none.
    pub fn or(self, other: Self) -> Self {
        if self == Self::None { other } else { self }
    }
}
