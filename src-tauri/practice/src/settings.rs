//! What the one who starts a practice mode chooses, and the addresses they get back.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// How to start a practice mode.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Ids, people and keys follow from it. A kept world keeps the seed that it began with.
    pub seed: u64,
    /// The loopback port to listen on; 0 takes any free one.
    pub port: u16,
    /// AWS calls answered per second before a `ThrottlingException`; `None` is no limit.
    pub rate_limit: Option<u32>,
    /// So many users more than a world begins with: `person0@example.com` and so on.
    pub further_users: u32,
    /// The folder in which the world is kept, so that it survives a restart; `None` keeps nothing.
    pub state: Option<PathBuf>,
    /// Which inferred facts are false in this world.
    pub switches: Switches,
}

/// Makes false what is only inferred about AWS and nOps, each on its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switches {
    /// The token in an application's links can't be worked out from its ARN.
    pub opaque_tokens: bool,
    /// The metadata link answers with an error.
    pub metadata_unreachable: bool,
    /// `ListApplications` leaves out applications that were made in the console.
    pub application_not_listed: bool,
    /// Assignments of SAML applications can't be made or removed through the API.
    pub assignment_refused: bool,
    /// nOps shows its addresses only after the first save.
    pub addresses_after_first_save: bool,
    /// nOps's sign-in addresses are on another host than `app.nops.io`.
    pub other_nops_host: bool,
    /// The portal signs the assertion and leaves the response unsigned.
    pub sign_assertion_only: bool,
    /// Shift+click on a tile does the same as a click.
    pub no_shift_click: bool,
    /// An application's certificate carries another name, and is valid for another time, than AWS's do.
    pub other_certificate: bool,
    /// An application's metadata says the same in another order and dress.
    pub other_metadata: bool,
    /// `${user:subject}` is a user's id instead of the user name.
    pub subject_is_user_id: bool,
    /// The id in nOps's sign-in addresses is no UUID.
    pub other_tenant: bool,
    /// nOps asks for no particular NameID format.
    pub any_name_id_format: bool,
    /// nOps lets people in at their first sign-in, without a mail to confirm.
    pub no_confirmation_mail: bool,
    /// `ListApplications` tells SAML applications set up by hand by another provider than `custom-saml`.
    pub other_provider: bool,
    /// An application's sign-in link is on the dual-stack host, its issuer is not.
    pub dual_stack_links: bool,
    /// Deep links into the console end at its entry pages.
    pub no_deep_links: bool,
    /// Users come from a directory outside, whose issuer is none of `scim.aws.com`.
    pub other_scim_issuer: bool,
    /// The organization's instance is owned by another account than the management account.
    pub other_instance_owner: bool,
    /// nOps's settings have no tab SSO until nOps support has switched it on.
    pub sso_entry_missing: bool,
    /// *Enable SSO Login* ends every sign-in to nOps by password, at once.
    pub sso_at_once: bool,
    /// A sign-in of a program through the browser is good for five minutes, and can't be renewed.
    pub short_sign_in: bool,
    /// nOps compares the addresses in a response as a whole.
    pub exact_addresses: bool,
    /// nOps wants the assertion itself to be signed.
    pub assertion_must_be_signed: bool,
}

/// Where a running practice mode answers. The names up to `nops_api` are those of the line of
/// JSON that the `practice` command prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Addresses {
    /// The endpoint of every AWS API: point any AWS SDK at it.
    pub aws_endpoint: String,
    /// The IAM Identity Center console.
    pub console: String,
    /// The AWS access portal's sign-in page.
    pub portal: String,
    /// The folder of the metadata links; a link's token goes behind it.
    pub metadata: String,
    /// The SSO settings of the nOps organization.
    pub nops: String,
    /// nOps's public API.
    pub nops_api: String,
    /// Every mail that this world has sent.
    pub mailbox: String,
    /// The primary Region.
    pub region: String,
    /// The management account.
    pub account_id: String,
    /// An access key that the AWS API accepts, as it accepts any other.
    pub access_key_id: String,
    /// The secret that belongs to `access_key_id`.
    pub secret_access_key: String,
    /// The port of the last start, where another program has it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<u16>,
}

impl Addresses {
    /// The access portal's real-shaped link, `https://d-xxxxxxxxxx.awsapps.com/start`.
    pub fn portal_link(&self) -> String {
        let rest = self.portal.split_once("/at/").map(|(_, rest)| rest);
        format!("https://{}", rest.unwrap_or_default())
    }
}
