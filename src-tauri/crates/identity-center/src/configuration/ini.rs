//! Parses an AWS configuration file as tolerantly as the AWS CLI, and continues after a line that
//! can't be used.
//!
//! The AWS CLI reads these files with Python's `configparser`. Section headers and keys may be
//! indented, and `:` is a separator like `=`. A line that is indented deeper than its key continues
//! the value, and comments take up whole lines. Unlike the AWS CLI, this parser always treats an
//! indented header as a new section, and removes comments and quotation marks around a value.

use std::collections::BTreeMap;

use super::NoteReason;

/// The section whose values apply to every section in the file.
const DEFAULTS: &str = "DEFAULT";

/// Keys that start a new value even if they are indented deeper than the key above. The AWS CLI
/// would add such a line to the value above.
const KEYS: [&str; 14] = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "credential_process",
    "mfa_serial",
    "output",
    "region",
    "role_arn",
    "source_profile",
    "sso_account_id",
    "sso_region",
    "sso_role_name",
    "sso_session",
    "sso_start_url",
];

/// Keys whose values people sometimes paste with a line break inside.
const SECRETS: [&str; 2] = ["aws_secret_access_key", "aws_session_token"];

/// The key of a command, which keeps its quotation marks and `#`.
const COMMAND: &str = "credential_process";

#[derive(Debug, Default)]
pub struct Section {
    /// The text between the brackets.
    pub header: String,
    pub line: u32,
    /// The values by lowercase key.
    pub values: BTreeMap<String, IniValue>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IniValue {
    pub text: String,
    /// The indented `key = value` lines below a key that has no value, such as `s3 =`.
    pub nested: BTreeMap<String, String>,
    pub line: u32,
}

#[derive(Debug, Default)]
pub struct Ini {
    /// Sections with the same header are merged. Later values win.
    pub sections: Vec<Section>,
    /// The notes about lines that can't be used or that the AWS CLI doesn't accept, with their line
    /// numbers.
    pub notes: Vec<(u32, NoteReason)>,
}

/// The parser's position in the file.
enum ParserPosition {
    /// Before the first section.
    Start,
    /// In the section with this index.
    Section(usize),
    /// After a header that can't be read. The values below it are skipped.
    Unreadable,
}

struct Parser {
    ini: Ini,
    place: ParserPosition,
    /// The key whose value may continue on the next line.
    key: Option<String>,
    /// The indentation of that key or of the header.
    indent: usize,
}

pub fn parse(text: &str) -> Ini {
    let mut parser =
        Parser { ini: Ini::default(), place: ParserPosition::Start, key: None, indent: 0 };
    let text = text.replace("\r\n", "\n");
    for (line, number) in text.split(['\n', '\r']).zip(1..) {
        parser.read_line(line, number);
    }
    let mut ini = parser.ini;
    for section in &mut ini.sections {
        for (key, value) in &mut section.values {
            if key != COMMAND {
                value.text = strip_comment_and_quotes(&value.text).to_owned();
            }
        }
    }
    apply_defaults(&mut ini.sections);
    ini
}

impl Parser {
    fn read_line(&mut self, line: &str, number: u32) {
        let text = line.trim();
        if text.is_empty() || text.starts_with(['#', ';']) {
            return;
        }
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        if text.starts_with('[') {
            self.indent = indent;
            self.key = None;
            self.header(text, number);
            return;
        }
        let section = match self.place {
            ParserPosition::Start => return self.add_note(number, NoteReason::NoSection),
            ParserPosition::Unreadable => return,
            ParserPosition::Section(index) => index,
        };
        if let Some(key) = self.key.clone().filter(|_| indent > self.indent)
            && self.continues(section, &key, text, number)
        {
            return;
        }
        self.indent = indent;
        let above = self.key.take();
        let Some((key, value)) = text.split_once(['=', ':']) else {
            return match above {
                Some(key) if self.append_secret_line(section, &key, text, number) => {
                    self.add_note(number, NoteReason::BrokenValue { key });
                }
                _ => self.add_note(number, NoteReason::NoEquals),
            };
        };
        let key = key.trim().to_lowercase();
        if key.is_empty() {
            return self.add_note(number, NoteReason::NoKey);
        }
        let value =
            IniValue { text: value.trim().to_owned(), nested: BTreeMap::new(), line: number };
        let values = &mut self.ini.sections[section].values;
        let first = values.insert(key.clone(), value).map(|earlier| earlier.line);
        self.key = Some(key.clone());
        if let Some(first) = first {
            self.add_note(number, NoteReason::DuplicateKey { key, first });
        }
    }

