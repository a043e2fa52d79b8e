//! `cargo xtask package`: builds the Linux packages. Debian's and RPM's own tools build them from
//! one folder with the files, and find the libraries that the program needs.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    Result, frontend,
    paths::SourceTree,
    prerequisites::{self, TO_PACKAGE},
    process, terminal,
};

/// The name of the program and of its packages.
pub const NAME: &str = "nops-sso-setup";

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The packages that the program needs besides the libraries it links: root certificates for HTTPS,
/// and what makes the desktop show its icon and open its files.
const DEPENDS: &str = "ca-certificates, hicolor-icon-theme, shared-mime-info";

/// The packages that the program can do without: a keychain, the program that opens the browser,
/// and the list of programs that open a type of file.
const RECOMMENDS: &str = "desktop-file-utils, gnome-keyring, xdg-utils";

/// The permissions of the program and of other files.
const PROGRAM: &str = "755";
const FILE: &str = "644";

/// The sources of the files in `/usr`, in the source tree, and their places.
const FILES: &[(&str, &str)] = &[
    ("icons/icon.svg", "share/icons/hicolor/scalable/apps/nops-sso-setup.svg"),
    ("src-tauri/packages/linux/copyright", "share/doc/nops-sso-setup/copyright"),
    (
        "src-tauri/packages/linux/nops-sso-setup.desktop",
        "share/applications/nops-sso-setup.desktop",
    ),
    ("src-tauri/packages/linux/nops-sso-setup.mime.xml", "share/mime/packages/nops-sso-setup.xml"),
    (
        "src-tauri/packages/linux/io.nops.sso-setup.metainfo.xml",
        "share/metainfo/io.nops.sso-setup.metainfo.xml",
    ),
];

/// The sources of the files in `/usr`, among the generated files, and their places.
const GENERATED: &[(&str, &str)] = &[
    ("nops-sso-setup.bash", "share/bash-completion/completions/nops-sso-setup"),
    ("nops-sso-setup.fish", "share/fish/vendor_completions.d/nops-sso-setup.fish"),
    ("_nops-sso-setup", "share/zsh/vendor-completions/_nops-sso-setup"),
    ("nops-sso-setup.cdx.json", "share/doc/nops-sso-setup/nops-sso-setup.cdx.json"),
    ("third-party-licenses.txt", "share/doc/nops-sso-setup/third-party-licenses.txt"),
];

/// Builds the program and its packages into `target/packages`.
pub fn package(tree: &SourceTree) -> Result<()> {
    let out = tree.built("packages");
    remove_folder(&out)?;
    let deb = deb(tree, &out)?;
    let rpm = rpm(tree, &out)?;
    fs::copy(out.join("generated/nops-sso-setup.cdx.json"), out.join("nops-sso-setup.cdx.json"))?;
    let files = [name(&deb), name(&rpm), "nops-sso-setup.cdx.json".to_owned()];
    let sums = process::read(Command::new("sha256sum").args(&files).current_dir(&out))?;
    fs::write(out.join("SHA256SUMS"), sums + "\n")?;
    terminal::announce(format_args!("Packages in {}", out.display()))?;
    for file in files {
        let size = fs::metadata(out.join(&file))?.len();
        terminal::print_line(format_args!("  {file:<40}{:>7.1} MB", size as f64 / 1e6))?;
    }
    Ok(())
}

/// Builds the program and the Debian package, and returns the package.
pub fn deb(tree: &SourceTree, out: &Path) -> Result<PathBuf> {
    prerequisites::set_up(&[TO_PACKAGE])?;
    frontend::build(tree)?;
    terminal::announce("Building the program, which takes many minutes")?;
    tree.run_cargo(&["build", "--release", "--workspace", "--bin", NAME])?;
    tree.run_cargo(&["build", "--workspace", "--example", "package_files"])?;
    terminal::announce("Building the packages")?;
    let generated = out.join("generated");
    process::run(Command::new(tree.program("examples/package_files")).arg(&generated))?;
    let staged = out.join("staged");
    stage(tree, &tree.built("release").join(NAME), &generated, &staged.join("usr"))?;
    build_deb(tree, &staged, out)
}

/// Copies all files of the packages to their places below `usr`.
fn stage(tree: &SourceTree, program: &Path, generated: &Path, usr: &Path) -> Result<()> {
    place(program, &usr.join("bin").join(NAME), PROGRAM)?;
    for (source, to) in FILES {
        place(&tree.path(source), &usr.join(to), FILE)?;
    }
    for size in [16, 32, 64, 128, 256] {
        let icon = tree.path(&format!("icons/{size}x{size}.png"));
        place(
            &icon,
            &usr.join(format!("share/icons/hicolor/{size}x{size}/apps/{NAME}.png")),
            FILE,
        )?;
    }
    for (source, to) in GENERATED {
        place(&generated.join(source), &usr.join(to), FILE)?;
    }
    let manual = usr.join("share/man/man1");
    for entry in fs::read_dir(generated)? {
        let page = entry?.path();
        if page.extension().is_some_and(|extension| extension == "1") {
            let page_name = page.file_name().unwrap_or_default();
            place(&page, &manual.join(page_name), FILE)?;
        }
    }
    // The folders of manuals and documents hold large texts compressed.
    let licenses = usr.join("share/doc").join(NAME).join("third-party-licenses.txt");
    let mut gzip = Command::new("gzip");
    gzip.args(["--best", "--no-name", "--recursive"]).arg(manual).arg(licenses);
    process::run(&mut gzip)?;
    check(usr)
}

