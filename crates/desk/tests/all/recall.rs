//! A reply by mail waits before it leaves, and can be taken back until then; what is typed and not
//! sent is kept.

use desk::{Done, Draft, Part, Reply, Standing, Stop};
use ledger::on_both;
use promises::{RECALL_SECONDS, Refusal, Via};

use crate::town::{Town, refused, reply};

impl Town {
    fn takes_back(&self, contact: i64, letter: u32) -> Result<Done, Stop> {
        let els = self.els.clone();
        self.does(move |tx, house, now| desk::recall(tx, house, now, &els, (contact, letter)))
    }

    fn typed(&self, contact: i64) -> Draft {
        let els = self.els.clone();
        self.does(move |tx, _, _| desk::draft(tx, &els, contact)).expect("read")
    }

    fn types(&self, contact: i64, part: Part) -> Result<(), Stop> {
        let els = self.els.clone();
        self.does(move |tx, _, now| desk::keep_draft(tx, now, &els, contact, &part))
    }

    fn replies(&self, contact: i64, reply: Reply) -> Result<Done, Stop> {
        let els = self.els.clone();
        self.does(move |tx, house, now| desk::answer(tx, house, now, &els, contact, &reply))
    }

    fn leased(&self) -> Vec<(i64, u32)> {
        self.does(|tx, _, now| desk::lease(tx, now)).expect("the outbox is read")
    }
}

