//! The support details help to find the cause of a problem, and contain no personal data.

use acceptance::{
    Result, ensure,
    harness::Harness,
    steps::{
        connect, dry_run, enter_addresses, notice_application, prepare_dry_run, submit_application,
        switch_sso_on,
    },
};
use nops_sso_practice::Switches;
use serde_json::json;
use session::{
    action::{ApplicationAction, ConnectionAction, PeopleAction, SetupAction},
    view::SetupView,
};
use setup::{CopyableValue, Field, Step};

/// A name that is in every value of the setup.
const MARK: &str = "quixote";

async fn details(rig: &Harness) -> Result<String> {
    Ok(rig.wizard.text(CopyableValue::SupportDetails).await?)
}

/// Returns the line that starts with `label`.
fn line<'a>(details: &'a str, label: &str) -> Result<&'a str> {
    let line = details.lines().find_map(|line| line.strip_prefix(label));
    line.ok_or_else(|| format!("no {label} in {details}").into())
}

#[tokio::test(flavor = "multi_thread")]
async fn details_contain_no_personal_data() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let id = rig.setup().id;
    rig.act(SetupAction::Rename { id, name: format!("{MARK} Corp") }).await?;
    rig.act(ConnectionAction::ByHand).await?;
    let fields = messages::keys().filter_map(|key| key.strip_prefix("field-"));
    for field in fields.filter_map(|name| serde_json::from_value::<Field>(json!(name)).ok()) {
        for text in [
            format!("{MARK}@{MARK}.example"),
            format!("https://{MARK}.example/{MARK}/?acs={MARK}"),
            format!("https://portal.sso.us-east-1.amazonaws.com/saml/assertion/{MARK}"),
        ] {
            // A field refuses what it can't store.
            let _refused = rig.enter(field, &text).await;
        }
    }
    rig.import(&format!("{MARK}.pem"), format!("{MARK} isn't a certificate")).await?;
    rig.go_to_step(Step::People).await?;
    let csv = format!("First name,Last name,Email\n{MARK},{MARK},{MARK}@{MARK}.example\n");
    rig.act(PeopleAction::AddPeople { csv }).await?;

    let view = rig.setup();
    let marked = view.facts.values().filter(|fact| fact.value.contains(MARK)).count();
    ensure(marked > 15, || format!("only {marked} values have the mark"))?;
    ensure(view.findings.len() > 5, || format!("only {} findings", view.findings.len()))?;
    let shown = format!("{:?}", view.findings);
    ensure(shown.contains(MARK), || "no finding has the mark".to_owned())?;
    let details = details(&rig).await?;
    assert!(!details.to_lowercase().contains(MARK), "{details}");
    assert!(!details.contains('@') && !details.contains("//"), "{details}");
    assert_ne!(line(&details, "Findings: ")?, "-");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn details_name_aws_errors_and_their_requests() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    assert_eq!(
        line(&details(&rig).await?, "Last AWS errors (permission, error, request ID): ")?,
        "-"
    );
    rig.limit_permissions(&json!({"Version": "2012-10-17", "Statement": []}).to_string())?;
    rig.act(ConnectionAction::Look).await?;
    rig.wait_until("the checks", |view| view.job.is_none()).await?;
    let details = details(&rig).await?;
    let errors = line(&details, "Last AWS errors (permission, error, request ID): ")?;
    let parts: Vec<&str> = errors.split(", ").next().unwrap_or_default().split(' ').collect();
    let [action, code, request] = parts[..] else {
        return Err(format!("another form: {errors}").into());
    };
    ensure(action.contains(':') && code == "AccessDeniedException", || errors.to_owned())?;
    ensure(request.len() >= 16, || format!("no request ID: {errors}"))
}

/// What a usual setup shows, and what it shows if the inferences are wrong.
#[tokio::test(flavor = "multi_thread")]
async fn details_tell_which_inferences_were_seen() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let unseen = details(&rig).await?;
    assert_eq!(line(&unseen, "Assumptions confirmed: ")?, "-");
    let draft = prepare_dry_run(&rig).await?;
    dry_run(&rig, &draft).await?;
    let usual = details(&rig).await?;
    let seen = line(&usual, "Assumptions confirmed: ")?;
    for name in [
        "token_from_arn",
        "metadata_is_public",
        "issuer_is_sign_in_url",
        "usual_certificate",
        "usual_nops_host",
        "one_nops_id",
        "nops_id_is_uuid",
        "copy_xml",
    ] {
        ensure(seen.contains(name), || format!("{name} wasn't seen: {usual}"))?;
    }
    assert_eq!(line(&usual, "Assumptions contradicted: ")?, "-");

    let other = Switches {
        other_nops_host: true,
        other_tenant: true,
        other_certificate: true,
        dual_stack_links: true,
        ..Switches::default()
    };
    let rig = Harness::start(other).await?;
    connect(&rig).await?;
    let addresses = switch_sso_on(&rig).await?.ok_or("nOps shows no addresses")?;
    enter_addresses(&rig, &addresses).await?;
    rig.go_to_step(Step::Application).await?;
    rig.act(ApplicationAction::Watch).await?;
    submit_application(&rig, &rig.person()?.draft()?).await?;
    notice_application(&rig).await?;
    let fetched = |view: &SetupView| view.facts.contains_key(&Field::IdpMetadataFetched);
    rig.wait_until("its metadata", fetched).await?;
    let wrong = details(&rig).await?;
    let seen = line(&wrong, "Assumptions contradicted: ")?;
    for name in ["usual_nops_host", "nops_id_is_uuid", "usual_certificate", "issuer_is_sign_in_url"]
    {
        ensure(seen.contains(name), || format!("{name} wasn't seen: {wrong}"))?;
    }
    Ok(())
}
