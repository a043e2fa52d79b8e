//! Mistakes on the pages of AWS and nOps, made one at a time in practice mode. The dry run and the
//! error diagnosis report the side, the field and the fix of each mistake. Correct values cause no
//! findings, in any format.

mod sign_in_errors;

use acceptance::{
    Result, ensure,
    harness::Harness,
    person::{Addresses, ApplicationDraft, Row, ScriptedPerson},
    steps::{self, TESTER},
};
use jiff::{SignedDuration, Timestamp};
use nops_sso_practice::Switches;
use saml::response::Response;
use session::{
    Document, Secret,
    action::{DryRunAction, SetupAction, SignInTestAction, StepAction, ValueAction},
    view::{RowVerdict, SignInTestResult},
};
use setup::{
    Field, Finding, Side, Step,
    derive::derive,
    dry_run::{ExpectedValues, SharedResult, dry_run},
    enforcement::{Condition, ConditionState},
    values::ValuesDocument,
};

struct DryRunScene {
    rig: Harness,
    person: ScriptedPerson,
    draft: ApplicationDraft,
    nops: Addresses,
}

const RIGHT: [Row<'static>; 4] = [
    ("Subject", "${user:email}", "emailAddress"),
    ("User.Email", "${user:email}", "basic"),
    ("User.FirstName", "${user:givenName}", "basic"),
    ("User.LastName", "${user:familyName}", "basic"),
];

/// The expected finding, and the place where the user fixes it.
#[derive(Clone, Copy)]
struct Expect {
    code: &'static str,
    problem: &'static str,
    side: Side,
    field: Field,
    fix: &'static str,
}

const fn expect(
    code: &'static str,
    problem: &'static str,
    field: Field,
    fix: &'static str,
) -> Expect {
    Expect { code, problem, side: Side::Aws, field, fix }
}

#[tokio::test(flavor = "multi_thread")]
async fn dry_run_names_mistyped_aws_addresses() -> Result<()> {
    let scene = DryRunScene::start().await?;
    let Addresses { acs, entity_id, .. } = scene.nops.clone();
    let other = |text: &str| text.replacen("/v1/", "/v1/0", 1);
    let destination = |problem| expect("dry_run_destination", problem, Field::AwsAcsUrl, "copy");
    let audience = |problem| expect("dry_run_audience", problem, Field::AwsAudience, "copy");
    for (typed_acs, typed_audience, expected) in [
        (acs.clone(), acs.clone(), audience("swapped")),
        (entity_id.clone(), entity_id.clone(), destination("swapped")),
        (entity_id.clone(), acs.clone(), destination("swapped")),
        (acs.clone(), other(&entity_id), audience("organization")),
        (other(&acs), entity_id.clone(), destination("organization")),
        (acs.replace("?acs", ""), entity_id.clone(), destination("cut")),
        (acs.replace("/?acs", ""), entity_id.clone(), destination("cut")),
        (acs.replace("?acs", "?ac"), entity_id.clone(), destination("cut")),
        (format!("{acs}/"), entity_id.clone(), destination("slash_added")),
        (acs.replace("https", "http"), entity_id.clone(), destination("scheme")),
        (acs.replace("app.", "www.app."), entity_id.clone(), destination("host")),
        (acs.clone(), format!("{entity_id}/"), audience("slash_added")),
        (acs.clone(), entity_id.replace("/metadata", ""), audience("cut")),
        (acs.clone(), entity_id.replace("/metadata", "/Metadata"), audience("case")),
        (acs.clone(), entity_id.replace("https", "http"), audience("scheme")),
    ] {
        scene.person.edit(&scene.draft.id, "nOps", &typed_acs, &typed_audience)?;
        scene.must_find(&format!("{typed_acs} {typed_audience}"), expected).await?;
    }
    scene.person.edit(&scene.draft.id, "nOps", &acs, &entity_id)?;
    scene.must_pass_silently("the right addresses again").await
}

