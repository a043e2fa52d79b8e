//! stub
#![allow(missing_docs)]
#[derive(Debug)]
pub struct ApplyError;
#[derive(Debug)]
pub struct Plan;
#[derive(Debug)]
pub struct Reconciled;
#[derive(Debug)]
pub struct Undone;
#[derive(Debug)]
pub struct Journal;
#[derive(Default)]
pub struct Summary {
    pub applied: bool,
    pub interrupted: bool,
}
impl ApplyError {
    pub fn code(&self) -> &'static str {
        "x"
    }
}
impl Journal {
    pub fn open(_: std::path::PathBuf) -> Result<Self, ApplyError> {
        Ok(Journal)
    }
    pub fn summary(&self) -> Summary {
        Summary::default()
    }
}
