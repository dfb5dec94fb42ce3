//! `/v2/check`: LanguageTool's way of asking. A text becomes one job, or several when it is long, and the client waits.

use crate::{
    access::{admission::Charge, guard::Asking},
    analyze_request::Checked,
    error::{ApiError, ApiResult},
    extract::{Caller, body::read_whole},
    job_view,
    language_tool::{
        chunk::chunks,
        document::utf16_len,
        form::{self, CheckRequest, Fields, MAX_FORM_BYTES, Named},
        language::{self, Language},
        matches::{self, Match, Placed},
        refusal::Refusals,
    },
    members::is_blank,
    state::AppState,
    submit::{self, Submission, Submitted},
};
use axum::{
    Extension, Json,
    extract::{Request, State},
};
use lexilingo_shared::{
    analysis::{Analysis, GrammarError, Trait},
    error_code::ErrorCode,
    id::{JobId, Tenant},
    lane::Class,
    principal::Scope,
    queue::JobWatch,
    request::{AnalyzeRequest, MAX_TEXT_CHARS},
    status::JobStatus,
    trace_context::TraceContext,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tokio::time::Instant;
use utoipa::{IntoParams, ToSchema};

pub const PATH: &str = "/v2/check";

/// What a key must be allowed for it.
pub const SCOPES: &[Scope] = &[Scope::Analyze];

/// How long a client waits, and how long its jobs are worth doing.
const PATIENCE: Duration = Duration::from_secs(60);

/// LanguageTool's fields; others are ignored.
#[derive(Deserialize, ToSchema, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
#[allow(dead_code)]
pub struct CheckForm {
    /// The text; this or `data`.
    #[schema(max_length = 40000, example = "I goes to school yesterday.")]
    text: Option<String>,
    /// The text with markup, as JSON: `{"annotation":[{"text":"A "},{"markup":"<b>"},{"text":"test"},{"markup":"</b>"}]}`;
    /// `interpretAs` beside `markup` says what the markup reads as. Its text may have 40,000 characters.
    data: Option<String>,
    /// A code of `/v2/languages`, or `auto`.
    #[schema(example = "en-US")]
    language: String,
    /// With `vi`, messages are in Vietnamese.
    #[schema(example = "vi")]
    mother_tongue: Option<String>,
    /// With `language=auto`: what English is called, e.g. `en-GB`.
    preferred_variants: Option<String>,
    /// Ids of rules, with commas between them, as those below.
    enabled_rules: Option<String>,
    disabled_rules: Option<String>,
    /// `CASING`, `CONFUSED_WORDS`, `GRAMMAR`, `PUNCTUATION`, `TYPOS`.
    enabled_categories: Option<String>,
    disabled_categories: Option<String>,
    /// Only what is enabled by name.
    enabled_only: Option<bool>,
    /// `default` or `picky`; both give the same matches.
    #[schema(pattern = "^(default|picky)$")]
    level: Option<String>,
    /// `all`, `allButTextLevelOnly`, `batch`, or `textLevelOnly`, which has no matches.
    mode: Option<String>,
    /// The client's key, where keys are asked for.
    api_key: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckAnswer {
    software: Software,
    warnings: Warnings,
    language: CheckedLanguage,
    matches: Vec<Match>,
    /// Start and end of every sentence, in UTF-16 units.
    sentence_ranges: Vec<[usize; 2]>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Software {
    name: &'static str,
    version: &'static str,
    /// Always empty; clients of LanguageTool want it to be there.
    build_date: &'static str,
    /// Of LanguageTool's interface.
    api_version: u8,
    premium: bool,
    status: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Warnings {
    /// True when a part of the text could not be judged.
    incomplete_results: bool,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CheckedLanguage {
    name: &'static str,
    code: &'static str,
    detected_language: DetectedLanguage,
}

#[derive(Debug, Serialize, ToSchema)]
struct DetectedLanguage {
    name: &'static str,
    code: &'static str,
}

impl CheckedLanguage {
    fn of(named: Language, detected: Language) -> CheckedLanguage {
        let detected_language = DetectedLanguage { name: detected.name, code: detected.long_code };
        CheckedLanguage { name: named.name, code: named.long_code, detected_language }
    }
}

/// Check a text.
///
/// LanguageTool's fields and answer, so that its clients work unchanged. Refusals are plain text.
#[utoipa::path(
    post,
    path = PATH,
    operation_id = "checkText",
    tag = "languagetool",
    request_body(content = CheckForm, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "The matches.", body = CheckAnswer), Refusals),
)]
pub async fn post(
    State(app): State<AppState>,
    Extension(asking): Extension<Asking>,
    Extension(trace): Extension<TraceContext>,
    request: Request,
) -> ApiResult<Json<CheckAnswer>> {
    let (parts, body) = request.into_parts();
    let body = read_whole(&app, &parts.headers, body, MAX_FORM_BYTES).await?;
    let mut fields = form::fields(parts.uri.query().unwrap_or_default().as_bytes());
    fields.extend(form::fields(&body));
    let caller = caller(&app, &asking, &fields).await?;
    check(app, &caller, trace, &form::check(&fields)?).await
}

/// Check a short text.
///
/// As the form, with the fields in the query.
#[utoipa::path(
    get,
    path = PATH,
    operation_id = "checkTextOfQuery",
    tag = "languagetool",
    params(CheckForm),
    responses((status = 200, description = "The matches.", body = CheckAnswer), Refusals),
)]
pub async fn get(
    State(app): State<AppState>,
    Extension(asking): Extension<Asking>,
    Extension(trace): Extension<TraceContext>,
    request: Request,
) -> ApiResult<Json<CheckAnswer>> {
    let fields = form::fields(request.uri().query().unwrap_or_default().as_bytes());
    let caller = caller(&app, &asking, &fields).await?;
    check(app, &caller, trace, &form::check(&fields)?).await
}

