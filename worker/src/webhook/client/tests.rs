use super::*;
use async_trait::async_trait;
use std::{
    io,
    sync::atomic::{AtomicUsize, Ordering},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::mpsc,
};

/// A name that leads somewhere else each time it is looked up; the last answer stays.
struct Rebinding {
    answers: Vec<IpAddr>,
    asked: AtomicUsize,
}

impl Rebinding {
    fn new(answers: &[&str]) -> Arc<Rebinding> {
        let answers = answers.iter().map(|text| text.parse().unwrap()).collect();
        Arc::new(Rebinding { answers, asked: AtomicUsize::new(0) })
    }
}

#[async_trait]
impl Resolver for Rebinding {
    async fn resolve(&self, _: &str) -> io::Result<Vec<IpAddr>> {
        let at = self.asked.fetch_add(1, Ordering::SeqCst).min(self.answers.len() - 1);
        Ok(vec![self.answers[at]])
    }
}

struct Names(Vec<IpAddr>);

#[async_trait]
impl Resolver for Names {
    async fn resolve(&self, _: &str) -> io::Result<Vec<IpAddr>> {
        Ok(self.0.clone())
    }
}

fn signed() -> Signed {
    Signed { id: "evt_1".to_owned(), timestamp: 7, signature: "v1,x".to_owned() }
}

fn client(policy: Policy) -> Client {
    let names = Names(vec!["127.0.0.1".parse().unwrap()]);
    Client::new(Arc::new(names), policy).unwrap().with_patience(Duration::from_millis(500))
}

/// A receiver that answers every connection with these bytes, then keeps the line open; what it was sent is told.
async fn receiver(answer: impl Into<Vec<u8>>) -> (u16, mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (told, heard) = mpsc::unbounded_channel();
    let answer = answer.into();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (told, answer) = (told.clone(), answer.clone());
            tokio::spawn(async move {
                let mut bytes = vec![0; 64 * 1024];
                let read = stream.read(&mut bytes).await.unwrap_or(0);
                let _ = told.send(String::from_utf8_lossy(&bytes[..read]).into_owned());
                let _ = stream.write_all(&answer).await;
                std::future::pending::<()>().await;
            });
        }
    });
    (port, heard)
}

#[tokio::test]
async fn an_event_is_posted_with_the_three_headers() {
    let (port, mut heard) = receiver("HTTP/1.1 204 No Content\r\n\r\n").await;
    let url = format!("http://school.example:{port}/hook?a=1");
    let reply = client(Policy::Anywhere).post(&url, &signed(), "{\"a\":1}").await.unwrap();
    assert_eq!(reply, Reply { status: 204, retry_after: None });
    let request = heard.recv().await.unwrap();
    assert!(request.starts_with("POST /hook?a=1 HTTP/1.1\r\n"), "{request}");
    for line in [
        format!("host: school.example:{port}"),
        "content-type: application/json".to_owned(),
        "webhook-id: evt_1".to_owned(),
        "webhook-timestamp: 7".to_owned(),
        "webhook-signature: v1,x".to_owned(),
    ] {
        assert!(request.contains(&format!("{line}\r\n")), "{line} in {request}");
    }
    assert!(request.ends_with("\r\n\r\n{\"a\":1}"), "{request}");
}

#[tokio::test]
async fn a_redirect_is_a_reply_like_any_other() {
    let (inside, mut reached) = receiver("HTTP/1.1 200 OK\r\n\r\n").await;
    let answer = format!(
        "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:{inside}/\r\nretry-after: 9\r\ncontent-length: 0\r\n\r\n"
    );
    let (port, _heard) = receiver(answer).await;
    let url = format!("http://127.0.0.1:{port}/");
    let reply = client(Policy::Anywhere).post(&url, &signed(), "{}").await.unwrap();
    assert_eq!(reply, Reply { status: 302, retry_after: Some("9".to_owned()) });
    assert!(reached.try_recv().is_err(), "nobody followed it");
}

#[tokio::test]
async fn a_receiver_that_hangs_drips_or_talks_nonsense_is_given_up() {
    let dripping = "HTTP/1.1 200 OK\r\nx-drip: ";
    for (answer, why) in [
        ("", NoReply::TimedOut),
        (dripping, NoReply::TimedOut),
        ("SSH-2.0-OpenSSH_9.2\r\n", NoReply::Broken),
    ] {
        let (port, _heard) = receiver(answer).await;
        let url = format!("http://127.0.0.1:{port}/");
        let reply = client(Policy::Anywhere).post(&url, &signed(), "{}").await;
        assert_eq!(reply, Err(why), "{answer}");
    }
    let endless = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "a".repeat(MAX_HEAD_BYTES));
    let (port, _heard) = receiver(endless).await;
    let url = format!("http://127.0.0.1:{port}/");
    let reply = client(Policy::Anywhere).post(&url, &signed(), "{}").await;
    assert_eq!(reply, Err(NoReply::Broken), "a head without end");
}

#[tokio::test]
async fn a_huge_body_is_left_where_it_is() {
    let answer = [b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), vec![b'a'; 8 << 20]].concat();
    let (port, _heard) = receiver(answer).await;
    let url = format!("http://127.0.0.1:{port}/");
    let reply = client(Policy::Anywhere).post(&url, &signed(), "{}").await.unwrap();
    assert_eq!(reply.status, 200);
}

#[tokio::test]
async fn addresses_of_the_inside_are_never_connected_to() {
    let (port, mut reached) = receiver("HTTP/1.1 200 OK\r\n\r\n").await;
    let names = |addresses: &[&str]| {
        let addresses = addresses.iter().map(|text| text.parse().unwrap()).collect();
        Client::new(Arc::new(Names(addresses)), Policy::Public).unwrap()
    };
    for inside in ["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.0.0.1", "169.254.169.254"] {
        let reply = names(&[inside]).post("https://school.example/", &signed(), "{}").await;
        assert_eq!(reply, Err(NoReply::Forbidden), "{inside}");
    }
    for url in [
        format!("https://127.0.0.1:{port}/"),
        "https://2130706433/".to_owned(),
        "http://school.example/".to_owned(),
    ] {
        let reply = names(&["8.8.8.8"]).post(&url, &signed(), "{}").await;
        assert_eq!(reply, Err(NoReply::Forbidden), "{url}");
    }
    assert!(reached.try_recv().is_err());
}

#[tokio::test]
async fn a_name_that_changes_its_mind_gains_nothing() {
    // Public when it was looked at first, loopback when it is looked up for the connection.
    let resolver = Rebinding::new(&["93.184.216.34", "127.0.0.1"]);
    let first = resolver.resolve("school.example").await.unwrap();
    assert!(Policy::Public.allows(first[0]));
    let client = Client::new(resolver.clone(), Policy::Public).unwrap();
    let reply = client.post("https://school.example/", &signed(), "{}").await;
    assert_eq!(reply, Err(NoReply::Forbidden));
    // The connector asks once and connects to what it judged: a second answer is never asked for.
    assert_eq!(resolver.asked.load(Ordering::SeqCst), 2);
}
