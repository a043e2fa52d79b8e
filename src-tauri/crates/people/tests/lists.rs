//! Reads lists in the formats that common systems export, and counts how many are read correctly.

#![expect(clippy::print_stdout, reason = "this test prints a table")]
#![expect(clippy::expect_used, clippy::panic, reason = "a wrong line in the corpus fails the test")]

use std::fmt::Write as _;

use encoding_rs::{SHIFT_JIS, WINDOWS_1252};
use people::{ListChoices, People, csv};

const LISTS: &str = include_str!("lists/headers.txt");

struct InventedPerson {
    given: &'static str,
    family: &'static str,
    address: &'static str,
    login: &'static str,
    japanese: &'static str,
    is_active: bool,
}

const PEOPLE: [InventedPerson; 4] = [
    InventedPerson {
        given: "Ana",
        family: "Lima",
        address: "ana.lima@example.com",
        login: "alima",
        japanese: "山田 花子",
        is_active: true,
    },
    InventedPerson {
        given: "José",
        family: "Peña",
        address: "jose.pena@example.com",
        login: "jpena",
        japanese: "佐藤 健",
        is_active: true,
    },
    InventedPerson {
        given: "Gone",
        family: "Person",
        address: "gone.person@example.com",
        login: "gperson",
        japanese: "鈴木 一郎",
        is_active: false,
    },
    InventedPerson {
        given: "Maria",
        family: "Chen",
        address: "maria.chen@example.com",
        login: "mchen",
        japanese: "高橋 愛",
        is_active: true,
    },
];

struct Column {
    header: &'static str,
    content: &'static str,
}

struct ListFixture {
    title: &'static str,
    is_sourced: bool,
    separator: char,
    flags: Vec<&'static str>,
    columns: Vec<Column>,
}

fn lists() -> Vec<ListFixture> {
    let mut lines = LISTS.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut lists = Vec::new();
    while let (Some(head), Some(row)) = (lines.next(), lines.next()) {
        let (title, source) = head.trim_start_matches('[').split_once("] ").expect(head);
        let (flags, columns) = row.split_once(": ").expect(row);
        let mut flags: Vec<&str> = split_flags(flags);
        let separator = match flags.remove(0) {
            "comma" => ',',
            "semicolon" => ';',
            "tab" => '\t',
            "pipe" => '|',
            other => panic!("unknown separator {other}"),
        };
        let column = |text: &'static str| {
            let (header, content) = text.rsplit_once('=').expect(text);
            Column { header, content }
        };
        let columns = columns.split(" | ").map(column).collect();
        lists.push(ListFixture { title, is_sourced: source != "guess", separator, flags, columns });
    }
    lists
}

/// Splits at spaces outside parentheses.
fn split_flags(text: &str) -> Vec<&str> {
    let mut depth = 0;
    let at_space = |c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c == ' ' && depth == 0
    };
    text.split(at_space).collect()
}

impl Column {
    /// Returns the name and the text in parentheses, as in `status(Active/Suspended)`.
    fn argument(&self) -> Option<(&'static str, &'static str)> {
        self.content.strip_suffix(')')?.split_once('(')
    }

