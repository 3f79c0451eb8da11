//! Products that are known by the headers they write, or by their names in the names of files.

use crate::model::{fold, plain_letters};

/// A product.
#[derive(Debug, PartialEq, Eq)]
pub struct Product {
    /// The id of a system of it.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Words that name it, folded.
    words: &'static [&'static str],
    /// Headers of which each set tells it, as plain letters.
    headers: &'static [&'static [&'static str]],
    /// What it is for.
    pub kind: ProductKind,
}

/// What a product is for, as far as it matters to a configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductKind {
    /// A directory, whose account names serve elsewhere.
    Directory,
    /// The cloud's side of a directory.
    Cloud,
    /// Everybody's mail.
    Mail,
    /// It holds social, health, pay or payment data.
    Sensitive,
    /// The same, and employments: an extract of it may be payroll itself.
    Payroll,
    /// Anything else.
    Other,
}

const fn named(id: &'static str, name: &'static str, words: &'static [&'static str], kind: ProductKind) -> Product {
    Product { id, name, words, headers: &[], kind }
}

const PRODUCTS: &[Product] = &[
    Product {
        id: "ad",
        name: "Active Directory",
        words: &["ad", "activedirectory", "windowsad", "aduser", "adusers", "adanvandare"],
        headers: &[&["samaccountname", "distinguishedname"], &["samaccountname", "enabled"], &["useraccountcontrol"]],
        kind: ProductKind::Directory,
    },
    Product {
        id: "entra",
        name: "Microsoft Entra ID",
        words: &["entra", "entraid", "azure", "azuread", "aad", "m365", "o365", "office365", "microsoft365"],
        headers: &[
            &["userprincipalname", "accountenabled"],
            &["userprincipalname", "usertype"],
            &["userprincipalname", "blockcredential"],
            &["userprincipalname", "onpremisessyncenabled"],
            &["userprincipalname", "signinactivity"],
        ],
        kind: ProductKind::Cloud,
    },
    Product {
        id: "google",
        name: "Google Workspace",
        words: &["google", "gsuite", "googleworkspace"],
        headers: &[&["orgunitpathrequired"], &["orgunitpath", "primaryemail"]],
        kind: ProductKind::Cloud,
    },
    Product {
        id: "hsa",
        name: "HSA-katalogen",
        words: &["hsa", "hsakatalogen"],
        headers: &[&["hsaidentity"]],
        kind: ProductKind::Cloud,
    },
    Product {
        id: "exchange",
        name: "Exchange",
        words: &["exchange", "mailbox", "mailboxes", "brevlador"],
        headers: &[&["recipienttypedetails"]],
        kind: ProductKind::Mail,
    },
    named("treserva", "Treserva", &["treserva"], ProductKind::Sensitive),
    named("lifecare", "Lifecare", &["lifecare"], ProductKind::Sensitive),
    named("procapita", "Procapita", &["procapita"], ProductKind::Sensitive),
    named("viva", "Viva", &["viva"], ProductKind::Sensitive),
    named("combine", "Combine", &["combine"], ProductKind::Sensitive),
    named("cosmic", "Cosmic", &["cosmic"], ProductKind::Sensitive),
    named("safedoc", "SafeDoc", &["safedoc"], ProductKind::Sensitive),
    named("prorenata", "PMO och ProReNata", &["prorenata", "pmo"], ProductKind::Sensitive),
    named("raindance", "Raindance", &["raindance"], ProductKind::Sensitive),
    named("agresso", "Unit4 (Agresso)", &["agresso", "unit4", "ubw"], ProductKind::Payroll),
    named("visma", "Visma", &["visma"], ProductKind::Payroll),
    named("proceedo", "Proceedo", &["proceedo"], ProductKind::Sensitive),
    named("personec", "Personec", &["personec"], ProductKind::Payroll),
    named("heroma", "Heroma", &["heroma"], ProductKind::Payroll),
    named("medvind", "Medvind", &["medvind"], ProductKind::Other),
    named("timecare", "Time Care", &["timecare"], ProductKind::Other),
    named("winlas", "WinLas", &["winlas"], ProductKind::Payroll),
    named("vklass", "Vklass", &["vklass"], ProductKind::Other),
    named("unikum", "Unikum", &["unikum"], ProductKind::Other),
    named("infomentor", "InfoMentor", &["infomentor"], ProductKind::Other),
    named("skola24", "Skola24", &["skola24"], ProductKind::Other),
    named("edlevo", "Edlevo", &["edlevo"], ProductKind::Other),
    named("ist", "IST", &["ist"], ProductKind::Other),
    named("tempus", "Tempus", &["tempus"], ProductKind::Other),
    named("stratsys", "Stratsys", &["stratsys"], ProductKind::Other),
    named("hypergene", "Hypergene", &["hypergene"], ProductKind::Other),
    named("platina", "Platina", &["platina"], ProductKind::Other),
    named("ciceron", "Ciceron", &["ciceron"], ProductKind::Other),
    named("public360", "Public 360", &["public360", "p360"], ProductKind::Other),
    named("evolution", "Evolution", &["evolution"], ProductKind::Other),
    named("w3d3", "W3D3", &["w3d3"], ProductKind::Other),
    named("ecos", "Ecos", &["ecos", "ecos2"], ProductKind::Other),
    named("byggr", "ByggR", &["byggr"], ProductKind::Other),
    named("castor", "Castor", &["castor"], ProductKind::Other),
    named("vision", "Vision", &["vision"], ProductKind::Other),
    named("artvise", "Artvise", &["artvise"], ProductKind::Other),
    named("flexite", "Flexite", &["flexite"], ProductKind::Other),
    named("abou", "Abou", &["abou"], ProductKind::Other),
    named("daedalos", "Daedalos", &["daedalos"], ProductKind::Other),
    named("vitec", "Vitec", &["vitec"], ProductKind::Other),
    named("fast2", "FAST2", &["fast2"], ProductKind::Other),
    named("geosecma", "Geosecma", &["geosecma"], ProductKind::Other),
    named("interbook", "Interbook Go", &["interbook"], ProductKind::Other),
    named("topdesk", "TOPdesk", &["topdesk"], ProductKind::Other),
    named("easit", "Easit", &["easit"], ProductKind::Other),
];

