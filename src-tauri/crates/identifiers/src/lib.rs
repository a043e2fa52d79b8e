//! The field's value types: accounts, Regions, ARNs, ids, links and addresses.
//!
//! Each type can only hold text of the right shape, is shown and stored as exactly that text, and
//! knows nothing about setups. [`link`] says what any pasted link or ARN is.

mod access_portal;
mod account;
mod arn;
mod email;
pub mod link;
mod parse_error;
mod portal;
mod region;
mod tenant;

pub use access_portal::AccessPortal;
pub use account::AccountId;
pub use arn::{ApplicationArn, IdentityStoreId, InstanceArn};
pub use email::{EmailAddress, EmailDomain};
pub use parse_error::ParseError;
pub use portal::{HostFamily, PortalHost, PortalLinks, PortalToken};
pub use region::{Partition, Region};
pub use tenant::OrganizationId;
