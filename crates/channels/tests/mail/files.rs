//! What comes with a mail: names and types that lie, files that do harm, pictures in the text.

use std::fmt::Write as _;

use channels::mail::{self, Envelope};
use desk::{FileKind, Handling, Risk, Scan};

fn read(raw: &[u8]) -> mail::Message {
    mail::read(raw, &Envelope::default())
}

/// Files as strangers send them: the name, how it begins, what it is, and what may be done.
const FILES: &[(&str, &[u8], FileKind, Handling)] = &[
    ("foto.png", b"\x89PNG\r\n\x1a\n....", FileKind::Png, Handling::Show),
    ("foto.jpg", b"\xff\xd8\xff\xe0....", FileKind::Jpeg, Handling::Show),
    ("foto.gif", b"GIF89a....", FileKind::Gif, Handling::Show),
    ("foto.webp", b"RIFF\x10\0\0\0WEBPVP8 ", FileKind::Webp, Handling::Show),
    ("brief.pdf", b"%PDF-1.7\n", FileKind::Pdf, Handling::Show),
    ("brief.txt", b"Geachte gemeente,", FileKind::Text, Handling::Show),
    ("brief.txt", b"Hallo caf\xe9", FileKind::Text, Handling::Show),
    ("factuur.xml", b"<?xml version=\"1.0\"?><Invoice/>", FileKind::Text, Handling::Show),
    ("BMW.txt", b"BMW van de buurman", FileKind::Text, Handling::Show),
    ("afspraak.ics", b"BEGIN:VCALENDAR\r\n", FileKind::Text, Handling::Show),
    ("brief.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", FileKind::Document, Handling::Save),
    ("brief.docx", b"PK\x03\x04....word/document.xml", FileKind::Document, Handling::Save),
    ("foto's.zip", b"PK\x03\x04....", FileKind::Archive, Handling::Save),
    ("foto.heic", b"\0\0\0\x18ftypheic", FileKind::Picture, Handling::Save),
    ("film.mp4", b"\0\0\0\x18ftypmp42", FileKind::Film, Handling::Save),
    ("bericht.eml", b"From: jan@example.nl\r\n", FileKind::Mail, Handling::Save),
    ("leeg.txt", b"", FileKind::Unknown, Handling::Save),
    ("raar.dat", b"\x01\x02\x03\x04", FileKind::Unknown, Handling::Save),
    // The bytes win over the name.
    ("foto.jpg", b"MZ\x90\0\x03", FileKind::Program, PROGRAM),
    ("brief.pdf", b"\x7fELF\x02\x01", FileKind::Program, PROGRAM),
    ("brief.txt", b"#!/bin/sh\nrm -rf /", FileKind::Program, PROGRAM),
    ("foto.png", b"<html><script>alert(1)</script>", FileKind::Page, PAGE),
    ("brief.txt", b"\n\n <!DOCTYPE HTML><p>inloggen", FileKind::Page, PAGE),
    ("foto.jpg", b"<?xml version=\"1.0\"?><svg onload=\"x\">", FileKind::Page, PAGE),
    ("brief.docx", b"PK\x03\x04....word/vbaProject.bin", FileKind::Macros, MACROS),
    ("brief.doc", OLD_MACROS, FileKind::Macros, MACROS),
    ("foto.jpg", b"plain text", FileKind::Text, Handling::Show),
    // The name can make it worse, never better.
    ("factuur.pdf.exe", b"%PDF-1.7\n", FileKind::Program, PROGRAM),
    ("FACTUUR.EXE", b"tekst", FileKind::Program, PROGRAM),
    ("factuur.pdf.js", b"var a = 1;", FileKind::Program, PROGRAM),
    ("link.lnk", b"anything", FileKind::Program, PROGRAM),
    ("schijf.iso", b"\0\0\0\0", FileKind::Program, PROGRAM),
    ("brief.docm", b"PK\x03\x04....", FileKind::Macros, MACROS),
    ("login.html", b"tekst", FileKind::Page, PAGE),
    ("plaatje.svg", b"tekst", FileKind::Page, PAGE),
];

