//! The rule catalogue: one file a rule, one line here. The order is that of rules in every output, and of the
//! findings about one account, system or person.

mod account_owner_left;
mod account_without_owner;
mod ambiguous_identity;
mod answer_incomplete;
mod answer_tampered;
mod answer_unread;
mod answers_differ;
mod classification_missing;
mod configured_unmet;
mod conflicting_roles;
mod contradictory_dates;
mod control_total_differs;
mod decided_not_done;
mod disabled_with_access;
mod dormant;
mod duplicate_account;
mod duplicate_person;
mod end_unknown;
mod ended_missing;
mod engaged_not_employed;
mod exception_expired;
mod exception_renewed;
mod exemption_incomplete;
mod exemption_unused;
mod expired_yet_enabled;
mod external_expired;
mod external_without_sponsor;
mod holders_not_found;
mod hourly_idle;
mod identity_drift;
mod identity_number_swap;
mod inputs_apart;
mod invalid_personal_number;
mod key_coverage;
mod late_termination;
mod leaver_active;
mod leaver_login;
mod manager_left;
mod match_rate_low;
mod missing_field;
mod moved_unit;
mod never_used;
mod no_account_open;
mod no_form_column;
mod no_protected_column;
mod no_trace;
mod not_in_payroll;
mod not_yet_employed;
mod nothing_to_review;
mod on_leave;
mod outside_company;
mod outside_department;
mod owner_list_stale;
mod owner_list_wrong;
mod password_never_expires;
mod privileged_everyday;
mod protected_not_reviewed;
mod receiver_unmet;
mod rehired_old_account;
mod returned;
mod reused_account;
mod risk_analysis_stale;
mod row_count_moved;
mod rows_rejected;
mod rules_changed;
mod same_answer_throughout;
mod self_review;
mod service_login;
mod shared_account;
mod source_missing;
mod source_stale;
mod stale_directory;
mod stated_holder_unmet;
mod system_never_in_inventory;
mod system_never_reviewed;
mod system_owner_left;
mod system_without_owner;
mod unanswered;
mod unclassified_account;
mod values_unread;

pub(super) use engaged_not_employed::admits;

use super::nearly::Nearly;
use super::rule::{Partly, PartlyOnPayroll, Rule};

/// Every rule.
pub const RULES: &[&Rule] = &[
    &leaver_login::RULE,
    &leaver_active::RULE,
    &end_unknown::RULE,
    &outside_company::RULE,
    &not_in_payroll::RULE,
    &ambiguous_identity::RULE,
    &external_expired::RULE,
    &external_without_sponsor::RULE,
    &engaged_not_employed::RULE,
    &not_yet_employed::RULE,
    &on_leave::RULE,
    &hourly_idle::RULE,
    &duplicate_account::RULE,
    &rehired_old_account::RULE,
    &identity_drift::RULE,
    &identity_number_swap::RULE,
    &reused_account::RULE,
    &stated_holder_unmet::RULE,
    &account_without_owner::RULE,
    &account_owner_left::RULE,
    &shared_account::RULE,
    &unclassified_account::RULE,
    &exemption_incomplete::RULE,
    &exemption_unused::RULE,
    &system_without_owner::RULE,
    &system_owner_left::RULE,
    &system_never_in_inventory::RULE,
    &owner_list_stale::RULE,
    &owner_list_wrong::RULE,
    &receiver_unmet::RULE,
    &classification_missing::RULE,
    &risk_analysis_stale::RULE,
    &dormant::RULE,
    &never_used::RULE,
    &expired_yet_enabled::RULE,
    &disabled_with_access::RULE,
    &service_login::RULE,
    &password_never_expires::RULE,
    &privileged_everyday::RULE,
    &outside_department::RULE,
    &moved_unit::RULE,
    &conflicting_roles::RULE,
    &duplicate_person::RULE,
    &invalid_personal_number::RULE,
    &missing_field::RULE,
    &contradictory_dates::RULE,
    &late_termination::RULE,
    &manager_left::RULE,
    &stale_directory::RULE,
    &no_trace::RULE,
    &source_missing::RULE,
    &system_never_reviewed::RULE,
    &source_stale::RULE,
    &inputs_apart::RULE,
    &control_total_differs::RULE,
    &key_coverage::RULE,
    &match_rate_low::RULE,
    &holders_not_found::RULE,
    &nothing_to_review::RULE,
    &no_account_open::RULE,
    &values_unread::RULE,
    &configured_unmet::RULE,
    &ended_missing::RULE,
    &no_form_column::RULE,
    &no_protected_column::RULE,
    &protected_not_reviewed::RULE,
    &rows_rejected::RULE,
    &row_count_moved::RULE,
    &unanswered::RULE,
    &decided_not_done::RULE,
    &returned::RULE,
    &exception_expired::RULE,
    &exception_renewed::RULE,
    &self_review::RULE,
    &same_answer_throughout::RULE,
    &answer_tampered::RULE,
    &answer_unread::RULE,
    &answer_incomplete::RULE,
    &answers_differ::RULE,
    &rules_changed::RULE,
];

