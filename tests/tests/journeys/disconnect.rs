//! After the user disconnects, late results of that connection are discarded.

use std::sync::{Arc, Mutex, mpsc};

use acceptance::{
    Result,
    harness::Harness,
    proxy::{Fault, Proxy},
};
use session::{Secret, action::ConnectionAction, view::ConnectionState};
use setup::Field;

/// Returns a harness that is connecting while AWS is blocked at this call. Using or dropping the
/// sender unblocks AWS.
async fn held_at(operation: &'static str) -> Result<(Harness, mpsc::Sender<()>)> {
    let proxy = Proxy::listen().await?;
    let rig = Harness::start_with_proxy(proxy.clone()).await?;
    let (release, released) = mpsc::channel::<()>();
    let released = Mutex::new(released);
    let wait = move || Ok(released.lock().map_err(|_| "a poisoned lock")?.recv()?);
    proxy.inject_some(operation, 0, 1, Fault::Meanwhile(Arc::new(wait)));
    rig.act(ConnectionAction::ConnectPractice).await?;
    proxy.wait_for_call(operation).await?;
    Ok((rig, release))
}

#[tokio::test(flavor = "multi_thread")]
async fn late_responses_do_not_reconnect() -> Result<()> {
    for operation in ["GetCallerIdentity", "ListInstances", "ListUsers"] {
        let (rig, release) = held_at(operation).await?;
        rig.act(ConnectionAction::Disconnect).await?;
        assert_eq!(rig.setup().connection.state, ConnectionState::Off, "{operation}");
        release.send(())?;
        // Nothing waits for the old connection, so the next job can start. The next job ends only
        // after the late response has arrived.
        let key = Secret::new("4021.practice".to_owned());
        rig.act(ConnectionAction::CheckNopsKey { key }).await?;
        let view = rig.wait_until("the check", |view| view.job.is_none()).await?;
        assert_eq!(view.connection.state, ConnectionState::Off, "{operation}");
        assert_eq!(rig.fact(Field::AwsCaller), None, "{operation}");
    }
    Ok(())
}
