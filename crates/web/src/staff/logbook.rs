//! The log as an auditor reads it: a page, and the same lines for a spreadsheet.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use desk::{Audit, Doer, LOG_EXPORT_LINES_MAX, LOG_LINES, LogBy, LogLine, LogPart, LogSort};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use promises::{AccountChange, Fact, Sight, WebhookChange};
use serde::Deserialize;
use words::Words;

use super::{Worker, export, said};
use crate::door::Door;
use crate::pages::{Choice, LogAsked, LogRow, Logbook, Section, query_value};
use crate::site::{Answer, Failure, Typed, show};

/// What stands for programs and who keeps the machine, where an employee can be chosen.
const NOBODY: &str = "systeem";

/// The part of the log that is asked for, as it was typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    medewerker: String,
    nummer: String,
    wat: String,
    van: String,
    tot: String,
    voor: String,
}

impl Asked {
    /// What is meant; or the key of what is wrong.
    fn read(&self) -> Result<LogPart, &'static str> {
        let day = |text: &str| match text.trim() {
            "" => Ok(None),
            text => text.parse::<Date>().map(Some).map_err(|_| "staff-unclear-date"),
        };
        let contact = match self.nummer.trim() {
            "" => None,
            number => Some(desk::House::contact_of_number(number).ok_or("staff-log-no-contact")?),
        };
        let key = |text: &str| match text {
            "" => Ok(None),
            text => text.parse::<i64>().map(Some).map_err(|_| "staff-log-unclear"),
        };
        let sort = LogSort::ALL.into_iter().find(|sort| sort.word() == self.wat);
        if sort.is_none() && !self.wat.is_empty() {
            return Err("staff-log-unclear");
        }
        Ok(LogPart {
            by: match self.medewerker.as_str() {
                NOBODY => Some(LogBy::Nobody),
                employee => key(employee)?.map(LogBy::Employee),
            },
            contact,
            sort,
            from: day(&self.van)?,
            until: day(&self.tot)?,
            before: key(&self.voor)?,
        })
    }

    /// The address of the part from its newest line.
    fn address(&self) -> String {
        let Asked { medewerker, nummer, wat, van, tot, .. } = self;
        let fields = [
            ("medewerker", medewerker),
            ("nummer", nummer),
            ("wat", wat),
            ("van", van),
            ("tot", tot),
        ];
        let given = fields.into_iter().filter(|(_, value)| !value.trim().is_empty());
        let pairs: Vec<String> =
            given.map(|(name, value)| format!("{name}={}", query_value(value.trim()))).collect();
        match pairs.join("&") {
            pairs if pairs.is_empty() => "/werk/logboek".to_owned(),
            pairs => format!("/werk/logboek?{pairs}"),
        }
    }

    fn older(&self, than: i64) -> String {
        let address = self.address();
        let sign = if address.contains('?') { '&' } else { '?' };
        format!("{address}{sign}voor={than}")
    }
}

/// What is called how, by key.
struct Names {
    /// Everybody who has or had an account.
    employees: BTreeMap<i64, String>,
    /// Programs, by the token they come in with.
    programs: BTreeMap<i64, String>,
}

/// GET /werk/logboek
pub(crate) async fn logbook(
    State(door): State<Door>,
    worker: Worker<Audit>,
    Query(asked): Query<Asked>,
) -> Answer {
    answer(&door, &worker, &asked).await
}

async fn answer(door: &Door, worker: &Worker<Audit>, asked: &Asked) -> Answer {
    let (words, zone) = (worker.words, door.desk.house().zone().clone());
    let part = asked.read();
    let status = part.as_ref().map_or(StatusCode::UNPROCESSABLE_ENTITY, |_| StatusCode::OK);
    let problem = part.as_ref().err().map(|key| words.say(key));
    // What is not understood shows nothing, rather than everything.
    let (mut lines, names) = lines(door, worker, part.ok(), LOG_LINES + 1).await?;
    let more = lines.len() > LOG_LINES as usize;
    lines.truncate(LOG_LINES as usize);
    let next = lines.last().filter(|_| more).map(|line| asked.older(line.id));
    let row = |line: &LogLine| LogRow {
        at: moment(&words, line.at, &zone),
        at_machine: line.at.to_string(),
        who: who(&words, &names, line.by),
        what: what(&words, &names, line.fact.as_ref()),
        contact: line.contact.clone(),
    };
    let mut frame = worker.frame(door, Section::House);
    frame.path = asked.address();
    let nobody = (NOBODY.to_owned(), words.say("staff-log-nobody"));
    let everybody = [(String::new(), words.say("staff-log-everybody")), nobody].into_iter();
    let by_name = names.employees.iter().map(|(id, name)| (id.to_string(), name.clone()));
    let everybody = everybody.chain(by_name);
    let everything = [("", "staff-log-everything")].into_iter();
    let sorts = everything.chain(LogSort::ALL.map(|sort| (sort.word(), sort_key(sort))));
    let page = Logbook {
        asked: LogAsked {
            number: asked.nummer.clone(),
            from: asked.van.clone(),
            until: asked.tot.clone(),
        },
        employees: everybody.map(|it| choice(&it.0, &it.1, &asked.medewerker)).collect(),
        sorts: sorts.map(|(word, key)| choice(word, &words.say(key), &asked.wat)).collect(),
        lines: lines.iter().map(row).collect(),
        next_href: next,
        first_href: (!asked.voor.is_empty()).then(|| asked.address()),
        problem,
        frame,
    };
    show(status, &page)
}

