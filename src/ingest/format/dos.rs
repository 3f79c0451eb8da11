//! cp850, in which DOS wrote Swedish, and cp437, which has the same letters in the same places.

/// The name of the encoding.
pub const NAME: &str = "cp850";

/// The letters of the bytes from 128 on.
const UPPER: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ\
     áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
     └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀\
     ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// The encoding by one of its names.
pub fn name(label: &str) -> Option<&'static str> {
    matches!(label.to_ascii_lowercase().as_str(), "cp850" | "cp437").then_some(NAME)
}

/// Whether every byte stands for the same letter in both.
pub fn is_settled(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| matches!(byte, 0..=0x9a | 0x9c | 0x9f..=0xa8 | 0xaa..=0xac | 0xae | 0xaf))
}

/// The text of bytes.
pub fn decode(bytes: &[u8]) -> String {
    let upper: Vec<char> = UPPER.chars().collect();
    let letter = |&byte: &u8| if byte.is_ascii() { char::from(byte) } else { upper[usize::from(byte) - 128] };
    bytes.iter().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// There is a letter for every byte, and Swedish ones stand where DOS had them.
    #[test]
    fn every_byte_is_a_letter() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(&all).chars().count(), 256);
        assert_eq!(decode(b"\x86\x84\x94\x8f\x8e\x99\x82"), "åäöÅÄÖé");
        assert!(is_settled(b"\x86\x84\x94") && !is_settled(b"\x9b"));
    }
}
