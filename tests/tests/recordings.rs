//! The gallery's recordings are views as the core sends them today: a stale one is named.
//!
//! `UPDATE=1 cargo test --workspace --test recordings` writes them anew: the main states from a journey
//! through practice, those that practice does not reach as they were, in the core's own order.

use std::{collections::BTreeMap, env, error::Error, fs, path::Path};

use acceptance::{
    Result,
    gallery::{recording, views},
    must,
    rig::Rig,
    steps::{
        TESTER, add_application, bring_addresses, choose_tester, connect, dry_run, fill_nops, map,
        run_sign_in_tests,
    },
};
use jiff::{SignedDuration, Timestamp};
use nops_sso_practice::Switches;
use nops_sso_setup_core::{
    session::{
        Action,
        view::{
            Connection, ConnectionState, ConnectionWay, PersonRow, Profile, SetupView, View, World,
        },
    },
    setup::{Facts, Field, Page, Step, checks::checks},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Stands for every moment of the journey, so that pictures stay the same.
const MOMENT: &str = "2026-11-12T14:32:00Z";
/// Stands for the id that every setup is given.
const ID: &str = "0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9";

/// A file of `ui/gallery/views`.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Recording {
    view: View,
    people: Vec<PersonRow>,
    /// What the window is made to press, as a selector.
    #[serde(skip_serializing_if = "Option::is_none")]
    press: Option<String>,
    /// What is chosen in the native menu.
    #[serde(skip_serializing_if = "Option::is_none")]
    choose: Option<Value>,
}

#[test]
fn every_recording_is_a_view_of_today() -> Result<()> {
    let mut stale = Vec::new();
    for name in views()? {
        let file = recording(&name);
        if let Err(problem) = read_back(&file) {
            stale.push(format!("{name}: {problem}"));
        }
    }
    must(stale.is_empty(), || stale.join("\n"))
}

/// The story that the recordings of the main states tell: which step stands how, and what is found.
#[tokio::test(flavor = "multi_thread")]
async fn the_main_states_are_those_of_a_journey_through_practice() -> Result<()> {
    let mut stale = Vec::new();
    for (name, view) in journey().await? {
        let file = recording(name);
        if env::var_os("UPDATE").is_some() {
            write(&file, &Recording { view, people: Vec::new(), press: None, choose: None })?;
            continue;
        }
        let recorded: Recording = serde_json::from_str(&fs::read_to_string(&file)?)?;
        if story(&recorded.view) != story(&view) {
            stale.push(format!(
                "{name}: recorded {:#?}\nnow {:#?}",
                story(&recorded.view),
                story(&view)
            ));
        }
    }
    must(stale.is_empty(), || stale.join("\n"))
}

/// The main states on the way to an accepted sign-in, as a window beside the real AWS shows them.
async fn journey() -> Result<BTreeMap<&'static str, View>> {
    let mut states = BTreeMap::new();
    let started = Timestamp::now();
    let rig = Rig::start(Switches::default()).await?;
    let mut keep = |name, rig: &Rig, step| -> Result<()> {
        states.insert(name, as_in_earnest(rig.view(), step, started)?);
        Ok(())
    };
    connect(&rig).await?;
    keep("connect-done", &rig, Step::Connect)?;
    keep("addresses-empty", &rig, Step::Addresses)?;
    bring_addresses(&rig).await?;
    keep("addresses-done", &rig, Step::Addresses)?;
    keep("application-ready", &rig, Step::Application)?;
    let draft = add_application(&rig).await?;
    keep("application-done", &rig, Step::Application)?;
    keep("mappings-ready", &rig, Step::Mappings)?;
    map(&rig, &draft).await?;
    keep("mappings-done", &rig, Step::Mappings)?;
    keep("dry-run-empty", &rig, Step::DryRun)?;
    choose_tester(&rig, TESTER).await?;
    keep("dry-run-ready", &rig, Step::DryRun)?;
    dry_run(&rig, &draft).await?;
    keep("dry-run-done", &rig, Step::DryRun)?;
    keep("details-ready", &rig, Step::Details)?;
    fill_nops(&rig).await?;
    keep("details-done", &rig, Step::Details)?;
    keep("sign-in-tests-empty", &rig, Step::SignInTests)?;
    run_sign_in_tests(&rig, &draft).await?;
    keep("sign-in-tests-done", &rig, Step::SignInTests)?;
    rig.act(Action::Go { step: Step::Finish }).await?;
    keep("finish-closed", &rig, Step::Finish)?;
    rig.enter(Field::NopsDomain, "example.com").await?;
    keep("finish-open", &rig, Step::Finish)?;
    Ok(states)
}

