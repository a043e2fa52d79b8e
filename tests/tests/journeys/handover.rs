//! Two people with two computers share a setup. They send each other files.

use std::{collections::BTreeMap, fs};

use acceptance::{
    Result, ensure,
    harness::Harness,
    steps::{
        TESTER, add_application, choose_tester, connect, copy_nops_addresses, dry_run, fill_nops,
        map_attributes_in_aws, prepare_enforce, status, test_from_nops, test_from_portal,
    },
};
use nops_sso_practice::Switches;
use session::{
    Document, Secret,
    action::{HandoverAction, PeopleAction, SetupAction, StepAction},
    view::{ReceivedHandover, SetupKind, SetupView},
};
use setup::{
    Field, OriginalSource, Side, Source, Step, StepStatus,
    enforcement::ConditionState,
    handover::{Choice, Difference, Handover},
};

/// A file's name and content.
type File = (String, Vec<u8>);

/// Saves a file for a colleague, like the window.
async fn save(rig: &Harness, to: Side, people: bool) -> Result<File> {
    let document = Document::Handover { to, people, sender: "Dana Whitfield".to_owned() };
    let file = rig.wizard.document(document.clone()).await?;
    rig.wizard.saved(document, &file.0).await?;
    Ok(file)
}

/// Opens a colleague's file and returns the comparison.
async fn open(rig: &Harness, (name, content): &File) -> Result<ReceivedHandover> {
    rig.import(name, content).await?;
    ensure(rig.view().refused.is_none(), || format!("{:?}", rig.view().refused))?;
    Ok(rig.setup().handover.received.ok_or("nothing was opened")?)
}

/// Opens a colleague's file that can't be used, and returns the code of the reason.
async fn refused(rig: &Harness, (name, content): &File) -> Result<String> {
    rig.import(name, content).await?;
    Ok(rig.view().refused.ok_or("the file was accepted")?.code)
}

async fn take(rig: &Harness, choices: &[(Field, Choice)]) -> Result<()> {
    let received = rig.setup().handover.received.ok_or("nothing was opened")?;
    let choices: BTreeMap<_, _> = choices.iter().copied().collect();
    let fingerprint = received.fingerprint;
    Ok(rig.act(HandoverAction::TakeHandover { fingerprint, choices }).await?)
}

/// Returns the AWS administrator, who has connected, and a colleague without a setup.
async fn two_people() -> Result<(Harness, Harness)> {
    let aws = Harness::start(Switches::default()).await?;
    connect(&aws).await?;
    let nops = aws.start_colleague()?;
    Ok((aws, nops))
}

/// Sends a file from one person to the other, who takes its values.
async fn send(from: &Harness, to: &Harness, role: Side) -> Result<()> {
    open(to, &save(from, role, true).await?).await?;
    take(to, &[]).await
}

fn waiting_for(on: &str) -> Option<StepStatus> {
    Some(StepStatus::Waiting { on: on.to_owned() })
}

fn source(rig: &Harness, field: Field) -> Option<Source> {
    rig.setup().facts.get(&field).map(|fact| fact.source.clone())
}

fn fields(received: &ReceivedHandover) -> Vec<Field> {
    received.values.iter().map(|value| value.field).collect()
}

/// Starts a setup with an administrator of one side.
async fn start_with_role(role: Side) -> Result<Harness> {
    let rig = Harness::start(Switches::default()).await?;
    let create = SetupAction::Create {
        name: "Example Corp".to_owned(),
        world: SetupKind::Practice,
        repair: false,
        aws_role: role == Side::Aws,
        nops_role: role == Side::Nops,
    };
    rig.act(create).await?;
    Ok(rig)
}

