//! One mail in, one acknowledgement out: its headers, its words, and that there is only one
//! (INTAKE 14, 30, 52 to 56).

use channels::smtp::Protocol;
use channels::smtp::sink::Sink;
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use tokio::process::Command;

use crate::books::{Books, sent_all};
use crate::data::{Data, on_both_engines};
use crate::post::{INFO, Letter, Mail, answer_to, answers_to, letters, taken};
use crate::program::{Belofte, Start, bare_command, run, said};

on_both_engines!(
    one_mail_one_acknowledgement,
    what_follows_up_joins,
    what_was_overtaken_joins,
    mail_programs_of_others,
);

async fn one_mail_one_acknowledgement(data: Data) {
    let sink = Sink::start().await.expect("a free port");
    let belofte = Belofte::started(&data, &Start::with_relay(sink.url())).await;
    let mails = [Mail::question("lmtp"), Mail::question("smtp")];
    for (protocol, door, mail) in [
        (Protocol::Lmtp, belofte.lmtp, &mails[0]),
        (Protocol::Smtp, belofte.smtp, &mails[1]),
        // The same mails again, by the other door: known, so nothing happens (INTAKE 14).
        (Protocol::Smtp, belofte.smtp, &mails[0]),
        (Protocol::Lmtp, belofte.lmtp, &mails[1]),
    ] {
        taken(protocol, door, mail).await;
        answer_to(&sink, &mail.id).await;
    }
    sent_all(&data).await;
    belofte.stop().await;
    let books = Books::read(&data).await;
    assert_eq!(books.entries.len(), 2);
    assert_eq!(sink.count(), 2, "one acknowledgement each");
    books.all_sent();
    for mail in &mails {
        let entry = books.of(&mail.id);
        assert_eq!(entry.raws, std::slice::from_ref(&mail.raw), "kept as it came");
        let number = number(entry.contact.received_at, entry.contact.id);
        let letter = &answers_to(&sink, &mail.id)[0];
        headers_are_right(letter, mail, &number);
        assert_eq!(letter.message.message_id, entry.letters[0].message_id);
        words_are_right(letter, entry.contact.received_at, &number).await;
    }
    data.remove().await;
}

/// INTAKE 53 and 54.
fn headers_are_right(letter: &Letter, mail: &Mail, number: &str) {
    assert_eq!(letter.recipients, std::slice::from_ref(&mail.sender));
    for (name, value) in [
        ("Auto-Submitted", "auto-replied"),
        ("X-Auto-Response-Suppress", "All"),
        ("Precedence", "bulk"),
        ("In-Reply-To", &format!("<{}>", mail.id)),
        ("References", &format!("<{}>", mail.id)),
        ("To", &mail.sender),
        ("From", &format!("\"Gemeente Harlingen\" <{INFO}>")),
        ("Subject", &format!("Wij hebben uw bericht ontvangen: {number}")),
        ("X-Belofte-Loop", "harlingen.nl"),
    ] {
        assert_eq!(letter.header(name), value, "{name}");
    }
    for name in ["Cc", "Bcc", "Return-Receipt-To", "Disposition-Notification-To"] {
        assert!(!letter.message.headers.has(name), "{name}");
    }
    assert!(letter.message.date.is_some(), "a date that exists");
    assert!(letter.message.message_id.ends_with("@harlingen.nl"));
    let signed = |address: &str| address.starts_with("info+") && address.ends_with("@harlingen.nl");
    assert!(signed(&letter.sender), "a sender that names its letter: {}", letter.sender);
    let reply_to = letter.message.reply_to.as_ref().expect("a Reply-To");
    assert!(signed(&reply_to.address), "{reply_to:?}");
    assert_ne!(reply_to.address, letter.sender);
}

