//! stub
#![allow(missing_docs)]
pub struct KeyOwner;
impl KeyOwner {
    pub fn name(&self) -> String {
        String::new()
    }
}
pub struct KeyError;
impl KeyError {
    pub fn code(&self) -> &'static str {
        "x"
    }
    pub fn params(&self) -> std::collections::BTreeMap<String, String> {
        Default::default()
    }
}
pub async fn check_key(
    _: &secrecy::SecretString,
    _: &crate::reach::Reach,
) -> Result<KeyOwner, KeyError> {
    Err(KeyError)
}
