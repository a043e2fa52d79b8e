//! Identity Center in several Regions. The wizard finds and manages the application in its Region,
//! and users and groups in the primary Region. It reports which Regions it couldn't check.

use std::collections::{BTreeMap, BTreeSet};

use acceptance::{
    Result,
    harness::Harness,
    person::ApplicationDraft,
    proxy::Proxy,
    steps::{
        TESTER, choose_tester, connect, copy_nops_addresses, dry_run, ensure_step_done, fill_nops,
        find_tester, map_attributes_in_aws, prepare_enforce, request_plan, run_sign_in_tests,
        verdict,
    },
};
use nops_sso_practice::Switches;
use session::{
    Document,
    action::{ApplicationAction, DryRunAction, PeopleAction, ValueAction},
    view::{PeopleStage, RowVerdict, SetupView, WatchState},
};
use setup::{CopyableValue, Field, Severity, Source, Step};

const PRIMARY: &str = "us-east-1";
const ADDITIONAL: &str = "eu-west-1";

#[tokio::test(flavor = "multi_thread")]
async fn application_in_other_region_is_set_up() -> Result<()> {
    let switches = Switches { additional_region: true, ..Switches::default() };
    let (rig, draft, proxy) = add_detected_application(switches).await?;
    let view = rig.setup();
    let region = &view.facts[&Field::ApplicationRegion];
    assert_eq!((region.value.as_str(), &region.source), (ADDITIONAL, &Source::Observed));
    assert_eq!(view.facts[&Field::AwsRegion].value, PRIMARY);
    assert!(draft.issuer.starts_with("https://portal.sso.eu-west-1.amazonaws.com/"));
    assert_eq!(view.facts[&Field::IdpEntityId].value, draft.issuer);
    let told = view.findings.iter().find(|one| one.code == "application_in_other_region");
    assert_eq!(told.map(|one| one.severity), Some(Severity::Info), "{:#?}", view.findings);
    ensure_step_done(&view, Step::Application)?;

    choose_tester(&rig, TESTER).await?;
    complete(&rig, &draft).await?;
    add_lena(&rig).await?;
    rig.act(PeopleAction::Undo { uncertain: false }).await?;
    rig.wait_until("the undo", |view| view.job.is_none() && !view.people.can_undo).await?;
    assert_calls_go_to_their_regions(&proxy);
    Ok(())
}

