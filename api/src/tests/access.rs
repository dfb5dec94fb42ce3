//! Keys, scopes, budgets and what browsers are told.

use super::service::{Answer, Service, request};
use crate::{access::Gate, router::routes, state::Limits};
use lexilingo_shared::{
    api_key::{ApiKey, KeyRecord, NewKey},
    id::Tenant,
    principal::{OwnLimits, Scope},
    store::KeyRegistry,
    time::{Clock, ManualClock, SystemClock},
};
use serde_json::json;
use std::{collections::BTreeSet, sync::Arc, time::Duration};

const ANALYZE: &str = "/api/v1/ai/analyze";

struct Guarded {
    service: Service,
    clock: Arc<ManualClock>,
}

impl Guarded {
    fn new(variables: &[(&str, &str)]) -> Self {
        let clock = Arc::new(ManualClock::at(SystemClock.now()));
        let variables = [&[("API_AUTH", "on")], variables].concat();
        let service = Service::with(&variables, clock.clone(), Limits::default());
        Guarded { service, clock }
    }

    async fn key(&self, scopes: &[Scope], limits: OwnLimits) -> String {
        let key = ApiKey::new(rand::random());
        let new = NewKey {
            tenant: Tenant::new("school").unwrap(),
            name: String::new(),
            scopes: scopes.iter().copied().collect(),
            limits,
            valid_until: Some(self.clock.now().plus(Duration::from_secs(3600))),
        };
        let now = self.clock.now();
        assert!(self.registry().add(&KeyRecord::new(&key, new, now), now).await.unwrap());
        key.expose()
    }

    fn registry(&self) -> KeyRegistry {
        KeyRegistry::new(self.service.stores().documents.clone())
    }

    async fn send(&self, method: &str, path: &str, key: &str, body: &str) -> Answer {
        let authorization = format!("Bearer {key}");
        let mut headers = vec![("content-type", "application/json")];
        if !key.is_empty() {
            headers.push(("authorization", &authorization));
        }
        self.service.send(request(method, path, &headers, body)).await
    }

    async fn submit(&self, key: &str) -> Answer {
        let body = json!({"text": "I goes", "session_id": "s"}).to_string();
        self.send("POST", ANALYZE, key, &body).await
    }
}

fn filled(path: &str) -> String {
    path.replace("{id}", "job_01JD3ZQ9E5T7W8X9Y0ABCDEFGH")
}

#[tokio::test]
async fn without_a_valid_key_every_guarded_route_answers_401() {
    let guarded = Guarded::new(&[]);
    let stranger = ApiKey::new([9; 30]).expose();
    let mut seen = 0;
    for route in routes().into_iter().filter(|route| route.gate != Gate::Open) {
        for key in ["", "nonsense", &stranger] {
            let answer =
                guarded.send(&route.method.to_uppercase(), &filled(route.path), key, "").await;
            let what = format!("{} {} with “{key}”", route.method, route.path);
            // A form may hold the key, so it is read first.
            assert_eq!(answer.status, 401, "{what}: {answer:?}");
            assert_eq!(answer.header("www-authenticate"), "Bearer", "{what}");
            seen += 1;
        }
    }
    assert!(seen > 30);
}

#[tokio::test]
async fn what_belongs_to_nobody_is_open_and_all_else_has_a_gate() {
    let open: BTreeSet<&str> =
        routes().iter().filter(|route| route.gate == Gate::Open).map(|route| route.path).collect();
    let expected = [
        "/docs",
        "/docs/",
        "/docs/{*file}",
        "/livez",
        "/metrics",
        "/openapi.json",
        "/readyz",
        "/startupz",
        "/v2/languages",
    ];
    assert_eq!(open, expected.into());
    assert!(
        routes()
            .iter()
            .all(|route| { route.gate == Gate::Open || !route.gate.scopes().is_empty() })
    );
}

