//! Everything that is true in the practice world: plain data that can be written down.
//!
//! Pages and calls change it through [`crate::shared::Shared`]; nothing here does any IO but
//! [`store`], which keeps the whole on disk.

mod identifiers;
mod seeding;
mod store;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub(crate) use self::store::{LoadError, SaveError, Store};

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

/// One practice world.
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
        self.users
            .iter()
            .find(|user| user.user_name.to_lowercase() == wanted)
    }

    /// The group with this id.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The submitted application with this id (16 hex digits).
    pub fn application(&self, id: &str) -> Option<&Application> {
        self.applications
            .iter()
            .find(|application| application.id == id)
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
        self.applications
            .iter()
            .chain(&self.drafts)
            .find(|application| application.token == token)
    }

    /// Whether the user may use the application: assigned alone, or through a group.
    pub fn is_assigned(&self, application: &str, user: &str) -> bool {
        self.assignments
            .iter()
            .filter(|assignment| assignment.application == application)
            .any(|assignment| match assignment.principal.kind {
                PrincipalKind::User => assignment.principal.id == user,
                PrincipalKind::Group => self.is_member(&assignment.principal.id, user),
            })
    }

    /// Whether the user is in the group.
    pub fn is_member(&self, group: &str, user: &str) -> bool {
        self.memberships
            .iter()
            .any(|membership| membership.group == group && membership.user == user)
    }

    /// Opens a *Configure application* page: an application whose ids are fixed and whose fields
    /// are empty, kept among the drafts until it is submitted. Answers its id.
    pub fn open_draft(&mut self, opaque_token: bool, now: Timestamp) -> String {
        let draft = self.new_application(Provider::CustomSaml, opaque_token, now);
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
        self.sessions.push(Session {
            id: id.clone(),
            who,
            began_at: now,
        });
        id
    }

    /// Who is signed in under this session.
    pub fn signed_in(&self, session: &str) -> Option<&SignedIn> {
        self.sessions
            .iter()
            .find(|candidate| candidate.id == session)
            .map(|session| &session.who)
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

/// An AWS organization.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Organization {
    /// `o-` and ten letters or digits.
    pub id: String,
    /// Twelve digits.
    pub management_account: String,
    /// The mail address of the management account.
    pub management_email: String,
}

/// An organization instance of IAM Identity Center.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Instance {
    /// `ssoins-` and 16 hex digits.
    pub id: String,
    /// `d-` and ten hex digits; also the name of the access portal.
    pub identity_store_id: String,
    /// When it was switched on.
    pub created_at: Timestamp,
    /// Settings, Authentication: *Send email OTP*.
    pub send_email_otp: bool,
}

impl Instance {
    /// `arn:aws:sso:::instance/ssoins-…`.
    pub fn arn(&self) -> String {
        format!("arn:aws:sso:::instance/{}", self.id)
    }
}

/// A person in the identity store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct User {
    /// Ten hex digits of the store, a dash, and a UUID.
    pub id: String,
    /// Unique; can't be changed later.
    pub user_name: String,
    /// The name shown.
    pub display_name: String,
    /// First name; empty when it was not given.
    pub given_name: String,
    /// Last name; empty when it was not given.
    pub family_name: String,
    /// The primary e-mail, if there is one.
    pub email: Option<Email>,
    /// Whether the user's status is ENABLED.
    pub enabled: bool,
    /// What they sign in to the portal with. People made through the API have none.
    pub password: Option<String>,
    /// A password from *Reset password* has to be changed when it is first used.
    pub password_is_one_time: bool,
    /// When an invitation was last sent, and its token as long as it was not accepted.
    pub invitation: Option<Invitation>,
    /// The code from the last *Send email OTP* mail.
    pub email_code: Option<String>,
    /// When the user was made.
    pub created_at: Timestamp,
    /// When the user was last changed.
    pub updated_at: Timestamp,
    /// Counts up with every change; AWS calls it Revision.
    pub revision: u64,
    /// Every other attribute of the API's user, as it was given (`NickName`, `Title`, …).
    pub other: Map<String, Value>,
}

impl User {
    /// The primary e-mail address.
    pub fn email_address(&self) -> Option<&str> {
        self.email.as_ref().map(|email| email.value.as_str())
    }
}

