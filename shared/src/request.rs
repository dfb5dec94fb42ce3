//! What a client may ask for, and every reason to refuse it.

use crate::{id::UploadId, level::Level};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Longest text of one request, in code points.
pub const MAX_TEXT_CHARS: usize = 10_000;
/// Longest session and user id, in bytes.
pub const MAX_ID_BYTES: usize = 128;
/// Largest learner profile, in bytes of JSON.
pub const MAX_PROFILE_BYTES: usize = 4_096;
/// Longest reference text, in code points.
pub const MAX_REFERENCE_CHARS: usize = 1_000;
/// Largest audio inside a request, in bytes of base64 (10 MB decoded).
pub const MAX_AUDIO_BASE64: usize = 13_981_016;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum InputType {
    #[default]
    Text,
    Voice,
}

impl InputType {
    pub fn as_str(self) -> &'static str {
        match self {
            InputType::Text => "text",
            InputType::Voice => "voice",
        }
    }
}

/// In which language explanations are wanted. Errors always carry both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ExplainLanguage {
    En,
    Vi,
    Both,
}

impl ExplainLanguage {
    pub fn as_str(self) -> &'static str {
        match self {
            ExplainLanguage::En => "en",
            ExplainLanguage::Vi => "vi",
            ExplainLanguage::Both => "both",
        }
    }
}

/// What is known of the learner who wrote the text; members beside these are kept as they came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default, ToSchema)]
pub struct LearnerProfile {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// ISO 639-1, e.g. `vi`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub native_language: Option<String>,
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A validated analyze request: whoever holds one need not check it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AnalyzeRequest {
    /// The text, or the transcript when `input_type` is voice; empty only then.
    pub text: String,
    pub session_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    #[serde(default)]
    pub input_type: InputType,
    #[serde(default)]
    pub learner_profile: LearnerProfile,
    /// The audio, already in the blob store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upload_id: Option<UploadId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explain_language: Option<ExplainLanguage>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_job_id: Option<crate::id::JobId>,
    /// Set by `?explain=plan`: the result then carries the plan.
    #[serde(default)]
    pub explain_plan: bool,
}

impl AnalyzeRequest {
    /// The plainest request: a text, and nothing else that it names.
    pub fn new(text: impl Into<String>, session_id: impl Into<String>) -> Self {
        AnalyzeRequest {
            text: text.into(),
            session_id: session_id.into(),
            user_id: None,
            input_type: InputType::Text,
            learner_profile: LearnerProfile::default(),
            upload_id: None,
            reference_text: None,
            explain_language: None,
            webhook_url: None,
            previous_job_id: None,
            explain_plan: false,
        }
    }

    /// The learner's level, or the one that is assumed.
    pub fn level(&self) -> Level {
        self.learner_profile.level.unwrap_or(Level::DEFAULT)
    }
}

/// One reason to refuse a request, with the JSON pointer (RFC 6901) of the member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldError {
    #[schema(example = "/text")]
    pub pointer: String,
    #[schema(example = "must have 1 to 10000 characters")]
    pub detail: String,
}

impl FieldError {
    pub fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        FieldError { pointer: pointer.into(), detail: detail.into() }
    }
}
