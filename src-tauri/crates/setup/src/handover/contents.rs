//! What a handover contains.

use identifiers::without_addresses;

use crate::{FactValue, Field, Side, input};

/// AWS's page has room for far fewer attribute mappings.
const MOST_ROWS: usize = 1000;

/// Which handovers contain a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    /// Both administrators need the value.
    Both,
    /// Only the AWS administrator needs the value.
    AwsOnly,
    /// The value names people, so the sender has to choose to include it.
    Personal,
    /// The value is about this computer, its user or a certificate rotation, or the colleague's app
    /// asks AWS for it.
    None,
}

/// Returns which handovers contain `field`.
pub fn contents(field: Field) -> Contents {
    use Field::*;
    match field {
        AwsAccountId
        | AwsRegion
        | IdentityStoreId
        | AccessPortalUrl
        | SpAcsUrl
        | SpEntityId
        | SpLoginUrl
        | AddressesNotYet
        | NopsMetadataEntityId
        | NopsMetadataAcsUrl
        | NopsMetadataNameIdFormat
        | AdminSignedIn
        | AdminPassword
        | AwsDisplayName
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
        | SubjectMapping
        | AttributeMappings
        | DryRun
        | DryRunUnsupported
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
        | TestFromPortal
        | TestFromNops
        | ConfirmationMail
        | PeopleAdded
        | PeopleSkipped
        | NopsTeamChecked => Contents::Both,
        InstanceArn | IdentitySource | Group | PeopleNeededBy | NewPeoplePassword => {
            Contents::AwsOnly
        }
        RecoveryAdministrator | Tester | NopsTeam => Contents::Personal,
        AwsCaller
        | OrganizationId
        | OrganizationFeatures
        | ManagementAccountId
        | DelegatedAdministrators
        | InstanceKind
        | InstanceStatus
        | InstanceKmsKey
        | AwsOtherRegions
        | AwsUnseenRegions
        | UserCount
        | UsersNamedOtherwise
        | UsersWithoutEmail
        | PortalCertificateIssuer
        | DeniedActions
        | BlockedActions
        | NopsLikeApplications
        | NopsAskedHost
        | ConfigurationSaved
        | MappingsSaved
        | TesterUserId
        | TesterAssigned
        | TesterPassword
        | TesterSignedIn
        | TesterSignInFailed
        | ApplicationOpened
        | NopsApiClient
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
        | RotationFinished => Contents::None,
    }
}

/// Returns whether a setup could have this value: no field takes longer text, and only documents and
/// lists have several lines.
pub(super) fn is_plausible(field: Field, value: &FactValue) -> bool {
    use Field::*;
    match value {
        FactValue::Text(text) => match field {
            IdpCertificate | IdpMetadata | IdpMetadataFetched | NopsX509 | NopsTeam => {
                text.len() <= input::LONGEST_DOCUMENT
            }
            _ => text.len() <= input::LONGEST && !text.contains(char::is_control),
        },
        FactValue::Mappings(rows) => field == AttributeMappings && rows.len() <= MOST_ROWS,
        FactValue::Event(_) | FactValue::Result(_) => true,
    }
}

/// Returns whether a handover to the administrator of the side `to` contains `field`.
pub(super) fn includes(field: Field, to: Side, personal_data: bool) -> bool {
    match contents(field) {
        Contents::Both => true,
        Contents::AwsOnly => to == Side::Aws,
        Contents::Personal => personal_data,
        Contents::None => false,
    }
}

/// Returns whether the value contains an email address. Any text that the user types may contain
/// one.
pub(super) fn contains_address(value: &FactValue) -> bool {
    texts(value).iter().any(|text| without_addresses(text) != **text)
}

/// Returns all texts in a value.
pub(super) fn texts(value: &FactValue) -> Vec<&str> {
    match value {
        FactValue::Text(text) => vec![text],
        FactValue::Mappings(rows) => {
            rows.iter().flat_map(|row| [&*row.attribute, &*row.value, &*row.format]).collect()
        }
        FactValue::Result(result) => {
            let response = result.response.as_deref();
            response.into_iter().chain([result.depends_on.as_str()]).collect()
        }
        FactValue::Event(event) => vec![&event.detail],
    }
}