/// A mail address in the identity store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Email {
    /// The address as it was given.
    pub value: String,
    /// `Type`, such as `work`.
    pub kind: Option<String>,
    /// Whether it is marked as the primary one.
    pub primary: bool,
}

/// A mail "Invitation to join AWS IAM Identity Center".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Invitation {
    /// The token in its link.
    pub token: String,
    /// Invitations expire after seven days.
    pub sent_at: Timestamp,
}

/// A group in the identity store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Group {
    /// Ten hex digits of the store, a dash, and a UUID.
    pub id: String,
    /// Unique.
    pub display_name: String,
    /// May be absent.
    pub description: Option<String>,
    /// When the group was made.
    pub created_at: Timestamp,
    /// When the group was last changed.
    pub updated_at: Timestamp,
    /// Counts up with every change.
    pub revision: u64,
}

/// A user in a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Membership {
    /// Shaped as a user's id.
    pub id: String,
    /// The group's id.
    pub group: String,
    /// The user's id.
    pub user: String,
    /// When the user joined.
    pub created_at: Timestamp,
}

/// A user or group that may use an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Assignment {
    /// The application's id (16 hex digits).
    pub application: String,
    /// Who may use it.
    pub principal: Principal,
}

/// A user or a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Principal {
    /// Which of the two.
    pub kind: PrincipalKind,
    /// The id in the identity store.
    pub id: String,
}

/// What a principal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum PrincipalKind {
    /// One person.
    User,
    /// Everybody in a group.
    Group,
}

/// A customer managed application or a draft of one. What was typed is kept as it was typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Application {
    /// The 16 hex digits of `apl-` in the ARN and of `ins-` in the console.
    pub id: String,
    /// Kind of application.
    pub provider: Provider,
    /// Display name.
    pub name: String,
    /// Description; may be empty.
    pub description: String,
    /// Whether the application's status is ENABLED.
    pub enabled: bool,
    /// When the *Configure application* page was opened.
    pub created_at: Timestamp,
    /// Whether somebody submitted it on the console pages of this world.
    pub made_in_console: bool,
    /// The last part of the application's links.
    pub token: String,
    /// The seed of the signing key.
    pub key_seed: u64,
    /// Signing keys with their certificates, the active one first; empty until the first is
    /// asked for with [`crate::shared::signing_identity`].
    pub identities: Vec<Identity>,
    /// *Application ACS URL*.
    pub acs_url: String,
    /// *Application SAML audience*.
    pub audience: String,
    /// *Application start URL*.
    pub start_url: String,
    /// *Relay state*.
    pub relay_state: String,
    /// *Session duration* in minutes.
    pub session_minutes: u32,
    /// The rows of *Attribute mappings* in their order.
    pub mappings: Vec<Mapping>,
}

impl Application {
    /// `arn:aws:sso::ACCOUNT:application/ssoins-…/apl-…`.
    pub fn arn(&self, account: &str, instance: &Instance) -> String {
        format!(
            "arn:aws:sso::{account}:application/{}/apl-{}",
            instance.id, self.id
        )
    }

    /// Issuer, entity id and sign-in link, which are one and the same at AWS.
    pub fn issuer(&self) -> String {
        self.link("assertion")
    }

    /// The sign-out link.
    pub fn sign_out_link(&self) -> String {
        self.link("logout")
    }

    /// The metadata link.
    pub fn metadata_link(&self) -> String {
        self.link("metadata")
    }

    fn link(&self, kind: &str) -> String {
        format!(
            "https://portal.sso.{REGION}.amazonaws.com/saml/{kind}/{}",
            self.token
        )
    }
}

/// What an application was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Provider {
    /// *SAML 2.0*, set up by hand.
    CustomSaml,
    /// *OAuth 2.0*, set up by hand or through the API.
    CustomOauth,
    /// A SAML application from the catalogue, by its name there.
    Catalog(String),
}

impl Provider {
    /// `arn:aws:sso::aws:applicationProvider/…`.
    pub fn arn(&self) -> String {
        let name = match self {
            Self::CustomSaml => "custom-saml".to_owned(),
            Self::CustomOauth => "custom".to_owned(),
            Self::Catalog(name) => format!("catalog/{name}"),
        };
        format!("arn:aws:sso::aws:applicationProvider/{name}")
    }

