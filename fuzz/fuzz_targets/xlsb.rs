//! Binary workbooks: one part at a time, the first byte says which.

#![no_main]

mod common;

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.bin\"/></Relationships>"
    );
    let parts: [(&str, &[u8]); 5] = [
        ("xl/worksheets/sheet1.bin", &include_bytes!("../seeds/xlsb/sheet")[1..]),
        ("xl/workbook.bin", &include_bytes!("../seeds/xlsb/workbook")[1..]),
        ("xl/sharedStrings.bin", &include_bytes!("../seeds/xlsb/texts")[1..]),
        ("xl/styles.bin", &include_bytes!("../seeds/xlsb/styles")[1..]),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
    ];
    common::read_parts(&parts, data);
});
