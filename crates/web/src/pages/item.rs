//! One contact as an employee sees it: what is owed, all that happened, and what can be done.
//!
//! Forms post to `/werk/contacten/{number}/{verb}` with these inputs, most with `seen`:
//! beantwoorden (text, copies, via), zeggen-wanneer (date, text, why, via), bewaren and nakijken
//! (either of the two, with its part), terughalen (letter), bevestigen (via), toewijzen (employee),
//! doorzetten (to, note), notitie (text), label (label: a name), label-weg (label: a key),
//! overnemen (), sluiten (outcome), heropenen (), soort (kind), blokkeren (why),
//! deblokkeren (), volglink ().
//! The answer also has file (files), ook (attachments of the contact that go along) and off (the
//! number of a file that does not); zeggen-wanneer also has asks. And later (date), koppelen and
//! samenvoegen (to), splitsen (letter: the message).

use askama::Template;

use super::{Channel, Choice, CounterVisit, Kind, LetterState, StaffFrame, Urgency};

/// The telephone number of a resident: shown to who asks for it, and then that is written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Phone {
    /// None is known.
    #[default]
    None,
    /// Known, and not on the page.
    Hidden,
    /// On the page.
    Shown(String),
}

impl Phone {
    /// The number and its link, when it is shown.
    pub fn shown(&self) -> Option<(&str, String)> {
        match self {
            Phone::Shown(number) => Some((number, super::frame::phone_href(number))),
            Phone::None | Phone::Hidden => None,
        }
    }
}

/// The page of one contact.
#[derive(Clone, Debug, Template)]
#[template(path = "item.html")]
pub struct ItemPage {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The number of the contact.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// The appointment that it is.
    pub visit: Option<CounterVisit>,
    /// Whether who looks may answer and close it: a complaint is the work of somebody.
    pub may_settle: bool,
    /// Where it came in.
    pub channel: Channel,
    /// When it was received, in words.
    pub received: String,
    /// Name of the resident, may be empty.
    pub name: String,
    /// Their e-mail address, may be empty.
    pub email: String,
    /// Their telephone number.
    pub phone: Phone,
    /// Their postal address, may be empty.
    pub address: String,
    /// The spot on the map it is about, and where to look at it.
    pub spot: Option<(String, String)>,
    /// The language they wrote in, in words: "Nederlands".
    pub language: String,
    /// How it is treated, and why.
    pub class: Class,
    /// How near the nearest deadline is.
    pub urgency: Urgency,
    /// Everything that was promised, nearest open first.
    pub promises: Vec<Promise>,
    /// The moments from which clocks can run and that an employee hears of.
    pub moments: Vec<Choice>,
    /// All that happened, oldest first.
    pub timeline: Vec<ItemEvent>,
    /// Other contacts of the same person.
    pub earlier: Vec<Earlier>,
    /// The telephone call it came of: when, how long the caller waited, and the numbers of what
    /// else came of it.
    pub call: Option<(String, Vec<String>)>,
    /// Contacts beside this one: the one it belongs to, and those that belong to it.
    pub beside: Vec<Earlier>,
    /// Until when it is left alone, in words.
    pub asleep: Option<String>,
    /// Whether the resident was asked something and has not answered.
    pub asked: bool,
    /// The last fact this page shows: what comes after it is told while the page is open.
    pub fact: i64,
    /// Who has it: a person or a team.
    pub assigned: Option<String>,
    /// Who mentioned who is signed in, until they have seen it.
    pub mention: Option<String>,
    /// When that was (RFC 3339).
    pub mentioned_at: String,
    /// Whether who is signed in has it.
    pub mine: bool,
    /// Its tags; values are their keys.
    pub tags: Vec<Choice>,
    /// The names of the tags that other contacts have.
    pub other_tags: Vec<String>,
    /// The colleague who is writing the answer.
    pub locked: Option<Locked>,
    /// What could be easier to read; nothing when that was not asked.
    pub hints: Option<Hints>,
    /// Whether it is closed.
    pub closed: bool,
    /// When everything personal was removed, in words.
    pub erased: Option<String>,
    /// Whether who is signed in may do that.
    pub may_erase: bool,
    /// Whether an answer can be sent from here (an address is known); otherwise the answer is
    /// recorded as given by telephone, at the counter or on paper.
    pub can_send: bool,
    /// How an answer or a date can reach the resident; values are the words of `promises::Via`.
    pub ways: Vec<Choice>,
    /// How receipt can be confirmed by hand; empty when no confirmation is owed that way.
    pub confirm_ways: Vec<Choice>,
    /// The attachments of the contact that can go along with an answer.
    pub item_files: Vec<Choice>,
    /// Why this address gets no automatic mail, in words, when an employee decided so.
    pub blocked: Option<String>,
    /// Why it can be closed; values are the words of `promises::Outcome`.
    pub outcomes: Vec<Choice>,
    /// Employees and teams it can go to; values "employee:ID" and "team:ID".
    pub colleagues: Vec<Choice>,
    /// The teams it can be handed over to.
    pub teams: Vec<Choice>,
    /// What the resident said of the answer, in a sentence.
    pub opinion: Option<String>,
    /// What was typed and not sent.
    pub draft: Draft,
    /// The standard texts that can be put into an answer.
    pub standard: Vec<Choice>,
    /// The letter that can still be taken back.
    pub held: Option<Held>,
    /// What must be said first: refused, or somebody was earlier.
    pub notice: Option<ItemNotice>,
    /// The newest fact this page shows; posted back as `seen`, to notice what came meanwhile.
    pub seen: String,
    /// The first date that may be told (ISO).
    pub date_min: String,
    /// The last date that may be told (ISO).
    pub date_max: String,
}

