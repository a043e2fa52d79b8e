//! IDs and random values, generated from the seed in the order of requests.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};
use jiff::Timestamp;
use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng, SeedableRng},
};

use super::{Application, Group, PracticeState, Provider, User};
use crate::Switches;

impl PracticeState {
    /// Returns a new application that has IDs but whose fields are empty. Doesn't add it to the
    /// state.
    pub fn new_application(
        &mut self,
        provider: Provider,
        switches: &Switches,
        now: Timestamp,
    ) -> Application {
        let id = self.draw_resource_id(switches);
        let token = if switches.opaque_tokens {
            // The URL-safe alphabet is used because the token is one path segment and can't contain
            // a slash.
            URL_SAFE_NO_PAD.encode(self.draw::<33>())
        } else {
            link_token(&self.organization.management_account, &id)
        };
        let key_seed = u64::from_le_bytes(self.draw::<8>());
        Application {
            id,
            region: self.region().to_owned(),
            provider,
            enabled: true,
            created_at: now,
            token,
            key_seed,
            session_minutes: 60,
            ..Application::default()
        }
    }

    /// Returns a new, enabled user who has an ID but whose fields are empty. Doesn't add the user
    /// to the state.
    pub fn new_user(&mut self, now: Timestamp) -> User {
        User {
            id: self.draw_principal_id(),
            enabled: true,
            created_at: now,
            updated_at: now,
            revision: 1,
            ..User::default()
        }
    }

    /// Returns a new group that has an ID but whose fields are empty. Doesn't add it to the state.
    pub fn new_group(&mut self, now: Timestamp) -> Group {
        Group {
            id: self.draw_principal_id(),
            created_at: now,
            updated_at: now,
            revision: 1,
            ..Group::default()
        }
    }

    /// Generates the ID of a user, group or membership: ten hex digits from the store's ID, a dash,
    /// and a UUID.
    pub fn draw_principal_id(&mut self) -> String {
        let store = self.instance.identity_store_id.trim_start_matches("d-").to_owned();
        format!("{store}-{}", self.draw_uuid())
    }

    /// Generates a version 4 UUID.
    pub fn draw_uuid(&mut self) -> String {
        uuid::Builder::from_random_bytes(self.draw::<16>()).into_uuid().to_string()
    }

    /// Generates up to 64 lowercase hex digits.
    pub fn draw_hex(&mut self, digits: usize) -> String {
        let mut hex = hex::encode(self.draw::<32>());
        hex.truncate(digits);
        hex
    }

    /// Generates the 16 characters in the ID of an instance or an application.
    pub fn draw_resource_id(&mut self, switches: &Switches) -> String {
        const LETTERS: &[u8; 36] = b"ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUV";
        if !switches.alphanumeric_ids {
            return self.draw_hex(16);
        }
        let letter = |byte: u8| char::from(LETTERS[usize::from(byte) % LETTERS.len()]);
        self.draw::<16>().map(letter).iter().collect()
    }

    /// Generates six decimal digits, the format of a one-time code that is sent by email.
    pub fn draw_code(&mut self) -> String {
        format!("{:06}", u32::from_le_bytes(self.draw::<4>()) % 1_000_000)
    }

    /// Generates the next bytes from the seed.
    pub fn draw<const N: usize>(&mut self) -> [u8; N] {
        let mut source = ChaCha20Rng::seed_from_u64(self.seed);
        source.set_stream(self.draws);
        self.draws += 1;
        let mut bytes = [0; N];
        source.fill_bytes(&mut bytes);
        bytes
    }
}

/// Returns the last path segment of an application's links in AWS's format: the account and the
/// `ins-` ID in base64 without padding, 44 characters in total (seen in public samples, not
/// documented).
fn link_token(account: &str, id: &str) -> String {
    STANDARD_NO_PAD.encode(format!("{account}_ins-{id}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_token_decodes_to_account_and_id() {
        let token = link_token("123456789012", "0123456789abcdef");
        assert_eq!(token.len(), 44);
        assert_eq!(STANDARD_NO_PAD.decode(&token).unwrap(), b"123456789012_ins-0123456789abcdef");
    }

    #[test]
    fn same_seed_draws_same_distinct_values() {
        let (mut one, mut other) = (PracticeState::seeded(7), PracticeState::seeded(7));
        let drawn = one.draw_uuid();
        assert_eq!(drawn, other.draw_uuid());
        assert_ne!(drawn, one.draw_uuid());
        assert_ne!(PracticeState::seeded(8).draw_uuid(), drawn);
    }

    #[test]
    fn opaque_token_hides_the_application_id() {
        let mut world = PracticeState::seeded(1);
        let application = {
            let switches = Switches { opaque_tokens: true, ..Switches::default() };
            world.new_application(Provider::CustomSaml, &switches, Timestamp::UNIX_EPOCH)
        };
        assert_eq!(application.token.len(), 44);
        assert_ne!(
            application.token,
            link_token(&world.organization.management_account, &application.id)
        );
    }
}