#[tokio::test(flavor = "multi_thread")]
async fn dry_run_names_mistyped_mappings() -> Result<()> {
    let scene = DryRunScene::start().await?;
    let at = |code, problem, fix| expect(code, problem, Field::AttributeMappings, fix);
    let (email, first, last) =
        ("dry_run_user_email", "dry_run_user_first_name", "dry_run_user_last_name");
    let subject = "dry_run_subject";
    for (row, instead, expected) in [
        (2, Some(("User.Firstname", "${user:givenName}", "basic")), at(first, "name_case", "copy")),
        (1, Some(("user.email", "${user:email}", "basic")), at(email, "name_case", "copy")),
        (3, Some(("User.Lastname", "${user:familyName}", "basic")), at(last, "name_case", "copy")),
        (3, Some(("LastName", "${user:familyName}", "basic")), at(last, "name", "copy")),
        (2, Some(("User.GivenName", "${user:givenName}", "basic")), at(first, "name", "copy")),
        (1, None, at(email, "missing", "copy")),
        (2, None, at(first, "missing", "copy")),
        (3, None, at(last, "missing", "copy")),
        (1, Some(("User.Email", "{user:email}", "basic")), at(email, "literal", "copy")),
        (1, Some(("User.Email", "$(user:email)", "basic")), at(email, "literal", "copy")),
        (1, Some(("User.Email", "user:email", "basic")), at(email, "literal", "copy")),
        (1, Some(("User.Email", "${user.email}", "basic")), at(email, "literal", "copy")),
        (1, Some(("User.Email", "${user:givenName}", "basic")), at(email, "no_address", "copy")),
        (2, Some(("User.FirstName", "${user:email}", "basic")), at(first, "address", "copy")),
        (2, Some(("User.FirstName", "", "basic")), at(first, "missing", "copy")),
        (0, Some(("Subject", "${user:email}", "persistent")), at(subject, "format", "open")),
        (0, Some(("Subject", "${user:email}", "unspecified")), at(subject, "format", "open")),
        (
            0,
            Some(("Subject", "${user:givenName}", "emailAddress")),
            at(subject, "no_address", "copy"),
        ),
        (0, Some(("Subject", "{user:email}", "emailAddress")), at(subject, "literal", "copy")),
        (0, None, at(subject, "empty", "copy")),
    ] {
        let mut rows = RIGHT.to_vec();
        match instead {
            Some(row_instead) => rows[row] = row_instead,
            None => {
                rows.remove(row);
            }
        }
        scene.person.edit_mappings(&scene.draft.id, &rows)?;
        scene.must_find(&format!("{rows:?}"), expected).await?;
    }
    for (more, expected) in [
        (("User.Email", "${user:email}", "basic"), at(email, "twice", "open")),
        (("groups", "${user:groups}", "basic"), at("dry_run_attributes", "groups", "open")),
        (("Department", "Finance", "basic"), at("dry_run_attributes", "extra", "open")),
    ] {
        let mut rows = RIGHT.to_vec();
        rows.push(more);
        if scene.person.edit_mappings(&scene.draft.id, &rows).is_ok() {
            scene.must_find(&format!("{rows:?}"), expected).await?;
        }
    }
    let mut by_user_name = RIGHT;
    by_user_name[0].1 = "${user:subject}";
    for right in [RIGHT, by_user_name] {
        scene.person.edit_mappings(&scene.draft.id, &right)?;
        scene.must_pass_silently(&format!("{right:?}")).await?;
    }
    Ok(())
}

