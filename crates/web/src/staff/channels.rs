//! How it goes with every way in and out, and the button that tries a mail again.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use desk::{
    Anyone, COUNT_MAX, House, MailOutcome, MailboxHealth, MailboxMail, PAGE_LINES, Stop, Tx, Way,
};
use jiff::{SignedDuration, Timestamp};
use words::Words;

use super::Worker;
use crate::door::Door;
use crate::pages::{
    Channels, DoorRow, Health, MailboxRow, RelayRow, Section, SetAsideRow, TroubleShown,
};
use crate::site::{Answer, Failure, see_other, show};

/// A mailbox that nobody has read for longer than this, in minutes, is late: it is looked at every
/// minute.
const LATE_MINUTES: i64 = 5;

/// What the database knows.
struct Found {
    mailboxes: Vec<MailboxHealth>,
    set_aside: Vec<MailboxMail>,
    waiting: u32,
    failed: u32,
    now: Timestamp,
}

impl Found {
    fn read(tx: &mut Tx<'_>, now: Timestamp, configured: &[String]) -> Result<Found, Stop> {
        let mut mailboxes = desk::mailbox_health(tx)?;
        // One that is no longer configured is shown as long as something of it is left.
        mailboxes.retain(|it| configured.contains(&it.mailbox.name) || it.set_aside > 0);
        let mut set_aside = Vec::new();
        for it in &mailboxes {
            let left = tx.mails_left(&it.mailbox.name, MailOutcome::SetAside, PAGE_LINES)?;
            set_aside.extend(left);
        }
        let waiting = tx.count_waiting_letters(COUNT_MAX)?;
        let failed = tx.count_failed_letters(COUNT_MAX)?;
        Ok(Found { mailboxes, set_aside, waiting, failed, now })
    }
}

/// GET /werk/kanalen
pub(crate) async fn channels(State(door): State<Door>, worker: Worker<Anyone>) -> Answer {
    let configured = door.desk.doors().mailboxes().to_vec();
    let found = door.desk.read(move |tx, _, now| Found::read(tx, now, &configured)).await?;
    let (words, house) = (worker.words, door.desk.house());
    let shown = Shown { words, house, now: found.now };
    let page = Channels {
        frame: worker.frame(&door, Section::Channels),
        mailboxes: found.mailboxes.iter().map(|it| shown.mailbox(it)).collect(),
        doors: Way::ALL.map(|way| shown.door(&door, way)).to_vec(),
        relay: RelayRow {
            open: door.desk.doors().relay(),
            waiting: found.waiting.into(),
            failed: found.failed.into(),
        },
        set_aside: found.set_aside.iter().map(|mail| shown.mail(mail)).collect(),
    };
    show(StatusCode::OK, &page)
}

/// POST /werk/kanalen/apart/{id}/opnieuw
pub(crate) async fn retry(State(door): State<Door>, worker: Worker, Path(id): Path<i64>) -> Answer {
    match door.desk.write(move |tx, _, now| desk::retry_mail(tx, now, id)).await {
        // A colleague may have been faster: the page shows how it stands.
        Ok(()) | Err(Stop::Refused(_)) => {}
        Err(stop) => return Err(Failure::from(stop)),
    }
    door.desk.doors().ring();
    let frame = worker.frame(&door, Section::Channels);
    Ok(see_other(&frame.href("/werk/kanalen")))
}

/// In which words, and at which moment.
struct Shown<'a> {
    words: Words,
    house: &'a House,
    now: Timestamp,
}

impl Shown<'_> {
    fn at(&self, at: Timestamp) -> String {
        self.words.short_moment(at, self.house.zone())
    }

    fn mailbox(&self, it: &MailboxHealth) -> MailboxRow {
        let mailbox = &it.mailbox;
        let trouble = mailbox.failing_since.map(|since| TroubleShown {
            words: self.words.say(trouble_key(&mailbox.trouble)),
            detail: mailbox.detail.clone(),
            since: self.at(since),
        });
        MailboxRow {
            name: mailbox.name.clone(),
            health: health(mailbox, self.now),
            seen: mailbox.seen_at.map(|at| self.at(at)),
            trouble,
            taken: mailbox.taken,
            refused: mailbox.refused,
            waiting: mailbox.waiting,
            set_aside: it.set_aside.into(),
            on_server: mailbox.counted_at.map(|_| mailbox.on_server),
            counted: mailbox.counted_at.map(|at| self.at(at)),
            unaccounted: mailbox.unaccounted,
        }
    }

    fn door(&self, door: &Door, way: Way) -> DoorRow {
        let counted = door.desk.doors().counted(way);
        DoorRow {
            lmtp: way == Way::Lmtp,
            open: counted.open,
            last: counted.last_at.map(|at| self.at(at)),
            taken: counted.taken,
            refused: counted.refused,
            postponed: i64::try_from(counted.postponed).unwrap_or(i64::MAX),
        }
    }

    fn mail(&self, mail: &MailboxMail) -> SetAsideRow {
        SetAsideRow {
            id: mail.id,
            mailbox: mail.mailbox.clone(),
            uid: mail.uid.to_string(),
            why: reason_key(&mail.reason),
            tries: mail.tries.into(),
            at: self.at(mail.at),
            size: match mail.size {
                0 => "–".to_owned(),
                size if size < 1024 * 1024 => format!("{} kB", (size + 1023) / 1024),
                size => format!("{} MB", size / (1024 * 1024)),
            },
        }
    }
}

/// How it goes with a mailbox at a moment.
fn health(mailbox: &desk::Mailbox, now: Timestamp) -> Health {
    let late = SignedDuration::from_mins(LATE_MINUTES);
    match (mailbox.failing_since, mailbox.seen_at) {
        (Some(_), _) => Health::Failing,
        (None, Some(seen)) if now.duration_since(seen) > late => Health::Late,
        (None, None) if now.duration_since(mailbox.made_at) > late => Health::Late,
        (None, Some(_)) => Health::Well,
        (None, None) => Health::New,
    }
}

/// The sentence for the trouble of a mailbox.
fn trouble_key(code: &str) -> &'static str {
    match code {
        "unreachable" => "staff-channels-trouble-unreachable",
        "tls" => "staff-channels-trouble-tls",
        "greeting" => "staff-channels-trouble-greeting",
        "login" => "staff-channels-trouble-login",
        "token" => "staff-channels-trouble-token",
        "folder" => "staff-channels-trouble-folder",
        "refused" => "staff-channels-trouble-refused",
        "lost" => "staff-channels-trouble-lost",
        "silent" => "staff-channels-trouble-silent",
        "storage" => "staff-channels-trouble-storage",
        _ => "staff-channels-trouble-unreadable",
    }
}

/// The sentence for why a mail is set aside.
fn reason_key(code: &str) -> &'static str {
    match code {
        "fetch" => "staff-channels-why-fetch",
        "reading" => "staff-channels-why-reading",
        "broke-off" => "staff-channels-why-broke-off",
        "gone" => "staff-channels-why-gone",
        _ => "staff-channels-why-storing",
    }
}
