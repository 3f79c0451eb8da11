//! The forms of dates, all in one table, and what must hold for any of them.

use super::*;
use chrono::NaiveTime;
use proptest::prelude::*;

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn style(role: DateRole, order: Option<Order>) -> DateStyle {
    let reference = Some(day(2026, 11, 30));
    let plain = DateStyle::unsettled(role, Tz::Europe__Stockholm, reference);
    DateStyle { orders: [order; Separator::COUNT], ..plain }
}

fn read_in(style: DateStyle, text: &str) -> Reading<NaiveDate> {
    style.read(text).map(|moment| moment.date())
}

/// Every form met in exports gives the day that a person reads, in a column whose order is settled or not needed.
#[test]
fn every_known_form_is_read() {
    let told = [
        "2026-10-05",
        "2026/10/05",
        "2026.10.05",
        "20261005",
        "2026-10-5",
        "2026-10-05 08:15:00",
        "2026-10-05T08:15:00Z",
        "2026-10-05T08:15:00.123+02:00",
        "2026-10-05T08:15:00.1234567Z",
        "2026-10-05Z",
        "20261005083000.0Z",
        "20261005083000",
        "20261005T083000Z",
        "05-OCT-2026",
        "5 okt 2026",
        "5 okt. 2026",
        "den 5 oktober 2026",
        "Den 5:e oktober 2026",
        "måndag 5 oktober 2026 kl. 08:15",
        "Oct 5, 2026",
        "October 5, 2026 8:15 AM",
        "Mon, 05 Oct 2026 08:15:00 GMT",
        "Mon Oct 05 08:15:00 CEST 2026",
        "Mon Oct 05 2026 08:15:00 GMT+0200 (Central European Summer Time)",
        "05/Oct/2026:08:15:00 +0200",
        "2026-okt-05",
        "134356617000000000",
        "/Date(1791188100000)/",
        "46300",
        "46300.34",
        "46300,5",
        "2026-10-05 24:00",
        "2026-10-05 08.15.00",
        "2026-10-05 8:15 p.m.",
        "2026-10-04T22:30:00Z",
    ];
    for text in told {
        assert_eq!(read_in(style(DateRole::Past, None), text), Reading::Known(day(2026, 10, 5)), "{text}");
    }
    let day_first = [
        "05.10.2026",
        "5/10/2026 08:15",
        "05-10-2026",
        "5 10 2026",
        "5/10 2026",
        "05-OCT-26",
        "05-okt-26 21.40.00",
        "05/10/26",
        "5.10.26",
        "5. 10. 2026",
    ];
    for text in day_first {
        let column = style(DateRole::Past, Some(Order::DayMonthYear));
        assert_eq!(read_in(column, text), Reading::Known(day(2026, 10, 5)), "{text}");
    }
    let year_first = style(DateRole::End, Some(Order::YearMonthDay));
    for text in ["261005", "26-10-05", "26/10/05", "26-OCT-05"] {
        assert_eq!(read_in(year_first, text), Reading::Known(day(2026, 10, 5)), "{text}");
    }
    let american = style(DateRole::Past, Some(Order::MonthDayYear));
    for text in ["10/5/2026 8:15:00 AM", "10-05-2026", "10/05/26", "10/5/2026 8:15\u{202f}PM"] {
        assert_eq!(read_in(american, text), Reading::Known(day(2026, 10, 5)), "{text}");
    }
}

/// What is no date is not made into one, and what fits two days is not guessed.
#[test]
fn other_texts_are_not_understood() {
    let texts = [
        "tills vidare",
        "2025-13-01",
        "2025-02-30",
        "197001011234",
        "1-2-3",
        "2026",
        "2026-06",
        "2026-W40",
        "2026v40",
        "19850101-2382",
        "3/4/2026",
        "03-04-26",
        "260403",
        "1700000000",
        "1791180900000",
        "2026-06-30 prel.",
        "2026-06-30?",
        "efter 2026-06-30",
        "2026-06-30 - 2026-07-30",
        "99999",
        "31/31/2026",
        "#REF!",
        "1.33E+17",
        "System.Object[]",
        "5 foo 2026",
        "1234567",
        "12.5",
    ];
    for text in texts {
        assert_eq!(style(DateRole::End, None).read(text), Reading::NotUnderstood, "{text}");
    }
    assert_eq!(read_in(style(DateRole::End, None), "05/05/2026"), Reading::Known(day(2026, 5, 5)));
}

