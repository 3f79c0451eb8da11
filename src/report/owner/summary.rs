//! Sammanfattning: what an owner needs to know in a minute, and what to do, on one page.

use super::basis::compared;
use crate::answer_form::SIGN_OFF;
use crate::disclosure::{AccountRow, OwnerBook, PartOf, PartShown, ReasonShown, RunFacts, Shown, Trust};
use crate::model::{Language, Message, Severity, Text, capitalised, counted, percent, uncapitalised};
use crate::report::book::Sheet;
use crate::report::cell::Cell;
use crate::report::charts::gravest_first;
use crate::report::page::{FIRST_PAGE, Page};
use crate::report::style::Styles;
use crate::report::trend;
use crate::review::Tells;
use crate::runfolder::{Attest, ListScope};
use rust_xlsxwriter::{Worksheet, XlsxError};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const SHEET: Sheet<OwnerBook> = Sheet::page(Text::new("Sammanfattning", "Summary"), sheet);

/// Sentences and causes told here; the others stand on the sheets behind.
const MOST_TOLD: usize = 5;

/// Reasons and earlier runs told here, as many as the page has room for.
const TOLD: [usize; 8] = [12, 9, 7, 5, 4, 3, 2, 1];

fn sheet(worksheet: &mut Worksheet, part: &OwnerBook, styles: &Styles, run: &RunFacts) -> Result<(), XlsxError> {
    let mut page = Page::new(worksheet, styles, run.language, FIRST_PAGE)?;
    page.on_one_page();
    let form = (FIRST_PAGE, styles, run.language);
    let most = Page::fitting(form, &TOLD, |page, most| body(page, part, run, most))?;
    body(&mut page, part, run, most.unwrap_or(MOST_TOLD))
}

fn body(page: &mut Page<'_>, part: &OwnerBook, run: &RunFacts, most: usize) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.title(&part.title(), &subtitle(run))?;
    page.boxed(t("Svara senast", "Answer by"), &Cell::Date(run.answer_by))?;
    let whoever = t("den som sände listan", "whoever sent the list");
    page.boxed(t("Lämnas till", "Return to"), &Cell::text(run.control_owner.as_deref().unwrap_or(whoever)))?;
    foremost(page, part, run)?;
    how_to(page, part, run)?;
    numbers(page, part, run)?;
    reasons(page, part, run, most)?;
    development(page, part, run, most)?;
    untested(page, part, run, most)?;
    system(page, part, run)?;
    sign_off(page, run)
}

pub fn subtitle(run: &RunFacts) -> String {
    let as_of = Text::new("per", "as of").get(run.language);
    let title = if run.title.contains(&run.as_of.to_string()) {
        run.title.to_string()
    } else {
        format!("{} {as_of} {}", run.title, run.as_of)
    };
    if run.organisation.is_empty() { title } else { format!("{} – {title}", run.organisation) }
}

/// The most important in a few sentences, the gravest first.
fn foremost(page: &mut Page<'_>, part: &OwnerBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Det viktigaste", "What matters most"))?;
    let sentences = sentences(part, run);
    for sentence in sentences.iter().take(MOST_TOLD) {
        page.paragraph(&format!("•  {sentence}"))?;
    }
    if sentences.is_empty() {
        page.paragraph(match part.reliability.trust {
            Trust::NotJudged => t(
                "Systemet har inte kunnat bedömas. Att listan saknar avvikelser betyder inte att allt är i ordning.",
                "The system could not be judged. That the list has no deviations does not mean that all is in order.",
            ),
            Trust::Limited | Trust::Good => t("Inga avvikelser att svara på.", "No deviations to answer."),
        })?;
    }
    page.fact(t("Tillförlitlighet", "Reliability"), &Cell::text(reliability(part, run)))?;
    match part.system.tested_day {
        Some(_) => page.fact(t("Jämfört", "Compared"), &Cell::text(compared(part, run))),
        None => Ok(()),
    }
}

/// A reason with the accounts that it stands on.
struct Reason<'a> {
    title: &'static str,
    gravest: Severity,
    rows: Vec<&'a AccountRow>,
}

