//! Signs in through the user's browser at the IAM Identity Center access portal.
//!
//! There are two ways to sign in. Either the browser redirects to this computer (authorization code
//! with PKCE, RFC 7636), or the user compares a code in a browser, which may run on another device
//! (device authorization, RFC 8628). Both return a token, which gives access to a role's keys in an
//! account. Expiry times, like request signatures, are based on this computer's clock.

mod redirect;
mod role;
mod token;

use std::{fmt, time::Duration};

use aws_config::SdkConfig;
use aws_sdk_sso::types::AccountInfo;
use aws_sdk_ssooidc::operation::{
    create_token::{CreateTokenError, builders::CreateTokenFluentBuilder},
    register_client::{RegisterClientOutput, builders::RegisterClientFluentBuilder},
};
use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use tokio::time::{Instant, sleep};

use super::{AwsError, Page, collect_pages, config, interceptor::Interceptor};
use identifiers::AccessPortal;
use transport::Network;

pub use role::RoleAccess;
pub use token::SignInToken;

use redirect::RedirectListener;
use token::Client;

/// The client name on the page that asks the user for consent.
const NAME: &str = "nOps SSO Setup";
/// The scope of the token: the user's accounts and roles.
const SCOPE: &str = "sso:account:access";
const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// The maximum wait for the user. No code is valid for longer.
const LONGEST_WAIT: Duration = Duration::from_secs(600);
/// The polling interval if AWS doesn't specify one, and the increment for `slow_down` (RFC 8628,
/// section 3.5).
const INTERVAL: Duration = Duration::from_secs(5);

/// How the browser sign-in is completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionMethod {
    /// The browser redirects to this computer.
    Redirect,
    /// The user compares a code, on any device.
    Code,
}

/// An account that the user has access to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Twelve digits.
    pub id: String,
    pub name: String,
}

/// The sign-in services in a Region.
#[derive(Clone)]
pub struct SignIn {
    oidc: aws_sdk_ssooidc::Client,
    access: aws_sdk_sso::Client,
    portal: AccessPortal,
    config: SdkConfig,
}

/// A sign-in that is waiting for the user.
pub struct PendingSignIn {
    /// The URL of the page to open.
    pub address: String,
    /// The code that the page must show, or `None` with [`CompletionMethod::Redirect`].
    pub code: Option<String>,
    client: Client,
    waiting: PendingAnswer,
}

enum PendingAnswer {
    Device { code: SecretString, interval: Duration, until: Instant },
    Redirect(RedirectListener),
}

impl SignIn {
    /// Prepares the sign-in without calling AWS. `practice` is practice mode's address if this is
    /// one of its portals. `network` defines how to reach AWS.
    pub async fn open(
        portal: AccessPortal,
        practice: Option<&str>,
        network: &Network,
    ) -> Result<Self, AwsError> {
        let config = config::unsigned(&portal.region, practice, network).await?;
        let check = Interceptor::default();
        let oidc = aws_sdk_ssooidc::config::Builder::from(&config).interceptor(check.clone());
        let access = aws_sdk_sso::config::Builder::from(&config).interceptor(check);
        Ok(Self {
            oidc: aws_sdk_ssooidc::Client::from_conf(oidc.build()),
            access: aws_sdk_sso::Client::from_conf(access.build()),
            portal,
            config,
        })
    }

    /// Starts a sign-in. Registers this app as a client, and determines the page that the user must
    /// open.
    pub async fn start(&self, answer: CompletionMethod) -> Result<PendingSignIn, AwsError> {
        match answer {
            CompletionMethod::Redirect => match self.begin_with_redirect().await {
                // If the local page can't be started, the user compares a code.
                Err(AwsError::NoRedirect) => self.begin_with_code().await,
                answer => answer,
            },
            CompletionMethod::Code => self.begin_with_code().await,
        }
    }