/// What a practice setup shows, in a setup that a profile connects: nothing about practice, and no
/// moment or id that another journey would not have.
fn as_in_earnest(view: View, step: Step, started: Timestamp) -> Result<View> {
    let mut view = view;
    let id = view.setup.as_ref().map(|setup| setup.id.clone()).ok_or("no setup is open")?;
    for card in &mut view.shelf {
        card.world = World::Real;
        card.step = step;
    }
    view.revision = 1;
    if let Some(setup) = &mut view.setup {
        setup.world = World::Real;
        setup.current = step;
        setup.connection = by_profile(&setup.connection);
        setup.pages.retain(|link| link.page != Page::PracticeMailbox);
    }
    let mut document = serde_json::to_value(&view)?;
    let lately = started - SignedDuration::from_mins(5)..Timestamp::now();
    on_every_text(&mut document, &|text| {
        let moment = text.parse::<Timestamp>();
        if moment.is_ok_and(|moment| lately.contains(&moment)) {
            *text = MOMENT.to_owned();
        }
        *text = text.replace(&id, ID).replace("user/practice", "user/dana");
    });
    Ok(serde_json::from_value(document)?)
}

fn by_profile(practice: &Connection) -> Connection {
    let profile = |name: &str, region: &str| Profile {
        name: name.to_owned(),
        region: Some(region.to_owned()),
        problem: None,
    };
    Connection {
        way: ConnectionWay::Profile,
        state: ConnectionState::Connected,
        label: "example-management".to_owned(),
        profiles: vec![
            profile("example-management", "us-east-1"),
            profile("example-dev", "eu-west-1"),
        ],
        redirected: None,
        ..practice.clone()
    }
}

fn on_every_text(value: &mut Value, change: &impl Fn(&mut String)) {
    match value {
        Value::String(text) => change(text),
        Value::Array(values) => values.iter_mut().for_each(|value| on_every_text(value, change)),
        Value::Object(values) => values.values_mut().for_each(|value| on_every_text(value, change)),
        _ => {}
    }
}

/// What a view says, without its values.
fn story(view: &View) -> Vec<String> {
    let told = |setup: &SetupView| {
        let steps = setup.steps.iter().map(|step| {
            format!(
                "{:?} {:?} open {:?}, {} wires",
                step.step,
                step.status,
                step.open,
                step.wires.len()
            )
        });
        let findings = setup.findings.iter().map(|one| format!("{:?} {}", one.severity, one.code));
        let checks = setup.checks.iter().map(|check| format!("{} {:?}", check.name, check.state));
        let facts = setup.facts.iter().map(|(field, fact)| format!("{field:?} {:?}", fact.source));
        let rows = setup.dry_run.iter().flat_map(|dry_run| &dry_run.rows).map(|row| {
            format!("{} {} {:?}", row.check, row.expected.starts_with("dry-run-"), row.verdict)
        });
        steps.chain(findings).chain(checks).chain(facts).chain(rows).collect()
    };
    view.setup.as_ref().map(told).unwrap_or_default()
}

/// Reads a recording as the core's own types and writes it again: what one side has and the other
/// has not is stale.
fn read_back(file: &Path) -> Result<()> {
    let text = fs::read_to_string(file)?;
    let mut read: Recording = serde_json::from_str(&text)?;
    if let Some(setup) = &mut read.view.setup {
        let connected = setup.connection.state == ConnectionState::Connected;
        setup.checks = checks(&facts(setup)?, connected);
    }
    if env::var_os("UPDATE").is_some() {
        return write(file, &read);
    }
    let (recorded, today): (Value, Value) =
        (serde_json::from_str(&text)?, serde_json::to_value(&read)?);
    match first_difference(&recorded, &today, String::new()) {
        Some(place) => Err(format!("{place} is no longer sent so").into()),
        None => Ok(()),
    }
}

/// A view's facts as far as they are text.
fn facts(setup: &SetupView) -> Result<Facts> {
    let mut facts = Facts::default();
    for (field, fact) in &setup.facts {
        let value = nops_sso_setup_core::setup::Value::Text(fact.value.clone());
        facts.learn(*field, value, fact.source.clone(), fact.at.parse()?);
    }
    Ok(facts)
}

fn write(file: &Path, recording: &Recording) -> Result<()> {
    let mut text = Vec::new();
    let indent = serde_json::ser::PrettyFormatter::with_indent(b" ");
    recording.serialize(&mut serde_json::Serializer::with_formatter(&mut text, indent))?;
    text.push(b'\n');
    fs::write(file, text).map_err(|problem| Box::new(problem) as Box<dyn Error>)
}

/// The path to the first place in which two documents differ.
fn first_difference(one: &Value, other: &Value, at: String) -> Option<String> {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            one.keys().chain(other.keys()).find_map(|key| match (one.get(key), other.get(key)) {
                (Some(one), Some(other)) => first_difference(one, other, format!("{at}.{key}")),
                _ => Some(format!("{at}.{key}")),
            })
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            one.iter().zip(other).enumerate().find_map(|(row, (one, other))| {
                first_difference(one, other, format!("{at}[{row}]"))
            })
        }
        _ => (one != other).then_some(at),
    }
}
