//! Which kind of audio a file is, from its first bytes (never from its name).

/// The media type, when it is one that speech engines can read.
pub fn of(bytes: &[u8]) -> Option<&'static str> {
    let at = |from: usize, magic: &[u8]| {
        bytes.get(from..from + magic.len()).is_some_and(|found| found == magic)
    };
    if at(0, b"RIFF") && at(8, b"WAVE") {
        Some("audio/wav")
    } else if at(0, b"fLaC") {
        Some("audio/flac")
    } else if at(0, b"OggS") {
        Some("audio/ogg")
    } else if at(0, b"ID3") || bytes.len() > 1 && bytes[0] == 0xff && bytes[1] & 0xe0 == 0xe0 {
        Some("audio/mpeg")
    } else if at(4, b"ftyp") {
        Some("audio/mp4")
    } else if at(0, b"\x1a\x45\xdf\xa3") {
        Some("audio/webm")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_their_magic() {
        assert_eq!(of(b"RIFF\0\0\0\0WAVEfmt "), Some("audio/wav"));
        assert_eq!(of(b"\xff\xfb\x90"), Some("audio/mpeg"));
        assert_eq!(of(b"OggS"), Some("audio/ogg"));
        for other in [&b""[..], b"RIFF\0\0\0\0AVI ", b"hello", b"\xff"] {
            assert_eq!(of(other), None);
        }
    }
}
