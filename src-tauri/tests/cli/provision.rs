//! Tests `provision` against practice mode's AWS, as a script runs it.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
};

use identity_center::{Application, ApplicationKind, Connection, Credentials};
use serde_json::{Value, json};
use tempfile::TempDir;
use transport::Network;

use super::{command, lines};

const PEOPLE: &str = "First name,Last name,Email\nLena,Fischer,lena.fischer@example.com\n\
                      Samuel,Okafor,samuel.okafor@example.com\n";

/// Practice mode in its own process, and a folder for the files of a run.
struct ProvisionFixture {
    practice: Child,
    folder: TempDir,
    endpoint: String,
}

impl ProvisionFixture {
    fn start(options: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let state = folder.path().join("world");
        let mut arguments = vec!["practice", "--seed", "7", "--state"];
        arguments.push(state.to_str().unwrap());
        arguments.extend(options);
        let mut practice = command(&arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(practice.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let addresses: Value = serde_json::from_str(&line).unwrap();
        Self { practice, folder, endpoint: addresses["aws_endpoint"].as_str().unwrap().to_owned() }
    }

    /// Returns the initial SAML application of practice mode and its instance.
    fn application(&self) -> (String, String) {
        let credentials = Credentials::Practice {
            endpoint: self.endpoint.clone(),
            access_key_id: "AKIAPRACTICE00000000".to_owned(),
            secret_access_key: "practice-secret-access-key".to_owned().into(),
        };
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let aws = Connection::open(&credentials, None, &Network::default()).await.unwrap();
            let instance = aws.instances().await.unwrap().remove(0);
            let account = aws.whoami().await.unwrap().account;
            let applications = aws.applications(&instance.arn, &account).await.unwrap().listed;
            let is_saml = |one: &Application| one.kind == ApplicationKind::Saml;
            let application = applications.into_iter().find(is_saml).unwrap();
            (application.arn, instance.arn)
        })
    }

    fn write(&self, name: &str, content: &str) -> PathBuf {
        let file = self.folder.path().join(name);
        fs::write(&file, content).unwrap();
        file
    }

    /// Runs `provision` with these values and people.
    fn run(&self, values: &Value, people: &str, more: &[&str]) -> Output {
        let values = self.write("values.json", &values.to_string());
        let people = self.write("people.csv", people);
        let mut arguments = vec!["provision", "--values", values.to_str().unwrap()];
        arguments.extend(["--people", people.to_str().unwrap()]);
        arguments.extend(more);
        self.aws(&arguments).output().unwrap()
    }

    /// Returns a command that runs in the folder on its files.
    fn command(&self, more: &[&str]) -> Command {
        let files = ["provision", "--values", "values.json", "--people", "people.csv"];
        let mut command = self.aws(&[&files[..], more].concat());
        command.current_dir(self.folder.path());
        command
    }

    /// Returns a command for practice mode's AWS, with its access keys.
    fn aws(&self, arguments: &[&str]) -> Command {
        let mut command = self.without_credentials(arguments);
        command
            .env("AWS_ACCESS_KEY_ID", "AKIAPRACTICE00000000")
            .env("AWS_SECRET_ACCESS_KEY", "practice-secret-access-key");
        command
    }

    /// Returns a command for practice mode's AWS that ignores this computer's AWS configuration.
    fn without_credentials(&self, arguments: &[&str]) -> Command {
        let mut command = command(arguments);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AWS_")) {
            command.env_remove(name);
        }
        let nowhere = self.folder.path().join("nowhere");
        command
            .env("AWS_CONFIG_FILE", &nowhere)
            .env("AWS_SHARED_CREDENTIALS_FILE", &nowhere)
            .env("AWS_ENDPOINT_URL", &self.endpoint);
        command
    }

    /// Returns the complete state of practice mode's AWS.
    fn practice_state(&self) -> Vec<u8> {
        fs::read(self.folder.path().join("world/world.json")).unwrap()
    }

    fn journal(&self) -> PathBuf {
        self.folder.path().join("people.csv.journal")
    }
}

impl Drop for ProvisionFixture {
    fn drop(&mut self) {
        // Practice mode may have ended already.
        let _ended = self.practice.kill();
        let _ended = self.practice.wait();
    }
}

fn with_application(place: &ProvisionFixture) -> Value {
    let (application, instance) = place.application();
    json!({
        "aws_region": "us-east-1",
        "instance_arn": instance,
        "application_arn": application,
    })
}

