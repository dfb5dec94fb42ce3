//! The frame of the OpenAPI document. Each route's own part stands in its file under `routes/`.

use crate::{
    access::Gate,
    language_tool::refusal::speaks_plainly,
    problem::Problem,
    problem_set,
    router::Route,
    routes::{
        analyze, health, job, job_cancel, job_events, job_feedback, language_tool_check,
        language_tool_languages, learner, learner_erasure, metrics, openapi_json, probes, session,
        stats, upload, uploads, webhook, webhook_attempts, webhook_replay, webhook_rotate,
        webhook_test, webhooks,
    },
};
use lexilingo_shared::error_code::ErrorCode;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        Header, ObjectBuilder, RefOr,
        path::Operation,
        schema::Type,
        security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
    },
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "LexiLingo fleet",
        description = "Analyses learners' English: a text becomes a job, a worker of the fleet answers it.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    paths(
        analyze::post,
        job::get,
        job_events::get,
        job_cancel::post,
        job_feedback::post,
        health::get,
        stats::get,
        session::get,
        learner::get,
        learner_erasure::delete,
        uploads::post,
        upload::get,
        webhooks::post,
        webhooks::get,
        webhook::patch,
        webhook::delete,
        webhook_test::post,
        webhook_rotate::post,
        webhook_attempts::get,
        webhook_replay::post,
        language_tool_check::post,
        language_tool_check::get,
        language_tool_languages::get,
        probes::live,
        probes::ready,
        probes::started,
        metrics::get,
        openapi_json::get,
    ),
    components(schemas(Problem)),
    tags(
        (name = "analysis", description = "Texts and speech."),
        (name = "jobs", description = "What becomes of a submission."),
        (name = "learners", description = "What is remembered, and how it is erased."),
        (name = "uploads", description = "Files for later requests."),
        (name = "webhooks", description = "Being told instead of asking."),
        (name = "languagetool", description = "LanguageTool's own interface, for its clients."),
        (name = "orchestrator", description = "The fleet as a whole."),
        (name = "operations", description = "For those who run it."),
    ),
    modifiers(&TraceHeaders, &Keys),
)]
struct Document;

/// The name of the way to show a key.
const SCHEME: &str = "key";

/// The whole document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Every response carries its trace.
struct TraceHeaders;

impl Modify for TraceHeaders {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        for item in document.paths.paths.values_mut() {
            let operations = [&mut item.get, &mut item.post, &mut item.patch, &mut item.delete];
            operations.into_iter().flatten().for_each(add_trace_headers);
        }
    }
}

/// Which operations need a key, from the table of routes.
struct Keys;

impl Modify for Keys {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let mut scheme = Http::new(HttpAuthScheme::Bearer);
        scheme.description = Some("An API key: `lx_<prefix>_<secret>`.".to_owned());
        let components = document.components.get_or_insert_default();
        components.add_security_scheme(SCHEME, SecurityScheme::Http(scheme));
        for Route { method, path, gate, .. } in crate::router::routes() {
            if gate == Gate::Open {
                continue;
            }
            let Some(item) = document.paths.paths.get_mut(path) else { continue };
            let operation = match method {
                "get" => &mut item.get,
                "post" => &mut item.post,
                "put" => &mut item.put,
                "patch" => &mut item.patch,
                _ => &mut item.delete,
            };
            if let Some(operation) = operation {
                require_key(operation, gate, speaks_plainly(path));
            }
        }
    }
}

fn require_key(operation: &mut Operation, gate: Gate, plainly: bool) {
    operation.security = Some(vec![SecurityRequirement::new(SCHEME, [] as [&str; 0])]);
    let names: Vec<String> = gate.scopes().iter().map(|scope| format!("`{scope}`")).collect();
    let note = format!("Needs a key with the scope {}.", names.join(" or "));
    let before = operation.description.take().map_or(String::new(), |text| format!("{text}\n\n"));
    operation.description = Some(format!("{before}{note}"));
    // Refusals of LanguageTool's routes are described with them, as plain text.
    if !plainly {
        let codes = [ErrorCode::Unauthorized, ErrorCode::InsufficientScope];
        for (status, problem) in problem_set::of_codes(&codes) {
            operation.responses.responses.entry(status).or_insert(problem);
        }
    }
}

fn add_trace_headers(operation: &mut Operation) {
    for response in operation.responses.responses.values_mut() {
        if let RefOr::T(response) = response {
            for (name, description) in [
                ("traceparent", "W3C trace context of this request."),
                ("x-request-id", "The trace's id; also in problems and logs."),
            ] {
                let mut header =
                    Header::new(ObjectBuilder::new().schema_type(Type::String).build());
                header.description = Some(description.to_owned());
                response.headers.insert(name.to_owned(), header.into());
            }
        }
    }
}

#[cfg(test)]
mod tests;