/// POST /werk/logboek.csv: the part that is shown, from its newest line. That it is taken out
/// stands in the log itself.
pub(crate) async fn export_log(
    State(door): State<Door>,
    worker: Worker<Audit>,
    Typed(asked): Typed<Asked>,
) -> Answer {
    let asked = Asked { voor: String::new(), ..asked };
    let Ok(part) = asked.read() else { return answer(&door, &worker, &asked).await };
    let (lines, names) = lines(&door, &worker, Some(part), LOG_EXPORT_LINES_MAX).await?;
    let list = asked.address().trim_start_matches("/werk/").to_owned();
    let taken = (list, u32::try_from(lines.len()).unwrap_or(u32::MAX));
    let agent = worker.agent.clone();
    let note = move |tx: &mut desk::Tx<'_>, _: &desk::House, now| {
        desk::exported(tx, now, &agent, (&taken.0, taken.1));
        Ok(())
    };
    door.desk.write(note).await?;
    let text = table(&worker.words, door.desk.house().zone(), &lines, &names);
    Ok((export::headers("belofte-logboek.csv"), text).into_response())
}

fn table(words: &Words, zone: &TimeZone, lines: &[LogLine], names: &Names) -> String {
    let head = ["staff-log-line", "staff-log-when", "staff-log-who", "staff-log-what"];
    let mut text = export::begin();
    let mut cells: Vec<String> = head.iter().map(|key| words.say(key)).collect();
    cells.push(words.say("staff-log-contact"));
    export::row(&mut text, &cells);
    for line in lines {
        let cells = [
            line.id.to_string(),
            line.at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string(),
            who(words, names, line.by),
            what(words, names, line.fact.as_ref()),
            line.contact.clone().unwrap_or_default(),
        ];
        export::row(&mut text, &cells);
    }
    if lines.len() >= LOG_EXPORT_LINES_MAX as usize {
        export::row(&mut text, &[words.say("staff-log-cut")]);
    }
    text
}

async fn lines(
    door: &Door,
    worker: &Worker<Audit>,
    part: Option<LogPart>,
    at_most: u32,
) -> Result<(Vec<LogLine>, Names), Failure> {
    let agent = worker.agent.clone();
    let read = door.desk.read(move |tx, house, _| {
        let names = Names {
            employees: tx.employees()?.into_iter().map(|it| (it.id, it.name)).collect(),
            programs: desk::tokens(tx)?.into_iter().map(|it| (it.id, it.name)).collect(),
        };
        let lines = match &part {
            Some(part) => desk::log(tx, house, &agent, part, at_most)?,
            None => Vec::new(),
        };
        Ok((lines, names))
    });
    Ok(read.await?)
}

/// With the year: what is looked for can be long ago.
fn moment(words: &Words, at: Timestamp, zone: &TimeZone) -> String {
    let there = at.to_zoned(zone.clone());
    format!("{}, {}", words.plain_date(there.date()), words.time(there.time()))
}

fn choice(value: &str, label: &str, chosen: &str) -> Choice {
    Choice { chosen: value == chosen, ..Choice::new(value, label) }
}

fn who(words: &Words, names: &Names, by: Doer) -> String {
    match by {
        Doer::Employee(id) => name(words, names, id),
        Doer::Program(token) => {
            let name = names.programs.get(&token).cloned().unwrap_or_else(|| token.to_string());
            words.say1("staff-log-program", "name", &name)
        }
        Doer::System => words.say("staff-log-system"),
    }
}

fn name(words: &Words, names: &Names, employee: i64) -> String {
    names.employees.get(&employee).cloned().unwrap_or_else(|| words.say("staff-no-name"))
}

fn sort_key(sort: LogSort) -> &'static str {
    match sort {
        LogSort::Seen => "staff-log-sort-seen",
        LogSort::Changed => "staff-log-sort-changed",
        LogSort::Exported => "staff-log-sort-exported",
        LogSort::Accounts => "staff-log-sort-accounts",
    }
}

/// What a line says that somebody did.
fn what(words: &Words, names: &Names, fact: Option<&Fact>) -> String {
    match fact {
        Some(Fact::Searched { found }) => words.count("staff-log-searched", i64::from(*found)),
        Some(Fact::ListExported { list, contacts, .. }) => {
            let values = [("list", list.into()), ("count", i64::from(*contacts).into())];
            words.say_with("staff-log-list-exported", &values)
        }
        Some(Fact::AccountChanged { employee, change, .. }) => {
            let who = name(words, names, *employee);
            words.say1(change_key(*change), "who", &who)
        }
        Some(fact) => words.say(key(fact)),
        None => words.say("staff-event-unknown"),
    }
}

