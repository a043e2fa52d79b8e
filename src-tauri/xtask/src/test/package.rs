//! Installs the Debian package into a Debian system without any other software, opens its window,
//! upgrades it, and removes it.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::{
    Result,
    package::{self, NAME, remove_folder},
    paths::SourceTree,
    prerequisites::{self, TO_INSTALL},
    process, terminal,
    test_count::TestCount,
};

/// The user's home folder in the system, and where the app keeps the user's data.
const HOME: &str = "/home/ana";
const DATA: &str = "/home/ana/.local/share/io.nops.sso-setup";

/// The titles that the page gives the window: without a setup, and with a colleague's file.
const STARTED: &str = "^Step 1 of 10: Start";
const FILE_OPENED: &str = "^Values from the AWS administrator";

/// A setup, which the command line turns into a file for a colleague.
const SETUP: &str = r#"{"schema_version":1,"id":"4f0c2a64-8b7e-4d52-9f0a-6c1d2e3b4a59",
"name":"Example","world":"real","repair":false,"aws_role":true,"nops_role":false,
"connection_method":{"kind":"none"},"current":"start","facts":{},
"people":{"group":{"kind":"new","name":"nOps users"},"rows":[],"unread":[],"revision":0,"next":0},
"created":"2026-11-24T10:00:00Z","changed":"2026-11-24T10:00:00Z"}"#;

/// Runs the package through its life: install, use, upgrade, use, remove.
pub fn run(tree: &SourceTree) -> Result<TestCount> {
    prerequisites::set_up(&[TO_INSTALL])?;
    let out = tree.built("packages");
    remove_folder(&out)?;
    let deb = package::deb(tree, &out)?;
    let system = System::create(&tree.built("package-test"))?;
    let screen = Screen::start()?;
    let mut count = TestCount::default();
    for (step, test) in STEPS {
        test(&system, &screen, &deb).map_err(|problem| format!("{step}: {problem}"))?;
        terminal::print_line(format_args!("{step}: passed"))?;
        count.passed += 1;
    }
    Ok(count)
}

/// Enters the system as a user: mounts what programs expect, and keeps downloaded packages for the
/// next system.
const ENTER: &str = r#"
mount --bind "$1/downloads" "$1/system/var/cache/apt/archives"
mount -t proc proc "$1/system/proc"
mount -t tmpfs tmpfs "$1/system/dev/shm"
mount -t devpts devpts "$1/system/dev/pts"
system=$1/system user=$2 home=$3
shift 3
exec chroot --userspec="$user:$user" "$system" \
    env --ignore-environment --chdir="$home" HOME="$home" LANG=C.UTF-8 "$@"
"#;