/// The reasons that the list tells, each account once, the gravest and then the commonest first.
fn by_reason<'a>(rows: &[&'a AccountRow], run: &RunFacts, counts: fn(&ReasonShown) -> bool) -> Vec<Reason<'a>> {
    let mut reasons: BTreeMap<&'static str, Reason<'a>> = BTreeMap::new();
    for row in rows.iter().copied() {
        for reason in row.telling_reasons_from(run.asks.list_from).filter(|own| counts(own)) {
            let new = Reason { title: reason.title, gravest: reason.severity, rows: Vec::new() };
            let own = reasons.entry(reason.title).or_insert(new);
            own.gravest = reason.severity.max(own.gravest);
            if own.rows.last().is_none_or(|last| !std::ptr::eq(*last, row)) {
                own.rows.push(row);
            }
        }
    }
    let mut reasons: Vec<Reason<'a>> = reasons.into_values().collect();
    reasons.sort_by_key(|own| (Reverse((own.gravest, own.rows.len())), own.title));
    reasons
}

/// What deviates, one sentence a reason; leavers are told with whether they have signed in since. Where not all stand on
/// the list again, it is said how many do.
fn sentences(part: &OwnerBook, run: &RunFacts) -> Vec<String> {
    let rows = part.deviating(run);
    let told = by_reason(&rows, run, |reason| !reason.rule.tells.is_after_end());
    let others = told.into_iter().map(|Reason { title, rows, .. }| {
        let number = counted(rows.len(), ["konto", "konton"], ["account", "accounts"]);
        let listed = rows.iter().filter(|row| row.is_listed(run)).count();
        format!("{}: {}.{}", number.get(run.language), uncapitalised(title), on_list(listed, rows.len(), run))
    });
    leavers(&rows, run).into_iter().chain(others).collect()
}

/// How many of those that a sentence counts stand on the list, where not all do.
fn on_list(listed: usize, all: usize, run: &RunFacts) -> String {
    match (listed == all, run.language) {
        (true, _) => String::new(),
        (false, Language::Sv) => format!(" På listan: {listed}."),
        (false, Language::En) => format!(" On the list: {listed}."),
    }
}

/// Leavers who keep an active account, and accounts that may have been used after the end, among some rows.
fn after_end(rows: &[&AccountRow]) -> (usize, usize) {
    let has = |row: &AccountRow, tells: Tells| row.reasons.iter().any(|own| own.rule.tells == tells);
    let open = rows.iter().filter(|row| has(row, Tells::OpenAfterEnd));
    let persons = open.filter_map(|row| row.person).collect::<BTreeSet<_>>().len();
    (persons, rows.iter().filter(|row| has(row, Tells::AfterEnd)).count())
}

/// "3 personer som slutat har aktiva konton; 1 konto har använts efter sista dagen."
fn leavers(rows: &[&AccountRow], run: &RunFacts) -> Option<String> {
    let (persons, used) = after_end(rows);
    let listed: Vec<&AccountRow> = rows.iter().copied().filter(|row| row.is_listed(run)).collect();
    let (persons_listed, used_listed) = after_end(&listed);
    let (sv, en) = counted(persons, ["person", "personer"], ["person", "persons"]).both();
    let (konton, accounts) = counted(used, ["konto", "konton"], ["account", "accounts"]).both();
    let sentence = match (persons, used) {
        (0, 0) => return None,
        (0, _) => Message {
            sv: format!("{konton} kan ha använts efter innehavarens sista dag."),
            en: format!("{accounts} may have been used after the holder's last day."),
        },
        (_, 0) => Message {
            sv: format!("{sv} som slutat har kvar ett aktivt konto."),
            en: format!("{en} who left keep an active account."),
        },
        _ => Message {
            sv: format!("{sv} som slutat har kvar ett aktivt konto; {konton} kan ha använts efter sista dagen."),
            en: format!("{en} who left keep an active account; {accounts} may have been used after the last day."),
        },
    };
    let on_list = match persons {
        0 => on_list(used_listed, used, run),
        _ => on_list(persons_listed, persons, run),
    };
    Some(format!("{}{on_list}", sentence.get(run.language)))
}

