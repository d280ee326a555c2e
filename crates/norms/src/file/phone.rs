//! The menu of the telephone, as the file says.

use jiff::SignedDuration;
use toml::Spanned;

use super::tables::{ChoiceTable, PhoneTable, Text};
use super::{LANGUAGES, Reader, norm};
use crate::phone::{
    Answer, Choice, EMPLOYEE_DIGIT, Goes, Menu, POSITION_MAX, REPEATS_MAX, WAIT_MAX,
};
use crate::target::{WHOLE, thousandths};

/// How many times a question is put when the file does not say.
const REPEATS: i64 = 2;
/// How often the expected wait is told when the file does not say.
const TELL_EVERY: SignedDuration = SignedDuration::from_secs(60);
/// The longest wait when the file does not say.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_secs(15 * 60);
/// How long a colleague's telephone rings when the file does not say.
const RING: SignedDuration = SignedDuration::from_secs(20);

impl Reader<'_> {
    pub(super) fn menu(
        &mut self,
        table: Option<&Spanned<PhoneTable>>,
        page_language: &str,
    ) -> Option<Menu> {
        let spanned = table?;
        let table = spanned.get_ref();
        let languages = self.spoken(&table.languages, spanned, page_language);
        let mut choices: Vec<Choice> = Vec::new();
        for written in &table.choice {
            let Some(choice) = self.choice(written, &languages, page_language) else { continue };
            if choices.iter().any(|known| known.digit == choice.digit) {
                let message = format!("the key {} is there twice", choice.digit);
                self.wrong(written.digit.span(), message, "a key of its own for each choice");
            }
            choices.push(choice);
        }
        self.can_be_reached(spanned, &choices, &languages);
        let repeats = table.repeats.clone().unwrap_or(Spanned::new(0..0, REPEATS));
        let position = table.call_back_position.as_ref();
        let position = position.map(|it| self.between(it, 1, POSITION_MAX));
        let offer_wait = table.call_back_wait.as_ref().map(|it| self.wait(Some(it), WAIT_MAX));
        Some(Menu {
            languages,
            choices,
            repeats: u8::try_from(self.between(&repeats, 1, REPEATS_MAX)).unwrap_or(1),
            tell_every: self.wait(table.tell_wait.as_ref(), TELL_EVERY),
            offer_wait,
            offer_position: position.and_then(|it| u32::try_from(it).ok()),
            wait_max: self.wait(table.longest_wait.as_ref(), LONGEST_WAIT),
            ring: self.wait(table.ring.as_ref(), RING),
            answer: self.answer(table),
        })
    }

    /// How soon how many callers are to be answered: both, or neither.
    fn answer(&mut self, table: &PhoneTable) -> Option<Answer> {
        let (within, share) = match (&table.answer_within, &table.answer_share) {
            (Some(within), Some(share)) => (within, share),
            (Some(only), None) | (None, Some(only)) => {
                let message = "how soon and how many go together".to_owned();
                self.wrong(only.span(), message, "`answer-within` and `answer-share`");
                return None;
            }
            (None, None) => return None,
        };
        let within = self.wait(Some(within), WAIT_MAX);
        match thousandths(share.get_ref()) {
            Some(share) if share < WHOLE => Some(Answer { within, share }),
            // However many answer, there is always a chance that they are all busy.
            Some(_) => {
                let message = "nobody can promise that to all callers".to_owned();
                self.wrong(share.span(), message, "less than “100 %”");
                None
            }
            None => {
                let message = format!("“{}” is not a share", share.get_ref());
                self.wrong(share.span(), message, Answer::EXPECTED);
                None
            }
        }
    }

    /// The languages a caller can choose; the first is the one a call begins in.
    fn spoken(
        &mut self,
        texts: &[Text],
        table: &Spanned<PhoneTable>,
        page_language: &str,
    ) -> Vec<String> {
        let mut languages: Vec<String> = Vec::new();
        for text in texts {
            let find = |word: &str| LANGUAGES.iter().find(|known| **known == word).copied();
            let Some(language) = self.word(text, &LANGUAGES, find) else { continue };
            if languages.iter().any(|known| known == language) {
                let message = format!("“{language}” is there twice");
                self.wrong(text.span(), message, "each language once");
                continue;
            }
            languages.push(language.to_owned());
        }
        if texts.is_empty() {
            let message = "no language is spoken".to_owned();
            self.wrong(table.span(), message, "languages = [\"nl\"]");
            languages.push(page_language.to_owned());
        }
        languages
    }

    fn choice(
        &mut self,
        table: &ChoiceTable,
        languages: &[String],
        page_language: &str,
    ) -> Option<Choice> {
        let digit = u8::try_from(self.between(&table.digit, 0, 9)).unwrap_or_default();
        let Some(to) = Goes::from_text(table.to.get_ref()) else {
            let message = format!("“{}” leads nowhere", table.to.get_ref());
            self.wrong(table.to.span(), message, Goes::EXPECTED);
            return None;
        };
        if let Goes::Queue(name) | Goes::Department(name) = &to {
            self.name(&Spanned::new(table.to.span(), name.clone()));
        }
        if (digit == EMPLOYEE_DIGIT) != (to == Goes::Employee) {
            let message = format!("the key {digit} can not lead to “{}”", table.to.get_ref());
            self.wrong(table.to.span(), message, "key 0 for “employee”, and for nothing else");
        }
        let names = norm::given([("nl", &table.nl), ("fy", &table.fy), ("en", &table.en)]);
        let texts =
            norm::given([("nl", &table.text_nl), ("fy", &table.text_fy), ("en", &table.text_en)]);
        let text = table.text.clone().unwrap_or_default();
        if table.name.get_ref().trim().is_empty() {
            let message = format!("the key {digit} has no name");
            self.wrong(table.name.span(), message, "what it is for, such as “een afspraak”");
        }
        let reads_out = to == Goes::Information;
        if reads_out == text.trim().is_empty() {
            let message = format!("“{}” and `text` do not go together", table.to.get_ref());
            self.wrong(table.to.span(), message, "a `text` for “information”, and only there");
        }
        for language in languages.iter().filter(|language| *language != page_language) {
            if !names.contains_key(language) || (reads_out && !texts.contains_key(language)) {
                let message = format!("the key {digit} can not be said in “{language}”");
                let expected = match reads_out {
                    true => format!("`{language}` and `text-{language}`"),
                    false => format!("`{language}`"),
                };
                self.wrong(table.name.span(), message, expected);
            }
        }
        Some(Choice { digit, to, name: table.name.get_ref().clone(), names, text, texts })
    }

    /// An employee can always be chosen, and so can every language.
    fn can_be_reached(
        &mut self,
        table: &Spanned<PhoneTable>,
        choices: &[Choice],
        languages: &[String],
    ) {
        if !choices.iter().any(|choice| choice.digit == EMPLOYEE_DIGIT) {
            let message = "nobody can choose an employee".to_owned();
            self.wrong(table.span(), message, "a choice with digit = 0 and to = \"employee\"");
        }
        let asks = choices.iter().any(|choice| choice.to == Goes::Language);
        if asks != (languages.len() > 1) {
            let message = "the languages and the choice of a language do not go together";
            let expected = "a choice with to = \"language\" where more than one is spoken";
            self.wrong(table.span(), message.to_owned(), expected);
        }
    }

    /// A wait by the clock that is not too long; what is usual where nothing is said.
    fn wait(&mut self, text: Option<&Text>, usual: SignedDuration) -> SignedDuration {
        let Some(text) = text else { return usual };
        let Some(wait) = self.by_clock(text) else { return usual };
        if wait.is_zero() || wait > WAIT_MAX {
            let message = format!("“{}” is too short or too long", text.get_ref());
            self.wrong(text.span(), message, "more than nothing and at most “2 hours”");
        }
        wait
    }
}
