//! A binary workbook (MS-XLSB), enough for a list of texts and numbers.

use super::archive;

/// One record of a binary workbook (MS-XLSB 2.1.4): kind and length in groups of seven bits.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let groups = |mut number: u16| {
        let mut bytes = vec![];
        loop {
            let low = u8::try_from(number & 0x7F).unwrap();
            number >>= 7;
            bytes.push(if number > 0 { low | 0x80 } else { low });
            if number == 0 {
                return bytes;
            }
        }
    };
    [groups(kind), groups(u16::try_from(data.len()).unwrap()), data.to_vec()].concat()
}

fn wide(text: &str) -> Vec<u8> {
    let letters: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(letters.len()).unwrap().to_le_bytes();
    [length.to_vec(), letters.iter().flat_map(|letter| letter.to_le_bytes()).collect()].concat()
}

/// A binary workbook of texts, numbers and formulas that came to `#N/A`.
pub fn xlsb(rows: &[&[&str]]) -> Vec<u8> {
    formatted_xlsb(rows, "0")
}

/// The same with every number shown by a format.
pub fn formatted_xlsb(rows: &[&[&str]], code: &str) -> Vec<u8> {
    let words = |list: &[u32]| list.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    let bundle = [words(&[0, 1]), wide("rId1"), wide("Konton")].concat();
    let book = [record(131, &[]), record(143, &[]), record(156, &bundle), record(144, &[]), record(132, &[])].concat();
    let mut sheet = [record(129, &[]), record(148, &words(&[0, 9, 0, 9])), record(145, &[])].concat();
    for (cells, row) in rows.iter().zip(0u32..) {
        sheet.extend(record(0, &words(&[row, 0, 0, 0])));
        for (text, column) in cells.iter().zip(0u32..) {
            let place = words(&[column, 0]);
            sheet.extend(match text.parse::<f64>() {
                // A formula that failed: the error's number, then a formula of nothing.
                _ if *text == "#N/A" => record(11, &[place, vec![0x2A, 0, 0], words(&[0, 0])].concat()),
                Ok(number) => record(5, &[place, number.to_le_bytes().to_vec()].concat()),
                Err(_) => record(6, &[place, wide(text)].concat()),
            });
        }
    }
    sheet.extend([record(146, &[]), record(130, &[])].concat());
    let format = [164u16.to_le_bytes().to_vec(), wide(code)].concat();
    let cell_format = [0xFFu8, 0xFF, 164, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let styles = [
        record(278, &[]),
        record(615, &words(&[1])),
        record(44, &format),
        record(616, &[]),
        record(617, &words(&[1])),
        record(47, &cell_format),
        record(618, &[]),
        record(279, &[]),
    ];
    let relation = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship \
        Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
        Target=\"worksheets/sheet1.bin\"/></Relationships>";
    archive(&[
        ("xl/workbook.bin", book),
        ("xl/_rels/workbook.bin.rels", relation.as_bytes().to_vec()),
        ("xl/worksheets/sheet1.bin", sheet),
        ("xl/styles.bin", styles.concat()),
    ])
}