/// "God. Innehavare funnen för 119 av 128 konton (93 %)."
fn reliability(part: &OwnerBook, run: &RunFacts) -> String {
    let own = &part.reliability;
    let word = own.trust.text().get(run.language);
    let whys: Vec<String> = own.why.into_iter().chain(own.also).map(uncapitalised).collect();
    let word = if whys.is_empty() { word.to_owned() } else { format!("{word}: {}", whys.join("; ")) };
    let (found, all) = own.found;
    let percent = percent(found, all).unwrap_or(0);
    let of = counted(all, ["konto", "konton"], ["account", "accounts"]);
    // A part of a list is as good as the whole that it is cut from.
    let whole = match part.part {
        Some(_) => Text::new(" i hela systemet", " in the whole system").get(run.language),
        None => "",
    };
    match (all, run.language) {
        (0, _) => format!("{word}."),
        (_, Language::Sv) => {
            format!("{word}. Innehavare funnen för {found} av {} som kan vara någons{whole} ({percent} %).", of.sv)
        }
        (_, Language::En) => {
            format!("{word}. Holder found for {found} of {} that can be somebody's{whole} ({percent} %).", of.en)
        }
    }
}

fn how_to(page: &mut Page<'_>, part: &OwnerBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Så gör du", "What to do"))?;
    if part.deviations(run).is_empty() {
        page.paragraph(nothing_to_answer(part).get(run.language))?;
        to_confirm(page, part, run)
    } else {
        page.paragraph(t(
            "1.  Öppna bladet Avvikelser. Välj ett beslut för varje rad och skriv en motivering där det behövs.",
            "1.  Open the sheet Deviations. Choose a decision for each row and give a reason where needed.",
        ))?;
        page.paragraph(t(
            "2.  Se till att besluten genomförs i systemet. Skriv vem som utfört dem och när.",
            "2.  See that the decisions are carried out in the system. Write who did so and when.",
        ))?;
        page.paragraph(t(
            "3.  Skriv under längst ner på det här bladet, spara filen och lämna tillbaka den.",
            "3.  Sign at the end of this sheet, save the file and return it.",
        ))?;
        to_confirm(page, part, run)?;
        page.small(t(
            "En tom rad räknas inte som ett godkännande. Sortera och filtrera gärna, men ändra inte de vita kolumnerna.",
            "A blank row does not count as approval. Sort and filter as you like, but do not change the white columns.",
        ))
    }
}

/// What is asked of whoever has no row to answer. Nobody is to sign that a system is in order which could not be judged.
fn nothing_to_answer(part: &OwnerBook) -> Text {
    match part.reliability.trust {
        Trust::NotJudged => Text::new(
            "Det finns inga rader att svara på, eftersom systemet inte har kunnat bedömas. Läs under Tillförlitlighet \
             varför, och kontrollera att uppgifterna om systemet stämmer. Din underskrift visar att du har fått \
             listan, inte att behörigheterna är granskade.",
            "There are no rows to answer, since the system could not be judged. Read under Reliability why, and check \
             that what is said of the system is right. Your signature shows that you got the list, not that the \
             access was reviewed.",
        ),
        Trust::Limited | Trust::Good => Text::new(
            "Inga avvikelser att svara på. Läs igenom bladet, kontrollera att uppgifterna om systemet stämmer och \
             skriv under längst ner.",
            "No deviations to answer. Read this sheet, check that what is said of the system is right, and sign \
             below.",
        ),
    }
}

/// Which other rows need an answer, as configured.
fn to_confirm(page: &mut Page<'_>, part: &OwnerBook, run: &RunFacts) -> Result<(), XlsxError> {
    let privileged = !part.privileged().is_empty();
    let text = match run.asks.attest {
        Attest::All => Text::new(
            "Ta också ställning till varje konto på bladet Konton.",
            "Decide also on each account on the sheet Accounts.",
        ),
        Attest::Privileged if privileged => Text::new(
            "Ta också ställning till varje konto på bladet Höga behörigheter.",
            "Decide also on each account on the sheet High privileges.",
        ),
        Attest::Privileged | Attest::Nothing => return Ok(()),
    };
    page.paragraph(text.get(run.language))
}

