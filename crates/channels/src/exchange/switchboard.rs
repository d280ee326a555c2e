//! Exchanges that ask us what to do: whose request it is, what it tells, what the desk decides, and
//! what is answered and commanded.

use std::collections::BTreeMap;
use std::time::Duration;

use data_encoding::BASE64;
use desk::{CallEvent, Desk, HookAnswer, HookAsked, Next, Steered, Stop};
use jiff::Timestamp;
use promises::Refusal;
use promises::call::{Action, Event};
use words::{Lang, Words};

use super::{
    Asks, At, Cannot, Dial, Hook, Hooks, Line, Orders, Setting, Speaker, Told, Unread, Unsigned,
    Voice, jambonz, twiml,
};
use crate::endpoint::{self, Question, Sends};
use crate::tls::Tls;

/// How long an exchange may take to do what it is told, in seconds.
const COMMAND_SECONDS: u64 = 10;

/// The path under which exchanges ask, before their name.
pub const EXCHANGES_PATH: &str = "/telefoon";

/// How an exchange and we know each other.
#[derive(Clone, Default)]
pub struct ExchangeAccount {
    /// What the exchange signs with.
    pub secret: String,
    /// Where it is told what to do, without a slash at the end: `https://api.example.nl`.
    pub api: String,
    /// The account there.
    pub account: String,
    /// What shows there that it is us; for TwiML the same as the secret.
    pub key: String,
}

/// Secrets are not for logs.
impl std::fmt::Debug for ExchangeAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} at {}", self.account, self.api)
    }
}

/// The exchanges that ask us, and how callers hear us.
#[derive(Clone, Debug, Default)]
pub struct Exchanges {
    /// The account of jambonz.
    pub jambonz: Option<ExchangeAccount>,
    /// The account of an exchange that understands TwiML.
    pub twiml: Option<ExchangeAccount>,
    /// How languages are spoken, by code.
    pub voices: BTreeMap<String, Voice>,
    /// The address of music to wait with.
    pub music: Option<String>,
    /// The number that those who are called see.
    pub shows: Option<String>,
}

/// Speaks with exchanges for the desk.
pub struct Switchboard {
    desk: Desk,
    exchanges: Exchanges,
    tls: Tls,
}

/// The languages that exchanges speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tongue {
    Jambonz,
    Twiml,
}

/// Why a request has no answer of its own.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error(transparent)]
    Unread(#[from] Unread),
    #[error(transparent)]
    Desk(#[from] Stop),
}

/// A request that is believed.
struct Believed<'a> {
    tongue: Tongue,
    hook: Hook,
    at: At<'a>,
    line: Option<Line>,
    body: &'a [u8],
}

impl Switchboard {
    /// One for these exchanges.
    #[must_use]
    pub fn new(desk: Desk, exchanges: Exchanges) -> Switchboard {
        Switchboard { desk, exchanges, tls: Tls::of_this_machine() }
    }

