//! What a client may ask `POST /ai/analyze` for: a JSON value in, a validated request or every fault out. Pure.

use crate::{
    audio_kind,
    members::{Fault, Members, TextBound},
};
use base64::{
    Engine,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use bytes::Bytes;
use lexilingo_shared::{
    error_code::ErrorCode,
    id::{JobId, UploadId},
    lane::Class,
    request::{
        AnalyzeRequest, ExplainLanguage, InputType, LearnerProfile, MAX_AUDIO_BASE64, MAX_ID_BYTES,
        MAX_PROFILE_BYTES, MAX_REFERENCE_CHARS, MAX_TEXT_CHARS,
    },
};
use serde_json::{Map, Value};

/// Base64 with or without its padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Audio that came inside the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlineAudio {
    pub content: Bytes,
    pub media_type: &'static str,
}

/// A request as far as it can be checked without asking a store. It may be used only when there are no faults.
#[derive(Debug)]
pub struct Checked {
    pub request: AnalyzeRequest,
    pub audio: Option<InlineAudio>,
    pub faults: Vec<Fault>,
}

impl Checked {
    /// How urgent it is.
    pub fn class(&self) -> Class {
        match self.request.input_type {
            InputType::Text => Class::Interactive,
            InputType::Voice => Class::Voice,
        }
    }
}

/// Checks every member and reports all faults together.
pub fn check(body: Value, explain_plan: bool) -> Checked {
    let mut members = Members::of_body(body);
    if !members.faults.is_empty() {
        return Checked {
            request: AnalyzeRequest::new("", ""),
            audio: None,
            faults: members.faults,
        };
    }
    let words = [("text", InputType::Text), ("voice", InputType::Voice)];
    let input_type = members.word("input_type", &words).unwrap_or_default();
    let is_voice = input_type == InputType::Voice;

    let text_given = members.has("text");
    let text = members.text("text", TextBound::Chars(MAX_TEXT_CHARS), ErrorCode::TextTooLong);
    let session_given = members.has("session_id");
    let session_id = members.id("session_id", MAX_ID_BYTES);
    if !session_given {
        members.required("session_id");
    }
    let user_id = members.id("user_id", MAX_ID_BYTES);
    let learner_profile = profile(&mut members);

    let (audio_given, upload_given) = (members.has("audio"), members.has("upload_id"));
    for name in ["audio", "upload_id", "reference_text"] {
        if !is_voice && members.has(name) {
            members.fault(name, "is only for the input_type voice");
        }
    }
    let audio = audio(&mut members);
    let upload_id = parsed::<UploadId>(&mut members, "upload_id", "must be an upload's id");
    let reference = TextBound::Chars(MAX_REFERENCE_CHARS);
    let reference_text = members.text("reference_text", reference, ErrorCode::ValidationFailed);
    if is_voice && audio_given && upload_given {
        members.fault("upload_id", "must not stand beside audio");
    }
    if is_voice && !text_given && !audio_given && !upload_given {
        members.fault("", "must have audio, upload_id or text when the input_type is voice");
    } else if !is_voice && !text_given {
        members.required("text");
    }

    let languages =
        [("en", ExplainLanguage::En), ("vi", ExplainLanguage::Vi), ("both", ExplainLanguage::Both)];
    let explain_language = members.word("explain_language", &languages);
    let webhook_url = members.string("webhook_url");
    let previous_job_id = parsed::<JobId>(&mut members, "previous_job_id", "must be a job's id");

    Checked {
        request: AnalyzeRequest {
            text: text.unwrap_or_default(),
            session_id: session_id.unwrap_or_default(),
            user_id,
            input_type,
            learner_profile,
            upload_id,
            reference_text,
            explain_language,
            webhook_url,
            previous_job_id,
            explain_plan,
        },
        audio,
        faults: members.into_faults(),
    }
}

fn parsed<T: std::str::FromStr>(members: &mut Members, name: &str, detail: &str) -> Option<T> {
    let text = members.string(name)?;
    let value = text.parse().ok();
    if value.is_none() {
        members.fault(name, detail);
    }
    value
}

fn profile(members: &mut Members) -> LearnerProfile {
    const NAME: &str = "learner_profile";
    let object: Map<String, Value> = match members.take(NAME) {
        None => return LearnerProfile::default(),
        Some(Value::Object(object)) => object,
        Some(_) => {
            members.fault(NAME, "must be an object");
            return LearnerProfile::default();
        }
    };
    let bytes = serde_json::to_string(&object).map_or(0, |json| json.len());
    if bytes > MAX_PROFILE_BYTES {
        members.fault(NAME, format!("must have at most {MAX_PROFILE_BYTES} bytes"));
    }
    let mut inner = Members::of_member(NAME, object);
    let level = parsed(&mut inner, "level", "must be one of A1, A2, B1, B2, C1, C2");
    let native_language = inner.string("native_language").and_then(|tag| {
        let language = primary_language(&tag);
        if language.is_none() {
            inner.fault("native_language", "must be a language tag such as vi");
        }
        language
    });
    let (other, faults) = inner.into_rest();
    members.faults.extend(faults);
    LearnerProfile { level, native_language, other }
}

/// The language of a tag such as `vi` or `vi-VN` (BCP 47), in lower case.
fn primary_language(tag: &str) -> Option<String> {
    let mut parts = tag.split(['-', '_']);
    let language = parts.next()?;
    let fine = (2..=3).contains(&language.len())
        && language.chars().all(|c| c.is_ascii_alphabetic())
        && tag.len() <= 35
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
        });
    fine.then(|| language.to_ascii_lowercase())
}

fn audio(members: &mut Members) -> Option<InlineAudio> {
    let text = members.string("audio")?;
    if text.len() > MAX_AUDIO_BASE64 {
        members.fault("audio", format!("must have at most {MAX_AUDIO_BASE64} bytes of base64"));
        return None;
    }
    let Ok(content) = BASE64.decode(&text) else {
        members.fault("audio", "must be base64");
        return None;
    };
    let Some(media_type) = audio_kind::of(&content) else {
        let detail = "must be WAV, FLAC, Ogg, MP3, MP4 or WebM audio";
        members.fault_as(ErrorCode::AudioUnsupported, "audio", detail);
        return None;
    };
    Some(InlineAudio { content: content.into(), media_type })
}

#[cfg(test)]
mod tests;
