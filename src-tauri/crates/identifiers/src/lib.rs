//! Value types: accounts, Regions, ARNs, IDs, links, addresses and denied requests.
//!
//! Each type accepts only well-formed text, and is displayed and stored exactly as given. [`link`]
//! identifies any pasted link or ARN.

mod access_denied;
mod access_key;
mod access_portal;
mod account;
mod arn;
mod email;
pub mod link;
mod parse_error;
mod portal;
mod region;
mod tenant;

pub use access_denied::{AccessDenied, DenialCause};
pub use access_key::{AccessKeyError, AccessKeys, is_access_key_id, is_temporary};
pub use access_portal::AccessPortal;
pub use account::AccountId;
pub use arn::{ApplicationArn, IdentityStoreId, InstanceArn};
pub use email::{EmailAddress, EmailDomain, is_local_part, without_addresses};
pub use parse_error::ParseError;
pub use portal::{HostFamily, PortalHost, PortalLinks, PortalToken};
pub use region::{Partition, Region};
pub use tenant::OrganizationId;
