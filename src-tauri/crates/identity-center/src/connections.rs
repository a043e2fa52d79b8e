//! Opens several connections with the same credentials.

use super::{AwsError, Connection, Credentials, config, configuration::Configuration};
use transport::Network;

/// The connections of one run. Credentials with an MFA code are used only once, because AWS accepts
/// each code only once. Their connections share the keys.
pub struct Connections {
    credentials: Credentials,
    network: Network,
    /// The first connection, if the credentials have an MFA code.
    first: Option<Result<Connection, AwsError>>,
}

impl Connections {
    pub fn new(credentials: Credentials, network: Network) -> Self {
        Self { credentials, network, first: None }
    }

    /// Opens a connection, like [`Connection::open`].
    pub async fn open(&mut self, region: Option<&str>) -> Result<Connection, AwsError> {
        let configuration = Configuration::load_from_disk().await;
        self.open_with(region, &configuration).await
    }

    async fn open_with(
        &mut self,
        region: Option<&str>,
        configuration: &Configuration,
    ) -> Result<Connection, AwsError> {
        let Self { credentials, network, first } = self;
        if !matches!(credentials, Credentials::Profile { code: Some(_), .. }) {
            return Connection::open_with(credentials, region, network, configuration).await;
        }
        // Don't use up the code for a connection that has no Region.
        let region = match region {
            Some(region) => region.to_owned(),
            None => config::region(Some(credentials), configuration).ok_or(AwsError::NoRegion)?,
        };
        let first = match first {
            Some(first) => first,
            None => {
                let opening =
                    Connection::open_with(credentials, Some(&region), network, configuration);
                first.insert(opening.await)
            }
        };
        first.as_ref().map_err(Clone::clone)?.in_region(&region)
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;
    use crate::tests::{ASSUMED, FakeAws, WRONG_CODE};

    /// Returns a profile that needs a code, and a configuration that sends its calls to `aws`.
    async fn connections(aws: &FakeAws) -> (Connections, Configuration) {
        let contents = format!(
            "[profile mfa]\nservices = local\nsource_profile = ana\n\
             role_arn = arn:aws:iam::123456789012:role/Admin\n\
             mfa_serial = arn:aws:iam::123456789012:mfa/ana\n\
             [services local]\nsts =\n  endpoint_url = {}\n[profile ana]\n\
             aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n\
             aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n",
            aws.endpoint()
        );
        let code = Some(SecretString::from("123456".to_owned()));
        let credentials = Credentials::Profile { name: "mfa".to_owned(), code };
        let configuration = Configuration::from_texts(&contents, "", &[]).await;
        (Connections::new(credentials, Network::default()), configuration)
    }

    #[tokio::test]
    async fn one_code_opens_all_connections() {
        let aws = FakeAws::start(&[(200, ASSUMED)]).await;
        let (mut connections, configuration) = connections(&aws).await;
        let unplaced = connections.open_with(None, &configuration).await;
        assert_eq!(unplaced.err(), Some(AwsError::NoRegion), "the code isn't used up");
        for region in ["us-east-1", "eu-west-1"] {
            let opened = connections.open_with(Some(region), &configuration).await.unwrap();
            assert_eq!(opened.region(), region);
        }
        assert_eq!(aws.requests().len(), 1, "{:?}", aws.requests());
    }

    #[tokio::test]
    async fn wrong_code_is_not_sent_again() {
        let aws = FakeAws::start(&[(403, WRONG_CODE)]).await;
        let (mut connections, configuration) = connections(&aws).await;
        for region in ["us-east-1", "eu-west-1"] {
            let opened = connections.open_with(Some(region), &configuration).await;
            assert_eq!(opened.err(), Some(AwsError::WrongCode));
        }
        assert_eq!(aws.requests().len(), 1);
    }
}
