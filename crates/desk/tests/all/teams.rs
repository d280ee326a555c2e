//! Teams share work, colleagues are mentioned, residents say whether an answer helped, and a sample
//! of answers is looked at.

use desk::{Coming, Hands, Helped, Month, Review, Sift, Whose};
use ledger::on_both;
use promises::{Refusal, Via};

use crate::town::{Town, refused, wait_for};

impl Town {
    fn gives(&self, contact: i64, to: Hands) -> Result<desk::Done, desk::Stop> {
        let els = self.els.clone();
        self.does(move |tx, house, now| desk::assign(tx, house, now, &els, contact, Some(to)))
    }

    fn team_of(&self, employee: i64) -> Vec<i64> {
        let sift = Sift::all(Whose::All);
        let first = (i64::MIN, 0);
        let lines = self.does(move |tx, _, _| desk::team_work(tx, employee, &sift, (first, 50)));
        lines.expect("read").iter().map(|line| line.contact).collect()
    }

    fn mentioned(&self, employee: i64) -> Vec<i64> {
        let most = (i64::MAX, i64::MAX);
        let found = self.does(move |tx, _, _| desk::mentions(tx, employee, most, 50));
        found.expect("read").into_iter().map(|(_, contact)| contact.id).collect()
    }
}

on_both! {
    fn a_team_shares_what_is_in_its_hands(ground: &Ground) {
        let town = Town::on(ground);
        let (els, kees) = (town.els.id(), town.kees.id());
        let keep = |team, name: &'static str, members: Vec<i64>| {
            let leader = town.els.clone();
            town.does(move |tx, _, now| {
                desk::keep_team(tx, now, &leader.with()?, team, (name, &members))
            })
        };
        assert_eq!(refused(keep(None, " ", vec![])), Refusal::TextEmpty);
        assert_eq!(refused(keep(None, "Buiten", vec![999])), Refusal::UnknownEmployee);
        let outside = keep(None, " Buiten ", vec![els, kees]).expect("a team");
        let desk_team = keep(None, "Balie", vec![els]).expect("another");
        assert_eq!(refused(keep(Some(desk_team), "Buiten", vec![els])), Refusal::TeamNameTaken);
        assert_eq!(refused(keep(Some(999), "Nieuw", vec![els])), Refusal::UnknownTeam);
        assert_eq!(refused(keep(None, "Leeg", vec![])), Refusal::TeamEmpty);
        let lamp = town.mails("jan", "lamp kapot");
        let tile = town.mails("piet", "tegel los");
        let pass = town.mails("klaas", "paspoort");
        assert_eq!(refused(town.gives(lamp, Hands::Team(999))), Refusal::UnknownTeam);
        town.gives(tile, Hands::Team(outside)).expect("to a team");
        town.gives(pass, Hands::Team(desk_team)).expect("to another");
        town.gives(lamp, Hands::Employee(kees)).expect("to a colleague");
        town.gives(lamp, Hands::Team(outside)).expect("from hands to a team");
        assert_eq!(town.item(lamp).hands.employee, None, "nobody of the team has it yet");
        town.gives(lamp, Hands::Employee(kees)).expect("who of the team does it");
        let hands = town.item(lamp).hands;
        assert_eq!((hands.employee, hands.team), (Some(kees), Some((outside, "Buiten".into()))));
        assert_eq!(town.team_of(els), [lamp, tile, pass], "both teams, nearest deadline first");
        assert_eq!(town.team_of(kees), [lamp, tile]);
        let counts = town.does(move |tx, house, now| desk::work_counts(tx, house, now, els));
        let counts = counts.expect("counted");
        assert_eq!((counts.team, counts.unassigned, counts.all), (3, 0, 3));
        keep(Some(outside), "Buitendienst", vec![kees]).expect("changed");
        assert_eq!(town.team_of(els), [pass]);
        let why = town.els.clone();
        town.does(move |tx, house, now| {
            desk::hand_over(tx, house, now, &why, pass, (Hands::Team(outside), "hoort bij u"))
        })
        .expect("with a note");
        assert_eq!(town.team_of(kees), [lamp, tile, pass]);
        assert_eq!(town.facts(pass).matches("given-to-team").count(), 2);
        // It comes back to the team when it is taken up again, and goes when nobody has it.
        town.closes(pass, promises::Outcome::Withdrawn).expect("closed");
        assert_eq!(town.team_of(kees), [lamp, tile]);
        let again = town.els.clone();
        town.does(move |tx, house, now| desk::reopen(tx, house, now, &again, pass)).expect("again");
        assert_eq!(town.team_of(kees).len(), 3);
        let nobody = town.els.clone();
        town.does(move |tx, house, now| desk::assign(tx, house, now, &nobody, pass, None))
            .expect("to nobody");
        assert_eq!(town.item(pass).hands, desk::InHands::default());
        town.does(|tx, _, now| desk::close_account(tx, now, "kees")).expect("closed");
        assert_eq!(refused(town.gives(pass, Hands::Team(outside))), Refusal::TeamEmpty);
        town.ends_well();
    }

    fn who_is_mentioned_finds_it_until_it_is_seen(ground: &Ground) {
        let town = Town::on(ground);
        let (els, kees) = (town.els.clone(), town.kees.clone());
        let lamp = town.mails("jan", "lamp kapot");
        let tile = town.mails("piet", "tegel los");
        let note = |contact, text: &'static str, to| {
            let els = els.clone();
            town.does(move |tx, house, now| {
                desk::note(tx, house, now, &els, contact, (text, to))
            })
        };
        assert_eq!(refused(note(lamp, "kijk", Some(999))), Refusal::UnknownEmployee);
        note(lamp, "Weet jij dit, (@Kees’s)? mail@kees.example telt niet. @els ook niet.", None)
            .expect("noted");
        note(tile, "graag even kijken", Some(kees.id())).expect("noted");
        note(tile, "@niemand weet het", None).expect("noted");
        let mut found = town.mentioned(kees.id());
        found.sort_unstable();
        assert_eq!(found, [lamp, tile]);
        assert!(town.mentioned(els.id()).is_empty(), "nobody mentions themselves");
        let me = kees.id();
        let counts = town.does(move |tx, house, now| desk::work_counts(tx, house, now, me));
        assert_eq!(counts.expect("counted").mentioned, 2);
        let by = town.does(move |tx, _, _| Ok(tx.mentioned_by(me, lamp)?)).expect("read");
        let (by, at) = by.expect("mentioned");
        assert_eq!(by, els.id());
        let earlier = at - jiff::SignedDuration::from_secs(1);
        town.does(move |tx, _, _| Ok(tx.mention_seen((me, lamp), earlier)?)).expect("seen");
        assert_eq!(town.mentioned(me).len(), 2, "what was not on the page is not ticked off");
        town.does(move |tx, _, _| Ok(tx.mention_seen((me, lamp), at)?)).expect("seen");
        assert_eq!(town.mentioned(me), [tile]);
        town.ends_well();
    }

    fn an_answer_is_judged_by_the_resident(ground: &Ground) {
        let mut town = Town::on(ground);
        let month = Month::of(town.house.day(town.now));
        let lamp = town.mails("jan", "lamp kapot");
        let rate = |town: &Town, helped, words: &'static str| {
            town.does(move |tx, _, now| desk::rate(tx, now, lamp, (helped, words)))
        };
        assert_eq!(refused(rate(&town, Helped::Yes, "")), Refusal::NothingAnswered);
        town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        assert_eq!(refused(rate(&town, Helped::Yes, "")), Refusal::NothingAnswered, "it is held");
        let letter = town.item(lamp).letters.last().expect("a letter").nr;
        let els = town.els.clone();
        town.does(move |tx, house, now| desk::recall(tx, house, now, &els, (lamp, letter)))
            .expect("taken back");
        town.later(60);
        assert_eq!(refused(rate(&town, Helped::Yes, "")), Refusal::NothingAnswered);
        town.answers(&town.els, lamp, Via::Phone).expect("an answer");
        rate(&town, Helped::No, "").expect("said");
        rate(&town, Helped::Partly, " duurde lang ").expect("said again");
        rate(&town, Helped::Partly, "duurde lang").expect("the same once more");
        let said = town.does(move |tx, house, _| desk::opinions(tx, house, month)).expect("read");
        assert_eq!(said.counts, [0, 1, 0], "the last word of each resident counts");
        let (number, added) = &said.added[0];
        assert_eq!((number.as_str(), added.words.as_str()), ("2026-000001", "duurde lang"));
        assert_eq!(town.facts(lamp).matches("rated").count(), 2, "nothing new is no fact");
        let desk = town.desk();
        let taken = ["a", "b", "c", "d", "e", "f", "g"].into_iter().filter(|word| {
            let word = *word;
            let said = desk.write_from("10.0.0.1", Coming::Form, move |tx, _, now| {
                desk::rate(tx, now, lamp, (Helped::No, word))
            });
            wait_for(said).expect("an answer").is_some()
        });
        assert_eq!(taken.count(), 5, "five a minute from one place");
        town.ends_well();
    }

    fn a_sample_of_answers_is_looked_at(ground: &Ground) {
        let mut town = Town::on(ground);
        let month = Month::of(town.house.day(town.now));
        let mut answered = Vec::new();
        for name in ["piet", "klaas", "fetsje", "anna"] {
            answered.push(town.mails(name, "tegel los"));
        }
        let open = town.mails("sjoerd", "nog niet beantwoord");
        for contact in &answered {
            town.answers(&town.els, *contact, Via::Phone).expect("an answer");
        }
        town.at("Wed 2026-12-02 09:00");
        let late = town.mails("jan", "in december beantwoord");
        town.answers(&town.els, late, Via::Phone).expect("an answer");
        let draw = || {
            let sample = town.does(move |tx, house, now| desk::sample(tx, house, now, month));
            sample.expect("drawn")
        };
        let mut drawn: Vec<i64> = draw().into_iter().map(|it| it.contact.id).collect();
        assert_eq!(drawn, draw().into_iter().map(|it| it.contact.id).collect::<Vec<_>>());
        drawn.sort_unstable();
        assert_eq!(drawn, answered, "every answer of a small month, no other");
        let tile = answered[0];
        let letter = draw().iter().find(|it| it.contact.id == tile).expect("drawn").answer.nr;
        let look = |agent: &desk::Agent, contact, letter| {
            let review = Review {
                contact,
                letter,
                at: town.now,
                reviewer: 0,
                correct: true,
                complete: false,
                clear: true,
                kind: true,
                remark: "noem het nummer".into(),
            };
            let agent = agent.clone();
            town.does(move |tx, _, now| desk::review(tx, now, &agent.with()?, &review))
        };
        assert_eq!(refused(look(&town.kees, open, 1)), Refusal::NothingAnswered);
        assert_eq!(refused(look(&town.kees, tile, letter + 1)), Refusal::ChangedSince);
        look(&town.kees, tile, letter).expect("looked at");
        look(&town.kees, tile, letter).expect("corrected");
        assert_eq!(refused(look(&town.els, tile, letter)), Refusal::ReviewedAlready);
        let seen = draw().into_iter().find(|it| it.contact.id == tile).and_then(|it| it.review);
        let seen = seen.expect("what was found");
        assert_eq!((seen.reviewer, seen.correct, seen.complete), (town.kees.id(), true, false));
        let before = month.before();
        let none = town.does(move |tx, house, now| desk::sample(tx, house, now, before));
        assert!(none.expect("read").is_empty());
        assert_eq!(before.after(), month);
        town.ends_well();
    }
}