    /// Waits until the user has responded.
    pub async fn finish(&self, attempt: PendingSignIn) -> Result<SignInToken, AwsError> {
        match attempt.waiting {
            PendingAnswer::Device { code, interval, until } => {
                self.poll_for_token(attempt.client, &code, interval, until).await
            }
            PendingAnswer::Redirect(listener) => {
                let code = tokio::time::timeout(LONGEST_WAIT, listener.code())
                    .await
                    .map_err(|_| AwsError::SignInLapsed)??;
                let asked = self
                    .token(&attempt.client, "authorization_code")
                    .code(code.expose_secret())
                    .redirect_uri(listener.uri())
                    .code_verifier(listener.verifier().expose_secret());
                let given = asked.send().await.map_err(|error| self.error(&error))?;
                SignInToken::from_output(given, attempt.client)
            }
        }
    }

    /// Returns the accounts that the user has access to.
    pub async fn accounts(&self, token: &SignInToken) -> Result<Vec<Account>, AwsError> {
        collect_pages(|next| async move {
            let asked =
                self.access.list_accounts().access_token(token.access_token()).set_next_token(next);
            let page = asked.send().await.map_err(|error| self.error(&error))?;
            let account = |account: AccountInfo| Account {
                id: account.account_id.unwrap_or_default(),
                name: account.account_name.unwrap_or_default(),
            };
            Ok(Page::from_response(page.account_list.unwrap_or_default(), account, page.next_token))
        })
        .await
    }

    pub async fn roles(&self, token: &SignInToken, account: &str) -> Result<Vec<String>, AwsError> {
        collect_pages(|next| async move {
            let asked = self
                .access
                .list_account_roles()
                .access_token(token.access_token())
                .account_id(account)
                .set_next_token(next);
            let page = asked.send().await.map_err(|error| self.error(&error))?;
            let listed = page.role_list.unwrap_or_default();
            let names = listed.into_iter().filter_map(|role| role.role_name);
            Ok(Page::from_response(names, |name| name, page.next_token))
        })
        .await
    }

    /// Signs out of AWS, which invalidates the token.
    pub async fn sign_out(&self, token: &SignInToken) -> Result<(), AwsError> {
        let ended = self.access.logout().access_token(token.access_token()).send();
        ended.await.map(drop).map_err(|error| self.error(&error))
    }

    /// Renews a token with its refresh token, even after it has expired.
    async fn renew(&self, token: &SignInToken) -> Result<SignInToken, AwsError> {
        let refresh = token.refresh().ok_or(AwsError::Expired)?;
        let client = token.client().clone();
        let asked = self.token(&client, "refresh_token").refresh_token(refresh);
        let given = asked.send().await.map_err(|error| self.error(&error))?;
        SignInToken::from_output(given, client)
    }

    /// Builds a token request with this grant type.
    fn token(&self, client: &Client, grant: &str) -> CreateTokenFluentBuilder {
        self.oidc
            .create_token()
            .client_id(&client.id)
            .client_secret(client.secret.expose_secret())
            .grant_type(grant)
    }

    /// Builds the request that registers this app as a client.
    fn registration_request(&self) -> RegisterClientFluentBuilder {
        self.oidc.register_client().client_name(NAME).client_type("public").scopes(SCOPE)
    }

    async fn begin_with_code(&self) -> Result<PendingSignIn, AwsError> {
        let registered = self.registration_request().send().await;
        let client = client(registered.map_err(|error| self.registration_error(&error))?)?;
        let began = self
            .oidc
            .start_device_authorization()
            .client_id(&client.id)
            .client_secret(client.secret.expose_secret())
            .start_url(&self.portal.start_url)
            .send()
            .await
            .map_err(|error| self.registration_error(&error))?;
        let lasting = u64::try_from(began.expires_in).unwrap_or_default();
        let interval = u64::try_from(began.interval).unwrap_or_default();
        let user_code = began.user_code.ok_or(AwsError::Unreadable)?;
        let page = began.verification_uri_complete.or(began.verification_uri);
        Ok(PendingSignIn {
            // The user's browser opens this URL, so only `https` is accepted.
            address: page
                .filter(|page| page.starts_with("https://"))
                .ok_or(AwsError::Unreadable)?,
            code: Some(user_code),
            client,
            waiting: PendingAnswer::Device {
                code: began.device_code.ok_or(AwsError::Unreadable)?.into(),
                interval: match interval {
                    0 => INTERVAL,
                    seconds => Duration::from_secs(seconds),
                },
                until: Instant::now() + Duration::from_secs(lasting).min(LONGEST_WAIT),
            },
        })
    }

