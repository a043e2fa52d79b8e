//! The people involved in the setup: the nOps team before *Enforce*, the administrator of an
//! external directory, and the user of the app.

use acceptance::{
    Result,
    harness::Harness,
    steps::{self, connect, request_plan},
};
use jiff::Timestamp;
use nops_sso_practice::Switches;
use people::GroupChoice;
use session::{
    Document, Failure, Secret,
    action::{
        ConnectionAction, DryRunAction, PeopleAction, SetupAction, SignInTestAction, StepAction,
        ValueAction,
    },
    view::{EmailMismatch, GroupRow, SignInTestResult},
};
use setup::{
    CopyableValue, Field, Severity, Step, ValuesDocument,
    assessment::assess,
    enforcement::{ConditionState, EnforcementPeople},
};

/// A new person, and a person whose address in practice mode is different from the address in nOps.
const PEOPLE: &str = "Email,First name,Last name\n\
                      lena@example.com,Lena,Fischer\n\
                      samuel.okafor@example.com,,\n";

/// The files `rootkey.csv`, `accessKeys.csv` and `credentials.csv`, with the example keys from
/// AWS's documentation.
const KEY_FILES: [&str; 3] = [
    "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE\r\nAWSSecretKey=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\r\n",
    "Access key ID,Secret access key\nAKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n",
    "User name,Password,Access key ID,Secret access key\n\
     ana,Example1!,AKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n",
];

async fn paste(rig: &Harness, text: &str) -> Result<()> {
    let text = text.to_owned();
    Ok(rig.act(PeopleAction::PasteTeam { text }).await?)
}

async fn apply(rig: &Harness) -> Result<()> {
    let plan = rig.setup().people.plan.ok_or("nothing is planned")?.id;
    rig.act(PeopleAction::Apply { plan }).await?;
    rig.wait_until("the changes", |view| view.job.is_none()).await?;
    Ok(())
}

fn condition(rig: &Harness) -> Option<ConditionState> {
    let conditions = rig.setup().enforcement.conditions;
    let team = conditions.into_iter().find(|one| one.name == "team");
    team.map(|team| team.state)
}

/// Only an open setup knows the team, so the list must not report that it's too early to enforce.
#[tokio::test(flavor = "multi_thread")]
async fn enforced_setup_has_no_problem_in_the_list() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let draft = steps::prepare_dry_run(&rig).await?;
    steps::dry_run(&rig, &draft).await?;
    steps::fill_nops(&rig).await?;
    steps::run_sign_in_tests(&rig, &draft).await?;
    rig.enter(Field::NopsDomain, "example.com").await?;
    paste(&rig, steps::TESTER).await?;
    assert!(rig.setup().enforcement.open, "{:#?}", rig.setup().enforcement);
    rig.declare(Field::NopsEnforce, "true").await?;
    rig.act(SetupAction::Close).await?;
    let problems: Vec<u32> = rig.view().setups.iter().map(|card| card.problems).collect();
    assert_eq!(problems, [0]);
    Ok(())
}

/// Enforce applies to a domain, so without one, no one counts as locked out.
#[tokio::test(flavor = "multi_thread")]
async fn no_one_is_locked_out_while_domain_is_unknown() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    paste(&rig, "ana@example.com, ops@example.net").await?;
    let compared = || rig.setup().people.team.map(|team| (team.locked_out, team.domain_unknown));
    assert_eq!(compared(), Some((0, 2)));
    assert_eq!(condition(&rig), Some(ConditionState::Missing));
    rig.enter(Field::NopsDomain, "example.com").await?;
    assert_eq!(compared(), Some((1, 0)));
    assert_eq!(condition(&rig), Some(ConditionState::Missing));
    rig.enter(Field::NopsDomain, "example.org").await?;
    assert_eq!(compared(), Some((0, 0)));
    assert_eq!(condition(&rig), Some(ConditionState::Declared));
    Ok(())
}

