//! Window behavior: position and size are restored, only one instance runs, the title shows the
//! step, and quitting doesn't interrupt a change.

use acceptance::{Result, desktop::Desktop, driver::Driver, wait::wait_until};

use super::crash;

/// Enough people for changes to still be running when the test checks for them, even on a busy
/// machine.
const PEOPLE: usize = 240;

/// Returns the size of the page, in CSS pixels.
fn page(app: &Driver) -> Result<(u64, u64)> {
    let size = app.run("return [innerWidth, innerHeight]", &[])?;
    let side = |at: usize| size[at].as_u64().ok_or("the page has no size");
    Ok((side(0)?, side(1)?))
}

#[test]
fn window_and_mini_window_restore_their_place() -> Result<()> {
    let desktop = Desktop::start()?;
    let app = desktop.open()?;
    app.click("[data-action=practice-new]")?;
    app.see("h1", "Connect AWS")?;
    desktop.place_window(220, 90, 1000, 700)?;
    let large = page(&app)?;

    // The mini window has a separate size and position.
    app.click("[data-action=mini-window]")?;
    app.find(".mini")?;
    wait_until("a narrow window", || Ok((desktop.window()?.width < 500).then_some(())))?;
    desktop.place_window(30, 40, 420, 640)?;
    app.click("[data-action=main-window]")?;
    wait_until("the window's own size", || Ok((page(&app)? == large).then_some(())))?;
    let place = desktop.window()?;
    assert_eq!((place.x, place.y), (220, 90));

    app.click("[data-action=mini-window]")?;
    wait_until("the strip's own place", || {
        let strip = desktop.window()?;
        Ok(((strip.x, strip.y, strip.width) == (30, 40, 420)).then_some(()))
    })?;
    desktop.close_window()?;
    desktop.app_ended()?;
    drop(app);

    let app = desktop.open()?;
    app.find("[data-action=resume]")?;
    wait_until("the window of before", || {
        let place = desktop.window()?;
        Ok((page(&app)? == large && (place.x, place.y) == (220, 90)).then_some(()))
    })?;
    Ok(())
}

/// After the window is killed, the app's process may still own its D-Bus name for a moment.
#[test]
fn start_opens_while_first_window_exits() -> Result<()> {
    let desktop = Desktop::start()?;
    let _first = desktop.open_exiting_window()?;
    let app = desktop.open()?;
    app.find("h1")?;
    Ok(())
}