type Step = (&'static str, fn(&System, &Screen, &Path) -> Result<()>);

/// Each step continues where the one before it ended.
const STEPS: [Step; 7] = [
    ("install without recommended packages", |system, _, deb| system.install(deb)),
    ("command line prints its help", print_help),
    ("window opens and quits", open_window),
    ("double click opens a colleague's file", open_file),
    ("upgrade keeps the user's data", upgrade),
    ("window opens after the upgrade", open_window),
    ("removal leaves only the user's data", remove),
];

fn print_help(system: &System, _: &Screen, _: &Path) -> Result<()> {
    let help = process::read(&mut system.as_user(&[], &[NAME, "--help"]))?;
    expect(help.contains("Usage: nops-sso-setup"), &help)
}

fn open_window(system: &System, screen: &Screen, _: &Path) -> Result<()> {
    screen.open_and_quit(system, NAME, STARTED)
}

/// Opens a file as a file manager does: by its type, with the program that the desktop lists for
/// that type. A desktop has these two programs, a system without any other software doesn't.
fn open_file(system: &System, screen: &Screen, _: &Path) -> Result<()> {
    system.apt(&["install", "desktop-file-utils", "libglib2.0-bin"])?;
    fs::write(system.path(HOME).join("setup.json"), SETUP)?;
    let export =
        format!("{NAME} export --setup setup.json --as handover --role nops > from-ana.nops-setup");
    process::run(&mut system.as_user(&[], &["sh", "-c", &export]))?;
    // The system ends when its first program does, so that program continues.
    let open = "gio open from-ana.nops-setup; tail --follow /dev/null";
    let window = screen.open(system, &["sh", "-c", open], FILE_OPENED)?;
    drop(window);
    let saved = system.files_in(DATA)?;
    expect(saved.contains(".json"), &format!("no setup was saved: {saved}"))
}

fn upgrade(system: &System, _: &Screen, deb: &Path) -> Result<()> {
    let before = system.files_in(DATA)?;
    let newer = system.folder.join("newer");
    remove_folder(&newer)?;
    process::run(Command::new("dpkg-deb").arg("--raw-extract").arg(deb).arg(&newer))?;
    let control = newer.join("DEBIAN/control");
    let version = env!("CARGO_PKG_VERSION");
    let text = fs::read_to_string(&control)?;
    let text = text.replace(&format!("Version: {version}"), &format!("Version: {version}+newer"));
    fs::write(control, text)?;
    let deb = system.folder.join("newer.deb");
    let mut build = Command::new("dpkg-deb");
    process::run(build.args(["--root-owner-group", "-Zgzip", "--build"]).arg(&newer).arg(&deb))?;
    system.install(&deb)?;
    let installed =
        process::read(&mut system.as_root(&["dpkg-query", "-W", "-f=${Version}", NAME]))?;
    expect(installed.ends_with("+newer"), &installed)?;
    expect(system.files_in(DATA)? == before, "the user’s data changed")
}

fn remove(system: &System, _: &Screen, _: &Path) -> Result<()> {
    let before = system.files_in(DATA)?;
    system.apt(&["purge", NAME])?;
    let find = ["find", "/", "-xdev", "-not", "-path", "/proc/*", "-iname", "*nops*"];
    let found = process::read(&mut system.as_root(&find))?;
    let left: Vec<_> = found.lines().filter(|file| !file.starts_with(HOME)).collect();
    expect(left.is_empty(), &format!("left behind: {left:?}"))?;
    let grep = "! grep --no-messages -rl nops-sso /etc /usr/share/applications /usr/share/mime";
    process::run(&mut system.as_root(&["sh", "-c", grep]))?;
    expect(system.files_in(DATA)? == before, "the user’s data changed")
}

/// A Debian system in a folder, with one user.
struct System {
    folder: PathBuf,
}

impl System {
    /// Copies a new system. Installs it only the first time, because that takes minutes.
    fn create(folder: &Path) -> Result<Self> {
        let base = folder.join("base");
        if !base.exists() {
            terminal::announce("Installing a Debian system, which takes some minutes")?;
            let new = folder.join("new");
            remove_folder(&new)?;
            fs::create_dir_all(&new)?;
            let release = fs::read_to_string("/etc/os-release")?;
            let suite = release.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="));
            let suite = suite.ok_or("this test needs Debian")?;
            let mut install = Command::new("debootstrap");
            process::run(install.args(["--variant=minbase", suite]).arg(&new))?;
            fs::rename(&new, &base)?;
        }
        let system = Self { folder: folder.to_owned() };
        fs::create_dir_all(folder.join("downloads/partial"))?;
        fs::write(folder.join("enter"), ENTER)?;
        remove_folder(&system.path("/"))?;
        process::run(Command::new("cp").arg("--archive").arg(base).arg(folder.join("system")))?;
        process::run(&mut system.as_root(&["useradd", "--create-home", "ana"]))?;
        system.apt(&["update"])?;
        Ok(system)
    }

    /// Returns the place of a file of the system.
    fn path(&self, file: &str) -> PathBuf {
        self.folder.join("system").join(file.trim_start_matches('/'))
    }

    /// Installs a package, and of the other packages only those that it needs.
    fn install(&self, deb: &Path) -> Result<()> {
        fs::copy(deb, self.path("/tmp/package.deb"))?;
        self.apt(&["install", "/tmp/package.deb"])?;
        Ok(fs::remove_file(self.path("/tmp/package.deb"))?)
    }

    fn apt(&self, arguments: &[&str]) -> Result<()> {
        let apt = ["apt-get", "--quiet=2", "--yes", "--no-install-recommends"];
        // dpkg prints several lines for each package. Errors have their own output.
        process::run(self.as_root(&[&apt, arguments].concat()).stdout(Stdio::null()))
    }

    fn as_root(&self, program: &[&str]) -> Command {
        self.run_as("root", "/root", &["DEBIAN_FRONTEND=noninteractive"], program)
    }

    fn as_user(&self, variables: &[&str], program: &[&str]) -> Command {
        self.run_as("ana", HOME, variables, program)
    }

    /// Returns a command that runs in the system, with its own processes and mounts, which end with
    /// it.
    fn run_as(&self, user: &str, home: &str, variables: &[&str], program: &[&str]) -> Command {
        let mut command = Command::new("unshare");
        command.args(["--mount", "--pid", "--fork", "--kill-child", "sh", "-e"]);
        command.arg(self.folder.join("enter")).arg(&self.folder).args([user, home]);
        command.arg("PATH=/usr/sbin:/usr/bin:/sbin:/bin");
        command.args(variables).args(program);
        command
    }

    /// Returns the names and checksums of the files in a folder of the system.
    fn files_in(&self, folder: &str) -> Result<String> {
        let list = "find . -type f -exec sha256sum {} + | sort --key 2";
        process::read(Command::new("sh").args(["-ec", list]).current_dir(self.path(folder)))
    }
}

/// A screen in memory, and what it shows.
struct Screen {
    name: String,
    _server: Running,
}

impl Screen {
    fn start() -> Result<Self> {
        let mut server = Command::new("Xvfb");
        server.args(["-noreset", "-nolisten", "tcp", "-ac", "-displayfd", "1"]);
        server.args(["-screen", "0", "1280x900x24"]).stdout(Stdio::piped());
        let mut server = Running(server.spawn()?);
        let mut number = String::new();
        let output = server.0.stdout.take().ok_or("Xvfb has no output")?;
        BufReader::new(output).read_line(&mut number)?;
        Ok(Self { name: format!(":{}", number.trim()), _server: server })
    }

    /// Starts a program as the user, and waits for a window with this title.
    fn open(&self, system: &System, program: &[&str], title: &str) -> Result<(Running, String)> {
        let display = format!("DISPLAY={}", self.name);
        let mut start = system.as_user(&[&display], program);
        let program = Running(start.spawn()?);
        let search = ["search", "--sync", "--onlyvisible", "--name", title];
        let window = process::read(&mut self.act(&search))?;
        Ok((program, window))
    }

    /// Opens a window, quits with the keyboard, and waits until the program ends.
    fn open_and_quit(&self, system: &System, program: &str, title: &str) -> Result<()> {
        let (mut program, window) = self.open(system, &[program], title)?;
        process::read(&mut self.act(&["windowfocus", &window, "key", "ctrl+q"]))?;
        let ended = program.0.wait()?;
        expect(ended.success(), &ended.to_string())
    }

    /// Returns a command that acts on the screen, and ends if there is nothing to act on.
    fn act(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("timeout");
        command.args(["60", "xdotool"]).args(arguments).env("DISPLAY", &self.name);
        command
    }
}

/// A program that ends when this value is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended before.
        let _ended = self.0.kill();
        let _waited = self.0.wait();
    }
}

fn expect(holds: bool, otherwise: &str) -> Result<()> {
    match holds {
        true => Ok(()),
        false => Err(otherwise.into()),
    }
}
