//! One story of a contact: facts, messages and letters in the order they happened. A fact that
//! only says what a message or a letter shows is left out.

use desk::{Item, ItemEvent as Event, Letter, Message, Source, Standing};
use jiff::Timestamp;
use jiff::civil::Date;
use norms::{Channel, Class, Norms};
use promises::{Fact, Purpose, Via, VisitStep};
use words::Words;

use super::{enclosing, files, said};
use crate::pages::{Delivery, EventKind, ItemEvent, LetterState};
use crate::site::{date_told, machine};

/// All that happened, oldest first.
pub(super) fn timeline(
    words: &Words,
    norms: &Norms,
    item: &Item,
    now: Timestamp,
) -> Vec<ItemEvent> {
    let teller = Teller { words, norms, item, now };
    let mut told: Vec<(Timestamp, ItemEvent)> = Vec::new();
    for (index, message) in item.messages.iter().enumerate() {
        told.extend(teller.message(message, index == 0));
    }
    told.extend(item.letters.iter().map(|letter| (letter.at, teller.letter(letter))));
    told.extend(item.events.iter().filter_map(|event| teller.fact(event)));
    // What is equally late keeps its order: what came in, what we wrote, what followed from it.
    told.sort_by_key(|(at, _)| *at);
    told.into_iter().map(|(_, event)| event).collect()
}

/// The name of an employee.
pub(super) fn name(words: &Words, item: &Item, employee: i64) -> String {
    item.employees
        .get(&employee)
        .map_or_else(|| words.say("staff-no-name"), |employee| employee.name.clone())
}

struct Teller<'a> {
    words: &'a Words,
    norms: &'a Norms,
    item: &'a Item,
    now: Timestamp,
}