    /// Answers an exchange. Commands to other lines of the call are sent before the answer is
    /// given, so that nothing is left to do when the process ends.
    pub async fn answer(&self, asked: HookAsked<'_>) -> HookAnswer {
        let found = Tongue::named(asked.exchange).zip(Hook::from_name(asked.hook));
        let known = found.and_then(|(tongue, hook)| Some((tongue, hook, self.account(tongue)?)));
        let Some((tongue, hook, account)) = known else {
            return plain(404, "There is no such exchange here, or no such hook.");
        };
        let now = self.desk.now();
        if let Err(why) = self.believes((tongue, account), &asked, now) {
            tracing::warn!(exchange = asked.exchange, hook = asked.hook, %why, "not believed");
            return plain(403, &why.to_string());
        }
        let fields: Vec<(String, String)> =
            form_urlencoded::parse(asked.query.as_bytes()).into_owned().collect();
        let field =
            |name: &str| fields.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str());
        let turn = field("turn").and_then(|it| it.parse().ok()).unwrap_or_default();
        let at = At { call: field("call"), turn };
        let line = field("line").and_then(Line::named);
        let believed = Believed { tongue, hook, at, line, body: asked.body };
        match self.answered(&believed, now).await {
            Ok(body) => HookAnswer { status: 200, content_type: tongue.content_type(), body },
            Err(Trouble::Unread(why)) => {
                tracing::warn!(exchange = asked.exchange, hook = asked.hook, %why, "not read");
                plain(400, &why.to_string())
            }
            Err(Trouble::Desk(error)) => {
                tracing::error!(exchange = asked.exchange, hook = asked.hook, %error, "no answer");
                match hook.asks() {
                    // A caller hears a sentence and not a silence.
                    Asks::Caller => {
                        let body = self.says(tongue, "phone-out-of-order");
                        HookAnswer { status: 200, content_type: tongue.content_type(), body }
                    }
                    _ => plain(503, "Try again."),
                }
            }
        }
    }

    /// Makes lines do what an employee wanted of a call.
    ///
    /// # Errors
    /// Says which line could not be told.
    pub async fn carry_out(&self, steered: Steered) -> Result<(), String> {
        let Some(tongue) = Tongue::named(&steered.exchange) else { return Ok(()) };
        let now = self.desk.now();
        let believed =
            Believed { tongue, hook: Hook::Status, at: At::default(), line: None, body: &[] };
        let orders = self.ordered(&believed, now, &steered).await.map_err(|why| why.to_string())?;
        self.command(tongue, &steered, &orders).await
    }

    fn account(&self, tongue: Tongue) -> Option<&ExchangeAccount> {
        match tongue {
            Tongue::Jambonz => self.exchanges.jambonz.as_ref(),
            Tongue::Twiml => self.exchanges.twiml.as_ref(),
        }
    }

    fn believes(
        &self,
        (tongue, account): (Tongue, &ExchangeAccount),
        asked: &HookAsked<'_>,
        now: Timestamp,
    ) -> Result<(), Unsigned> {
        let header = |name: &str| (asked.header)(name).ok_or(Unsigned::Form);
        match tongue {
            Tongue::Jambonz => {
                let signature = header(jambonz::SIGNATURE_HEADER)?;
                jambonz::signed(&account.secret, signature, asked.body, now)
            }
            Tongue::Twiml => {
                let signature = header(twiml::SIGNATURE_HEADER)?;
                let sign = if asked.query.is_empty() { "" } else { "?" };
                let address = format!("{}/{}{sign}{}", self.base(tongue), asked.hook, asked.query);
                twiml::signed(&account.secret, signature, &address, asked.body)
            }
        }
    }

    /// What the addresses of an exchange begin with.
    fn base(&self, tongue: Tongue) -> String {
        format!("{}{EXCHANGES_PATH}/{}", self.desk.house().site, tongue.name())
    }

    async fn answered(&self, it: &Believed<'_>, now: Timestamp) -> Result<String, Trouble> {
        match it.hook {
            Hook::Take => return self.take(it).await,
            Hook::Next => return self.next(it, now).await,
            _ => {}
        }
        let told = it.tongue.told(it)?;
        let steered = match &told.event {
            Some(what) => self.steer(it, &told, what.clone()).await?,
            None => None,
        };
        let Some(steered) = steered else {
            let none = Steered::nothing(&told.call, it.at.turn);
            return Ok(it.reply(self.orders(it.tongue, now, &none, it.hook.asks())?));
        };
        let orders = self.ordered(it, now, &steered).await?;
        if let Err(why) = self.command(it.tongue, &steered, &orders).await {
            tracing::error!(exchange = it.tongue.name(), why, "a line could not be told");
        }
        Ok(it.reply(orders))
    }

    async fn steer(
        &self,
        it: &Believed<'_>,
        told: &Told,
        what: Event,
    ) -> Result<Option<Steered>, Stop> {
        let event = CallEvent {
            exchange: it.tongue.name().to_owned(),
            call: told.call.clone(),
            event: told.id.clone(),
            number: told.number.clone(),
            line: Some(told.line.clone()),
            ..CallEvent::default()
        };
        let is_over = it.hook == Hook::Status;
        let write = self.desk.write(move |tx, house, now| match is_over {
            true => desk::line_over(tx, house, now, &event),
            false => desk::steer_call(tx, house, now, &event, &what),
        });
        write.await
    }

    /// What has to be told; who can not be called because nobody knows where counts as not
    /// reached.
    async fn ordered(
        &self,
        it: &Believed<'_>,
        now: Timestamp,
        steered: &Steered,
    ) -> Result<Orders<String>, Trouble> {
        let orders = self.orders(it.tongue, now, steered, it.hook.asks())?;
        for cannot in &orders.cannot {
            tracing::warn!(exchange = it.tongue.name(), %cannot, "this can not be done");
        }
        if !orders.cannot.iter().any(|cannot| matches!(cannot, Cannot::Dial(_))) {
            return Ok(orders);
        }
        let event = CallEvent {
            exchange: it.tongue.name().to_owned(),
            call: steered.name.clone(),
            event: format!(" nowhere-{}", steered.turn),
            ..CallEvent::default()
        };
        let write = self.desk.write(move |tx, house, now| {
            desk::steer_call(tx, house, now, &event, &Event::NotReached)
        });
        Ok(match write.await? {
            Some(steered) => self.orders(it.tongue, now, &steered, it.hook.asks())?,
            None => orders,
        })
    }

    fn orders(
        &self,
        tongue: Tongue,
        now: Timestamp,
        steered: &Steered,
        asks: Asks,
    ) -> Result<Orders<String>, Stop> {
        let norms = self.desk.house().norms(now);
        let menu = norms.menu.as_ref().ok_or(Refusal::NoMenu)?;
        let base = self.base(tongue);
        let setting = Setting {
            speaker: Speaker { norms, menu, disruption: &steered.disruption },
            voices: &self.exchanges.voices,
            music: self.exchanges.music.as_deref(),
            dial: &|_| steered.dial.clone().map(Dial::Phone),
            shows: self.exchanges.shows.as_deref(),
            hooks: Hooks { base: &base, call: &steered.name, turn: steered.turn },
        };
        Ok(tongue.orders(&setting, asks, &steered.actions))
    }

    /// A sentence to a line that is hung up then.
    fn says(&self, tongue: Tongue, key: &str) -> String {
        let text = Words::new(Lang::Nl).say(key);
        let voice = self.exchanges.voices.get(Lang::Nl.code());
        match tongue {
            Tongue::Jambonz => jambonz::farewell(voice, &text).to_string(),
            Tongue::Twiml => twiml::farewell(voice, &text),
        }
    }

    /// An employee's line asks for a caller.
    async fn take(&self, it: &Believed<'_>) -> Result<String, Trouble> {
        let takes = match it.tongue {
            Tongue::Jambonz => jambonz::taking(it.body)?,
            Tongue::Twiml => twiml::taking(it.body)?,
        };
        let (exchange, line, who) = (it.tongue.name(), takes.call.clone(), takes.line);
        let write =
            self.desk.write(move |tx, _, now| desk::next_caller(tx, now, exchange, (&line, &who)));
        let base = self.base(it.tongue);
        Ok(match write.await? {
            Next::Nobody => self.says(it.tongue, "phone-nobody-waits"),
            Next::UnknownLine => self.says(it.tongue, "phone-line-unknown"),
            Next::Caller(call, queue, turn) => match it.tongue {
                Tongue::Jambonz => {
                    jambonz::take(&Hooks { base: &base, call: &call, turn }, &queue).to_string()
                }
                // Who is first is taken; which caller that is, is told when the two are joined.
                Tongue::Twiml => {
                    twiml::take(&Hooks { base: &base, call: &takes.call, turn }, &queue)
                }
            },
        })
    }

    /// A line asks for what it was told to do.
    async fn next(&self, it: &Believed<'_>, now: Timestamp) -> Result<String, Trouble> {
        let call = it.at.call.ok_or(Unread::Lacks("call"))?.to_owned();
        let line = it.line.ok_or(Unread::Lacks("line"))?;
        let (exchange, turn) = (it.tongue.name(), it.at.turn);
        let write =
            self.desk.write(move |tx, _, now| desk::call_at_turn(tx, now, (exchange, &call), turn));
        let steered = write.await?.unwrap_or_else(|| Steered::nothing("", turn));
        let told = self.orders(it.tongue, now, &steered, Asks::Nobody)?.commands;
        Ok(match told.into_iter().find(|command| command.line == line) {
            Some(command) => command.does,
            None => {
                let nothing = Steered::nothing("", turn);
                it.reply(self.orders(it.tongue, now, &nothing, Asks::Caller)?)
            }
        })
    }

    /// Tells lines what to do that do not ask.
    async fn command(
        &self,
        tongue: Tongue,
        steered: &Steered,
        orders: &Orders<String>,
    ) -> Result<(), String> {
        let Some(account) = self.account(tongue) else { return Ok(()) };
        let line = |line: Line| match line {
            Line::Caller => steered.name.as_str(),
            Line::Employee => steered.employee_line.as_str(),
            Line::Target => steered.target_line.as_str(),
        };
        match tongue {
            Tongue::Jambonz => {
                let base = self.base(tongue);
                let hooks = Hooks { base: &base, call: &steered.name, turn: steered.turn };
                for update in jambonz::updates(&hooks, &orders.commands) {
                    let path = format!("v1/Accounts/{}/Calls", account.account);
                    let url = format!("{}/{path}/{}", account.api, line(update.line));
                    let shows = format!("Bearer {}", account.key);
                    let body = update.body.to_string();
                    self.tell(&url, Sends::Put(&body), &shows).await?;
                }
            }
            Tongue::Twiml => {
                for command in &orders.commands {
                    let path = format!("2010-04-01/Accounts/{}/Calls", account.account);
                    let url = format!("{}/{path}/{}.json", account.api, line(command.line));
                    let both = format!("{}:{}", account.account, account.key);
                    let shows = format!("Basic {}", BASE64.encode(both.as_bytes()));
                    let form = twiml::update(command);
                    self.tell(&url, Sends::Form(&form), &shows).await?;
                }
            }
        }
        Ok(())
    }

    async fn tell(&self, url: &str, sends: Sends<'_>, shows: &str) -> Result<(), String> {
        let question = Question { sends, authorization: Some(shows) };
        let asking = endpoint::ask(&self.tls, url, question);
        let most = Duration::from_secs(COMMAND_SECONDS);
        let answer = tokio::time::timeout(most, asking).await.map_err(|_| "no answer in time")?;
        let (status, _) = answer?;
        match status.is_success() {
            true => Ok(()),
            false => Err(format!("the exchange answered {status}")),
        }
    }
}

