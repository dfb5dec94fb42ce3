//! Clients of LanguageTool find what they know.

use lexilingo_tests::{
    client::{Answer, Client},
    fleet::{Fleet, Kind},
    promises,
};
use reqwest::Method;
use serde_json::{Value, json};
use std::{path::Path, process::Command};

promises! {
    a_client_library_of_languagetool_works_unchanged,
    a_match_has_languagetools_shape,
    markup_counts_in_places_and_is_not_checked,
    a_long_text_is_cut_and_its_matches_stand_where_they_belong,
    only_a_part_of_the_rules_is_heard_when_a_client_wants_so,
    languages_are_named_and_told_apart,
    what_is_wrong_with_a_form_is_told_in_plain_text,
}

/// Names the folder of Python packages.
const CLIENTS: &str = "LEXILINGO_CLIENTS";

async fn a_client_library_of_languagetool_works_unchanged(kind: Kind) {
    let clients = std::env::var_os(CLIENTS)
        .unwrap_or_else(|| panic!("{CLIENTS} names no packages: run the tests by tests/run"));
    let fleet = Fleet::start(kind).await;
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("fleet/language_tool_client.py");
    // The client has no field for a key: it takes one as the password of the address.
    let base = match &fleet.client.key {
        Some(key) => fleet.client.base.replace("://", &format!("://key:{key}@")),
        None => fleet.client.base.clone(),
    };
    let output = tokio::task::spawn_blocking(move || {
        let mut python = Command::new("python3");
        python.arg(program).arg(base).env("PYTHONPATH", clients).env("NO_PROXY", "*").output()
    });
    let output = output.await.unwrap().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let seen: Value = serde_json::from_slice(&output.stdout).unwrap();
    let matches = seen["matches"].as_array().unwrap();
    let went = matches.iter().find(|found| found["at"] == "goes").unwrap();
    assert_eq!(went["replacements"], json!(["went"]));
    assert_eq!(went["category"], "GRAMMAR");
    assert_eq!(went["sentence"], "I goes to school yesterday.");
    assert_eq!(seen["corrected"], "😀 Hello there. I went to school yesterday. She has an apple.");
    assert_eq!(seen["disabled"], 0);
    let vietnamese = seen["vietnamese"].as_array().unwrap();
    assert_eq!(vietnamese.len(), matches.len());
    assert!(vietnamese.iter().all(|message| !message.as_str().unwrap().is_ascii()));
    assert_eq!(seen["auto"], "She has two cats.");
    assert!(seen["refused"].as_str().unwrap().contains("'enabledRules'"), "{seen}");
}

