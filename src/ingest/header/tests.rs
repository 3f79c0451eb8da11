//! What headers become, for the products whose exports are met, and what rows of data do not become.

use super::*;
use proptest::prelude::*;

const EXPORTS: &str = include_str!("../../../fixtures/rubriker/headers.tsv");

const ROLES: [Role; 5] = [Role::Payroll, Role::Accounts, Role::Register, Role::Inventory, Role::ServiceAccounts];

/// One header of a product and what it is to become.
struct Known {
    product: &'static str,
    role: Role,
    becomes: &'static str,
    header: &'static str,
}

fn known() -> Vec<Known> {
    let lines = EXPORTS.lines().filter(|line| !line.starts_with('#'));
    let of_line = |line: &'static str| {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [product, role, becomes, headers] = cells[..] else { panic!("{line}") };
        let role = ROLES.into_iter().find(|own| own.code() == role).unwrap();
        headers.split(" | ").map(move |header| Known { product, role, becomes, header })
    };
    lines.flat_map(of_line).collect()
}

fn first(header: &str, role: Role) -> &'static str {
    match meanings(header, role).first() {
        Some(Meaning::Field(field, _)) => field.key(),
        Some(Meaning::Drop) => "drop",
        Some(Meaning::Ignore) => "ignore",
        None => "unknown",
    }
}

