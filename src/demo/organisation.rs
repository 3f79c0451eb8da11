//! Departments, units and titles of the made-up municipality.

/// One department.
pub struct Department {
    /// Its name.
    pub name: &'static str,
    /// Part of all staff, in percent.
    pub share: u32,
    /// Its units.
    pub units: &'static [&'static str],
    /// Titles of its staff.
    pub titles: &'static [&'static str],
    /// Titles of its managers.
    pub manager: &'static str,
}

/// Every department.
pub const DEPARTMENTS: [Department; 5] = [
    Department {
        name: "Socialförvaltningen",
        share: 38,
        units: &[
            "Hemtjänsten Norr",
            "Hemtjänsten Söder",
            "Särskilt boende Ekgården",
            "Särskilt boende Solbacken",
            "Barn och familj",
            "Försörjningsstöd",
            "LSS Boende",
            "Biståndsenheten",
        ],
        titles: &[
            "Undersköterska",
            "Vårdbiträde",
            "Sjuksköterska",
            "Socialsekreterare",
            "Biståndshandläggare",
            "Stödassistent",
        ],
        manager: "Enhetschef",
    },
    Department {
        name: "Barn- och utbildningsförvaltningen",
        share: 36,
        units: &[
            "Björkskolan",
            "Lindskolan",
            "Centralskolan",
            "Förskolan Solrosen",
            "Förskolan Blåklockan",
            "Gymnasieskolan",
            "Elevhälsan",
        ],
        titles: &["Lärare", "Förskollärare", "Barnskötare", "Fritidspedagog", "Specialpedagog", "Skolsköterska"],
        manager: "Rektor",
    },
    Department {
        name: "Samhällsbyggnadsförvaltningen",
        share: 11,
        units: &["Bygglov", "Gata och park", "Vatten och avlopp", "Miljö och hälsa"],
        titles: &["Bygglovshandläggare", "Ingenjör", "Drifttekniker", "Miljöinspektör", "Planarkitekt"],
        manager: "Enhetschef",
    },
    Department {
        name: "Kultur- och fritidsförvaltningen",
        share: 6,
        units: &["Biblioteket", "Fritidsgårdarna", "Idrott och anläggning"],
        titles: &["Bibliotekarie", "Fritidsledare", "Vaktmästare"],
        manager: "Enhetschef",
    },
    Department {
        name: "Kommunledningskontoret",
        share: 9,
        units: &["Ekonomi", "HR", "IT", "Kansli", "Kommunikation"],
        titles: &["Ekonom", "HR-specialist", "Systemförvaltare", "Kommunsekreterare", "Kommunikatör", "Controller"],
        manager: "Avdelningschef",
    },
];
