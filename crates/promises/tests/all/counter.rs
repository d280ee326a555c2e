//! What fits at the counter, over random hours, products and what is taken.

use calendar::Opening;
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use norms::Norms;
use promises::counter::{Block, Booker, Slot, Taken, Tick, Wish, free, free_at, lasts, still_fits};
use proptest::prelude::*;

use crate::harlingen;

const PRODUCTS: [&str; 6] =
    ["paspoort", "afhalen", "rijbewijs", "uittreksel", "verhuizing", "aangifte"];

fn wish(product: &str, persons: u8, by: Booker) -> Wish {
    Wish { products: vec![product.to_owned()], persons, by, desk: None }
}

fn times(norms: &Norms, slots: &[Slot]) -> Vec<String> {
    let zone = &norms.municipality.zone;
    let mut times: Vec<String> = slots
        .iter()
        .map(|slot| zone.to_datetime(slot.from).strftime("%H:%M").to_string())
        .collect();
    times.dedup();
    times
}

fn morning_of(norms: &Norms, day: Date) -> Timestamp {
    let midnight = day.at(0, 0, 0, 0).to_zoned(norms.municipality.zone.clone());
    midnight.expect("in range").timestamp()
}

#[test]
fn a_visit_lies_in_one_opening() {
    let norms = harlingen();
    let now = morning_of(&norms, date(2026, 11, 23));
    for (day, product, persons, last_of_morning, last) in [
        // Thirty minutes and five for the desk; nothing ends in the lunch break.
        (date(2026, 11, 24), "aangifte", 1, "11:50", "15:50"),
        (date(2026, 11, 26), "aangifte", 1, "11:50", "18:20"),
        // The last time shrinks with the persons: 15 + 3 x 10 minutes.
        (date(2026, 11, 26), "paspoort", 4, "11:40", "18:10"),
        (date(2026, 11, 27), "afhalen", 1, "12:20", "12:20"),
    ] {
        let slots =
            free(&norms, &wish(product, persons, Booker::Resident), day, now, &Taken::default());
        let times = times(&norms, &slots);
        let morning: Vec<_> = times.iter().filter(|time| time.as_str() < "12:30").collect();
        assert_eq!(morning.last().map(|it| it.as_str()), Some(last_of_morning), "{day} {product}");
        assert_eq!(times.last().map(String::as_str), Some(last), "{day} {product}");
    }
}

#[test]
fn closed_days_and_far_days_offer_nothing() {
    let norms = harlingen();
    let now = morning_of(&norms, date(2026, 11, 23));
    let offer = |day, by| free(&norms, &wish("paspoort", 1, by), day, now, &Taken::default()).len();
    for day in [date(2026, 11, 22), date(2026, 11, 28), date(2026, 12, 25), date(2027, 3, 1)] {
        assert_eq!(offer(day, Booker::Resident), 0, "{day}");
    }
    assert!(offer(date(2027, 3, 1), Booker::Employee) > 0, "an employee looks further");
    // An employee sees the desk that residents do not.
    let day = date(2026, 11, 25);
    let desks = |by| {
        let at = morning_of(&norms, day) + SignedDuration::from_hours(9);
        let mut taken = Taken::default();
        let next = || {
            let slot = free_at(&norms, &wish("paspoort", 1, by), at, now, &taken)?;
            slot.ticks().for_each(|tick| taken.take(&slot.desk, tick));
            Some(slot.desk)
        };
        std::iter::from_fn(next).collect::<Vec<_>>()
    };
    // The one that is for least else first.
    assert_eq!(desks(Booker::Resident), ["2", "1"]);
    assert_eq!(desks(Booker::Employee), ["2", "1", "3"]);
}

#[test]
fn both_clock_changes_are_days_like_others() {
    // The counter is open in two nights, across the hour that is skipped or comes twice.
    let night =
        |date: &str| format!("{{ date = {date}, open = [\"1.00-5.00\"], why = \"nacht\" }}");
    let nights = format!("exception = [{}, {}]\n", night("2028-03-26"), night("2026-10-25"));
    let source = include_str!("../../../../norms/harlingen.toml")
        .replace("[hours.counter]\n", &format!("[hours.counter]\n{nights}"));
    let norms = Norms::parse(&source, "sunday.toml").expect("a norm file");
    for (day, hours) in [(date(2028, 3, 26), 3), (date(2026, 10, 25), 5)] {
        let now = morning_of(&norms, day) - SignedDuration::from_hours(48);
        let slots =
            free(&norms, &wish("uittreksel", 1, Booker::Resident), day, now, &Taken::default());
        let starts: Vec<Timestamp> = slots.iter().map(|slot| slot.from).collect();
        assert_eq!(starts.len(), hours * 6, "{day}: every ten minutes that really pass");
        assert!(starts.windows(2).all(|pair| pair[1].duration_since(pair[0]).as_mins() == 10));
    }
}

