//! `stories.txt`: what happens to a contact, and under each line what follows from it.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use norms::Norms;
use promises::{
    AccountChange, CallResult, Channel, Class, Deed, Event, Fact, Kind, Moment, Outcome, Promise,
    Purpose, Refusal, Sight, Situation, Verdict, Via, VisitStep, WebhookChange, decide,
};

use crate::{expected, harlingen};

#[test]
fn stories() {
    let norms = harlingen();
    expected::expect("stories.txt", &told_again("stories.txt", &norms, &norms));
}

/// The stories of clocks, about a municipality that has every kind of them.
#[test]
fn clocks() {
    let source = include_str!("clocks.toml");
    let closed = source.replace(
        "closures = []",
        "closures = [{ from = 2026-12-28, to = 2026-12-29, why = \"verhuizing\" }]",
    );
    let read = |source| Norms::parse(source, "clocks.toml").expect("a norm file");
    let (norms, closed) = (read(source), read(&closed));
    expected::expect("clocks.txt", &told_again("clocks.txt", &norms, &closed));
}

/// The stories in a file, each line with what follows from it. `closed` are the norms after the
/// line `closes`.
fn told_again(file: &str, norms: &Norms, closed: &Norms) -> String {
    let told = expected::read(file);
    let mut written = String::new();
    let epoch = Timestamp::UNIX_EPOCH;
    let mut story = Story { norms, closed, situation: None, now: epoch, written_at: epoch };
    for line in told.lines().filter(|line| !line.starts_with("    ")) {
        written.push_str(line);
        written.push('\n');
        match line {
            line if line.is_empty() || line.starts_with('#') => {
                story = Story { norms, situation: None, ..story };
            }
            line => {
                for follows in story.tell(line) {
                    written.push_str(&format!("    {follows}\n"));
                }
            }
        }
    }
    written
}

struct Story<'a> {
    norms: &'a Norms,
    closed: &'a Norms,
    situation: Option<Situation>,
    now: Timestamp,
    /// When the last reply was written.
    written_at: Timestamp,
}

