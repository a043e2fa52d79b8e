//! Practices a repair: practice mode starts with a setup that was made by hand and has three
//! mistakes. The user copies both pages into the wizard, fixes what it finds, and proves it.

use std::collections::BTreeSet;

use acceptance::{
    Result, ensure,
    harness::Harness,
    person::{ApplicationDraft, ScriptedPerson},
    steps::{self, TESTER},
};
use nops_sso_practice::Switches;
use session::{
    Secret,
    action::{DryRunAction, SetupAction, StepAction, ValueAction},
    view::{RowVerdict, SetupKind},
};
use setup::{CopyableValue, Field, Finding, Severity, Side, Step, StepStatus};

const GOOD_ROWS: [(&str, &str, &str); 4] = [
    ("Subject", "${user:email}", "emailAddress"),
    ("User.Email", "${user:email}", "basic"),
    ("User.FirstName", "${user:givenName}", "basic"),
    ("User.LastName", "${user:familyName}", "basic"),
];

async fn open_practice() -> Result<Harness> {
    let rig = Harness::start(Switches::default()).await?;
    rig.act(SetupAction::Create {
        name: "Practice repair".to_owned(),
        world: SetupKind::Practice,
        repair: true,
        aws_role: true,
        nops_role: true,
    })
    .await?;
    Ok(rig)
}

#[tokio::test(flavor = "multi_thread")]
async fn practiced_repair_leads_to_working_sign_in() -> Result<()> {
    let rig = open_practice().await?;
    ensure(rig.setup().current == Step::Start, || "a repair starts with step 1".to_owned())?;
    let person = rig.person_without_portal()?;
    let application = person.existing_application("nOps")?;
    ensure(rig.setup().differences == 0, || "nothing is known yet".to_owned())?;

    copy_pages(&rig, &person, &application).await?;
    expect_the_three_mistakes(&rig)?;

    // With AWS's answers, the same three mistakes are left.
    steps::connect(&rig).await?;
    rig.wait_until("its metadata", |view| view.facts.contains_key(&Field::IdpMetadataFetched))
        .await?;
    expect_the_three_mistakes(&rig)?;
    steps::choose_tester(&rig, TESTER).await?;
    let person = rig.person()?;
    expect_failing_sign_in(&rig, &person, &application).await?;

    repair(&rig, &person, &application).await?;
    prove(&rig, &person, &application).await
}

/// Copies each page as it is. A browser copies no contents of form fields, so the user copies these
/// one by one.
async fn copy_pages(
    rig: &Harness,
    person: &ScriptedPerson,
    application: &ApplicationDraft,
) -> Result<()> {
    for page in [person.application_page(&application.id)?, person.sso_page()?] {
        let text = Secret::new(page.copied_text());
        rig.act(StepAction::Paste { text, html: None }).await?;
    }
    let table = person.mappings_page(&application.id)?.body;
    rig.act(ValueAction::Enter {
        field: Field::AttributeMappings,
        text: "User attribute in the application\tFormat".to_owned(),
        html: Some(table),
    })
    .await?;
    let nops = person.sso_page()?;
    for (field, id) in [
        (Field::NopsIssuerUrl, "issuer_url"),
        (Field::NopsSsoEndpoint, "sso_endpoint"),
        (Field::NopsX509, "x509_certificate"),
    ] {
        rig.enter(field, &nops.element(id)?).await?;
    }
    // The page shows no certificate as text, so the user drops the downloaded metadata file.
    let metadata = person.metadata_file(&application.id)?;
    rig.import("metadata.xml", metadata).await?;
    let missing = rig.setup().not_compared;
    ensure(missing.is_empty(), || format!("not compared: {missing:?}"))
}

/// Returns the errors and warnings about what the pages show. The dry run shows the same mistakes.
fn on_pages(rig: &Harness) -> Vec<Finding> {
    let findings = rig.setup().findings.into_iter();
    findings
        .filter(|finding| finding.severity > Severity::Info)
        .filter(|finding| finding.step != Step::DryRun)
        .collect()
}

/// Each mistake names its side, its field and its fix, and nothing else is reported.
fn expect_the_three_mistakes(rig: &Harness) -> Result<()> {
    let found = on_pages(rig);
    let named: BTreeSet<_> =
        found.iter().map(|one| (one.code.as_str(), one.side, one.field)).collect();
    let expected = BTreeSet::from([
        ("aws_addresses_swapped", Side::Aws, Some(Field::AwsAcsUrl)),
        ("aws_addresses_swapped", Side::Aws, Some(Field::AwsAudience)),
        ("mapping_name", Side::Aws, Some(Field::AttributeMappings)),
        ("nops_certificate_differs", Side::Nops, Some(Field::NopsX509)),
    ]);
    ensure(named == expected, || format!("{named:#?}"))?;
    let count = rig.setup().differences;
    ensure(count == 3, || format!("{count} differences"))?;
    ensure(rig.setup().worst_difference == Some(Severity::Error), || "no error".to_owned())?;
    let without_fix: Vec<_> = found.iter().filter(|one| one.fix.is_none()).collect();
    ensure(without_fix.is_empty(), || format!("{without_fix:#?}"))
}

