//! Texts of accounts that are no field of theirs, by account: few accounts have any, and protection asks for them.

use super::account_row::AccountReader;
use super::row::RowView;
use crate::model::{AccountIx, Sym};
use foldhash::{HashMap, HashMapExt};

/// Those of one row.
pub struct RowTexts {
    mentions: Vec<Sym>,
    broken_numbers: Vec<Sym>,
    other_ids: Vec<Sym>,
}

impl RowTexts {
    /// Takes them out of a row.
    pub fn of(reader: &mut AccountReader<'_>, row: &RowView<'_>) -> Self {
        Self {
            mentions: reader.mentions(row),
            broken_numbers: reader.broken_numbers(row),
            other_ids: reader.other_ids(row),
        }
    }
}

/// Those of all accounts.
#[derive(Clone, Debug, Default)]
pub struct TextsBeside {
    mentions: Vec<(AccountIx, Sym)>,
    broken_numbers: Vec<(AccountIx, Sym)>,
    other_ids: Vec<(AccountIx, Sym)>,
}

impl TextsBeside {
    /// Adds those of a row to an account's.
    pub fn add(&mut self, at: usize, row: RowTexts) {
        let at = AccountIx(u32::try_from(at).unwrap_or(u32::MAX));
        self.mentions.extend(row.mentions.into_iter().map(|text| (at, text)));
        self.broken_numbers.extend(row.broken_numbers.into_iter().map(|text| (at, text)));
        self.other_ids.extend(row.other_ids.into_iter().map(|text| (at, text)));
    }

    /// The same, each once and in order, to be asked.
    pub fn settled(mut self) -> Self {
        for list in [&mut self.mentions, &mut self.broken_numbers, &mut self.other_ids] {
            list.sort_unstable();
            list.dedup();
            list.shrink_to_fit();
        }
        leave_shared(&mut self.other_ids);
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

    /// Ids of an account, and of no other, in columns that were passed over for others of the same kind.
    pub fn other_ids_of(&self, at: AccountIx) -> impl Iterator<Item = Sym> + '_ {
        of_account(&self.other_ids, at)
    }
}

/// Takes out what several accounts have: it is of something else than they are.
fn leave_shared(ids: &mut Vec<(AccountIx, Sym)>) {
    let mut carriers: HashMap<Sym, u32> = HashMap::new();
    ids.iter().for_each(|(_, id)| *carriers.entry(*id).or_default() += 1);
    ids.retain(|(_, id)| carriers.get(id) == Some(&1));
}

fn of_account(list: &[(AccountIx, Sym)], at: AccountIx) -> impl Iterator<Item = Sym> + '_ {
    let from = list.partition_point(|(own, _)| *own < at);
    list[from..].iter().take_while(move |(own, _)| *own == at).map(|(_, text)| *text)
}
