use super::*;
use axum::{Json, Router, extract::State, http::StatusCode, response::IntoResponse, routing::post};
use lexilingo_shared::config::SecretUrl;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::mpsc as channel;

/// What a server does, call by call; the last one goes on.
#[derive(Clone)]
enum Does {
    Says(&'static str),
    Fails(u16),
    /// Says something and then nothing more, without an end.
    Stops(&'static str),
}

struct Server {
    does: Vec<Does>,
    calls: AtomicUsize,
    bodies: Mutex<Vec<Value>>,
}

async fn serve(State(server): State<Arc<Server>>, Json(body): Json<Value>) -> impl IntoResponse {
    let call = server.calls.fetch_add(1, Ordering::SeqCst);
    server.bodies.lock().unwrap().push(body);
    let event =
        |text: &str| format!("data: {}\n\n", json!({"choices": [{"delta": {"content": text}}]}));
    let end = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    match server.does[call.min(server.does.len() - 1)] {
        Does::Fails(status) => StatusCode::from_u16(status).unwrap().into_response(),
        Does::Says(text) => {
            let (first, second) = text.split_at(text.len() / 2);
            (event(first) + &event(second) + end).into_response()
        }
        Does::Stops(text) => {
            let (sender, receiver) = channel::channel::<Result<String, std::io::Error>>(1);
            sender.send(Ok(event(text))).await.unwrap();
            tokio::spawn(async move { sender.closed().await });
            let body = futures::stream::unfold(receiver, async |mut receiver| {
                Some((receiver.recv().await?, receiver))
            });
            axum::body::Body::from_stream(body).into_response()
        }
    }
}

async fn remote(does: Vec<Does>) -> (Arc<RemoteModel>, Arc<Server>) {
    let server = Arc::new(Server { does, calls: AtomicUsize::new(0), bodies: Mutex::default() });
    let router =
        Router::new().route("/v1/chat/completions", post(serve)).with_state(server.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = SecretUrl::new(format!("http://{}/v1", listener.local_addr().unwrap()));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let config = RemoteConfig { base_url, api_key: None, model: "m".to_owned() };
    (Arc::new(RemoteModel::new(config).unwrap()), server)
}

fn prompt() -> Prompt {
    Prompt {
        system: "Be kind.".to_owned(),
        user: "I goes".to_owned(),
        schema: Some(json!({"type": "object"})),
        max_tokens: 9,
        temperature: 0.0,
        seed: 1,
    }
}

async fn complete(model: &Arc<RemoteModel>, millis: u64) -> Result<Completion, EngineError> {
    model.complete(prompt(), Duration::from_millis(millis), None).await
}

#[tokio::test]
async fn an_answer_comes_in_parts_and_the_schema_goes_along() {
    let (model, server) = remote(vec![Does::Says("{\"errors\":[]}")]).await;
    let (sender, mut parts) = channel::channel(8);
    let answer = model.complete(prompt(), Duration::from_secs(30), Some(sender)).await.unwrap();
    assert_eq!((answer.text.as_str(), answer.finish), ("{\"errors\":[]}", Finish::Stop));
    assert_eq!(parts.recv().await.unwrap() + &parts.recv().await.unwrap(), answer.text);
    let body = server.bodies.lock().unwrap()[0].clone();
    assert_eq!(body["response_format"]["json_schema"]["schema"], json!({"type": "object"}));
    assert_eq!(body["messages"][1]["content"], "I goes");
    assert_eq!((body["max_tokens"].as_u64(), body["seed"].as_u64()), (Some(9), Some(1)));
}

#[tokio::test]
async fn a_server_that_fails_once_is_asked_again() {
    let (model, server) = remote(vec![Does::Fails(503), Does::Says("{}")]).await;
    assert_eq!(complete(&model, 30_000).await.unwrap().text, "{}");
    assert_eq!(server.calls.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_server_that_fails_again_and_again_is_left_alone() {
    let (model, server) = remote(vec![Does::Fails(500)]).await;
    for _ in 0..5 {
        assert!(complete(&model, 30_000).await.is_err());
    }
    let asked = server.calls.load(Ordering::SeqCst);
    let refused = complete(&model, 30_000).await.unwrap_err();
    assert!(refused.to_string().contains("failed too often"), "{refused}");
    assert_eq!(server.calls.load(Ordering::SeqCst), asked);
}

#[tokio::test]
async fn what_came_in_time_is_the_answer() {
    let (model, _) = remote(vec![Does::Stops("{\"errors\":[")]).await;
    let answer = complete(&model, 500).await.unwrap();
    assert_eq!((answer.text.as_str(), answer.finish), ("{\"errors\":[", Finish::Time));
}

#[tokio::test]
async fn no_secret_is_in_a_failure() {
    let base_url = SecretUrl::new("http://user:hunter2@127.0.0.1:9/v1");
    let api_key = Some(SecretUrl::new("sk-hunter3"));
    let config = RemoteConfig { base_url, api_key, model: "m".to_owned() };
    let shown = format!("{config:?}");
    let model = Arc::new(RemoteModel::new(config).unwrap());
    let failure = format!("{shown} {:?}", complete(&model, 30_000).await.unwrap_err());
    assert!(!failure.contains("hunter"), "{failure}");
}
