//! Sammanställning: one page for the nämnd, the overall picture in words, key figures, a table and charts.

use crate::disclosure::{AGES, KEPT, RunFacts, SummaryBook, SystemLine, Trust};
use crate::model::{Language, Message, Text, counted, days, join_words, message, percent, uncapitalised};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::charts::{self, Rows, gravest_first};
use crate::report::page::{Form, LINE_HEIGHT, Page};
use crate::report::paper::{Paper, Print};
use crate::report::style::Styles;
use crate::report::trend;
use rust_xlsxwriter::{Chart, Worksheet, XlsxError};
use std::cmp::Reverse;

pub(super) const SHEET: Sheet<SummaryBook> = Sheet::page(Text::new("Sammanställning", "Overview"), sheet);

const FORM: Form = Form {
    widths: &[25.0, 8.2, 8.2, 9.0, 8.2, 12.5, 9.0, 10.8, 10.8, 27.0],
    paper: Paper::Upright,
    print: Print::Ordinary,
};

/// Which columns the key figures stand over.
const FIGURES: &[(u16, u16)] = &[(0, 0), (1, 2), (3, 4), (5, 6), (7, 8), (9, 9)];

/// How much is told one by one, as far as the page has room for it.
#[derive(Clone, Copy)]
struct Told {
    /// Systems; the others are one line, and all are on the sheet System.
    systems: usize,
    /// The latest runs.
    runs: usize,
}

/// From much to little.
const WAYS: [Told; 8] = [
    Told { systems: 10, runs: 12 },
    Told { systems: 10, runs: 8 },
    Told { systems: 10, runs: 5 },
    Told { systems: 10, runs: 3 },
    Told { systems: 8, runs: 3 },
    Told { systems: 6, runs: 3 },
    Told { systems: 5, runs: 2 },
    Told { systems: 3, runs: 2 },
];

fn sheet(worksheet: &mut Worksheet, part: &SummaryBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let told = Page::fitting((FORM, styles, run.language), &WAYS, |page, told| {
        body(page, part, run, told)?;
        page.leave(1 + LEAST_CHART);
        Ok(())
    })?;
    let mut page = Page::new(worksheet, styles, run.language, FORM)?;
    page.on_one_page();
    let drawn = body(&mut page, part, run, told.unwrap_or(WAYS[0]))?;
    page.leave(1);
    pictures(&mut page, &drawn, run)
}

/// The tables that charts are drawn from.
struct Drawn {
    systems: Rows<'static>,
    runs: Option<Rows<'static>>,
    ages: Option<Rows<'static>>,
}

/// Everything but the charts.
fn body(page: &mut Page<'_>, part: &SummaryBook, run: &RunFacts, told: Told) -> Result<Drawn, XlsxError> {
    let parts = [part.about.as_deref().unwrap_or(""), &run.organisation];
    let about: Vec<&str> = parts.into_iter().filter(|name| !name.is_empty()).collect();
    page.title(&run.title, &about.join(", "))?;
    for sentence in in_words(part, run) {
        page.paragraph(&sentence)?;
    }
    if let Some(reason) = &run.accepted_incomplete {
        let intro = Text::new("Ofullständigt underlag har godtagits", "Incomplete input was accepted");
        page.boxed(intro.get(run.language), &Cell::text(reason))?;
    }
    page.leave(1);
    page.figures(&key_figures(part, run), FIGURES)?;
    let systems = table(page, part, run, told.systems)?;
    protected(page, part, run)?;
    let ages = leavers(page, part, run)?;
    since(page, part, run)?;
    let runs = match part.trend.has_begun() {
        true => Some(trend::table(page, (&part.trend, told.runs), SHEET.name.get(run.language), run)?),
        false => None,
    };
    Ok(Drawn { systems, runs, ages })
}

