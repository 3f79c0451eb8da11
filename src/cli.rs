//! The command line: what can be typed, and what it means.
//!
//! A text of help is written in English with its Swedish below, behind `sv:`; [`help`] shows the one that is read.

mod examples;
pub mod help;
mod log_file;
pub mod manual;
pub mod refusal;
mod value;

pub use log_file::start_log;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use samkor::demo::{Population, Size};
use samkor::{Draw, Language, Message, Overrides, Role, Severity, Via};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use value::AsOf;

/// Cross-matches account exports with the payroll register and writes Excel deviation reports.
/// sv: Samkör systemens konton med personalregistret och skriver avvikelselistor i Excel.
#[derive(Parser)]
#[command(name = "samkor", version, disable_help_subcommand = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Print errors only
    /// sv: Skriv bara ut fel
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Log more (-v steps, -vv details); never personal data
    /// sv: Logga mer (-v steg, -vv detaljer); aldrig personuppgifter
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Language of help and texts [default: sv]
    /// sv: Språk i hjälp och texter [annars: sv]
    #[arg(long, global = true, value_name = "sv|en", value_parser = value::language)]
    pub language: Option<Language>,
}

/// The commands.
#[derive(Subcommand)]
pub enum Command {
    /// Look at a folder of exports and write a first configuration there
    /// sv: Gå igenom en mapp med exporter och skriv en första konfiguration där
    #[command(visible_alias = "borja")]
    Init(InitArguments),
    /// The whole job: read, match, review, publish a run folder
    /// sv: Hela jobbet: läs, sök innehavare, granska och publicera en körning
    #[command(visible_alias = "kor")]
    Run(RunArguments),
    /// Read and validate configuration and inputs, and tell what a run would trip over
    /// sv: Läs konfiguration och indata och säg vad en körning skulle snubbla på; inget skrivs
    #[command(visible_alias = "kontrollera")]
    Check(RunArguments),
    /// Read returned workbooks between runs: who has answered what, and whom to remind
    /// sv: Läs återlämnade arbetsböcker mellan körningar: vem som svarat på vad och vem som ska påminnas
    #[command(visible_alias = "las-svar")]
    Answers(AnswersArguments),
    /// Try a run folder against its manifest: every file, every input, the arithmetic, the chain of runs
    /// sv: Pröva en körning mot sitt manifest: filer, indata, räkning och kedjan av körningar
    #[command(visible_alias = "verifiera")]
    Verify(VerifyArguments),
    /// Explain one account of a run: the decision bit by bit, whom else it could be, the rules that fired
    /// sv: Förklara ett konto i en körning: beslutet bit för bit, vem det annars kunde vara, reglerna som slog till
    #[command(visible_alias = "forklara")]
    Explain(ExplainArguments),
    /// Hand a run out: a copy of each workbook in its recipient's folder, or a draft message to each
    /// sv: Dela ut en körning: en kopia av varje arbetsbok i mottagarens mapp, eller ett utkast till brev åt var och en
    #[command(visible_alias = "skicka-ut")]
    Deliver(DeliverArguments),
    /// Show how files are read: format, header, columns, counts, a masked sample
    /// sv: Visa hur filer läses: format, rubriker, kolumner, antal och ett maskerat urval
    #[command(visible_alias = "visa-fil")]
    Inspect(InspectArguments),
    /// Show every field of the configuration: names, meaning, headers that are recognised
    /// sv: Visa konfigurationens fält: namn, betydelse och rubriker som känns igen
    #[command(visible_alias = "falt")]
    Fields(FieldsArguments),
    /// Print a JSON Schema of the configuration, by which editors complete its keys
    /// sv: Skriv ut ett JSON Schema över konfigurationen, så att redigerare kan föreslå inställningar
    Schema,
    /// Print completions for a shell
    /// sv: Skriv ut kompletteringar för ett skal
    Completions(CompletionsArguments),
    /// Print the manual page of the program, or of a command
    /// sv: Skriv ut manualsidan för programmet, eller för ett kommando
    Man(ManArguments),
    /// Show the rule catalogue, or one rule: what, why, what to do, clauses
    /// sv: Visa regelkatalogen, eller en regel: vad, varför, vad som ska göras, bestämmelser
    #[command(visible_alias = "regler")]
    Rules(RulesArguments),
    /// Write a made-up municipality with right answers, or measure a run against them
    /// sv: Skriv en påhittad kommun med facit, eller mät en körning mot facit
    Demo(DemoArguments),
}

