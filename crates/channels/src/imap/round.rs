//! One round through a mailbox: which messages are to be read, what becomes of each, and whether
//! all of them are accounted for.

use std::collections::{BTreeMap, HashSet};
use std::time::{Duration, Instant};

use desk::{
    Arrival, MailOutcome, Mailbox, MailboxMail, Place, REASON_BROKE_OFF, REASON_DELETED,
    REASON_TOO_LARGE, Stop,
};
use jiff::SignedDuration;
use tokio::sync::watch;
use tokio::time::timeout;

use super::line::{Facts, Line};
use super::reader::{Reader, storage};
use super::trouble::{Kind, Trouble};
use crate::mail_in::arrival_in_mailbox;

/// Messages asked about at a time.
const AT_ONCE: usize = 50;
/// How often a mailbox is kept from other readers while messages are fetched from it.
const HOLD_EVERY: Duration = Duration::from_secs(desk::MAILBOX_LEASE_SECONDS.unsigned_abs() / 4);
/// How long a mail may be read before it is left alone.
const READ_MAX: Duration = Duration::from_secs(30);
/// Mail that lay in a mailbox longer than this when it was first connected is taken in without an
/// acknowledgement, in days (INTAKE 47).
const OLD_DAYS: i64 = 7;
/// What stands in the evidence of such a mail.
const EVIDENCE_OLD: &str = "imported";

/// Why a mail could not be taken in.
const FETCH: &str = "fetch";
const READING: &str = "reading";
const STORING: &str = "storing";

/// What is known about a mailbox before a round.
struct Known {
    mailbox: Mailbox,
    /// What needs no second look.
    done: HashSet<u32>,
    /// Refused only because it is marked as deleted: that can change.
    deleted: HashSet<u32>,
    /// What is to be tried again.
    trying: Vec<MailboxMail>,
}

/// Messages on the way through one round.
struct Course<'a> {
    line: &'a mut Line,
    known: Known,
    /// Messages that are still to be looked at.
    left: usize,
    /// When the mailbox was last kept from other readers.
    held_at: Instant,
    /// Whether another reader has it meanwhile.
    is_lost: bool,
}

impl Reader {
    /// Reads what is new, and what is to be tried again; with `count`, looks at everything and
    /// counts it. True when something is left that makes another count worth while.
    pub(super) async fn round(
        &self,
        line: &mut Line,
        count: bool,
        stop: &watch::Receiver<bool>,
    ) -> Result<bool, Trouble> {
        let known = self.known(line.uidvalidity, count).await?;
        let listed = line.numbers((!count).then_some(known.mailbox.last_uid)).await?;
        let tried = self.again_from_bytes(&known).await?;
        let pending = self.pending(&known, &listed, line.uidvalidity, &tried);
        let held_at = Instant::now();
        let mut course = Course { line, known, left: pending.len(), held_at, is_lost: false };
        let mut rest = pending.as_slice();
        while let Some(first) = rest.first() {
            // Where the last visit broke off, one message at a time.
            let careful = *first <= course.known.mailbox.under_way;
            let size = if careful { 1 } else { AT_ONCE };
            let (chunk, more) = rest.split_at(size.min(rest.len()));
            rest = more;
            self.chunk(&mut course, chunk, careful, stop).await?;
            if *stop.borrow() || !self.hold().await? {
                return Ok(true);
            }
        }
        self.seen(&mut course, count.then_some(listed.as_slice())).await
    }

    /// What the ledger knows; a new numbering begins at nothing.
    async fn known(&self, uidvalidity: u32, all: bool) -> Result<Known, Trouble> {
        let name = self.account.name.clone();
        let of = name.clone();
        let numbered =
            self.desk.write(move |tx, _, now| desk::numbered_mailbox(tx, now, &of, uidvalidity));
        let (mailbox, renumbered) = numbered.await.map_err(|stop| storage(&stop))?;
        // A mailbox of many years is a long list: read where nobody waits for it.
        let after = if all { 0 } else { mailbox.last_uid };
        let read = self.desk.read(move |tx, _, _| {
            let uids = tx.mailbox_uids(&name, uidvalidity, after)?;
            Ok((uids, tx.mails_left(&name, MailOutcome::Trying, desk::COUNT_MAX)?))
        });
        let (uids, trying) = read.await.map_err(|stop| storage(&stop))?;
        if renumbered {
            let mailbox = &self.account.name;
            tracing::warn!(mailbox, "the server numbers a mailbox anew; it is read once more");
        }
        let is_deleted = |it: &(u32, MailOutcome, String)| {
            it.1 == MailOutcome::Refused && it.2 == REASON_DELETED
        };
        let deleted = uids.iter().filter(|it| is_deleted(it)).map(|it| it.0).collect();
        let done = uids.iter().filter(|it| !is_deleted(it)).map(|it| it.0).collect();
        Ok(Known { mailbox, done, deleted, trying })
    }

