//! Repairs a failing sign-in that was configured by hand. Finds the differences between the AWS
//! page and the nOps page and fixes them one by one until both sign-in tests pass.

use std::collections::BTreeSet;

use acceptance::{
    Result, ensure,
    harness::Harness,
    person::{Addresses, ApplicationDraft, Row, ScriptedPerson},
    steps::{self, TESTER},
};
use nops_sso_practice::Switches;
use session::{
    Secret,
    action::{
        ApplicationAction, ConnectionAction, DryRunAction, SetupAction, SignInTestAction,
        StepAction,
    },
    view::{RowVerdict, SetupKind, SignInTestResult, WatchState},
};
use setup::{CopyableValue, Field, Severity, Step, dry_run::DryRunRow};

const SLIPPED: [Row<'static>; 4] = [
    ("Subject", "${user:email}", "emailAddress"),
    ("User.Email", "${user:email}", "basic"),
    ("User.Firstname", "${user:givenName}", "basic"),
    ("User.LastName", "${user:familyName}", "basic"),
];

async fn start_repair() -> Result<Harness> {
    let rig = Harness::start(Switches::default()).await?;
    rig.act(SetupAction::Create {
        name: "Example Corp, made by hand".to_owned(),
        world: SetupKind::Practice,
        repair: true,
        aws_role: true,
        nops_role: true,
    })
    .await?;
    Ok(rig)
}

#[tokio::test(flavor = "multi_thread")]
async fn manual_sign_in_is_repaired_step_by_step() -> Result<()> {
    let rig = start_repair().await?;
    steps::connect(&rig).await?;
    let person = rig.person()?;
    let (draft, nops, other) = make_mistakes(&person)?;

    find_application(&rig, &draft).await?;
    steps::choose_tester(&rig, TESTER).await?;

    // The user enters the values of both pages unchanged, including the mistakes.
    rig.go_to_step(Step::Start).await?;
    for (field, text) in [
        (Field::AwsAcsUrl, nops.entity_id.as_str()),
        (Field::AwsAudience, &nops.acs),
        (Field::AttributeMappings, &table(&SLIPPED)),
        (Field::SpAcsUrl, &nops.acs),
        (Field::SpEntityId, &nops.entity_id),
        (Field::SpLoginUrl, &nops.link),
        (Field::NopsIssuerUrl, &draft.metadata),
        (Field::NopsSsoEndpoint, &draft.issuer),
        (Field::NopsX509, &other),
    ] {
        rig.enter(field, text).await?;
    }
    let differences = differences(&rig);
    for code in ["nops_certificate_differs", "mapping_name"] {
        ensure(differences.contains(code), || format!("{code}: {differences:?}"))?;
    }
    ensure(differences.len() >= 4, || format!("{differences:?}"))?;

    // The response of the failing sign-in shows the same differences in the values that AWS sends.
    person.sign_in(TESTER)?;
    let result = judge(&rig, &person, &draft).await?;
    ensure(result == Some(RowVerdict::Fail), || format!("{result:?}"))?;
    let rows: BTreeSet<String> = rig
        .setup()
        .dry_run
        .ok_or("no dry run")?
        .rows
        .into_iter()
        .filter(|row| row.verdict == RowVerdict::Fail)
        .map(|row| row.check)
        .collect();
    let expected = [
        "audience",
        "destination",
        "nops_certificate",
        "nops_issuer",
        "recipient",
        "user_first_name",
    ];
    ensure(rows.iter().map(String::as_str).eq(expected), || format!("{rows:?}"))?;
    let page = person.tile(&draft.id)?;
    ensure(!page.is_signed_in(), || "the mistakes make sign-in fail".to_owned())?;
    rig.act(SignInTestAction::SignInTest {
        test: Field::TestFromPortal,
        result: SignInTestResult::Failed,
        error: Some(Secret::new(page.body)),
    })
    .await?;

    // The user fixes each difference on the page that has it, and enters the new value.
    let mut left = differences.len();
    person.edit(&draft.id, "Our nOps", &nops.acs, &nops.entity_id)?;
    rig.enter(Field::AwsAcsUrl, &nops.acs).await?;
    rig.enter(Field::AwsAudience, &nops.entity_id).await?;
    left = fewer(&rig, left)?;
    let mut rows = SLIPPED;
    rows[2].0 = "User.FirstName";
    person.edit_mappings(&draft.id, &rows)?;
    rig.enter(Field::AttributeMappings, &table(&rows)).await?;
    left = fewer(&rig, left)?;
    let issuer = rig.wizard.text(CopyableValue::Value { field: Field::IdpEntityId }).await?;
    let certificate = rig.wizard.text(CopyableValue::CertificatePem).await?;
    person.set_up_sso(&issuer, &issuer, &certificate, "client-member")?;
    rig.enter(Field::NopsIssuerUrl, &issuer).await?;
    left = fewer(&rig, left)?;
    rig.enter(Field::NopsX509, &certificate).await?;
    fewer(&rig, left)?;

    let result = judge(&rig, &person, &draft).await?;
    ensure(result == Some(RowVerdict::Pass), || format!("{:#?}", rig.setup().dry_run))?;
    rig.declare(Field::NopsSaved, "true").await?;
    let sign_in_tests = steps::run_sign_in_tests(&rig, &draft).await?;
    ensure(sign_in_tests == (true, true), || format!("{sign_in_tests:?}"))?;
    let open: Vec<_> = rig
        .setup()
        .findings
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .collect();
    ensure(open.is_empty(), || format!("{open:#?}"))
}

