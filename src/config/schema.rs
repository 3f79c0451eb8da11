//! The configuration as a JSON Schema, for editors that complete keys, and as the table of the README.

use super::reference::{HEADINGS, Heading, Shape};
use crate::model::{EngagementKind, Field, Severity};
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// The schema.
pub fn schema(rules: &[&str]) -> Value {
    let mut top = Map::new();
    for heading in HEADINGS.iter().filter(|heading| !heading.name().contains('.')) {
        let own = table(heading, rules);
        let own = if heading.is_list() { json!({"type": "array", "items": own}) } else { own };
        top.insert(heading.name().to_owned(), own);
    }
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "samkor.toml",
        "type": "object",
        "additionalProperties": false,
        "properties": top,
    })
}

/// A table with its keys; of fields or rules, with every one of them.
fn table(heading: &Heading, rules: &[&str]) -> Value {
    let properties: Map<String, Value> = match heading.heading {
        "[rules]" => rules.iter().map(|rule| ((*rule).to_owned(), rule_setting())).collect(),
        name if name.ends_with("columns]") => fields(),
        _ => heading.all().map(|key| (key.name.to_owned(), described(value(key.shape, rules), key.means))).collect(),
    };
    json!({"type": "object", "description": heading.about, "additionalProperties": false, "properties": properties})
}

fn described(mut schema: Value, means: &str) -> Value {
    schema["description"] = json!(means);
    schema
}

fn value(shape: Shape, rules: &[&str]) -> Value {
    let one_of = |words: Vec<&str>| json!({"type": "string", "enum": words});
    match shape {
        Shape::Text => json!({"type": "string"}),
        Shape::Texts => json!({"type": "array", "items": {"type": "string"}}),
        Shape::FileOrTables(heading) => json!({"anyOf": [{"type": "string"}, value(Shape::Tables(heading), rules)]}),
        Shape::Date => json!({"type": "string", "format": "date"}),
        Shape::Integer(from, to) => json!({"type": "integer", "minimum": from, "maximum": to}),
        Shape::Share => json!({"type": "number", "minimum": 0, "maximum": 1}),
        Shape::Flag => json!({"type": "boolean"}),
        Shape::Choice(words) => one_of(words.to_vec()),
        Shape::Severity => one_of(Severity::ALL.map(Severity::code).to_vec()),
        Shape::Kind => one_of(EngagementKind::NAMED.map(|(name, _)| name).to_vec()),
        Shape::Table(name) => {
            HEADINGS.iter().find(|own| own.heading == name).map_or(json!(true), |own| table(own, rules))
        }
        Shape::Tables(name) => json!({"type": "array", "items": value(Shape::Table(name), rules)}),
    }
}

fn rule_setting() -> Value {
    let words: Vec<&str> = ["off"].into_iter().chain(Severity::ALL.map(Severity::code)).collect();
    json!({"type": "string", "enum": words})
}

/// Every field by both names, with one header or several.
fn fields() -> Map<String, Value> {
    let header = json!({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]});
    let named = Field::ALL.iter().flat_map(|field| [field.key(), field.swedish()].map(|name| (name, field)));
    named.map(|(name, field)| (name.to_owned(), described(header.clone(), field.meaning().en))).collect()
}

/// Every key as a table in Markdown.
pub fn as_table() -> String {
    let mut text = String::from("| key | value | means |\n|---|---|---|\n");
    for heading in HEADINGS {
        let _ = writeln!(text, "| **`{}`** | | {} |", heading.heading, heading.about);
        for key in heading.all() {
            let _ = writeln!(text, "| `{}` | {} | {} |", key.name, key.shape.text(), key.means);
        }
    }
    text
}
