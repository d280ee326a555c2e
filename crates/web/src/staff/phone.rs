//! The screen for who calls now: who it may be, and what comes of the call with one key.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use desk::{
    Arrival, CallCame, Caller, Hands, KnownCaller, Reply, Stop, TakenCall, Wish, call_number,
    is_address,
};
use jiff::Timestamp;
use norms::{Channel, Kind};
use promises::call::{Action, How};
use promises::{Refusal, Via};
use serde::Deserialize;
use words::Words;

use super::calls::{LINE_CHARS_MAX, colleagues, hands};
use super::{Worker, said, seen};
use crate::door::Door;
use crate::pages::{CallScreen, KnownContact, NoteTyped, Section};
use crate::site::{Answer, Failure, Typed, see_other, show};

/// Bytes of the name that a page gives a call which no exchange tells of.
const NAME_BYTES: usize = 12;
/// The most questions in one call.
const QUESTIONS_MAX: u32 = 50;

/// Who calls, and what was written down already in this call.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    nummer: String,
    naam: String,
    gesprek: String,
    sinds: String,
    /// The call of an exchange.
    oproep: String,
    /// The numbers of contacts, with a comma between.
    klaar: String,
}

/// The call as it comes in.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    name: String,
    phone: String,
    email: String,
    subject: String,
    text: String,
    to: String,
    came: String,
    call: String,
    page: String,
    question: String,
    since: String,
    done: String,
    turn: String,
}

/// GET /werk/gesprek
pub(crate) async fn call_screen(
    State(door): State<Door>,
    worker: Worker,
    Query(asked): Query<Asked>,
) -> Answer {
    let done: Vec<String> = numbers(&asked.klaar);
    let page = match asked.gesprek.as_str() {
        "" => data_encoding::HEXLOWER.encode(&door.desk.random::<NAME_BYTES>()),
        name => name.chars().take(LINE_CHARS_MAX).collect(),
    };
    let since = match asked.sinds.parse::<i64>() {
        Ok(since) => since,
        Err(_) => door.desk.now().as_second(),
    };
    let filled = Filled {
        phone: asked.nummer.chars().take(LINE_CHARS_MAX).collect(),
        name: asked.naam.chars().take(LINE_CHARS_MAX).collect(),
        page,
        call: numbers(&asked.oproep).into_iter().next().unwrap_or_default(),
        question: (done.len() + 1).to_string(),
        since: since.to_string(),
        done: done.join(","),
        ..Filled::default()
    };
    show(StatusCode::OK, &screen(&door, &worker, &filled).await?)
}

