//! The visits to the counter, as the file says.

use std::collections::BTreeMap;

use calendar::Calendar;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use toml::Spanned;

use super::tables::{AppointmentsTable, AtTimesTable, Day, DeskTable, ProductTable, Text};
use super::{LANGUAGES, Reader, civil};
use crate::appointments::{
    AHEAD_DAYS_MAX, CONFIRM_EXPECTED, CONFIRM_MINUTES, LIST_MAX, MINUTES_MAX, PERSONS_MAX,
    TICK_MINUTES,
};
use crate::{Appointments, AtTimes, BookingRules, Desk, Limit, Product, Season};

/// The most minutes before a visit that it must be booked, and after it that one waits.
const NOTICE_MINUTES_MAX: i64 = 7 * 24 * 60;

impl Reader<'_> {
    pub(super) fn appointments(
        &mut self,
        table: Option<&Spanned<AppointmentsTable>>,
        (calendar, zone): (&Calendar, &TimeZone),
    ) -> Appointments {
        let Some(spanned) = table else { return Appointments::default() };
        let table = spanned.get_ref();
        if table.product.len() > LIST_MAX || table.desk.len() > LIST_MAX {
            let message = "more products or desks than a counter has".to_owned();
            self.wrong(spanned.span(), message, format!("at most {LIST_MAX} of each"));
            return Appointments::default();
        }
        let rules = self.booking_rules(table);
        let mut products: Vec<Product> = Vec::new();
        for product in &table.product {
            if products.iter().any(|known| known.id == *product.id.get_ref()) {
                let message = format!("“{}” is there twice", product.id.get_ref());
                self.wrong(product.id.span(), message, "an id of its own for each product");
            }
            products.push(self.product(product));
        }
        let mut desks: Vec<Desk> = Vec::new();
        for desk in &table.desk {
            if let Some(read) = self.desk(desk, &products, (calendar, zone)) {
                if desks.iter().any(|known| known.id == read.id && overlap(known, &read)) {
                    let message = format!("“{}” is there twice for the same days", read.id);
                    let expected =
                        "rows of one desk with days, `from` and `to`, that do not overlap";
                    self.wrong(desk.id.span(), message, expected);
                }
                desks.push(read);
            }
        }
        for (product, written) in products.iter().zip(&table.product) {
            if !desks.iter().any(|desk| desk.serves(std::slice::from_ref(&product.id))) {
                let message = format!("no desk is for “{}”", product.id);
                self.wrong(
                    written.id.span(),
                    message,
                    "a desk that names it, or names no products",
                );
            }
        }
        Appointments { rules, products, desks }
    }

    fn booking_rules(&mut self, table: &AppointmentsTable) -> BookingRules {
        let usual = BookingRules::default();
        let whole =
            |it: &Option<Spanned<i64>>, usual: i64| it.clone().unwrap_or(Spanned::new(0..0, usual));
        let every = whole(&table.every, usual.every_minutes);
        let every_minutes = self.ticks(&every, TICK_MINUTES, MINUTES_MAX);
        let ahead = whole(&table.ahead, usual.ahead_days);
        let ahead_days = self.between(&ahead, 1, AHEAD_DAYS_MAX);
        let notice = whole(&table.notice, usual.notice_minutes);
        let late = whole(&table.late, usual.late_minutes);
        let persons = whole(&table.persons, i64::from(usual.persons_max));
        let first_free = table.first_free.as_ref();
        BookingRules {
            every_minutes,
            ahead_days,
            notice_minutes: self.between(&notice, 0, NOTICE_MINUTES_MAX),
            late_minutes: self.between(&late, 0, NOTICE_MINUTES_MAX),
            persons_max: u8::try_from(self.between(&persons, 1, PERSONS_MAX)).unwrap_or(1),
            first_free_days: first_free.and_then(|text| match text.get_ref().parse() {
                Ok(Limit::WorkingDays(days)) => Some(days),
                _ => {
                    let message = format!("“{}” is no number of working days", text.get_ref());
                    self.wrong(text.span(), message, "such as “5 working days”");
                    None
                }
            }),
            confirm_minutes: table.confirm_by_mail.as_ref().and_then(|text| self.confirm(text)),
        }
    }

    /// The time in which a visit must be confirmed: by the clock, as a mail may be slow.
    fn confirm(&mut self, text: &Text) -> Option<i64> {
        let (least, most) = CONFIRM_MINUTES;
        match text.get_ref().parse() {
            Ok(Limit::Seconds(seconds)) if (least * 60..=most * 60).contains(&seconds) => {
                Some(i64::from(seconds / 60))
            }
            _ => {
                let message = format!("“{}” is no time to confirm in", text.get_ref());
                self.wrong(text.span(), message, CONFIRM_EXPECTED);
                None
            }
        }
    }

    fn product(&mut self, table: &ProductTable) -> Product {
        self.name(&table.id);
        if table.name.get_ref().trim().is_empty() {
            let message = format!("“{}” has no name", table.id.get_ref());
            self.wrong(table.name.span(), message, "what a resident calls it");
        }
        let none = Spanned::new(0..0, 0);
        let text = |it: &Option<String>| it.clone().filter(|text| !text.trim().is_empty());
        let given = [
            (&table.nl, &table.bring_nl, &table.cost_nl),
            (&table.fy, &table.bring_fy, &table.cost_fy),
            (&table.en, &table.bring_en, &table.cost_en),
        ];
        let mut translations = BTreeMap::new();
        for (lang, (name, bring, cost)) in LANGUAGES.into_iter().zip(given) {
            translations.insert(lang.to_owned(), [text(name), text(bring), text(cost)]);
        }
        Product {
            id: table.id.get_ref().clone(),
            minutes: self.ticks(&table.minutes, TICK_MINUTES, MINUTES_MAX),
            per_person_minutes: self.ticks(
                table.per_person.as_ref().unwrap_or(&none),
                0,
                MINUTES_MAX,
            ),
            after_minutes: self.ticks(table.after.as_ref().unwrap_or(&none), 0, MINUTES_MAX),
            name: table.name.get_ref().clone(),
            bring: table.bring.clone().unwrap_or_default(),
            cost: table.cost.clone().unwrap_or_default(),
            translations,
        }
    }

    fn desk(
        &mut self,
        table: &DeskTable,
        products: &[Product],
        (calendar, zone): (&Calendar, &TimeZone),
    ) -> Option<Desk> {
        self.name(&table.id);
        self.are_known(&table.products, products);
        let always: Vec<&String> = table.products.iter().map(Spanned::get_ref).collect();
        let at_times = table.at_times.iter();
        let at_times =
            at_times.map(|it| self.at_times(it, &always, products, (calendar, zone))).collect();
        let (from, to) = (self.day_of(table.from.as_ref()), self.day_of(table.to.as_ref()));
        if let (Some(from), Some(to), Some(place)) = (from, to, &table.to)
            && to < from
        {
            let message = "this day is before `from`".to_owned();
            self.wrong(place.span(), message, "a last day that is not before the first");
        }
        let hours = match &table.hours {
            Some(hours) => Some(self.hours(hours, calendar, zone)?.open),
            None => None,
        };
        Some(Desk {
            id: table.id.get_ref().clone(),
            name: table.name.clone().unwrap_or_else(|| table.id.get_ref().clone()),
            public: table.public.unwrap_or(true),
            products: table.products.iter().map(|text| text.get_ref().clone()).collect(),
            at_times,
            from,
            to,
            hours,
            beyond_hours: false,
        })
    }

    fn at_times(
        &mut self,
        spanned: &Spanned<AtTimesTable>,
        always: &[&String],
        products: &[Product],
        (calendar, zone): (&Calendar, &TimeZone),
    ) -> AtTimes {
        let table = spanned.get_ref();
        if table.products.is_empty() || (table.hours.is_none() && table.season.is_none()) {
            let message = "this says nothing of when the desk is for what".to_owned();
            self.wrong(spanned.span(), message, "`products`, and `hours` or a `season` or both");
        }
        self.are_known(&table.products, products);
        for twice in table.products.iter().filter(|it| always.contains(&it.get_ref())) {
            let message = format!("the desk is for “{}” at all hours already", twice.get_ref());
            self.wrong(twice.span(), message, "a product that is not in `products` of the desk");
        }
        let season = table.season.as_ref().and_then(|text| {
            let read = text.get_ref().parse().ok();
            if read.is_none() {
                let message = format!("“{}” is no part of a year", text.get_ref());
                self.wrong(text.span(), message, Season::EXPECTED);
            }
            read
        });
        let hours = table.hours.as_ref().and_then(|it| self.hours(it, calendar, zone));
        AtTimes {
            products: table.products.iter().map(|text| text.get_ref().clone()).collect(),
            season,
            hours: hours.map(|it| it.open),
        }
    }

    /// Says which of these products the file does not have.
    fn are_known(&mut self, named: &[Text], products: &[Product]) {
        for product in named {
            if !products.iter().any(|known| known.id == *product.get_ref()) {
                let message = format!("there is no product “{}”", product.get_ref());
                let known: Vec<&str> = products.iter().map(|it| it.id.as_str()).collect();
                self.wrong(product.span(), message, format!("one of: {}", known.join(" ")));
            }
        }
    }

    fn day_of(&mut self, day: Option<&Day>) -> Option<Date> {
        let day = day?;
        let read = civil(day.get_ref());
        if read.is_none() {
            let message = "this is not a day".to_owned();
            self.wrong(day.span(), message, "a date like 2026-01-01, without quotes");
        }
        read
    }

    /// A number of minutes that is a whole number of steps.
    fn ticks(&mut self, written: &Spanned<i64>, least: i64, most: i64) -> i64 {
        let minutes = self.between(written, least, most);
        if minutes % TICK_MINUTES != 0 {
            let message = format!("{minutes} minutes are no whole steps");
            self.wrong(written.span(), message, format!("a multiple of {TICK_MINUTES} minutes"));
        }
        minutes
    }

    pub(super) fn between(&mut self, written: &Spanned<i64>, least: i64, most: i64) -> i64 {
        let number = *written.get_ref();
        if !(least..=most).contains(&number) {
            let message = format!("{number} is too little or too much");
            self.wrong(written.span(), message, format!("a number from {least} to {most}"));
        }
        number.clamp(least, most)
    }
}

fn overlap(a: &Desk, b: &Desk) -> bool {
    let begins = |desk: &Desk| desk.from.unwrap_or(Date::MIN);
    let ends = |desk: &Desk| desk.to.unwrap_or(Date::MAX);
    begins(a) <= ends(b) && begins(b) <= ends(a)
}
