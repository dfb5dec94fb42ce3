//! A sealed stream: the envelope's header, a nonce, then segments that are sealed one by one in the STREAM construction
//! (Hoang and others 2015), so that segments which are dropped, moved or cut off at the end do not open.

use super::{
    envelope::{OpenError, Place, header, sealer},
    master_keys::{MasterKey, MasterKeys},
};
use aead_stream::{DecryptorBE32, EncryptorBE32, Nonce, StreamBE32};
use chacha20poly1305::{XChaCha20Poly1305, aead::Payload};

/// Bytes of a segment before it is sealed; the last one may be shorter.
pub const SEGMENT_BYTES: usize = 64 * 1024;
pub const TAG_BYTES: usize = 16;
/// What STREAM's counter leaves of the nonce.
pub const NONCE_BYTES: usize = 19;

type StreamNonce = Nonce<XChaCha20Poly1305, StreamBE32<XChaCha20Poly1305>>;

/// Seals what is pushed; what it gives back is to be stored in that order.
pub struct SegmentSealer {
    sealer: EncryptorBE32<XChaCha20Poly1305>,
    place: Vec<u8>,
    /// Begins with the header until the first segment has gone.
    head: Vec<u8>,
    pending: Vec<u8>,
}

impl SegmentSealer {
    pub fn new(key: &MasterKey, place: &Place, nonce: [u8; NONCE_BYTES]) -> Self {
        let mut head = header(key);
        head.extend_from_slice(&nonce);
        let cipher = key.cipher(place.tenant);
        let sealer = EncryptorBE32::from_aead(cipher, &StreamNonce::from(nonce));
        SegmentSealer { sealer, place: place.bytes(), head, pending: Vec::new() }
    }

    /// Fails when there are more than 2^32 segments.
    pub fn push(&mut self, value: &[u8]) -> Result<Vec<u8>, OpenError> {
        self.pending.extend_from_slice(value);
        let mut out = std::mem::take(&mut self.head);
        // The last segment is sealed in another way, so one is kept back.
        while self.pending.len() > SEGMENT_BYTES {
            let segment: Vec<u8> = self.pending.drain(..SEGMENT_BYTES).collect();
            let payload = Payload { msg: &segment, aad: &self.place };
            out.extend(self.sealer.encrypt_next(payload).map_err(|_| OpenError::Broken)?);
        }
        Ok(out)
    }

    pub fn finish(mut self) -> Result<Vec<u8>, OpenError> {
        let mut out = std::mem::take(&mut self.head);
        let payload = Payload { msg: &self.pending, aad: &self.place };
        out.extend(self.sealer.encrypt_last(payload).map_err(|_| OpenError::Broken)?);
        Ok(out)
    }
}

/// Opens what is pushed, in pieces of any size.
pub struct SegmentOpener {
    keys: MasterKeys,
    tenant: String,
    place: Vec<u8>,
    opener: Option<(DecryptorBE32<XChaCha20Poly1305>, String)>,
    pending: Vec<u8>,
}

impl SegmentOpener {
    pub fn new(keys: MasterKeys, place: &Place) -> Self {
        let (tenant, place) = (place.tenant.to_owned(), place.bytes());
        SegmentOpener { keys, tenant, place, opener: None, pending: Vec::new() }
    }

    pub fn push(&mut self, sealed: &[u8]) -> Result<Vec<u8>, OpenError> {
        self.pending.extend_from_slice(sealed);
        if self.opener.is_none() && !self.begin()? {
            return Ok(Vec::new());
        }
        let mut out = Vec::new();
        let Some((opener, id)) = &mut self.opener else { return Ok(out) };
        while self.pending.len() > SEGMENT_BYTES + TAG_BYTES {
            let segment: Vec<u8> = self.pending.drain(..SEGMENT_BYTES + TAG_BYTES).collect();
            let opened = opener.decrypt_next(Payload { msg: &segment, aad: &self.place });
            out.extend(opened.map_err(|_| OpenError::Refused(id.clone()))?);
        }
        Ok(out)
    }

    pub fn finish(self) -> Result<Vec<u8>, OpenError> {
        let (opener, id) = self.opener.ok_or(OpenError::Broken)?;
        let payload = Payload { msg: &self.pending, aad: &self.place };
        opener.decrypt_last(payload).map_err(|_| OpenError::Refused(id))
    }

    /// Reads the header and the nonce, once they are there.
    fn begin(&mut self) -> Result<bool, OpenError> {
        let Some((key, rest)) = sealer(&self.keys, &self.pending)? else { return Ok(false) };
        let Some((nonce, rest)) = rest.split_first_chunk::<NONCE_BYTES>() else { return Ok(false) };
        let cipher = key.cipher(&self.tenant);
        let opener = DecryptorBE32::from_aead(cipher, &StreamNonce::from(*nonce));
        self.opener = Some((opener, key.id().to_owned()));
        self.pending = rest.to_vec();
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "a:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE";
    const PLACE: Place = Place { tenant: "school", what: "blob", record: "upl_1" };

    fn keys() -> MasterKeys {
        MasterKeys::parse(KEY).unwrap()
    }

    fn seal(content: &[u8], piece: usize) -> Vec<u8> {
        let mut sealer = SegmentSealer::new(keys().newest().unwrap(), &PLACE, [3; NONCE_BYTES]);
        let mut sealed = Vec::new();
        for some in content.chunks(piece) {
            sealed.extend(sealer.push(some).unwrap());
        }
        sealed.extend(sealer.finish().unwrap());
        sealed
    }

    fn open(sealed: &[u8], piece: usize) -> Result<Vec<u8>, OpenError> {
        let mut opener = SegmentOpener::new(keys(), &PLACE);
        let mut content = Vec::new();
        for some in sealed.chunks(piece) {
            content.extend(opener.push(some)?);
        }
        content.extend(opener.finish()?);
        Ok(content)
    }

    #[test]
    fn streams_of_every_length_come_back_in_pieces_of_every_size() {
        let lengths = [0, 1, SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 200_000];
        for length in lengths {
            let content: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let sealed = seal(&content, 1000);
            for piece in [7, 65_536, 1 << 20] {
                assert_eq!(open(&sealed, piece).unwrap(), content, "{length} by {piece}");
            }
        }
    }

    #[test]
    fn a_stream_that_was_cut_or_reordered_is_refused() {
        let sealed = seal(&vec![9; 3 * SEGMENT_BYTES], 4096);
        let segment = SEGMENT_BYTES + TAG_BYTES;
        let begin = sealed.len() - 3 * segment;
        assert!(open(&sealed[..begin + segment], 4096).is_err());
        assert!(open(&sealed[..begin], 4096).is_err());
        assert!(open(&sealed[..3], 4096).is_err());
        let mut moved = sealed.clone();
        moved[begin..begin + 2 * segment].rotate_left(segment);
        assert!(open(&moved, 4096).is_err());
    }
}