impl Command {
    /// The language that is asked for.
    pub fn language(&self) -> Language {
        let asked = match self {
            Self::Run(own) | Self::Check(own) => own.language,
            Self::Answers(own) => own.language,
            Self::Verify(own) => own.language,
            Self::Inspect(own) => own.language,
            Self::Rules(own) => own.language,
            Self::Deliver(own) => own.language,
            Self::Init(own) => own.language,
            Self::Explain(own) => own.language,
            Self::Fields(own) => own.language,
            Self::Demo(_) | Self::Completions(_) | Self::Man(_) | Self::Schema => None,
        };
        asked.unwrap_or_default()
    }
}

/// `samkor init`.
#[derive(Args)]
pub struct InitArguments {
    /// The folder with payroll, exports and lists; samkor.toml is written there, and never over one that is there
    /// sv: Mappen med personalregister, exporter och listor; samkor.toml skrivs där, aldrig över en som finns
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Write the list of systems too, as a workbook to fill in: owners, committees, classes
    /// sv: Skriv också systemförteckningen, som en arbetsbok att fylla i: ägare, nämnder, klasser
    #[arg(long)]
    pub inventory: bool,
    /// Language of what is told and of the list of systems; the configuration's comments are in Swedish
    /// sv: Språk i det som sägs och i systemförteckningen; konfigurationens kommentarer är på svenska
    #[arg(long, value_name = "sv|en", value_parser = value::language)]
    pub language: Option<Language>,
}

/// `samkor run`.
#[derive(Args)]
pub struct RunArguments {
    /// The configuration; paths in it are relative to its folder
    /// sv: Konfigurationen; sökvägar i den räknas från dess mapp
    #[arg(default_value = "samkor.toml")]
    pub config: PathBuf,
    /// Reference date, 2026-11-30, or "last-month-end" (förra-månadsskiftet): the last day of the month before today's
    /// sv: Referensdatum, 2026-11-30, eller "förra-månadsskiftet" (last-month-end): sista dagen i månaden före dagens
    #[arg(long, value_name = "DATE", value_parser = value::as_of)]
    pub as_of: Option<AsOf>,
    /// Folder to publish the run in
    /// sv: Mapp att publicera körningen i
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Language of everything a recipient reads
    /// sv: Språk i allt som en mottagare läser
    #[arg(long, value_name = "sv|en", value_parser = value::language)]
    pub language: Option<Language>,
    /// Threads to use [default: all]
    /// sv: Antal trådar [annars: alla]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = value::number::<1, 1024>)]
    threads: Option<u32>,
    /// Exit with 1 if a finding is this severe or more: info, low, medium, high, critical
    /// sv: Avsluta med 1 om en avvikelse är så här allvarlig eller mer: info, low, medium, high, critical
    #[arg(long, value_name = "SEVERITY", value_parser = value::severity)]
    pub fail_on: Option<Severity>,
    /// Go on with incomplete inputs; the reason is printed in every workbook
    /// sv: Fortsätt med ofullständiga indata; skälet står i varje arbetsbok
    #[arg(long, value_name = "REASON", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub accept_incomplete: Option<String>,
    /// Write the log to a file
    /// sv: Skriv loggen till en fil
    #[arg(long, value_name = "FILE")]
    pub log_file: Option<PathBuf>,
}

impl RunArguments {
    /// What the command line changes in the configuration.
    pub fn overrides(&self, today: NaiveDate) -> Overrides {
        Overrides {
            as_of: self.as_of.map(|as_of| as_of.date(today)),
            output: self.output.clone(),
            language: self.language,
        }
    }

    /// The same for the manifest: what changes the result, not where it is put or how fast.
    pub fn recorded(&self, today: NaiveDate) -> BTreeMap<String, String> {
        let as_of = self.as_of.map(|as_of| as_of.date(today).to_string());
        let language = self.language.map(|language| language.code().to_owned());
        let named = [("as-of", as_of), ("language", language), ("accept-incomplete", self.accept_incomplete.clone())];
        named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }

    /// Threads to use.
    pub fn threads(&self) -> Option<usize> {
        self.threads.and_then(|threads| usize::try_from(threads).ok())
    }
}

/// `samkor answers`.
#[derive(Args)]
pub struct AnswersArguments {
    /// The run folder that was answered
    /// sv: Mappen med körningen som besvarats
    pub run: PathBuf,
    /// The configuration, whose [followup] names the folder with returned workbooks
    /// sv: Konfigurationen, där [followup] anger mappen med återlämnade arbetsböcker
    #[arg(long, value_name = "FILE", default_value = "samkor.toml")]
    pub config: PathBuf,
    /// Language of what is told
    /// sv: Språk i det som sägs
    #[arg(long, value_name = "sv|en", value_parser = value::language)]
    pub language: Option<Language>,
}

