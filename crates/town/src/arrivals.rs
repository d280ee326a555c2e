//! Contacts being made: the mail, the form, the call, the conversation, the letter, the message.

use std::sync::Arc;

use desk::{Arrival, Done, Moments, Reply, Stop, Took, Tx};
use jiff::Timestamp;
use jiff::civil::Date;
use norms::{Channel, Class, Kind};
use promises::Via;
use words::{Lang, Words};

use crate::mailbox::{self, Mail, Thread};
use crate::plans::Course;
use crate::residents::Resident;
use crate::rhythm;
use crate::texts::{Slots, Sort, Story};
use crate::town::{Case, Life, Next, Visit};

/// Of a hundred calls with a question, how many are answered in the call.
const ANSWERED_IN_CALL: u32 = 64;
/// When the post comes, in seconds from midnight.
const POST_COMES: i64 = 9 * 3_600 + 1_800;
/// Of a thousand mails, how many a mail server delivers twice.
const TWICE_IN_THOUSAND: u32 = 6;
/// Of a thousand forms, how many have an address with a mistake in it.
const WRONG_ADDRESS_IN_THOUSAND: u32 = 10;
/// Of a thousand mails, after how many the same person fills in the form too.
const AGAIN_IN_THOUSAND: u32 = 12;

impl Life {
    /// A day begins: who will contact the municipality, and when.
    pub(crate) fn morning(&mut self, day: Date) {
        let norms = self.house.norms(self.now);
        let works = norms.calendar.is_working_day(day);
        self.staff.morning(&mut self.chance, day, self.now);
        let crowd = self.ways.crowd;
        for _ in 0..rhythm::contacts(&mut self.chance, day, works, crowd) {
            self.expect_contact(day, works);
        }
        self.expect_bookings(day, works);
        self.plan_leave(day);
        self.expect_trouble(day);
        if let Ok(tomorrow) = day.tomorrow() {
            self.put(self.moment(tomorrow, 0), Next::Morning(tomorrow));
        }
    }

    fn expect_contact(&mut self, day: Date, works: bool) {
        let (channel, kind, sort) = rhythm::what(&mut self.chance, works);
        let story = self.a_story(channel, kind, sort);
        let lang = self.texts.stories[story].lang.clone();
        let resident = match sort {
            Sort::Invoice => self.residents.a_supplier(&mut self.chance),
            _ if channel == Channel::Form && self.chance.in_thousand(WRONG_ADDRESS_IN_THOUSAND) => {
                self.residents.unreachable(&mut self.chance)
            }
            _ => self.residents.someone(&mut self.chance, &lang),
        };
        let second = rhythm::second_of_day(&mut self.chance);
        let written = self.moment(day, second);
        let (visit_at, taker, received_at) = match channel {
            Channel::Email => (self.underway(written), 0, None),
            Channel::Form => (written, 0, None),
            Channel::Phone | Channel::Counter | Channel::Visit => {
                let Some(at) = self.within_hours(channel, day) else { return };
                let Some((taker, at)) = self.soonest(at) else { return };
                (at, taker, None)
            }
            Channel::Post => {
                let second = POST_COMES + self.chance.between(0, 1_200);
                let received = self.moment(day, second);
                let after = self.moment(day, second + 1_800);
                let Some((taker, at)) = self.soonest(after) else { return };
                (at, taker, Some(received))
            }
            Channel::Social | Channel::Voicemail | Channel::Text | Channel::Chat | Channel::Fax => {
                let Some((taker, at)) = self.soonest(written) else { return };
                (at, taker, Some(written))
            }
        };
        let visit = Visit { resident, received_at, taker, ..Visit::of(story, channel, kind) };
        self.put(visit_at, Next::Visit(visit));
    }

    pub(crate) fn soonest(&mut self, after: Timestamp) -> Option<(usize, Timestamp)> {
        self.staff.soonest(&mut self.chance, self.house.norms(self.now), after)
    }

