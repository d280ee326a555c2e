//! The store in a bucket, against a service of this test's own that keeps objects in memory and
//! stumbles when it is told to.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;

use crate::blobs::{BlobId, Blobs, BucketPlace};

/// What time it is, as a second.
const NOW: i64 = 1_780_000_000;

/// What the service holds, and how often it will stumble before it answers.
#[derive(Default)]
struct Service {
    objects: BTreeMap<String, Vec<u8>>,
    stumbles: u32,
    refuses: bool,
    heads: Vec<String>,
    /// When all of it was put, as a second; nothing when that is not told.
    put_at: Option<i64>,
}

type Shared = Arc<Mutex<Service>>;

fn start() -> (Blobs, Shared) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let address = listener.local_addr().expect("its address");
    let service = Shared::default();
    let shared = Arc::clone(&service);
    // Ends with the test process.
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            serve(stream, &shared);
        }
    });
    let place = BucketPlace {
        url: "s3://belofte/harlingen".to_owned(),
        endpoint: Some(format!("http://{address}")),
        region: "eu-west-1".to_owned(),
        access_key: "VOORBEELD".to_owned(),
        secret_key: "geheim".to_owned(),
        clock: Arc::new(|| Timestamp::from_second(NOW).expect("in range")),
    };
    (Blobs::bucket(place).expect("a place"), service)
}

/// One request and its answer. Cut off half way when it stumbles.
fn serve(stream: TcpStream, shared: &Shared) {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 || line == "\r\n" {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.trim().parse().expect("a length");
        }
        head.push_str(&line);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("the bytes");
    let mut service = shared.lock().expect("no panic");
    service.heads.push(head.clone());
    let mut words = head.split(' ');
    let (method, path) = (words.next().unwrap_or(""), words.next().unwrap_or("").to_owned());
    let answer = if service.stumbles > 0 {
        service.stumbles -= 1;
        match service.stumbles % 2 {
            0 => b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhalf".to_vec(),
            _ => b"HTTP/1.1 503 Slow Down\r\n\r\n".to_vec(),
        }
    } else if service.refuses {
        b"HTTP/1.1 403 No\r\n\r\n<Error><Code>AccessDenied</Code></Error>".to_vec()
    } else {
        perform(&mut service, method, path, body)
    };
    let _ = reader.get_mut().write_all(&answer);
}

fn perform(service: &mut Service, method: &str, path: String, body: Vec<u8>) -> Vec<u8> {
    match method {
        "PUT" => {
            service.objects.insert(path, body);
            b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_vec()
        }
        "DELETE" => {
            service.objects.remove(&path);
            b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()
        }
        "HEAD" => match (service.objects.get(&path), service.put_at) {
            (Some(bytes), at) => {
                let at = at.map(|at| Timestamp::from_second(at).expect("in range"));
                let said = at.map(|at| at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string());
                let said = said.unwrap_or_default();
                let length = bytes.len();
                format!(
                    "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nLast-Modified: {said}\r\n\r\n"
                )
                .into_bytes()
            }
            (None, _) => b"HTTP/1.1 404 No\r\n\r\n".to_vec(),
        },
        _ => match service.objects.get(&path) {
            Some(bytes) => {
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", bytes.len());
                [head.as_bytes(), bytes].concat()
            }
            None => b"HTTP/1.1 404 No\r\n\r\n<Error><Code>NoSuchKey</Code></Error>".to_vec(),
        },
    }
}

#[test]
fn bytes_go_into_the_bucket_and_come_out() {
    let (blobs, service) = start();
    let bytes: Vec<u8> = (0..300_000_u32).map(|at| (at % 251).to_le_bytes()[0]).collect();
    let id = blobs.put(&bytes).expect("it is stored");
    let name = id.to_string();
    let path = format!("/belofte/harlingen/{}/{}", &name[..2], &name[2..]);
    {
        let service = service.lock().expect("no panic");
        assert_eq!(service.objects.keys().collect::<Vec<_>>(), [&path]);
        let head = &service.heads[0];
        assert!(head.contains(&format!("x-amz-content-sha256: {name}\r\n")), "{head}");
        assert!(head.contains("Credential=VOORBEELD/20260528/eu-west-1/s3/aws4_request"), "{head}");
        assert!(!head.contains("geheim"), "{head}");
    }
    assert_eq!(blobs.get(&id).expect("it reads"), Some(bytes));
    assert_eq!(blobs.get(&BlobId::of(b"other")).expect("it reads"), None);
    // What was put again within the hour, or nobody knows when, may be needed by a row to come.
    for put_at in [None, Some(NOW), Some(NOW - 3_600)] {
        service.lock().expect("no panic").put_at = put_at;
        assert!(!blobs.remove(&id).expect("it is asked"), "{put_at:?}");
        assert!(blobs.get(&id).expect("it reads").is_some());
    }
    service.lock().expect("no panic").put_at = Some(NOW - 3_601);
    assert!(blobs.remove(&id).expect("it goes"));
    assert!(blobs.remove(&id).expect("and is gone"));
    assert_eq!(blobs.get(&id).expect("it reads"), None);
}

#[test]
fn a_stumble_is_tried_again_and_a_refusal_is_said() {
    let (blobs, service) = start();
    service.lock().expect("no panic").stumbles = 2;
    let id = blobs.put(b"abc").expect("the third time it is stored");
    service.lock().expect("no panic").stumbles = 2;
    assert_eq!(blobs.get(&id).expect("the third time it reads"), Some(b"abc".to_vec()));
    service.lock().expect("no panic").stumbles = 3;
    assert!(blobs.put(b"abc").is_err(), "not for ever");
    service.lock().expect("no panic").refuses = true;
    let said = blobs.put(b"abc").expect_err("it is refused").to_string();
    assert_eq!(said, "the bucket answers 403 AccessDenied");
    {
        let mut service = service.lock().expect("no panic");
        service.refuses = false;
        let spoiled = service.objects.values_mut().next().expect("one object");
        spoiled[0] = b'x';
    }
    let said = blobs.get(&id).expect_err("it is not what it was").to_string();
    assert_eq!(said, format!("the stored bytes {id} are damaged"));
}
