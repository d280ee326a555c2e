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
use super::memory::Memory;
use super::places::{Place, Places};
use super::{Intake, Limits, Protocol, Taken, reply};

/// One read, bytes; every open session has a buffer of this size.
const READ_BUFFER_BYTES: usize = 32 * 1024;
/// Pause after a failed accept, so that a machine out of file descriptors is not kept busy.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Time for the other end to read our last words before the connection is torn down.
const FAREWELL_TIMEOUT: Duration = Duration::from_secs(1);
/// What the other end may still send meanwhile, bytes.
const FAREWELL_BYTES: usize = 1024 * 1024;

/// Serves mail on `listener` until `stop` becomes true: then no connection is accepted any more,
/// idle sessions get `421`, running transactions get [`Limits::stop_grace`] to finish and `421`
/// after their answer. Returns when the last session has ended; a message that is at the intake
/// is waited for, up to [`Limits::intake_timeout`]. A dropped sender of `stop` means
/// that the listener runs until its task is aborted.
///
/// # Errors
/// None at this moment: a failed accept is logged and tried again.
pub async fn serve(
    listener: TcpListener,
    protocol: Protocol,
    hostname: String,
    limits: Limits,
    intake: Arc<impl Intake>,
    mut stop: watch::Receiver<bool>,
) -> io::Result<()> {
    let places = Places::new(limits.connections, limits.connections_per_peer);
    let memory = Memory::new(limits.memory_bytes);
    let house = Arc::new(House { protocol, hostname, limits, memory });
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
            Ok((stream, peer)) => match places.enter(peer.ip()) {
                Some(place) => {
                    let session = Session::new(stream, peer, &house, stop.clone());
                    sessions.spawn(session.attend(Arc::clone(&intake), place));
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

/// One connection and its conversation.
struct Session {
    stream: TcpStream,
    conversation: Conversation,
    house: Arc<House>,
    stop: watch::Receiver<bool>,
    /// When the stop was noticed.
    stopping: Option<Instant>,
}

/// What came of waiting for the other end.
enum Heard {
    Bytes(usize),
    /// Closed, or broken.
    Gone,
    TooSlow,
    Stop,
}

impl Session {
    fn new(
        stream: TcpStream,
        peer: SocketAddr,
        house: &Arc<House>,
        stop: watch::Receiver<bool>,
    ) -> Session {
        let conversation = Conversation::new(Arc::clone(house), peer);
        Session { stream, conversation, house: Arc::clone(house), stop, stopping: None }
    }

    /// Holds the session from greeting to goodbye. An error is a broken connection, and no news.
    async fn attend<I: Intake>(mut self, intake: Arc<I>, place: Place) {
        let held = self.hold(&*intake).await;
        if let Err(error) = held {
            tracing::debug!(%error, "a mail session ended early");
        }
        drop(place);
    }

    async fn hold<I: Intake>(&mut self, intake: &I) -> io::Result<()> {
        self.stream.set_nodelay(true)?;
        let serves = |recipient: &str| intake.serves(recipient);
        let mut buffer = vec![0; READ_BUFFER_BYTES];
        let mut since = Instant::now();
        let mut progress = self.conversation.progress();
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
                Heard::Stop => return self.leave(reply::SHUTTING_DOWN).await,
            };
            let mut input = &buffer[..count];
            loop {
                match self.conversation.hear(&mut input, &serves) {
                    Step::Listen => break,
                    Step::Speak => self.speak().await?,
                    Step::Leave => return self.farewell().await,
                    Step::Take(message) => {
                        self.take(intake, message).await;
                        if *self.stop.borrow() {
                            return self.leave(reply::SHUTTING_DOWN).await;
                        }
                    }
                }
            }
        }
    }

    /// Gives the message to the intake and its answer to the conversation.
    async fn take<I: Intake>(&mut self, intake: &I, message: Message) {
        let Message { envelope, raw, held } = message;
        let recipients = envelope.recipients.len();
        let answer = timeout(self.house.limits.intake_timeout, intake.take(envelope, raw)).await;
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
        let written = timeout(self.house.limits.reply_timeout, self.stream.write_all(replies));
        written.await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
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
            tokio::select! {
                biased;
                read = self.stream.read(buffer) => return match read {
                    Ok(0) | Err(_) => Heard::Gone,
                    Ok(count) => Heard::Bytes(count),
                },
                () = stopped(&mut self.stop), if self.stopping.is_none() => {
                    self.stopping = Some(Instant::now());
                }
                () = sleep_until(patience) => {
                    return if self.stopping.is_some() { Heard::Stop } else { Heard::TooSlow };
                }
            }
        }
    }

    /// Until when the next bytes must have come. `since` is when the running command began.
    fn patience(&self, since: Instant) -> Instant {
        let limits = &self.house.limits;
        let patience = if self.conversation.in_text() {
            (since + limits.text_timeout).min(Instant::now() + limits.text_silence)
        } else {
            since + limits.command_timeout
        };
        self.stopping.map_or(patience, |stopping| patience.min(stopping + limits.stop_grace))
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
