//! XLS: Excel's workbooks up to 2003, in an OLE compound file.
//!
//! A compound file chains its sectors by a table; a chain that loops would make the parsing library read
//! without end, which cannot be caught. The table is therefore walked first.

use super::archive::damaged;
use super::cells::WholeSheets;
use super::{Format, Hints, Opened, contains, password_trouble, utf16};
use calamine::{Reader, Xls, XlsError};
use std::io::Cursor;

/// XLS: a compound file with a workbook stream.
pub const FORMAT: Format = Format { recognises: |bytes| bytes.starts_with(&MAGIC), open };

/// The first bytes of every compound file (MS-CFB 2.2).
const MAGIC: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Sector numbers from here on are marks, not sectors (MS-CFB 2.1).
const MARKS: u32 = 0xFFFF_FFFA;

fn open<'a>(bytes: &'a [u8], _hints: &Hints<'_>) -> Opened<'a> {
    if contains(bytes, &utf16("EncryptedPackage")) {
        return Err(password_trouble());
    }
    if !contains(bytes, &utf16("Workbook")) && !contains(bytes, &utf16("Book")) {
        return Err(damaged("no workbook in the compound file"));
    }
    check_chains(bytes).ok_or_else(|| damaged("a sector chain loops or leads out of the file"))?;
    let workbook: Xls<Cursor<&'a [u8]>> = Xls::new(Cursor::new(bytes)).map_err(|cause| match cause {
        XlsError::Password => password_trouble(),
        cause => damaged(cause),
    })?;
    Ok(Box::new(WholeSheets::new(workbook, "xls")))
}

/// Walks every chain of sectors; `None` if one never ends or leads out of the file.
fn check_chains(bytes: &[u8]) -> Option<()> {
    let sector_size = 1usize.checked_shl(u32::from(u16_at(bytes, 30)?)).filter(|size| (512..=4096).contains(size))?;
    let sector = |number: u32| {
        let start = (usize::try_from(number).ok()? + 1).checked_mul(sector_size)?;
        bytes.get(start..bytes.len().min(start.checked_add(sector_size)?))
    };
    let mut table: Vec<u32> = Vec::new();
    for number in table_sectors(bytes, &sector, sector_size)? {
        table.extend(words(sector(number)?));
    }
    chains_end(&table)?;
    let small: Option<Vec<&[u8]>> = chain(u32_at(bytes, 60)?, &table)?.into_iter().map(sector).collect();
    chains_end(&small?.into_iter().flat_map(words).collect::<Vec<u32>>())
}

/// The sectors that hold the table: 109 named in the header, more in a chain of their own.
fn table_sectors<'b>(bytes: &[u8], sector: &impl Fn(u32) -> Option<&'b [u8]>, sector_size: usize) -> Option<Vec<u32>> {
    let most = bytes.len() / sector_size + 1;
    let mut sectors: Vec<u32> = words(bytes.get(76..512)?).filter(|number| *number < MARKS).collect();
    let mut next = u32_at(bytes, 68)?;
    for _ in 0..most {
        if next >= MARKS {
            break;
        }
        let mut more: Vec<u32> = words(sector(next)?).collect();
        next = more.pop()?;
        sectors.extend(more.into_iter().filter(|number| *number < MARKS));
    }
    (next >= MARKS && sectors.len() <= most).then_some(sectors)
}

/// The sectors of a chain, at most as many as there are.
fn chain(start: u32, table: &[u32]) -> Option<Vec<u32>> {
    let (mut sectors, mut at) = (Vec::new(), start);
    while at < MARKS {
        if sectors.len() > table.len() {
            return None;
        }
        sectors.push(at);
        at = *table.get(usize::try_from(at).ok()?)?;
    }
    Some(sectors)
}

/// Whether following any entry comes to an end: each entry is visited once.
fn chains_end(table: &[u32]) -> Option<()> {
    let mut seen_in: Vec<usize> = vec![0; table.len()];
    for start in 0..table.len() {
        let mut at = start;
        while seen_in[at] == 0 {
            seen_in[at] = start + 1;
            match usize::try_from(table[at]).ok().filter(|_| table[at] < MARKS) {
                Some(next) if next >= table.len() => return None,
                Some(next) if seen_in[next] == start + 1 => return None,
                Some(next) => at = next,
                None => break,
            }
        }
    }
    Some(())
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).and_then(|four| words(four).next())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A chain that ends is sound; one that loops or leaves the file is not.
    #[test]
    fn loops_are_found() {
        const END: u32 = 0xFFFF_FFFE;
        assert!(chains_end(&[1, 2, END, END]).is_some());
        assert!(chains_end(&[1, 2, 0]).is_none());
        assert!(chains_end(&[0]).is_none());
        assert!(chains_end(&[7, END]).is_none());
    }

    /// No bytes behind the magic make the walk fail other than by refusing.
    #[test]
    fn torn_files_are_refused() {
        let mut bytes = MAGIC.to_vec();
        for length in [8, 100, 511, 512, 4000] {
            bytes.resize(length, 0);
            assert!(check_chains(&bytes).is_none(), "{length}");
        }
    }
}
