//! The work list in its views, sifted, and search.

use axum::extract::{Query, State};
use axum::http::{StatusCode, Uri};
use calendar::Skipped;
use desk::{
    COUNT_MAX, Contact, House, Line, PAGE_LINES, Quiet, Sift, Stop, Tag, Tx, Whose, WorkCounts,
};
use jiff::Timestamp;
use norms::Class;
use serde::Deserialize;
use words::Words;

use super::{Worker, said, seen};
use crate::door::Door;
use crate::pages::{
    Channel, Choice, KeptView, Section, Sifter, Urgency, View, WorkList, WorkRow, WorkTab,
    query_value,
};
use crate::site::{Answer, Failure, is_phone, see_other, show};

/// The longest text that is searched for, in characters.
const SEARCH_CHARS_MAX: usize = 100;
/// The classes of message that nobody has to answer, but for spam.
const SILENT: [Class; 7] = [
    Class::Fyi,
    Class::AutoReply,
    Class::Bounce,
    Class::List,
    Class::FeedbackReport,
    Class::OwnLoop,
    Class::Duplicate,
];
/// Before every place in the list.
pub(super) const FIRST: (i64, i64) = (i64::MIN, 0);

/// What the address of the list may say: the view, the way of contact, the place the page before
/// ended, and how many contacts something was just done to.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub(super) lijst: String,
    pub(super) kanaal: String,
    /// The key of a tag.
    pub(super) label: String,
    na: String,
    gedaan: String,
}

/// What is searched for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sought {
    q: String,
    /// The contact the page before ended with.
    na: String,
}

/// GET /werk
pub(crate) async fn work_list(
    State(door): State<Door>,
    worker: Worker,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut page = list(&door, &worker, &asked).await?;
    if let Ok(done) = asked.gedaan.parse::<i64>() {
        page.frame.done = Some(worker.words.count("staff-together-done", done));
    }
    show(StatusCode::OK, &page)
}

/// The list at this address again, with why nothing was done.
pub(super) async fn refused_list(
    door: &Door,
    worker: &Worker,
    address: &str,
    why: String,
) -> Answer {
    let address: Uri = address.parse().unwrap_or_default();
    let asked = Query::<Asked>::try_from_uri(&address).map(|it| it.0).unwrap_or_default();
    let page = list(door, worker, &asked).await?;
    show(StatusCode::UNPROCESSABLE_ENTITY, &WorkList { refused: Some(why), ..page })
}

async fn list(door: &Door, worker: &Worker, asked: &Asked) -> Result<WorkList, Failure> {
    let view = View::from_code(&asked.lijst).unwrap_or(View::All);
    let (me, words) = (worker.agent.id(), worker.words);
    let after = place(&asked.na);
    let asked_for = Only::of(asked);
    let read = door.desk.read(move |tx, house, now| {
        let shown = Shown { words, house, now, me };
        let tags = desk::tags(tx)?;
        let only = asked_for.known(&tags);
        let (rows, next) = page_of(tx, house, &shown, (view, only, after))?;
        let counts = counts(tx, house, now, me)?;
        let choices = (tx.employees()?, tx.teams()?, (tags, only));
        Ok((rows, next, counts, tx.views_of(me)?, choices))
    });
    let (rows, next, counts, views, (employees, teams, (tags, only))) = read.await?;
    let gone = asked_for.tag != only.tag;
    let query = only.query(view);
    let address = format!("/werk?{query}");
    let mut frame = worker.frame(door, Section::Work);
    frame.path.clone_from(&address);
    let norms = door.desk.house().norms(door.desk.now());
    let choice = |it: Channel| Choice {
        chosen: only.channel == Some(it),
        ..Choice::new(it.code(), &words.say(it.key()))
    };
    let sifter = view.is_of_work().then(|| Sifter {
        channels: said::channels_of(norms).into_iter().map(choice).collect(),
        tags: tags.iter().map(|it| only.tag_choice(it)).collect(),
        query: query.clone(),
    });
    let kept = views.into_iter().map(|it| KeptView {
        id: it.id,
        open: it.query == query,
        href: format!("/werk?{}", it.query),
        name: it.name,
        shared: it.employee.is_none(),
    });
    let open = employees.iter().filter(|it| desk::works_with_residents(it) && it.id != me);
    Ok(WorkList {
        tabs: tabs(counts),
        view: Some(view),
        rows,
        next_href: next.map(|(a, b)| format!("{address}&na={a}.{b}")),
        first_href: after.map(|_| address.clone()),
        sifter,
        kept: kept.collect(),
        teams: teams.iter().map(|it| Choice::new(&it.id.to_string(), &it.name)).collect(),
        tags: tags.into_iter().map(|it| it.name).collect(),
        colleagues: open.map(|it| Choice::new(&it.id.to_string(), &it.name)).collect(),
        outcomes: said::outcomes(&words),
        refused: gone.then(|| words.say("staff-tag-gone")),
        frame,
    })
}

