//! What looks at each text on its way out: one automaton over everything by which a protected person is known, and every
//! number of a person's form.

use super::alike::Alike;
use super::folded::{Folded, as_written};
use super::identifiers::Identifiers;
use super::lost;
use super::names::{Names, Place, Read};
use super::shown::{HIDDEN, Shown};
use crate::model::{Digits, Placed, Unescaped, find_known_numbers, find_numbers};
use aho_corasick::{AhoCorasick, MatchKind};
use chrono::NaiveDate;
use foldhash::{HashSet, HashSetExt};
use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

/// Looks at texts. Made once a run, and shared by every thread.
#[derive(Debug)]
pub struct Screen {
    /// `None` where nobody is protected. Its patterns are the identifiers, and behind them the surnames in their order.
    automaton: Option<AhoCorasick>,
    /// Of each identifier, how it is found inside a longer word.
    identifiers: Vec<Inside>,
    /// Names in one word.
    joined: Vec<String>,
    names: Names,
    alone: HashSet<String>,
    numbers: HashSet<u64>,
    day: NaiveDate,
}

/// How an identifier is found where letters or digits go on beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    /// It is part of another word, and another's.
    Another,
    /// It is her whole name, and hers where the rest is an affix.
    Name,
    /// It is hers: it is too much her own to stand there by chance.
    Hers,
}

/// Letters from which a name in one word is known again with an affix to it.
const WHOLE_NAME: usize = 8;

impl Inside {
    /// An account name with a number of several digits is nobody else's, whatever is set before and behind it.
    fn of(identifier: &str) -> Self {
        /// Digits that no second account of a namesake has behind the first one's.
        const DIGITS: usize = 3;
        /// Letters and digits together.
        const LETTERS: usize = 7;
        let digits = identifier.bytes().filter(u8::is_ascii_digit).count();
        let letters = identifier.bytes().filter(u8::is_ascii_alphabetic).count();
        let is_one_word = digits + letters == identifier.len();
        let is_own = is_one_word && letters > 1 && digits >= DIGITS && identifier.len() >= LETTERS;
        if is_own { Self::Hers } else { Self::Another }
    }

    /// A name in one word.
    fn of_name(name: &str) -> Self {
        if name.chars().count() >= WHOLE_NAME { Self::Name } else { Self::Another }
    }
}

/// What stands between the values of a list where it is looked at as a whole, as it did where they stood.
const BETWEEN: &str = ";";

/// A part of a text with what stands there instead.
type Part = (Place, Option<String>);

thread_local! {
    /// The room a folded text takes, kept from text to text.
    static FOLDED: RefCell<Folded> = RefCell::default();
}

impl Screen {
    /// Looks for identifiers. `day` settles the century of numbers written short.
    #[allow(clippy::expect_used)] // No run has identifiers of two thousand million letters, which an automaton holds.
    pub fn new(identifiers: Identifiers, day: NaiveDate) -> Self {
        let Identifiers { anywhere, joined, alone, numbers, names, longer, theirs } = identifiers;
        let patterns: Vec<&str> = anywhere.iter().chain(&joined).chain(names.keys()).map(String::as_str).collect();
        let build = || AhoCorasick::builder().match_kind(MatchKind::Standard).build(&patterns);
        let is_idle = patterns.is_empty() && alone.is_empty();
        let own = anywhere.iter().map(|own| Inside::of(own));
        Self {
            automaton: (!is_idle).then(|| build().expect("an automaton holds the identifiers of a run")),
            identifiers: own.chain(joined.iter().map(|name| Inside::of_name(name))).collect(),
            names: Names::new(Alike::to(&names, theirs), longer),
            joined: joined.into_iter().collect(),
            alone: alone.into_iter().collect(),
            numbers: numbers.into_iter().collect(),
            day,
        }
    }

    /// Masks numbers alone: for what is shown before anyone is known.
    pub fn of_nobody(day: NaiveDate) -> Self {
        Self {
            automaton: None,
            identifiers: Vec::new(),
            joined: Vec::new(),
            names: Names::default(),
            alone: HashSet::new(),
            numbers: HashSet::new(),
            day,
        }
    }

