//! The state of practice mode: plain, serializable data.
//!
//! Pages and API calls change the state through [`crate::state::AppState`]. Only [`store`] does
//! I/O. It saves the whole state to disk.

mod application;
mod event;
mod identifiers;
mod mail;
mod nops;
mod oidc_clients;
mod organization;
mod partition;
mod people;
mod seed;
mod session;
mod store;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::settings::Switches;

pub use self::{
    application::{Application, Identity, Mapping, Provider},
    event::{Actor, Event, EventLog, Service},
    mail::{Mail, MailLink},
    nops::{Confirmation, NopsOrganization, NopsSso, NopsUser, SentRequest},
    oidc_clients::{AccessRequest, AccessToken, OidcClients, REGISTRATION, Redirect, SignInAnswer},
    organization::{Instance, Organization},
    partition::Partition,
    people::{
        AccountAssignment, Assignment, Email, Group, Invitation, Membership, Principal,
        PrincipalKind, User,
    },
    session::{Session, SignedInUser},
    store::{Store, StoreError},
};

/// The password of all seeded users who have a password.
pub const PASSWORD: &str = "practice-1";
/// The instance's primary Region.
pub const REGION: &str = "us-east-1";
/// The instance's additional Region when [`Switches::has_additional_region`] is on.
pub const ADDITIONAL_REGION: &str = "eu-west-1";
pub const CONSOLE_HOST: &str = "us-east-1.console.aws.amazon.com";
pub const OIDC_HOST: &str = "oidc.us-east-1.amazonaws.com";
/// The host of the page where users enter or confirm a device code.
pub const DEVICE_HOST: &str = "device.sso.us-east-1.amazonaws.com";
pub const NOPS_HOST: &str = "app.nops.io";
pub const NOPS_API_HOST: &str = "api.nops.io";
/// The host of nOps's sign-in addresses when [`Switches::other_nops_host`] is on.
pub const OTHER_NOPS_HOST: &str = "app.practice-partner.example";

pub fn console_host(region: &str) -> String {
    format!("{region}.{}", Partition::of(region).console_domain())
}

/// Returns the host of application links for a Region.
pub fn saml_host(region: &str) -> String {
    format!("portal.sso.{region}.{}", Partition::of(region).domain())
}

