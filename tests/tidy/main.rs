//! House rules as tests: what ARCHITECTURE.md and CONTRIBUTING.md promise of the tree is held here.

mod code;
mod compose;
mod documents;
mod environment;
mod image;
mod seams;
mod tree;
mod vietnamese;