/// Without the values on AWS's pages, nOps's values and one response are enough to find the
/// difference, no matter which of them is pasted first.
#[tokio::test(flavor = "multi_thread")]
async fn response_and_nops_values_name_differences() -> Result<()> {
    let rig = start_repair().await?;
    steps::connect(&rig).await?;
    let person = rig.person()?;
    let (draft, nops, _) = make_mistakes(&person)?;
    find_application(&rig, &draft).await?;
    steps::choose_tester(&rig, TESTER).await?;
    person.sign_in(TESTER)?;
    let response = person.copy_xml(&draft.id)?;
    let certificate = person.certificate(&draft.id)?;

    for response_first in [false, true] {
        let rig = Harness::start(Switches::default()).await?;
        rig.act(ConnectionAction::ByHand).await?;
        let paste = async || {
            rig.act(DryRunAction::DryRun { response: Secret::new(response.clone()) }).await
        };
        if response_first {
            paste().await?;
        }
        for (field, text) in [
            (Field::SpAcsUrl, &nops.acs),
            (Field::SpEntityId, &nops.entity_id),
            (Field::NopsIssuerUrl, &draft.issuer),
            (Field::NopsX509, &certificate),
            (Field::IdpLink, &draft.metadata),
        ] {
            rig.enter(field, text).await?;
        }
        if !response_first {
            paste().await?;
        }
        let dry_run = rig.setup().dry_run.ok_or("no dry run")?;
        let fails = |row: &DryRunRow| row.verdict == RowVerdict::Fail;
        let failed: Vec<String> =
            dry_run.rows.into_iter().filter(fails).map(|row| row.check).collect();
        ensure(failed == ["destination", "recipient", "audience", "user_first_name"], || {
            format!("response first: {response_first}; {failed:?}")
        })?;
    }
    Ok(())
}

/// Makes typical mistakes in the application that practice mode starts with, and in nOps. Returns
/// nOps's addresses, and the certificate in nOps, which belongs to another application.
fn make_mistakes(person: &ScriptedPerson) -> Result<(ApplicationDraft, Addresses, String)> {
    let nops = person.enable_sso()?.ok_or("nOps shows no addresses")?;
    let draft = person.existing_application("nOps")?;
    person.edit(&draft.id, "Our nOps", &nops.entity_id, &nops.acs)?;
    person.edit_mappings(&draft.id, &SLIPPED)?;
    let other = person.certificate(&person.application("Team wiki")?)?;
    person.set_up_sso(&draft.metadata, &draft.issuer, &other, "client-member")?;
    Ok((draft, nops, other))
}

/// Finds the application by its ID, whatever its name is, and fetches its metadata.
async fn find_application(rig: &Harness, draft: &ApplicationDraft) -> Result<()> {
    rig.go_to_step(Step::Application).await?;
    rig.act(ApplicationAction::Watch).await?;
    rig.act(ApplicationAction::AskNow).await?;
    let view = rig
        .wait_until("the applications", |view| {
            matches!(view.watch.state, WatchState::Found | WatchState::Several)
        })
        .await?;
    if view.watch.state == WatchState::Several {
        let candidate = view.candidates.iter().find(|one| one.arn.ends_with(&draft.id));
        let arn = candidate.ok_or("the application is not listed")?.arn.clone();
        rig.act(ApplicationAction::ChooseApplication { arn }).await?;
    }
    rig.wait_until("its metadata", |view| view.facts.contains_key(&Field::IdpMetadataFetched))
        .await?;
    Ok(())
}

async fn judge(
    rig: &Harness,
    person: &ScriptedPerson,
    draft: &ApplicationDraft,
) -> Result<Option<RowVerdict>> {
    let response = Secret::new(person.copy_xml(&draft.id)?);
    rig.act(DryRunAction::DryRun { response }).await?;
    Ok(steps::verdict(&rig.setup()))
}

/// Returns the errors and warnings on the repair page. Leaves out the dry run, the sign-in tests
/// and the last step, which fail until the user repeats them.
fn differences(rig: &Harness) -> BTreeSet<String> {
    rig.setup()
        .findings
        .into_iter()
        .filter(|finding| finding.severity > Severity::Info)
        .filter(|finding| !matches!(finding.step, Step::DryRun | Step::SignInTests | Step::Finish))
        .map(|finding| finding.code)
        .collect()
}

