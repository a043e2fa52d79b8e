//! Step 2: signs in through the browser, then chooses an account and a role.

use std::sync::Arc;

use super::{
    connection::{Aws, build_error_finding},
    context::SetupContext,
};
use crate::{
    Failure,
    action::SignInAction,
    jobs::{JobKind, JobOutcome, JobUpdate, SignInOutcome, SignInResult},
    view::{AccountRow, ConnectionState, SignInMethod, SignInView},
};
use identifiers::AccessPortal;
use identity_center::{
    AwsError, Credentials, redirected,
    sign_in::{Account, CompletionMethod, RoleAccess, SignIn, SignInToken},
};
use setup::{Field, Finding, Fix, Severity, Step};
use storage::{store::ConnectionMethod, vault::SecretName};

/// The progress of a browser sign-in.
#[derive(Default)]
pub(crate) struct SignInState {
    portal: Option<AccessPortal>,
    /// The page that the user has to open, and the code that the page must show.
    page: Option<(String, Option<String>)>,
    /// The token of the sign-in. It goes into the keychain only after a role is chosen.
    token: Option<SignInToken>,
    accounts: Vec<Account>,
    account: Option<String>,
    roles: Vec<String>,
}

impl SignInState {
    pub(super) fn portal(&self) -> Option<AccessPortal> {
        self.portal.clone()
    }

    pub(super) fn token(self) -> Option<SignInToken> {
        self.token
    }
}

impl Aws {
    pub(super) fn act_on_sign_in(
        &mut self,
        cx: &mut SetupContext,
        action: SignInAction,
    ) -> Result<(), Failure> {
        match action {
            SignInAction::SignIn { start_url, region, answer } => {
                let start_url = portal_address(&start_url)?;
                let entered = region.trim();
                let region = match AccessPortal::region_in(&start_url) {
                    Some(region) if entered.is_empty() => region,
                    _ => entered.parse().map_err(|_| Failure::new("region_unknown"))?,
                };
                let portal = AccessPortal { start_url, region: region.to_string() };
                self.sign_in(cx, portal, answer)
            }
            SignInAction::ChooseAccount { account } => self.choose_account(cx, account),
            SignInAction::ConnectRole { role } => {
                let signing_in = &self.sign_in;
                let (Some(portal), Some(token), Some(account)) = (
                    signing_in.portal.clone(),
                    signing_in.token.clone(),
                    signing_in.account.clone(),
                ) else {
                    return Err(Failure::new("not_signed_in"));
                };
                if !signing_in.roles.contains(&role) {
                    return Err(Failure::new("not_signed_in"));
                }
                cx.must_be_idle()?;
                self.choose_way(
                    cx,
                    ConnectionMethod::Role {
                        portal: portal.clone(),
                        account: account.clone(),
                        role: role.clone(),
                    },
                );
                self.connect_role_with_token(cx, portal, account, role, Some(token))
            }
        }
    }

    fn sign_in(
        &mut self,
        cx: &mut SetupContext,
        portal: AccessPortal,
        answer: SignInMethod,
    ) -> Result<(), Failure> {
        let answer = match answer {
            SignInMethod::Redirect => CompletionMethod::Redirect,
            SignInMethod::Code => CompletionMethod::Code,
        };
        let services = self.services(cx, portal.clone());
        let at = portal.clone();
        let is_practice = cx.is_practice();
        let endpoints = async move {
            match is_practice {
                true => Ok(None),
                false => redirected(&Credentials::Ambient).await,
            }
        };
        cx.start(JobKind::SignIn, move |control, teller| async move {
            let work = async {
                teller.send_update(JobUpdate::Redirected(endpoints.await?)).await;
                let services = services.await?;
                let attempt = services.start(answer).await?;
                teller.invite(attempt.address.clone(), attempt.code.clone()).await;
                let token = services.finish(attempt).await?;
                let accounts = services.accounts(&token).await?;
                Ok(Box::new(SignInResult { portal: at, token, accounts }))
            };
            JobOutcome::SignIn(SignInOutcome::SignedIn(tokio::select! {
                signed = work => Some(signed),
                () = control.wait_until_stopped() => None,
            }))
        })?;
        cx.notes.remove(&Some(Field::AwsCaller));
        self.sign_in = SignInState { portal: Some(portal), ..SignInState::default() };
        Ok(())
    }

    fn choose_account(&mut self, cx: &mut SetupContext, account: String) -> Result<(), Failure> {
        let signing_in = &self.sign_in;
        let (Some(portal), Some(token)) = (signing_in.portal.clone(), signing_in.token.clone())
        else {
            return Err(Failure::new("not_signed_in"));
        };
        let services = self.services(cx, portal);
        cx.start(JobKind::Roles, move |_, _| async move {
            let listed = async { services.await?.roles(&token, &account).await };
            JobOutcome::SignIn(SignInOutcome::Roles { roles: listed.await, account })
        })
    }

