//! A personal number that is none, and in which way.

use crate::model::{Flaw, Severity, Text};
use crate::review::Fact;
use crate::review::{Check, Group, Hit, PersonCx, RestsOn, Review, Rule, Stage, Tells};

pub(super) const RULE: Rule = Rule {
    id: "invalid-personal-number",
    group: Group::Payroll,
    base: Severity::Low,
    title: Text::new("Personnumret går inte att använda", "The personal number cannot be used"),
    why: Text::new(
        "Utan ett giltigt personnummer knyts personens konton på svagare grunder.",
        "Without a valid personal number the person is tied to accounts on weaker grounds.",
    ),
    action: Text::new(
        "Rätta numret i personalregistret. Har Excel förstört det: hämta ut registret på nytt med kolumnen som text.",
        "Correct the number in payroll. Where Excel has destroyed it: extract the register again with the column as text.",
    ),
    proposal: Text::new("Rätta numret", "Correct the number"),
    clauses: &["ISO/IEC 27001:2022 A.5.16"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::Person { untested, check },
};

fn untested(review: &Review<'_>) -> Option<Text> {
    review.lacks_in_payroll(
        crate::model::Field::PersonalNumber,
        Text::new("personalregistret har ingen kolumn för personnummer", "payroll has no column for personal numbers"),
    )
}

fn check(cx: &PersonCx<'_>) -> Option<Hit> {
    let flaw = cx.person.number_flaw.filter(|_| cx.person.personal_number.is_none())?;
    let (code, text) = told(flaw)?;
    Some(Hit::new(text.into()).fact("flaw", Fact::Text(code.to_owned())))
}

/// Which fault, as a word for data files and as a sentence.
fn told(flaw: Flaw) -> Option<(&'static str, Text)> {
    Some(match flaw {
        Flaw::Blank => return None,
        Flaw::Placeholder => (
            "placeholder",
            Text::new(
                "Personnumret är en utfyllnad, till exempel fyra nollor på slutet.",
                "The personal number is a stand-in, for instance with four zeros at the end.",
            ),
        ),
        Flaw::Reserve => (
            "reserve",
            Text::new(
                "Personnumret är ett reservnummer, inte ett personnummer eller samordningsnummer.",
                "The personal number is a reserve number, neither a personal nor a coordination number.",
            ),
        ),
        Flaw::Incomplete => (
            "incomplete",
            Text::new(
                "Personnumret är inte fullständigt; de sista siffrorna saknas eller är dolda.",
                "The personal number is incomplete; its last digits are missing or hidden.",
            ),
        ),
        Flaw::ImpossibleDate => (
            "impossible-date",
            Text::new(
                "Personnumret börjar med ett datum som inte finns eller ligger i framtiden.",
                "The personal number begins with a date that does not exist or is yet to come.",
            ),
        ),
        Flaw::WrongCheckDigit => (
            "check-digit",
            Text::new(
                "Personnumrets kontrollsiffra stämmer inte; någon siffra är fel.",
                "The check digit of the personal number is wrong; some digit is another.",
            ),
        ),
        Flaw::Destroyed => (
            "destroyed",
            Text::new(
                "Personnumret har förstörts av Excel (1,97E+11) och går inte att återställa.",
                "The personal number was destroyed by Excel (1.97E+11) and cannot be restored.",
            ),
        ),
        Flaw::NotANumber => (
            "not-a-number",
            Text::new(
                "Fältet innehåller något annat än ett personnummer.",
                "The field holds something else than a personal number.",
            ),
        ),
    })
}
