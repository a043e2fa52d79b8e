//! A setup's fields: all values on both sides, and what AWS reports.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::Step;

#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    Type,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Side {
    /// AWS: its console, its access portal and its API.
    Aws,
    /// nOps: its settings page.
    Nops,
}

impl Side {
    pub fn other(self) -> Self {
        match self {
            Self::Aws => Self::Nops,
            Self::Nops => Self::Aws,
        }
    }
}

/// What a fact is about, and where it's shown. The label is the message `field-<name>`, spelled as
/// in the console.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    Type,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Field {
    /// The account that the credentials belong to, or the account in the links.
    AwsAccountId,
    /// The ARN that *GetCallerIdentity* returned.
    AwsCaller,
    /// The organization's ID, `o-…`.
    OrganizationId,
    /// The organization's feature set: `ALL` or `CONSOLIDATED_BILLING`.
    OrganizationFeatures,
    ManagementAccountId,
    /// The delegated administrator accounts of Identity Center, separated by spaces. Empty if there
    /// are none.
    DelegatedAdministrators,
    /// The Identity Center instance. Empty if there is none.
    InstanceArn,
    /// `organization` or `account`.
    InstanceKind,
    /// The instance's status from AWS. `ACTIVE` means that the instance can be used.
    InstanceStatus,
    /// The instance's customer managed KMS key, if the instance has one.
    InstanceKmsKey,
    /// The instance's identity store, `d-…`.
    IdentityStoreId,
    /// The primary Region of the Identity Center instance.
    AwsRegion,
    /// The instance's additional Regions, separated by spaces.
    AwsOtherRegions,
    /// The instance's Regions whose applications AWS didn't list, separated by spaces.
    AwsUnseenRegions,
    /// `directory`, `scim` or `active_directory`.
    IdentitySource,
    AccessPortalUrl,
    UserCount,
    /// The number of users whose user name isn't an email address.
    UsersNamedOtherwise,
    /// The number of users without a primary email address.
    UsersWithoutEmail,
    /// The issuer of the certificate that the AWS access portal presents on this network.
    PortalCertificateIssuer,
    /// Actions that AWS denied because a permission is missing, separated by spaces.
    DeniedActions,
    /// Why AWS denied other actions, as a JSON list of causes. Adding permissions doesn't fix
    /// these.
    BlockedActions,
    /// The names of applications that might be nOps, one per line.
    NopsLikeApplications,

    /// nOps's assertion consumer service URL, `…/?acs`.
    SpAcsUrl,
    /// nOps's entity ID, `…/metadata`.
    SpEntityId,
    /// nOps's *Shareable Link for IDP Login*.
    SpLoginUrl,
    /// nOps doesn't show its addresses yet (`true`).
    AddressesNotYet,
    /// The host of nOps's addresses, if the user allowed the app to send requests to it.
    NopsAskedHost,
    /// The Entity ID in nOps's own metadata.
    NopsMetadataEntityId,
    /// The ACS URL in nOps's own metadata.
    NopsMetadataAcsUrl,
    /// The NameID format in nOps's own metadata.
    NopsMetadataNameIdFormat,
    /// A nOps administrator stays signed in (`true`).
    AdminSignedIn,
    /// Whether that administrator has a working password (`true` or `false`).
    AdminPassword,
    /// An administrator outside the domain who can still sign in with a password.
    RecoveryAdministrator,

    AwsDisplayName,
    ApplicationArn,
    /// The Region in which the application and its assignments are managed.
    ApplicationRegion,
    /// The application's name, as AWS reports it.
    ApplicationName,
    /// `ENABLED`, `DISABLED`, or `GONE` if AWS no longer lists the application.
    ApplicationStatus,
    /// `saml`, `oauth` or `catalog`.
    ApplicationKind,
    /// Whether users see the application in the access portal: `ENABLED` or `DISABLED`.
    ApplicationVisibility,
    /// The user chose *Submit* on AWS's *Configure application* page (`true`). The application's
    /// links and certificate exist even before that.
    ApplicationSubmitted,
    /// Any link of the application that the user pasted.
    IdpLink,
    /// *IAM Identity Center SAML issuer URL*.
    IdpEntityId,
    /// *IAM Identity Center sign-in URL*.
    IdpSsoUrl,
    /// *IAM Identity Center SAML metadata* link.
    IdpMetadataUrl,
    /// Metadata that the user dropped or pasted (XML).
    IdpMetadata,
    /// Metadata that we fetched from AWS (XML).
    IdpMetadataFetched,
    /// A certificate that the user dropped or pasted (PEM).
    IdpCertificate,
    /// *Application ACS URL* as entered in AWS.
    AwsAcsUrl,
    /// *Application SAML audience* as entered in AWS.
    AwsAudience,
    /// AWS logged that the application's configuration was saved, and who saved it.
    ConfigurationSaved,

    /// The value of the Subject row: `${user:email}` or `${user:subject}`.
    SubjectMapping,
    /// The attribute mappings as AWS shows them.
    AttributeMappings,
    /// AWS logged that the attribute mappings were saved, and who saved them.
    MappingsSaved,

    /// The tester's user name or email address in Identity Center.
    Tester,
    /// The tester's user ID in the identity store.
    TesterUserId,
    /// `assigned` if AWS lists the tester for the application, `through_group` if AWS lists one of
    /// the tester's groups, or else `unassigned`.
    TesterAssigned,
    /// Whether the tester can sign in to the access portal (`true` or `false`).
    TesterPassword,
    /// AWS logged that the tester signed in, and with which credentials.
    TesterSignedIn,
    /// AWS logged that a sign-in of the tester failed, and with which credential.
    TesterSignInFailed,
    /// The result of checking the response from *Copy XML*.
    DryRun,
    /// *Copy XML* isn't supported on this computer (`true`).
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
    /// nOps saved the settings (`true`) or showed an error (`false`).
    NopsSaved,
    /// The endpoint that nOps saved. nOps's Shareable Link redirects to this endpoint.
    NopsSavedEndpoint,

    /// *Issuer* in nOps's own request.
    RequestIssuer,
    /// *AssertionConsumerServiceURL* in nOps's own request.
    RequestAcsUrl,
    /// The NameID format in nOps's own request. Empty if the request has none.
    RequestNameIdFormat,
    /// AWS logged that the tester opened the application.
    ApplicationOpened,
    /// The result of the sign-in test from the AWS access portal.
    TestFromPortal,
    /// The result of the sign-in test from nOps, with the Shareable Link.
    TestFromNops,
    /// Whether the tester clicked the link in the confirmation email (`true` or `false`).
    ConfirmationMail,

    /// The group's name, as entered.
    Group,
    /// Everyone on the list is in the group, and the group is assigned (`true`). Either AWS
    /// reported this, or the user did it manually.
    PeopleAdded,
    /// The user chose to skip step 9 (`true`).
    PeopleSkipped,
    /// The date by which the people must be added in the other system, as entered by the user.
    PeopleNeededBy,
    /// The email addresses of the nOps team's members, one per line.
    NopsTeam,
    /// The user checked, without a list, that *Enforce* doesn't lock out any member of the nOps
    /// team (`true`).
    NopsTeamChecked,
    /// How new users get a password: `email_otp`, `reset` or `console`.
    NewPeoplePassword,
    /// The name of the client whose nOps API key was checked.
    NopsApiClient,

    /// The certificate that a rotation replaces (PEM). It's known while a rotation is under way, and
    /// afterward.
    OldCertificate,
    /// The new certificate that the user downloaded from *Manage certificate* (PEM).
    NewCertificate,
    /// The new certificate that the user compared with AWS's page (SHA-256).
    ComparedCertificate,
    /// The certificate that the user pasted into nOps's form but might not have saved (SHA-256).
    NopsFormCertificate,
    /// The certificate that is saved in nOps, according to the user (PEM).
    NopsCertificate,
    /// The certificate that AWS signs with (SHA-256): the user set it as active, or the dry run
    /// showed it.
    ActiveCertificate,
    /// A nOps administrator is signed in before the certificate is replaced (`true`).
    GapAdminSignedIn,
    /// The recovery administrator can sign in before the certificate is replaced (`true`).
    GapRecoveryReady,
    /// When the user plans to replace the certificate (RFC 3339).
    GapPlannedAt,
    /// The user deleted the old certificate in AWS (`true`).
    OldCertificateDeleted,
    /// The certificate of the last finished rotation (SHA-256).
    RotationFinished,
}

