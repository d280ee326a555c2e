//! The task of one mailbox: visits to its server, one after the other, and the waits in between.

use std::time::Duration;

use data_encoding::HEXLOWER;
use desk::{Desk, Stop};
use tokio::sync::watch;
use tokio::time::Instant;

use super::account::{Account, Login};
use super::line::Line;
use super::token::Tokens;
use super::trouble::{Kind, Trouble};
use crate::MailRoom;
use crate::tls::Tls;

/// How often the mailbox is looked at when nobody tells of news.
const POLL: Duration = Duration::from_secs(60);
/// How often all messages on the server are counted.
const COUNT_EVERY: Duration = Duration::from_secs(600);
/// The wait after the first failure; it doubles every time.
const WAIT_MIN: Duration = Duration::from_secs(2);
/// The longest wait after a failure: the server may be back within minutes.
const WAIT_MAX: Duration = Duration::from_secs(120);
/// How often a mailbox that another process reads is asked for.
const STAND_BY: Duration = Duration::from_secs(30);
/// How long a mail that is being taken in may take to finish after the signal to stop.
const STOP_GRACE: Duration = Duration::from_secs(20);

/// Reads one mailbox for one desk.
pub(super) struct Reader {
    pub(super) desk: Desk,
    pub(super) account: Account,
    pub(super) room: MailRoom,
    /// Names this reader to others that would read the same mailbox.
    holder: String,
    tls: Tls,
    tokens: Option<Tokens>,
}

/// How a visit ended.
enum Ended {
    /// It is time for a fresh connection.
    Again,
    /// Another process reads the mailbox.
    Elsewhere,
    /// The program stops.
    Stopped,
}

/// Reads a mailbox until told to stop. Failures are written down, waited out and tried again; they
/// never end the task.
pub async fn read_mailbox(
    desk: Desk,
    account: Account,
    room: MailRoom,
    mut stop: watch::Receiver<bool>,
) {
    let tls = Tls::of_this_machine();
    let tokens = match &account.login {
        Login::Token(grant) => Some(Tokens::new(grant.clone(), tls.clone())),
        Login::Password(_) => None,
    };
    let holder = HEXLOWER.encode(&desk.random::<8>());
    let mut reader = Reader { desk, account, room, holder, tls, tokens };
    let mut at_an_end = stop.clone();
    let too_slow = async {
        stopped(&mut at_an_end).await;
        tokio::time::sleep(STOP_GRACE).await;
    };
    tokio::select! {
        () = reader.read(&mut stop) => reader.release().await,
        () = too_slow => tracing::warn!("a mailbox was left in the middle"),
    }
}

impl Reader {
    async fn read(&mut self, stop: &mut watch::Receiver<bool>) {
        let mut failures = 0;
        while !*stop.borrow() {
            let wait = match self.visit(stop, &mut failures).await {
                Ok(Ended::Stopped) => return,
                Ok(Ended::Again) => continue,
                Ok(Ended::Elsewhere) => STAND_BY,
                Err(trouble) => {
                    self.failed(&trouble).await;
                    let doubled = WAIT_MIN.saturating_mul(1 << failures.min(16));
                    failures += 1;
                    doubled.min(WAIT_MAX)
                }
            };
            tokio::select! {
                () = stopped(stop) => return,
                () = self.desk.doors().rung() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// One connection, from its first word to its last.
    async fn visit(
        &mut self,
        stop: &mut watch::Receiver<bool>,
        failures: &mut u32,
    ) -> Result<Ended, Trouble> {
        if !self.hold().await? {
            return Ok(Ended::Elsewhere);
        }
        let opening = Line::open(&self.account, &self.tls, self.tokens.as_mut());
        let mut line = tokio::select! {
            opened = opening => opened?,
            () = stopped(stop) => return Ok(Ended::Stopped),
        };
        let mut counted: Option<Instant> = None;
        loop {
            let is_count_due = counted.is_none_or(|at| at.elapsed() >= COUNT_EVERY);
            let more = self.round(&mut line, is_count_due, stop).await?;
            *failures = 0;
            if more {
                counted = None;
            } else if is_count_due {
                counted = Some(Instant::now());
            }
            if *stop.borrow() {
                line.close().await;
                return Ok(Ended::Stopped);
            }
            self.wait(&mut line, stop).await?;
            if !self.hold().await? {
                line.close().await;
                return Ok(Ended::Elsewhere);
            }
            if self.tokens.as_ref().is_some_and(Tokens::ends_soon) {
                line.close().await;
                return Ok(Ended::Again);
            }
        }
    }

    /// Waits until the server tells of news, someone rings, or it is time to look.
    async fn wait(&self, line: &mut Line, stop: &mut watch::Receiver<bool>) -> Result<(), Trouble> {
        if line.has_news() {
            return Ok(());
        }
        let enough = async {
            tokio::select! {
                () = stopped(stop) => {}
                () = self.desk.doors().rung() => {}
                () = tokio::time::sleep(self.pause().await) => {}
            }
        };
        if line.can_idle() {
            return line.listen(enough).await;
        }
        enough.await;
        Ok(())
    }

    /// Until the next look: a minute, or less when a mail is to be tried again before that.
    async fn pause(&self) -> Duration {
        let name = self.account.name.clone();
        let next = self.desk.read(move |tx, _, now| {
            let trying = tx.mails_left(&name, desk::MailOutcome::Trying, desk::PAGE_LINES)?;
            Ok(trying.iter().map(|mail| now.duration_until(mail.next_at)).min())
        });
        let next = next.await.ok().flatten().and_then(|it| Duration::try_from(it).ok());
        next.unwrap_or(POLL).clamp(Duration::from_secs(1), POLL)
    }

    /// Keeps the mailbox for this reader. False when another has it.
    pub(super) async fn hold(&self) -> Result<bool, Trouble> {
        let (name, holder) = (self.account.name.clone(), self.holder.clone());
        let held =
            self.desk.write(move |tx, _, now| desk::hold_mailbox(tx, now, &name, &holder)).await;
        held.map_err(|stop| storage(&stop))
    }

    async fn release(&self) {
        let (name, holder) = (self.account.name.clone(), self.holder.clone());
        let released =
            self.desk.write(move |tx, _, now| desk::release_mailbox(tx, now, &name, &holder)).await;
        if let Err(error) = released {
            tracing::debug!(%error, "a mailbox stays held until its lease ends");
        }
    }

    /// Writes down that the mailbox can not be read, for whoever looks.
    async fn failed(&self, trouble: &Trouble) {
        let name = self.account.name.as_str();
        let (code, detail) = (trouble.kind.code(), trouble.detail.clone());
        tracing::warn!(mailbox = name, trouble = code, detail, "a mailbox can not be read");
        let name = name.to_owned();
        let written = self.desk.write(move |tx, _, now| {
            tx.mailbox(&name, now)?;
            Ok(tx.mailbox_failed(&name, now, (code, &detail))?)
        });
        if let Err(error) = written.await {
            tracing::warn!(%error, "that a mailbox can not be read can not be written down");
        }
    }
}

/// Our own database stands in the way.
pub(super) fn storage(stop: &Stop) -> Trouble {
    tracing::error!(error = %stop, "a mailbox can not be read up to where it should");
    Trouble::bare(Kind::Storage)
}

/// Returns when the signal to stop has come, or nobody can give it any more.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    drop(stop.wait_for(|stop| *stop).await);
}
