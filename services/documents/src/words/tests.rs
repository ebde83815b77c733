use super::*;

#[test]
fn moments_at_their_boundaries() {
    for (text, instant) in [
        ("2026-12-01", "2026-12-01T00:00:00Z"),
        ("2028-02-29", "2028-02-29T00:00:00Z"),
        ("2026-12-01T09:00:00Z", "2026-12-01T09:00:00Z"),
        ("2026-12-01T23:59:59.123456789Z", "2026-12-01T23:59:59.123456789Z"),
        ("2026-12-01T00:30:00+01:00", "2026-11-30T23:30:00Z"),
        ("2026-12-01T00:30:00-05:30", "2026-12-01T06:00:00Z"),
    ] {
        assert_eq!(Moment::from(text).instant().map(|at| at.to_string()), Some(instant.to_owned()), "{text}");
        assert_eq!(judge("date-or-time", text), Ok(()));
    }
    for bad in [
        "",
        "2026-12-1",
        "20261201",
        "2026-13-01",
        "2027-02-29",
        "2026-12-01 09:00:00Z",
        "2026-12-01T09:00Z",
        "2026-12-01T09:00:00",
        "2026-12-01T24:00:00Z",
        "2026-12-01T09:00:00.Z",
        "2026-12-01T09:00:00.1234567890Z",
        "2026-12-01T09:00:00[Europe/Berlin]",
        "2026-12-01T09:00:00+0100",
        "tomorrow",
        "２026-12-01",
    ] {
        assert!(judge("date-or-time", bad).is_err(), "{bad:?}");
        assert_eq!(Moment::from(bad).instant(), None);
    }
}

#[test]
fn numbers_and_names_at_their_boundaries() {
    let table: &[(&str, &[&str], &[&str])] = &[
        (
            "decimal",
            &["0", "-1", "0.25", "12345678901234567890.5"],
            &["", ".5", "5.", "+1", "1e3", "1,5", "--1", "NaN"],
        ),
        ("person-days", &["0", "2.5", "999999999.999999"], &["-1", "1234567890", "1.1234567", ""]),
        ("name", &["a", "a-b", "a.b-1", "9"], &["", "A", "-a", "a-", "a..b", "a_b", "a.", "ä"]),
        ("key", &["a", "A_b.c-9"], &["", "-a", "a b", "ä", "01JD3Z8Q4M9W6T2V5X7Y0A1B2C"]),
        ("environment", &["eu-1.staging"], &["", "Production", "-a"]),
        ("line", &["a", " a "], &["", " ", "a\nb", "a\tb", "\u{202e}a"]),
        ("text", &["a\nb\tc"], &["", " \n", "a\u{7}", "a\u{2066}"]),
    ];
    for (format, good, bad) in table {
        for text in *good {
            assert_eq!(judge(format, text), Ok(()), "{format} {text:?}");
        }
        for text in *bad {
            assert!(judge(format, text).is_err(), "{format} {text:?}");
        }
    }
}
