//! The settings that practice mode starts with, and the addresses that it returns.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::aws::Permissions;

#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The seed for IDs, people and keys. A saved practice state keeps its original seed.
    pub seed: u64,
    /// The loopback port to listen on. A value of 0 means any free port.
    pub port: u16,
    /// The limit above which IAM Identity Center calls return a `ThrottlingException`. `None` means
    /// no limit.
    pub rate_limit: Option<RateLimit>,
    /// The number of users to add to the initial users, named `person0@example.com` and so on.
    pub further_users: u32,
    /// The initial state contains a setup that was made by hand and has three mistakes.
    pub made_by_hand: bool,
    /// The folder that stores the practice state, so that it survives a restart. With `None`,
    /// nothing is saved.
    pub state: Option<PathBuf>,
    /// The permissions of the AWS API's caller.
    pub permissions: Permissions,
    pub switches: Switches,
}

/// A rate limit for IAM Identity Center calls.
#[derive(Clone, Copy, Debug)]
pub struct RateLimit {
    /// The number of calls per second, for each Identity Store operation and for all sso-admin
    /// operations together.
    pub calls_per_second: u32,
    /// All these operations share one limit.
    pub is_shared: bool,
}

/// Options that change how AWS and nOps behave. Each switch makes one inferred (undocumented) fact
/// about AWS or nOps false, or turns on a feature that few organizations use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switches {
    /// The token in an application's links can't be derived from its ARN.
    pub opaque_tokens: bool,
    /// The metadata link returns an error.
    pub metadata_unreachable: bool,
    /// `ListApplications` omits applications created in the console.
    pub application_not_listed: bool,
    /// The API can't create or remove assignments of SAML applications.
    pub assignment_refused: bool,
    /// nOps shows its addresses only after the first time settings are saved.
    pub addresses_after_first_save: bool,
    /// nOps's sign-in addresses aren't on `app.nops.io`.
    pub other_nops_host: bool,
    /// The portal signs only the assertion, not the response.
    pub sign_assertion_only: bool,
    /// Shift-clicking a tile does the same as clicking it.
    pub no_shift_click: bool,
    /// An application's certificate has a different subject and validity period than AWS's
    /// certificates.
    pub other_certificate: bool,
    /// An application's metadata lists only the active certificate.
    pub active_certificate_only: bool,
    /// An application's metadata has the same content in another order and XML form.
    pub other_metadata: bool,
    /// `${user:subject}` is the user ID instead of the user name.
    pub subject_is_user_id: bool,
    /// The ID in nOps's sign-in addresses isn't a lowercase UUID with dashes.
    pub other_tenant: bool,
    /// nOps requests the *unspecified* NameID format.
    pub any_name_id_format: bool,
    /// nOps accepts a user's first sign-in without a confirmation email.
    pub no_confirmation_mail: bool,
    /// SAML applications that were set up manually have a provider other than `custom-saml`.
    pub other_provider: bool,
    /// An application's sign-in link is on the dual-stack host, but its issuer isn't.
    pub dual_stack_links: bool,
    /// An application's issuer is on the dual-stack host too, like its sign-in link.
    pub dual_stack_issuer: bool,
    /// A response is valid for five minutes, however long the session lasts.
    pub short_responses: bool,
    /// nOps checks a public API key's permissions first, so an unknown key gets status 403.
    pub permission_before_key: bool,
    /// Deep links into the console open only the entry pages.
    pub no_deep_links: bool,
    /// Users have an external ID whose issuer isn't `scim.aws.com`.
    pub other_scim_issuer: bool,
    /// The organization's instance is owned by an account other than the management account.
    pub other_instance_owner: bool,
    /// nOps's settings have no *SSO* tab until nOps support turns it on.
    pub sso_entry_missing: bool,
    /// *Enable SSO Login* blocks all password sign-ins to nOps immediately.
    pub sso_at_once: bool,
    /// An OIDC access token expires after five minutes and has no refresh token.
    pub short_sign_in: bool,
    /// nOps's Entity ID returns status 404.
    pub nops_metadata_missing: bool,
    /// nOps's Entity ID returns a web page.
    pub nops_metadata_is_web_page: bool,
    /// nOps's Entity ID responds only after five minutes.
    pub nops_metadata_late: bool,
    /// nOps's Shareable Link sets a cookie and redirects to itself before sign-in starts.
    pub nops_link_needs_cookie: bool,
    /// AWS doesn't allow the caller to look up CloudTrail events.
    pub events_denied: bool,
    /// CloudTrail has no events about IAM Identity Center in this Region.
    pub events_missing: bool,
    /// Events appear in CloudTrail only after one day.
    pub events_late: bool,
    /// CloudTrail events don't identify the user or the application, and have different members.
    pub other_event_form: bool,
    /// CloudTrail events about an application's settings don't contain the saved values.
    pub saved_values_hidden: bool,
    /// nOps requires a response's Destination and Recipient to match its address exactly.
    pub exact_addresses: bool,
    /// nOps requires a signature on the assertion itself.
    pub assertion_must_be_signed: bool,
    /// Identity Center is also enabled in the additional Region `eu-west-1`.
    pub additional_region: bool,
    /// Identity Center is also enabled in `eu-west-1`, but AWS denies all calls to that Region.
    pub additional_region_denied: bool,
    /// Identity Center is also enabled in `eu-west-1`, but `ListInstances` returns no Regions.
    pub regions_not_listed: bool,
    /// `ListApplications` doesn't return the Region where an application was created.
    pub created_from_missing: bool,
    /// The IDs of the instance and its applications aren't hexadecimal.
    pub alphanumeric_ids: bool,
    /// The console has no field for uploading a service provider's metadata.
    pub no_metadata_upload: bool,
    /// The organization is in China, in the Region `cn-north-1`.
    pub china: bool,
    /// The organization is in GovCloud, in the Region `us-gov-west-1`.
    pub government: bool,
    /// The organization is in the European Sovereign Cloud, in the Region `eusc-de-east-1`. The
    /// form of its access portal's address isn't documented.
    pub sovereign: bool,
    /// The access portal's address doesn't contain the directory ID and isn't at the usual host.
    pub other_portal_address: bool,
    /// AWS account access is granted through account access manager instead of permission sets.
    pub account_access_manager: bool,
    /// AWS denies all calls to account access manager.
    pub account_access_denied: bool,
}

