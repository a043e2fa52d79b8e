//! How long each reader takes, and how much memory, beside other software on the same file.
//!
//! Usage: `cargo xtask bench readers`. A normal file first, then rubbish: as much as the reader looks into at all,
//! 10 MB and 50 MB. Every shape of rubbish is read, and the slowest is shown and handed to the other program as well.
//! Each case is read in a process of its own, by whose end GNU time knows the most memory that it held. Ours is the
//! time of the reading alone; the others' is that of the program, less what it takes to start.

#![expect(clippy::print_stdout, reason = "the table is what this program is for")]

use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use acceptance::{
    Result,
    corpus::{
        mutation::Mutation,
        tables::{GOOD, with_tabs},
    },
    measured,
};
use identifiers::link;
use jiff::Timestamp;
use people::{People, sheet, team};
use saml::{
    file::{self, Expect},
    request::Request,
    response::Response,
};
use setup::{Step, intake, mappings};

const CERTIFICATE: &str =
    include_str!("../../src-tauri/crates/saml/tests/fixtures/certificate.pem");
const RESPONSE: &str =
    include_str!("../../src-tauri/crates/saml/tests/fixtures/response-signed.xml");
const LINK: &str = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/\
                    MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw";

/// The longest that an answer may take, however large the file.
const AT_ONCE: Duration = Duration::from_secs(1);
/// Other programs are stopped when they take longer.
const LIMIT: Duration = Duration::from_secs(20);

/// One reader of the core, and who else reads such a file.
struct Reader {
    name: &'static str,
    /// What comes to it is text: the webview has decoded it.
    text: bool,
    /// Reads, and says in a word what came of it.
    read: fn(&[u8]) -> String,
    /// A normal file.
    normal: fn() -> String,
    /// The most bytes that are looked into.
    most: usize,
    other: Other,
}

/// A program that reads a file.
struct Other {
    name: &'static str,
    program: &'static str,
    /// Its arguments in front of the file.
    arguments: &'static [&'static str],
    /// The arguments with which it only starts and ends.
    start: &'static [&'static str],
}

const OPENSSL: Other = Other {
    name: "openssl x509",
    program: "openssl",
    arguments: &["x509", "-noout", "-fingerprint", "-in"],
    start: &["version"],
};
const XMLLINT: Other = Other {
    name: "xmllint",
    program: "xmllint",
    arguments: &["--noout", "--nonet"],
    start: &["--version"],
};
const XMLLINT_HTML: Other =
    Other { name: "xmllint --html", arguments: &["--html", "--noout", "--nonet"], ..XMLLINT };