/// Checks the files that the desktop reads, with the desktop's own tools.
fn check(usr: &Path) -> Result<()> {
    let entry = usr.join("share/applications/nops-sso-setup.desktop");
    process::run(Command::new("desktop-file-validate").arg(entry))?;
    let description = usr.join("share/metainfo/io.nops.sso-setup.metainfo.xml");
    let mut validate = Command::new("appstreamcli");
    process::run(validate.args(["validate", "--no-net"]).arg(description))
}

/// Copies a file with this mode, and creates its folder.
fn place(source: &Path, to: &Path, mode: &str) -> Result<()> {
    process::run(Command::new("install").args(["-D", "--mode", mode]).arg(source).arg(to))
}

fn build_deb(tree: &SourceTree, staged: &Path, out: &Path) -> Result<PathBuf> {
    let architecture = process::read(Command::new("dpkg").arg("--print-architecture"))?;
    let control = format!(
        "Package: {NAME}\nVersion: {VERSION}\nArchitecture: {architecture}\n\
         Maintainer: The authors of nOps SSO Setup <nops-sso-setup@example.com>\n\
         Installed-Size: {}\nDepends: {DEPENDS}, {}\nRecommends: {RECOMMENDS}\n\
         Section: admin\nPriority: optional\n\
         Description: Set up AWS IAM Identity Center as the sign-in of nOps\n \
         A wizard for cloud administrators. It shows the AWS and nOps pages next to\n \
         each other, with the value to copy and the field to fill, and finds mistakes\n \
         before anyone is locked out.\n",
        installed_kilobytes(staged)?,
        libraries(staged, out)?,
    );
    fs::create_dir_all(staged.join("DEBIAN"))?;
    fs::write(staged.join("DEBIAN/control"), control)?;
    let package = out.join(format!("{NAME}_{VERSION}_{architecture}.deb"));
    let mut build = Command::new("dpkg-deb");
    build.args(["--root-owner-group", "-Zxz", "-z9", "--build"]).arg(staged).arg(&package);
    if let Some(time) = commit_time(tree) {
        build.env("SOURCE_DATE_EPOCH", time);
    }
    process::run(&mut build)?;
    fs::remove_dir_all(staged.join("DEBIAN"))?;
    Ok(package)
}

/// Returns the time of the last commit, so that the same sources give the same package.
fn commit_time(tree: &SourceTree) -> Option<String> {
    process::output(
        Command::new("git").args(["log", "-1", "--format=%ct"]).current_dir(tree.path("")),
    )
}

/// Returns the packages with the libraries that the program links, and their oldest versions.
fn libraries(staged: &Path, out: &Path) -> Result<String> {
    // The tool reads the source package's control file, which only names the source here.
    let source = out.join("source");
    fs::create_dir_all(source.join("debian"))?;
    fs::write(
        source.join("debian/control"),
        format!("Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n"),
    )?;
    let program = staged.join("usr/bin").join(NAME);
    let mut find = Command::new("dpkg-shlibdeps");
    let found = process::read(find.arg("-O").arg(program).current_dir(&source))?;
    let libraries = found.trim().strip_prefix("shlibs:Depends=");
    Ok(libraries.ok_or("dpkg-shlibdeps found no libraries")?.to_owned())
}

fn installed_kilobytes(staged: &Path) -> Result<String> {
    let size =
        process::read(Command::new("du").args(["--summarize", "--block-size=1K"]).arg(staged))?;
    Ok(size.split_whitespace().next().unwrap_or_default().to_owned())
}

fn rpm(tree: &SourceTree, out: &Path) -> Result<PathBuf> {
    let build = out.join("rpm");
    let define = |name: &str, value: &str| format!("--define={name} {value}");
    process::run(
        Command::new("rpmbuild")
            .args(["-bb", "--quiet"])
            .arg(define("package_version", VERSION))
            .arg(define("staged", &out.join("staged").display().to_string()))
            .arg(define("_topdir", &build.display().to_string()))
            .arg(tree.path("src-tauri/packages/linux/nops-sso-setup.spec")),
    )?;
    let folder = build.join("RPMS").join(env::consts::ARCH);
    let file = format!("{NAME}-{VERSION}-1.{}.rpm", env::consts::ARCH);
    fs::copy(folder.join(&file), out.join(&file))?;
    Ok(out.join(file))
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Removes a folder, if it exists.
pub fn remove_folder(folder: &Path) -> Result<()> {
    match folder.exists() {
        true => Ok(fs::remove_dir_all(folder)?),
        false => Ok(()),
    }
}
