//! Keys and headings: what stands before the equals sign, and what stands in brackets.

use super::Told;
use super::line::{Spot, outside_quotes, quoted, without_comment};
use crate::config::suggest::key_of_swedish;
use crate::model::message;

/// A key, or a heading, that is there already.
pub fn twice(spot: &Spot<'_>) -> Option<Told> {
    if !spot.says("duplicate key") && !spot.says("cannot extend") {
        return None;
    }
    if spot.code.starts_with('[') {
        return Some(heading_twice(spot));
    }
    let key = spot.key.filter(|_| !spot.value.starts_with('{')).unwrap_or(spot.token);
    let way_out = match spot.heading().filter(|heading| heading.starts_with("[[")) {
        Some(heading) => message!(
            "Behåll en av raderna, eller skriv rubriken {heading} ovanför om något nytt börjar här.",
            "Keep one of the lines, or write the heading {heading} above if something new begins here."
        ),
        None => message!("Behåll en av raderna.", "Keep one of the lines."),
    };
    let says = match earlier(spot, |line| key_of(line) == Some(key)) {
        Some(number) => message!("{key} står redan på rad {number}", "{key} stands on line {number} already"),
        None => message!("{key} står två gånger", "{key} stands twice"),
    };
    Some(Told::new(says, way_out))
}

fn heading_twice(spot: &Spot<'_>) -> Told {
    let heading = spot.code;
    let name = heading.trim_matches(['[', ']']).trim();
    let last = name.rsplit('.').next().unwrap_or(name);
    let same = |line: &str| line.starts_with('[') && line.trim_matches(['[', ']']).trim() == name;
    let mut before = spot.text[..spot.start].lines().map(without_comment);
    if let Some(other) = before.find(|line| same(line) && *line != heading) {
        return other_brackets(heading, other, name);
    }
    if let Some(number) = earlier_anywhere(spot, same) {
        return same_heading(heading, name, number);
    }
    match earlier_anywhere(spot, |line| key_of(line) == Some(last)) {
        Some(number) => Told::new(
            message!("{last} är redan ett värde på rad {number}", "{last} is a value on line {number} already"),
            message!(
                "Skriv antingen {last} = … eller {heading}, inte båda.",
                "Write either {last} = … or {heading}, not both."
            ),
        ),
        None => Told::new(
            message!("rubriken {heading} står två gånger", "the heading {heading} stands twice"),
            message!("Behåll en av dem.", "Keep one of them."),
        ),
    }
}

fn other_brackets(heading: &str, other: &str, name: &str) -> Told {
    Told::new(
        message!("rubriken {heading} står tidigare som {other}", "the heading {heading} stands as {other} before"),
        message!(
            "Skriv [[{name}]] på båda ställena om det finns flera, annars [{name}] en gång.",
            "Write [[{name}]] in both places if there are several, else [{name}] once."
        ),
    )
}

fn same_heading(heading: &str, name: &str, number: usize) -> Told {
    Told::new(
        message!(
            "rubriken {heading} står redan på rad {number}",
            "the heading {heading} stands on line {number} already"
        ),
        message!(
            "Flytta raderna dit; [{name}] får stå en gång. Vad det finns flera av skrivs med dubbla hakparenteser \
             varje gång.",
            "Move the lines there; [{name}] may stand once. What there are several of has double brackets every time."
        ),
    )
}

/// The number of the nearest earlier line under the same heading that fits.
fn earlier(spot: &Spot<'_>, fits: impl Fn(&str) -> bool) -> Option<usize> {
    let before = spot.text[..spot.start].lines().enumerate().collect::<Vec<_>>();
    let own = before.into_iter().rev().map(|(at, line)| (at, without_comment(line)));
    own.take_while(|(_, line)| !line.starts_with('[')).find(|(_, line)| fits(line)).map(|(at, _)| at + 1)
}

/// The number of the first earlier line that fits.
fn earlier_anywhere(spot: &Spot<'_>, fits: impl Fn(&str) -> bool) -> Option<usize> {
    spot.text[..spot.start].lines().position(|line| fits(without_comment(line))).map(|at| at + 1)
}

fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    Some(key.trim())
}

/// A remark that does not begin with `#`.
pub fn comment(spot: &Spot<'_>) -> Option<Told> {
    let marks = ["//", "/*", "<!--", "--", ";", "rem ", "REM ", "'"];
    let at_start = marks.into_iter().find(|mark| spot.code.starts_with(mark) && spot.key.is_none());
    let behind = || {
        let value = spot.value;
        let mark = ["//", " --"].into_iter().find(|mark| !value.starts_with(['"', '\'']) && value.contains(*mark))?;
        (!value.contains("://")).then_some(mark.trim())
    };
    let mark = at_start.or_else(behind)?.trim();
    Some(Told::new(
        message!("{mark} inleder ingen anmärkning i TOML", "{mark} begins no remark in TOML"),
        message!("Anmärkningar börjar med #.", "Remarks begin with #."),
    ))
}

