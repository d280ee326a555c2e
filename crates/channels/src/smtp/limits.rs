//! Every limit of the listener in one place, each with the value it has when nobody sets it.
//!
//! A line of text has none of its own: RFC 5321 §4.5.3.1.6 says 1000 bytes, but senders of HTML
//! break that daily, and a mail that is one long line is still a mail. The size of the message
//! bounds it.

use std::time::Duration;

/// Largest message, bytes (25 MiB): what municipalities and their suppliers commonly mail.
pub const MESSAGE_BYTES: usize = 25 * 1024 * 1024;
/// Longest command line, bytes with CR LF: the 512 of RFC 5321 §4.5.3.1.4 and room for the
/// parameters that extensions add to it.
pub const COMMAND_LINE_BYTES: usize = 1024;
/// Most recipients of one message; RFC 5321 §4.5.3.1.8 asks for at least 100.
pub const RECIPIENTS: usize = 100;
/// Recipients that are not served here, in one session, before it is ended: whoever tries names
/// must connect again for the next ones.
pub const UNKNOWN_RECIPIENTS: u32 = 100;
/// Most connections at a time.
pub const CONNECTIONS: usize = 256;
/// Most connections at a time from one address; of IPv6 the first 64 bits count as one.
pub const CONNECTIONS_PER_PEER: usize = 32;
/// Most messages over one connection, after which the sender connects again.
pub const MESSAGES_PER_SESSION: u32 = 10_000;
/// Longest session, text apart: a sender that still has mail connects again.
pub const SESSION_TIMEOUT: Duration = Duration::from_secs(3600);
/// Longest wait for the PROXY header, where one must come.
pub const PROXY_TIMEOUT: Duration = Duration::from_secs(10);
/// Longest time for the handshake of TLS.
pub const TLS_TIMEOUT: Duration = Duration::from_secs(30);
/// Longest wait for a complete command; RFC 5321 §4.5.3.2.7 asks for at least 5 minutes.
pub const COMMAND_TIMEOUT: Duration = Duration::from_secs(300);
/// Longest silence inside the text of a message; RFC 5321 §4.5.3.2.5 says 3 minutes.
pub const TEXT_SILENCE: Duration = Duration::from_secs(180);
/// Longest time for the whole text of a message, so that a trickle can not hold memory.
pub const TEXT_TIMEOUT: Duration = Duration::from_secs(900);
/// Longest wait for the intake before the sender is told to come back; well under the 10 minutes
/// that a sender waits for the last answer (RFC 5321 §4.5.3.2.6).
pub const INTAKE_TIMEOUT: Duration = Duration::from_secs(240);
/// Longest time that the other end may take to read our replies.
pub const REPLY_TIMEOUT: Duration = Duration::from_secs(60);
/// Commands that make no sense, before the session is ended.
pub const BAD_COMMANDS: u32 = 20;
/// Commands without effect (`NOOP`, `RSET`, `VRFY`, `HELP`, greetings) between two messages.
pub const IDLE_COMMANDS: u32 = 100;
/// Message text held in memory over all sessions together, bytes (256 MiB).
pub const MEMORY_BYTES: usize = 256 * 1024 * 1024;
/// Text of a refused message that is read and thrown away so that the session can go on, bytes.
pub const DISCARDED_BYTES: usize = 4 * MESSAGE_BYTES;
/// Time that running transactions get to finish when the listener stops.
pub const STOP_GRACE: Duration = Duration::from_secs(30);

/// The limits of one listener. Take [`Limits::default`] and change what is different.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Largest message, bytes, as told in `SIZE` (RFC 1870). Default [`MESSAGE_BYTES`].
    pub message_bytes: usize,
    /// Longest command line, bytes. Default [`COMMAND_LINE_BYTES`].
    pub command_line_bytes: usize,
    /// Most recipients of one message. Default [`RECIPIENTS`].
    pub recipients: usize,
    /// Unknown recipients in one session. Default [`UNKNOWN_RECIPIENTS`].
    pub unknown_recipients: u32,
    /// Most connections at a time. Default [`CONNECTIONS`].
    pub connections: usize,
    /// Most connections at a time from one address. Default [`CONNECTIONS_PER_PEER`].
    pub connections_per_peer: usize,
    /// Most messages over one connection. Default [`MESSAGES_PER_SESSION`].
    pub messages_per_session: u32,
    /// Longest session, text apart. Default [`SESSION_TIMEOUT`].
    pub session_timeout: Duration,
    /// Longest wait for the PROXY header. Default [`PROXY_TIMEOUT`].
    pub proxy_timeout: Duration,
    /// Longest handshake of TLS. Default [`TLS_TIMEOUT`].
    pub tls_timeout: Duration,
    /// Longest wait for a complete command. Default [`COMMAND_TIMEOUT`].
    pub command_timeout: Duration,
    /// Longest silence inside the text of a message. Default [`TEXT_SILENCE`].
    pub text_silence: Duration,
    /// Longest time for the whole text of a message. Default [`TEXT_TIMEOUT`].
    pub text_timeout: Duration,
    /// Longest wait for the intake. Default [`INTAKE_TIMEOUT`].
    pub intake_timeout: Duration,
    /// Longest time to get replies across. Default [`REPLY_TIMEOUT`].
    pub reply_timeout: Duration,
    /// Senseless commands before goodbye. Default [`BAD_COMMANDS`].
    pub bad_commands: u32,
    /// Commands without effect between two messages. Default [`IDLE_COMMANDS`].
    pub idle_commands: u32,
    /// Message text in memory over all sessions, bytes. Default [`MEMORY_BYTES`].
    pub memory_bytes: usize,
    /// Refused text read and thrown away, bytes per message. Default [`DISCARDED_BYTES`].
    pub discarded_bytes: usize,
    /// Time to finish when the listener stops. Default [`STOP_GRACE`].
    pub stop_grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            message_bytes: MESSAGE_BYTES,
            command_line_bytes: COMMAND_LINE_BYTES,
            recipients: RECIPIENTS,
            unknown_recipients: UNKNOWN_RECIPIENTS,
            connections: CONNECTIONS,
            connections_per_peer: CONNECTIONS_PER_PEER,
            messages_per_session: MESSAGES_PER_SESSION,
            session_timeout: SESSION_TIMEOUT,
            proxy_timeout: PROXY_TIMEOUT,
            tls_timeout: TLS_TIMEOUT,
            command_timeout: COMMAND_TIMEOUT,
            text_silence: TEXT_SILENCE,
            text_timeout: TEXT_TIMEOUT,
            intake_timeout: INTAKE_TIMEOUT,
            reply_timeout: REPLY_TIMEOUT,
            bad_commands: BAD_COMMANDS,
            idle_commands: IDLE_COMMANDS,
            memory_bytes: MEMORY_BYTES,
            discarded_bytes: DISCARDED_BYTES,
            stop_grace: STOP_GRACE,
        }
    }
}
