//! Engines and the places where they live.

pub mod pool;
pub mod process;
pub mod protocol;
pub mod rules;
pub mod thread;

use crate::catalogue::Catalogue;

/// The engines that ship.
pub fn shipped() -> Catalogue {
    Catalogue::new([rules::entry()])
}
