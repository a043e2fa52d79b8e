//! Handing over to a colleague: saving a file, comparing its values, and the colleague's steps.

use std::collections::BTreeMap;

use session::{Document, Failure, action::HandoverAction, view::View};
use setup::{Field, Side, Step};

use super::{GalleryView, Views, studio::ViewRecorder};
use crate::{
    Result,
    steps::{add_application, connect, copy_nops_addresses},
};

/// Creates views of two people who share a setup.
pub async fn views() -> Result<Views> {
    let mut aws = ViewRecorder::open().await?;
    connect(&aws.rig).await?;
    let save = "[data-action=hand-over]";
    aws.record_with_press("handover-save", Step::Addresses, save).await?;
    let mut nops = aws.colleague()?;
    send(&aws, &nops, Side::Nops).await?;
    nops.record_view("handover-compare-new", Step::Addresses).await?;
    take(&nops).await?;
    aws.record_view("handover-lane-aws", Step::Addresses).await?;
    nops.record_view("handover-lane-nops", Step::Addresses).await?;
    nops.record_view("handover-waiting", Step::Application).await?;

    copy_nops_addresses(&nops.rig).await?;
    let other = "https://app.nops.io/sso/v1/00000000-0000-4000-8000-000000000000/?acs";
    aws.rig.enter(Field::SpAcsUrl, other).await?;
    aws.minutes_later(20);
    nops.rig.declare(Field::NopsDefaultRole, "client-member").await?;
    send(&nops, &aws, Side::Aws).await?;
    aws.record_view("handover-compare-conflict", Step::Addresses).await?;
    aws.rig.act(HandoverAction::DiscardHandover).await?;

    aws.rig.enter(Field::SpAcsUrl, "").await?;
    send(&nops, &aws, Side::Aws).await?;
    take(&aws).await?;
    send(&nops, &aws, Side::Aws).await?;
    aws.record_view("handover-compare-same", Step::Addresses).await?;
    aws.rig.act(HandoverAction::DiscardHandover).await?;
    add_application(&aws.rig).await?;
    send(&aws, &nops, Side::Nops).await?;
    take(&nops).await?;
    nops.record_view("handover-lane-details", Step::Details).await?;

    let mut all = aws.views();
    all.extend(nops.views());
    let refused = Some(Failure::new("handover_changed"));
    let view = View { revision: 1, refused, ..View::default() };
    let view = GalleryView { view, people: Vec::new(), press: None, choose: None };
    all.insert("handover-refused", view);
    Ok(all)
}

/// Sends a file from one person to the other.
async fn send(from: &ViewRecorder, to: &ViewRecorder, role: Side) -> Result<()> {
    let sender = "Dana Whitfield".to_owned();
    let document = Document::Handover { to: role, people: true, sender };
    let (name, content) = from.rig.wizard.document(document.clone()).await?;
    from.rig.wizard.saved(document, &name).await?;
    to.rig.import(&name, content).await
}

async fn take(to: &ViewRecorder) -> Result<()> {
    let received = to.rig.setup().handover.received.ok_or("nothing was opened")?;
    let (fingerprint, choices) = (received.fingerprint, BTreeMap::new());
    Ok(to.rig.act(HandoverAction::TakeHandover { fingerprint, choices }).await?)
}