on_both! {
    fn an_answer_is_taken_back_and_owed_as_before(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.post_goes();
        let before = town.sees(lamp);
        let done = town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        assert!(done.letters.is_empty(), "it is not for the postman yet");
        // It does not count as kept while it waits, and nobody has it as work.
        assert_eq!(
            town.sees(lamp),
            "closed · acknowledge: kept · answer-or-say-when by Wed 25 Nov: open · \
             letter 1 acknowledgement sent · letter 2 answer held"
        );
        town.later(RECALL_SECONDS - 1);
        assert!(town.leased().is_empty());
        town.takes_back(lamp, 2).expect("it has not left");
        assert_eq!(town.sees(lamp), format!("{before} · letter 2 answer taken back"));
        assert_eq!(town.typed(lamp).answer, "Dat zit zo.", "the words are kept");
        assert_eq!(
            town.facts(lamp),
            "received promised promised letter-sent acknowledged settled answered settled closed \
             recalled restored reopened"
        );
        assert_eq!(refused(town.takes_back(lamp, 2)), Refusal::LetterLeft);
        town.later(1_000);
        assert!(town.leased().is_empty(), "it never leaves");
        // The next one leaves, with the number after it.
        town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        assert!(town.typed(lamp).is_empty(), "what is sent is no draft");
        town.later(RECALL_SECONDS);
        assert_eq!(
            town.sees(lamp),
            "closed · acknowledge: kept · answer-or-say-when by Wed 25 Nov: kept · \
             letter 1 acknowledgement sent · letter 2 answer taken back · letter 3 answer held"
        );
        assert_eq!(town.leased(), [(lamp, 3)]);
        town.ends_well();
    }

    fn what_the_postman_has_can_not_be_taken_back(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        town.later(RECALL_SECONDS);
        assert_eq!(refused(town.takes_back(lamp, 2)), Refusal::LetterLeft, "its time is over");
        town.leased();
        assert_eq!(refused(town.takes_back(lamp, 2)), Refusal::LetterLeft, "it is under way");
        town.post_goes();
        assert_eq!(refused(town.takes_back(lamp, 2)), Refusal::LetterLeft, "it has gone");
        assert_eq!(refused(town.takes_back(lamp, 1)), Refusal::LetterLeft, "nobody wrote it");
        assert_eq!(refused(town.takes_back(lamp, 9)), Refusal::NotFound);
        assert!(town.facts(lamp).ends_with("letter-sent"), "{}", town.facts(lamp));
        town.ends_well();
    }

    fn a_restart_does_not_hurry_a_letter_that_can_be_taken_back(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        town.later(1);
        let taken = town.does(|tx, _, now| desk::take_back(tx, now)).expect("taken back");
        assert_eq!((taken, town.leased()), (1, vec![(lamp, 1)]), "only the acknowledgement");
        town.takes_back(lamp, 2).expect("it still waits");
        town.ends_well();
    }

    fn a_date_is_taken_back_with_the_day_and_the_reason(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.post_goes();
        let before = town.sees(lamp);
        let els = town.els.clone();
        let on = "2026-11-30".parse().expect("a day");
        let told = Reply {
            why: "De monteur is er dan.".to_owned(),
            ..reply(Via::Mail, "Even geduld.")
        };
        town.does(move |tx, house, now| desk::say_when(tx, house, now, &els, lamp, (on, &told)))
            .expect("a date");
        let body = town.letter(lamp, 2).body;
        assert!(body.contains("Even geduld.\n\nDe monteur is er dan."), "{body}");
        town.later(5);
        town.types(lamp, Part::Answer("Toch al klaar?".to_owned(), String::new())).expect("kept");
        town.takes_back(lamp, 2).expect("it has not left");
        assert_eq!(
            town.sees(lamp),
            before.replace(" · letter 1", " · keep-date by Mon 30 Nov: not owed · letter 1")
                + " · letter 2 date taken back"
        );
        let typed = town.typed(lamp);
        assert_eq!((typed.day.as_str(), typed.day_text.as_str()), ("2026-11-30", "Even geduld."));
        assert_eq!(typed.day_why, "De monteur is er dan.");
        assert_eq!(typed.answer, "Toch al klaar?", "what was typed since stays");
        town.ends_well();
    }

    fn what_changed_since_is_not_undone(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.says_when(lamp, "2026-11-30", Via::Mail).expect("a date");
        town.later(3);
        town.answers(&town.kees, lamp, Via::Phone).expect("a colleague calls");
        let stands = town.sees(lamp);
        assert_eq!(refused(town.takes_back(lamp, 2)), Refusal::ChangedSince);
        assert_eq!(town.sees(lamp), stands);
        assert!(matches!(town.letter(lamp, 2).standing, Standing::Held { .. }), "it leaves");
        town.ends_well();
    }

    fn the_results_never_count_what_is_taken_back(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        town.post_goes();
        let contact = |town: &Town| {
            let results = town.does(|tx, house, now| desk::results(tx, house, now, true));
            let results = results.expect("counted");
            let found = results.iter().find(|it| it.norm == "message.contact" && !it.is_date);
            let month = found.expect("it is promised").this_month;
            (month.kept, month.broken, month.open)
        };
        town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        assert_eq!(contact(&town), (0, 0, 1), "it waits");
        town.takes_back(lamp, 2).expect("it has not left");
        assert_eq!(contact(&town), (0, 0, 1));
        town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        town.later(RECALL_SECONDS);
        assert_eq!(contact(&town), (1, 0, 0));
        town.ends_well();
    }

    fn a_draft_is_kept_for_each_employee_and_contact(ground: &Ground) {
        let town = Town::on(ground);
        let (lamp, tile) = (town.mails("jan", "lamp kapot"), town.mails("piet", "stoep stuk"));
        let answer = |text: &str| Part::Answer(text.to_owned(), "an@example.nl".to_owned());
        town.types(lamp, answer("Half")).expect("kept");
        town.types(lamp, answer("Half een zin")).expect("kept");
        let day = ["2026-12-04", "Wij zoeken", "Het is druk"].map(str::to_owned);
        let [on, text, why] = day;
        town.types(lamp, Part::Day(on, text, why)).expect("kept");
        let typed = town.typed(lamp);
        assert_eq!((typed.answer.as_str(), typed.copies.len()), ("Half een zin", 13));
        assert_eq!(typed.day_why, "Het is druk");
        assert!(town.typed(tile).is_empty(), "another contact");
        let kees = town.kees.clone();
        let theirs = town.does(move |tx, _, _| desk::draft(tx, &kees, lamp)).expect("read");
        assert!(theirs.is_empty(), "a colleague");
        // Sending the answer leaves what was typed for a date.
        town.answers(&town.els, lamp, Via::Phone).expect("an answer");
        let typed = town.typed(lamp);
        assert_eq!((typed.answer.as_str(), typed.day.as_str()), ("", "2026-12-04"));
        town.types(lamp, Part::Day(String::new(), " ".to_owned(), String::new())).expect("gone");
        assert!(town.typed(lamp).is_empty());
        let long = "x".repeat(desk::TEXT_BYTES_MAX + 1);
        assert_eq!(refused(town.types(lamp, answer(&long))), Refusal::TextTooLong);
        assert_eq!(refused(town.types(lamp + 9, answer("x"))), Refusal::NotFound);
        town.ends_well();
    }

    fn copies_go_to_who_is_named_and_never_with_an_acknowledgement(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        let with = |copies: &str| {
            Reply { copies: copies.to_owned(), ..reply(Via::Mail, "Dat zit zo.") }
        };
        assert_eq!(refused(town.replies(lamp, with("An <an@example.nl>"))), Refusal::CopyAddress);
        town.replies(lamp, with("an@example.nl; piet@example.nl")).expect("an answer");
        town.later(RECALL_SECONDS);
        let sent = town.post_goes();
        let to: Vec<_> = sent.iter().map(|it| it.recipients()).collect();
        assert_eq!(
            to,
            [vec!["jan@example.nl", "an@example.nl", "piet@example.nl"], vec!["jan@example.nl"]],
            "INTAKE 53: the acknowledgement has one recipient"
        );
        // INTAKE 69: a copy that comes back is no answer that did not arrive.
        let before = town.sees(lamp);
        let mut report = town.mail("mailer-daemon", "Undeliverable");
        report.class = norms::Class::Bounce;
        report.mailable = false;
        report.thread.recipients = vec![town.house.bounce_address(lamp, 2)];
        report.thread.bounce = Some((true, "5.1.1".to_owned()));
        report.thread.undelivered_to = "Piet@example.nl".to_owned();
        town.receives(&report);
        assert_eq!(town.sees(lamp), before, "the resident has the answer");
        assert!(town.letter(lamp, 2).refused.contains("piet@example.nl: 5.1.1"));
        town.ends_well();
    }

    fn an_answer_stands_in_the_thread_of_the_residents_last_mail(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "RE: Antw: lamp kapot");
        town.post_goes();
        town.later(60);
        // The mail program of Jan names no References.
        let mut again = town.mail("jan", "Re: Wij hebben uw bericht ontvangen");
        again.body = "Hij is nu ook nog scheef.\nGroet, Jan".to_owned();
        again.thread.candidates = vec![town.house.message_id(lamp, 1)];
        town.receives(&again);
        town.later(60);
        // A robot that answers for someone who is away is not what an answer answers.
        let mut away = town.mail("jan", "Afwezig");
        away.class = norms::Class::AutoReply;
        away.thread.candidates = vec![town.house.message_id(lamp, 1)];
        town.receives(&away);
        town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        let letter = town.letter(lamp, 2);
        assert_eq!(letter.in_reply_to, again.thread.message_id);
        let ack = town.house.message_id(lamp, 1);
        assert_eq!(letter.references, format!("jan-1@example.nl {ack} jan-2@example.nl"));
        assert_eq!(letter.subject, "Re: Wij hebben uw bericht ontvangen");
        assert_eq!(
            letter.quoted,
            "Op maandag 23 november 2026 om 9.01 uur schreef jan voorbeeld:\n\
             > Hij is nu ook nog scheef.\n> Groet, Jan\n"
        );
        assert!(!letter.body.contains("scheef"), "{}", letter.body);
        let number = town.number(lamp);
        assert!(letter.body.contains(&format!("[{number}]")), "INTAKE 32: a mark in the text");
        town.ends_well();
    }
}
