use super::*;
use people::NewPerson;
use setup::{FactValue, Field, Source, Step};

fn now() -> Timestamp {
    "2026-11-24T08:00:00Z".parse().unwrap()
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn setup(number: u128) -> Setup {
    let mut setup = Setup::new(id(number), "Example Corp", SetupKind::Practice, now());
    setup.facts.record(
        Field::SpAcsUrl,
        FactValue::Text("https://app.nops.io/sso/v1/1/?acs".to_owned()),
        Source::Entered,
        now(),
    );
    let ana = NewPerson { email: "ana@example.com".to_owned(), ..NewPerson::default() };
    setup.people.add(ana).unwrap();
    setup
}

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    (folder, store)
}

#[test]
fn late_save_does_not_replace_a_newer_one() {
    let (_folder, store) = store();
    let mut held = store.create(setup(1)).unwrap();
    held.setup.name = "Older".to_owned();
    let older = held.saving(now()).unwrap();
    held.setup.name = "Newer".to_owned();
    let newer = held.saving(now()).unwrap();
    newer.run().unwrap();
    older.run().unwrap();
    drop(held);
    assert_eq!(store.load_and_open(id(1)).unwrap().setup.name, "Newer");
}

#[test]
fn saved_setup_is_read_back() {
    let (_folder, store) = store();
    let mut held = store.create(setup(1)).unwrap();
    held.setup.current = Step::People;
    let later = "2026-11-24T09:00:00Z".parse().unwrap();
    held.save(later).unwrap();
    let saved = held.setup.clone();
    drop(held);
    let resumed = store.load_and_open(id(1)).unwrap();
    assert_eq!(resumed.setup, saved);
    assert_eq!(resumed.setup.changed, later);
}

#[test]
fn truncated_file_is_reported_and_kept() {
    let whole = setup(1).to_json().unwrap();
    assert!(Setup::from_json(&whole).is_ok());
    for length in 0..whole.len() {
        assert!(Setup::from_json(&whole[..length]).is_err(), "cut at {length}");
    }
    let (folder, store) = store();
    drop(store.create(setup(1)).unwrap());
    let path = folder.path().join(format!("{}.json", id(1)));
    fs::write(&path, &whole[..100]).unwrap();
    assert!(matches!(store.load_and_open(id(1)), Err(StoreError::Damaged(_))));
    assert!(matches!(store.create(setup(1)), Err(StoreError::Exists)));
    let list = store.list().unwrap();
    assert!(list.setups.is_empty());
    assert_eq!(list.damaged[0].damage.code(), "not_json");
    assert_eq!(fs::read(&path).unwrap(), &whole[..100]);
}