pub(crate) fn days() -> impl Strategy<Value = Date> {
    (0_i64..420).prop_map(|day| date(2026, 9, 1).saturating_add(jiff::Span::new().days(day)))
}

proptest! {
    #[test]
    fn what_fits_is_inside_and_free(
        day in days(),
        before_minutes in 0_i64..60 * 24 * 50,
        product in prop::sample::select(PRODUCTS.to_vec()),
        persons in 1_u8..7,
        by in prop::sample::select(vec![Booker::Resident, Booker::Employee]),
        taken in prop::collection::vec((0_i64..140, 1_i64..20, 0_usize..3), 0..12),
        block in prop::option::of((0_i64..700, 1_i64..300, prop::option::of(0_usize..3))),
    ) {
        let norms = harlingen();
        let now = morning_of(&norms, day) + SignedDuration::from_mins(600 - before_minutes);
        let desks = ["1", "2", "3"];
        let start = Tick::of(morning_of(&norms, day)).0 + 96;
        let blocks: Vec<Block> = block
            .map(|(from, minutes, desk)| {
                let after = SignedDuration::from_secs(from * 60 + 7);
                let from = Tick(start).begins() + after;
                let to = from + SignedDuration::from_mins(minutes);
                Block { desk: desk.map(|desk| desks[desk].to_owned()), from, to }
            })
            .into_iter()
            .collect();
        let mut all = Taken::new(blocks.clone());
        let mut ticks = std::collections::HashSet::new();
        for (at, length, desk) in taken {
            for tick in start + at..start + at + length {
                all.take(desks[desk], Tick(tick));
                ticks.insert((desks[desk], tick));
            }
        }
        let wish = wish(product, persons, by);
        let (visit, claim) = lasts(&norms, &wish).expect("known products");
        let openings = norms.counter.open.openings(day);
        let offered = free(&norms, &wish, day, now, &all);
        prop_assert!(offered.windows(2).all(|pair| pair[0].from < pair[1].from), "each once");
        for tick in start..start + 144 {
            let at = Tick(tick).begins();
            let there = free_at(&norms, &wish, at, now, &all);
            let first = offered.iter().find(|slot| slot.from == at);
            prop_assert_eq!(there.as_ref(), first, "one function says both");
        }
        for slot in offered {
            prop_assert_eq!(slot.to.duration_since(slot.from), visit);
            prop_assert_eq!(slot.until.duration_since(slot.from), claim);
            let holds = |open: &Opening| open.from <= slot.from && slot.until <= open.to;
            prop_assert!(openings.iter().any(holds));
            prop_assert!(slot.ticks().all(|tick| !ticks.contains(&(slot.desk.as_str(), tick.0))));
            prop_assert_eq!(slot.ticks().count() as i64 * 5, claim.as_mins());
            prop_assert!(still_fits(&norms, &wish.products, &slot, &blocks));
            prop_assert!(slot.until > now);
            if by == Booker::Resident {
                prop_assert!(slot.from.duration_since(now).as_mins() >= 60);
                prop_assert!(slot.desk != "3");
            }
        }
    }

    /// What is not offered is not free: every start of the grid that is left out runs into the
    /// end of an opening, into what is taken, or is too soon.
    #[test]
    fn what_is_left_out_does_not_fit(
        day in days(),
        taken in prop::collection::vec((0_i64..140, 1_i64..20), 0..8),
    ) {
        let norms = harlingen();
        let now = morning_of(&norms, day) - SignedDuration::from_hours(30);
        let wish = wish("aangifte", 1, Booker::Resident);
        let start = Tick::of(morning_of(&norms, day)).0 + 96;
        let mut all = Taken::default();
        let mut ticks = std::collections::HashSet::new();
        for (at, length) in taken {
            for tick in start + at..start + at + length {
                all.take("1", Tick(tick));
                ticks.insert(tick);
            }
        }
        let offered: Vec<Timestamp> = free(&norms, &wish, day, now, &all)
            .into_iter()
            .map(|slot| slot.from)
            .collect();
        for open in norms.counter.open.openings(day) {
            let mut from = open.from;
            while from < open.to {
                let until = from + SignedDuration::from_mins(35);
                let mut own = Tick::of(from).0..Tick::of(until).0;
                let is_free = own.all(|tick| !ticks.contains(&tick));
                // Desk 2 is not for it, so only desk 1 counts.
                prop_assert_eq!(offered.contains(&from), until <= open.to && is_free);
                from += SignedDuration::from_mins(10);
            }
        }
    }
}

