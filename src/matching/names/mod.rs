//! Names as a noisy channel: what a written name says of who bears it.
//!
//! Every distinct word of the roster is kept once ([`Lexicon`]) and every distinct word of an export is
//! compared with them once ([`channel`]): with two hundred thousand accounts the words are some thousands.
//! Near words are found through their deletions ([`neighbours`]), spellings that only habit tells apart
//! through a fold ([`spelling_key`](crate::model::spelling_key)), and everyday forms of given names through a table
//! ([`short_forms`](fn@crate::model::short_forms)).

mod channel;
mod lexicon;
mod neighbours;

pub use channel::{CUT_HERE, WordReading, read_word, slipped};
pub use lexicon::{Lexicon, NamePart, ValueIx};
pub use neighbours::Neighbours;
