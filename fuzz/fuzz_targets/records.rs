//! The records of old workbooks, within a compound file that is sound.

#![no_main]

mod common;

/// Bytes of a sector.
const SECTOR: usize = 512;
/// Marks of the table of sectors (MS-CFB 2.1).
const END: u32 = 0xFFFF_FFFE;
const TABLE: u32 = 0xFFFF_FFFD;
const FREE: u32 = 0xFFFF_FFFF;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    // One sector holds the table, which is enough for this much.
    if data.len() < 60_000 {
        common::read(&compound(data));
    }
});

/// A compound file of one stream: the table, the directory, then the stream, which is made too long for small sectors.
fn compound(stream: &[u8]) -> Vec<u8> {
    let size = stream.len().max(4096);
    let sectors = size.div_ceil(SECTOR);
    let mut table = vec![TABLE, END];
    table.extend((0..sectors).map(|at| if at + 1 < sectors { u32::try_from(at + 3).unwrap_or(END) } else { END }));
    table.resize(SECTOR / 4, FREE);
    let words = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    let mut file = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    file.resize(24, 0);
    file.extend([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    file.resize(44, 0);
    file.extend(words(&[1, 1, 0, 4096, END, 0, END, 0, 0]));
    file.extend(words(&[FREE; 108]));
    file.extend(words(&table));
    file.extend(entry("Root Entry", 5, END, 0));
    file.extend(entry("Workbook", 2, 2, size));
    file.resize(3 * SECTOR, 0);
    file.extend_from_slice(stream);
    file.resize((3 + sectors) * SECTOR, 0);
    file
}

/// An entry of the directory (MS-CFB 2.6).
fn entry(name: &str, kind: u8, start: u32, size: usize) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = u16::try_from(entry.len() + 2).unwrap_or(64);
    entry.resize(64, 0);
    entry.extend(length.to_le_bytes());
    entry.extend([kind, 1]);
    entry.extend([0xFF; 8]);
    entry.extend(if kind == 5 { 1u32 } else { FREE }.to_le_bytes());
    entry.resize(116, 0);
    entry.extend(start.to_le_bytes());
    entry.extend(u32::try_from(size).unwrap_or(0).to_le_bytes());
    entry.resize(128, 0);
    entry
}