#[test]
fn unknown_values_are_rejected() {
    let whole = String::from_utf8(setup(1).to_json().unwrap()).unwrap();
    let cases = [
        (r#""schema_version": 1"#, r#""schema_version": 2"#, "unknown_version"),
        (r#""schema_version": 1"#, r#""schema_version": 0"#, "unknown_version"),
        (r#""schema_version": 1"#, r#""schema_version": "1""#, "not_a_setup"),
        (r#""repair": false"#, r#""repair": false, "more": 1"#, "not_a_setup"),
        (r#""practice""#, r#""elsewhere""#, "not_a_setup"),
        (r#""sp_acs_url""#, r#""sp_acs_uri""#, "not_a_setup"),
        (r#""start""#, r#""end""#, "not_a_setup"),
    ];
    for (from, to, expected) in cases {
        let changed = whole.replace(from, to);
        assert_ne!(changed, whole, "{from} must be in the file");
        let damage = Setup::from_json(changed.as_bytes()).unwrap_err();
        assert_eq!(damage.code(), expected, "{to}");
    }
    assert_eq!(Setup::from_json(&[0; 512]).unwrap_err().code(), "not_json");
    assert_eq!(Setup::from_json(b"[]").unwrap_err().code(), "not_a_setup");
    assert_eq!(Setup::from_json(b" \n").unwrap_err(), SetupFileError::Empty);
}

#[test]
fn second_instance_cannot_open_setup() {
    let (folder, store) = store();
    let elsewhere = Store::open(folder.path()).unwrap();
    let held = store.create(setup(1)).unwrap();
    assert!(matches!(store.load_and_open(id(1)), Err(StoreError::InUse)));
    assert!(matches!(elsewhere.load_and_open(id(1)), Err(StoreError::InUse)));
    assert!(matches!(
        elsewhere.lock_for_deletion(id(1)).and_then(DeleteGuard::delete),
        Err(StoreError::InUse)
    ));
    assert!(elsewhere.list().unwrap().setups[0].held_elsewhere);
    copy(&folder, "copy.json");
    let listed = elsewhere.list().unwrap().setups;
    let locked: Vec<_> = listed.iter().filter(|entry| entry.held_elsewhere).collect();
    assert!(listed.len() == 2 && locked.len() == 1 && !locked[0].duplicate, "{listed:?}");
    fs::remove_file(folder.path().join("copy.json")).unwrap();
    assert!(!store.list().unwrap().setups[0].held_elsewhere, "we hold it");
    drop(held);
    assert!(!elsewhere.list().unwrap().setups[0].held_elsewhere);
    assert!(elsewhere.load_and_open(id(1)).is_ok());
}

#[test]
fn copied_file_gets_its_own_id() {
    let (folder, store) = store();
    drop(store.create(setup(1)).unwrap());
    copy(&folder, "copy.json");
    assert_eq!(marked(&store), ["copy"]);
    assert_eq!(store.find_by_name("copy").unwrap(), SetupReference::Copy("copy.json".to_owned()));
    assert_eq!(store.find_by_name(&id(1).to_string()).unwrap(), SetupReference::Own(id(1)));
    store.adopt("copy.json", id(2), now()).unwrap();
    assert_eq!(store.list().unwrap().setups.len(), 2);
    assert!(marked(&store).is_empty());
    assert!(store.load_and_open(id(2)).is_ok());
}

#[test]
fn copy_named_like_a_setup_is_a_copy() {
    let (folder, store) = store();
    drop(store.create(setup(1)).unwrap());
    let name = id(2).to_string();
    copy(&folder, &format!("{name}.json"));
    assert_eq!(marked(&store), [name.as_str()]);
    assert!(matches!(store.find_by_name(&name).unwrap(), SetupReference::Copy(_)));
}

#[test]
fn deleting_a_copy_keeps_the_original() {
    let (folder, store) = store();
    let held = store.create(setup(1)).unwrap();
    fs::write(store.journal_path(id(1)), "{}").unwrap();
    copy(&folder, "copy.json");
    store.delete_copy("copy.json").unwrap();
    drop(held);
    assert!(store.path(id(1)).exists() && !folder.path().join("copy.json").exists());
    assert!(store.load_and_open(id(1)).is_ok());
    assert!(store.journal_path(id(1)).exists());
    assert!(marked(&store).is_empty());
}

#[test]
fn open_copy_without_original_is_not_deleted() {
    let (folder, store) = store();
    drop(store.create(setup(1)).unwrap());
    copy(&folder, "copy.json");
    fs::remove_file(folder.path().join(format!("{}.json", id(1)))).unwrap();
    let held = store.load_and_open(id(1)).unwrap();
    assert_eq!(held.name(), "copy");
    fs::copy(folder.path().join("copy.json"), folder.path().join("other.json")).unwrap();
    assert_eq!(marked(&store), ["copy", "other"]);
    assert!(matches!(store.delete_copy("copy.json"), Err(StoreError::InUse)));
    drop(held);
    store.delete_copy("copy.json").unwrap();
    assert!(store.load_and_open(id(1)).is_ok());
}

#[test]
fn unknown_name_is_not_found() {
    let (_folder, store) = store();
    assert!(matches!(store.find_by_name("../elsewhere"), Err(StoreError::NotFound)));
}

/// Copies setup 1's file to `name`.
fn copy(folder: &tempfile::TempDir, name: &str) {
    let original = folder.path().join(format!("{}.json", id(1)));
    fs::copy(original, folder.path().join(name)).unwrap();
}

/// Returns the names of the setups marked as copies.
fn marked(store: &Store) -> Vec<String> {
    let list = store.list().unwrap();
    let copies = list.setups.iter().filter(|entry| entry.duplicate);
    copies.map(SetupEntry::name).collect()
}

#[test]
fn renamed_file_opens_by_id() {
    let (folder, store) = store();
    drop(store.create(setup(1)).unwrap());
    let original = folder.path().join(format!("{}.json", id(1)));
    fs::rename(&original, folder.path().join("mine.json")).unwrap();
    store.rename(id(1), "Another name", now()).unwrap();
    assert_eq!(store.load_and_open(id(1)).unwrap().setup.name, "Another name");
    assert!(!original.exists(), "the setup is saved to the file it was read from");
}

#[test]
fn delete_removes_all_files() {
    let (folder, store) = store();
    drop(store.create(setup(1)).unwrap());
    fs::write(store.journal_path(id(1)), "{}").unwrap();
    fs::create_dir(store.practice_path(id(1))).unwrap();
    store.lock_for_deletion(id(1)).and_then(DeleteGuard::delete).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    assert!(matches!(store.load_and_open(id(1)), Err(StoreError::NotFound)));
    assert!(matches!(
        store.lock_for_deletion(id(1)).and_then(DeleteGuard::delete),
        Err(StoreError::NotFound)
    ));
}

#[test]
fn list_is_sorted_by_last_change() {
    let (_folder, store) = store();
    drop(store.create(setup(1)).unwrap());
    drop(store.create(setup(2)).unwrap());
    let later = "2026-11-25T08:00:00Z".parse().unwrap();
    store.rename(id(1), "Later", later).unwrap();
    let names: Vec<String> =
        store.list().unwrap().setups.into_iter().map(|entry| entry.setup.name).collect();
    assert_eq!(names, ["Later", "Example Corp"]);
}

/// The setup's file is replaced by a folder, so the rename fails for every user, including root.
#[test]
fn failed_save_leaves_no_temporary_file() {
    let (folder, store) = store();
    let mut held = store.create(setup(1)).unwrap();
    let path = folder.path().join(format!("{}.json", id(1)));
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert!(matches!(held.save(now()), Err(StoreError::Disk(_))));
    let left: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| file_name(&entry.unwrap().path()))
        .filter(|name| !name.starts_with(&id(1).to_string()))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn io_errors_map_to_codes() {
    use io::ErrorKind::{Other, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    let cases = [
        (StorageFull, "disk_full"),
        (QuotaExceeded, "disk_full"),
        (PermissionDenied, "disk_refused"),
        (ReadOnlyFilesystem, "disk_refused"),
        (Other, "disk_failed"),
    ];
    for (kind, expected) in cases {
        let error = StoreError::from_io(&io::Error::from(kind), Path::new("setups"));
        assert_eq!(error.code(), expected);
    }
}

#[test]
fn connection_method_must_match_world() {
    let read = |world, way: ConnectionMethod| {
        let mut setup = Setup::new(id(1), "Example Corp", world, now());
        setup.connection_method = way;
        Setup::from_json(&setup.to_json().unwrap()).is_ok()
    };
    let profile = || ConnectionMethod::Profile { name: "production".to_owned(), region: None };
    let keys = || ConnectionMethod::Keys { region: "us-east-1".to_owned() };
    assert!(!read(SetupKind::Practice, profile()));
    assert!(!read(SetupKind::Practice, keys()));
    assert!(!read(SetupKind::Real, ConnectionMethod::Practice));
    assert!(read(SetupKind::Real, profile()) && read(SetupKind::Real, keys()));
    assert!(
        read(SetupKind::Practice, ConnectionMethod::Practice)
            && read(SetupKind::Practice, ConnectionMethod::ByHand)
    );
}

#[test]
fn start_removes_leftover_temporary_files() {
    let (folder, first) = store();
    let _held = first.create(setup(1)).unwrap();
    let at = |name: String| folder.path().join(name);
    let written = [at(format!(".tmp-{}.json-Ab3dEf", id(2)))];
    let used = at(format!(".tmp-{}.json-Gh1jKl", id(1)));
    let foreign = at(".tmpAb3dEf".to_owned());
    fs::write(&foreign, "another program's").unwrap();
    for file in written.iter().chain([&used]) {
        fs::write(file, "people").unwrap();
    }
    // A folder with such a name isn't ours, and doesn't prevent the start.
    fs::create_dir(at(".tmp-folder".to_owned())).unwrap();
    let writer = fs::File::open(&used).unwrap();
    writer.try_lock().unwrap();
    drop(Store::open(folder.path()).unwrap());
    assert!(written.iter().all(|file| !file.exists()));
    assert!(used.exists(), "another instance is writing it");
    drop(writer);
    drop(Store::open(folder.path()).unwrap());
    assert!(!used.exists() && foreign.exists());
}

/// Files in the folder that would never end or would fill the memory.
#[cfg(unix)]
#[test]
fn hostile_files_are_listed_as_unreadable() {
    let (folder, store) = store();
    let at = |name: &str| folder.path().join(name);
    let made = std::process::Command::new("mkfifo").arg(at("pipe.json")).status().unwrap();
    assert!(made.success());
    std::os::unix::fs::symlink("/dev/zero", at("zero.json")).unwrap();
    std::os::unix::fs::symlink(at("loop.json"), at("loop.json")).unwrap();
    fs::create_dir(at("folder.json")).unwrap();
    fs::File::create(at("sparse.json")).unwrap().set_len(10_000_000_000).unwrap();
    let list = store.list().unwrap();
    let damaged = list.damaged.iter().map(|file| (file.file.as_str(), file.damage.code()));
    let expected = [
        ("folder.json", "unreadable"),
        ("loop.json", "unreadable"),
        ("pipe.json", "unreadable"),
        ("sparse.json", "too_large"),
        ("zero.json", "unreadable"),
    ];
    assert_eq!(damaged.collect::<Vec<_>>(), expected);

    // The files next to a setup.
    drop(store.create(setup(1)).unwrap());
    for name in ["local.key".to_owned(), format!("{}.connection", id(1))] {
        std::os::unix::fs::symlink("/dev/zero", at(&name)).unwrap();
    }
    let mut held = store.load_and_open(id(1)).unwrap();
    assert!(!held.is_connection_confirmed());
    held.confirm_connection();
    assert!(held.save(now()).is_err());
    drop(held);
    let lock = at(&format!("{}.lock", id(1)));
    fs::remove_file(&lock).unwrap();
    let made = std::process::Command::new("mkfifo").arg(&lock).status().unwrap();
    assert!(made.success());
    assert!(store.load_and_open(id(1)).is_err());
    assert!(!store.list().unwrap().setups[0].held_elsewhere);
}

#[cfg(unix)]
#[test]
fn folder_is_private_to_owner() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("setups");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    let store = Store::open(&folder).unwrap();
    let _held = store.create(setup(1)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn connection_from_another_computer_is_not_confirmed() {
    let (folder, store) = store();
    let mut held = store.create(setup(1)).unwrap();
    held.setup.world = SetupKind::Real;
    held.setup.connection_method =
        ConnectionMethod::Profile { name: "corp".to_owned(), region: None };
    held.save(now()).unwrap();
    assert!(!held.is_connection_confirmed(), "not chosen yet");
    held.confirm_connection();
    held.save(now()).unwrap();
    assert!(held.is_connection_confirmed());
    held.setup.connection_method =
        ConnectionMethod::Profile { name: "other".to_owned(), region: None };
    assert!(!held.is_connection_confirmed(), "the file now has another profile");
    drop(held);
    assert!(store.load_and_open(id(1)).unwrap().is_connection_confirmed());

    // Simulate another computer that has the setup file and its record.
    let elsewhere = tempfile::tempdir().unwrap();
    let there = Store::open(elsewhere.path()).unwrap();
    let mut own = there.create(setup(2)).unwrap();
    own.setup.connection_method =
        ConnectionMethod::Profile { name: "own".to_owned(), region: None };
    own.confirm_connection();
    own.save(now()).unwrap();
    for ending in ["json", "connection"] {
        let name = format!("{}.{ending}", id(1));
        fs::copy(folder.path().join(&name), elsewhere.path().join(&name)).unwrap();
    }
    assert!(!there.load_and_open(id(1)).unwrap().is_connection_confirmed());
    assert!(own.is_connection_confirmed());

    store.lock_for_deletion(id(1)).unwrap().delete().unwrap();
    assert!(!folder.path().join(format!("{}.connection", id(1))).exists());
}
