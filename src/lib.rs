//! x
mod config; mod error; mod ingest; mod model;