/// POST /werk/gesprek
pub(crate) async fn take_call(
    State(door): State<Door>,
    worker: Worker,
    Typed(filled): Typed<Filled>,
) -> Answer {
    if filled.came == "appointment" {
        return book(&door, &worker, &filled).await;
    }
    if let Some(wish) = filled.wish() {
        return steer(&door, &worker, &filled, wish).await;
    }
    let mut page = screen(&door, &worker, &filled).await?;
    if filled.came == "look" {
        return show(StatusCode::OK, &page);
    }
    page.problems = filled.problems();
    if !page.problems.is_empty() {
        return show(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let to = page.to.iter().find(|it| it.chosen).map(|it| it.label.clone());
    let taken = filled.taken(&worker.words, to).ok_or(Failure::NOT_FOUND)?;
    let (agent, call) = (worker.agent.clone(), page.hidden[0].1.clone());
    let write =
        door.desk.act(move |tx, house, now| desk::take_call(tx, house, now, &agent, &taken));
    match write.await {
        Ok(done) => {
            let mut all = numbers(&filled.done);
            all.push(done.number);
            let typed = filled.typed();
            let part = |text: &str| crate::pages::encoded(text);
            let next = format!(
                "/werk/gesprek?nummer={}&naam={}&gesprek={}&sinds={}&klaar={}&oproep={}",
                part(&typed.phone),
                part(&typed.name),
                part(&filled.page),
                part(&filled.since),
                part(&all.join(",")),
                part(&call),
            );
            Ok(see_other(&worker.frame(&door, Section::Calls).href(&next)))
        }
        Err(Stop::Refused(refusal)) if refusal != Refusal::NotFound => {
            page.refused = Some(worker.words.say(refusal.key()));
            show(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(stop) => Err(stop.into()),
    }
}

/// To the page where an appointment is made for the caller, with what was typed.
async fn book(door: &Door, worker: &Worker, filled: &Filled) -> Answer {
    let typed = filled.typed();
    let arrival =
        Arrival { phone: typed.phone.clone(), ..Arrival::new(Channel::Phone, Kind::Question) };
    let taken = filled.of_call(arrival, CallCame::Later(None)).ok_or(Failure::NOT_FOUND)?;
    let agent = worker.agent.clone();
    let write =
        door.desk.write(move |tx, _, now| desk::call_for_appointment(tx, now, &agent, &taken));
    write.await?;
    let remark = [typed.subject, typed.message].join("\n");
    let fields = [
        ("name", typed.name.as_str()),
        ("phone", &typed.phone),
        ("email", &typed.email),
        ("remark", remark.trim()),
    ];
    let query = fields.map(|(name, value)| format!("{name}={}", crate::pages::encoded(value)));
    let next = format!("/werk/balie/afspraak?{}", query.join("&"));
    Ok(see_other(&worker.frame(door, Section::Calls).href(&next)))
}

/// Does with the caller what the employee wants, and shows the page with all that was typed.
async fn steer(
    door: &Door,
    worker: &Worker,
    filled: &Filled,
    wish: Result<Wish, &'static str>,
) -> Answer {
    let call: Option<i64> = filled.call.parse().ok();
    let (call, exchanges) = call.zip(door.exchanges.as_ref()).ok_or(Failure::NOT_FOUND)?;
    let wish = match wish {
        Ok(wish) => wish,
        Err(key) => {
            let mut page = screen(door, worker, filled).await?;
            page.problems = vec![("to", key)];
            return show(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let turn = filled.turn.parse().unwrap_or_default();
    let agent = worker.agent.clone();
    let write = door.desk.write(move |tx, house, now| {
        desk::wish_for_call(tx, house, now, &agent, (call, turn), &wish)
    });
    let refused = match write.await {
        Ok(steered) => {
            let noted = steered.actions.iter().any(|it| matches!(it, Action::Note(_)));
            let told = exchanges.carry_out(steered).await;
            if let Err(why) = &told {
                tracing::error!(call, why, "an exchange did not do what was wanted");
            }
            match told {
                Err(_) => Some("staff-phone-not-told"),
                Ok(()) if noted => Some("staff-phone-absent"),
                Ok(()) => None,
            }
        }
        Err(Stop::Refused(refusal)) if refusal != Refusal::NotFound => Some(refusal.key()),
        Err(stop) => return Err(stop.into()),
    };
    let mut page = screen(door, worker, filled).await?;
    page.refused = refused.map(|key| worker.words.say(key));
    show(StatusCode::OK, &page)
}

impl Filled {
    /// What is to be done with the caller, when that was asked for.
    fn wish(&self) -> Option<Result<Wish, &'static str>> {
        let how = match self.came.as_str() {
            "direct" => How::Blind,
            "ask-first" => How::Attended,
            "complete" => return Some(Ok(Wish::Complete)),
            "go-back" => return Some(Ok(Wish::GoBack)),
            _ => return None,
        };
        let wish = self.hands().map(|hands| Wish::PutThrough(hands, how));
        Some(wish.ok_or("staff-phone-problem-to"))
    }

    fn typed(&self) -> NoteTyped {
        let line = |text: &str| text.trim().to_owned();
        NoteTyped {
            name: line(&self.name),
            phone: line(&self.phone),
            email: line(&self.email),
            subject: line(&self.subject),
            message: self.text.replace("\r\n", "\n").trim().to_owned(),
        }
    }

    fn problems(&self) -> Vec<(&'static str, &'static str)> {
        let typed = self.typed();
        let long = |text: &str| text.chars().count() > LINE_CHARS_MAX;
        let calls_back = self.came == "call-back";
        let phone = !typed.phone.is_empty() || calls_back;
        let all = [
            (typed.subject.is_empty() || long(&typed.subject), "subject", "subject"),
            (long(&typed.name), "name", "name"),
            (phone && call_number(&typed.phone).is_none(), "phone", "phone"),
            (!typed.email.is_empty() && !is_address(&typed.email), "email", "email"),
        ];
        let key = |name: &str| match name {
            "subject" => "staff-calls-problem-subject",
            "name" => "staff-calls-problem-name",
            "phone" => "staff-calls-problem-phone",
            _ => "staff-calls-problem-email",
        };
        let mut found: Vec<_> =
            all.into_iter().filter(|it| it.0).map(|(_, field, name)| (field, key(name))).collect();
        if self.came == "put-through" && self.to.is_empty() {
            found.push(("to", "staff-phone-problem-to"));
        }
        found
    }

    /// What is to be written down; nothing when that is not known.
    fn taken(&self, words: &Words, to: Option<String>) -> Option<TakenCall> {
        let typed = self.typed();
        let said = match typed.message.as_str() {
            "" => typed.subject.clone(),
            message => message.to_owned(),
        };
        let (kind, came) = match self.came.as_str() {
            "answered" => (Kind::Question, CallCame::Answered(Reply::new(Via::Phone, &said))),
            "put-through" => {
                let to = words.say1("staff-phone-put-through", "name", &to?);
                let text = format!("{to}\n{}", typed.message);
                let reply = Reply::new(Via::Phone, text.trim());
                (Kind::Question, CallCame::PutThrough(reply))
            }
            "call-back" => (Kind::CallBack, CallCame::Later(self.hands())),
            "report" => (Kind::Report, CallCame::Later(self.hands())),
            "complaint" => (Kind::Complaint, CallCame::Later(self.hands())),
            _ => return None,
        };
        let arrival = Arrival {
            name: typed.name,
            phone: typed.phone,
            email: typed.email,
            subject: typed.subject,
            body: typed.message,
            ..Arrival::new(Channel::Phone, kind)
        };
        self.of_call(arrival, came)
    }

    /// What came of the call that the page is about.
    fn of_call(&self, arrival: Arrival, came: CallCame) -> Option<TakenCall> {
        let since = self.since.parse().ok().and_then(|it| Timestamp::from_second(it).ok())?;
        Some(TakenCall {
            call: self.call.parse().ok(),
            page: self.page.clone(),
            question: self.question.parse().ok().filter(|nr| (1..=QUESTIONS_MAX).contains(nr))?,
            since,
            arrival,
            came,
        })
    }

    fn hands(&self) -> Option<Hands> {
        hands(&self.to)
    }
}

/// Numbers of contacts, as an address has them.
fn numbers(text: &str) -> Vec<String> {
    let is_number =
        |it: &&str| !it.is_empty() && it.chars().all(|c| c.is_ascii_digit() || c == '-');
    let most = usize::try_from(QUESTIONS_MAX).unwrap_or_default();
    text.split(',').filter(is_number).take(most).map(str::to_owned).collect()
}

async fn screen(door: &Door, worker: &Worker, filled: &Filled) -> Result<CallScreen, Failure> {
    let (phone, call) = (filled.phone.clone(), filled.call.parse().ok());
    let agent = worker.agent.clone();
    let read = door.desk.read(move |tx, house, now| {
        let caller = desk::caller(tx, house, now, &agent, (&phone, call))?;
        Ok((caller, tx.teams()?, tx.employees()?))
    });
    let (caller, teams, employees) = read.await?;
    if !caller.contacts.is_empty() {
        seen::searched(door, worker, caller.contacts.len()).await?;
    }
    let words = &worker.words;
    let mut frame = worker.frame(door, Section::Calls);
    frame.path = "/werk/gesprek".to_owned();
    let mut typed = filled.typed();
    if typed.name.is_empty() {
        let named = caller.contacts.iter().find(|it| !it.contact.name.is_empty());
        typed.name = named.map(|it| it.contact.name.clone()).unwrap_or_default();
    }
    let (call, turn) = match &caller.call {
        Some(call) => (call.id.to_string(), call.heard.to_string()),
        None => (filled.call.clone(), String::new()),
    };
    if let (Some(call), true) = (&caller.call, typed.phone.is_empty()) {
        typed.phone.clone_from(&call.number);
    }
    Ok(CallScreen {
        frame,
        waited: waited(words, &caller),
        known: caller.contacts.iter().map(|it| known(door, words, it)).collect(),
        done: numbers(&filled.done),
        typed,
        to: colleagues((&teams, &employees), &filled.to),
        hidden: [
            ("call", call),
            ("page", filled.page.clone()),
            ("question", filled.question.clone()),
            ("since", filled.since.clone()),
            ("done", filled.done.clone()),
            ("turn", turn),
        ],
        stands: caller.stands.clone(),
        problems: Vec::new(),
        refused: None,
    })
}

fn waited(words: &Words, caller: &Caller) -> Option<String> {
    let call = caller.call.as_ref()?;
    Some(words.length(call.record.waited()?))
}

fn known(door: &Door, words: &Words, it: &KnownCaller) -> KnownContact {
    let contact = &it.contact;
    let norms = door.desk.house().norms(contact.received_at);
    let owed = it.owed.as_ref().and_then(|owed| {
        let day = said::due(words, norms, owed.due.on, owed.due.at)?;
        Some(format!("{}: {day}", said::promise(words, norms, &owed.norm, owed.duty)))
    });
    KnownContact {
        number: it.number.clone(),
        who: said::who(words, &contact.name, &contact.email),
        subject: said::subject_of(words, &contact.subject, contact.erased_at.is_some()),
        owed,
    }
}
