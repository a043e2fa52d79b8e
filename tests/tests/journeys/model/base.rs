//! A practice setup where all checks passed. Each sequence starts with a copy of this setup.

use std::{fs, path::PathBuf, sync::Arc};

use acceptance::{
    Result, ensure,
    harness::{Harness, copy_folder},
    steps,
};
use nops_sso_practice::Switches;
use serde_json::Value;
use setup::CopyableValue;
use tempfile::TempDir;

/// The folder of a setup that meets all conditions of *Ready to enforce*.
pub struct ReadySetupFolder {
    folder: TempDir,
    pub id: String,
    /// The line of text that shares the result of the setup's dry run.
    pub shared_result: String,
}

impl ReadySetupFolder {
    pub async fn make() -> Result<Arc<Self>> {
        let rig = Harness::start(Switches::default()).await?;
        let draft = steps::prepare_dry_run(&rig).await?;
        steps::dry_run(&rig, &draft).await?;
        let told = rig.wizard.text(CopyableValue::Verdict).await?;
        steps::fill_nops(&rig).await?;
        steps::run_sign_in_tests(&rig, &draft).await?;
        let view = steps::prepare_enforce(&rig).await?;
        ensure(view.enforcement.open, || format!("{:#?}", view.enforcement))?;
        let folder = memory()?;
        copy_folder(&rig.folder, folder.path())?;
        let shared_result = told.lines().last().unwrap_or_default().to_owned();
        Ok(Arc::new(Self { folder, id: view.id, shared_result }))
    }

    /// Copies the folder. If the system has a folder in memory, the copy is created there.
    pub fn copy(&self) -> Result<TempDir> {
        let home = memory()?;
        copy_folder(self.folder.path(), &home.path().join("setups"))?;
        Ok(home)
    }

    /// Edits the setup's file in the copied folder.
    pub fn edit(&self, home: &TempDir, edit: impl FnOnce(&mut Value)) -> Result<()> {
        let path = self.file(home);
        let mut setup = serde_json::from_slice(&fs::read(&path)?)?;
        edit(&mut setup);
        Ok(fs::write(path, serde_json::to_vec(&setup)?)?)
    }

    fn file(&self, home: &TempDir) -> PathBuf {
        home.path().join("setups").join(format!("{}.json", self.id))
    }
}

fn memory() -> Result<TempDir> {
    Ok(TempDir::new_in("/dev/shm").or_else(|_| TempDir::new())?)
}
