//! A compound file (MS-CFB): streams in chains of sectors. Every chain is walked before anybody else does it.

/// The first bytes of every compound file (MS-CFB 2.2).
pub const MAGIC: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Sector numbers from here on are marks, not sectors (MS-CFB 2.1).
const MARKS: u32 = 0xFFFF_FFFA;

/// Bytes of a sector of small streams (MS-CFB 2.2).
const SMALL_SECTOR: usize = 64;

/// Streams below this size stand in small sectors (MS-CFB 2.2).
const CUTOFF: usize = 4096;

/// Bytes of an entry of the directory (MS-CFB 2.6).
const ENTRY: usize = 128;

/// A compound file whose every chain comes to an end.
pub struct Compound<'b> {
    bytes: &'b [u8],
    sector_size: usize,
    /// By sector the next one, and the same of small sectors.
    table: Vec<u32>,
    small: Vec<u32>,
    entries: Vec<StreamEntry>,
}

/// A stream as the directory has it.
struct StreamEntry {
    name: String,
    start: u32,
    size: usize,
}

impl<'b> Compound<'b> {
    /// Walks every chain of sectors; `None` if one never ends or leads out of the file.
    pub fn open(bytes: &'b [u8]) -> Option<Self> {
        let sector_size =
            1usize.checked_shl(u32::from(u16_at(bytes, 30)?)).filter(|size| (512..=4096).contains(size))?;
        let mut compound = Self { bytes, sector_size, table: Vec::new(), small: Vec::new(), entries: Vec::new() };
        for number in table_sectors(bytes, &|number| compound.sector(number), sector_size)? {
            let sector = compound.sector(number)?;
            compound.table.extend(words(sector));
        }
        chains_end(&compound.table)?;
        compound.small = words(&compound.joined(u32_at(bytes, 60)?)?).collect();
        chains_end(&compound.small)?;
        let directory = compound.joined(u32_at(bytes, 48)?)?;
        compound.entries = directory.chunks_exact(ENTRY).filter_map(entry).collect();
        Some(compound)
    }

    /// Whether there is a stream of that name, in letters of any case.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The bytes of a stream.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.find(name)?;
        let mut bytes = if entry.size < CUTOFF { self.small_stream(entry.start)? } else { self.joined(entry.start)? };
        bytes.truncate(entry.size);
        Some(bytes)
    }

    fn find(&self, name: &str) -> Option<&StreamEntry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        let start = (usize::try_from(number).ok()? + 1).checked_mul(self.sector_size)?;
        self.bytes.get(start..self.bytes.len().min(start.checked_add(self.sector_size)?))
    }

    fn joined(&self, start: u32) -> Option<Vec<u8>> {
        let sectors: Option<Vec<&[u8]>> =
            chain(start, &self.table)?.into_iter().map(|number| self.sector(number)).collect();
        Some(sectors?.concat())
    }

    /// A stream in small sectors, which together are the stream of the first entry.
    fn small_stream(&self, start: u32) -> Option<Vec<u8>> {
        let all = self.joined(self.entries.first()?.start)?;
        let mut bytes = Vec::new();
        for number in chain(start, &self.small)? {
            let from = usize::try_from(number).ok()?.checked_mul(SMALL_SECTOR)?;
            bytes.extend_from_slice(all.get(from..all.len().min(from.checked_add(SMALL_SECTOR)?))?);
        }
        Some(bytes)
    }
}

/// Bytes of a sector of a file that is written here, so that the header has room for a table of any stream.
const LARGE_SECTOR: usize = 4096;

/// The last sector of a chain, and one that no stream has (MS-CFB 2.1).
const LAST: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;

/// A compound file that holds one stream; none where that is larger than any workbook.
pub fn of_one_stream(name: &str, mut stream: Vec<u8>) -> Option<Vec<u8>> {
    // Shorter streams would need sectors of their own kind.
    let size = stream.len().max(CUTOFF);
    stream.resize(size.next_multiple_of(LARGE_SECTOR), 0);
    let directory = u32::try_from(stream.len() / LARGE_SECTOR).ok()?;
    let words_in_sector = LARGE_SECTOR / 4;
    let tables = (1..=109u32).find(|&tables| (directory + 1 + tables) as usize <= tables as usize * words_in_sector)?;
    let mut table: Vec<u32> = (1..directory).chain([LAST, LAST]).chain((0..tables).map(|_| 0xFFFF_FFFD)).collect();
    table.resize(tables as usize * words_in_sector, FREE);
    let root = directory_entry("Root Entry", 5, 1, 0, 0);
    let own = directory_entry(name, 2, FREE, 0, u64::try_from(size).ok()?);
    let mut entries = [root, own].concat();
    entries.resize(LARGE_SECTOR, 0);
    let table = table.into_iter().flat_map(u32::to_le_bytes).collect();
    Some([header(directory, tables), stream, entries, table].concat())
}

/// The header of a file of one stream (MS-CFB 2.2).
fn header(directory: u32, tables: u32) -> Vec<u8> {
    let mut bytes = [&MAGIC[..], &[0; 16], &[0x3E, 0, 4, 0, 0xFE, 0xFF, 12, 0, 6, 0], &[0; 6]].concat();
    let cutoff = u32::try_from(CUTOFF).unwrap_or_default();
    let counts = [1, tables, directory, 0, cutoff, LAST, 0, LAST, 0];
    let in_table = (0..109).map(|at| if at < tables { directory + 1 + at } else { FREE });
    bytes.extend(counts.into_iter().chain(in_table).flat_map(u32::to_le_bytes));
    bytes.resize(LARGE_SECTOR, 0);
    bytes
}

/// An entry of the directory as it is written (MS-CFB 2.6).
fn directory_entry(name: &str, kind: u8, child: u32, start: u32, size: u64) -> Vec<u8> {
    let mut bytes: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = u16::try_from(bytes.len() + 2).unwrap_or(64);
    bytes.resize(64, 0);
    bytes.extend(length.to_le_bytes());
    bytes.extend([kind, 1]);
    bytes.extend([FREE, FREE, child].into_iter().flat_map(u32::to_le_bytes));
    bytes.resize(116, 0);
    bytes.extend(start.to_le_bytes());
    bytes.extend(size.to_le_bytes());
    bytes
}

/// An entry of the directory; none where it is not used.
fn entry(bytes: &[u8]) -> Option<StreamEntry> {
    let length = usize::from(u16_at(bytes, 64)?).clamp(2, 64) - 2;
    let letters: Vec<u16> = bytes[..length].chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
    let is_used = bytes[66] != 0;
    is_used.then_some(StreamEntry {
        name: String::from_utf16_lossy(&letters),
        start: u32_at(bytes, 116)?,
        size: usize::try_from(u32_at(bytes, 120)?).ok()?,
    })
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

    /// A stream that is put into a file of its own comes out of it as it was, short or long.
    #[test]
    fn a_stream_comes_out_as_it_went_in() {
        for length in [1, 4096, 5000, 5_000_000] {
            let stream: Vec<u8> = (0..251).cycle().take(length).collect();
            let file = of_one_stream("Book", stream.clone()).unwrap();
            let read = Compound::open(&file).and_then(|file| file.stream("BOOK")).unwrap();
            assert_eq!(read[..length], stream);
        }
    }

    /// No bytes behind the magic make the walk fail other than by refusing.
    #[test]
    fn torn_files_are_refused() {
        let mut bytes = MAGIC.to_vec();
        for length in [8, 100, 511, 512, 4000] {
            bytes.resize(length, 0);
            assert!(Compound::open(&bytes).is_none(), "{length}");
        }
    }
}
