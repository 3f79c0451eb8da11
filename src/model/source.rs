//! Where a value came from, so that every person, account and finding can be found again.

/// A file of the run, by its place in the list of inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileIx(pub u16);

/// One row of one sheet of one file. The row is the one a person sees in Excel (the first is 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceRef {
    /// Which input.
    pub file: FileIx,
    /// Which sheet of it, from 0.
    pub sheet: u16,
    /// Row number as Excel shows it.
    pub row: u32,
}

impl SourceRef {
    /// The file and the sheet of it.
    pub fn list(self) -> (FileIx, u16) {
        (self.file, self.sheet)
    }
}