    /// Adds a line to the secret on the line above. Returns `false` if the line isn't the rest of a
    /// secret.
    fn append_secret_line(&mut self, section: usize, key: &str, text: &str, number: u32) -> bool {
        let in_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'+');
        let value = self.ini.sections[section].values.get_mut(key);
        let value = value.filter(|value| value.line + 1 == number && SECRETS.contains(&key));
        let Some(value) = value.filter(|_| text.bytes().all(in_base64)) else {
            return false;
        };
        value.text.push_str(text);
        true
    }

    fn header(&mut self, text: &str, number: u32) {
        let header = text.find(']').zip(text.rfind(']')).map(|(first, last)| {
            // A name may contain `]`, but a `]` in a comment after the header is ignored.
            let is_comment = text[first..last].contains(['#', ';', '[']);
            &text[1..if is_comment { first } else { last }]
        });
        let Some(header) = header.map(str::trim).filter(|header| !header.is_empty()) else {
            self.place = ParserPosition::Unreadable;
            return self.add_note(number, NoteReason::Header);
        };
        let known = self.ini.sections.iter().position(|section| section.header == header);
        let index = known.unwrap_or(self.ini.sections.len());
        self.place = ParserPosition::Section(index);
        if known.is_none() {
            let header = header.to_owned();
            self.ini.sections.push(Section { header, line: number, values: BTreeMap::new() });
            return;
        }
        let first = self.ini.sections[index].line;
        self.add_note(number, NoteReason::DuplicateSection { name: header.to_owned(), first });
    }

    /// Adds a line that is indented deeper than the key above. Returns `false` if the line isn't
    /// part of that key's value.
    fn continues(&mut self, section: usize, key: &str, text: &str, number: u32) -> bool {
        let Some(value) = self.ini.sections[section].values.get_mut(key) else {
            return false;
        };
        let pair = text.split_once('=').map(|(key, value)| (key.trim(), value.trim()));
        if value.text.is_empty() {
            match pair {
                Some((key, text)) => {
                    value
                        .nested
                        .insert(key.to_lowercase(), strip_comment_and_quotes(text).to_owned());
                }
                None => self.add_note(number, NoteReason::NoEquals),
            }
            return true;
        }
        if pair.is_some_and(|(key, _)| KEYS.contains(&key.to_lowercase().as_str())) {
            self.add_note(number, NoteReason::Indented);
            return false;
        }
        value.text.push('\n');
        value.text.push_str(text);
        true
    }

    fn add_note(&mut self, line: u32, reason: NoteReason) {
        self.ini.notes.push((line, reason));
    }
}

/// Removes a comment after a value, and the quotation marks around the value.
fn strip_comment_and_quotes(text: &str) -> &str {
    let comment = text
        .char_indices()
        .find(|(at, c)| matches!(c, '#' | ';') && text[..*at].ends_with(char::is_whitespace));
    let text = comment.map_or(text, |(at, _)| &text[..at]).trim();
    let within = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    within('"').or_else(|| within('\'')).unwrap_or(text).trim()
}

