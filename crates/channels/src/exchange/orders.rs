//! Which line of a call does what, the same for every exchange; how it is said differs.

use jiff::SignedDuration;
use promises::call::{Action, Digits, How, Said, Target};

use super::{
    Asks, Cannot, Command, Dial, HELD_SECONDS, Hook, Line, Orders, QUIET_SECONDS, Setting,
};

/// How an exchange says what a line does.
pub(super) trait Language {
    /// One thing that a line does.
    type Verb;
    /// All that a line does, as it is sent.
    type Sent;

    fn setting(&self) -> &Setting<'_>;
    fn say(&self, lang: &str, text: &str) -> Self::Verb;
    /// Says it all, each language by its voice, and hears what is pressed.
    fn ask(&self, spoken: &[(&str, String)], digits: Digits) -> Vec<Self::Verb>;
    fn enqueue(&self, queue: &str, wait: Hook) -> Self::Verb;
    /// Takes the caller out of the queue of its own.
    fn back(&self) -> Self::Verb;
    fn dial(&self, to: &Dial, after: Hook, ring: i64) -> Self::Verb;
    fn play(&self, url: &str, seconds: i64) -> Self::Verb;
    fn pause(&self, seconds: i64) -> Self::Verb;
    fn redirect(&self, hook: Hook) -> Self::Verb;
    fn leave(&self) -> Self::Verb;
    fn hang_up(&self) -> Self::Verb;
    fn sent(&self, verbs: Vec<Self::Verb>) -> Self::Sent;
}

/// What has to be told for these actions, in a language.
pub(super) fn orders<L: Language>(by: &L, asks: Asks, actions: &[Action]) -> Orders<L::Sent> {
    let mut it = Orderly {
        by,
        asks,
        caller: Vec::new(),
        target: Vec::new(),
        employee: Vec::new(),
        cannot: Vec::new(),
    };
    for action in actions {
        it.order(action);
    }
    it.ordered()
}

struct Orderly<'a, L: Language> {
    by: &'a L,
    asks: Asks,
    caller: Vec<L::Verb>,
    target: Vec<L::Verb>,
    employee: Vec<L::Verb>,
    cannot: Vec<Cannot>,
}

impl<L: Language> Orderly<'_, L> {
    fn order(&mut self, action: &Action) {
        let by = self.by;
        let in_queue = self.asks == Asks::Queue;
        match action {
            Action::Say(said) => {
                let spoken = voiced(by.setting(), std::slice::from_ref(said));
                self.caller.extend(spoken.iter().map(|(lang, text)| by.say(lang, text)));
            }
            // A note is made here, not there.
            Action::Note(_) => {}
            Action::Music(time) => self.caller.push(self.music(time.as_secs())),
            Action::Leave => self.leave(),
            Action::TakeBack => self.employee.push(by.back()),
            Action::Join(_) => {
                self.target.extend([by.back(), by.hang_up()]);
                self.employee.push(by.hang_up());
            }
            Action::Ask(..) if in_queue => self.cannot.push(Cannot::Here("asking")),
            Action::Ask(said, digits) => {
                self.caller.extend(by.ask(&voiced(by.setting(), said), *digits));
            }
            // A place that is kept is that of the note; no exchange puts anybody before others.
            Action::Enqueue(..) if in_queue => self.cannot.push(Cannot::Here("a queue")),
            Action::Enqueue(queue, _) => {
                self.caller.push(by.enqueue(&queue.text(), Hook::Wait));
            }
            Action::HangUp if in_queue => self.cannot.push(Cannot::Here("hanging up")),
            Action::HangUp => self.caller.push(by.hang_up()),
            Action::Connect(target, how, ring) => self.connect(target, *how, *ring),
        }
    }

    /// Who waits leaves when the queue asks what to play; else the line is told to ask elsewhere.
    fn leave(&mut self) {
        match self.asks {
            Asks::Queue => self.caller.push(self.by.leave()),
            Asks::Nobody => self.caller.push(self.by.redirect(Hook::Left)),
            Asks::Caller | Asks::Employee => self.cannot.push(Cannot::Here("leaving a queue")),
        }
    }

    /// Rings somebody for the caller, or for the employee while the caller hears music.
    fn connect(&mut self, target: &Target, how: How, ring: SignedDuration) {
        let possible = match how {
            How::Blind => matches!(self.asks, Asks::Caller | Asks::Nobody),
            How::Attended => self.asks == Asks::Nobody,
        };
        if !possible {
            return self.cannot.push(Cannot::Here("putting through"));
        }
        let (by, ring) = (self.by, ring.as_secs().max(1));
        match ((by.setting().dial)(target), how) {
            (Some(to), How::Blind) => self.caller.push(by.dial(&to, Hook::Dialled, ring)),
            (Some(to), How::Attended) => {
                self.caller.push(by.enqueue(by.setting().hooks.call, Hook::Aside));
                self.employee.push(by.dial(&to, Hook::Consulted, ring));
            }
            // The line asks again, and hears that nobody was reached.
            (None, How::Blind) if self.asks == Asks::Caller => {
                self.caller.push(by.redirect(Hook::Nowhere));
            }
            (None, _) => self.cannot.push(Cannot::Dial(target.clone())),
        }
    }

    fn music(&self, seconds: i64) -> L::Verb {
        let seconds = seconds.max(1);
        match self.by.setting().music {
            Some(url) => self.by.play(url, seconds),
            None => self.by.pause(seconds),
        }
    }

    /// No answer is empty: that would end a call, or leave a caller in silence for good.
    fn ordered(mut self) -> Orders<L::Sent> {
        let by = self.by;
        let reply = match self.asks {
            Asks::Caller if self.caller.is_empty() => Some(vec![by.hang_up()]),
            Asks::Queue if self.caller.is_empty() => Some(vec![self.music(QUIET_SECONDS)]),
            Asks::Caller | Asks::Queue => Some(std::mem::take(&mut self.caller)),
            Asks::Employee if self.employee.is_empty() => {
                Some(vec![by.pause(HELD_SECONDS), by.hang_up()])
            }
            Asks::Employee => Some(std::mem::take(&mut self.employee)),
            Asks::Nobody => None,
        };
        let lines = [
            (Line::Caller, self.caller),
            (Line::Target, self.target),
            (Line::Employee, self.employee),
        ];
        let told = lines.into_iter().filter(|(_, verbs)| !verbs.is_empty());
        let commands = told.map(|(line, verbs)| Command { line, does: by.sent(verbs) });
        Orders {
            reply: reply.map(|verbs| by.sent(verbs)),
            commands: commands.collect(),
            cannot: self.cannot,
        }
    }
}

/// What is said together by one voice, in order: a language and its text.
fn voiced<'a>(setting: &Setting<'_>, said: &'a [Said]) -> Vec<(&'a str, String)> {
    let mut spoken: Vec<(&str, String)> = Vec::new();
    for said in said {
        let text = setting.speaker.text(said);
        match spoken.last_mut() {
            Some((lang, before)) if *lang == said.lang => {
                before.push(' ');
                before.push_str(&text);
            }
            _ => spoken.push((&said.lang, text)),
        }
    }
    spoken.retain(|(_, text)| !text.trim().is_empty());
    spoken
}