/// Accounts, rows to answer by severity, and what was before.
fn numbers(page: &mut Page<'_>, part: &OwnerBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("I siffror", "In numbers"))?;
    let listed = part.deviations(run);
    let mut heads = vec![t("Konton att besvara, efter grad", "Accounts to answer, by severity")];
    let graver = || gravest_first().filter(|severity| *severity >= run.asks.list_from);
    heads.extend(graver().map(|severity| severity.text().get(run.language)));
    heads.push(t("Summa", "Total"));
    page.table_head(&heads, 1..)?;
    let row = |label, rows: &[&AccountRow]| {
        let of = |severity| rows.iter().filter(|row| row.severity() == Some(severity)).count() as u64;
        let mut cells = vec![Cell::text(label)];
        cells.extend(graver().map(|severity| Cell::number(of(severity))));
        cells.push(Cell::number(rows.len() as u64));
        cells
    };
    page.table_row(&row(t("På bladet Avvikelser", "On the sheet Deviations"), &listed))?;
    let only = |label, rows: usize| {
        let mut cells = vec![Cell::text(label)];
        cells.extend(graver().map(|_| Cell::Blank));
        cells.push(Cell::number(rows));
        cells
    };
    let (attested, of_others) = (part.attested(run), part.asked_of_others(run));
    if attested > 0 {
        page.table_row(&only(t("Andra att bekräfta", "Others to confirm"), attested))?;
    }
    if !of_others.is_empty() {
        page.table_row(&only(t("Skickade vidare till andra", "Passed on to others"), of_others.len()))?;
    }
    if attested + of_others.len() > 0 {
        let all = listed.len() + attested + of_others.len();
        page.table_row(&only(t("Rader att besvara i allt", "Rows to answer in all"), all))?;
    }
    if run.asks.scope == ListScope::Changes {
        let all = t("Alla, även beslutade och undantagna", "All, decided and excepted ones too");
        page.table_row(&row(all, &part.deviating(run)))?;
    }
    page.small(&below(part, run))
}

/// What became of what was asked before, from the second run on.
fn development(page: &mut Page<'_>, part: &OwnerBook, run: &RunFacts, most: usize) -> Result<(), XlsxError> {
    if !part.trend.has_begun() {
        return Ok(());
    }
    trend::table(page, (&part.trend, most), SHEET.name.get(run.language), run)?;
    let words = trend::days_to_done(&part.trend, run);
    if words.is_empty() { Ok(()) } else { page.small(words.trim()) }
}

/// Of how many accounts they are, and what stands elsewhere.
fn below(part: &OwnerBook, run: &RunFacts) -> String {
    let all = part.accounts.iter().filter(|row| row.under_review).count();
    let left_out = part.accounts.len() - all;
    let beside = match (run.language, left_out) {
        (_, 0) => String::new(),
        (Language::Sv, _) => format!(", och {left_out} som är lämnade utanför"),
        (Language::En, _) => format!(", and {left_out} that are left out"),
    };
    let (konton, accounts) = counted(all, ["konto", "konton"], ["account", "accounts"]).both();
    let below = run.asks.list_from.text().get(run.language).to_lowercase();
    let left_off = match run.asks.scope {
        ListScope::Full => "",
        ListScope::Changes => Text::new(
            " Det som redan är beslutat eller undantaget står inte där igen, om det inte är kritiskt.",
            " What is decided or excepted already does not stand there again, unless it is critical.",
        )
        .get(run.language),
    };
    match run.language {
        Language::Sv => {
            format!("Av {konton}{beside}. Avvikelser under graden {below} visas bara på bladet Konton.{left_off}")
        }
        Language::En => {
            format!(
                "Of {accounts}{beside}. Deviations below the severity {below} are shown on the sheet Accounts only.{left_off}"
            )
        }
    }
}

/// Reasons as the list tells them, with how many accounts and the gravest severity of each, and how many of them are listed where not all are.
fn reasons(page: &mut Page<'_>, part: &OwnerBook, run: &RunFacts, most: usize) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    let told = by_reason(&part.deviating(run), run, |_| true);
    if told.is_empty() {
        return Ok(());
    }
    let of_changes = run.asks.scope == ListScope::Changes;
    let mut heads = vec![t("Orsak", "Reason"), t("Högsta grad", "Gravest"), t("Konton", "Accounts")];
    heads.extend(of_changes.then(|| t("På listan", "On the list")));
    page.table_head(&heads, 2..)?;
    let more = told.len() > most;
    for Reason { title, gravest, rows } in told.into_iter().take(most) {
        let listed = rows.iter().filter(|row| row.is_listed(run)).count() as u64;
        let mut cells = vec![Cell::text(title), Cell::Severity(gravest), Cell::number(rows.len() as u64)];
        cells.extend(of_changes.then(|| Cell::number(listed)));
        page.table_row(&cells)?;
    }
    if more {
        page.small(t("Fler orsaker står på bladet Avvikelser.", "More reasons stand on the sheet Deviations."))
    } else {
        Ok(())
    }
}