/// `samkor verify`.
#[derive(Args)]
pub struct VerifyArguments {
    /// The run folder
    /// sv: Mappen med körningen
    pub run: PathBuf,
    /// The configuration, where it is not where it was [default: in a folder around the run]
    /// sv: Konfigurationen, om den har flyttats [annars: i en mapp kring körningen]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Make the run again from the same inputs and compare every file, byte for byte
    /// sv: Gör om körningen från samma indata och jämför varje fil, byte för byte
    #[arg(long)]
    pub reperform: bool,
    /// Put a random sample of so many accounts beside the run, with everything about them; protected persons left out
    /// sv: Lägg ett slumpmässigt urval av så många konton bredvid körningen, med allt om dem; utan skyddade personer
    #[arg(long, value_name = "N", requires = "seed", allow_negative_numbers = true, value_parser = value::number::<1, 10_000>)]
    sample: Option<u32>,
    /// The same seed draws the same accounts
    /// sv: Samma frö drar samma konton
    #[arg(long, value_name = "S", requires = "sample")]
    seed: Option<u64>,
    /// Language of what is told
    /// sv: Språk i det som sägs
    #[arg(long, value_name = "sv|en", value_parser = value::language)]
    pub language: Option<Language>,
}

impl VerifyArguments {
    /// The sample that is asked for.
    pub fn sample(&self) -> Option<Draw> {
        let size = usize::try_from(self.sample?).ok()?;
        Some(Draw { size, seed: self.seed? })
    }
}

/// `samkor deliver`.
#[derive(Args)]
pub struct DeliverArguments {
    /// The run folder
    /// sv: Mappen med körningen
    pub run: PathBuf,
    /// How: "folder", a folder a recipient; "eml", a draft message a recipient with the workbooks attached
    /// sv: Hur: "folder", en mapp åt varje mottagare; "eml", ett brevutkast åt varje mottagare med arbetsböckerna bifogade
    #[arg(long, value_name = "WAY", value_enum, default_value = "folder")]
    via: Way,
    /// Folder to write in [default: RUN+utskick, beside the run]
    /// sv: Mapp att skriva i [annars: KÖRNING+utskick, bredvid körningen]
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
    /// Language of errors; what is delivered is in the language of the run
    /// sv: Språk i felmeddelanden; det som delas ut är på körningens språk
    #[arg(long, value_name = "sv|en", value_parser = value::language)]
    pub language: Option<Language>,
}

/// A way to deliver, as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Way {
    Folder,
    Eml,
}

impl DeliverArguments {
    /// How workbooks reach their recipients.
    pub fn via(&self) -> Via {
        match self.via {
            Way::Folder => Via::Folder,
            Way::Eml => Via::Eml,
        }
    }
}

/// `samkor inspect`.
#[derive(Args)]
pub struct InspectArguments {
    /// Files to look at
    /// sv: Filer att se på
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What the files are [default: what they are recognised as]
    /// sv: Vad filerna är [annars: vad de känns igen som]
    #[arg(long = "as", value_name = "payroll|system|register|inventory", value_parser = value::role, conflicts_with = "csv")]
    pub role: Option<Role>,
    /// Write the whole table as UTF-8 CSV on standard output instead, unmasked
    /// sv: Skriv i stället hela tabellen som CSV i UTF-8, omaskerad
    #[arg(long)]
    pub csv: bool,
    /// With --csv: the sheet to write [default: the one whose header is known best]
    /// sv: Med --csv: bladet som skrivs [annars: det vars rubriker känns igen bäst]
    #[arg(long, value_name = "NAME", requires = "csv")]
    pub sheet: Option<String>,
    /// With --csv: write every visible sheet that holds a table, each into a file of its own in this folder
    /// sv: Med --csv: skriv varje synligt blad med en tabell till en egen fil i mappen
    #[arg(long, value_name = "DIR", requires = "csv", conflicts_with = "sheet")]
    pub to: Option<PathBuf>,
    /// Language of the answer
    /// sv: Språk i svaret
    #[arg(long, value_name = "sv|en", value_parser = value::language)]
    pub language: Option<Language>,
}

