//! Whatever comes over the wire becomes something an employee can see, with its bytes as they
//! came (INTAKE 4, 5, 10, 16, 17, 62, 63).

use channels::smtp::Protocol;
use channels::smtp::limits::MESSAGE_BYTES;
use channels::smtp::sink::Sink;

use crate::books::{Books, sent_all};
use crate::data::{Data, on_both_engines};
use crate::post::{INFO, Mail, answer_to, hand_over, taken};
use crate::program::{Belofte, Start, soon};

/// Bytes of a line that no mail program writes.
const LONG_LINE_BYTES: usize = 5 * 1024 * 1024;

on_both_engines!(anything_is_kept, too_big_a_mail_is_told);

async fn anything_is_kept(data: Data) {
    let sink = Sink::start().await.expect("a free port");
    let belofte = Belofte::started(&data, &Start::with_relay(sink.url())).await;
    let all = monsters();
    for (index, (name, raw)) in all.iter().enumerate() {
        let mail = Mail::raw("jan@voorbeeld.example", raw.clone());
        let (protocol, door) = match index % 2 {
            0 => (Protocol::Lmtp, belofte.lmtp),
            _ => (Protocol::Smtp, belofte.smtp),
        };
        let answer = soon(name, hand_over(protocol, door, &mail)).await;
        let (code, text) = answer.expect("a conversation");
        assert_eq!(code, 250, "{name}: {text}");
        // The same bytes again are the same contact.
        taken(protocol, door, &mail).await;
    }
    // None of it holds up an ordinary mail.
    let ordinary = Mail::question("gewoon");
    taken(Protocol::Lmtp, belofte.lmtp, &ordinary).await;
    answer_to(&sink, &ordinary.id).await;
    sent_all(&data).await;
    belofte.stop().await;
    let books = Books::read(&data).await;
    assert_eq!(books.entries.len(), all.len() + 1);
    for (name, raw) in &all {
        let kept = as_kept(raw);
        let found = books.entries.iter().filter(|it| it.raws == [kept.clone()]).count();
        assert_eq!(found, 1, "{name}: its bytes as they came");
    }
    let troubled =
        books.entries.iter().flat_map(|it| &it.messages).filter(|it| !it.trouble.is_empty());
    assert!(troubled.count() >= 3, "and what could not be read is said");
    data.remove().await;
}

/// The text of a mail ends with a line end on the wire, whether its sender wrote one or not.
fn as_kept(raw: &[u8]) -> Vec<u8> {
    let mut kept = raw.to_vec();
    if !kept.ends_with(b"\r\n") {
        kept.extend_from_slice(b"\r\n");
    }
    kept
}

/// INTAKE 11: what is too big is refused for good, with the reason, so that its writer knows.
async fn too_big_a_mail_is_told(data: Data) {
    let sink = Sink::start().await.expect("a free port");
    let belofte = Belofte::started(&data, &Start::with_relay(sink.url())).await;
    let mut raw = b"Subject: groot\r\n\r\n".to_vec();
    raw.extend(b"0123456789abcd\r\n".repeat(MESSAGE_BYTES / 16));
    let mail = Mail::raw("jan@voorbeeld.example", raw);
    for (protocol, door) in [(Protocol::Lmtp, belofte.lmtp), (Protocol::Smtp, belofte.smtp)] {
        let answer = soon("an answer", hand_over(protocol, door, &mail)).await;
        let (code, text) = answer.expect("a conversation");
        assert_eq!((code, text.contains("25 MB")), (552, true), "{text}");
    }
    belofte.stop().await;
    assert!(Books::read(&data).await.entries.is_empty());
    data.remove().await;
}

/// Mails that have broken mail programs, and some that only a machine could write.
fn monsters() -> Vec<(&'static str, Vec<u8>)> {
    let head = format!("From: jan@voorbeeld.example\r\nTo: {INFO}\r\n");
    let with = |text: &[u8]| [head.as_bytes(), text].concat();
    let mut long = with(b"Subject: een lange regel\r\n\r\n");
    long.extend(std::iter::repeat_n(b'x', LONG_LINE_BYTES));
    long.extend(b"\r\n");
    vec![
        ("one byte", b"x".to_vec()),
        ("only a line end", b"\r\n".to_vec()),
        ("every byte", (0..=255).filter(|byte| *byte != b'\n' && *byte != b'\r').collect()),
        ("NUL in headers and text", with(b"Subject: a\0b\r\n\r\nx\0y\0\r\n")),
        ("bare CR and bare LF", with(b"Subject: x\r\n\r\nregel\rregel\nregel\r\n")),
        ("noise", noise(200_000)),
        (
            "noise as base64",
            with(
                &[&b"Subject: n\r\nContent-Transfer-Encoding: base64\r\n\r\n"[..], &noise(5_000)]
                    .concat(),
            ),
        ),
        ("a line of five megabytes", long),
        ("a header without end", with(&[&b"Subject: "[..], &vec![b'a'; 400_000]].concat())),
        ("a header of folds", with(&[&b"Subject: x"[..], &b"\r\n x".repeat(50_000)].concat())),
        ("ten thousand headers", with(&b"X-Meer: ja\r\n".repeat(10_000))),
        ("many recipients", with(&[&b"Cc: "[..], &b"a@b.example, ".repeat(20_000)].concat())),
        ("parts in parts", nested()),
        (
            "a part that never ends",
            with(b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"),
        ),
        (
            "a boundary that is nowhere",
            with(b"Content-Type: multipart/mixed; boundary=q\r\n\r\nx\r\n"),
        ),
        (
            "an unknown character set",
            with(b"Content-Type: text/plain; charset=klingon\r\n\r\n\xff\r\n"),
        ),
        (
            "text that is no UTF-8",
            with(b"Content-Type: text/plain; charset=utf-8\r\n\r\n\xc3\x28\r\n"),
        ),
        ("an id of noise", with(b"Message-ID: <\x01\x02 a b>\r\nSubject: x\r\n\r\ny\r\n")),
        ("a date that is none", with(b"Date: 99 Foo 0000 99:99:99 +9999\r\n\r\nz\r\n")),
        (
            "HTML without end",
            with(
                &[&b"Content-Type: text/html\r\n\r\n"[..], &b"<div><a href=x>".repeat(20_000)]
                    .concat(),
            ),
        ),
        ("dots", b".\r\n..\r\n...\r\n".to_vec()),
        (
            "a letter in Frisian with a wrong charset",
            with(b"Content-Type: text/plain; charset=us-ascii\r\n\r\nw\xc3\xaar is it?\r\n"),
        ),
    ]
}

/// Multiparts in multiparts, deeper than anyone reads.
fn nested() -> Vec<u8> {
    let mut raw = b"From: jan@voorbeeld.example\r\nSubject: diep\r\n".to_vec();
    for depth in 0..2_000 {
        let part =
            format!("Content-Type: multipart/mixed; boundary=\"g{depth}\"\r\n\r\n--g{depth}\r\n");
        raw.extend(part.into_bytes());
    }
    raw.extend(b"Content-Type: text/plain\r\n\r\nHelemaal onderin.\r\n");
    raw
}

/// Bytes without sense, the same every time (a linear congruence), in lines that fit.
fn noise(count: usize) -> Vec<u8> {
    let mut state: u32 = 8517;
    let next = move |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    let bytes: Vec<u8> = (0..count).map(next).collect();
    bytes.chunks(900).flat_map(|line| [line, b"\r\n"].concat()).collect()
}
