//! What a message says, read from its bytes: ids, names, texts, parts and reports.

use super::{check, own};
use channels::mail::{self, Envelope, FoundIn, Message, SubjectKind};

fn read(raw: impl AsRef<[u8]>) -> Message {
    mail::read(raw.as_ref(), &Envelope::default())
}

fn with_body(headers: &str, body: &[u8]) -> Message {
    let mut raw = format!("From: jan@voorbeeld.example\n{headers}\n\n").into_bytes();
    raw.extend_from_slice(body);
    read(raw)
}

/// INTAKE 17 and 19.
#[test]
fn ids_in_any_form_give_the_first_usable_one() {
    for (field, wanted) in [
        ("<a@b.example>", "a@b.example"),
        ("a@b.example", "a@b.example"),
        ("<>", ""),
        ("", ""),
        ("<a@b.example> <c@d.example>", "a@b.example"),
        ("<a@b\n .example>", "a@b.example"),
        ("\n <a@b.example>", "a@b.example"),
        ("\"<a@b.example>\"", "a@b.example"),
        ("geen-apenstaart", "geen-apenstaart"),
        ("van uw bericht van maandag", ""),
        ("<a@b.example", "a@b.example"),
    ] {
        let message = read(format!("Message-ID: {field}\nFrom: x@y.example\n\nx"));
        let id = if message.message_id_is_artificial { "" } else { &message.message_id };
        assert_eq!(id, wanted, "{field:?}");
    }
    let twice = read("Message-ID: <>\nMessage-ID: <b@c.example>\n\nx");
    assert_eq!(twice.message_id, "b@c.example");
}

/// INTAKE 16.
#[test]
fn a_message_without_id_gets_a_stable_one() {
    let first =
        read("From: a@b.example\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nTo: x@y.example\n\nlamp");
    let again =
        read("Received: later\nFrom: a@b.example\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n\nlamp\n");
    let other = read("From: a@b.example\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n\nlamp 2");
    assert!(first.message_id_is_artificial);
    assert_eq!(first.message_id, again.message_id);
    assert_ne!(first.message_id, other.message_id);
}

/// INTAKE 25.
#[test]
fn a_hundred_references_folded_and_with_commas() {
    let ids: Vec<String> = (0..300).map(|n| format!("<{n}@voorbeeld.example>")).collect();
    let message = read(format!("From: x@y.example\nReferences: {}\n\nx", ids.join(",\n ")));
    assert_eq!(message.references.len(), 100);
    assert_eq!(message.references[0], "0@voorbeeld.example");
    assert_eq!(message.references[99], "299@voorbeeld.example");
    let bare = read("From: x@y.example\nReferences: 1@a.example 2@a.example\n\nx");
    assert_eq!(bare.references, ["1@a.example", "2@a.example"]);
}

/// INTAKE 23.
#[test]
fn candidates_come_in_match_order() {
    let message = read(
        "From: x@y.example\nTo: info+Geheim7@harlingen.example\nSubject: Re: [2026-001234] x\n\
         In-Reply-To: <c@x.example>\nReferences: <a@x.example> <b@x.example>\n\nja\n\
         > [2026-000001]\n",
    );
    let found: Vec<_> =
        mail::candidates(&message, &own()).into_iter().map(|c| (c.id, c.found)).collect();
    let wanted = [
        ("Geheim7", FoundIn::Address),
        ("c@x.example", FoundIn::InReplyTo),
        ("b@x.example", FoundIn::References),
        ("a@x.example", FoundIn::References),
        ("2026-001234", FoundIn::Subject),
        ("2026-000001", FoundIn::Quoted),
    ];
    assert_eq!(found, wanted.map(|(id, found)| (id.to_owned(), found)));
}

/// INTAKE 26 and 33.
#[test]
fn subjects_lose_their_prefixes() {
    for (subject, core, kind) in [
        ("Lamp", "Lamp", SubjectKind::New),
        ("Re: Lamp", "Lamp", SubjectKind::Reply),
        ("RE[2]: Lamp", "Lamp", SubjectKind::Reply),
        ("Antw: Betr: AW: Lamp", "Lamp", SubjectKind::Reply),
        ("Betr.: Lamp", "Betr.: Lamp", SubjectKind::New),
        ("FW: Re: Lamp", "Lamp", SubjectKind::Forward),
        ("Re: FW: Lamp", "Lamp", SubjectKind::Reply),
        ("WG: Lamp", "Lamp", SubjectKind::Forward),
        ("Doorst: Lamp", "Lamp", SubjectKind::Forward),
        ("TR: Lamp", "Lamp", SubjectKind::Forward),
        ("Fwd : Lamp", "Lamp", SubjectKind::Forward),
        ("RE：Lamp", "Lamp", SubjectKind::Reply),
        ("Vraag: lamp", "Vraag: lamp", SubjectKind::New),
        ("Re:", "", SubjectKind::Reply),
    ] {
        assert_eq!(mail::subject_core(subject), (core, kind), "{subject}");
    }
    assert_eq!(mail::number("Re: [#7] [2026-001234] x"), Some("2026-001234"));
    assert_eq!(mail::number("[2026-1234]"), None);
    assert_eq!(mail::without_numbers("Re: [2026-001234]  x [2026-000001]"), "Re: x");
}

