//! Call-backs that happen: the list, attempts, notes, who is away, and reminders.

use desk::{Absence, Arrival, CallEnd, CallTurn, Done, Hands, Moments, Reply, Stop, call_number};
use jiff::civil::date;
use ledger::on_both;
use norms::{Channel, Kind};
use promises::{CallResult, Refusal, Verdict, Via};

use crate::town::{HARLINGEN, Town, refused};

impl Town {
    fn wants_call(&self, name: &str, moments: Moments) -> i64 {
        let els = self.els.clone();
        let arrival = Arrival {
            name: format!("{name} voorbeeld"),
            phone: "0517 400 400".to_owned(),
            subject: "Kapvergunning".to_owned(),
            moments,
            ..Arrival::new(Channel::Phone, Kind::CallBack)
        };
        let done =
            self.does(move |tx, house, now| desk::register(tx, house, now, &els, &arrival, None));
        done.expect("registered").contact
    }

    fn called(&self, contact: i64, end: CallEnd) -> Result<Done, Stop> {
        let els = self.els.clone();
        self.does(move |tx, house, now| desk::called(tx, house, now, &els, contact, &end))
    }

    /// Who waits, in order, and whether it is their turn now.
    fn calls(&self) -> Vec<(i64, bool)> {
        let calls = self.does(desk::calls).expect("read");
        calls.iter().map(|it| (it.line.contact, matches!(it.turn, CallTurn::Now(_)))).collect()
    }

    fn verdicts(&self, contact: i64) -> Vec<Verdict> {
        let promises = self.does(move |tx, _, _| Ok(tx.promises(contact)?)).expect("read");
        promises.iter().map(|it| it.verdict(self.now)).collect()
    }

    fn hands(&self, contact: i64) -> Option<i64> {
        self.does(move |tx, _, _| Ok(tx.in_hands_of(contact)?)).expect("read").employee
    }

    fn reminded(&self, employee: i64) -> Vec<i64> {
        let most = (i64::MAX, i64::MAX);
        let found = self.does(move |tx, _, _| desk::mentions(tx, employee, most, 50));
        found.expect("read").into_iter().map(|(_, contact)| contact.id).collect()
    }
}

