//! The keys a caller presses: menu, language, number.

use norms::Goes;

use super::{
    Action, Announcement, Digits, End, For, NUMBER_DIGITS, Place, Queue, Said, Step, Target,
    queue_of,
};

impl Step<'_> {
    /// Asks what the call is about.
    pub(super) fn menu(&mut self, asked: u8) {
        let choices = self.menu.choices.iter().map(|it| Announcement::Choice(it.digit));
        let said = choices.map(|what| self.said(what)).collect();
        self.actions.push(Action::Ask(said, Digits::One));
        self.call.at = Place::Menu(asked);
    }

    /// Asks again, or looks for an employee.
    pub(super) fn menu_again(&mut self, asked: u8, why: Option<Announcement>) {
        if asked >= self.menu.repeats {
            return self.waits_in(&Queue::Employee);
        }
        if let Some(why) = why {
            self.say(why);
        }
        self.menu(asked + 1);
    }

    pub(super) fn menu_pressed(&mut self, asked: u8, digits: &str) {
        let choice = one_digit(digits).and_then(|digit| self.menu.choice(digit));
        let Some(choice) = choice else {
            return self.menu_again(asked, Some(Announcement::NotUnderstood));
        };
        match &choice.to {
            Goes::Information => {
                self.say(Announcement::Information(choice.digit));
                self.call.informed = true;
                self.menu(asked);
            }
            Goes::Language => self.language(0),
            Goes::Department(name) => {
                let target = Target::Department(name.clone());
                self.put_through(&target);
            }
            to => match queue_of(to) {
                Some(queue) => self.waits_in(&queue),
                None => self.menu_again(asked, Some(Announcement::NotUnderstood)),
            },
        }
    }

    /// Asks for the language, in each of them.
    fn language(&mut self, asked: u8) {
        let languages = self.menu.languages.iter().zip(1_u8..=9);
        let said = languages
            .map(|(lang, digit)| Said { lang: lang.clone(), what: Announcement::Language(digit) })
            .collect();
        self.actions.push(Action::Ask(said, Digits::One));
        self.call.at = Place::Language(asked);
    }

    pub(super) fn language_again(&mut self, asked: u8) {
        match asked >= self.menu.repeats {
            true => self.menu(0),
            false => self.language(asked + 1),
        }
    }

    pub(super) fn language_pressed(&mut self, asked: u8, digits: &str) {
        let index = one_digit(digits).and_then(|digit| digit.checked_sub(1));
        let language = index.and_then(|index| self.menu.languages.get(usize::from(index)));
        match language.cloned() {
            Some(language) => {
                self.call.lang = language;
                self.menu(0);
            }
            None => self.language_again(asked),
        }
    }

    /// Calls back whom it is for, when there is a number; else asks for one.
    pub(super) fn call_back(&mut self, to: &For, keeps: Option<u32>) {
        match self.can_be_called() {
            true => self.will_call_back(to, keeps, None),
            false => self.ask_number(to, keeps, 0),
        }
    }

    fn will_call_back(&mut self, to: &For, keeps: Option<u32>, number: Option<String>) {
        self.note(to, keeps, number);
        self.say(match keeps {
            Some(_) => Announcement::CallBackInTurn,
            None => Announcement::CallBack,
        });
        self.end(End::Noted);
    }

    fn ask_number(&mut self, to: &For, keeps: Option<u32>, asked: u8) {
        let said = self.said(Announcement::AskNumber);
        self.actions.push(Action::Ask(vec![said], Digits::Number));
        self.call.at = Place::Number(to.clone(), keeps, asked);
    }

    pub(super) fn number_pressed(
        &mut self,
        (to, keeps, asked): (&For, Option<u32>, u8),
        digits: &str,
    ) {
        let number = digits.trim_end_matches('#');
        let is_number =
            NUMBER_DIGITS.contains(&number.len()) && number.bytes().all(|it| it.is_ascii_digit());
        match is_number {
            true => self.will_call_back(to, keeps, Some(number.to_owned())),
            false => self.number_again(to, keeps, asked),
        }
    }

    /// Asks for the number again; who does not give one waits for an employee.
    pub(super) fn number_again(&mut self, to: &For, keeps: Option<u32>, asked: u8) {
        if asked < self.menu.repeats {
            self.say(Announcement::NotUnderstood);
            return self.ask_number(to, keeps, asked + 1);
        }
        self.call.no_number = true;
        let queue = match to {
            For::Queue(queue) => queue.clone(),
            For::Target(_) => Queue::Employee,
        };
        self.enqueue(&queue, keeps);
    }
}

fn one_digit(digits: &str) -> Option<u8> {
    match digits.as_bytes() {
        [digit @ b'0'..=b'9'] => Some(digit - b'0'),
        _ => None,
    }
}
