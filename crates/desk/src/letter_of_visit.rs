//! The letters about an appointment: agreed on, moved, called off, tomorrow.

use jiff::Timestamp;
use ledger::contacts::Contact;
use ledger::visits::Appointment;
use norms::{Norms, Product};
use promises::VisitStep;
use words::icalendar::{self, Invitation, Method};
use words::letters::Block;
use words::{Lang, Words};

use crate::House;
use crate::write_letter::{Draft, Page, Writer};

/// So many minutes before it begins a calendar tells of an appointment.
const ALARM_MINUTES: u32 = 60;

/// A visit as a letter tells of it.
#[derive(Debug)]
pub(crate) struct OfVisit<'a> {
    step: VisitStep,
    visit: &'a Appointment,
    norms: &'a Norms,
}

impl<'a> OfVisit<'a> {
    pub(crate) fn new(step: VisitStep, visit: &'a Appointment, norms: &'a Norms) -> OfVisit<'a> {
        OfVisit { step, visit, norms }
    }

    /// The calendar file by itself, for who follows the contact.
    pub(crate) fn calendar(&self, house: &House, now: Timestamp, contact: &Contact) -> String {
        let lang = Lang::from_code(&contact.lang).unwrap_or_default();
        let (after, draft) = (contact.situation(Vec::new()), Draft::default());
        let words = Words::new(lang);
        Writer { house, now, contact, after: &after, draft: &draft, words }.calendar(self)
    }

    fn products(&self) -> impl Iterator<Item = &'a Product> {
        let norms = self.norms;
        self.visit.products.iter().filter_map(|id| norms.appointments.product(id))
    }
}

