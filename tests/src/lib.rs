//! What the tests of the whole fleet share.

pub mod servers;