    /// A moment within the opening hours of a day.
    fn within_hours(&mut self, channel: Channel, day: Date) -> Option<Timestamp> {
        let norms = self.house.norms(self.now);
        let hours = match channel {
            Channel::Counter => &norms.counter.open,
            _ => &norms.phone.open,
        };
        let openings = hours.openings(day);
        let length = |opening: &::calendar::Opening| {
            u32::try_from(opening.to.duration_since(opening.from).as_secs()).unwrap_or(0)
        };
        if openings.is_empty() {
            return None;
        }
        let opening = openings[self.chance.weighed(openings.iter().map(length))];
        let second = self.chance.between(60, i64::from(length(&opening)) - 600);
        opening.from.checked_add(jiff::SignedDuration::from_secs(second)).ok()
    }

    /// Somebody contacts the municipality.
    pub(crate) fn visit(&mut self, tx: &mut Tx<'_>, visit: &Visit) -> Result<(), Stop> {
        let told = self.tell(visit);
        let (done, class, answered) = match visit.channel {
            Channel::Email => {
                let Some((done, class)) = self.mail(tx, visit, &told)? else { return Ok(()) };
                (done, class, false)
            }
            Channel::Form => {
                let mut arrival = self.form(visit, &told);
                // As the site does it: a form that is sent twice is one.
                arrival.thread.message_id = self.mail_id("form");
                let receipt = desk::receive(tx, &self.house, self.now, &arrival)?;
                self.came_in(&arrival);
                (receipt.done, arrival.class, false)
            }
            _ => {
                let Some(registered) = self.write_down(tx, visit, &told)? else { return Ok(()) };
                registered
            }
        };
        if visit.channel == Channel::Email || visit.channel == Channel::Form {
            self.post(&done.letters);
        }
        self.begin_case(visit, told, &done, (class, answered));
        Ok(())
    }

    fn begin_case(
        &mut self,
        visit: &Visit,
        told: Told,
        done: &Done,
        (class, answered): (Class, bool),
    ) {
        let open = class == Class::Message && !answered;
        let owner = self.staff.someone(&mut self.chance, self.house.day(self.now));
        let resident = &self.residents.people[visit.resident];
        let by_mail = match visit.channel {
            Channel::Email => true,
            _ => told.email,
        };
        let case = self.remember(Case {
            contact: done.contact,
            story: visit.story,
            told: told.nr,
            resident: visit.resident,
            channel: visit.channel,
            kind: visit.kind,
            lang: resident.lang.to_owned(),
            subject: told.subject,
            slots: told.slots,
            since: self.house.day(visit.received_at.unwrap_or(self.now)),
            open,
            to_acknowledge: open && visit.channel == Channel::Post,
            by_mail,
            lost: false,
            assigned: false,
            waits: visit.course != Course::Ordinary,
            answer: None,
            rounds: 0,
            owner,
            moved: false,
        });
        self.take_up(case, &visit.course, visit.again);
        let told_once = visit.again.is_none() && visit.course == Course::Ordinary;
        let writes = open && visit.channel == Channel::Email && visit.kind == Kind::Question;
        if told_once && writes && self.chance.in_thousand(AGAIN_IN_THOUSAND) {
            let again = Visit { channel: Channel::Form, again: Some(case), ..visit.clone() };
            let at = self.later(600, 7_200);
            self.put(at, Next::Visit(again));
        }
    }