/// Three sentences: what was tested, who still has access, what was handed over.
fn in_words(part: &SummaryBook, run: &RunFacts) -> Vec<String> {
    let tested = || part.systems.iter().filter(|system| system.tested_day.is_some());
    let reviewed = tested().count();
    let (all, accounts) = (part.systems.len(), tested().map(SystemLine::under_review).sum::<u64>());
    let findings: u64 = part.systems.iter().map(SystemLine::findings).sum();
    let grave: u64 = part.systems.iter().map(|s| s.by_severity[3] + s.by_severity[4]).sum();
    let (_, employed) = part.persons;
    let (as_of, grave) = (run.as_of, run.language.grouped(grave));
    let systems = counted(all, ["system", "system"], ["system", "systems"]).en;
    let were = if reviewed == 1 { "was" } else { "were" };
    let counts = [
        counted(accounts, ["konto", "konton"], ["account", "accounts"]),
        counted(
            employed,
            ["person är anställd", "personer är anställda"],
            ["person is employed", "persons are employed"],
        ),
        counted(findings, ["avvikelse", "avvikelser"], ["deviation", "deviations"]),
        counted(part.leavers.count, ["person", "personer"], ["person", "persons"]),
    ];
    let [accounts, employed, found, leavers] = counts.each_ref().map(|own| own.get(run.language));
    let (median, probably, handed) = (median(part, run), probably_left(part, run), handed(part, run));
    match run.language {
        Language::Sv => vec![
            format!(
                "Per {as_of} prövades {reviewed} av {all} system med {accounts} mot personalregistret, där {employed}."
            ),
            match part.leavers.count {
                0 => nobody_left(part, run) + &probably,
                _ => {
                    format!("{leavers} vars anställning har upphört har kvar minst ett aktivt konto{median}.{probably}")
                }
            },
            format!(
                "{found} har hittats, varav {grave} med graden hög eller kritisk{handed}. En avvikelse är ett \
                 sakförhållande att ta ställning till."
            ),
        ],
        Language::En => vec![
            format!(
                "As of {as_of}, {reviewed} of {systems} with {accounts} {were} tested against payroll, by which {employed}."
            ),
            match part.leavers.count {
                0 => nobody_left(part, run) + &probably,
                1 => {
                    format!("{leavers} whose employment has ended keeps at least one active account{median}.{probably}")
                }
                _ => {
                    format!("{leavers} whose employment has ended keep at least one active account{median}.{probably}")
                }
            },
            format!(
                "{found} found, {grave} of high or critical severity{handed}. A deviation is a fact to be decided on."
            ),
        ],
    }
}

/// How many of the deviations have come to whoever answers for the system: what is said of a system without an export or
/// without a receiver was handed to nobody.
fn handed(part: &SummaryBook, run: &RunFacts) -> String {
    let (received, not): (Vec<&SystemLine>, Vec<&SystemLine>) =
        part.systems.iter().partition(|system| system.handed_over);
    let of = |systems: &[&SystemLine]| systems.iter().map(|system| system.findings()).sum::<u64>();
    let (to_owners, to_nobody) = (run.language.grouped(of(&received)), of(&not));
    match (run.language, to_nobody) {
        (Language::Sv, 0) => "; alla har lämnats till systemägarna".to_owned(),
        (Language::En, 0) => "; all were handed to the system owners".to_owned(),
        (Language::Sv, rest) => {
            format!("; {to_owners} har lämnats till systemägarna och {rest} gäller system utan export eller mottagare")
        }
        (Language::En, rest) => format!(
            "; {to_owners} were handed to the system owners and {rest} are about systems without an export or a receiver"
        ),
    }
}

/// That no leaver has access, as far as that could be seen: of a system that could not be judged nothing is said.
pub(super) fn nobody_left(part: &SummaryBook, run: &RunFacts) -> String {
    let delivered = part.systems.iter().filter(|system| system.tested_day.is_some());
    let (judged, not): (Vec<&SystemLine>, Vec<&SystemLine>) =
        delivered.partition(|system| system.reliability.trust != Trust::NotJudged);
    let unjudged = not.len();
    match (run.language, judged.is_empty(), not.is_empty()) {
        (Language::Sv, true, _) => {
            "Om någon vars anställning har upphört har kvar ett aktivt konto har inte gått att bedöma.".to_owned()
        }
        (Language::En, true, _) => {
            "Whether anyone whose employment has ended keeps an active account could not be judged.".to_owned()
        }
        (Language::Sv, false, true) => {
            "Ingen vars anställning har upphört har kvar ett aktivt konto i de prövade systemen.".to_owned()
        }
        (Language::En, false, true) => {
            "Nobody whose employment has ended keeps an active account in the systems tested.".to_owned()
        }
        (Language::Sv, false, false) => format!(
            "Ingen vars anställning har upphört har kvar ett aktivt konto i de system som gick att bedöma; {unjudged} \
             system gick inte att bedöma."
        ),
        (Language::En, false, false) => format!(
            "Nobody whose employment has ended keeps an active account in the systems that could be judged; \
             {unjudged} could not be."
        ),
    }
}

