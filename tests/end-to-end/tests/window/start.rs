//! The window opens even if parts of its environment are missing. If it can't open, the app
//! explains why.

use std::{fs, process::Output, time::Duration};

use acceptance::{
    Result,
    desktop::{Desktop, Keychain, set_mode, write_launcher},
    driver::Driver,
};
use messages::MessageCatalog;
use tempfile::TempDir;

/// The environment variable that sets the folder of setups.
const FOLDER: &str = "NOPS_SSO_SETUP_DIR";

/// Checks that the app exited with status 2 and printed `reason` on stderr, and that it didn't
/// panic.
fn assert_refused(ended: &Output, reason: &str) {
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(2), "{said}");
    assert!(said.contains(reason), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn missing_display_is_reported_on_stderr() -> Result<()> {
    let desktop = Desktop::with(Keychain::Missing, &[])?;
    let ended = desktop.refused_start_unseen(&[("DISPLAY", ""), ("WAYLAND_DISPLAY", "")])?;
    assert_refused(&ended, &MessageCatalog::english().format_plain("failure-start_display"));
    Ok(())
}

#[test]
fn file_instead_of_folder_is_reported() -> Result<()> {
    let desktop = Desktop::with(Keychain::Missing, &[])?;
    let file = desktop.home().join("occupied");
    fs::write(&file, "")?;
    let folder = file.to_str().ok_or("no text")?;
    let ended = desktop.refused_start(&[(FOLDER, folder)])?;
    assert_refused(&ended, &format!("can’t create the folder {folder}"));
    Ok(())
}

#[test]
fn read_only_home_is_reported() -> Result<()> {
    let outside = tempfile::tempdir()?;
    let lock = "mount --bind \"$HOME\" \"$HOME\"; mount -o remount,bind,ro \"$HOME\"";
    let app = write_launcher(outside.path(), lock)?;
    let desktop = Desktop::start_program(app, Keychain::Missing, &[])?;
    let ended = desktop.refused_start(&[])?;
    let folder = desktop.home().join("data/io.nops.sso-setup");
    assert_refused(&ended, &format!("can’t write to {}", folder.display()));
    Ok(())
}

#[test]
fn full_disk_without_folder_is_reported() -> Result<()> {
    let disk = tempfile::tempdir()?;
    let full = disk.path().join("full");
    fs::create_dir(&full)?;
    // The folder itself uses up the disk's only inode.
    let app = write_launcher(disk.path(), "mount -t tmpfs -o nr_inodes=1 tmpfs \"$1/full\"")?;
    let desktop = Desktop::start_program(app, Keychain::Missing, &[])?;
    let ended = desktop.refused_start(&[(FOLDER, full.to_str().ok_or("no text")?)])?;
    assert_refused(&ended, "The disk is full");
    Ok(())
}

#[test]
fn full_disk_with_folder_opens_with_warning() -> Result<()> {
    let disk = tempfile::tempdir()?;
    let full = disk.path().join("full");
    fs::create_dir(&full)?;
    let fill = "mount -t tmpfs -o size=4k tmpfs \"$1/full\"; mkdir \"$1/full/setups\"; \
        head -c 4096 /dev/zero > \"$1/full/filler\"";
    let app = write_launcher(disk.path(), fill)?;
    let folder = (FOLDER, full.to_str().ok_or("no text")?);
    let desktop = Desktop::start_program(app, Keychain::Missing, &[folder])?;
    let app = desktop.open()?;
    app.fill("[data-field=name]", "One customer")?;
    app.click("[data-action=create]")?;
    app.find("[data-failure=disk_full]")?;
    Ok(())
}

/// WebKit's process exits immediately, as if its package were broken.
#[test]
fn exiting_web_view_is_reported() -> Result<()> {
    let (_outside, desktop) = with_web_process("exit 1")?;
    let ended = desktop.refused_start(&[])?;
    assert_refused(&ended, &MessageCatalog::english().format_plain("failure-start_page"));
    Ok(())
}

/// WebKit's process runs but never draws.
#[test]
fn hanging_web_view_is_reported() -> Result<()> {
    let (_outside, desktop) = with_web_process("exec sleep 300")?;
    let ended = desktop.refused_start_within(Duration::from_secs(60), &[])?;
    assert_refused(&ended, &MessageCatalog::english().format_plain("failure-start_page"));
    Ok(())
}

/// Starts a desktop that runs this script as the WebKit process. Returns the desktop and the
/// script's folder.
fn with_web_process(does: &str) -> Result<(TempDir, Desktop)> {
    let outside = tempfile::tempdir()?;
    let program = outside.path().join("web-process");
    fs::write(&program, format!("#!/bin/sh\n{does}\n"))?;
    set_mode(&program, 0o755)?;
    let replace = "for program in /usr/lib*/*/webkit2gtk-4.1/WebKitWebProcess \
        /usr/lib*/webkit2gtk-4.1/WebKitWebProcess /usr/libexec/webkit2gtk-4.1/WebKitWebProcess; do \
        if [ -e \"$program\" ]; then mount --bind \"$1/web-process\" \"$program\"; fi; done";
    let app = write_launcher(outside.path(), replace)?;
    Ok((outside, Desktop::start_program(app, Keychain::Missing, &[])?))
}

#[test]
fn window_opens_without_session_bus() -> Result<()> {
    for bus in ["unix:path=/nowhere/bus", "", "no address at all"] {
        let desktop = Desktop::with(Keychain::Missing, &[("DBUS_SESSION_BUS_ADDRESS", bus)])?;
        let app = desktop.open()?;
        app.find("h1")?;
        assert!(!desktop.log()?.contains("panicked"), "{bus:?}");
    }
    Ok(())
}

#[test]
fn missing_browser_shows_copyable_address() -> Result<()> {
    let desktop = Desktop::start()?;
    let browser = desktop.home().join("bin/xdg-open");
    // The exit status of `xdg-open` when it finds no browser.
    fs::write(&browser, "#!/bin/sh\nexit 3\n")?;
    set_mode(&browser, 0o755)?;
    for other in ["gio", "gnome-open", "kde-open", "wslview"] {
        let other = desktop.home().join("bin").join(other);
        fs::copy(&browser, &other)?;
    }
    let app = desktop.open()?;
    app.click("[data-action=practice-new]")?;
    app.see("h1", "Connect AWS")?;
    app.click("[data-action=go-addresses]")?;
    app.click(".side__head [data-action=open-nops-sso]")?;
    app.find(".side__head [data-failure=browser]")?;
    let narrow = app.run(
        "return [...document.querySelectorAll('.side__page, .side__head .verdict span')]\
         .filter((text) => text.clientWidth < 100 || text.getBoundingClientRect().width < 100).length",
        &[],
    )?;
    assert_eq!(narrow, 0, "the panel's header keeps its width");
    app.click(".side__head [data-action=copy-address]")?;
    app.see(".side__head [data-action=copy-address]", "Copied")?;
    let copied = desktop.clipboard()?;
    assert!(copied.ends_with("/at/app.nops.io/v3/settings?tab=SSO"), "{copied}");
    Ok(())
}

#[test]
fn setup_open_in_other_window_is_marked() -> Result<()> {
    let shared = tempfile::tempdir()?;
    let folder = (FOLDER, shared.path().to_str().ok_or("no text")?);
    let first = Desktop::with(Keychain::Missing, &[folder])?;
    let holder = first.open()?;
    holder.click("[data-action=practice-new]")?;
    holder.see("h1", "Connect AWS")?;

    let second = Desktop::with(Keychain::Missing, &[folder])?;
    let app = second.open()?;
    for width in [800, 1280] {
        second.place_window(0, 0, width, 800)?;
        app.click("[data-action=resume]")?;
        app.find("[data-failure=setup_held]")?;
        assert_eq!(outside(&app)?, 0, "{width} px");
    }

    // Another setup can be open at the same time. It has its own practice addresses.
    app.click("[data-action=practice-new]")?;
    app.see("h1", "Connect AWS")?;
    app.click("[data-action=connect]")?;
    app.see("main", "Organization instance")?;
    app.click(".rail__tools [data-action=close]")?;
    app.find(&format!("{LISTED}:nth-of-type(2)"))?;

    // After the first window closes, the second window can open its setup.
    drop(holder);
    let (mine, other) = (format!("{LISTED}:nth-of-type(1)"), format!("{LISTED}:nth-of-type(2)"));
    assert_eq!(app.find_all(&format!("{mine} [data-failure], {other} [data-failure]"))?.len(), 0);
    app.click(&format!("{other} [data-action=resume]"))?;
    app.see("h1", "Connect AWS")
}

/// The selector for the setups in their table.
const LISTED: &str = "tbody.setup";

/// Returns the number of texts and buttons that extend beyond the table of setups.
fn outside(app: &Driver) -> Result<u64> {
    let count = app.run(
        "const table = document.querySelector('.scroll'); const box = table.getBoundingClientRect();\
         return [...table.querySelectorAll('button, span, p, small')]\
         .filter((one) => !one.closest('.vh, dialog') && one.getBoundingClientRect().right > box.right + 1).length",
        &[],
    )?;
    Ok(count.as_u64().ok_or("no number")?)
}
