//! Step 3, and the steps after step 3 while the addresses are missing.

use session::action::ValueAction;
use setup::{Field, Step};

use super::{Views, studio::ViewRecorder};
use crate::{Result, steps::connect};

/// Creates views with addresses that are missing, swapped, or not on nOps's host.
pub async fn views() -> Result<Views> {
    let mut studio = ViewRecorder::open().await?;
    connect(&studio.rig).await?;
    studio.record_view("application-empty", Step::Application).await?;
    let press = "[data-action='mini-window']";
    studio.record_with_press("mini-window-waits", Step::Application, press).await?;

    let rig = &studio.rig;
    rig.go_to_step(Step::Addresses).await?;
    rig.declare(Field::AdminSignedIn, "true").await?;
    rig.enter(Field::RecoveryAdministrator, "ops@example.net").await?;
    rig.declare(Field::AddressesNotYet, "true").await?;
    studio.record_view("addresses-not-yet", Step::Addresses).await?;

    let rig = &studio.rig;
    let nops = rig.person()?.enable_sso()?.ok_or("nOps shows no addresses")?;
    rig.act(ValueAction::Clear { field: Field::AddressesNotYet }).await?;
    rig.enter(Field::SpAcsUrl, &nops.entity_id).await?;
    rig.enter(Field::SpEntityId, &nops.acs).await?;
    rig.enter(Field::SpLoginUrl, &nops.link).await?;
    studio.record_view("addresses-error", Step::Addresses).await?;

    let rig = &studio.rig;
    rig.declare(Field::AdminPassword, "true").await?;
    let elsewhere = nops.acs.replace("app.nops.io", "app.partner.example");
    rig.enter(Field::SpAcsUrl, &elsewhere).await?;
    rig.enter(Field::SpEntityId, &nops.entity_id).await?;
    rig.act(ValueAction::Keep { field: Field::SpAcsUrl }).await?;
    studio.record_view("addresses-kept", Step::Addresses).await?;
    Ok(studio.views())
}
