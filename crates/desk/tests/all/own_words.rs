//! Letters in the words of the municipality, standard texts, and signatures.

use desk::{
    Arrival, LetterFault, LetterName, LetterPart, Signature, StandardText, TextFault, built_in,
};
use ledger::on_both;
use norms::{Channel, Kind};
use promises::{Refusal, Via};
use words::Lang;
use words::templates::Wrong;

use crate::town::{Town, refused};

impl Town {
    fn says(
        &self,
        name: LetterName,
        lang: Lang,
        own: Option<(&str, &str)>,
    ) -> Result<(), LetterFault> {
        let els = self.els.clone();
        let own = own.map(|(subject, body)| (subject.to_owned(), body.to_owned()));
        let set = self.does(move |tx, house, now| {
            let own = own.as_ref().map(|(subject, body)| (subject.as_str(), body.as_str()));
            desk::set_letter_words(tx, house, now, &els.with()?, (name, lang), own)
        });
        set.expect("no storage error")
    }

    fn keeps(&self, text: &StandardText) -> Result<(), TextFault> {
        let (els, text) = (self.els.clone(), text.clone());
        self.does(move |tx, _, now| desk::keep_text(tx, now, &els.with()?, &text)).expect("stored")
    }

    fn letters_of(&self, lang: Lang) -> Vec<(String, String, String)> {
        let mail =
            |subject: &str| Arrival { lang: lang.code().to_owned(), ..self.mail("jan", subject) };
        // More mails than one address gets in ten minutes.
        self.does(|tx, _, _| Ok(tx.forget_attempts("mail:jan@example.nl")?)).expect("forgotten");
        let lamp = self.receives(&mail("lamp kapot <b>")).done.contact;
        let mut form = mail("");
        (form.channel, form.kind) = (Channel::Form, Kind::Complaint);
        form.body = "Eerste regel & {$naam} {{ nummer }}.".to_owned();
        let form = self.receives(&form).done.contact;
        for on in ["2026-12-01", "2026-12-04"] {
            self.says_when(lamp, on, Via::Mail).expect("a date");
        }
        self.answers(&self.els, lamp, Via::Mail).expect("an answer");
        let letters = [(lamp, 1), (form, 1), (lamp, 2), (lamp, 3), (lamp, 4)];
        let read = letters.map(|(contact, nr)| self.letter(contact, nr));
        // Two contacts have two numbers and two links: the same text but for those.
        let same = |text: String| {
            let digits = |c: char| if c.is_ascii_digit() { '0' } else { c };
            let lines = text.lines().filter(|line| !line.starts_with("http"));
            lines.map(|line| line.chars().map(digits).collect::<String>() + "\n").collect()
        };
        read.map(|it| (same(it.subject), same(it.body), same(it.quoted))).to_vec()
    }
}

fn standard(id: i64, name: &str, body: &str) -> StandardText {
    StandardText { id, lang: "nl".to_owned(), name: name.to_owned(), body: body.to_owned() }
}

