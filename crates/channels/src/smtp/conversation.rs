//! One session without its socket: bytes in, replies and messages out.
//!
//! Kept apart from the network so that it can be tested byte by byte. The answers depend on the
//! bytes alone, never on how they were cut on the way.

use std::net::SocketAddr;
use std::sync::Arc;

use super::body::{Body, Loss};
use super::dots::DotReader;
use super::memory::{Held, Memory};
use super::{Door, Envelope, Limits, Protocol, Taken, reply};

/// Replies are sent when so many bytes wait, even in the middle of a pipelined batch, so that a
/// sender that writes and never reads can not fill our memory.
const REPLY_BATCH_BYTES: usize = 16 * 1024;

/// What all sessions of one listener share.
#[derive(Debug)]
pub(super) struct House {
    pub(super) protocol: Protocol,
    pub(super) hostname: String,
    pub(super) limits: Limits,
    pub(super) offers_tls: bool,
    pub(super) memory: Memory,
}

impl House {
    /// The house behind this door, its memory empty.
    pub(super) fn new(door: &Door) -> House {
        House {
            protocol: door.protocol,
            hostname: door.hostname.clone(),
            limits: door.limits.clone(),
            offers_tls: door.certificate.is_some(),
            memory: Memory::new(door.limits.memory_bytes),
        }
    }
}

/// What has to happen before the conversation can go on.
#[derive(Debug)]
pub(super) enum Step {
    /// All input is used: send the replies, then read more.
    Listen,
    /// Many replies wait: send them, then come back with the rest of the input.
    Speak,
    /// A message is complete: give it to the intake, then call [`Conversation::answer`].
    Take(Message),
    /// Send the replies and go on within TLS, then call [`Conversation::secured`].
    Secure,
    /// Send the replies and close.
    Leave,
}

/// A complete message, and the memory that it counts for until the intake has answered.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) envelope: Envelope,
    pub(super) raw: Vec<u8>,
    pub(super) held: Held,
}

/// What the bytes that come next are.
#[derive(Debug)]
pub(super) enum Phase {
    /// Commands.
    Commands,
    /// The text after `DATA`.
    Text(DotReader),
    /// A chunk after `BDAT` (RFC 3030).
    Chunk { bytes: usize, left: usize, last: bool },
    /// A chunk that is answered already and only thrown away.
    Refuse { left: usize },
    /// The message is at the intake.
    Intake,
    /// `STARTTLS` is agreed; not a byte may come before the handshake.
    Handshake,
    /// The last reply is given.
    Over,
}

/// A message that is being handed over.
#[derive(Debug)]
pub(super) struct Transaction {
    pub(super) sender: String,
    pub(super) beyond_ascii: bool,
    pub(super) recipients: Vec<String>,
    pub(super) chunked: bool,
    pub(super) body: Body,
}

/// One session.
#[derive(Debug)]
pub(super) struct Conversation {
    pub(super) house: Arc<House>,
    pub(super) peer: SocketAddr,
    pub(super) helo: Option<String>,
    pub(super) transaction: Option<Transaction>,
    pub(super) phase: Phase,
    pub(super) mistakes: u32,
    pub(super) idle_commands: u32,
    pub(super) messages: u32,
    pub(super) unknown_recipients: u32,
    /// Whether the session is within TLS.
    pub(super) secure: bool,
    /// The begin of a command line of which the end has not come yet.
    line: Vec<u8>,
    /// Whether that line is too long already, so that the rest of it is thrown away.
    line_lost: bool,
    replies: Vec<u8>,
    progress: u64,
}

