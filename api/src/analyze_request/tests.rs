use super::*;
use lexilingo_shared::level::Level;
use proptest::prelude::*;
use serde_json::json;

fn faults(body: Value) -> Vec<(String, ErrorCode)> {
    let checked = check(body, false);
    checked.faults.into_iter().map(|fault| (fault.error.pointer, fault.code)).collect()
}

fn pointers(body: Value) -> Vec<String> {
    faults(body).into_iter().map(|(pointer, _)| pointer).collect()
}

fn with(name: &str, value: Value) -> Value {
    let mut body = json!({"text": "I goes", "session_id": "s"});
    body[name] = value;
    body
}

#[test]
fn the_guides_example_is_accepted() {
    let body = json!({"text": "I goes to school yesterday", "session_id": "test-session-123",
        "input_type": "text", "learner_profile": {"level": "A2"}});
    let checked = check(body, true);
    assert_eq!(checked.faults, []);
    assert_eq!(checked.request.level(), Level::A2);
    assert!(checked.request.explain_plan);
}

#[test]
fn every_fault_is_reported_together() {
    let body = json!({"text": 7, "user_id": "", "input_type": "video", "foo": 1,
        "learner_profile": {"level": "D1", "native_language": "Vietnamese?"},
        "explain_language": "fr", "previous_job_id": "job_1"});
    let mut found = pointers(body);
    found.sort();
    assert_eq!(
        found,
        [
            "/explain_language",
            "/foo",
            "/input_type",
            "/learner_profile/level",
            "/learner_profile/native_language",
            "/previous_job_id",
            "/session_id",
            "/text",
            "/user_id",
        ]
    );
}

#[test]
fn a_text_has_one_to_ten_thousand_code_points() {
    assert_eq!(pointers(with("text", json!("ế".repeat(10_000)))), Vec::<String>::new());
    let long = faults(with("text", json!("ế".repeat(10_001))));
    assert_eq!(long, [("/text".to_owned(), ErrorCode::TextTooLong)]);
    for bad in [json!(""), json!(" \n"), json!("a\0b"), json!(null), json!(["a"])] {
        assert_eq!(pointers(with("text", bad.clone())), ["/text"], "{bad}");
    }
}

#[test]
fn ids_have_1_to_128_bytes() {
    assert_eq!(pointers(with("session_id", json!("s".repeat(128)))), Vec::<String>::new());
    for bad in [json!("é".repeat(65)), json!(""), json!("a\nb"), json!(1)] {
        assert_eq!(pointers(with("session_id", bad.clone())), ["/session_id"], "{bad}");
    }
}

#[test]
fn free_members_of_the_profile_are_kept() {
    let profile = json!({"level": "b2", "native_language": "vi-VN", "goal": "IELTS", "age": 17});
    let request = check(with("learner_profile", profile), false).request;
    assert_eq!(request.learner_profile.level, Some(Level::B2));
    assert_eq!(request.learner_profile.native_language.as_deref(), Some("vi"));
    assert_eq!(request.learner_profile.other["goal"], "IELTS");
    let large = json!({"notes": "x".repeat(MAX_PROFILE_BYTES)});
    assert_eq!(pointers(with("learner_profile", large)), ["/learner_profile"]);
    assert_eq!(pointers(with("learner_profile", json!([]))), ["/learner_profile"]);
}

#[test]
fn a_voice_request_needs_something_to_hear_or_read() {
    let voice = |extra: Value| {
        let mut body = json!({"session_id": "s", "input_type": "voice"});
        body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        body
    };
    let wav = BASE64.encode(b"RIFF\0\0\0\0WAVEfmt ");
    assert_eq!(pointers(voice(json!({}))), [""]);
    assert_eq!(pointers(voice(json!({"text": "I goes"}))), Vec::<String>::new());
    let heard =
        check(voice(json!({"audio": wav.trim_end_matches('='), "reference_text": "a"})), false);
    assert_eq!(heard.faults, []);
    assert_eq!(heard.audio.unwrap().media_type, "audio/wav");
    let upload = "upl_01JD3ZQ9E5T7W8X9Y0ABCDEFGH";
    assert_eq!(pointers(voice(json!({"audio": wav, "upload_id": upload}))), ["/upload_id"]);
    assert_eq!(pointers(voice(json!({"audio": "%%%"}))), ["/audio"]);
    let noise = faults(voice(json!({"audio": BASE64.encode(b"noise")})));
    assert_eq!(noise, [("/audio".to_owned(), ErrorCode::AudioUnsupported)]);
    assert_eq!(pointers(with("audio", json!(wav))), ["/audio"]);
}

proptest! {
    #[test]
    fn what_is_accepted_reads_back_as_the_worker_reads_it(text in ".{1,40}", session in ".{1,40}") {
        let checked = check(json!({"text": text, "session_id": session}), false);
        if checked.faults.is_empty() {
            let json = serde_json::to_string(&checked.request).unwrap();
            prop_assert_eq!(serde_json::from_str::<AnalyzeRequest>(&json).unwrap(), checked.request);
        }
    }

    #[test]
    fn no_fault_repeats_what_the_learner_wrote(secret in "[a-z]{12}") {
        let body = json!({"text": [secret], "session_id": {"a": secret}, "input_type": secret});
        for fault in check(body, false).faults {
            prop_assert!(!fault.error.detail.contains(&secret));
        }
    }
}
