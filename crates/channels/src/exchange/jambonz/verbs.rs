//! What has to be done, as the verbs of jambonz.

use promises::call::{Action, Digits, NUMBER_DIGITS, Queue};
use serde_json::{Value, json};

use crate::exchange::orders::{self, Language};
use crate::exchange::{
    Asks, Command, Dial, FIRST_KEY_SECONDS, Hook, Hooks, Line, NEXT_KEY_SECONDS, Orders, Setting,
    TAKE_SECONDS, Voice,
};

/// What has to be told to jambonz for these actions.
#[must_use]
pub fn orders(setting: &Setting<'_>, asks: Asks, actions: &[Action]) -> Orders<Value> {
    orders::orders(&Verbs(setting), asks, actions)
}

/// The answer to an employee's line that asks for the caller of these hooks ([`Hook::Take`]).
#[must_use]
pub fn take(hooks: &Hooks<'_>, queue: &Queue) -> Value {
    let mut verb = dequeue(hooks, &queue.text());
    verb["beep"] = json!(true);
    Value::Array(vec![verb, hang_up()])
}

/// A sentence to a line that is hung up then.
#[must_use]
pub fn farewell(voice: Option<&Voice>, text: &str) -> Value {
    Value::Array(vec![say(voice, text), hang_up()])
}

/// The answer to [`Hook::Reached`]: nothing comes before the two are joined.
#[must_use]
pub fn accept() -> Value {
    json!([])
}

/// A change of a running call, for `PUT /v1/Accounts/{account}/Calls/{call}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// Whose call is changed.
    pub line: Line,
    /// The body of the request.
    pub body: Value,
}

/// The changes that make lines ask [`Hook::Next`] for their commands. Who was called by an employee
/// is told through the employee's call.
#[must_use]
pub fn updates<T>(hooks: &Hooks<'_>, commands: &[Command<T>]) -> Vec<Update> {
    let mut updates: Vec<Update> = Vec::new();
    for command in commands {
        let (line, key) = match command.line {
            Line::Caller => (Line::Caller, "call_hook"),
            Line::Employee => (Line::Employee, "call_hook"),
            Line::Target => (Line::Employee, "child_call_hook"),
        };
        let url = format!("{}&line={}", hooks.address(Hook::Next), command.line.name());
        let hook = json!({ "url": url, "method": "POST" });
        match updates.iter_mut().find(|it| it.line == line) {
            Some(update) => update.body[key] = hook,
            None => updates.push(Update { line, body: json!({ key: hook }) }),
        }
    }
    updates
}

struct Verbs<'a>(&'a Setting<'a>);

impl Language for Verbs<'_> {
    type Verb = Value;
    type Sent = Value;

    fn setting(&self) -> &Setting<'_> {
        self.0
    }

    fn say(&self, lang: &str, text: &str) -> Value {
        say(self.0.voices.get(lang), text)
    }

    /// Keys are heard while the last of it is said: a question has one voice. Only where languages
    /// are offered is there anything before that.
    fn ask(&self, spoken: &[(&str, String)], digits: Digits) -> Vec<Value> {
        let mut verbs: Vec<Value> =
            spoken.iter().map(|(lang, text)| self.say(lang, text)).collect();
        let mut verb = json!({
            "verb": "gather",
            "actionHook": self.hook(Hook::Keys),
            "input": ["digits"],
            "timeout": FIRST_KEY_SECONDS,
            "dtmfBargein": true,
        });
        if let Some(Value::Object(mut last)) = verbs.pop() {
            last.remove("verb");
            verb["say"] = Value::Object(last);
        }
        match digits {
            Digits::One => verb["numDigits"] = json!(1),
            Digits::Number => {
                verb["finishOnKey"] = json!("#");
                verb["maxDigits"] = json!(NUMBER_DIGITS.end());
                verb["interDigitTimeout"] = json!(NEXT_KEY_SECONDS);
            }
        }
        verbs.push(verb);
        verbs
    }

    fn enqueue(&self, queue: &str, wait: Hook) -> Value {
        json!({
            "verb": "enqueue",
            "name": queue,
            "waitHook": self.hook(wait),
            "actionHook": self.hook(Hook::Queued),
        })
    }

    fn back(&self) -> Value {
        dequeue(&self.0.hooks, self.0.hooks.call)
    }

    fn dial(&self, to: &Dial, after: Hook, ring: i64) -> Value {
        let target = match to {
            Dial::Phone(number) => json!({ "type": "phone", "number": number }),
            Dial::Sip(address) => json!({ "type": "sip", "sipUri": address }),
            Dial::User(name) => json!({ "type": "user", "name": name }),
        };
        let mut verb = json!({
            "verb": "dial",
            "target": [target],
            "timeout": ring,
            "confirmHook": self.hook(Hook::Reached),
            "actionHook": self.hook(after),
        });
        if let Some(number) = self.0.shows {
            verb["callerId"] = json!(number);
        }
        verb
    }

    fn play(&self, url: &str, seconds: i64) -> Value {
        json!({ "verb": "play", "url": url, "loop": "forever", "timeoutSecs": seconds })
    }

    fn pause(&self, seconds: i64) -> Value {
        json!({ "verb": "pause", "length": seconds })
    }

    fn redirect(&self, hook: Hook) -> Value {
        json!({ "verb": "redirect", "actionHook": self.hook(hook) })
    }

    fn leave(&self) -> Value {
        json!({ "verb": "leave" })
    }

    fn hang_up(&self) -> Value {
        hang_up()
    }

    fn sent(&self, verbs: Vec<Value>) -> Value {
        Value::Array(verbs)
    }
}

impl Verbs<'_> {
    fn hook(&self, hook: Hook) -> String {
        self.0.hooks.address(hook)
    }
}

/// Takes the caller of these hooks out of a queue.
fn dequeue(hooks: &Hooks<'_>, queue: &str) -> Value {
    json!({
        "verb": "dequeue",
        "name": queue,
        "callSid": hooks.call,
        "timeout": TAKE_SECONDS,
        "actionHook": hooks.address(Hook::Taken),
    })
}

fn say(voice: Option<&Voice>, text: &str) -> Value {
    let mut verb = json!({ "verb": "say", "text": text });
    if let Some(voice) = voice {
        let mut synthesizer = json!({ "vendor": voice.vendor, "language": voice.language });
        if let Some(name) = &voice.name {
            synthesizer["voice"] = json!(name);
        }
        verb["synthesizer"] = synthesizer;
    }
    verb
}

fn hang_up() -> Value {
    json!({ "verb": "hangup" })
}
