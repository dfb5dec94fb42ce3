//! `/docs`: the description as a page. Its files lie in the program, so it works offline.

use super::openapi_json;
use crate::error::{ApiError, ApiResult};
use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use lexilingo_shared::error_code::ErrorCode;
use std::sync::{Arc, LazyLock};
use utoipa_swagger_ui::Config;

pub const PATH: &str = "/docs";
pub const FOLDER: &str = "/docs/";
pub const FILE: &str = "/docs/{*file}";

/// The page's own scripts and styles, and the description; nothing from elsewhere.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static CONFIG: LazyLock<Arc<Config<'static>>> =
    LazyLock::new(|| Arc::new(Config::from(openapi_json::PATH)));

/// The page's links are relative to its folder.
pub async fn redirect() -> Redirect {
    Redirect::permanent(FOLDER)
}

pub async fn index() -> ApiResult<Response> {
    serve("")
}

pub async fn file(Path(file): Path<String>) -> ApiResult<Response> {
    serve(&file)
}

fn serve(file: &str) -> ApiResult<Response> {
    match utoipa_swagger_ui::serve(file, CONFIG.clone()) {
        Ok(Some(file)) => {
            let about = [
                (header::CONTENT_TYPE, file.content_type),
                (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY.to_owned()),
                (header::CACHE_CONTROL, "max-age=3600".to_owned()),
            ];
            Ok((about, file.bytes.into_owned()).into_response())
        }
        Ok(None) => Err(ApiError::bare(ErrorCode::RouteNotFound)),
        Err(error) => Err(ApiError::internal(error.to_string())),
    }
}