    async fn begin_with_redirect(&self) -> Result<PendingSignIn, AwsError> {
        let listener = RedirectListener::open().await?;
        let registering = self
            .registration_request()
            .grant_types("authorization_code")
            .grant_types("refresh_token")
            .redirect_uris(redirect::REGISTERED)
            .issuer_url(&self.portal.start_url);
        let registered = registering.send().await;
        let client = client(registered.map_err(|error| self.registration_error(&error))?)?;
        let host = format!("oidc.{}.{}", self.portal.region, super::domain(&self.portal.region));
        Ok(PendingSignIn {
            address: listener.address(&host, &client.id, SCOPE),
            code: None,
            client,
            waiting: PendingAnswer::Redirect(listener),
        })
    }

    /// Polls AWS until the user has responded. Network and server errors don't stop the polling.
    async fn poll_for_token(
        &self,
        client: Client,
        code: &SecretString,
        mut interval: Duration,
        until: Instant,
    ) -> Result<SignInToken, AwsError> {
        loop {
            sleep(interval).await;
            if Instant::now() >= until {
                return Err(AwsError::SignInLapsed);
            }
            let asked = self.token(&client, DEVICE_CODE).device_code(code.expose_secret());
            let error = match asked.send().await {
                Ok(given) => return SignInToken::from_output(given, client),
                Err(error) => error,
            };
            match error.as_service_error() {
                Some(CreateTokenError::AuthorizationPendingException(_)) => {}
                Some(CreateTokenError::SlowDownException(_)) => interval += INTERVAL,
                Some(CreateTokenError::ExpiredTokenException(_)) => {
                    return Err(AwsError::SignInLapsed);
                }
                Some(CreateTokenError::AccessDeniedException(_)) => {
                    return Err(AwsError::SignInDenied);
                }
                _ => match self.error(&error) {
                    AwsError::Timeout { .. }
                    | AwsError::Unreachable { .. }
                    | AwsError::Unavailable { .. } => {}
                    error => return Err(error),
                },
            }
        }
    }

    /// Classifies an error from the first calls. AWS rejects the request if the portal isn't in the
    /// Region.
    fn registration_error<E>(&self, error: &SdkError<E>) -> AwsError
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        match error.code() {
            Some(
                "InvalidRequestException"
                | "InvalidClientMetadataException"
                | "InvalidRequestRegionException",
            ) => AwsError::UnknownPortal {
                address: self.portal.start_url.clone(),
                region: self.portal.region.clone(),
            },
            _ => self.error(error),
        }
    }

    fn error<E>(&self, error: &SdkError<E>) -> AwsError
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        let region = &self.portal.region;
        let host = match self.config.endpoint_url() {
            Some(endpoint) => endpoint.to_owned(),
            None => format!("oidc.{region}.{}", super::domain(region)),
        };
        match error.code() {
            Some("UnauthorizedException" | "InvalidGrantException" | "InvalidClientException") => {
                AwsError::Expired
            }
            Some("ForbiddenException" | "ResourceNotFoundException") => AwsError::NoRole,
            _ => AwsError::from_sdk_error("sso:GetRoleCredentials", &host, error).0,
        }
    }
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignIn({})", self.portal.start_url)
    }
}

fn client(registered: RegisterClientOutput) -> Result<Client, AwsError> {
    let expires = registered.client_secret_expires_at;
    Ok(Client {
        id: registered.client_id.ok_or(AwsError::Unreadable)?,
        secret: registered.client_secret.ok_or(AwsError::Unreadable)?.into(),
        expires: Timestamp::from_second(expires).map_err(|_| AwsError::Unreadable)?,
    })
}
