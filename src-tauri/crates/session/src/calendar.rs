//! The calendar file (RFC 5545) with a reminder to replace AWS's certificate.

use jiff::Timestamp;
use uuid::Uuid;

use messages::MessageCatalog;
use setup::{Facts, Field, Page, idp::IdentityProvider, pages};
use storage::store::SetupKind;

use super::{report::model::params, setup_session::SetupSession};

/// When calendars remind the user, in days before the certificate expires.
const REMINDERS: [u32; 3] = [90, 30, 7];

/// An all-day event.
struct Event {
    uid: Uuid,
    made: Timestamp,
    expires: Timestamp,
    title: String,
    description: String,
}

/// Returns the name and the content of the calendar file, or `None` without a certificate from AWS.
pub(super) fn reminder(open: &SetupSession, all: &Facts) -> Option<(String, Vec<u8>)> {
    let idp = IdentityProvider::from_facts(all);
    let (_, certificate) = idp.certificate()?;
    let expires = certificate.not_after();
    let setup = &open.cx.held.setup;
    let words = MessageCatalog::english().without_markup();
    let name = all.text(Field::ApplicationName).filter(|name| !name.is_empty());
    let issuer = idp.issuer.as_ref().map(|issuer| issuer.value.as_str());
    let application = name.or(issuer).unwrap_or_default().to_owned();
    let params = params([
        ("organization", setup.name.clone()),
        ("until", expires.strftime("%F").to_string()),
        ("application", application),
        ("file", setup.report_file.clone().unwrap_or_else(|| "none".to_owned())),
    ]);
    let mut lines: Vec<String> = match setup.world {
        SetupKind::Practice => vec![words.format_plain("report-practice")],
        SetupKind::Real => Vec::new(),
    };
    let steps = [
        "calendar-why",
        "calendar-before",
        "calendar-generate",
        "calendar-paste",
        "calendar-activate",
        "calendar-test",
        "calendar-delete",
        "calendar-go-back",
        "calendar-again",
        "calendar-report",
    ];
    lines.extend(steps.map(|key| words.text(key, &params)));
    if let (SetupKind::Real, Some((link, _))) =
        (setup.world, pages::address(all, &Page::AwsApplication))
    {
        lines.push(link);
    }
    let event = Event {
        uid: setup.id,
        made: open.cx.now(),
        expires,
        title: words.text("calendar-title", &params),
        description: lines.join("\n"),
    };
    Some(("nops-sso-setup-reminder.ics".to_owned(), event.calendar().into_bytes()))
}

impl Event {
    /// Renders a calendar with this event. The UID stays the same and the sequence grows, so that
    /// an imported file replaces the event of an earlier file.
    fn calendar(&self) -> String {
        let title = escape(&self.title);
        let version = env!("CARGO_PKG_VERSION");
        let mut lines = vec![
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            format!("PRODID:-//nOps SSO Setup//{version}//EN"),
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", self.uid),
            format!("SEQUENCE:{}", self.made.as_second() / 60),
            format!("DTSTAMP:{}", self.made.strftime("%Y%m%dT%H%M%SZ")),
            format!("DTSTART;VALUE=DATE:{}", self.expires.strftime("%Y%m%d")),
            "TRANSP:TRANSPARENT".to_owned(),
            format!("SUMMARY:{title}"),
            format!("DESCRIPTION:{}", escape(&self.description)),
        ];
        for days in REMINDERS {
            lines.extend([
                "BEGIN:VALARM".to_owned(),
                "ACTION:DISPLAY".to_owned(),
                format!("TRIGGER:-P{days}D"),
                format!("DESCRIPTION:{title}"),
                "END:VALARM".to_owned(),
            ]);
        }
        lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
        lines.iter().map(|line| fold(line)).collect()
    }
}

/// Escapes text (RFC 5545, section 3.3.11).
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            // Other control characters aren't allowed.
            '\t' => escaped.push(' '),
            other if other.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// Ends a line with CRLF, and folds it into parts of at most 75 octets (RFC 5545, section 3.1).
fn fold(line: &str) -> String {
    const MOST_OCTETS: usize = 75;
    let mut folded = String::with_capacity(line.len() + 2);
    let mut octets = 0;
    for character in line.chars() {
        if octets + character.len_utf8() > MOST_OCTETS {
            folded.push_str("\r\n ");
            octets = 1;
        }
        folded.push(character);
        octets += character.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        for line in ["a".repeat(75), "a".repeat(76), "é🙂".repeat(99), String::new()] {
            let folded = fold(&line);
            assert!(folded.ends_with("\r\n"));
            let parts: Vec<_> = folded.trim_end().split("\r\n").collect();
            assert!(parts.iter().all(|part| part.len() <= 75), "{folded}");
            assert!(parts[..parts.len() - 1].iter().all(|part| part.len() > 71), "{folded}");
            assert_eq!(folded.replace("\r\n ", ""), format!("{line}\r\n"));
        }
    }

    #[test]
    fn text_cannot_add_lines_or_parameters() {
        for (text, escaped) in [
            ("Example, Inc.; a\\b", "Example\\, Inc.\\; a\\\\b"),
            ("a\nEND:VEVENT", "a\\nEND:VEVENT"),
            ("a\r\nb\u{0}\u{7f}\tc", "a\\nb c"),
            ("a: \"b\"", "a: \"b\""),
        ] {
            assert_eq!(escape(text), escaped);
        }
    }
}
