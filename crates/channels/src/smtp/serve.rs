//! The sockets of the listener: accepting, reading, waiting, and stopping in good order.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::conversation::{Conversation, House, Message, Step};
use super::places::{Place, Places};
use super::wire::{Wire, introduced, secured};
use super::{Door, Intake, Taken, reply};

/// One read, bytes; every open session has a buffer of this size.
const READ_BUFFER_BYTES: usize = 32 * 1024;
/// Pause after a failed accept, so that a machine out of file descriptors is not kept busy.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Time for the other end to read our last words before the connection is torn down.
const FAREWELL_TIMEOUT: Duration = Duration::from_secs(1);
/// What the other end may still send meanwhile, bytes.
const FAREWELL_BYTES: usize = 1024 * 1024;

/// Serves mail on `listener` until `stop` becomes true: then no connection is accepted any more,
/// idle sessions get `421`, running transactions get [`Limits::stop_grace`](super::Limits) to
/// finish and `421` after their answer. Returns when the last session has ended; a message that is
/// at the intake is waited for, up to [`Limits::intake_timeout`](super::Limits). A dropped sender
/// of `stop` means that the listener runs until its task is aborted.
///
/// # Errors
/// None at this moment: a failed accept is logged and tried again.
pub async fn serve(
    listener: TcpListener,
    door: Door,
    intake: Arc<impl Intake>,
    mut stop: watch::Receiver<bool>,
) -> io::Result<()> {
    let places = Places::new(door.limits.connections, door.limits.connections_per_peer);
    let house = Arc::new(House::new(&door));
    let door = Arc::new(door);
    let mut sessions = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            biased;
            () = stopped(&mut stop) => break,
            Some(ended) = sessions.join_next() => {
                if let Err(error) = ended {
                    tracing::error!(%error, "a mail session broke down; nothing was promised");
                }
                continue;
            }
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => match places.enter() {
                Some(place) => {
                    let guest = Guest { stream, peer, place };
                    let rooms = (Arc::clone(&door), Arc::clone(&house));
                    sessions.spawn(attend(guest, rooms, Arc::clone(&intake), stop.clone()));
                }
                None => turn_away(&stream),
            },
            Err(error) => {
                tracing::warn!(%error, "could not accept a mail connection");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    drop(listener);
    while sessions.join_next().await.is_some() {}
    Ok(())
}

/// Returns once `stop` is true; never when its sender is gone.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Says that there is no place. The socket is new, so its send buffer has room for one line.
fn turn_away(stream: &TcpStream) {
    let line = format!("{}\r\n", reply::TOO_MANY_CONNECTIONS);
    if let Err(error) = stream.try_write(line.as_bytes()) {
        tracing::debug!(%error, "a connection that was turned away did not wait for the reason");
    }
}

/// A connection that has a place.
struct Guest {
    stream: TcpStream,
    peer: SocketAddr,
    place: Place,
}

/// Holds a session from greeting to goodbye. An error is a broken connection, and no news.
async fn attend<I: Intake>(
    guest: Guest,
    (door, house): (Arc<Door>, Arc<House>),
    intake: Arc<I>,
    mut stop: watch::Receiver<bool>,
) {
    let Guest { mut stream, mut peer, mut place } = guest;
    let mut early = Vec::new();
    if door.proxy_protocol {
        let introduced = tokio::select! {
            biased;
            () = stopped(&mut stop) => return,
            introduced = introduced(&mut stream, peer, &door.limits) => introduced,
        };
        match introduced {
            Ok(known) => (peer, early) = known,
            Err(error) => return tracing::warn!(%error, "a mail connection was closed"),
        }
    }
    if !place.settle(peer.ip()) {
        return turn_away(&stream);
    }
    let conversation = Conversation::new(Arc::clone(&house), peer);
    let opened = Instant::now();
    // A failure here shows at the first write too.
    stream.set_nodelay(true).ok();
    let stream = Box::new(stream);
    let mut session = Session { stream, conversation, door, stop, opened, stopping: None };
    if let Err(error) = session.hold(&*intake, early).await {
        tracing::debug!(%error, "a mail session ended early");
    }
}

/// One connection and its conversation.
struct Session {
    stream: Box<dyn Wire>,
    conversation: Conversation,
    door: Arc<Door>,
    stop: watch::Receiver<bool>,
    opened: Instant,
    /// When the stop was noticed.
    stopping: Option<Instant>,
}

/// What came of waiting for the other end.
enum Heard {
    Bytes(usize),
    /// Closed, or broken.
    Gone,
    TooSlow,
    TooLong,
    Stop,
}

/// How a session stands after some bytes.
#[derive(PartialEq, Eq)]
enum After {
    More,
    Over,
}

impl Session {
    /// `early` is what came before the greeting could be said.
    async fn hold<I: Intake>(&mut self, intake: &I, early: Vec<u8>) -> io::Result<()> {
        let mut buffer = vec![0; READ_BUFFER_BYTES];
        let mut since = Instant::now();
        let mut progress = self.conversation.progress();
        if !early.is_empty() && self.hear(&early, intake).await? == After::Over {
            return Ok(());
        }
        loop {
            self.speak().await?;
            if progress != self.conversation.progress() {
                progress = self.conversation.progress();
                since = Instant::now();
            }
            let count = match self.listen(&mut buffer, since).await {
                Heard::Bytes(count) => count,
                Heard::Gone => return Ok(()),
                Heard::TooSlow => return self.leave(reply::TOO_SLOW).await,
                Heard::TooLong => return self.leave(reply::SESSION_LONG).await,
                Heard::Stop => return self.leave(reply::SHUTTING_DOWN).await,
            };
            if self.hear(&buffer[..count], intake).await? == After::Over {
                return Ok(());
            }
        }
    }

    /// Does what these bytes ask for.
    async fn hear<I: Intake>(&mut self, mut input: &[u8], intake: &I) -> io::Result<After> {
        let serves = |recipient: &str| intake.serves(recipient);
        loop {
            match self.conversation.hear(&mut input, &serves) {
                Step::Listen => return Ok(After::More),
                Step::Speak => self.speak().await?,
                Step::Secure => {
                    self.speak().await?;
                    self.secure().await?;
                    return Ok(After::More);
                }
                Step::Take(message) => {
                    self.take(intake, message).await;
                    if *self.stop.borrow() {
                        self.leave(reply::SHUTTING_DOWN).await?;
                        return Ok(After::Over);
                    }
                }
                Step::Leave => {
                    self.farewell().await?;
                    return Ok(After::Over);
                }
            }
        }
    }

    async fn secure(&mut self) -> io::Result<()> {
        let certificate = self.door.certificate.as_ref().ok_or(io::ErrorKind::Unsupported)?;
        secured(&mut self.stream, certificate, &self.door.limits).await?;
        self.conversation.secured();
        Ok(())
    }

    /// Gives the message to the intake and its answer to the conversation.
    async fn take<I: Intake>(&mut self, intake: &I, message: Message) {
        let Message { envelope, raw, held } = message;
        let recipients = envelope.recipients.len();
        let answer = timeout(self.door.limits.intake_timeout, intake.take(envelope, raw)).await;
        drop(held);
        let later = |_| vec![Taken::Later(reply::INTAKE_SILENT.to_owned()); recipients];
        self.conversation.answer(answer.unwrap_or_else(later));
    }

    /// Sends all replies that wait, in one write.
    async fn speak(&mut self) -> io::Result<()> {
        let replies = self.conversation.replies();
        if replies.is_empty() {
            return Ok(());
        }
        let written = timeout(self.door.limits.reply_timeout, self.stream.write_all(replies));
        written.await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
        let flushed = timeout(self.door.limits.reply_timeout, self.stream.flush());
        flushed.await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
        self.conversation.replies().clear();
        Ok(())
    }

    /// Waits for bytes, for the limits of time, or for the stop.
    async fn listen(&mut self, buffer: &mut [u8], since: Instant) -> Heard {
        let in_transaction = self.conversation.in_transaction();
        loop {
            if self.stopping.is_some() && !in_transaction {
                return Heard::Stop;
            }
            let patience = self.patience(since);
            // Looked at before the bytes: who never pauses is not asked how long it took.
            if Instant::now() >= patience {
                return self.impatient();
            }
            tokio::select! {
                biased;
                read = self.stream.read(buffer) => return match read {
                    Ok(0) | Err(_) => Heard::Gone,
                    Ok(count) => Heard::Bytes(count),
                },
                () = stopped(&mut self.stop), if self.stopping.is_none() => {
                    self.stopping = Some(Instant::now());
                }
                () = sleep_until(patience) => return self.impatient(),
            }
        }
    }

    /// Until when the next bytes must have come. `since` is when the running command began.
    fn patience(&self, since: Instant) -> Instant {
        let limits = &self.door.limits;
        let patience = if self.conversation.in_text() {
            (since + limits.text_timeout).min(Instant::now() + limits.text_silence)
        } else {
            (since + limits.command_timeout).min(self.end())
        };
        self.stopping.map_or(patience, |stopping| patience.min(stopping + limits.stop_grace))
    }

    /// When the session has lasted long enough. A text that has begun may come to its end.
    fn end(&self) -> Instant {
        self.opened + self.door.limits.session_timeout
    }

    /// Why the patience has ended.
    fn impatient(&self) -> Heard {
        if self.stopping.is_some() {
            Heard::Stop
        } else if !self.conversation.in_text() && Instant::now() >= self.end() {
            Heard::TooLong
        } else {
            Heard::TooSlow
        }
    }

    async fn leave(&mut self, last_words: &str) -> io::Result<()> {
        self.conversation.dismiss(last_words);
        self.farewell().await
    }

    /// Sends the last replies and closes. What the other end still sends is read for a moment,
    /// because closing on unread bytes resets the connection and loses our last words.
    async fn farewell(&mut self) -> io::Result<()> {
        self.speak().await?;
        self.stream.shutdown().await?;
        let mut rest = vec![0; READ_BUFFER_BYTES];
        let drained = async {
            let mut total = 0;
            while total < FAREWELL_BYTES {
                match self.stream.read(&mut rest).await {
                    Ok(0) | Err(_) => break,
                    Ok(count) => total += count,
                }
            }
        };
        // A timeout is the ordinary end for a peer that neither reads nor closes.
        timeout(FAREWELL_TIMEOUT, drained).await.ok();
        Ok(())
    }
}