/// INTAKE 55 and 56: number, promise with its date in words, phone and hours; not the mail itself.
async fn words_are_right(letter: &Letter, received_at: Timestamp, number: &str) {
    let text = &letter.message.text;
    let day = promised(received_at).await;
    for words in [number, &dutch(day), "14 0517", "maandag tot en met donderdag 8.30"] {
        assert!(text.contains(words), "“{words}” is not in\n{text}");
    }
    assert!(!text.contains("in de Voorstraat is stuk"), "quoted\n{text}");
    let kinds = &letter.message.part_kinds;
    assert!(kinds.iter().any(|kind| kind == "text/html"), "{kinds:?}");
}

/// What `belofte norms due` says about the norm of contact.
async fn promised(received_at: Timestamp) -> Date {
    let there = received_at.to_zoned(zone()).datetime();
    let mut due: Command = bare_command();
    due.args(["norms", "due", "--norm", "message.contact", "--at", &there.to_string()]);
    let (out, err) = said(&run(&mut due).await);
    let first = out.lines().next().unwrap_or_else(|| panic!("{err}"));
    first.parse().expect("a date")
}

fn zone() -> TimeZone {
    TimeZone::get("Europe/Amsterdam").expect("the zone is compiled in")
}

/// A date as it stands in a Dutch letter, spelled here once more on purpose.
fn dutch(date: Date) -> String {
    let day = match date.weekday() {
        Weekday::Monday => "maandag",
        Weekday::Tuesday => "dinsdag",
        Weekday::Wednesday => "woensdag",
        Weekday::Thursday => "donderdag",
        Weekday::Friday => "vrijdag",
        Weekday::Saturday => "zaterdag",
        Weekday::Sunday => "zondag",
    };
    let months = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    let month = months[usize::from(date.month().unsigned_abs()) - 1];
    format!("{day} {} {month} {}", date.day(), date.year())
}

/// The number a resident sees.
fn number(received_at: Timestamp, contact: i64) -> String {
    format!("{}-{contact:06}", received_at.to_zoned(zone()).year())
}

/// INTAKE 23, 30 and 34: whatever answers belongs, and is not acknowledged again.
async fn what_follows_up_joins(data: Data) {
    let sink = Sink::start().await.expect("a free port");
    let belofte = Belofte::started(&data, &Start::with_relay(sink.url())).await;
    let first = Mail::question("jan");
    taken(Protocol::Lmtp, belofte.lmtp, &first).await;
    // Before the acknowledgement can have gone out: an answer to his own mail.
    let own = format!("Message-ID: <eigen@voorbeeld.example>\nIn-Reply-To: <{}>", first.id);
    let own = Mail::from("jan", &format!("{own}\nSubject: Re: Lantaarnpaal"), "Het is nummer 12.");
    taken(Protocol::Lmtp, belofte.lmtp, &own).await;
    let letter = answer_to(&sink, &first.id).await;
    let to_token = letter.message.reply_to.as_ref().expect("a Reply-To").address.clone();
    let replies = [
        ("<antwoord@voorbeeld.example>", format!("In-Reply-To: <{}>", letter.message.message_id)),
        ("<oud@voorbeeld.example>", format!("References: <x@y> <{}>", letter.message.message_id)),
        ("<kaal@voorbeeld.example>", "X-Mailer: zonder verwijzing".to_owned()),
    ];
    for (id, reference) in &replies {
        let headers = format!("Message-ID: {id}\n{reference}\nSubject: Antw: Lantaarnpaal");
        let reply = Mail::from("jan", &headers, "Dank u wel.\n\n> Nummer\n");
        let reply = Mail { recipient: to_token.clone(), ..reply };
        taken(Protocol::Smtp, belofte.smtp, &reply).await;
    }
    sent_all(&data).await;
    belofte.stop().await;
    let books = Books::read(&data).await;
    assert_eq!(books.entries.len(), 1);
    assert_eq!(books.entries[0].messages.len(), 5);
    assert_eq!(letters(&sink).len(), 1, "one acknowledgement for all of it");
    data.remove().await;
}

