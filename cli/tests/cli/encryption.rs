//! `DATA_ENCRYPTION_KEYS`: what is told of keys that are wrong, and that none is ever shown.

use crate::{
    place::Place,
    service::{Service, post},
};
use nix::sys::signal::Signal;

const VARIABLE: &str = "DATA_ENCRYPTION_KEYS";
const KEY: &str = "2026:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
const OTHER: &str = "2026:AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";

fn used() -> Place {
    let mut place = Place::new();
    place.set(VARIABLE, KEY);
    let service = Service::start(&place, &[]);
    let body = r#"{"text": "I goes to Quangxuanville", "session_id": "s", "input_type": "text"}"#;
    post(&format!("{}/api/v1/ai/analyze", service.base), body.to_owned());
    assert_eq!(service.end(Signal::SIGTERM), Some(0));
    place
}

#[test]
fn another_key_of_the_same_name_is_refused_before_it_seals_anything() {
    let mut place = used();
    assert_eq!(place.run(&["doctor"]).status, Some(0));
    place.set(VARIABLE, OTHER);
    for command in ["doctor", "up"] {
        let said = place.run(&[command]);
        assert_eq!(said.status, Some(3), "{said:?}");
        let all = format!("{}{}", said.out, said.err);
        assert!(all.contains("the key “2026” in DATA_ENCRYPTION_KEYS is not the one"), "{all}");
        assert!(!all.contains("AgIC") && !all.contains("AQEB"), "{all}");
    }
    place.set(VARIABLE, KEY);
    assert_eq!(Service::start(&place, &[]).end(Signal::SIGTERM), Some(0));
}

#[test]
fn a_key_that_was_left_out_is_missed() {
    let mut place = used();
    place.set(VARIABLE, OTHER.replace("2026", "2027"));
    let said = place.run(&["doctor"]);
    assert_eq!(said.status, Some(0), "{said:?}");
    assert!(said.find_remedy("warn", VARIABLE).unwrap().contains("put back the keys"));
    assert!(said.out.contains("2026"), "{said:?}");
}

#[test]
fn keys_are_masked_and_a_malformed_one_is_told_without_showing_it() {
    let mut place = Place::new();
    place.set(VARIABLE, KEY);
    let said = place.run(&["config"]);
    assert!(said.out.contains("DATA_ENCRYPTION_KEYS=2026:***\n"), "{}", said.out);
    place.set(VARIABLE, "2026:c2VjcmV0LXRleHQ=");
    for command in ["config", "doctor", "up"] {
        let said = place.run(&[command]);
        let all = format!("{}{}", said.out, said.err);
        assert_eq!(said.status, Some(3), "{all}");
        assert!(all.contains(VARIABLE) && all.contains("32 bytes in base64"), "{all}");
        assert!(!all.contains("c2VjcmV0"), "{all}");
    }
}
