//! OpenDocument: the sheets, or the manifest; the first byte says which.

#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let parts: [(&str, &[u8]); 2] =
        [("content.xml", &include_bytes!("../seeds/ods/content")[1..]), ("META-INF/manifest.xml", b"<manifest/>")];
    common::read_parts(&parts, data);
});