    /// What the resident says, in their words.
    fn tell(&mut self, visit: &Visit) -> Told {
        let texts = Arc::clone(&self.texts);
        let residents = Arc::clone(&self.residents);
        let resident = &residents.people[visit.resident];
        if let Some(before) = visit.again {
            let before = self.case(before);
            let mut slots = before.slots.clone();
            let again = self.chance.pick(&texts.small(&before.lang).again).clone();
            let body = texts.fill(&mut self.chance, &mut slots, &again);
            let subject = before.subject.clone();
            return Told { subject, body, slots, email: true, nr: before.told };
        }
        let story = &texts.stories[visit.story];
        let mut slots = self.slots(resident);
        let chance = &mut self.chance;
        let spoken = matches!(visit.channel, Channel::Phone | Channel::Counter);
        let words = if spoken && !story.noted.is_empty() { &story.noted } else { &story.text };
        let nr = chance.place(words.len());
        let text = texts.fill(chance, &mut slots, &words[nr]);
        let subjects: Vec<&str> = Story::beside(&story.subject, nr).split('|').collect();
        let subject = *chance.pick(&subjects);
        let subject = texts.fill(chance, &mut slots, subject);
        let small = texts.small(&story.lang);
        let writes = story.sort == Sort::Ordinary || story.sort == Sort::FyiThatAsks;
        let body = match visit.channel {
            Channel::Email | Channel::Post if writes => {
                let (opening, closing) =
                    (chance.pick(&small.openings), chance.pick(&small.closings));
                format!("{opening}\n\n{text}\n\n{closing}\n{}", resident.name)
            }
            _ => text,
        };
        let email = match visit.channel {
            Channel::Email => true,
            // A report can be made without saying who you are.
            Channel::Form => visit.kind != Kind::Report || chance.percent(80),
            Channel::Post => chance.percent(35),
            Channel::Phone | Channel::Counter | Channel::Visit => chance.percent(25),
            Channel::Voicemail | Channel::Text | Channel::Chat => chance.percent(25),
            Channel::Social | Channel::Fax => false,
        };
        Told { subject, body, slots, email, nr }
    }

    /// The slots that depend on who writes and when.
    fn slots(&mut self, resident: &Resident) -> Slots {
        let words = Words::new(Lang::from_code(resident.lang).unwrap_or_default());
        let today = self.today();
        let days = self.chance.between(9, 45);
        let mut date = today.saturating_add(jiff::Span::new().days(days));
        let mut slots = Slots::default();
        slots.set("datum", words.date(date));
        while date.weekday() != jiff::civil::Weekday::Saturday {
            date = date.saturating_add(jiff::Span::new().days(1));
        }
        slots.set("zaterdag", words.date(date));
        if let Some(goods) = &resident.goods {
            slots.set("waren", goods.clone());
        }
        slots.set("naam", resident.name.clone());
        slots.set("adres", resident.address.clone());
        slots.set("telefoon", resident.phone.clone());
        slots.set("mail", resident.email.clone());
        slots
    }

    fn mail(
        &mut self,
        tx: &mut Tx<'_>,
        visit: &Visit,
        told: &Told,
    ) -> Result<Option<(Done, Class)>, Stop> {
        let residents = Arc::clone(&self.residents);
        let texts = Arc::clone(&self.texts);
        let (from, story) = (&residents.people[visit.resident], &texts.stories[visit.story]);
        let (raw, to) = self.letter_of(from, story, told);
        let recipients = [to];
        let arrival =
            channels::arrival(&self.house, &self.own, Some(&from.email), &recipients, raw);
        let added = self.addition(visit, &told.subject, &arrival);
        let first = added.as_ref().unwrap_or(&arrival);
        let class = first.class;
        let receipt = desk::receive(tx, &self.house, self.now, first)?;
        self.came_in(first);
        if self.chance.in_thousand(TWICE_IN_THOUSAND) {
            desk::receive(tx, &self.house, self.now, first)?;
        }
        // Who was not told of the first mail is told of the second, as a contact of its own.
        if added.is_some() && !receipt.done.letters.is_empty() {
            self.is_overtaken(arrival, receipt.done.contact);
        }
        Ok((receipt.took == Took::New).then_some((receipt.done, class)))
    }

