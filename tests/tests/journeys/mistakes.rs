//! A table of the published mistakes that can be seen in values, files and AWS's responses. Each
//! kind of mistake has similar mistakes that must also be reported, and valid variants that must
//! not cause findings.
//!
//! Mistakes that can be seen only in a response or a sign-in are in `dry_run.rs` and
//! `responses.rs`.

#![expect(clippy::print_stdout, reason = "this test prints a table")]

mod asked;
mod documents;
mod slips;
mod values;

use std::{fs, path::PathBuf};

use acceptance::{
    Result,
    corpus::{
        cert_factory::CertificateFactory,
        links::{ARN, TENANT, links},
        tables::{GOOD, tables, with_tabs},
    },
    harness::Harness,
    mistake_report::{self, DetectionMoment, MistakeResult, WantedFinding, needs_attention, shown},
};
use identifiers::{
    PortalLinks, Region,
    link::{self, Link},
};
use jiff::{SignedDuration, Timestamp};
use nops_sso_practice::Switches;
use people::{NewPerson, User, UserIndex, UserState};
use session::action::{StepAction, ValueAction};
use setup::{
    FactValue, Facts, Field, Finding, Severity, Side, Source, Step, assessment::assess,
    enforcement::EnforcementPeople, input,
};

use documents::{certificate_mistakes, file_mistakes, mapping_mistakes, metadata, nops_mistakes};
use values::{address_mistakes, aws_mistakes, link_mistakes};

const SECOND_TENANT: &str = "7a8d9c10-5a34-4d1e-9a55-1f6f0b7c2d10";
const SECOND_ARN: &str =
    "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-0123456789abcdef";
const OTHER_ACCOUNT_ARN: &str =
    "arn:aws:sso::210987654321:application/ssoins-0123456789abcdef/apl-fedcba9876543210";

