//! Runs a reader under libFuzzer. `cargo xtask fuzz` builds and runs this program with the required
//! flags.
//!
//! `READER` is the name of the reader. `SEEDS` is a folder, which is first filled with seed files.

#![no_main]

use std::{env, fs, path::Path, sync::LazyLock};

use acceptance::{Result, fuzz_targets::FuzzTarget};
use libfuzzer_sys::fuzz_target;

static TARGET: LazyLock<std::result::Result<&'static FuzzTarget, String>> =
    LazyLock::new(|| target().map_err(|error| error.to_string()));

fuzz_target!(
    init: assert_eq!(TARGET.as_ref().err(), None, "nothing to fuzz"),
    |bytes: &[u8]| {
        if let Ok(target) = &*TARGET {
            (target.read)(bytes);
        }
    }
);

fn target() -> Result<&'static FuzzTarget> {
    let name = env::var("READER")?;
    let target = FuzzTarget::named(&name).ok_or("unknown reader")?;
    let folder = env::var_os("SEEDS").ok_or("SEEDS isn't a folder")?;
    for (number, seed) in target.seeds()?.iter().enumerate() {
        fs::write(Path::new(&folder).join(number.to_string()), seed)?;
    }
    Ok(target)
}
