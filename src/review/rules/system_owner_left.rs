//! A system owner or administrator who is not employed, or cannot be found: the report would have no
//! receiver.

use crate::model::{Message, Severity, Text, message};
use crate::review::rule::always;
use crate::review::{Check, Fact, Group, Hit, RestsOn, Rule, Stage, SystemCx, Tells, Unable};

pub(super) const RULE: Rule = Rule {
    id: "system-owner-left",
    group: Group::Owner,
    base: Severity::High,
    title: Text::new("Systemägaren kan inte ta emot listan", "The system owner cannot receive the list"),
    why: Text::new(
        "Den som står som systemägare eller systemförvaltare är inte anställd, går inte att hitta, eller delar \
         namn med flera. Då når avvikelserna ingen.",
        "The person stated as system owner or administrator is not employed, cannot be found, or shares the \
         name with others. The deviations then reach nobody.",
    ),
    action: Text::new(
        "Utse en ny ägare, eller ange anställningsnummer eller e-post i stället för namn.",
        "Appoint a new owner, or state an employee number or e-mail instead of a name.",
    ),
    proposal: Text::new("Utse ny systemägare", "Appoint a new owner"),
    clauses: &["ISO/IEC 27001:2022 A.5.9, A.5.18"],
    stage: Stage::Facts,
    tells: Tells::NothingMore,
    rests_on: RestsOn::NOTHING,
    check: Check::System { untested: always, check },
};

fn check(cx: &SystemCx<'_>) -> Option<Hit> {
    let system = &cx.config.system;
    if system.left_out.is_some() {
        return None;
    }
    let roles =
        [("owner", system.owner.as_deref(), OWNER), ("administrator", system.administrator.as_deref(), ADMINISTRATOR)];
    let faults = roles.into_iter().filter_map(|(role, written, text)| {
        let (why, persons) = cx.review.unable_to_answer(written?, cx.review.config.review.as_of)?;
        Some(Fault { why, says: fault(why, text), fact: (role, Fact::Reference(written?.to_owned(), persons)) })
    });
    let faults: Vec<Fault> = faults.collect();
    if faults.is_empty() {
        return None;
    }
    let join =
        |text: fn(&Message) -> &String| faults.iter().map(|own| text(&own.says).as_str()).collect::<Vec<_>>().join(" ");
    let (sv, en) = (join(|says| &says.sv), join(|says| &says.en));
    let base = Unable::base(faults.iter().map(|own| own.why));
    let facts = faults.into_iter().map(|own| own.fact).collect();
    Some(Hit { facts, base, ..Hit::new(message!("{sv}", "{en}")) })
}

/// Somebody who cannot receive the list.
struct Fault {
    why: Unable,
    says: Message,
    fact: (&'static str, Fact),
}

const OWNER: Text = Text::new("Systemägaren", "The system owner");
const ADMINISTRATOR: Text = Text::new("Systemförvaltaren", "The system administrator");

/// What is wrong with a role's holder.
fn fault(why: Unable, role: Text) -> Message {
    let (sv, en) = (role.sv, role.en);
    match why {
        Unable::NotEmployed => {
            message!("{sv} är inte anställd på referensdagen.", "{en} is not employed on the reference date.")
        }
        Unable::NotKnown => {
            let (sv, en) = (sv.to_lowercase(), en.to_lowercase());
            message!(
                "Det går inte att läsa i personalregistret om {sv} är anställd.",
                "It cannot be read from payroll whether {en} is employed."
            )
        }
        Unable::Several(count) => message!(
            "{sv} är angiven med ett namn som {count} personer har.",
            "{en} is stated by a name that {count} persons have."
        ),
        Unable::Unknown => {
            message!("{sv} går inte att hitta i personalregistret.", "{en} cannot be found in payroll.")
        }
    }
}
