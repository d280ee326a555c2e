//! What goes wrong with a mailbox: a mail that can not be had, a password that is wrong, a server
//! that goes away. Nothing blocks, everything shows, and no start is needed (INTAKE 10, 12, 13).

use channels::smtp::sink::Sink;
use jiff::Timestamp;
use ledger::mailboxes::{Mailbox, Outcome};

use crate::books::{Books, mailbox_is, mails_left, retries, sent_all};
use crate::data::Data;
use crate::dovecot::{Dovecot, PASSWORD, now_at, readable};
use crate::post::{INFO, Mail, answer_to, answers_to};
use crate::program::{Belofte, Start, until};

/// Longer than any wait between two tries of a mail, in seconds.
const NEXT_TRY_SECONDS: i64 = 1_000;

/// INTAKE 10 and 12: a mail the server can not give is tried, told of, and set aside; those before
/// and behind it come at once. When the cause is gone, another try takes it in.
#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_can_not_be_had() {
    let data = Data::folder();
    let Some(dovecot) = Dovecot::start(&["info"]).await else { return };
    let sink = Sink::start().await.expect("a free port");
    let [before, poison, behind] = ["voor", "gif", "achter"].map(Mail::question);
    dovecot.deliver("info", "1.before", &before);
    let file = dovecot.deliver("info", "2.poison", &poison);
    readable(&file, false);
    dovecot.deliver("info", "3.behind", &behind);
    let tables = [dovecot.table("info", INFO, "imap")];
    let start = dovecot.reading(Start::with_relay(sink.url()), &tables);
    let belofte = Belofte::started(&data, &start).await;
    answer_to(&sink, &before.id).await;
    answer_to(&sink, &behind.id).await;
    mailbox_is(&data, "info", "the difference to be told", |it| it.unaccounted == 1).await;
    until("the difference in the log", async || belofte.log().contains("not accounted for")).await;
    let tried = mails_left(&data, "info", Outcome::Trying).await;
    assert_eq!(tried[0].reason, "fetch");
    assert!(!belofte.log().contains("voorbeeld.example"), "no person stands in the log");
    let (status, figures) = belofte.get("/metrics").await;
    assert_eq!(status, 200);
    assert!(figures.contains("belofte_mailbox_unaccounted{mailbox=\"info\"} 1"), "{figures}");
    belofte.stop().await;
    let mut later = 0;
    while mails_left(&data, "info", Outcome::SetAside).await.is_empty() {
        later += NEXT_TRY_SECONDS;
        assert!(later < 10 * NEXT_TRY_SECONDS, "it is never set aside");
        let tries = mails_left(&data, "info", Outcome::Trying).await[0].tries;
        let belofte = Belofte::started(&data, &start.ahead(later)).await;
        until("another try", async || {
            let trying = mails_left(&data, "info", Outcome::Trying).await;
            trying.first().is_none_or(|mail| mail.tries > tries)
        })
        .await;
        belofte.stop().await;
    }
    let aside = mails_left(&data, "info", Outcome::SetAside).await;
    assert_eq!((aside[0].tries, aside[0].reason.as_str()), (5, "fetch"));
    // Someone mends the server and asks for another try.
    readable(&now_at(&file), true);
    retries(&data, aside[0].id, Timestamp::UNIX_EPOCH).await;
    let belofte = Belofte::started(&data, &start.ahead(later + NEXT_TRY_SECONDS)).await;
    answer_to(&sink, &poison.id).await;
    let all_well = |it: &Mailbox| it.taken == 3 && it.on_server == 3 && it.unaccounted == 0;
    mailbox_is(&data, "info", "all to be accounted for", all_well).await;
    sent_all(&data).await;
    belofte.stop().await;
    let books = Books::read(&data).await;
    assert_eq!(books.entries.len(), 3);
    for mail in [&before, &poison, &behind] {
        assert_eq!(answers_to(&sink, &mail.id).len(), 1);
    }
}

