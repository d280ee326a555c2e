//! What a mail is to the desk: conversation, writer, whether it may be acknowledged by itself.

use channels::{Delivered, arrival_of, own};
use desk::{Arrival, House};
use norms::{Class, Norms};

/// The house of these tests, signing with a key of its own.
fn house() -> House {
    let source = include_str!("../../../../norms/harlingen.toml");
    let norms = Norms::parse(source, "harlingen.toml").expect("the file is right");
    House::new(norms, "https://contact.example.nl/", [7; 32])
}

/// A mail with plain line ends, delivered to the published address.
fn arrives(text: &str, authserv_id: Option<&str>) -> Arrival {
    let (house, recipients) = (house(), ["info@harlingen.nl".to_owned()]);
    let delivered = Delivered {
        sender: Some("jan@voorbeeld.example"),
        recipients: &recipients,
        authserv_id,
        ..Delivered::default()
    };
    arrival_of(&house, &own(&house), &delivered, text.as_bytes().to_vec())
}

/// The follow link of a contact, as its letters carry it.
fn link(house: &House, contact: i64) -> String {
    format!("{}/volg/2026-{contact:06}/{}", house.site, house.secret(contact, 0))
}

/// INTAKE 27: an answer with a new subject and no quotation says so to who reads it.
#[test]
fn an_answer_that_may_be_a_new_question() {
    let id = house().message_id(12, 1);
    let answer = |subject: &str, text: &str| {
        arrives(
            &format!(
                "From: jan@voorbeeld.example\nTo: info@harlingen.nl\nMessage-ID: <1@x.example>\n\
                 In-Reply-To: <{id}>\nSubject: {subject}\n\n{text}\n"
            ),
            None,
        )
    };
    let new = answer("Paspoort", "Hoe vraag ik een paspoort aan?");
    assert_eq!(new.class, Class::FollowUp);
    assert!(new.trouble.contains("perhaps a new question"), "{}", new.trouble);
    let old = answer("Re: Lamp", "Dank u wel.");
    assert_eq!((old.class, old.trouble.as_str()), (Class::FollowUp, ""));
    assert!(new.thread.answers && old.thread.answers);
}

/// INTAKE 31: the resident wrote it; an employee decides whether anything goes to them.
#[test]
fn what_a_colleague_forwards_is_from_the_resident() {
    let found = arrives(
        "From: Kees <kees@harlingen.nl>\nTo: info@harlingen.nl\nMessage-ID: <2@harlingen.nl>\n\
         Subject: FW: Lamp\n\nKunnen jullie dit oppakken?\n\n\
         Van: Jan Voorbeeld <jan@voorbeeld.example>\nVerzonden: maandag 2 maart 2026 10:00\n\
         Aan: Kees <kees@harlingen.nl>\nOnderwerp: Lamp\n\nDe lamp is stuk.\n",
        None,
    );
    assert_eq!(
        (found.name.as_str(), found.email.as_str()),
        ("Jan Voorbeeld", "jan@voorbeeld.example")
    );
    assert_eq!(found.class, Class::Message);
    assert!(!found.mailable, "nothing proves who wrote what is forwarded");
    assert_eq!(found.thread.sender, "kees@harlingen.nl", "who sent it is kept");
    assert!(found.evidence.iter().any(|rule| rule == "forwarded-by-colleague"));
}

/// INTAKE 32: the provider rewrote the ids; the link in the quoted letter leads to the contact.
#[test]
fn a_quoted_link_leads_to_its_contact() {
    let house = house();
    let answer = |link: String| {
        arrives(
            &format!(
                "From: jan@voorbeeld.example\nTo: info@harlingen.nl\nMessage-ID: <3@x.example>\n\
                 In-Reply-To: <0102-000000@provider.example>\nSubject: Re: Uw bericht\n\n\
                 Dank u.\n\n> Volg uw bericht:\n> {link}\n"
            ),
            None,
        )
    };
    assert_eq!(answer(link(&house, 12)).thread.quoted_link, Some((12, 0)));
    assert_eq!(answer(format!("<{}?lang=en>", link(&house, 12))).thread.quoted_link, Some((12, 0)));
    let wrong = link(&house, 12).replace("000012", "000013");
    assert_eq!(answer(wrong).thread.quoted_link, None);
}

