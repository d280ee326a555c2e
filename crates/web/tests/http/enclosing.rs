//! Files that go along with an answer: by a plain multipart form, kept with the draft, given out
//! to colleagues, and to the resident once they have left.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use futures_util::StreamExt;
use words::{Lang, Words};

use crate::town::{Browser, Page, Town};

const EDGE: &str = "edge-of-a-part";
/// What comes over a line at a time, in bytes.
const PIECE_BYTES: usize = 64 * 1024;

fn nl(key: &str) -> String {
    Words::new(Lang::Nl).say(key)
}

/// A form with files, as a browser sends it.
pub(crate) fn multipart(fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend([head.as_bytes(), value.as_bytes(), b"\r\n"].concat());
    }
    for (name, bytes) in files {
        let head = format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
    }
    body.extend(format!("--{EDGE}--\r\n").as_bytes());
    body
}

pub(crate) async fn send(browser: &mut Browser<'_>, path: &str, body: Vec<u8>) -> Page {
    let kind = format!("multipart/form-data; boundary={EDGE}");
    let request = Request::post(path).header(header::CONTENT_TYPE, kind);
    // In pieces, as it comes over a line: now and then there is nothing yet.
    let pieces: Vec<Vec<u8>> = body.chunks(PIECE_BYTES).map(<[u8]>::to_vec).collect();
    let body = Body::from_stream(futures_util::stream::iter(pieces).then(async |piece| {
        tokio::task::yield_now().await;
        Ok::<_, std::io::Error>(piece)
    }));
    browser.ask(request, body).await
}

