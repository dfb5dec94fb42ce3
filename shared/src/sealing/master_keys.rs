//! Master keys as an operator names them: `2026:<base64>,2025:<base64>`, the newest first.

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305};
use hkdf::Hkdf;
use sha2::Sha256;
use std::fmt;

/// Bytes of a master key, and of what is derived from it.
const KEY_BYTES: usize = 32;
const MAX_ID_BYTES: usize = 32;
/// Keys that may be named at once.
const MOST_KEYS: usize = 16;
const DERIVATION: &str = "lexilingo data key v1 ";

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

#[derive(Clone, PartialEq, Eq)]
pub struct MasterKey {
    id: String,
    bytes: [u8; KEY_BYTES],
}

/// The newest seals, all of them open; without any nothing is sealed. `Debug` shows the ids only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct MasterKeys(Vec<MasterKey>);

impl MasterKey {
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The cipher of one tenant.
    pub(super) fn cipher(&self, tenant: &str) -> XChaCha20Poly1305 {
        let mut derived = [0; KEY_BYTES];
        let info = [DERIVATION.as_bytes(), tenant.as_bytes()];
        Hkdf::<Sha256>::new(None, &self.bytes)
            .expand_multi_info(&info, &mut derived)
            .expect("HKDF gives up to 8160 bytes");
        XChaCha20Poly1305::new(&Key::from(derived))
    }

    fn parse(text: &str) -> Result<MasterKey, String> {
        let (id, encoded) = text.split_once(':').ok_or("a key is written as ID:BASE64")?;
        let fine = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if !(1..=MAX_ID_BYTES).contains(&id.len()) || !id.chars().all(fine) {
            return Err(format!("a key's id has 1 to {MAX_ID_BYTES} letters, digits, - and _"));
        }
        let wrong = || format!("the key “{id}” is not {KEY_BYTES} bytes in base64");
        let bytes = BASE64.decode(encoded.trim()).map_err(|_| wrong())?;
        Ok(MasterKey { id: id.to_owned(), bytes: bytes.try_into().map_err(|_| wrong())? })
    }
}

impl MasterKeys {
    /// Says what is wrong without quoting a key.
    pub fn parse(text: &str) -> Result<MasterKeys, String> {
        let mut keys: Vec<MasterKey> = Vec::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let key = MasterKey::parse(part)?;
            if keys.iter().any(|other| other.id == key.id) {
                return Err(format!("the key “{}” is named twice", key.id));
            }
            keys.push(key);
        }
        if keys.len() > MOST_KEYS {
            return Err(format!("at most {MOST_KEYS} keys"));
        }
        Ok(MasterKeys(keys))
    }

    /// The key that seals.
    pub fn newest(&self) -> Option<&MasterKey> {
        self.0.first()
    }

    pub fn named(&self, id: &str) -> Option<&MasterKey> {
        self.0.iter().find(|key| key.id == id)
    }

    pub fn all(&self) -> &[MasterKey] {
        &self.0
    }

    /// `2026:***,2025:***`.
    pub fn masked(&self) -> String {
        let masked: Vec<String> = self.0.iter().map(|key| format!("{}:***", key.id)).collect();
        masked.join(",")
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey({}:***)", self.id)
    }
}

impl fmt::Debug for MasterKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKeys({})", self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    #[test]
    fn keys_are_named_newest_first_and_never_shown() {
        let keys = MasterKeys::parse(&format!("2026:{ONE}, 2025:{}", ONE.trim_end_matches('=')));
        let keys = keys.unwrap();
        assert_eq!(keys.newest().unwrap().id(), "2026");
        assert_eq!(keys.named("2025").unwrap().bytes, [1; 32]);
        assert_eq!(keys.masked(), "2026:***,2025:***");
        assert!(!format!("{keys:?} {:?}", keys.all()).contains("AQEB"));
        assert_eq!(MasterKeys::parse(" ").unwrap(), MasterKeys::default());
    }

    #[test]
    fn a_wrong_key_is_told_without_its_bytes() {
        let wrong = [ONE, "a b:AQEB", "2026:AQEB", "2026:not base64", &format!("a:{ONE},a:{ONE}")];
        for text in wrong {
            let problem = MasterKeys::parse(text).unwrap_err();
            assert!(!problem.contains("AQEB"), "{problem}");
        }
    }
}