impl Writer<'_> {
    pub(crate) fn visit(&self) -> Page {
        let Some(of) = self.draft.visit else { return self.page(String::new(), Vec::new(), None) };
        if of.step == VisitStep::Asked {
            return self.confirmation(of);
        }
        let zone = self.house.zone();
        let moment = self.words.moment(of.visit.slot.from, zone);
        let (subject, intro) = match of.step {
            VisitStep::Moved => ("letter-visit-moved-subject", "letter-visit-moved"),
            VisitStep::Cancelled => ("letter-visit-cancelled-subject", "letter-visit-cancelled"),
            VisitStep::Reminded => ("letter-visit-reminder-subject", "letter-visit-reminder"),
            _ => ("letter-visit-booked-subject", "letter-visit-booked"),
        };
        let values = [("moment", (&moment).into())];
        let mut blocks = vec![self.dear(), Block::Paragraph(self.words.say_with(intro, &values))];
        blocks.push(self.facts_of_visit(of, &moment));
        let is_off = of.step == VisitStep::Cancelled;
        if !is_off {
            blocks.extend(self.bring(of));
            blocks.push(self.paragraph("letter-visit-late"));
        }
        blocks.push(Block::Paragraph(match is_off {
            true => {
                let site = format!("{}/afspraak", self.house.site);
                self.words.say1("letter-visit-again", "site", &site)
            }
            false => self.words.say1("letter-visit-change", "phone", &self.norms().reach.phone),
        }));
        blocks.push(self.link(if is_off { "letter-visit-see" } else { "letter-visit-follow" }));
        blocks.push(self.greeting());
        self.page(self.words.say_with(subject, &values), blocks, None)
    }

    /// The mail by which an appointment is confirmed. It brings no other link: until then there is
    /// nothing to follow.
    fn confirmation(&self, of: &OfVisit<'_>) -> Page {
        let zone = self.house.zone();
        let moment = self.words.moment(of.visit.slot.from, zone);
        let until = self.words.moment(of.visit.held_until, zone);
        let values = [("moment", (&moment).into()), ("until", (&until).into())];
        let address = self.house.confirm_link(of.visit.id, self.words.lang());
        let blocks = vec![
            self.dear(),
            Block::Paragraph(self.words.say_with("letter-visit-asked", &values)),
            self.facts_of_visit(of, &moment),
            Block::Link { label: self.words.say("letter-visit-confirm"), address },
            self.paragraph("letter-visit-not-you"),
            self.greeting(),
        ];
        self.page(self.words.say_with("letter-visit-asked-subject", &values), blocks, None)
    }

    /// The calendar file that goes with a letter; none before there is an appointment.
    pub(crate) fn calendar_along(&self, of: &OfVisit<'_>) -> Option<String> {
        (of.step != VisitStep::Asked).then(|| self.calendar(of))
    }

    fn facts_of_visit(&self, of: &OfVisit<'_>, moment: &str) -> Block {
        let lang = self.words.lang().code();
        let names: Vec<&str> = of.products().map(|product| product.name(lang)).collect();
        let minutes = of.visit.slot.to.duration_since(of.visit.slot.from).as_mins();
        let mut facts = vec![
            (self.words.say("letter-visit-for"), names.join(", ")),
            (self.words.say("letter-visit-when"), moment.to_owned()),
            (
                self.words.say("letter-visit-lasts"),
                self.words.count("letter-visit-minutes", minutes),
            ),
            (self.words.say("letter-visit-where"), self.place()),
        ];
        if of.visit.persons > 1 {
            let persons = of.visit.persons.to_string();
            facts.push((self.words.say("letter-visit-persons"), persons));
        }
        facts.push((self.words.say("letter-number"), self.number()));
        Block::Facts(facts)
    }

    fn place(&self) -> String {
        self.words.say1("letter-visit-place", "name", self.house.name())
    }

    /// What to bring and what it costs, of each product that says so.
    fn bring(&self, of: &OfVisit<'_>) -> Vec<Block> {
        let lang = self.words.lang().code();
        let mut blocks = Vec::new();
        let several = of.visit.products.len() > 1;
        for product in of.products() {
            for (key, text) in [
                ("letter-visit-bring", product.bring(lang)),
                ("letter-visit-cost", product.cost(lang)),
            ] {
                if !text.is_empty() {
                    let said = self.words.say1(key, "text", text);
                    blocks.push(Block::Paragraph(match several {
                        true => format!("{}: {said}", product.name(lang)),
                        false => said,
                    }));
                }
            }
        }
        blocks
    }

    /// The calendar file: one event, which changes with the appointment.
    pub(crate) fn calendar(&self, of: &OfVisit<'_>) -> String {
        let lang = self.words.lang();
        let names: Vec<&str> = of.products().map(|product| product.name(lang.code())).collect();
        let summary = format!("{}: {}", self.house.name(), names.join(", "));
        let mut about: Vec<String> = self
            .bring(of)
            .into_iter()
            .filter_map(|block| match block {
                Block::Paragraph(text) => Some(text),
                _ => None,
            })
            .collect();
        about.push(self.words.say1("letter-your-number", "number", &self.number()));
        let contact = self.contact;
        let attendee = (contact.name.as_str(), contact.email.as_str());
        let is_off = of.step == VisitStep::Cancelled;
        icalendar::invitation(&Invitation {
            uid: &uid(self.house, contact.id),
            sequence: of.visit.version,
            method: if is_off { Method::Cancel } else { Method::Request },
            lang,
            from: of.visit.slot.from,
            to: of.visit.slot.to,
            zone: self.house.zone(),
            stamp: self.now,
            summary: &summary,
            description: &about.join("\n"),
            location: &self.place(),
            link: &self.house.follow_link(&self.number(), (contact.id, contact.link_turn), lang),
            organizer: (self.house.name(), &self.norms().reach.email),
            attendee: Some(attendee).filter(|_| !contact.email.is_empty()),
            alarm_minutes: Some(ALARM_MINUTES).filter(|_| !is_off),
        })
    }
}

/// The name of an appointment in calendars, the same whatever becomes of it.
pub(crate) fn uid(house: &House, contact: i64) -> String {
    let host = house.site.split("//").last().unwrap_or_default();
    let host = host.split(['/', ':']).next().unwrap_or_default();
    format!("appointment-{contact}@{host}")
}
