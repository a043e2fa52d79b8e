use super::*;

#[test]
fn inspect_prints_line_per_file_and_fails_on_bad() {
    let good = fixture("certificate.pem");
    let key = fixture("test-only-private-key-pkcs8.der");
    let output =
        run(&["--now", NOW, "inspect", good.to_str().unwrap(), key.to_str().unwrap(), "-"], b"");
    let (status, lines) = lines(&output);
    assert_eq!(status, 1);
    let told = |line: &Value| {
        let text = |name: &str| line[name].as_str().map(str::to_owned);
        (text("verdict"), text("kind"), text("reason"))
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        lines.iter().map(told).collect::<Vec<_>>(),
        [
            (some("accept"), some("certificate"), None),
            (some("reject"), some("private_key"), some("private_key")),
            (some("reject"), some("empty"), some("empty")),
        ]
    );
    assert_eq!(lines[0]["file"], good.to_str().unwrap());
    assert_eq!(lines[0]["not_after"], "2031-01-15T12:00:00Z");
    assert_eq!(lines[0]["sha256"].as_str().map(str::len), Some(64));
    assert_eq!(lines[0]["certs"], json!([lines[0]["sha256"]]));
    for line in &lines[1..] {
        assert!(line["message"].is_string() && line["fix"].is_string(), "{line}");
    }
    for line in &lines {
        for key in [
            "file",
            "verdict",
            "kind",
            "reason",
            "message",
            "fix",
            "sha256",
            "serial",
            "subject",
            "not_before",
            "not_after",
            "entity_id",
            "sso_redirect",
            "sso_post",
            "certs",
        ] {
            assert!(line.get(key).is_some(), "{key} in {line}");
        }
    }
}

#[test]
fn inspect_uses_given_time() {
    let file = fixture("certificate.pem");
    for (now, verdict, reason) in [
        ("2025-01-01T00:00:00Z", "warn", "not_yet_valid"),
        ("2030-12-31T00:00:00Z", "warn", "expires_soon"),
        ("2031-02-01T00:00:00Z", "warn", "expired"),
    ] {
        let (_, lines) = lines(&run(&["inspect", file.to_str().unwrap(), "--now", now], b""));
        assert_eq!(lines[0]["reason"], reason, "{now}");
        assert_ne!(lines[0]["verdict"], "accept", "{now}: {verdict}");
    }
}

/// The program responds within seconds for every kind of file.
#[cfg(unix)]
#[test]
fn inspect_does_not_block_on_special_files() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let made = Command::new("mkfifo").arg(at("pipe.pem")).status().unwrap();
    assert!(made.success());
    let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, at(name)).unwrap();
    link("loop.pem", "loop.pem");
    link("nowhere.pem", "dangling.pem");
    link("/dev/zero", "endless.pem");
    link(fixture("certificate.pem").to_str().unwrap(), "good.pem");
    fs::create_dir(at("folder.pem")).unwrap();
    fs::write(at("neue\nZeile ‘1’.pem"), fs::read(fixture("certificate.pem")).unwrap()).unwrap();
    let expected = [
        ("pipe.pem", Some("unreadable")),
        ("endless.pem", Some("unreadable")),
        ("loop.pem", Some("unreadable")),
        ("dangling.pem", Some("unreadable")),
        ("folder.pem", Some("unreadable")),
        ("good.pem", None),
        ("neue\nZeile ‘1’.pem", None),
    ];
    let files: Vec<String> =
        expected.iter().map(|(name, _)| at(name).to_str().unwrap().to_owned()).collect();
    let mut arguments = vec!["inspect", "--now", NOW];
    arguments.extend(files.iter().map(String::as_str));
    let started = std::time::Instant::now();
    let (status, lines) = lines(&run(&arguments, b""));
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
    assert_eq!(status, 1);
    for ((name, reason), line) in expected.iter().zip(&lines) {
        assert_eq!(line["reason"].as_str(), *reason, "{name}: {line}");
        assert_eq!(line["message"].is_string(), reason.is_some(), "{name}");
    }
    assert_eq!(lines.len(), expected.len());
}

/// A file from a shell's `<(…)` is read like any other.
#[cfg(unix)]
#[test]
fn inspect_reads_stdin_device() {
    let good = fs::read(fixture("certificate.pem")).unwrap();
    let (status, lines) = lines(&run(&["inspect", "--now", NOW, "/dev/stdin"], &good));
    assert_eq!((status, lines[0]["verdict"].as_str()), (0, Some("accept")));
}

#[test]
fn inspect_rejects_large_file_without_reading() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("large.xml");
    // A sparse file: reading it would take a long time, but checking its length doesn't.
    fs::File::create(&file).unwrap().set_len(40 << 30).unwrap();
    let (status, lines) = lines(&run(&["inspect", file.to_str().unwrap()], b""));
    assert_eq!((status, &lines[0]["reason"]), (1, &json!("too_large")));
}

#[test]
fn inspect_reports_unreadable_paths() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.pem");
    for path in [folder.path(), &missing] {
        let (status, lines) = lines(&run(&["inspect", path.to_str().unwrap()], b""));
        assert_eq!((status, &lines[0]["reason"]), (1, &json!("unreadable")), "{path:?}");
    }
}

#[cfg(unix)]
#[test]
fn inspect_reads_process_substitution() {
    let script = format!(
        "'{}' inspect --now {NOW} <(cat '{}')",
        env!("CARGO_BIN_EXE_nops-sso-setup"),
        fixture("certificate.pem").display()
    );
    let output = Command::new("bash").args(["-c", &script]).output().unwrap();
    let (status, lines) = lines(&output);
    assert_eq!((status, &lines[0]["verdict"]), (0, &json!("accept")));
}