fn median(part: &SummaryBook, run: &RunFacts) -> String {
    let Some(median) = part.leavers.median else {
        let undated = Text::new("; sedan när framgår inte av personalregistret", "; since when payroll does not tell");
        return undated.get(run.language).to_owned();
    };
    let words = days(median);
    if part.leavers.undated > 0 {
        return match run.language {
            Language::Sv => format!(", hälften av dem vars sista dag är känd {} eller längre efter den", words.sv),
            Language::En => format!(", half of those whose last day is known {} or longer after it", words.en),
        };
    }
    if part.leavers.count == 1 {
        return match run.language {
            Language::Sv => format!(", {} efter sista dagen", words.sv),
            Language::En => format!(", {} after the last day", words.en),
        };
    }
    match run.language {
        Language::Sv => format!(", hälften av dem {} eller längre efter sista dagen", words.sv),
        Language::En => format!(", half of them {} or longer after the last day", words.en),
    }
}

/// The figures that are asked for first.
fn key_figures(part: &SummaryBook, run: &RunFacts) -> Vec<(String, String)> {
    let t = |sv, en| Text::new(sv, en).get(run.language).to_owned();
    let told = |number: u64| run.language.grouped(number);
    let of = |number: fn(&SystemLine) -> u64| told(part.systems.iter().map(number).sum::<u64>());
    let reviewed = part.systems.iter().filter(|system| system.tested_day.is_some()).count();
    vec![
        (format!("{reviewed} / {}", part.systems.len()), t("system prövade av alla", "systems tested of all")),
        (of(SystemLine::under_review), t("konton", "accounts")),
        left(part, run),
        (told(part.without_owner), t("konton utan ägare", "accounts without owner")),
        (of(|own| own.to_answer), t("rader att besvara", "rows to answer")),
        (
            match part.trend.has_begun() {
                true => format!("{} · {}", of(|own| own.answered), of(|own| own.verified)),
                false => "–".to_owned(),
            },
            t("rader besvarade · avvikelser åtgärdade", "rows answered · deviations done"),
        ),
    ]
}

/// Leavers with an active account, and beside them those who have probably left; a dash where nobody could tell.
fn left(part: &SummaryBook, run: &RunFacts) -> (String, String) {
    let t = |sv, en| Text::new(sv, en).get(run.language).to_owned();
    let count = part.leavers_told().map_or_else(|| "–".to_owned(), |count| run.language.grouped(count));
    match part.leavers.likely {
        0 => (count, t("personer som slutat, konto aktivt", "leavers with an active account")),
        likely => (
            format!("{count} + {}", run.language.grouped(likely)),
            t("personer som slutat + troliga, konto aktivt", "leavers + probable ones with an active account"),
        ),
    }
}

/// "Troligen har ytterligare 2 personer slutat: …"
fn probably_left(part: &SummaryBook, run: &RunFacts) -> String {
    match part.leavers.likely {
        0 => String::new(),
        likely => {
            let who = counted(likely, ["person", "personer"], ["person", "persons"]);
            let Message { sv, en } = &who;
            let words = message!(
                " Troligen gäller det {sv} till: ingen som kontot kan tillhöra är anställd.",
                " Probably {en} too: nobody whom the account may belong to is employed."
            );
            words.get(run.language).to_owned()
        }
    }
}

/// The worst first: by their gravest deviations, those that could not be judged before those that are well.
fn in_order(part: &SummaryBook) -> Vec<&SystemLine> {
    let mut systems: Vec<&SystemLine> = part.systems.iter().collect();
    systems.sort_by_key(|own| {
        let [_, low, medium, high, critical] = own.by_severity;
        (Reverse((critical, high)), own.reliability.trust, Reverse((medium, low)))
    });
    systems
}

