use std::fs;

use tempfile::TempDir;

use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::constant(1_800_000_000, 0) + jiff::SignedDuration::from_secs(second)
}

fn group(name: &str) -> Deed {
    Deed::CreateGroup {
        store: "d-1234567890".to_owned(),
        name: name.to_owned(),
        description: String::new(),
    }
}

fn done(number: u32) -> Line {
    Line::Done { number, id: format!("g{number}") }
}

/// A journal with one change made and one begun.
fn begun() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("setup.journal");
    let journal = Journal::open(path.clone()).unwrap();
    let run = journal.run().unwrap();
    assert_eq!(run.intend(at(1), group("first")).unwrap(), 1);
    run.write(at(2), done(1)).unwrap();
    assert_eq!(run.intend(at(3), group("second")).unwrap(), 2);
    (folder, path)
}

fn outcomes(journal: &Journal) -> Vec<&'static str> {
    journal.rows().iter().map(|row| row.outcome).collect()
}

#[test]
fn what_was_begun_is_under_way_and_later_interrupted() {
    let folder = TempDir::new().unwrap();
    let journal = Journal::open(folder.path().join("setup.journal")).unwrap();
    assert_eq!(journal.summary(), Summary::default());
    let run = journal.run().unwrap();
    run.intend(at(1), group("first")).unwrap();
    assert_eq!(outcomes(&journal.clone()), ["intended"]);
    assert!(!journal.summary().interrupted);
    assert!(matches!(journal.run(), Err(JournalError::Busy)));
    drop(run);
    assert_eq!(outcomes(&journal), ["interrupted"]);
    assert!(journal.summary().interrupted);
    assert!(journal.run().is_ok());
}

#[test]
fn a_journal_says_the_same_after_it_was_closed() {
    let (_folder, path) = begun();
    let journal = Journal::open(path).unwrap();
    assert_eq!(outcomes(&journal), ["done", "interrupted"]);
    assert_eq!(journal.rows()[0].at, at(1));
    assert_eq!(journal.rows()[1].subject, "second");
    assert_eq!(journal.latest(1).len(), 1);
    let expected = Summary { applied: false, interrupted: true, unfinished: false, can_undo: true };
    assert_eq!(journal.summary(), expected);
}

/// Whatever was cut off the end, the lines before it stand, and the next line is readable.
#[test]
fn a_line_that_was_not_written_to_its_end_is_passed_over() {
    let (_folder, path) = begun();
    let whole = fs::read(&path).unwrap();
    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).unwrap();
        let journal = Journal::open(path.clone()).unwrap();
        let before = journal.rows();
        let run = journal.run().unwrap();
        let number = run.intend(at(9), group("later")).unwrap();
        drop(run);
        let again = Journal::open(path.clone()).unwrap();
        assert_eq!(again.rows()[..before.len()], before, "cut at {length}");
        assert_eq!(again.rows().len() as u32, number, "cut at {length}");
    }
}

#[test]
fn damage_inside_and_newer_versions_are_refused() {
    let (_folder, path) = begun();
    let whole = fs::read_to_string(&path).unwrap();
    let open = |text: String| {
        fs::write(&path, text).unwrap();
        Journal::open(path.clone()).unwrap_err()
    };
    let error = open(whole.replace("\"line\":\"done\"", "\"line\":\"x\""));
    assert!(matches!(error, JournalError::Damaged { line: 3 }), "{error}");
    let error = open(whole.replace("\"schema_version\":1", "\"schema_version\":2"));
    assert!(matches!(error, JournalError::Version { found: 2 }), "{error}");
}

#[test]
fn without_a_folder_nothing_is_taken_for_true() {
    let folder = TempDir::new().unwrap();
    let journal = Journal::open(folder.path().join("gone").join("setup.journal")).unwrap();
    let run = journal.run().unwrap();
    let error = run.intend(at(1), group("first")).unwrap_err();
    assert_eq!(error.code(), "journal_failed");
    assert!(journal.rows().is_empty());
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_a_journal() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = begun();
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0);
}
