//! Who is let in: the key of a request, what its scopes allow, and how much is left of its budgets.

pub mod admission;
pub mod cors;
pub mod guard;
pub mod key_ring;
pub mod opening;
pub mod policy;
pub mod standing;

pub use guard::Gate;
pub use key_ring::KeyRing;
pub use opening::require_keys;