impl Teller<'_> {
    fn blank(&self, kind: EventKind, title: String, at: Timestamp) -> ItemEvent {
        ItemEvent {
            kind,
            title,
            by: None,
            at: self.words.short_moment(at, &self.norms.municipality.zone),
            at_machine: machine(at, self.norms),
            text: None,
            quoted: None,
            attachments: Vec::new(),
            enclosures: Vec::new(),
            splits: None,
            folded: false,
            raw_href: None,
            formatted_href: None,
            delivery: None,
        }
    }

    fn name(&self, employee: i64) -> String {
        name(self.words, self.item, employee)
    }

    /// A message; and when part of it could not be read, that.
    fn message(&self, message: &Message, first: bool) -> Vec<(Timestamp, ItemEvent)> {
        let (kind, title) = match (message.source, first) {
            (Source::Note, _) => (EventKind::Note, self.words.say("staff-event-note")),
            (_, true) => (EventKind::MessageIn, self.words.say(self.came_in())),
            _ if self.is_overtaken(message) => {
                (EventKind::MessageIn, self.words.say("staff-event-overtaken"))
            }
            (_, false) => (EventKind::MessageIn, self.words.say("staff-event-followed-up")),
        };
        let at = |what| format!("{}/bericht/{}/{what}", item_path(self.item), message.id);
        let attachments = self.item.attachments.iter().filter(|it| it.message == message.id);
        let by = match message.employee {
            Some(employee) => self.name(employee),
            None => message.author.clone(),
        };
        let event = ItemEvent {
            by: some(by),
            text: some(message.body.clone()),
            quoted: some(message.quoted.clone()),
            attachments: attachments
                .map(|it| files::listed(self.words, &self.item.number, it))
                .collect(),
            raw_href: message.has_raw.then(|| at("bron")),
            formatted_href: message.has_html.then(|| at("opgemaakt")),
            splits: (kind == EventKind::MessageIn && !first).then_some(message.id),
            ..self.blank(kind, title, message.at)
        };
        let mut told = vec![(message.at, event)];
        if let Some(trouble) = some(message.trouble.clone()) {
            let title = self.words.say("staff-event-trouble");
            let event =
                ItemEvent { text: Some(trouble), ..self.blank(EventKind::Fact, title, message.at) };
            told.push((message.at, event));
        }
        told
    }

    /// Whether a mail that came in before it answers it.
    fn is_overtaken(&self, message: &Message) -> bool {
        let id = message.message_id.as_str();
        let before = self.item.messages.iter().take_while(|it| it.id != message.id);
        !id.is_empty() && before.flat_map(|it| it.references.split(' ')).any(|named| named == id)
    }

    fn came_in(&self) -> &'static str {
        match self.item.contact.channel {
            Channel::Phone => "staff-event-in-phone",
            Channel::Form => "staff-event-in-form",
            Channel::Email => "staff-event-in-email",
            Channel::Social => "staff-event-in-social",
            Channel::Counter => "staff-event-in-counter",
            Channel::Post => "staff-event-in-post",
            Channel::Voicemail => "staff-channel-voicemail",
            Channel::Text => "staff-channel-text",
            Channel::Chat => "staff-channel-chat",
            Channel::Fax => "staff-channel-fax",
            Channel::Visit => "staff-channel-visit",
        }
    }

    fn letter(&self, letter: &Letter) -> ItemEvent {
        let what = match letter.purpose {
            Purpose::Acknowledgement => self.words.say("staff-event-acknowledgement"),
            Purpose::Answer => self.words.say("staff-event-answer"),
            Purpose::Visit => self.words.say("staff-event-visit-letter"),
            Purpose::Link => self.words.say("staff-event-link"),
            Purpose::Date => match date_told(self.item, letter) {
                Some(on) => self.words.say1("staff-event-date", "date", &self.words.date(on)),
                None => self.words.say("staff-deed-keep-date"),
            },
        };
        let via = self.words.say(said::via_key(letter.via)).to_lowercase();
        let title = match letter.via {
            Via::Mail => what,
            _ => self
                .words
                .say_with("staff-event-told", &[("what", (&what).into()), ("via", (&via).into())]),
        };
        ItemEvent {
            by: letter.employee.map(|employee| self.name(employee)),
            text: some(letter.body.clone()),
            quoted: some(letter.quoted.clone()),
            enclosures: enclosing::sent(self.words, self.item, letter.nr),
            folded: matches!(letter.purpose, Purpose::Acknowledgement | Purpose::Link),
            delivery: self.delivery(letter),
            ..self.blank(EventKind::LetterOut, title, letter.at)
        }
    }

    fn delivery(&self, letter: &Letter) -> Option<Delivery> {
        let (state, detail) = match &letter.standing {
            Standing::Held { until } if self.now < *until => (LetterState::Held, None),
            Standing::Held { .. } => (LetterState::Waiting, None),
            Standing::Recalled(_) => (LetterState::Recalled, None),
            Standing::Waiting { tries: 0, .. } => (LetterState::Waiting, None),
            Standing::Waiting { next_at, error, .. } => {
                let at = self.words.short_moment(*next_at, &self.norms.municipality.zone);
                let again = self.words.say1("staff-again-at", "at", &at);
                (LetterState::Waiting, Some(format!("{error}, {again}")))
            }
            Standing::Sent(_) => {
                let refused = some(letter.refused.clone());
                let say = |who: String| self.words.say1("staff-copies-refused", "who", &who);
                (LetterState::Sent, refused.map(say))
            }
            Standing::Failed { detail, .. } => (LetterState::Failed, some(detail.clone())),
            Standing::Told if letter.via == Via::Paper => (LetterState::OnPaper, None),
            Standing::Told => return None,
        };
        let (to, copies) = (letter.recipient.clone(), letter.copies.clone());
        Some(Delivery { state, to, copies: some(copies), detail })
    }

    fn fact(&self, event: &Event) -> Option<(Timestamp, ItemEvent)> {
        let title = match &event.fact {
            Some(fact) => self.title(fact)?,
            None => self.words.say("staff-event-unknown"),
        };
        let shown = ItemEvent {
            by: event.actor.map(|employee| self.name(employee)),
            ..self.blank(EventKind::Fact, title, event.at)
        };
        Some((event.at, shown))
    }

    fn corrected(&self, from: Class, to: Class) -> String {
        let kind = |class| self.words.say(said::kind(class).key()).to_lowercase();
        let (from, to) = (kind(from), kind(to));
        let values = [("from", (&from).into()), ("to", (&to).into())];
        self.words.say_with("staff-event-class", &values)
    }

    /// A tag by its name; nothing when no contact has it any more.
    fn tag(&self, key: &str, tag: i64) -> Option<String> {
        let named = self.item.known_tags.iter().find(|it| it.id == tag)?;
        Some(self.words.say1(key, "name", &named.name))
    }

    fn happened(&self, moment: norms::Moment, at: Timestamp) -> String {
        let at = self.words.short_moment(at, &self.norms.municipality.zone);
        let what = self.words.say(&moment_key(moment));
        let values = [("what", (&what).into()), ("at", (&at).into())];
        self.words.say_with("staff-event-happened", &values)
    }

    fn set_aside(&self, ground: &str, until: Option<Date>) -> String {
        let words = self.words;
        let why = self.norms.grounds.get(ground).map_or(ground, |it| &it.says);
        let Some(until) = until else {
            return words.say1("staff-event-set-aside", "why", why);
        };
        let until = words.date(until);
        let values = [("why", why.into()), ("until", (&until).into())];
        words.say_with("staff-event-set-aside-until", &values)
    }

    fn redated(&self, old: Limit, new: Limit, why: &[String]) -> String {
        let words = self.words;
        let said = |(on, at)| said::due(words, self.norms, on, at).unwrap_or_default();
        let (old, new, why) = (said(old), said(new), words.list(why));
        let values = [("old", (&old).into()), ("new", (&new).into()), ("why", (&why).into())];
        match why.as_str() {
            "" => words.say_with("staff-event-redated", &values[..2]),
            _ => words.say_with("staff-event-redated-why", &values),
        }
    }

    /// "Overgedragen aan Team Buiten".
    fn team(&self, team: i64) -> String {
        let named = self.item.teams.iter().find(|it| it.id == team);
        let name = named.map_or_else(String::new, |it| it.name.clone());
        self.words.say1("staff-event-team", "who", &name)
    }

    /// Erased with a list, or because somebody asked.
    fn erased(&self, list: Option<&str>) -> String {
        match list {
            None => self.words.say("people-event-erased"),
            Some(list) => self.words.say1("people-event-destroyed", "list", list),
        }
    }

    /// A step of the appointment, with its time and desk.
    fn visit(&self, step: VisitStep, from: Timestamp, desk: &str) -> String {
        let what = self.words.say(said::visit_key(step));
        let moment = self.words.moment(from, &self.norms.municipality.zone);
        let values =
            [("what", (&what).into()), ("moment", (&moment).into()), ("desk", desk.into())];
        self.words.say_with("staff-event-visit", &values)
    }

    /// A sentence that names an employee.
    fn who(&self, key: &str, employee: i64) -> String {
        self.words.say1(key, "who", &self.name(employee))
    }

    /// What a fact says, when no message, letter or promise on the page says it already.
    fn title(&self, fact: &Fact) -> Option<String> {
        let words = self.words;
        Some(match fact {
            Fact::NotAcknowledged { reason } => {
                let why = words.say(said::unconfirmed_key(reason));
                words.say1("staff-event-not-acknowledged", "reason", &why)
            }
            Fact::Broken { promise } => {
                let broken = self.item.promises.iter().find(|known| known.nr == *promise)?;
                let what = said::promise(words, self.norms, &broken.norm, broken.duty);
                words.say1("staff-event-broken", "what", &what)
            }
            Fact::Acknowledged { letter: None } => words.say("staff-event-acknowledged"),
            Fact::Assigned { to: Some(to) } => self.who("staff-event-assigned", *to),
            Fact::Assigned { to: None } => words.say("staff-event-unassigned"),
            Fact::GivenToTeam { team } => self.team(*team),
            Fact::Rated | Fact::LinkRenewed { .. } => words.say(by_resident(fact)),
            Fact::Called { result } => words.say(said::called_key(*result)),
            Fact::Visit { step, from, desk } => self.visit(*step, *from, desk),
            Fact::Erased { list, .. } => self.erased(list.as_deref()),
            Fact::HandedOver { to } => self.who("staff-event-handed-over", *to),
            Fact::ClassCorrected { from, to } => self.corrected(*from, *to),
            Fact::Closed { outcome } => {
                let why = words.say(said::outcome_key(*outcome));
                words.say1("staff-event-closed", "why", &why)
            }
            Fact::Reopened => words.say("staff-event-reopened"),
            Fact::Recalled { .. } => words.say("staff-event-recalled"),
            Fact::Did { deed } => {
                words.say1("staff-event-did", "what", &words.say(&format!("staff-deed-{deed}")))
            }
            Fact::Happened { moment, at } => self.happened(*moment, *at),
            Fact::SetAside { ground, until, .. } => self.set_aside(ground, *until),
            Fact::Redated { old_on, old_at, new_on, new_at, why, .. } => {
                self.redated((*old_on, *old_at), (*new_on, *new_at), why)
            }
            Fact::Supplied { token } => {
                words.say1("staff-event-supplied", "number", &token.to_string())
            }
            Fact::Tagged { tag } => self.tag("staff-event-tagged", *tag)?,
            Fact::Untagged { tag } => self.tag("staff-event-untagged", *tag)?,
            Fact::TakenOver { from } => self.who("staff-event-taken-over", *from),
            Fact::Received { .. }
            | Fact::FollowedUp { .. }
            | Fact::Promised { .. }
            | Fact::Settled { .. }
            | Fact::Restored { .. }
            | Fact::AccountChanged { .. }
            | Fact::LetterTextChanged { .. }
            | Fact::DisruptionPublished { .. }
            | Fact::DisruptionEnded { .. }
            | Fact::Acknowledged { letter: Some(_) }
            | Fact::Answered { .. }
            | Fact::ToldWhen { .. }
            | Fact::LetterSent { .. }
            | Fact::LetterFailed { .. }
            | Fact::ListExported { .. }
            | Fact::Seen { .. }
            | Fact::Searched { .. }
            | Fact::SignedIn
            | Fact::DestructionApproved { .. }
            | Fact::CounterClosed { .. }
            | Fact::CounterOpened { .. }
            | Fact::FeedChanged { .. }
            | Fact::WebhookChanged { .. }
            | Fact::TokenMade { .. }
            | Fact::TokenEnded { .. }
            | Fact::Noted => return None,
        })
    }
}

/// The last day in time, or the moment.
type Limit = (Option<Date>, Option<Timestamp>);

fn moment_key(moment: norms::Moment) -> String {
    format!("staff-moment-{}", moment.word().replace(' ', "-"))
}

fn item_path(item: &Item) -> String {
    format!("/werk/contacten/{}", item.number)
}

fn some(text: String) -> Option<String> {
    (!text.trim().is_empty()).then_some(text)
}

/// What the resident did, or was done for them, without a message.
fn by_resident(fact: &Fact) -> &'static str {
    match fact {
        Fact::Rated => "staff-event-rated",
        _ => "staff-event-link-renewed",
    }
}