/// INTAKE 30 and 34: an answer to one's own mail is there first. What somebody else sends under the
/// name that it gives is a contact of its own.
async fn what_was_overtaken_joins(data: Data) {
    let sink = Sink::start().await.expect("a free port");
    let belofte = Belofte::started(&data, &Start::with_relay(sink.url())).await;
    let first = Mail::question("jan");
    let answer = |id: &str, named: &str| {
        let names = format!("In-Reply-To: <{named}>\nReferences: <{named}>");
        let headers = format!("Message-ID: <{id}>\n{names}\nSubject: Re: Lantaarnpaal");
        let mail = Mail::from("jan", &headers, "Het is nummer 12.\n\nJan Voorbeeld");
        Mail { id: id.to_owned(), ..mail }
    };
    let early = answer("eigen@voorbeeld.example", &first.id);
    let guessed = answer("geraden@voorbeeld.example", "piet@voorbeeld.example");
    let other = Mail::question("piet");
    for mail in [&early, &guessed, &other] {
        taken(Protocol::Lmtp, belofte.lmtp, mail).await;
    }
    answer_to(&sink, &early.id).await;
    taken(Protocol::Smtp, belofte.smtp, &first).await;
    sent_all(&data).await;
    belofte.stop().await;
    let books = Books::read(&data).await;
    let ids = |it: &Mail| -> Vec<String> {
        books.of(&it.id).messages.iter().map(|it| it.message_id.clone()).collect()
    };
    assert_eq!(ids(&first), [early.id.clone(), first.id.clone()]);
    assert_eq!(ids(&other), std::slice::from_ref(&other.id));
    assert_eq!(books.entries.len(), 3);
    assert_eq!(letters(&sink).len(), 3, "one acknowledgement each");
    assert!(answers_to(&sink, &first.id).is_empty());
    data.remove().await;
}

/// The mail library that half of the field's scripts use, on both doors.
async fn mail_programs_of_others(data: Data) {
    let sink = Sink::start().await.expect("a free port");
    let belofte = Belofte::started(&data, &Start::with_relay(sink.url())).await;
    let program = r"
import smtplib, sys
from email.message import EmailMessage
for kind, port in [('LMTP', sys.argv[1]), ('SMTP', sys.argv[2])]:
    mail = EmailMessage()
    mail['From'] = 'Één Voorbeeld <%s@voorbeeld.example>' % kind.lower()
    mail['To'] = 'info@harlingen.nl'
    mail['Subject'] = 'Vraag over de brêge – ' + kind
    mail['Message-ID'] = '<python-%s@voorbeeld.example>' % kind.lower()
    mail.set_content('Wannear giet de brêge iepen? € 5\n.\n..\n')
    mail.add_attachment(bytes(range(256)), maintype='application', subtype='octet-stream',
                        filename='kaart.bin')
    server = getattr(smtplib, kind)('127.0.0.1', int(port))
    assert server.send_message(mail) == {}
    try:
        server.sendmail('a@voorbeeld.example', ['iemand@elders.example'], b'x\r\n')
        raise AssertionError('taken')
    except smtplib.SMTPRecipientsRefused as refused:
        assert refused.recipients['iemand@elders.example'][0] == 550
    server.quit()
";
    let mut python = Command::new("python3");
    let ports = [belofte.lmtp, belofte.smtp].map(|door| door.port().to_string());
    python.args(["-c", program]).args(ports);
    match python.output().await {
        Ok(output) => {
            let (_, err) = said(&output);
            assert!(output.status.success(), "{err}");
            for id in ["python-lmtp@voorbeeld.example", "python-smtp@voorbeeld.example"] {
                let letter = answer_to(&sink, id).await;
                assert!(letter.message.text.contains("brêge"), "{}", letter.message.text);
            }
        }
        Err(_) => eprintln!("SKIPPED: there is no python3 to send mail with"),
    }
    belofte.stop().await;
    data.remove().await;
}