    /// Connects with a role, using the stored token.
    pub(super) fn connect_role(
        &mut self,
        cx: &mut SetupContext,
        portal: AccessPortal,
        account: String,
        role: String,
    ) -> Result<(), Failure> {
        self.connect_role_with_token(cx, portal, account, role, None)
    }

    fn connect_role_with_token(
        &mut self,
        cx: &mut SetupContext,
        portal: AccessPortal,
        account: String,
        role: String,
        token: Option<SignInToken>,
    ) -> Result<(), Failure> {
        self.label = format!("{account} {role}");
        self.sign_in.portal = Some(portal.clone());
        let mut keyring = self.keyring(cx);
        let renewed = self.keep_renewed(cx);
        let practice = cx.practice.as_ref().map(|world| world.base.clone());
        let region = portal.region.clone();
        self.connect_by(cx, Some(region), move |teller| async move {
            let token = match token {
                Some(token) => {
                    let secret = vec![(SecretName::SignInToken, token.to_secret())];
                    keyring.store_secrets(&teller, secret, &[SecretName::SignInToken], true).await;
                    token
                }
                None => keyring.token(&teller).await?,
            };
            let access = RoleAccess::new(portal, account, role, practice, token, renewed);
            Ok(Credentials::Role(access))
        })
    }

    /// Returns a function that keeps a renewed token, unless this connection has ended.
    pub(crate) fn keep_renewed(
        &self,
        cx: &SetupContext,
    ) -> impl Fn(&SignInToken) + Send + Sync + use<> {
        let (vault, id, lease) = (Arc::clone(&cx.vault), cx.id(), self.lease.clone());
        move |token| {
            let (vault, lease) = (Arc::clone(&vault), lease.clone());
            let secrets = vec![(SecretName::SignInToken, token.to_secret())];
            tokio::spawn(async move { vault.store_secrets(id, secrets, &lease).await });
        }
    }

    /// Ends a sign-in at AWS if its connection no longer exists, because the sign-in is then
    /// unused.
    pub(super) fn end_unused_sign_in(&self, cx: &SetupContext, outcome: JobOutcome) {
        if let JobOutcome::SignIn(SignInOutcome::SignedIn(Some(Ok(signed)))) = outcome {
            let SignInResult { portal, token, .. } = *signed;
            self.end_sign_in(cx, portal, token);
        }
    }

    fn end_sign_in(&self, cx: &SetupContext, portal: AccessPortal, token: SignInToken) {
        let services = self.services(cx, portal);
        tokio::spawn(async move {
            if let Ok(services) = services.await {
                let _unreachable = services.sign_out(&token).await;
            }
        });
    }

    pub(super) fn invited(
        &mut self,
        cx: &mut SetupContext,
        job: u32,
        address: String,
        code: Option<String>,
    ) {
        if cx.find_job_mut(job).is_some() {
            self.sign_in.page = Some((address, code));
        }
    }

    pub(super) fn signed_in(&mut self, cx: &mut SetupContext, outcome: SignInOutcome) {
        self.sign_in.page = None;
        match outcome {
            SignInOutcome::SignedIn(None) => {}
            SignInOutcome::SignedIn(Some(Ok(signed))) => {
                let SignInResult { token, accounts, .. } = *signed;
                if accounts.is_empty() {
                    self.report_no_account(cx, token);
                    return;
                }
                self.sign_in.token = Some(token);
                let only = match accounts.as_slice() {
                    [only] => Some(only.id.clone()),
                    _ => None,
                };
                self.sign_in.accounts = accounts;
                // If there is only one account, choose it for the user. The call may return `busy`
                // if another job has started in the meantime.
                if let Some(only) = only {
                    let _busy = self.choose_account(cx, only);
                }
            }
            SignInOutcome::Roles { account, roles: Ok(roles) } => {
                self.sign_in.account = Some(account);
                self.sign_in.roles = roles;
            }
            SignInOutcome::SignedIn(Some(Err(error)))
            | SignInOutcome::Roles { roles: Err(error), .. } => self.refuse_sign_in(cx, &error),
        }
    }

    pub(crate) fn sign_in_page(&self) -> Option<String> {
        let (address, _) = self.sign_in.page.as_ref()?;
        Some(address.clone())
    }