/// Posts a form.
async fn send(client: &Client, fields: &[(&str, &str)]) -> Answer {
    let body: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let form = [("content-type", "application/x-www-form-urlencoded")];
    client.send(Method::POST, "/v2/check", &form, body.join("&")).await
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn check(client: &Client, fields: &[(&str, &str)]) -> Value {
    send(client, fields).await.expect(200).json()
}

/// What stands in the text where a match says it is, and what it should be.
fn quoted(text: &str, found: &Value) -> (String, String) {
    let units: Vec<u16> = text.encode_utf16().collect();
    let at = |name: &str| found[name].as_u64().unwrap() as usize;
    let piece = &units[at("offset")..at("offset") + at("length")];
    let value = found["replacements"][0]["value"].as_str().unwrap();
    (String::from_utf16(piece).unwrap(), value.to_owned())
}

async fn a_match_has_languagetools_shape(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let text = "😀 I goes to school yesterday.";
    let answer = check(&fleet.client, &[("text", text), ("language", "en-US")]).await;
    assert_eq!(answer["software"]["apiVersion"], 1);
    assert_eq!(answer["warnings"], json!({"incompleteResults": false}));
    assert_eq!(
        answer["language"],
        json!({"name": "English (US)", "code": "en-US",
               "detectedLanguage": {"name": "English (US)", "code": "en-US"}})
    );
    assert_eq!(answer["sentenceRanges"], json!([[0, 30]]));
    let found = &answer["matches"][0];
    assert_eq!(quoted(text, found), ("goes".to_owned(), "went".to_owned()));
    assert_eq!(found["context"], json!({"text": text, "offset": 5, "length": 4}));
    assert_eq!(found["sentence"], text);
    assert_eq!(found["type"], json!({"typeName": "Other"}));
    assert_eq!(found["rule"]["category"], json!({"id": "GRAMMAR", "name": "Grammar"}));
    assert_eq!(found["rule"]["issueType"], "grammar");
    for text in [&found["message"], &found["shortMessage"], &found["rule"]["description"]] {
        assert!(!text.as_str().unwrap().is_empty());
    }
    let id = found["rule"]["id"].as_str().unwrap();
    assert!(id.chars().all(|c| c.is_ascii_uppercase() || c == '_'), "{id}");
    // The same in a query.
    let path = format!("/v2/check?language=en-US&text={}", encoded(text));
    assert_eq!(fleet.client.get(&path).await.expect(200).json()["matches"], answer["matches"]);
}

async fn markup_counts_in_places_and_is_not_checked(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let data = json!({"annotation": [
        {"markup": "<goes>"}, {"text": "😀 I "}, {"markup": "<b>"}, {"text": "goes"}, {"markup": "</b>"},
        {"text": " to school yesterday."}, {"markup": "<p/>", "interpretAs": "\n\n"},
        {"text": "She have a dog."},
    ]});
    let document = "<goes>😀 I <b>goes</b> to school yesterday.<p/>She have a dog.";
    let fields = [("data", data.to_string()), ("language", "en".to_owned())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let answer = check(&fleet.client, &fields).await;
    let found: Vec<_> =
        answer["matches"].as_array().unwrap().iter().map(|one| quoted(document, one)).collect();
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(found, [pair("goes", "went"), pair("have", "has")]);
    assert_eq!(answer["sentenceRanges"].as_array().unwrap().len(), 2);
}

async fn a_long_text_is_cut_and_its_matches_stand_where_they_belong(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let filler = "We like the đường 😀 and we walk there every day. ";
    let wrong = "She have a dog. ";
    let text: String = (0..7).map(|_| filler.repeat(100) + wrong).collect();
    assert!((30_000..40_000).contains(&text.chars().count()));
    let answer = check(&fleet.client, &[("text", &text), ("language", "en-GB")]).await;
    let found = answer["matches"].as_array().unwrap();
    let right = found.iter().filter(|one| quoted(&text, one) == ("have".into(), "has".into()));
    assert_eq!(right.count(), 7);
    let offsets: Vec<u64> = found.iter().map(|one| one["offset"].as_u64().unwrap()).collect();
    assert!(offsets.is_sorted(), "{offsets:?}");
    assert_eq!(answer["language"]["code"], "en-GB");

    let longer = "a".repeat(40_001);
    let answer = send(&fleet.client, &[("text", &longer), ("language", "en")]).await.expect(413);
    assert!(answer.text().starts_with("Error: ") && answer.text().contains("40000"));
    let one_word = "a".repeat(40_000);
    check(&fleet.client, &[("text", &one_word), ("language", "en")]).await;
}

async fn only_a_part_of_the_rules_is_heard_when_a_client_wants_so(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let text = "I goes to school yesterday. My freind is here.";
    let categories = async |more: &[(&str, &str)]| -> Vec<Value> {
        let mut fields = vec![("text", text), ("language", "en-US")];
        fields.extend(more);
        let answer = check(&fleet.client, &fields).await;
        let found = answer["matches"].as_array().unwrap().iter();
        found.map(|one| one["rule"]["category"]["id"].clone()).collect()
    };
    assert_eq!(categories(&[]).await, ["GRAMMAR", "TYPOS"]);
    assert_eq!(categories(&[("disabledCategories", "TYPOS")]).await, ["GRAMMAR"]);
    let only = [("enabledOnly", "true"), ("enabledCategories", "TYPOS")];
    assert_eq!(categories(&only).await, ["TYPOS"]);
    assert!(categories(&[("mode", "textLevelOnly")]).await.is_empty());
}

async fn languages_are_named_and_told_apart(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let languages = fleet.client.get("/v2/languages").await.expect(200).json();
    let us = json!({"name": "English (US)", "code": "en", "longCode": "en-US"});
    assert!(languages.as_array().unwrap().contains(&us));
    for (fields, code, detected) in [
        (vec![("text", "She has a dog."), ("language", "auto")], "en-US", "en-US"),
        (
            vec![("text", "A dog."), ("language", "auto"), ("preferredVariants", "en-GB")],
            "en-GB",
            "en-GB",
        ),
        (vec![("text", "Hôm qua tôi đi học muộn."), ("language", "auto")], "vi", "vi"),
        (vec![("text", "Hôm qua tôi đi học muộn."), ("language", "en-US")], "en-US", "vi"),
        (vec![("text", ""), ("language", "en-US")], "en-US", "en-US"),
    ] {
        let answer = check(&fleet.client, &fields).await;
        assert_eq!(answer["language"]["code"], code, "{fields:?}");
        assert_eq!(answer["language"]["detectedLanguage"]["code"], detected, "{fields:?}");
        assert_eq!(answer["matches"], json!([]), "{fields:?}");
    }
}

async fn what_is_wrong_with_a_form_is_told_in_plain_text(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    for (fields, named) in [
        (vec![("language", "en-US")], "'text'"),
        (vec![("text", "secret")], "'language'"),
        (vec![("text", "secret"), ("language", "secret")], "'language'"),
        (vec![("data", "secret"), ("language", "en-US")], "'data'"),
        (vec![("text", "secret"), ("language", "en-US"), ("level", "secret")], "'level'"),
    ] {
        let answer = send(&fleet.client, &fields).await.expect(400);
        assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
        let text = answer.text();
        assert!(text.starts_with("Error: ") && text.contains(named), "{fields:?}: {text}");
        assert!(!text.contains("secret"), "{text}");
    }
    assert!(!fleet.logs().contains("secret"));
}
