//! One sealed value: `LXE1`, the length and the name of its master key, the nonce, the ciphertext with its tag; as text
//! `lxe1.` and that in base64.

use super::master_keys::{MasterKey, MasterKeys};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use chacha20poly1305::{
    XNonce,
    aead::{Aead, Payload},
};

pub(super) const MAGIC: &[u8] = b"LXE1";
const TEXT_MARK: &str = "lxe1.";
pub const NONCE_BYTES: usize = 24;

/// Where a value lies. It opens at its own place only.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    pub tenant: &'a str,
    /// What kind of value, e.g. `job result`.
    pub what: &'a str,
    /// Which one of its kind.
    pub record: &'a str,
}

/// Why a value cannot be opened. Nothing of it is told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    #[error("it was sealed with the key “{0}”, which DATA_ENCRYPTION_KEYS does not name")]
    UnknownKey(String),
    #[error(
        "the key “{0}” in DATA_ENCRYPTION_KEYS does not open it: it is not the key that sealed it, or the value was \
         changed"
    )]
    Refused(String),
    #[error("what is sealed there is cut off")]
    Broken,
}

impl Place<'_> {
    /// The associated data: each part after its length, so that no two places are written alike.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for part in [self.tenant, self.what, self.record] {
            bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        bytes
    }
}

pub fn is_sealed(value: &[u8]) -> bool {
    value.starts_with(MAGIC)
}

pub fn is_sealed_text(value: &str) -> bool {
    value.starts_with(TEXT_MARK)
}

/// `nonce` is drawn at random: 24 bytes are enough never to meet again.
pub fn seal(key: &MasterKey, place: &Place, nonce: [u8; NONCE_BYTES], value: &[u8]) -> Vec<u8> {
    let payload = Payload { msg: value, aad: &place.bytes() };
    let sealed = key
        .cipher(place.tenant)
        .encrypt(&XNonce::from(nonce), payload)
        .expect("values have fewer than 256 GiB");
    let mut envelope = header(key);
    envelope.extend_from_slice(&nonce);
    envelope.extend_from_slice(&sealed);
    envelope
}

pub fn open(keys: &MasterKeys, place: &Place, envelope: &[u8]) -> Result<Vec<u8>, OpenError> {
    let (key, rest) = sealer(keys, envelope)?.ok_or(OpenError::Broken)?;
    let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(OpenError::Broken)?;
    let payload = Payload { msg: sealed, aad: &place.bytes() };
    let opened = key.cipher(place.tenant).decrypt(&XNonce::from(*nonce), payload);
    opened.map_err(|_| OpenError::Refused(key.id().to_owned()))
}

pub fn seal_text(key: &MasterKey, place: &Place, nonce: [u8; NONCE_BYTES], value: &str) -> String {
    let sealed = seal(key, place, nonce, value.as_bytes());
    format!("{TEXT_MARK}{}", BASE64_STANDARD_NO_PAD.encode(sealed))
}

pub fn open_text(keys: &MasterKeys, place: &Place, text: &str) -> Result<String, OpenError> {
    let encoded = text.strip_prefix(TEXT_MARK).ok_or(OpenError::Broken)?;
    let envelope = BASE64_STANDARD_NO_PAD.decode(encoded).map_err(|_| OpenError::Broken)?;
    String::from_utf8(open(keys, place, &envelope)?).map_err(|_| OpenError::Broken)
}

/// What every envelope begins with.
pub(super) fn header(key: &MasterKey) -> Vec<u8> {
    let mut header = MAGIC.to_vec();
    // An id has at most 32 bytes.
    header.push(key.id().len() as u8);
    header.extend_from_slice(key.id().as_bytes());
    header
}

