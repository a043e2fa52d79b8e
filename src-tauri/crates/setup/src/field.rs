//! Where a value lives: every place on either side, and what we learn about AWS.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::Step;

/// One of the two sides of a setup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// AWS: its console, its access portal, its API.
    Aws,
    /// nOps: its settings page.
    Nops,
}

/// What a fact is about, and where it lives. Labels are in the catalogue under `field-<name>`,
/// in the consoles' own words.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The account whose credentials we use, or that the links name.
    AwsAccountId,
    /// The ARN that answered GetCallerIdentity.
    AwsCaller,
    /// The organization's id, `o-…`.
    OrganizationId,
    /// The organization's feature set: `ALL` or `CONSOLIDATED_BILLING`.
    OrganizationFeatures,
    /// The organization's management account.
    ManagementAccountId,
    /// The accounts that administer Identity Center by delegation, separated by spaces; empty for none.
    DelegatedAdministrators,
    /// The Identity Center instance.
    InstanceArn,
    /// `organization` or `account`.
    InstanceKind,
    /// The instance's status as AWS gives it, `ACTIVE` when usable.
    InstanceStatus,
    /// The customer's own KMS key of the instance, where it has one.
    InstanceKmsKey,
    /// The identity store behind the instance, `d-…`.
    IdentityStoreId,
    /// The instance's primary Region.
    AwsRegion,
    /// Further Regions of the instance, separated by spaces.
    AwsOtherRegions,
    /// `directory`, `scim` or `active_directory`.
    IdentitySource,
    /// The AWS access portal.
    AccessPortalUrl,
    /// How many users the identity store has.
    UserCount,
    /// How many of them have a user name that is no email address.
    UsersNamedOtherwise,
    /// How many of them have no primary email address.
    UsersWithoutEmail,
    /// Who issued the certificate that is shown for the AWS access portal on this network.
    PortalCertificateIssuer,
    /// Actions AWS refused, separated by spaces.
    DeniedActions,
    /// Names of applications that look like nOps, one a line.
    NopsLikeApplications,

    /// nOps's assertion consumer service, `…/?acs`.
    SpAcsUrl,
    /// nOps's entity id, `…/metadata`.
    SpEntityId,
    /// nOps's Shareable Link for IDP Login.
    SpLoginUrl,
    /// nOps shows no addresses yet (`true`).
    AddressesNotYet,
    /// A nOps administrator stays signed in (`true`).
    AdminSignedIn,
    /// That administrator has a password that works (`true`).
    AdminPassword,
    /// An administrator outside the domain who keeps a password.
    RecoveryAdministrator,

    /// The display name to enter in AWS.
    AwsDisplayName,
    /// The description to enter in AWS.
    AwsDescription,
    /// The application's ARN.
    ApplicationArn,
    /// The application's name as AWS lists it.
    ApplicationName,
    /// `ENABLED` or `DISABLED`.
    ApplicationStatus,
    /// `saml`, `oauth` or `catalogue`.
    ApplicationKind,
    /// Whether the access portal shows its tile: `ENABLED` or `DISABLED`.
    ApplicationVisibility,
    /// One link of the application, whichever the person brought.
    IdpLink,
    /// *IAM Identity Center SAML issuer URL*.
    IdpEntityId,
    /// *IAM Identity Center sign-in URL*.
    IdpSsoUrl,
    /// *IAM Identity Center SAML metadata* link.
    IdpMetadataUrl,
    /// Metadata that a person dropped or pasted (XML).
    IdpMetadata,
    /// Metadata that we fetched from AWS (XML).
    IdpMetadataFetched,
    /// A certificate that a person dropped or pasted (PEM).
    IdpCertificate,
    /// *Application ACS URL* as typed in AWS.
    AwsAcsUrl,
    /// *Application SAML audience* as typed in AWS.
    AwsAudience,

    /// What the Subject row maps to: `${user:email}` or `${user:subject}`.
    SubjectMapping,
    /// The attribute mappings as AWS shows them.
    AttributeMappings,

    /// The tester: user name or email address in Identity Center.
    Tester,
    /// The tester's user id in the identity store.
    TesterUserId,
    /// `assigned` when AWS lists the tester for the application, `through_group` when it lists a group that the
    /// tester is in, else `unassigned`.
    TesterAssigned,
    /// The tester can sign in to the portal (`true`).
    TesterPassword,
    /// The result on the response that *Copy XML* gave.
    DryRun,
    /// *Copy XML* is not supported on this computer (`true`).
    DryRunUnsupported,

    /// *Select SSO Type* in nOps.
    NopsSsoType,
    /// *Issuer URL (entityId)* as nOps shows it.
    NopsIssuerUrl,
    /// *SAML 2.0 Endpoint (HTTP)* as nOps shows it.
    NopsSsoEndpoint,
    /// *X.509 Certificate* as nOps shows it.
    NopsX509,
    /// *Default role* in nOps.
    NopsDefaultRole,
    /// *Set nOps role based on SAML group* (`true` or `false`).
    NopsGroupMapping,
    /// *Domain* in nOps.
    NopsDomain,
    /// *Enforce SSO login for all domain users* (`true` or `false`).
    NopsEnforce,
    /// nOps has saved (`true`) or showed an error (`false`).
    NopsSaved,

    /// *Issuer* in nOps's own request.
    RequestIssuer,
    /// *AssertionConsumerServiceURL* in nOps's own request.
    RequestAcsUrl,
    /// The NameID format that nOps's own request asks for; empty where it asks for none.
    RequestNameIdFormat,
    /// The sign-in test from the AWS access portal.
    TestFromPortal,
    /// The sign-in test from nOps, with the Shareable Link.
    TestFromNops,
    /// The tester clicked the confirmation mail (`true`).
    ConfirmationMail,

    /// The group in Identity Center.
    Group,
    /// Everyone on the list is in the group, and the group is assigned (`true`): AWS was seen to say so, or
    /// the person added them by hand.
    PeopleAdded,
    /// The person skips step 9 (`true`).
    PeopleSkipped,
    /// The day by which whoever keeps the people elsewhere shall be done, as the person wrote it.
    PeopleNeededBy,
    /// The email addresses of the members of the nOps team, one a line.
    NopsTeam,
    /// How new people get a password: `email_otp`, `reset` or `console`.
    NewPeoplePassword,
    /// The nOps API key was checked; the value names the client.
    NopsApiClient,
}

