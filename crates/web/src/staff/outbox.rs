//! The letters that go out: what waits, what failed, what was sent. Recipients are masked.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use desk::{COUNT_MAX, House, Letter, PAGE_LINES, Standing, Stop, Tx};
use jiff::Timestamp;
use promises::{Purpose, Via};
use serde::Deserialize;
use words::Words;

use super::Worker;
use crate::door::Door;
use crate::pages::{LetterState, Outbox, OutboxLetter, OutboxView, Section};
use crate::site::{Answer, show};

/// What the address may say: the view, and the moment before which letters are shown, in
/// microseconds since 1970.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    stand: String,
    na: String,
}

/// GET /werk/uit
pub(crate) async fn outbox(
    State(door): State<Door>,
    worker: Worker,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = OutboxView::from_code(&asked.stand).unwrap_or(OutboxView::Waiting);
    let before = asked.na.parse().ok().and_then(|at| Timestamp::from_microsecond(at).ok());
    let words = worker.words;
    let (letters, next, waiting, failed) = door
        .desk
        .read(move |tx, house, now| {
            let (letters, next) = page_of(tx, house, &words, now, (view, before))?;
            let waiting = tx.count_waiting_letters(COUNT_MAX)?;
            Ok((letters, next, waiting, tx.count_failed_letters(COUNT_MAX)?))
        })
        .await?;
    let count = |view: OutboxView| match view {
        OutboxView::Waiting => Some(u64::from(waiting)),
        OutboxView::Failed => Some(u64::from(failed)),
        OutboxView::OnPaper | OutboxView::Sent => None,
    };
    let page = Outbox {
        frame: worker.frame(&door, Section::Outbox),
        tabs: OutboxView::ALL.into_iter().map(|view| (view, count(view))).collect(),
        view,
        letters,
        next_href: next.map(|at| format!("{}&na={}", view.path(), at.as_microsecond())),
    };
    show(StatusCode::OK, &page)
}

type Letters = (Vec<OutboxLetter>, Option<Timestamp>);

fn page_of(
    tx: &mut Tx<'_>,
    house: &House,
    words: &Words,
    now: Timestamp,
    (view, before): (OutboxView, Option<Timestamp>),
) -> Result<Letters, Stop> {
    let before = before.unwrap_or(Timestamp::MAX);
    let most = PAGE_LINES + 1;
    let mut letters = match view {
        OutboxView::Waiting => tx.waiting_letters(PAGE_LINES)?,
        OutboxView::Failed => tx.done_letters(true, before, most)?,
        OutboxView::Sent => tx.done_letters(false, before, most)?,
        OutboxView::OnPaper => tx.paper_letters(before, most)?,
    };
    let more = letters.len() > PAGE_LINES as usize;
    letters.truncate(PAGE_LINES as usize);
    let next = letters.last().filter(|_| more).map(moment);
    let mut shown = Vec::with_capacity(letters.len());
    for letter in &letters {
        let received = tx.contact(letter.contact)?.map(|contact| contact.received_at);
        let number = house.number(letter.contact, received.unwrap_or(letter.at));
        shown.push(row(words, house, now, letter, number));
    }
    Ok((shown, next))
}

/// The moment by which a letter is ordered.
fn moment(letter: &Letter) -> Timestamp {
    match &letter.standing {
        Standing::Sent(at) | Standing::Recalled(at) | Standing::Failed { at, .. } => *at,
        Standing::Held { .. } | Standing::Waiting { .. } | Standing::Told => letter.at,
    }
}

fn row(
    words: &Words,
    house: &House,
    now: Timestamp,
    letter: &Letter,
    number: String,
) -> OutboxLetter {
    let short = |at: Timestamp| words.short_moment(at, house.zone());
    let (state, tries, again, error) = match &letter.standing {
        Standing::Waiting { next_at, tries, error } => {
            let again = (*tries > 0).then(|| short(*next_at));
            let error = Some(error.clone()).filter(|error| !error.is_empty());
            (LetterState::Waiting, u64::from(*tries), again, error)
        }
        Standing::Held { until } if now < *until => (LetterState::Held, 0, None, None),
        Standing::Held { .. } => (LetterState::Waiting, 0, None, None),
        Standing::Recalled(_) => (LetterState::Recalled, 0, None, None),
        Standing::Sent(_) => (LetterState::Sent, 1, None, None),
        Standing::Failed { detail, .. } => (LetterState::Failed, 1, None, Some(detail.clone())),
        Standing::Told if letter.via == Via::Paper => (LetterState::OnPaper, 1, None, None),
        Standing::Told => (LetterState::Sent, 1, None, None),
    };
    let what = match letter.purpose {
        Purpose::Acknowledgement => "staff-event-acknowledgement",
        Purpose::Answer => "staff-event-answer",
        Purpose::Link => "staff-event-link",
        Purpose::Date => "staff-deed-keep-date",
        Purpose::Visit => "staff-event-visit-letter",
    };
    OutboxLetter {
        number,
        what: words.say(what),
        to: masked(&letter.recipient),
        state,
        at: short(moment(letter)),
        tries,
        again,
        error,
    }
}

/// "j…d@example.nl": enough to recognise, not enough to write to.
fn masked(address: &str) -> String {
    let Some((local, domain)) = address.rsplit_once('@') else { return String::new() };
    let mut letters = local.chars();
    let (first, last) = (letters.next(), letters.next_back());
    let shown = |letter: Option<char>| letter.map(String::from).unwrap_or_default();
    format!("{}…{}@{domain}", shown(first), shown(last))
}

#[cfg(test)]
mod tests {
    #[test]
    fn addresses_are_masked() {
        for (address, expected) in [
            ("jan.voorbeeld@example.nl", "j…d@example.nl"),
            ("j@example.nl", "j…@example.nl"),
            ("", ""),
        ] {
            assert_eq!(super::masked(address), expected);
        }
    }
}