    /// The same for the post that handles protected persons: numbers are masked there too.
    pub fn for_post(&self) -> Self {
        Self::of_nobody(self.day)
    }

    /// A text as it may be shown.
    pub fn show(&self, text: &str) -> Shown {
        Shown::let_out(&replaced(text, self.parts(text)))
    }

    /// Whether something by which a protected person is known stands in a text.
    pub fn finds(&self, text: &str) -> bool {
        self.parts(text).iter().any(|(_, instead)| instead.is_none())
    }

    /// What somebody is called who is known not to be protected, and may bear the name of one who is: numbers alone are
    /// masked.
    pub fn show_open(&self, text: &str) -> Shown {
        Shown::let_out(&replaced(text, self.numbers_in(text, Unescaped::of(text).as_ref())))
    }

    /// The values of one cell, or of the rows of one account, as they may be shown: a name is hers where a value is its
    /// surname and another the given name, and what is parted at commas is looked at as it stood.
    pub fn show_list(&self, list: &[&str], show: impl Fn(&str) -> Shown) -> Vec<Shown> {
        if self.automaton.is_none() || list.len() < 2 {
            return list.iter().map(|text| show(text)).collect();
        }
        let halves = self.names.halves(list);
        let mut shown = Vec::with_capacity(list.len());
        let mut at = 0;
        for together in self.together(list) {
            shown.push(match &list[at..together] {
                [_] if halves[at] => Shown::hidden(),
                [text] => show(text),
                several => self.show(&several.join(BETWEEN)),
            });
            at = together;
        }
        shown
    }

    /// Where those values end that something of hers goes on from into the next.
    fn together(&self, list: &[&str]) -> Vec<usize> {
        let joined = list.join(BETWEEN);
        let parts = self.parts(&joined);
        let mut end = 0;
        let ends = list.iter().enumerate().map(|(at, text)| {
            end += text.len() + if at == 0 { 0 } else { BETWEEN.len() };
            (at + 1, end)
        });
        let goes_on = |end: usize| parts.iter().any(|((from, to), _)| *from < end && end < *to);
        ends.filter(|(_, end)| !goes_on(*end)).map(|(at, _)| at).collect()
    }

    /// What of a text may not be shown.
    fn parts(&self, text: &str) -> Vec<Part> {
        let read = Unescaped::of(text);
        let mut parts = self.numbers_in(text, read.as_ref());
        if self.automaton.is_some() {
            let mut found = Vec::new();
            self.find(text, read.as_ref(), &mut found);
            parts.extend(found.into_iter().map(|place| (place, None)));
        }
        parts
    }

    /// The numbers of a text, those too that are written with signs for digits.
    fn numbers_in(&self, text: &str, read: Option<&Unescaped>) -> Vec<Part> {
        let mut parts = self.numbers_as_written(text);
        if let Some(read) = read {
            let told = self.numbers_as_written(read.text()).into_iter();
            parts.extend(told.map(|((from, to), instead)| (read.place(from, to), instead)));
        }
        parts
    }

    fn numbers_as_written(&self, text: &str) -> Vec<Part> {
        let digits = Digits::of(text);
        let hers = self.known_numbers_in(&digits).into_iter().map(|place| (place, None));
        let others = find_numbers(&digits, self.day).into_iter();
        hers.chain(others.map(|number| (number.place, Some(number.masked())))).collect()
    }

    fn known_numbers_in(&self, digits: &Digits<'_>) -> Vec<(usize, usize)> {
        find_known_numbers(digits, |ten| self.numbers.contains(&ten))
    }