/// `samkor rules`.
#[derive(Args)]
pub struct RulesArguments {
    /// One rule by its id, such as leaver-active
    /// sv: En regel, genom sitt id, till exempel leaver-active
    pub rule: Option<String>,
    /// Language [default: sv]
    /// sv: Språk [annars: sv]
    #[arg(long, value_name = "sv|en", value_parser = value::language)]
    pub language: Option<Language>,
}

/// `samkor explain`.
#[derive(Args)]
pub struct ExplainArguments {
    /// The run folder
    /// sv: Mappen med körningen
    pub run: PathBuf,
    /// Id of the system
    /// sv: Systemets id
    pub system: String,
    /// Name of the account
    /// sv: Kontots namn
    pub account: String,
    /// Language [default: sv]
    /// sv: Språk [annars: sv]
    #[arg(long, value_name = "sv|en", value_parser = value::language)]
    pub language: Option<Language>,
}

/// `samkor fields`.
#[derive(Args)]
pub struct FieldsArguments {
    /// One field by its English or Swedish name, with every header it is known by
    /// sv: Ett fält, genom sitt svenska eller engelska namn, med alla rubriker det känns igen på
    pub field: Option<String>,
    /// Language [default: sv]
    /// sv: Språk [annars: sv]
    #[arg(long, value_name = "sv|en", value_parser = value::language)]
    pub language: Option<Language>,
}

/// `samkor completions`.
#[derive(Args)]
pub struct CompletionsArguments {
    /// The shell
    /// sv: Skalet
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// `samkor man`.
#[derive(Args)]
pub struct ManArguments {
    /// The command; the whole program where none is named
    /// sv: Kommandot; hela programmet om inget anges
    #[arg(value_parser = examples::commands(), hide_possible_values = true)]
    pub command: Option<String>,
}

/// `samkor demo`.
#[derive(Args)]
pub struct DemoArguments {
    /// Folder to write to; it must not exist or be empty. With --answer the folder of answers
    /// sv: Mapp att skriva i; den får inte finnas, eller ska vara tom. Med --answer mappen för svar
    #[arg(required_unless_present = "score")]
    pub folder: Option<PathBuf>,
    /// Fill in the lists of a run as its owners would, into DIR
    /// sv: Fyll i en körnings listor som ägarna skulle göra, i MAPP
    #[arg(long, value_name = "RUN", conflicts_with_all = ["score", "kind", "employees", "accounts", "seed", "months"])]
    pub answer: Option<PathBuf>,
    /// Measure a run folder against the right answers
    /// sv: Mät en körning mot facit
    #[arg(long, value_name = "RUN", conflicts_with_all = ["folder", "kind", "employees", "accounts", "seed", "months"])]
    pub score: Option<PathBuf>,
    /// What is particular about the municipality
    /// sv: Vad som är särskilt med kommunen
    #[arg(long, default_value = Population::default().code(), value_parser = value::populations(Language::Sv))]
    kind: Population,
    /// People in payroll [default: 400; of the small kind 250]
    /// sv: Personer i personalregistret [annars: 400; i den lilla 250]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = value::number::<20, 200_000>)]
    employees: Option<u32>,
    /// Accounts in all systems together [default: about what so many people have]
    /// sv: Konton i alla system tillsammans [annars: ungefär så många som personerna har]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = value::number::<20, 2_000_000>)]
    accounts: Option<u32>,
    /// Another seed gives another municipality
    /// sv: Ett annat frö ger en annan kommun
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Months that follow the first, each in a folder of its own, with what owners answer
    /// sv: Månader efter den första, var och en i sin mapp, med det som ägarna svarar
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true, value_parser = value::number::<0, 24>)]
    pub months: u32,
}

/// A file to look at that is not there.
pub fn no_such_file(file: &Path) -> samkor::Error {
    let says = Message { sv: "filen finns inte".to_owned(), en: "the file does not exist".to_owned() };
    let error =
        samkor::Error::new(samkor::ErrorKind::Unreadable, samkor::Place::file(file.display().to_string()), says);
    // Windows' shell hands * on as it is written.
    if file.to_string_lossy().contains(['*', '?']) {
        return error.way_out(Message {
            sv: "* och ? fylls inte i här. Ange filernas namn, eller gå igenom hela mappen: samkor init MAPP"
                .to_owned(),
            en:
                "* and ? are not filled in here. Give the names of the files, or go through the folder: samkor init DIR"
                    .to_owned(),
        });
    }
    error
}

impl DemoArguments {
    /// How large and which.
    pub fn size(&self) -> Size {
        Size {
            population: self.kind,
            employees: self.employees.unwrap_or(self.kind.employees()),
            accounts: self.accounts,
            seed: self.seed,
        }
    }
}
