use std::fs;

use tempfile::TempDir;

use super::*;
use people::Person;

fn at(second: i64) -> Timestamp {
    Timestamp::constant(1_800_000_000, 0) + jiff::SignedDuration::from_secs(second)
}

fn group(name: &str) -> Change {
    Change::CreateGroup {
        store: "d-1234567890".to_owned(),
        name: name.to_owned(),
        description: String::new(),
    }
}

fn done_record(number: u32) -> HistoryRecord {
    HistoryRecord::Done { number, id: format!("g{number}") }
}

/// Returns a change history with one completed change and one change that was only started.
fn begun() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("setup.journal");
    let journal = History::open(path.clone()).unwrap();
    let run = journal.run().unwrap();
    assert_eq!(run.record_intent(at(1), group("first")).unwrap(), 1);
    run.write(at(2), done_record(1)).unwrap();
    assert_eq!(run.record_intent(at(3), group("second")).unwrap(), 2);
    (folder, path)
}

fn outcomes(journal: &History) -> Vec<&'static str> {
    journal.rows().iter().map(|row| row.outcome).collect()
}

#[test]
fn pending_change_becomes_interrupted_after_run() {
    let folder = TempDir::new().unwrap();
    let journal = History::open(folder.path().join("setup.journal")).unwrap();
    assert_eq!(journal.summary(), Summary::default());
    let run = journal.run().unwrap();
    run.record_intent(at(1), group("first")).unwrap();
    assert_eq!(outcomes(&journal.clone()), ["intended"]);
    assert!(!journal.summary().interrupted);
    assert!(matches!(journal.run(), Err(HistoryError::Busy)));
    drop(run);
    assert_eq!(outcomes(&journal), ["interrupted"]);
    assert!(journal.summary().interrupted);
    assert!(journal.run().is_ok());
}

#[test]
fn reopened_history_keeps_its_state() {
    let (_folder, path) = begun();
    let journal = History::open(path).unwrap();
    assert_eq!(outcomes(&journal), ["done", "interrupted"]);
    assert_eq!(journal.rows()[0].at, at(1));
    assert_eq!(journal.rows()[1].subject, "second");
    assert_eq!(journal.latest_entries(1).len(), 1);
    let undoable = UndoableCounts { groups: 1, ..UndoableCounts::default() };
    let expected =
        Summary { interrupted: true, can_undo: true, open: 1, undoable, ..Summary::default() };
    assert_eq!(journal.summary(), expected);
}

#[test]
fn undone_change_is_no_longer_counted() {
    let folder = TempDir::new().unwrap();
    let journal = History::open(folder.path().join("setup.journal")).unwrap();
    let run = journal.run().unwrap();
    let person = Person {
        key: "p1".to_owned(),
        given_name: "Ana".to_owned(),
        family_name: "Lima".to_owned(),
        email: "ana@example.com".to_owned(),
        user_name: "ana@example.com".to_owned(),
    };
    run.record_intent(at(1), Change::CreateUser { store: "d-1234567890".to_owned(), person })
        .unwrap();
    assert!(!journal.summary().created, "its outcome isn't known yet");
    run.write(at(2), done_record(1)).unwrap();
    let summary = journal.summary();
    assert!(summary.created);
    assert_eq!(summary.undoable, UndoableCounts { users: 1, ..UndoableCounts::default() });
    run.record_intent(at(3), Change::Undo { of: 1 }).unwrap();
    run.write(at(4), done_record(2)).unwrap();
    let summary = journal.summary();
    assert!(!summary.created);
    assert_eq!(summary.undoable, UndoableCounts::default());
}

/// Truncates the file at every position. Complete lines must remain, and the next line must be
/// readable.
#[test]
fn truncated_last_line_is_ignored() {
    let (_folder, path) = begun();
    let whole = fs::read(&path).unwrap();
    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).unwrap();
        let journal = History::open(path.clone()).unwrap();
        let before = journal.rows();
        let run = journal.run().unwrap();
        let number = run.record_intent(at(9), group("later")).unwrap();
        drop(run);
        let again = History::open(path.clone()).unwrap();
        assert_eq!(again.rows()[..before.len()], before, "cut at {length}");
        assert_eq!(again.rows().len() as u32, number, "cut at {length}");
    }
}

#[test]
fn partial_line_is_removed_after_failed_append() {
    let (_folder, path) = begun();
    let whole = fs::read(&path).unwrap();
    fs::write(&path, [&whole, &whole[..20]].concat()).unwrap();
    let journal = History::open(path.clone()).unwrap();
    let run = journal.run().unwrap();
    let aside = path.with_extension("aside");
    fs::rename(&path, &aside).unwrap();
    fs::create_dir(&path).unwrap();
    run.record_intent(at(9), group("later")).unwrap_err();
    fs::remove_dir(&path).unwrap();
    fs::rename(&aside, &path).unwrap();
    assert_eq!(run.record_intent(at(9), group("later")).unwrap(), 3);
}

