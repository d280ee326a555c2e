//! What has to be done, as documents of TwiML.

use std::fmt::Write as _;

use promises::call::{Action, Digits, NUMBER_DIGITS, Queue};
use quick_xml::escape::escape;

use crate::exchange::orders::{self, Language};
use crate::exchange::{
    Asks, Command, Dial, FIRST_KEY_SECONDS, Hook, Hooks, NEXT_KEY_SECONDS, Orders, Setting,
    TAKE_SECONDS, Voice,
};

/// What has to be told to the exchange for these actions.
#[must_use]
pub fn orders(setting: &Setting<'_>, asks: Asks, actions: &[Action]) -> Orders<String> {
    orders::orders(&Verbs(setting), asks, actions)
}

/// The answer to an employee's line that asks for who is first in a queue ([`Hook::Take`]). The
/// hooks are those of the line's own call; who it is tells [`Hook::Answered`].
#[must_use]
pub fn take(hooks: &Hooks<'_>, queue: &Queue) -> String {
    let from = tag("Queue").with("url", &hooks.address(Hook::Answered)).with("method", &"POST");
    document(&[take_from(hooks, from.around_text(&queue.text())), tag("Hangup")])
}

/// A sentence to a line that is hung up then.
#[must_use]
pub fn farewell(voice: Option<&Voice>, text: &str) -> String {
    document(&[say(voice, text), tag("Hangup")])
}

/// The answer to [`Hook::Reached`] and [`Hook::Answered`]: nothing comes before two are joined.
#[must_use]
pub fn accept() -> String {
    document(&[])
}

/// The form that tells a line what it does, for `POST …/Calls/{call}`.
#[must_use]
pub fn update(command: &Command<String>) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair("Twiml", &command.does).finish()
}

struct Verbs<'a>(&'a Setting<'a>);

impl Language for Verbs<'_> {
    type Verb = Tag;
    type Sent = String;

    fn setting(&self) -> &Setting<'_> {
        self.0
    }

    fn say(&self, lang: &str, text: &str) -> Tag {
        say(self.0.voices.get(lang), text)
    }

    /// Where nothing is pressed the document goes on, and asks without keys.
    fn ask(&self, spoken: &[(&str, String)], digits: Digits) -> Vec<Tag> {
        let gather = self.acting(tag("Gather"), Hook::Keys).with("input", &"dtmf");
        let gather = match digits {
            Digits::One => gather.with("numDigits", &1).with("timeout", &FIRST_KEY_SECONDS),
            Digits::Number => gather
                .with("numDigits", &NUMBER_DIGITS.end())
                .with("finishOnKey", &"#")
                .with("timeout", &NEXT_KEY_SECONDS),
        };
        let said: Vec<Tag> = spoken.iter().map(|(lang, text)| self.say(lang, text)).collect();
        vec![gather.around(&said), self.redirect(Hook::Keys)]
    }

    fn enqueue(&self, queue: &str, wait: Hook) -> Tag {
        let enqueue = self.acting(tag("Enqueue"), Hook::Queued);
        let enqueue = enqueue.with("waitUrl", &self.hook(wait)).with("waitUrlMethod", &"POST");
        enqueue.around_text(queue)
    }

    fn back(&self) -> Tag {
        take_from(&self.0.hooks, tag("Queue").around_text(self.0.hooks.call))
    }

    fn dial(&self, to: &Dial, after: Hook, ring: i64) -> Tag {
        let (kind, to) = match to {
            Dial::Phone(number) => ("Number", number),
            Dial::Sip(address) => ("Sip", address),
            Dial::User(name) => ("Client", name),
        };
        let target = tag(kind).with("url", &self.hook(Hook::Reached)).with("method", &"POST");
        let mut dial = self.acting(tag("Dial"), after).with("timeout", &ring);
        if let Some(number) = self.0.shows {
            dial = dial.with("callerId", &number);
        }
        dial.around(&[target.around_text(to)])
    }

    /// Once, as long as it is: there is no way to stop it after a time.
    fn play(&self, url: &str, _seconds: i64) -> Tag {
        tag("Play").around_text(url)
    }

    fn pause(&self, seconds: i64) -> Tag {
        tag("Pause").with("length", &seconds)
    }

    fn redirect(&self, hook: Hook) -> Tag {
        tag("Redirect").with("method", &"POST").around_text(&self.hook(hook))
    }

    fn leave(&self) -> Tag {
        tag("Leave")
    }

    fn hang_up(&self) -> Tag {
        tag("Hangup")
    }

    fn sent(&self, verbs: Vec<Tag>) -> String {
        document(&verbs)
    }
}

impl Verbs<'_> {
    fn hook(&self, hook: Hook) -> String {
        self.0.hooks.address(hook)
    }

    fn acting(&self, tag: Tag, hook: Hook) -> Tag {
        tag.with("action", &self.hook(hook)).with("method", &"POST")
    }
}

fn say(voice: Option<&Voice>, text: &str) -> Tag {
    let mut say = tag("Say");
    if let Some(voice) = voice {
        say = say.with("language", &voice.language);
        if let Some(name) = &voice.name {
            say = say.with("voice", &name);
        }
    }
    say.around_text(text)
}

fn take_from(hooks: &Hooks<'_>, queue: Tag) -> Tag {
    let dial = tag("Dial").with("action", &hooks.address(Hook::Taken)).with("method", &"POST");
    dial.with("timeout", &TAKE_SECONDS).around(&[queue])
}

/// An element: its name, its attributes and its content, as they are written.
struct Tag {
    name: &'static str,
    attributes: String,
    content: String,
}

fn tag(name: &'static str) -> Tag {
    Tag { name, attributes: String::new(), content: String::new() }
}

impl Tag {
    fn with(mut self, name: &str, value: &dyn ToString) -> Tag {
        let value = written(&value.to_string());
        // Writing to a String cannot fail.
        let _ = write!(self.attributes, " {name}=\"{value}\"");
        self
    }

    fn around_text(mut self, text: &str) -> Tag {
        self.content.push_str(&written(text));
        self
    }

    fn around(mut self, tags: &[Tag]) -> Tag {
        for tag in tags {
            tag.write(&mut self.content);
        }
        self
    }

    fn write(&self, to: &mut String) {
        let Tag { name, attributes, content } = self;
        // Writing to a String cannot fail.
        let _ = match content.is_empty() {
            true => write!(to, "<{name}{attributes}/>"),
            false => write!(to, "<{name}{attributes}>{content}</{name}>"),
        };
    }
}

fn document(tags: &[Tag]) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    tag("Response").around(tags).write(&mut text);
    text
}

/// A text without the characters that XML has no place for, and with the others escaped.
pub(super) fn written(text: &str) -> String {
    let has_place =
        |it: &char| matches!(it, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..);
    let text: String = text.chars().filter(has_place).collect();
    escape(text.as_str()).into_owned()
}