/// GET /werk/zoeken: a number leads to its contact, an address or a telephone number to a list.
pub(crate) async fn search(
    State(door): State<Door>,
    worker: Worker,
    Query(asked): Query<Sought>,
) -> Answer {
    let sought: String = asked.q.trim().chars().take(SEARCH_CHARS_MAX).collect();
    let (me, words, asked_for) = (worker.agent.id(), worker.words, sought.clone());
    let before = asked.na.parse::<i64>().ok();
    let (exact, rows, next, counts) = door
        .desk
        .read(move |tx, house, now| {
            let shown = Shown { words, house, now, me };
            let exact = desk::contact_by_number(tx, house, &asked_for)?.is_some();
            let mut contacts = found(tx, &asked_for, before)?;
            let next = cut(&mut contacts).map(|last| last.id);
            let mut rows = Vec::new();
            for contact in contacts {
                rows.push(shown.contact(tx, house, &contact)?);
            }
            let counts = counts(tx, house, now, me)?;
            Ok((exact, rows, next, counts))
        })
        .await?;
    let mut frame = worker.frame(&door, Section::Work);
    if !exact && !sought.is_empty() {
        seen::searched(&door, &worker, rows.len()).await?;
    }
    if exact {
        return Ok(see_other(&frame.href(&format!("/werk/contacten/{sought}"))));
    }
    frame.path = format!("/werk/zoeken?q={}", query_value(&sought));
    let next_href = next.map(|last| format!("{}&na={last}", frame.path));
    let first_href = before.map(|_| frame.path.clone());
    frame.search = sought;
    let page = WorkList {
        tabs: tabs(counts),
        view: None,
        rows,
        next_href,
        first_href,
        sifter: None,
        kept: Vec::new(),
        teams: Vec::new(),
        tags: Vec::new(),
        colleagues: Vec::new(),
        outcomes: Vec::new(),
        refused: None,
        frame,
    };
    show(StatusCode::OK, &page)
}

/// What is found, newest first: one more than fits on a page, when there is more.
fn found(tx: &mut Tx<'_>, sought: &str, before: Option<i64>) -> Result<Vec<Contact>, Stop> {
    const NOBODY: i64 = 0;
    let page = (before.unwrap_or(i64::MAX), PAGE_LINES + 1);
    // An address is known at once; words, a moment after they came in.
    if sought.contains('@') && desk::is_address(sought) {
        let of_person = tx.contacts_of_person(sought, NOBODY, page)?;
        if !of_person.is_empty() {
            return Ok(of_person);
        }
    }
    if is_phone(sought) {
        let of_phone = tx.contacts_of_phone(sought, page)?;
        if !of_phone.is_empty() {
            return Ok(of_phone);
        }
    }
    desk::find(tx, sought, page.0, page.1)
}

/// How many contacts each view has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    work: WorkCounts,
    silent: u32,
    spam: u32,
}

pub(super) fn counts(
    tx: &mut Tx<'_>,
    house: &House,
    now: Timestamp,
    me: i64,
) -> Result<Counts, Stop> {
    let mut silent = 0_u32;
    for class in SILENT {
        silent = silent.saturating_add(tx.count_class(class, COUNT_MAX)?);
    }
    Ok(Counts {
        work: desk::work_counts(tx, house, now, me)?,
        silent: silent.min(COUNT_MAX),
        spam: tx.count_class(Class::Spam, COUNT_MAX)?,
    })
}

pub(super) fn tabs(Counts { work, silent, spam }: Counts) -> Vec<WorkTab> {
    let count = |view: View| match view {
        View::All => work.all,
        View::Mine => work.mine,
        View::Team => work.team,
        View::Mentioned => work.mentioned,
        View::Unassigned => work.unassigned,
        View::Today => work.today,
        View::Soon => work.soon,
        View::Overdue => work.overdue,
        View::Waiting => work.date_told,
        View::Asked => work.asked,
        View::Asleep => work.asleep,
        View::Silent => silent,
        View::Spam => spam,
    };
    View::ALL.map(|view| WorkTab { view, count: u64::from(count(view)) }).to_vec()
}

/// What is left of a view: one way of contact, one tag.
#[derive(Clone, Copy)]
pub(super) struct Only {
    channel: Option<Channel>,
    tag: Option<i64>,
}

impl Only {
    pub(super) fn of(asked: &Asked) -> Only {
        let tag = asked.label.parse().ok().filter(|id| *id > 0);
        Only { channel: Channel::from_code(&asked.kanaal), tag }
    }

