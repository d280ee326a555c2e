//! Mailboxes on both engines: what a mail becomes and how far the mailbox was read are one.

use desk::{MailOutcome, Mailbox, Place, Took};
use ledger::on_both;
use promises::Refusal;

use crate::town::{Town, refused};

/// The numbering of the first server.
const FIRST: u32 = 7;

fn place(uidvalidity: u32, uid: u32) -> Place {
    Place { mailbox: "info".to_owned(), uidvalidity, uid, size: 2_000, arrived: None }
}

impl Town {
    fn numbers(&self, uidvalidity: u32) -> (Mailbox, bool) {
        let read =
            self.does(move |tx, _, now| desk::numbered_mailbox(tx, now, "info", uidvalidity));
        read.expect("a mailbox")
    }

    fn takes(&self, mail: &desk::Arrival, at: Place) -> Took {
        let mail = mail.clone();
        let taken =
            self.does(move |tx, house, now| desk::receive_from(tx, house, now, &mail, (&at, None)));
        taken.expect("taken").took
    }

    fn fails(&self, at: Place, bytes: &'static [u8]) -> MailOutcome {
        let failed =
            self.does(move |tx, _, now| desk::mail_failed(tx, now, &at, "reading", Some(bytes)));
        failed.expect("counted")
    }

    fn left(&self, outcome: MailOutcome) -> Vec<desk::MailboxMail> {
        self.does(move |tx, _, _| Ok(tx.mails_left("info", outcome, 10)?)).expect("read")
    }
}

on_both! {
    /// INTAKE 7, 8 and 12: a mail counts once, by its number and by its Message-ID.
    fn a_mailbox_is_read_and_numbered_anew(ground: &Ground) {
        let town = Town::on(ground);
        let (fresh, renumbered) = town.numbers(FIRST);
        assert_eq!((fresh.last_uid, fresh.taken, renumbered), (0, 0, false));
        let [lamp, bin] = ["lamp", "bak"].map(|it| town.mail("jan", it));
        assert_eq!(town.takes(&lamp, place(FIRST, 3)), Took::New);
        assert_eq!(town.takes(&bin, place(FIRST, 5)), Took::New);
        // The same again, after a crash that lost the answer.
        assert_eq!(town.takes(&bin, place(FIRST, 5)), Took::Known);
        let refuse = town.does(|tx, _, now| {
            desk::refuse_mail(tx, now, &place(FIRST, 4), desk::REASON_DELETED)
        });
        refuse.expect("refused");
        let (read, _) = town.numbers(FIRST);
        assert_eq!((read.last_uid, read.taken, read.refused), (5, 2, 1));
        let (anew, renumbered) = town.numbers(FIRST + 1);
        assert_eq!((anew.last_uid, anew.taken, anew.refused, renumbered), (0, 0, 0, true));
        assert_eq!(town.takes(&lamp, place(FIRST + 1, 1)), Took::Known);
        assert_eq!(town.numbers(FIRST + 1).0.taken, 1);
        town.ends_well();
    }

    /// INTAKE 10: tries are counted, each waits longer, the last sets the mail aside with its
    /// bytes; these outlive a new numbering, until someone tries again.
    fn a_mail_that_fails_is_set_aside(ground: &Ground) {
        let mut town = Town::on(ground);
        town.numbers(FIRST);
        let mut waits = Vec::new();
        while town.fails(place(FIRST, 1), b"gif") == MailOutcome::Trying {
            let trying = town.left(MailOutcome::Trying);
            waits.push(town.now.duration_until(trying[0].next_at).as_secs());
        }
        assert_eq!(waits, desk::MAIL_WAIT_SECONDS);
        town.numbers(FIRST + 1);
        let aside = town.left(MailOutcome::SetAside).remove(0);
        assert_eq!((aside.tries, aside.reason.as_str()), (desk::MAIL_TRIES_MAX, "reading"));
        let id = aside.id;
        let kept = town.does(move |tx, _, _| Ok(tx.mail_bytes(id)?)).expect("read");
        assert_eq!(kept.as_deref(), Some(b"gif".as_slice()));
        town.later(60);
        town.does(move |tx, _, now| desk::retry_mail(tx, now, id)).expect("once");
        let twice = town.does(move |tx, _, now| desk::retry_mail(tx, now, id));
        assert_eq!(refused(twice), Refusal::NotFound);
        assert_eq!(town.left(MailOutcome::Trying)[0].tries, 0);
        assert_eq!(town.fails(place(FIRST, 1), b"gif"), MailOutcome::Trying);
        let kept = town.does(move |tx, _, _| Ok(tx.mail_bytes(id)?)).expect("read");
        assert!(kept.is_some(), "one more failure forgets nothing");
        let mail = town.mail("jan", "lamp");
        assert_eq!(town.takes(&mail, place(FIRST, 1)), Took::New);
        assert_eq!(town.left(MailOutcome::Trying).len(), 0);
        let kept = town.does(move |tx, _, _| Ok(tx.mail_bytes(id)?)).expect("read");
        assert_eq!(kept, None, "now the contact has them");
    }

    /// One process at a time reads a mailbox; another takes over when the lease ends.
    fn a_mailbox_is_in_one_hand(ground: &Ground) {
        let mut town = Town::on(ground);
        let holds = |town: &Town, who: &'static str| {
            town.does(move |tx, _, now| desk::hold_mailbox(tx, now, "info", who)).expect("asked")
        };
        assert!(holds(&town, "een"));
        assert!(!holds(&town, "twee"));
        town.later(desk::MAILBOX_LEASE_SECONDS - 1);
        assert!(holds(&town, "een"), "it goes on");
        town.later(desk::MAILBOX_LEASE_SECONDS - 1);
        assert!(!holds(&town, "twee"));
        town.later(1);
        assert!(holds(&town, "twee"));
        town.does(|tx, _, now| desk::release_mailbox(tx, now, "info", "twee")).expect("given");
        assert!(holds(&town, "een"));
    }

    /// INTAKE 14, 15 and 18: copies of one mail are one contact, other words under the same id are
    /// another.
    fn copies_are_known_by_what_was_written(ground: &Ground) {
        let town = Town::on(ground);
        let mut first = town.mail("jan", "lamp");
        first.thread.written = Some([1; 32]);
        let mut copy = first.clone();
        copy.raw = Some(b"Received: elsewhere\r\n\r\nlamp".to_vec());
        let mut other = copy.clone();
        other.thread.written = Some([2; 32]);
        assert_eq!(town.receives(&first).took, Took::New);
        assert_eq!(town.receives(&copy).took, Took::Known);
        assert_eq!(town.receives(&other).took, Took::New);
        assert_eq!(town.receives(&other).took, Took::Known);
    }
}
