//! Small real model files with random weights: they load and run as the large ones do, and say nothing of worth. The same
//! seed gives the same bytes everywhere.

pub mod byte_pairs;
pub mod gguf_file;
pub mod language_model;
pub mod make;
pub mod noise;
