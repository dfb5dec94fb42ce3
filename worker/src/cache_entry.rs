//! What the exact cache holds, and the key it lies under.

use crate::{plan::Plan, task::Task};
use lexilingo_language::knowledge::Evidence;
use lexilingo_shared::{
    analysis::Analysis, digest, id::Tenant, model::ModelSet, request::AnalyzeRequest,
    store::CacheKey,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// A full answer without anything of the session: of the text without the blanks around it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CachedAnalysis {
    /// The very text, because spans count its bytes.
    pub text: String,
    pub analysis: Analysis,
    pub confidence: f64,
    pub vietnamese: Option<String>,
    pub evidence: Vec<Evidence>,
    /// Version by engine that made it.
    pub models: BTreeMap<String, String>,
}

/// The key of a request: everything that its analysis depends on.
pub fn key(
    tenant: &Tenant,
    request: &AnalyzeRequest,
    plan: &Plan,
    models: &ModelSet,
    rule_pack: &str,
) -> CacheKey {
    let normalised: String = request.text.trim().nfc().collect();
    let profile = &request.learner_profile;
    // Whether there is a dialogue depends on the session, and changes nothing of the analysis.
    let traits = plan.tasks.iter().filter(|task| **task != Task::Dialogue);
    let traits: Vec<&str> = traits.map(|task| task.as_str()).collect();
    let parts = [
        normalised.as_str(),
        request.level().as_str(),
        profile.native_language.as_deref().unwrap_or(""),
        request.explain_language.map_or("", |language| language.as_str()),
        request.input_type.as_str(),
        request.upload_id.as_ref().map_or("", |id| id.as_str()),
        request.reference_text.as_deref().unwrap_or(""),
        &traits.join(","),
        if plan.conditional_tasks.is_empty() { "" } else { "conditional" },
        &models.to_string(),
        rule_pack,
    ];
    CacheKey { tenant: tenant.clone(), space: "analysis", digest: digest::of_parts(&parts) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phases::task_analysis;
    use lexilingo_shared::config::Config;

    fn digest(json: &str, models: &str, pack: &str) -> String {
        let request: AnalyzeRequest = serde_json::from_str(json).unwrap();
        let settings = Config::read(&|_| None).unwrap().orchestrator;
        let models = models.parse().unwrap();
        let plan = task_analysis::analyze(&request, &[], &models, &settings);
        key(&Tenant::local(), &request, &plan, &models, pack).digest
    }

    const BASE: &str = r#"{"text":"I like tea","session_id":"s","learner_profile":{"level":"A2"}}"#;

    #[test]
    fn the_session_and_outer_blanks_do_not_matter() {
        let other = r#"{"text":" I like tea\n","session_id":"t","user_id":"u","learner_profile":{"level":"A2"}}"#;
        assert_eq!(digest(BASE, "rules", "1"), digest(other, "rules", "1"));
    }

    #[test]
    fn a_turn_of_a_dialogue_finds_what_a_first_turn_left() {
        let request: AnalyzeRequest = serde_json::from_str(BASE).unwrap();
        let settings = Config::read(&|_| None).unwrap().orchestrator;
        let models = "rules".parse().unwrap();
        let past = crate::plan::PastTurn::default();
        let plan = task_analysis::analyze(&request, &[past], &models, &settings);
        assert!(plan.tasks.contains(&Task::Dialogue));
        let later = key(&Tenant::local(), &request, &plan, &models, "1").digest;
        assert_eq!(later, digest(BASE, "rules", "1"));
    }

    #[test]
    fn level_language_input_type_engines_and_rule_pack_do_matter() {
        let base = digest(BASE, "rules", "1");
        for other in [
            BASE.replace("A2", "B1"),
            BASE.replace("tea", "Tea"),
            BASE.replace(r#""level":"A2""#, r#""level":"A2","native_language":"vi""#),
            BASE.replace(r#""session_id""#, r#""input_type":"voice","session_id""#),
            BASE.replace(r#""session_id""#, r#""explain_language":"vi","session_id""#),
        ] {
            assert_ne!(digest(&other, "rules", "1"), base, "{other}");
        }
        assert_ne!(digest(BASE, "rules,qwen", "1"), base);
        assert_ne!(digest(BASE, "rules", "2"), base);
    }
}