    /// Whether people sign in to it by SAML.
    pub fn is_saml(&self) -> bool {
        !matches!(self, Self::CustomOauth)
    }
}

/// A row of *Attribute mappings*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mapping {
    /// *User attribute in the application*.
    pub attribute: String,
    /// *Maps to this string value or user attribute in IAM Identity Center*.
    pub value: String,
    /// *Format*, as chosen (`emailAddress`, `basic`, …).
    pub format: String,
}

/// A signing key and its certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Identity {
    /// PKCS#8 PEM.
    pub private_key_pem: String,
    /// The DER certificate in standard base64 without line breaks.
    pub certificate_base64: String,
}

/// A nOps organization.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct NopsOrganization {
    /// The name shown.
    pub name: String,
    /// The UUID in its single sign-on links.
    pub tenant: String,
    /// The number in its legacy API keys.
    pub client_id: u32,
    /// The toggle *Enable SSO Login*.
    pub sso_enabled: bool,
    /// *Your SSO Details* as last saved, if ever.
    pub sso: Option<NopsSso>,
    /// Who has an account.
    pub users: Vec<NopsUser>,
    /// AuthnRequests that were sent and not yet answered.
    pub requests: Vec<SentRequest>,
    /// A legacy API key, `<client id>.<secret>`.
    pub legacy_api_key: String,
    /// A key of the public API.
    pub public_api_key: String,
}

impl NopsOrganization {
    /// The user with this mail address, compared without regard to case.
    pub fn user(&self, email: &str) -> Option<&NopsUser> {
        self.users
            .iter()
            .find(|user| user.email.eq_ignore_ascii_case(email))
    }

    /// The user with this mail address, to change.
    pub fn user_mut(&mut self, email: &str) -> Option<&mut NopsUser> {
        self.users
            .iter_mut()
            .find(|user| user.email.eq_ignore_ascii_case(email))
    }
}

/// The fields of nOps's SSO settings page, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NopsSso {
    /// *Select SSO Type*.
    pub sso_type: String,
    /// *Issuer URL (entityId)*.
    pub issuer_url: String,
    /// *SAML 2.0 Endpoint (HTTP) (singleSignOnService: URL)*.
    pub sso_endpoint: String,
    /// *X.509 Certificate*.
    pub x509_certificate: String,
    /// *Default role*.
    pub default_role: String,
    /// *Set nOps role based on SAML group*.
    pub group_mapping: bool,
    /// *Domain*.
    pub domain: String,
    /// *Enforce SSO login for all domain users*.
    pub enforce: bool,
}

/// Somebody with a nOps account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NopsUser {
    /// Who they are to nOps.
    pub email: String,
    /// The name shown.
    pub name: String,
    /// `client-member`, `client-admin`, ….
    pub role: String,
    /// `None` for those who came by single sign-on.
    pub password: Option<String>,
    /// Single sign-on has to be confirmed by mail once.
    pub confirmation: Confirmation,
}

/// How far a nOps user is with the mail that asks whether single sign-on is allowed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Confirmation {
    /// No sign-in has asked for it yet.
    NotAsked,
    /// The mail was sent; its link carries this token.
    Asked(String),
    /// The link was opened.
    Given,
}

/// An AuthnRequest of nOps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SentRequest {
    /// Its ID.
    pub id: String,
    /// When it was sent.
    pub sent_at: Timestamp,
}

/// A mail in the practice mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mail {
    /// The recipient's address.
    pub to: String,
    /// The sender's address.
    pub from: String,
    /// The subject line.
    pub subject: String,
    /// The paragraphs of its text.
    pub body: Vec<String>,
    /// The real-shaped link in it, with its words.
    pub link: Option<MailLink>,
    /// When it was sent.
    pub sent_at: Timestamp,
}

/// A link in a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MailLink {
    /// What it says.
    pub words: String,
    /// Where it leads, real-shaped.
    pub link: String,
}

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Session {
    /// The value of its cookie.
    pub id: String,
    /// Who, and where.
    pub who: SignedIn,
    /// When they signed in.
    pub began_at: Timestamp,
}

/// Who is signed in, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum SignedIn {
    /// At the access portal: a user's id.
    Portal(String),
    /// At nOps: a mail address.
    Nops(String),
}