impl Field {
    /// The field's name as in the values document and the catalogue, such as `sp_acs_url`.
    pub fn name(self) -> String {
        let mut name = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_ascii_uppercase() && !name.is_empty() {
                name.push('_');
            }
            name.push(letter.to_ascii_lowercase());
        }
        name
    }

    /// The field that this one repeats: what was copied to the other side reads there as it reads here.
    pub fn origin(self) -> Option<Self> {
        match self {
            Self::AwsAcsUrl => Some(Self::SpAcsUrl),
            Self::AwsAudience => Some(Self::SpEntityId),
            Self::NopsIssuerUrl => Some(Self::IdpEntityId),
            Self::NopsSsoEndpoint => Some(Self::IdpSsoUrl),
            Self::NopsX509 => Some(Self::IdpCertificate),
            _ => None,
        }
    }

    /// Whether a person enters what a page of AWS or nOps shows, to have it compared. It is changed on that
    /// page, and entered again.
    pub fn is_seen_on_page(self) -> bool {
        self == Self::AttributeMappings || self.origin().is_some()
    }

    /// The side on whose page the value stands.
    pub fn side(self) -> Side {
        use Field::*;
        match self {
            SpAcsUrl
            | SpEntityId
            | SpLoginUrl
            | AddressesNotYet
            | AdminSignedIn
            | AdminPassword
            | RecoveryAdministrator
            | NopsSsoType
            | NopsIssuerUrl
            | NopsSsoEndpoint
            | NopsX509
            | NopsDefaultRole
            | NopsGroupMapping
            | NopsDomain
            | NopsEnforce
            | NopsSaved
            | RequestIssuer
            | RequestAcsUrl
            | RequestNameIdFormat
            | TestFromNops
            | ConfirmationMail
            | NopsTeam
            | NopsApiClient => Side::Nops,
            _ => Side::Aws,
        }
    }

    /// The step in which a person meets the value.
    pub fn step(self) -> Step {
        use Field::*;
        match self {
            AwsAccountId
            | AwsCaller
            | OrganizationId
            | OrganizationFeatures
            | ManagementAccountId
            | DelegatedAdministrators
            | InstanceArn
            | InstanceKind
            | InstanceStatus
            | InstanceKmsKey
            | IdentityStoreId
            | AwsRegion
            | AwsOtherRegions
            | IdentitySource
            | AccessPortalUrl
            | UserCount
            | PortalCertificateIssuer
            | DeniedActions
            | NopsLikeApplications
            | NopsApiClient => Step::Connect,
            SpAcsUrl
            | SpEntityId
            | SpLoginUrl
            | AddressesNotYet
            | AdminSignedIn
            | AdminPassword
            | RecoveryAdministrator => Step::Addresses,
            AwsDisplayName
            | AwsDescription
            | ApplicationArn
            | ApplicationName
            | ApplicationStatus
            | ApplicationKind
            | ApplicationVisibility
            | IdpLink
            | IdpEntityId
            | IdpSsoUrl
            | IdpMetadataUrl
            | IdpMetadata
            | IdpMetadataFetched
            | IdpCertificate
            | AwsAcsUrl
            | AwsAudience => Step::Application,
            SubjectMapping | AttributeMappings | UsersNamedOtherwise | UsersWithoutEmail => {
                Step::Mappings
            }
            Tester | TesterUserId | TesterAssigned | TesterPassword | DryRun
            | DryRunUnsupported => Step::DryRun,
            NopsSsoType | NopsIssuerUrl | NopsSsoEndpoint | NopsX509 | NopsDefaultRole
            | NopsGroupMapping | NopsSaved => Step::Details,
            RequestIssuer | RequestAcsUrl | RequestNameIdFormat | TestFromPortal | TestFromNops
            | ConfirmationMail => Step::SignInTests,
            Group | PeopleAdded | PeopleSkipped | NewPeoplePassword | PeopleNeededBy => {
                Step::People
            }
            NopsDomain | NopsEnforce | NopsTeam => Step::Finish,
        }
    }
}
