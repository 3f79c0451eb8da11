//! x
mod config; mod error; mod ingest; mod model; mod roster; mod matching; mod review; mod runfolder; mod answer_form; mod history; mod followup; mod disclosure; mod report;