    /// The bytes of a mail, and the address it goes to.
    fn letter_of(&mut self, from: &Resident, story: &Story, told: &Told) -> (Vec<u8>, String) {
        let house = Arc::clone(&self.house);
        let reach = &house.norms(self.now).reach;
        let to = match story.sort {
            Sort::Invoice => reach.invoice.as_ref().unwrap_or(&reach.email),
            _ => &reach.email,
        };
        let domain = from.email.rsplit_once('@').map_or("example.nl", |(_, domain)| domain);
        let id = self.mail_id(domain);
        let headers = match story.sort {
            Sort::Newsletter => mailbox::list_headers(),
            Sort::Spam => mailbox::spam_headers(),
            _ => String::new(),
        };
        let mail = Mail {
            from,
            to,
            subject: &told.subject,
            text: &told.body,
            at: self.now,
            id: &id,
            thread: Thread::default(),
            headers,
        };
        let raw = match story.sort {
            Sort::Invoice => mail.invoice(&format!("{}", self.mails)),
            _ => mail.bytes(),
        };
        (raw, to.clone())
    }

    fn form(&mut self, visit: &Visit, told: &Told) -> Arrival {
        let residents = Arc::clone(&self.residents);
        let resident = &residents.people[visit.resident];
        let blank = Arrival::new(Channel::Form, visit.kind);
        if !told.email {
            return Arrival { subject: told.subject.clone(), body: told.body.clone(), ..blank };
        }
        let phone = if visit.kind == Kind::CallBack || self.chance.percent(40) {
            resident.phone.clone()
        } else {
            String::new()
        };
        Arrival {
            lang: resident.lang.to_owned(),
            name: resident.name.clone(),
            email: resident.email.clone(),
            mailable: true,
            phone,
            subject: told.subject.clone(),
            body: told.body.clone(),
            moments: self.moments(visit),
            ..blank
        }
    }

    /// When somebody who asks for a call likes to have it: some do not mind.
    fn moments(&mut self, visit: &Visit) -> Moments {
        if visit.kind != Kind::CallBack || self.aside.percent(50) {
            return Moments::new();
        }
        let offered = desk::moments_to_call(&self.house, self.now, visit.channel);
        if offered.is_empty() { offered } else { vec![*self.aside.pick(&offered)] }
    }

    /// An employee writes down what somebody says, and perhaps what was answered. Says what was
    /// done, the class, and whether it was answered.
    fn write_down(
        &mut self,
        tx: &mut Tx<'_>,
        visit: &Visit,
        told: &Told,
    ) -> Result<Option<(Done, Class, bool)>, Stop> {
        let texts = Arc::clone(&self.texts);
        let story = &texts.stories[visit.story];
        let class = if story.sort == Sort::Fyi { Class::Fyi } else { Class::Message };
        let resident = &self.residents.people[visit.resident];
        let known = |is: bool, text: &str| if is { text.to_owned() } else { String::new() };
        let by_phone = matches!(visit.channel, Channel::Phone | Channel::Counter);
        let arrival = Arrival {
            class,
            lang: resident.lang.to_owned(),
            name: resident.name.clone(),
            email: known(told.email, &resident.email),
            phone: known(by_phone, &resident.phone),
            address: known(visit.channel == Channel::Post, &resident.address),
            subject: told.subject.clone(),
            body: told.body.clone(),
            received_at: visit.received_at,
            ..Arrival::new(visit.channel, visit.kind)
        };
        let asked = by_phone && visit.kind == Kind::Question && visit.course == Course::Ordinary;
        let at_once = asked && self.chance.percent(ANSWERED_IN_CALL);
        let via = if visit.channel == Channel::Phone { Via::Phone } else { Via::Counter };
        let mut slots = told.slots.clone();
        let reply = at_once.then(|| {
            let answer = Story::beside(&story.answer, told.nr);
            let text = texts.fill(&mut self.chance, &mut slots, answer);
            Reply::new(via, &text)
        });
        let agent = self.staff.people[visit.taker].agent.clone();
        let done = desk::register(tx, &self.house, self.now, &agent, &arrival, reply.as_ref());
        Ok(self.done(done)?.map(|done| (done, class, at_once)))
    }
}

/// What a resident said.
struct Told {
    subject: String,
    body: String,
    slots: Slots,
    /// Whether an address for an answer was given.
    email: bool,
    /// Which of the texts of the story it is.
    nr: usize,
}