#[tokio::test]
async fn a_key_does_what_its_scopes_allow_and_403_names_them() {
    let guarded = Guarded::new(&[]);
    for route in routes().into_iter().filter(|route| route.gate != Gate::Open) {
        for scope in Scope::ALL {
            let key = guarded.key(&[scope], OwnLimits::default()).await;
            let answer =
                guarded.send(&route.method.to_uppercase(), &filled(route.path), &key, "").await;
            let allowed = route.gate.scopes().contains(&scope);
            let what = format!("{} {} with {scope}", route.method, route.path);
            assert_eq!(answer.status != 403, allowed, "{what}: {answer:?}");
            assert_ne!(answer.status, 401, "{what}");
            if !allowed {
                let text = String::from_utf8(answer.body).unwrap();
                assert!(text.contains(route.gate.scopes()[0].as_str()), "{what}: {text}");
            }
        }
    }
}

#[tokio::test]
async fn an_ended_key_opens_nothing() {
    let guarded = Guarded::new(&[]);
    let path = "/api/v1/sessions/s";
    let key = guarded.key(&[Scope::Read], OwnLimits::default()).await;
    assert_eq!(guarded.send("GET", path, &key, "").await.status, 404);
    let prefix = key.parse::<ApiKey>().unwrap().prefix().clone();
    let now = guarded.clock.now();
    let revoked = guarded.registry().change(&prefix, now, |key| key.revoked_at = Some(now)).await;
    assert!(revoked.unwrap().is_some());
    // A service asks the store again after five seconds.
    guarded.clock.advance(Duration::from_secs(6));
    assert_eq!(
        guarded.send("GET", path, &key, "").await.problem(),
        (401, "unauthorized".to_owned())
    );

    let key = guarded.key(&[Scope::Read], OwnLimits::default()).await;
    assert_eq!(guarded.send("GET", path, &key, "").await.status, 404);
    guarded.clock.advance(Duration::from_secs(3601));
    assert_eq!(guarded.send("GET", path, &key, "").await.status, 401);
}

#[tokio::test]
async fn the_last_use_of_a_key_is_noted_to_the_minute() {
    let guarded = Guarded::new(&[]);
    let key = guarded.key(&[Scope::Read], OwnLimits::default()).await;
    let prefix = key.parse::<ApiKey>().unwrap().prefix().clone();
    let first = guarded.clock.now();
    guarded.send("GET", "/api/v1/sessions/s", &key, "").await;
    let last_use = async || loop {
        let found = guarded.registry().find(&prefix, first).await.unwrap().unwrap();
        match found.last_used_at {
            Some(at) => return at,
            None => tokio::task::yield_now().await,
        }
    };
    assert_eq!(last_use().await, first);
    guarded.clock.advance(Duration::from_secs(59));
    guarded.send("GET", "/api/v1/sessions/s", &key, "").await;
    assert_eq!(last_use().await, first);
}

#[tokio::test]
async fn submissions_are_limited_by_class_and_polling_is_not() {
    let guarded = Guarded::new(&[("RATE_LIMIT_PER_MINUTE", "2")]);
    let key = guarded.key(&[Scope::Analyze], OwnLimits::default()).await;
    let first = guarded.submit(&key).await;
    assert_eq!(first.status, 202);
    assert_eq!(first.header("ratelimit-policy"), "\"interactive\";q=2;w=60");
    assert_eq!(first.header("ratelimit"), "\"interactive\";r=1;t=60");
    assert_eq!(first.header("x-ratelimit-remaining"), "1");
    guarded.clock.advance(Duration::from_secs(20));
    assert_eq!(guarded.submit(&key).await.header("ratelimit"), "\"interactive\";r=0;t=40");
    let refused = guarded.submit(&key).await;
    assert_eq!(refused.problem(), (429, "rate-limit-exceeded".to_owned()));
    assert_eq!(refused.header("retry-after"), "40");
    assert_eq!(refused.header("ratelimit"), "\"interactive\";r=0;t=40");
    let problem = refused.json();
    assert_eq!(problem["violated-policies"], json!(["interactive"]));
    assert_eq!(problem["type"], crate::problem::QUOTA_TYPE);
    assert_eq!(problem["error_code"], "RATE_LIMIT_EXCEEDED");
    // Another class, another key, and reading are not concerned.
    let voice = json!({"text": "I goes", "session_id": "s", "input_type": "voice"}).to_string();
    assert_eq!(guarded.send("POST", ANALYZE, &key, &voice).await.status, 202);
    let other = guarded.key(&[Scope::Analyze], OwnLimits::default()).await;
    assert_eq!(guarded.submit(&other).await.status, 202);
    for _ in 0..5 {
        assert_eq!(guarded.send("GET", first.header("location"), &key, "").await.status, 200);
    }
    // What is refused for its own faults costs nothing.
    let third = guarded.key(&[Scope::Analyze], OwnLimits::default()).await;
    for _ in 0..3 {
        assert_eq!(guarded.send("POST", ANALYZE, &third, "{}").await.status, 422);
    }
    guarded.clock.advance(Duration::from_secs(40));
    assert_eq!(guarded.submit(&key).await.status, 202);
}

