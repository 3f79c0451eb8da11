//! `userAccountControl`, in every way that tools write it.

use super::{folded, is_nothing};
use crate::model::Reading;

/// The bits of `userAccountControl` (KB305144).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountControl(u32);

/// Flags by name, folded, as Windows' documentation and PowerShell's `ADUserAccountControl` write them.
const FLAGS: [(&str, u32); 23] = [
    ("script", 0x1),
    ("accountdisable", 0x2),
    ("accountdisabled", 0x2),
    ("homedirrequired", 0x8),
    ("homedirectoryrequired", 0x8),
    ("lockout", 0x10),
    ("passwdnotreqd", 0x20),
    ("passwordnotrequired", 0x20),
    ("passwdcantchange", 0x40),
    ("encryptedtextpwdallowed", 0x80),
    ("tempduplicateaccount", 0x100),
    ("normalaccount", 0x200),
    ("interdomaintrustaccount", 0x800),
    ("workstationtrustaccount", 0x1000),
    ("servertrustaccount", 0x2000),
    ("dontexpirepassword", 0x1_0000),
    ("dontexpirepasswd", 0x1_0000),
    ("mnslogonaccount", 0x2_0000),
    ("smartcardrequired", 0x4_0000),
    ("trustedfordelegation", 0x8_0000),
    ("notdelegated", 0x10_0000),
    ("usedeskeyonly", 0x20_0000),
    ("dontreqpreauth", 0x40_0000),
];

/// Flags that PowerShell shortens or that came later.
const MORE_FLAGS: [(&str, u32); 5] = [
    ("dontrequirepreauth", 0x40_0000),
    ("passwordexpired", 0x80_0000),
    ("trustedtoauthfordelegation", 0x100_0000),
    ("trustedtoauthenticatefordelegation", 0x100_0000),
    ("partialsecretsaccount", 0x400_0000),
];

impl AccountControl {
    /// Whether the account is disabled.
    pub fn is_disabled(self) -> bool {
        self.0 & 0x2 != 0
    }

    /// Whether its password never expires.
    pub fn password_never_expires(self) -> bool {
        self.0 & 0x1_0000 != 0
    }
}

/// Reads the bits: decimal, hex, with a decimal point, or as the names of flags.
pub fn account_control(text: &str) -> Reading<AccountControl> {
    let text = text.trim();
    if is_nothing(text) {
        return Reading::Absent;
    }
    match number(text).or_else(|| flags(text)) {
        // An account always has a bit for its kind: no bit at all is no reading.
        None | Some(0) => Reading::NotUnderstood,
        Some(bits) => Reading::Known(AccountControl(bits)),
    }
}

fn number(text: &str) -> Option<u32> {
    if let Some(hex) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return u32::from_str_radix(hex, 16).ok();
    }
    let whole = match text.split_once(['.', ',']) {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|b| b == b'0') => whole,
        Some(_) => return None,
        None => text,
    };
    whole.parse().ok()
}

/// Names with `|`, `,`, `+` or blanks between them, beside one number at most; all must be known.
fn flags(text: &str) -> Option<u32> {
    let belongs = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let parts = || text.split(|c| !belongs(c)).filter(|part| !part.is_empty());
    let numbers = parts().filter(|part| part.starts_with(|c: char| c.is_ascii_digit())).count();
    let bits = parts().map(|part| number(part).or_else(|| named(part)));
    if numbers > 1 { None } else { bits.reduce(|bits, own| Some(bits? | own?))? }
}

fn named(part: &str) -> Option<u32> {
    let part = part.strip_prefix("UF_").or_else(|| part.strip_prefix("ADS_UF_")).unwrap_or(part);
    folded(part, |word| FLAGS.iter().chain(&MORE_FLAGS).find(|(name, _)| *name == word).map(|(_, bits)| *bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same bits in every writing of them.
    #[test]
    fn every_writing_is_read() {
        let texts = [
            "514",
            "514.0",
            "514,0",
            "0x202",
            "ACCOUNTDISABLE | NORMAL_ACCOUNT",
            "NORMAL_ACCOUNT, ACCOUNTDISABLE",
            "AccountDisable, NormalAccount",
            "NORMAL_ACCOUNT+ACCOUNTDISABLE",
            "0x202 = ( ACCOUNTDISABLE | NORMAL_ACCOUNT )",
            "UF_ACCOUNTDISABLE UF_NORMAL_ACCOUNT",
        ];
        for text in texts {
            assert_eq!(account_control(text), Reading::Known(AccountControl(0x202)), "{text}");
        }
        assert!(account_control("66048").known().is_some_and(AccountControl::password_never_expires));
        assert!(account_control("66050").known().is_some_and(AccountControl::is_disabled));
    }

    /// What is none of these is not taken for an account in use.
    #[test]
    fn other_texts_are_not_understood() {
        for text in ["Enabled", "514 foo", "5.14E+02", "0", "0xZZ", "512.5", "512,5", "(|)"] {
            assert_eq!(account_control(text), Reading::NotUnderstood, "{text}");
        }
        assert_eq!(account_control(""), Reading::Absent);
    }
}
