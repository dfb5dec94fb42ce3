//! The result object of an analyze job (`docs/api.md`).

use crate::{
    analysis::{Analysis, Trait},
    id::JobId,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Scores in 0..=1 by trait; `overall` weighs those that exist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Score {
    #[serde(default, skip_serializing_if = "Trait::is_not_asked")]
    #[schema(value_type = Option<f64>)]
    pub fluency: Trait<f64>,
    #[serde(default, skip_serializing_if = "Trait::is_not_asked")]
    #[schema(value_type = Option<f64>)]
    pub grammar: Trait<f64>,
    #[serde(default, skip_serializing_if = "Trait::is_not_asked")]
    #[schema(value_type = Option<f64>)]
    pub vocabulary: Trait<f64>,
    #[serde(default, skip_serializing_if = "Trait::is_not_asked")]
    #[schema(value_type = Option<f64>)]
    pub pronunciation: Trait<f64>,
    pub overall: f64,
}

/// How the tutor goes about this answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Strategy {
    Praise,
    PositiveFeedback,
    HintGiving,
    SocraticQuestioning,
    ErrorCorrection,
    Drill,
    Scaffolding,
}

impl Strategy {
    pub fn as_str(self) -> &'static str {
        match self {
            Strategy::Praise => "praise",
            Strategy::PositiveFeedback => "positive_feedback",
            Strategy::HintGiving => "hint_giving",
            Strategy::SocraticQuestioning => "socratic_questioning",
            Strategy::ErrorCorrection => "error_correction",
            Strategy::Drill => "drill",
            Strategy::Scaffolding => "scaffolding",
        }
    }
}

/// What the client should do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NextAction {
    ContinueConversation,
    ProvideHint,
    ProvideCorrection,
    Retry,
}

/// Why that comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NextActionReason {
    /// Nothing was found to correct.
    NoErrors,
    /// There are errors, and the overall score is at least 0.6: the learner can find them with a hint.
    GoodScore,
    /// There are errors, and the overall score is below 0.6.
    LowScore,
    /// An error makes the text hard to understand.
    CriticalError,
    /// The same point went wrong before, so that one more hint would not help.
    RepeatedError,
    /// The learner asked the tutor something, and the reply answers it.
    QuestionAnswered,
    /// The text answers the exercise of the last reply, rightly.
    ExerciseSolved,
    /// It answers it wrongly.
    ExerciseMissed,
    /// There was no English to judge.
    NoEnglish,
    /// The analysis failed.
    AnalysisFailed,
}

/// Why the answer also speaks Vietnamese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VietnameseReason {
    /// `explain_language` asked for it.
    Requested,
    /// The text is partly Vietnamese.
    VietnameseInput,
    /// A Vietnamese speaker at A1 or A2 made an error.
    BasicLevel,
    /// A Vietnamese speaker, and the correction is not sure (confidence below 0.8).
    LowConfidence,
}

/// How much of a full answer this is, judged against the models that the fleet was configured with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Degradation {
    /// 0 full, 1 partial, 2 rules or reuse in place of a failed engine, 3 apology.
    #[schema(minimum = 0, maximum = 3)]
    pub level: u8,
    /// Traits that were asked for and are missing.
    pub missing: Vec<String>,
    pub reason: Option<String>,
}

impl Degradation {
    pub fn none() -> Self {
        Degradation { level: 0, missing: Vec::new(), reason: None }
    }
}

/// What made this answer, so that it can be made again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Manifest {
    pub rule_pack: String,
    /// Digest or version by engine.
    pub models: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Metadata {
    pub job_id: JobId,
    /// From the worker's taking the job to its result, in milliseconds.
    pub processing_time_ms: f64,
    /// Engines that this request used; none on a cache hit.
    pub models_used: Vec<String>,
    pub cached: bool,
    pub timestamp: Timestamp,
    pub degradation: Degradation,
    pub manifest: Manifest,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AnalysisResult {
    /// The learner's text as it came.
    pub text: String,
    pub analysis: Analysis,
    pub score: Score,
    pub strategy: Strategy,
    pub next_action: NextAction,
    pub next_action_reason: NextActionReason,
    /// Probability in 0..=1 that `corrected` is acceptable.
    pub confidence: f64,
    /// 20 to 50 words to the learner.
    pub reply: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vietnamese_hint: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vietnamese_reason: Option<VietnameseReason>,
    /// Counts from 1; a background upgrade raises it once.
    pub revision: u32,
    /// The plan, when `?explain=plan` asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Value>,
    pub metadata: Metadata,
}