/// INTAKE 10: a mail at which the program itself ends, time after time, is set aside with its
/// bytes at last, and those behind it are taken in.
#[tokio::test(flavor = "multi_thread")]
async fn a_mail_at_which_the_program_ends() {
    let data = Data::folder();
    let Some(dovecot) = Dovecot::start(&["info"]).await else { return };
    let sink = Sink::start().await.expect("a free port");
    let [poison, behind] = ["gif", "achter"].map(Mail::question);
    dovecot.deliver("info", "1.poison", &poison);
    let tables = [dovecot.table("info", INFO, "imap")];
    let start = dovecot.reading(Start::with_relay(sink.url()), &tables);
    let mut starts = 0;
    while mails_left(&data, "info", Outcome::SetAside).await.is_empty() {
        starts += 1;
        assert!(starts < 10, "it is never set aside");
        let start = start.ahead(starts * NEXT_TRY_SECONDS).failing_at("before-write:1");
        match Belofte::start(&data, &start).await {
            Ok(mut belofte) => {
                tokio::select! {
                    _ = belofte.ended() => {}
                    () = until("the mail to be set aside", async || {
                        !mails_left(&data, "info", Outcome::SetAside).await.is_empty()
                    }) => {}
                }
            }
            Err((status, log)) => assert!(!status.success(), "{log}"),
        }
    }
    dovecot.deliver("info", "2.behind", &behind);
    let aside = mails_left(&data, "info", Outcome::SetAside).await;
    assert_eq!(aside[0].reason, "broke-off");
    let later = (starts + 1) * NEXT_TRY_SECONDS;
    let belofte = Belofte::started(&data, &start.ahead(later)).await;
    answer_to(&sink, &behind.id).await;
    belofte.stop().await;
    assert_eq!(answers_to(&sink, &poison.id).len(), 0);
    // A newer program may know what to do with it: it is taken in from the bytes that were kept.
    retries(&data, aside[0].id, Timestamp::UNIX_EPOCH).await;
    let belofte = Belofte::started(&data, &start.ahead(later + NEXT_TRY_SECONDS)).await;
    answer_to(&sink, &poison.id).await;
    belofte.stop().await;
    assert_eq!(Books::read(&data).await.of(&poison.id).raws, [poison.raw]);
}

/// INTAKE 13: a wrong password, then a right one; a server that goes away and comes back. Each is
/// shown while it lasts, and over without a start.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_a_server_that_goes_away() {
    let data = Data::folder();
    let Some(mut dovecot) = Dovecot::start(&["info"]).await else { return };
    let sink = Sink::start().await.expect("a free port");
    dovecot.passwords(&["info"], "heel anders");
    let first = Mail::question("eerste");
    dovecot.deliver("info", "1.first", &first);
    let tables = [dovecot.table("info", INFO, "imap")];
    let start = dovecot.reading(Start::with_relay(sink.url()), &tables);
    let belofte = Belofte::started(&data, &start).await;
    let failing = |code: &'static str| move |it: &Mailbox| it.trouble == code;
    mailbox_is(&data, "info", "the login to fail", failing("login")).await;
    assert!(!belofte.log().contains(PASSWORD), "{}", belofte.log());
    let (_, figures) = belofte.get("/metrics").await;
    assert!(figures.contains("belofte_mailbox_failing{mailbox=\"info\"} 1"), "{figures}");
    dovecot.passwords(&["info"], PASSWORD);
    answer_to(&sink, &first.id).await;
    let well = |it: &Mailbox| it.trouble.is_empty() && it.failing_since.is_none();
    mailbox_is(&data, "info", "all to be well", well).await;
    dovecot.down().await;
    mailbox_is(&data, "info", "the server to be missed", |it| !it.trouble.is_empty()).await;
    let second = Mail::question("tweede");
    dovecot.deliver("info", "2.second", &second);
    dovecot.up().await;
    answer_to(&sink, &second.id).await;
    mailbox_is(&data, "info", "all to be well again", well).await;
    belofte.stop().await;
    assert_eq!(Books::read(&data).await.entries.len(), 2);
}