/// Systems by severity, so many and the others. Gives the rows that stand by themselves.
fn table(page: &mut Page<'_>, part: &SummaryBook, run: &RunFacts, most: usize) -> Result<Rows<'static>, XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Systemen", "The systems"))?;
    let mut heads = vec![t("System", "System")];
    heads.extend(gravest_first().map(|severity| severity.text().get(run.language)));
    heads.extend([t("Summa", "Total"), t("Konton", "Accounts"), t("Funna, %", "Found, %")]);
    heads.push(t("Tillförlitlighet", "Reliability"));
    page.table_head(&heads, 1..9)?;
    let systems = in_order(part);
    let own = if systems.len() > most + 1 { most } else { systems.len() };
    let head = page.row() - 1;
    for system in &systems[..own] {
        page.table_row(&row(system, run))?;
    }
    let last = page.row() - 1;
    if own < systems.len() {
        let name = match run.language {
            Language::Sv => format!("Övriga {} system", systems.len() - own),
            Language::En => format!("The other {} systems", systems.len() - own),
        };
        page.table_row(&sum(&name, &systems[own..], run))?;
    }
    page.table_total(&sum(t("Alla system", "All systems"), &systems, run))?;
    Ok(Rows { sheet: SHEET.name.get(run.language), head, last })
}

/// Leavers with an active account by how long ago they left, in one row, where there are any.
fn leavers(page: &mut Page<'_>, part: &SummaryBook, run: &RunFacts) -> Result<Option<Rows<'static>>, XlsxError> {
    if part.leavers.count == 0 {
        return Ok(None);
    }
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.leave(1);
    let spans: Vec<String> = spans(run);
    let mut heads = vec![t("Dagar sedan sista dagen", "Days since the last day")];
    heads.extend(spans.iter().map(String::as_str));
    let undated = part.leavers.undated;
    heads.extend((undated > 0).then_some(t("okänt", "unknown")));
    page.table_head(&heads, 1..)?;
    let head = page.row() - 1;
    let mut cells = vec![Cell::text(t("Slutat, konto aktivt", "Leavers with access"))];
    cells.extend(part.leavers.by_age.map(Cell::number));
    cells.extend((undated > 0).then(|| Cell::number(undated)));
    page.table_row(&cells)?;
    Ok(Some(Rows { sheet: SHEET.name.get(run.language), head, last: head + 1 }))
}

/// "1–7", "8–30" … "över 365".
fn spans(run: &RunFacts) -> Vec<String> {
    let over = Text::new("över", "over").get(run.language);
    let first = |at: usize| at.checked_sub(1).map_or(1, |before| AGES[before] + 1);
    let span = |(at, last): (usize, &i64)| match *last {
        i64::MAX => format!("{over} {}", first(at) - 1),
        last => format!("{}–{last}", first(at)),
    };
    AGES.iter().enumerate().map(span).collect()
}

fn row<'s>(system: &'s SystemLine, run: &RunFacts) -> Vec<Cell<'s>> {
    let mut cells = vec![Cell::text(&system.name)];
    cells.extend(gravest_first().map(|severity| Cell::number(system.by_severity[severity as usize])));
    cells.push(Cell::number(system.findings()));
    cells.push(system.tested_accounts().map_or(Cell::Blank, Cell::number));
    cells.push(system.match_rate.map_or(Cell::Blank, Cell::number));
    cells.push(Cell::text(reliability(system, run.language)));
    cells
}

/// "Begränsad: exporten är för gammal".
fn reliability(system: &SystemLine, language: Language) -> String {
    let word = system.reliability.trust.text().get(language);
    match system.reliability.why {
        Some(why) => format!("{word}: {}", uncapitalised(why)),
        None => word.to_owned(),
    }
}

/// "5 God, 2 Begränsad".
fn trusts(systems: &[&SystemLine], run: &RunFacts) -> String {
    let counted = [Trust::Good, Trust::Limited, Trust::NotJudged].into_iter().filter_map(|trust| {
        let count = systems.iter().filter(|own| own.reliability.trust == trust).count();
        (count > 0).then(|| format!("{}: {count}", trust.text().get(run.language)))
    });
    counted.collect::<Vec<_>>().join(", ")
}

