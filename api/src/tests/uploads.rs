use super::service::{Answer, Service, request};
use axum::{body::Body, http::Request};
use serde_json::json;

const SHA256_OF_ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

async fn upload(service: &Service, query: &str, media_type: &str, body: impl Into<Body>) -> Answer {
    let request =
        Request::post(format!("/api/v1/uploads{query}")).header("content-type", media_type);
    service.send(request.body(body.into()).unwrap()).await
}

fn form(field: &str, content: &str) -> String {
    format!(
        "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n--b\r\n\
         Content-Disposition: form-data; name=\"{field}\"; filename=\"a.wav\"\r\n\
         Content-Type: audio/wav\r\n\r\n{content}\r\n--b--\r\n"
    )
}

#[tokio::test]
async fn a_file_comes_as_the_body_or_in_a_form() {
    let service = Service::new();
    let raw = upload(&service, "", "audio/wav; rate=16000", "abc").await;
    let form = upload(&service, "", "multipart/form-data; boundary=b", form("file", "abc")).await;
    for answer in [raw, form] {
        assert_eq!(answer.status, 201, "{answer:?}");
        let stored = answer.json();
        assert_eq!((&stored["size"], &stored["sha256"]), (&json!(3), &json!(SHA256_OF_ABC)));
        assert_eq!(stored["media_type"], "audio/wav");
        assert_eq!(service.get(answer.header("location")).await.json(), stored);
        let voice = json!({"session_id": "s", "input_type": "voice", "upload_id": stored["id"]});
        assert_eq!(service.analyze(&[], &voice).await.status, 202);
    }
}

#[tokio::test]
async fn an_upload_that_cannot_be_kept_leaves_nothing() {
    let service = Service::new();
    let large = vec![0u8; 20 * 1024 * 1024 + 1];
    let streamed = futures::stream::iter(
        large
            .chunks(1 << 16)
            .map(|chunk| Ok::<_, std::io::Error>(chunk.to_vec()))
            .collect::<Vec<_>>(),
    );
    let large = upload(&service, "", "audio/wav", Body::from_stream(streamed)).await;
    assert_eq!(large.problem(), (413, "body-too-large".to_owned()));
    let declared = [("content-type", "audio/wav"), ("content-length", "20971521")];
    let declared = service.send(request("POST", "/api/v1/uploads", &declared, "")).await;
    assert_eq!(declared.problem().0, 413);
    assert_eq!(upload(&service, "", "audio/wav", "").await.problem().0, 422);
    assert_eq!(upload(&service, "", "nonsense", "abc").await.problem().0, 415);
    let other = upload(&service, "", "multipart/form-data; boundary=b", form("data", "abc")).await;
    assert_eq!(other.pointers(), ["/file"]);
    let broken = upload(&service, "", "multipart/form-data; boundary=b", "--b\r\nnope").await;
    assert_eq!(broken.problem().0, 422);
}

#[tokio::test]
async fn an_upload_can_name_its_learner() {
    let service = Service::new();
    assert_eq!(upload(&service, "?user_id=mai%20anh", "audio/wav", "abc").await.status, 201);
    let odd = upload(&service, "?user_id=&x=1", "audio/wav", "abc").await;
    assert_eq!(odd.pointers(), ["?user_id", "?x"]);
    let erased = service.send(request("DELETE", "/api/v1/learners/mai%20anh", &[], "")).await;
    assert_eq!(erased.json()["erased"]["blobs"], 1);
    let unknown = service.get("/api/v1/uploads/upl_01JD3ZQ9E5T7W8X9Y0ABCDEFGH").await;
    assert_eq!(unknown.problem(), (404, "upload-not-found".to_owned()));
}
