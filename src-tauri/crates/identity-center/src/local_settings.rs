//! The settings of this computer's AWS configuration that apply without credentials.

use super::{config, configuration::Configuration};
use transport::Network;

/// The settings of the profile that the AWS CLI would use.
#[derive(Debug)]
pub struct LocalSettings {
    pub region: Option<String>,
    /// How to reach AWS, including the certificates from the configuration.
    pub network: Network,
}

/// Reads the settings. `network` has the proxy and certificates from the environment.
pub async fn local_settings(network: &Network) -> LocalSettings {
    settings_in(&Configuration::load_from_disk().await, network)
}

fn settings_in(configuration: &Configuration, network: &Network) -> LocalSettings {
    LocalSettings {
        region: config::region(None, configuration),
        network: config::network(network, configuration),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[tokio::test]
    async fn empty_variables_are_unset() {
        let config = "[default]\nregion = eu-west-1\nca_bundle = ~/company.pem\n";
        for (variables, expected) in [
            (&[][..], "eu-west-1"),
            (&[("AWS_REGION", "")], "eu-west-1"),
            (&[("AWS_REGION", ""), ("AWS_DEFAULT_REGION", "us-west-2")], "us-west-2"),
            (&[("AWS_REGION", "us-east-2")], "us-east-2"),
        ] {
            let configuration = Configuration::from_texts(config, "", variables).await;
            let settings = settings_in(&configuration, &Network::default());
            assert_eq!(settings.region.as_deref(), Some(expected), "{variables:?}");
        }
    }

    #[tokio::test]
    async fn certificates_of_the_configuration_are_used() {
        let config = "[profile own]\nca_bundle = ~/company.pem\n";
        let selected = [("AWS_PROFILE", "own")];
        let configuration = Configuration::from_texts(config, "", &selected).await;
        let certificates =
            |network: &Network| settings_in(&configuration, network).network.certificates;
        let company = PathBuf::from("/home/ana/company.pem");
        assert_eq!(certificates(&Network::default()), Some(company));
        let named = Network { certificates: Some("/roots.pem".into()), ..Network::default() };
        assert_eq!(certificates(&named), Some("/roots.pem".into()), "AWS_CA_BUNDLE comes first");
    }
}
