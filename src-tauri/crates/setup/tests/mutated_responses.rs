//! Runs thousands of mutated responses through the dry run, without a special toolchain. No
//! response may cause a panic or a hang, and a valid signature must cover exactly the original
//! values.

use std::{
    ops::Range,
    panic,
    time::{Duration, Instant},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use saml::{
    certificate::Certificate,
    response::{Assertion, Envelope, Response, Signature},
};
use setup::{
    FactValue, Facts, Field, Source,
    dry_run::{ExpectedValues, RowVerdict, dry_run},
};

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../saml/tests/fixtures/", $name))
    };
}

/// Created with independent software. See fixtures/make_responses.py.
const CORPUS: [&str; 10] = [
    fixture!("response-signed.xml"),
    fixture!("assertion-signed.xml"),
    fixture!("both-signed.xml"),
    fixture!("response-pretty-signed.xml"),
    fixture!("response-signed-prefixes.xml"),
    fixture!("response-signed-sha384.xml"),
    fixture!("response-signed-sha512.xml"),
    fixture!("response-signed-sha1.xml"),
    fixture!("response-signed-second.xml"),
    fixture!("response-unsigned.xml"),
];
const CERTIFICATE: &str = fixture!("certificate.pem");

/// Enough rounds to apply each mutation hundreds of times.
const ROUNDS: u64 = 6_000;
/// The time limit for a response, even on a busy computer and without optimization.
const LONGEST: Duration = Duration::from_secs(10);

/// Fragments that attackers use.
const PIECES: [&str; 28] = [
    "<!-- -->",
    "<?x y?>",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE r [<!ENTITY e 'x'>]>",
    "&e;",
    "&#0;",
    "&#x10FFFF;",
    "&lt;",
    "\0",
    "\u{200b}",
    "\n",
    "\r\n",
    "\t",
    " ",
    " ID=\"_11112222-3333-4444-5555-666677778888\"",
    " Id=\"_aaaabbbb-cccc-dddd-eeee-ffff00001111\"",
    " xml:id=\"_aaaabbbb-cccc-dddd-eeee-ffff00001111\"",
    " xmlns:x=\"urn:x\" x:ID=\"_11112222-3333-4444-5555-666677778888\"",
    " xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\"",
    " URI=\"\"",
    " Algorithm=\"http://www.w3.org/2000/09/xmldsig#hmac-sha1\"",
    "http://www.w3.org/TR/1999/REC-xpath-19991116",
    "eve@example.com",
    "<saml2:NameID>eve@example.com</saml2:NameID>",
    "<saml2:Audience>https://example.com</saml2:Audience>",
    "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>",
    "urn:oasis:names:tc:SAML:2.0:protocol",
];

/// An unmodified response's values from the corpus.
struct OriginalValues {
    envelope: Envelope,
    assertion: Option<Assertion>,
}

#[test]
fn mutations_never_panic_hang_or_verify() {
    let certificate = Certificate::read(CERTIFICATE.as_bytes()).unwrap().certificate;
    let originals: Vec<OriginalValues> = CORPUS
        .iter()
        .map(|text| {
            let response = Response::read(text.as_bytes()).unwrap();
            let claims = response.unverified();
            OriginalValues {
                envelope: claims.envelope.clone(),
                assertion: claims.assertion.clone(),
            }
        })
        .collect();
    let (facts, now) = matching_facts().unwrap();
    let mut passed = 0;
    let mut unread = 0;
    for seed in 0..ROUNDS {
        let damaged = mutated_response(seed);
        let started = Instant::now();
        let judged = panic::catch_unwind(|| {
            let Ok(response) = Response::read(&damaged) else {
                return None;
            };
            let dry_run = dry_run(&response, &ExpectedValues::from_facts(&facts, None), now);
            Some((response, dry_run))
        });
        assert!(started.elapsed() < LONGEST, "seed {seed} took {:?}", started.elapsed());
        let judged = judged.unwrap_or_else(|_| panic!("seed {seed} panicked"));
        let Some((response, dry_run)) = judged else {
            unread += 1;
            continue;
        };
        let verification = response.verify(std::slice::from_ref(&certificate));
        let good = matches!(verification.signature, Signature::Good { .. });
        if good {
            let as_signed = originals.iter().any(|original| {
                verification.assertion == original.assertion.as_ref()
                    && verification.envelope.is_none_or(|envelope| *envelope == original.envelope)
            });
            assert!(as_signed, "seed {seed} was verified with other values");
        }
        if dry_run.verdict == RowVerdict::Pass {
            assert!(good, "seed {seed} passed without a valid signature");
            passed += 1;
        }
    }
    // The test is meaningful only if some mutations pass and some are unreadable.
    assert!((1..ROUNDS / 2).contains(&passed), "{passed} passed");
    assert!((1..ROUNDS).contains(&unread), "{unread} were unreadable");
}