#[test]
fn second_start_focuses_first_window() -> Result<()> {
    let desktop = Desktop::start()?;
    let app = desktop.open()?;
    app.find("h1")?;
    let ours = desktop.window()?;
    let _other = desktop.other_window()?;
    wait_until("another window in front", || {
        Ok((desktop.focused().is_some_and(|id| id != ours.id)).then_some(()))
    })?;
    let before = desktop.processes()?;

    let second = desktop.start_again(&[])?;
    assert!(second.success(), "{second}");
    assert_eq!(desktop.processes()?, before, "no other window was opened");
    wait_until("the first window in front", || {
        Ok((desktop.focused() == Some(ours.id)).then_some(()))
    })?;

    // Commands on the command line don't open the window.
    assert!(desktop.start_again(&["--version"])?.success());
    assert_eq!(app.errors()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn window_title_names_the_step() -> Result<()> {
    let desktop = Desktop::start()?;
    let app = desktop.open()?;
    let says = |title: &str| {
        wait_until(title, || match desktop.title()? {
            now if now == title => Ok(Some(())),
            now => Err(format!("it is {now:?}").into()),
        })
    };
    says("Step 1 of 10: Start – nOps SSO Setup")?;
    app.click("[data-action=practice-new]")?;
    says("Step 2 of 10: Connect AWS – Practice – nOps SSO Setup")
}

#[test]
fn menu_items_act_like_buttons() -> Result<()> {
    let desktop = Desktop::start()?;
    let app = desktop.open()?;
    app.click("[data-action=practice-new]")?;
    app.see("h1", "Connect AWS")?;

    // Each menu shortcut runs once, because the window's own key handler ignores it.
    desktop.press("alt+Right")?;
    app.see("h1", "Get nOps addresses")?;
    desktop.press("alt+Left")?;
    app.see("h1", "Connect AWS")?;
    desktop.press("F1")?;
    app.see("dialog[open]", "Keyboard")?;
    desktop.press("Escape")?;
    app.wait_until_gone("dialog[open]")?;
    let before = page(&app)?;
    desktop.press("ctrl+equal")?;
    wait_until("a larger page", || Ok((page(&app)?.0 < before.0).then_some(())))?;
    desktop.press("ctrl+0")?;
    wait_until("the page as it was", || Ok((page(&app)? == before).then_some(())))?;

    // Edit commands act on the field that has the focus.
    app.click("[data-action=go-addresses]")?;
    app.fill("[data-field=sp_acs_url]", "something")?;
    for keys in ["ctrl+a", "ctrl+x", "ctrl+v", "ctrl+v"] {
        desktop.press(keys)?;
    }
    wait_until("what was cut, pasted twice", || {
        let text = app.property("[data-field=sp_acs_url]", "value")?;
        match text == "somethingsomething" {
            true => Ok(Some(())),
            false => Err(format!("it is {text}").into()),
        }
    })?;

    // Use access keys to open Help and then the folder.
    let known = desktop.opened_addresses()?.len();
    desktop.press("alt+h")?;
    desktop.press("f")?;
    let opened = desktop.wait_for_opened_address(known)?;
    assert!(desktop.home().join(&opened).join("setups").is_dir(), "{opened}");

    // Use access keys to open View and then the third item. The choice is kept after a restart.
    desktop.press("alt+v")?;
    for key in ["Down", "Down", "Return"] {
        desktop.press(key)?;
    }
    app.find("html[data-theme=dark]")?;
    desktop.press("ctrl+o")?;
    app.find("[data-action=resume]")?;
    desktop.press("ctrl+q")?;
    desktop.app_ended()?;
    drop(app);
    let app = desktop.open()?;
    app.find("html[data-theme=dark]")?;
    Ok(())
}

#[test]
fn about_box_lists_version_and_packages() -> Result<()> {
    let desktop = Desktop::start()?;
    let app = desktop.open()?;
    app.find("h1")?;
    desktop.press("alt+h")?;
    desktop.press("a")?;
    let version = format!("Version {}", env!("CARGO_PKG_VERSION"));
    app.see("dialog[open]", &version)?;
    app.click("dialog summary")?;
    app.see("dialog table", "aws-sdk-ssoadmin")?;
    app.see("dialog table", "svelte")?;
    assert_eq!(app.errors()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn quit_during_changes_asks_first() -> Result<()> {
    let desktop = Desktop::start()?;
    let app = desktop.open()?;
    app.click("[data-action=practice-new]")?;
    app.click("[data-action=connect]")?;
    app.see("main", "123456789012, the management account")?;
    crash::add_application(&desktop, &app)?;
    crash::list_people(&app, PEOPLE)?;
    crash::make_changes(&app)?;
    app.find("[data-job=apply]")?;

    // Paused changes wait until the user continues them.
    app.click("[data-action=pause]")?;
    app.see("[data-job=apply]", "paused")?;
    app.click("[data-action=go-on]")?;
    app.find("[data-action=pause]")?;

    // If the user chooses not to quit, the changes continue.
    ask_to_close(&desktop)?;
    desktop.answer_question("Escape")?;
    app.find("[data-job=apply]")?;

    ask_to_close(&desktop)?;
    desktop.answer_question("Return")?;
    desktop.app_ended()?;
    drop(app);

    let app = desktop.open()?;
    app.click("[data-action=resume]")?;
    app.find("[data-stage=stopped]")?;
    app.wait_until_gone("[data-outcome=intended], [data-outcome=interrupted]")?;
    Ok(())
}

/// A page that the window must not load.
struct ForeignPage(std::net::TcpListener);

impl ForeignPage {
    fn listen() -> Result<Self> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        Ok(Self(listener))
    }

    fn address(&self) -> Result<String> {
        Ok(format!("http://{}/", self.0.local_addr()?))
    }

    /// Checks that the page wasn't requested. WebKit may open a connection for a link in advance,
    /// but it sends no request.
    fn was_not_requested(&self) -> Result<()> {
        while let Ok((mut connection, _)) = self.0.accept() {
            connection.set_nonblocking(true)?;
            let mut asked = [0; 64];
            assert_eq!(std::io::Read::read(&mut connection, &mut asked).unwrap_or_default(), 0);
        }
        Ok(())
    }
}

#[test]
fn dropped_link_does_not_navigate_the_window() -> Result<()> {
    let desktop = Desktop::start()?;
    let app = desktop.open()?;
    app.find("h1")?;
    let foreign = ForeignPage::listen()?;
    let ours = app.run("return location.href", &[])?;
    desktop.drop_link(&foreign.address()?, 700, 500)?;
    app.click("[data-action=practice-new]")?;
    app.see("h1", "Connect AWS")?;
    assert_eq!(app.run("return location.href", &[])?, ours);
    foreign.was_not_requested()
}

#[test]
fn links_never_navigate_the_window() -> Result<()> {
    let desktop = Desktop::start()?;
    let app = desktop.open()?;
    app.find("h1")?;
    let foreign = ForeignPage::listen()?;
    let elsewhere = foreign.address()?;
    let ours = app.run("return location.href", &[])?;
    for go in [
        "location.href = arguments[0]",
        "window.open(arguments[0])",
        "const a = document.createElement('a'); a.href = arguments[0]; document.body.append(a); a.click()",
        "const a = document.createElement('a'); a.href = arguments[0]; a.target = '_blank'; \
         document.body.append(a); a.click()",
        "const f = document.createElement('form'); f.action = arguments[0]; document.body.append(f); f.submit()",
        "const f = document.createElement('iframe'); f.src = arguments[0]; document.body.append(f)",
    ] {
        app.run(go, &[elsewhere.as_str().into()])?;
        app.find("h1")?;
        assert_eq!(app.run("return location.href", &[])?, ours, "{go}");
    }
    foreign.was_not_requested()
}

/// Adds a button that tries to open a window when it's clicked.
const ADD_OPENER: &str = "
    const [address] = arguments;
    const button = document.createElement('button');
    button.id = 'opener';
    button.textContent = 'Open';
    Object.assign(button.style, { position: 'fixed', top: '50%', left: '50%', zIndex: 1000 });
    button.addEventListener('click', () => {
        button.dataset.opened = String(window.open(address) !== null);
    });
    document.body.append(button);";

/// After a click, the webview would open a window, because the user asked for it.
#[test]
fn clicks_open_no_window() -> Result<()> {
    let desktop = Desktop::start()?;
    let app = desktop.open()?;
    app.find("h1")?;
    let foreign = ForeignPage::listen()?;
    app.run(ADD_OPENER, &[foreign.address()?.into()])?;
    app.click("#opener")?;
    app.find("#opener[data-opened=false]")?;
    foreign.was_not_requested()
}

/// Asks the window to close until the question about quitting appears. Right after an answer, the
/// app may miss a close request.
fn ask_to_close(desktop: &Desktop) -> Result<()> {
    wait_until("a question", || {
        desktop.close_window()?;
        Ok(desktop.is_question_open().then_some(()))
    })
}
