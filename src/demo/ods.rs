//! A spreadsheet in OpenDocument format, as LibreOffice writes it: enough for a list.

use std::io::{self, Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const MIME: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// Makes a workbook of one sheet. Cells of the form 2026-11-30 become dates.
///
/// # Errors
/// None in practice: everything is written to memory.
pub fn workbook(sheet: &str, rows: &[Vec<String>]) -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // The first member is stored as it is: the format is told by it.
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let packed = SimpleFileOptions::default();
    for (name, content, options) in [
        ("mimetype", MIME.to_owned(), stored),
        ("META-INF/manifest.xml", manifest(), packed),
        ("content.xml", content(sheet, rows), packed),
    ] {
        archive.start_file(name, options)?;
        archive.write_all(content.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn manifest() -> String {
    let entry = |path: &str, kind: &str| {
        format!("<manifest:file-entry manifest:full-path=\"{path}\" manifest:media-type=\"{kind}\"/>")
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest \
         xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.2\">{}{}</manifest:manifest>",
        entry("/", MIME),
        entry("content.xml", "text/xml")
    )
}

fn content(sheet: &str, rows: &[Vec<String>]) -> String {
    let rows: String = rows
        .iter()
        .map(|row| format!("<table:table-row>{}</table:table-row>", row.iter().map(|c| cell(c)).collect::<String>()))
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" office:version=\"1.2\"><office:body>\
         <office:spreadsheet><table:table table:name=\"{sheet}\">{rows}</table:table></office:spreadsheet>\
         </office:body></office:document-content>"
    )
}

fn cell(text: &str) -> String {
    if text.is_empty() {
        return "<table:table-cell/>".to_owned();
    }
    let shown = text.replace('&', "&amp;").replace('<', "&lt;");
    let kind = match text.parse::<chrono::NaiveDate>() {
        Ok(_) => format!("office:value-type=\"date\" office:date-value=\"{text}\""),
        Err(_) => "office:value-type=\"string\"".to_owned(),
    };
    format!("<table:table-cell {kind}><text:p>{shown}</text:p></table:table-cell>")
}
