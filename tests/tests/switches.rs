//! What is only inferred about AWS and nOps may be false. For each such fact a world in which it is: the
//! journey ends well by another way, or the wizard says what it could not see. No guess counts as verified.

use std::collections::BTreeMap;

use acceptance::{
    Result,
    harness::Harness,
    person::Draft,
    steps::{
        TESTER, add_application, bring_addresses, choose_tester, connect, dry_run, enter_addresses,
        fill_nops, find_tester, map, must_be_done, notice_application, planned, run_sign_in_tests,
        status, submit_application, switch_sso_on, verdict,
    },
};
use nops_sso_practice::Switches;
use session::{
    Action, Secret,
    view::{PeopleStage, RowVerdict, SetupView, SignInTestResult, WatchState},
};
use setup::{
    Copyable, Field, Fix, Page, Severity, Source, Step, StepStatus, enforcement::ConditionState,
};

/// The links of an application can't be worked out from its ARN: the one that AWS shows is brought.
#[tokio::test(flavor = "multi_thread")]
async fn opaque_tokens() -> Result<()> {
    let rig = Harness::start(Switches { opaque_tokens: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    bring_addresses(&rig).await?;
    let draft = add_noticed_application(&rig).await?;
    let view = rig.until("the failed fetch", |view| says(view, "metadata_unreachable")).await?;
    let guess = &view.facts[&Field::IdpEntityId];
    assert_ne!(guess.value, draft.issuer);
    assert!(
        matches!(guess.source, Source::Derived { .. }),
        "a guess is shown as one: {:?}",
        guess.source
    );
    assert!(view.certificates.is_empty(), "nobody has seen one");
    assert_ne!(status(&view, Step::Application), Some(StepStatus::Done));
    assert!(
        matches!(status(&view, Step::Details), Some(StepStatus::Locked { .. })),
        "nothing guessed is carried to nOps"
    );

    rig.enter(Field::IdpLink, &draft.issuer).await?;
    let view = rig.until("its metadata", has_metadata).await?;
    assert_eq!(view.facts[&Field::IdpEntityId].value, draft.issuer);
    assert!(!says(&view, "link_of_other_application"), "{view:#?}");
    must_be_done(&view, Step::Application)?;
    choose_tester(&rig, TESTER).await?;
    prove(&rig, &draft).await
}

/// A guessed issuer that is carried on is caught by the dry run, before nOps sees it.
#[tokio::test(flavor = "multi_thread")]
async fn opaque_tokens_with_the_certificate_alone() -> Result<()> {
    let rig = Harness::start(Switches { opaque_tokens: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    bring_addresses(&rig).await?;
    let draft = add_noticed_application(&rig).await?;
    let certificate = rig.person()?.certificate(&draft.id)?;
    rig.enter(Field::IdpCertificate, &certificate).await?;
    map(&rig, &draft).await?;
    choose_tester(&rig, TESTER).await?;
    let view = dry_run(&rig, &draft).await?;
    assert_eq!(verdict(&view), Some(RowVerdict::Fail));
    assert!(!view.gate.open);
    let finding = view
        .findings
        .iter()
        .find(|finding| finding.field == Some(Field::IdpEntityId) && finding.step == Step::DryRun);
    let finding = finding.ok_or_else(|| format!("{:#?}", view.findings))?;
    assert_eq!(finding.received.as_deref(), Some(draft.issuer.as_str()), "{finding:#?}");
    Ok(())
}

/// The metadata link does not answer: the two files that AWS's page offers are brought.
#[tokio::test(flavor = "multi_thread")]
async fn metadata_unreachable() -> Result<()> {
    let rig =
        Harness::start(Switches { metadata_unreachable: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    bring_addresses(&rig).await?;
    let draft = add_noticed_application(&rig).await?;
    rig.until("the failed fetch", |view| says(view, "metadata_unreachable")).await?;

    let certificate = rig.person()?.certificate(&draft.id)?;
    rig.import("certificate.pem", &certificate).await?;
    let view = rig.setup();
    assert_eq!(view.certificates.len(), 1);
    assert_eq!(
        view.certificates[0].same_as_metadata, None,
        "there is nothing to compare it with, and nothing is claimed"
    );
    let metadata = rig.person()?.metadata_file(&draft.id)?;
    rig.import("metadata.xml", &metadata).await?;
    let view = rig.setup();
    let issuer = &view.facts[&Field::IdpEntityId];
    assert_eq!(issuer.value, draft.issuer);
    assert_eq!(issuer.source, Source::Derived { from: Field::IdpMetadata });
    let compared = |field| {
        let mut cards = view.certificates.iter();
        cards.find(|card| card.field == field).map(|card| card.same_as_metadata)
    };
    assert_eq!(compared(Field::IdpCertificate), Some(Some(true)));
    assert_eq!(compared(Field::IdpMetadata), Some(None), "it isn't compared with itself");
    assert!(!says(&view, "metadata_unreachable"), "the file answers what the fetch couldn't");
    choose_tester(&rig, TESTER).await?;
    prove(&rig, &draft).await
}

/// AWS's API does not list the application: a link brings it, and the console assigns.
#[tokio::test(flavor = "multi_thread")]
async fn application_not_listed() -> Result<()> {
    let rig =
        Harness::start(Switches { application_not_listed: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    bring_addresses(&rig).await?;
    rig.go(Step::Application).await?;
    rig.act(Action::Watch).await?;
    let person = rig.person()?;
    let draft = person.draft()?;
    submit_application(&rig, &draft).await?;
    rig.act(Action::AskNow).await?;
    rig.until("an answer", |view| view.watch.times > 0).await?;
    assert_eq!(rig.setup().watch.state, WatchState::Waiting);
    rig.act(Action::StopWatching).await?;

    rig.enter(Field::IdpLink, &draft.issuer).await?;
    let view = rig.until("its metadata", has_metadata).await?;
    must_be_done(&view, Step::Application)?;
    let view = find_tester(&rig, TESTER).await?;
    assert_eq!(
        view.tester.as_ref().and_then(|tester| tester.assigned),
        None,
        "AWS can't be asked about an application whose ARN is not known"
    );
    let refused = rig.act(Action::AssignTester).await;
    assert_eq!(refused.err().map(|failure| failure.code).as_deref(), Some("no_application"));
    person.assign(&draft.id, &tester_id(&rig)?)?;
    rig.declare(Field::TesterAssigned, "assigned").await?;
    assert_eq!(rig.setup().facts[&Field::TesterAssigned].source, Source::Declared);
    prove(&rig, &draft).await?;

    // The people are planned without the assignment, which nobody could make by API.
    rig.go(Step::People).await?;
    add_lena(&rig).await?;
    assert!(!planned(&rig).await?.assign_group);
    Ok(())
}

/// AWS refuses to assign by API: the console assigns, and the wizard sees it.
#[tokio::test(flavor = "multi_thread")]
async fn assignment_refused() -> Result<()> {
    let rig = Harness::start(Switches { assignment_refused: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    bring_addresses(&rig).await?;
    let draft = add_application(&rig).await?;
    find_tester(&rig, TESTER).await?;
    rig.act(Action::AssignTester).await?;
    let view = rig.until("the refusal", idle).await?;
    assert!(says(&view, "assignment_refused"), "{:#?}", view.findings);
    assert_eq!(view.tester.as_ref().and_then(|tester| tester.assigned), Some(false));
    let person = rig.person()?;
    person.assign(&draft.id, &tester_id(&rig)?)?;
    rig.act(Action::Look).await?;
    let view = rig
        .until("the assignment", |view| {
            idle(view) && view.tester.as_ref().and_then(|t| t.assigned) == Some(true)
        })
        .await?;
    assert_eq!(view.facts[&Field::TesterAssigned].source, Source::Observed, "AWS was asked");
    assert!(!says(&view, "assignment_refused"), "{:#?}", view.findings);
    prove(&rig, &draft).await?;

    // The group's assignment is refused too, after everything else was made; by hand, and it is seen.
    rig.go(Step::People).await?;
    add_lena(&rig).await?;
    let plan = planned(&rig).await?;
    rig.act(Action::Apply { plan: plan.id }).await?;
    let view = rig.until("the halt", idle).await?;
    assert_eq!(view.people.stage, PeopleStage::Stopped);
    assert!(says(&view, "people_job_failed"), "{:#?}", view.findings);
    let outcomes: Vec<_> =
        view.people.journal.iter().map(|row| (row.change.as_str(), row.outcome.as_str())).collect();
    assert_eq!(outcomes.last(), Some(&("assign_group", "failed")));
    assert_ne!(status(&view, Step::People), Some(StepStatus::Done));
    let left = planned(&rig).await?;
    assert_eq!((left.changes, left.assign_group), (1, true));
    let group = rig.setup().people.groups;
    let group =
        group.iter().find(|group| group.name == "nOps users").ok_or("the new group is listed")?;
    person.assign_group(&draft.id, &group.id)?;
    assert_eq!(planned(&rig).await?.changes, 0);
    rig.declare(Field::NewPeoplePassword, "reset").await?;
    must_be_done(&rig.setup(), Step::People)
}

/// nOps shows its addresses after the first save: AWS's values come first, the addresses last.
#[tokio::test(flavor = "multi_thread")]
async fn addresses_after_first_save() -> Result<()> {
    let rig = Harness::start(Switches { addresses_after_first_save: true, ..Switches::default() })
        .await?;
    connect(&rig).await?;
    assert_eq!(switch_sso_on(&rig).await?, None, "nOps shows none yet");
    rig.declare(Field::AddressesNotYet, "true").await?;
    assert_eq!(
        status(&rig.setup(), Step::Addresses),
        Some(StepStatus::Waiting { on: "nops_first_save".to_owned() })
    );

    // Before anything is submitted, AWS's page shows its links.
    rig.go(Step::Application).await?;
    let draft = rig.person()?.draft()?;
    rig.enter(Field::IdpMetadataUrl, &draft.metadata).await?;
    rig.until("its metadata", has_metadata).await?;
    fill_nops(&rig).await?;
    let shown = rig.person()?.addresses()?.ok_or("nOps shows its addresses after the save")?;
    rig.go(Step::Addresses).await?;
    enter_addresses(&rig, &shown).await?;
    must_be_done(&rig.setup(), Step::Addresses)?;

    rig.go(Step::Application).await?;
    rig.act(Action::Watch).await?;
    submit_application(&rig, &draft).await?;
    notice_application(&rig).await?;
    let view = rig.until("its metadata", has_metadata).await?;
    must_be_done(&view, Step::Application)?;
    choose_tester(&rig, TESTER).await?;
    prove(&rig, &draft).await
}

/// nOps's addresses are on a host that was never seen: it is asked about, and what the page shows counts.
#[tokio::test(flavor = "multi_thread")]
async fn other_nops_host() -> Result<()> {
    let rig = Harness::start(Switches { other_nops_host: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    let shown = switch_sso_on(&rig).await?.ok_or("no addresses")?;
    enter_addresses(&rig, &shown).await?;
    let view = rig.setup();
    assert_eq!(view.facts[&Field::SpAcsUrl].value, shown.acs);
    let about_host: Vec<_> =
        view.findings.iter().filter(|finding| finding.field == Some(Field::SpAcsUrl)).collect();
    assert!(
        !about_host.is_empty()
            && about_host.iter().all(|finding| finding.severity < Severity::Error),
        "a question, and no wall: {:#?}",
        view.findings
    );
    rig.act(Action::Keep { field: Field::SpAcsUrl }).await?;
    let draft = add_application(&rig).await?;
    choose_tester(&rig, TESTER).await?;
    prove(&rig, &draft).await
}

/// The portal signs the assertion instead of the response: that proves as much.
#[tokio::test(flavor = "multi_thread")]
async fn sign_assertion_only() -> Result<()> {
    prove_as_ever(Switches { sign_assertion_only: true, ..Switches::default() }).await.map(drop)
}

/// *Copy XML* does not come up: no dry run is possible. Both sign-in tests pass, and the gate stays shut.
#[tokio::test(flavor = "multi_thread")]
async fn no_shift_click() -> Result<()> {
    let rig = Harness::start(Switches { no_shift_click: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    bring_addresses(&rig).await?;
    let draft = add_application(&rig).await?;
    map(&rig, &draft).await?;
    choose_tester(&rig, TESTER).await?;
    let person = rig.person()?;
    person.sign_in(TESTER)?;
    assert!(person.copy_xml(&draft.id).is_err(), "this portal offers no Copy XML");
    rig.declare(Field::DryRunUnsupported, "true").await?;
    assert!(says(&rig.setup(), "dry_run_open"));
    fill_nops(&rig).await?;
    assert_eq!(run_sign_in_tests(&rig, &draft).await?, (true, true));
    rig.enter(Field::NopsDomain, "example.com").await?;

    let view = rig.setup();
    assert!(!view.gate.open, "nobody has seen a response");
    let states: BTreeMap<_, _> = view
        .gate
        .conditions
        .iter()
        .map(|condition| (condition.name.as_str(), condition.state))
        .collect();
    assert_eq!(states["dry_run"], ConditionState::Missing);
    assert_eq!(states["sign_in_tests"], ConditionState::Declared);
    assert_ne!(status(&view, Step::DryRun), Some(StepStatus::Done));
    assert!(says(&view, "dry_run_open"), "it is said, to the end");
    assert!(!view.facts.contains_key(&Field::AwsAudience), "nobody has seen what AWS holds");
    let report = rig.report().await?;
    assert_ne!(report["dry_run"]["verdict"], "pass", "{}", report["dry_run"]);
    Ok(())
}

/// A certificate that looks unlike AWS's: it is asked about, and what the application's own metadata holds
/// counts.
#[tokio::test(flavor = "multi_thread")]
async fn other_certificate() -> Result<()> {
    let rig = Harness::start(Switches { other_certificate: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    bring_addresses(&rig).await?;
    let draft = add_application(&rig).await?;
    // The file says the same, and is no error either.
    rig.import("nOps_certificate.pem", rig.person()?.certificate(&draft.id)?).await?;
    let worst = rig.setup().findings.iter().map(|finding| finding.severity).max();
    assert!(worst < Some(Severity::Error), "{:#?}", rig.setup().findings);
    choose_tester(&rig, TESTER).await?;
    prove(&rig, &draft).await
}

/// Metadata in another order and dress than AWS's says the same.
#[tokio::test(flavor = "multi_thread")]
async fn other_metadata() -> Result<()> {
    prove_as_ever(Switches { other_metadata: true, ..Switches::default() }).await.map(drop)
}

/// `${user:subject}` is something else than the user name: the dry run shows it, and what it proposes
/// instead proves the sign-in.
#[tokio::test(flavor = "multi_thread")]
async fn subject_is_user_id() -> Result<()> {
    let rig = Harness::start(Switches { subject_is_user_id: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    bring_addresses(&rig).await?;
    let draft = add_application(&rig).await?;
    choose_tester(&rig, TESTER).await?;
    rig.go(Step::Mappings).await?;
    rig.declare(Field::SubjectMapping, "${user:subject}").await?;
    map(&rig, &draft).await?;
    let view = dry_run(&rig, &draft).await?;
    assert_eq!(verdict(&view), Some(RowVerdict::Fail));
    let finding = view
        .findings
        .iter()
        .find(|finding| finding.code == "dry_run_subject")
        .ok_or("the dry run says what was sent")?;
    let Some(Fix::UseValue { field, value }) = finding.fix.clone() else {
        return Err(format!("what failed would be copied again: {finding:#?}").into());
    };
    rig.enter(field, &value).await?;
    prove(&rig, &draft).await
}

/// The id in nOps's addresses is no UUID: it is asked about, and what the page shows counts.
#[tokio::test(flavor = "multi_thread")]
async fn other_tenant() -> Result<()> {
    let rig = Harness::start(Switches { other_tenant: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    let shown = switch_sso_on(&rig).await?.ok_or("no addresses")?;
    enter_addresses(&rig, &shown).await?;
    let view = rig.setup();
    assert_eq!(view.facts[&Field::SpAcsUrl].value, shown.acs);
    assert!(
        view.findings.iter().all(|finding| finding.severity < Severity::Error),
        "a question, and no wall: {:#?}",
        view.findings
    );
    let draft = add_application(&rig).await?;
    choose_tester(&rig, TESTER).await?;
    prove(&rig, &draft).await
}

/// nOps asks for no particular NameID format: any that AWS sends opens its own sign-in test too.
#[tokio::test(flavor = "multi_thread")]
async fn any_name_id_format() -> Result<()> {
    prove_as_ever(Switches { any_name_id_format: true, ..Switches::default() }).await.map(drop)
}

/// nOps sends no mail to confirm: the sign-in tests open at once, and nothing waits for it.
#[tokio::test(flavor = "multi_thread")]
async fn no_confirmation_mail() -> Result<()> {
    let rig = prove_as_ever(Switches { no_confirmation_mail: true, ..Switches::default() }).await?;
    must_be_done(&rig.setup(), Step::SignInTests)
}

/// AWS tells a SAML application by another provider: what its metadata says counts.
#[tokio::test(flavor = "multi_thread")]
async fn other_provider() -> Result<()> {
    let rig = prove_as_ever(Switches { other_provider: true, ..Switches::default() }).await?;
    assert!(!says(&rig.setup(), "application_kind"));
    Ok(())
}

/// The sign-in link is on another host than the issuer: each is carried as AWS shows it.
#[tokio::test(flavor = "multi_thread")]
async fn dual_stack_links() -> Result<()> {
    let rig = prove_as_ever(Switches { dual_stack_links: true, ..Switches::default() }).await?;
    let known = |field| rig.fact(field).unwrap_or_default();
    let (issuer, sign_in) = (known(Field::IdpEntityId), known(Field::IdpSsoUrl));
    assert!(issuer.contains(".amazonaws.com/"), "{issuer}");
    assert!(sign_in.contains(".api.aws/"), "{sign_in}");
    Ok(())
}

/// A deep link ends at an entry page of the console, from which a person goes on by its menu.
#[tokio::test(flavor = "multi_thread")]
async fn no_deep_links() -> Result<()> {
    let rig = prove_as_ever(Switches { no_deep_links: true, ..Switches::default() }).await?;
    let user_id = tester_id(&rig)?;
    for page in [
        Page::AwsApplications,
        Page::AwsApplication,
        Page::AwsUsers,
        Page::AwsUser { user_id },
        Page::AwsGroups,
        Page::AwsSettings,
    ] {
        let address = rig.wizard.address(page.clone()).await?;
        let shown = rig.person()?.open(&address)?;
        for entry in ["Applications", "Users", "Groups", "Settings"] {
            assert!(shown.offers(entry), "{page:?} leads to no {entry}");
        }
    }
    Ok(())
}

/// People come from a directory outside, and AWS's API does not say so: who knows says it, and from then on
/// nobody is made here.
#[tokio::test(flavor = "multi_thread")]
async fn other_scim_issuer() -> Result<()> {
    let rig = prove_as_ever(Switches { other_scim_issuer: true, ..Switches::default() }).await?;
    let source = &rig.setup().facts[&Field::IdentitySource];
    assert_eq!(source.value, "directory");
    assert!(
        matches!(source.source, Source::Derived { .. }),
        "a guess is shown as one: {:?}",
        source.source
    );
    rig.declare(Field::IdentitySource, "scim").await?;
    rig.go(Step::People).await?;
    add_lena(&rig).await?;
    let plan = planned(&rig).await?;
    assert_eq!(plan.create_users, 0, "{plan:#?}");
    Ok(())
}

/// Another account owns the organization's instance: it is asked about, and stops nothing.
#[tokio::test(flavor = "multi_thread")]
async fn other_instance_owner() -> Result<()> {
    let rig =
        Harness::start(Switches { other_instance_owner: true, ..Switches::default() }).await?;
    rig.act(Action::ConnectPractice).await?;
    let view = rig.until("the question", |view| says(view, "account_instance")).await?;
    let finding = view
        .findings
        .iter()
        .find(|finding| finding.code == "account_instance")
        .ok_or("nobody is asked")?;
    assert_eq!(finding.severity, Severity::Warning);
    all_the_way(&rig).await
}

/// nOps has no entry for SSO: nothing is claimed until its support has switched it on.
#[tokio::test(flavor = "multi_thread")]
async fn sso_entry_missing() -> Result<()> {
    let rig = Harness::start(Switches { sso_entry_missing: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    let shown = switch_sso_on(&rig).await?;
    assert!(shown.is_none(), "{shown:?}");
    assert_ne!(status(&rig.setup(), Step::Addresses), Some(StepStatus::Done));
    let question = rig.wizard.text(Copyable::SupportQuestion).await?;
    assert!(question.contains("SSO"), "{question}");

    rig.person()?.ask_nops_support()?;
    all_the_way(&rig).await
}

/// *Enable SSO Login* is the cut-over itself: whoever is signed in goes on to the open gate.
#[tokio::test(flavor = "multi_thread")]
async fn sso_at_once() -> Result<()> {
    let rig = Harness::start(Switches { sso_at_once: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    let person = rig.person()?;
    assert!(person.sign_in_to_nops("dana.whitfield@example.com")?.welcomes());
    rig.go(Step::Addresses).await?;
    let shown = person.enable_sso()?.ok_or("no addresses")?;
    enter_addresses(&rig, &shown).await?;
    assert_ne!(
        status(&rig.setup(), Step::Addresses),
        Some(StepStatus::Done),
        "nobody has said that an administrator stays signed in"
    );
    let again = rig.person()?.in_private_window();
    assert!(
        !again.sign_in_to_nops("dana.whitfield@example.com")?.welcomes(),
        "no password opens nOps any more"
    );
    all_the_way(&rig).await
}

/// nOps is stricter with addresses than it is said to be: what is carried exactly is right there too.
#[tokio::test(flavor = "multi_thread")]
async fn exact_addresses() -> Result<()> {
    prove_as_ever(Switches { exact_addresses: true, ..Switches::default() }).await.map(drop)
}

/// nOps wants more of the signature than is known of it: the dry run can't see that, the sign-in tests do, and the
/// gate stays shut.
#[tokio::test(flavor = "multi_thread")]
async fn assertion_must_be_signed() -> Result<()> {
    let rig =
        Harness::start(Switches { assertion_must_be_signed: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    bring_addresses(&rig).await?;
    let draft = add_application(&rig).await?;
    choose_tester(&rig, TESTER).await?;
    map(&rig, &draft).await?;
    let view = dry_run(&rig, &draft).await?;
    assert_eq!(verdict(&view), Some(RowVerdict::Pass));
    fill_nops(&rig).await?;
    rig.go(Step::SignInTests).await?;
    let page = rig.person()?;
    page.sign_in(TESTER)?;
    let shown = page.tile(&draft.id)?;
    assert!(shown.error().contains("not signed"), "{}", shown.error());
    rig.act(Action::SignInTest {
        test: Field::TestFromPortal,
        result: SignInTestResult::Failed,
        error: Some(Secret::new(shown.body)),
    })
    .await?;
    rig.enter(Field::NopsDomain, "example.com").await?;
    let view = rig.setup();
    assert!(says(&view, "shown_signed_otherwise"), "{view:#?}");
    assert!(!view.gate.open, "{:#?}", view.gate);
    assert_ne!(status(&view, Step::SignInTests), Some(StepStatus::Done));
    Ok(())
}

/// Step 4 as far as AWS lists the application.
async fn add_noticed_application(rig: &Harness) -> Result<Draft> {
    rig.go(Step::Application).await?;
    rig.act(Action::Watch).await?;
    let draft = rig.person()?.draft()?;
    submit_application(rig, &draft).await?;
    notice_application(rig).await?;
    Ok(draft)
}

/// The ordinary journey to the open gate, in a world with these switches.
async fn prove_as_ever(switches: Switches) -> Result<Harness> {
    let rig = Harness::start(switches).await?;
    connect(&rig).await?;
    all_the_way(&rig).await?;
    Ok(rig)
}

/// From nOps's addresses to the proof, where nothing differs from the ordinary way.
async fn all_the_way(rig: &Harness) -> Result<()> {
    bring_addresses(rig).await?;
    let draft = add_application(rig).await?;
    choose_tester(rig, TESTER).await?;
    prove(rig, &draft).await
}

/// From the mappings to the open gate, as in every other world.
async fn prove(rig: &Harness, draft: &Draft) -> Result<()> {
    map(rig, draft).await?;
    let view = dry_run(rig, draft).await?;
    assert!(!view.gate.open, "no sign-in test was tried");
    assert_eq!(verdict(&view), Some(RowVerdict::Pass), "{:#?}", view.dry_run);
    fill_nops(rig).await?;
    assert_eq!(run_sign_in_tests(rig, draft).await?, (true, true));
    rig.enter(Field::NopsDomain, "example.com").await?;
    let view = rig.setup();
    assert!(view.gate.open, "{:#?}", view.gate);
    Ok(())
}

async fn add_lena(rig: &Harness) -> Result<()> {
    let csv = "First name,Last name,Email\nLena,Fischer,lena.fischer@example.com\n";
    Ok(rig.act(Action::AddPeople { csv: csv.to_owned() }).await?)
}

fn tester_id(rig: &Harness) -> Result<String> {
    Ok(rig.fact(Field::TesterUserId).ok_or("the tester was found")?)
}

fn has_metadata(view: &SetupView) -> bool {
    view.facts.contains_key(&Field::IdpMetadataFetched)
}

fn idle(view: &SetupView) -> bool {
    view.job.is_none()
}

fn says(view: &SetupView, code: &str) -> bool {
    view.findings.iter().any(|finding| finding.code == code)
}
