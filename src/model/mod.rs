//! Plain data with its own laws: the nouns every other module speaks in.
//!
//! Nothing here knows of files, of Excel or of rules. What a value may be is settled by its type
//! (a [`PersonalNumber`] is always valid, an [`End`] is never "9999-12-31"), so that the modules
//! behind need not ask again.

mod account;
mod base64;
mod birth_date;
mod broken_number;
mod date;
mod digits;
mod directory_name;
mod employment;
mod employment_form;
mod field;
mod field_meaning;
mod inventory;
mod key;
mod label;
mod likeness;
mod name;
mod name_frequency;
mod name_key;
mod object_id;
mod person;
mod personal_number;
mod protected_count;
mod reading;
mod respelling;
mod severity;
mod short_forms;
mod source;
mod spelling;
mod strings;
mod system;
mod text;
mod unescaped;
mod written_number;

pub use account::{Account, AccountClass, AccountIx, AccountName, AccountState, LastLogin, TypeHint};
pub use base64::base64_in_pieces;
pub use birth_date::{StatedBirth, is_birth_date_slip};
pub use broken_number::BrokenNumber;
pub use date::{
    DAY_ZERO, DAY_ZERO_1904, DateRole, DateStyle, Day, End, Order, SWEDISH_MONTHS, Separator, Triple, Written, Year,
    is_null_day, month_named, read_date, read_date_time,
};
pub use digits::{Digits, is_unseen};
pub use directory_name::{before_comma, name_in_directory};
pub use employment::{Employment, EmploymentClass, EmploymentStatus, Engagement, EngagementKind, Leave};
pub use employment_form::{employment_form, not_employed_words, whole_form};
pub use field::{Field, Kind, Role};
pub use inventory::InventoryRow;
pub use key::{AccountKey, FindingKey, PersonKey};
pub use label::AccountLabels;
pub use likeness::{Likeness, Part, is_quite_another, is_same as is_same_word};
pub use name::{
    NameTokens, Spelling, expand_wildcards, fold, fold_into, fold_word, folded_words, plain_letters, tidy,
    without_sign, words as name_words,
};
pub use name_frequency::{TABLE as NAME_TABLE, given_name_share, is_given_name, surname_share};
pub use name_key::{NameKey, Named};
pub use object_id::{object_key, other_object};
pub use person::{IdBefore, Person, PersonId, PersonIx};
pub use personal_number::{Flaw, PersonalNumber, birth_date_in};
pub use protected_count::ProtectedCount;
pub use reading::Reading;
pub use respelling::{are_respellings, letters_respelt, sounds};
pub use severity::Severity;
pub use short_forms::short_forms;
pub use source::{FileIx, SourceRef};
pub use spelling::spelling_key;
pub use strings::{Interner, Strings, Sym, SymList};
pub use system::{HalfDecided, LeftOut, System, SystemId};
pub(crate) use text::message;
pub use text::{
    Language, Message, Text, by_saying, capitalised, counted, days, join_words, percent, rows, uncapitalised,
};
pub use unescaped::{Placed, Unescaped, encoded_once};
pub use written_number::{Reserve, find_known_numbers, find_numbers};