    /// The same without a tag that no contact has any more.
    fn known(self, tags: &[Tag]) -> Only {
        let tag = self.tag.filter(|id| tags.iter().any(|tag| tag.id == *id));
        Only { tag, ..self }
    }

    /// What the address of a view so sifted asks for.
    pub(super) fn query(self, view: View) -> String {
        let mut query = format!("lijst={}", view.code());
        if let Some(channel) = self.channel {
            query = format!("{query}&kanaal={}", channel.code());
        }
        if let Some(tag) = self.tag {
            query = format!("{query}&label={tag}");
        }
        query
    }

    pub(super) fn sift(self, whose: Whose, awake_at: Option<Timestamp>) -> Sift {
        let (channel, kind) = self.channel.map_or((None, None), said::sift);
        Sift { whose, awake_at, channel, kind, tag: self.tag }
    }

    fn tag_choice(self, tag: &Tag) -> Choice {
        Choice { chosen: self.tag == Some(tag.id), ..Choice::new(&tag.id.to_string(), &tag.name) }
    }
}

/// "…&na=1778.42": the place after which a page begins.
fn place(text: &str) -> Option<(i64, i64)> {
    let (due, contact) = text.split_once('.')?;
    Some((due.parse().ok()?, contact.parse().ok()?))
}

type Rows = (Vec<WorkRow>, Option<(i64, i64)>);

/// Whose lines a view of the work list has, at which moment they must be awake, after which place
/// it begins and until which moment it goes; nothing for a view that is read in another way.
pub(super) fn bounds(house: &House, now: Timestamp, me: i64, view: View) -> Option<Bounds> {
    let past = |moment: Timestamp| (moment.as_microsecond(), i64::MAX);
    let (tonight, soon) = desk::near(house, now);
    let awake = Some(now);
    Some(match view {
        View::All => (Whose::All, awake, FIRST, None),
        View::Mine => (Whose::Of(me), awake, FIRST, None),
        View::Unassigned => (Whose::Nobody, awake, FIRST, None),
        View::Today => (Whose::All, None, past(now), Some(tonight)),
        View::Soon => (Whose::All, None, past(tonight), Some(soon)),
        View::Overdue => (Whose::All, None, FIRST, Some(now)),
        View::Waiting => (Whose::DateTold, None, FIRST, None),
        View::Asked => (Whose::Asked, None, FIRST, None),
        View::Asleep => (Whose::Asleep(now), None, FIRST, None),
        View::Team | View::Mentioned | View::Silent | View::Spam => return None,
    })
}

type Bounds = (Whose, Option<Timestamp>, (i64, i64), Option<Timestamp>);

/// The rows of a view after a place, and the place after which there are more.
fn page_of(
    tx: &mut Tx<'_>,
    house: &House,
    shown: &Shown<'_>,
    (view, only, after): (View, Only, Option<(i64, i64)>),
) -> Result<Rows, Stop> {
    match view {
        View::Team => return of_teams(tx, house, shown, (only, after)),
        View::Mentioned => return mentioned(tx, house, shown, after),
        View::Silent => return silent(tx, house, shown, (&SILENT, after)),
        View::Spam => return silent(tx, house, shown, (&[Class::Spam], after)),
        _ => {}
    }
    let (whose, awake_at, first, until) =
        bounds(house, shown.now, shown.me, view).unwrap_or((Whose::All, None, FIRST, None));
    let sift = only.sift(whose, awake_at);
    let mut lines = tx.work(&sift, after.unwrap_or(first).max(first), until, PAGE_LINES + 1)?;
    let next = cut(&mut lines).map(Line::place);
    Ok((lines.iter().map(|line| shown.line(house, line)).collect(), next))
}

fn of_teams(
    tx: &mut Tx<'_>,
    house: &House,
    shown: &Shown<'_>,
    (only, after): (Only, Option<(i64, i64)>),
) -> Result<Rows, Stop> {
    let sift = only.sift(Whose::All, Some(shown.now));
    let page = (after.unwrap_or(FIRST), PAGE_LINES + 1);
    let mut lines = desk::team_work(tx, shown.me, &sift, page)?;
    let next = cut(&mut lines).map(Line::place);
    Ok((lines.iter().map(|line| shown.line(house, line)).collect(), next))
}

fn mentioned(
    tx: &mut Tx<'_>,
    house: &House,
    shown: &Shown<'_>,
    before: Option<(i64, i64)>,
) -> Result<Rows, Stop> {
    let before = before.unwrap_or((i64::MAX, i64::MAX));
    let mut found = desk::mentions(tx, shown.me, before, PAGE_LINES + 1)?;
    let next = cut(&mut found).map(|last| last.0);
    let rows = found.iter().map(|(_, contact)| shown.contact(tx, house, contact));
    Ok((rows.collect::<Result<_, _>>()?, next))
}

