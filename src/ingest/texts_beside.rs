//! Texts of accounts that are no field of theirs, by account: few accounts have any, and protection asks for them.

use super::account_row::AccountReader;
use super::row::RowView;
use crate::model::{AccountIx, Sym};

/// Those of one row.
pub struct RowTexts {
    mentions: Vec<Sym>,
    broken_numbers: Vec<Sym>,
}

impl RowTexts {
    /// Takes them out of a row.
    pub fn of(reader: &mut AccountReader<'_>, row: &RowView<'_>) -> Self {
        Self { mentions: reader.mentions(row), broken_numbers: reader.broken_numbers(row) }
    }
}

/// Those of all accounts.
#[derive(Clone, Debug, Default)]
pub struct TextsBeside {
    mentions: Vec<(AccountIx, Sym)>,
    broken_numbers: Vec<(AccountIx, Sym)>,
}

impl TextsBeside {
    /// Adds those of a row to an account's.
    pub fn add(&mut self, at: usize, row: RowTexts) {
        let at = AccountIx(u32::try_from(at).unwrap_or(u32::MAX));
        self.mentions.extend(row.mentions.into_iter().map(|text| (at, text)));
        self.broken_numbers.extend(row.broken_numbers.into_iter().map(|text| (at, text)));
    }

    /// The same, each once and in order, to be asked.
    pub fn settled(mut self) -> Self {
        for list in [&mut self.mentions, &mut self.broken_numbers] {
            list.sort_unstable();
            list.dedup();
            list.shrink_to_fit();
        }
        self
    }

    /// What may name somebody in cells of an account that are of no field.
    pub fn mentions_of(&self, at: AccountIx) -> impl Iterator<Item = Sym> + '_ {
        of_account(&self.mentions, at)
    }

    /// Personal numbers of an account that cannot be read, as they are written.
    pub fn broken_numbers_of(&self, at: AccountIx) -> impl Iterator<Item = Sym> + '_ {
        of_account(&self.broken_numbers, at)
    }
}

fn of_account(list: &[(AccountIx, Sym)], at: AccountIx) -> impl Iterator<Item = Sym> + '_ {
    let from = list.partition_point(|(own, _)| *own < at);
    list[from..].iter().take_while(move |(own, _)| *own == at).map(|(_, text)| *text)
}
