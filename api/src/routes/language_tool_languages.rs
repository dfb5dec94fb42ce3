//! `GET /v2/languages`: LanguageTool's list, for its clients.

use crate::language_tool::language::{LANGUAGES, Language};
use axum::Json;

pub const PATH: &str = "/v2/languages";

/// List languages.
///
/// In LanguageTool's shape. Vietnamese is listed so that it can be chosen as mother tongue.
#[utoipa::path(
    get,
    path = PATH,
    operation_id = "listLanguages",
    tag = "languagetool",
    responses((status = 200, description = "The languages.", body = Vec<Language>)),
)]
pub async fn get() -> Json<[Language; LANGUAGES.len()]> {
    Json(LANGUAGES)
}