    /// Where something by which she is known stands in a text, as it is written and as it is to be read.
    fn find(&self, text: &str, read: Option<&Unescaped>, found: &mut Vec<Place>) {
        FOLDED.with_borrow_mut(|folded| {
            self.look(folded, text, as_written(text), found);
            if lost::may_lack(text) {
                self.look_for_lost(folded, text, as_written(text), found);
            }
            let Some(read) = read else { return };
            self.look(folded, text, read.letters(), found);
            if lost::may_lack(read.text()) {
                self.look_for_lost(folded, text, read.letters(), found);
            }
        });
    }

    fn look(&self, folded: &mut Folded, written: &str, letters: impl Iterator<Item = Placed>, found: &mut Vec<Place>) {
        folded.fold(letters);
        if self.alone.contains(folded.text().trim_end()) {
            found.push((0, written.len()));
            return;
        }
        let read = Read { folded, written };
        self.find_in(read, found);
        self.names.spelt_otherwise(read, found);
    }

    /// The same where letters are lost: of a name enough is left to know it.
    fn look_for_lost(
        &self,
        folded: &mut Folded,
        written: &str,
        letters: impl Iterator<Item = Placed>,
        found: &mut Vec<Place>,
    ) {
        folded.fold_with_lost(letters);
        let read = Read { folded, written };
        self.find_in(read, found);
        self.names.with_lost(read, found);
        let lost = folded.words().filter(|(from, to)| {
            let word = folded.text()[*from..*to].trim_matches(char::is_numeric);
            word.contains(lost::LOST) && self.joined.iter().any(|name| lost::fits(word, name))
        });
        found.extend(lost.map(|(from, to)| folded.place(from, to, written)));
    }

    fn find_in(&self, read: Read<'_>, found: &mut Vec<Place>) {
        let Some(automaton) = &self.automaton else { return };
        let Read { folded, written } = read;
        for hit in automaton.find_overlapping_iter(folded.text()) {
            let pattern = hit.pattern().as_usize();
            let ends = folded.start_of(hit.start()).zip(folded.end_of(hit.end()));
            let inside = || self.is_hers_inside(pattern, folded, hit.range()).then_some((hit.start(), hit.end()));
            let Some((from, to)) = ends.or_else(inside) else { continue };
            found.extend(match pattern.checked_sub(self.identifiers.len()) {
                None => Some(folded.place(from, to, written)),
                Some(surname) => self.names.about(read, (from, to), surname),
            });
        }
    }

    /// Whether an identifier is hers where letters or digits go on beside it.
    fn is_hers_inside(&self, pattern: usize, folded: &Folded, hit: Range<usize>) -> bool {
        let is_affixed = || {
            let (from, to) = folded.letters_around(hit.start, hit.end);
            self.names.leave(&folded.text()[from..to], &(hit.start - from..hit.end - from))
        };
        match self.identifiers.get(pattern) {
            Some(Inside::Another) => false,
            Some(Inside::Name) => is_affixed(),
            Some(Inside::Hers) => true,
            None => Names::can_have_affix(hit.len()) && is_affixed(),
        }
    }
}