const fn python(name: &'static str, arguments: &'static [&'static str]) -> Other {
    Other { name, program: "python3", arguments, start: &["-c", "import sys"] }
}

const READERS: [Reader; 9] = [
    Reader {
        name: "certificate",
        text: false,
        read: document,
        normal: || CERTIFICATE.to_owned(),
        most: file::MAX_BYTES,
        other: OPENSSL,
    },
    Reader {
        name: "metadata",
        text: false,
        read: document,
        normal: metadata,
        most: file::MAX_BYTES,
        other: XMLLINT,
    },
    Reader {
        name: "response",
        text: false,
        read: |bytes| match Response::read(bytes) {
            Ok(_) => "read".to_owned(),
            Err(refusal) => refusal.code().to_owned(),
        },
        normal: || RESPONSE.to_owned(),
        most: 512 << 10,
        other: XMLLINT,
    },
    Reader {
        name: "request",
        text: true,
        read: |bytes| match Request::read(&String::from_utf8_lossy(bytes)) {
            Ok(_) => "read".to_owned(),
            Err(refusal) => refusal.code().to_owned(),
        },
        normal: || {
            "<p:AuthnRequest xmlns:p=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"a\"/>".to_owned()
        },
        most: 256 << 10,
        other: XMLLINT,
    },
    Reader {
        name: "link",
        text: true,
        read: |bytes| {
            let reading = link::read(&String::from_utf8_lossy(bytes));
            let said = serde_json::to_value(&reading.link).unwrap_or_default();
            said["is"].as_str().unwrap_or_default().to_owned()
        },
        normal: || LINK.to_owned(),
        most: file::MAX_BYTES,
        other: python(
            "urllib.parse",
            &[
                "-c",
                "import sys, urllib.parse as p; p.urlsplit(open(sys.argv[1], errors='replace').read())",
            ],
        ),
    },
    Reader {
        name: "any paste",
        text: true,
        read: |bytes| {
            let text = String::from_utf8_lossy(bytes);
            let intake = intake::pasted(&text, Step::Application, Timestamp::UNIX_EPOCH);
            let notes = intake.notes.first().map(|note| note.code.clone());
            notes.unwrap_or_else(|| "read".to_owned())
        },
        normal: || LINK.to_owned(),
        most: file::MAX_BYTES,
        other: python(
            "urllib.parse",
            &[
                "-c",
                "import sys, urllib.parse as p; p.urlsplit(open(sys.argv[1], errors='replace').read())",
            ],
        ),
    },
    Reader {
        name: "table",
        text: true,
        read: |bytes| match mappings::read_table(&String::from_utf8_lossy(bytes)) {
            Some(rows) => format!("{} rows", rows.len()),
            None => "no table".to_owned(),
        },
        normal: || with_tabs(&GOOD),
        most: 256 << 10,
        other: XMLLINT_HTML,
    },
    Reader {
        name: "people",
        text: false,
        read: |bytes| match sheet::decode(bytes) {
            Ok(text) => {
                let mut people = People::default();
                format!("{} people", people.add_sheet(&text))
            }
            Err(error) => error.code().to_owned(),
        },
        normal: || "First name,Last name,Email\nAna,Silva,ana@example.com\n".to_owned(),
        most: sheet::MAX_BYTES,
        other: python(
            "csv",
            &[
                "-c",
                "import sys, csv; csv.field_size_limit(sys.maxsize); sum(1 for row in csv.reader(open(sys.argv[1], errors='replace', newline='')))",
            ],
        ),
    },
    Reader {
        name: "team",
        text: true,
        read: |bytes| match sheet::decode(bytes) {
            Ok(text) => format!("{} people", team::addresses(&text).len()),
            Err(error) => error.code().to_owned(),
        },
        normal: || "Ana Silva <ana@example.com>; Bo <bo@example.com>".to_owned(),
        most: sheet::MAX_BYTES,
        other: python(
            "re",
            &[
                "-c",
                "import sys, re; set(re.findall(r'[\\w.+-]{1,64}@[\\w.-]+', open(sys.argv[1], errors='replace').read()))",
            ],
        ),
    },
];

fn document(bytes: &[u8]) -> String {
    let said = file::read_at(None, bytes, Expect::Auto, Timestamp::UNIX_EPOCH);
    said.reason.map_or("read", |reason| reason.name()).to_owned()
}

fn metadata() -> String {
    let base64: String = CERTIFICATE.lines().filter(|line| !line.starts_with('-')).collect();
    format!(
        "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{LINK}\"><IDPSSODescriptor><KeyDescriptor use=\"signing\"><KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data><X509Certificate>{base64}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" Location=\"{LINK}\"/></IDPSSODescriptor></EntityDescriptor>"
    )
}

/// What rubbish is made of.
const PIECES: [&str; 34] = [
    "A",
    " ",
    "\0",
    "-",
    "=",
    "0",
    ",",
    ";",
    "\"",
    "'",
    "\n",
    "\t",
    "@",
    "&",
    "<",
    ">",
    "[",
    "{\"a\":",
    "\\n",
    "%25",
    "\u{200b}",
    "\u{2014}",
    "<a>",
    "<a/>",
    "<td>",
    "<td>&",
    "<input value=\"a\">",
    "a@b.co\n",
    "a@b.co,",
    "https://a/ ",
    "${user:email}\t",
    "-----BEGIN CERTIFICATE-----\n",
    "-----BEGIN X-----MIIB-----END X-----",
    "0\u{1}",
];

/// How the pieces lie.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    /// The piece of this number, over and over.
    Alone(usize),
    /// The same below a normal file.
    Below(usize),
    /// The same above a normal file.
    Above(usize),
    /// The same with a different number behind each.
    Numbered(usize),
    /// The normal file over and over.
    Repeated,
    /// Bytes without any order.
    Random,
}

impl Shape {
    fn all() -> Vec<Self> {
        let of = |shape: fn(usize) -> Self| (0..PIECES.len()).map(shape);
        let mut all: Vec<Self> = of(Self::Alone).collect();
        all.extend(of(Self::Below));
        all.extend(of(Self::Above));
        all.extend(of(Self::Numbered));
        all.extend([Self::Repeated, Self::Random]);
        all
    }

