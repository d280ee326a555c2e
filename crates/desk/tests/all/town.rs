//! A small town for stories: residents who write, two employees, a postman, and a clock that only
//! the story moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use desk::{
    Agent, Arrival, Desk, Done, House, Item, Letter, Receipt, Recounted, Reply, Roles, Sendable,
    Standing, Stop, Thread, Took, Tx,
};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, date};
use ledger::Ledger;
use ledger::testing::Ground;
use norms::{Channel, Charter, Class, Kind};
use promises::{Outcome, Refusal, Verdict, Via};

/// The key of this town, so that every secret in a story is the same each time.
const KEY: [u8; 32] = [7; 32];

/// The norms of the page.
pub(crate) const HARLINGEN: &str = include_str!("../../../../norms/harlingen.toml");

/// Anything goes by mail, unless the story says how it goes.
pub(crate) struct Town {
    pub(crate) ledger: Ledger,
    pub(crate) house: Arc<House>,
    pub(crate) now: Timestamp,
    pub(crate) els: Agent,
    pub(crate) kees: Agent,
    mails: AtomicU32,
}

/// What eight get who do the same at once, each on a thread of its own and with a number.
pub(crate) fn eight_at_once<T: Send>(does: impl AsyncFn(u8) -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let threads = [0, 1, 2, 3, 4, 5, 6, 7].map(|nr| {
            let does = &does;
            scope.spawn(move || wait_for(does(nr)))
        });
        threads.map(|thread| thread.join().expect("no panic")).into()
    })
}

/// What comes of what a desk does.
pub(crate) fn wait_for<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread();
    { runtime }.build().expect("a runtime").block_on(work)
}

/// Whether a table has no rows: for each of them a step would be done twice.
pub(crate) fn is_empty(ground: &Ground, table: &str) -> bool {
    ground.tries(&format!("INSERT INTO migrations (step, hash) SELECT 1, 'x' FROM {table}")).is_ok()
}

impl Town {
    /// A process of this town at this moment; its letters wait in the outbox.
    pub(crate) fn desk(&self) -> Desk {
        let (now, house) = (self.now, (*self.house).clone());
        let chance = Arc::new(|bytes: &mut [u8]| bytes.fill(1));
        Desk::new(self.ledger.clone(), house, Arc::new(move || now), chance).0
    }

    /// A town on this ground, on an ordinary Monday morning.
    pub(crate) fn on(ground: &Ground) -> Town {
        Town::under(ground, &[HARLINGEN])
    }

    /// A town under other norm files, each a generation.
    pub(crate) fn under(ground: &Ground, files: &[&str]) -> Town {
        let house = house(files);
        let ledger = ground.ledger();
        let open = |login: &'static str, name: &'static str| {
            let now = Timestamp::UNIX_EPOCH;
            let account = ledger.write(move |tx| {
                let roles = Some(Roles::ALL_ROUND);
                Ok(desk::open_account(tx, now, (login, name), "x", roles)?.with()?)
            });
            account.wait().expect("an account")
        };
        let (els, kees) = (open("els", "Els Voorbeeld"), open("kees", "Kees Voorbeeld"));
        let now = Timestamp::UNIX_EPOCH;
        let mut town = Town { ledger, house, now, els, kees, mails: AtomicU32::new(0) };
        town.at("Mon 2026-11-23 09:00");
        town
    }

    /// The program starts again with other norm files.
    pub(crate) fn publishes(&mut self, files: &[&str]) {
        self.house = house(files);
        while self.does(desk::redate).expect("dated anew") {}
    }

    /// Moves the clock to a moment of civil time.
    pub(crate) fn at(&mut self, moment: &str) {
        let moment = DateTime::strptime("%a %Y-%m-%d %H:%M", moment).expect("a moment");
        let zone = self.house.zone().clone();
        let then = moment.to_zoned(zone).expect("in range").timestamp();
        assert!(then >= self.now, "time goes on");
        self.now = then;
    }

    /// Moves the clock on by so many seconds.
    pub(crate) fn later(&mut self, seconds: i64) {
        self.now =
            self.now.checked_add(jiff::SignedDuration::from_secs(seconds)).expect("in range");
    }

