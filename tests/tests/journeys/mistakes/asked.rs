//! Mistakes that can be seen only in AWS's responses, and secrets that must not appear anywhere.

use acceptance::{
    Result,
    corpus::cert_factory::CertificateFactory,
    harness::Harness,
    mistake_report::{self, DetectionMoment, MistakeResult, WantedFinding},
    proxy::{Fault, Proxy},
    secret_scan,
    steps::{self, TESTER},
};
use identity_center::{Connection, Credentials, Principal};
use nops_sso_practice::Switches;
use people::GroupChoice;
use serde_json::{Value, json};
use session::{
    Action, Document, Secret,
    action::{ApplicationAction, ConnectionAction, DryRunAction, PeopleAction, ValueAction},
    view::{ConnectionState, SetupView},
};
use setup::{CopyableValue, Field, Finding, Severity, Side, Step, StepStatus};
use transport::Network;

/// A practice user who isn't in the FinOps group, unlike the tester.
const ELSEWHERE: &str = "dana.whitfield@example.com";

fn wanted(code: &'static str, field: Field, fix: &'static str) -> WantedFinding {
    WantedFinding { code, side: Side::Aws, field: Some(field), fix }
}

fn asked(
    number: &str,
    what: &str,
    wanted: WantedFinding,
    (before, after): (&[Finding], &[Finding]),
) -> MistakeResult {
    MistakeResult::compare(number, what, DetectionMoment::Asked, wanted, before, after)
}

fn must_be_perfect(entries: &[MistakeResult], silent: usize) {
    println!("{}", mistake_report::table(entries, &[], silent));
    let missed: Vec<&str> = entries
        .iter()
        .filter(|entry| !entry.is_perfect())
        .map(|entry| entry.what.as_str())
        .collect();
    assert!(missed.is_empty(), "{missed:?}: see the table");
}

fn says(rig: &Harness, code: &str) -> bool {
    rig.codes().iter().any(|said| said == code)
}

/// Connects to the same practice mode as another client.
async fn others(proxy: &Proxy) -> Result<Connection> {
    let credentials = Credentials::Practice {
        endpoint: proxy.base_url(),
        access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        secret_access_key: "of-another-user".to_owned().into(),
    };
    Ok(Connection::open(&credentials, Some("us-east-1"), &Network::default()).await?)
}