#[tokio::test]
async fn a_day_has_its_quota() {
    let guarded = Guarded::new(&[("DAILY_QUOTA", "9")]);
    let limits = OwnLimits { per_minute: Some(0), per_day: Some(2) };
    let key = guarded.key(&[Scope::Analyze], limits).await;
    assert_eq!(guarded.submit(&key).await.header("ratelimit-policy"), "\"day\";q=2;w=86400");
    assert_eq!(guarded.submit(&key).await.status, 202);
    let refused = guarded.submit(&key).await;
    assert_eq!(refused.problem(), (429, "quota-exceeded".to_owned()));
    assert_eq!(refused.header("retry-after"), "86400");
}

#[tokio::test]
async fn the_local_user_has_no_limits() {
    let service =
        Service::with(&[("RATE_LIMIT_PER_MINUTE", "1")], Arc::new(SystemClock), Limits::default());
    for _ in 0..3 {
        let body = json!({"text": "I goes", "session_id": "s"});
        let answer = service.analyze(&[], &body).await;
        assert_eq!(answer.status, 202);
        assert!(!answer.headers.contains_key("ratelimit"));
    }
}

#[tokio::test]
async fn a_service_that_nobody_could_use_does_not_open() {
    let guarded = Guarded::new(&[("LEXILINGO_BIND", "0.0.0.0:8000")]);
    let require = || {
        let app = &guarded.service.app;
        crate::access::require_keys(&app.config, &app.stores, app.now())
    };
    let why = require().await.unwrap_err().to_string();
    assert!(why.contains("0.0.0.0:8000") && why.contains("lexilingo keys create"), "{why}");
    guarded.key(&[Scope::Read], OwnLimits::default()).await;
    require().await.unwrap();
}

#[tokio::test]
async fn only_pages_of_listed_origins_may_call() {
    let variables = [("CORS_ORIGINS", "https://school.example")];
    let service = Service::with(&variables, Arc::new(SystemClock), Limits::default());
    let preflight = async |origin: &str| {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "authorization,content-type"),
        ];
        let answer = service.send_unread(request("OPTIONS", ANALYZE, &headers, "")).await;
        let allowed = answer.headers().get("access-control-allow-origin").cloned();
        (answer.status().as_u16(), allowed)
    };
    let (status, allowed) = preflight("https://school.example").await;
    assert_eq!((status, allowed.unwrap().to_str().unwrap()), (200, "https://school.example"));
    assert_eq!(preflight("https://evil.example").await, (200, None));
    let page = [("origin", "https://school.example")];
    let answer = service.send(request("GET", "/livez", &page, "")).await;
    assert_eq!(answer.header("access-control-allow-origin"), "https://school.example");
    assert!(answer.header("access-control-expose-headers").contains("ratelimit"));
    assert!(!answer.headers.contains_key("access-control-allow-credentials"));

    let closed = Service::new();
    let answer = closed.send_unread(request("OPTIONS", ANALYZE, &page, "")).await;
    assert_eq!(answer.status(), 405);
    assert!(!answer.headers().contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn every_response_has_the_headers_that_keep_browsers_safe() {
    let service = Service::new();
    for path in ["/livez", "/nowhere", "/api/v1/sessions/none"] {
        let answer = service.get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert!(!answer.headers.contains_key("strict-transport-security"));
    }
    let https = service.send(request("GET", "/livez", &[("x-forwarded-proto", "https")], "")).await;
    assert!(https.header("strict-transport-security").starts_with("max-age="));
}
