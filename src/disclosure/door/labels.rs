//! What accounts are called, the same in every run: their names, and where a name may not be shown what of it may be with
//! letters behind it that stay.

use super::Screen;
use super::folded::words;
use crate::examine::Examination;
use crate::matching::local_part;
use crate::model::{AccountIx, AccountLabels, AccountName, NameKey, Named, Person};
use rayon::prelude::*;

/// Letters behind what is left of a name.
const LETTERS: usize = 6;

/// The labels of every system's accounts, in the order of the configuration.
pub fn labels(examination: &Examination, screen: &Screen) -> Vec<AccountLabels> {
    let for_post = screen.for_post();
    let systems = examination.systems.iter().zip(&examination.protection.accounts);
    let labels = systems.map(|(system, hidden)| {
        let Ok((export, matches)) = system.delivered() else { return AccountLabels::default() };
        let both = export.accounts.par_iter().zip(&matches.matches).enumerate();
        let labels = both.map(|(at, (account, matched))| {
            let is_hidden = u32::try_from(at).is_ok_and(|ix| hidden.contains(&AccountIx(ix)));
            let screen = if is_hidden { &for_post } else { screen };
            let holder = matched.person().map(|person| examination.roster.person(person));
            let text = |text: &str| label(text, holder.filter(|_| !is_hidden), screen, &examination.names);
            let name = text(export.strings.text(account.name));
            match export.strings.maybe(account.told_apart_by) {
                Some(apart) => format!("{name} ({})", text(apart)),
                None => name,
            }
        });
        AccountLabels::new(labels.collect())
    });
    labels.collect()
}

/// A name; one that may not be shown whole keeps what may be, and letters that tell it from others. Whose account it is
/// makes nothing of it her own: deputies' accounts are called by those they stand in for.
fn label(name: &str, holder: Option<&Person>, screen: &Screen, key: &NameKey) -> String {
    let is_own = holder.is_some_and(|holder| bears(holder, name));
    let shown = if is_own { screen.show_open(name) } else { screen.show(name) };
    if shown.as_str() == name {
        return shown.into();
    }
    let letters = key.name(Named::Account, AccountName::new(name).as_str(), LETTERS);
    shown.with(format_args!(".{letters}")).into()
}

/// Whether payroll or a register calls somebody by the very name of an account: a number that two stand under, or an
/// address that was handed on.
fn bears(holder: &Person, name: &str) -> bool {
    let name = words(name.rsplit('\\').next().unwrap_or(name));
    let mails = holder.email.iter().chain(&holder.more_mails);
    let own = mails.clone().chain(&holder.employee_numbers).chain(&holder.user_name).chain(&holder.hsa_id);
    own.map(|own| words(own)).chain(mails.map(|mail| words(&local_part(mail)))).any(|own| own == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    /// A personal number used as account name is masked; two of one day are told apart, whoever else there is, and
    /// how the name is written in another system makes no other label than its case.
    #[test]
    fn a_personal_number_is_never_shown_as_a_name() {
        let screen = Screen::of_nobody(NaiveDate::from_ymd_opt(2026, 11, 30).unwrap());
        let key = NameKey::of_content(["lön".to_owned()].into_iter());
        let label = |name: &str| label(name, None, &screen, &key);
        assert_eq!(label("annlin"), "annlin");
        let first = label("198501012382");
        assert!(first.starts_with("19850101-****.") && first.len() == "19850101-****.".len() + LETTERS, "{first}");
        assert_ne!(first, label("198501012390"));
        let letters = |name: &str| label(name).rsplit('.').next().map(ToOwned::to_owned);
        assert_eq!(letters("P198501012382@x.se"), letters("p198501012382@X.SE"));
    }
}