async fn dry_run(
    rig: &Harness,
    person: &ScriptedPerson,
    application: &ApplicationDraft,
) -> Result<BTreeSet<String>> {
    let response = Secret::new(person.copy_xml(&application.id)?);
    rig.act(DryRunAction::DryRun { response }).await?;
    let rows = rig.setup().dry_run.ok_or("no dry run")?.rows;
    let failed = rows.into_iter().filter(|row| row.verdict == RowVerdict::Fail);
    Ok(failed.map(|row| row.check).collect())
}

async fn expect_failing_sign_in(
    rig: &Harness,
    person: &ScriptedPerson,
    application: &ApplicationDraft,
) -> Result<()> {
    person.sign_in(TESTER)?;
    let failed = dry_run(rig, person, application).await?;
    let expected = ["audience", "destination", "nops_certificate", "recipient", "user_first_name"];
    ensure(failed.iter().map(String::as_str).eq(expected), || format!("{failed:?}"))?;
    let page = person.tile(&application.id)?;
    ensure(!page.is_signed_in(), || "the mistakes make sign-in fail".to_owned())
}

/// Fixes each mistake on the page that has it, and enters what the page shows now.
async fn repair(
    rig: &Harness,
    person: &ScriptedPerson,
    application: &ApplicationDraft,
) -> Result<()> {
    // The earlier response still shows the mistakes, until the next dry run.
    let expect_mistakes = |expected: usize| {
        let found = on_pages(rig).into_iter().map(|finding| finding.mistake);
        let mistakes: BTreeSet<String> = found.collect();
        ensure(mistakes.len() == expected, || format!("{mistakes:#?}"))
    };
    let nops = person.addresses()?.ok_or("nOps shows no addresses")?;
    person.edit(&application.id, "nOps", &nops.acs, &nops.entity_id)?;
    rig.enter(Field::AwsAcsUrl, &nops.acs).await?;
    rig.enter(Field::AwsAudience, &nops.entity_id).await?;
    expect_mistakes(2)?;
    person.edit_mappings(&application.id, &GOOD_ROWS)?;
    let table = person.mappings_page(&application.id)?.body;
    let (field, text) = (Field::AttributeMappings, "Format".to_owned());
    rig.act(ValueAction::Enter { field, text, html: Some(table) }).await?;
    expect_mistakes(1)?;
    let certificate = rig.wizard.text(CopyableValue::CertificatePem).await?;
    person.set_up_sso(&application.issuer, &application.issuer, &certificate, "client-member")?;
    rig.enter(Field::NopsX509, &certificate).await?;
    expect_mistakes(0)
}

async fn prove(
    rig: &Harness,
    person: &ScriptedPerson,
    application: &ApplicationDraft,
) -> Result<()> {
    let failed = dry_run(rig, person, application).await?;
    ensure(failed.is_empty(), || format!("{failed:?}"))?;
    let verdict = steps::verdict(&rig.setup());
    ensure(verdict == Some(RowVerdict::Pass), || format!("{verdict:?}"))?;
    rig.declare(Field::NopsSaved, "true").await?;
    let tests = steps::run_sign_in_tests(rig, application).await?;
    ensure(tests == (true, true), || format!("{tests:?}"))?;
    let view = rig.setup();
    for step in [Step::Start, Step::Application, Step::Mappings, Step::DryRun, Step::SignInTests] {
        let status = steps::status(&view, step);
        ensure(status == Some(StepStatus::Done), || {
            format!("{step:?}: {status:?}, open: {:?}", steps::remaining_tasks(&view, step))
        })?;
    }
    let left: Vec<_> =
        view.findings.iter().filter(|finding| finding.severity > Severity::Info).collect();
    ensure(left.is_empty(), || format!("{left:#?}"))
}

/// The pages keep the setup that was made by hand, and what the user has fixed since.
#[tokio::test(flavor = "multi_thread")]
async fn practiced_repair_survives_restart() -> Result<()> {
    let rig = open_practice().await?;
    let person = rig.person_without_portal()?;
    let before = person.existing_application("nOps")?;
    let nops = person.addresses()?.ok_or("nOps shows no addresses")?;
    person.edit(&before.id, "nOps", &nops.acs, &nops.acs)?;

    let rig = rig.restart().await?;
    ensure(rig.setup().repair, || "the setup is no longer a repair".to_owned())?;
    let person = rig.person_without_portal()?;
    let after = person.existing_application("nOps")?;
    ensure(after.id == before.id, || format!("{after:?} instead of {before:?}"))?;
    let audience = person.application_page(&after.id)?.element("audience")?;
    ensure(audience == nops.acs, || audience.clone())
}

/// A new practice setup starts without an application for nOps.
#[tokio::test(flavor = "multi_thread")]
async fn new_practice_setup_starts_empty() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let person = rig.person_without_portal()?;
    ensure(person.application("nOps").is_err(), || "nOps is in AWS".to_owned())?;
    ensure(person.addresses()?.is_none(), || "SSO is on in nOps".to_owned())
}
