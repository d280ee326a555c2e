//! What is kept and never acknowledged: robots, bounces, information, follow-ups (INTAKE 34 to 45).
//! That there is no letter is read in the books, so no test has to wait for nothing to happen.

use channels::smtp::Protocol;
use channels::smtp::sink::Sink;

use crate::books::{Books, sent_all};
use crate::data::{Data, on_both_engines};
use crate::post::{INFO, Mail, answer_to, taken};
use crate::program::{Belofte, Start};

/// Blocks as the file says.
const TABLE: &str = include_str!("never.txt");

on_both_engines!(the_table, senders_that_never_read, two_offices_stop, a_bounce_finds_its_letter);

async fn the_table(data: Data) {
    let sink = Sink::start().await.expect("a free port");
    let belofte = Belofte::started(&data, &Start::with_relay(sink.url())).await;
    let mut expected = Vec::new();
    for (index, block) in TABLE.split("\n### ").skip(1).enumerate() {
        let (title, rest) = block.split_once('\n').expect("a title and a mail");
        let (name, wanted) = title.split_once(" -> ").expect("a verdict");
        let mut words = wanted.split_whitespace();
        let (class, yes) = (words.next().expect("a class"), words.next() == Some("yes"));
        let (headers, text) = rest.split_once("\n\n").expect("headers and a text");
        let id = format!("rij-{index}@voorbeeld.example");
        let headers = format!("Message-ID: <{id}>\n{headers}");
        let mut mail = Mail::from(&format!("rij{index}"), &headers, text.trim());
        if words.next() == Some("<>") {
            mail.sender.clear();
        }
        taken(Protocol::Lmtp, belofte.lmtp, &mail).await;
        expected.push((id, name, class, yes));
    }
    sent_all(&data).await;
    belofte.stop().await;
    let books = Books::read(&data).await;
    let mut wrong = Vec::new();
    for (id, name, class, yes) in expected {
        let entry = books.of(&id);
        let got = (entry.contact.class.word(), !entry.letters.is_empty());
        if got != (class, yes) {
            wrong.push(format!("{name}: wanted {class} {yes}, got {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    books.all_sent();
    data.remove().await;
}

/// INTAKE 41 and 44.
async fn senders_that_never_read(data: Data) {
    let sink = Sink::start().await.expect("a free port");
    let belofte = Belofte::started(&data, &Start::with_relay(sink.url())).await;
    let names =
        ["mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "bounce+7", "root"];
    for name in names {
        let headers = format!("Message-ID: <van-{name}@voorbeeld.example>\nSubject: Bericht");
        taken(Protocol::Smtp, belofte.smtp, &Mail::from(name, &headers, "Tekst.")).await;
    }
    for own in [INFO, "Factuur@Harlingen.NL"] {
        let raw = format!("From: <{own}>\r\nTo: {INFO}\r\nSubject: Intern\r\n\r\nTekst.\r\n");
        taken(Protocol::Smtp, belofte.smtp, &Mail::raw(own, raw.into_bytes())).await;
    }
    sent_all(&data).await;
    belofte.stop().await;
    let books = Books::read(&data).await;
    assert_eq!(books.entries.len(), names.len() + 2);
    let written: Vec<_> = books.entries.iter().filter(|it| !it.letters.is_empty()).collect();
    assert!(written.is_empty(), "{written:#?}");
    data.remove().await;
}

/// INTAKE 48 and 49: another office that confirms everything, without any mark of a robot.
async fn two_offices_stop(data: Data) {
    let sink = Sink::start().await.expect("a free port");
    let belofte = Belofte::started(&data, &Start::with_relay(sink.url())).await;
    for round in 0..12 {
        let headers = format!("Message-ID: <balie-{round}@voorbeeld.example>\nSubject: Uw bericht");
        let mail = Mail::from("balie", &headers, "Dag, de balie kijkt ernaar. Tot ziens.");
        taken(Protocol::Lmtp, belofte.lmtp, &mail).await;
    }
    sent_all(&data).await;
    belofte.stop().await;
    let books = Books::read(&data).await;
    assert_eq!(books.entries.len(), 12, "all of it is kept");
    let answered = books.entries.iter().filter(|entry| !entry.letters.is_empty()).count();
    assert_eq!(answered, 3, "three automatic mails to one address in ten minutes");
    assert_eq!(sink.count(), 3);
    let limited = books.entries.iter().filter(|it| it.contact.evidence.contains("rate-limit"));
    assert_eq!(limited.count(), 9, "and the reason is kept");
    data.remove().await;
}

/// INTAKE 51, 54 and 60: a bounce joins, starts nothing, and the letter counts as not delivered.
async fn a_bounce_finds_its_letter(data: Data) {
    let sink = Sink::start().await.expect("a free port");
    let belofte = Belofte::started(&data, &Start::with_relay(sink.url())).await;
    let question = Mail::question("jan");
    taken(Protocol::Lmtp, belofte.lmtp, &question).await;
    let letter = answer_to(&sink, &question.id).await;
    sent_all(&data).await;
    let report = format!(
        "From: MAILER-DAEMON@mx.voorbeeld.example\nTo: {}\nSubject: Undelivered Mail Returned\n\
         Message-ID: <bounce@mx.voorbeeld.example>\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"grens\"\n\n\
         --grens\nContent-Type: text/plain\n\nNo such mailbox.\n\
         --grens\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; mx.voorbeeld.example\n\n\
         Final-Recipient: rfc822; {}\nAction: failed\nStatus: 5.1.1\n\n--grens--\n",
        letter.sender, question.sender
    );
    let raw = report.replace('\n', "\r\n").into_bytes();
    let bounce = Mail { recipient: letter.sender.clone(), ..Mail::raw("", raw) };
    taken(Protocol::Smtp, belofte.smtp, &bounce).await;
    belofte.stop().await;
    let books = Books::read(&data).await;
    assert_eq!(books.entries.len(), 1, "a bounce is no contact");
    let entry = &books.entries[0];
    assert_eq!(entry.messages.len(), 2);
    let standing = &entry.letters[0].standing;
    assert!(
        matches!(standing, ledger::letters::Standing::Failed { detail, .. } if detail == "5.1.1"),
        "{standing:?}"
    );
    assert_eq!(sink.count(), 1);
    data.remove().await;
}