/// Every header of the products' exports goes where the table says.
#[test]
fn headers_of_products_go_where_they_belong() {
    let wrong: Vec<String> = known()
        .iter()
        .filter(|known| first(known.header, known.role) != known.becomes)
        .map(|k| {
            format!("{}, {}: {} is {}, not {}", k.product, k.role.code(), k.header, first(k.header, k.role), k.becomes)
        })
        .collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// What the configuration calls a field is known as a header: of that field, of another that is called so as often, or as
/// one that is not used.
#[test]
fn fields_are_known_by_their_own_names() {
    let is_known = |field: Field, name: &str| {
        let mut fitting = ROLES.into_iter().filter(|role| field.fits(*role));
        fitting.any(|role| first(name, role) != "unknown")
    };
    let names = Field::ALL.iter().flat_map(|field| [field.swedish(), field.key()].map(|name| (*field, name)));
    let unknown: Vec<&str> = names.filter(|(field, name)| !is_known(*field, name)).map(|(_, name)| name).collect();
    assert_eq!(unknown, Vec::<&str>::new());
    assert_eq!(first("Hög behörighet", Role::Accounts), "privileged");
}

/// The table covers what is met: many headers of many products, nearly all of them known.
#[test]
fn the_table_is_wide() {
    let all = known();
    let mut products: Vec<&str> = all.iter().map(|known| known.product).collect();
    products.dedup();
    let unknown = all.iter().filter(|known| known.becomes == "unknown").count();
    assert!(
        products.len() >= 40 && all.len() >= 700 && unknown * 20 < all.len(),
        "{} {} {unknown}",
        products.len(),
        all.len()
    );
}

/// A header is recognised however it is spelt.
#[test]
fn spelling_does_not_matter() {
    for header in
        ["Anst.nr", "ANSTNR", "anst nr", "\u{feff}Anst.nr*", "Anst.nr:", "\"Anst. nr\"", "Anst.\r\nnr", "Anst  nr"]
    {
        assert_eq!(first(header, Role::Payroll), "employee_number", "{header}");
    }
}

/// Columns of pay, passwords and opinions are never read, whatever tools add to their headers.
#[test]
fn what_is_dropped_is_dropped_in_any_dress() {
    for header in [
        "Månadslön",
        "Månadslön (kr)",
        "Lösenord*",
        "Password [Required]",
        "usr.password",
        "Bankkonto",
        "Adress 2",
        "Parti",
    ] {
        for role in [Role::Payroll, Role::Accounts, Role::Register] {
            assert_eq!(first(header, role), "drop", "{header}");
        }
    }
}

/// What a header means can depend on the file it stands in.
#[test]
fn the_role_settles_what_it_can() {
    for (header, payroll, accounts) in [
        ("Gäller t o m", "employment_end", "valid_to"),
        ("Slutdatum", "employment_end", "valid_to"),
        ("Status", "employment_status", "status"),
        ("Anställningsstatus", "employment_status", "ignore"),
        ("Giltig t.o.m.", "employment_end", "valid_to"),
        ("Spärrad", "unknown", "disabled"),
        ("State", "ignore", "ignore"),
    ] {
        assert_eq!((first(header, Role::Payroll), first(header, Role::Accounts)), (payroll, accounts), "{header}");
    }
}

/// Headers that say little are told from those that name their key or whose status they hold.
#[test]
fn what_says_little_is_told() {
    for header in
        ["Id", "ID", "Nr", "Kod", "Number", "usr.id", "Id [Required]", "Person-id", "Status", "Status [READ ONLY]"]
    {
        assert!(says_little(header), "{header}");
    }
    for header in [
        "Anst.nr",
        "Employee.Id",
        "EmployeeID",
        "Användar-id",
        "Kontostatus",
        "User ID",
        "Objekt-id",
        "HSA-id",
        "Rum.nr",
    ] {
        assert!(!says_little(header), "{header}");
    }
}

/// A status that does not say whose it is ranks behind one that does.
#[test]
fn a_status_of_the_account_ranks_before_one_of_nobody_knows_whom() {
    let rank = |header| match meanings(header, Role::Accounts)[0] {
        Meaning::Field(Field::Status, rank) => rank,
        other => panic!("{other:?}"),
    };
    assert!(rank("Kontostatus") < rank("Status"));
}

/// Rows of data do not look like headers, whatever words of roles and states they hold.
#[test]
fn rows_of_data_are_no_headers() {
    let rows: [&[&str]; 8] = [
        &["1001", "Anna", "Andersson", "Administratör", "Skyddad", "anna.andersson@exempel.se"],
        &["annand01", "Anna Andersson", "Sekreterare", "Socialförvaltningen", "Spärrad"],
        &["Eva", "Ek", "Enhetschef", "Tjänstledig", "Pågående", "Konsult"],
        &["svclon", "Lön", "System", "Aktiv", "Admin"],
        &["2026-01-01", "2026-12-31", "Slutar", "Upphör"],
        &["Ekonomi", "Skola", "Organisation", "Chef"],
        &["Bo", "Berg", "bo.berg@exempel.se", "Aktiv", "Ja", "Nej"],
        &["Kim", "Skyddsombud", "Lärare", "Förskola", "Tillsvidare"],
    ];
    for row in rows {
        for role in ROLES {
            assert_eq!(score(row, role), 0, "{row:?} as {role:?}");
        }
    }
}

/// A header scores more than the rows beneath it, with a title above it and numbers among it.
#[test]
fn headers_score_above_data() {
    let header = ["Användarnamn", "Namn", "E-post", "Status", "Senast inloggad", "2025"];
    let data = ["annand01", "Anna Andersson", "anna@exempel.se", "Aktiv", "2026-01-05", "12"];
    assert!(score(&header, Role::Accounts) >= 4);
    assert_eq!(score(&data, Role::Accounts), 0);
    assert_eq!(score(&["Användare i Treserva 2026-10-01"], Role::Accounts), 0);
    assert_eq!(score(&["Användare", "Extern", "Inaktiv"], Role::Accounts), 3);
}

proptest! {
    /// Names, addresses, dates and numbers never make a row a header.
    #[test]
    fn made_up_data_is_no_header(
        name in "(Anna|Bo|Eva|Kim) (Ek|Berg|Lund|Holm)",
        number in "[0-9]{4,8}",
        day in "20[0-2][0-9]-(0[1-9]|1[0-2])-[0-2][1-8]",
        state in "(Aktiv|Spärrad|Skyddad|Pågående|Administratör|Sekreterare|Chef|Extern)",
        unit in "(Hemtjänst|Förskolan|Gatukontoret) (norr|söder|[1-9])",
    ) {
        let mail = format!("{}@exempel.se", name.replace(' ', "."));
        for role in ROLES {
            prop_assert_eq!(score(&[&name, &number, &day, &state, &unit, &mail], role), 0);
        }
    }

    /// Any text is looked up without a fault, and longer ones are known as nothing.
    #[test]
    fn any_text_can_be_looked_up(text in "\\PC{0,200}") {
        for role in ROLES {
            let found = meanings(&text, role);
            prop_assert!(text.len() <= LONGEST || found.is_empty());
        }
        says_little(&text);
    }
}

/// A text without end, or a row of them, is looked at no further than a header can reach.
#[test]
fn headers_are_looked_for_within_bounds() {
    assert!(is_data(&format!("2026-01-01{}", "x".repeat(1_000_000))));
    assert!(!is_data(&format!("{}@x.se", "\u{e5}".repeat(1_000_000))));
    let cells: Vec<&str> = std::iter::repeat_n("x", MOST_RATED).chain(["Konto-ID", "Namn"]).collect();
    assert_eq!(score(&cells, Role::Accounts), 0);
    assert_eq!(score(&cells[1..], Role::Accounts), 1);
}