impl Story<'_> {
    fn zone(&self) -> TimeZone {
        self.norms.municipality.zone.clone()
    }

    /// One line: a moment, two spaces, what happens. Answers what follows.
    fn tell(&mut self, line: &str) -> Vec<String> {
        let (moment, happens) = line.split_once("  ").expect("a moment and what happens");
        self.now = self.moment(moment);
        let words: Vec<&str> = happens.split_whitespace().collect();
        let event = match &self.situation {
            None => {
                self.situation = Some(self.newcomer(&words));
                Event::Received
            }
            Some(_) if words == ["look"] => return vec![self.standing()],
            Some(_) if words == ["closes"] => {
                self.norms = self.closed;
                Event::CalendarChanged
            }
            Some(_) => {
                let event = self.event(&words);
                if matches!(event, Event::Answer(_) | Event::SayWhen(..)) {
                    self.written_at = self.now;
                }
                event
            }
        };
        let situation = self.situation.as_ref().expect("a contact");
        match decide(self.now, self.norms, situation, &event) {
            Err(refusal) => vec![format!("refused: {refusal:?}")],
            Ok(decision) => {
                let mut follows: Vec<String> =
                    decision.facts.iter().map(|fact| self.fact(fact)).collect();
                for (nr, purpose) in &decision.letters {
                    follows.push(format!("letter {nr} to write: {}", purpose.word()));
                }
                if follows.is_empty() {
                    follows.push("nothing".to_owned());
                }
                self.situation = decision.after.or_else(|| self.situation.take());
                follows
            }
        }
    }

    fn moment(&self, text: &str) -> Timestamp {
        let moment = DateTime::strptime("%a %Y-%m-%d %H:%M:%S", text)
            .or_else(|_| DateTime::strptime("%a %Y-%m-%d %H:%M", text))
            .expect("a moment");
        moment.to_zoned(self.zone()).expect("in range").timestamp()
    }

    fn event(&self, words: &[&str]) -> Event {
        if let ["recall", nr] = words {
            return Event::Recall(nr.parse().expect("a number"), self.written_at);
        }
        let ["happened", moment, day, time] = words else { return event(words) };
        let moment = Moment::from_word(moment).expect("a moment");
        let at = DateTime::strptime("%Y-%m-%d %H:%M", format!("{day} {time}")).expect("a time");
        Event::Happened(moment, at.to_zoned(self.zone()).expect("in range").timestamp())
    }

    /// `email question message`; behind it `no-address`, `with-address`, `not-automatic` or
    /// `yesterday`.
    fn newcomer(&self, words: &[&str]) -> Situation {
        let [channel, kind, class, rest @ ..] = words else { panic!("channel kind class") };
        let channel = Channel::from_word(channel).expect("a channel");
        let kind = Kind::from_word(kind).expect("a kind");
        let class = Class::from_word(class).expect("a class");
        let day = jiff::SignedDuration::from_hours(24);
        let received_at = match rest.contains(&"yesterday") {
            true => self.now.checked_sub(day).expect("in range"),
            false => self.now,
        };
        let mut situation = Situation::new(channel, kind, class, received_at);
        let mail = matches!(channel, Channel::Email | Channel::Form);
        situation.has_address =
            (mail || rest.contains(&"with-address")) && !rest.contains(&"no-address");
        situation.can_be_mailed = situation.has_address && !rest.contains(&"not-automatic");
        let facets = rest.iter().filter_map(|word| word.split_once('='));
        situation.facets = facets.map(|(facet, is)| (facet.to_owned(), is.to_owned())).collect();
        situation
    }

    fn fact(&self, fact: &Fact) -> String {
        match fact {
            Fact::Received { received_at: Some(at), .. } => {
                format!("received {}", at.to_zoned(self.zone()).strftime("%a %Y-%m-%d %H:%M"))
            }
            Fact::NotAcknowledged { reason } => format!("not acknowledged: {reason}"),
            Fact::Promised { promise, norm, duty, due_at, due_on, .. } => {
                let by = match (due_on, due_at) {
                    (Some(on), _) => on.strftime("by %a %Y-%m-%d").to_string(),
                    (None, Some(at)) => {
                        at.to_zoned(self.zone()).strftime("by %a %H:%M:%S").to_string()
                    }
                    (None, None) => "as soon as possible".to_owned(),
                };
                format!("#{promise} {duty} {by} ({norm})")
            }
            Fact::Settled { promise, how, at: None } => format!("#{promise} {}", how.word()),
            Fact::Settled { promise, how, at: Some(at) } => {
                let at = at.to_zoned(self.zone());
                format!("#{promise} {} at {}", how.word(), at.strftime("%H:%M:%S"))
            }
            Fact::Recalled { letter } => format!("letter {letter} taken back"),
            Fact::Restored { promise } => format!("#{promise} owed again"),
            Fact::Broken { promise } => format!("#{promise} is broken: noticed"),
            Fact::Acknowledged { letter: None } => "acknowledged by hand".to_owned(),
            Fact::Answered { via, .. } => format!("answered by {}", via.word()),
            Fact::ToldWhen { on, via, .. } => {
                format!("told by {}: {}", via.word(), on.strftime("%a %Y-%m-%d"))
            }
            Fact::Did { deed } => format!("did {deed}"),
            Fact::Happened { moment, at } => {
                let at = at.to_zoned(self.zone());
                format!("{moment}: {}", at.strftime("%a %Y-%m-%d %H:%M"))
            }
            Fact::SetAside { promise, ground, until } => {
                let until = until.map(|day| day.strftime(" until %a %Y-%m-%d").to_string());
                format!("#{promise} set aside: {ground}{}", until.unwrap_or_default())
            }
            Fact::Redated { promise, old_on, new_on, why, .. } => {
                let day = |on: &Option<Date>| {
                    on.map(|on| on.strftime("%a %Y-%m-%d").to_string()).unwrap_or_default()
                };
                format!("#{promise} from {} to {}: {why:?}", day(old_on), day(new_on))
            }
            Fact::LetterSent { letter, .. } => format!("letter {letter} sent"),
            Fact::LetterFailed { letter, .. } => format!("letter {letter} failed"),
            Fact::Closed { outcome } => format!("closed: {}", outcome.word()),
            Fact::ClassCorrected { from, to } => format!("class: {from} is {to}"),
            fact => fact.word().to_owned(),
        }
    }

    /// Every promise with its verdict, and what stands first.
    fn standing(&self) -> String {
        let it = self.situation.as_ref().expect("a contact");
        let verdict = |promise: &Promise| match promise.verdict(self.now) {
            Verdict::Kept => "kept",
            Verdict::Broken => "broken",
            Verdict::Open => "open",
            Verdict::AtRisk => "at risk",
            Verdict::Measured => "done",
            Verdict::NotApplicable => "not owed",
        };
        let mut parts: Vec<String> = it
            .promises
            .iter()
            .map(|promise| format!("#{} {} {}", promise.nr, promise.duty, verdict(promise)))
            .collect();
        parts.push(if it.closed { "closed" } else { "open" }.to_owned());
        parts.extend(it.next().map(|promise| format!("first #{}", promise.nr)));
        parts.join(" · ")
    }
}

