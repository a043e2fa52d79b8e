//! Damages input in the ways that transfers, editors and attackers do. The same seed causes the
//! same damage.

/// Generates damage from a seed.
#[derive(Debug, Clone)]
pub struct Mutation {
    state: u64,
}

/// Fragments that readers look for, which are inserted in the wrong places.
pub const PIECES: [&[u8]; 24] = [
    b"-----BEGIN CERTIFICATE-----",
    b"-----END CERTIFICATE-----",
    b"-----BEGIN ",
    b"PRIVATE KEY-----",
    b"BEGIN END ",
    b"\\n",
    b"\r",
    b"\0",
    b"\x30\x82\xFF\xFF",
    b"\x30\x80",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xF0\x9F\x94\x91",
    b"<",
    b"/>",
    b"<![CDATA[",
    b"<!--",
    b"&#x0;",
    b"&lt;",
    b"<!DOCTYPE a>",
    b" xmlns:a=\"b\"",
    b"https://",
    b"${user:email}",
    b"%0A",
];

impl Mutation {
    pub fn seeded(seed: u64) -> Self {
        Self { state: seed }
    }

    /// Returns a number below `end`, or 0 if `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        // SplitMix64, by Sebastiano Vigna (public domain).
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let mixed = (mixed ^ (mixed >> 31)) as usize;
        mixed.checked_rem(end).unwrap_or(0)
    }

    /// Returns `bytes` damaged in one to four ways, which may insert parts of `other`.
    pub fn damaged(&mut self, bytes: &[u8], other: &[u8]) -> Vec<u8> {
        let mut damaged = bytes.to_vec();
        for _ in 0..=self.below(4) {
            self.damage(&mut damaged, other);
        }
        damaged
    }

    fn damage(&mut self, bytes: &mut Vec<u8>, other: &[u8]) {
        let at = self.below(bytes.len() + 1);
        let length = self.below(64) + 1;
        let end = (at + length).min(bytes.len());
        match self.below(9) {
            0 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << self.below(8);
                }
            }
            1 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = self.below(256) as u8;
                }
            }
            2 => drop(bytes.drain(at..end)),
            3 => bytes.truncate(at),
            4 => drop(bytes.drain(..at.min(256))),
            5 => {
                let piece = PIECES[self.below(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            6 => {
                let piece = PIECES[self.below(PIECES.len())];
                let many = piece.repeat(self.below(400) + 1);
                bytes.splice(at..at, many);
            }
            7 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            _ => {
                let from = self.below(other.len() + 1);
                let to = (from + 8 * length).min(other.len());
                bytes.splice(at..end, other[from..to].iter().copied());
            }
        }
    }
}
