//! The whole service on a real port.

use super::service::Service;
use crate::{router, serve::serve};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

#[tokio::test]
async fn a_request_in_flight_is_answered_though_the_service_ends() {
    let service = Service::new();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let shutdown = service.app.shutdown.clone();
    let serving = tokio::spawn(serve(listener, router(service.app.clone()), shutdown.clone()));

    let body = r#"{"text": "I goes", "session_id": "s"}"#;
    let head = format!(
        "POST /api/v1/ai/analyze HTTP/1.1\r\nHost: {address}\r\nPrefer: wait=60\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    // The job is in a lane, so the request waits for its end.
    let _delivery = super::worker::begin(service.stores()).await;
    shutdown.cancel();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 202"), "{answer}");
    serving.await.unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}
