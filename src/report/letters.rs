//! How wide words are. Rows are made as high as their texts need and columns as wide as their longest word, so both rest
//! on the letters themselves: a name of m:s and w:s takes twice what one of i:s and l:s does.

use std::borrow::Cow;

/// Pixels of a digit at eleven points on paper. A screen draws it in seven, so what fits on paper fits on a screen.
const DIGIT: f64 = 7.44;

/// How much wider bold letters are.
pub const BOLD: f64 = 1.06;

/// Widths of the letters of ASCII from the space on in the workbooks' typeface, in hundredths of a digit.
#[rustfmt::skip]
const ASCII: [u8; 95] = [
     45,  64,  79,  98, 100, 141, 135,  44,  60,  60,  98,  98,  49,  60,  50,  76, 100, 100, 100,
    100, 100, 100, 100, 100, 100, 100,  53,  53,  98,  98,  98,  91, 176, 114, 107, 105, 121,  96,
     91, 124, 123,  50,  63, 103,  83, 169, 127, 131, 102, 133, 107,  91,  96, 127, 112, 176, 102,
     96,  92,  61,  76,  61,  98,  98,  57,  95, 104,  83, 104,  98,  60,  93, 104,  45,  47,  90,
     45, 158, 104, 104, 104, 104,  69,  77,  66, 104,  89, 141,  85,  89,  78,  62,  91,  62,  98,
];

/// Pixels for a text in a cell of a width, which an indent takes some of.
pub fn room(width: f64, indented: bool) -> f64 {
    width * 7.0 - if indented { 9.0 } else { 0.0 }
}

/// The width of a letter in hundredths of a digit.
fn hundredths(own: char) -> u32 {
    match u32::from(own) {
        code @ 32..=126 => ASCII[code as usize - 32].into(),
        0..0x0250 if own.is_lowercase() => 104,
        0..0x0250 if own.is_uppercase() => 131,
        0..0x2E80 => 136,
        _ => 210,
    }
}

/// Pixels of a letter at eleven points.
fn letter(own: char) -> f64 {
    f64::from(hundredths(own)) * DIGIT / 100.0
}

/// Pixels of a text at eleven points on one line.
pub fn pixels(text: &str) -> f64 {
    f64::from(text.chars().map(hundredths).sum::<u32>()) * DIGIT / 100.0
}

/// Pixels of the widest word of a text, which a line is not broken within.
pub fn widest_word(text: &str) -> f64 {
    text.split('\n').flat_map(words).map(|word| pixels(word.trim_end())).fold(0.0, f64::max)
}

/// Lines that a text takes in a room of so many pixels. Words are not broken where they fit.
pub fn lines(text: &str, room: f64) -> u32 {
    /// No letter is wider, so that many texts are seen to fit without being measured.
    const WIDEST: f64 = 2.1 * DIGIT;
    let is_short = u32::try_from(text.len()).is_ok_and(|bytes| f64::from(bytes) * WIDEST <= room);
    if !text.contains('\n') && (is_short || pixels(text) <= room) {
        return 1;
    }
    text.split('\n').map(|paragraph| lines_of(paragraph, room.max(WIDEST))).sum()
}

fn lines_of(paragraph: &str, room: f64) -> u32 {
    let (mut lines, mut used) = (1u32, 0.0);
    for word in words(paragraph) {
        let ink = pixels(word.trim_end());
        if used > 0.0 && used + ink > room {
            lines += 1;
            used = 0.0;
        }
        let mut rest = ink;
        while rest > room {
            lines += 1;
            rest -= room;
        }
        used = if rest < ink { rest } else { used + pixels(word) };
    }
    lines
}

/// As much of a text as stands on one line, with a mark where some is left out.
pub fn on_one_line(text: &str, room: f64) -> Cow<'_, str> {
    if pixels(text) <= room {
        return Cow::Borrowed(text);
    }
    let left = room - letter('…');
    let ends = text.char_indices().scan(0.0, |used, (at, own)| {
        *used += letter(own);
        (*used <= left).then_some(at + own.len_utf8())
    });
    let end = ends.last().unwrap_or(0);
    Cow::Owned(format!("{}…", text[..end].trim_end()))
}

/// The parts of a paragraph that stay on one line: words with the space behind them, and what a hyphen joins apart, where
/// no digit follows it.
fn words(paragraph: &str) -> impl Iterator<Item = &str> {
    let mut rest = paragraph;
    std::iter::from_fn(move || {
        let ends = |(at, own): (usize, char)| {
            let next = rest[at + own.len_utf8()..].chars().next();
            let breaks = match own {
                ' ' => next != Some(' '),
                '-' => next.is_some_and(|next| !next.is_ascii_digit() && next != ' '),
                _ => false,
            };
            breaks.then_some(at + own.len_utf8())
        };
        let end = rest.char_indices().find_map(ends).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        (!word.is_empty()).then_some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row is made as high as its words need, never lower: words go whole to the next line, wide letters take more, and
    /// what is longer than a line is broken.
    #[test]
    fn lines_are_counted_by_words() {
        let digits = |count: usize| pixels(&"0".repeat(count));
        assert_eq!(lines("kort", digits(20)), 1);
        assert_eq!(lines("tio tecken tio tecken", digits(10)), 2);
        assert_eq!(lines("a\nb", digits(20)), 2);
        assert_eq!(lines(&"0".repeat(50), digits(20)), 3);
        assert_eq!(lines("0 0 0", digits(3)), 2);
        assert_eq!((lines("mmmmmmmm", digits(8)), lines("iiiiiiii", digits(8))), (2, 1));
        assert_eq!(lines("Ann-Britt", digits(6)), 2, "a hyphen lets a name go on below");
        assert_eq!(lines("2026-11-30", digits(6)), 2, "a day has no such place");
    }

    /// What does not fit on a line says that it goes on.
    #[test]
    fn what_is_left_out_is_marked() {
        assert_eq!(on_one_line("Treserva", pixels("Treserva")), "Treserva");
        assert_eq!(on_one_line("Procapita Vård", pixels("Procapita …")), "Procapita…");
        assert_eq!(on_one_line("x", 0.0), "…");
    }

    /// The widest word decides how narrow a column may be.
    #[test]
    fn the_widest_word_is_found() {
        let is = |text, word| (widest_word(text) - pixels(word)).abs() < 0.01;
        assert!(is("ett långt samhällsbyggnadskontor", "samhällsbyggnadskontor"));
        assert!(is("rad\nSamhällsbyggnad", "Samhällsbyggnad"));
        assert!(is("", ""));
    }
}