    /// The messages to look at, in order.
    fn pending(
        &self,
        known: &Known,
        listed: &[u32],
        uidvalidity: u32,
        tried: &HashSet<i64>,
    ) -> Vec<u32> {
        let now = self.desk.now();
        let is_due = |mail: &&MailboxMail| {
            mail.uidvalidity == uidvalidity && mail.next_at <= now && !tried.contains(&mail.id)
        };
        let due = known.trying.iter().filter(is_due).map(|mail| mail.uid);
        let fresh = listed.iter().copied().filter(|uid| !known.done.contains(uid));
        let mut pending: Vec<u32> = fresh.chain(due).collect();
        pending.sort_unstable();
        pending.dedup();
        pending
    }

    /// Mails whose bytes were kept when they were set aside are tried again from those. Answers
    /// which ones that were.
    async fn again_from_bytes(&self, known: &Known) -> Result<HashSet<i64>, Trouble> {
        let now = self.desk.now();
        let mut tried = HashSet::new();
        for mail in known.trying.iter().filter(|mail| mail.next_at <= now) {
            let id = mail.id;
            let bytes = self.desk.read(move |tx, _, _| Ok(tx.mail_bytes(id)?)).await;
            let Some(bytes) = bytes.map_err(|stop| storage(&stop))? else { continue };
            let size = u32::try_from(mail.size).unwrap_or_default();
            let place = Place {
                mailbox: mail.mailbox.clone(),
                uidvalidity: mail.uidvalidity,
                uid: mail.uid,
                size,
                arrived: mail.arrived,
            };
            tried.insert(id);
            if !self.begun(&place, &bytes).await? {
                self.take_as_sized(&known.mailbox, &place, bytes).await?;
            }
        }
        Ok(tried)
    }

    /// Looks at some messages. `careful` means that the last visit ended among them.
    async fn chunk(
        &self,
        course: &mut Course<'_>,
        uids: &[u32],
        careful: bool,
        stop: &watch::Receiver<bool>,
    ) -> Result<(), Trouble> {
        if !careful {
            let last = uids.last().copied().unwrap_or_default();
            self.under_way(last, course.left).await?;
        }
        let mut facts = BTreeMap::new();
        let mut refusing = Vec::new();
        match course.line.facts(uids).await {
            Ok(told) => facts = told,
            // The server says nothing about all of them because of one: which?
            Err(trouble) if trouble.kind == Kind::Refused => {
                for uid in uids {
                    match course.line.facts(&[*uid]).await {
                        Ok(told) => facts.extend(told),
                        Err(trouble) if trouble.kind == Kind::Refused => refusing.push(*uid),
                        Err(trouble) => return Err(trouble),
                    }
                }
            }
            Err(trouble) => {
                if let [uid] = uids {
                    self.failing(&self.place(course, *uid, None), FETCH, None).await?;
                }
                return Err(trouble);
            }
        }
        for uid in uids {
            if *stop.borrow() || !self.still_ours(course).await? {
                break;
            }
            match facts.get(uid) {
                Some(facts) => self.message(course, *uid, *facts, careful).await?,
                None if refusing.contains(uid) => {
                    self.failing(&self.place(course, *uid, None), FETCH, None).await?;
                }
                None => self.gone(course, *uid).await?,
            }
            course.left = course.left.saturating_sub(1);
        }
        // Another reader has it now: how far that one is, is not ours to say.
        if careful || course.is_lost { Ok(()) } else { self.under_way(0, course.left).await }
    }

    /// Decides what becomes of a message that is there.
    async fn message(
        &self,
        course: &mut Course<'_>,
        uid: u32,
        facts: Facts,
        careful: bool,
    ) -> Result<(), Trouble> {
        let place = self.place(course, uid, Some(facts));
        if facts.deleted {
            return if course.known.deleted.contains(&uid) {
                Ok(())
            } else {
                self.refuse(&place, REASON_DELETED).await
            };
        }
        let fetched = if self.is_large(&place) {
            course.line.header(uid).await
        } else {
            course.line.body(uid, facts.size).await
        };
        let bytes = match fetched {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return self.failing(&place, FETCH, None).await,
            Err(trouble) => {
                self.failing(&place, FETCH, None).await?;
                return if trouble.kind == Kind::Refused { Ok(()) } else { Err(trouble) };
            }
        };
        // Counted before it is read: a mail at which the program ends is known by that.
        if careful && self.begun(&place, &bytes).await? {
            return Ok(());
        }
        self.take_as_sized(&course.known.mailbox, &place, bytes).await?;
        if self.account.mark_seen { course.line.mark_seen(uid).await } else { Ok(()) }
    }