fn condition(view: &SetupView, name: &str) -> Option<(ConditionState, Option<Source>)> {
    let found = view.enforcement.conditions.iter().find(|condition| condition.name == name);
    found.map(|condition| (condition.state, condition.source.clone()))
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_finish_one_setup() -> Result<()> {
    let aws = Harness::start(Switches::default()).await?;
    connect(&aws).await?;
    let file = save(&aws, Side::Nops, false).await?;
    assert_eq!(aws.setup().handover.lane, Some(Side::Aws), "a colleague does the other part");
    assert_eq!(status(&aws.setup(), Step::Addresses), waiting_for("nops_administrator"));

    let nops = aws.start_colleague()?;
    let received = open(&nops, &file).await?;
    let sent = aws.setup().handover.sent.ok_or("nothing was saved")?;
    assert_eq!((received.fingerprint, received.from), (sent.fingerprint, Side::Aws));
    assert_eq!(nops.fact(Field::AwsAccountId), None, "nothing is taken yet");
    take(&nops, &[]).await?;
    let view = nops.setup();
    assert_eq!((view.id, view.handover.lane), (aws.setup().id, Some(Side::Nops)));
    assert_eq!(status(&nops.setup(), Step::Connect), Some(StepStatus::Done));
    assert_eq!(status(&nops.setup(), Step::Application), waiting_for("aws_administrator"));
    assert_eq!(status(&nops.setup(), Step::Details), waiting_for("aws_administrator"));
    copy_nops_addresses(&nops).await?;

    let received = open(&aws, &save(&nops, Side::Aws, true).await?).await?;
    ensure(fields(&received).contains(&Field::SpAcsUrl), || format!("{received:#?}"))?;
    assert_eq!(aws.fact(Field::SpAcsUrl), None, "nothing is taken yet");
    take(&aws, &[]).await?;
    let Some(Source::Imported { origin: Some(origin), .. }) = source(&aws, Field::SpAcsUrl) else {
        return Err(format!("{:?}", source(&aws, Field::SpAcsUrl)).into());
    };
    assert_eq!((origin.role, origin.source), (Side::Nops, OriginalSource::Entered));
    assert_eq!(origin.name.as_deref(), Some("Dana Whitfield"));
    let draft = add_application(&aws).await?;
    map_attributes_in_aws(&aws, &draft).await?;
    choose_tester(&aws, TESTER).await?;
    dry_run(&aws, &draft).await?;

    send(&aws, &nops, Side::Nops).await?;
    assert_eq!(status(&nops.setup(), Step::DryRun), Some(StepStatus::Done));
    fill_nops(&nops).await?;
    ensure(test_from_nops(&nops).await?, || "the sign-in test from nOps failed".to_owned())?;
    assert_eq!(status(&nops.setup(), Step::SignInTests), waiting_for("aws_administrator"));

    send(&nops, &aws, Side::Aws).await?;
    ensure(test_from_portal(&aws, &draft).await?, || "the tile failed".to_owned())?;
    aws.declare(Field::PeopleSkipped, "true").await?;
    send(&aws, &nops, Side::Nops).await?;
    let view = prepare_enforce(&nops).await?;
    ensure(view.enforcement.open, || format!("{:#?}", view.enforcement))?;
    for name in ["dry_run", "sign_in_tests"] {
        let (state, _) = condition(&view, name).ok_or("no condition")?;
        assert_eq!(state, ConditionState::Declared, "{name} was observed on another computer");
    }
    nops.declare(Field::NopsEnforce, "true").await?;
    send(&nops, &aws, Side::Aws).await?;
    for rig in [&aws, &nops] {
        let view = rig.setup();
        for step in &view.steps[..9] {
            let is_done = step.status == StepStatus::Done || step.skipped;
            ensure(is_done, || format!("{:?}: {:?}", step.step, step.status))?;
        }
        assert_eq!(rig.fact(Field::NopsEnforce).as_deref(), Some("true"));
    }
    Ok(())
}

/// The nOps administrator starts, and the AWS administrator follows.
#[tokio::test(flavor = "multi_thread")]
async fn nops_administrator_can_start() -> Result<()> {
    let nops = start_with_role(Side::Nops).await?;
    assert_eq!(nops.setup().current, Step::Addresses, "the first step of this role");
    assert_eq!(status(&nops.setup(), Step::Connect), waiting_for("aws_administrator"));
    let shown = nops.person_without_portal()?.enable_sso()?.ok_or("no addresses")?;
    for (field, address) in [
        (Field::SpAcsUrl, &shown.acs),
        (Field::SpEntityId, &shown.entity_id),
        (Field::SpLoginUrl, &shown.link),
    ] {
        nops.enter(field, address).await?;
    }
    let aws = nops.start_colleague()?;
    send(&nops, &aws, Side::Aws).await?;
    assert_eq!(aws.setup().handover.lane, Some(Side::Aws));
    assert_eq!(aws.setup().current, Step::Connect);
    connect(&aws).await?;
    let draft = add_application(&aws).await?;
    map_attributes_in_aws(&aws, &draft).await?;
    choose_tester(&aws, TESTER).await?;
    dry_run(&aws, &draft).await?;
    send(&aws, &nops, Side::Nops).await?;
    assert_eq!(status(&nops.setup(), Step::DryRun), Some(StepStatus::Done));
    fill_nops(&nops).await?;
    ensure(test_from_nops(&nops).await?, || "the sign-in test from nOps failed".to_owned())
}

/// Both people save before either opens the other's file.
#[tokio::test(flavor = "multi_thread")]
async fn crossing_files_merge() -> Result<()> {
    let (aws, nops) = two_people().await?;
    send(&aws, &nops, Side::Nops).await?;
    copy_nops_addresses(&nops).await?;
    aws.enter(Field::AwsDisplayName, "nOps (SSO)").await?;
    let to_nops = save(&aws, Side::Nops, false).await?;
    let to_aws = save(&nops, Side::Aws, false).await?;
    for (rig, file) in [(&aws, &to_aws), (&nops, &to_nops)] {
        let received = open(rig, file).await?;
        let conflicts = received.values.iter().any(|v| v.difference == Difference::Conflict);
        ensure(!conflicts, || format!("{received:#?}"))?;
        take(rig, &[]).await?;
        let again = open(rig, file).await?;
        assert_eq!(fields(&again), [], "the same file has nothing new");
        rig.act(HandoverAction::DiscardHandover).await?;
    }
    for field in [Field::AwsDisplayName, Field::SpAcsUrl, Field::SpEntityId, Field::SpLoginUrl] {
        ensure(aws.fact(field).is_some(), || format!("no {field:?}"))?;
        assert_eq!(aws.fact(field), nops.fact(field), "{field:?}");
    }
    // Personal data wasn't chosen.
    assert_eq!(aws.fact(Field::RecoveryAdministrator), None);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn conflicting_value_needs_a_choice() -> Result<()> {
    let (aws, nops) = two_people().await?;
    send(&aws, &nops, Side::Nops).await?;
    copy_nops_addresses(&nops).await?;
    let right = nops.fact(Field::SpAcsUrl).ok_or("no ACS URL")?;
    let wrong = "https://app.nops.io/sso/v1/00000000-0000-4000-8000-000000000000/?acs";
    aws.enter(Field::SpAcsUrl, wrong).await?;
    let file = save(&nops, Side::Aws, false).await?;
    let received = open(&aws, &file).await?;
    ensure(received.other_organization, || "the organization is not named".to_owned())?;
    let value = received.values.iter().find(|value| value.field == Field::SpAcsUrl);
    let value = value.ok_or("the value isn't compared")?;
    assert_eq!(value.difference, Difference::Conflict);
    assert_eq!(value.mine.as_ref().map(|mine| mine.value.as_str()), Some(wrong));
    assert_eq!(value.theirs.value, right);
    let fingerprint = received.fingerprint;
    for (fingerprint, code) in
        [(fingerprint, "handover_undecided"), ("of another file".to_owned(), "no_handover")]
    {
        let choices = BTreeMap::new();
        let undecided = HandoverAction::TakeHandover { fingerprint, choices };
        assert_eq!(aws.act(undecided).await.unwrap_err().code, code);
    }
    assert_eq!(aws.fact(Field::SpEntityId), None, "nothing is taken");
    let elsewhere = StepAction::Go { step: Step::People };
    assert_eq!(aws.act(elsewhere).await.unwrap_err().code, "handover_open");
    aws.import("metadata.xml", "<EntityDescriptor/>").await?;
    let refused = aws.view().refused.map(|failure| failure.code);
    assert_eq!(refused.as_deref(), Some("handover_open"));
    take(&aws, &[(Field::SpAcsUrl, Choice::Mine)]).await?;
    assert_eq!(aws.fact(Field::SpAcsUrl).as_deref(), Some(wrong));
    assert_eq!(aws.fact(Field::SpEntityId), nops.fact(Field::SpEntityId));
    open(&aws, &file).await?;
    take(&aws, &[(Field::SpAcsUrl, Choice::Theirs)]).await?;
    assert_eq!(aws.fact(Field::SpAcsUrl), Some(right));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn unusable_files_change_nothing() -> Result<()> {
    let (aws, nops) = two_people().await?;
    let (name, content) = save(&aws, Side::Nops, false).await?;
    let text = String::from_utf8(content.clone())?;
    let account = aws.fact(Field::AwsAccountId).ok_or("no account")?;
    let newer = text.replace("\"schema_version\": 1", "\"schema_version\": 2");
    let large = vec![b' '; 33 * 1024 * 1024];
    for (content, code) in [
        (text.replace(&account, "210987654321").into_bytes(), "handover_changed"),
        (content[..content.len() / 2].to_vec(), "handover_damaged"),
        (newer.into_bytes(), "handover_version"),
        (large, "handover_too_large"),
        (Vec::new(), "handover_damaged"),
    ] {
        let file = (name.clone(), content);
        assert_eq!(refused(&nops, &file).await?, code);
        assert_eq!(nops.view().setup, None, "no setup is created");
        let before = aws.setup().facts;
        assert_eq!(refused(&aws, &file).await?, code);
        assert_eq!((aws.setup().facts, aws.setup().handover.received), (before, None));
    }
    assert_eq!(nops.view().setups, []);
    // The AWS administrator opens their own file.
    let own = (name, content);
    assert_eq!(refused(&aws, &own).await?, "handover_other_role");
    let other = start_with_role(Side::Nops).await?;
    assert_eq!(refused(&other, &own).await?, "handover_other_setup");
    let text_file = ("notes.txt".to_owned(), b"notes".to_vec());
    assert_eq!(refused(&nops, &text_file).await?, "not_a_handover");
    Ok(())
}

/// Only one file can be compared, so none is chosen for the user.
#[tokio::test(flavor = "multi_thread")]
async fn several_files_at_once_are_refused() -> Result<()> {
    let (aws, nops) = two_people().await?;
    send(&aws, &nops, Side::Nops).await?;
    let (_, content) = save(&nops, Side::Aws, false).await?;
    let folder = tempfile::tempdir()?;
    let mut paths = String::new();
    for name in ["one.nops-setup", "two.nops-setup"] {
        let file = folder.path().join(name);
        fs::write(&file, &content)?;
        paths += &format!("{}\n", file.display());
    }
    aws.act(StepAction::Paste { text: Secret::new(paths), html: None }).await?;
    let refused = aws.view().refused.map(|failure| failure.code);
    assert_eq!(refused.as_deref(), Some("handover_single"));
    assert_eq!(aws.setup().handover.received, None);
    Ok(())
}

/// Another program can change the file and its digest, but not the kind of the recipient's setup.
#[tokio::test(flavor = "multi_thread")]
async fn practice_and_real_setups_never_mix() -> Result<()> {
    let aws = Harness::start(Switches::default()).await?;
    let nops = aws.start_colleague()?;
    let file = save(&aws, Side::Nops, false).await?;
    open(&nops, &file).await?;
    assert_eq!(nops.setup().world, SetupKind::Practice);
    let read = Handover::read(&file.1);
    let mut forged = read.map_err(|error| error.code())?;
    forged.practice = false;
    assert_eq!(refused(&nops, &(file.0, forged.to_json()?)).await?, "handover_other_world");
    Ok(())
}

/// A file is recognized in each step, under any name.
#[tokio::test(flavor = "multi_thread")]
async fn file_is_recognized_in_every_step() -> Result<()> {
    let (aws, nops) = two_people().await?;
    send(&aws, &nops, Side::Nops).await?;
    let (_, content) = save(&nops, Side::Aws, false).await?;
    for step in Step::ALL {
        aws.go_to_step(*step).await?;
        open(&aws, &("mail attachment.txt".to_owned(), content.clone())).await?;
        aws.act(HandoverAction::DiscardHandover).await?;
        assert_eq!(aws.setup().handover.received, None);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn file_has_no_personal_data_unless_chosen() -> Result<()> {
    let aws = Harness::start(Switches::default()).await?;
    connect(&aws).await?;
    copy_nops_addresses(&aws).await?;
    let draft = add_application(&aws).await?;
    map_attributes_in_aws(&aws, &draft).await?;
    choose_tester(&aws, TESTER).await?;
    let text = "lena@example.com".to_owned();
    aws.act(PeopleAction::PasteTeam { text }).await?;
    let people = [TESTER, "ops@example.net", "lena@example.com", "Dana Whitfield"];
    for to in [Side::Aws, Side::Nops] {
        let text = String::from_utf8(save(&aws, to, false).await?.1)?;
        ensure(!text.contains('@') && people.iter().all(|name| !text.contains(*name)), || {
            format!("personal data: {text}")
        })?;
        let text = String::from_utf8(save(&aws, to, true).await?.1)?;
        ensure(text.contains("ops@example.net") && text.contains("Dana Whitfield"), || {
            format!("no personal data: {text}")
        })?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_can_do_both_parts_again() -> Result<()> {
    let aws = Harness::start(Switches::default()).await?;
    save(&aws, Side::Nops, false).await?;
    assert_eq!(status(&aws.setup(), Step::Addresses), waiting_for("nops_administrator"));
    aws.act(HandoverAction::DoBothSides).await?;
    assert_eq!(aws.setup().handover.lane, None);
    assert_eq!(status(&aws.setup(), Step::Addresses), Some(StepStatus::Ready));
    Ok(())
}