#[tokio::test]
async fn files_wait_with_the_draft_and_go_along_with_the_answer() {
    let town = Town::new();
    let (number, follow) = town.resident_asks("Lantaarn").await;
    town.deliver().await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let path = format!("/werk/contacten/{number}");
    let pdf: &[u8] = b"%PDF-1.7 plan";
    // What an empty file input sends is no file.
    let words = [("part", "answer"), ("text", "Half"), ("copies", "")];
    let files = [("C:\\brieven\\plan.pdf", pdf), ("", b"".as_slice()), ("weg.txt", b"fout")];
    let kept = send(&mut aafke, &format!("{path}/bewaren"), multipart(&words, &files)).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    assert!(kept.location().ends_with("#do"), "{}", kept.location());
    let page = aafke.get(&path).await;
    page.assert_says("plan.pdf");
    page.assert_says("weg.txt");
    assert!(page.body.contains(">Half</textarea>"), "{}", page.body);
    let off = [("part", "answer"), ("text", "Half"), ("off", "2")];
    send(&mut aafke, &format!("{path}/bewaren"), multipart(&off, &[])).await;
    let page = aafke.get(&path).await;
    assert!(page.says("plan.pdf") && !page.says("weg.txt"), "{}", page.body);
    let draft = format!("{path}/brief/0/bijlage/1");
    assert_eq!(aafke.get(&draft).await.bytes, pdf);
    let mut fenna = town.at_work("fenna", "Fenna Voorbeeld").await;
    assert_eq!(fenna.get(&draft).await.status, StatusCode::NOT_FOUND, "a draft is private");

    let answer = [("part", "answer"), ("text", "Zie de bijlage."), ("via", "mail")];
    let more = [("foto.jpg", b"\xff\xd8\xff foto".as_slice())];
    let sent = send(&mut aafke, &format!("{path}/beantwoorden"), multipart(&answer, &more)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let gone = format!("{path}/brief/2/bijlage/1");
    let page = aafke.get(&path).await;
    assert!(page.body.contains(&gone) && page.says("foto.jpg"), "{}", page.body);
    assert_eq!(fenna.get(&gone).await.bytes, pdf, "a colleague sees what was sent");
    // The resident sees it when it has left, and nobody else does.
    let theirs = format!("{follow}/bijlage/2/1");
    assert_eq!(town.browser().get(&theirs).await.status, StatusCode::NOT_FOUND);
    town.wait_seconds(21);
    let seen = town.browser().get(&follow).await;
    assert!(seen.body.contains(&theirs), "{}", seen.body);
    let file = town.browser().get(&theirs).await;
    assert_eq!((file.status, file.bytes.as_slice()), (StatusCode::OK, pdf));
    assert!(file.header("content-security-policy").starts_with("sandbox"));
    let guessed = theirs.replace(follow.split('/').next_back().unwrap(), "geheim");
    assert_eq!(town.browser().get(&guessed).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_can_not_go_along_is_said_and_nothing_typed_is_lost() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let path = format!("/werk/contacten/{number}");
    let large = vec![b'x'; desk::ENCLOSURES_BYTES_MAX + 1];
    let answer = [("part", "answer"), ("text", "Met bijlage"), ("via", "mail")];
    for (file, key) in [
        (("offerte.exe", b"MZ".as_slice()), "refusal-file-program"),
        (("film.dat", large.as_slice()), "refusal-files-too-large"),
    ] {
        let body = multipart(&answer, &[file]);
        let page = send(&mut aafke, &format!("{path}/beantwoorden"), body).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        page.assert_says(&nl(key));
        page.assert_says("Met bijlage");
    }
    // A colleague was earlier: the file waits with what was typed.
    let late = [("seen", "0"), ("part", "answer"), ("text", "Te laat"), ("via", "mail")];
    let mut fenna = town.at_work("fenna", "Fenna Voorbeeld").await;
    fenna.send(&format!("{path}/overnemen"), &[]).await;
    fenna.send(&format!("{path}/beantwoorden"), &[("text", "Eerder"), ("via", "mail")]).await;
    let body = multipart(&late, &[("plan.pdf", b"%PDF-1.7")]);
    let page = send(&mut aafke, &format!("{path}/beantwoorden"), body).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.says("Te laat") && page.says("plan.pdf"), "{}", page.body);
    let broken = send(&mut aafke, &format!("{path}/beantwoorden"), b"--niets".to_vec()).await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_attachment_of_the_resident_goes_along_again() {
    let town = Town::new();
    let raw = b"From: jan@example.nl\r\nTo: info@harlingen.nl\r\nMessage-ID: <a@example.nl>\r\n\
        Subject: Foto\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
        --b\r\nContent-Type: text/plain\r\n\r\nZie de foto.\r\n\
        --b\r\nContent-Type: image/png; name=foto.png\r\nContent-Transfer-Encoding: base64\r\n\r\n\
        iVBORw0KGgo=\r\n\
        --b\r\nContent-Type: application/x-msdownload; name=kwaad.exe\r\n\r\nMZ\r\n--b--\r\n";
    let (_, number) = town.mail_comes(raw).await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let path = format!("/werk/contacten/{number}");
    let message = town.known(&number).await.messages[0].id;
    let page = aafke.get(&path).await;
    assert!(page.body.contains(&format!("name=\"ook\" value=\"{message}/1\"")), "{}", page.body);
    assert!(!page.body.contains(&format!("value=\"{message}/2\"")), "a program does not");
    let [first, second] = [1, 2].map(|nr| format!("{message}/{nr}"));
    let fields = [("part", "answer"), ("text", "Deze?"), ("ook", &first), ("ook", &second)];
    send(&mut aafke, &format!("{path}/bewaren"), multipart(&fields, &[])).await;
    let kept = town.known(&number).await.enclosures;
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(kept[0].name, "foto.png");
    let file = aafke.get(&format!("{path}/brief/0/bijlage/1")).await;
    assert_eq!(file.bytes, b"\x89PNG\r\n\x1a\n");
}

#[tokio::test]
async fn automatic_mail_to_an_address_is_turned_off_and_on() {
    let town = Town::new();
    let (number, _) = town.resident_asks("Lantaarn").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let path = format!("/werk/contacten/{number}");
    let page = aafke.post(&format!("{path}/blokkeren"), &[("why", "")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = aafke.send(&format!("{path}/blokkeren"), &[("why", "Vraagt erom")]).await;
    page.assert_says(&nl("staff-done-blocked"));
    page.assert_says("Vraagt erom");
    let (other, _) = town.resident_asks("Nog een").await;
    assert!(town.known(&other).await.letters.is_empty(), "no acknowledgement");
    aafke.get(&format!("/werk/contacten/{other}")).await.assert_says(&nl("judged-blocked"));
    let page = aafke.send(&format!("{path}/deblokkeren"), &[]).await;
    page.assert_says(&nl("staff-done-unblocked"));
    assert!(!page.says("Vraagt erom"));
}
