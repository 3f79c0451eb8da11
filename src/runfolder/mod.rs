//! What a run folder holds: its record types.
//!
//! History reads them, report and record write them; all share these types, so that what one run
//! writes the next can read. Names of fields and files are the contract.

mod asks;
mod extract_line;
mod letter;
mod lines;
mod manifest;
mod memory;
mod name;
mod open;

pub use asks::{AskedRows, Asks, Attest, ListScope};
pub use extract_line::ExtractLine;
pub use letter::{LetterLine, LetterheadLine};
pub use lines::{
    AccountLine, DECIDED, EXCEPTED, EvidenceLine, FindingLine, ModifierLine, NearlyLine, RESOLVED,
    RestrictedAccountLine, RunnerUpLine, UNTESTABLE, VERIFIED, is_over,
};
pub use manifest::{
    AccountCounts, Arithmetic, BlindLine, ColumnLine, ConfigLine, Counts, CoverageLine, EffortLine, FindingCounts,
    FoundLine, InputLine, KeyTrialLine, LearnedLine, Manifest, OutputLine, PreviousLine,
};
pub use memory::{
    AnswerLine, ConfirmationLine, CorrectionLine, HolderLine, Lack, Memory, PersonLine, RenamedLine, SignOffLine,
    StatedLine, VerifiedLine, answered_rows,
};
pub use name::RunName;
pub use open::{Outline, RunFolder, SCHEMA, runs_in};

/// The manifest's file name.
pub const MANIFEST: &str = "manifest.json";
/// The manifest's own hash.
pub const MANIFEST_HASH: &str = "manifest.sha256";
/// The summary workbook.
pub const SUMMARY: &str = "sammanstallning.xlsx";
/// The folder of the committees' summaries.
pub const COMMITTEES: &str = "namnd";
/// HR's workbook.
pub const PERSONNEL: &str = "personalregister.xlsx";
/// The workbook of the post that handles protected persons.
pub const RESTRICTED: &str = "begransad/sarskild-hantering.xlsx";
/// Its follow-up, one line a finding.
pub const RESTRICTED_LINES: &str = "begransad/data.jsonl";
/// Its accounts, one a line, with the answers on their rows, which are kept nowhere else.
pub const RESTRICTED_ACCOUNTS: &str = "begransad/konton.jsonl";
/// The folder of owners' workbooks.
pub const OWNERS: &str = "agare";
/// One line an account.
pub const ACCOUNTS: &str = "data/accounts.jsonl";
/// One line a finding.
pub const FINDINGS: &str = "data/findings.jsonl";
/// Beside a run: what its answers came to, as one hash, so that read again with nothing new nothing is written; then the
/// hash of the workbook.
pub const ANSWERS_DIGEST: &str = "svar.sha256";
/// Beside a run: an auditor's sample of its accounts.
pub const SAMPLE: &str = "stickprov.xlsx";
/// Beside a run: the hash of the sample, so that one drawn again is not written twice; then that of the workbook.
pub const SAMPLE_DIGEST: &str = "stickprov.sha256";
/// What is carried from run to run.
pub const MEMORY: &str = "data/memory.json";
