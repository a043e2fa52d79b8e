//! IDs and random values, drawn from the seed in request order.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};
use jiff::Timestamp;
use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng, SeedableRng},
};

use super::{Application, Group, PracticeState, Provider, REGION, User};
use crate::Switches;

impl PracticeState {
    /// Returns a new application with fixed IDs and empty fields. Doesn't add it to the state.
    pub fn new_application(
        &mut self,
        provider: Provider,
        switches: &Switches,
        now: Timestamp,
    ) -> Application {
        let id = self.draw_resource_id(switches);
        let token = if switches.opaque_tokens {
            // URL-safe alphabet: the token is one path segment, so it can't contain a slash.
            URL_SAFE_NO_PAD.encode(self.draw::<33>())
        } else {
            link_token(&self.organization.management_account, &id)
        };
        let key_seed = u64::from_le_bytes(self.draw::<8>());
        Application {
            id,
            region: REGION.to_owned(),
            provider,
            enabled: true,
            created_at: now,
            token,
            key_seed,
            session_minutes: 60,
            ..Application::default()
        }
    }

    /// Returns a new, enabled user with a fixed ID and empty fields. Doesn't add it to the state.
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

    /// Returns a new group with a fixed ID and empty fields. Doesn't add it to the state.
    pub fn new_group(&mut self, now: Timestamp) -> Group {
        Group {
            id: self.draw_principal_id(),
            created_at: now,
            updated_at: now,
            revision: 1,
            ..Group::default()
        }
    }

    /// Draws the ID of a user, group or membership: ten hex digits of the store, a dash, a UUID.
    pub fn draw_principal_id(&mut self) -> String {
        let store = self.instance.identity_store_id.trim_start_matches("d-").to_owned();
        format!("{store}-{}", self.draw_uuid())
    }

    /// Draws a version 4 UUID.
    pub fn draw_uuid(&mut self) -> String {
        uuid::Builder::from_random_bytes(self.draw::<16>()).into_uuid().to_string()
    }

    /// Draws lowercase hex digits, at most 64.
    pub fn draw_hex(&mut self, digits: usize) -> String {
        let mut hex = hex::encode(self.draw::<32>());
        hex.truncate(digits);
        hex
    }

    /// Draws the 16 characters of an instance's or an application's ID.
    pub fn draw_resource_id(&mut self, switches: &Switches) -> String {
        const LETTERS: &[u8; 36] = b"ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUV";
        if !switches.alphanumeric_ids {
            return self.draw_hex(16);
        }
        let letter = |byte: u8| char::from(LETTERS[usize::from(byte) % LETTERS.len()]);
        self.draw::<16>().map(letter).iter().collect()
    }

    /// Draws six decimal digits, as in an emailed one-time code.
    pub fn draw_code(&mut self) -> String {
        format!("{:06}", u32::from_le_bytes(self.draw::<4>()) % 1_000_000)
    }

    /// Draws the seed's next bytes.
    pub fn draw<const N: usize>(&mut self) -> [u8; N] {
        let mut source = ChaCha20Rng::seed_from_u64(self.seed);
        source.set_stream(self.draws);
        self.draws += 1;
        let mut bytes = [0; N];
        source.fill_bytes(&mut bytes);
        bytes
    }
}

/// Returns the last path segment of an application's links in AWS's format: account and `ins-` ID in
/// base64 without padding, 44 characters (seen in public samples, not documented).
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
