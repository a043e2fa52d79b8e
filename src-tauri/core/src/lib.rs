//! Facts in, findings out: the setup of AWS IAM Identity Center as the SAML sign-in of nOps, without a window.
//!
//! Knowledge runs one way: `session → change → {identity_center, nops, store, vault} → setup → saml → names`.
//! `names`, `saml`, `setup`, `people` and `report` do no IO; the others do IO and decide nothing.

pub mod change;
pub mod credentials;
pub mod identity_center;
pub mod names;
pub mod nops;
pub mod people;
pub mod reach;
pub mod report;
pub mod saml;
pub mod session;
pub mod setup;
pub mod store;
pub mod vault;
pub mod words;