    fn bytes(self, normal: &str, size: usize) -> Vec<u8> {
        let many = |piece: &str| piece.repeat(size / piece.len().max(1));
        let piece = |at: usize| PIECES[at];
        match self {
            Self::Alone(at) => many(piece(at)).into_bytes(),
            Self::Below(at) => (normal.to_owned() + &many(piece(at))).into_bytes(),
            Self::Above(at) => (many(piece(at)) + normal).into_bytes(),
            Self::Numbered(at) => {
                let mut text = String::with_capacity(size);
                let mut number = 0_u32;
                while text.len() + piece(at).len() + 10 < size {
                    text.push_str(&number.to_string());
                    text.push_str(piece(at));
                    number += 1;
                }
                text.into_bytes()
            }
            Self::Repeated => many(normal).into_bytes(),
            Self::Random => {
                let mut source = Mutation::seeded(size as u64);
                (0..size).map(|_| u8::try_from(source.below(256)).unwrap_or_default()).collect()
            }
        }
    }

    fn name(self) -> String {
        let piece = |at: usize| format!("{:?}", PIECES[at]);
        match self {
            Self::Alone(at) => piece(at),
            Self::Below(at) => format!("normal, then {}", piece(at)),
            Self::Above(at) => format!("{}, then normal", piece(at)),
            Self::Numbered(at) => format!("numbered {}", piece(at)),
            Self::Repeated => "normal, repeated".to_owned(),
            Self::Random => "random bytes".to_owned(),
        }
    }
}

/// What is read in a process of its own.
#[derive(Clone, Copy)]
enum Case {
    Normal,
    /// A shape by its number, and how many bytes of it.
    Rubbish(usize, usize),
}

impl Case {
    fn bytes(self, reader: &Reader) -> Vec<u8> {
        let normal = (reader.normal)();
        match self {
            Self::Normal => normal.into_bytes(),
            Self::Rubbish(shape, size) => Shape::all()[shape].bytes(&normal, size),
        }
    }

    fn name(self) -> String {
        match self {
            Self::Normal => "normal".to_owned(),
            Self::Rubbish(shape, _) => Shape::all()[shape].name(),
        }
    }

    /// As arguments of the process that reads it.
    fn arguments(self, reader: usize) -> Vec<OsString> {
        let numbers = match self {
            Self::Normal => vec![reader],
            Self::Rubbish(shape, size) => vec![reader, shape, size],
        };
        let numbers = numbers.iter().map(|number| number.to_string().into());
        std::iter::once(READ.into()).chain(numbers).collect()
    }

    fn of_arguments(arguments: &[String]) -> Result<(usize, Self)> {
        let numbers: Vec<usize> =
            arguments.iter().map(|number| number.parse()).collect::<std::result::Result<_, _>>()?;
        match numbers[..] {
            [reader] => Ok((reader, Self::Normal)),
            [reader, shape, size] => Ok((reader, Self::Rubbish(shape, size))),
            _ => Err("a case is a reader, and for rubbish a shape and a size".into()),
        }
    }
}

/// The argument by which a process knows that it is one that reads.
const READ: &str = "--read";

/// What reading one case took.
struct Reading {
    took: Duration,
    peak: u64,
    said: String,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let Some((READ, case)) = arguments.split_first().map(|(first, rest)| (first.as_str(), rest))
    {
        return read_one(case);
    }
    let this = env::current_exe()?;
    let folder = tempfile::tempdir()?;
    println!(
        "{:<12}{:>9} {:>9} {:>9}  {:<15}{:>9} {:>9} {:>8} {:>8}  slowest of what was read, and what we say",
        "reader", "size", "ours", "memory", "beside", "theirs", "memory", "time", "memory"
    );
    let mut slow = Vec::new();
    for (at, reader) in READERS.iter().enumerate() {
        let file = folder.path().join(reader.name);
        let normal = one(&this, at, Case::Normal)?;
        row(reader, Case::Normal, &normal, &file)?;
        for size in [reader.most, 10_000_000, 50_000_000] {
            let (case, reading) = slowest(&this, at, size)?;
            row(reader, case, &reading, &file)?;
            if reading.took > AT_ONCE {
                slow.push(format!("{} of {}", reader.name, case.name()));
            }
        }
    }
    println!(
        "time and memory: theirs by ours. Ours holds the file as well, theirs may read it piece by piece."
    );
    match slow.is_empty() {
        true => Ok(()),
        false => Err(format!("over {AT_ONCE:?}: {}", slow.join("; ")).into()),
    }
}