/// The system as the list of systems has it, in a line, and which part of it this is.
fn system(page: &mut Page<'_>, part: &OwnerBook, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Systemet", "The system"))?;
    if let Some(own) = &part.part {
        page.fact(t("Urval", "Selection"), &Cell::text(selection(own).get(run.language)))?;
    }
    let system = &part.system;
    let named = [
        (t("systemägare", "owner"), &system.owner),
        (t("systemförvaltare", "administrator"), &system.administrator),
        (t("nämnd", "committee"), &system.committee),
        (t("informationsklass", "information class"), &system.classification),
    ];
    let named = named.into_iter().filter_map(|(name, value)| Some(format!("{name} {}", value.as_ref()?)));
    let words = capitalised(&named.collect::<Vec<_>>().join(", "));
    let confirm = t("Bekräfta uppgifterna på bladet Ansvarsroller.", "Confirm this on the sheet Responsibilities.");
    page.paragraph(&if words.is_empty() { confirm.to_owned() } else { format!("{words}. {confirm}") })?;
    if system.sensitive {
        page.small(t(
            "Systemet har känsliga uppgifter: graden är höjd ett steg för åtkomst och behörighet.",
            "The system holds sensitive data: the severity is one step higher for access and privilege.",
        ))?;
    }
    Ok(())
}

/// Which accounts a part of a shared system's list holds.
fn selection(part: &PartShown) -> Text {
    match part.of {
        PartOf::Rest => Text::new(
            "Konton som inte hör till någon förvaltning i personalregistret. Förvaltningarnas konton har sänts till dem.",
            "Accounts that belong to no department of payroll. The departments' accounts were sent to them.",
        ),
        PartOf::PassedOn => Text::new(
            "Konton som den som fick listan skickat vidare till dig. Resten av systemets konton har andra fått.",
            "Accounts that whoever got the list has passed on to you. Others got the rest of the system's accounts.",
        ),
        PartOf::Department => Text::new(
            "Konton vars innehavare hör till förvaltningen. Systemet delas av flera förvaltningar.",
            "Accounts whose holder belongs to the department. The system is shared by several departments.",
        ),
    }
}

/// What was not tested, grouped by cause.
fn untested(page: &mut Page<'_>, part: &OwnerBook, run: &RunFacts, most: usize) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    let mut by_cause: BTreeMap<&Shown, Vec<&str>> = BTreeMap::new();
    for untested in &part.untested {
        by_cause.entry(&untested.why).or_default().push(untested.title);
    }
    if by_cause.is_empty() {
        return Ok(());
    }
    page.heading(t("Ej prövat", "Not tested"))?;
    let most = most.min(MOST_TOLD);
    let mut causes: Vec<(&Shown, Vec<&str>)> = by_cause.into_iter().collect();
    causes.sort_by_key(|(why, titles)| (Reverse(titles.len()), *why));
    for (why, titles) in causes.iter().take(most) {
        page.small(&format!("•  {}: {}.", capitalised(why), rules(titles, run)))?;
    }
    if causes.len() > most || causes.iter().any(|(_, titles)| titles.len() > MOST_TOLD) {
        page.small(t("Fler står på bladet Underlag.", "More stand on the sheet Basis."))?;
    }
    Ok(())
}

/// The rules by their titles, or how many they are where they would fill the page.
fn rules(titles: &[&str], run: &RunFacts) -> String {
    if titles.len() > MOST_TOLD {
        return counted(titles.len(), ["regel", "regler"], ["rule", "rules"]).get(run.language).to_owned();
    }
    titles.iter().map(|title| uncapitalised(title)).collect::<Vec<_>>().join("; ")
}

pub fn sign_off(page: &mut Page<'_>, run: &RunFacts) -> Result<(), XlsxError> {
    let t = |sv, en| Text::new(sv, en).get(run.language);
    page.heading(t("Underskrift", "Sign-off"))?;
    SIGN_OFF.iter().try_for_each(|label| page.sign(label.get(run.language)))
}