/// The key that a header names, and what comes after the header; `None` while it is not whole.
pub(super) fn sealer<'k, 'e>(
    keys: &'k MasterKeys,
    envelope: &'e [u8],
) -> Result<Option<(&'k MasterKey, &'e [u8])>, OpenError> {
    let Some((magic, rest)) = envelope.split_at_checked(MAGIC.len()) else { return Ok(None) };
    if magic != MAGIC {
        return Err(OpenError::Broken);
    }
    let Some((&length, rest)) = rest.split_first() else { return Ok(None) };
    let Some((id, rest)) = rest.split_at_checked(usize::from(length)) else { return Ok(None) };
    let id = std::str::from_utf8(id).map_err(|_| OpenError::Broken)?;
    let key = keys.named(id).ok_or_else(|| OpenError::UnknownKey(id.to_owned()))?;
    Ok(Some((key, rest)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OLD: &str = "old:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE";
    const NEW: &str = "new:AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI";
    const PLACE: Place = Place { tenant: "school", what: "job result", record: "job_1" };
    const NONCE: [u8; NONCE_BYTES] = [7; NONCE_BYTES];

    fn keys(text: &str) -> MasterKeys {
        MasterKeys::parse(text).unwrap()
    }

    fn sealed(keys: &MasterKeys) -> String {
        seal_text(keys.newest().unwrap(), &PLACE, NONCE, "I goes to Huế.")
    }

    #[test]
    fn what_an_old_key_sealed_is_still_opened_after_a_rotation() {
        let before = sealed(&keys(OLD));
        let rotated = keys(&format!("{NEW},{OLD}"));
        assert_eq!(open_text(&rotated, &PLACE, &before).unwrap(), "I goes to Huế.");
        let after = sealed(&rotated);
        assert_eq!(open_text(&keys(NEW), &PLACE, &after).unwrap(), "I goes to Huế.");
        let gone = open_text(&keys(NEW), &PLACE, &before).unwrap_err();
        assert_eq!(gone, OpenError::UnknownKey("old".to_owned()));
        assert!(gone.to_string().contains("DATA_ENCRYPTION_KEYS"));
    }

    #[test]
    fn a_wrong_key_of_the_right_name_is_refused() {
        let other = keys(&NEW.replace("new:", "old:"));
        let error = open_text(&other, &PLACE, &sealed(&keys(OLD))).unwrap_err();
        assert_eq!(error, OpenError::Refused("old".to_owned()));
        assert!(error.to_string().contains("DATA_ENCRYPTION_KEYS"));
    }

    #[test]
    fn a_value_opens_at_its_own_place_only() {
        let keys = keys(OLD);
        let sealed = sealed(&keys);
        for place in [
            Place { tenant: "other", ..PLACE },
            Place { what: "job input", ..PLACE },
            Place { record: "job_2", ..PLACE },
            Place { what: "job resultj", record: "ob_1", ..PLACE },
        ] {
            assert!(open_text(&keys, &place, &sealed).is_err(), "{place:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_sealed_is_opened_and_never_seen(
            value in proptest::collection::vec(any::<u8>(), 0..500), nonce: [u8; NONCE_BYTES]
        ) {
            let keys = keys(OLD);
            let envelope = seal(keys.newest().unwrap(), &PLACE, nonce, &value);
            prop_assert!(is_sealed(&envelope));
            prop_assert_eq!(open(&keys, &PLACE, &envelope).unwrap(), value.clone());
            if value.len() >= 8 {
                prop_assert!(!envelope.windows(value.len()).any(|window| window == value));
            }
        }

        #[test]
        fn a_changed_or_shortened_envelope_is_never_opened(
            at in 0..80usize, change in 1..=255u8, keep in 0..80usize
        ) {
            let keys = keys(OLD);
            let envelope = seal(keys.newest().unwrap(), &PLACE, NONCE, b"I goes to school yesterday, and");
            let mut changed = envelope.clone();
            let place = at % changed.len();
            changed[place] ^= change;
            prop_assert!(open(&keys, &PLACE, &changed).is_err());
            prop_assert!(open(&keys, &PLACE, &envelope[..keep.min(envelope.len() - 1)]).is_err());
        }
    }
}