/// Returns the change, subject and outcome of each `change` line.
fn changes(lines: &[Value]) -> Vec<String> {
    let told = lines.iter().filter_map(|line| line.get("change"));
    told.map(|change| {
        let text = |name: &str| change[name].as_str().unwrap();
        format!("{} {} {}", text("change"), text("subject"), text("outcome"))
    })
    .collect()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn plan_option_changes_nothing() {
    let place = ProvisionFixture::start(&[]);
    let values = with_application(&place);
    let before = place.practice_state();
    let output = place.run(&values, PEOPLE, &["--plan", "--group", "nOps people"]);
    let (status, lines) = lines(&output);
    assert_eq!((status, lines.len()), (0, 1), "{}", stderr(&output));
    assert!(stderr(&output).contains(&place.endpoint), "a redirected endpoint is named first");
    let plan = &lines[0]["plan"];
    let expected = json!({
        "group": "nOps people", "create_group": true, "assign_group": true,
        "create_users": 1, "keep_users": 1, "add_members": 2, "left_out": 0, "changes": 5,
    });
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(plan[key], *value, "{key}");
    }
    let lena = &plan["people"][0];
    assert_eq!(lena["user_name"], "lena.fischer@example.com");
    assert_eq!((&lena["user"], &lena["member"]), (&json!("create"), &json!("create")));
    assert_eq!(lena["remarks"][0]["code"], "need_password", "{lena}");
    assert!(!plan.to_string().contains('⟦'), "{plan}");
    assert_eq!(place.practice_state(), before);
    assert!(!place.journal().exists());
}

#[test]
fn second_run_changes_nothing() {
    let place = ProvisionFixture::start(&[]);
    let values = with_application(&place);
    let first = place.run(&values, PEOPLE, &[]);
    let (status, told) = lines(&first);
    assert_eq!(status, 0, "{}", stderr(&first));
    assert_eq!(
        changes(&told),
        [
            "create_group nOps users done",
            "add_member samuel.okafor@example.com done",
            "create_user lena.fischer@example.com done",
            "add_member lena.fischer@example.com done",
            "assign_group nOps users done",
        ]
    );
    let ended = json!({"ended": {"done": 5, "existed": 0, "failed": 0, "remaining": 0}});
    assert_eq!(told.last(), Some(&ended));
    let journal = fs::read_to_string(place.journal()).unwrap();
    assert_eq!(journal.matches("\"line\":\"intended\"").count(), 5);

    let after = place.practice_state();
    let second = place.run(&values, PEOPLE, &[]);
    let (status, told) = lines(&second);
    assert_eq!((status, told[0]["plan"]["changes"].as_u64()), (0, Some(0)));
    assert_eq!(changes(&told), Vec::<String>::new());
    assert_eq!(place.practice_state(), after, "a second run writes nothing to AWS");
}