/// How a message is treated, and why.
#[derive(Clone, Debug)]
pub struct Class {
    /// The kind.
    pub kind: Kind,
    /// What it was decided on, in words.
    pub evidence: Vec<String>,
    /// Who corrected it, if somebody did.
    pub corrected_by: Option<String>,
    /// The kinds it can be corrected to.
    pub others: Vec<Kind>,
}

/// One promise.
#[derive(Clone, Debug)]
pub struct Promise {
    /// The norm in words, or "datum toegezegd".
    pub what: String,
    /// Its norm's id, for reference.
    pub norm: Option<String>,
    /// By when, in words.
    pub due: String,
    /// Why then: received when, days skipped.
    pub why: Option<String>,
    /// How it stands.
    pub verdict: Verdict,
    /// How near the deadline is, while open.
    pub urgency: Urgency,
    /// When it was kept, in words.
    pub kept_at: Option<String>,
    /// The mail that keeps it can still be taken back.
    pub waits: bool,
    /// Its number within the contact.
    pub nr: u32,
    /// What can be done in the world to keep it, while it is open.
    pub deeds: Vec<Choice>,
    /// The grounds on which it can be set aside, while it is open.
    pub grounds: Vec<Choice>,
}

/// How a promise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Not due yet.
    Open,
    /// Kept in time.
    Kept,
    /// Not kept, or too late.
    Broken,
    /// No longer owed: corrected, withdrawn or replaced.
    Lapsed,
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct ItemEvent {
    /// What sort of thing.
    pub kind: EventKind,
    /// What happened, in words: "Ontvangen per e-mail".
    pub title: String,
    /// Who did it, if a person did.
    pub by: Option<String>,
    /// When, in words.
    pub at: String,
    /// When, for machines (RFC 3339).
    pub at_machine: String,
    /// Plain text that belongs to it.
    pub text: Option<String>,
    /// The part of a mail that repeats earlier mails.
    pub quoted: Option<String>,
    /// Files that came with it.
    pub attachments: Vec<Attachment>,
    /// Files that went along with it.
    pub enclosures: Vec<DraftFile>,
    /// The mail as it came, to download.
    pub raw_href: Option<String>,
    /// Where it is shown with its own markup.
    pub formatted_href: Option<String>,
    /// The message, when it can become a contact of its own.
    pub splits: Option<i64>,
    /// Whether its text is folded away: what everybody has read before.
    pub folded: bool,
    /// Where a letter stands.
    pub delivery: Option<Delivery>,
}

/// Sorts of events; each looks different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// Something was done or decided.
    Fact,
    /// The resident wrote or said something.
    MessageIn,
    /// We wrote to the resident.
    LetterOut,
    /// An internal note; the resident never sees it.
    Note,
}

/// A file that came with a message.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Its name, already made safe.
    pub name: String,
    /// What it is and how large, in words: "foto (JPEG), 120 kB".
    pub about: String,
    /// What an employee must know: not scanned, may do harm.
    pub notes: Vec<String>,
    /// Where it can be had; nothing when it is not given out.
    pub href: Option<String>,
}

/// Where a letter stands.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The state.
    pub state: LetterState,
    /// Whom it goes to.
    pub to: String,
    /// Who gets a copy.
    pub copies: Option<String>,
    /// What the other server said, or when it is tried again.
    pub detail: Option<String>,
}

/// Another contact of the same person.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// Its number.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// When it was received: "3 nov".
    pub received: String,
    /// Whether it is still open.
    pub open: bool,
}

/// A letter that can still be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its number.
    pub letter: u32,
    /// How long it still waits, in seconds.
    pub seconds: i64,
}

/// A colleague who is writing the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    /// Their name.
    pub who: String,
    /// Until when the contact is theirs, in words.
    pub until: String,
}

/// What could be easier to read in a form of the composer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hints {
    /// Whether it is about the form with a day; otherwise about the answer.
    pub with_day: bool,
    /// Each in a sentence; none when there is nothing to say.
    pub found: Vec<String>,
}