/// The zeros and ends of every clock, in every form, are no days in columns of ends and sign-ins.
#[test]
fn null_dates_are_none() {
    let nulls = [
        "1899-12-30",
        "1899-12-31",
        "1900-01-00",
        "1900-01-01",
        "00/01/1900",
        "1/0/1900",
        "1.1.1900 0:00",
        "1970-01-01",
        "1970/01/01",
        "01/01/1970",
        "1-jan-1970",
        "1970-01-01T00:00:00.000Z",
        "1970-01-01T01:00:00",
        "1969-12-31T23:00",
        "12/31/1969 4:00:00 PM",
        "0001-01-01T00:00:00Z",
        "1/1/0001 12:00:00 AM",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "00/00/0000",
        "00000000",
        "0",
        "00:00:00",
        "1601-01-01",
        "1601-01-01 01:00:00",
        "1600-12-31 16:00",
        "9999-12-31",
        "9999-12-31T23:59:59Z",
        "12/31/9999",
        "99991231",
        "99991231235959.0Z",
        "2099-12-31",
        "2958465",
        "1753-01-01",
        "9223372036854775807",
        "9223372032559808511",
        "9223372036854775808",
        "9223372036854780000",
        "3155378975999999999",
        "3155378976000000000",
        "2650467743999999999",
        "/Date(-62135596800000)/",
        "31-DEC-99",
        "1904-01-01",
    ];
    for text in nulls {
        for role in [DateRole::End, DateRole::SignIn] {
            let column = style(role, Some(Order::DayMonthYear));
            let column = if text.contains("12/31") { style(role, Some(Order::MonthDayYear)) } else { column };
            assert_eq!(column.read(text), Reading::Absent, "{text}");
            assert!(column.is_null(text), "{text}");
        }
    }
    assert_eq!(read_in(style(DateRole::Birth, None), "1900-01-01"), Reading::Known(day(1900, 1, 1)));
    assert_eq!(read_in(style(DateRole::Birth, None), "1970-01-01"), Reading::Known(day(1970, 1, 1)));
    assert_eq!(read_in(style(DateRole::Start, None), "1900-01-01"), Reading::Absent);
    assert_eq!(read_in(style(DateRole::Start, None), "9999-12-31"), Reading::Known(day(9999, 12, 31)));
}

/// A count of ticks is read by the clock that brings it near, and one that no clock brings near is not "none".
#[test]
fn ticks_are_of_the_nearer_clock() {
    for role in [DateRole::SignIn, DateRole::End, DateRole::Past] {
        let column = style(role, None);
        for (text, of_november) in [("639300708000000000", 12), ("134396352000000000", 20), ("20261117120000123", 17)] {
            assert_eq!(read_in(column, text), Reading::Known(day(2026, 11, of_november)), "{text}");
        }
        for text in ["1795993200000000000", "700000000000000000", "999999999999999999", "3100000000000000000"] {
            assert_eq!(column.read(text), Reading::NotUnderstood, "{text}");
        }
    }
}

/// Where something was done, a day far ahead is "none" if somebody chose it, and a misreading else; an end far ahead is
/// no end whatever its day.
#[test]
fn a_sign_in_far_ahead_is_not_understood() {
    for (text, sign_in) in [
        ("3625-10-19", Reading::NotUnderstood),
        ("2226-11-12T08:00:00", Reading::NotUnderstood),
        ("2999-12-31", Reading::Absent),
        ("3000-01-01", Reading::Absent),
    ] {
        assert_eq!(style(DateRole::SignIn, None).read(text), sign_in, "{text}");
        assert_eq!(style(DateRole::End, None).read(text), Reading::Absent, "{text}");
    }
}

/// A moment of UTC is the day on which it falls where the organisation is.
#[test]
fn moments_fall_on_local_days() {
    let column = style(DateRole::End, None);
    for text in ["2026-11-29T23:00:00Z", "20261129230000.0Z", "2026-11-29 23:00:00 UTC", "134404668000000000"] {
        assert_eq!(read_in(column, text), Reading::Known(day(2026, 11, 30)), "{text}");
    }
    assert_eq!(read_in(column, "2026-11-29T23:00:00"), Reading::Known(day(2026, 11, 29)));
    let seconds = DateStyle { epoch: true, ..column };
    assert_eq!(read_in(seconds, "1795993200"), Reading::Known(day(2026, 11, 30)));
    assert_eq!(read_in(seconds, "1795993200000"), Reading::Known(day(2026, 11, 30)));
}

