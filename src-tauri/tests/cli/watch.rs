//! Tests `watch` as cron runs it: without a home session, a keychain, D-Bus or a display.

use std::process::Child;

use identity_center::{Connection, Credentials};
use setup::{FactValue, Facts, Field, Source};
use tempfile::TempDir;
use transport::Network;

use super::*;

/// A setup file in a folder of its own.
struct SetupFile {
    folder: TempDir,
    file: PathBuf,
}

const ID: Uuid = Uuid::from_u128(7);

impl SetupFile {
    fn write(kind: SetupKind, facts: Facts) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(format!("{ID}.json"));
        let written = Self { folder, file };
        written.rewrite(kind, facts);
        written
    }

    fn rewrite(&self, kind: SetupKind, facts: Facts) {
        let now = NOW.parse().unwrap();
        let mut setup = Setup::new(ID, "Example Corp", kind, now);
        setup.facts = facts;
        fs::write(&self.file, setup.to_json().unwrap()).unwrap();
    }

    /// Returns a setup whose values are right, on a computer without a network.
    fn offline() -> Self {
        let values: ValuesDocument = serde_json::from_value(right_values()).unwrap();
        Self::write(SetupKind::Real, values.to_facts(NOW.parse().unwrap()).0)
    }

    /// Runs `watch` with an empty environment, like cron, and no network.
    fn watch(&self, more: &[&str]) -> Output {
        let file = self.file.to_str().unwrap();
        command(&[&["watch", file], more].concat())
            .env_clear()
            .env("HOME", self.folder.path())
            .env("HTTPS_PROXY", "http://127.0.0.1:9")
            .output()
            .unwrap()
    }

    /// Returns the exit status and the JSON line.
    fn watch_json(&self, more: &[&str]) -> (i32, Value) {
        let output = self.watch(&[&["--json"], more].concat());
        let (status, mut lines) = lines(&output);
        assert_eq!(lines.len(), 1, "{output:?}");
        (status, lines.remove(0))
    }

    fn start_practice(&self) -> (Child, String) {
        let state = self.file.with_extension("practice");
        let arguments = ["practice", "--seed", "7", "--state", state.to_str().unwrap()];
        let mut practice = command(&arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(practice.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let addresses: Value = serde_json::from_str(&line).unwrap();
        (practice, addresses["aws_endpoint"].as_str().unwrap().to_owned())
    }
}

/// Returns what a setup knows about the first SAML application of practice mode.
fn facts_of_application(endpoint: &str) -> Facts {
    let credentials = Credentials::Practice {
        endpoint: endpoint.to_owned(),
        access_key_id: "AKIAPRACTICE00000000".to_owned(),
        secret_access_key: "practice-secret-access-key".to_owned().into(),
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let application = runtime.block_on(async {
        let aws = Connection::open(&credentials, None, &Network::default()).await.unwrap();
        let instance = aws.instances().await.unwrap().remove(0);
        let account = aws.whoami().await.unwrap().account;
        let listed = aws.applications(&instance.arn, &account).await.unwrap().listed;
        listed.into_iter().find(|one| one.kind.as_str() == "saml").unwrap()
    });
    let mut facts = Facts::default();
    for (field, text) in [
        (Field::ApplicationArn, application.arn.as_str()),
        (Field::ApplicationRegion, "us-east-1"),
        (Field::AwsRegion, "us-east-1"),
        (Field::ApplicationStatus, "ENABLED"),
    ] {
        let text = FactValue::Text(text.to_owned());
        facts.record(field, text, Source::Observed, NOW.parse().unwrap());
    }
    facts
}

fn states(output: &Value) -> Vec<&str> {
    let checks = output["checks"].as_array().unwrap();
    checks.iter().map(|check| check["state"].as_str().unwrap()).collect()
}

#[test]
fn missing_practice_mode_is_not_started_anew() {
    let setup = SetupFile::write(SetupKind::Practice, Facts::default());
    let output = setup.watch(&[]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(!setup.file.with_extension("practice").exists());
}

#[test]
fn watch_finds_a_deleted_application_without_a_session() {
    let setup = SetupFile::write(SetupKind::Practice, Facts::default());
    let (mut practice, endpoint) = setup.start_practice();
    let facts = facts_of_application(&endpoint);
    let arn = facts.text(Field::ApplicationArn).unwrap().to_owned();
    practice.kill().unwrap();
    practice.wait().unwrap();
    setup.rewrite(SetupKind::Practice, facts);
    let before = fs::read(&setup.file).unwrap();

    let (status, output) = setup.watch_json(&[]);
    assert_eq!((status, output["result"].as_str()), (0, Some("fine")), "{output:#}");
    assert_eq!(states(&output), ["checked", "skipped", "checked", "skipped", "skipped"]);
    assert!(setup.watch(&["--quiet"]).stdout.is_empty());

    let (mut practice, endpoint) = setup.start_practice();
    let id = arn.rsplit("apl-").next().unwrap();
    let host = endpoint.trim_start_matches("http://").trim_end_matches('/');
    let page =
        format!("/at/us-east-1.console.aws.amazon.com/singlesignon/applications/{id}/remove");
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "POST {page} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    practice.kill().unwrap();
    practice.wait().unwrap();

    let (status, output) = setup.watch_json(&[]);
    assert_eq!((status, output["result"].as_str()), (1, Some("problems")), "{output:#}");
    assert_eq!(codes(&output), ["application_gone"]);
    assert_eq!(output["changed"][0]["after"], "GONE");
    let text = String::from_utf8(setup.watch(&[]).stdout).unwrap();
    assert!(text.contains("Application status: enabled → deleted\n    Next: "), "{text}");
    assert_eq!(fs::read(&setup.file).unwrap(), before, "the setup is never changed");
    assert!(setup.file.with_extension("watch").exists(), "the window shows the result");
}

#[test]
fn watch_without_a_network_is_not_fine() {
    let setup = SetupFile::offline();
    let junit = setup.folder.path().join("watch.xml");
    let (status, output) = setup.watch_json(&["--now", NOW, "--junit", junit.to_str().unwrap()]);
    assert_eq!((status, output["result"].as_str()), (2, Some("unchecked")), "{output:#}");
    assert_eq!(states(&output)[0], "unchecked");
    let xml = fs::read_to_string(&junit).unwrap();
    assert!(xml.contains("tests=\"7\" failures=\"0\" errors=\"1\" skipped=\"4\""), "{xml}");
    assert!(xml.contains("<error message=\""), "{xml}");
    // The known certificate can be checked without a network.
    let (status, output) = setup.watch_json(&["--now", "2099-01-01T00:00:00Z"]);
    assert_eq!((status, codes(&output)), (1, vec!["certificate_expired"]), "{output:#}");
    let text = String::from_utf8(setup.watch(&["--now", NOW]).stdout).unwrap();
    assert!(text.starts_with("Example Corp: Couldn’t check everything\n"), "{text}");
    assert!(!text.contains('⟦') && !text.contains("{$"), "{text}");
}

#[test]
fn watch_reads_values_and_reports_other_files() {
    let setup = SetupFile::offline();
    fs::write(&setup.file, right_values().to_string()).unwrap();
    let (status, output) = setup.watch_json(&["--now", NOW]);
    assert_eq!((status, output["setup"].as_str()), (2, Some(&*ID.to_string())), "{output:#}");
    assert!(!setup.file.with_extension("watch").exists());
    for content in ["", "{}", "[1]", "{\"schema_version\": 99}"] {
        fs::write(&setup.file, content).unwrap();
        let output = setup.watch(&[]);
        assert_eq!(output.status.code(), Some(2), "{content}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{content}: {output:?}");
    }
}

#[test]
fn watch_prints_lines_for_schedulers() {
    let setup = SetupFile::offline();
    let file = setup.file.to_str().unwrap();
    for (scheduler, line) in [
        ("cron", format!(" watch --quiet '{file}'\n")),
        ("systemd", format!(" watch \"{file}\"\n")),
        ("github", format!(" nops-sso-setup watch --junit nops-sso-watch.xml '{ID}.json'\n")),
    ] {
        let output = setup.watch(&["--print", scheduler]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert!(text.contains(&line), "{text}");
        assert!(!text.contains("@PROGRAM@") && !text.contains("@SETUPS@"), "{text}");
    }
}

#[test]
fn unreadable_setup_is_in_the_junit_file() {
    let setup = SetupFile::offline();
    let junit = setup.folder.path().join("watch.xml");
    let broken = setup.folder.path().join("broken & old.json");
    fs::write(&broken, "{}").unwrap();
    let more = [broken.to_str().unwrap(), "--now", NOW, "--junit", junit.to_str().unwrap()];
    assert_eq!(setup.watch(&more).status.code(), Some(2));
    let xml = fs::read_to_string(&junit).unwrap();
    assert_eq!(xml.matches("<testsuite ").count(), 2, "{xml}");
    let suite = "broken &amp; old.json\" timestamp=\"2026-11-24T10:01:00Z\" tests=\"1\" failures=\"0\" errors=\"1\"";
    assert!(xml.contains(suite), "{xml}");
}

#[test]
fn unwritable_junit_file_does_not_hide_problems() {
    let setup = SetupFile::offline();
    let nowhere = setup.folder.path().join("missing").join("watch.xml");
    let junit = ["--junit", nowhere.to_str().unwrap(), "--now"];
    for (now, status) in [("2099-01-01T00:00:00Z", 1), (NOW, 2)] {
        let output = setup.watch(&[&junit[..], &[now]].concat());
        assert_eq!(output.status.code(), Some(status), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("watch.xml"), "{output:?}");
    }
}
