//! Where a mail comes from, as the mail server in front of us says, and who wrote what a
//! colleague forwards.

use channels::mail::{self, Check, Envelope, Proof};

use super::own;

/// The name of the mail server in front of us.
const SERVER: &str = "mx.harlingen.example";

/// The fields, and what they prove: SPF, DKIM, DMARC, and the rule that keeps an answer away.
const TABLE: &[(&[&str], &str)] = &[
    (&["mx.harlingen.example; spf=pass; dkim=pass; dmarc=pass"], "pass pass pass -"),
    (&["MX.Harlingen.example 1; dmarc = pass"], "? ? pass -"),
    (
        &["mx.harlingen.example; dmarc=fail (p=reject dis=none) header.from=x"],
        "? ? fail dmarc-fail",
    ),
    (&["mx.harlingen.example; dmarc=fail (p=quarantine)"], "? ? fail dmarc-fail"),
    (&["mx.harlingen.example; dmarc=fail (p=none sp=reject)"], "? ? neutral -"),
    (&["mx.harlingen.example; dmarc=fail policy.dmarc=none"], "? ? neutral -"),
    (&["mx.harlingen.example; spf=fail smtp.mailfrom=x; dkim=none"], "fail ? ? spf-fail"),
    (&["mx.harlingen.example; spf=hardfail; dmarc=none"], "fail ? ? spf-fail"),
    (&["mx.harlingen.example; spf=fail; dkim=pass; dmarc=none"], "fail pass ? -"),
    (&["mx.harlingen.example; spf=fail; dkim=pass; dmarc=pass"], "fail pass pass -"),
    (&["mx.harlingen.example; spf=softfail; dmarc=none"], "neutral ? ? -"),
    (&["mx.harlingen.example; spf=temperror; dmarc=temperror"], "? ? ? -"),
    (&["mx.harlingen.example; dkim=fail; dkim=pass; spf=none"], "? pass ? -"),
    (&["mx.harlingen.example; (spf=pass (nested) ;) spf=fail; dmarc=none"], "fail ? ? spf-fail"),
    (&["mx.harlingen.example; none"], "? ? ? -"),
    // What another server says counts for nothing, wherever it stands.
    (&["mx.elders.example; dmarc=fail (p=reject)"], "none"),
    (&["mx.elders.example; dmarc=pass", "mx.harlingen.example; dmarc=fail"], "? ? fail dmarc-fail"),
    (
        &["mx.harlingen.example; dmarc=fail", "mx.harlingen.example; dmarc=pass"],
        "? ? fail dmarc-fail",
    ),
    (&["mx.harlingen.example.elders.example; dmarc=pass"], "none"),
    (&[], "none"),
    (&[""], "none"),
    (&[";;;(((("], "none"),
];

fn word(check: Check) -> &'static str {
    match check {
        Check::Pass => "pass",
        Check::Fail => "fail",
        Check::Neutral => "neutral",
        Check::Unknown => "?",
    }
}

/// INTAKE 57: only the first field of our own mail server is believed.
#[test]
fn what_the_mail_server_in_front_of_us_says() {
    let mut wrong = String::new();
    for (fields, expected) in TABLE {
        let lines: String =
            fields.iter().map(|field| format!("Authentication-Results: {field}\n")).collect();
        let raw = format!("{lines}From: jan@voorbeeld.example\n\nlamp\n");
        let message = mail::read(raw.as_bytes(), &Envelope::default());
        let found = match Proof::from_headers(&message.headers, SERVER) {
            None => "none".to_owned(),
            Some(proof) => {
                let words = [proof.spf, proof.dkim, proof.dmarc].map(word).join(" ");
                format!("{words} {}", proof.forged().unwrap_or("-"))
            }
        };
        if found != *expected {
            wrong.push_str(&format!("{fields:?}: {expected}, but: {found}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// INTAKE 31: who wrote what an employee forwards; nobody when a stranger forwards.
#[test]
fn a_colleague_forwards_a_residents_mail() {
    let history = "Zie hieronder.\n\nVan: Jan Voorbeeld <jan@voorbeeld.example>\n\
                   Verzonden: maandag 2 maart 2026 10:00\nAan: wethouder@harlingen.example\n\
                   Onderwerp: lamp\n\nDe lamp is stuk.\n";
    let apple = "Begin doorgestuurd bericht:\n\nVan: \"Jan Voorbeeld\" <jan@voorbeeld.example>\n";
    let old = "-----Oorspronkelijk bericht-----\nVan: Jan [mailto:jan@voorbeeld.example]\n";
    let ours = "---------- Forwarded message ---------\nFrom: Kees <kees@harlingen.example>\n";
    for (from, subject, text, wanted) in [
        ("kees@harlingen.example", "FW: lamp", history, "jan@voorbeeld.example"),
        ("kees@harlingen.example", "Doorst: lamp", history, "jan@voorbeeld.example"),
        ("kees@harlingen.example", "Fwd: lamp", apple, "jan@voorbeeld.example"),
        ("kees@harlingen.example", "FW: lamp", old, "jan@voorbeeld.example"),
        ("kees@harlingen.example", "FW: lamp", ours, "-"),
        ("kees@harlingen.example", "RE: lamp", history, "-"),
        ("info@harlingen.example", "FW: lamp", history, "-"),
        ("piet@elders.example", "FW: lamp", history, "-"),
    ] {
        let raw = format!("From: {from}\nSubject: {subject}\n\n{text}");
        let message = mail::read(raw.as_bytes(), &Envelope::default());
        let found = mail::original_sender(&message, &own());
        let found = found.map_or_else(|| "-".to_owned(), |mailbox| mailbox.address);
        assert_eq!(found, wanted, "{from} {subject}");
    }
}
