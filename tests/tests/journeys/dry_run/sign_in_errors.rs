use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn sign_in_error_is_diagnosed_from_known_values() -> Result<()> {
    let scene = DryRunScene::start().await?;
    // The values were entered in nOps but weren't saved.
    scene
        .must_decode(
            Field::TestFromPortal,
            ("shown_not_saved", "unknown", Side::Nops, Field::NopsSaved, "open"),
        )
        .await?;
    steps::fill_nops(&scene.rig).await?;
    let certificate = scene.person.certificate(&scene.draft.id)?;
    let issuer = scene.draft.issuer.clone();
    let cut: String = certificate.chars().take(600).collect();
    let nops = |issuer: &str, endpoint: &str, certificate: &str| {
        scene.person.set_up_sso(issuer, endpoint, certificate, "client-member")
    };
    let Addresses { acs, entity_id, link } = scene.nops.clone();

    nops(&issuer, &issuer, &cut)?;
    scene
        .must_decode(
            Field::TestFromPortal,
            ("shown_signature", "unknown", Side::Nops, Field::NopsX509, "copy"),
        )
        .await?;
    scene.rig.enter(Field::NopsX509, &cut).await?;
    scene
        .must_decode(
            Field::TestFromPortal,
            ("shown_signature", "unreadable", Side::Nops, Field::NopsX509, "copy"),
        )
        .await?;
    scene.rig.act(ValueAction::Clear { field: Field::NopsX509 }).await?;

    let metadata = scene.draft.metadata.clone();
    nops(&metadata, &issuer, &certificate)?;
    scene
        .must_decode(
            Field::TestFromPortal,
            ("shown_issuer", "nops", Side::Nops, Field::NopsIssuerUrl, "copy"),
        )
        .await?;
    nops(&issuer, &issuer, &certificate)?;

    scene.person.edit(&scene.draft.id, "nOps", &acs, &acs)?;
    scene
        .must_decode(
            Field::TestFromPortal,
            ("shown_audience", "unknown", Side::Aws, Field::AwsAudience, "copy"),
        )
        .await?;
    scene.person.edit(&scene.draft.id, "nOps", &acs.replace("?acs", ""), &entity_id)?;
    scene
        .must_decode(
            Field::TestFromPortal,
            ("shown_no_route", "unknown", Side::Aws, Field::AwsAcsUrl, "copy"),
        )
        .await?;
    scene.person.edit(&scene.draft.id, "nOps", &acs, &entity_id)?;

    let twice = [RIGHT.as_slice(), &[RIGHT[1]]].concat();
    if scene.person.edit_mappings(&scene.draft.id, &twice).is_ok() {
        scene
            .must_decode(
                Field::TestFromPortal,
                ("shown_attribute_twice", "unknown", Side::Aws, Field::AttributeMappings, "go"),
            )
            .await?;
    }
    scene.person.edit_mappings(&scene.draft.id, &RIGHT[..1])?;
    scene
        .must_decode(
            Field::TestFromPortal,
            ("shown_no_attributes", "unknown", Side::Aws, Field::AttributeMappings, "go"),
        )
        .await?;
    scene.person.edit_mappings(&scene.draft.id, &RIGHT)?;

    // AWS shows users the same message for a missing password and for a wrong password.
    let page = scene.person.in_private_window().sign_in_first(TESTER, "forgotten")?;
    scene.rig.go_to_step(Step::SignInTests).await?;
    scene
        .rig
        .act(SignInTestAction::SignInTest {
            test: Field::TestFromPortal,
            result: SignInTestResult::Failed,
            error: Some(Secret::new(page.error())),
        })
        .await?;
    let shown = scene.rig.codes();
    ensure(shown.iter().any(|code| code == "shown_wrong_user"), || {
        format!("{}: {shown:?}", page.error())
    })?;

    // nOps requires each person to confirm by email once.
    scene
        .must_decode(
            Field::TestFromPortal,
            ("shown_confirm_mail", "unknown", Side::Nops, Field::ConfirmationMail, "read"),
        )
        .await?;
    scene.person.confirm_mail()?;
    let page = scene.person.tile(&scene.draft.id)?;
    ensure(page.is_signed_in(), || page.error())?;

    // nOps's link opens a page whose address contains nOps's request.
    let address = scene.person.in_private_window().follow_link(&link)?;
    scene.rig.go_to_step(Step::SignInTests).await?;
    scene.rig.act(StepAction::Paste { text: Secret::new(address), html: None }).await?;
    ensure(scene.rig.fact(Field::RequestIssuer) == Some(entity_id), || {
        format!("{:?}", scene.rig.fact(Field::RequestIssuer))
    })?;
    ensure(scene.rig.fact(Field::RequestAcsUrl) == Some(acs), || "another ACS".to_owned())?;

    scene.rig.act(DryRunAction::UnassignTester).await?;
    scene
        .rig
        .wait_until("the assignment's end", |view| {
            view.job.is_none()
                && view.tester.as_ref().is_some_and(|tester| tester.assigned == Some(false))
        })
        .await?;
    scene
        .must_decode(
            Field::TestFromPortal,
            ("shown_no_access", "unassigned", Side::Aws, Field::TesterAssigned, "go"),
        )
        .await
}

/// Before the sign-in test from nOps, nOps's request is compared with AWS's values.
#[tokio::test(flavor = "multi_thread")]
async fn mismatched_request_is_reported_before_sign_in() -> Result<()> {
    let scene = DryRunScene::start().await?;
    let Addresses { acs, entity_id, .. } = scene.nops.clone();
    let persistent = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
    let email = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
    let unspecified = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";
    let other = acs.replacen("/v1/", "/v1/0", 1);
    scene.rig.go_to_step(Step::SignInTests).await?;
    for (issuer, to, format, expected) in [
        (&entity_id, &acs, email, None),
        (&entity_id, &acs, unspecified, None),
        (&entity_id, &acs, persistent, Some(("request_format", Field::AttributeMappings))),
        (&entity_id, &other, email, Some(("request_address", Field::SpAcsUrl))),
        (&other, &acs, email, Some(("request_address", Field::SpEntityId))),
    ] {
        let text = request(issuer, to, format);
        scene.rig.act(StepAction::Paste { text: Secret::new(text), html: None }).await?;
        let found: Vec<(String, Option<Field>)> = scene
            .rig
            .setup()
            .findings
            .into_iter()
            .filter(|finding| finding.code.starts_with("request_"))
            .map(|finding| (finding.code, finding.field))
            .collect();
        let expected: Vec<_> =
            expected.map(|(code, field)| (code.to_owned(), Some(field))).into_iter().collect();
        ensure(found == expected, || format!("{format}: {found:?}"))?;
    }
    Ok(())
}

/// Returns an address that contains a request, in the format of a service provider like nOps.
fn request(issuer: &str, acs: &str, format: &str) -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let xml = format!(
        "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" \
         xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"ONELOGIN_1\" Version=\"2.0\" \
         IssueInstant=\"2026-11-24T10:00:00Z\" AssertionConsumerServiceURL=\"{acs}\">\
         <saml:Issuer>{issuer}</saml:Issuer><samlp:NameIDPolicy Format=\"{format}\"/></samlp:AuthnRequest>"
    );
    let encoded = STANDARD.encode(xml).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    format!(
        "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/x?SAMLRequest={encoded}&RelayState=x"
    )
}
