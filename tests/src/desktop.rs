//! An isolated desktop for one test, with a screen, session bus, keychain, home folder, and the
//! built app.
//!
//! Tests don't read or change the developer's own desktop. Several desktops can run in parallel.

pub(crate) mod child;
mod dialog;
mod pointer;
pub mod screen;
mod session;
mod window;

use std::{
    env, fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Output, Stdio},
    time::Duration,
};

use tempfile::TempDir;

use crate::{
    Result,
    driver::Driver,
    wait::{DEADLINE, wait_until, wait_until_within},
};
use child::Child;
pub use pointer::ClipboardWindow;
use screen::Screen;
use session::SessionBus;
pub use window::WindowPlace;

/// The Python that can use the GTK packages of Debian and Ubuntu. `PATH` may list another Python
/// first.
const PYTHON: &str = "/usr/bin/python3";

/// The state that the keychain has when the app starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keychain {
    Unlocked,
    /// The keychain exists but is locked, and no one answers its password prompt.
    Locked,
    Missing,
    /// The keychain accepts every call and never responds.
    Silent,
}

/// A virtual desktop. All its programs stop when this value is dropped.
pub struct Desktop {
    // The drop order matters, because programs on the desktop must end before its folders are
    // removed.
    _webdriver: Child,
    _keychain: Option<Child>,
    bus: SessionBus,
    screen: Screen,
    server: String,
    app: PathBuf,
    home: TempDir,
}

impl Desktop {
    /// Starts a desktop with an unlocked keychain.
    pub fn start() -> Result<Self> {
        Self::with(Keychain::Unlocked, &[])
    }

    /// Starts a desktop with a keychain in this state. Apps on this desktop get these environment
    /// variables.
    pub fn with(keychain: Keychain, variables: &[(&str, &str)]) -> Result<Self> {
        Self::start_program(built_app()?, keychain, variables)
    }

    /// Same as [`Self::with`], but starts another program instead of the app.
    pub fn start_program(
        app: PathBuf,
        keychain: Keychain,
        variables: &[(&str, &str)],
    ) -> Result<Self> {
        let home = tempfile::tempdir()?;
        create_home_folders(home.path())?;
        let screen = Screen::start(1600, 1000)?;
        let bus = SessionBus::start(&mut command_with_home(home.path(), "dbus-daemon"))?;
        let keychain =
            session::keychain(&bus, |program| command_with_home(home.path(), program), keychain)?;

        let mut webdriver = command_with_home(home.path(), "WebKitWebDriver");
        webdriver
            .env("DISPLAY", screen.name())
            .env("DBUS_SESSION_BUS_ADDRESS", bus.address())
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .envs(variables.iter().copied());
        let (webdriver, server) = start_webdriver(webdriver, &home.path().join("app.log"))?;
        Ok(Self { _webdriver: webdriver, _keychain: keychain, bus, screen, server, app, home })
    }

    /// Opens the app. If the app was closed or killed before, opens it again with its saved data.
    pub fn open(&self) -> Result<Driver> {
        let driver = Driver::open(&self.server, Some(&self.app))?;
        driver.watch_errors()?;
        Ok(driver)
    }