/// Years of two digits lie around the day of the review, births behind it; without that day they are not read.
#[test]
fn short_years_lie_around_the_review() {
    let year = |role, text| read_in(style(role, Some(Order::YearMonthDay)), text).map(|day| day.year());
    assert_eq!(year(DateRole::Birth, "85-05-01"), Reading::Known(1985));
    assert_eq!(year(DateRole::Birth, "26-05-01"), Reading::Known(2026));
    assert_eq!(year(DateRole::Birth, "27-05-01"), Reading::Known(1927));
    assert_eq!(year(DateRole::End, "47-05-01"), Reading::Known(2047));
    assert_eq!(year(DateRole::Start, "98-05-01"), Reading::Known(1998));
    assert_eq!(year(DateRole::End, "00-01-01"), Reading::NotUnderstood);
    let without = DateStyle { reference: None, ..style(DateRole::End, Some(Order::YearMonthDay)) };
    assert_eq!(without.read("26-05-01"), Reading::NotUnderstood);
}

/// Far-off end dates mean that no end is known.
#[test]
fn a_far_end_is_open() {
    assert_eq!(End::new(day(2099, 12, 31)), End::Open);
    assert_eq!(End::new(day(2098, 12, 31)), End::On(day(2098, 12, 31)));
}

/// Forms with the order in which each is meant.
const FORMS: [(&str, Order); 14] = [
    ("%Y-%m-%d", Order::YearMonthDay),
    ("%Y%m%d", Order::YearMonthDay),
    ("%y%m%d", Order::YearMonthDay),
    ("%y-%m-%d", Order::YearMonthDay),
    ("%d/%m/%Y", Order::DayMonthYear),
    ("%d.%m.%Y %H:%M", Order::DayMonthYear),
    ("%-d-%-m-%Y", Order::DayMonthYear),
    ("%d/%m/%y", Order::DayMonthYear),
    ("%d-%b-%y", Order::DayMonthYear),
    ("den %-d %B %Y kl. %H.%M", Order::DayMonthYear),
    ("%b %-d, %Y %-I:%M %p", Order::MonthDayYear),
    ("%m-%d-%Y", Order::MonthDayYear),
    ("%-m/%-d/%y", Order::MonthDayYear),
    ("%Y-%m-%dT%H:%M:%S", Order::MonthDayYear),
];

proptest! {
    /// Whatever form a date is written in, a column whose order is settled gives it back.
    #[test]
    fn dates_survive_writing(days in 0i64..20_000, minutes in 0i64..1440, form in 0usize..FORMS.len()) {
        let moment = day(1971, 1, 1).and_time(NaiveTime::MIN) + chrono::Duration::minutes(days * 1440 + minutes);
        let (form, order) = FORMS[form];
        let text = moment.format(form).to_string();
        let reference = Some(day(2030, 1, 1));
        let column = DateStyle { reference, ..style(DateRole::Past, Some(order)) };
        prop_assert_eq!(read_in(column, &text), Reading::Known(moment.date()), "{}", text);
    }

    /// A date that tells itself is read the same in a column of any order.
    #[test]
    fn the_order_touches_no_told_date(days in 0i64..60_000) {
        let text = (day(1910, 1, 1) + chrono::Duration::days(days)).to_string();
        let readings = [None, Some(Order::DayMonthYear), Some(Order::MonthDayYear), Some(Order::YearMonthDay)];
        let readings = readings.map(|order| style(DateRole::Birth, order).read(&text));
        prop_assert!(readings.iter().all(|reading| *reading == readings[0]));
    }

    /// A null date, shifted by any zone, is never a day in a column of ends.
    #[test]
    fn a_null_date_is_never_an_end(zero in 0usize..5, minutes in -12i64 * 60..=14 * 60, form in 0usize..3) {
        let zeros = [day(1970, 1, 1), day(1601, 1, 1), day(1900, 1, 1), day(1899, 12, 30), day(9999, 12, 30)];
        let moment = zeros[zero].and_time(NaiveTime::MIN) + chrono::Duration::minutes(minutes);
        let text = moment.format(["%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%d-%b-%Y %I:%M %p"][form]).to_string();
        let column = style(DateRole::End, Some(Order::DayMonthYear));
        prop_assert_eq!(column.read(&text), Reading::Absent, "{}", text);
        prop_assert_eq!(column.take(moment), Reading::Absent);
    }

    /// No text makes the reader panic.
    #[test]
    fn any_text_is_survived(text in ".{0,40}", digits in "[0-9TZ:./ +-]{0,24}") {
        for order in [None, Some(Order::DayMonthYear)] {
            let _ = style(DateRole::End, order).read(&text);
            let _ = style(DateRole::End, order).read(&digits);
        }
    }
}