    /// Counts a try before it is made, so that it counts also when the program ends in the middle.
    /// True when there were tries enough.
    async fn begun(&self, place: &Place, bytes: &[u8]) -> Result<bool, Trouble> {
        let (place, bytes) = (place.clone(), bytes.to_vec());
        let outcome = self.desk.write(move |tx, _, now| {
            desk::mail_failed(tx, now, &place, REASON_BROKE_OFF, Some(&bytes))
        });
        let set_aside = outcome.await.map_err(|stop| storage(&stop))? == MailOutcome::SetAside;
        if set_aside {
            let mailbox = &self.account.name;
            tracing::warn!(mailbox, "a mail at which the program ended is set aside");
        }
        Ok(set_aside)
    }

    /// Of a mail that is too large only the header is fetched.
    fn is_large(&self, place: &Place) -> bool {
        place.size > self.account.largest_bytes
    }

    /// Takes in what was fetched of a mail: all of it, or its header.
    async fn take_as_sized(
        &self,
        mailbox: &Mailbox,
        place: &Place,
        bytes: Vec<u8>,
    ) -> Result<(), Trouble> {
        if self.is_large(place) {
            self.take_header(mailbox, place, bytes).await
        } else {
            self.take(mailbox, place, bytes).await
        }
    }

    /// Takes a mail in, whole.
    async fn take(&self, mailbox: &Mailbox, place: &Place, bytes: Vec<u8>) -> Result<(), Trouble> {
        let kept = bytes.clone();
        let Some(arrival) = self.read_mail(bytes).await else {
            return self.failing(place, READING, Some(kept)).await;
        };
        let arrival = self.dated(mailbox, place, arrival);
        match self.desk.receive_from(arrival, place.clone(), None).await {
            Ok(_) => Ok(()),
            Err(stop) => self.not_stored(place, &stop, kept).await,
        }
    }

    /// Takes in the header of a mail that is too large: it is seen, and its owner finds the rest
    /// in the mailbox (INTAKE 11).
    async fn take_header(
        &self,
        mailbox: &Mailbox,
        place: &Place,
        header: Vec<u8>,
    ) -> Result<(), Trouble> {
        let kept = header.clone();
        let Some(mut arrival) = self.read_mail(header).await else {
            return self.failing(place, READING, Some(kept)).await;
        };
        let megabytes = place.size.div_ceil(1024 * 1024);
        let name = &self.account.name;
        arrival.trouble = format!(
            "this mail is {megabytes} MB, too large to be fetched; it lies in the mailbox {name}"
        );
        // The text did not come along, so what it would hash to says nothing about the mail.
        let arrival = self.dated(mailbox, place, arrival);
        let reason = Some(REASON_TOO_LARGE);
        match self.desk.receive_from(arrival, place.clone(), reason).await {
            Ok(_) => Ok(()),
            Err(stop) => self.not_stored(place, &stop, kept).await,
        }
    }

    /// Reads a mail on a thread that may break: nothing when it broke or took too long.
    async fn read_mail(&self, bytes: Vec<u8>) -> Option<Arrival> {
        let (desk, room) = (self.desk.clone(), self.room.clone());
        let scanner = room.scanner.clone();
        let address = self.account.address.clone();
        let reading = tokio::task::spawn_blocking(move || {
            arrival_in_mailbox(desk.house(), &room, &address, bytes)
        });
        let mut arrival = timeout(READ_MAX, reading).await.ok()?.ok()?;
        if let Some(scanner) = scanner {
            scanner.at_intake(&mut arrival).await;
        }
        Some(arrival)
    }

    /// When a mail reached the municipality is when it reached the mailbox. What lay there long
    /// before the mailbox was connected gets no acknowledgement any more.
    fn dated(&self, mailbox: &Mailbox, place: &Place, mut arrival: Arrival) -> Arrival {
        arrival.received_at = place.arrived;
        let old = mailbox.made_at.saturating_sub(SignedDuration::from_hours(24 * OLD_DAYS));
        if let (Some(arrived), Ok(old)) = (place.arrived, old)
            && arrived < old
        {
            arrival.mailable = false;
            arrival.evidence.push(EVIDENCE_OLD.to_owned());
        }
        arrival
    }

    /// A mail could not be stored: is it the mail, or does the database take nothing at all?
    async fn not_stored(&self, place: &Place, stop: &Stop, kept: Vec<u8>) -> Result<(), Trouble> {
        let (mailbox, uid) = (&self.account.name, place.uid);
        tracing::error!(mailbox, uid, error = %stop, "a mail could not be stored");
        self.failing(place, STORING, Some(kept)).await
    }

