//! Tests of the switches about nOps.

use super::*;

/// nOps has no SSO entry. The wizard records nothing until nOps support has turned on SSO.
#[tokio::test(flavor = "multi_thread")]
async fn missing_sso_entry_waits_for_nops_support() -> Result<()> {
    let rig = Harness::start(Switches { sso_entry_missing: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    let shown = switch_sso_on(&rig).await?;
    assert!(shown.is_none(), "{shown:?}");
    assert_ne!(status(&rig.setup(), Step::Addresses), Some(StepStatus::Done));
    let question = rig.wizard.text(CopyableValue::SupportQuestion).await?;
    assert!(question.contains("SSO"), "{question}");

    rig.person()?.ask_nops_support()?;
    complete_from_addresses(&rig).await
}

/// *Enable SSO Login* turns off passwords immediately. An administrator who is still signed in can
/// reach *Ready to enforce*.
#[tokio::test(flavor = "multi_thread")]
async fn immediate_enforcement_keeps_setup_possible() -> Result<()> {
    let rig = Harness::start(Switches { sso_at_once: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    let person = rig.person()?;
    assert!(person.sign_in_to_nops("dana.whitfield@example.com")?.is_signed_in());
    rig.go_to_step(Step::Addresses).await?;
    let shown = person.enable_sso()?.ok_or("no addresses")?;
    enter_addresses(&rig, &shown).await?;
    assert_ne!(
        status(&rig.setup(), Step::Addresses),
        Some(StepStatus::Done),
        "no one confirmed that an administrator stays signed in"
    );
    let again = rig.person()?.in_private_window();
    assert!(
        !again.sign_in_to_nops("dana.whitfield@example.com")?.is_signed_in(),
        "password sign-in is off"
    );
    complete_from_addresses(&rig).await
}

/// nOps denies an unknown key in the same way as a key without permission. The wizard doesn't say
/// that nOps knows the key.
#[tokio::test(flavor = "multi_thread")]
async fn denied_key_may_be_unknown() -> Result<()> {
    for (permission_before_key, cause) in [(false, "nops-refused"), (true, "nops-not_allowed")] {
        let rig = Harness::start(Switches { permission_before_key, ..Switches::default() }).await?;
        let key = Secret::new("unknown-key".to_owned());
        rig.act(ConnectionAction::CheckNopsKey { key }).await?;
        let view = rig.wait_until("the check", |view| says(view, "nops_key_refused")).await?;
        let told = view.findings.iter().find(|one| one.code == "nops_key_refused");
        let told = told.and_then(|one| one.cause.as_ref()).ok_or("the cause is missing")?;
        assert_eq!(told.key, cause);
        assert!(!view.facts.contains_key(&Field::NopsApiClient), "{:#?}", view.facts);
    }
    Ok(())
}

/// nOps compares addresses more strictly than documented. Values that were copied exactly still
/// match.
#[tokio::test(flavor = "multi_thread")]
async fn copied_addresses_match_exactly() -> Result<()> {
    complete_standard_setup(Switches { exact_addresses: true, ..Switches::default() })
        .await
        .map(drop)
}

/// nOps requires more of the signature than documented. The dry run can't detect that. The sign-in
/// tests detect it, and the conditions of *Ready to enforce* aren't met.
#[tokio::test(flavor = "multi_thread")]
async fn required_assertion_signature_keeps_enforce_not_ready() -> Result<()> {
    let rig =
        Harness::start(Switches { assertion_must_be_signed: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    let draft = add_application(&rig).await?;
    choose_tester(&rig, TESTER).await?;
    map_attributes_in_aws(&rig, &draft).await?;
    let view = dry_run(&rig, &draft).await?;
    assert_eq!(verdict(&view), Some(RowVerdict::Pass));
    fill_nops(&rig).await?;
    rig.go_to_step(Step::SignInTests).await?;
    let page = rig.person()?;
    page.sign_in(TESTER)?;
    let shown = page.tile(&draft.id)?;
    assert!(shown.error().contains("not signed"), "{}", shown.error());
    rig.act(SignInTestAction::SignInTest {
        test: Field::TestFromPortal,
        result: SignInTestResult::Failed,
        error: Some(Secret::new(shown.body)),
    })
    .await?;
    rig.enter(Field::NopsDomain, "example.com").await?;
    let view = rig.setup();
    assert!(says(&view, "shown_signed_otherwise"), "{view:#?}");
    assert!(!view.enforcement.open, "{:#?}", view.enforcement);
    assert_ne!(status(&view, Step::SignInTests), Some(StepStatus::Done));
    Ok(())
}
