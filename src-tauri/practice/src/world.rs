//! Everything that is true in the practice mode: plain data that can be written down.
//!
//! Pages and calls change it through [`crate::state::AppState`]; nothing here does any IO but
//! [`store`], which keeps the whole on disk.

mod application;
mod identifiers;
mod mail;
mod nops;
mod oidc_clients;
mod organization;
mod people;
mod seed;
mod session;
mod store;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::settings::Switches;

pub(crate) use self::{
    application::{Application, DUAL_STACK_PORTAL_HOST, Identity, Mapping, Provider},
    mail::{Mail, MailLink},
    nops::{Confirmation, NopsOrganization, NopsSso, NopsUser, SentRequest},
    oidc_clients::{
        AccessRequest, AccessToken, Answer, OidcClient, Programs, REGISTRATION, Redirect, TOKEN,
    },
    organization::{Instance, Organization},
    people::{
        AccountAssignment, Assignment, Email, Group, Invitation, Membership, Principal,
        PrincipalKind, User,
    },
    session::{Session, SignedIn},
    store::{LoadError, SaveError, Store},
};

/// The password of every seeded person who has one.
pub(crate) const PASSWORD: &str = "practice-1";
/// The primary Region of the instance.
pub(crate) const REGION: &str = "us-east-1";
/// The host of nOps's pages.
pub(crate) const NOPS_HOST: &str = "app.nops.io";
/// The host of nOps's public API.
pub(crate) const NOPS_API_HOST: &str = "api.nops.io";
/// The host of nOps's sign-in addresses when they are not on [`NOPS_HOST`].
pub(crate) const OTHER_NOPS_HOST: &str = "app.practice-partner.example";

/// One practice mode.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct World {
    /// What all ids and keys follow from.
    pub seed: u64,
    /// How many times something was drawn from the seed.
    pub draws: u64,
    /// The AWS organization.
    pub organization: Organization,
    /// The organization instance of IAM Identity Center.
    pub instance: Instance,
    /// The identity store's people, in the order of their making.
    pub users: Vec<User>,
    /// The identity store's groups.
    pub groups: Vec<Group>,
    /// Who is in which group.
    pub memberships: Vec<Membership>,
    /// Who may use which application.
    pub assignments: Vec<Assignment>,
    /// Who may use which AWS account.
    #[serde(default)]
    pub account_assignments: Vec<AccountAssignment>,
    /// The applications that were submitted.
    pub applications: Vec<Application>,
    /// *Configure application* pages that were opened and not yet submitted. Their ids and
    /// identity are already fixed.
    pub drafts: Vec<Application>,
    /// The nOps organization.
    pub nops: NopsOrganization,
    /// Every mail sent, oldest first.
    pub mails: Vec<Mail>,
    /// Who is signed in where.
    pub sessions: Vec<Session>,
    /// Programs that act for people.
    #[serde(default)]
    pub programs: Programs,
}

impl World {
    /// The user with this id.
    pub fn user(&self, id: &str) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// The user with this id, to change.
    pub fn user_mut(&mut self, id: &str) -> Option<&mut User> {
        self.users.iter_mut().find(|user| user.id == id)
    }

    /// The user with this user name; AWS compares user names without regard to case.
    pub fn user_named(&self, user_name: &str) -> Option<&User> {
        let wanted = user_name.to_lowercase();
        self.users.iter().find(|user| user.user_name.to_lowercase() == wanted)
    }

    /// The group with this id.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The submitted application with this id (16 hex digits).
    pub fn application(&self, id: &str) -> Option<&Application> {
        self.applications.iter().find(|application| application.id == id)
    }

    /// The submitted application or draft with this id, to change.
    pub fn application_mut(&mut self, id: &str) -> Option<&mut Application> {
        self.applications
            .iter_mut()
            .chain(self.drafts.iter_mut())
            .find(|application| application.id == id)
    }

    /// The submitted application or draft whose links carry this token.
    pub fn application_with_token(&self, token: &str) -> Option<&Application> {
        self.applications.iter().chain(&self.drafts).find(|application| application.token == token)
    }

    /// Whether the user may use the application: assigned alone, or through a group.
    pub fn is_assigned(&self, application: &str, user: &str) -> bool {
        self.assignments.iter().filter(|assignment| assignment.application == application).any(
            |assignment| match assignment.principal.kind {
                PrincipalKind::User => assignment.principal.id == user,
                PrincipalKind::Group => self.is_member(&assignment.principal.id, user),
            },
        )
    }

    /// Whether the user is in the group.
    pub fn is_member(&self, group: &str, user: &str) -> bool {
        self.memberships
            .iter()
            .any(|membership| membership.group == group && membership.user == user)
    }

    /// Opens a *Configure application* page: an application whose ids are fixed and whose fields
    /// are empty, kept among the drafts until it is submitted. Answers its id.
    pub fn open_draft(&mut self, switches: &Switches, now: Timestamp) -> String {
        let mut draft = self.new_application(Provider::CustomSaml, switches.opaque_tokens, now);
        draft.other_certificate = switches.other_certificate;
        let id = draft.id.clone();
        self.drafts.push(draft);
        id
    }

    /// Turns a draft into an application. Answers whether there was such a draft.
    pub fn submit_draft(&mut self, id: &str) -> bool {
        match self.drafts.iter().position(|draft| draft.id == id) {
            Some(place) => {
                let mut application = self.drafts.remove(place);
                application.made_in_console = true;
                self.applications.push(application);
                true
            }
            None => false,
        }
    }

    /// Signs somebody in and answers the session's id, which is the value of the cookie.
    pub fn sign_in(&mut self, who: SignedIn, now: Timestamp) -> String {
        let id = self.draw_hex(32);
        self.sessions.push(Session { id: id.clone(), who, began_at: now });
        id
    }

    /// Who is signed in under this session.
    pub fn signed_in(&self, session: &str) -> Option<&SignedIn> {
        self.sessions.iter().find(|candidate| candidate.id == session).map(|session| &session.who)
    }

    /// Ends a session.
    pub fn sign_out(&mut self, session: &str) {
        self.sessions.retain(|candidate| candidate.id != session);
    }

    /// Sends a mail.
    pub fn send(&mut self, mail: Mail) {
        self.mails.push(mail);
    }

    /// The host of the access portal, `d-xxxxxxxxxx.awsapps.com`.
    pub fn portal_host(&self) -> String {
        format!("{}.awsapps.com", self.instance.identity_store_id)
    }
}