    fn cell(&self, person: &InventedPerson, number: usize) -> String {
        let full = format!("{} {}", person.given, person.family);
        if let Some((kind, argument)) = self.argument() {
            let words = argument.split_once('/');
            return match (kind, words) {
                ("const", _) => argument.to_owned(),
                (_, Some((active, inactive))) => {
                    if person.is_active {
                        active.to_owned()
                    } else {
                        inactive.to_owned()
                    }
                }
                _ => panic!("{kind} needs two words"),
            };
        }
        match self.content {
            "" | "FALSE" => self.content.to_owned(),
            "given" => person.given.to_owned(),
            "family" => person.family.to_owned(),
            "whole" => full,
            "jpwhole" => person.japanese.to_owned(),
            "lastfirst" => format!("{}, {}", person.family, person.given),
            "capsfirst" => format!("{} {}", person.family.to_uppercase(), person.given),
            "display" => format!("{full} ({})", person.address),
            "email" => person.address.to_owned(),
            "guest" => format!("{}#EXT#@contoso.onmicrosoft.com", person.address.replace('@', "_")),
            "home" | "home_pt" => format!("{}@gmail.com", person.login),
            "alias" => person.address.replace("example.com", "example.net"),
            "proxy" => format!("SMTP:{};smtp:{}@example.net", person.address, person.login),
            "login" | "login_text" => person.login.to_owned(),
            "manager" => "boss@example.com".to_owned(),
            "managername" => "Big Boss".to_owned(),
            "id" => format!("{}", 100_200 + number),
            "adpid" => format!("A1B2C3{number}D4"),
            "pin" => "1234".to_owned(),
            "number" => format!("{number}"),
            "size" => "1.5GB".to_owned(),
            "guid" => format!("0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d1{number}"),
            "hex" => format!("5f1b27c9de1a4d0e8a7c6b5{number}"),
            "oktaid" => format!("00u1a2b3c4d5e6F7g8{number}"),
            "slackid" => format!("U024BE7L{number}"),
            "sfid" => format!("0055g00000AbCdE{number}AA"),
            "authid" => format!("auth0|5f7c8ec7c33c6c004bbafe8{number}"),
            "atlassianid" => format!("557058:0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d1{number}"),
            "dropboxid" => format!("dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQng{number}"),
            "dn" => format!("CN={full},OU=Staff,DC=example,DC=com"),
            "sid" => format!("S-1-5-21-1004336348-1177238915-682003330-51{number}"),
            "control" => if person.is_active { "512" } else { "514" }.to_owned(),
            "phone" => format!("+1 555 010 010{number}"),
            "date" => "2026-01-31T10:00:00Z".to_owned(),
            "text" => ["Platform", "Finance and Legal", "Ops, nights", "Sales"][number].to_owned(),
            "path" => "/Staff".to_owned(),
            "url" => "https://example.com/p.png".to_owned(),
            "password" => "Example1!".to_owned(),
            "hash" => "5f4dcc3b5aa765d61d8327deb882cf99".to_owned(),
            "ssn" => "078-05-1120".to_owned(),
            "taxid" => format!("LMANAA80A41F205{number}"),
            other => panic!("unknown content {other}"),
        }
    }
}

impl ListFixture {
    fn has(&self, content: &str) -> bool {
        self.columns.iter().any(|column| column.content == content)
    }

    fn has_status(&self) -> bool {
        self.has("control")
            || self
                .columns
                .iter()
                .any(|column| column.argument().is_some_and(|(kind, _)| kind != "const"))
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for flag in &self.flags {
            if let Some(title) = flag.strip_prefix("title(") {
                let _ = writeln!(text, "{}", title.trim_end_matches(')'));
            }
            match *flag {
                "type" => {
                    text.push_str("#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser\n")
                }
                "sep" => text.push_str("sep=;\n"),
                _ => {}
            }
        }
        let headers = self.columns.iter().map(|column| column.header.to_owned()).collect();
        text.push_str(&self.line(headers));
        if self.flags.contains(&"markdown") {
            text.push_str("|---|---|---|\n");
        }
        for (number, person) in PEOPLE.iter().enumerate() {
            if person.is_active || self.has_status() {
                let cells = self.columns.iter().map(|column| column.cell(person, number));
                text.push_str(&self.line(cells.collect()));
            }
        }
        text
    }

