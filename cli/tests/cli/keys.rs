//! `lexilingo keys` on embedded storage, and what the api makes of it.

use crate::place::{Place, Said};
use serde_json::Value;

fn place() -> Place {
    let mut place = Place::new();
    place.set("API_AUTH", "on");
    place
}

fn made(place: &Place, arguments: &[&str]) -> String {
    let said = place.run(&[&["keys", "create"], arguments].concat());
    assert_eq!(said.status, Some(0), "{said:?}");
    said.out.trim().to_owned()
}

fn prefix(key: &str) -> String {
    key.split('_').nth(1).unwrap().to_owned()
}

fn listed(place: &Place) -> Vec<Value> {
    let said = place.run(&["keys", "list", "--json"]);
    assert_eq!(said.status, Some(0), "{said:?}");
    said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_key_is_shown_once_and_kept_as_a_digest() {
    let place = place();
    let key = made(&place, &["--tenant", "school", "--name", "Lớp 10A", "--scopes", "read,admin"]);
    let (prefix, secret) = (prefix(&key), key.rsplit('_').next().unwrap().to_owned());
    assert_eq!((prefix.len(), secret.len()), (12, 48), "{key}");
    let keys = listed(&place);
    assert_eq!((&keys[0]["prefix"], &keys[0]["tenant"]), (&prefix.into(), &"school".into()));
    assert_eq!(keys[0]["scopes"], serde_json::json!(["read", "admin"]));
    let table = place.run(&["keys", "list"]).out;
    assert!(table.contains("Lớp 10A") && !table.contains(&secret), "{table}");
    for file in std::fs::read_dir(place.path().join("data")).unwrap() {
        let path = file.unwrap().path();
        let bytes = if path.is_file() { std::fs::read(path).unwrap() } else { continue };
        let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found, "the secret is stored");
    }
}

#[test]
fn a_rotated_key_ends_and_its_successor_takes_its_place() {
    let place = place();
    let old = made(&place, &["--tenant", "school", "--per-minute", "5", "--expires-days", "9"]);
    let said = place.run(&["keys", "rotate", &prefix(&old), "--overlap-hours", "0"]);
    assert_eq!(said.status, Some(0), "{said:?}");
    let new = said.out.trim().to_owned();
    assert_ne!(new, old);
    let keys = listed(&place);
    let find = |key: &str| keys.iter().find(|found| found["prefix"] == prefix(key)).unwrap();
    assert_eq!((&find(&old)["state"], &find(&new)["state"]), (&"expired".into(), &"active".into()));
    assert_eq!((&find(&new)["per_minute"], &find(&new)["tenant"]), (&5.into(), &"school".into()));
    assert_eq!(place.run(&["keys", "revoke", &prefix(&new)]).status, Some(0));
    let states = listed(&place);
    assert!(states.iter().any(|key| key["state"] == "revoked"), "{states:?}");
    assert_eq!(place.run(&["keys", "revoke", "000000000000"]).status, Some(2));
}

#[test]
fn wrong_use_is_told() {
    let place = place();
    for arguments in [
        &["--tenant", "Not A Tenant"][..],
        &["--tenant", "school", "--scopes", "everything"],
        &["--tenant", "school", "--expires-days", "0"],
        &[],
    ] {
        let said = place.run(&[&["keys", "create"], arguments].concat());
        assert_eq!(said.status, Some(2), "{said:?}");
    }
}

#[test]
fn a_service_that_others_reach_refuses_to_start_without_a_key() {
    let mut place = Place::new();
    place.set("LEXILINGO_BIND", "0.0.0.0:0");
    let said: Said = place.run(&["up"]);
    assert_eq!(said.status, Some(3), "{said:?}");
    assert!(said.err.contains("can be reached from other machines"), "{said:?}");
    let remedy = said.find_remedy("lexilingo:", "API_AUTH").unwrap();
    assert!(remedy.contains("lexilingo keys create"), "{remedy}");
    place.set("API_AUTH", "off");
    let said = place.run(&["up"]);
    assert_eq!(said.status, Some(3), "{said:?}");
    assert!(said.err.contains("API_AUTH: may be off only on embedded storage"), "{said:?}");
}
