//! All input that a user might provide is read and classified correctly.

#![expect(clippy::print_stdout, reason = "these tests print how much they tried")]

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
    time::{Duration, Instant},
};

use acceptance::{
    Result,
    corpus::{self, ExpectedResult, Sample, links::LinkSample, mutation::Mutation},
    fuzz_targets::TARGETS,
};
use identifiers::link::{self, Link};
use jiff::Timestamp;
use people::{People, csv, nops_team};
use saml::inspection::{self, InputKind, Inspection, Verdict};
use serde_json::Value;
use setup::{Facts, Field, Step, input, mappings, rules};

/// The corpus, which is made once for all tests in this file.
static FILES: LazyLock<std::result::Result<Vec<Sample>, String>> =
    LazyLock::new(|| corpus::files().map_err(|error| error.to_string()));

fn files() -> Result<&'static [Sample]> {
    Ok(FILES.as_deref().map_err(String::clone)?)
}

#[test]
fn every_file_is_classified_correctly() -> Result<()> {
    let files = files()?;
    let wrong: Vec<String> = files.iter().filter_map(find_wrong_result).collect();
    let silent =
        files.iter().filter(|sample| matches!(sample.said, ExpectedResult::Nothing(_))).count();
    println!("{} files, {silent} of them without a word", files.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(files.len() >= 150, "only {} files", files.len());
    assert!(silent >= 60, "only {silent} good files");
    Ok(())
}

/// Returns what is wrong with the result for a file, if anything.
fn find_wrong_result(sample: &Sample) -> Option<String> {
    let answer = inspection::inspect_file_at(
        sample.file.as_deref(),
        &sample.bytes,
        sample.expect,
        sample.at,
    );
    let said = match (answer.verdict, answer.reason) {
        (Verdict::Accept, None) => Some(ExpectedResult::Nothing(answer.kind)),
        (Verdict::Warn, Some(reason)) => Some(ExpectedResult::Warning(answer.kind, reason)),
        (Verdict::Reject, Some(reason)) => Some(ExpectedResult::Refusal(answer.kind, reason)),
        _ => None,
    };
    if said != Some(sample.said) {
        return Some(format!(
            "{}: {said:?} instead of {:?}; {:?}",
            sample.what, sample.said, answer.params
        ));
    }
    facts_differ(sample, &answer).map(|what| format!("{}: {what}", sample.what))
}

/// Compares the facts about the certificates with openssl's reports.
fn facts_differ(sample: &Sample, answer: &Inspection) -> Option<String> {
    let expected: Vec<&str> = sample.holds.iter().map(|held| held.sha256.as_str()).collect();
    if !sample.holds.is_empty() && answer.certs != expected {
        return Some(format!("fingerprints {:?} instead of {expected:?}", answer.certs));
    }
    let [only] = sample.holds.as_slice() else {
        return None;
    };
    let told = [&answer.sha256, &answer.serial, &answer.not_before, &answer.not_after];
    let openssl = [
        only.sha256.clone(),
        only.serial.clone(),
        only.not_before.to_string(),
        only.not_after.to_string(),
    ];
    let differs = told.iter().zip(&openssl).any(|(told, fact)| told.as_ref() != Some(fact));
    (answer.kind != InputKind::PrivateKey && differs)
        .then(|| format!("{told:?} instead of {openssl:?}"))
}

#[test]
fn every_link_is_classified_correctly() -> Result<()> {
    let links = corpus::links::links()?;
    let mut wrong = Vec::new();
    for pasted in &links {
        wrong.extend(find_wrong_classification(pasted)?);
    }
    println!("{} links", links.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(links.len() >= 120, "only {} links", links.len());
    Ok(())
}

/// Returns what is wrong with the classification of a link, if anything.
fn find_wrong_classification(pasted: &LinkSample) -> Result<Option<String>> {
    let reading = link::identify_link(&pasted.text);
    let mut facts: BTreeMap<String, Value> =
        serde_json::from_value(serde_json::to_value(&reading.link)?)?;
    facts.insert("text".to_owned(), reading.cleanups.text.into());
    if let Link::Portal(link) = &reading.link
        && let Some((account, _)) = link.token.decoded()
    {
        facts.insert("account".to_owned(), account.to_string().into());
    }
    let shown = |name: &str| match facts.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => "nothing".to_owned(),
    };
    let expected = [("is", pasted.is.to_owned())];
    let differs = expected.iter().chain(&pasted.facts).find(|(name, value)| shown(name) != *value);
    Ok(differs.map(|(name, value)| {
        format!("{:?}: {name} is {} instead of {value}", pasted.text, shown(name))
    }))
}

#[test]
fn every_mapping_table_is_read_correctly() {
    let tables = corpus::tables::tables();
    let wrong: Vec<String> = tables
        .iter()
        .filter_map(|table| {
            let rows = mappings::read_table(&table.text).map(|rows| {
                rows.into_iter()
                    .map(|row| [row.attribute, row.value, row.format])
                    .collect::<Vec<_>>()
            });
            let expected = table
                .rows
                .as_ref()
                .map(|rows| rows.iter().map(|row| row.map(str::to_owned)).collect::<Vec<_>>());
            (rows != expected).then(|| format!("{}: {rows:?}", table.what))
        })
        .collect();
    println!("{} tables", tables.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The time limit. It's longer than any reader takes on a busy machine, so only a reader that hangs
/// reaches it.
const SLOW: Duration = Duration::from_secs(5);

#[test]
fn damaged_files_are_never_accepted() -> Result<()> {
    const ROUNDS: u64 = 60;
    let files: Vec<&Sample> =
        files()?.iter().filter(|sample| sample.bytes.len() < 1 << 20).collect();
    let known: BTreeSet<&str> =
        files.iter().flat_map(|sample| &sample.holds).map(|held| held.sha256.as_str()).collect();
    let mut read = 0;
    for (at, sample) in (0..).zip(&files) {
        for round in 0..ROUNDS {
            let mut mutation = Mutation::seeded(at * ROUNDS + round);
            let other = files[mutation.below(files.len())];
            let bytes = mutation.damaged(&sample.bytes, &other.bytes);
            let started = Instant::now();
            let answer = inspection::inspect_file_at(
                sample.file.as_deref(),
                &bytes,
                sample.expect,
                sample.at,
            );
            let took = started.elapsed();
            let what = format!("{}, seed {}", sample.what, at * ROUNDS + round);
            assert!(took < SLOW, "{what}: {took:?}");
            if answer.verdict == Verdict::Accept {
                let strange = answer.certs.iter().find(|print| !known.contains(print.as_str()));
                assert!(strange.is_none(), "{what}: an altered certificate is accepted");
            }
            assert_eq!(
                answer.verdict == Verdict::Reject,
                answer.content.is_none(),
                "{what}: refused content is returned"
            );
            read += 1;
        }
    }
    println!("{read} damaged files");
    Ok(())
}

#[test]
fn garbage_input_is_read_within_time_limit() {
    let pieces = corpus::mutation::PIECES.iter().copied();
    let more: [&[u8]; 9] = [b"[", b"{\"a\":", b"A", b"-", b" ", b"\n", b"<a>", b"<td>", b"\xFF"];
    for piece in pieces.chain(more) {
        let rubbish = piece.repeat(inspection::MAX_BYTES / piece.len());
        let started = Instant::now();
        let answer = inspection::inspect_file(None, &rubbish, inspection::ExpectedKind::Auto);
        let took = started.elapsed();
        let what = String::from_utf8_lossy(piece);
        assert!(took < SLOW, "{what:?}: {took:?}");
        assert_eq!(answer.verdict, Verdict::Reject, "{what:?}");
    }
}

#[test]
fn no_field_accepts_private_keys() -> Result<()> {
    let now: Timestamp = "2026-11-24T10:00:00Z".parse()?;
    let texts = files()?.iter().filter(|sample| sample.said == PRIVATE);
    let mut tried = 0;
    for sample in texts {
        let Ok(text) = std::str::from_utf8(&sample.bytes) else {
            continue;
        };
        for field in [Field::NopsX509, Field::IdpLink, Field::SpAcsUrl, Field::Tester] {
            let intake = input::parse_entered(field, text, Step::Details, now);
            assert!(intake.learned.is_empty(), "{}: {field:?}", sample.what);
            assert_eq!(intake.notes[0].code, "secret_pasted", "{}", sample.what);
        }
        assert!(
            input::parse_pasted(text, Step::Details, now).learned.is_empty(),
            "{}",
            sample.what
        );
        tried += 1;
    }
    assert!(tried > 20, "only {tried} keys");
    Ok(())
}

#[test]
fn private_key_text_is_never_echoed() -> Result<()> {
    let keys = files()?.iter().filter(|sample| sample.said == PRIVATE);
    for sample in keys {
        let answer = inspection::inspect_file_at(None, &sample.bytes, sample.expect, sample.at);
        let shown = format!("{answer:?}");
        let text = String::from_utf8_lossy(&sample.bytes);
        let secret = text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .find(|piece| piece.len() >= 12 && shown.contains(*piece));
        assert_eq!(secret, None, "{}", sample.what);
    }
    Ok(())
}

const PRIVATE: ExpectedResult =
    ExpectedResult::Refusal(InputKind::PrivateKey, inspection::InspectionReason::PrivateKey);

/// However a list of people is damaged, no one is listed twice, all accepted people have the values
/// that AWS needs, and all rejected lines are reported.
#[test]
fn damaged_people_lists_report_every_line() -> Result<()> {
    const ROUNDS: u64 = 400;
    let long = "Email\n".to_owned() + &"person@example.com\n".repeat(500);
    let lists = [
        "First name,Last name,Email\nAna,Silva,ana@example.com\nBo,Lind,bo@example.com\n",
        "\u{FEFF}E-mail;Vorname;Nachname\r\nana@example.com;Ana;Silva\r\n",
        "user name\temail\nasilva\tana@example.com\n\"quoted\tname\"\tq@example.com\n",
        "ana@example.com\nbo@example.com\n=cmd()@example.com\n",
        "<table><tr><td>Ana Silva</td><td>ana@example.com</td></tr></table>",
        long.as_str(),
    ];
    let mut taken = 0;
    for (at, list) in (0..).zip(lists) {
        for round in 0..ROUNDS {
            let seed = at * ROUNDS + round;
            let mut mutation = Mutation::seeded(seed);
            let other = lists[mutation.below(lists.len())];
            let bytes = mutation.damaged(list.as_bytes(), other.as_bytes());
            let started = Instant::now();
            // If a file isn't text, the whole file is rejected.
            let Ok(text) = csv::decode(&bytes) else {
                continue;
            };
            let mut people = People::default();
            let added = people.add_csv(&text);
            let team = nops_team::addresses(&text).unwrap_or_default();
            let took = started.elapsed();
            let what = format!("{list:.40?}, seed {seed}");
            assert!(took < SLOW, "{what}: {took:?}");
            assert_eq!(people.rows().len(), added as usize, "{what}");
            let mut names = BTreeSet::new();
            for row in people.rows() {
                let name = row.user_name.to_lowercase();
                assert!(!name.contains(char::is_control), "{what}: {name:?}");
                assert!(names.insert(name.clone()), "{what}: {name} is there twice");
            }
            let lines = text.lines().count() + text.matches('\r').count() + 1;
            // A line can have several people, each with an address or between separators.
            let most = lines + text.matches(['@', '<', ';']).count();
            assert!(people.rows().len() + people.skipped_rows().len() <= most, "{what}");
            let different: BTreeSet<_> = team.iter().map(|one| one.to_lowercase()).collect();
            assert_eq!(different.len(), team.len(), "{what}: twice on the team");
            taken += added;
        }
    }
    assert!(taken > 1000, "only {taken} people were taken");
    println!("{taken} people from damaged lists");
    Ok(())
}

#[test]
fn every_field_handles_damaged_text() -> Result<()> {
    const ROUNDS: u64 = 60;
    const FIELDS: [Field; 6] = [
        Field::SpAcsUrl,
        Field::IdpLink,
        Field::NopsIssuerUrl,
        Field::AwsAccountId,
        Field::NopsX509,
        Field::AttributeMappings,
    ];
    let now: Timestamp = "2026-11-24T10:00:00Z".parse()?;
    let mut texts: Vec<String> =
        corpus::links::links()?.into_iter().map(|pasted| pasted.text).collect();
    texts.extend(corpus::tables::tables().into_iter().map(|table| table.text));
    for (at, text) in (0..).zip(&texts) {
        for round in 0..ROUNDS {
            let seed = at * ROUNDS + round;
            let mut mutation = Mutation::seeded(seed);
            let other = &texts[mutation.below(texts.len())];
            let bytes = mutation.damaged(text.as_bytes(), other.as_bytes());
            let damaged = String::from_utf8_lossy(&bytes);
            let field = FIELDS[mutation.below(FIELDS.len())];
            let started = Instant::now();
            let mut facts = Facts::default();
            input::parse_pasted(&damaged, Step::Application, now).store(&mut facts, now);
            input::parse_entered(field, &damaged, Step::Application, now).store(&mut facts, now);
            let _rows = mappings::read_table(&damaged);
            let _findings = rules::findings(&facts, now);
            let took = started.elapsed();
            assert!(took < SLOW, "{text:?}, seed {seed}: {took:?}");
        }
    }
    println!("{} damaged texts", texts.len() as u64 * ROUNDS);
    Ok(())
}

/// Runs the fuzz targets, which contain their own assertions. `cargo xtask fuzz` runs the targets
/// for a longer time.
#[test]
fn fuzz_targets_pass_on_damaged_files() -> Result<()> {
    for target in &TARGETS {
        let seeds = target.seeds()?;
        assert!(seeds.len() > 2, "{}: only {}", target.name, seeds.len());
        let rounds = 2000 / seeds.len() as u64;
        let mut read = 0;
        for (at, seed) in (0..).zip(&seeds) {
            (target.read)(seed);
            for round in 0..rounds {
                let mut mutation = Mutation::seeded(at * rounds + round);
                let other = &seeds[mutation.below(seeds.len())];
                let bytes = mutation.damaged(seed, other);
                let started = Instant::now();
                (target.read)(&bytes);
                let took = started.elapsed();
                let what = format!("{}, seed {}", target.name, at * rounds + round);
                assert!(took < SLOW, "{what}: {took:?}");
                read += 1;
            }
        }
        println!("{}: {read} damaged", target.name);
    }
    Ok(())
}
