//! Receivers that misbehave, names that change their mind, and https: each with a real receiver.

use async_trait::async_trait;
use lexilingo_shared::{
    store::{Attempt, AttemptOutcome},
    time::Clock,
    webhook::{Disabled, Policy},
};
use lexilingo_tests::{
    receiver::{Manner, Receiver},
    webhook_stage::Stage,
};
use lexilingo_worker::webhook::{
    client::Client,
    resolver::{Resolver, SystemResolver},
};
use rustls::{RootCertStore, ServerConfig, pki_types::PrivateKeyDer};
use std::{
    io,
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio_rustls::TlsAcceptor;

const FINE: Manner = Manner::Answer("200 OK", "");
/// Nobody has an address there: 3f00::/8 is not given out, and the guard takes it for public.
const NOWHERE: &str = "3f00::1";
const NAME: &str = "school.example";

/// A name that leads somewhere else each time it is looked up; the last answer stays.
struct Rebinding {
    answers: Vec<&'static str>,
    asked: AtomicUsize,
}

#[async_trait]
impl Resolver for Rebinding {
    async fn resolve(&self, _: &str) -> io::Result<Vec<IpAddr>> {
        let at = self.asked.fetch_add(1, Ordering::SeqCst).min(self.answers.len() - 1);
        Ok(vec![self.answers[at].parse().expect("an address")])
    }
}

fn rebinding(answers: &[&'static str]) -> Arc<Rebinding> {
    Arc::new(Rebinding { answers: answers.to_vec(), asked: AtomicUsize::new(0) })
}

/// What came of one event to a receiver of this manner, and whether another one was served meanwhile.
async fn attempt_at(manner: Manner) -> (Attempt, bool) {
    let client = Client::new(Arc::new(SystemResolver), Policy::Anywhere).unwrap();
    let stage = Stage::with(client.with_patience(Duration::from_millis(500)));
    let (odd, fine) = (Receiver::start(manner).await, Receiver::start(FINE).await);
    let (bad, good) = (stage.endpoint(&odd).await, stage.endpoint(&fine).await);
    stage.add(&bad, 1).await;
    stage.add(&good, 5).await;
    assert_eq!(stage.sender.send_due().await.unwrap(), 6);
    assert_eq!(odd.received().len(), 1);
    (stage.last(&bad).await, fine.received().len() == 5)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_hangs_or_drips_is_given_up_in_time_and_tried_again() {
    for manner in [Manner::Hang, Manner::Drip] {
        let (attempt, others_served) = attempt_at(manner.clone()).await;
        assert!(others_served, "{manner:?}");
        let error = attempt.error.as_deref();
        assert_eq!(error, Some("there was no answer in time"), "{manner:?}");
        assert_eq!((attempt.status, attempt.outcome), (None, AttemptOutcome::Failed));
        assert!(attempt.next_at.is_some());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_without_end_is_not_read_and_the_event_counts_as_delivered() {
    let (attempt, others_served) = attempt_at(Manner::Huge).await;
    assert!(others_served);
    assert_eq!((attempt.status, attempt.outcome), (Some(200), AttemptOutcome::Delivered));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redirect_to_loopback_is_not_followed() {
    let inside = Receiver::start(FINE).await;
    let (attempt, _) = attempt_at(Manner::Redirect(inside.url.clone())).await;
    assert_eq!((attempt.status, attempt.outcome), (Some(307), AttemptOutcome::Failed));
    assert_eq!(attempt.error.as_deref(), Some("redirects are not followed"));
    assert!(inside.received().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_410_ends_it_and_a_429_waits_as_long_as_it_says() {
    let stage = Stage::anywhere();
    let receiver = Receiver::start(Manner::Answer("410 Gone", "")).await;
    let gone = stage.endpoint(&receiver).await;
    stage.add(&gone, 1).await;
    stage.sender.send_due().await.unwrap();
    assert_eq!(stage.state(&gone).await.disabled, Some(Disabled::Gone));
    assert_eq!(stage.last(&gone).await.outcome, AttemptOutcome::GivenUp);
    let busy = Receiver::start(Manner::Answer("429 Busy", "retry-after: 3600\r\n")).await;
    let endpoint = stage.endpoint(&busy).await;
    stage.add(&endpoint, 1).await;
    stage.sender.send_due().await.unwrap();
    let next = stage.last(&endpoint).await.next_at.unwrap();
    assert_eq!(next.since(stage.clock.now()), Duration::from_secs(3600));
    busy.now(FINE);
    stage.clock.advance(Duration::from_secs(3599));
    assert_eq!(stage.sender.send_due().await.unwrap(), 0);
    stage.clock.advance(Duration::from_secs(1));
    assert_eq!(stage.sender.send_due().await.unwrap(), 1);
    assert_eq!(stage.last(&endpoint).await.outcome, AttemptOutcome::Delivered);
}

/// Public when it is judged, loopback when it is looked up again: who asks twice connects to the inside.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_changes_its_answer_during_the_connection_never_reaches_the_inside() {
    // All of 127/8 is this machine; a port that the guard lets pass.
    let [a, b] = rand::random::<[u8; 2]>();
    let inside = format!("127.{a}.{b}.7");
    let leaked: &'static str = Box::leak(inside.clone().into_boxed_str());
    let receiver = Receiver::on(&format!("{inside}:8443"), None, FINE).await;
    let resolver = rebinding(&[NOWHERE, leaked, NOWHERE, leaked]);
    let client = Client::new(resolver.clone(), Policy::Public).unwrap();
    let stage = Stage::with(client.with_patience(Duration::from_millis(500)));
    let endpoint = stage.endpoint_at(&format!("https://{NAME}:8443/hook")).await;
    stage.add(&endpoint, 1).await;
    let mut errors = Vec::new();
    for lookups in 1..=4 {
        assert_eq!(stage.sender.send_due().await.unwrap(), 1);
        assert_eq!(resolver.asked.load(Ordering::SeqCst), lookups, "one look-up a connection");
        let attempt = stage.last(&endpoint).await;
        errors.push(attempt.error.unwrap());
        stage.move_to(attempt.next_at.unwrap());
    }
    assert_eq!(errors[1], "the address may not be used");
    assert_eq!(errors[3], errors[1]);
    assert_ne!(errors[0], errors[1], "the public answer was tried");
    assert!(receiver.received().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_https_receiver_is_believed_by_its_certificate_only() {
    let made = rcgen::generate_simple_self_signed([NAME.to_owned()]).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let tls = TlsAcceptor::from(Arc::new(config));
    let receiver = Receiver::on("127.0.0.1:0", Some(tls), FINE).await;
    let port = receiver.url.rsplit(':').next().unwrap().split('/').next().unwrap();
    let outcome = async |roots: Option<RootCertStore>, name: &str| {
        let names = rebinding(&["127.0.0.1"]);
        let client = match roots {
            Some(roots) => Client::trusting(names, Policy::Anywhere, roots),
            None => Client::new(names, Policy::Anywhere),
        };
        let stage = Stage::with(client.unwrap());
        let endpoint = stage.endpoint_at(&format!("https://{name}:{port}/hook")).await;
        stage.add(&endpoint, 1).await;
        stage.sender.send_due().await.unwrap();
        let attempt = stage.last(&endpoint).await;
        (attempt.outcome, attempt.error)
    };
    assert_eq!(outcome(Some(roots.clone()), NAME).await, (AttemptOutcome::Delivered, None));
    let refused = (AttemptOutcome::Failed, Some("TLS failed".to_owned()));
    assert_eq!(outcome(None, NAME).await, refused, "nobody vouches for it");
    assert_eq!(outcome(Some(roots), "other.example").await, refused, "another name");
    assert_eq!(receiver.received().len(), 1);
}