/// New text and first line of the quoted part.
#[test]
fn quoted_history_is_parted_from_what_is_new() {
    let table: &[(&str, &str, &str)] = &[
        (
            "ja\n\nOp ma 2 mrt 2026 om 10:00 schreef Gemeente <info@h.example>:\n> uw vraag",
            "ja",
            "Op ma",
        ),
        (
            "ja\n\nOp 2-3-2026 schreef\nGemeente Harlingen\n<info@h.example>:\n\nuw vraag",
            "ja",
            "Op 2-3",
        ),
        ("yes\n\nOn Mon, 2 Mar 2026, A wrote:\n> q", "yes", "On Mon"),
        ("ja\n\nAm 02.03.2026 um 10:00 schrieb A:\n> q", "ja", "Am 02"),
        ("oui\n\nLe 2 mars 2026 à 10:00, A a écrit :\n> q", "oui", "Le 2"),
        ("ja\n\nOp 2 maart 2026 skreau A:\n> q", "ja", "Op 2"),
        ("ja\n\n-----Oorspronkelijk bericht-----\nVan: A\nq", "ja", "-----Oor"),
        ("yes\n\n-----Original Message-----\nFrom: A\nq", "yes", "-----Ori"),
        (
            "ja\n\n________________________________\nVan: A <a@b.example>\nVerzonden: maandag\n\
            Aan: B\nOnderwerp: x\n\nq",
            "ja",
            "Van: A",
        ),
        ("ja\n\n*From:* A\n*Sent:* Monday\n*To:* B\n*Subject:* x\n\nq", "ja", "*From"),
        ("ja\n\nFan: A\nFerstjoerd: moandei\nOan: B\nUnderwerp: x\n\nq", "ja", "Fan"),
        ("zie\n\n---------- Forwarded message ---------\nFrom: A", "zie", "------"),
        ("> uw vraag\n\nmijn antwoord onderaan", "mijn antwoord onderaan", "> uw"),
        (
            "On 2 Mar 2026, A wrote:\n> one\nanswer one\n> two\nanswer two",
            "answer one\nanswer two",
            "On 2",
        ),
        (
            "Op maandag schreef ik u al:\ngraag antwoord",
            "Op maandag schreef ik u al:\ngraag antwoord",
            "",
        ),
        ("Van: mij\nDit is geen kop", "Van: mij\nDit is geen kop", ""),
        ("gewoon", "gewoon", ""),
    ];
    for (text, new, old) in table {
        let split = mail::split_quoted(text);
        assert_eq!(split.new_text, *new, "{text}");
        assert!(
            split.quoted.starts_with(old) && split.quoted.is_empty() == old.is_empty(),
            "{text}"
        );
    }
}

/// INTAKE 62: a charset that lies, or is none, hides nothing.
#[test]
fn charsets_that_lie_are_read() {
    let table: &[(&str, &[u8], &str)] = &[
        ("text/plain; charset=us-ascii", b"caf\xe9", "café"),
        ("text/plain; charset=us-ascii", "café".as_bytes(), "café"),
        ("text/plain; charset=iso-8859-1", b"\x80 5", "€ 5"),
        ("text/plain; charset=iso-8859-1", "€ 5".as_bytes(), "€ 5"),
        ("text/plain", b"\xeb\xe9n", "ëén"),
        ("text/plain; charset=utf-8", b"ab\xffcd\xc3\xa9", "ab\u{fffd}cdé"),
        ("text/plain; charset=gb2312", b"\xc4\xe3\xba\xc3", "你好"),
        ("text/plain; charset=gb18030", b"\xc4\xe3\xba\xc3", "你好"),
        ("text/plain; charset=iso-2022-jp", b"\x1b$B$3$s\x1b(B", "こん"),
        ("text/plain; charset=us-ascii", b"\x1b$B$3$s\x1b(B", "こん"),
        ("text/plain; charset=utf-16le", b"h\0o\0i\0", "hoi"),
        ("text/plain; charset=bestaat-niet", b"h\xe9", "hé"),
        ("text/plain", b"a\0b", "ab"),
        ("text", b"oud", "oud"),
    ];
    for (kind, bytes, wanted) in table {
        let message = with_body(&format!("Content-Type: {kind}"), bytes);
        assert_eq!(message.text, *wanted, "{kind} {bytes:?}");
    }
    let raw = b"From: Ren\xe9 <r@v.example>\nSubject: caf\xe9\n\nx";
    assert_eq!(read(raw).subject, "café");
    assert_eq!(read(raw).from.unwrap().name.unwrap(), "René");
    let coded = read("Subject: =?utf-8?Q?caf=C3=A9_?= =?iso-8859-1?B?6Q==?=\n\nx");
    assert_eq!(coded.subject, "café é");
}