fn sum<'n>(name: &'n str, systems: &[&SystemLine], run: &RunFacts) -> Vec<Cell<'n>> {
    let of = |number: &dyn Fn(&SystemLine) -> u64| Cell::number(systems.iter().map(|own| number(own)).sum::<u64>());
    let mut cells = vec![Cell::text(name)];
    cells.extend(gravest_first().map(|severity| of(&|own: &SystemLine| own.by_severity[severity as usize])));
    cells.push(of(&SystemLine::findings));
    cells.push(of(&SystemLine::under_review));
    let (found, all) =
        systems.iter().fold((0, 0), |sum, own| (sum.0 + own.reliability.found.0, sum.1 + own.reliability.found.1));
    cells.push(percent(found, all).map_or(Cell::Blank, Cell::number));
    cells.push(Cell::text(trusts(systems, run)));
    cells
}

/// How many accounts stand in no ordinary list.
fn protected(page: &mut Page<'_>, part: &SummaryBook, run: &RunFacts) -> Result<(), XlsxError> {
    let Some(told) = part.protected else { return Ok(()) };
    let accounts = told.accounts();
    page.paragraph(&match run.language {
        Language::Sv => format!("Därutöver {} som hör eller kan höra till skyddade personer.", accounts.sv),
        Language::En => format!("Beside these {} that may belong to protected persons.", accounts.en),
    })
}

/// What moved since last time, in a sentence.
fn since(page: &mut Page<'_>, part: &SummaryBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    if !part.trend.has_begun() {
        return page.paragraph(t(
            "Det här är den första genomgången. Utvecklingen visas från och med den andra.",
            "This is the first review. The development is shown from the second on.",
        ));
    }
    let states = [
        ("new", t("nya", "new")),
        ("open", t("kvar", "still there")),
        ("unanswered", t("utan svar i tid", "not answered in time")),
        (KEPT, t("beslutade att behållas", "decided to be kept")),
        ("decided", t("beslutade men inte genomförda", "decided and not done")),
        ("excepted", t("undantagna", "excepted")),
        ("exception-expired", t("med undantag som gått ut", "whose exception ran out")),
        ("returned", t("tillbaka efter att ha åtgärdats", "back after having been done")),
        ("verified", t("åtgärdade enligt ny export", "done by a new export")),
        ("resolved", t("inte längre avvikande", "no longer deviating")),
        ("untestable", t("gick inte att pröva igen", "could not be tested again")),
    ];
    let told = states.into_iter().filter_map(|(state, words)| {
        let number = part.states.get(state).copied().filter(|number| *number > 0)?;
        Some(format!("{} {words}", run.language.grouped(number)))
    });
    let told: Vec<String> = told.collect();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    let moved = join_words(&told, run.language);
    page.paragraph(&match run.language {
        Language::Sv => format!("Sedan förra genomgången: {moved}.{}", trend::days_to_done(&part.trend, run)),
        Language::En => format!("Since the last review: {moved}.{}", trend::days_to_done(&part.trend, run)),
    })
}

/// Rows that charts take at least and at most, and the pixels of a row and of all columns.
const LEAST_CHART: u32 = 12;
const MOST_CHART: u32 = 24;
const ROW: u32 = 20;
const ALL_COLUMNS: u32 = 948;

/// The charts beside each other, as high as the page has room for: systems, from the second run on the development, and how
/// long leavers keep their access.
fn pictures(page: &mut Page<'_>, drawn: &Drawn, run: &RunFacts) -> Result<(), XlsxError> {
    let of_systems = (drawn.systems.last > drawn.systems.head).then(|| charts::by_severity(drawn.systems, run));
    let of_runs = drawn.runs.map(|rows| charts::over_runs(rows, run));
    let of_ages = drawn.ages.map(|rows| charts::leavers(rows, run));
    let all: Vec<Chart> = [of_systems, of_runs, of_ages].into_iter().flatten().collect();
    let room = (page.points_of_a_page() - page.points()) / LINE_HEIGHT;
    let rows = (LEAST_CHART..=MOST_CHART).take_while(|rows| f64::from(*rows) <= room).last().unwrap_or(LEAST_CHART);
    // The first names systems, and takes two parts of five beside two others.
    let parts: &[u32] = if all.len() > 2 { &[8, 6, 6] } else { &[10, 10] };
    let mut left = 0;
    for (mut chart, part) in all.into_iter().zip(parts) {
        let wide = ALL_COLUMNS * part / 20;
        chart.set_width(wide - 10).set_height(rows * ROW);
        let row = page.row();
        page.worksheet().insert_chart_with_offset(row, 0, &chart, left, 0)?;
        left += wide;
    }
    Ok(())
}
