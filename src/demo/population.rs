//! Which municipality is made. Matching that was only tried on an ordinary one learns its habits; each of the others
//! has one thing that matching finds hard, and so much of it that a fault shows.

use super::system_kind::SystemKind;
use crate::model::Text;

/// What is particular about the municipality.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Population {
    /// Nothing.
    #[default]
    Ordinary,
    /// A quarter of the staff leave each year, and what was theirs is handed on.
    Churn,
    /// Most names are from elsewhere, spelt anew in each system.
    Foreign,
    /// A third of the staff share given name and surname with a colleague.
    Namesakes,
    /// Exports as bad as they come.
    Mangled,
    /// Payroll holds neither address nor user name; the directory holds both, and cloud systems hold only addresses.
    NoMail,
    /// One account in twenty is made so that what matching trusts is wrong.
    Adversarial,
    /// 250 people, and systems so small that little can be learned from them.
    Small,
    /// Two accounts in five are of people outside payroll.
    Outsiders,
}

impl Population {
    /// Every one, in the order they are told.
    pub const ALL: [Self; 9] = [
        Self::Ordinary,
        Self::Churn,
        Self::Foreign,
        Self::Namesakes,
        Self::Mangled,
        Self::NoMail,
        Self::Adversarial,
        Self::Small,
        Self::Outsiders,
    ];

    /// What is written on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Churn => "churn",
            Self::Foreign => "foreign",
            Self::Namesakes => "namesakes",
            Self::Mangled => "mangled",
            Self::Adversarial => "adversarial",
            Self::NoMail => "no-mail",
            Self::Small => "small",
            Self::Outsiders => "outsiders",
        }
    }

    /// The one with a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|population| population.code() == code)
    }

    /// What is particular, in a few words.
    pub const fn about(self) -> Text {
        match self {
            Self::Ordinary => Text::new("en vanlig kommun", "an ordinary municipality"),
            Self::Churn => Text::new(
                "en fjärdedel slutar varje år; användarnamn och adresser går i arv, många har bytt efternamn",
                "a quarter leave each year; user names and addresses are handed on, many have changed surname",
            ),
            Self::Foreign => Text::new(
                "de flesta har namn från andra länder, som stavas olika i olika system",
                "most have names from other countries, spelt differently in different systems",
            ),
            Self::Namesakes => Text::new(
                "en tredjedel delar för- och efternamn med någon annan, ibland också enhet och födelseår",
                "a third share given name and surname with another, some of them unit and birth year too",
            ),
            Self::Mangled => Text::new(
                "så dåliga utdrag som de kan bli: förlorade bokstäver, skrivfel, avkortade namn, felskrivna enheter",
                "exports as bad as they come: lost letters, slips, names cut short, misspelt units",
            ),
            Self::Adversarial => Text::new(
                "ett konto av tjugo lurar: namne på samma enhet, någon annans nummer, makens adress, förskjutna rader",
                "one account in twenty deceives: a namesake on the unit, another's number, a spouse's address, slipped rows",
            ),
            Self::NoMail => Text::new(
                "lönesystemet saknar e-post och användarnamn; molntjänsterna har bara adress och visningsnamn",
                "payroll lacks e-mail and user name; cloud services hold only address and shown name",
            ),
            Self::Outsiders => Text::new(
                "40 procent av kontona tillhör utomstående: konsulter, vårdnadshavare, grannkommunens personal",
                "40 percent of the accounts are of outsiders: consultants, guardians, staff of the next municipality",
            ),
            Self::Small => Text::new(
                "250 anställda om inget annat sägs, fem system",
                "250 employees if nothing else is said, five systems",
            ),
        }
    }

    /// People in payroll when no number is asked for.
    pub const fn employees(self) -> u32 {
        match self {
            Self::Small => 250,
            _ => 400,
        }
    }

    /// Of a hundred accounts, those of people outside payroll.
    pub(super) const fn outside_percent(self) -> usize {
        match self {
            Self::Outsiders => 40,
            _ => 4,
        }
    }

    /// Its systems, in the order of the configuration.
    pub(super) fn systems(self) -> &'static [SystemKind] {
        match self {
            Self::Small => &SystemKind::ALL[..5],
            _ => &SystemKind::ALL,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Population;
    use std::collections::BTreeSet;

    /// Each kind is found by its code, and no two share one or are told in the same words.
    #[test]
    fn codes_and_words_are_unique() {
        let codes: BTreeSet<&str> = Population::ALL.iter().map(|population| population.code()).collect();
        let words: BTreeSet<&str> = Population::ALL.iter().map(|population| population.about().sv).collect();
        assert_eq!((codes.len(), words.len()), (Population::ALL.len(), Population::ALL.len()));
        assert!(Population::ALL.iter().all(|own| Population::from_code(own.code()) == Some(*own)));
    }
}
