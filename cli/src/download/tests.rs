use super::*;
use sha2::{Digest, Sha256};
use std::{
    io::{BufRead, BufReader},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// A hub with one file, on loopback, that breaks off as it is told to.
struct Hub {
    url: String,
    /// The `Range` of each request for the file.
    asked: Arc<Mutex<Vec<Option<String>>>>,
}

#[derive(Clone)]
struct Shelf {
    content: Vec<u8>,
    stated: Option<String>,
    /// Bytes that one answer brings before its connection breaks.
    at_once: usize,
    knows_ranges: bool,
}

impl Shelf {
    fn of(content: &[u8]) -> Shelf {
        let stated = Some(sha256(content));
        Shelf { content: content.to_vec(), stated, at_once: usize::MAX, knows_ranges: true }
    }

    fn serve(self) -> Hub {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/a/b/resolve/main/file", listener.local_addr().unwrap());
        let asked: Arc<Mutex<Vec<Option<String>>>> = Arc::default();
        let heard = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                self.answer(stream.unwrap(), &heard);
            }
        });
        Hub { url, asked }
    }

    fn answer(&self, mut stream: TcpStream, heard: &Mutex<Vec<Option<String>>>) {
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        let Some(Ok(first)) = lines.next() else { return };
        let headers: Vec<String> =
            lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
        let range = headers.iter().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("range").then(|| value.to_owned())
        });
        let all = self.content.len();
        if first.starts_with("HEAD") {
            let stated = self.stated.as_deref().unwrap_or("none");
            let head = format!(
                "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nX-Linked-Etag: \"{stated}\"\r\nX-Linked-Size: {all}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            );
            let _ = stream.write_all(head.as_bytes());
            return;
        }
        heard.lock().unwrap().push(range.clone());
        let from = range.filter(|_| self.knows_ranges);
        let from: usize = from
            .and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok())
            .unwrap_or(0);
        let status = if from > 0 { "206 Partial Content" } else { "200 OK" };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            all - from
        );
        let _ = stream.write_all(head.as_bytes());
        let end = all.min(from.saturating_add(self.at_once));
        let _ = stream.write_all(&self.content[from..end]);
    }
}

fn sha256(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn content() -> Vec<u8> {
    (0..100_000_u32).flat_map(u32::to_le_bytes).collect()
}

#[test]
fn a_file_comes_whole_and_its_digest_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("model.gguf");
    let hub = Shelf::of(&content()).serve();
    let mut seen = Vec::new();
    let fact = fetch(&hub.url, &to, &mut |have, all| seen.push((have, all))).unwrap();
    assert_eq!(fact, FileFact { bytes: 400_000, sha256: sha256(&content()) });
    assert_eq!(seen.last(), Some(&(400_000, Some(400_000))));
    assert_eq!(fs::read(&to).unwrap(), content());
    assert!(!part_of(&to).exists());
}

#[test]
fn a_download_that_breaks_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("model.gguf");
    let hub = Shelf { at_once: 150_000, ..Shelf::of(&content()) }.serve();
    fetch(&hub.url, &to, &mut |_, _| {}).unwrap();
    assert_eq!(fs::read(&to).unwrap(), content());
    let asked = hub.asked.lock().unwrap();
    assert_eq!(asked[0], None);
    assert!(asked.len() >= 3 && asked[1..].iter().all(Option::is_some), "{asked:?}");
}

#[test]
fn a_download_that_an_earlier_run_began_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("model.gguf");
    fs::write(part_of(&to), &content()[..123_456]).unwrap();
    let hub = Shelf::of(&content()).serve();
    fetch(&hub.url, &to, &mut |_, _| {}).unwrap();
    assert_eq!(*hub.asked.lock().unwrap(), [Some("bytes=123456-".to_owned())]);
    assert_eq!(fs::read(&to).unwrap(), content());
}

#[test]
fn a_hub_without_ranges_sends_it_from_the_beginning() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("model.gguf");
    fs::write(part_of(&to), b"something else").unwrap();
    let hub = Shelf { knows_ranges: false, ..Shelf::of(&content()) }.serve();
    fetch(&hub.url, &to, &mut |_, _| {}).unwrap();
    assert_eq!(fs::read(&to).unwrap(), content());
}

#[test]
fn what_is_not_the_stated_file_does_not_stay() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("model.gguf");
    let hub = Shelf { stated: Some(sha256(b"another")), ..Shelf::of(&content()) }.serve();
    let refused = fetch(&hub.url, &to, &mut |_, _| {}).unwrap_err().to_string();
    assert!(refused.contains(&sha256(b"another")), "{refused}");
    assert!(!to.exists() && !part_of(&to).exists());
}

#[test]
fn a_file_without_a_digest_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let hub = Shelf { stated: None, ..Shelf::of(&content()) }.serve();
    let refused = fetch(&hub.url, &folder.path().join("model.gguf"), &mut |_, _| {});
    assert!(format!("{:#}", refused.unwrap_err()).contains("no SHA-256"));
    assert!(hub.asked.lock().unwrap().is_empty());
}