/// Returns the host of dual-stack (IPv4 and IPv6) sign-in links for a Region.
pub fn dual_stack_saml_host(region: &str) -> String {
    format!("portal.sso.{region}.api.aws")
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PracticeState {
    /// The seed for all IDs and keys.
    pub seed: u64,
    /// The number of values drawn from the seed so far.
    pub draws: u64,
    pub organization: Organization,
    pub instance: Instance,
    /// The users, ordered by creation.
    pub users: Vec<User>,
    pub groups: Vec<Group>,
    pub memberships: Vec<Membership>,
    pub assignments: Vec<Assignment>,
    #[serde(default)]
    pub account_assignments: Vec<AccountAssignment>,
    /// The users and groups that have access through account access manager.
    #[serde(default)]
    pub entitlements: Vec<Principal>,
    /// The applications that were submitted.
    pub applications: Vec<Application>,
    /// *Configure application* pages that are open but not submitted yet. Their IDs and signing
    /// identities no longer change.
    pub drafts: Vec<Application>,
    pub nops: NopsOrganization,
    /// The emails, with the oldest first.
    pub mails: Vec<Mail>,
    pub sessions: Vec<Session>,
    /// OIDC clients, with their requests and tokens.
    #[serde(default)]
    pub oidc_clients: OidcClients,
    #[serde(default)]
    pub events: EventLog,
}

impl PracticeState {
    pub fn user(&self, id: &str) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    pub fn user_mut(&mut self, id: &str) -> Option<&mut User> {
        self.users.iter_mut().find(|user| user.id == id)
    }

    /// Finds a user by user name. AWS compares user names case-insensitively.
    pub fn find_user(&self, user_name: &str) -> Option<&User> {
        let wanted = user_name.to_lowercase();
        self.users.iter().find(|user| user.user_name.to_lowercase() == wanted)
    }

    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// Finds a submitted application by its ID (16 characters).
    pub fn application(&self, id: &str) -> Option<&Application> {
        self.applications.iter().find(|application| application.id == id)
    }

    /// Finds a submitted application or a draft by its ID.
    pub fn application_mut(&mut self, id: &str) -> Option<&mut Application> {
        self.applications
            .iter_mut()
            .chain(self.drafts.iter_mut())
            .find(|application| application.id == id)
    }

    /// Returns the ID of the submitted application or draft that has this token in its links.
    pub fn application_id(&self, token: &str) -> Option<String> {
        let mut all = self.applications.iter().chain(&self.drafts);
        all.find(|application| application.token == token).map(|found| found.id.clone())
    }

    /// Returns whether the user is assigned to the application, directly or through a group.
    pub fn is_assigned(&self, application: &str, user: &str) -> bool {
        self.assignments.iter().any(|assignment| {
            let Principal { kind, id } = &assignment.principal;
            let includes_user = match kind {
                PrincipalKind::User => id == user,
                PrincipalKind::Group => self.is_member(id, user),
            };
            assignment.application == application && includes_user
        })
    }

    pub fn is_member(&self, group: &str, user: &str) -> bool {
        self.membership(group, user).is_some()
    }

    pub fn membership(&self, group: &str, user: &str) -> Option<&Membership> {
        let mut memberships = self.memberships.iter();
        memberships.find(|membership| membership.group == group && membership.user == user)
    }

    /// Adds a user to a group and returns the ID of the membership.
    pub fn add_member(&mut self, group: &str, user: &str, now: Timestamp) -> String {
        let membership = Membership {
            id: self.draw_principal_id(),
            group: group.to_owned(),
            user: user.to_owned(),
            created_at: now,
        };
        let id = membership.id.clone();
        self.memberships.push(membership);
        id
    }

    pub fn exists(&self, principal: &Principal) -> bool {
        match principal.kind {
            PrincipalKind::User => self.user(&principal.id).is_some(),
            PrincipalKind::Group => self.group(&principal.id).is_some(),
        }
    }

    /// Returns `arn:aws:sso::ACCOUNT:application/ssoins-…/apl-…`.
    pub fn application_arn(&self, application: &Application) -> String {
        let account = &self.organization.management_account;
        let (instance, partition) = (&self.instance.id, self.instance.partition.name());
        format!("arn:{partition}:sso::{account}:application/{instance}/apl-{}", application.id)
    }

    /// Opens a *Configure application* page in the console of a Region. Adds a draft with new IDs
    /// and empty fields, and returns its ID.
    pub fn open_draft(
        &mut self,
        provider: Provider,
        region: &str,
        switches: &Switches,
        now: Timestamp,
    ) -> String {
        let mut draft = self.new_application(provider, switches, now);
        region.clone_into(&mut draft.region);
        draft.other_certificate = switches.other_certificate;
        draft.dual_stack_issuer = switches.dual_stack_issuer;
        let id = draft.id.clone();
        self.drafts.push(draft);
        id
    }

    /// Turns a draft into an application. Returns `false` if the draft doesn't exist.
    pub fn submit_draft(&mut self, id: &str) -> bool {
        let Some(index) = self.drafts.iter().position(|draft| draft.id == id) else {
            return false;
        };
        let draft = self.drafts.remove(index);
        self.applications.push(Application { made_in_console: true, ..draft });
        true
    }

    /// Removes a submitted application and its assignments. Returns `false` if the application
    /// doesn't exist.
    pub fn remove_application(&mut self, id: &str) -> bool {
        let before = self.applications.len();
        self.applications.retain(|application| application.id != id);
        self.assignments.retain(|assignment| assignment.application != id);
        self.applications.len() < before
    }

    /// Starts a session and returns its ID, which is used as the cookie's value.
    pub fn sign_in(&mut self, who: SignedInUser) -> String {
        let id = self.draw_hex(32);
        self.sessions.push(Session { id: id.clone(), who });
        id
    }

    /// Returns the user of a session.
    pub fn signed_in(&self, session: &str) -> Option<&SignedInUser> {
        self.sessions.iter().find(|candidate| candidate.id == session).map(|session| &session.who)
    }

    /// Returns the instance's primary Region.
    pub fn region(&self) -> &'static str {
        self.instance.partition.primary_region()
    }

    /// Returns the access portal's host. Each directory has its own host only in the standard
    /// partition.
    pub fn portal_host(&self) -> String {
        match self.instance.partition {
            Partition::China if self.instance.has_other_portal => "example.awsapps.cn".to_owned(),
            _ if self.instance.has_other_portal => "example.awsapps.com".to_owned(),
            Partition::Standard => format!("{}.awsapps.com", self.instance.identity_store_id),
            Partition::China => format!("start.{}.home.awsapps.cn", self.region()),
            Partition::Government => "start.us-gov-home.awsapps.com".to_owned(),
            Partition::Sovereign => format!("start.{}.home.awsapps.eu", self.region()),
        }
    }

    /// Returns the access portal's address without `https://`.
    pub fn portal_address(&self) -> String {
        let host = self.portal_host();
        match self.instance.partition {
            _ if self.instance.has_other_portal => format!("{host}/start"),
            Partition::Standard => format!("{host}/start"),
            Partition::China | Partition::Government | Partition::Sovereign => {
                format!("{host}/directory/{}", self.instance.identity_store_id)
            }
        }
    }
}
