//! Attachments as an employee gets them: listed with what must be known, and given out in a box.

use axum::http::StatusCode;
use desk::Scan;

use crate::town::{Page, Town};

/// A PNG that shows nothing but its beginning.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

/// A file in a mail: its header lines and its bytes.
pub(crate) struct File<'a>(pub(crate) &'a str, pub(crate) &'a [u8]);

/// A mail with files.
pub(crate) fn mail(id: &str, files: &[File<'_>]) -> Vec<u8> {
    let mut raw = format!(
        "From: Jan Voorbeeld <jan@example.nl>\r\nTo: info@harlingen.nl\r\nSubject: Foto's\r\n\
         Message-ID: <{id}@example.nl>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=grens\r\n\r\n\
         --grens\r\nContent-Type: text/plain\r\n\r\nZie de bijlagen.\r\n"
    );
    for File(headers, bytes) in files {
        let encoded = data_encoding::BASE64.encode(bytes);
        raw.push_str(&format!(
            "--grens\r\n{headers}\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n"
        ));
    }
    raw.push_str("--grens--\r\n");
    raw.into_bytes()
}

fn named(name: &str) -> String {
    format!("Content-Disposition: attachment; filename=\"{name}\"")
}

/// What every answer with the bytes of a stranger says to the browser.
#[track_caller]
fn assert_boxed(page: &Page) {
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("sandbox; default-src 'none'; "), "{policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("x-frame-options", "DENY"),
    ] {
        assert_eq!(page.header(name), value, "{name}");
    }
}

/// INTAKE 65: the type comes from the bytes, and only a short list is shown. What the sender
/// claims counts for nothing.
#[tokio::test]
async fn served_by_what_it_is() {
    let town = Town::new();
    let claims = "Content-Type: text/html\r\n";
    let files: [(&str, &[u8], &str, &str); 7] = [
        ("foto.png", PNG, "image/png", "inline"),
        ("foto.jpg", b"\xff\xd8\xff\xe0..", "image/jpeg", "inline"),
        ("brief.pdf", b"%PDF-1.7\n", "application/pdf", "inline"),
        ("brief.txt", "één".as_bytes(), "text/plain; charset=utf-8", "inline"),
        ("oud.txt", b"\xe9\xe9n", "text/plain; charset=windows-1252", "inline"),
        ("foto.zip", b"PK\x03\x04..", "application/octet-stream", "attachment"),
        ("raar", b"\x01\x02", "application/octet-stream", "attachment"),
    ];
    let headers: Vec<String> =
        files.iter().map(|(name, ..)| format!("{claims}{}", named(name))).collect();
    let parts: Vec<File<'_>> =
        headers.iter().zip(&files).map(|(headers, file)| File(headers, file.1)).collect();
    let (message, _) = town.mail_comes(&mail("soorten", &parts)).await;
    let mut browser = town.at_work("aafke", "Aafke Voorbeeld").await;
    for (nr, (name, bytes, content_type, manner)) in (1..).zip(files) {
        let page = browser.get(&format!("{message}/bijlage/{nr}")).await;
        assert_boxed(&page);
        assert_eq!(page.header("content-type"), content_type, "{name}");
        let disposition = page.header("content-disposition");
        let expected = format!("{manner}; filename=\"{name}\"; filename*=UTF-8''{name}");
        assert_eq!(disposition, expected);
        assert_eq!(page.bytes, bytes, "{name}");
    }
}

/// INTAKE 64: what can do harm is given only after a second choice, and then as bytes to save.
#[tokio::test]
async fn a_program_asks_twice() {
    let town = Town::new();
    let (exe, html) = (named("factuur.pdf.exe"), named("inloggen.html"));
    let files = [File(&exe, b"MZ\x90\0"), File(&html, b"<html><script>alert(1)</script>")];
    let (message, number) = town.mail_comes(&mail("programma", &files)).await;
    let mut browser = town.at_work("aafke", "Aafke Voorbeeld").await;
    let item = browser.get(&format!("/werk/contacten/{number}")).await;
    item.assert_says("factuur.pdf.exe");
    item.assert_says("programma, 4 bytes");
    item.assert_says("kan schadelijk zijn");
    for (nr, why) in [(1, "Dit is een programma."), (2, "Dit is een webpagina")] {
        let path = format!("{message}/bijlage/{nr}");
        let asked = browser.get(&path).await;
        assert_eq!(asked.status, StatusCode::OK);
        asked.assert_says("Wilt u dit bestand opslaan?");
        asked.assert_says(why);
        assert!(asked.header("content-type").starts_with("text/html"));
        assert!(!asked.body.contains("alert(1)"));
        let given = browser.post(&path, &[]).await;
        assert_boxed(&given);
        assert_eq!(given.header("content-type"), "application/octet-stream");
        assert!(given.header("content-disposition").starts_with("attachment; "));
    }
}