/// Returns facts that match the unmodified responses, and the time at which to check the responses.
fn matching_facts() -> Result<(Facts, Timestamp), jiff::Error> {
    let acs = "https://app.nops.io/sso/v1/0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10/?acs";
    let entity_id = "https://app.nops.io/sso/v1/0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10/metadata";
    let issuer = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/\
                  MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw";
    let now: Timestamp = "2026-11-24T10:05:00Z".parse()?;
    let mut facts = Facts::default();
    for (field, text) in [
        (Field::SpAcsUrl, acs),
        (Field::SpEntityId, entity_id),
        (Field::IdpEntityId, issuer),
        (Field::IdpCertificate, CERTIFICATE),
    ] {
        facts.record(field, FactValue::Text(text.to_owned()), Source::Entered, now);
    }
    Ok((facts, now))
}

/// Returns a response with one or more mutations that the seed determines.
fn mutated_response(seed: u64) -> Vec<u8> {
    let mut dice = RandomNumbers(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut bytes = dice.pick(&CORPUS).as_bytes().to_vec();
    for _ in 0..=dice.below(3) {
        mutate_bytes(&mut bytes, &mut dice);
    }
    match dice.below(12) {
        0 => STANDARD.encode(&bytes).into_bytes(),
        1 => format!("SAMLResponse={}&RelayState=x", STANDARD.encode(&bytes)).into_bytes(),
        _ => bytes,
    }
}

fn mutate_bytes(bytes: &mut Vec<u8>, dice: &mut RandomNumbers) {
    if bytes.is_empty() {
        return;
    }
    let at = dice.below(bytes.len());
    let span = at..(at + 1 + dice.below(60)).min(bytes.len());
    match dice.below(11) {
        0 => bytes[at] ^= 1 << dice.below(8),
        1 => bytes[at] = dice.pick(b"<>&\"'=/#:;!?- aZ09\n"),
        2 => drop(bytes.drain(span)),
        3 => {
            let copy = bytes[span].to_vec();
            let to = dice.below(bytes.len());
            bytes.splice(to..to, copy);
        }
        4 => {
            let piece = dice.pick(&PIECES);
            bytes.splice(at..at, piece.bytes());
        }
        5 => {
            // Insert the fragment after a tag, so that the XML often stays well-formed.
            let ends: Vec<usize> = find_byte_positions(bytes, b'>');
            let piece = dice.pick(&PIECES);
            if let Some(end) = dice.pick_any(&ends) {
                bytes.splice(end + 1..end + 1, piece.bytes());
            }
        }
        6 => bytes.truncate(at),
        7 => {
            if let Some(element) = element(bytes, dice) {
                bytes.drain(element);
            }
        }
        8 => {
            if let Some(element) = element(bytes, dice) {
                let copy = bytes[element.clone()].to_vec();
                bytes.splice(element.end..element.end, copy);
            }
        }
        9 => {
            // Insert an element from the same response or another one.
            let other = dice.pick(&CORPUS).as_bytes().to_vec();
            let ends = find_byte_positions(bytes, b'>');
            if let (Some(element), Some(end)) = (element(&other, dice), dice.pick_any(&ends)) {
                bytes.splice(end + 1..end + 1, other[element].to_vec());
            }
        }
        _ => {
            // Replace a value with one from the same response or another one.
            let other = dice.pick(&CORPUS).as_bytes();
            if let (Some(here), Some(there)) =
                (random_value_range(bytes, dice), random_value_range(other, dice))
            {
                bytes.splice(here, other[there].to_vec());
            }
        }
    }
}

fn find_byte_positions(bytes: &[u8], wanted: u8) -> Vec<usize> {
    (0..bytes.len()).filter(|at| bytes[*at] == wanted).collect()
}

/// Returns a random element's range, from its start tag to its end tag.
fn element(bytes: &[u8], dice: &mut RandomNumbers) -> Option<Range<usize>> {
    let starts: Vec<usize> = find_byte_positions(bytes, b'<')
        .into_iter()
        .filter(|at| bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic))
        .collect();
    let start = dice.pick_any(&starts)?;
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        let open = at + bytes[at..].iter().position(|byte| *byte == b'<')?;
        let close = open + bytes[open..].iter().position(|byte| *byte == b'>')?;
        if bytes[open + 1] == b'/' {
            depth = depth.saturating_sub(1);
        } else if bytes[close - 1] != b'/' {
            depth += 1;
        }
        if depth == 0 {
            return Some(start..close + 1);
        }
        at = close + 1;
    }
}

/// Returns a random attribute value's range.
fn random_value_range(bytes: &[u8], dice: &mut RandomNumbers) -> Option<Range<usize>> {
    let quotes = find_byte_positions(bytes, b'"');
    let which = dice.below((quotes.len() / 2).max(1));
    Some(quotes.get(which * 2)? + 1..*quotes.get(which * 2 + 1)?)
}

/// A seeded random number generator (xorshift64*, Vigna 2016).
struct RandomNumbers(u64);

impl RandomNumbers {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.roll() % limit as u64) as usize
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn pick_any<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        (!of.is_empty()).then(|| self.pick(of))
    }
}
