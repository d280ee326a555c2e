//! The reader of mail, the judge, and the way from a mail to an arrival at the desk.

use channels::mail::limits::{
    ATTACHMENTS_MAX, FOUND_CHARS_MAX, REFERENCES_MAX, TEXT_BYTES_MAX, TROUBLE_MAX,
};
use channels::mail::{self, Envelope};

use crate::house::{HOUSE, OWN};

/// Any bytes are a mail, read the same way twice, within the ceilings, answered only to someone
/// (INTAKE 4, 5, 40).
pub(crate) fn holds(bytes: &[u8]) {
    let recipients = ["info@harlingen.nl".to_owned()];
    // An empty sender is a sign of its own; the bytes say whether there is one.
    let sender = if bytes.first() == Some(&b'<') { "" } else { "jan@voorbeeld.example" };
    let envelope = Envelope { sender: Some(sender), recipients: &recipients };
    let known = |id: &str| HOUSE.token(id).is_some();
    let (message, verdict) = mail::check(bytes, &envelope, &OWN, &known);
    assert!(!message.message_id.is_empty());
    assert!(message.references.len() <= REFERENCES_MAX);
    assert!(message.text.len() <= TEXT_BYTES_MAX && !message.text.contains('\0'));
    assert!(message.attachments.len() <= ATTACHMENTS_MAX);
    assert!(message.trouble.len() <= TROUBLE_MAX);
    for attachment in &message.attachments {
        assert!(!attachment.name.contains(['/', '\\', '\n', '\0']), "{:?}", attachment.name);
        assert!(mail::content(bytes, attachment.part).is_some());
    }
    for evidence in &verdict.evidence {
        assert!(evidence.found.chars().count() <= FOUND_CHARS_MAX);
        assert!(!evidence.found.contains('\n'), "{:?}", evidence.found);
    }
    assert!(!verdict.acknowledge || verdict.answer_to.is_some());
    assert!(!verdict.acknowledge || !sender.is_empty(), "nobody is answered at an empty sender");
    assert_eq!(verdict, mail::judge(&message, &envelope, &OWN, &known));
    assert_eq!(message, mail::read(bytes, &envelope));
    let arrival = channels::arrival(&HOUSE, &OWN, Some(sender), &recipients, bytes.to_vec());
    assert_eq!(arrival.raw.as_deref(), Some(bytes), "kept as it came");
    assert!(!arrival.mailable || !arrival.email.is_empty());
}
