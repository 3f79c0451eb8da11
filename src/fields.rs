//! Every field of the configuration for people: its name, its Swedish name, what it means, and the headers it is known by.

use crate::config::nearest;
use crate::error::{Error, ErrorKind, Place};
use crate::ingest::headers_of;
use crate::model::{Field, Language, Role, Text, message};
use std::fmt::Write;

/// Every field, or one with every header it is known by.
///
/// # Errors
/// A field that there is none of.
pub fn shown(name: Option<&str>, language: Language) -> Result<String, Error> {
    match name {
        None => Ok(list(language)),
        Some(name) => Field::named(name).map(|field| whole(field, language)).ok_or_else(|| unknown(name)),
    }
}

/// The files that fields stand in, in the order they are told.
const FILES: [Role; 3] = [Role::Payroll, Role::Accounts, Role::Inventory];

fn list(language: Language) -> String {
    /// Headers shown on a field's line.
    const EXAMPLES: usize = 3;
    let t = |sv, en| Text::new(sv, en).get(language);
    let mut text = String::new();
    let mut told: Vec<Field> = Vec::new();
    for role in FILES {
        let _ = writeln!(text, "{} {}", role.columns_table(), role.text().get(language));
        for field in Field::ALL.iter().filter(|field| field.fits(role) && !told.contains(field)) {
            let (key, swedish, meaning) = (field.key(), field.swedish(), field.meaning().get(language));
            let headers = headers_of(*field);
            let some: Vec<&str> = headers.iter().take(EXAMPLES).map(String::as_str).collect();
            let _ = writeln!(text, "  {key:22} {swedish:24} {meaning}");
            if !some.is_empty() {
                let _ = writeln!(text, "  {:47} {}", "", some.join(" · "));
            }
        }
        told.extend(Field::ALL.iter().filter(|field| field.fits(role)));
        let _ = writeln!(text);
    }
    let rest: Vec<&Field> = Field::ALL.iter().filter(|field| !told.contains(field)).collect();
    for field in rest {
        let (key, swedish, meaning) = (field.key(), field.swedish(), field.meaning().get(language));
        let _ = writeln!(text, "[register.columns]\n  {key:22} {swedish:24} {meaning}\n");
    }
    text.push_str(t(
        "Båda namnen kan användas i konfigurationen. samkor fields FÄLT visar alla rubriker som känns igen.",
        "Both names can be used in the configuration. samkor fields FIELD shows every header that is recognised.",
    ));
    text
}

fn whole(field: Field, language: Language) -> String {
    let t = |sv, en| Text::new(sv, en).get(language);
    let roles = [Role::Payroll, Role::Register, Role::Accounts, Role::Inventory, Role::ServiceAccounts];
    let tables: Vec<&str> = roles.into_iter().filter(|role| field.fits(*role)).map(Role::columns_table).collect();
    let mut text = format!("{} ({}): {}\n", field.key(), field.swedish(), field.meaning().get(language));
    let _ = writeln!(text, "  {}: {}", t("under", "under"), tables.join(", "));
    let headers = headers_of(field);
    let _ = write!(text, "  {}: {}", t("rubriker som känns igen", "headers recognised"), headers.join(" · "));
    text
}

fn unknown(name: &str) -> Error {
    let says = message!("inget fält heter \"{name}\"", "no field is called \"{name}\"");
    let error = Error::new(ErrorKind::Unusable, Place::file("samkor fields"), says);
    let names = Field::ALL.iter().flat_map(|field| [field.key(), field.swedish()]);
    match nearest(&name.to_lowercase(), names) {
        Some(near) => error.way_out(message!("Menade du \"{near}\"?", "Did you mean \"{near}\"?")),
        None => error.way_out(message!("samkor fields visar alla fält.", "samkor fields shows every field.")),
    }
}