impl Switches {
    pub fn has_dual_stack_links(&self) -> bool {
        self.dual_stack_links || self.dual_stack_issuer
    }

    pub fn has_additional_region(&self) -> bool {
        self.additional_region || self.additional_region_denied || self.regions_not_listed
    }
}

/// The addresses of a running practice server. The `practice` command prints the fields up to
/// `nops_api` in its JSON line, with the same names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Addresses {
    /// The endpoint of every AWS API, for any AWS SDK.
    pub aws_endpoint: String,
    pub console: String,
    /// The sign-in page of the AWS access portal.
    pub portal: String,
    /// The base address of metadata links. Appending a link's token gives the full link.
    pub metadata: String,
    /// The SSO settings page of the nOps organization.
    pub nops: String,
    pub nops_api: String,
    pub mailbox: String,
    pub region: String,
    pub account_id: String,
    /// An access key for the AWS API, which also accepts any other key.
    pub access_key_id: String,
    pub secret_access_key: String,
    /// The port from the last start, if another program is using that port now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<u16>,
}

impl Addresses {
    /// Returns the real form of the access portal's link, such as
    /// `https://d-xxxxxxxxxx.awsapps.com/start`.
    pub fn portal_link(&self) -> String {
        let rest = self.portal.split_once("/at/").map(|(_, rest)| rest);
        format!("https://{}", rest.unwrap_or_default())
    }
}