/// A heading whose brackets or name are wrong.
pub fn heading(spot: &Spot<'_>) -> Option<Told> {
    let code = spot.code;
    let wrapped = |open, close| code.starts_with(open) && code.ends_with(close) && spot.key.is_none();
    let closed_only =
        spot.says("key with no value") && spot.key.is_none() && code.ends_with(']') && !code.starts_with('[');
    if !code.starts_with('[') && !closed_only && !wrapped('(', ')') && !wrapped('<', '>') && !wrapped('{', '}') {
        return None;
    }
    let end = code.find([']', '=']).unwrap_or(code.len());
    let name = code[..end].trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '"' | '\'')).trim();
    let brackets = code.starts_with("[[") || code.contains("]]") || code.starts_with("[ [");
    let right = if brackets { format!("[[{name}]]") } else { format!("[{name}]") };
    let behind = code.rfind(']').map_or("", |at| code[at + 1..].trim());
    if !behind.is_empty() {
        return Some(Told::new(
            message!("efter rubriken {right} står {behind}", "{behind} stands after the heading {right}"),
            message!("Skriv rubriken på en egen rad.", "Write the heading on a line of its own."),
        ));
    }
    if name.is_empty() || !name.split('.').all(is_bare) {
        return Some(Told::new(
            message!("{code} är ingen rubrik", "{code} is no heading"),
            message!(
                "En rubrik är ett av programmets ord inom hakparenteser, som [payroll] eller [[system]].",
                "A heading is one of the program's words in brackets, such as [payroll] or [[system]]."
            ),
        ));
    }
    Some(Told::new(
        message!("hakparenteserna i {code} är inte hela", "the brackets of {code} are not whole"),
        message!("Skriv {right}", "Write {right}"),
    ))
}

/// `key: value` and other signs in place of the equals sign.
pub fn colon(spot: &Spot<'_>) -> Option<Told> {
    if !spot.says("key with no value") && !spot.says("invalid unquoted key") {
        return None;
    }
    let signs = [":=", "=>", "->", ":"];
    let (at, sign) = signs.into_iter().find_map(|sign| Some((spot.code.find(sign)?, sign)))?;
    let key = spot.code[..at].trim();
    let value = spot.code[at + sign.len()..].trim();
    if value.is_empty() && is_bare(key) {
        return Some(Told::new(
            message!("{key}{sign} är ingen rubrik i TOML", "{key}{sign} is no heading in TOML"),
            message!(
                "Skriv [{key}], eller [[{key}]] där det kan finnas flera.",
                "Write [{key}], or [[{key}]] where there can be several."
            ),
        ));
    }
    is_bare(key).then(|| {
        let value = if is_ready(value) { value.to_owned() } else { quoted(value) };
        Told::new(
            message!("mellan nyckel och värde står {sign}", "{sign} stands between key and value"),
            message!("Skriv {key} = {value}", "Write {key} = {value}"),
        )
    })
}

/// Whether a value can stand as it is.
fn is_ready(value: &str) -> bool {
    let number = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.'));
    number || value.starts_with(['"', '\'', '[', '{']) || matches!(value, "true" | "false")
}

/// A line without an equals sign, or with one word too many before it.
pub fn without_equals(spot: &Spot<'_>) -> Option<Told> {
    if let Some(key) = spot.key {
        let missing = key.is_empty() && !spot.value.is_empty();
        return missing.then(|| no_key(spot.value)).or_else(|| with_space(spot, key));
    }
    if !spot.says("key with no value") {
        return None;
    }
    let code = spot.code;
    let (key, value) = code.split_once(char::is_whitespace).unwrap_or((code, ""));
    if !is_bare(key) {
        return None;
    }
    let value = value.trim();
    if value.is_empty() {
        return Some(Told::new(
            message!("{key} saknar värde", "{key} has no value"),
            message!(
                "Skriv {key} = och ett värde, eller ta bort raden.",
                "Write {key} = and a value, or remove the line."
            ),
        ));
    }
    let value = if is_ready(value) { value.to_owned() } else { quoted(value) };
    Some(Told::new(
        message!("likhetstecken saknas efter {key}", "there is no equals sign after {key}"),
        message!("Skriv {key} = {value}", "Write {key} = {value}"),
    ))
}

fn no_key(value: &str) -> Told {
    Told::new(
        message!("före värdet {value} saknas en nyckel", "no key stands before the value {value}"),
        message!("Skriv nyckel = {value}", "Write key = {value}"),
    )
}

/// `Anst nr = "x"`: keys hold no space.
fn with_space(spot: &Spot<'_>, key: &str) -> Option<Told> {
    let spaced = key.contains(char::is_whitespace) && spot.says("key with no value");
    spaced.then(|| {
        Told::new(
            message!("nyckeln \"{key}\" innehåller mellanslag", "the key \"{key}\" holds a space"),
            message!(
                "Till vänster står programmets ord utan mellanslag; filens rubrik skrivs till höger inom citattecken.",
                "On the left stands the program's word without a space; the file's header is written on the right in quotes."
            ),
        )
    })
}

/// A key with letters that must stand in quotes.
pub fn letters(spot: &Spot<'_>) -> Option<Told> {
    let key = spot.key.filter(|_| spot.says("invalid unquoted key"))?;
    let (_, found) =
        outside_quotes(key).find(|(_, c)| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-' | '.' | ' '))?;
    let plain: String = key.chars().filter_map(without_ring).collect();
    let of_columns = spot.heading().is_some_and(|heading| heading.contains("columns"));
    let own = key_of_swedish(key).filter(|_| !of_columns);
    let way_out = if let Some(own) = own {
        message!("Skriv {own}", "Write {own}")
    } else if found.is_alphabetic() && is_bare(&plain) {
        message!("Skriv {plain}, eller \"{key}\" med citattecken.", "Write {plain}, or \"{key}\" in quotes.")
    } else {
        message!("En nyckel har bara a–z, siffror, - och _.", "A key has only a–z, digits, - and _.")
    };
    Some(Told::new(message!("nyckeln {key} kan inte innehålla {found}", "the key {key} cannot hold {found}"), way_out))
}

fn without_ring(c: char) -> Option<char> {
    match c {
        'å' | 'ä' => Some('a'),
        'ö' => Some('o'),
        'Å' | 'Ä' => Some('A'),
        'Ö' => Some('O'),
        'é' => Some('e'),
        c => Some(c),
    }
}

/// Whether a word can stand as a key without quotes.
fn is_bare(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}