impl Conversation {
    /// A session that has just been opened, with the greeting as its first reply.
    pub(super) fn new(house: Arc<House>, peer: SocketAddr) -> Conversation {
        let name = match house.protocol {
            Protocol::Smtp => "ESMTP",
            Protocol::Lmtp => "LMTP",
        };
        let greeting = format!("220 {} {name} Belofte", house.hostname);
        let mut conversation = Conversation {
            house,
            peer,
            helo: None,
            transaction: None,
            phase: Phase::Commands,
            mistakes: 0,
            idle_commands: 0,
            messages: 0,
            unknown_recipients: 0,
            secure: false,
            line: Vec::new(),
            line_lost: false,
            replies: Vec::new(),
            progress: 0,
        };
        conversation.say(&greeting);
        conversation
    }

    /// Takes in bytes from the other end; `input` becomes what is not used yet. `serves` tells
    /// for which recipients mail is taken.
    pub(super) fn hear(&mut self, input: &mut &[u8], serves: &dyn Fn(&str) -> bool) -> Step {
        loop {
            if self.replies.len() >= REPLY_BATCH_BYTES {
                return Step::Speak;
            }
            let step = match &mut self.phase {
                Phase::Commands => self.hear_command(input, serves),
                Phase::Text(_) => self.hear_text(input),
                Phase::Chunk { .. } => self.hear_chunk(input),
                Phase::Refuse { left } => {
                    let some = (*left).min(input.len());
                    *left -= some;
                    *input = &input[some..];
                    if *left == 0 {
                        self.phase = Phase::Commands;
                    }
                    input.is_empty().then_some(Step::Listen)
                }
                Phase::Intake => unreachable!("the message at the intake is answered first"),
                Phase::Handshake if input.is_empty() => Some(Step::Secure),
                Phase::Handshake => {
                    self.dismiss(reply::SENT_TOO_EARLY);
                    None
                }
                Phase::Over => Some(Step::Leave),
            };
            if let Some(step) = step {
                return step;
            }
        }
    }

    /// Passes on what the intake said about the message of the last [`Step::Take`].
    pub(super) fn answer(&mut self, mut taken: Vec<Taken>) {
        let Some(transaction) = self.transaction.take() else { return };
        let recipients = transaction.recipients.len();
        let missing = || Taken::Later(reply::INTAKE_WITHOUT_ANSWER.to_owned());
        taken.resize_with(recipients, missing);
        match self.house.protocol {
            Protocol::Smtp => self.say(&reply::of_taken(&reply::worst(taken))),
            Protocol::Lmtp => taken.iter().for_each(|one| self.say(&reply::of_taken(one))),
        }
        self.idle_commands = 0;
        self.phase = Phase::Commands;
    }

    /// Begins anew within TLS: nothing that was said in the clear counts (RFC 3207 §4.2).
    pub(super) fn secured(&mut self) {
        self.helo = None;
        self.transaction = None;
        self.line.clear();
        self.line_lost = false;
        self.secure = true;
        self.phase = Phase::Commands;
        self.progress += 1;
    }

    /// Ends the session with this reply.
    pub(super) fn dismiss(&mut self, last_words: &str) {
        self.say(last_words);
        self.transaction = None;
        self.phase = Phase::Over;
    }

    /// The replies that wait to be sent; the caller empties it.
    pub(super) fn replies(&mut self) -> &mut Vec<u8> {
        &mut self.replies
    }

    /// Adds a reply.
    pub(super) fn say(&mut self, reply: &str) {
        self.replies.extend_from_slice(reply.as_bytes());
        self.replies.extend_from_slice(b"\r\n");
    }

    /// Adds the reply to something that makes no sense; too many of them end the session.
    pub(super) fn complain(&mut self, reply: &str) {
        self.mistakes += 1;
        if self.mistakes >= self.house.limits.bad_commands {
            self.dismiss(reply::TOO_MANY_MISTAKES);
        } else {
            self.say(reply);
        }
    }

    /// Whether a sender has been named for a message that is not answered yet.
    pub(super) fn in_transaction(&self) -> bool {
        self.transaction.is_some()
    }

    /// Whether the bytes that come next are text, and not commands.
    pub(super) fn in_text(&self) -> bool {
        !matches!(self.phase, Phase::Commands)
    }