/// Without *CreatedFrom*, the application's Region is the Region that lists it.
#[tokio::test(flavor = "multi_thread")]
async fn listing_region_replaces_created_from() -> Result<()> {
    for region in [PRIMARY, ADDITIONAL] {
        let switches =
            Switches { additional_region: true, created_from_missing: true, ..Switches::default() };
        let (rig, draft, _) = detected_in(region, switches).await?;
        assert_eq!(rig.fact(Field::ApplicationRegion).as_deref(), Some(region));
        assert_eq!(rig.fact(Field::IdpEntityId).as_deref(), Some(draft.issuer.as_str()));
        choose_tester(&rig, TESTER).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn alphanumeric_ids_are_accepted() -> Result<()> {
    let switches = Switches { alphanumeric_ids: true, ..Switches::default() };
    let (rig, draft, _) = detected_in(PRIMARY, switches).await?;
    assert!(draft.id.bytes().any(|byte| !byte.is_ascii_hexdigit()), "{}", draft.id);
    ensure_step_done(&rig.setup(), Step::Application)?;
    choose_tester(&rig, TESTER).await?;
    complete(&rig, &draft).await
}

/// AWS denies the additional Region. The wizard reports the Region, and the user sets up its
/// application by hand.
#[tokio::test(flavor = "multi_thread")]
async fn denied_region_is_named() -> Result<()> {
    let switches = Switches { additional_region_denied: true, ..Switches::default() };
    let rig = Harness::start(switches).await?;
    connect(&rig).await?;
    let view = rig.setup();
    let told = view.findings.iter().find(|one| one.code == "regions_unseen");
    let told = told.ok_or_else(|| format!("{:#?}", view.findings))?;
    assert_eq!((told.step, told.params["regions"].as_str()), (Step::Application, ADDITIONAL));
    assert_eq!(check(&view, "application")?["unseen"], ADDITIONAL);
    assert_eq!(rig.fact(Field::DeniedActions).as_deref(), Some(""), "the primary Region answered");

    copy_nops_addresses(&rig).await?;
    let draft = unlisted(&rig).await?;
    assert_eq!(rig.setup().watch.state, WatchState::Waiting, "the other Regions are still asked");
    rig.act(ApplicationAction::StopWatching).await?;
    rig.enter(Field::IdpLink, &draft.issuer).await?;
    rig.wait_until("its metadata", has_metadata).await?;
    let view = rig.setup();
    let region = &view.facts[&Field::ApplicationRegion];
    assert_eq!(region.value, ADDITIONAL);
    assert!(matches!(region.source, Source::Derived { .. }), "{:?}", region.source);
    assert!(!says(&view, "link_of_other_region"), "{:#?}", view.findings);

    rig.enter(Field::ApplicationArn, &arn(&rig, &draft)?).await?;
    assert!(!says(&rig.setup(), "regions_unseen"), "the application is known");
    find_tester(&rig, TESTER).await?;
    rig.act(DryRunAction::AssignTester).await?;
    let view = rig.wait_until("the refusal", |view| view.job.is_none()).await?;
    assert_ne!(view.tester.as_ref().and_then(|tester| tester.assigned), Some(true));
    let tester = rig.fact(Field::TesterUserId).ok_or("the tester wasn't found")?;
    rig.person()?.in_region(ADDITIONAL).assign(&draft.id, &tester)?;
    rig.declare(Field::TesterAssigned, "assigned").await?;
    complete(&rig, &draft).await
}

/// AWS lists no Regions. The wizard makes no claims about Regions, and a link determines the
/// Region.
#[tokio::test(flavor = "multi_thread")]
async fn link_names_region_that_aws_does_not_list() -> Result<()> {
    let proxy = Proxy::listen().await?;
    let switches = Switches { regions_not_listed: true, ..Switches::default() };
    let rig = Harness::start_with_proxy_and_switches(proxy.clone(), switches).await?;
    connect(&rig).await?;
    let view = rig.setup();
    assert_eq!(rig.fact(Field::AwsOtherRegions), None);
    assert_eq!(check(&view, "region")?["others"], "not_listed");
    assert_eq!(check(&view, "application")?["unseen"], "not_listed");

    copy_nops_addresses(&rig).await?;
    let draft = unlisted(&rig).await?;
    rig.act(ApplicationAction::StopWatching).await?;
    rig.enter(Field::IdpLink, &draft.issuer).await?;
    rig.wait_until("its metadata", has_metadata).await?;
    assert!(!says(&rig.setup(), "link_of_other_region"), "{:?}", rig.codes());
    rig.enter(Field::ApplicationArn, &arn(&rig, &draft)?).await?;
    choose_tester(&rig, TESTER).await?;
    complete(&rig, &draft).await?;
    assert_calls_go_to_their_regions(&proxy);
    Ok(())
}

/// The Region in the link has neither the application nor Identity Center.
#[tokio::test(flavor = "multi_thread")]
async fn link_of_wrong_region_is_reported() -> Result<()> {
    let switches = Switches { additional_region: true, ..Switches::default() };
    let rig = Harness::start(switches.clone()).await?;
    connect(&rig).await?;
    let link = |region: &str| {
        let token = "MTIzNDU2Nzg5MDEyX2lucy0wMTIzNDU2Nzg5YWJjZGVm";
        format!("https://portal.sso.{region}.amazonaws.com/saml/assertion/{token}")
    };
    for (region, is_wrong) in [(PRIMARY, false), (ADDITIONAL, false), ("ap-south-1", true)] {
        rig.enter(Field::IdpLink, &link(region)).await?;
        assert_eq!(says(&rig.setup(), "link_of_other_region"), is_wrong, "{region}");
    }
    rig.act(ValueAction::Clear { field: Field::IdpLink }).await?;

    let (rig, draft, _) = add_detected_application(switches).await?;
    rig.enter(Field::IdpLink, &draft.issuer.replace(ADDITIONAL, PRIMARY)).await?;
    let view = rig.setup();
    let told = view.findings.iter().find(|one| one.code == "link_of_other_region");
    let told = told.ok_or_else(|| format!("{:#?}", view.findings))?;
    assert_eq!(told.expected.as_deref(), Some(ADDITIONAL));
    assert_eq!(told.received.as_deref(), Some(PRIMARY));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn instance_issuer_is_rejected_as_saml_issuer() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    let person = rig.person()?;
    let settings = person.open(&person.console("settings"))?;
    let issuer = settings.element("instance-issuer-url")?;
    for field in [Field::IdpEntityId, Field::IdpLink, Field::NopsIssuerUrl, Field::NopsSsoEndpoint]
    {
        rig.enter(field, &issuer).await?;
        let view = rig.setup();
        let told = view.findings.iter().find(|one| one.field == Some(field));
        let told = told.ok_or_else(|| format!("{field:?}: {:#?}", view.findings))?;
        let expected = ("issuer_of_instance", Severity::Error);
        assert_eq!((told.code.as_str(), told.severity), expected, "{field:?}");
        rig.act(ValueAction::Clear { field }).await?;
    }
    Ok(())
}

/// Connects and adds the application in the additional Region. The wizard detects the application
/// there.
async fn add_detected_application(
    switches: Switches,
) -> Result<(Harness, ApplicationDraft, Proxy)> {
    detected_in(ADDITIONAL, switches).await
}

async fn detected_in(
    region: &str,
    switches: Switches,
) -> Result<(Harness, ApplicationDraft, Proxy)> {
    let proxy = Proxy::listen().await?;
    let rig = Harness::start_with_proxy_and_switches(proxy.clone(), switches).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    rig.go_to_step(Step::Application).await?;
    rig.act(ApplicationAction::Watch).await?;
    let draft = submitted(&rig, region).await?;
    rig.act(ApplicationAction::AskNow).await?;
    rig.wait_until("the application", |view| view.watch.state == WatchState::Found).await?;
    rig.wait_until("its metadata", has_metadata).await?;
    Ok((rig, draft, proxy))
}

/// Adds the application in the additional Region, where AWS doesn't list the application.
async fn unlisted(rig: &Harness) -> Result<ApplicationDraft> {
    rig.go_to_step(Step::Application).await?;
    rig.act(ApplicationAction::Watch).await?;
    let draft = submitted(rig, ADDITIONAL).await?;
    rig.act(ApplicationAction::AskNow).await?;
    rig.wait_until("an answer", |view| view.watch.times > 0).await?;
    assert_eq!(rig.fact(Field::ApplicationArn), None);
    Ok(draft)
}

async fn submitted(rig: &Harness, region: &str) -> Result<ApplicationDraft> {
    let person = rig.person()?.in_region(region);
    let draft = person.draft()?;
    let name = rig.wizard.text(CopyableValue::Value { field: Field::AwsDisplayName }).await?;
    let (_, xml) = rig.wizard.document(Document::SpMetadata).await?;
    person.submit_with_file(&draft, &name, "nOps sign-in", &String::from_utf8(xml)?)?;
    Ok(draft)
}

async fn complete(rig: &Harness, draft: &ApplicationDraft) -> Result<()> {
    map_attributes_in_aws(rig, draft).await?;
    let view = dry_run(rig, draft).await?;
    assert_eq!(verdict(&view), Some(RowVerdict::Pass), "{:#?}", view.dry_run);
    fill_nops(rig).await?;
    assert_eq!(run_sign_in_tests(rig, draft).await?, (true, true));
    prepare_enforce(rig).await?;
    assert!(rig.setup().enforcement.open, "{:#?}", rig.setup().enforcement);
    Ok(())
}

/// Adds a person to a new group, and assigns the group to the application.
async fn add_lena(rig: &Harness) -> Result<()> {
    rig.go_to_step(Step::People).await?;
    let csv = "First name,Last name,Email\nLena,Fischer,lena.fischer@example.com\n";
    rig.act(PeopleAction::AddPeople { csv: csv.to_owned() }).await?;
    let plan = request_plan(rig).await?;
    assert!(plan.assign_group, "{plan:?}");
    rig.act(PeopleAction::Apply { plan: plan.id }).await?;
    rig.wait_until("the changes", |view| view.people.stage == PeopleStage::Applied).await?;
    Ok(())
}

/// Checks that all calls about people used the primary Region, and all calls about assignments used
/// the application's Region.
fn assert_calls_go_to_their_regions(proxy: &Proxy) {
    let calls = proxy.calls();
    let regions = |is_asked: &dyn Fn(&str) -> bool| -> BTreeSet<&str> {
        let asked = calls.iter().filter(|call| is_asked(&call.target));
        asked.map(|call| call.region.as_str()).collect()
    };
    let people = regions(&|target| target.starts_with("AWSIdentityStore."));
    assert_eq!(people, BTreeSet::from([PRIMARY]));
    let assignments = regions(&|target| target.ends_with("ApplicationAssignment"));
    assert_eq!(assignments, BTreeSet::from([ADDITIONAL]));
    let listed = regions(&|target| target.ends_with(".ListApplicationAssignments"));
    assert_eq!(listed, BTreeSet::from([ADDITIONAL]));
    let accounts = regions(&|target| target.ends_with(".ListAccountAssignmentsForPrincipal"));
    assert!(accounts.is_subset(&BTreeSet::from([PRIMARY])), "{accounts:?}");
}

fn arn(rig: &Harness, draft: &ApplicationDraft) -> Result<String> {
    let instance = rig.fact(Field::InstanceArn).ok_or("no instance")?;
    let account = rig.fact(Field::AwsAccountId).ok_or("no account")?;
    let instance = instance.rsplit('/').next().unwrap_or_default();
    Ok(format!("arn:aws:sso::{account}:application/{instance}/apl-{}", draft.id))
}

fn check<'a>(view: &'a SetupView, name: &str) -> Result<&'a BTreeMap<String, String>> {
    let check = view.checks.iter().find(|check| check.name == name);
    Ok(&check.ok_or_else(|| format!("no check {name}"))?.params)
}

fn has_metadata(view: &SetupView) -> bool {
    view.facts.contains_key(&Field::IdpMetadataFetched)
}

fn says(view: &SetupView, code: &str) -> bool {
    view.findings.iter().any(|finding| finding.code == code)
}
