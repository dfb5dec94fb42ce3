//! The fields of `/v2/check`: a form in, a request or the first thing wrong with it out. Fields that are not known are
//! ignored, as LanguageTool does, because its clients send many.

use super::{
    document::Document,
    filter::Filter,
    language::{self, Language},
};
use crate::error::ApiError;
use lexilingo_shared::error_code::ErrorCode;
use std::collections::BTreeMap;

/// Longest text of one check, in code points, markup not counted.
pub const MAX_CHECK_CHARS: usize = 40_000;
/// Bytes of a form: the longest text with every byte escaped, and markup.
pub const MAX_FORM_BYTES: u64 = 2 * 1024 * 1024;

/// A checked form.
#[derive(Debug, PartialEq, Eq)]
pub struct CheckRequest {
    pub document: Document,
    /// The language that was named; what `auto` or plain `en` means stands in `english`.
    pub language: Named,
    /// The variant that English is called.
    pub english: Language,
    pub filter: Filter,
    /// Whether messages are in Vietnamese.
    pub vietnamese: bool,
    /// Only rules that look at whole texts are wanted, and there are none.
    pub text_level_only: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    Auto,
    Language(Language),
}

/// The fields of a query or a form body; of one that is named twice the last counts.
pub type Fields = BTreeMap<String, String>;

pub fn fields(encoded: &[u8]) -> Fields {
    form_urlencoded::parse(encoded).into_owned().collect()
}

pub fn check(fields: &Fields) -> Result<CheckRequest, ApiError> {
    let field = |name: &str| fields.get(name).map(String::as_str).filter(|value| !value.is_empty());
    let document = match (fields.get("text"), fields.get("data")) {
        (Some(_), Some(_)) => {
            return Err(refused("Set only 'text' or 'data' parameter, not both"));
        }
        (Some(text), None) => Document::of_text(text),
        (None, Some(data)) => {
            Document::of_data(data).map_err(|reason| refused(format!("'data' {reason}")))?
        }
        (None, None) => return Err(refused("Missing 'text' or 'data' parameter")),
    };
    within_bounds(&document)?;
    let auto = field("language") == Some("auto");
    let preferred = preferred_variant(field("preferredVariants"), auto)?;
    let named = match field("language") {
        Some("auto") => Named::Auto,
        Some(code) => Named::Language(known("language", code)?),
        None => {
            return Err(refused(
                "Missing 'language' parameter, e.g. 'language=en-US' for American English",
            ));
        }
    };
    let english = match named {
        Named::Language(language) if language != language::VIETNAMESE => language,
        _ => preferred.unwrap_or(language::DEFAULT),
    };
    let mother_tongue = field("motherTongue").map(mother_tongue).transpose()?;
    word(field("level"), "level", &["default", "picky"])?;
    let mode = ["all", "textLevelOnly", "allButTextLevelOnly", "batch"];
    let mode = word(field("mode"), "mode", &mode)?;
    Ok(CheckRequest {
        document,
        language: named,
        english,
        filter: filter(fields)?,
        vietnamese: mother_tongue == Some("vi"),
        text_level_only: mode == Some("textLevelOnly"),
    })
}

fn within_bounds(document: &Document) -> Result<(), ApiError> {
    let length = document.plain.chars().count();
    if length > MAX_CHECK_CHARS {
        let detail = format!(
            "Your text exceeds the limit of {MAX_CHECK_CHARS} characters (it's {length} characters). \
             Please submit a shorter text in 'text' or 'data'"
        );
        return Err(ApiError::new(ErrorCode::TextTooLong, detail));
    }
    if document.plain.contains('\0') {
        return Err(refused("'text' and 'data' must not contain the character NUL"));
    }
    Ok(())
}

fn known(name: &str, code: &str) -> Result<Language, ApiError> {
    let codes = || language::LANGUAGES.map(|language| language.long_code).join(", ");
    language::find(code).ok_or_else(|| {
        refused(format!(
            "'{name}' is not a language code known here. Supported language codes are: {}",
            codes()
        ))
    })
}

/// The first variant of English among those that are preferred.
fn preferred_variant(list: Option<&str>, auto: bool) -> Result<Option<Language>, ApiError> {
    let Some(list) = list else { return Ok(None) };
    if !auto {
        return Err(refused(
            "You specified 'preferredVariants' but you didn't specify 'language=auto'",
        ));
    }
    if list.split(',').any(|code| !code.contains('-')) {
        return Err(refused(
            "Invalid format for 'preferredVariants', expected a dash as in 'en-GB'",
        ));
    }
    Ok(list.split(',').find_map(|code| language::find(code.trim())))
}

