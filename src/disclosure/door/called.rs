//! Accounts that are called by something of a protected person's, with whatever is set to it: her account name behind an
//! `x-`, her number before an `-01`. Who has them is not known, and they may be hers: what such a line says of unit and
//! role tells where she works, whatever becomes of its name.

use super::Screen;
use crate::examine::Examination;
use crate::ingest::Export;
use crate::matching::{Match, Outcome, Protection};
use crate::model::AccountIx;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Hides them with those that are protected already: people's, and those of things that somebody is to answer for, which the
/// post for protected persons hears of. What has another holder keeps its line, and the door hides the name in it.
pub fn hide_called(examination: &mut Examination, screen: &Screen) {
    let Examination { systems, protection, .. } = examination;
    let Protection { accounts, perhaps, .. } = protection;
    for (system, hidden) in systems.iter().zip(accounts) {
        let Ok((export, matches)) = system.delivered() else { continue };
        let called = called(export, &matches.matches, screen);
        *perhaps += called.difference(hidden).count();
        hidden.extend(called);
    }
}

fn called(export: &Export, matches: &[Match], screen: &Screen) -> BTreeSet<AccountIx> {
    let both = export.accounts.par_iter().zip(matches).enumerate();
    let open = both.filter(|(_, (_, matched))| {
        matches!(matched.outcome, Outcome::Unmatched | Outcome::Candidate | Outcome::Disputed)
    });
    let hers = open.filter(|(_, (account, _))| {
        let names = [Some(account.name), account.user_name, account.upn];
        names.into_iter().any(|sym| export.strings.maybe(sym).is_some_and(|text| screen.finds(text)))
    });
    hers.filter_map(|(at, _)| Some(AccountIx(u32::try_from(at).ok()?))).collect()
}
