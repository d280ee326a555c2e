//! The rhythm of the week and the year: how many contacts a day brings, when, over which channel
//! and about what.

use jiff::civil::Date;
use norms::{Channel, Kind};

use crate::chance::Chance;
use crate::texts::Sort;

/// Contacts on an ordinary day, in hundredths: Monday to Friday, then a day on which nobody works.
const A_DAY: [u32; 5] = [3_850, 3_500, 3_350, 3_400, 2_900];
const A_DAY_OFF: u32 = 750;
/// How busy a month is beside the year, in percents: taxes in February, away in summer, storms.
const SEASONS: [u32; 12] = [108, 112, 106, 102, 99, 97, 84, 86, 101, 104, 105, 96];
/// How much a day differs from the ordinary, in percents either way.
const GIVE_OR_TAKE: i64 = 12;
/// How often people write in each hour of the day.
const HOURS: [u32; 24] =
    [1, 0, 0, 0, 0, 1, 2, 5, 9, 12, 13, 11, 8, 9, 11, 11, 9, 7, 6, 7, 8, 7, 5, 3];

/// How many contacts a day brings to a town with so many percents of the ordinary crowd.
pub(crate) fn contacts(chance: &mut Chance, day: Date, is_working_day: bool, crowd: u32) -> u32 {
    let place = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
    let ordinary = match A_DAY.get(place) {
        Some(hundredths) if is_working_day => *hundredths,
        _ => A_DAY_OFF,
    };
    let percent = chance.between(100 - GIVE_OR_TAKE, 100 + GIVE_OR_TAKE);
    let percents = [u64::try_from(percent).unwrap_or(100), season(day).into(), crowd.into()];
    let hundredths = percents.iter().fold(u64::from(ordinary), |all, percent| all * percent);
    u32::try_from((hundredths + 50_000_000) / 100_000_000).unwrap_or(u32::MAX)
}

/// How busy the month of a day is, in percents.
pub(crate) fn season(day: Date) -> u32 {
    let month = usize::try_from(day.month() - 1).unwrap_or_default();
    SEASONS.get(month).copied().unwrap_or(100)
}

/// A moment of the day at which somebody writes, in seconds from midnight.
pub(crate) fn second_of_day(chance: &mut Chance) -> i64 {
    let hour = chance.weighed(HOURS.iter().copied());
    let hour = i64::try_from(hour).unwrap_or_default();
    hour * 3_600 + chance.between(0, 3_599)
}

/// What comes in, and how often: weight, channel, kind, sort.
const MIX: &[(u32, Channel, Kind, Sort)] = &[
    (110, Channel::Email, Kind::Question, Sort::Ordinary),
    (7, Channel::Email, Kind::Question, Sort::Fyi),
    (1, Channel::Email, Kind::Question, Sort::FyiThatAsks),
    (2, Channel::Email, Kind::Question, Sort::FyiUnmarked),
    (9, Channel::Email, Kind::Question, Sort::Newsletter),
    (3, Channel::Email, Kind::Question, Sort::Spam),
    (16, Channel::Email, Kind::Invoice, Sort::Invoice),
    (36, Channel::Form, Kind::Question, Sort::Ordinary),
    (34, Channel::Form, Kind::Report, Sort::Ordinary),
    (6, Channel::Form, Kind::Feedback, Sort::Ordinary),
    (6, Channel::Form, Kind::Tip, Sort::Ordinary),
    (4, Channel::Form, Kind::Complaint, Sort::Ordinary),
    (9, Channel::Form, Kind::CallBack, Sort::Ordinary),
    (46, Channel::Phone, Kind::Question, Sort::Ordinary),
    (24, Channel::Phone, Kind::CallBack, Sort::Ordinary),
    (10, Channel::Phone, Kind::Report, Sort::Ordinary),
    (15, Channel::Counter, Kind::Question, Sort::Ordinary),
    (2, Channel::Counter, Kind::Complaint, Sort::Ordinary),
    (13, Channel::Social, Kind::Question, Sort::Ordinary),
    (6, Channel::Social, Kind::Report, Sort::Ordinary),
    (2, Channel::Social, Kind::Tip, Sort::Ordinary),
    (12, Channel::Post, Kind::Question, Sort::Ordinary),
    (3, Channel::Post, Kind::Complaint, Sort::Ordinary),
    (3, Channel::Post, Kind::Invoice, Sort::Invoice),
    (2, Channel::Post, Kind::Question, Sort::Fyi),
];

/// What a contact is: on a day off only what people can send by themselves.
pub(crate) fn what(chance: &mut Chance, is_working_day: bool) -> (Channel, Kind, Sort) {
    let possible = |channel: Channel| {
        is_working_day || matches!(channel, Channel::Email | Channel::Form | Channel::Social)
    };
    let weights = MIX.iter().map(|(weight, channel, ..)| u32::from(possible(*channel)) * weight);
    let (_, channel, kind, sort) = MIX[chance.weighed(weights)];
    (channel, kind, sort)
}