fn silent(
    tx: &mut Tx<'_>,
    house: &House,
    shown: &Shown<'_>,
    (classes, after): (&[Class], Option<(i64, i64)>),
) -> Result<Rows, Stop> {
    let before = after.map_or(i64::MAX, |(_, contact)| contact);
    let mut found: Vec<Quiet> = Vec::new();
    for class in classes {
        found.extend(tx.quiet(*class, before, PAGE_LINES + 1)?);
    }
    found.sort_by_key(|quiet| std::cmp::Reverse(quiet.contact));
    found.truncate(PAGE_LINES as usize + 1);
    let next = cut(&mut found).map(|last| (0, last.contact));
    Ok((found.iter().map(|quiet| shown.quiet(house, quiet)).collect(), next))
}

/// Cuts to one page; gives the last line that stays when there are more.
fn cut<T>(lines: &mut Vec<T>) -> Option<&T> {
    let more = lines.len() > PAGE_LINES as usize;
    lines.truncate(PAGE_LINES as usize);
    lines.last().filter(|_| more)
}

/// For whom, by which norms and at which moment rows are shown.
struct Shown<'a> {
    words: Words,
    house: &'a House,
    now: Timestamp,
    me: i64,
}

impl Shown<'_> {
    fn received(&self, at: Timestamp) -> String {
        self.words.short_moment(at, self.house.zone())
    }

    fn line(&self, house: &House, line: &Line) -> WorkRow {
        let (words, norms) = (&self.words, self.house.norms(line.received_at));
        let skipped: Vec<Skipped> = serde_json::from_str(&line.skipped).unwrap_or_default();
        WorkRow {
            number: house.number(line.contact, line.received_at),
            channel: said::channel(line.channel, line.kind),
            who: said::who(words, &line.name, &line.email),
            subject: said::subject(words, &line.subject),
            received: self.received(line.received_at),
            promise: Some(said::promise(words, norms, &line.norm, line.duty)),
            due: said::due(words, norms, line.due_on.parse().ok(), line.due_at),
            why: words.skipped(&skipped, norms.calendar.closures()),
            urgency: said::urgency(norms, self.now, line.due_at),
            assigned: line.employee.as_ref().map(|(_, name)| name.clone()).or(line.team.clone()),
            mine: line.employee.as_ref().is_some_and(|(id, _)| *id == self.me),
            tags: line.tags.clone(),
        }
    }

    fn quiet(&self, house: &House, quiet: &Quiet) -> WorkRow {
        WorkRow {
            number: house.number(quiet.contact, quiet.received_at),
            channel: said::channel(quiet.channel, quiet.kind),
            who: said::who(&self.words, &quiet.name, &quiet.email),
            subject: said::subject_of(&self.words, &quiet.subject, quiet.erased),
            received: self.received(quiet.received_at),
            promise: None,
            due: None,
            why: None,
            urgency: Urgency::Nothing,
            assigned: None,
            mine: false,
            tags: Vec::new(),
        }
    }

    fn contact(&self, tx: &mut Tx<'_>, house: &House, contact: &Contact) -> Result<WorkRow, Stop> {
        let (words, norms) = (&self.words, self.house.norms(contact.received_at));
        let situation = contact.situation(tx.promises(contact.id)?);
        let next = situation.next();
        let hands = tx.in_hands_of(contact.id)?;
        let assigned = match hands.employee {
            None => None,
            Some(id) => tx.employee(id)?,
        };
        let due = next.map(|promise| &promise.due);
        Ok(WorkRow {
            number: house.number(contact.id, contact.received_at),
            channel: said::channel(contact.channel, contact.kind),
            who: said::who(words, &contact.name, &contact.email),
            subject: said::subject_of(words, &contact.subject, contact.erased_at.is_some()),
            received: self.received(contact.received_at),
            promise: next.map(|it| said::promise(words, norms, &it.norm, it.duty)),
            due: due.and_then(|due| crate::site::day(words, norms, due)),
            why: due.and_then(|due| crate::site::why(words, norms, due)),
            urgency: due.map_or(Urgency::Nothing, |due| said::urgency(norms, self.now, due.at)),
            mine: assigned.as_ref().is_some_and(|employee| employee.id == self.me),
            assigned: assigned.map(|it| it.name).or(hands.team.map(|it| it.1)),
            tags: tx.tags_of(contact.id)?.into_iter().map(|tag| tag.name).collect(),
        })
    }
}
