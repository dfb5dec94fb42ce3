//! LanguageTool's public way of asking for a check and telling its matches, so that its clients work here unchanged.
//! Pure: form in, request out; findings in, matches out.

pub mod category;
pub mod chunk;
pub mod document;
pub mod filter;
pub mod form;
pub mod language;
pub mod matches;
pub mod refusal;
pub mod sentence;
