//! The store in a bucket that speaks the protocol of S3: four requests, signed (AWS Signature
//! Version 4). A request is three lines of text and the bytes; a library for it would bring some
//! fifty packages.

use std::io::{self, Read as _, Write as _};
use std::sync::Arc;
use std::time::Duration;

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::wire::{self, Answer, Endpoint};
use super::{BLOB_BYTES_MAX, BlobId, ROW_WAIT_MAX};
use crate::error::StorageError;

/// How often a request is tried before it has failed.
const TRIES_MAX: u32 = 3;
/// The wait after a failed try; it doubles.
const WAIT: Duration = Duration::from_millis(200);
/// The host of the inventor's own service, when no other is configured.
const HOST: &str = "https://s3.{region}.amazonaws.com";

/// Where a bucket is and who may use it.
#[derive(Clone)]
pub struct BucketPlace {
    /// `s3://bucket/prefix`.
    pub url: String,
    /// The service: `https://s3.example.nl`; nothing for that of the protocol's inventor.
    pub endpoint: Option<String>,
    /// The region, which is part of the signature.
    pub region: String,
    /// The key by which the service knows us.
    pub access_key: String,
    /// The secret that goes with it.
    pub secret_key: String,
    /// What time it is: a signature is valid for some minutes.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

/// Secrets are not for logs.
impl std::fmt::Debug for BucketPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.url)
    }
}

#[derive(Debug)]
pub(super) struct Bucket {
    place: BucketPlace,
    endpoint: Endpoint,
    /// `/bucket/prefix`, without a slash at the end.
    root: String,
}

impl Bucket {
    pub(super) fn open(place: BucketPlace) -> Result<Bucket, StorageError> {
        let wrong = |why: &str| StorageError::other(format!("the bucket {place:?}: {why}"));
        let path = place.url.strip_prefix("s3://").ok_or_else(|| wrong("write s3://bucket"))?;
        let path = path.trim_end_matches('/');
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
        if path.is_empty() || !path.chars().all(plain) || path.split('/').any(str::is_empty) {
            return Err(wrong("a name has letters, digits, dashes and dots"));
        }
        if place.access_key.is_empty() || place.secret_key.is_empty() {
            return Err(wrong("it needs a key and a secret"));
        }
        let url = match &place.endpoint {
            Some(url) => url.clone(),
            None => HOST.replace("{region}", &place.region),
        };
        let endpoint = Endpoint::new(&url).map_err(|why| wrong(&why))?;
        Ok(Bucket { root: format!("/{path}"), endpoint, place })
    }

    pub(super) fn put(&self, id: &BlobId, bytes: &[u8]) -> Result<(), StorageError> {
        match self.ask("PUT", id, bytes)? {
            answer if answer.status == 200 => Ok(()),
            answer => Err(refused(&answer)),
        }
    }

    pub(super) fn get(&self, id: &BlobId) -> Result<Option<Vec<u8>>, StorageError> {
        match self.ask("GET", id, b"")? {
            answer if answer.status == 200 => Ok(Some(answer.body)),
            answer if answer.status == 404 && answer.code() != "NoSuchBucket" => Ok(None),
            answer => Err(refused(&answer)),
        }
    }

    /// Removes bytes, but not those that were put a short time ago. Says whether they are gone.
    pub(super) fn remove(&self, id: &BlobId) -> Result<bool, StorageError> {
        match self.ask("HEAD", id, b"")? {
            found if found.status == 200 && !self.is_settled(&found) => return Ok(false),
            found if matches!(found.status, 200 | 404) => {}
            found => return Err(refused(&found)),
        }
        match self.ask("DELETE", id, b"")? {
            answer if matches!(answer.status, 200 | 204) => Ok(true),
            answer if answer.status == 404 && answer.code() != "NoSuchBucket" => Ok(true),
            answer => Err(refused(&answer)),
        }
    }

    /// Whether no row can be on its way any more that names what was put then.
    fn is_settled(&self, found: &Answer) -> bool {
        let said = found.last_modified.as_deref().unwrap_or_default();
        let Ok(put_at) = jiff::fmt::rfc2822::parse(said) else { return false };
        let age = (self.place.clock)().duration_since(put_at.timestamp());
        u64::try_from(age.as_secs()).is_ok_and(|age| age > ROW_WAIT_MAX.as_secs())
    }

    /// One request, tried again when the service or the network stumbles. Each may be done twice:
    /// the name says what the bytes are.
    fn ask(&self, method: &str, id: &BlobId, bytes: &[u8]) -> Result<Answer, StorageError> {
        let mut wait = WAIT;
        for _ in 1..TRIES_MAX {
            match self.try_once(method, id, bytes) {
                Ok(answer) if answer.status < 500 && answer.status != 429 => return Ok(answer),
                _ => std::thread::sleep(wait),
            }
            wait *= 2;
        }
        Ok(self.try_once(method, id, bytes)?)
    }