impl Field {
    /// Returns the field's name in the values document and the message catalog, such as
    /// `sp_acs_url`.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Returns the field on the other side that this field is copied from.
    pub fn origin(self) -> Option<Self> {
        match self {
            Self::AwsAcsUrl => Some(Self::SpAcsUrl),
            Self::AwsAudience => Some(Self::SpEntityId),
            Self::NopsIssuerUrl => Some(Self::IdpEntityId),
            Self::NopsSsoEndpoint | Self::NopsSavedEndpoint => Some(Self::IdpSsoUrl),
            Self::NopsX509 => Some(Self::IdpCertificate),
            _ => None,
        }
    }

    /// Returns whether the user copies this value from a page in AWS or nOps to compare it. To fix
    /// the value, the user changes it on that page and copies it again.
    pub fn is_seen_on_page(self) -> bool {
        let is_copy = self.origin().is_some() && self != Self::NopsSavedEndpoint;
        is_copy || self == Self::AttributeMappings
    }

    /// Returns the side whose page shows the value.
    pub fn side(self) -> Side {
        use Field::*;
        match self {
            SpAcsUrl
            | SpEntityId
            | SpLoginUrl
            | AddressesNotYet
            | NopsAskedHost
            | NopsMetadataEntityId
            | NopsMetadataAcsUrl
            | NopsMetadataNameIdFormat
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
            | NopsSavedEndpoint
            | RequestIssuer
            | RequestAcsUrl
            | RequestNameIdFormat
            | TestFromNops
            | ConfirmationMail
            | NopsTeam
            | NopsTeamChecked
            | NopsApiClient
            | NopsFormCertificate
            | NopsCertificate
            | GapAdminSignedIn
            | GapRecoveryReady
            | GapPlannedAt => Side::Nops,
            _ => Side::Aws,
        }
    }