const PROGRAM: Handling = Handling::AskFirst(Risk::Program);
const PAGE: Handling = Handling::AskFirst(Risk::Page);
const MACROS: Handling = Handling::AskFirst(Risk::Macros);
const OLD_MACROS: &[u8] =
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....\x5f\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0";

/// INTAKE 64, 65: what a file is comes from its bytes; the claimed type counts for nothing, and
/// what can do harm is not given out at once.
#[test]
fn what_a_file_is_and_what_may_be_done_with_it() {
    let mut wrong = String::new();
    for (name, bytes, kind, handling) in FILES {
        let found = FileKind::of(bytes, name);
        let may = found.handling(&Scan::Clean);
        if (found, may) != (*kind, *handling) {
            writeln!(wrong, "{name} {:?}: {found:?} {may:?}", bytes.escape_ascii()).unwrap();
        }
        let virus = found.handling(&Scan::Virus("Voorbeeld".to_owned()));
        assert_eq!(virus, Handling::Never, "{name}");
        for waits in [Scan::Waiting, Scan::Unscannable] {
            let may = found.handling(&waits);
            assert!(matches!(may, Handling::AskFirst(_)), "{name}: {may:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    for kind in FileKind::ALL {
        assert_eq!(FileKind::from_word(kind.word()), kind);
    }
}

/// Names as strangers give them, in every way a mail can give one, and what is left of them.
const NAMES: &[(&str, &str)] = &[
    ("Content-Disposition: attachment; filename=\"../../etc/passwd\"", "passwd"),
    ("Content-Disposition: attachment; filename=\"C:\\\\Windows\\\\x.txt\"", "x.txt"),
    ("Content-Disposition: attachment; filename*=utf-8''..%2F..%2Fgeheim.txt", "geheim.txt"),
    (
        "Content-Disposition: attachment; filename*0*=utf-8''een%20; filename*1*=br%C3%A9f; \
         filename*2=.txt",
        "een bréf.txt",
    ),
    ("Content-Disposition: attachment; filename*=iso-8859-1'nl'caf%E9.txt", "café.txt"),
    ("Content-Disposition: attachment; filename=\"=?utf-8?B?YnJpw6tmLnR4dA==?=\"", "briëf.txt"),
    ("Content-Type: text/plain; name=\"=?iso-8859-1?Q?caf=E9.txt?=\"", "café.txt"),
    ("Content-Disposition: attachment; filename=\"a  b.txt\"", "a b.txt"),
    ("Content-Disposition: attachment; filename=\"foto\u{202e}gpj.scr\"", "fotogpj.scr"),
    ("Content-Disposition: attachment; filename=\"...\"", "part-1.txt"),
    ("Content-Disposition: attachment; filename=\"\"", "part-1.txt"),
    ("Content-Disposition: attachment", "part-1.txt"),
    ("Content-Disposition: attachment; filename=\"a<b>|c?.txt\"", "abc.txt"),
    ("Content-Disposition: attachment; filename=zonder aanhaling.txt", "zonder aanhaling.txt"),
];

/// INTAKE 64: whatever a name does, what is left is a plain file name.
#[test]
fn names_that_would_do_something() {
    let mut wrong = String::new();
    for (header, name) in NAMES {
        let raw = format!(
            "From: a@example.nl\nContent-Type: multipart/mixed; boundary=b\n\n\
             --b\n{header}\n\nx\n--b--\n"
        );
        let message = read(raw.as_bytes());
        let found: Vec<&str> = message.attachments.iter().map(|it| it.name.as_str()).collect();
        if found != [*name] {
            writeln!(wrong, "{header:?}: {found:?}, not {name:?}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// INTAKE 64: a bomb is as large as it was sent, and nobody lights it.
#[test]
fn an_archive_is_never_unpacked() {
    // A deflate stream of a terabyte of zeros starts like any other; its size here is its own.
    let mut bomb = b"PK\x03\x04\x14\0\0\0\x08\0".to_vec();
    bomb.extend([0xff; 40_000]);
    let raw = format!(
        "From: a@example.nl\nContent-Type: application/zip; name=bom.zip\n\
         Content-Transfer-Encoding: base64\n\n{}\n",
        data_encoding::BASE64.encode(&bomb)
    );
    let message = read(raw.as_bytes());
    let file = &message.attachments[0];
    assert_eq!((file.size, file.kind), (bomb.len(), FileKind::Archive));
    assert_eq!(file.kind.handling(&Scan::Clean), Handling::Save);
    assert_eq!(mail::content(raw.as_bytes(), file.part), Some(bomb));
}

/// A mail with a text, the same as HTML, and a picture in it.
fn with_picture() -> String {
    "From: a@example.nl\nMIME-Version: 1.0\n\
     Content-Type: multipart/related; boundary=r\n\n\
     --r\nContent-Type: multipart/alternative; boundary=a\n\n\
     --a\nContent-Type: text/plain\n\nHallo\n\
     --a\nContent-Type: text/html; charset=iso-8859-1\n\n<p>Hall\u{f3} <img src=\"cid:Logo@x\">\n\
     --a--\n\
     --r\nContent-Type: image/png\nContent-ID: <Logo@x>\nContent-Disposition: inline\n\
     Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n\
     --r--\n"
        .to_owned()
}

/// INTAKE 63, 64: a picture inside the text stays an attachment and is found by its name; a file
/// that happens to be HTML is no text of the sender.
#[test]
fn the_markup_and_its_pictures() {
    let raw = with_picture();
    let message = read(raw.as_bytes());
    assert!(message.has_html);
    assert_eq!(message.text, "Hallo");
    let picture = &message.attachments[0];
    assert!(picture.inline && picture.kind == FileKind::Png && message.attachments.len() == 1);
    let formatted = mail::formatted(raw.as_bytes()).expect("it has markup");
    assert!(formatted.html.contains("cid:Logo@x"), "{}", formatted.html);
    let found = &formatted.pictures[0];
    assert_eq!(found.content_id, "Logo@x");
    assert_eq!(usize::try_from(found.part), Ok(picture.part));
    assert_eq!(found.bytes, b"\x89PNG\r\n\x1a\n");
    let attached = "From: a@example.nl\nContent-Type: multipart/mixed; boundary=b\n\n\
        --b\nContent-Type: text/plain\n\nZie bijlage\n\
        --b\nContent-Type: text/html; name=pagina.html\n\n<p>hoi\n--b--\n";
    assert!(!read(attached.as_bytes()).has_html);
    assert_eq!(mail::formatted(attached.as_bytes()), None);
    assert_eq!(mail::formatted(b"geen mail"), None);
}

/// INTAKE 67: no header that a stranger writes steers what happens here: with such headers a mail
/// is read and judged as without.
#[test]
fn headers_of_a_stranger_steer_nothing() {
    let mail = |headers: &str| {
        let text = format!(
            "From: jan@voorbeeld.example\nTo: info@harlingen.example\nSubject: Lamp\n\
             Message-ID: <een@voorbeeld.example>\n{headers}\nDe lamp is kapot.\n"
        );
        let (message, verdict) = super::check(&text);
        let at = message.subject_number.clone();
        let ids = (message.in_reply_to.clone(), message.references.clone());
        let to = verdict.answer_to.map(|to| to.address);
        (verdict.class, verdict.acknowledge, to, at, ids, message.new_text)
    };
    let plain = mail("");
    for header in [
        "X-Belofte-Contact: 2026-000001",
        "X-Belofte-Class: spam",
        "X-Belofte-Employee: 1",
        "X-Belofte-Scan: clean",
        "X-Queue: belastingen",
        "X-Zammad-Ticket-Number: 2026-000001",
        "X-OTRS-Priority: 5",
        "X-RT-Ticket: 2026-000001",
        "X-Virus-Scanned: clean",
        "X-Original-To: burgemeester@harlingen.example",
        "Delivered-To: burgemeester@harlingen.example",
        "Bcc: iedereen@harlingen.example",
        "Importance: high",
    ] {
        assert_eq!(mail(&format!("{header}\n")), plain, "{header}");
    }
}