/// Input from the user or from AWS.
#[derive(Clone)]
enum InputEvent {
    Enter(Field, String),
    Paste(String),
    Drop(&'static str, Vec<u8>),
    Unopened(&'static str),
    Oversized(u64),
    Asked(Field, &'static str),
    Declare(Field, &'static str),
    Forget(Field),
    Wait(SignedDuration),
}

/// A setup in progress, with the findings about the most recent input.
#[derive(Clone)]
struct SetupCase {
    facts: Facts,
    notes: Vec<Finding>,
    now: Timestamp,
}

impl SetupCase {
    fn act(&mut self, act: &InputEvent) {
        let (now, step) = (self.now, Step::Application);
        let intake = match act {
            InputEvent::Enter(field, text) => input::parse_entered(*field, text, step, now),
            InputEvent::Paste(text) => input::parse_pasted(text, step, now),
            InputEvent::Drop(name, bytes) => input::imported(name, bytes, step, now),
            InputEvent::Unopened(cause) => input::unopened_file("certificate.pem", cause, step),
            InputEvent::Oversized(bytes) => input::oversized_file(None, *bytes, step),
            InputEvent::Asked(field, value) => return self.learn(*field, value, Source::Observed),
            InputEvent::Declare(field, value) => {
                return self.learn(*field, value, Source::Declared);
            }
            InputEvent::Forget(field) => return self.facts.remove(*field),
            InputEvent::Wait(time) => {
                self.now += *time;
                return;
            }
        };
        self.notes = intake.store(&mut self.facts, now);
    }

    fn learn(&mut self, field: Field, value: &str, source: Source) {
        self.facts.record(field, FactValue::Text(value.to_owned()), source, self.now);
    }

    fn findings(&self) -> Vec<Finding> {
        let mut all = self.notes.clone();
        all.extend(assess(&self.facts, &EnforcementPeople::default(), self.now).findings);
        all
    }
}

/// The values and files that the mistakes are based on.
struct MistakeFixture {
    workshop: CertificateFactory,
    acs: String,
    entity_id: String,
    aws: PortalLinks,
}

impl MistakeFixture {
    fn open() -> Result<Self> {
        Ok(Self {
            workshop: CertificateFactory::open()?,
            acs: format!("https://app.nops.io/sso/v1/{TENANT}/?acs"),
            entity_id: format!("https://app.nops.io/sso/v1/{TENANT}/metadata"),
            aws: PortalLinks::derive(&ARN.parse()?, &"us-east-1".parse()?),
        })
    }

    /// Returns a finished setup that has no mistakes.
    fn sound(&self) -> SetupCase {
        let mut case =
            SetupCase { facts: Facts::default(), notes: Vec::new(), now: self.workshop.now };
        let good = GOOD;
        for act in [
            InputEvent::Asked(Field::AwsCaller, "arn:aws:sts::123456789012:assumed-role/Admin/ana"),
            InputEvent::Asked(Field::AwsAccountId, "123456789012"),
            InputEvent::Asked(Field::ManagementAccountId, "123456789012"),
            InputEvent::Asked(Field::AwsRegion, "us-east-1"),
            InputEvent::Asked(Field::ApplicationArn, ARN),
            InputEvent::Asked(Field::ApplicationName, "nOps"),
            InputEvent::Enter(Field::SpAcsUrl, self.acs.clone()),
            InputEvent::Enter(Field::SpEntityId, self.entity_id.clone()),
            InputEvent::Enter(Field::AwsAcsUrl, self.acs.clone()),
            InputEvent::Enter(Field::AwsAudience, self.entity_id.clone()),
            InputEvent::Enter(Field::IdpEntityId, self.aws.issuer.clone()),
            InputEvent::Enter(Field::IdpSsoUrl, self.aws.issuer.clone()),
            InputEvent::Drop("nOps_certificate.pem", self.workshop.own.pem.clone().into_bytes()),
            InputEvent::Enter(Field::NopsIssuerUrl, self.aws.issuer.clone()),
            InputEvent::Enter(Field::NopsSsoEndpoint, self.aws.issuer.clone()),
            InputEvent::Enter(Field::NopsX509, self.workshop.own.pem.clone()),
            InputEvent::Enter(Field::AttributeMappings, with_tabs(&good)),
            InputEvent::Enter(Field::NopsSsoType, "AWS".to_owned()),
            InputEvent::Enter(Field::NopsDefaultRole, "client-member".to_owned()),
            InputEvent::Declare(Field::NopsGroupMapping, "false"),
            InputEvent::Declare(Field::NopsEnforce, "false"),
        ] {
            case.act(&act);
        }
        case
    }

    fn links(&self, arn: &str) -> Result<PortalLinks> {
        Ok(PortalLinks::derive(&arn.parse()?, &"us-east-1".parse()?))
    }

    /// Returns the correct table with one cell changed.
    fn rows(&self, row: usize, column: usize, text: &'static str) -> String {
        let mut rows = GOOD;
        rows[row][column] = text;
        with_tabs(&rows)
    }
}

/// A mistake: the actions before it, the action that makes the mistake, and the expected finding.
struct MistakeRow {
    number: &'static str,
    what: &'static str,
    moment: DetectionMoment,
    before: Vec<InputEvent>,
    slip: Vec<InputEvent>,
    wanted: WantedFinding,
}

fn pasted(
    number: &'static str,
    what: &'static str,
    field: Field,
    text: String,
    code: &'static str,
    fix: &'static str,
) -> MistakeRow {
    MistakeRow {
        number,
        what,
        moment: DetectionMoment::Pasted,
        before: Vec::new(),
        slip: vec![InputEvent::Enter(field, text)],
        wanted: WantedFinding { code, side: field.side(), field: Some(field), fix },
    }
}

fn dropped(
    number: &'static str,
    what: &'static str,
    name: &'static str,
    bytes: Vec<u8>,
    code: &'static str,
    fix: &'static str,
) -> MistakeRow {
    MistakeRow {
        number,
        what,
        moment: DetectionMoment::Dropped,
        before: Vec::new(),
        slip: vec![InputEvent::Drop(name, bytes)],
        wanted: WantedFinding { code, side: Side::Aws, field: Some(Field::IdpCertificate), fix },
    }
}

fn asked(
    number: &'static str,
    what: &'static str,
    slip: Vec<InputEvent>,
    code: &'static str,
    field: Field,
    fix: &'static str,
) -> MistakeRow {
    MistakeRow {
        number,
        what,
        moment: DetectionMoment::Asked,
        before: Vec::new(),
        slip,
        wanted: WantedFinding { code, side: field.side(), field: Some(field), fix },
    }
}

fn rows(bench: &MistakeFixture) -> Result<Vec<MistakeRow>> {
    let mut all = address_mistakes(bench);
    all.extend(link_mistakes(bench)?);
    all.extend(aws_mistakes(bench)?);
    all.extend(file_mistakes(bench)?);
    all.extend(certificate_mistakes(bench)?);
    all.extend(mapping_mistakes(bench));
    all.extend(nops_mistakes());
    Ok(all)
}

#[test]
fn published_mistakes_are_caught_immediately() -> Result<()> {
    let bench = MistakeFixture::open()?;
    let sound = bench.sound();
    let mut entries = Vec::new();
    for row in rows(&bench)? {
        let mut case = sound.clone();
        row.before.iter().for_each(|act| case.act(act));
        case.notes.clear();
        let before = case.findings();
        row.slip.iter().for_each(|act| case.act(act));
        entries.push(MistakeResult::compare(
            row.number,
            row.what,
            row.moment,
            row.wanted,
            &before,
            &case.findings(),
        ));
    }
    let (alarms, silent) = false_alarms(&bench)?;
    println!("{}", mistake_report::table(&entries, &alarms, silent));
    let missed: Vec<&str> = entries
        .iter()
        .filter(|entry| !entry.is_perfect())
        .map(|entry| entry.what.as_str())
        .collect();
    assert!(missed.is_empty(), "{missed:?}: see the table");
    assert!(alarms.is_empty(), "{}", alarms.join("\n"));
    assert!(silent >= 60, "only {silent} valid variants");
    Ok(())
}

/// Returns the findings that valid variants cause, and the number of variants.
fn false_alarms(bench: &MistakeFixture) -> Result<(Vec<String>, usize)> {
    let mut variants: Vec<(String, SetupCase)> =
        vec![("as it should be".to_owned(), bench.sound())];
    let mut with = |what: String, acts: Vec<InputEvent>| {
        let mut case = bench.sound();
        acts.iter().for_each(|act| case.act(act));
        variants.push((what, case));
    };
    for (around, what) in [
        (" ", "a blank"),
        ("\n", "a line break"),
        ("\u{200b}", "a zero-width space"),
        ("\"", "quotes"),
        ("\u{a0}", "a no-break space"),
    ] {
        for (field, text) in [
            (Field::SpAcsUrl, &bench.acs),
            (Field::SpEntityId, &bench.entity_id),
            (Field::NopsIssuerUrl, &bench.aws.issuer),
            (Field::AwsAcsUrl, &bench.acs),
        ] {
            with(
                format!("{what} around {field:?}"),
                vec![InputEvent::Enter(field, format!("{around}{text}{around}"))],
            );
        }
    }
    let own = &bench.workshop.own;
    for (what, text) in [
        ("PEM with CRLF", own.pem.replace('\n', "\r\n")),
        ("one line", own.base64()),
        ("PEM without its last line break", own.pem.trim_end().to_owned()),
        ("PEM in lines of 76", own.wrapped(76)),
        ("PEM without line breaks", own.pem.replace('\n', "")),
        ("PEM with blanks", own.pem.replace('\n', " ")),
        ("PEM with a mark", format!("\u{feff}{}", own.pem)),
    ] {
        with(format!("{what} in nOps"), vec![InputEvent::Enter(Field::NopsX509, text.clone())]);
        with(format!("{what} pasted"), vec![InputEvent::Paste(text.clone())]);
        with(
            format!("{what} dropped"),
            vec![InputEvent::Drop("certificate.pem", text.into_bytes())],
        );
    }
    with("DER dropped".to_owned(), vec![InputEvent::Drop("certificate.cer", own.der.clone())]);
    with(
        "metadata dropped".to_owned(),
        vec![InputEvent::Drop(
            "metadata.xml",
            metadata(&bench.aws.issuer, &own.base64()).into_bytes(),
        )],
    );
    for table in tables() {
        if table.rows.as_deref() == Some(&GOOD) {
            with(
                format!("a table: {}", table.what),
                vec![InputEvent::Enter(Field::AttributeMappings, table.text.clone())],
            );
            with(format!("a pasted table: {}", table.what), vec![InputEvent::Paste(table.text)]);
        }
    }
    with(
        "Subject by user name".to_owned(),
        vec![InputEvent::Enter(Field::AttributeMappings, bench.rows(0, 1, "${user:subject}"))],
    );
    with(
        "formats by their long names".to_owned(),
        vec![InputEvent::Enter(
            Field::AttributeMappings,
            bench.rows(1, 2, "urn:oasis:names:tc:SAML:2.0:attrname-format:basic"),
        )],
    );
    with(
        "a dual-stack endpoint".to_owned(),
        vec![
            InputEvent::Enter(
                Field::IdpSsoUrl,
                bench.aws.issuer.replace("amazonaws.com", "api.aws"),
            ),
            InputEvent::Enter(
                Field::NopsSsoEndpoint,
                bench.aws.issuer.replace("amazonaws.com", "api.aws"),
            ),
        ],
    );
    with(
        "a delegated administrator".to_owned(),
        vec![
            InputEvent::Asked(Field::ManagementAccountId, "210987654321"),
            InputEvent::Asked(Field::DelegatedAdministrators, "123456789012"),
        ],
    );
    with(
        "no such type in the list".to_owned(),
        vec![InputEvent::Declare(Field::NopsSsoType, "not_listed")],
    );
    for region in ["us-gov-west-1", "cn-north-1", "eusc-de-east-1", "mx-central-1", "eu-west-3"] {
        let links = PortalLinks::derive(&ARN.parse()?, &region.parse()?);
        let partition = region.parse::<Region>()?.partition();
        let arn = ARN.replace("arn:aws:", &format!("arn:{partition}:"));
        let mut acts = vec![
            InputEvent::Enter(Field::AwsRegion, region.to_owned()),
            InputEvent::Enter(Field::ApplicationArn, arn),
        ];
        for field in
            [Field::IdpEntityId, Field::IdpSsoUrl, Field::NopsIssuerUrl, Field::NopsSsoEndpoint]
        {
            acts.push(InputEvent::Enter(field, links.issuer.clone()));
        }
        with(region.to_owned(), acts);
    }
    let alarms = variants
        .iter()
        .flat_map(|(what, case)| {
            let loud: Vec<Finding> = case.findings().into_iter().filter(needs_attention).collect();
            loud.into_iter().map(move |finding| format!("{what}: {}", shown(&finding)))
        })
        .collect();
    Ok((alarms, variants.len()))
}

#[tokio::test(flavor = "multi_thread")]
async fn user_chooses_among_several_files() -> Result<()> {
    let bench = MistakeFixture::open()?;
    let (own, second) = (&bench.workshop.own, &bench.workshop.second);
    let folder = tempfile::tempdir()?;
    let file = |name: &str, bytes: &[u8]| -> Result<PathBuf> {
        let path = folder.path().join(name);
        fs::write(&path, bytes)?;
        Ok(path)
    };
    let certificate = file("certificate.pem", own.pem.as_bytes())?;
    let again = file("certificate (1).pem", own.pem.as_bytes())?;
    let xml = metadata(&bench.aws.issuer, &own.base64());
    let metadata = file("metadata.xml", xml.as_bytes())?;
    let both = file("both.pem", format!("{}{}", own.pem, second.pem).as_bytes())?;
    let rig = Harness::start(Switches::default()).await?;
    rig.go_to_step(Step::Application).await?;

    rig.wizard.import_all(vec![certificate.clone(), metadata]).await?;
    let asked = rig.setup().offers;
    let named: Vec<Option<&str>> = asked.iter().map(|offer| offer.file.as_deref()).collect();
    assert_eq!(named, [Some("certificate.pem"), Some("metadata.xml")]);
    assert_eq!(rig.fact(Field::IdpCertificate), None, "no value is accepted before the choice");
    rig.act(ValueAction::Choose { id: asked[1].id.clone() }).await?;
    assert!(rig.setup().offers.is_empty());
    let taken = rig.fact(Field::IdpMetadata);
    assert_eq!(taken, Some(bench.aws.issuer.clone()), "the offer shows the metadata's issuer");
    assert_eq!(rig.fact(Field::IdpCertificate), None);

    rig.wizard.import(both).await?;
    assert!(rig.codes().contains(&"reading-several_certificates".to_owned()));
    let prints: Vec<String> = rig.setup().offers.into_iter().map(|offer| offer.sha256).collect();
    assert_eq!(prints, [own.sha256.clone(), second.sha256.clone()]);
    assert!(
        rig.act(ValueAction::Choose { id: asked[1].id.clone() }).await.is_err(),
        "the file isn't offered anymore"
    );
    rig.act(ValueAction::ChooseNone).await?;
    assert!(rig.setup().offers.is_empty());
    assert_eq!(rig.fact(Field::IdpCertificate), None);
    assert!(!rig.codes().contains(&"reading-several_certificates".to_owned()));

    rig.wizard.import_all(vec![certificate, again]).await?;
    assert!(rig.setup().offers.is_empty(), "the same file twice leaves nothing to choose");
    assert!(rig.fact(Field::IdpCertificate).is_some());
    Ok(())
}

#[test]
fn reports_person_issues() -> Result<()> {
    let user = |email: Option<&str>, state| User {
        id: "u1".to_owned(),
        user_name: "ana@example.com".to_owned(),
        display_name: "Ana".to_owned(),
        given_name: "Ana".to_owned(),
        family_name: "Alves".to_owned(),
        email: email.map(str::to_owned),
        state,
        provisioned_by: None,
    };
    let check = |what: &str, users: &[User], who: &str, expected: &[&str]| -> Result<()> {
        let person = NewPerson {
            given_name: "Ana".to_owned(),
            family_name: "Alves".to_owned(),
            email: who.to_owned(),
            user_name: who.to_owned(),
        };
        let person = person.checked("1".to_owned()).map_err(|refusal| format!("{refusal:?}"))?;
        let (_, remarks) = UserIndex::new(users).match_person(&person, None);
        let codes: Vec<&str> = remarks.iter().map(|remark| remark.code).collect();
        assert_eq!(codes, expected, "{what}");
        Ok(())
    };
    let ana = "ana@example.com";
    check("a sound user", &[user(Some(ana), UserState::Enabled)], ana, &[])?;
    check("no address", &[user(None, UserState::Enabled)], ana, &["no_email"])?;
    check("disabled", &[user(Some(ana), UserState::Disabled)], ana, &["disabled"])?;
    check("new", &[], ana, &["need_password"])?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn last_paste_can_be_cleared() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    rig.go_to_step(Step::Addresses).await?;
    rig.enter(Field::SpAcsUrl, "https://app.nops.io/sso/v1/9a1b/?acs").await?;
    rig.go_to_step(Step::Mappings).await?;
    rig.enter(Field::AttributeMappings, "Subject\t${user:email}\tbasic\nA\t${x}\tbasic").await?;
    rig.act(StepAction::ClearLast).await?;
    assert_eq!(rig.fact(Field::AttributeMappings), None);
    assert!(rig.fact(Field::SpAcsUrl).is_some(), "other steps' values stay");
    rig.act(StepAction::ClearLast).await?;
    assert_eq!(rig.fact(Field::SpAcsUrl), None, "clears the last value of any step");
    rig.act(StepAction::ClearLast).await?;
    Ok(())
}