    /// A number that rises with every complete command and message, to see who is idle.
    pub(super) fn progress(&self) -> u64 {
        self.progress
    }

    fn hear_command(&mut self, input: &mut &[u8], serves: &dyn Fn(&str) -> bool) -> Option<Step> {
        let line_bytes_max = self.house.limits.command_line_bytes;
        let Some(place) = memchr::memchr(b'\n', input) else {
            self.line_lost |= self.line.len() + input.len() > line_bytes_max;
            if self.line_lost {
                self.line.clear();
            } else {
                self.line.extend_from_slice(input);
            }
            *input = &[];
            return Some(Step::Listen);
        };
        let (end, rest) = input.split_at(place + 1);
        *input = rest;
        self.progress += 1;
        if self.line_lost || self.line.len() + end.len() > line_bytes_max {
            self.line_lost = false;
            self.line.clear();
            self.complain(reply::LINE_TOO_LONG);
        } else if self.line.is_empty() {
            self.obey(end, serves);
        } else {
            let mut line = std::mem::take(&mut self.line);
            line.extend_from_slice(end);
            self.obey(&line, serves);
            line.clear();
            self.line = line;
        }
        None
    }

    fn hear_text(&mut self, input: &mut &[u8]) -> Option<Step> {
        let (Phase::Text(reader), Some(transaction)) = (&mut self.phase, &mut self.transaction)
        else {
            unreachable!("text comes in a transaction");
        };
        let is_whole = reader.read(input, &mut transaction.body);
        if transaction.body.discarded_bytes() > self.house.limits.discarded_bytes {
            let loss = transaction.body.loss().unwrap_or(Loss::TooBig);
            self.dismiss(&reply::of_loss(loss, self.house.limits.message_bytes));
            return None;
        }
        if is_whole { self.complete() } else { Some(Step::Listen) }
    }

    fn hear_chunk(&mut self, input: &mut &[u8]) -> Option<Step> {
        let (Phase::Chunk { bytes, left, last }, Some(transaction)) =
            (&mut self.phase, &mut self.transaction)
        else {
            unreachable!("a chunk comes in a transaction");
        };
        let (chunk, rest) = input.split_at((*left).min(input.len()));
        transaction.body.push(chunk);
        *left -= chunk.len();
        *input = rest;
        if *left > 0 {
            return Some(Step::Listen);
        }
        if *last {
            return self.complete();
        }
        let answer = match transaction.body.loss() {
            None => format!("250 2.0.0 {bytes} bytes here"),
            Some(loss) => reply::of_loss(loss, self.house.limits.message_bytes),
        };
        self.phase = Phase::Commands;
        self.progress += 1;
        self.say(&answer);
        None
    }

    /// The text is complete: to the intake with it, or the answer why not.
    fn complete(&mut self) -> Option<Step> {
        self.progress += 1;
        self.phase = Phase::Commands;
        let mut transaction = self.transaction.take()?;
        let empty = Body::new(self.house.memory.share(), 0, 0);
        match std::mem::replace(&mut transaction.body, empty).kept() {
            Ok((raw, held)) => {
                let envelope = Envelope {
                    protocol: self.house.protocol,
                    peer: self.peer,
                    helo: self.helo.clone().unwrap_or_default(),
                    sender: std::mem::take(&mut transaction.sender),
                    recipients: transaction.recipients.clone(),
                };
                self.transaction = Some(transaction);
                self.phase = Phase::Intake;
                Some(Step::Take(Message { envelope, raw, held }))
            }
            Err(loss) => {
                let answers = match self.house.protocol {
                    Protocol::Smtp => 1,
                    Protocol::Lmtp => transaction.recipients.len(),
                };
                let answer = reply::of_loss(loss, self.house.limits.message_bytes);
                (0..answers).for_each(|_| self.say(&answer));
                None
            }
        }
    }
}