fn change_key(change: AccountChange) -> &'static str {
    match change {
        AccountChange::Opened => "staff-log-account-opened",
        AccountChange::Changed => "staff-log-account-changed",
        AccountChange::Closed => "staff-log-account-closed",
        AccountChange::Invited => "staff-log-account-invited",
        AccountChange::Password => "staff-log-account-password",
        AccountChange::SecondStepOn => "staff-log-account-step-on",
        AccountChange::SecondStepOff => "staff-log-account-step-off",
        AccountChange::RecoveryCodes => "staff-log-account-codes",
        AccountChange::PasskeyAdded => "staff-log-account-passkey-added",
        AccountChange::PasskeyRemoved => "staff-log-account-passkey-removed",
        AccountChange::PasskeyCopied => "staff-log-account-passkey-copied",
        AccountChange::AdministratorKept => "staff-log-account-administrator-kept",
    }
}

fn webhook_key(change: WebhookChange) -> &'static str {
    match change {
        WebhookChange::Made => "staff-log-webhook-made",
        WebhookChange::Paused => "staff-log-webhook-paused",
        WebhookChange::Resumed => "staff-log-webhook-resumed",
        WebhookChange::Replayed => "staff-log-webhook-replayed",
        WebhookChange::Closed => "staff-log-webhook-closed",
    }
}

/// The key of what is said of a fact that names nobody else.
fn key(fact: &Fact) -> &'static str {
    match fact {
        Fact::Seen { what: Sight::Contact, .. } => "staff-log-seen-contact",
        Fact::Seen { what: Sight::Phone, .. } => "staff-log-seen-phone",
        Fact::Seen { what: Sight::File, .. } => "staff-log-seen-file",
        Fact::Seen { what: Sight::Original, .. } => "staff-log-seen-original",
        Fact::SignedIn => "staff-log-signed-in",
        Fact::Received { .. } => "staff-log-received",
        Fact::FollowedUp { .. } => "staff-log-followed-up",
        Fact::NotAcknowledged { .. } => "staff-log-not-acknowledged",
        Fact::Promised { .. } => "staff-log-promised",
        Fact::Settled { .. } => "staff-log-settled",
        Fact::Recalled { .. } => "staff-log-recalled",
        Fact::Restored { .. } => "staff-log-restored",
        Fact::Broken { .. } => "staff-log-broken",
        Fact::Acknowledged { .. } => "staff-log-acknowledged",
        Fact::Answered { .. } => "staff-log-answered",
        Fact::ToldWhen { .. } => "staff-log-told-when",
        Fact::Did { .. } => "staff-log-did",
        Fact::Happened { .. } => "staff-log-happened",
        Fact::SetAside { .. } => "staff-log-set-aside",
        Fact::Redated { .. } => "staff-log-redated",
        Fact::LetterSent { .. } => "staff-log-letter-sent",
        Fact::LetterFailed { .. } => "staff-log-letter-failed",
        Fact::Assigned { .. } => "staff-log-assigned",
        Fact::GivenToTeam { .. } => "staff-log-given-to-team",
        Fact::HandedOver { .. } => "staff-log-handed-over",
        Fact::Noted => "staff-log-noted",
        Fact::Tagged { .. } => "staff-log-tagged",
        Fact::Untagged { .. } => "staff-log-untagged",
        Fact::TakenOver { .. } => "staff-log-taken-over",
        Fact::ClassCorrected { .. } => "staff-log-class-corrected",
        Fact::Supplied { .. } => "staff-log-supplied",
        Fact::TokenMade { .. } => "staff-log-token-made",
        Fact::TokenEnded { .. } => "staff-log-token-ended",
        Fact::WebhookChanged { change, .. } => webhook_key(*change),
        Fact::Closed { .. } => "staff-log-closed",
        Fact::Erased { .. } => "staff-log-erased",
        Fact::DestructionApproved { .. } => "staff-log-destruction",
        Fact::Reopened => "staff-log-reopened",
        Fact::Rated => "staff-event-rated",
        Fact::Called { result } => said::called_key(*result),
        Fact::Visit { step, .. } => said::visit_key(*step),
        Fact::CounterClosed { .. } => "staff-log-counter-closed",
        Fact::CounterOpened { .. } => "staff-log-counter-opened",
        Fact::FeedChanged { desk: Some(_), .. } => "staff-log-feed-made",
        Fact::FeedChanged { desk: None, .. } => "staff-log-feed-ended",
        Fact::LinkRenewed { .. } => "staff-event-link-renewed",
        Fact::LetterTextChanged { .. } => "staff-log-letter-text",
        Fact::DisruptionPublished { .. } => "staff-log-disruption",
        Fact::DisruptionEnded { .. } => "staff-log-disruption-over",
        // These name somebody or something, and are said above.
        Fact::Searched { .. } | Fact::ListExported { .. } | Fact::AccountChanged { .. } => {
            "staff-event-unknown"
        }
    }
}
