//! What holds for any bytes: a value, never a panic; the same verdict twice; ceilings kept.

use super::{KNOWN, check, own};
use channels::mail::limits::{ATTACHMENTS_MAX, FOUND_CHARS_MAX, REFERENCES_MAX, TEXT_BYTES_MAX};
use channels::mail::{self, Envelope};
use proptest::prelude::*;

/// Pieces of mail that, put together at random, reach deeper than random bytes do.
const PIECES: &[&str] = &[
    "From: Jan <jan@voorbeeld.example>\n",
    "From: \"\\\n",
    "To: a, b:c@d.example;, <<>>\n",
    "\n",
    "\r\n",
    "\r",
    "Subject: =?utf-8?B?4oKs?= =?x?q?=?= Re: Fwd: [2026-001234]\n",
    "Content-Type: multipart/mixed; boundary=b\n",
    "Content-Type: multipart/alternative; boundary=\"b\"\n",
    "Content-Type: message/rfc822\n",
    "--b\n",
    "--b--\n",
    "Content-Transfer-Encoding: base64\n",
    "Content-Transfer-Encoding: quoted-printable\n",
    "=E2=82\n",
    "QUJD\n=\n",
    "Content-Type: text/html; charset=\"iso-2022-jp\"\n",
    "<p>a<blockquote>b<script>",
    "&#x110000;&euro;</div",
    "References: <a@b> <c@d>,e@f <\n",
    "Date: 32 Foo 99999 25:61:61 +9999\n",
    "Op 1 mei schreef x:\n",
    "> >> >\n",
    "Content-Disposition: attachment; filename*=utf-8''%2e%2e%2fx\n",
    "\u{0}\u{1b}$B\u{ff}",
    "Van: a\nAan: b\nDatum: c\n",
    "Auto-Submitted:\n",
    "Content-Type: message/delivery-status\n",
    "Final-Recipient: rfc822;a@b.example\nStatus: 5.\n",
];

fn any_mail() -> impl Strategy<Value = Vec<u8>> {
    let piece = proptest::sample::select(PIECES).prop_map(|p| p.as_bytes().to_vec());
    let noise = proptest::collection::vec(any::<u8>(), 0..40);
    let part = prop_oneof![4 => piece, 1 => noise];
    proptest::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn any_bytes_give_one_value_within_the_ceilings(raw in any_mail()) {
        let recipients = ["info@harlingen.example".to_owned()];
        let envelope = Envelope { sender: None, recipients: &recipients };
        let known = |id: &str| KNOWN.contains(&id);
        let (message, verdict) = mail::check(&raw, &envelope, &own(), &known);
        prop_assert!(!message.message_id.is_empty());
        prop_assert!(message.references.len() <= REFERENCES_MAX);
        prop_assert!(message.text.len() <= TEXT_BYTES_MAX);
        prop_assert!(message.attachments.len() <= ATTACHMENTS_MAX);
        prop_assert!(!message.text.contains('\0'));
        for attachment in &message.attachments {
            prop_assert!(!attachment.name.contains(['/', '\\', '\n', '\0']));
            prop_assert!(mail::content(&raw, attachment.part).is_some());
        }
        for evidence in &verdict.evidence {
            prop_assert!(evidence.found.chars().count() <= FOUND_CHARS_MAX);
        }
        prop_assert!(!verdict.acknowledge || verdict.answer_to.is_some());
        prop_assert_eq!(&verdict, &mail::judge(&message, &envelope, &own(), &known));
        prop_assert_eq!(&message, &mail::read(&raw, &envelope));
    }

    #[test]
    fn random_bytes_are_read(raw in proptest::collection::vec(any::<u8>(), 0..600)) {
        let message = mail::read(&raw, &Envelope::default());
        prop_assert!(!message.message_id.is_empty());
    }

    #[test]
    fn a_header_that_says_machine_silences_any_text(
        text in "\\PC{0,200}",
        value in "auto-[a-z]{1,12}",
    ) {
        let raw = format!(
            "From: jan@voorbeeld.example\nTo: info@harlingen.example\n\
            Auto-Submitted: {value}\n\n{text}"
        );
        prop_assert!(!check(&raw).1.acknowledge);
    }

    #[test]
    fn prefixes_leave_the_core(core in "[a-z]{3,12} [a-z]{3,12}", n in 0usize..5) {
        let subject = format!("{}{core}", "RE[2]: Antw: AW: ".repeat(n));
        prop_assert_eq!(mail::subject_core(&subject).0, core.as_str());
    }
}

#[test]
fn hostile_shapes_are_read_in_bounded_work() {
    let nested =
        |line: &str, times: usize| format!("From: jan@voorbeeld.example\n{}", line.repeat(times));
    let shapes = [
        nested("Content-Type: message/rfc822\n\n", 50_000),
        nested("Content-Type: multipart/mixed; boundary=b\n\n--b\n", 50_000),
        nested("Content-Type: multipart/digest; boundary=b\n\n--b\n\n", 50_000),
        format!("Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\nx\n".repeat(100_000)),
        format!("Subject: {}\n\nx", "=?utf-8?q?".repeat(20_000)),
        format!("From: {}\n\nx", "(".repeat(60_000)),
        format!("To: {}\n\nx", "a@b.example,".repeat(50_000)),
        format!("References: {}\n\nx", "<a@b> ".repeat(200_000)),
        format!("Content-Type: text/html\n\n{}", "<blockquote>a".repeat(100_000)),
        format!(
            "Content-Type: text/html\n\n{}",
            "<a href=\"http://x.example/\">x</a>".repeat(6_000)
        ),
        format!("Content-Type: text/html\n\n{}", "<script><!-- &".repeat(100_000)),
        format!("Subject: x\n\n{}", "Op 1 mei schreef\n".repeat(50_000)),
        format!("Subject: x\n\n{}", "> ".repeat(500_000)),
        format!("Subject: x\n\n{}", "Van: x\n".repeat(100_000)),
        "Re: ".repeat(1_000_000),
    ];
    for shape in shapes {
        let (message, _) = check(&shape);
        assert!(message.text.len() <= TEXT_BYTES_MAX);
        assert!(message.references.len() <= REFERENCES_MAX);
    }
}