/// `check` must not contradict an exported setup whose evidence isn't part of the document. A test
/// that a later change made stale is exported as untried.
#[tokio::test(flavor = "multi_thread")]
async fn exported_values_keep_the_evidence_for_enforce() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let draft = steps::prepare_dry_run(&rig).await?;
    steps::dry_run(&rig, &draft).await?;
    steps::fill_nops(&rig).await?;
    steps::run_sign_in_tests(&rig, &draft).await?;
    rig.enter(Field::NopsDomain, "example.com").await?;
    paste(&rig, steps::TESTER).await?;
    rig.declare(Field::NopsEnforce, "true").await?;
    assert_eq!(exported_problems(&rig).await?, Vec::<String>::new());

    rig.declare(Field::NopsSsoType, "AWS").await?;
    assert_eq!(exported_problems(&rig).await?, ["enforce_early"]);
    Ok(())
}

/// Returns the codes that `check` reports for the exported values.
async fn exported_problems(rig: &Harness) -> Result<Vec<String>> {
    let (_, document) = rig.wizard.document(Document::Values).await?;
    let values: ValuesDocument = serde_json::from_slice(&document)?;
    let now = Timestamp::now();
    let (facts, mut findings) = values.to_facts(now);
    findings.extend(assess(&facts, &EnforcementPeople::default(), now).findings);
    findings.retain(|finding| finding.severity > Severity::Info);
    Ok(findings.into_iter().map(|finding| finding.code).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn plan_for_another_application_is_discarded() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    steps::copy_nops_addresses(&rig).await?;
    steps::add_application(&rig).await?;
    rig.act(PeopleAction::AddPeople { csv: PEOPLE.to_owned() }).await?;
    let plan = request_plan(&rig).await?.id;
    let known = rig.setup().facts[&Field::ApplicationArn].value.clone();
    rig.enter(Field::ApplicationArn, &known).await?;
    assert!(rig.setup().people.plan.is_some(), "the same application keeps the plan");

    let other = known.replace("/apl-", "/apl-0");
    let value = other[..known.len()].to_owned();
    rig.act(ValueAction::ReplaceApplication { value }).await?;
    assert_eq!(rig.setup().people.plan, None);
    let refused = rig.act(PeopleAction::Apply { plan }).await.err().map(|failure| failure.code);
    assert_eq!(refused.as_deref(), Some("no_plan"));
    Ok(())
}

/// A list gives the same result when it comes from a file, from a paste outside the field, from the
/// field, or from a pasted path. In all four cases, a list that is too long is rejected.
#[tokio::test(flavor = "multi_thread")]
async fn people_list_reads_the_same_from_file_paste_and_form() -> Result<()> {
    let too_long = "a@example.com\n".repeat(700_000);
    let code = |refused: std::result::Result<(), Failure>| refused.err().map(|told| told.code);
    let mut lists = Vec::new();
    for way in 0..4 {
        let rig = Harness::start(Switches::default()).await?;
        connect(&rig).await?;
        rig.go_to_step(Step::People).await?;
        let bring = async |text: &str| match way {
            0 | 3 => {
                let folder = tempfile::tempdir().map_err(|_| Failure::new("folder"))?;
                let file = folder.path().join("people.csv");
                std::fs::write(&file, text).map_err(|_| Failure::new("file"))?;
                if way == 0 {
                    rig.wizard.import(file).await
                } else {
                    let text = Secret::new(format!("file://{}\r\n", file.display()));
                    rig.act(StepAction::Paste { text, html: None }).await
                }
            }
            1 => {
                rig.act(StepAction::Paste { text: Secret::new(text.to_owned()), html: None }).await
            }
            _ => {
                let csv = text.to_owned();
                rig.act(PeopleAction::AddPeople { csv }).await
            }
        };
        bring(PEOPLE).await?;
        let refused = code(bring(&too_long).await);
        assert_eq!(refused.as_deref(), Some("csv_too_large"), "way {way}");
        let key = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n";
        assert_eq!(code(bring(key).await).as_deref(), Some("secret"), "way {way}");
        let refused =
            bring(include_str!("../../../src-tauri/crates/saml/tests/fixtures/certificate.pem"));
        assert_eq!(code(refused.await).as_deref(), Some("csv_other_kind"), "way {way}");
        for keys in KEY_FILES {
            assert_eq!(code(bring(keys).await).as_deref(), Some("secret"), "way {way}: {keys}");
        }
        let page = rig.wizard.people(0, 10).await?;
        let names: Vec<String> = page.rows.into_iter().map(|row| row.user_name).collect();
        lists.push(names);
    }
    let expected = ["lena@example.com", "samuel.okafor@example.com"];
    assert!(lists.iter().all(|list| *list == expected), "{lists:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn enforce_blocked_while_team_member_unmapped() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    rig.go_to_step(Step::People).await?;
    steps::copy_nops_addresses(&rig).await?;
    steps::add_application(&rig).await?;
    rig.go_to_step(Step::People).await?;
    let csv = PEOPLE.to_owned();
    rig.act(PeopleAction::AddPeople { csv }).await?;
    request_plan(&rig).await?;
    assert_eq!(condition(&rig), Some(ConditionState::Missing), "no list was compared");

    paste(&rig, "lena@example.com, samuel.okafor@example.com").await?;
    assert_eq!(condition(&rig), Some(ConditionState::Missing), "listed, and not added yet");
    apply(&rig).await?;
    assert_eq!(condition(&rig), Some(ConditionState::Declared), "added");

    let refused = rig.act(PeopleAction::PasteTeam { text: "Lena Fischer".to_owned() }).await;
    assert_eq!(refused.err().map(|failure| failure.code).as_deref(), Some("team_empty"));
    rig.enter(Field::NopsDomain, "example.com").await?;
    paste(
        &rig,
        "<tr><td>Lena</td><td>Lena@example.com</td></tr><tr><td>samuel.okafor@example.com</td></tr>\
         <tr><td>gone@example.com</td><td>gil@partner.example</td></tr>",
    )
    .await?;
    let team = rig.setup().people.team.ok_or("no team is shown")?;
    assert_eq!((team.members, team.with_access, team.outside), (4, 1, 1));
    assert_eq!(team.who, ["gone@example.com"]);
    let differing =
        EmailMismatch { nops: "Lena@example.com".to_owned(), aws: "lena@example.com".to_owned() };
    assert_eq!(team.differing, [differing]);
    assert_eq!(condition(&rig), Some(ConditionState::Missing));
    assert!(!rig.setup().enforcement.open);
    let shown = rig.fact(Field::NopsTeam);
    assert_eq!(shown.as_deref(), Some("4"), "the addresses stay in the core");

    let rig = rig.restart().await?;
    paste(&rig, "lena@example.com, samuel.okafor@example.com").await?;
    assert_eq!(condition(&rig), Some(ConditionState::Declared));
    rig.act(PeopleAction::ForgetTeam).await?;
    assert_eq!(condition(&rig), Some(ConditionState::Missing));
    rig.declare(Field::NopsTeamChecked, "true").await?;
    assert_eq!(condition(&rig), Some(ConditionState::Declared), "checked without a list");
    rig.act(PeopleAction::ClearPeople).await?;
    assert_eq!(condition(&rig), Some(ConditionState::Missing), "checked before the list changed");
    Ok(())
}

/// Members of an existing group get access even if they aren't on the list.
#[tokio::test(flavor = "multi_thread")]
async fn existing_group_members_get_access() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    steps::copy_nops_addresses(&rig).await?;
    steps::add_application(&rig).await?;
    let mut found = None;
    for GroupRow { id, name } in rig.setup().people.groups {
        let group = GroupChoice::Existing { id, name };
        rig.act(PeopleAction::ChooseGroup { group }).await?;
        rig.act(PeopleAction::Plan).await?;
        rig.wait_until("the plan", |view| view.job.is_none() && view.people.plan.is_some()).await?;
        paste(
            &rig,
            "samuel.okafor@example.com grace.nakamura@example.com dana.whitfield@example.com",
        )
        .await?;
        let team = rig.setup().people.team.ok_or("no team is shown")?;
        assert_eq!(team.with_access, 0, "the group isn't assigned to the application");
        apply(&rig).await?;
        let team = rig.setup().people.team.ok_or("no team is shown")?;
        found = found.max(Some(team.with_access));
        rig.act(PeopleAction::Undo { uncertain: false }).await?;
        rig.wait_until("the undo", |view| view.job.is_none()).await?;
    }
    assert!(found > Some(0), "a practice group has one of them");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn external_directory_request_is_one_message() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    rig.declare(Field::IdentitySource, "scim").await?;
    let csv = PEOPLE.to_owned();
    rig.act(PeopleAction::AddPeople { csv }).await?;
    let message = async || rig.wizard.text(CopyableValue::PeopleRequest).await;
    assert!(message().await?.contains("Let us know when it’s done."));
    rig.declare(Field::PeopleNeededBy, "Friday, 4 December").await?;
    let text = message().await?;
    for part in [
        "Example Corp",
        "the identity provider that provisions users to AWS",
        "“nOps users”",
        "Finish by Friday, 4 December",
        "2 people:",
        "\n- Lena Fischer, lena@example.com",
        "\n- samuel.okafor@example.com",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    Ok(())
}

/// Without an AWS connection, the user confirms who is assigned. nOps in practice mode shows its
/// team.
#[tokio::test(flavor = "multi_thread")]
async fn confirmed_people_and_tester_are_not_locked_out() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    rig.act(ConnectionAction::ByHand).await?;
    let shown = steps::switch_sso_on(&rig).await?.ok_or("nOps shows no addresses")?;
    steps::enter_addresses(&rig, &shown).await?;
    let person = rig.person()?;
    let locked_out = || rig.setup().people.team.map(|team| team.who).unwrap_or_default();
    let both = ["dana.whitfield@example.com", "samuel.okafor@example.com"];
    rig.enter(Field::NopsDomain, "example.com").await?;
    rig.act(DryRunAction::ChooseTester { who: both[0].to_owned() }).await?;
    paste(&rig, &format!("{} {}", person.team_page()?, both[1])).await?;
    assert_eq!(rig.setup().people.team.map(|team| team.outside), Some(1), "{:?}", locked_out());
    assert_eq!(locked_out(), both, "no assignment is known");

    rig.declare(Field::TesterAssigned, "assigned").await?;
    assert_eq!(locked_out(), both, "the tester hasn't signed in yet");
    for test in [Field::TestFromPortal, Field::TestFromNops] {
        let result = SignInTestResult::Passed;
        rig.act(SignInTestAction::SignInTest { test, result, error: None }).await?;
    }
    assert_eq!(locked_out(), both[1..]);
    rig.act(PeopleAction::AddPeople { csv: PEOPLE.to_owned() }).await?;
    assert_eq!(locked_out(), both[1..], "only listed");
    rig.declare(Field::PeopleAdded, "true").await?;
    assert_eq!(locked_out(), [""; 0]);
    assert_eq!(condition(&rig), Some(ConditionState::Declared));
    Ok(())
}

/// Without an AWS connection, the user adds people in AWS by hand and needs all three attributes.
#[tokio::test(flavor = "multi_thread")]
async fn incomplete_people_are_marked_by_hand() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    rig.act(ConnectionAction::ByHand).await?;
    let csv = "User name,Email,First name,Last name\n\
               ,ana@example.com,Ana,Lima\n,bo@example.com,,\ncy,,Cy,Roy\ndee,,,\n\
               ,ben.example.com,Ben,Roy\n";
    rig.act(PeopleAction::AddPeople { csv: csv.to_owned() }).await?;
    let rows = rig.wizard.people(0, 10).await?.rows;
    let missing: Vec<Option<&str>> = rows
        .iter()
        .map(|row| row.remarks.first().map(|remark| remark.params["missing"].as_str()))
        .collect();
    assert_eq!(missing, [None, Some("names"), Some("email"), Some("both")]);
    let unread = rig.setup().people.unread;
    let unread: Vec<(u32, &str)> =
        unread.iter().map(|line| (line.line, line.who.as_str())).collect();
    assert_eq!(unread, [(6, "Ben Roy")], "the message names the person");
    let key = rows[2].key.clone();
    assert_eq!(rig.wizard.text(CopyableValue::UserName { key }).await?, "cy");
    Ok(())
}

/// Copying a table cell may add a tab, which AWS's form removes.
#[tokio::test(flavor = "multi_thread")]
async fn practice_form_trims_users() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    let person = rig.person()?;
    let fields = [
        ("user_name", "nina.berg@example.com\t"),
        ("email", " nina.berg@example.com "),
        ("given_name", "Nina "),
        ("family_name", "Berg"),
        ("display_name", "Nina Berg"),
    ];
    let page = person.send(&person.console("users/add"), &fields)?;
    assert!(person.user_names()?.contains(&"nina.berg@example.com".to_owned()));
    assert_eq!(page.element("primary-email")?, "nina.berg@example.com");
    Ok(())
}