/// What a rule says where it came near an account without firing; a rule that has nothing to say has no line.
pub const NEARLY: &[(&Rule, Nearly)] = &[
    (&leaver_active::RULE, leaver_active::nearly),
    (&external_expired::RULE, external_expired::nearly),
    (&not_yet_employed::RULE, not_yet_employed::nearly),
    (&on_leave::RULE, on_leave::nearly),
    (&hourly_idle::RULE, hourly_idle::nearly),
    (&dormant::RULE, dormant::nearly),
    (&never_used::RULE, never_used::nearly),
    (&expired_yet_enabled::RULE, expired_yet_enabled::nearly),
];

/// What a rule does not see of a system that it is tested on; a rule that sees all it is about has no line.
pub const PARTLY: &[(&Rule, Partly)] = &[
    (&outside_company::RULE, outside_company::partly),
    (&not_in_payroll::RULE, not_in_payroll::partly),
    (&not_in_payroll::RULE, not_in_payroll::on_lost_rows),
    (&external_expired::RULE, external_expired::partly),
    (&external_without_sponsor::RULE, external_without_sponsor::partly),
    (&engaged_not_employed::RULE, engaged_not_employed::partly),
    (&hourly_idle::RULE, hourly_idle::partly),
    (&hourly_idle::RULE, engaged_not_employed::partly),
    (&rehired_old_account::RULE, rehired_old_account::partly),
    (&never_used::RULE, never_used::partly),
    (&outside_department::RULE, outside_department::partly),
    (&conflicting_roles::RULE, conflicting_roles::partly),
    (&source_stale::RULE, inputs_apart::partly),
    (&inputs_apart::RULE, inputs_apart::partly),
];

/// What a rule on persons of payroll does not see of it, where it is tested all the same.
pub const PARTLY_ON_PAYROLL: &[(&Rule, PartlyOnPayroll)] = &[(&contradictory_dates::RULE, contradictory_dates::partly)];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Rule ids are promises: unique and kebab-case.
    #[test]
    fn ids_are_unique_and_kebab_case() {
        let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), RULES.len());
        for id in ids {
            assert!(id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{id}");
        }
    }

    /// Every rule speaks both languages, says what to do, and accuses nobody.
    #[test]
    fn texts_are_whole_and_without_accusations() {
        for rule in RULES {
            for text in [rule.title, rule.why, rule.action] {
                assert!(!text.sv.is_empty() && !text.en.is_empty(), "{}", rule.id);
                assert_ne!(text.sv, text.en, "{}", rule.id);
                let lower = text.sv.to_lowercase();
                for word in ["obehörig", "otillåt", "missbruk", "felaktig", "olovlig"] {
                    assert!(!lower.contains(word), "{}: {word}", rule.id);
                }
            }
            assert!(!rule.clauses.is_empty(), "{}", rule.id);
        }
    }

    /// One file a rule: the files of this folder are the rules of the list.
    #[test]
    fn every_file_is_a_rule_of_the_list() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/review/rules");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter_map(|name| name.strip_suffix(".rs").map(|stem| stem.replace('_', "-")))
            .filter(|stem| stem != "mod")
            .collect();
        files.sort();
        let mut ids: Vec<String> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
        ids.sort();
        assert_eq!(files, ids);
    }
}