impl Believed<'_> {
    /// What is answered to the line that asks.
    fn reply(&self, orders: Orders<String>) -> String {
        match self.hook {
            Hook::Reached | Hook::Answered => self.tongue.accept(),
            _ => orders.reply.unwrap_or_else(|| self.tongue.accept()),
        }
    }
}

impl Tongue {
    fn named(name: &str) -> Option<Tongue> {
        [Tongue::Jambonz, Tongue::Twiml].into_iter().find(|it| it.name() == name)
    }

    fn name(self) -> &'static str {
        match self {
            Tongue::Jambonz => "jambonz",
            Tongue::Twiml => "twiml",
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            Tongue::Jambonz => "application/json",
            Tongue::Twiml => "text/xml; charset=utf-8",
        }
    }

    fn told(self, it: &Believed<'_>) -> Result<Told, Unread> {
        match self {
            Tongue::Jambonz => jambonz::told(it.hook, it.at, it.body),
            Tongue::Twiml => twiml::told(it.hook, it.at, it.body),
        }
    }

    fn orders(self, setting: &Setting<'_>, asks: Asks, actions: &[Action]) -> Orders<String> {
        match self {
            Tongue::Jambonz => jambonz::orders(setting, asks, actions).map(|it| it.to_string()),
            Tongue::Twiml => twiml::orders(setting, asks, actions),
        }
    }

    /// Nothing more is to be done.
    fn accept(self) -> String {
        match self {
            Tongue::Jambonz => jambonz::accept().to_string(),
            Tongue::Twiml => twiml::accept(),
        }
    }
}

fn plain(status: u16, text: &str) -> HookAnswer {
    HookAnswer { status, content_type: "text/plain; charset=utf-8", body: format!("{text}\n") }
}