/// INTAKE 57: a mail that its domain calls forged is kept, and nothing goes back by itself.
#[test]
fn a_forged_sender_gets_nothing() {
    let from = |result: &str, authserv_id: Option<&str>| {
        let raw = format!(
            "Authentication-Results: mx.harlingen.example; dmarc={result}\n\
             From: jan@voorbeeld.example\nTo: info@harlingen.nl\nMessage-ID: <4@x.example>\n\
             Subject: Lamp\n\nDe lamp is stuk.\n"
        );
        arrives(&raw, authserv_id)
    };
    let forged = from("fail (p=reject)", Some("mx.harlingen.example"));
    assert!(!forged.mailable && forged.class == Class::Message);
    assert!(forged.evidence.iter().any(|rule| rule == "dmarc-fail"), "{:?}", forged.evidence);
    assert!(from("pass", Some("mx.harlingen.example")).mailable);
    assert!(from("fail (p=reject)", None).mailable, "nobody configured whom to believe");
}

/// INTAKE 69: what is final and what is only a note.
#[test]
fn a_report_says_whether_it_is_final() {
    let report = |action: &str, status: &str| {
        let raw = format!(
            "From: MAILER-DAEMON@mx.example\nTo: info@harlingen.nl\nSubject: Undelivered\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
             --b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n\
             Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; jan@voorbeeld.example\n\
             Action: {action}\nStatus: {status}\n--b\nContent-Type: text/rfc822-headers\n\n\
             Message-ID: <{}>\n--b--\n",
            house().message_id(12, 2)
        );
        let arrival = arrives(&raw, None);
        assert_eq!(arrival.class, Class::Bounce);
        assert_eq!(arrival.thread.candidates, [house().message_id(12, 2)]);
        arrival.thread.bounce.expect("it is a report")
    };
    assert_eq!(report("failed", "5.1.1"), (true, "5.1.1".to_owned()));
    assert_eq!(report("failed", "5.2.2"), (true, "5.2.2".to_owned()));
    assert_eq!(report("delayed", "4.4.1"), (false, "4.4.1".to_owned()));
    assert_eq!(report("delivered", "2.0.0"), (false, "2.0.0".to_owned()));
}

/// INTAKE 68: whatever the Date header claims, the moment of receipt counts, which the desk knows.
#[test]
fn the_date_header_moves_no_deadline() {
    for date in ["Fri, 2 Mar 2091 10:00:00 +0100", "Thu, 1 Jan 1970 00:00:00 +0000", "ooit"] {
        let raw = format!(
            "From: jan@voorbeeld.example\nTo: info@harlingen.nl\nMessage-ID: <5@x.example>\n\
             Date: {date}\nSubject: Lamp\n\nDe lamp is stuk.\n"
        );
        let found = arrives(&raw, None);
        assert_eq!((found.received_at, found.class), (None, Class::Message), "{date}");
    }
}

/// INTAKE 67: headers that look like ours decide nothing when others write them.
#[test]
fn control_headers_of_others_mean_nothing() {
    let found = arrives(
        "From: jan@voorbeeld.example\nTo: info@harlingen.nl\nMessage-ID: <6@x.example>\n\
         X-Belofte-Loop: elders.example\nX-Belofte-Class: spam\nX-Belofte-Contact: 1\n\
         Subject: Lamp\n\nDe lamp is stuk.\n",
        None,
    );
    assert!(found.mailable && found.class == Class::Message);
    assert_eq!((found.thread.number, found.thread.quoted_link), (None, None));
}
