//! What can be found on the public site, in the language of a reader.

use norms::Norms;
use words::Words;

use super::search::Entry;
use crate::pages::{FoundKind, Group};

/// Each page: its address, the key of its title, and the keys of what it says.
const PAGES: [(&str, &str, &[&str]); 7] = [
    ("/", "home-title", &["home-lead", "home-way-form-text", "home-kept-text"]),
    (
        "/contact",
        "contact-title",
        &["contact-lead", "contact-kind-question", "contact-kind-tip", "contact-kind-complaint"],
    ),
    ("/terugbellen", "call-title", &["call-lead", "call-message", "call-moments", "call-send"]),
    ("/bereikbaar", "site-status-title", &["site-status-lead", "home-hours"]),
    (
        "/normen",
        "norms-title",
        &["norms-lead", "home-kept-text", "norms-how-kept", "norms-how-days"],
    ),
    (
        "/privacy",
        "site-privacy-title",
        &[
            "site-privacy-lead",
            "site-privacy-what-text",
            "site-privacy-who-text",
            "site-privacy-cookies-text",
            "site-privacy-rights-text",
            "site-privacy-authority",
        ],
    ),
    (
        "/toegankelijkheid",
        "site-accessibility-title",
        &[
            "site-accessibility-lead",
            "site-accessibility-what-text",
            "site-accessibility-state-text",
            "site-accessibility-help-text",
        ],
    ),
];

/// Everything that can be found.
pub(super) fn entries(words: &Words, norms: &Norms) -> Vec<Entry> {
    let pages = PAGES.iter().map(|(path, title, keys)| {
        let text = keys.iter().map(|key| words.say(key)).collect::<Vec<_>>().join(" ");
        let also = also_of(path).map(|key| words.say(key)).unwrap_or_default();
        Entry::new(FoundKind::Page, (path, ""), (words.say(title), text, &also))
    });
    pages.chain(ways(words, norms)).chain(promises(words, norms)).collect()
}

/// The key of words that people look for a page with, and that it does not say.
fn also_of(path: &str) -> Option<&'static str> {
    match path {
        "/contact" => Some("site-search-also-form"),
        "/bereikbaar" => Some("site-search-also-status"),
        "/normen" => Some("site-menu-norms"),
        "/privacy" => Some("site-menu-privacy"),
        "/toegankelijkheid" => Some("site-menu-accessibility"),
        _ => None,
    }
}

/// The ways to reach us.
fn ways(words: &Words, norms: &Norms) -> Vec<Entry> {
    let reach = &norms.reach;
    let sentence = |key: &str, more: String| format!("{} {more}", words.say(key));
    let hours = |key: &str, of: &norms::ChannelHours| {
        format!("{}: {}.", words.say(key), words.week_in_a_line(&of.week))
    };
    let phone_hours = hours("home-hours", &norms.phone);
    let counter_hours = hours("home-hours", &norms.counter);
    let appointments = norms.appointment_address();
    let counter = match appointments {
        Some(_) => sentence("home-way-counter-text", counter_hours),
        None => {
            let call = words.say1("home-way-counter-phone", "number", &reach.phone);
            format!("{call} {counter_hours}")
        }
    };
    let call = words.say1("home-way-phone", "number", &reach.phone);
    let mail = format!("mailto:{}", reach.email);
    let (report_at, report) = match norms.reports.is_empty() {
        true => (("/", "ways"), words.say1("home-way-report-phone", "number", &reach.phone)),
        false => (("/melding", ""), reportable(words, norms)),
    };
    let way = |(path, mark): (&str, &str), title: String, text: String, also: &str| {
        Entry::new(FoundKind::Way, (path, mark), (title, text, &words.say(also)))
    };
    vec![
        way(
            ("/bereikbaar", ""),
            call,
            sentence("home-way-phone-text", phone_hours),
            "site-search-also-phone",
        ),
        way(
            (&mail, ""),
            words.say("home-way-email"),
            reach.email.clone(),
            "site-search-also-email",
        ),
        way(
            (appointments.unwrap_or("/bereikbaar"), ""),
            words.say("home-way-counter"),
            counter,
            "site-search-also-counter",
        ),
        way(report_at, words.say("home-way-report"), report, "site-search-also-report"),
    ]
}

/// What can be reported: "Straatverlichting, afval en speelplek".
fn reportable(words: &Words, norms: &Norms) -> String {
    let lang = words.lang().code();
    let names: Vec<String> = norms.reports.iter().map(|it| it.name(lang).to_owned()).collect();
    format!("{} {}.", words.say("home-way-report-text"), words.list(&names))
}

/// Words of a sentence that make a title; what is cut off is in the text below it.
const TITLE_WORDS_MAX: usize = 12;

/// The norms: found by their sentence, in Dutch as well, and by the name of their chapter.
fn promises(words: &Words, norms: &Norms) -> Vec<Entry> {
    let entry = |norm: &norms::Norm| {
        let group = Group::of_norm(&norm.id).unwrap_or(Group::Improve);
        let text = norm.text(words.lang().code()).to_owned();
        let title = words.say(group.key());
        let named = beginning(&text);
        let entry =
            Entry::new(FoundKind::Norm, ("/normen", &norm.id), (title, text, &norm.sentence));
        entry.titled(named)
    };
    norms.list.iter().map(entry).collect()
}

/// The beginning of a text, for a title.
fn beginning(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.get(..TITLE_WORDS_MAX) {
        Some(first) if words.len() > TITLE_WORDS_MAX => format!("{} …", first.join(" ")),
        _ => text.to_owned(),
    }
}