    /// Returns the addresses that the app has opened in the browser, oldest first.
    pub fn opened_addresses(&self) -> Result<Vec<String>> {
        match fs::read_to_string(self.home.path().join("opened")) {
            Ok(lines) => Ok(lines.lines().map(str::to_owned).collect()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }

    /// Waits for the next address that the app opens after the first `known` addresses.
    pub fn wait_for_opened_address(&self, known: usize) -> Result<String> {
        wait_until("an address opened in the browser", || {
            Ok(self.opened_addresses()?.get(known).cloned())
        })
    }

    /// Kills the app abruptly, as a power failure would, so it can't save anything.
    pub fn kill_app(&self) -> Result<()> {
        for process in self.processes()? {
            let killed = Command::new("kill").arg("-KILL").arg(process.to_string()).status()?;
            if !killed.success() {
                return Err(format!("process {process} of the app could not be killed").into());
            }
        }
        wait_until("the app to be gone", || Ok(self.processes()?.is_empty().then_some(())))
    }

    /// Returns the processes on this desktop that run the app's program.
    pub fn processes(&self) -> Result<Vec<u32>> {
        let mut processes = Vec::new();
        for entry in fs::read_dir("/proc")? {
            let folder = entry?.path();
            let id = folder.file_name().and_then(|name| name.to_str()?.parse().ok());
            let (Some(id), Ok(program)) = (id, fs::read_link(folder.join("exe"))) else {
                continue;
            };
            // A process that ends during the scan isn't included.
            let environment = fs::read(folder.join("environ")).unwrap_or_default();
            let home = format!("HOME={}", self.home.path().display());
            if program == self.app
                && environment.split(|byte| *byte == 0).any(|pair| pair == home.as_bytes())
            {
                processes.push(id);
            }
        }
        Ok(processes)
    }

    /// Returns the home folder, which contains everything that the app can write, such as its log.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Returns the folder that contains the keychain's own files.
    pub fn keychain_folder(&self) -> PathBuf {
        self.home.path().join("data/keyrings")
    }

    /// Returns the output of the app and of the WebDriver.
    pub fn log(&self) -> Result<String> {
        Ok(String::from_utf8_lossy(&fs::read(self.home.path().join("app.log"))?).into_owned())
    }

    /// Drags a file from another window and drops it at a point in the app's window.
    ///
    /// Releases the mouse button after the app shows that it accepts the file. Before that, GTK
    /// hasn't told the app which file is being dragged, and a drop would have no effect.
    pub fn drop_file(&self, app: &Driver, file: &Path, x: u32, y: u32) -> Result<()> {
        let has_reacted = || app.find(".main.is-over").map(drop);
        pointer::drag(&mut self.command(PYTHON), self.screen.name(), file, (x, y), has_reacted)
    }

    /// Drags a link from another window and drops it at a point in the app's window.
    pub fn drop_link(&self, link: &str, x: u32, y: u32) -> Result<()> {
        let python = &mut self.command(PYTHON);
        pointer::drag(python, self.screen.name(), link, (x, y), || Ok(()))
    }

    /// Selects a file in a native dialog. If no dialog is open, waits for the next dialog.
    pub fn answer_dialog(&self, file: &Path) -> Result<()> {
        dialog::answer(self.screen.name(), file)
    }

    /// Cancels a native dialog. If no dialog is open, waits for the next dialog.
    pub fn cancel_dialog(&self) -> Result<()> {
        dialog::cancel(self.screen.name())
    }

    /// Returns whether the app is showing a question in a native dialog.
    pub fn is_question_open(&self) -> bool {
        dialog::is_question_open(self.screen.name())
    }

    /// Answers the app's question with a key such as `Return`. If there's no question yet, waits
    /// for it.
    pub fn answer_question(&self, key: &str) -> Result<()> {
        dialog::press(self.screen.name(), key)
    }

    pub fn clipboard(&self) -> Result<String> {
        pointer::clipboard(&mut self.command(PYTHON))
    }

    /// Opens a stand-in for the app's window. The stand-in owns the app's name on the session bus
    /// and exits when it's notified that a second instance has started.
    pub fn open_exiting_window(&self) -> Result<ClipboardWindow> {
        pointer::start_exiting_window(&mut self.command(PYTHON))
    }

    pub fn window(&self) -> Result<WindowPlace> {
        window::place(self.screen.name())
    }

    /// Moves and resizes the app's window, as a user would with the mouse.
    pub fn place_window(&self, x: i64, y: i64, width: i64, height: i64) -> Result<()> {
        let WindowPlace { id, .. } = self.window()?;
        let wanted = WindowPlace { id, x, y, width, height };
        window::place_window(self.screen.name(), wanted)
    }

    /// Returns the window title that is shown on the desktop.
    pub fn title(&self) -> Result<String> {
        let WindowPlace { id, .. } = self.window()?;
        pointer::xdotool(self.screen.name(), &format!("getwindowname {id}"))
    }

    /// Presses keys such as `ctrl+q` in the app's window through the X server, so that the window's
    /// menu also receives them.
    pub fn press(&self, keys: &str) -> Result<()> {
        let WindowPlace { id, .. } = self.window()?;
        let line = format!("windowfocus {id} key --clearmodifiers {keys}");
        pointer::xdotool(self.screen.name(), &line).map(drop)
    }

    /// Closes the app's window with its title bar button.
    pub fn close_window(&self) -> Result<()> {
        let WindowPlace { id, .. } = self.window()?;
        pointer::close(&mut self.command(PYTHON), id)
    }

    /// Waits until no process of the app is running.
    pub fn app_ended(&self) -> Result<()> {
        wait_until("the app to end", || Ok(self.processes()?.is_empty().then_some(())))
    }

    /// Returns the window that has keyboard focus.
    pub fn focused(&self) -> Option<u64> {
        window::focused(self.screen.name())
    }

    /// Opens a window of another program in front of all other windows. The window stays open until
    /// the result is dropped.
    pub fn other_window(&self) -> Result<ClipboardWindow> {
        pointer::open_focused_window(&mut self.command(PYTHON), self.screen.name())
    }

    /// Starts a second instance of the app and waits for it to exit.
    pub fn start_again(&self, arguments: &[&str]) -> Result<ExitStatus> {
        let mut again = self.command(self.app.to_str().ok_or("the app's path isn't UTF-8")?);
        Ok(again.args(arguments).status()?)
    }

    /// Runs the app without a WebDriver, closes the dialog that explains why the app can't start,
    /// and waits for the app to exit.
    pub fn refused_start(&self, variables: &[(&str, &str)]) -> Result<Output> {
        self.refused_start_within(DEADLINE, variables)
    }

    /// Same as [`Self::refused_start`], but with a longer time limit, for errors that the app
    /// detects late.
    pub fn refused_start_within(
        &self,
        limit: Duration,
        variables: &[(&str, &str)],
    ) -> Result<Output> {
        let mut dismissed: Result<()> = Err("nothing was looked for".into());
        let ended = self.ended_start(limit, variables, || {
            if dismissed.is_err() {
                dismissed = dialog::dismiss(self.screen.name());
            }
        })?;
        dismissed.map(|()| ended)
    }

    /// Runs the app where it can't show dialogs, and waits for the app to exit.
    pub fn refused_start_unseen(&self, variables: &[(&str, &str)]) -> Result<Output> {
        self.ended_start(DEADLINE, variables, || {})
    }

    /// Waits for the app to exit. If the app doesn't exit in time, kills it and returns an error
    /// with its output.
    fn ended_start(
        &self,
        limit: Duration,
        variables: &[(&str, &str)],
        mut meanwhile: impl FnMut(),
    ) -> Result<Output> {
        let printed = self.home.path().join("refused.log");
        let mut app = self.command(self.app.to_str().ok_or("the app's path isn't UTF-8")?);
        app.envs(variables.iter().copied())
            .stdout(Stdio::null())
            .stderr(fs::File::create(&printed)?);
        let mut app = Child::start(&mut app)?;
        let status = wait_until_within(limit, "the app to end", || {
            meanwhile();
            app.ended()
        });
        let stderr = fs::read(printed)?;
        match status {
            Ok(status) => Ok(Output { status, stdout: Vec::new(), stderr }),
            Err(problem) => {
                let said = String::from_utf8_lossy(&stderr);
                Err(format!("{problem}; the app printed: {said}").into())
            }
        }
    }

    /// Copies HTML in another window, which simulates a browser.
    pub fn copy_html_elsewhere(&self, html: &str) -> Result<ClipboardWindow> {
        pointer::copy_html(&mut self.command(PYTHON), html)
    }

    /// Copies text in another window, which simulates an editor.
    pub fn copy_text_elsewhere(&self, text: &str) -> Result<ClipboardWindow> {
        pointer::copy_text(&mut self.command(PYTHON), text)
    }

    /// Copies files in another window, which simulates a file manager.
    pub fn copy_files_elsewhere(&self, files: &[&Path]) -> Result<ClipboardWindow> {
        pointer::copy_files(&mut self.command(PYTHON), files)
    }

    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = command_with_home(self.home.path(), program);
        command
            .env("DISPLAY", self.screen.name())
            .env("DBUS_SESSION_BUS_ADDRESS", self.bus.address());
        command
    }
}

/// Writes a program that runs `preparation` and then starts the app. `preparation` contains shell
/// commands, which get the folder `on` as `$1` and can change mounts for this app only.
pub fn write_launcher(on: &Path, preparation: &str) -> Result<PathBuf> {
    let app = built_app()?;
    let program = on.join("prepared-app");
    let script = format!(
        "#!/bin/sh\nexec unshare --map-root-user --mount sh -ec '{preparation}\nexec \"$0\"' '{}' '{}'\n",
        app.display(),
        on.display()
    );
    fs::write(&program, script)?;
    set_mode(&program, 0o755)?;
    Ok(program)
}

/// Sets the permissions of a file or folder. Does nothing on Windows, which has no such permissions
/// and can't run these desktops.
#[cfg_attr(not(unix), expect(unused_variables))]
pub fn set_mode(path: &Path, mode: u32) -> Result<()> {
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))?;
    Ok(())
}

