//! The archive that a workbook is: the same bytes on every system.

/// Begins each entry of the list of parts at the end of an archive.
const ENTRY: &[u8] = b"PK\x01\x02";

/// Begins the end of the archive, which tells how many entries there are and where they begin.
const END: &[u8] = b"PK\x05\x06";

/// Length of the end, where no remark follows it.
const END_LENGTH: usize = 22;

/// The code of Unix among the systems an archive can be made on.
const UNIX: u8 = 3;

/// Says of every part that it was made on the same system. Otherwise a run made again on another computer would not be
/// the same to the byte, though every part is. An archive that is laid out in another way stays as it is.
pub fn as_made_anywhere(bytes: &mut [u8]) {
    let Some(end) = bytes.len().checked_sub(END_LENGTH).filter(|at| bytes[*at..].starts_with(END)) else { return };
    let (parts, mut at) = (number(bytes, end + 10, 2), number(bytes, end + 16, 4));
    for _ in 0..parts {
        if !bytes.get(at..).is_some_and(|entry| entry.starts_with(ENTRY) && entry.len() > 46) {
            return;
        }
        bytes[at + 5] = UNIX;
        at += 46 + [28, 30, 32].map(|length| number(bytes, at + length, 2)).iter().sum::<usize>();
    }
}

/// A number of some bytes, the least first.
fn number(bytes: &[u8], at: usize, length: usize) -> usize {
    bytes[at..at + length].iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Read, Write};

    /// An archive made on another system is the same to the byte as one made here, and every part can be read.
    #[test]
    fn archives_are_the_same_whatever_made_them() {
        let made_on = |system| {
            let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for name in ["a.xml", "mapp/ö.xml"] {
                zip.start_file(name, zip::write::SimpleFileOptions::default().system(system)).unwrap();
                zip.write_all(name.as_bytes()).unwrap();
            }
            let mut bytes = zip.finish().unwrap().into_inner();
            as_made_anywhere(&mut bytes);
            bytes
        };
        let here = made_on(zip::System::Unix);
        assert_eq!(made_on(zip::System::Dos), here);
        let mut archive = zip::ZipArchive::new(Cursor::new(here)).unwrap();
        let mut text = String::new();
        archive.by_name("mapp/ö.xml").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "mapp/ö.xml");
    }

    /// What is no archive, or is cut, stays as it is.
    #[test]
    fn what_is_no_archive_stays() {
        for bytes in [&b""[..], b"PK\x05\x06", &[END, &[9; 18]].concat()] {
            let mut own = bytes.to_vec();
            as_made_anywhere(&mut own);
            assert_eq!(own, bytes);
        }
    }
}