    fn line(&self, cells: Vec<String>) -> String {
        let all = self.flags.contains(&"quoted");
        let quoted = |cell: String| match all || cell.contains([self.separator, '"']) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell,
        };
        let cells: Vec<String> = cells.into_iter().map(quoted).collect();
        let line = cells.join(&self.separator.to_string());
        match self.flags.contains(&"markdown") {
            true => format!("|{line}|\n"),
            false => format!("{line}\r\n"),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let text = self.text();
        if self.flags.contains(&"1252") {
            WINDOWS_1252.encode(&text).0.into_owned()
        } else if self.flags.contains(&"sjis") {
            SHIFT_JIS.encode(&text.replace('é', "e").replace('ñ', "n")).0.into_owned()
        } else if self.flags.contains(&"utf16") {
            let units = std::iter::once(0xfeff).chain(text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        } else {
            text.into_bytes()
        }
    }

    /// Returns each person as `given|family|email|user name`.
    fn expected(&self) -> Vec<String> {
        let plain = |text: &str| match self.flags.contains(&"sjis") {
            true => text.replace('é', "e").replace('ñ', "n"),
            false => text.to_owned(),
        };
        let active = PEOPLE.iter().filter(|person| person.is_active);
        active
            .map(|person| {
                let (given, family) = match self.has("jpwhole") {
                    true => {
                        person.japanese.split_once(' ').map(|(f, g)| (g, f)).unwrap_or_default()
                    }
                    false => (person.given, person.family),
                };
                let is_named = self.columns.iter().any(|column| {
                    ["given", "whole", "jpwhole", "lastfirst", "capsfirst"]
                        .contains(&column.content)
                });
                let (given, family) = if is_named { (given, family) } else { ("", "") };
                let family = match self.has("capsfirst") {
                    true => family.to_uppercase(),
                    false => family.to_owned(),
                };
                let user_name = if self.has("login") { person.login } else { person.address };
                format!("{}|{}|{}|{user_name}", plain(given), plain(&family), person.address)
            })
            .collect()
    }
}

/// Returns `None` if the list is read correctly. Otherwise, returns what was read.
fn find_misread(list: &ListFixture) -> Option<String> {
    let text = match csv::decode(&list.bytes()) {
        Ok(text) => text,
        Err(error) => return Some(error.code().to_owned()),
    };
    let mut people = People::default();
    if let Err(error) = people.add_list(&text, &ListChoices::default()) {
        return (!list.flags.contains(&"asks")).then(|| format!("asked: {}", error.code()));
    }
    let read: Vec<String> = people
        .rows()
        .iter()
        .map(|row| {
            format!("{}|{}|{}|{}", row.given_name, row.family_name, row.email, row.user_name)
        })
        .collect();
    let expected = if list.flags.contains(&"asks") { Vec::new() } else { list.expected() };
    let left_out = usize::from(list.has_status());
    let is_right = read == expected
        && people.skipped_rows().is_empty()
        && people.list_summary().inactive.len() == left_out;
    (!is_right).then(|| {
        let inactive = people.list_summary().inactive.len();
        format!("{read:?}, {inactive} inactive, {:?}", people.skipped_rows())
    })
}

#[test]
fn lists_of_common_systems_are_read() {
    let lists = lists();
    let mut wrong = Vec::new();
    for is_sourced in [true, false] {
        let lists: Vec<&ListFixture> =
            lists.iter().filter(|list| list.is_sourced == is_sourced).collect();
        let asking = lists.iter().filter(|list| list.flags.contains(&"asks")).count();
        let misread: Vec<String> = lists
            .iter()
            .filter_map(|list| Some(format!("{}: {}", list.title, find_misread(list)?)))
            .collect();
        let (all, asked) =
            (lists.len(), misread.iter().filter(|what| what.contains("asked")).count());
        println!(
            "sourced {is_sourced}: {all} lists, {} right, {} asked, {} wrong",
            all - asking - misread.len(),
            asking + asked,
            misread.len() - asked
        );
        wrong.extend(misread);
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), lists.len(), wrong.join("\n"));
    assert!(lists.len() >= 120, "only {} lists", lists.len());
}
