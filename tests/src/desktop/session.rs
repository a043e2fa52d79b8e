//! The session bus and the keychain on it.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

use super::{Keychain, PYTHON, child::Child};
use crate::{Result, wait::wait_until};

/// The D-Bus name of the Secret Service API.
const SECRETS: &str = "org.freedesktop.secrets";

const SILENT_KEYCHAIN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/desktop/silent_keychain.py");

/// A private session bus.
pub struct SessionBus {
    address: String,
    _daemon: Child,
}

impl SessionBus {
    /// Starts a bus without any activatable services.
    pub fn start(daemon: &mut Command) -> Result<Self> {
        let configuration = "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>\
            <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\
            <allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>";
        let file = daemon.get_current_dir().ok_or("the bus has no folder")?.join("bus.conf");
        std::fs::write(&file, configuration)?;
        let mut daemon = Child::start(
            daemon
                .arg(format!("--config-file={}", file.display()))
                .args(["--nofork", "--print-address=1"])
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        )?;
        let mut address = String::new();
        BufReader::new(daemon.output()?).read_line(&mut address)?;
        Ok(Self { address: address.trim().to_owned(), _daemon: daemon })
    }

    /// Returns the value of `DBUS_SESSION_BUS_ADDRESS`.
    pub fn address(&self) -> &str {
        &self.address
    }
}

/// Starts the keychain in this state. Doesn't start it if the state says that it's missing.
pub fn keychain(
    bus: &SessionBus,
    at_home: impl Fn(&str) -> Command,
    state: Keychain,
) -> Result<Option<Child>> {
    let mut daemon = match state {
        Keychain::Silent => {
            let mut silent = at_home(PYTHON);
            silent.arg(SILENT_KEYCHAIN);
            silent
        }
        _ => {
            let mut daemon = at_home("gnome-keyring-daemon");
            daemon.args(["--foreground", "--components=secrets"]);
            daemon
        }
    };
    daemon
        .env("DBUS_SESSION_BUS_ADDRESS", bus.address())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let keychain = match state {
        Keychain::Missing => return Ok(None),
        Keychain::Locked | Keychain::Silent => Child::start(&mut daemon)?,
        Keychain::Unlocked => {
            let mut keychain = Child::start(daemon.arg("--unlock").stdin(Stdio::piped()))?;
            // Send an empty password followed by a line break. Without a password, the keychain
            // stays locked.
            keychain.input()?.write_all(b"\n")?;
            keychain
        }
    };
    wait_until("the keychain", || {
        let asked = Command::new("dbus-send")
            .args([
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.DBus",
                "/org/freedesktop/DBus",
            ])
            .arg("org.freedesktop.DBus.NameHasOwner")
            .arg(format!("string:{SECRETS}"))
            .env("DBUS_SESSION_BUS_ADDRESS", bus.address())
            .output()?;
        Ok(String::from_utf8_lossy(&asked.stdout).contains("boolean true").then_some(()))
    })?;
    Ok(Some(keychain))
}