on_both! {
    fn the_next_call_comes_first(ground: &Ground) {
        let mut town = Town::on(ground);
        let offered =
            town.does(|_, house, now| Ok(desk::moments_to_call(house, now, Channel::Phone)));
        let offered = offered.expect("read");
        // Monday at nine: mornings and afternoons up to Wednesday, when we have called.
        assert_eq!(offered.len(), 6);
        let afternoon = town.wants_call("jan", vec![offered[1]]);
        town.later(60);
        let any = town.wants_call("piet", Moments::new());
        let morning = town.wants_call("anna", vec![offered[0]]);
        assert_eq!(town.calls(), [(morning, true), (any, true), (afternoon, false)]);
        // Who did not pick up comes back after two hours; others go first.
        town.called(any, CallEnd::Missed(CallResult::NoAnswer)).expect("tried");
        assert_eq!(town.calls(), [(morning, true), (any, false), (afternoon, false)]);
        town.at("Mon 2026-11-23 12:30");
        assert_eq!(town.calls(), [(afternoon, true), (any, true), (morning, true)]);
        // A wrong number waits for another one.
        town.called(afternoon, CallEnd::Missed(CallResult::WrongNumber)).expect("tried");
        assert_eq!(town.calls().last(), Some(&(afternoon, false)));
    }

    fn who_is_spoken_to_has_an_answer_or_a_date(ground: &Ground) {
        let mut town = Town::on(ground);
        let (answered, told) = (town.wants_call("jan", vec![]), town.wants_call("piet", vec![]));
        town.later(600);
        let end = CallEnd::Answered(Reply::new(Via::Phone, " "));
        assert_eq!(refused(town.called(answered, end)), Refusal::TextEmpty);
        let tried = town.does(move |tx, _, _| Ok(tx.call_attempts(answered)?)).expect("read");
        assert!(tried.is_empty(), "what is refused leaves nothing");
        let end = CallEnd::Answered(Reply::new(Via::Phone, "Dat mag zonder vergunning."));
        town.called(answered, end).expect("answered");
        assert_eq!(town.verdicts(answered), [Verdict::Kept]);
        let reply = Reply::new(Via::Phone, "Wij zoeken het uit.");
        town.called(told, CallEnd::Told(date(2026, 11, 30), reply)).expect("told");
        assert_eq!(town.calls(), [(told, false)], "not before the day that was said");
        let again = CallEnd::Missed(CallResult::NoAnswer);
        assert_eq!(refused(town.called(answered, again)), Refusal::Closed);
        town.at("Mon 2026-11-30 09:00");
        assert_eq!(town.calls(), [(told, true)], "the date is to be kept by calling");
    }

    fn enough_was_tried(ground: &Ground) {
        let mut town = Town::on(ground);
        let contact = town.wants_call("jan", vec![]);
        for moment in ["Mon 2026-11-23 10:00", "Mon 2026-11-23 14:00", "Tue 2026-11-24 10:00"] {
            town.at(moment);
            assert_eq!(town.calls().len(), 1, "{moment}");
            town.called(contact, CallEnd::Missed(CallResult::Voicemail)).expect("tried");
        }
        assert!(town.calls().is_empty());
        assert_eq!(town.verdicts(contact), [Verdict::Kept]);
    }

    fn the_calls_of_who_is_away_go_to_who_stands_in(ground: &Ground) {
        let mut town = Town::on(ground);
        let (els, kees) = (town.els.clone(), town.kees.clone());
        let contact = town.wants_call("jan", vec![]);
        let to = Some(Hands::Employee(els.id()));
        let by = els.clone();
        town.does(move |tx, house, now| desk::assign(tx, house, now, &by, contact, to))
            .expect("assigned");
        let days = (date(2026, 11, 24), date(2026, 11, 27));
        let away = |employee: i64, stand_in| Absence {
            id: 0,
            employee,
            first: days.0,
            last: days.1,
            stand_in,
        };
        let absence = away(els.id(), Some(kees.id()));
        let by = els.clone();
        town.does(move |tx, house, now| desk::set_absence(tx, house, now, &by, &absence))
            .expect("noted");
        town.does(desk::pass_on_calls).expect("looked");
        assert_eq!(town.hands(contact), Some(els.id()), "not before they are away");
        town.at("Tue 2026-11-24 09:00");
        assert_eq!(town.does(desk::pass_on_calls).expect("looked"), 1);
        assert_eq!(town.hands(contact), Some(kees.id()));
        // When both are away it is nobody's, and stays so: it does not go to and fro.
        let absence = away(kees.id(), Some(els.id()));
        town.does(move |tx, house, now| desk::set_absence(tx, house, now, &kees, &absence))
            .expect("noted");
        assert_eq!(town.does(desk::pass_on_calls).expect("looked"), 1);
        assert_eq!(town.hands(contact), None);
        assert_eq!(town.does(desk::pass_on_calls).expect("looked"), 0);
    }

    fn reminders_come_in_working_hours(ground: &Ground) {
        let mut town = Town::on(ground);
        let (els, kees) = (town.els.clone(), town.kees.clone());
        let contact = town.wants_call("jan", vec![]);
        let to = Some(Hands::Employee(kees.id()));
        let by = els.clone();
        town.does(move |tx, house, now| desk::assign(tx, house, now, &by, contact, to))
            .expect("assigned");
        town.at("Tue 2026-11-24 08:31");
        assert_eq!(town.does(desk::remind_of_calls).expect("looked"), 0, "not on its last day yet");
        town.at("Wed 2026-11-25 07:00");
        assert_eq!(town.does(desk::remind_of_calls).expect("looked"), 0, "nobody works yet");
        town.at("Wed 2026-11-25 08:31");
        town.does(desk::remind_of_calls).expect("looked");
        assert_eq!(town.reminded(kees.id()), [contact]);
        assert!(town.reminded(els.id()).is_empty());
        assert_eq!(town.does(desk::remind_of_calls).expect("looked"), 0, "once");
        // Who leads hears of it when the telephone closes within two hours.
        town.at("Wed 2026-11-25 15:00");
        assert!(town.does(desk::remind_of_calls).expect("looked") >= 1);
        assert_eq!(town.reminded(els.id()), [contact]);
        assert_eq!(town.does(desk::remind_of_calls).expect("looked"), 0, "once");
    }

    fn a_call_on_a_day_that_became_closed_is_reminded_of_before_it(ground: &Ground) {
        let mut town = Town::on(ground);
        let (els, kees) = (town.els.clone(), town.kees.clone());
        let mut asked = town.mail("jan", "Kapvergunning");
        (asked.channel, asked.kind, asked.raw) = (Channel::Form, Kind::CallBack, None);
        "0517 400 400".clone_into(&mut asked.phone);
        let contact = town.receives(&asked).done.contact;
        let to = Some(Hands::Employee(kees.id()));
        let by = els.clone();
        town.does(move |tx, house, now| desk::assign(tx, house, now, &by, contact, to))
            .expect("assigned");
        // The resident was told the date in the confirmation, so it stays what it is.
        town.post_goes();
        let closed = "closures = [{ from = 2026-11-25, to = 2026-11-25, why = \"Studiedag\" }]";
        town.publishes(&[&HARLINGEN.replacen("closures = []", closed, 1)]);
        town.at("Tue 2026-11-24 08:31");
        town.does(desk::remind_of_calls).expect("looked");
        assert_eq!(town.reminded(kees.id()), [contact]);
        assert!(town.reminded(els.id()).is_empty(), "there are hours left");
        town.at("Tue 2026-11-24 15:00");
        town.does(desk::remind_of_calls).expect("looked");
        assert_eq!(town.reminded(els.id()), [contact], "who leads, before it closes");
    }

    fn a_team_asks_its_questions(ground: &Ground) {
        let town = Town::on(ground);
        let lead = town.els.clone();
        let members = vec![town.kees.id()];
        let kept = town.does(move |tx, _, now| {
            let lead = lead.with()?;
            let team = desk::keep_team(tx, now, &lead, None, ("Buiten", &members))?;
            desk::keep_questions(tx, &lead, team, " In welke straat?\n\n Sinds wanneer? ")?;
            let many = "Vraag?\n".repeat(desk::TEAM_QUESTIONS_MAX + 1);
            let too_many = desk::keep_questions(tx, &lead, team, &many);
            assert_eq!(refused(too_many), Refusal::TextTooLong);
            Ok(tx.teams()?)
        });
        assert_eq!(kept.expect("kept")[0].questions, "In welke straat?\nSinds wanneer?");
        assert_eq!(call_number("0517 400 400").as_deref(), Some("+31517400400"));
    }
}