/// Returns the path of the app, which Cargo builds next to the folder of the test programs.
fn built_app() -> Result<PathBuf> {
    let test = env::current_exe()?;
    let app = test.ancestors().nth(2).map(|folder| folder.join("nops-sso-setup"));
    app.filter(|app| app.is_file())
        .ok_or_else(|| "the app is not built: `cargo xtask test window` builds it first".into())
}

/// Creates the folders in a home folder, and a stand-in for a browser that only records the
/// addresses that it's asked to open.
pub(crate) fn create_home_folders(home: &Path) -> Result<()> {
    for folder in ["Downloads", "bin", "cache", "config", "data", "run", "state", "tmp"] {
        fs::create_dir(home.join(folder))?;
    }
    set_mode(&home.join("run"), 0o700)?;
    let browser = home.join("bin/xdg-open");
    fs::write(&browser, "#!/bin/sh\nprintf '%s\\n' \"$1\" >> \"$HOME/opened\"\n")?;
    set_mode(&browser, 0o755)?;
    Ok(())
}

/// Starts a WebDriver that writes its own output and the app's output to `log`. Returns the
/// WebDriver and its address.
pub(crate) fn start_webdriver(mut webdriver: Command, log: &Path) -> Result<(Child, String)> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let log = fs::File::create(log)?;
    webdriver.arg(format!("--port={port}")).stdout(log.try_clone()?).stderr(log);
    let webdriver = Child::start(&mut webdriver)?;
    let server = format!("http://127.0.0.1:{port}");
    wait_until("the WebDriver", || Ok(ureq::get(format!("{server}/status")).call().ok()))?;
    Ok((webdriver, server))
}

/// Returns a command for a program with this home folder and an otherwise empty environment.
pub(crate) fn command_with_home(home: &Path, program: &str) -> Command {
    let path = env::var("PATH").unwrap_or_default();
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("PATH", format!("{}:{path}", home.join("bin").display()))
        .env("HOME", home)
        .env("LANG", "C.UTF-8")
        .env("TZ", "UTC")
        .env("GDK_BACKEND", "x11")
        .env("GSETTINGS_BACKEND", "memory")
        // Without this setting, the accessibility bus would start and outlive the test.
        .env("NO_AT_BRIDGE", "1")
        .env("TMPDIR", home.join("tmp"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_RUNTIME_DIR", home.join("run"))
        .env("XDG_STATE_HOME", home.join("state"))
        .current_dir(home)
        .stdin(Stdio::null());
    command
}