/// INTAKE 64: a virus is never given out: not the file, not the mail around it, by no way.
#[tokio::test]
async fn a_virus_stays_locked() {
    let town = Town::new();
    let (doc, photo) = (named("brief.doc"), named("foto.png"));
    let secret = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 VIRUS";
    let files = [File(&doc, secret), File(&photo, PNG)];
    let (message, number) = town.mail_comes(&mail("virus", &files)).await;
    town.scanner_says(&number, 1, Scan::Virus("Belofte.Proef".to_owned())).await;
    town.scanner_says(&number, 2, Scan::Clean).await;
    let mut browser = town.at_work("aafke", "Aafke Voorbeeld").await;
    let item = browser.get(&format!("/werk/contacten/{number}")).await;
    item.assert_says("virus gevonden: Belofte.Proef");
    assert!(!item.body.contains("/bijlage/1\""), "there is nothing to click");
    let path = format!("{message}/bijlage/1");
    let source = format!("{message}/bron");
    let tries =
        [browser.get(&path).await, browser.post(&path, &[]).await, browser.get(&source).await];
    for refused in tries {
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        refused.assert_says("Dit bestand wordt niet gegeven");
        refused.assert_says("Belofte.Proef");
        assert!(!refused.body.contains("VIRUS"), "{}", refused.body);
    }
    assert_boxed(&browser.get(&format!("{message}/bijlage/2")).await);
}

/// What the scanner did not see yet says so, and asks first where there is a scanner.
#[tokio::test]
async fn not_scanned_is_said() {
    let town = Town::new();
    let photo = named("foto.png");
    let files = [File(&photo, PNG), File(&photo, PNG), File(&photo, PNG)];
    let (message, number) = town.mail_comes(&mail("wacht", &files)).await;
    town.scanner_says(&number, 2, Scan::Waiting).await;
    town.scanner_says(&number, 3, Scan::Clean).await;
    let mut browser = town.at_work("aafke", "Aafke Voorbeeld").await;
    let item = browser.get(&format!("/werk/contacten/{number}")).await;
    assert_eq!(item.body.matches("niet gecontroleerd op virussen").count(), 2);
    assert_boxed(&browser.get(&format!("{message}/bijlage/1")).await);
    let asked = browser.get(&format!("{message}/bijlage/2")).await;
    asked.assert_says("De virusscanner heeft nog niet naar dit bestand kunnen kijken.");
    assert_boxed(&browser.post(&format!("{message}/bijlage/2"), &[]).await);
    assert_boxed(&browser.get(&format!("{message}/bijlage/3")).await);
}

/// INTAKE 64: a name can break neither the header nor the page.
#[tokio::test]
async fn hostile_names_stay_names() {
    let town = Town::new();
    let names = [
        ("filename=\"a\\\"; x=\\\"b.txt\"", "a; x=b.txt"),
        ("filename*=utf-8''%0d%0aSet-Cookie:%20a=b.txt", "part-3.txt"),
        ("filename*=utf-8''%3Cb%3E%3Cscript%3E.txt", "bscript.txt"),
        ("filename*=utf-8''caf%C3%A9%20%F0%9F%95%AF.txt", "café 🕯.txt"),
        ("filename=\"%2e%2e%2fx.txt\"", "%2e%2e%2fx.txt"),
    ];
    let headers: Vec<String> =
        names.iter().map(|(name, _)| format!("Content-Disposition: attachment; {name}")).collect();
    let files: Vec<File<'_>> = headers.iter().map(|headers| File(headers, b"hoi")).collect();
    let (message, number) = town.mail_comes(&mail("namen", &files)).await;
    let mut browser = town.at_work("aafke", "Aafke Voorbeeld").await;
    let item = browser.get(&format!("/werk/contacten/{number}")).await;
    for (nr, (_, name)) in (1..).zip(names) {
        item.assert_says(name);
        let page = browser.get(&format!("{message}/bijlage/{nr}")).await;
        assert_boxed(&page);
        let disposition = page.header("content-disposition");
        assert_eq!(disposition.matches('"').count(), 2, "{disposition}");
        assert!(page.headers.get("set-cookie").is_none(), "{disposition}");
        assert_eq!(page.body, "hoi");
    }
}

/// INTAKE 5, 65: a large mail comes out of the store as it went in, and belongs to its contact.
#[tokio::test]
async fn a_large_mail_and_an_address_that_is_wrong() {
    let town = Town::new();
    let photo = named("groot.png");
    let mut large = PNG.to_vec();
    large.extend((0..400_000_u32).map(|at| u8::try_from(at * 7 % 251).unwrap()));
    let raw = mail("groot", &[File(&photo, &large)]);
    let (message, number) = town.mail_comes(&raw).await;
    let (other, _) = town.resident_asks("iets anders").await;
    let mut stranger = town.browser();
    let refused = stranger.get(&format!("{message}/bijlage/1")).await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER, "not without signing in");
    let mut browser = town.at_work("aafke", "Aafke Voorbeeld").await;
    assert_eq!(browser.get(&format!("{message}/bron")).await.bytes, raw);
    let page = browser.get(&format!("{message}/bijlage/1")).await;
    assert_boxed(&page);
    assert_eq!(page.bytes, large);
    browser.get(&format!("/werk/contacten/{number}")).await.assert_says("400 kB");
    let elsewhere = message.replace(&number, &other);
    for wrong in [
        format!("{elsewhere}/bijlage/1"),
        format!("{elsewhere}/bron"),
        format!("{elsewhere}/opgemaakt"),
        format!("{message}/bijlage/0"),
        format!("{message}/bijlage/2"),
        format!("{message}/opgemaakt"),
        format!("{message}/opgemaakt/inhoud"),
    ] {
        let page = browser.get(&wrong).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}