/// The language itself, without its country: any that is written as a language tag.
fn mother_tongue(tag: &str) -> Result<&str, ApiError> {
    let first = tag.split(['-', '_']).next().unwrap_or_default();
    let fine = (2..=3).contains(&first.len()) && first.bytes().all(|c| c.is_ascii_lowercase());
    if fine { Ok(first) } else { Err(refused("'motherTongue' is not a language code, as 'vi' is")) }
}

fn filter(fields: &Fields) -> Result<Filter, ApiError> {
    let list = |name: &str| -> Vec<String> {
        let names = fields.get(name).map(String::as_str).unwrap_or_default().split(',');
        names.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
    };
    let only = fields.get("enabledOnly").map(String::as_str);
    let filter = Filter {
        enabled_rules: list("enabledRules"),
        disabled_rules: list("disabledRules"),
        enabled_categories: list("enabledCategories"),
        disabled_categories: list("disabledCategories"),
        enabled_only: matches!(only, Some("true" | "yes")),
    };
    if !matches!(only, None | Some("" | "true" | "yes" | "false" | "no")) {
        return Err(refused("'enabledOnly' must be 'true' or 'false'"));
    }
    if filter.enabled_only {
        if filter.enabled_rules.is_empty() && filter.enabled_categories.is_empty() {
            return Err(refused(
                "You must specify 'enabledRules' or 'enabledCategories' when using 'enabledOnly=true'",
            ));
        }
        if !filter.disabled_rules.is_empty() || !filter.disabled_categories.is_empty() {
            return Err(refused(
                "You cannot specify 'disabledRules' or 'disabledCategories' using 'enabledOnly=true'",
            ));
        }
    }
    Ok(filter)
}

fn word<'a>(
    value: Option<&'a str>,
    name: &str,
    words: &[&str],
) -> Result<Option<&'a str>, ApiError> {
    match value {
        Some(value) if !words.contains(&value) => {
            Err(refused(format!("If '{name}' is set, it must be one of: {}", words.join(", "))))
        }
        value => Ok(value),
    }
}

fn refused(detail: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::ValidationFailed, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(form: &str) -> Result<CheckRequest, ApiError> {
        check(&fields(form.as_bytes()))
    }

    #[test]
    fn a_form_is_read_as_languagetool_reads_it() {
        let request =
            of("text=T%C3%B4i+go&language=auto&preferredVariants=de-DE,en-GB&motherTongue=vi-VN\
                &disabledRules=A,%20B&unknown=1&apiKey=k&level=picky&mode=allButTextLevelOnly")
            .unwrap();
        assert_eq!(request.document.plain, "Tôi go");
        assert_eq!((request.language, request.english.long_code), (Named::Auto, "en-GB"));
        assert!(request.vietnamese && !request.text_level_only);
        assert_eq!(request.filter.disabled_rules, ["A", "B"]);
    }

    #[test]
    fn an_empty_text_is_a_text() {
        assert_eq!(of("text=&language=en").unwrap().document.plain, "");
    }

    #[test]
    fn every_refusal_names_its_field() {
        for (form, field) in [
            ("language=en-US", "'text'"),
            ("text=a", "'language'"),
            ("text=a&language=", "'language'"),
            ("text=a&language=tlh", "'language'"),
            ("text=a&data=b&language=en", "'data'"),
            ("data=b&language=en", "'data'"),
            ("text=a%00&language=en", "'text'"),
            ("text=a&language=en&level=hard", "'level'"),
            ("text=a&language=en&mode=x", "'mode'"),
            ("text=a&language=en&motherTongue=!", "'motherTongue'"),
            ("text=a&language=en&preferredVariants=en-GB", "'preferredVariants'"),
            ("text=a&language=auto&preferredVariants=en", "'preferredVariants'"),
            ("text=a&language=en&enabledOnly=maybe", "'enabledOnly'"),
            ("text=a&language=en&enabledOnly=true", "'enabledRules'"),
            (
                "text=a&language=en&enabledOnly=yes&enabledRules=A&disabledRules=B",
                "'disabledRules'",
            ),
        ] {
            let error = of(form).unwrap_err();
            assert_eq!(error.code, ErrorCode::ValidationFailed, "{form}");
            assert!(error.detail.contains(field), "{form}: {}", error.detail);
        }
    }

    #[test]
    fn a_text_may_have_40000_characters_and_markup_does_not_count() {
        let text = "ư".repeat(MAX_CHECK_CHARS);
        let form = |name: &str, value: &str| -> Fields {
            [(name, value), ("language", "en")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into()
        };
        assert!(check(&form("text", &text)).is_ok());
        let data = format!(r#"{{"annotation":[{{"markup":"<p>"}},{{"text":"{text}"}}]}}"#);
        assert!(check(&form("data", &data)).is_ok());
        let error = check(&form("text", &(text + "a"))).unwrap_err();
        assert_eq!(error.code, ErrorCode::TextTooLong);
    }
}
