//! What a directory calls an object: `CN=Eva Lind,OU=Norr,DC=ex,DC=se`, or `ex.se/Norr/Eva Lind`.

/// The object's own name in a distinguished or canonical name; none where it is a key and no words.
pub fn name_in_directory(text: &str) -> Option<String> {
    let own = match before_comma(text).split_once('=') {
        Some((kind, own)) if kind.trim().eq_ignore_ascii_case("cn") => own.trim().to_owned(),
        Some(_) => return None,
        None => text.rsplit_once('/')?.1.trim().to_owned(),
    };
    let words = own.split([' ', ',']).filter(|word| word.chars().any(char::is_alphabetic)).count();
    let has_digits = own.contains(|c: char| c.is_ascii_digit());
    (words > 1 && !has_digits).then_some(own)
}

/// What stands before the first comma that parts, without the signs that keep one from it.
pub fn before_comma(text: &str) -> String {
    let mut part = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => part.extend(letters.next()),
            ',' => break,
            letter => part.push(letter),
        }
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The object's own name is told, with its comma; a key is none.
    #[test]
    fn the_own_name_is_told() {
        for (text, name) in [
            ("CN=Eva Lind,OU=Norr,DC=ex,DC=se", Some("Eva Lind")),
            ("cn=Lind\\, Eva,OU=Norr,DC=ex,DC=se", Some("Lind, Eva")),
            ("ex.se/Norr/Eva Lind", Some("Eva Lind")),
            ("CN=evalin01,OU=Norr,DC=ex,DC=se", None),
            ("CN=Eva Lind 2,OU=Norr,DC=ex,DC=se", None),
            ("OU=Norr Syd,DC=ex", None),
            ("evalin", None),
        ] {
            assert_eq!(name_in_directory(text).as_deref(), name, "{text}");
        }
    }
}