fn fewer(rig: &Harness, before: usize) -> Result<usize> {
    let now = differences(rig);
    ensure(now.len() < before, || format!("not fewer than {before}: {now:?}"))?;
    Ok(now.len())
}

fn table(rows: &[Row<'_>]) -> String {
    rows.iter()
        .map(|(attribute, value, format)| format!("{attribute}\t{value}\t{format}\n"))
        .collect()
}

/// The user pastes whole pages. Each value stays on its side, so the wizard can find swapped
/// values. Values that weren't pasted don't count as compared.
#[tokio::test(flavor = "multi_thread")]
async fn values_from_pasted_pages_keep_their_side() -> Result<()> {
    let rig = start_repair().await?;
    rig.go_to_step(Step::Start).await?;
    let base = "https://app.nops.io/sso/v1/0b1d2f3a-4c5e-4f60-8a7b-9c8d7e6f5a4b/";
    let (acs, entity_id) = (format!("{base}?acs"), format!("{base}metadata"));
    let aws = format!(
        "Details\nApplication ACS URL\n{entity_id}\nApplication SAML audience\n{acs}\nActions\n"
    );
    let nops = format!(
        "Assertion Consumer Service\n{acs}\nEntity ID\n{entity_id}\nYour SSO Details\n\
         Issuer URL (entityId)\nhttps://portal.sso.us-east-1.amazonaws.com/saml/metadata/\
         MTIzNDU2Nzg5MDEyX2lucy0wMTIzNDU2Nzg5YWJjZGVm\nDomain\nexample.com\n"
    );
    for page in [aws, nops] {
        rig.act(StepAction::Paste { text: Secret::new(page), html: None }).await?;
    }
    for (field, value) in [
        (Field::AwsAcsUrl, &entity_id),
        (Field::AwsAudience, &acs),
        (Field::SpAcsUrl, &acs),
        (Field::SpEntityId, &entity_id),
        (Field::NopsDomain, &"example.com".to_owned()),
    ] {
        ensure(rig.fact(field).as_ref() == Some(value), || format!("{field:?}"))?;
    }
    ensure(rig.fact(Field::IdpLink).is_none(), || "nOps's issuer isn't AWS's link".to_owned())?;
    let found = differences(&rig);
    ensure(found.contains("aws_addresses_swapped"), || format!("{found:?}"))?;
    let open = steps::remaining_tasks(&rig.setup(), Step::Start);
    ensure(open.contains(&"repair_rest".to_owned()), || format!("{open:?}"))
}

/// The next good paste removes what was said about a page without values.
#[tokio::test(flavor = "multi_thread")]
async fn page_without_values_is_named_until_next_paste() -> Result<()> {
    let rig = start_repair().await?;
    rig.go_to_step(Step::Start).await?;
    let list = "Applications\nAWS managed\nCustomer managed\nnOps\nEnabled\nAdd application\n";
    rig.act(StepAction::Paste { text: Secret::new(list.to_owned()), html: None }).await?;
    let is_said = || rig.codes().contains(&"page_without_values".to_owned());
    ensure(is_said(), || format!("{:?}", rig.codes()))?;
    let acs = "https://app.nops.io/sso/v1/0b1d2f3a-4c5e-4f60-8a7b-9c8d7e6f5a4b/?acs";
    rig.enter(Field::SpAcsUrl, acs).await?;
    ensure(!is_said(), || format!("{:?}", rig.codes()))
}

/// The user pastes a table and a response while the cursor is in a box for another value.
#[tokio::test(flavor = "multi_thread")]
async fn paste_in_the_wrong_box_fills_its_own_field() -> Result<()> {
    let rig = start_repair().await?;
    steps::connect(&rig).await?;
    let person = rig.person()?;
    let (draft, ..) = make_mistakes(&person)?;
    find_application(&rig, &draft).await?;
    steps::choose_tester(&rig, TESTER).await?;
    rig.go_to_step(Step::Start).await?;
    let certificate = person.certificate(&draft.id)?;
    rig.enter(Field::NopsX509, &certificate).await?;
    rig.enter(Field::NopsX509, &table(&SLIPPED)).await?;
    assert_eq!(rig.fact(Field::NopsX509).as_deref(), Some(certificate.trim()));
    ensure(rig.fact(Field::AttributeMappings).is_some(), || "the table is missing".to_owned())?;
    person.sign_in(TESTER)?;
    let response = person.copy_xml(&draft.id)?;
    rig.enter(Field::SpAcsUrl, &response).await?;
    ensure(rig.setup().dry_run.is_some(), || format!("{:?}", rig.codes()))?;
    assert_eq!(rig.fact(Field::SpAcsUrl), None);
    Ok(())
}