/// In a process of its own: reads one case, and writes how long it took.
fn read_one(case: &[String]) -> Result<()> {
    let (reader, case) = Case::of_arguments(case)?;
    let reader = READERS.get(reader).ok_or("there is no such reader")?;
    let mut bytes = case.bytes(reader);
    if reader.text {
        bytes = String::from_utf8_lossy(&bytes).into_owned().into_bytes();
    }
    let started = Instant::now();
    let said = (reader.read)(&bytes);
    println!("{} {said}", started.elapsed().as_nanos());
    Ok(())
}

fn one(this: &Path, reader: usize, case: Case) -> Result<Reading> {
    let arguments = case.arguments(reader);
    let arguments: Vec<&OsStr> = arguments.iter().map(OsString::as_os_str).collect();
    let name = || format!("{}: {}", READERS[reader].name, case.name());
    let Some(run) = measured::run(this, &arguments, LIMIT)? else {
        return Ok(Reading { took: LIMIT, peak: 0, said: "nothing in time".to_owned() });
    };
    let (nanoseconds, said) = run
        .output
        .trim()
        .split_once(' ')
        .ok_or_else(|| format!("{} ended without an answer", name()))?;
    Ok(Reading {
        took: Duration::from_nanos(nanoseconds.parse()?),
        peak: run.peak,
        said: said.to_owned(),
    })
}

/// The shape of this many bytes that takes longest, with the most memory that any took.
fn slowest(this: &Path, reader: usize, size: usize) -> Result<(Case, Reading)> {
    let mut slowest: Option<(Case, Reading)> = None;
    let mut peak = 0;
    for shape in 0..Shape::all().len() {
        let case = Case::Rubbish(shape, size);
        let reading = one(this, reader, case)?;
        peak = peak.max(reading.peak);
        if slowest.as_ref().is_none_or(|(_, slowest)| reading.took > slowest.took) {
            slowest = Some((case, reading));
        }
    }
    let (case, reading) = slowest.ok_or("there is no shape")?;
    Ok((case, Reading { peak, ..reading }))
}

fn row(reader: &Reader, case: Case, ours: &Reading, file: &PathBuf) -> Result<()> {
    let bytes = case.bytes(reader);
    fs::write(file, &bytes)?;
    let other = &reader.other;
    let start: Vec<&OsStr> = other.start.iter().map(OsStr::new).collect();
    let mut starts = Vec::new();
    for _ in 0..5 {
        let run = measured::run(other.program, &start, LIMIT)?;
        starts.extend(run.map(|run| run.took));
    }
    let start = measured::median(starts).unwrap_or_default();
    let mut arguments: Vec<&OsStr> = other.arguments.iter().map(OsStr::new).collect();
    arguments.push(file.as_os_str());
    let theirs = measured::run(other.program, &arguments, LIMIT)?;
    let (time, memory, times, memories) = match theirs {
        Some(run) => {
            let took = run.took.saturating_sub(start);
            (
                shown(took),
                megabytes(run.peak),
                ratio(took.as_secs_f64(), ours.took.as_secs_f64()),
                ratio(run.peak as f64, ours.peak as f64),
            )
        }
        None => (format!("> {LIMIT:?}"), "-".to_owned(), "-".to_owned(), "-".to_owned()),
    };
    println!(
        "{:<12}{:>9} {:>9} {:>9}  {:<15}{time:>9} {memory:>9} {times:>8} {memories:>8}  {}: {}",
        reader.name,
        megabytes(bytes.len() as u64),
        shown(ours.took),
        megabytes(ours.peak),
        other.name,
        case.name(),
        ours.said,
    );
    Ok(())
}

fn shown(took: Duration) -> String {
    format!("{:.2} ms", 1000.0 * took.as_secs_f64())
}

fn megabytes(bytes: u64) -> String {
    match bytes as f64 / 1_000_000.0 {
        few if few < 0.1 => format!("{:.1} kB", 1000.0 * few),
        many => format!("{many:.1} MB"),
    }
}

/// How many times `ours` is in `theirs`.
fn ratio(theirs: f64, ours: f64) -> String {
    /// Beyond this a ratio says no more than that one of the two looked at the size alone.
    const MOST: f64 = 1000.0;
    match theirs / ours.max(1e-9) {
        many if many > MOST => format!("> {MOST}"),
        times => format!("{times:.2}"),
    }
}