fn deed(word: &str) -> Deed {
    Deed::from_word(word).expect("a deed")
}

fn event(words: &[&str]) -> Event {
    let via = |word: &str| Via::from_word(word).expect("a way");
    let purpose = |word: &str| Purpose::from_word(word).expect("a purpose");
    let number = |word: &str| word.parse().expect("a number");
    match *words {
        ["follow-up", class] => Event::FollowedUp(Class::from_word(class).expect("a class")),
        ["sent", nr, of] => Event::LetterSent(number(nr), purpose(of)),
        ["failed", nr, of] => Event::LetterFailed(number(nr), purpose(of)),
        ["acknowledge", by] => Event::Acknowledge(via(by)),
        ["answer", by] => Event::Answer(via(by)),
        ["say", on, by] => Event::SayWhen(on.parse::<Date>().expect("a day"), via(by)),
        ["assign", "nobody"] => Event::Assign(None),
        ["assign", to] => Event::Assign(to.parse().ok()),
        ["hand-over", to] => Event::HandOver(to.parse().expect("a key")),
        ["note"] => Event::Note,
        ["did", word] => Event::Did(deed(word)),
        ["set-aside", nr, ground] => Event::SetAside(number(nr), ground.to_owned(), None),
        ["set-aside", nr, ground, until] => {
            let until = until.parse().expect("a day");
            Event::SetAside(number(nr), ground.to_owned(), Some(until))
        }
        ["class", to] => Event::CorrectClass(Class::from_word(to).expect("a class")),
        ["close", outcome] => Event::Close(Outcome::from_word(outcome).expect("an outcome")),
        ["reopen"] => Event::Reopen,
        ["watch"] => Event::Watch,
        _ => panic!("no story knows “{}”", words.join(" ")),
    }
}

#[test]
fn every_refusal_has_a_key_of_its_own() {
    let keys: std::collections::BTreeSet<&str> =
        Refusal::ALL.iter().map(|refusal| refusal.key()).collect();
    assert_eq!(keys.len(), Refusal::ALL.len());
    assert!(keys.iter().all(|key| key.starts_with("refusal-")));
}

#[test]
fn every_fact_is_read_as_it_was_written() {
    for fact in facts() {
        let json = serde_json::to_value(&fact).expect("plain data");
        assert_eq!(json["fact"], fact.word(), "the word of a fact is the word in its JSON");
        let back: Fact = serde_json::from_value(json).expect("as it was written");
        assert_eq!(back, fact);
    }
}

#[test]
fn facts_without_words_are_facts() {
    let all = facts();
    for word in Fact::WORDLESS {
        assert!(all.iter().any(|fact| fact.word() == word), "{word} is a fact");
    }
}

