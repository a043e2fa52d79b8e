//! The list of setups, and the first and last steps of a new setup.

use session::{
    action::SetupAction,
    view::{CardRotation, DamagedFile, Keychain, SetupCard, SetupKind, View},
};
use setup::{Severity, Step, rotation::RotationReason};

use super::{GalleryView, MenuItem, Views, studio::ViewRecorder};
use crate::Result;

/// Creates views of the list of setups and of new setups.
pub async fn views() -> Result<Views> {
    let mut studio = ViewRecorder::open().await?;
    studio.record_view("start-open", Step::Start).await?;
    studio.record_with_choice("window-about", Step::Start, MenuItem::About).await?;
    studio.record_with_choice("window-keys", Step::Start, MenuItem::Keys).await?;
    studio.record_with_choice("window-support", Step::Start, MenuItem::Support).await?;
    for (name, topic) in [
        ("window-help-steps", "steps"),
        ("window-help-glossary", "glossary"),
        ("window-help-problems", "problems"),
        ("window-help-findings", "findings"),
        ("window-help-data", "data"),
    ] {
        studio.record_with_choice(name, Step::Start, MenuItem::Help { topic }).await?;
    }
    studio.record_view("finish-empty", Step::Finish).await?;
    let repair = SetupAction::Create {
        name: "Example Corp".to_owned(),
        world: SetupKind::Practice,
        repair: true,
        aws_role: true,
        nops_role: true,
    };
    studio.rig.act(repair).await?;
    studio.record_view("repair-bring", Step::Start).await?;

    studio.put("setups-empty", list(View { keychain: Keychain::Unknown, ..View::default() }));
    studio.put("setups-full", list(View { setups: cards(), ..View::default() }));
    studio.put("setups-many", list(View { setups: many_cards(), ..View::default() }));
    let damaged = vec![
        damaged("5d2c41aa.json", "unknown_version", "5"),
        damaged("77f0b9e1.json", "not_json", "line 41, column 3"),
    ];
    let setups = cards().into_iter().take(2).collect();
    studio.put("setups-damaged", list(View { setups, damaged, ..View::default() }));
    Ok(studio.views())
}

fn list(view: View) -> GalleryView {
    let keychain = match view.setups.is_empty() {
        true => view.keychain,
        false => Keychain::Available,
    };
    let view = View { revision: 1, keychain, ..view };
    GalleryView { view, people: Vec::new(), press: None, choose: None }
}

fn cards() -> Vec<SetupCard> {
    let first = setup_card_at_step_4(
        "0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
        "Example Corp",
        "123456789012",
    );
    let energy = SetupCard {
        region: Some("eu-central-1".to_owned()),
        step: Step::People,
        problems: 1,
        worst: Some(Severity::Error),
        changed: "2026-11-11T17:05:42Z".to_owned(),
        interrupted: true,
        ..setup_card_at_step_4("1", "Example Energy", "445566778899")
    };
    let retail = SetupCard {
        region: Some("eu-west-1".to_owned()),
        step: Step::Finish,
        next_step: Step::Details,
        problems: 1,
        worst: Some(Severity::Error),
        changed: "2026-03-03T09:12:00Z".to_owned(),
        held: true,
        ..setup_card_at_step_4("2", "Example Retail", "210987654321")
    };
    let copy = SetupCard {
        id: "3".to_owned(),
        next_step: Step::Finish,
        problems: 0,
        worst: None,
        finished: true,
        can_check: true,
        changed: "2026-03-02T09:12:00Z".to_owned(),
        held: false,
        duplicate: true,
        ..retail.clone()
    };
    let practice = SetupCard {
        world: SetupKind::Practice,
        account: None,
        region: None,
        step: Step::DryRun,
        next_step: Step::DryRun,
        problems: 1,
        worst: Some(Severity::Warning),
        changed: "2026-11-09T10:00:00Z".to_owned(),
        ..setup_card_at_step_4("4", "Practice", "")
    };
    let media = SetupCard {
        step: Step::Finish,
        next_step: Step::Finish,
        finished: true,
        can_check: true,
        changed: "2022-02-01T10:00:00Z".to_owned(),
        rotation: Some(CardRotation::Due {
            reason: RotationReason::ExpiresSoon { on: "2027-02-01T10:00:00Z".to_owned(), days: 80 },
        }),
        ..setup_card_at_step_4("5", "Example Media", "334455667788")
    };
    vec![first, energy, retail, copy, practice, media]
}

fn many_cards() -> Vec<SetupCard> {
    let card = |at: u64| {
        let name =
            format!("Example Holding {}, a name that is long enough to need two lines", at + 1);
        let account = 100_000_000_000 + at * 7_654_321;
        setup_card_at_step_4(&format!("m{at}"), &name, &account.to_string())
    };
    (0..40).map(card).collect()
}

/// Returns the card of a setup whose current step is step 4.
fn setup_card_at_step_4(id: &str, name: &str, account: &str) -> SetupCard {
    SetupCard {
        id: id.to_owned(),
        name: name.to_owned(),
        world: SetupKind::Real,
        account: Some(account.to_owned()),
        region: Some("us-east-1".to_owned()),
        step: Step::Application,
        next_step: Step::Application,
        problems: 0,
        worst: None,
        finished: false,
        changed: "2026-11-12T14:32:00Z".to_owned(),
        held: false,
        duplicate: false,
        last_check: None,
        can_check: false,
        rotation: None,
        interrupted: false,
    }
}

fn damaged(file: &str, reason: &str, detail: &str) -> DamagedFile {
    DamagedFile { file: file.to_owned(), reason: reason.to_owned(), detail: detail.to_owned() }
}
