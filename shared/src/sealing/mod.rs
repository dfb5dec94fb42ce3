//! Learners' text sealed at rest: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha) under a key of its tenant, which HKDF
//! (RFC 5869) derives from a master key. What was sealed names its master key, so that keys can be rotated, and is bound
//! to its tenant and its place, so that it opens nowhere else. Pure: randomness is an argument.

pub mod envelope;
pub mod master_keys;
pub mod segments;

pub use envelope::{OpenError, Place};
pub use master_keys::{MasterKey, MasterKeys};
