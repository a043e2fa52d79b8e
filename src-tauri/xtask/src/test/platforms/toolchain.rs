//! A compiler for Windows and macOS.
//!
//! rustup's targets aren't in Debian. `rustc-web`, which Debian keeps current for its browsers, comes
//! with the sources of the standard library, so this module compiles the library for both targets.
//! The compiler is unpacked into the target folder and not installed, because its package conflicts
//! with other Rust compilers.

use std::{fs, path::PathBuf, process::Command};

use super::wine;
use crate::{
    Result, build_cache, package::remove_folder, paths::SourceTree, prerequisites, process,
    terminal,
};

pub const WINDOWS: &str = "x86_64-pc-windows-gnu";
pub const MACOS: &str = "aarch64-apple-darwin";

/// The Debian packages of the compiler.
const COMPILER: &[&str] = &["rustc-web", "rust-web-clippy", "rust-web-src"];

/// The Python package with a C compiler that has the headers of macOS.
const ZIG: &str = "ziglang==0.15.2";

/// A package that depends on nothing, so that building it builds the standard library.
const EMPTY_PACKAGE: &str = "[package]\nname = \"empty\"\nedition = \"2024\"\n[workspace]\n";

/// A compiler for both targets, in a folder of its own.
pub struct Toolchain<'t> {
    tree: &'t SourceTree,
    folder: PathBuf,
}

impl<'t> Toolchain<'t> {
    fn path(&self, inside: &str) -> PathBuf {
        self.folder.join(inside)
    }

    /// Installs the compiler, the standard library for both targets, and the C compiler for macOS.
    pub fn install(tree: &'t SourceTree) -> Result<Self> {
        let toolchain = Self { tree, folder: tree.built("platforms") };
        let inputs = ["platforms/bcryptprimitives.c", "src/test/platforms/toolchain.rs"]
            .map(|file| tree.path("src-tauri/xtask").join(file));
        build_cache::update(&toolchain.path(".made-from"), &inputs, || {
            terminal::announce("Installing a compiler for Windows and macOS")?;
            remove_folder(&toolchain.folder)?;
            fs::create_dir_all(toolchain.path("sdk"))?;
            prerequisites::unpack(COMPILER, &toolchain.path("rust"))?;
            let environment = toolchain.path("venv");
            process::run(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
            let mut pip = Command::new(environment.join("bin/pip"));
            process::run(pip.args(["install", "--quiet", ZIG]))?;
            toolchain.build_std(WINDOWS)?;
            toolchain.build_std(MACOS)?;
            toolchain.build_startup_objects()?;
            wine::build_library(&inputs[0], &toolchain.folder)
        })?;
        Ok(toolchain)
    }

    /// Builds the standard library for a target and moves it to the compiler.
    fn build_std(&self, target: &str) -> Result<()> {
        let empty = self.path("empty");
        fs::create_dir_all(empty.join("src"))?;
        fs::write(empty.join("Cargo.toml"), EMPTY_PACKAGE)?;
        fs::write(empty.join("src/lib.rs"), "#![no_std]\n")?;
        let mut build = self.cargo(&["build", "--release", "--target", target]);
        build
            .arg("-Zbuild-std=std,panic_abort,panic_unwind,proc_macro,test")
            .env("RUSTC_BOOTSTRAP", "1")
            .env_remove("RUSTC_WORKSPACE_WRAPPER")
            .env("CARGO_TARGET_DIR", empty.join("target"))
            .current_dir(&empty);
        process::run(&mut build)?;
        let library = self.library(target);
        fs::create_dir_all(&library)?;
        for entry in fs::read_dir(empty.join("target").join(target).join("release/deps"))? {
            let file = entry?.path();
            let is_library = file.extension().is_some_and(|kind| kind == "rlib" || kind == "rmeta");
            let name = file.file_name().unwrap_or_default();
            if is_library && !name.to_string_lossy().starts_with("libempty-") {
                fs::copy(&file, library.join(name))?;
            }
        }
        Ok(fs::remove_dir_all(empty)?)
    }

    /// Builds the objects at both ends of each Windows program, which aren't part of a library.
    fn build_startup_objects(&self) -> Result<()> {
        for object in ["rsbegin", "rsend"] {
            let source = format!("rust/usr/lib/rustlib/src/rust/library/rtstartup/{object}.rs");
            let mut compiler = Command::new(self.path("rust/usr/bin/rustc"));
            self.set_environment(&mut compiler);
            compiler.args(["--target", WINDOWS, "--emit=obj", "-o"]);
            compiler.arg(self.library(WINDOWS).join(format!("{object}.o"))).arg(self.path(&source));
            process::run(compiler.env("RUSTC_BOOTSTRAP", "1"))?;
        }
        Ok(())
    }

    fn library(&self, target: &str) -> PathBuf {
        self.path("rust/usr/lib/rustlib").join(target).join("lib")
    }

    /// Returns a Cargo command for the whole workspace.
    pub fn workspace(&self, command: &str, target: &str, more: &[&str]) -> Command {
        let mut cargo = self.cargo(&[command, "--workspace", "--target", target]);
        cargo.args(more);
        cargo
    }

    /// Returns a Cargo command that compiles with this toolchain, with lints.
    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = self.tree.cargo(arguments);
        cargo.env("RUSTC_WORKSPACE_WRAPPER", self.path("rust/usr/bin/clippy-driver"));
        self.set_environment(&mut cargo);
        cargo
    }

    fn set_environment(&self, command: &mut Command) {
        let rust = self.path("rust/usr");
        let target = self.path("target");
        command
            .env("LD_LIBRARY_PATH", rust.join("lib/x86_64-linux-gnu"))
            .env("RUSTC", rust.join("bin/rustc"))
            .env("RUSTDOC", rust.join("bin/rustdoc"))
            .env("CARGO_TARGET_DIR", &target)
            .env("CC_x86_64_pc_windows_gnu", "x86_64-w64-mingw32-gcc-posix")
            .env("CXX_x86_64_pc_windows_gnu", "x86_64-w64-mingw32-g++-posix")
            .env("AR_x86_64_pc_windows_gnu", "x86_64-w64-mingw32-ar")
            .env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER", "x86_64-w64-mingw32-gcc-posix")
            .env("ZIG_PYTHON", self.path("venv/bin/python"))
            .env("CC_aarch64_apple_darwin", self.tree.path("src-tauri/xtask/platforms/zig-cc"))
            // Nothing is linked for macOS, so any archiver and an empty SDK are enough.
            .env("AR_aarch64_apple_darwin", "ar")
            .env("SDKROOT", self.path("sdk"));
        wine::set_environment(command, &self.folder, &target.join(WINDOWS).join("debug"));
    }
}
