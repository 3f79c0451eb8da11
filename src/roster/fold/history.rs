//! Which of several rows about one employment is the latest word, where anything says so.

use super::employments::Telling;
use crate::ingest::PayrollRow;
use crate::model::End;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A file whose rows come in the order in which things happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    OldestFirst,
    NewestFirst,
}

/// What is known of the order of rows.
#[derive(Debug, Default)]
pub struct History {
    /// Files that are plainly a history.
    files: BTreeMap<u16, Direction>,
    /// Days of extract by file.
    exported: Vec<Option<NaiveDate>>,
}

/// How a file tells its employments.
#[derive(Default)]
struct Telltale {
    employments: u64,
    told_again: u64,
    /// Ends that are there in a later row and not in an earlier, and the reverse.
    came: u64,
    went: u64,
}

impl History {
    /// Looks at every employment. A file is plainly a history where it tells most employments several times, as
    /// a sheet a month does; ends come with time and do not go, which tells whether the newest stands first.
    pub fn new<'t>(tellings: impl Iterator<Item = &'t Telling<'t>>, exported: &[Option<NaiveDate>]) -> Self {
        /// Fewer can be told twice by chance.
        const LEAST: u64 = 3;
        let mut files: BTreeMap<u16, Telltale> = BTreeMap::new();
        for telling in tellings {
            let mut rows: BTreeMap<u16, Vec<&PayrollRow>> = BTreeMap::new();
            for row in telling.rows() {
                rows.entry(row.employment.source.file.0).or_default().push(row);
            }
            for (file, rows) in rows {
                files.entry(file).or_default().see(rows);
            }
        }
        let plain =
            files.into_iter().filter(|(_, own)| own.told_again >= LEAST && own.told_again * 2 >= own.employments);
        let direction =
            |own: Telltale| if own.went > own.came { Direction::NewestFirst } else { Direction::OldestFirst };
        Self { files: plain.map(|(file, own)| (file, direction(own))).collect(), exported: exported.to_vec() }
    }

    /// Whether the order of a file's rows says anything.
    pub fn is_told_by(&self, file: u16) -> bool {
        self.files.contains_key(&file)
    }

    /// Of some rows the latest, as far as can be told: by the day each was registered, else by the extract, else
    /// by its place in a file that is plainly a history.
    pub fn latest<'r>(&self, rows: Vec<&'r PayrollRow>) -> Vec<&'r PayrollRow> {
        let rows = last_by(rows, |row| row.employment.registered);
        let rows = last_by(rows, |row| self.exported(row));
        last_by(rows, |row| self.place(row))
    }

    /// When a row was told, for putting rows in order where some lack a part of it.
    pub fn time(&self, row: &PayrollRow) -> impl Ord + use<> {
        (row.employment.registered, self.exported(row), self.place(row))
    }

    /// The stated day of extract of the file that a row stands in.
    pub fn exported(&self, row: &PayrollRow) -> Option<NaiveDate> {
        self.exported.get(usize::from(row.employment.source.file.0)).copied().flatten()
    }

    /// The place of a row in time; rows of several files have none.
    fn place(&self, row: &PayrollRow) -> Option<(u16, i64)> {
        let source = row.employment.source;
        let at = i64::from(source.sheet) << 32 | i64::from(source.row);
        let place = match self.files.get(&source.file.0)? {
            Direction::OldestFirst => at,
            Direction::NewestFirst => -at,
        };
        Some((source.file.0, place))
    }
}

/// The rows with the greatest value, where every row has one; else all.
fn last_by<K: Ord>(rows: Vec<&PayrollRow>, key: impl Fn(&PayrollRow) -> Option<K>) -> Vec<&PayrollRow> {
    if rows.len() < 2 || rows.iter().any(|row| key(row).is_none()) {
        return rows;
    }
    let last = rows.iter().filter_map(|row| key(row)).max();
    rows.into_iter().filter(|row| key(row) == last).collect()
}

impl Telltale {
    fn see(&mut self, mut rows: Vec<&PayrollRow>) {
        self.employments += 1;
        self.told_again += u64::from(rows.len() > 1);
        rows.sort_by_key(|row| row.employment.source);
        for pair in rows.windows(2) {
            let open = |at: usize| pair[at].employment.end == End::Open;
            self.came += u64::from(open(0) && !open(1));
            self.went += u64::from(!open(0) && open(1));
        }
    }
}
