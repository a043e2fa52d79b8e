//! Compares the time that this app and xmlsec1 take to check a response.
//!
//! Usage: `cargo xtask bench dry-run`. This process measures its own time. xmlsec1 runs as a
//! separate program, so its startup time is subtracted. Both programs read the file and verify its
//! signature. The hostile files are slow to parse or to verify.

#![expect(clippy::print_stdout, reason = "this program prints a table")]

use std::{
    ffi::OsStr,
    fmt::Write as _,
    fs,
    path::Path,
    time::{Duration, Instant},
};

use acceptance::{Result, process_metrics};
use jiff::Timestamp;
use saml::response::Response;
use setup::{
    FactValue, Facts, Field, Source,
    dry_run::{ExpectedValues, dry_run},
};

const RESPONSE: &str =
    include_str!("../../src-tauri/crates/saml/tests/fixtures/response-signed.xml");
const CERTIFICATE: &str =
    include_str!("../../src-tauri/crates/saml/tests/fixtures/certificate.pem");

/// The time limit for xmlsec1.
const LIMIT: Duration = Duration::from_secs(20);
/// The maximum ratio to show. A larger ratio means that one program rejected the file because of
/// its size.
const MOST: f64 = 1000.0;

fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let certificate = folder.path().join("certificate.pem");
    fs::write(&certificate, CERTIFICATE)?;
    let start = median(9, || program(&["--version"]))?;

    println!(
        "{:<24} {:>9} {:>10} {:>10} {:>9}  we say",
        "response", "bytes", "ours", "xmlsec1", "ratio"
    );
    row("as AWS sends it", RESPONSE, &certificate, start)?;
    for (size, name) in [(50_000, "50 kB"), (10_000_000, "10 MB")] {
        for (shape, text) in hostile(size)? {
            row(&format!("{name} {shape}"), &text, &certificate, start)?;
        }
    }
    println!("xmlsec1 takes {start:?} to start, which is taken off");
    Ok(())
}

fn row(name: &str, text: &str, certificate: &Path, start: Duration) -> Result<()> {
    let (facts, now) = matching_facts()?;
    let mut said = String::new();
    let ours = median(rounds(text), || {
        let started = Instant::now();
        said = match Response::read(text.as_bytes()) {
            Ok(response) => {
                format!(
                    "{:?}",
                    dry_run(&response, &ExpectedValues::from_facts(&facts, None), now).verdict
                )
            }
            Err(refusal) => refusal.code().to_owned(),
        };
        Ok(Some(started.elapsed()))
    })?;
    let file = certificate.with_file_name("response.xml");
    fs::write(&file, text)?;
    let file = file.to_string_lossy();
    let key = certificate.to_string_lossy();
    let theirs = median_or_none(rounds(text).min(9), || {
        program(&[
            "--verify",
            "--pubkey-cert-pem",
            &key,
            "--id-attr:ID",
            "urn:oasis:names:tc:SAML:2.0:protocol:Response",
            &file,
        ])
    })?
    .map(|took| took.saturating_sub(start));
    let (theirs, ratio) = match theirs {
        Some(took) => {
            let ratio = took.as_secs_f64() / ours.as_secs_f64().max(1e-9);
            let ratio = if ratio > MOST { format!("> {MOST}") } else { format!("{ratio:.1}") };
            (format!("{took:.1?}"), ratio)
        }
        None => (format!("> {LIMIT:?}"), format!("> {MOST}")),
    };
    println!(
        "{name:<24} {:>9} {:>10} {theirs:>10} {ratio:>9}  {said}",
        text.len(),
        format!("{ours:.1?}")
    );
    Ok(())
}

/// Returns files of about this size that are slow to parse or to verify.
fn hostile(size: usize) -> Result<Vec<(&'static str, String)>> {
    let inside = |text: &str| {
        let end = "</saml2p:Status>";
        RESPONSE.replacen(
            end,
            &format!("<saml2p:StatusDetail>{text}</saml2p:StatusDetail>{end}"),
            1,
        )
    };
    let numbered = |of: &dyn Fn(usize) -> String| -> String {
        let each = of(size).len();
        (0..size / each).map(of).collect()
    };
    let start = RESPONSE.find("<ds:Signature ").ok_or("no signature")?;
    let end = RESPONSE.find("</ds:Signature>").ok_or("no signature")? + "</ds:Signature>".len();
    let signature = &RESPONSE[start..end];
    let transform = "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>";
    let mut entities = "<!DOCTYPE r [<!ENTITY a0 \"aaaaaaaaaa\">".to_owned();
    for n in 1..size / 200 {
        write!(entities, "<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10))?;
    }
    Ok(vec![
        ("of text", inside(&"x".repeat(size))),
        ("of elements", inside(&"<a/>".repeat(size / 4))),
        ("of attributes", inside(&format!("<a{}/>", numbered(&|n| format!(" a{n:07}=\"\""))))),
        (
            "of namespaces",
            inside(&format!("<a{}/>", numbered(&|n| format!(" xmlns:n{n:07}=\"u:{n:07}\"")))),
        ),
        ("of levels", inside(&format!("{}{}", "<a>".repeat(size / 7), "</a>".repeat(size / 7)))),
        (
            "of signatures",
            RESPONSE.replacen(signature, &signature.repeat((size / signature.len()).max(1)), 1),
        ),
        (
            "of transforms",
            RESPONSE.replacen(transform, &transform.repeat(size / transform.len()), 1),
        ),
        ("of comments", inside(&"<!---->".repeat(size / 7))),
        ("of entities", format!("{entities}]>{RESPONSE}")),
    ])
}

fn matching_facts() -> Result<(Facts, Timestamp)> {
    let now: Timestamp = "2026-11-24T10:05:00Z".parse()?;
    let mut facts = Facts::default();
    let nops = "https://app.nops.io/sso/v1/0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10";
    for (field, text) in [
        (Field::IdpCertificate, CERTIFICATE.to_owned()),
        (
            Field::IdpEntityId,
            "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/\
             MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw"
                .to_owned(),
        ),
        (Field::SpAcsUrl, format!("{nops}/?acs")),
        (Field::SpEntityId, format!("{nops}/metadata")),
    ] {
        facts.record(field, FactValue::Text(text), Source::Entered, now);
    }
    Ok((facts, now))
}

fn rounds(text: &str) -> usize {
    if text.len() < 1_000_000 { 21 } else { 5 }
}

fn median(rounds: usize, once: impl FnMut() -> Result<Option<Duration>>) -> Result<Duration> {
    median_or_none(rounds, once)?.ok_or_else(|| "it took too long".into())
}

fn median_or_none(
    rounds: usize,
    mut once: impl FnMut() -> Result<Option<Duration>>,
) -> Result<Option<Duration>> {
    let mut times = Vec::new();
    for _ in 0..rounds {
        match once()? {
            Some(took) => times.push(took),
            None => return Ok(None),
        }
    }
    Ok(process_metrics::median(times))
}

/// Returns how long xmlsec1 takes, even if it rejects the file. Returns `None` if it exceeds the
/// limit.
fn program(arguments: &[&str]) -> Result<Option<Duration>> {
    let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
    Ok(process_metrics::run("xmlsec1", &arguments, LIMIT)?.map(|run| run.took))
}