/// INTAKE 63: the text is found in whatever structure a mail has.
#[test]
fn the_readable_text_is_found_in_any_structure() {
    let part = |kind: &str, text: &str| format!("--b\nContent-Type: {kind}\n\n{text}\n");
    let of = |kind: &str, parts: &[String]| {
        let body = format!("{}--b--\n", parts.concat());
        with_body(&format!("Content-Type: multipart/{kind}; boundary=b"), body.as_bytes()).text
    };
    let html = part("text/html", "<p>h<br>i &euro;</p>");
    assert_eq!(of("alternative", &[part("text/plain", "p"), html.clone()]), "p");
    assert_eq!(of("alternative", &[part("text/plain", " "), html.clone()]), "h\ni €");
    assert_eq!(of("alternative", &[html.clone(), part("text/plain", "p")]), "p");
    assert_eq!(of("related", &[html.clone(), part("image/png", "x")]), "h\ni €");
    let apple = [part("text/plain", "een"), part("image/png", "x"), part("text/plain", "twee")];
    assert_eq!(of("mixed", &apple), "een\n\ntwee");
    assert_eq!(
        of("signed", &[part("text/plain", "p"), part("application/pgp-signature", "x")]),
        "p"
    );
    assert_eq!(of("mixed", &[part("application/pdf", "x")]), "");
    assert_eq!(
        with_body("Content-Type: text/html", b"<p>a</p><blockquote>b</blockquote>").text,
        "a\n\n> b"
    );
    assert_eq!(
        with_body("Content-Type: text/html", b"<head><style>x</style><body>a<!-- b --><b>c</b>")
            .text,
        "ac"
    );
    let base64 = with_body("Content-Transfer-Encoding: base64", b"aG\n9p\n!");
    assert_eq!(base64.text, "hoi");
    let quoted = with_body("Content-Transfer-Encoding: Quoted-Printable", b"h=6Fi =\nja =zz");
    assert_eq!(quoted.text, "hoi ja =zz");
    let lost = with_body("Content-Type: multipart/mixed; boundary=weg", b"toch tekst");
    assert_eq!(lost.text, "toch tekst");
    assert!(!lost.trouble.is_empty());
}

/// INTAKE 64: names with paths, in every coding, doubled and missing.
#[test]
fn attachments_get_safe_unique_names() {
    let part = |headers: &str| format!("--b\n{headers}\n\nx\n");
    let names = [
        "Content-Type: application/pdf; name=\"../../etc/brief.pdf\"",
        "Content-Disposition: attachment; filename=\"C:\\\\Temp\\\\brief.pdf\"",
        "Content-Disposition: attachment; filename*=utf-8''caf%C3%A9.txt",
        "Content-Disposition: attachment; filename=\"=?utf-8?Q?ge=C3=AFnd.doc?=\"",
        "Content-Type: application/octet-stream",
        "Content-Type: message/rfc822",
        "Content-Disposition: attachment; filename=\"foto\u{202e}gpj.exe\"",
        "Content-Type: image/png\nContent-ID: <logo@x>\n\
        Content-Disposition: inline; filename=logo.png",
        "Content-Type: application/ms-tnef; name=winmail.dat",
        "Content-Type: text/calendar; method=REQUEST",
    ];
    let body = format!("{}--b--\n", names.map(part).concat());
    let message = with_body("Content-Type: multipart/mixed; boundary=b", body.as_bytes());
    let found: Vec<&str> = message.attachments.iter().map(|a| a.name.as_str()).collect();
    let wanted = [
        "brief.pdf",
        "brief (2).pdf",
        "café.txt",
        "geïnd.doc",
        "part-5.bin",
        "part-6.eml",
        "fotogpj.exe",
        "logo.png",
        "winmail.dat",
        "part-10.ics",
    ];
    assert_eq!(found, wanted);
    assert!(message.attachments[7].inline);
    assert_eq!(message.attachments[7].content_id.as_deref(), Some("logo@x"));
    assert!(message.trouble.iter().any(|t| t.contains("winmail.dat")));
    let long = mail::safe_name(&format!("{}.pdf", "a".repeat(500)));
    assert!(long.ends_with("a.pdf") && long.chars().count() == 120, "{long}");
}