/// The text with its parts replaced; what is hidden wins over what is masked where they meet.
fn replaced(text: &str, mut parts: Vec<Part>) -> Cow<'_, str> {
    if parts.is_empty() {
        return Cow::Borrowed(text);
    }
    parts.sort_by_key(|(place, _)| *place);
    let mut merged: Vec<Part> = Vec::with_capacity(parts.len());
    for ((from, to), instead) in parts {
        match merged.last_mut() {
            Some(((_, end), last)) if from < *end => {
                *last = last.take().filter(|_| instead.is_some());
                *end = to.max(*end);
            }
            _ => merged.push(((from, to), instead)),
        }
    }
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for ((from, to), instead) in merged {
        shown.push_str(&text[at..from]);
        shown.push_str(instead.as_deref().unwrap_or(HIDDEN));
        at = to;
    }
    shown.push_str(&text[at..]);
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()
    }

    fn set(texts: &[&str]) -> BTreeSet<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    /// Mia Berg Sandell, who is also called Maria.
    fn screen() -> Screen {
        let names = [("sandell", set(&["mia", "maria"])), ("berg", set(&["mia", "maria"]))];
        let names: BTreeMap<String, BTreeSet<String>> =
            names.into_iter().map(|(surname, given)| (surname.to_owned(), given)).collect();
        let anywhere = set(&[
            "miasan01",
            "miasan0123",
            "mia sandell x se",
            "103730",
            "sukarnoputri",
            "cn mia sandell ou dold dc x",
        ]);
        let identifiers = Identifiers {
            anywhere,
            joined: set(&["miasandell", "sandellmia", "msandell"]),
            alone: set(&["1050", "mia"]),
            numbers: [8_501_012_382].into(),
            names,
            ..Identifiers::default()
        };
        Screen::new(identifiers, day())
    }

    /// Each form in which she is named is replaced where it stands, and what stands around it is kept.
    #[test]
    fn what_is_hers_is_replaced() {
        for (text, shown) in [
            ("Ägare: Mia Sandell.", "Ägare: [skyddad]."),
            ("Sandell, Mia (Hemtjänsten)", "[skyddad] (Hemtjänsten)"),
            ("SANDELL MARIA", "[skyddad]"),
            ("Mia Karin Sandell", "[skyddad]"),
            ("Mia Berg Sandell", "[skyddad]"),
            ("M. Sandell", "[skyddad]"),
            ("Sandell M", "[skyddad]"),
            ("svc_mia.sandell2", "svc_[skyddad]2"),
            ("mia.sandell@x.se; per@x.se", "[skyddad]; per@x.se"),
            ("EXEMPEL\\MIASAN01", "EXEMPEL\\[skyddad]"),
            ("CN=Mia Sandell,OU=Dold,DC=x", "[skyddad]"),
            ("anst 103730, aktiv", "anst [skyddad], aktiv"),
            ("1050", "[skyddad]"),
            ("Läkare 19850101-2382", "Läkare [skyddad]"),
            ("x850101 2382y", "x[skyddad]y"),
            ("Mia Sandells enhet", "[skyddad] enhet"),
            ("Mias Sandell", "[skyddad]"),
            ("Mia Sandell’s", "[skyddad]’s"),
            ("Mia Sandell:s", "[skyddad]:s"),
            ("miasandells", "[skyddad]"),
            ("mia.sandells@annan.se", "[skyddad]@annan.se"),
            ("anst 00103730", "anst [skyddad]"),
            ("svc_miasan01234, svcmiasan0123prod", "svc_[skyddad]4, svc[skyddad]prod"),
            ("1985 0101 2382", "[skyddad]"),
            ("850 101 238 2", "[skyddad]"),
            ("16198501012382", "[skyddad]"),
            ("M\u{ad}ia S\u{200b}andell", "[skyddad]"),
            ("admmiasandell, miasandelladmin", "adm[skyddad], [skyddad]admin"),
            ("extmaria.sandell", "[skyddad]"),
            ("maria.sandelladm@x.se", "[skyddad]adm@x.se"),
            ("svcmsandellx", "svc[skyddad]x"),
            ("Sukarnoputris skrivare", "[skyddad] skrivare"),
            ("x %4d%69a%20Sandell y", "x [skyddad] y"),
            ("&#77;ia S&aring;ndell, HR", "[skyddad], HR"),
            ("TWlhIFNhbmRlbGw=", "[skyddad]"),
            ("nr %38501012382", "nr [skyddad]"),
            ("M?a Sandell", "[skyddad]"),
            ("Mi\u{fffd} S??ndell", "[skyddad]"),
            ("mi?.sandell@x.se, m?asandell", "[skyddad]@x.se, [skyddad]"),
            ("Mia Zandel (HR)", "[skyddad] (HR)"),
            ("Maja Sandell", "[skyddad]"),
            ("Maria Sanddell", "[skyddad]"),
            ("Mia Sendell", "[skyddad]"),
        ] {
            assert_eq!(screen().show(text).as_str(), shown, "{text}");
        }
    }

    /// Others keep their names, numbers and words.
    #[test]
    fn what_is_others_stays() {
        for text in [
            "Mia Lind",
            "Per Sandell",
            "Mia Lind; Per Karin Eva Sandell",
            "1050 dagar",
            "2026-11-30",
            "miasan011",
            "xmiasan01",
            "1037301",
            "Sandellska huset, Mialunden",
            "Mia Sandellsson",
            "Miasson Sandell",
            "miasandellsson, emiliamiasandellberg",
            "Mia Sandellberg",
            "Sukarnoputriana",
            "1103730",
            "P?a Sandell",
            "Mia S?dell; Å??? Sandell",
            "Mio Sandberg",
            "",
        ] {
            assert_eq!(screen().show(text).as_str(), text);
        }
        assert_eq!(screen().show_open("Mia Sandell").as_str(), "Mia Sandell");
        assert_eq!(screen().show_open("850101-2383").as_str(), "19850101-****");
        assert_eq!(Screen::of_nobody(day()).show("Mia Sandell 8501012382").as_str(), "Mia Sandell 19850101-****");
    }

    /// The values of a list are looked at together: a name parted at its comma is one, also where others have come between
    /// its halves; what is nobody's stays as it was.
    #[test]
    fn the_values_of_a_list_are_looked_at_together() {
        for (list, shown) in [
            (&["Sandell", "Mia"][..], &["[skyddad]"][..]),
            (&["Läsare", "Sandell", "Mia (HR)", "Admin"], &["Läsare", "[skyddad] (HR)", "Admin"]),
            (
                &["Mia", "Arkiv", "Läsare", "Register", "Skrivare", "Sandell"],
                &["[skyddad]", "Arkiv", "Läsare", "Register", "Skrivare", "[skyddad]"],
            ),
            (&["CN=Mia Sandell", "OU=Dold", "DC=x"], &["[skyddad]"]),
            (&["850101", "2382"], &["[skyddad]"]),
            (&["Mia", "Lind"], &["[skyddad]", "Lind"]),
            (&["Sandell", "Per"], &["Sandell", "Per"]),
            (&["1050"], &["[skyddad]"]),
            (&[], &[]),
        ] {
            let screen = screen();
            let own: Vec<String> = screen.show_list(list, |text| screen.show(text)).iter().map(String::from).collect();
            assert_eq!(own, shown, "{list:?}");
        }
    }

    /// Ways in which identifiers are written.
    fn written() -> impl Strategy<Value = String> {
        let forms = [
            "Mia Sandell",
            "sandell, mia",
            "MARIA.SANDELL",
            "Mia_Berg",
            "mia.sandell@x.se",
            "MIASAN01",
            "103730",
            "850101-2382",
            "198501012382",
            "19850101 2382",
            "CN=Mia Sandell,OU=Dold,DC=x",
            "Sandell\u{a0}Mia",
            "Mia Sandells",
            "mia.sandells@x.se",
            "sandellmias",
            "00103730",
            "85-01-01-2382",
            "1985 0101 2382",
            "850101 (2382)",
            "0198501012382",
        ];
        proptest::sample::select(forms.to_vec()).prop_map(str::to_owned)
    }

    proptest! {
        /// Whatever text is built around an identifier of hers, none of it is in what is shown.
        #[test]
        fn no_text_around_it_lets_an_identifier_out(
            before in "(\\PC{0,20}[ ;:(/\"'<=\\n\\t])?", own in written(), after in "([ ;:)/\"'>,\\n\\t.!]\\PC{0,20})?",
        ) {
            let shown = screen().show(&format!("{before}{own}{after}"));
            prop_assert!(shown.contains(HIDDEN), "{shown}");
            prop_assert!(!shown.contains(&own), "{shown}");
        }

        /// A text without digits and names comes out as it was, whatever its letters.
        #[test]
        fn other_texts_come_out_as_they_were(text in "[^0-9sSbBmM\\p{Mn}\u{1F100}-\u{1F2FF}]{0,40}") {
            let shown = screen().show(&text);
            prop_assert_eq!(shown.as_str(), text.as_str());
        }
    }
}
