//! Words of status: those that tell of an account, those that tell of its holder, and those of an employment.

use super::{flag, folded, is_nothing, without_negation};
use crate::model::Reading;

/// What a status word tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountStatus {
    /// The account can be used.
    Open,
    /// The account is closed.
    Closed,
    /// The word tells of the holder's employment, and nothing of the account.
    OfHolder,
}

/// What a status word says of an employment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmploymentWord {
    /// It goes on.
    Ongoing,
    /// It goes on, and the person is away.
    Leave,
    /// It goes on until a day to come; notice has been given.
    Notice,
    /// It has ended.
    Ended,
}

/// Whether a word says that an account can be used, or that it cannot.
pub fn is_open(word: &str) -> Option<bool> {
    match word {
        "a" | "aktiv" | "aktivt" | "aktiva" | "aktivtkonto" | "active" | "enabled" | "enable" | "aktiverad"
        | "aktiverat" | "activated" | "oppen" | "oppet" | "open" | "giltig" | "giltigt" | "valid" | "pagaende"
        | "inuse" | "ibruk" | "live" | "provisioned" | "recovery" | "passwordexpired" | "lockedout" | "olast"
        | "unlocked" | "upplast" | "allowed" | "allow" | "tillaten" | "tillatet" | "tillats" | "signinallowed"
        | "loginallowed" | "inloggningtillaten" | "inloggningtillats" | "unblocked" | "osparrad" | "osparrat"
        | "reactivated" | "ateraktiverad" | "ateraktiverat" | "granted" | "beviljad" | "beviljat" | "gallande"
        | "befintlig" | "befintligt" | "existing" | "finns" | "normal" => Some(true),
        "i"
        | "inaktiv"
        | "inaktivt"
        | "inaktiva"
        | "inactive"
        | "disabled"
        | "disable"
        | "avslutad"
        | "avslutat"
        | "avslutatkonto"
        | "stangd"
        | "stangt"
        | "closed"
        | "sparrad"
        | "sparrat"
        | "sparr"
        | "borttagen"
        | "borttaget"
        | "raderad"
        | "raderat"
        | "deleted"
        | "removed"
        | "avaktiverad"
        | "avaktiverat"
        | "inaktiverad"
        | "inaktiverat"
        | "deactivated"
        | "inactivated"
        | "deprovisioned"
        | "blocked"
        | "blockerad"
        | "blockerat"
        | "suspended"
        | "suspenderad"
        | "avstangd"
        | "avstangt"
        | "upphord"
        | "upphort"
        | "utgangen"
        | "utganget"
        | "expired"
        | "ogiltig"
        | "ogiltigt"
        | "invalid"
        | "revoked"
        | "archived"
        | "arkiverad"
        | "arkiverat"
        | "denied"
        | "nekad"
        | "nekat"
        | "nekas"
        | "signinblocked"
        | "loginblocked"
        | "signindisabled"
        | "logindisabled"
        | "inloggningblockerad"
        | "inloggningsparrad"
        | "inloggningnekad"
        | "makulerad"
        | "makulerat"
        | "avregistrerad"
        | "gallrad"
        | "terminatedaccount" => Some(false),
        _ => None,
    }
}

/// Whether a word tells how an account stands, understood or not, so that it is nobody's name.
pub fn is_of_state(word: &str) -> bool {
    let is_locked = |word: &str| matches!(word, "locked" | "last" | "expired" | "pending" | "vantande" | "passiv");
    folded(word, |word| is_open(word).is_some() || is_locked(word))
}

/// Reads a word of a status column of accounts.
pub fn account_status(text: &str) -> Reading<AccountStatus> {
    let state = |open: bool| if open { AccountStatus::Open } else { AccountStatus::Closed };
    if is_nothing(text) || folded(text, is_invitation) {
        return Reading::Absent;
    }
    if is_code(text) {
        return Reading::NotUnderstood;
    }
    if let Reading::Known(yes) = flag(text) {
        return Reading::Known(state(yes));
    }
    if employment_word(text).is_some() && folded(text, is_open).is_none() {
        return Reading::Known(AccountStatus::OfHolder);
    }
    if let Some(denied) = without_negation(text) {
        return folded(denied, is_open).map_or(Reading::NotUnderstood, |open| Reading::Known(state(!open)));
    }
    folded(text, is_open).map_or(Reading::NotUnderstood, |open| Reading::Known(state(open)))
}

