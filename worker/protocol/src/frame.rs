//! A frame: a length of four bytes (big-endian), then that many bytes of JSON.

use serde::{Serialize, de::DeserializeOwned};
use std::io::{self, Read, Write};

/// Longest frame, in bytes.
pub const MAX_FRAME: usize = 4 * 1024 * 1024;

/// One message as a frame.
pub fn encode<T: Serialize>(message: &T) -> io::Result<Vec<u8>> {
    let mut frame = vec![0; 4];
    serde_json::to_writer(&mut frame, message)?;
    let length = frame.len() - 4;
    if length > MAX_FRAME {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the frame is too long"));
    }
    frame[..4].copy_from_slice(&(length as u32).to_be_bytes());
    Ok(frame)
}

/// Length of the frame that these four bytes announce.
pub fn frame_length(head: [u8; 4]) -> io::Result<usize> {
    let length = u32::from_be_bytes(head) as usize;
    if length > MAX_FRAME {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the frame is too long"));
    }
    Ok(length)
}

pub fn decode<T: DeserializeOwned>(body: &[u8]) -> io::Result<T> {
    Ok(serde_json::from_slice(body)?)
}

/// Blocking read of one message; `None` at a clean end. For the engine's side.
pub fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<T>> {
    let mut head = [0; 4];
    match from.read_exact(&mut head) {
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let mut body = vec![0; frame_length(head)?];
    from.read_exact(&mut body)?;
    decode(&body).map(Some)
}

/// Blocking write of one message. For the engine's side.
pub fn write<T: Serialize>(to: &mut impl Write, message: &T) -> io::Result<()> {
    to.write_all(&encode(message)?)?;
    to.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{engine_error::EngineError, message::FromEngine};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_message_reads_back(call in any::<u64>(), text in ".{0,200}") {
            let message: FromEngine<u8, u8> = FromEngine::Done { call, answer: Err(EngineError::Failed(text)) };
            let frame = encode(&message).unwrap();
            prop_assert_eq!(read::<FromEngine<u8, u8>>(&mut frame.as_slice()).unwrap(), Some(message));
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let _ = read::<FromEngine<u8, u8>>(&mut bytes.as_slice());
        }
    }

    #[test]
    fn a_frame_that_announces_too_much_is_refused_before_it_is_read() {
        assert!(frame_length(u32::MAX.to_be_bytes()).is_err());
    }
}