    /// Returns the step that shows the value.
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
            | AwsUnseenRegions
            | IdentitySource
            | AccessPortalUrl
            | UserCount
            | PortalCertificateIssuer
            | DeniedActions
            | BlockedActions
            | NopsLikeApplications
            | NopsApiClient => Step::Connect,
            SpAcsUrl
            | SpEntityId
            | SpLoginUrl
            | AddressesNotYet
            | NopsAskedHost
            | NopsMetadataEntityId
            | NopsMetadataAcsUrl
            | NopsMetadataNameIdFormat
            | AdminSignedIn
            | AdminPassword
            | RecoveryAdministrator => Step::Addresses,
            AwsDisplayName
            | ApplicationArn
            | ApplicationRegion
            | ApplicationName
            | ApplicationStatus
            | ApplicationKind
            | ApplicationVisibility
            | ApplicationSubmitted
            | IdpLink
            | IdpEntityId
            | IdpSsoUrl
            | IdpMetadataUrl
            | IdpMetadata
            | IdpMetadataFetched
            | IdpCertificate
            | AwsAcsUrl
            | AwsAudience
            | ConfigurationSaved => Step::Application,
            SubjectMapping | AttributeMappings | MappingsSaved | UsersNamedOtherwise
            | UsersWithoutEmail => Step::Mappings,
            Tester | TesterUserId | TesterAssigned | TesterPassword | TesterSignedIn
            | TesterSignInFailed | DryRun | DryRunUnsupported => Step::DryRun,
            NopsSsoType | NopsIssuerUrl | NopsSsoEndpoint | NopsX509 | NopsDefaultRole
            | NopsGroupMapping | NopsSaved | NopsSavedEndpoint => Step::Details,
            RequestIssuer | RequestAcsUrl | RequestNameIdFormat | ApplicationOpened
            | TestFromPortal | TestFromNops | ConfirmationMail => Step::SignInTests,
            Group | PeopleAdded | PeopleSkipped | NewPeoplePassword | PeopleNeededBy => {
                Step::People
            }
            NopsDomain
            | NopsEnforce
            | NopsTeam
            | NopsTeamChecked
            | OldCertificate
            | NewCertificate
            | ComparedCertificate
            | NopsFormCertificate
            | NopsCertificate
            | ActiveCertificate
            | GapAdminSignedIn
            | GapRecoveryReady
            | GapPlannedAt
            | OldCertificateDeleted
            | RotationFinished => Step::Finish,
        }
    }
}
