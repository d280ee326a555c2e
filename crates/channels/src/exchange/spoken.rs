//! Announcements as sentences to be spoken.

use jiff::SignedDuration;
use norms::{Menu, Norms};
use promises::call::{Announcement, Said};
use words::{Lang, Words};

/// What is needed to put announcements into words.
#[derive(Clone, Copy, Debug)]
pub struct Speaker<'a> {
    /// The norms, for the name, the zone and the menu of the municipality.
    pub norms: &'a Norms,
    /// The menu that is in force.
    pub menu: &'a Menu,
    /// What is out of order, in each language it is told in; the first stands in for the others.
    pub disruption: &'a [(Lang, String)],
}

impl Speaker<'_> {
    /// The sentences of an announcement, in its language.
    #[must_use]
    pub fn text(&self, said: &Said) -> String {
        let lang = Lang::from_code(&said.lang).unwrap_or_default();
        let words = Words::new(lang);
        match &said.what {
            Announcement::Welcome => {
                words.say1("phone-welcome", "municipality", &self.norms.municipality.name)
            }
            Announcement::Closed(Some(opens)) => {
                let when = words.spoken_moment(*opens, &self.norms.municipality.zone);
                words.say1("phone-closed", "when", &when)
            }
            Announcement::Closed(None) => words.say("phone-closed-unknown"),
            Announcement::Disruption => {
                words.say1("phone-disruption", "text", self.disruption(lang))
            }
            Announcement::Choice(digit) => self.choice(words, *digit),
            Announcement::Language(digit) => {
                words.say_with("phone-language", &[("digit", i64::from(*digit).into())])
            }
            Announcement::NotUnderstood => words.say("phone-not-understood"),
            Announcement::Information(digit) => {
                let choice = self.menu.choice(*digit);
                choice.map_or_else(String::new, |it| it.text(&said.lang).to_owned())
            }
            Announcement::Employee => words.say("phone-employee"),
            Announcement::Wait(place, expected) => wait(words, *place, *expected),
            Announcement::Offer(expected) => together([
                expected.map(|expected| minutes(words, expected)),
                Some(words.say("phone-offer")),
            ]),
            Announcement::TooLong => words.say("phone-too-long"),
            Announcement::AskNumber => words.say("phone-ask-number"),
            Announcement::PutThrough => words.say("phone-put-through"),
            Announcement::NotReached => words.say("phone-not-reached"),
            Announcement::CallBack => words.say("phone-call-back"),
            Announcement::CallBackInTurn => words.say("phone-call-back-in-turn"),
        }
    }

    fn disruption(&self, lang: Lang) -> &str {
        let told = self.disruption.iter().find(|(it, _)| *it == lang);
        told.or(self.disruption.first()).map_or("", |(_, text)| text)
    }

    fn choice(&self, words: Words, digit: u8) -> String {
        let Some(choice) = self.menu.choice(digit) else { return String::new() };
        let name = choice.name(words.lang().code());
        let values = [("name", name.into()), ("digit", i64::from(digit).into())];
        words.say_with("phone-choice", &values)
    }
}

fn wait(words: Words, place: u32, expected: Option<SignedDuration>) -> String {
    let before = match place.saturating_sub(1) {
        0 => words.say("phone-wait-first"),
        ahead => words.count("phone-wait-ahead", i64::from(ahead)),
    };
    together([Some(before), expected.map(|expected| minutes(words, expected))])
}

/// Whole minutes, rounded up: a wait is rather too long than too short.
fn minutes(words: Words, wait: SignedDuration) -> String {
    let seconds = wait.as_secs().max(1);
    words.count("phone-wait-minutes", seconds / 60 + i64::from(seconds % 60 != 0))
}

fn together(sentences: [Option<String>; 2]) -> String {
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use norms::Norms;
    use promises::call::{Announcement, Said};
    use words::Lang;

    use super::Speaker;

    const HARLINGEN: &str = include_str!("../../../../norms/harlingen.toml");

    #[test]
    fn announcements_are_said_in_three_languages() {
        let norms = Norms::parse(HARLINGEN, "harlingen.toml").expect("the file is right");
        let menu = norms.menu.as_ref().expect("a menu");
        let disruption =
            [(Lang::Nl, "Storing.".to_owned()), (Lang::En, "Out of order.".to_owned())];
        let speaker = Speaker { norms: &norms, menu, disruption: &disruption };
        let say = |lang: &str, what| speaker.text(&Said { lang: lang.to_owned(), what });
        let opens = "2026-11-30T07:30:00Z".parse().ok();
        let two_minutes = Some(SignedDuration::from_secs(61));
        let closed = "Wij zijn nu gesloten. U kunt ons weer bellen op maandag 30 november om half \
                      negen ’s ochtends.";
        assert_eq!(say("nl", Announcement::Closed(opens)), closed);
        assert_eq!(say("nl", Announcement::Choice(0)), "Voor een medewerker: toets 0.");
        assert_eq!(say("fy", Announcement::Choice(3)), "Foar gemeentlike belestingen: druk op 3.");
        assert_eq!(say("en", Announcement::Language(3)), "For English: press 3.");
        let wait = "Er is nog één beller vóór u. De wachttijd is ongeveer 2 minuten.";
        assert_eq!(say("nl", Announcement::Wait(2, two_minutes)), wait);
        assert_eq!(say("fy", Announcement::Wait(1, None)), "Jo binne de earste yn de rige.");
        assert_eq!(say("nl", Announcement::Disruption), "Let op. Storing.");
        assert!(say("en", Announcement::Disruption).ends_with("Out of order."));
        assert!(say("fy", Announcement::Disruption).ends_with("Storing."), "not told in Frisian");
        assert!(say("en", Announcement::Information(4)).starts_with("The service desk works by"));
        assert_eq!(say("nl", Announcement::Choice(8)), "", "no such key");
    }
}
