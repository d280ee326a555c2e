//! What residents come to the counter for: products with their durations, desks with what each is
//! for, and how far ahead a visit can be booked.

use std::collections::{BTreeMap, BTreeSet};

use calendar::OpeningHours;
use jiff::civil::Date;

use crate::Season;

/// The most minutes a product may take for one person.
pub(crate) const MINUTES_MAX: i64 = 240;
/// The most days ahead that can be booked.
pub(crate) const AHEAD_DAYS_MAX: i64 = 366;
/// The most persons that come together.
pub(crate) const PERSONS_MAX: i64 = 20;
/// The most products, and the most desks.
pub(crate) const LIST_MAX: usize = 200;
/// The fewest and the most minutes in which a visit must be confirmed by mail.
pub(crate) const CONFIRM_MINUTES: (u32, u32) = (5, 24 * 60);
/// The same, for messages.
pub(crate) const CONFIRM_EXPECTED: &str = "from “5 minutes” to “24 hours”";
/// All times are whole steps of so many minutes.
pub const TICK_MINUTES: i64 = 5;

/// How the counter works by appointment; without products nothing can be booked.
#[derive(Clone, Debug, Default)]
pub struct Appointments {
    /// The rules for all visits.
    pub rules: BookingRules,
    /// What can be come for, in the order residents choose from.
    pub products: Vec<Product>,
    /// The desks, each for as long as its row says.
    pub desks: Vec<Desk>,
}

/// The rules for all visits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookingRules {
    /// The minutes between the times that residents choose from; a multiple of [`TICK_MINUTES`].
    pub every_minutes: i64,
    /// How many days ahead residents can book.
    pub ahead_days: i64,
    /// How many minutes before it begins a visit can still be booked or changed on the site.
    pub notice_minutes: i64,
    /// The most persons that come together.
    pub persons_max: u8,
    /// Within how many working days there should be a free time; `None` where nobody says so.
    pub first_free_days: Option<u32>,
    /// Until how many minutes after its time a visit that begins is still on time.
    pub late_minutes: i64,
    /// Within how many minutes a visit that was booked on the site must be confirmed by the link in
    /// a mail; `None` where it need not be.
    pub confirm_minutes: Option<i64>,
}

impl Default for BookingRules {
    fn default() -> BookingRules {
        BookingRules {
            every_minutes: 10,
            ahead_days: 60,
            notice_minutes: 60,
            persons_max: 6,
            first_free_days: None,
            late_minutes: 15,
            confirm_minutes: None,
        }
    }
}

/// Something a resident comes to the counter for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its id, which appointments keep.
    pub id: String,
    /// How long it takes for one person.
    pub minutes: i64,
    /// How much longer for each further person.
    pub per_person_minutes: i64,
    /// How long the desk needs afterwards.
    pub after_minutes: i64,
    /// The name, in the language of the page.
    pub name: String,
    /// What to bring, in the language of the page; may be empty.
    pub bring: String,
    /// What it costs, in the language of the page; may be empty.
    pub cost: String,
    /// Name, what to bring and cost in other languages, by language code.
    pub translations: BTreeMap<String, [Option<String>; 3]>,
}

impl Product {
    /// What a resident calls it, in a language; the page's own where there is no translation.
    #[must_use]
    pub fn name(&self, lang: &str) -> &str {
        self.text(lang, 0).unwrap_or(&self.name)
    }

    /// What to bring, in a language; the page's own where there is no translation.
    #[must_use]
    pub fn bring(&self, lang: &str) -> &str {
        self.text(lang, 1).unwrap_or(&self.bring)
    }

    /// What it costs, in a language; the page's own where there is no translation.
    #[must_use]
    pub fn cost(&self, lang: &str) -> &str {
        self.text(lang, 2).unwrap_or(&self.cost)
    }

    fn text(&self, lang: &str, which: usize) -> Option<&str> {
        self.translations.get(lang)?[which].as_deref()
    }

    /// How long it takes for so many persons, without what the desk needs afterwards.
    #[must_use]
    pub fn minutes_for(&self, persons: u8) -> i64 {
        self.minutes + self.per_person_minutes * i64::from(persons.saturating_sub(1))
    }
}

/// A desk, for as long as it is as it is here: a desk whose work changes has two rows.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Its id, which appointments keep; also what a resident is called to.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether residents can book it themselves; else only employees can.
    pub public: bool,
    /// The products it is for at all its hours; empty is all, unless `at_times` says more.
    pub products: BTreeSet<String>,
    /// The products it is for at some of its hours only.
    pub at_times: Vec<AtTimes>,
    /// The first day; `None` is always.
    pub from: Option<Date>,
    /// The last day; `None` is for ever.
    pub to: Option<Date>,
    /// Its own hours within those of the counter; `None` is all of them.
    pub hours: Option<OpeningHours>,
    /// Whether its own hours also hold while the counter is closed: no desk of a file has this,
    /// one that is only thought of may.
    pub beyond_hours: bool,
}

/// What a desk is for at some of its hours only: on Tuesday mornings, in summer.
#[derive(Clone, Debug)]
pub struct AtTimes {
    /// The products.
    pub products: BTreeSet<String>,
    /// The part of every year; `None` is all of it.
    pub season: Option<Season>,
    /// The hours, within those of the desk; `None` is all of them.
    pub hours: Option<OpeningHours>,
}

impl Desk {
    /// Whether this row is about a day.
    #[must_use]
    pub fn holds(&self, on: Date) -> bool {
        self.from.is_none_or(|from| from <= on) && self.to.is_none_or(|to| on <= to)
    }

    /// Whether it is for all products at all its hours.
    #[must_use]
    pub fn is_for_all(&self) -> bool {
        self.products.is_empty() && self.at_times.is_empty()
    }

    /// Whether it is for a product at all its hours.
    #[must_use]
    pub fn always_serves(&self, product: &str) -> bool {
        self.is_for_all() || self.products.contains(product)
    }

    /// Whether it is for all of these products, each at some hour.
    #[must_use]
    pub fn serves(&self, products: &[String]) -> bool {
        let at_times = |id: &String| self.at_times.iter().any(|it| it.products.contains(id));
        products.iter().all(|id| self.always_serves(id) || at_times(id))
    }

    /// How many products it is for; all is more than any number.
    #[must_use]
    pub fn width(&self) -> usize {
        let at_times = self.at_times.iter().flat_map(|it| &it.products);
        let named: BTreeSet<&String> = self.products.iter().chain(at_times).collect();
        if self.is_for_all() { usize::MAX } else { named.len() }
    }
}

impl Appointments {
    /// The product with this id.
    #[must_use]
    pub fn product(&self, id: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.id == id)
    }

    /// The name of the desk with this id; of one that is gone, its id.
    #[must_use]
    pub fn desk_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.desks.iter().find(|desk| desk.id == id).map_or(id, |desk| desk.name.as_str())
    }

    /// Whether anything can be booked.
    #[must_use]
    pub fn are_made(&self) -> bool {
        !self.products.is_empty() && !self.desks.is_empty()
    }
}
