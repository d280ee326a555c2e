//! The way the network cuts the bytes changes nothing, and no bytes at all bring a session down.

use proptest::prelude::*;

use super::conversation_tests::rehearse;
use super::limits::MEMORY_BYTES;
use super::rehearsal::Outcome;
use super::{Limits, Protocol};

/// What hostile and clumsy clients say.
const PIECES: [&str; 17] = [
    "EHLO x\r\n",
    "MAIL FROM:<>\r\n",
    "RCPT TO:<a@example.nl>\r\n",
    "DATA\r\n",
    ".\r\n",
    "\r",
    "\n",
    ".",
    "\0\u{fffd}",
    "BDAT 5\r\n",
    "BDAT 18446744073709551616 LAST\r\n",
    "BDAT 18446744073709551615\r\n",
    "BDAT -1\r\n",
    "BDAT 0 LAST\r\n",
    "RSET\r\n",
    "MAIL FROM:<\"\\",
    "<@:>",
];

/// A session with a bit of everything, as one stream of bytes.
fn busy_session(greeting: &str) -> Vec<u8> {
    let mut wire = format!(
        "{greeting} client\r\nMAIL FROM:<jan@example.org> SIZE=30\r\nRCPT TO:<later@example.nl>\r\n\
         RCPT TO:<jan@elders.example>\r\nRCPT TO:<a@example.nl>\r\nDATA\r\n..\r\n...x\r\n\n.\r\n\
         \r.\r\n.\ry\r\n\r\n.\r\nNOOP\nbad\r\nNOOP {}\r\n",
        "long".repeat(300)
    )
    .into_bytes();
    wire.extend(b"NOOP \xff\r\nMAIL FROM:<>\r\nRCPT TO:<b@example.nl>\r\nBDAT 4\r\n.\r\n.");
    wire.extend(b"BDAT 3 LAST\r\n\r\n.MAIL FROM:<>\r\nRCPT TO:<never@example.nl>\r\nDATA\r\n.\r\n");
    wire.extend(b"MAIL FROM:<>\r\nRCPT TO:<c@example.nl>\r\nDATA\r\n");
    wire.extend(b"0123456789\r\n".repeat(20));
    wire.extend(b".\r\nQUIT\r\nNOOP\r\n");
    wire
}

fn in_pieces<'a>(protocol: Protocol, pieces: impl IntoIterator<Item = &'a [u8]>) -> Outcome {
    let limits = Limits { message_bytes: 200, ..Limits::default() };
    let mut session = rehearse(protocol, limits);
    for piece in pieces {
        if !session.hear(piece) {
            break;
        }
    }
    session.outcome
}

fn both() -> [(Protocol, Vec<u8>); 2] {
    [(Protocol::Smtp, busy_session("EHLO")), (Protocol::Lmtp, busy_session("LHLO"))]
}

#[test]
fn cut_at_every_byte() {
    for (protocol, wire) in both() {
        let whole = in_pieces(protocol, [&wire[..]]);
        assert_eq!(whole.messages.len(), 3, "{}", whole.replies);
        assert_eq!(whole.messages[0].1, b".\r\n..x\r\n\n.\r\n\r.\r\n\ry\r\n\r\n");
        assert_eq!(whole.messages[1].1, b".\r\n.\r\n.");
        assert!(whole.replies.contains("552 5.3.4"), "{}", whole.replies);
        assert!(whole.replies.ends_with("221 2.0.0 Goodbye\r\n"), "{}", whole.replies);
        assert_eq!(in_pieces(protocol, wire.chunks(1)), whole, "byte by byte");
        for cut in 0..=wire.len() {
            let (head, tail) = wire.split_at(cut);
            assert_eq!(in_pieces(protocol, [head, tail]), whole, "cut at {cut}");
        }
    }
}

proptest! {
    #[test]
    fn cut_anyhow(cuts in prop::collection::vec(0usize..2500, 0..40)) {
        for (protocol, wire) in both() {
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| *cut.min(&wire.len())).collect();
            cuts.extend([0, wire.len()]);
            cuts.sort_unstable();
            let pieces = cuts.windows(2).map(|pair| &wire[pair[0]..pair[1]]);
            prop_assert_eq!(in_pieces(protocol, pieces), in_pieces(protocol, [&wire[..]]));
        }
    }

    /// No bytes at all bring the session down, and memory is given back.
    #[test]
    fn any_bytes(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60)) {
        let mut session = rehearse(Protocol::Smtp, Limits::default());
        for piece in pieces {
            if !session.hear(piece.as_bytes()) {
                break;
            }
        }
        session.hear(b"\r\n.\r\nRSET\r\nRSET\r\n");
        prop_assert!(session.held_bytes() <= MEMORY_BYTES);
    }

    /// The grammar meets lines that nobody would write.
    #[test]
    fn any_line(
        command in prop::sample::select(&["", "MAIL FROM:", "RCPT TO:<", "BDAT ", "EHLO "][..]),
        rest in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let mut session = rehearse(Protocol::Smtp, Limits::default());
        session.hear(b"EHLO x\r\n");
        session.hear(&[command.as_bytes(), &rest, b"\r\n"].concat());
        session.hear(b"NOOP\r\n");
        prop_assert!(session.outcome.messages.is_empty());
    }

    /// Every address that the grammar accepts arrives as it was written.
    #[test]
    fn any_address(address in "[a-z.+\"\\\\@>: ]{1,12}@example\\.nl") {
        let mut session = rehearse(Protocol::Smtp, Limits::default());
        let wire = format!("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<{address}>\r\nBDAT 0 LAST\r\n");
        session.hear(wire.as_bytes());
        for (envelope, _) in session.outcome.messages {
            let route_off = address.strip_prefix('@').and_then(|rest| rest.split_once(':'));
            let expected = route_off.map_or(address.as_str(), |(_, mailbox)| mailbox);
            prop_assert_eq!(&envelope.recipients, &[expected]);
        }
    }
}
