//! Workbooks: one part at a time, the first byte says which.

#![no_main]

mod common;

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/>\
         <Relationship Id=\"rId3\" Type=\"{RELATIONS}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
    );
    let book = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let parts: [(&str, &[u8]); 6] = [
        ("xl/worksheets/sheet1.xml", &include_bytes!("../seeds/xlsx/sheet")[1..]),
        ("xl/sharedStrings.xml", &include_bytes!("../seeds/xlsx/texts")[1..]),
        ("xl/workbook.xml", &include_bytes!("../seeds/xlsx/workbook")[1..]),
        ("xl/styles.xml", &include_bytes!("../seeds/xlsx/styles")[1..]),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("_rels/.rels", book.as_bytes()),
    ];
    common::read_parts(&parts, data);
});
