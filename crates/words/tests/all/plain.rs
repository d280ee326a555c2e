//! What an editor would mark in a letter, and the lists that is read from.

use words::plain::{HINTS_MAX, Hint, hints};
use words::{Lang, Words};

const LISTS: [(Lang, &str); 3] = [
    (Lang::Nl, include_str!("../../plain/nl.txt")),
    (Lang::Fy, include_str!("../../plain/fy.txt")),
    (Lang::En, include_str!("../../plain/en.txt")),
];

#[test]
fn a_plain_letter_has_no_hints() {
    let letter = "Beste mevrouw Voorbeeld,\n\nU vroeg wanneer de lantaarn weer brandt. De monteur \
        komt morgen. Hebt u nog een vraag? Bel ons dan.\n\n- telefoon 0517\n- loket";
    assert_eq!(hints(letter, Lang::Nl), []);
    assert_eq!(hints("", Lang::Fy), []);
    assert_eq!(hints("Ja.", Lang::En), [], "too short to say which language it is");
}

#[test]
fn stiff_words_are_pointed_at_once_and_in_the_language_of_the_letter() {
    let letter =
        "Middels deze brief; en MIDDELS die. Te allen tijde kunt u ons bellen over uw aanvraag.";
    let said: Vec<&str> = hints(letter, Lang::Nl).iter().filter_map(stiff).collect();
    assert_eq!(said, ["middels", "te allen tijde"]);
    let english = "We will commence the work prior to Monday, if that is all right with you.";
    let said: Vec<&str> = hints(english, Lang::En).iter().filter_map(stiff).collect();
    assert_eq!(said, ["commence", "prior to"]);
}

fn stiff(hint: &Hint) -> Option<&'static str> {
    match hint {
        Hint::Stiff(said, _) => Some(said),
        _ => None,
    }
}

#[test]
fn other_things_a_reader_stumbles_over() {
    let fy = "Goeie, ik haw in fraach foar jo: wannear komme jo nei it loket?";
    assert_eq!(hints(fy, Lang::Nl), [Hint::OtherLanguage(Lang::Fy)]);
    let both = "U kunt de pas ophalen als je een brief van ons hebt.";
    assert_eq!(hints(both, Lang::Nl), [Hint::TwoForms]);
    let open = hints(
        "Beste {naam}, {naam}, uw pas is klaar op [datum]. Bel XXX. Zie {\"a\": 1}.",
        Lang::Nl,
    );
    let place = |text: &str| Hint::Unfilled(text.to_owned());
    assert_eq!(open, [place("{naam}"), place("[datum]"), place("XXX")]);
    let long = format!("Wij komen {}morgen.", "en dan weer ".repeat(7));
    assert_eq!(hints(&long, Lang::Nl), [Hint::Long(24, "Wij komen en dan weer en…".into())]);
    let list = "Neem mee:\n".to_owned() + &"- een pas of een brief of een foto\n".repeat(5);
    assert_eq!(hints(&list, Lang::Nl), [], "the lines of a list are no sentence");
}

#[test]
fn hints_end_somewhere_and_each_has_its_sentence() {
    let all: String = LISTS[0]
        .1
        .lines()
        .filter_map(|line| line.split(" = ").next())
        .fold("de het een en ik van niet dat die voor".to_owned(), |text, stiff| {
            text + ". " + stiff
        });
    let found = hints(&all, Lang::Nl);
    assert_eq!(found.len(), HINTS_MAX);
    let shown = [
        Hint::OtherLanguage(Lang::Fy),
        Hint::Stiff("middels", "met"),
        Hint::Long(31, "Wij hebben…".into()),
        Hint::TwoForms,
        Hint::Unfilled("{naam}".into()),
    ];
    for lang in Lang::STAFF {
        for hint in &shown {
            let said = Words::new(lang).hint(hint);
            assert!(said.ends_with(['.', '”', ']']) && !said.starts_with("plain-"), "{said}");
        }
    }
}

#[test]
fn the_lists_can_be_read_by_eye() {
    for (lang, list) in LISTS {
        let mut lines = list.lines();
        assert!(lines.next().is_some_and(|line| line.starts_with("# ")), "{lang}");
        let mut before = String::new();
        for line in lines {
            let (stiff, plain) = line.split_once(" = ").unwrap_or_else(|| panic!("{lang}: {line}"));
            assert!(stiff > before.as_str(), "{lang}: “{stiff}” is out of order");
            assert_eq!(stiff, stiff.to_lowercase(), "{lang}");
            let words = stiff.split(' ');
            assert!(words.clone().count() <= 4, "{lang}: {stiff}");
            let is_sign = |c: char| c.is_alphabetic() || "'-".contains(c);
            assert!(words.clone().all(|it| !it.is_empty() && it.chars().all(is_sign)), "{stiff}");
            assert!(!plain.trim().is_empty() && plain.trim() == plain && plain != stiff, "{line}");
            before = stiff.to_owned();
        }
    }
}
