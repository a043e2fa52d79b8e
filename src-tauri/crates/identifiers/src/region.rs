//! Regions and partitions, checked by shape, because AWS adds new Regions every year.

use std::str::FromStr;

use super::ParseError;
use super::parse_error::shown_as_text;

/// A Region name such as `us-east-1`, checked by shape and not against a list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(String);

impl Region {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the partition that matches the Region name's prefix.
    pub fn partition(&self) -> Partition {
        PARTITIONS
            .iter()
            .find(|known| self.0.starts_with(known.region_prefix))
            .map_or_else(Partition::standard, |known| Partition(known.name.to_owned()))
    }
}

impl FromStr for Region {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let parts: Vec<&str> = text.split('-').collect();
        let shaped = match parts.split_last() {
            Some((number, words)) => {
                words.len() >= 2
                    && matches!(number.len(), 1..=2)
                    && number.bytes().all(|b| b.is_ascii_digit())
                    && words.iter().all(|word| {
                        matches!(word.len(), 2..=16) && word.bytes().all(|b| b.is_ascii_lowercase())
                    })
            }
            None => false,
        };
        if shaped { Ok(Self(text.to_owned())) } else { Err(ParseError { what: "an AWS Region" }) }
    }
}

/// An AWS partition, named as in ARNs: `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc` …
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Partition(String);

impl Partition {
    /// Returns `aws`, the partition of all Regions without another partition's prefix.
    pub fn standard() -> Self {
        Self("aws".to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the DNS suffix, such as `amazonaws.com.cn`, or `None` if the partition isn't in the list.
    pub fn host_suffix(&self) -> Option<&'static str> {
        if self.0 == "aws" {
            return Some("amazonaws.com");
        }
        PARTITIONS.iter().find(|known| known.name == self.0).map(|known| known.host_suffix)
    }
}

impl FromStr for Partition {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let shaped = text == "aws"
            || text.strip_prefix("aws-").is_some_and(|rest| {
                !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
            });
        if shaped {
            Ok(Self(text.to_owned()))
        } else {
            Err(ParseError { what: "an AWS partition" })
        }
    }
}

shown_as_text!(Region, Partition);

/// The Region prefix and DNS suffix of a partition other than `aws`.
struct Known {
    name: &'static str,
    region_prefix: &'static str,
    host_suffix: &'static str,
}

/// Partitions and DNS suffixes from the AWS SDKs' public endpoint data.
const PARTITIONS: [Known; 7] = [
    Known { name: "aws-cn", region_prefix: "cn-", host_suffix: "amazonaws.com.cn" },
    Known { name: "aws-us-gov", region_prefix: "us-gov-", host_suffix: "amazonaws.com" },
    Known { name: "aws-eusc", region_prefix: "eusc-", host_suffix: "amazonaws.eu" },
    Known { name: "aws-iso", region_prefix: "us-iso-", host_suffix: "c2s.ic.gov" },
    Known { name: "aws-iso-b", region_prefix: "us-isob-", host_suffix: "sc2s.sgov.gov" },
    Known { name: "aws-iso-e", region_prefix: "eu-isoe-", host_suffix: "cloud.adc-e.uk" },
    Known { name: "aws-iso-f", region_prefix: "us-isof-", host_suffix: "csp.hci.ic.gov" },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_parsed_by_shape_have_partition() {
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
