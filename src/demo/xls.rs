//! A workbook as Excel wrote them until 2003: BIFF8 records (MS-XLS) in a compound file (MS-CFB). Enough for
//! a list of texts and numbers, which is what old systems still export.

const SECTOR: usize = 512;
const FREE: u32 = 0xFFFF_FFFF;
const END: u32 = 0xFFFF_FFFE;
const IS_TABLE: u32 = 0xFFFF_FFFD;

/// Makes a workbook of one sheet. Cells of digits alone become numbers.
pub fn workbook(sheet: &str, rows: &[Vec<String>]) -> Vec<u8> {
    compound(&stream(sheet, rows))
}

fn record(into: &mut Vec<u8>, kind: u16, data: &[u8]) {
    into.extend(kind.to_le_bytes());
    into.extend(u16::try_from(data.len()).unwrap_or(u16::MAX).to_le_bytes());
    into.extend(data);
}

/// Text with 16 bits a letter, behind its length.
fn unicode(text: &str) -> Vec<u8> {
    let letters: Vec<u16> = text.encode_utf16().take(255).collect();
    let mut bytes = u16::try_from(letters.len()).unwrap_or(0).to_le_bytes().to_vec();
    bytes.push(1);
    bytes.extend(letters.iter().flat_map(|letter| letter.to_le_bytes()));
    bytes
}

/// The records of the workbook and its sheet.
fn stream(sheet: &str, rows: &[Vec<String>]) -> Vec<u8> {
    const BEGIN: u16 = 0x0809;
    const STOP: u16 = 0x000A;
    let begin = |kind: u16| [0x0600u16, kind, 0x0DBB, 0x07CC, 0, 0, 6, 0].map(u16::to_le_bytes).concat();
    let mut bytes = Vec::new();
    record(&mut bytes, BEGIN, &begin(0x0005));
    record(&mut bytes, 0x0042, &1200u16.to_le_bytes());
    let name = unicode(sheet);
    // The name's length takes one byte here; the sheet begins behind this record and the next.
    let length = 6 + name.len() - 1;
    let start = u32::try_from(bytes.len() + 4 + length + 4).unwrap_or(0);
    let mut bound = start.to_le_bytes().to_vec();
    bound.extend([0, 0, name[0]]);
    bound.extend(&name[2..]);
    record(&mut bytes, 0x0085, &bound);
    record(&mut bytes, STOP, &[]);
    record(&mut bytes, BEGIN, &begin(0x0010));
    for (row, number) in rows.iter().zip(0u16..) {
        for (text, column) in row.iter().zip(0u16..).filter(|(text, _)| !text.is_empty()) {
            let mut data = [number, column, 0].map(u16::to_le_bytes).concat();
            match text.parse::<u32>() {
                Ok(value) if !text.starts_with('0') => {
                    data.extend(f64::from(value).to_le_bytes());
                    record(&mut bytes, 0x0203, &data);
                }
                _ => {
                    data.extend(unicode(text));
                    record(&mut bytes, 0x0204, &data);
                }
            }
        }
    }
    record(&mut bytes, STOP, &[]);
    bytes
}

/// A compound file with one stream, `Workbook`: header, table of sectors, directory, stream.
fn compound(stream: &[u8]) -> Vec<u8> {
    // Shorter streams would have to be kept in a part of their own.
    let mut stream = stream.to_vec();
    stream.resize(stream.len().max(4096).next_multiple_of(SECTOR), 0);
    let count = stream.len() / SECTOR;
    let mut tables = 1;
    while tables * SECTOR / 4 < tables + 1 + count {
        tables += 1;
    }
    let sector = |number: usize| u32::try_from(number).unwrap_or(FREE);
    let mut bytes = header(tables, sector(tables));
    let mut table: Vec<u32> = vec![IS_TABLE; tables];
    table.push(END);
    table.extend((0..count).map(|at| if at + 1 == count { END } else { sector(tables + 2 + at) }));
    table.resize(tables * SECTOR / 4, FREE);
    bytes.extend(table.iter().flat_map(|entry| entry.to_le_bytes()));
    bytes.extend(directory(sector(tables + 1), stream.len()));
    bytes.extend(stream);
    bytes
}

fn header(tables: usize, directory: u32) -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.extend([0; 16]);
    for half in [0x003Eu16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
        bytes.extend(half.to_le_bytes());
    }
    let number = |n: usize| u32::try_from(n).unwrap_or(0);
    for word in [0, number(tables), directory, 0, 4096, END, 0, END, 0] {
        bytes.extend(word.to_le_bytes());
    }
    for at in 0..109 {
        let entry = if at < tables { number(at) } else { FREE };
        bytes.extend(entry.to_le_bytes());
    }
    bytes
}

/// Root and stream, and two empty entries.
fn directory(start: u32, length: usize) -> Vec<u8> {
    let length = u32::try_from(length).unwrap_or(0);
    let mut bytes = entry("Root Entry", 5, 1, END, 0);
    bytes.extend(entry("Workbook", 2, FREE, start, length));
    bytes.extend(entry("", 0, FREE, 0, 0));
    bytes.extend(entry("", 0, FREE, 0, 0));
    bytes
}

fn entry(name: &str, kind: u8, child: u32, start: u32, length: u32) -> Vec<u8> {
    let mut bytes: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let size = if name.is_empty() { 0 } else { bytes.len() + 2 };
    bytes.resize(64, 0);
    bytes.extend(u16::try_from(size).unwrap_or(0).to_le_bytes());
    bytes.extend([kind, 1]);
    for word in [FREE, FREE, child] {
        bytes.extend(word.to_le_bytes());
    }
    bytes.extend([0; 36]);
    bytes.extend(start.to_le_bytes());
    bytes.extend(length.to_le_bytes());
    bytes.extend([0; 4]);
    bytes
}