#[test]
fn damaged_line_and_newer_version_are_rejected() {
    let (_folder, path) = begun();
    let whole = fs::read_to_string(&path).unwrap();
    let open = |text: String| {
        fs::write(&path, text).unwrap();
        History::open(path.clone()).unwrap_err()
    };
    let error = open(whole.replace("\"line\":\"done\"", "\"line\":\"x\""));
    assert!(matches!(error, HistoryError::Damaged { line: 3 }), "{error}");
    let error = open(whole.replace("\"schema_version\":1", "\"schema_version\":2"));
    assert!(matches!(error, HistoryError::Version { found: 2 }), "{error}");
}

#[test]
fn missing_folder_rejects_writes() {
    let folder = TempDir::new().unwrap();
    let journal = History::open(folder.path().join("gone").join("setup.journal")).unwrap();
    let run = journal.run().unwrap();
    let error = run.record_intent(at(1), group("first")).unwrap_err();
    assert_eq!(error.code(), "journal_failed");
    assert!(journal.rows().is_empty());
}

#[cfg(unix)]
#[test]
fn history_is_readable_only_by_owner() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = begun();
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0);
}

/// The second program's lines are kept, and the first program stops writing.
#[test]
fn lines_of_another_program_are_not_overwritten() {
    let (_folder, path) = begun();
    let ours = History::open(path.clone()).unwrap();
    let theirs = History::open(path.clone()).unwrap();
    theirs.run().unwrap().write(at(4), done_record(2)).unwrap();
    let before = fs::read(&path).unwrap();
    let error = ours.run().unwrap().write(at(5), done_record(2)).unwrap_err();
    assert_eq!(error.code(), "journal_foreign");
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(outcomes(&ours), ["done", "interrupted"], "the state is unchanged");
    assert_eq!(outcomes(&History::open(path).unwrap()), ["done", "done"]);
}

#[test]
fn foreign_text_and_lost_lines_stop_writer() {
    let whole = |path: &PathBuf| fs::read(path).unwrap();
    let change = |change: fn(Vec<u8>) -> Vec<u8>| {
        let (folder, path) = begun();
        let journal = History::open(path.clone()).unwrap();
        fs::write(&path, change(whole(&path))).unwrap();
        let before = whole(&path);
        let error = journal.run().unwrap().write(at(4), done_record(2)).unwrap_err();
        assert_eq!(error.code(), "journal_foreign");
        assert_eq!(whole(&path), before);
        drop(folder);
    };
    change(|bytes| [bytes, b"half a line".to_vec()].concat());
    change(|bytes| [bytes, vec![0; 40]].concat());
    change(|bytes| bytes[..bytes.len() - 1].to_vec());
    change(|_| Vec::new());

    let folder = TempDir::new().unwrap();
    let path = folder.path().join("setup.journal");
    let (ours, theirs) = (History::open(path.clone()), History::open(path.clone()));
    theirs.unwrap().run().unwrap().record_intent(at(1), group("theirs")).unwrap();
    let error = ours.unwrap().run().unwrap().record_intent(at(1), group("ours")).unwrap_err();
    assert_eq!(error.code(), "journal_foreign");
    assert_eq!(History::open(path).unwrap().rows().len(), 1);
}

#[test]
fn out_of_order_entries_are_rejected() {
    let (_folder, path) = begun();
    let whole = fs::read_to_string(&path).unwrap();
    for changed in [
        whole.replace("\"number\":2", "\"number\":3"),
        whole.replace("\"number\":1", "\"number\":4"),
    ] {
        fs::write(&path, changed).unwrap();
        let error = History::open(path.clone()).unwrap_err();
        assert_eq!(error.code(), "journal_damaged");
    }
}

/// A full pipe is used as a disk that doesn't respond.
#[cfg(unix)]
#[test]
fn waiting_write_blocks_no_reader() {
    use std::{
        io::{self, Read},
        process::Command,
        sync::mpsc,
        thread,
        time::Duration,
    };

    let (_folder, path) = begun();
    let journal = History::open(path.clone()).unwrap();
    fs::remove_file(&path).unwrap();
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    let writer = journal.clone();
    let writing = thread::spawn(move || {
        let run = writer.run().unwrap();
        run.record_intent(at(4), group(&"x".repeat(1 << 20))).is_err()
    });
    // Opening and reading the pipe waits until the write has begun.
    let mut pipe = fs::File::open(&path).unwrap();
    pipe.read_exact(&mut [0]).unwrap();
    let (answer, answered) = mpsc::channel();
    let reader = journal.clone();
    thread::spawn(move || answer.send(outcomes(&reader)));
    let seen = answered.recv_timeout(Duration::from_secs(10));
    assert_eq!(seen, Ok(vec!["done", "intended"]));
    io::copy(&mut pipe, &mut io::sink()).unwrap();
    assert!(writing.join().unwrap(), "a pipe can't be synced");
}
