//! Facts in, findings out: the set-up of AWS IAM Identity Center as the SAML sign-in of nOps, without a window.
//!
//! Knowledge runs one way: `session → change → {identity_center, nops, store, vault} → setup → saml → names`.
//! `names`, `saml`, `setup` and `report` do no IO; the others do IO and decide nothing.

pub mod identity_center;
pub mod people;
pub mod reach;
pub mod session;
pub mod setup;
pub mod store;
pub mod vault;
