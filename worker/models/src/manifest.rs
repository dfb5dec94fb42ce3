//! `manifest.json` of a model's folder: what the files are, where they came from, and under what licence.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read},
    path::Path,
};

/// Longest manifest that is read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Where the files came from, for people.
    pub source: String,
    /// SPDX expression, or the licence's name.
    pub licence: String,
    pub files: BTreeMap<String, FileFact>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFact {
    pub bytes: u64,
    /// 64 hexadecimal digits.
    pub sha256: String,
}

#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    #[error("{0} cannot be read: {1}")]
    Unreadable(String, io::Error),
    #[error("{0} is no manifest: {1}")]
    Malformed(String, serde_json::Error),
}

impl Manifest {
    pub fn read(file: &Path) -> Result<Self, ManifestError> {
        let name = || file.display().to_string();
        let unreadable = |e| ManifestError::Unreadable(name(), e);
        let mut text = String::new();
        let opened = File::open(file).map_err(unreadable)?;
        opened.take(MAX_BYTES).read_to_string(&mut text).map_err(unreadable)?;
        serde_json::from_str(&text).map_err(|e| ManifestError::Malformed(name(), e))
    }

    pub fn write(&self, file: &Path) -> io::Result<()> {
        std::fs::write(file, serde_json::to_string_pretty(self)? + "\n")
    }

    /// Notes a file as it lies there now.
    pub fn note(&mut self, folder: &Path, name: &str) -> io::Result<()> {
        self.files.insert(name.to_owned(), FileFact::of(&folder.join(name))?);
        Ok(())
    }
}

impl FileFact {
    /// Size and digest of a file; reads it wholly.
    pub fn of(file: &Path) -> io::Result<Self> {
        let mut opened = File::open(file)?;
        let (mut digest, mut bytes) = (Sha256::new(), 0);
        let mut buffer = vec![0; 1024 * 1024];
        loop {
            let read = opened.read(&mut buffer)?;
            if read == 0 {
                let sha256 = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
                return Ok(FileFact { bytes, sha256 });
            }
            digest.update(&buffer[..read]);
            bytes += read as u64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::{ADAPTER, GGUF, MANIFEST, ModelFolder};

    #[test]
    fn a_version_is_the_digest_while_the_file_is_the_noted_one() {
        let dir = tempfile::tempdir().unwrap();
        let folder = ModelFolder::new(dir.path(), "qwen");
        std::fs::create_dir(folder.path()).unwrap();
        std::fs::write(folder.file(GGUF), b"abc").unwrap();
        assert_eq!(folder.version(GGUF), "unverified:3");
        let (source, licence) = ("made here".to_owned(), "CC0-1.0".to_owned());
        let mut manifest = Manifest { source, licence, files: BTreeMap::new() };
        manifest.note(folder.path(), GGUF).unwrap();
        manifest.write(&folder.file(MANIFEST)).unwrap();
        assert_eq!(folder.manifest().unwrap(), Some(manifest));
        // SHA-256 of "abc" (FIPS 180-2, appendix B.1).
        assert_eq!(folder.version(GGUF), "sha256:ba7816bf8f01cfea");
        std::fs::write(folder.file(ADAPTER), b"xy").unwrap();
        assert_eq!(folder.version(GGUF), "sha256:ba7816bf8f01cfea+unverified:2");
        std::fs::write(folder.file(GGUF), b"abcd").unwrap();
        assert!(folder.version(GGUF).starts_with("unverified:4"));
    }

    #[test]
    fn a_broken_manifest_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join(MANIFEST);
        std::fs::write(&file, "{").unwrap();
        assert!(Manifest::read(&file).unwrap_err().to_string().contains(MANIFEST));
    }
}