    /// Runs a verb in a transaction of its own.
    pub(crate) fn does<T, F>(&self, mut verb: F) -> Result<T, Stop>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>, &House, Timestamp) -> Result<T, Stop> + Send + 'static,
    {
        let (house, now) = (Arc::clone(&self.house), self.now);
        self.ledger.write(move |tx| verb(tx, &house, now)).wait()
    }

    /// A number that was not used before in this town.
    pub(crate) fn next_number(&self) -> u8 {
        u8::try_from(self.mails.fetch_add(1, Ordering::Relaxed)).expect("a short story")
    }

    /// A mail from `jan` (`jan@example.nl`) as the channels would hand it over.
    pub(crate) fn mail(&self, who: &str, subject: &str) -> Arrival {
        let count = self.mails.fetch_add(1, Ordering::Relaxed) + 1;
        let email = format!("{who}@example.nl");
        let message_id = format!("{who}-{count}@example.nl");
        Arrival {
            name: format!("{who} voorbeeld"),
            mailable: true,
            subject: subject.to_owned(),
            body: format!("Goedendag, {subject}."),
            raw: Some(format!("Message-ID: <{message_id}>\r\n\r\n{subject}").into_bytes()),
            thread: Thread {
                message_id,
                recipients: vec!["info@harlingen.nl".to_owned()],
                sender: email.clone(),
                ..Thread::default()
            },
            email,
            ..Arrival::new(Channel::Email, Kind::Question)
        }
    }

    /// A mail comes in.
    pub(crate) fn receives(&self, arrival: &Arrival) -> Receipt {
        let arrival = arrival.clone();
        self.does(move |tx, house, now| desk::receive(tx, house, now, &arrival))
            .expect("nothing that arrives is refused")
    }

    /// Jan mails; answers the key of the contact.
    pub(crate) fn mails(&self, who: &str, subject: &str) -> i64 {
        let receipt = self.receives(&self.mail(who, subject));
        assert_eq!(receipt.took, Took::New);
        receipt.done.contact
    }

    /// The postman hands over everything that waits, whoever holds the lease.
    pub(crate) fn post_goes(&self) -> Vec<Sendable> {
        let waiting = self.does(|tx, house, now| {
            let mut found = Vec::new();
            for letter in tx.waiting_letters(100)? {
                found.extend(desk::sendable(tx, house, now, (letter.contact, letter.nr))?);
            }
            Ok(found)
        });
        let waiting = waiting.expect("the outbox is read");
        for Sendable { letter, .. } in &waiting {
            let which = (letter.contact, letter.nr);
            self.does(move |tx, house, now| desk::sent(tx, house, now, which)).expect("sent");
        }
        waiting
    }

    pub(crate) fn answers(&self, who: &Agent, contact: i64, via: Via) -> Result<Done, Stop> {
        let (who, reply) = (who.clone(), reply(via, "Dat zit zo."));
        self.does(move |tx, house, now| desk::answer(tx, house, now, &who, contact, &reply))
    }

    pub(crate) fn says_when(&self, contact: i64, on: &str, via: Via) -> Result<Done, Stop> {
        let (els, on) = (self.els.clone(), on.parse::<Date>().expect("a day"));
        let reply = reply(via, "We zoeken het uit.");
        self.does(move |tx, house, now| desk::say_when(tx, house, now, &els, contact, (on, &reply)))
    }

    pub(crate) fn corrects(&self, contact: i64, to: Class) -> Result<Done, Stop> {
        let els = self.els.clone();
        self.does(move |tx, house, now| desk::correct_class(tx, house, now, &els, contact, to))
    }

    pub(crate) fn closes(&self, contact: i64, outcome: Outcome) -> Result<Done, Stop> {
        let els = self.els.clone();
        self.does(move |tx, house, now| desk::close(tx, house, now, &els, contact, outcome))
    }

    pub(crate) fn registers(&self, arrival: &Arrival, reply: Option<Reply>) -> Result<Done, Stop> {
        let (els, arrival) = (self.els.clone(), arrival.clone());
        self.does(move |tx, house, now| {
            desk::register(tx, house, now, &els, &arrival, reply.as_ref())
        })
    }

    pub(crate) fn watches(&self) -> Vec<Letter> {
        self.does(desk::watch).expect("the watch").0
    }

    /// Everything about a contact.
    pub(crate) fn item(&self, contact: i64) -> Item {
        let number = self.number(contact);
        self.does(move |tx, house, now| desk::item(tx, house, now, &number))
            .expect("read")
            .expect("known")
    }

    pub(crate) fn number(&self, contact: i64) -> String {
        let read = self.does(move |tx, _, _| Ok(tx.contact(contact)?)).expect("read");
        self.house.number(contact, read.expect("known").received_at)
    }

    pub(crate) fn letter(&self, contact: i64, nr: u32) -> Letter {
        let read = self.does(move |tx, _, _| Ok(tx.letter(contact, nr)?)).expect("read");
        read.expect("there is such a letter")
    }

    /// A contact in one line: open or closed, its promises with their verdicts, its letters.
    pub(crate) fn sees(&self, contact: i64) -> String {
        let item = self.item(contact);
        let mut parts = vec![if item.contact.closed { "closed" } else { "open" }.to_owned()];
        for promise in &item.promises {
            let by = promise.due.on.map(|on| on.strftime(" by %a %d %b").to_string());
            let verdict = match promise.verdict(self.now) {
                Verdict::Kept => "kept",
                Verdict::Broken => "broken",
                Verdict::Open | Verdict::AtRisk => "open",
                Verdict::Measured => "done",
                Verdict::NotApplicable => "not owed",
            };
            let by = by.unwrap_or_default();
            parts.push(format!("{}{by}: {verdict}", promise.duty));
        }
        for letter in &item.letters {
            let stands = match &letter.standing {
                Standing::Held { .. } => "held",
                Standing::Recalled(_) => "taken back",
                Standing::Waiting { .. } => "waits",
                Standing::Sent(_) => "sent",
                Standing::Failed { .. } => "failed",
                Standing::Told => letter.via.word(),
            };
            parts.push(format!("letter {} {} {stands}", letter.nr, letter.purpose.word()));
        }
        parts.join(" · ")
    }

    /// What happened to a contact, as words.
    pub(crate) fn facts(&self, contact: i64) -> String {
        let words: Vec<&str> = self
            .item(contact)
            .events
            .iter()
            .filter_map(|event| event.fact.as_ref().map(promises::Fact::word))
            .collect();
        words.join(" ")
    }

    /// How many contacts there are.
    pub(crate) fn contacts(&self) -> usize {
        let count = self.does(|tx, _, _| {
            let mut count = 0;
            while tx.contact(count + 1)?.is_some() {
                count += 1;
            }
            Ok(count)
        });
        usize::try_from(count.expect("they are counted")).expect("few")
    }

    /// The chain holds, tells of the same promises as the tables, and no promise is left that
    /// nobody sees: the end of every story.
    pub(crate) fn ends_well(&self) {
        let days = (date(2025, 1, 1), date(2028, 12, 31));
        let found = self.does(move |tx, house, now| desk::recount(tx, house, now, days));
        match found.expect("the walk") {
            Recounted::Counted { differences, promise_by_promise, .. } => {
                assert_eq!((differences, promise_by_promise), (vec![], vec![]));
            }
            broken @ Recounted::Broken { .. } => panic!("{broken:?}"),
        }
        for contact in 1..=self.contacts() {
            let item = self.item(i64::try_from(contact).expect("few"));
            let owed = item.situation().is_owed_contact();
            assert_eq!(owed, !item.contact.closed, "{}: open is owed", item.number);
        }
    }
}

/// The constants of a municipality with these norm files.
fn house(files: &[&str]) -> Arc<House> {
    let named = files.iter().enumerate();
    let files: Vec<(String, String)> =
        named.map(|(index, source)| ((*source).to_owned(), format!("{index}.toml"))).collect();
    let charter = Charter::parse(&files).expect("the files are right");
    Arc::new(House::new(charter, "https://contact.example.nl/", KEY))
}

pub(crate) fn reply(via: Via, text: &str) -> Reply {
    Reply::new(via, text)
}

/// The refusal in an answer.
pub(crate) fn refused<T: std::fmt::Debug>(answer: Result<T, Stop>) -> Refusal {
    match answer {
        Err(Stop::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}