on_both! {
    /// The built-in words as a text with variables give the built-in letter.
    fn where_changing_begins_nothing_changes(ground: &Ground) {
        let town = Town::on(ground);
        for lang in Lang::ALL {
            let before = town.letters_of(lang);
            for name in LetterName::ALL {
                let (subject, body) = built_in(name, lang);
                let set = town.says(name, lang, Some((&subject, &body)));
                assert_eq!(set, Ok(()), "{name:?} {lang}");
            }
            assert_eq!(town.letters_of(lang), before, "{lang}");
        }
    }

    /// INTAKE 55 and 56: what a resident wrote is never read as a text with variables, and the
    /// number, the day and the hours are in every acknowledgement.
    fn an_acknowledgement_in_own_words(ground: &Ground) {
        let town = Town::on(ground);
        let body = "Dag {{ naam }}!\n\nUw bericht over {{ onderwerp }} is binnen: {{ nummer }}.\n\
                    Uiterlijk {{ datum }} hoort u meer. Bellen: {{ telefoontijden }}.\n\n\
                    {{ groet }}";
        let own = Some(("Binnen: {{ nummer }}", body));
        assert_eq!(town.says(LetterName::Acknowledgement, Lang::Nl, own), Ok(()));
        let mut mail = town.mail("jan", "{{ groet }} <i>lamp</i>");
        mail.name = "{{ nummer }} Voorbeeld".to_owned();
        let lamp = town.receives(&mail).done.contact;
        let letter = town.letter(lamp, 1);
        let number = town.number(lamp);
        assert_eq!(letter.subject, format!("Binnen: {number}"));
        assert!(letter.body.starts_with("Dag {{ nummer }} Voorbeeld!\n\n"), "{}", letter.body);
        let about = format!("over {{{{ groet }}}} <i>lamp</i> is binnen: {number}.");
        assert!(letter.body.contains(&about), "{}", letter.body);
        assert!(letter.body.contains("Uiterlijk woensdag 25 november 2026"), "{}", letter.body);
        let page = desk::page_of(&letter);
        assert!(page.contains("&lt;i&gt;lamp&lt;/i&gt;"), "{page}");
        // Another language keeps its own words.
        let fy = town.receives(&Arrival { lang: "fy".to_owned(), ..town.mail("piet", "x") });
        assert!(town.letter(fy.done.contact, 1).body.contains("Tige tank"));
        // The chain says who changed it, and that it was put back.
        assert_eq!(town.says(LetterName::Acknowledgement, Lang::Nl, None), Ok(()));
        let lines = town.does(|tx, _, _| Ok(tx.facts_after(0)?)).expect("read");
        let changed: Vec<_> =
            lines.iter().filter(|it| it.data.contains("letter-text-changed")).collect();
        assert_eq!(changed.len(), 2);
        assert!(changed.iter().all(|it| it.actor == Some(town.els.id()) && it.contact.is_none()));
        assert!(changed[0].data.contains("\"hash\":\"") && !changed[1].data.contains("hash"));
        let back = town.mails("kees", "lamp");
        assert!(town.letter(back, 1).body.contains("Dank u wel voor uw bericht."));
        town.ends_well();
    }

    fn what_is_wrong_with_a_letter_is_said(ground: &Ground) {
        let town = Town::on(ground);
        let (subject, good) = built_in(LetterName::Acknowledgement, Lang::Nl);
        let ack = |subject: &str, body: &str| {
            town.says(LetterName::Acknowledgement, Lang::Nl, Some((subject, body)))
        };
        let unknown = good.replace("gegevens", "gegeven");
        let Err(LetterFault::Body(fault)) = ack(&subject, &unknown) else {
            panic!("it is unknown");
        };
        assert_eq!((fault.line, fault.what), (5, Wrong::Unknown("gegeven".to_owned())));
        assert!(matches!(ack("{{ groet }}", &good), Err(LetterFault::Subject(_))));
        assert_eq!(ack(" ", &good), Err(LetterFault::SubjectLine));
        assert_eq!(ack("a\nBcc: x@example.nl", &good), Err(LetterFault::SubjectLine));
        use LetterPart::{Number, PhoneHours, Promise, Received, Text};
        assert_eq!(
            ack("x", "Dank u wel."),
            Err(LetterFault::Missing(vec![Number, Received, Promise, PhoneHours]))
        );
        let answer = town.says(LetterName::Answer, Lang::Nl, Some(("", "{{ aanhef }}")));
        assert_eq!(answer, Err(LetterFault::Missing(vec![Text])));
        let date = town.says(LetterName::Date, Lang::Nl, Some(("", "{{ tekst }}")));
        assert_eq!(date, Err(LetterFault::Missing(vec![Promise])));
        let lamp = town.mails("jan", "lamp kapot");
        let body = town.letter(lamp, 1).body;
        assert!(body.contains("Dank u wel voor uw bericht."), "nothing changed: {body}");
    }

    /// A stored text that can not be used, or leaves out what must be said, stops nothing.
    fn a_broken_text_never_stops_an_acknowledgement(ground: &Ground) {
        let town = Town::on(ground);
        let now = town.now;
        for body in ["{{ weg }}", "{% if naam %}", "Alleen dit.", "{{ nummer"] {
            let text = ledger::texts::LetterText {
                subject: "x".to_owned(),
                body: body.to_owned(),
                changed_at: now,
                employee: 1,
            };
            town.does(move |tx, _, _| Ok(tx.set_letter_text(("bevestiging", "nl"), Some(&text))?))
                .expect("as another program left it");
            let lamp = town.mails("jan", "lamp kapot");
            assert!(town.letter(lamp, 1).body.contains("Dank u wel voor uw bericht."), "{body}");
            let stands = town
                .does(|tx, house, now| {
                    let which = (LetterName::Acknowledgement, Lang::Nl);
                    desk::letter_words(tx, house, now, which)
                })
                .expect("read");
            assert!(stands.fault.is_some() && stands.body == body, "the fault is shown: {body}");
            town.post_goes();
            // Ten mails in a story are more than one address gets in ten minutes.
            let forget = |town: &Town| {
                town.does(|tx, _, _| Ok(tx.forget_attempts("mail:jan@example.nl")?))
            };
            forget(&town).expect("forgotten");
        }
    }

    fn standard_texts_are_filled_in_for_a_contact(ground: &Ground) {
        let town = Town::on(ground);
        let body = "Beste {{ naam }},\n\nOver {{ nummer }} hoort u op {{ uiterlijk }} meer.\n\
                    {{ medewerker }}, {{ datum }}";
        assert_eq!(town.keeps(&standard(0, "Later", body)), Ok(()));
        assert_eq!(town.keeps(&standard(0, "Later", "x")), Err(TextFault::NameTaken));
        assert_eq!(town.keeps(&standard(0, " ", "x")), Err(TextFault::Name));
        assert_eq!(town.keeps(&standard(0, "Leeg", " ")), Err(TextFault::Empty));
        let Err(TextFault::Body(fault)) = town.keeps(&standard(0, "Fout", "a\n{{ tekst }}")) else {
            panic!("it is unknown");
        };
        assert_eq!((fault.line, fault.about()), (2, "tekst"));
        let mut mail = town.mail("jan", "lamp");
        mail.name = "{{ nummer }}".to_owned();
        let lamp = town.receives(&mail).done.contact;
        let fill = |id: i64| {
            let els = town.els.clone();
            town.does(move |tx, house, now| desk::fill_text(tx, house, now, &els, (lamp, id)))
        };
        let number = town.number(lamp);
        assert_eq!(
            fill(1).expect("filled in"),
            format!("Beste {{{{ nummer }}}},\n\nOver {number} hoort u op woensdag 25 \
                     november 2026 meer.\nEls Voorbeeld, maandag 23 november 2026"),
            "INTAKE 55: the name of a resident is no variable"
        );
        assert_eq!(town.keeps(&standard(1, "Later", "Kort.")), Ok(()));
        assert_eq!(fill(1).expect("changed"), "Kort.");
        let els = town.els.clone();
        town.does(move |tx, _, _| desk::remove_text(tx, &els.with()?, 1)).expect("removed");
        assert_eq!(refused(fill(1)), Refusal::NotFound);
    }

    fn a_signature_stands_under_answers(ground: &Ground) {
        let town = Town::on(ground);
        let sign = |signature: Signature| {
            let els = town.els.clone();
            town.does(move |tx, _, _| desk::set_signature(tx, &els, &signature))
        };
        let own = Signature {
            name: "Els V.".to_owned(),
            department: "Team Buiten".to_owned(),
            more: "Ik werk op maandag.\nen {{ dinsdag }}".to_owned(),
        };
        sign(own.clone()).expect("kept");
        let lamp = town.mails("jan", "lamp kapot");
        town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        let body = town.letter(lamp, 2).body;
        let under = "Met vriendelijke groet,\nEls V.\nTeam Buiten\nIk werk op maandag.\n\
                     en {{ dinsdag }}\nGemeente Harlingen\n";
        assert!(body.ends_with(under), "{body}");
        let ack = town.letter(lamp, 1).body;
        assert!(!ack.contains("Els"), "{ack}");
        let long = Signature { more: "x".repeat(desk::SIGNATURE_CHARS_MAX + 1), ..own };
        assert_eq!(refused(sign(long)), Refusal::TextTooLong);
    }
}
