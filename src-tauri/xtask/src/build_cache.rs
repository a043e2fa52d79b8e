//! Writes stamp files, which record the inputs of a build step so that the step runs only when its
//! inputs have changed.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
};

use crate::Result;

/// Runs `build` and writes the stamp, unless the stamp already has the digest of these inputs.
pub fn update(stamp: &Path, inputs: &[PathBuf], build: impl FnOnce() -> Result<()>) -> Result<()> {
    let digest = digest(inputs)?;
    if fs::read_to_string(stamp).is_ok_and(|kept| kept == digest) {
        return Ok(());
    }
    build()?;
    Ok(fs::write(stamp, digest)?)
}

/// Returns a digest of the names and content of files and folders. A missing file is an input too.
fn digest(inputs: &[PathBuf]) -> io::Result<String> {
    let mut hasher = DefaultHasher::new();
    for input in inputs {
        add(input, &mut hasher)?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    path.file_name().hash(hasher);
    if path.is_dir() {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
        entries.sort();
        entries.len().hash(hasher);
        return entries.iter().try_for_each(|entry| add(entry, hasher));
    }
    match path.exists() {
        true => fs::read(path)?.hash(hasher),
        false => false.hash(hasher),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digest_depends_on_names_and_content() {
        let folder = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        fs::create_dir_all(folder.join("inner")).unwrap();
        let inputs = [folder.clone(), folder.join("nothing-here")];
        let mut seen = vec![digest(&inputs).unwrap()];
        for (file, content) in
            [("inner/a", "1"), ("inner/a", "2"), ("b", "2"), ("nothing-here", "")]
        {
            fs::write(folder.join(file), content).unwrap();
            let now = digest(&inputs).unwrap();
            assert!(!seen.contains(&now), "{file} = {content:?} changed nothing");
            assert_eq!(now, digest(&inputs).unwrap(), "the same files, the same digest");
            seen.push(now);
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
