//! The conversation of the mail listener, with limits so small that they are reached.
//!
//! The first byte chooses the dialogue: `L` for LMTP, `T` for SMTP that offers TLS, anything else
//! for plain SMTP. The rest is what the client sends; the two bytes of [`CUT`] end a piece.

use channels::smtp::rehearsal::{Outcome, Rehearsal, answers};
use channels::smtp::{Door, Envelope, Limits, Protocol, Taken};

/// Ends a piece of what the client sends. No UTF-8 text holds it.
const CUT: [u8; 2] = [0xff, 0xfe];
/// Largest message, in bytes.
const MESSAGE_BYTES: usize = 300;
/// Text of all messages together, in bytes.
const MEMORY_BYTES: usize = 400;
/// Longest reply line, in bytes with CR LF (RFC 5321 §4.5.3.1.5).
const REPLY_LINE_BYTES: usize = 512;
/// Most bytes of replies that may wait: a batch, and the longest single reply after it.
const REPLIES_BYTES: usize = 16 * 1024 + 8 * REPLY_LINE_BYTES;
/// How a stored message is answered.
const STORED: &str = "250 2.0.0 Stored\r\n";

/// No panic, memory and replies in bounds, every reply well-formed, `Stored` said exactly for what
/// was handed to the intake, every message whole (INTAKE 1, 5), and all that however the bytes are
/// cut.
pub(crate) fn holds(bytes: &[u8]) {
    let (first, rest) = bytes.split_first().unwrap_or((&b'S', &[]));
    let protocol = if *first == b'L' { Protocol::Lmtp } else { Protocol::Smtp };
    let offers_tls = *first == b'T';
    let pieces = pieces(rest);
    let wire = pieces.concat();
    let outcome = play(protocol, offers_tls, &pieces);
    replies_are_well_formed(&outcome.replies);
    assert_eq!(outcome.replies.matches(STORED).count(), stored(protocol, &outcome));
    for (envelope, raw) in &outcome.messages {
        assert!(!envelope.recipients.is_empty() && raw.len() <= MESSAGE_BYTES);
        assert!(is_whole(raw, &wire), "{:?} was not sent as a whole", raw.escape_ascii());
    }
    if !offers_tls {
        assert_eq!(play(protocol, false, &[&wire]), outcome, "cut otherwise, answered otherwise");
    }
}

fn pieces(mut rest: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    while let Some(place) = rest.windows(CUT.len()).position(|window| window == CUT) {
        pieces.push(&rest[..place]);
        rest = &rest[place + CUT.len()..];
    }
    pieces.push(rest);
    pieces
}

fn play(protocol: Protocol, offers_tls: bool, pieces: &[&[u8]]) -> Outcome {
    let limits = Limits {
        message_bytes: MESSAGE_BYTES,
        memory_bytes: MEMORY_BYTES,
        discarded_bytes: 900,
        command_line_bytes: 160,
        recipients: 4,
        unknown_recipients: 4,
        messages_per_session: 6,
        ..Limits::default()
    };
    let door = Door { limits, ..Door::new(protocol, "mail.example.nl") };
    let mut session =
        if offers_tls { Rehearsal::offering_tls(&door) } else { Rehearsal::new(&door) };
    for piece in pieces {
        let goes_on = session.hear(piece);
        assert!(session.held_bytes() <= MEMORY_BYTES);
        if !goes_on {
            assert_eq!(session.held_bytes(), 0, "nothing is held when it is over");
            break;
        }
    }
    assert!(session.replies_bytes_max() <= REPLIES_BYTES);
    session.outcome
}

fn replies_are_well_formed(replies: &str) {
    assert!(replies.ends_with("\r\n"));
    for line in replies.split_terminator("\r\n") {
        let code = line.get(..3).and_then(|code| code.parse::<u16>().ok());
        assert!(code.is_some_and(|code| (200..600).contains(&code)), "{line:?}");
        assert!(matches!(line.as_bytes().get(3), Some(b' ' | b'-')), "{line:?}");
        assert!(line.len() + 2 <= REPLY_LINE_BYTES, "{line:?}");
        assert!(line.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{line:?}");
    }
}

/// How often `Stored` must have been said.
fn stored(protocol: Protocol, outcome: &Outcome) -> usize {
    let of = |(envelope, _): &(Envelope, Vec<u8>)| {
        let taken = answers(envelope);
        let mut stored = taken.iter().map(|taken| *taken == Taken::Stored);
        match protocol {
            Protocol::Lmtp => stored.filter(|stored| *stored).count(),
            Protocol::Smtp => usize::from(stored.all(|stored| stored)),
        }
    };
    outcome.messages.iter().map(of).sum()
}

/// Whether a text stands in the wire from the begin of a line to its end mark, or in chunks.
fn is_whole(raw: &[u8], wire: &[u8]) -> bool {
    let line_starts = (0..wire.len()).filter(|at| wire[..*at].ends_with(b"\r\n"));
    line_starts.into_iter().any(|at| text_at(&wire[at..]).as_deref() == Some(raw))
        || wire.to_ascii_lowercase().windows(5).any(|window| window == b"bdat ")
}

/// The text that begins here, dots taken off; none when it has no end. The plain way to read it:
/// line by line, with everything at hand.
fn text_at(mut wire: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    loop {
        let end = wire.windows(2).position(|window| window == b"\r\n")? + 2;
        let (line, rest) = wire.split_at(end);
        if line == b".\r\n" {
            return Some(text);
        }
        text.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
        wire = rest;
    }
}