    pub(crate) fn sign_in_view(&self, cx: &SetupContext) -> SignInView {
        let signing_in = &self.sign_in;
        let portal = signing_in.portal.clone().or_else(|| self.proposed_portal(cx));
        let (start_url, region) = match portal {
            Some(portal) => (portal.start_url, portal.region),
            None => (String::new(), String::new()),
        };
        SignInView {
            start_url,
            region,
            waiting: signing_in.page.is_some(),
            code: signing_in.page.as_ref().and_then(|(_, code)| code.clone()),
            accounts: signing_in
                .accounts
                .iter()
                .map(|account| AccountRow { id: account.id.clone(), name: account.name.clone() })
                .collect(),
            account: signing_in.account.clone(),
            roles: signing_in.roles.clone(),
        }
    }

    /// Returns a known portal: practice mode's portal, this setup's portal, or a portal from the
    /// AWS configuration files.
    fn proposed_portal(&self, cx: &SetupContext) -> Option<AccessPortal> {
        if let Some(practice) = &cx.practice {
            return Some(AccessPortal {
                start_url: practice.portal.clone(),
                region: practice.region.clone(),
            });
        }
        let known = cx.facts().text(Field::AccessPortalUrl);
        let region = cx.facts().text(Field::AwsRegion);
        if let (Some(start_url), Some(region)) = (known, region) {
            return Some(AccessPortal {
                start_url: start_url.to_owned(),
                region: region.to_owned(),
            });
        }
        let mut profiles = self.profiles.listed.iter();
        profiles.find_map(|profile| profile.portal.clone())
    }

    pub(super) fn services(
        &self,
        cx: &SetupContext,
        portal: AccessPortal,
    ) -> impl Future<Output = Result<SignIn, AwsError>> + Send + use<> {
        let practice = cx.practice.as_ref().map(|world| world.base.clone());
        let network = cx.ports.network.clone();
        async move { SignIn::open(portal, practice.as_deref(), &network).await }
    }

    /// Reports that a sign-in doesn't give access to any account, and ends the sign-in.
    fn report_no_account(&mut self, cx: &mut SetupContext, token: SignInToken) {
        if let Some(portal) = self.sign_in.portal() {
            self.end_sign_in(cx, portal, token);
        }
        if cx.connection.is_none() {
            self.state = ConnectionState::Failed;
        }
        let finding = Finding::about(Field::AwsCaller, "sign_in_no_account", Severity::Error);
        cx.add_note(Some(Field::AwsCaller), finding.with_fix(Fix::Read).with_step(Step::Connect));
    }

    fn refuse_sign_in(&mut self, cx: &mut SetupContext, error: &AwsError) {
        if cx.connection.is_none() {
            self.state = ConnectionState::Failed;
        }
        // The button that starts the sign-in again is next to this finding.
        let finding = build_error_finding("sign_in_failed", error)
            .with_fix(Fix::Read)
            .with_step(Step::Connect);
        cx.add_note(Some(Field::AwsCaller), finding);
    }
}

/// Normalizes a portal's address: HTTPS only, without a query, a fragment, or a trailing slash.
/// Accepts an address without `https://`, because browsers show addresses that way.
fn portal_address(text: &str) -> Result<String, Failure> {
    let text = text.trim();
    let text = match text.contains("://") {
        true => text.to_owned(),
        false => format!("https://{text}"),
    };
    let url = url::Url::parse(&text).map_err(|_| Failure::new("portal_address"))?;
    let is_portal = url.scheme() == "https"
        && url.host_str().is_some_and(|host| host.contains('.'))
        && url.username().is_empty()
        && url.password().is_none();
    match is_portal {
        true => Ok(format!("https://{}{}", url.authority(), url.path().trim_end_matches('/'))),
        false => Err(Failure::new("portal_address")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portal_address_drops_browser_additions() {
        let start = "https://d-1234567890.awsapps.com/start";
        let cases = [
            (start, Some(start)),
            (" https://d-1234567890.awsapps.com/start/#/ \n", Some(start)),
            ("https://D-1234567890.awsapps.com/start?tab=accounts", Some(start)),
            ("http://d-1234567890.awsapps.com/start", None),
            ("https://ana@d-1234567890.awsapps.com/start", None),
            ("https://:secret@d-1234567890.awsapps.com/start", None),
            ("d-1234567890.awsapps.com/start/", Some(start)),
            ("my-company.awsapps.com/start#/", Some("https://my-company.awsapps.com/start")),
            (
                "https://ssoins-7223b02b2d5d1a3c.portal.us-east-1.app.aws/",
                Some("https://ssoins-7223b02b2d5d1a3c.portal.us-east-1.app.aws"),
            ),
            ("mycompany", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(portal_address(text).ok().as_deref(), expected, "{text:?}");
        }
    }
}
