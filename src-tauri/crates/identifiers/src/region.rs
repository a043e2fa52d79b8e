//! Regions and partitions. Only their format is checked, because AWS adds new Regions every year.

use std::str::FromStr;

use super::ParseError;
use super::parse_error::shown_as_text;

/// A Region name such as `us-east-1`. Any name with the right format is accepted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(String);

impl Region {
    /// Returns the partition that matches the Region name's prefix.
    pub fn partition(&self) -> Partition {
        PARTITIONS
            .iter()
            .find(|(_, prefix, _)| self.0.starts_with(prefix))
            .map_or_else(Partition::aws, |(name, ..)| Partition((*name).to_owned()))
    }
}

impl FromStr for Region {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let is_word = |word: &str| {
            matches!(word.len(), 2..=16) && word.bytes().all(|b| b.is_ascii_lowercase())
        };
        let shaped = text.rsplit_once('-').is_some_and(|(words, number)| {
            matches!(number.len(), 1..=2)
                && number.bytes().all(|b| b.is_ascii_digit())
                && words.contains('-')
                && words.split('-').all(is_word)
        });
        shaped.then(|| Self(text.to_owned())).ok_or(ParseError("an AWS Region"))
    }
}

/// An AWS partition, named as in ARNs: `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc` …
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Partition(String);

impl Partition {
    pub fn all() -> impl Iterator<Item = Self> {
        let others = PARTITIONS.iter().map(|(name, ..)| Self((*name).to_owned()));
        std::iter::once(Self::aws()).chain(others)
    }

    /// Returns `aws`, the partition of all Regions that don't have another partition's prefix.
    pub fn aws() -> Self {
        Self("aws".to_owned())
    }

    /// Returns the DNS suffix, such as `amazonaws.com.cn`, or `None` if the partition isn't in the
    /// list.
    pub fn host_suffix(&self) -> Option<&'static str> {
        if self.is_standard() {
            return Some("amazonaws.com");
        }
        PARTITIONS.iter().find(|(name, ..)| *name == self.0).map(|(.., suffix)| *suffix)
    }

    pub fn is_standard(&self) -> bool {
        self.0 == "aws"
    }

    /// Returns the domain of the AWS Management Console, or `None` if it isn't known.
    pub fn console_domain(&self) -> Option<&'static str> {
        match self.0.as_str() {
            "aws" => Some("console.aws.amazon.com"),
            "aws-cn" => Some("console.amazonaws.cn"),
            "aws-us-gov" => Some("console.amazonaws-us-gov.com"),
            "aws-eusc" => Some("console.amazonaws-eusc.eu"),
            _ => None,
        }
    }
}

impl FromStr for Partition {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let shaped = text == "aws"
            || text.strip_prefix("aws-").is_some_and(|rest| {
                !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
            });
        shaped.then(|| Self(text.to_owned())).ok_or(ParseError("an AWS partition"))
    }
}

shown_as_text!(Region: 0, Partition: 0);

/// The partitions other than `aws`: name, prefix of the Region names, and DNS suffix. From the AWS
/// SDKs' public endpoint data.
const PARTITIONS: [(&str, &str, &str); 7] = [
    ("aws-cn", "cn-", "amazonaws.com.cn"),
    ("aws-us-gov", "us-gov-", "amazonaws.com"),
    ("aws-eusc", "eusc-", "amazonaws.eu"),
    ("aws-iso", "us-iso-", "c2s.ic.gov"),
    ("aws-iso-b", "us-isob-", "sc2s.sgov.gov"),
    ("aws-iso-e", "eu-isoe-", "cloud.adc-e.uk"),
    ("aws-iso-f", "us-isof-", "csp.hci.ic.gov"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn region_format_determines_the_partition() {
        let check = |text: &str, expect: Option<&str>| {
            let partition = text.parse::<Region>().ok().map(|region| region.partition());
            assert_eq!(partition.as_ref().map(Partition::as_str), expect, "{text:?}");
        };
        check("us-east-1", Some("aws"));
        check("ap-southeast-12", Some("aws"));
        check("xx-somewhere-3", Some("aws"));
        check("cn-north-1", Some("aws-cn"));
        check("us-gov-west-1", Some("aws-us-gov"));
        check("eusc-de-east-1", Some("aws-eusc"));
        check("us-iso-east-1", Some("aws-iso"));
        check("US-EAST-1", None);
        check("us-east", None);
        check("us-east-1a", None);
        check("east-1", None);
        check("us-east-1 ", None);
        check("", None);
    }

    #[test]
    fn only_public_partitions_have_a_console() {
        let check = |region: &str, expect: Option<&str>| {
            let region: Region = region.parse().unwrap();
            assert_eq!(region.partition().console_domain(), expect, "{region}");
        };
        check("us-east-1", Some("console.aws.amazon.com"));
        check("us-gov-east-1", Some("console.amazonaws-us-gov.com"));
        check("cn-northwest-1", Some("console.amazonaws.cn"));
        check("eusc-de-east-1", Some("console.amazonaws-eusc.eu"));
        check("us-iso-east-1", None);
    }

    #[test]
    fn known_partitions_have_host_suffix() {
        let check = |name: &str, expect: Option<&str>| {
            let partition: Partition = name.parse().unwrap();
            assert_eq!(partition.host_suffix(), expect, "{name}");
        };
        check("aws", Some("amazonaws.com"));
        check("aws-cn", Some("amazonaws.com.cn"));
        check("aws-eusc", Some("amazonaws.eu"));
        check("aws-new", None);
        assert!("amazon".parse::<Partition>().is_err());
    }
}