impl Product {
    /// The product that a word names.
    pub fn named(word: &str) -> Option<&'static Self> {
        let word = fold(word);
        PRODUCTS.iter().find(|product| product.words.contains(&word.as_str()))
    }

    /// Whether everyone in an organisation has an account there.
    pub fn is_used_by_all(&self) -> bool {
        matches!(self.kind, ProductKind::Directory | ProductKind::Cloud | ProductKind::Mail)
    }

    /// The product whose headers a file has.
    pub fn of_headers(headers: &[String]) -> Option<&'static Self> {
        let plain: Vec<String> = headers.iter().map(|header| plain_letters(header)).collect();
        let has = |header: &&&str| plain.iter().any(|own| own == **header);
        PRODUCTS.iter().find(|product| product.headers.iter().any(|set| set.iter().all(|header| has(&header))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Directories are known by their headers, whatever the file is called, and an unknown export by none.
    #[test]
    fn products_are_known_by_their_headers() {
        let of = |line: &str| {
            let headers: Vec<String> = line.split(',').map(ToOwned::to_owned).collect();
            Product::of_headers(&headers).map(|product| product.id)
        };
        assert_eq!(of("SamAccountName,Enabled,DistinguishedName"), Some("ad"));
        assert_eq!(of("id,userPrincipalName,accountEnabled,userType"), Some("entra"));
        assert_eq!(of("First Name [Required],Org Unit Path [Required]"), Some("google"));
        assert_eq!(of("Användare,Namn,Roll"), None);
    }
}
