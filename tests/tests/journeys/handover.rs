//! Two people with two computers share a setup. They send each other files.

use std::collections::BTreeMap;

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
    Document,
    action::{HandoverAction, SetupAction},
    view::{ReceivedHandover, SetupKind, SetupView},
};
use setup::{
    Field, OriginalSource, Side, Source, Step, StepStatus,
    enforcement::ConditionState,
    handover::{Choice, Difference},
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
    let choices: BTreeMap<_, _> = choices.iter().copied().collect();
    Ok(rig.act(HandoverAction::TakeHandover { choices }).await?)
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
