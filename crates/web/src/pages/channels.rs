//! Every way in and out with its health, and the mails that wait for someone to look at them.
//! Mailboxes are named, persons are not.

use askama::Template;
use words::{Lang, Value};

use super::{Section, StaffFrame};

/// The page of an operator.
#[derive(Clone, Debug, Template)]
#[template(path = "channels.html")]
pub struct Channels {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The mailboxes, by name.
    pub mailboxes: Vec<MailboxRow>,
    /// The listeners.
    pub doors: Vec<DoorRow>,
    /// The way out.
    pub relay: RelayRow,
    /// Mails that are set aside.
    pub set_aside: Vec<SetAsideRow>,
}

/// A mailbox that is read.
#[derive(Clone, Debug)]
pub struct MailboxRow {
    /// Its name in the configuration.
    pub name: String,
    /// How it goes.
    pub health: Health,
    /// When it was last read without trouble, in words.
    pub seen: Option<String>,
    /// Why it can not be read.
    pub trouble: Option<TroubleShown>,
    /// Mails taken in.
    pub taken: i64,
    /// Mails refused with a reason.
    pub refused: i64,
    /// Mails still to be read.
    pub waiting: i64,
    /// Mails set aside.
    pub set_aside: i64,
    /// Messages on the server at the last count.
    pub on_server: Option<i64>,
    /// When they were counted, in words.
    pub counted: Option<String>,
    /// Of those, how many are accounted for by nothing.
    pub unaccounted: i64,
}

/// Why a mailbox can not be read.
#[derive(Clone, Debug)]
pub struct TroubleShown {
    /// In words of the page.
    pub words: String,
    /// In words of the server.
    pub detail: String,
    /// Since when, in words.
    pub since: String,
}

/// How it goes with a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// It is read.
    Well,
    /// It was not read yet.
    New,
    /// It can not be read.
    Failing,
    /// Nobody has read it for too long, and nobody says why.
    Late,
}

/// A listener that mail is brought to.
#[derive(Clone, Debug)]
pub struct DoorRow {
    /// LMTP, else SMTP.
    pub lmtp: bool,
    /// Whether it listens.
    pub open: bool,
    /// When the last mail was taken in, in words.
    pub last: Option<String>,
    /// Mails taken in since the start.
    pub taken: u64,
    /// Recipients turned away since the start.
    pub refused: u64,
    /// Mails that were to come back later.
    pub postponed: i64,
}

/// The mail server that letters go to.
#[derive(Clone, Copy, Debug)]
pub struct RelayRow {
    /// Whether there is one.
    pub open: bool,
    /// Letters that wait.
    pub waiting: i64,
    /// Letters that failed.
    pub failed: i64,
}

/// A mail that is set aside.
#[derive(Clone, Debug)]
pub struct SetAsideRow {
    /// Its key.
    pub id: i64,
    /// The mailbox it lies in.
    pub mailbox: String,
    /// Its number there.
    pub uid: String,
    /// The key of the sentence that says why.
    pub why: &'static str,
    /// How often it was tried.
    pub tries: i64,
    /// When it was set aside, in words.
    pub at: String,
    /// Its size, in words.
    pub size: String,
}

impl Health {
    /// The key of its sentence.
    pub fn key(self) -> &'static str {
        match self {
            Health::Well => "staff-channels-well",
            Health::New => "staff-channels-new",
            Health::Failing => "staff-channels-failing",
            Health::Late => "staff-channels-late",
        }
    }
}

impl DoorRow {
    /// The key of its name.
    pub fn key(&self) -> &'static str {
        if self.lmtp { "staff-channels-lmtp" } else { "staff-channels-smtp" }
    }

    /// The key of its state.
    pub fn state_key(&self) -> &'static str {
        if self.open { "staff-channels-listens" } else { "staff-channels-closed" }
    }
}

impl SetAsideRow {
    /// Where its button leads.
    pub fn path(&self) -> String {
        format!("/werk/kanalen/apart/{}/opnieuw", self.id)
    }
}

impl Channels {
    /// What needs someone now, a sentence each.
    pub fn alarms(&self) -> Vec<String> {
        let words = &self.frame.words;
        let say = |key: &str, row: &MailboxRow, count: i64| {
            words.say_with(key, &[("name", Value::Text(&row.name)), ("count", Value::Count(count))])
        };
        let mut alarms = Vec::new();
        for row in &self.mailboxes {
            match row.health {
                Health::Failing => alarms.push(say("staff-channels-alarm-failing", row, 0)),
                Health::Late => alarms.push(say("staff-channels-alarm-late", row, 0)),
                Health::Well | Health::New => {}
            }
            if row.unaccounted > 0 {
                alarms.push(say("staff-channels-alarm-difference", row, row.unaccounted));
            }
            if row.set_aside > 0 {
                alarms.push(say("staff-channels-alarm-set-aside", row, row.set_aside));
            }
        }
        alarms
    }

    /// Invented states: all is well, much is not, and nothing is configured.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Channels)> {
        let frame = StaffFrame::sample(lang, "/werk/kanalen", Section::Channels);
        let well = MailboxRow {
            name: "info".into(),
            health: Health::Well,
            seen: Some("23 nov, 15.04 uur".into()),
            trouble: None,
            taken: 1_204,
            refused: 3,
            waiting: 0,
            set_aside: 0,
            on_server: Some(1_207),
            counted: Some("23 nov, 15.00 uur".into()),
            unaccounted: 0,
        };
        let trouble = TroubleShown {
            words: frame.words.say("staff-channels-trouble-login"),
            detail: "AUTHENTICATIONFAILED".into(),
            since: "23 nov, 14.31 uur".into(),
        };
        let ill = MailboxRow {
            name: "factuur".into(),
            health: Health::Failing,
            trouble: Some(trouble),
            waiting: 2,
            set_aside: 1,
            unaccounted: 2,
            ..well.clone()
        };
        let door = |lmtp, open, taken| DoorRow {
            lmtp,
            open,
            last: open.then(|| "23 nov, 15.05 uur".into()),
            taken,
            refused: 2,
            postponed: 1,
        };
        let mail = SetAsideRow {
            id: 7,
            mailbox: "factuur".into(),
            uid: "812".into(),
            why: "staff-channels-why-fetch",
            tries: 5,
            at: "23 nov, 14.50 uur".into(),
            size: "3 MB".into(),
        };
        let new = MailboxRow { health: Health::New, seen: None, on_server: None, ..well.clone() };
        let late = MailboxRow { health: Health::Late, ..well.clone() };
        let good = Channels {
            frame,
            mailboxes: vec![well],
            doors: vec![door(true, true, 40), door(false, false, 0)],
            relay: RelayRow { open: true, waiting: 1, failed: 0 },
            set_aside: Vec::new(),
        };
        let bad = Channels { mailboxes: vec![ill, late], set_aside: vec![mail], ..good.clone() };
        let relay = RelayRow { open: false, waiting: 12, failed: 1 };
        let fresh = Channels { mailboxes: vec![new], relay, ..good.clone() };
        let none = Channels { mailboxes: Vec::new(), ..good.clone() };
        vec![("good", good), ("bad", bad), ("fresh", fresh), ("none", none)]
    }
}