/// The file of Harlingen, in which desk 2 also is for births on Tuesday mornings in summer and on
/// all Thursdays.
fn at_times() -> Norms {
    let source = include_str!("../../../../norms/harlingen.toml").replace(
        "name = \"Balie 2\"\n",
        "name = \"Balie 2\"\nat-times = [\
         { products = [\"aangifte\"], season = \"1 April - 30 September\", \
         hours = { tuesday = [\"8.30-12.30\"] } }, \
         { products = [\"aangifte\"], hours = { thursday = [\"8.30-19.00\"] } }]\n",
    );
    Norms::parse(&source, "times.toml").expect("a norm file")
}

#[test]
fn a_desk_is_for_some_products_at_some_times() {
    let norms = at_times();
    let at_desk_2 = |day: Date, product: &str| {
        let now = morning_of(&norms, day);
        let wish = Wish { desk: Some("2".into()), ..wish(product, 1, Booker::Employee) };
        times(&norms, &free(&norms, &wish, day, now, &Taken::default()))
    };
    let ends = |times: Vec<String>| (times.first().cloned(), times.last().cloned());
    let both = |from: &str, to: &str| (Some(from.to_owned()), Some(to.to_owned()));
    // Tuesday in summer: the morning only; in winter: never.
    assert_eq!(ends(at_desk_2(date(2026, 9, 29), "aangifte")), both("08:30", "11:55"));
    assert_eq!(ends(at_desk_2(date(2026, 11, 24), "aangifte")), (None, None));
    // Thursday: within the hours of the counter, so not in the lunch break.
    let thursday = at_desk_2(date(2026, 11, 26), "aangifte");
    assert!(!thursday.contains(&"12:00".to_owned()) && thursday.contains(&"13:30".to_owned()));
    // What it is for at all hours stays so.
    assert_eq!(ends(at_desk_2(date(2026, 11, 24), "paspoort")), both("08:30", "16:15"));
}

proptest! {
    /// Together two products fit where each fits, and nothing fits outside the times of a product.
    #[test]
    fn times_of_products_narrow_and_never_widen(
        day in days(),
        other in prop::sample::select(PRODUCTS.to_vec()),
    ) {
        let norms = at_times();
        let desk = &norms.appointments.desks[1];
        let hours = |products: &[&str]| {
            let products: Vec<String> = products.iter().map(|it| (*it).to_owned()).collect();
            promises::counter::hours_for(&norms, desk, &products, day)
        };
        let covers = |openings: &[Opening], tick: Timestamp| {
            openings.iter().any(|open| open.from <= tick && tick < open.to)
        };
        let whole = promises::counter::hours_of(&norms, desk, day);
        let (one, two, both) = (hours(&["aangifte"]), hours(&[other]), hours(&["aangifte", other]));
        let start = Tick::of(morning_of(&norms, day)).0;
        for tick in start..start + 288 {
            let tick = Tick(tick).begins();
            prop_assert_eq!(
                covers(&both, tick),
                covers(&whole, tick) && covers(&one, tick) && covers(&two, tick)
            );
        }
        let wish = Wish { desk: Some("2".into()), ..wish("aangifte", 1, Booker::Employee) };
        let now = morning_of(&norms, day);
        for slot in free(&norms, &wish, day, now, &Taken::default()) {
            prop_assert!(one.iter().any(|it| it.from <= slot.from && slot.until <= it.to));
            prop_assert!(still_fits(&norms, &wish.products, &slot, &[]));
        }
    }
}