/// The AWS session ends during a query. A finding reports this, no data is lost, and the query
/// succeeds after the user signs in again.
#[tokio::test(flavor = "multi_thread")]
async fn expired_session_is_reported_and_recoverable() -> Result<()> {
    let proxy = Proxy::listen().await?;
    let rig = Harness::start_with_proxy(proxy.clone()).await?;
    steps::connect(&rig).await?;
    steps::copy_nops_addresses(&rig).await?;
    rig.go_to_step(Step::Application).await?;
    rig.act(ApplicationAction::Watch).await?;
    let failed = "connection_failed";
    let tester = || Action::from(DryRunAction::ChooseTester { who: TESTER.to_owned() });
    let questions = [
        ("while it is looked around", Step::Connect, ConnectionAction::Look.into(), failed),
        (
            "while an application is waited for",
            Step::Application,
            ApplicationAction::AskNow.into(),
            failed,
        ),
        ("while the tester is looked up", Step::DryRun, tester(), failed),
        (
            "while people are looked up",
            Step::People,
            PeopleAction::Plan.into(),
            "people_job_failed",
        ),
    ];
    let mut entries = Vec::new();
    for kind in ["ExpiredTokenException", "ExpiredToken"] {
        for (what, step, question, code) in &questions {
            rig.go_to_step(*step).await?;
            let before = rig.setup();
            proxy.inject_fault("*", Fault::refused(kind));
            rig.act(question.clone()).await?;
            let after = rig
                .wait_until(what, |view| {
                    view.job.is_none() && view.findings.iter().any(|found| found.code == *code)
                })
                .await?;
            let reason = after
                .findings
                .iter()
                .find(|found| found.code == *code)
                .and_then(|found| found.cause.as_ref())
                .ok_or("no reason is given")?;
            assert_eq!(reason.key, "aws-expired", "{what}");
            for (field, fact) in &before.facts {
                let kept = after.facts.get(field).map(|fact| &fact.value);
                assert!(
                    kept == Some(&fact.value)
                        || matches!(field, Field::Tester | Field::TesterUserId),
                    "{what}: {field:?} is lost"
                );
            }
            entries.push(asked(
                "31",
                what,
                wanted(code, Field::AwsCaller, "look"),
                (&before.findings, &after.findings),
            ));
            proxy.clear();
            rig.act(ConnectionAction::ConnectPractice).await?;
            rig.wait_until("the new sign-in", |view| {
                view.job.is_none() && view.connection.state == ConnectionState::Connected
            })
            .await?;
            rig.act(question.clone()).await?;
            rig.wait_until("the answer", |view| {
                view.job.is_none() && !view.findings.iter().any(|found| found.code == *code)
            })
            .await?;
        }
    }
    must_be_perfect(&entries, questions.len());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn group_without_access_is_reported() -> Result<()> {
    let proxy = Proxy::listen().await?;
    let rig = Harness::start_with_proxy(proxy.clone()).await?;
    steps::connect(&rig).await?;
    let others = others(&proxy).await?;
    let store = rig.fact(Field::IdentityStoreId).ok_or("the identity store is unknown")?;
    let id = others.create_group(&store, "Planned", "Empty").await?;
    let existing =
        |id: &str, name: &str| GroupChoice::Existing { id: id.to_owned(), name: name.to_owned() };
    let groups = others.groups(&store).await?;
    let full = groups
        .iter()
        .find(|group| group.name == "FinOps")
        .ok_or("practice mode lacks the group")?;
    let new = || GroupChoice::New { name: "nOps users".to_owned() };
    let ana = "email,given name,family name\nana@example.com,Ana,Lima\n".to_owned();
    rig.go_to_step(Step::People).await?;

    let mut entries = Vec::new();
    for (what, group) in [
        ("a group without members", existing(&id, "Planned")),
        ("a new group and an empty list", new()),
    ] {
        rig.act(PeopleAction::ChooseGroup { group }).await?;
        let before = rig.setup().findings;
        steps::request_plan(&rig).await?;
        entries.push(asked(
            "67",
            what,
            wanted("group_empty", Field::Group, "open"),
            (&before, &rig.setup().findings),
        ));
    }
    let sound = [
        (existing(&full.id, "FinOps"), None),
        (existing(&id, "Planned"), Some(&ana)),
        (new(), Some(&ana)),
    ];
    for (group, listed) in &sound {
        rig.act(PeopleAction::ChooseGroup { group: group.clone() }).await?;
        if let Some(csv) = listed {
            rig.act(PeopleAction::AddPeople { csv: (*csv).clone() }).await?;
        }
        steps::request_plan(&rig).await?;
        assert!(!says(&rig, "group_empty"), "{group:?}");
    }
    must_be_perfect(&entries, sound.len());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn tester_without_tile_is_reported() -> Result<()> {
    let proxy = Proxy::listen().await?;
    let rig = Harness::start_with_proxy(proxy.clone()).await?;
    steps::connect(&rig).await?;
    steps::copy_nops_addresses(&rig).await?;
    steps::add_application(&rig).await?;
    let others = others(&proxy).await?;
    let store = rig.fact(Field::IdentityStoreId).ok_or("the identity store is unknown")?;
    let application = rig.fact(Field::ApplicationArn).ok_or("the application is unknown")?;
    let groups = others.groups(&store).await?;
    let finops = groups
        .iter()
        .find(|group| group.name == "FinOps")
        .ok_or("practice mode lacks the group")?;
    let finops = Principal::Group(finops.id.clone());

    let mut entries = Vec::new();
    let mut missed = async |what: &str, who: &str| -> Result<()> {
        let before = rig.setup().findings;
        let after = steps::find_tester(&rig, who).await?.findings;
        entries.push(asked(
            "72",
            what,
            wanted("tester_unassigned", Field::TesterAssigned, "read"),
            (&before, &after),
        ));
        rig.act(ValueAction::Clear { field: Field::Tester }).await?;
        Ok(())
    };
    missed("no one is assigned", TESTER).await?;
    others.assign(&application, &finops).await?;
    missed("a group is assigned, and the tester is not in it", ELSEWHERE).await?;
    must_be_perfect(&entries, 2);

    let view = steps::find_tester(&rig, TESTER).await?;
    assert!(!says(&rig, "tester_unassigned"), "through a group");
    assert_eq!(view.tester.and_then(|tester| tester.assigned), Some(true));
    others.unassign(&application, &finops).await?;
    steps::choose_tester(&rig, TESTER).await?;
    assert!(!says(&rig, "tester_unassigned"), "assigned directly");
    Ok(())
}

/// Mistake 87: secrets that were pasted or dropped must not appear in any file, view or document
/// that leaves the wizard. Documents name people only on request.
#[tokio::test(flavor = "multi_thread")]
async fn secrets_are_in_no_report_or_file() -> Result<()> {
    let workshop = CertificateFactory::open()?;
    let key = String::from_utf8(workshop.read("own.key")?)?;
    let nops_key = "4021.canary-nops-secret-9b1f7c";
    let rig = Harness::start(Switches::default()).await?;
    let draft = steps::prepare_dry_run(&rig).await?;
    let person = rig.person()?;
    person.sign_in(TESTER)?;
    let response = person.copy_xml(&draft.id)?;
    rig.act(DryRunAction::DryRun { response: Secret::new(response.clone()) }).await?;
    for field in [Field::NopsX509, Field::IdpLink, Field::IdpCertificate] {
        rig.enter(field, &key).await?;
    }
    let somewhere: [Action; 7] = [
        ValueAction::Enter { field: Field::Tester, text: key.clone(), html: None }.into(),
        DryRunAction::ChooseTester { who: key.clone() }.into(),
        ValueAction::Declare { field: Field::NopsDomain, value: key.clone() }.into(),
        PeopleAction::ChooseGroup { group: GroupChoice::New { name: key.clone() } }.into(),
        PeopleAction::AddPerson {
            given_name: key.clone(),
            family_name: "Silva".to_owned(),
            email: "ana@example.com".to_owned(),
            user_name: None,
        }
        .into(),
        PeopleAction::AddPeople { csv: key.clone() }.into(),
        PeopleAction::PasteTeam { text: format!("ana@example.com\n{key}") }.into(),
    ];
    for action in somewhere {
        let name = format!("{action:.20?}");
        let refused = rig.act(action).await.err().map(|failure| failure.code);
        assert_eq!(refused.as_deref(), Some("secret"), "{name}");
    }
    rig.import("certificate.pem", &key).await?;
    rig.go_to_step(Step::People).await?;
    assert!(rig.import("people.csv", &key).await.is_err(), "a list of people");
    // nOps in practice mode doesn't know this key. The test checks only that the key isn't stored.
    let _unknown =
        rig.act(ConnectionAction::CheckNopsKey { key: Secret::new(nops_key.to_owned()) }).await;

    let line = |text: &str, at: usize| -> Result<String> {
        Ok(text.lines().nth(at).ok_or("no such line")?.trim().to_owned())
    };
    let signature = response
        .split_once("SignatureValue>")
        .map(|(_, rest)| rest.trim_start())
        .and_then(|rest| rest.get(..40))
        .ok_or("the response isn't signed")?;
    let secrets = [
        ("the private key", line(&key, 3)?),
        ("its last line", line(&key, key.lines().count() - 3)?),
        ("the response's signature", signature.to_owned()),
        ("nOps's API key", nops_key.to_owned()),
    ];
    let forms = |people: bool| {
        [
            Document::ReportHtml { people },
            Document::ReportMarkdown { people },
            Document::ReportJson { people },
        ]
    };
    let mut shown = vec![("the view".to_owned(), format!("{:?}", rig.view()))];
    let others = [Document::Values, Document::SpMetadata];
    for document in forms(true).into_iter().chain(forms(false)).chain(others) {
        let name = format!("{document:?}");
        let (_, bytes) = rig.wizard.document(document).await?;
        shown.push((name, String::from_utf8(bytes)?));
    }
    for (what, secret) in &secrets {
        let files = secret_scan::files(secret, &rig.folder, &[])?;
        assert!(files.is_empty(), "{what} is in {files:?}");
        let shows = shown.iter().find(|(_, text)| text.contains(secret.as_str()));
        assert_eq!(shows.map(|(name, _)| name), None, "{what}");
    }

    for (people, wanted) in [(true, true), (false, false)] {
        for document in forms(people) {
            let name = format!("{document:?}");
            let (_, bytes) = rig.wizard.document(document).await?;
            let named = String::from_utf8(bytes)?.contains(TESTER);
            assert_eq!(named, wanted, "{name}");
        }
    }
    Ok(())
}

/// AWS is creating or deleting the instance. A finding reports this, and the wizard keeps polling
/// until the instance is active.
#[tokio::test(flavor = "multi_thread")]
async fn inactive_instance_is_reported_until_active() -> Result<()> {
    let making: fn(&mut Value) = |answer| answer["Status"] = json!("CREATE_IN_PROGRESS");
    let deleting: fn(&mut Value) = |answer| answer["Status"] = json!("DELETE_IN_PROGRESS");
    for alter in [making, deleting] {
        let proxy = Proxy::listen().await?;
        let rig = Harness::start_with_proxy(proxy.clone()).await?;
        proxy.inject_fault("DescribeInstance", Fault::Altered(alter));
        rig.act(ConnectionAction::ConnectPractice).await?;
        let view = rig
            .wait_until("the state of the instance", |view| {
                view.findings.iter().any(|finding| finding.code == "instance_not_active")
            })
            .await?;
        assert_eq!(steps::status(&view, Step::Connect), Some(StepStatus::Attention { count: 1 }));
        proxy.clear();
        rig.act(ConnectionAction::Look).await?;
        let view = rig
            .wait_until("the instance", |view| {
                steps::status(view, Step::Connect) == Some(StepStatus::Done)
            })
            .await?;
        assert_eq!(view.facts[&Field::InstanceStatus].value, "ACTIVE");
    }
    Ok(())
}

/// A customer-managed key requires one more permission, and a hidden application has no tile. Both
/// findings are shown, and neither one blocks the setup.
#[tokio::test(flavor = "multi_thread")]
async fn customer_key_and_hidden_application_are_reported() -> Result<()> {
    const KEY: &str = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let proxy = Proxy::listen().await?;
    let rig = Harness::start_with_proxy(proxy.clone()).await?;
    steps::connect(&rig).await?;
    assert!(!says(&rig, "kms_key"), "this is an AWS managed key");
    let policy = rig.wizard.text(CopyableValue::Policy).await?;
    assert!(!policy.contains("kms:"), "{policy}");
    proxy.inject_fault(
        "DescribeInstance",
        Fault::Altered(|answer| {
            answer["EncryptionConfigurationDetails"] = json!({"KeyType": "CUSTOMER_MANAGED_KEY", "KmsKeyArn": KEY, "EncryptionStatus": "ENABLED"});
        }),
    );
    rig.act(ConnectionAction::Look).await?;
    let told = |code: &'static str| {
        move |view: &SetupView| view.findings.iter().any(|finding| finding.code == code)
    };
    rig.wait_until("the key", told("kms_key")).await?;
    let policy = rig.wizard.text(CopyableValue::Policy).await?;
    let policy: Value = serde_json::from_str(&policy)?;
    assert_eq!(policy["Statement"][3]["Action"], json!(["kms:Decrypt"]));
    assert_eq!(policy["Statement"][3]["Resource"], KEY);

    steps::copy_nops_addresses(&rig).await?;
    steps::add_application(&rig).await?;
    assert!(!says(&rig, "application_hidden"), "its tile is shown");
    proxy.inject_fault(
        "ListApplications",
        Fault::Altered(|answer| {
            for application in answer["Applications"].as_array_mut().into_iter().flatten() {
                application["PortalOptions"]["Visibility"] = json!("DISABLED");
            }
        }),
    );
    rig.act(ConnectionAction::Look).await?;
    let view = rig.wait_until("the hidden application", told("application_hidden")).await?;
    assert!(view.job.is_none() || view.findings.iter().all(|one| one.severity < Severity::Error));
    proxy.clear();
    rig.act(ConnectionAction::Look).await?;
    let shown = |view: &SetupView| !told("application_hidden")(view);
    rig.wait_until("the tile", shown).await?;

    assert!(!says(&rig, "application_gone"), "the application exists");
    proxy.inject_fault(
        "ListApplications",
        Fault::Altered(|answer| answer["Applications"] = json!([])),
    );
    rig.act(ConnectionAction::Look).await?;
    rig.wait_until("the deleted application", told("application_gone")).await?;
    proxy.clear();
    rig.act(ConnectionAction::Look).await?;
    let back = |view: &SetupView| !told("application_gone")(view);
    rig.wait_until("the application", back).await?;
    Ok(())
}

/// A group from an external directory may have members that aren't users. They're counted
/// separately from the people who have access.
#[tokio::test(flavor = "multi_thread")]
async fn nested_group_is_reported() -> Result<()> {
    let proxy = Proxy::listen().await?;
    let rig = Harness::start_with_proxy(proxy.clone()).await?;
    steps::connect(&rig).await?;
    let store = rig.fact(Field::IdentityStoreId).ok_or("the identity store is unknown")?;
    let groups = others(&proxy).await?.groups(&store).await?;
    let group = groups
        .iter()
        .find(|group| group.name == "FinOps")
        .ok_or("practice mode lacks the group")?;
    rig.go_to_step(Step::People).await?;
    rig.act(PeopleAction::ChooseGroup {
        group: GroupChoice::Existing { id: group.id.clone(), name: group.name.clone() },
    })
    .await?;
    steps::request_plan(&rig).await?;
    assert!(!says(&rig, "nested_members"), "the group contains only users");

    proxy.inject_fault(
        "ListGroupMemberships",
        Fault::Altered(|answer| {
            if let Some(first) = answer["GroupMemberships"].get_mut(0) {
                first["MemberId"] =
                    json!({"GroupId": "9067f0a1b2-00000000-0000-4000-8000-000000000001"});
            }
        }),
    );
    steps::request_plan(&rig).await?;
    let findings = rig.setup().findings;
    let nested = findings
        .iter()
        .find(|finding| finding.code == "nested_members")
        .ok_or_else(|| format!("{findings:#?}"))?;
    assert_eq!(nested.params["count"], "1");
    Ok(())
}