    /// Counts a failed try.
    async fn failing(
        &self,
        place: &Place,
        reason: &'static str,
        bytes: Option<Vec<u8>>,
    ) -> Result<(), Trouble> {
        let at = place.clone();
        let counted = self
            .desk
            .write(move |tx, _, now| desk::mail_failed(tx, now, &at, reason, bytes.as_deref()));
        let outcome = counted.await.map_err(|stop| storage(&stop))?;
        let (mailbox, uid) = (&self.account.name, place.uid);
        let set_aside = outcome == MailOutcome::SetAside;
        tracing::warn!(mailbox, uid, reason, set_aside, "a mail could not be taken in");
        Ok(())
    }

    async fn refuse(&self, place: &Place, reason: &'static str) -> Result<(), Trouble> {
        let place = place.clone();
        let refused =
            self.desk.write(move |tx, _, now| desk::refuse_mail(tx, now, &place, reason)).await;
        refused.map_err(|stop| storage(&stop))
    }

    /// A message is no longer there. When it was to be tried again, someone should know.
    async fn gone(&self, course: &Course<'_>, uid: u32) -> Result<(), Trouble> {
        let uidvalidity = course.line.uidvalidity;
        let is_it = |mail: &&MailboxMail| mail.uidvalidity == uidvalidity && mail.uid == uid;
        let Some(mail) = course.known.trying.iter().find(is_it).cloned() else { return Ok(()) };
        let id = mail.id;
        let written = self.desk.write(move |tx, _, now| {
            // Its bytes may have been enough in the meantime.
            match tx.mailbox_mail_by_id(id)? {
                Some(now_so) if now_so.outcome == MailOutcome::Trying => {
                    desk::mail_gone(tx, now, &mail)
                }
                _ => Ok(()),
            }
        });
        written.await.map_err(|stop| storage(&stop))
    }

    async fn under_way(&self, uid: u32, left: usize) -> Result<(), Trouble> {
        let name = self.account.name.clone();
        let left = i64::try_from(left).unwrap_or(i64::MAX);
        let written = self.desk.write(move |tx, _, _| Ok(tx.mailbox_under_way(&name, uid, left)?));
        written.await.map_err(|stop| storage(&stop))
    }

    /// The round is at its end: the mailbox was seen, and with `listed` it was counted.
    async fn seen(&self, course: &mut Course<'_>, listed: Option<&[u32]>) -> Result<bool, Trouble> {
        let name = self.account.name.clone();
        let counted = match listed {
            Some(listed) => Some((listed.len(), self.open(listed, course.line.uidvalidity).await?)),
            None => None,
        };
        let written = self.desk.write(move |tx, _, now| {
            let trying = tx.count_mails_left(&name, MailOutcome::Trying, desk::COUNT_MAX)?;
            tx.mailbox_under_way(&name, 0, i64::from(trying))?;
            tx.mailbox_seen(&name, now, i64::from(trying))?;
            let Some((all, open)) = counted else { return Ok((0, trying > 0)) };
            let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
            tx.mailbox_counted(&name, now, (count(all), count(open)))?;
            Ok((open, open > 0 || trying > 0))
        });
        let (open, more) = written.await.map_err(|stop| storage(&stop))?;
        if open > 0 {
            let mailbox = &self.account.name;
            tracing::warn!(mailbox, open, "messages on the server are not accounted for");
        }
        Ok(more)
    }

    /// How many of these messages are neither taken nor refused nor set aside.
    async fn open(&self, listed: &[u32], uidvalidity: u32) -> Result<usize, Trouble> {
        let name = self.account.name.clone();
        let read = self.desk.read(move |tx, _, _| Ok(tx.mailbox_uids(&name, uidvalidity, 0)?));
        let uids = read.await.map_err(|stop| storage(&stop))?;
        let is_settled = |it: &&(u32, MailOutcome, String)| it.1 != MailOutcome::Trying;
        let settled: HashSet<u32> = uids.iter().filter(is_settled).map(|it| it.0).collect();
        Ok(listed.iter().filter(|uid| !settled.contains(uid)).count())
    }

    /// Keeps the mailbox from other readers while a round goes on: large mails on a slow line take
    /// longer than a lease.
    async fn still_ours(&self, course: &mut Course<'_>) -> Result<bool, Trouble> {
        if course.held_at.elapsed() < HOLD_EVERY {
            return Ok(true);
        }
        course.held_at = Instant::now();
        let is_ours = self.hold().await?;
        course.is_lost = !is_ours;
        Ok(is_ours)
    }

    /// A message, with what the server says of it when it says anything.
    fn place(&self, course: &Course<'_>, uid: u32, facts: Option<Facts>) -> Place {
        Place {
            mailbox: self.account.name.clone(),
            uidvalidity: course.line.uidvalidity,
            uid,
            size: facts.map_or(0, |facts| facts.size),
            arrived: facts.and_then(|facts| facts.arrived),
        }
    }
}