/// Copies the values in `[DEFAULT]` to sections that don't have them.
fn apply_defaults(sections: &mut Vec<Section>) {
    let Some(at) = sections.iter().position(|section| section.header == DEFAULTS) else {
        return;
    };
    let defaults = sections.remove(at).values;
    for section in sections {
        for (key, value) in &defaults {
            section.values.entry(key.clone()).or_insert_with(|| value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Formats a file as `[section] key=value key=value`, and its notes as `line reason`.
    fn format_file(text: &str) -> (Vec<String>, Vec<String>) {
        let ini = parse(text);
        let section = |section: &Section| {
            let values = section.values.iter().map(|(key, value)| {
                let nested = value.nested.iter().map(|(key, value)| format!("{key}:{value}"));
                let nested: Vec<String> = nested.collect();
                format!(" {key}={}{}", value.text, nested.join(","))
            });
            format!("[{}]{}", section.header, values.collect::<String>())
        };
        let note = |(line, reason): &(u32, NoteReason)| format!("{line} {}", reason.code());
        (ini.sections.iter().map(section).collect(), ini.notes.iter().map(note).collect())
    }

    #[test]
    fn tolerant_forms_are_read() {
        for (text, expected) in [
            ("[default]\nregion = us-east-1\n", "[default] region=us-east-1"),
            ("[default]\n    region = a\n    output = b\n", "[default] output=b region=a"),
            ("[default]\n\tregion = a\n", "[default] region=a"),
            ("  [default]\n  region = a\n", "[default] region=a"),
            ("[default]\rregion = a\r", "[default] region=a"),
            ("[default]\r\nregion = a\r\n", "[default] region=a"),
            ("[default] # mine [old]\nregion=a", "[default] region=a"),
            ("[ default ]\nregion=a", "[default] region=a"),
            ("[a]b]\nregion=a", "[a]b] region=a"),
            ("[default]\nRegion : a", "[default] region=a"),
            ("[default]\nregion = a # Ireland", "[default] region=a"),
            ("[default]\nregion = a;b", "[default] region=a;b"),
            ("[default]\nregion = \"a\"", "[default] region=a"),
            ("[default]\n# region = b\n  ; c\nregion = a\n\n\n", "[default] region=a"),
            (
                "[default]\ncredential_process = \"/a b/c\" --x '#'",
                "[default] credential_process=\"/a b/c\" --x '#'",
            ),
            (
                "[p]\ns3 =\n  addressing_style = path\n  x = y\nregion = a",
                "[p] region=a s3=addressing_style:path,x:y",
            ),
            ("[p]\nrole_arn = arn:aws:iam::1:role/a", "[p] role_arn=arn:aws:iam::1:role/a"),
            ("[p]\nurl = https://a.awsapps.com/start#/", "[p] url=https://a.awsapps.com/start#/"),
            ("[DEFAULT]\nregion = a\n[p]\noutput = b", "[p] output=b region=a"),
            ("", ""),
        ] {
            let (sections, notes) = format_file(text);
            assert_eq!(sections.join(" "), expected, "{text:?}");
            assert_eq!(notes, Vec::<String>::new(), "{text:?}");
        }
    }

    #[test]
    fn unusable_lines_are_noted_and_cost_nothing_else() {
        for (text, expected, noted) in [
            ("region = a\n[p]\nregion = b", "[p] region=b", "1 no_section"),
            ("[p]\nregion = b\nhello\noutput = c", "[p] output=c region=b", "3 no_equals"),
            (
                "[p]\naws_secret_access_key = wJalr\nXUtnFEMI/K7\noutput = c",
                "[p] aws_secret_access_key=wJalrXUtnFEMI/K7 output=c",
                "3 broken_value",
            ),
            ("[p]\n= b\noutput = c", "[p] output=c", "2 no_key"),
            ("[p\nregion = b\n[q]\nregion = c", "[q] region=c", "1 header"),
            ("[]\nregion = b\n[q]\nregion = c", "[q] region=c", "1 header"),
            ("[p]\nregion = b\n[p]\noutput = c", "[p] output=c region=b", "3 duplicate_section"),
            ("[p]\nregion = b\nregion = c", "[p] region=c", "3 duplicate_key"),
            ("[p]\nregion = b\n    output = c", "[p] output=c region=b", "3 indented"),
            ("[p]\ns3 =\n  words\n  a = b\nregion = c", "[p] region=c s3=a:b", "3 no_equals"),
            ("[p]\nregion = b\n  [q]\n  region = c", "[p] region=b [q] region=c", ""),
        ] {
            let (sections, notes) = format_file(text);
            assert_eq!(sections.join(" "), expected, "{text:?}");
            assert_eq!(notes.join(" "), noted, "{text:?}");
        }
    }
}