/// What was typed and not sent.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The answer.
    pub answer: String,
    /// Who gets a copy.
    pub copies: String,
    /// The date to tell (ISO).
    pub date: String,
    /// The words with the date.
    pub date_text: String,
    /// Why it takes until then.
    pub date_why: String,
    /// The note.
    pub note: String,
    /// Who that note is for, as chosen.
    pub note_to: String,
    /// The name of a tag.
    pub label: String,
    /// Whether the resident is asked something.
    pub asks: bool,
    /// What the next colleague should know.
    pub hand_over: String,
    /// What goes along with the answer.
    pub files: Vec<DraftFile>,
}

/// A file that goes along with an answer, or went.
#[derive(Clone, Debug)]
pub struct DraftFile {
    /// Its number.
    pub nr: u32,
    /// Its name.
    pub name: String,
    /// What it is and how large, in words.
    pub about: String,
    /// Where it can be had.
    pub href: String,
}

/// What must be said before anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemNotice {
    /// Somebody did something since this page was opened; what was typed is kept.
    Meanwhile {
        /// Who.
        who: String,
        /// When, in words.
        at: String,
    },
    /// What was asked is refused, with the sentence for the employee.
    Refused(String),
}

impl Verdict {
    /// The word for style sheets.
    pub fn code(self) -> &'static str {
        match self {
            Verdict::Open => "open",
            Verdict::Kept => "kept",
            Verdict::Broken => "broken",
            Verdict::Lapsed => "lapsed",
        }
    }

    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Verdict::Open => "staff-verdict-open",
            Verdict::Kept => "staff-verdict-kept",
            Verdict::Broken => "staff-verdict-broken",
            Verdict::Lapsed => "staff-verdict-lapsed",
        }
    }
}

impl EventKind {
    /// The word for style sheets.
    pub fn code(self) -> &'static str {
        match self {
            EventKind::Fact => "fact",
            EventKind::MessageIn => "in",
            EventKind::LetterOut => "out",
            EventKind::Note => "note",
        }
    }
}

impl ItemEvent {
    /// Whether it is an internal note.
    pub fn is_note(&self) -> bool {
        self.kind == EventKind::Note
    }
}

impl Earlier {
    /// The address of the contact.
    pub fn path(&self) -> String {
        format!("/werk/contacten/{}", self.number)
    }
}

impl ItemPage {
    /// Whether somebody else was earlier.
    pub fn meanwhile(&self) -> bool {
        matches!(self.notice, Some(ItemNotice::Meanwhile { .. }))
    }

    /// "Fenna Voorbeeld deed iets om 15.04 uur."
    pub fn meanwhile_sentence(&self, who: &str, at: &str) -> String {
        self.frame.words.say_with("staff-meanwhile", &[("who", who.into()), ("at", at.into())])
    }

    /// Until when a colleague has the contact, and what that means.
    pub fn locked_sentence(&self, locked: &Locked) -> String {
        let values = [("who", (&locked.who).into()), ("until", (&locked.until).into())];
        self.frame.words.say_with("staff-locked-until", &values)
    }

    /// What could be easier to read in the answer, or in the words with the day.
    pub fn hints_of(&self, with_day: bool) -> Option<&Hints> {
        self.hints.as_ref().filter(|hints| hints.with_day == with_day)
    }

    /// Whether the composer is shown: while a colleague writes, only what was typed is.
    pub fn composes(&self) -> bool {
        let Draft { answer, date_text, date_why, files, .. } = &self.draft;
        let typed = [answer, date_text, date_why].iter().any(|text| !text.is_empty());
        self.locked.is_none() || typed || !files.is_empty()
    }

    /// Whether there is a telephone number, shown or not.
    pub fn has_phone(&self) -> bool {
        self.phone != Phone::None
    }

    /// Where this page shows the telephone number.
    pub fn show_phone_href(&self) -> String {
        self.frame.href(&format!("/werk/contacten/{}?toon=telefoon", self.number))
    }

    /// "De persoonsgegevens van dit contact zijn gewist op …".
    pub fn erased_sentence(&self, day: &str) -> String {
        self.frame.words.say1("people-erased-on", "day", day)
    }

    /// What is certified of it, once it is erased.
    pub fn certificate_href(&self) -> String {
        self.frame.href(&format!("/werk/vernietigen/{}", self.number))
    }

    /// "De brief gaat over 20 seconden weg."
    pub fn held_sentence(&self, seconds: &i64) -> String {
        self.frame.words.count("staff-held", *seconds)
    }

    /// Whether a colleague is chosen already, because handing over was refused.
    pub fn handing_over(&self) -> bool {
        self.colleagues.iter().chain(&self.teams).any(|choice| choice.chosen)
    }

    /// The address of this contact.
    pub fn path(&self) -> String {
        format!("/werk/contacten/{}", self.number)
    }

    /// Where the page listens to what changes.
    pub fn live_href(&self) -> String {
        self.frame.href(&format!("{}/live?na={}", self.path(), self.fact))
    }

    /// The page of another contact.
    pub fn contact_href(&self, number: &str) -> String {
        self.frame.href(&format!("/werk/contacten/{number}"))
    }

    /// Where a form of this page posts to.
    pub fn action(&self, verb: &str) -> String {
        self.frame.href(&format!("{}/{verb}", self.path()))
    }
}