fn facts() -> Vec<Fact> {
    let at = Timestamp::UNIX_EPOCH;
    let on = jiff::civil::date(2026, 5, 20);
    let (via, letter, purpose) = (Via::Phone, Some(3), Purpose::Date);
    let duty = promises::Duty::KEEP_DATE;
    let norm = "message.contact".to_owned();
    vec![
        Fact::Received {
            channel: Channel::Post,
            kind: Kind::CallBack,
            class: Class::FollowUp,
            received_at: Some(at),
            norms: "2026-01-01".to_owned(),
        },
        Fact::FollowedUp { class: Class::AutoReply },
        Fact::GivenToTeam { team: 2 },
        Fact::Rated,
        Fact::LinkRenewed { letter },
        Fact::DestructionApproved {
            list: "2026-10".to_owned(),
            contacts: 4,
            hash: "0a".to_owned(),
        },
        Fact::Erased { messages: 2, letters: 3, files: 1, list: Some("2026-10".to_owned()) },
        Fact::NotAcknowledged { reason: "fyi".to_owned() },
        Fact::Promised {
            promise: 1,
            norm,
            duty,
            due_at: Some(at),
            due_on: Some(on),
            not_before: Some(at),
        },
        Fact::Settled { promise: 1, how: promises::How::Moved, at: None },
        Fact::Settled { promise: 1, how: promises::How::Done, at: Some(at) },
        Fact::Recalled { letter: 3 },
        Fact::Restored { promise: 1 },
        Fact::Broken { promise: 1 },
        Fact::Acknowledged { letter: None },
        Fact::Answered { via, letter },
        Fact::ToldWhen { on, via, letter },
        Fact::Did { deed: Deed::MakeSafe },
        Fact::Happened { moment: Moment::Payment, at },
        Fact::SetAside { promise: 2, ground: "weather".to_owned(), until: Some(on) },
        Fact::Redated {
            promise: 1,
            old_on: Some(on),
            new_on: Some(on),
            old_at: Some(at),
            new_at: Some(at),
            not_before: None,
            why: vec!["verhuizing".to_owned()],
        },
        Fact::LetterSent { letter: 3, purpose },
        Fact::LetterFailed { letter: 3, purpose },
    ]
    .into_iter()
    .chain(facts_of_the_work())
    .chain(facts_of_the_house())
    .collect()
}

/// What those who work here do with a contact.
fn facts_of_the_work() -> Vec<Fact> {
    vec![
        Fact::Assigned { to: None },
        Fact::HandedOver { to: 7 },
        Fact::Noted,
        Fact::Supplied { token: 4 },
        Fact::TokenMade { token: 4, scopes: "contacts:read".to_owned() },
        Fact::TokenEnded { token: 4 },
        Fact::Tagged { tag: 3 },
        Fact::Untagged { tag: 3 },
        Fact::TakenOver { from: 7 },
        Fact::ClassCorrected { from: Class::Fyi, to: Class::Message },
        Fact::Closed { outcome: Outcome::NothingAsked },
        Fact::Reopened,
        Fact::Called { result: CallResult::NoAnswer },
        Fact::Visit { step: VisitStep::Moved, from: Timestamp::UNIX_EPOCH, desk: "2".to_owned() },
        Fact::Seen { what: Sight::Phone, token: None },
        Fact::Seen { what: Sight::Contact, token: Some(4) },
    ]
}

/// Facts about no contact.
fn facts_of_the_house() -> Vec<Fact> {
    vec![
        Fact::LetterTextChanged {
            letter: "antwoord".to_owned(),
            lang: "fy".to_owned(),
            hash: Some("0a".to_owned()),
        },
        Fact::AccountChanged {
            employee: 3,
            change: AccountChange::Changed,
            roles: Some("lead".to_owned()),
        },
        Fact::DisruptionPublished { disruption: 1, hash: "0a".to_owned() },
        Fact::DisruptionEnded { disruption: 1 },
        Fact::WebhookChanged {
            webhook: 2,
            change: WebhookChange::Replayed,
            types: Some("nl.belofte.contact.closed".to_owned()),
            behind: Some(7),
        },
        Fact::Searched { found: 2 },
        Fact::SignedIn,
        Fact::CounterClosed {
            block: 1,
            desk: Some("2".to_owned()),
            from: Timestamp::UNIX_EPOCH,
            to: Timestamp::UNIX_EPOCH,
        },
        Fact::CounterOpened { block: 1 },
        Fact::FeedChanged { feed: 1, desk: Some("2".to_owned()) },
    ]
}