/// Who asks: by the header, or by the field that LanguageTool's clients have for it.
async fn caller(app: &AppState, asking: &Asking, fields: &Fields) -> ApiResult<Caller> {
    let principal = match &asking.principal {
        Some(principal) => principal.clone(),
        None => app.principal_of_form(fields.get("apiKey").map(String::as_str), SCOPES).await?,
    };
    Ok(Caller::new(principal, asking))
}

async fn check(
    app: AppState,
    caller: &Caller,
    trace: TraceContext,
    request: &CheckRequest,
) -> ApiResult<Json<CheckAnswer>> {
    if app.shutdown.is_cancelled() {
        return Err(ApiError::bare(ErrorCode::ShuttingDown));
    }
    let is_english = request.language != Named::Language(language::VIETNAMESE);
    let findings = if is_english && !request.text_level_only {
        app.admit(caller, Charge::Job(Class::Interactive)).await?;
        findings(&app, caller.tenant(), trace, &request.document.plain).await?
    } else {
        Findings::default()
    };
    let detected = if is_english {
        language::detect(findings.has_english, &request.document.plain, request.english)
    } else {
        language::VIETNAMESE
    };
    let named = match request.language {
        Named::Auto => detected,
        Named::Language(language) => language,
    };
    Ok(Json(CheckAnswer {
        software: Software {
            name: "LexiLingo fleet",
            version: env!("CARGO_PKG_VERSION"),
            build_date: "",
            api_version: 1,
            premium: false,
            status: "",
        },
        warnings: Warnings { incomplete_results: findings.incomplete },
        language: CheckedLanguage::of(named, detected),
        matches: matches::matches(request, findings.placed),
        sentence_ranges: matches::sentence_ranges(&request.document),
    }))
}

/// What the jobs of one text found.
#[derive(Default)]
struct Findings {
    placed: Vec<Placed>,
    /// Grammar was asked for in some part.
    has_english: bool,
    /// It was asked for and could not be had.
    incomplete: bool,
}

async fn findings(
    app: &AppState,
    tenant: &Tenant,
    trace: TraceContext,
    text: &str,
) -> ApiResult<Findings> {
    let end = Instant::now() + PATIENCE;
    // The parts of one text lie in one session of their own, so that no other text is their past.
    let session = format!("check-{}", trace.trace_id());
    let mut begun = Vec::new();
    let mut offset = 0;
    for range in chunks(text, MAX_TEXT_CHARS) {
        let part = &text[range];
        if !is_blank(part) {
            begun.push((
                offset,
                begin(app, tenant, trace, AnalyzeRequest::new(part, &session)).await?,
            ));
        }
        offset += utf16_len(part);
    }
    let mut findings = Findings::default();
    for (offset, (id, watch)) in begun {
        let patience = end.saturating_duration_since(Instant::now());
        let analysis = ended(app, tenant, &id, watch, patience).await?;
        findings.has_english |= !analysis.grammar.is_not_asked();
        findings.incomplete |= analysis.grammar.is_missing();
        if let Trait::Had(grammar) = analysis.grammar {
            let place = |error: GrammarError| {
                let [start, end] = error.spans.utf16;
                Placed { span: offset + start..offset + end, error }
            };
            findings.placed.extend(grammar.errors.into_iter().map(place));
        }
    }
    Ok(findings)
}

async fn begin(
    app: &AppState,
    tenant: &Tenant,
    trace: TraceContext,
    request: AnalyzeRequest,
) -> ApiResult<(JobId, Option<JobWatch>)> {
    let id = app.new_job_id(tenant, &request.session_id);
    let submission = Submission {
        id: id.clone(),
        tenant: tenant.clone(),
        checked: Checked { request, audio: None, faults: Vec::new() },
        claim: None,
        deadline: PATIENCE,
        traceparent: Some(trace.to_string()),
        watched: true,
    };
    let watch = match submit::submit(app.clone(), submission).await? {
        Submitted::New { watch, .. } => watch,
        Submitted::Replayed(_) => None,
    };
    Ok((id, watch))
}

async fn ended(
    app: &AppState,
    tenant: &Tenant,
    id: &JobId,
    watch: Option<JobWatch>,
    patience: Duration,
) -> ApiResult<Analysis> {
    #[derive(Deserialize)]
    struct Answer {
        analysis: Analysis,
    }
    let record = match watch {
        Some(watch) => app.wait_for_end((tenant, id), watch, patience).await?,
        None => app.job(tenant, id).await?,
    };
    match (record.status, &record.result) {
        (JobStatus::Succeeded, Some(result)) => serde_json::from_str(result.get())
            .map(|answer: Answer| answer.analysis)
            .map_err(|_| ApiError::internal("a job's result has no analysis")),
        (JobStatus::Canceled, _) => Err(ApiError::bare(ErrorCode::Internal)),
        (status, _) if !status.is_final() => Err(ApiError::bare(ErrorCode::DeadlinePassed)),
        _ => Err(match job_view::error_of(&record) {
            Some(error) => ApiError::new(error.code, error.detail),
            None => ApiError::internal("a job succeeded without a result"),
        }),
    }
}