#[test]
fn broken_header_blocks_hide_nothing() {
    for raw in [
        "From: Jan <jan@voorbeeld.example>\r\nAuto-Submitted: auto-replied\r\n\r\nx",
        "From: Jan <jan@voorbeeld.example>\rAuto-Submitted: auto-replied\r\rx",
        "From jan@voorbeeld.example Mon Mar  2 10:00:00 2026\nFrom: jan@voorbeeld.example\n\
        Auto-Submitted: auto-replied\n\nx",
        "\u{feff}From: jan@voorbeeld.example\nAuto-Submitted : auto-replied\n\nx",
        "From: jan@voorbeeld.example\nSubject: lange regel\nzonder inspringen\n\
        Auto-Submitted: auto-replied\n\nx",
        "\n\nFrom: jan@voorbeeld.example\nAuto-Submitted:\n auto-replied\n\nx",
    ] {
        let (message, verdict) = check(raw);
        assert_eq!(verdict.class.name(), "auto-reply", "{raw:?}");
        assert_eq!(message.text, "x", "{raw:?}");
    }
}

/// INTAKE 68.
#[test]
fn dates_and_languages() {
    let date = |d: &str| read(format!("Date: {d}\n\nx")).date.map(|t| t.to_string());
    assert_eq!(date("Mon, 2 Mar 2026 10:00:00 +0100").as_deref(), Some("2026-03-02T09:00:00Z"));
    assert_eq!(date("Fri, 31 Feb 2026 10:00:00 +0100"), None);
    assert_eq!(date("gisteren"), None);
    let language = |text: &str| read(format!("From: x@y.example\n\n{text}")).language.code();
    assert_eq!(language("Goedemorgen, kunt u mij zeggen waar het loket is?"), "nl");
    assert_eq!(
        language("Goeie, kinne jo my sizze wêr't it loket is? Ik haw in fraach foar jo."),
        "fy"
    );
    assert_eq!(language("Hello, could you please tell me where the office is?"), "en");
    assert_eq!(language("De lantaarnpaal in de Voorstraat is stuk."), "nl");
    assert_eq!(language("Is er een kind in de klas of niet?"), "nl");
    assert_eq!(language("When does the swimming pool open?"), "en");
    assert_eq!(language(""), "nl");
}

/// INTAKE 69.
#[test]
fn reports_tell_who_what_and_which_message() {
    let dsn = "From: MAILER-DAEMON@mx.example\n\
    Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
        --b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n\
        Reporting-MTA: dns; mx.example\n\n\
        Final-Recipient: rfc822; ok@voorbeeld.example\nAction: relayed\nStatus: 2.0.0\n\n\
        Final-Recipient: rfc822;Jan@Voorbeeld.example\nAction: Failed (permanent)\n\
        Status: 5.1.1 (unknown)\n\
        --b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <brief-7@harlingen.example>\n--b--\n";
    let bounce = read(dsn).bounce.unwrap();
    assert_eq!(bounce.final_recipient.as_deref(), Some("Jan@voorbeeld.example"));
    assert_eq!(bounce.status.as_deref(), Some("5.1.1"));
    assert_eq!(bounce.action.as_deref(), Some("failed"));
    assert_eq!(bounce.original_message_id.as_deref(), Some("brief-7@harlingen.example"));
    assert!(bounce.is_permanent());

    let free = "From: MAILER-DAEMON@mx.example\nSubject: failure notice\n\n\
    Hi. This is the program.\n\n\
        <jan@voorbeeld.example>:\n192.0.2.1 said: 552 5.2.2 mailbox full\n\n\
        --- Below is a copy.\n\n\
        Return-Path: <info@harlingen.example>\nMessage-ID: <brief-8@harlingen.example>\n";
    let bounce = read(free).bounce.unwrap();
    assert_eq!(bounce.final_recipient.as_deref(), Some("jan@voorbeeld.example"));
    assert_eq!(bounce.status.as_deref(), Some("5.2.2"));
    assert_eq!(bounce.original_message_id.as_deref(), Some("brief-8@harlingen.example"));
    assert!(!bounce.is_permanent(), "a full mailbox empties again");

    let delay = "From: MAILER-DAEMON@mx.example\nSubject: Warning: message delayed\n\n\
        Delivery to jan@voorbeeld.example has been delayed. We will keep trying.\n";
    let bounce = read(delay).bounce.unwrap();
    assert_eq!(bounce.action.as_deref(), Some("delayed"));
    assert!(!bounce.is_permanent());
    assert!(
        read("From: jan@voorbeeld.example\nSubject: x\n\n550 5.1.1 b@c.example").bounce.is_none()
    );
}