/// Users provide the same response in many formats, and none of these formats is a mistake.
#[tokio::test(flavor = "multi_thread")]
async fn correct_response_passes_in_every_format() -> Result<()> {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let scene = DryRunScene::start().await?;
    let xml = scene.person.copy_xml(&scene.draft.id)?;
    let encoded = STANDARD.encode(&xml);
    let escaped = encoded.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    for (form, text) in [
        ("XML", xml.clone()),
        ("a declaration", declared(&xml)),
        ("a byte order mark", format!("\u{feff}{xml}\n")),
        ("base64", encoded.clone()),
        ("a form body", format!("SAMLResponse={escaped}&RelayState=")),
        ("a form body, turned round", format!("RelayState=&SAMLResponse={escaped}")),
        (
            "a form",
            format!(
                "<form><input type=\"hidden\" name=\"SAMLResponse\" value=\"{encoded}\"></form>"
            ),
        ),
    ] {
        scene.judge(&text).await?;
        let view = scene.rig.setup();
        ensure(steps::verdict(&view) == Some(RowVerdict::Pass), || {
            format!("{form}: {:#?}", view.findings)
        })?;
        ensure(scene.found().is_empty(), || format!("{form}: {:#?}", scene.found()))?;
    }
    let laid_out = xml.replace("><", ">\n  <");
    scene.judge(&laid_out).await?;
    ensure(steps::verdict(&scene.rig.setup()) == Some(RowVerdict::Unchecked), || {
        format!("a reformatted copy: {:#?}", scene.rig.setup().dry_run)
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn pasted_nops_values_are_compared_with_response() -> Result<()> {
    let scene = DryRunScene::start().await?;
    let right = scene.person.certificate(&scene.draft.id)?;
    let at = |code, problem, field, fix| Expect {
        side: Side::Nops,
        ..expect(code, problem, field, fix)
    };
    let certificate = |problem| at("dry_run_nops_certificate", problem, Field::NopsX509, "copy");
    let issuer = |problem| at("dry_run_nops_issuer", problem, Field::NopsIssuerUrl, "copy");
    let metadata = scene.draft.metadata.clone();
    for (field, text, expected) in [
        (Field::NopsX509, right[..right.len() / 2].to_owned(), certificate("unreadable")),
        (Field::NopsX509, "<html>Sign in</html>".to_owned(), certificate("unreadable")),
        (Field::NopsIssuerUrl, metadata, issuer("portal_link")),
        (Field::NopsIssuerUrl, format!("{}/", scene.draft.issuer), issuer("slash_added")),
    ] {
        scene.rig.enter(field, &text).await?;
        scene.must_find(&format!("{field:?} is {text:.80}"), expected).await?;
        scene.rig.act(ValueAction::Clear { field }).await?;
    }
    let one_line: String = right.lines().filter(|line| !line.starts_with('-')).collect();
    for text in [right.clone(), one_line, right.replace('\n', "\r\n")] {
        scene.rig.enter(Field::NopsX509, &text).await?;
        scene.must_pass_silently(&format!("{text:.80}")).await?;
    }

    // The response is checked again when a value changes.
    let certificate = |verdict: RowVerdict| {
        let dry_run = scene.rig.setup().dry_run;
        let rows = dry_run.iter().flat_map(|dry_run| &dry_run.rows);
        let found = rows.filter(|row| row.check == "nops_certificate").map(|row| row.verdict);
        ensure(found.eq([verdict]), || format!("{:#?}", scene.rig.setup().dry_run))
    };
    certificate(RowVerdict::Pass)?;
    scene.rig.enter(Field::NopsX509, &right[..right.len() / 2]).await?;
    certificate(RowVerdict::Fail)?;
    ensure(scene.rig.fact(Field::DryRun).as_deref() == Some("failed"), || {
        "still passed".to_owned()
    })?;
    scene.rig.enter(Field::NopsX509, &right).await?;
    certificate(RowVerdict::Pass)?;
    ensure(scene.found().is_empty(), || format!("{:#?}", scene.found()))
}

/// In step 6, pasting or dropping a response starts the dry run. Other content is handled as in any
/// other step.
#[tokio::test(flavor = "multi_thread")]
async fn response_is_checked_from_any_input() -> Result<()> {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let scene = DryRunScene::start().await?;
    let rig = &scene.rig;
    let response = || scene.person.copy_xml(&scene.draft.id);
    let judged = |what: &str, expected: Option<RowVerdict>| {
        let view = rig.setup();
        ensure(steps::verdict(&view) == expected, || {
            format!("{what}: {:#?} {:#?}", view.dry_run, view.findings)
        })
    };
    let forget = async || rig.act(DryRunAction::ForgetResponse).await;

    for (name, content) in [
        ("response.xml", response()?),
        ("response.txt", STANDARD.encode(response()?)),
        ("SAMLResponse", declared(&response()?)),
    ] {
        rig.import(name, &content).await?;
        judged(name, Some(RowVerdict::Pass))?;
        forget().await?;
        judged("forgotten", None)?;
        rig.act(StepAction::Paste { text: Secret::new(content), html: None }).await?;
        judged(name, Some(RowVerdict::Pass))?;
        forget().await?;
    }
    // Problems with the response are reported in the same way as in the paste box.
    let cut: String = response()?.chars().take(900).collect();
    rig.import("response.xml", &cut).await?;
    judged("cut", None)?;
    let found = scene.found();
    ensure(matches!(found.as_slice(), [finding] if finding.field == Some(Field::DryRun)), || {
        format!("{found:#?}")
    })?;

    // Content that isn't a response is handled as in any other step and doesn't start a dry run.
    let certificate = scene.person.certificate(&scene.draft.id)?;
    rig.import("certificate.pem", &certificate).await?;
    judged("a certificate", None)?;
    ensure(rig.setup().facts.contains_key(&Field::IdpCertificate), || {
        format!("{:#?}", rig.setup().findings)
    })?;
    // In other steps, a response is recognized but not kept.
    rig.go_to_step(Step::Details).await?;
    rig.import("response.xml", &response()?).await?;
    judged("in step 7", None)?;
    let said = rig.setup().findings;
    ensure(
        said.iter()
            .any(|finding| finding.params.get("kind").map(String::as_str) == Some("response")),
        || format!("{said:#?}"),
    )
}

/// The clock of this computer may be wrong by up to five minutes.
#[tokio::test(flavor = "multi_thread")]
async fn wrong_clock_and_wrong_response_are_told_apart() -> Result<()> {
    let scene = DryRunScene::start().await?;
    let judge = async |off: SignedDuration| -> Result<Vec<String>> {
        scene.rig.set_clock(off);
        scene.judge(&scene.person.copy_xml(&scene.draft.id)?).await?;
        Ok(scene.found().into_iter().map(|finding| finding.code).collect())
    };
    let right: &[&str] = &[];
    for (off, expected) in [
        (SignedDuration::from_hours(-26), ["dry_run_too_early"].as_slice()),
        (SignedDuration::from_hours(-1), &["dry_run_too_early"]),
        (SignedDuration::from_mins(-4), right),
        (SignedDuration::ZERO, right),
        (SignedDuration::from_mins(4), right),
        (SignedDuration::from_hours(26), &["dry_run_too_late"]),
        (SignedDuration::from_hours(24 * 400), &["dry_run_too_late"]),
    ] {
        let found = judge(off).await?;
        ensure(found == expected, || format!("{off:#}: {found:?}"))?;
    }
    // After the user corrects the clock, an earlier result must not count as older than its values.
    let found = judge(SignedDuration::ZERO).await?;
    ensure(found.is_empty(), || format!("set right: {found:?}"))?;

    // The browser submits the form a long time after AWS signed the response.
    steps::fill_nops(&scene.rig).await?;
    let certificate = scene.person.certificate(&scene.draft.id)?;
    let issuer = &scene.draft.issuer;
    scene.person.set_up_sso(issuer, issuer, &certificate, "client-member")?;
    scene.rig.go_to_step(Step::SignInTests).await?;
    let private = scene.person.in_private_window();
    private.sign_in(TESTER)?;
    let page = private.open_tile_after(&scene.draft.id, || {
        scene.rig.set_clock_of_practice(SignedDuration::from_hours(26));
    })?;
    scene
        .rig
        .act(SignInTestAction::SignInTest {
            test: Field::TestFromPortal,
            result: SignInTestResult::Failed,
            error: Some(Secret::new(page.body.clone())),
        })
        .await?;
    let codes = scene.rig.codes();
    ensure(codes.iter().any(|code| code == "shown_clock"), || {
        format!("{}: {codes:?}", page.error())
    })
}

/// The tile works, but nOps's link doesn't, because nOps requests a different format than AWS
/// sends.
#[tokio::test(flavor = "multi_thread")]
async fn unrequested_format_breaks_only_sign_in_from_nops() -> Result<()> {
    let scene = DryRunScene::start().await?;
    steps::fill_nops(&scene.rig).await?;
    let certificate = scene.person.certificate(&scene.draft.id)?;
    let issuer = &scene.draft.issuer;
    scene.person.set_up_sso(issuer, issuer, &certificate, "client-member")?;
    let [_, others @ ..] = RIGHT;
    scene.person.edit_mappings(
        &scene.draft.id,
        &[&[("Subject", "${user:email}", "persistent")], &others[..]].concat(),
    )?;
    let link = scene.nops.link.clone();
    let private = scene.person.in_private_window();
    private.sign_in(TESTER)?;
    private.tile(&scene.draft.id)?;
    scene.person.confirm_mail()?;
    let tile = private.tile(&scene.draft.id)?;
    ensure(tile.is_signed_in(), || tile.error())?;

    scene.rig.go_to_step(Step::SignInTests).await?;
    let shut = scene.person.in_private_window().link(&link, TESTER)?;
    ensure(!shut.is_signed_in(), || "the sign-in from nOps opened".to_owned())?;
    // The address in the browser contains nOps's request.
    let address = scene.person.in_private_window().follow_link(&link)?;
    scene.rig.act(StepAction::Paste { text: Secret::new(address), html: None }).await?;
    scene.judge(&scene.person.copy_xml(&scene.draft.id)?).await?;
    scene
        .rig
        .act(SignInTestAction::SignInTest {
            test: Field::TestFromNops,
            result: SignInTestResult::Failed,
            error: Some(Secret::new(shut.body.clone())),
        })
        .await?;
    let found: Vec<(String, String)> = scene
        .rig
        .setup()
        .findings
        .into_iter()
        .filter(|finding| finding.code.starts_with("shown_"))
        .map(|finding| {
            let cause = finding.params.get("cause").cloned().unwrap_or_default();
            (finding.code, cause)
        })
        .collect();
    let first = ("shown_name_id_format".to_owned(), "asked".to_owned());
    ensure(found.first() == Some(&first), || format!("{}: {found:?}", shut.error()))
}

/// The checks stay visible while the user fixes something in another step. When the setup is
/// closed, the checks are discarded but the result is kept.
#[tokio::test(flavor = "multi_thread")]
async fn checks_stay_until_setup_closes() -> Result<()> {
    let scene = DryRunScene::start().await?;
    scene.must_pass_silently("a right response").await?;
    let verdict = scene.rig.wizard.text(setup::CopyableValue::Verdict).await?;
    ensure(
        verdict.contains("passed") && verdict.contains("Audience: Pass") && !verdict.contains('@'),
        || verdict.clone(),
    )?;
    scene.rig.go_to_step(Step::Details).await?;
    scene.rig.go_to_step(Step::DryRun).await?;
    ensure(scene.rig.setup().dry_run.is_some(), || "the checks are gone".to_owned())?;
    let id = scene.rig.setup().id;
    scene.rig.wizard.act(SetupAction::Close).await?;
    scene.rig.wizard.act(SetupAction::Resume { id }).await?;
    let view = scene.rig.setup();
    ensure(view.dry_run.is_none(), || "the checks are still there".to_owned())?;
    ensure(view.facts.get(&Field::DryRun).is_some_and(|fact| fact.value == "passed"), || {
        "the result is gone".to_owned()
    })
}

/// A tester on another computer needs only the values and sends back only the result. The result is
/// recorded as reported by the tester, and it counts only for the values that it covers.
#[tokio::test(flavor = "multi_thread")]
async fn shared_result_counts_only_for_its_values() -> Result<()> {
    let scene = DryRunScene::start().await?;
    let (_, values) = scene.rig.wizard.document(Document::Values).await?;
    let sent = |response: &str| -> Result<String> {
        let now = Timestamp::now();
        let (facts, _) = serde_json::from_slice::<ValuesDocument>(&values)?.to_facts(now);
        let expected = ExpectedValues::from_facts(&derive(&facts, now), None);
        let response = Response::read(response.as_bytes()).map_err(|refusal| refusal.code())?;
        let judged = dry_run(&response, &expected, now);
        let receipt = SharedResult::from_dry_run(&judged, &expected, now);
        Ok(format!("Here it is:\n> {receipt}\n"))
    };
    let enforcement = || {
        let enforcement = scene.rig.setup().enforcement;
        let of = |condition: &&Condition| condition.name == "dry_run";
        enforcement.conditions.iter().find(of).map(|found| found.state)
    };

    let passed = sent(&scene.person.copy_xml(&scene.draft.id)?)?;
    scene.judge(&passed).await?;
    let view = scene.rig.setup();
    ensure(enforcement() == Some(ConditionState::Declared), || {
        format!("{:?}: {:#?}", enforcement(), scene.found())
    })?;
    ensure(view.dry_run.is_none() && scene.found().is_empty(), || format!("{:#?}", view.dry_run))?;

    let report = scene.rig.report().await?;
    ensure(report["dry_run"]["declared"] == true, || format!("{:#}", report["dry_run"]))?;

    // A failed result from the other computer also counts as a failure here.
    let mut wrong = RIGHT;
    wrong[1].0 = "User.Mail";
    scene.person.edit_mappings(&scene.draft.id, &wrong)?;
    let failed = sent(&scene.person.copy_xml(&scene.draft.id)?)?;
    scene.judge(&failed).await?;
    ensure(enforcement() == Some(ConditionState::Missing), || format!("{:?}", enforcement()))?;

    // A result for other values doesn't count here, and it doesn't replace the current result.
    scene.judge(&passed).await?;
    let (before, after) = passed.trim_end().split_at(passed.trim_end().len() - 4);
    let other: String = after.chars().map(|c| if c == '0' { '1' } else { '0' }).collect();
    scene.judge(&format!("{before}{other}")).await?;
    ensure(enforcement() == Some(ConditionState::Declared), || format!("{:?}", enforcement()))?;
    ensure(scene.found().iter().any(|finding| finding.code == "dry_run_of_other_values"), || {
        format!("{:#?}", scene.found())
    })
}

/// If the user pastes a response from before a fix in AWS again, the response is recognized as old.
#[tokio::test(flavor = "multi_thread")]
async fn response_from_before_change_is_recognized() -> Result<()> {
    let scene = DryRunScene::start().await?;
    let is_repeated = || scene.found().iter().any(|finding| finding.code == "dry_run_repeated");
    let mut wrong = RIGHT;
    wrong[1].0 = "User.Mail";
    scene.person.edit_mappings(&scene.draft.id, &wrong)?;
    let old = scene.person.copy_xml(&scene.draft.id)?;
    scene.judge(&old).await?;
    ensure(!is_repeated(), || "reported at the first paste".to_owned())?;
    scene.person.edit_mappings(&scene.draft.id, &RIGHT)?;
    scene.judge(&declared(&old)).await?;
    ensure(is_repeated(), || format!("{:#?}", scene.found()))?;
    let new = scene.person.copy_xml(&scene.draft.id)?;
    for _ in 0..2 {
        scene.judge(&new).await?;
        ensure(!is_repeated(), || format!("{:#?}", scene.found()))?;
    }
    Ok(())
}

impl DryRunScene {
    async fn start() -> Result<Self> {
        let rig = Harness::start(Switches::default()).await?;
        steps::connect(&rig).await?;
        steps::copy_nops_addresses(&rig).await?;
        let draft = steps::add_application(&rig).await?;
        let person = rig.person()?;
        person.edit_mappings(&draft.id, &RIGHT)?;
        steps::choose_tester(&rig, TESTER).await?;
        person.sign_in(TESTER)?;
        let nops = person.addresses()?.ok_or("nOps shows no addresses")?;
        Ok(Self { rig, person, draft, nops })
    }

    async fn judge(&self, response: &str) -> Result<()> {
        let response = Secret::new(response.to_owned());
        Ok(self.rig.act(DryRunAction::DryRun { response }).await?)
    }

    /// Returns the findings of the dry run, except the finding that the dry run failed.
    fn found(&self) -> Vec<Finding> {
        let mut found = self.rig.setup().findings;
        found.retain(|finding| finding.step == Step::DryRun && finding.code != "dry_run_failed");
        found
    }

    async fn must_find(&self, what: &str, expected: Expect) -> Result<()> {
        self.judge(&self.person.copy_xml(&self.draft.id)?).await?;
        let found = self.found();
        let fits = |finding: &Finding| {
            finding.code == expected.code
                && finding.params.get("problem").map(String::as_str) == Some(expected.problem)
                && finding.side == expected.side
                && finding.field == Some(expected.field)
                && kind_of_fix(finding) == expected.fix
        };
        ensure(found.iter().any(fits), || {
            format!("{what}: expected {}/{}; {found:#?}", expected.code, expected.problem)
        })
    }

    async fn must_pass_silently(&self, what: &str) -> Result<()> {
        self.judge(&self.person.copy_xml(&self.draft.id)?).await?;
        let view = self.rig.setup();
        ensure(steps::verdict(&view) == Some(RowVerdict::Pass) && self.found().is_empty(), || {
            format!("{what}: {:#?} {:#?}", self.found(), view.dry_run)
        })
    }

    /// Runs the sign-in test from the portal in a private window and reports the error that it
    /// shows.
    async fn must_decode(
        &self,
        sign_in_test: Field,
        (code, cause, side, field, fix): (&str, &str, Side, Field, &str),
    ) -> Result<()> {
        let private = self.person.in_private_window();
        private.sign_in(TESTER)?;
        let page = private.tile(&self.draft.id)?;
        ensure(!page.is_signed_in(), || format!("{code}: the sign-in test opened"))?;
        self.rig
            .act(SignInTestAction::SignInTest {
                test: sign_in_test,
                result: SignInTestResult::Failed,
                error: Some(Secret::new(page.body.clone())),
            })
            .await?;
        let findings = self.rig.setup().findings;
        let fits = |finding: &&Finding| {
            finding.code == code
                && finding.params.get("cause").map(String::as_str) == Some(cause)
                && finding.side == side
                && finding.field == Some(field)
                && kind_of_fix(finding) == fix
        };
        ensure(findings.iter().any(|finding| fits(&finding)), || {
            let shown: Vec<&Finding> =
                findings.iter().filter(|one| one.code.starts_with("shown_")).collect();
            format!("{code}/{cause} for “{}”: {shown:#?}", page.error())
        })
    }
}

/// Returns the response with the XML declaration, which browsers show and *Copy XML* may leave out.
fn declared(xml: &str) -> String {
    let bare = match xml.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or(rest, |(_, rest)| rest),
        None => xml,
    };
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", bare.trim_start())
}

fn kind_of_fix(finding: &Finding) -> String {
    finding
        .fix
        .as_ref()
        .and_then(|fix| serde_json::to_value(fix).ok())
        .and_then(|fix| fix["kind"].as_str().map(str::to_owned))
        .unwrap_or_default()
}