#[test]
fn bare_file_names_are_accepted() {
    let place = ProvisionFixture::start(&[]);
    place.write("values.json", &json!({"aws_region": "us-east-1"}).to_string());
    place.write("people.csv", PEOPLE);
    let output = place.command(&[]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(place.journal().exists());
}

#[test]
fn missing_application_skips_assignment() {
    let place = ProvisionFixture::start(&[]);
    let output = place.run(&json!({"aws_region": "us-east-1"}), PEOPLE, &[]);
    let (status, told) = lines(&output);
    assert_eq!(status, 0, "{}", stderr(&output));
    assert_eq!(told[0]["plan"]["assign_group"], false);
    assert_eq!(changes(&told).len(), 4, "{told:?}");
    assert!(changes(&told).iter().all(|change| !change.contains("assign")));
}

#[test]
fn unreadable_line_is_reported_and_others_added() {
    let place = ProvisionFixture::start(&[]);
    let people = format!("{PEOPLE}Aiko,Tanaka,aiko.example.com\n");
    let output = place.run(&json!({"aws_region": "us-east-1"}), &people, &[]);
    let (status, told) = lines(&output);
    assert_eq!(status, 1, "{}", stderr(&output));
    let unread = &told[0]["plan"]["unread"][0];
    assert_eq!((&unread["line"], &unread["code"]), (&json!(4), &json!("email_shape")));
    assert_eq!(changes(&told).len(), 4, "{told:?}");
}

#[cfg(unix)]
#[test]
fn interrupted_run_can_be_resumed() {
    let place = ProvisionFixture::start(&["--rate-limit", "2"]);
    let people: String =
        (0..20).map(|number| format!("Per{number},Son,p{number}@example.com\n")).collect();
    place.write("values.json", &json!({"aws_region": "us-east-1"}).to_string());
    place.write("people.csv", &(PEOPLE.to_owned() + &people));
    let mut run = place.command(&[]).stdout(Stdio::piped()).spawn().unwrap();
    let mut told = Vec::new();
    for line in BufReader::new(run.stdout.take().unwrap()).lines() {
        let line: Value = serde_json::from_str(&line.unwrap()).unwrap();
        if line["progress"]["done"] == 0 {
            let id = run.id().to_string();
            let sent = Command::new("kill").args(["-INT", &id]).status().unwrap();
            assert!(sent.success());
        }
        told.push(line);
    }
    assert_eq!(run.wait().unwrap().code(), Some(1));
    let remaining = told.last().unwrap()["ended"]["remaining"].as_u64().unwrap();
    assert!(remaining > 0, "{:?}", told.last());
    assert!(changes(&told).iter().all(|change| change.ends_with("done")));
    let (_, told) = lines(&place.command(&["--plan"]).output().unwrap());
    assert_eq!(told[0]["plan"]["changes"], remaining);
}

#[test]
fn rate_limited_run_completes() {
    for limit in [&["--rate-limit", "2"][..], &["--rate-limit", "2", "--shared-rate-limit"]] {
        let place = ProvisionFixture::start(limit);
        let output = place.run(&json!({"aws_region": "us-east-1"}), PEOPLE, &[]);
        let (status, told) = lines(&output);
        assert_eq!(status, 0, "{}", stderr(&output));
        assert_eq!(told.last().unwrap()["ended"]["done"], 4);
    }
}

#[test]
fn aws_error_ends_run_and_is_recorded() {
    let place = ProvisionFixture::start(&["--switch", "assignment-refused"]);
    let values = with_application(&place);
    let output = place.run(&values, PEOPLE, &[]);
    let (status, told) = lines(&output);
    assert_eq!(status, 2);
    assert!(stderr(&output).contains("AWS"), "{}", stderr(&output));
    let last = changes(&told).pop();
    assert_eq!(last.as_deref(), Some("assign_group nOps users failed"));
    let refused = told.iter().rfind(|line| line.get("change").is_some());
    let refused = &refused.unwrap()["change"];
    assert_eq!(refused["error"], "validation");
    assert!(refused["message"].as_str().unwrap().len() > 20, "{refused}");
    let (_, told) = lines(&place.run(&values, PEOPLE, &["--plan"]));
    assert_eq!(told[0]["plan"]["changes"], 1, "only the rest is planned");
}

#[test]
fn wrong_usage_changes_nothing() {
    let place = ProvisionFixture::start(&[]);
    let before = place.practice_state();
    let region = json!({"aws_region": "us-east-1"});
    let elsewhere = json!({
        "aws_region": "us-east-1", "instance_arn": "arn:aws:sso:::instance/ssoins-0000000000000000",
    });
    let other_account = json!({"aws_region": "us-east-1", "aws_account_id": "210987654321"});
    let other_application = json!({
        "aws_region": "us-east-1",
        "application_arn": "arn:aws:sso::123456789012:application/ssoins-0000000000000000/apl-0000000000000000",
    });
    let no_arn = json!({"aws_region": "us-east-1", "application_arn": "nOps"});
    for (values, people, word) in [
        (&region, "First name,Last name,Email\n", "no people"),
        (&elsewhere, PEOPLE, "instance"),
        (&other_account, PEOPLE, "210987654321"),
        (&other_application, PEOPLE, "instance"),
        (&no_arn, PEOPLE, "application_arn"),
        (&json!({}), PEOPLE, "Region"),
    ] {
        let output = place.run(values, people, &[]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{values}: {said}");
        assert!(said.contains(word) && !said.contains('⟦'), "{values}: {said}");
        assert!(output.stdout.is_empty(), "{values}");
    }
    let file = |name: &str| place.folder.path().join(name).display().to_string();
    let (values, people) = (file("values.json"), file("people.csv"));
    let arguments = ["provision", "--values", &values, "--people", &people];
    place.write("values.json", &region.to_string());
    let output = place.without_credentials(&arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "there are no credentials");
    assert!(!stderr(&output).is_empty());
    assert_eq!(place.practice_state(), before);
}

#[test]
fn members_who_are_not_listed_are_removed_on_request() {
    let place = ProvisionFixture::start(&[]);
    let values = with_application(&place);
    let group = ["--group", "nOps people"];
    assert_eq!(lines(&place.run(&values, PEOPLE, &group)).0, 0);
    let only_lena = "Email\nlena.fischer@example.com\n";
    let missing = [&group[..], &["--remove-missing"]].concat();

    let before = place.practice_state();
    let (status, plan) =
        lines(&place.run(&values, only_lena, &[&missing[..], &["--plan"]].concat()));
    assert_eq!((status, plan[0]["plan"]["remove_members"].as_u64()), (0, Some(1)), "{plan:#?}");
    let former = &plan[0]["plan"]["former"][0];
    assert_eq!(former["user_name"], "samuel.okafor@example.com");
    assert_eq!((&former["member"], &former["reason"]), (&json!("remove"), &json!("not_listed")));
    let (_, kept) = lines(&place.run(&values, only_lena, &group));
    assert!(changes(&kept).is_empty(), "without the option, no one is removed");
    assert_eq!(place.practice_state(), before);

    let broken = format!("{only_lena}not an address\n");
    let refused = place.run(&values, &broken, &missing);
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0));
    assert!(stderr(&refused).contains("line 3"), "{}", stderr(&refused));
    assert_eq!(place.practice_state(), before);

    let mut with_tester = values.clone();
    with_tester["tester"] = json!("samuel.okafor@example.com");
    let output = place.run(&with_tester, only_lena, &missing);
    assert!(changes(&lines(&output).1).is_empty());
    assert!(stderr(&output).contains("--also-remove samuel.okafor@example.com"), "{output:?}");
    let named = [&missing[..], &["--also-remove", "samuel.okafor@example.com"]].concat();
    let (status, told) = lines(&place.run(&with_tester, only_lena, &named));
    assert_eq!(
        (status, changes(&told)),
        (0, vec!["remove_member samuel.okafor@example.com done".to_owned()])
    );
    let (_, again) = lines(&place.run(&values, only_lena, &missing));
    assert!(changes(&again).is_empty(), "a second run changes nothing");
}
