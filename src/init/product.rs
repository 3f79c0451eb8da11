//! Products that are known by the headers they write, or by their names in the names of files.

use crate::model::fold;

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
    pub kind: Kind,
}

/// What a product is for, as far as it matters to a configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A directory, whose account names serve elsewhere.
    Directory,
    /// The cloud's side of a directory.
    Cloud,
    /// It holds social, health, pay or payment data.
    Sensitive,
    /// Anything else.
    Other,
}

const fn named(id: &'static str, name: &'static str, words: &'static [&'static str], kind: Kind) -> Product {
    Product { id, name, words, headers: &[], kind }
}

const PRODUCTS: &[Product] = &[
    Product {
        id: "ad",
        name: "Active Directory",
        words: &["ad", "activedirectory", "aduser", "adusers", "adanvandare"],
        headers: &[&["samaccountname", "distinguishedname"], &["samaccountname", "enabled"], &["useraccountcontrol"]],
        kind: Kind::Directory,
    },
    Product {
        id: "entra",
        name: "Microsoft Entra ID",
        words: &["entra", "entraid", "azure", "azuread", "aad", "m365", "o365", "office365"],
        headers: &[
            &["userprincipalname", "accountenabled"],
            &["userprincipalname", "usertype"],
            &["userprincipalname", "blockcredential"],
            &["userprincipalname", "onpremisessyncenabled"],
            &["userprincipalname", "signinactivity"],
        ],
        kind: Kind::Cloud,
    },
    Product {
        id: "google",
        name: "Google Workspace",
        words: &["google", "gsuite", "googleworkspace"],
        headers: &[&["orgunitpathrequired"], &["orgunitpath", "primaryemail"]],
        kind: Kind::Cloud,
    },
    Product {
        id: "hsa",
        name: "HSA-katalogen",
        words: &["hsa", "hsakatalogen", "siths"],
        headers: &[&["hsaidentity"]],
        kind: Kind::Cloud,
    },
    named("exchange", "Exchange", &["exchange", "mailbox", "brevlador"], Kind::Other),
    named("treserva", "Treserva", &["treserva"], Kind::Sensitive),
    named("lifecare", "Lifecare", &["lifecare"], Kind::Sensitive),
    named("procapita", "Procapita", &["procapita"], Kind::Sensitive),
    named("viva", "Viva", &["viva"], Kind::Sensitive),
    named("combine", "Combine", &["combine"], Kind::Sensitive),
    named("cosmic", "Cosmic", &["cosmic"], Kind::Sensitive),
    named("safedoc", "SafeDoc", &["safedoc"], Kind::Sensitive),
    named("prorenata", "PMO och ProReNata", &["prorenata", "pmo"], Kind::Sensitive),
    named("raindance", "Raindance", &["raindance"], Kind::Sensitive),
    named("agresso", "Unit4 (Agresso)", &["agresso", "unit4", "ubw"], Kind::Sensitive),
    named("visma", "Visma", &["visma"], Kind::Sensitive),
    named("proceedo", "Proceedo", &["proceedo"], Kind::Sensitive),
    named("personec", "Personec", &["personec"], Kind::Sensitive),
    named("heroma", "Heroma", &["heroma"], Kind::Sensitive),
    named("medvind", "Medvind", &["medvind"], Kind::Other),
    named("timecare", "Time Care", &["timecare"], Kind::Other),
    named("winlas", "WinLas", &["winlas"], Kind::Sensitive),
    named("vklass", "Vklass", &["vklass"], Kind::Other),
    named("unikum", "Unikum", &["unikum"], Kind::Other),
    named("infomentor", "InfoMentor", &["infomentor"], Kind::Other),
    named("skola24", "Skola24", &["skola24"], Kind::Other),
    named("edlevo", "Edlevo", &["edlevo"], Kind::Other),
    named("ist", "IST", &["ist"], Kind::Other),
    named("tempus", "Tempus", &["tempus"], Kind::Other),
    named("stratsys", "Stratsys", &["stratsys"], Kind::Other),
    named("hypergene", "Hypergene", &["hypergene"], Kind::Other),
    named("platina", "Platina", &["platina"], Kind::Other),
    named("ciceron", "Ciceron", &["ciceron"], Kind::Other),
    named("public360", "Public 360", &["public360", "p360"], Kind::Other),
    named("evolution", "Evolution", &["evolution"], Kind::Other),
    named("w3d3", "W3D3", &["w3d3"], Kind::Other),
    named("ecos", "Ecos", &["ecos", "ecos2"], Kind::Other),
    named("byggr", "ByggR", &["byggr"], Kind::Other),
    named("castor", "Castor", &["castor"], Kind::Other),
    named("vision", "Vision", &["vision"], Kind::Other),
    named("artvise", "Artvise", &["artvise"], Kind::Other),
    named("flexite", "Flexite", &["flexite"], Kind::Other),
    named("abou", "Abou", &["abou"], Kind::Other),
    named("daedalos", "Daedalos", &["daedalos"], Kind::Other),
    named("vitec", "Vitec", &["vitec"], Kind::Other),
    named("fast2", "FAST2", &["fast2"], Kind::Other),
    named("geosecma", "Geosecma", &["geosecma"], Kind::Other),
    named("interbook", "Interbook Go", &["interbook"], Kind::Other),
    named("topdesk", "TOPdesk", &["topdesk"], Kind::Other),
    named("easit", "Easit", &["easit"], Kind::Other),
];

impl Product {
    /// The product that a word names.
    pub fn named(word: &str) -> Option<&'static Self> {
        let word = fold(word);
        PRODUCTS.iter().find(|product| product.words.contains(&word.as_str()))
    }

    /// The product whose headers a file has.
    pub fn of_headers(headers: &[String]) -> Option<&'static Self> {
        let plain: Vec<String> = headers.iter().map(|header| letters(header)).collect();
        let has = |header: &&&str| plain.iter().any(|own| own == **header);
        PRODUCTS.iter().find(|product| product.headers.iter().any(|set| set.iter().all(|header| has(&header))))
    }
}

fn letters(text: &str) -> String {
    fold(text).chars().filter(char::is_ascii_alphanumeric).collect()
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