/// A number or a tick answers the question that its header asks, and "Status" asks none: 1 is active in one system and
/// closed in another.
pub fn is_code(text: &str) -> bool {
    let is_tick = || folded(text, |word| matches!(word, "x" | "xx"));
    text.bytes().any(|b| b.is_ascii_digit()) || !text.chars().any(char::is_alphabetic) || is_tick()
}

/// Whether a guest has answered an invitation says nothing of the account's state.
fn is_invitation(word: &str) -> bool {
    matches!(word, "pendingacceptance" | "accepted" | "emailinvited" | "emailverified" | "invited" | "inbjuden")
}

/// Reads a word of a status column of employments.
pub fn employment_status(text: &str) -> Reading<EmploymentWord> {
    if is_nothing(text) {
        return Reading::Absent;
    }
    if is_code(text) {
        return Reading::NotUnderstood;
    }
    if let Reading::Known(yes) = flag(text) {
        return Reading::Known(if yes { EmploymentWord::Ongoing } else { EmploymentWord::Ended });
    }
    word_of_status(text).map_or(Reading::NotUnderstood, Reading::Known)
}

/// What a word says of an employment, in a column that tells of nothing else.
pub fn word_of_status(text: &str) -> Option<EmploymentWord> {
    employment_word(text).or_else(|| folded(text, state_of_employment))
}

/// Words that tell of an account or an employment alike: here they tell of the employment.
fn state_of_employment(word: &str) -> Option<EmploymentWord> {
    match word {
        "aktiv" | "aktivt" | "active" | "a" | "pagaende" | "oppen" | "open" | "giltig" | "gallande" | "current"
        | "aktuell" | "nuvarande" | "kvar" | "arbetar" | "tjanstgor" | "tjanstgorande" | "working" | "atwork"
        | "inservice" | "present" | "haranstallning" | "hasemployment" => Some(EmploymentWord::Ongoing),
        "avslutad" | "avslutat" | "inaktiv" | "inaktivt" | "inactive" | "upphord" | "upphort" | "closed"
        | "tidigare" | "previous" | "past" | "ejaktiv" | "inteaktiv" | "notactive" | "i" => Some(EmploymentWord::Ended),
        _ => None,
    }
}

/// Words that can only tell of a person's employment.
pub(super) fn employment_word(text: &str) -> Option<EmploymentWord> {
    folded(text, |word| match word {
        "anstalld"
        | "employed"
        | "employee"
        | "ongoing"
        | "itjanst"
        | "pagar"
        | "anstallningpagar"
        | "tillsvidareanstalld"
        | "visstidsanstalld"
        | "provanstalld"
        | "timanstalld"
        | "hired" => Some(EmploymentWord::Ongoing),
        "tjanstledig"
        | "tjanstledighet"
        | "tjl"
        | "foraldraledig"
        | "foraldraledighet"
        | "sjukskriven"
        | "sjuk"
        | "studieledig"
        | "ledig"
        | "leave"
        | "onleave"
        | "leaveofabsence"
        | "loa"
        | "parentalleave"
        | "sickleave"
        | "franvarande"
        | "langtidssjuk"
        | "langtidssjukskriven" => Some(EmploymentWord::Leave),
        "uppsagd" | "uppsagt" | "uppsagning" | "egenuppsagning" | "underuppsagning" | "sagtupp" | "sagtuppsig"
        | "varslad" | "notice" | "noticegiven" | "undernotice" | "onnotice" | "noticeperiod" | "resigning" => {
            Some(EmploymentWord::Notice)
        }
        "slutat"
        | "harslutat"
        | "slutade"
        | "avgatt"
        | "avgatts"
        | "avgangen"
        | "avgang"
        | "ended"
        | "terminated"
        | "retired"
        | "pensionerad"
        | "pensionar"
        | "pension"
        | "alderspension"
        | "gattipension"
        | "avliden"
        | "avled"
        | "dod"
        | "deceased"
        | "dead"
        | "withdrawn"
        | "resigned"
        | "entledigad"
        | "avskedad"
        | "dismissed"
        | "left"
        | "leaver"
        | "former"
        | "formeremployee"
        | "tidigareanstalld"
        | "ejanstalld"
        | "inteanstalld"
        | "notemployed"
        | "avslutadanstallning"
        | "anstallningavslutad"
        | "separated" => Some(EmploymentWord::Ended),
        _ => None,
    })
}
