//! What a system's columns say of an account's holder. It is kept with the account and apart from the person, for
//! what a system says need not be so.

use super::people::Human;
use super::system_kind::SystemKind;
use chrono::NaiveDate;

/// Everything beside names that some export tells of a holder.
#[derive(Clone, Debug, Default)]
pub struct Stated {
    /// Employee number.
    pub employee_number: Option<String>,
    /// Personal number, twelve digits.
    pub personal_number: Option<String>,
    /// Birth date.
    pub birth: Option<NaiveDate>,
    /// Address.
    pub mail: Option<String>,
    /// Addresses that still reach the holder.
    pub older_mails: Vec<String>,
    /// The unit it is filed under; empty for what is filed nowhere.
    pub unit: String,
}

impl Stated {
    /// The truth about someone in payroll.
    pub fn of(human: &Human) -> Self {
        Self {
            employee_number: Some(human.number().to_owned()),
            personal_number: human.personal_number.clone(),
            birth: Some(human.birth),
            mail: Some(human.email.clone()),
            older_mails: Vec::new(),
            unit: human.main_job(super::reference_date()).unit.to_owned(),
        }
    }

    /// Without the key of a system, as one account in some has been made.
    pub fn without_key(self, kind: SystemKind) -> Self {
        match kind {
            SystemKind::Finance => Self { mail: None, ..self },
            _ => Self { employee_number: None, personal_number: None, birth: None, ..self },
        }
    }
}
