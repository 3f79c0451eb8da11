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
        }
    }

    /// This one, or another where this is none.
    pub fn or(self, other: Self) -> Self {
        if self == Self::None { other } else { self }
    }
}