    fn try_once(&self, method: &str, id: &BlobId, bytes: &[u8]) -> io::Result<Answer> {
        let name = id.to_string();
        let path = format!("{}/{}/{}", self.root, &name[..2], &name[2..]);
        let at = (self.place.clock)().strftime("%Y%m%dT%H%M%SZ").to_string();
        let payload = HEXLOWER.encode(&Sha256::digest(bytes));
        let host = self.endpoint.host_header();
        let signed =
            [("host", host.as_str()), ("x-amz-content-sha256", &payload), ("x-amz-date", &at)];
        let authorization = self.place.authorization((method, &path), &signed, &payload);
        let mut head = format!("{method} {path} HTTP/1.1\r\n");
        for (name, value) in signed {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!(
            "authorization: {authorization}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            bytes.len()
        ));
        let mut stream = self.endpoint.connect()?;
        stream.write_all(head.as_bytes())?;
        stream.write_all(bytes)?;
        stream.flush()?;
        let most = u64::try_from(BLOB_BYTES_MAX).unwrap_or(u64::MAX) + wire::HEAD_BYTES_MAX;
        let mut answer = Vec::new();
        // The other side may end the connection without saying goodbye; what came is looked at.
        let read = stream.take(most).read_to_end(&mut answer);
        wire::answer(method, &answer)
            .map_or_else(|| Err(read.err().unwrap_or_else(wire::cut_off)), Ok)
    }
}

fn refused(answer: &Answer) -> StorageError {
    StorageError::other(format!("the bucket answers {} {}", answer.status, answer.code()))
}

impl BucketPlace {
    /// The header that proves who asks. `headers` are those that are signed, by name; one of them
    /// is `x-amz-date`.
    fn authorization(
        &self,
        (method, path): (&str, &str),
        headers: &[(&str, &str)],
        payload: &str,
    ) -> String {
        let at = headers.iter().find(|(name, _)| *name == "x-amz-date").map_or("", |(_, at)| *at);
        let date = at.split('T').next().unwrap_or_default();
        let lines: String = headers.iter().map(|(name, it)| format!("{name}:{it}\n")).collect();
        let names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
        let names = names.join(";");
        let request = format!("{method}\n{path}\n\n{lines}\n{names}\n{payload}");
        let request = HEXLOWER.encode(&Sha256::digest(request));
        let scope = format!("{date}/{}/s3/aws4_request", self.region);
        let text = format!("AWS4-HMAC-SHA256\n{at}\n{scope}\n{request}");
        let first = format!("AWS4{}", self.secret_key).into_bytes();
        let steps = [date, &self.region, "s3", "aws4_request", &text];
        let signature = steps.into_iter().fold(first, |key, step| mac(&key, step));
        format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope},SignedHeaders={names},Signature={}",
            self.access_key,
            HEXLOWER.encode(&signature)
        )
    }
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any key length will do");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(url: &str) -> BucketPlace {
        BucketPlace {
            url: url.to_owned(),
            endpoint: None,
            region: "us-east-1".to_owned(),
            access_key: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            // In parts, so that nobody takes it for a secret.
            secret_key: ["wJalrXUtnFEMI/K7MDENG", "/bPxRfiCY", "EXAMPLEKEY"].concat(),
            clock: Arc::new(|| Timestamp::UNIX_EPOCH),
        }
    }

    /// The worked example of the protocol's own documentation: a GET of a part of an object.
    #[test]
    fn the_signature_of_the_worked_example() {
        let empty = HEXLOWER.encode(&Sha256::digest(b""));
        let headers = [
            ("host", "examplebucket.s3.amazonaws.com"),
            ("range", "bytes=0-9"),
            ("x-amz-content-sha256", &empty),
            ("x-amz-date", "20130524T000000Z"),
        ];
        let said =
            place("s3://examplebucket").authorization(("GET", "/test.txt"), &headers, &empty);
        let signature = "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41";
        assert!(said.ends_with(&format!("Signature={signature}")), "{said}");
    }

    #[test]
    fn places_of_a_bucket() {
        for (url, is_one) in [
            ("s3://belofte", true),
            ("s3://belofte/harlingen/mail/", true),
            ("s3://", false),
            ("s3://belofte//mail", false),
            ("s3://bel ofte", false),
            ("s3://belofte/m%20ail", false),
            ("https://belofte", false),
        ] {
            assert_eq!(Bucket::open(place(url)).is_ok(), is_one, "{url}");
        }
        let nobody = BucketPlace { secret_key: String::new(), ..place("s3://belofte") };
        let said = Bucket::open(nobody).map(drop).expect_err("no secret").to_string();
        assert_eq!(said, "the bucket s3://belofte: it needs a key and a secret");
    }
}
