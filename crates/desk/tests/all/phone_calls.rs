//! Telephone calls: steered by the menu or told by an exchange, in any order and more than once.

use desk::{
    Arrival, CallCame, CallEvent, Done, Hands, Next, PhoneCall, Reply, Stands, Steered, Stop,
    TakenCall, Wish,
};
use jiff::{SignedDuration, Timestamp};
use ledger::on_both;
use norms::{Channel, Kind};
use promises::call::{Action, Announcement, Event, How, Queue, Said, Target};
use promises::phone::{Outcome, Told};
use promises::{Refusal, Via};

use crate::town::{Town, refused};

const JAN: &str = "0517 400 400";

fn event(call: &str, name: &str) -> CallEvent {
    CallEvent {
        exchange: "centrale".to_owned(),
        call: call.to_owned(),
        event: name.to_owned(),
        number: Some(JAN.to_owned()),
        ..CallEvent::default()
    }
}

fn press(digit: &str) -> Event {
    Event::Digits(digit.to_owned())
}

/// What is announced, without its language.
fn said(steered: &Steered) -> Vec<Announcement> {
    let said = steered.actions.iter().filter_map(|action| match action {
        Action::Say(Said { what, .. }) => Some(vec![what.clone()]),
        Action::Ask(said, _) => Some(said.iter().map(|it| it.what.clone()).collect()),
        _ => None,
    });
    said.flatten().collect()
}

impl Town {
    fn steers(&self, call: &str, name: &str, what: Event) -> Result<Steered, Stop> {
        let event = event(call, name);
        let known = |it: Option<Steered>| it.expect("a call that is known");
        self.does(move |tx, house, now| desk::steer_call(tx, house, now, &event, &what)).map(known)
    }

    fn tells(&self, event: CallEvent, told: Told) -> PhoneCall {
        self.does(move |tx, _, now| desk::tell_call(tx, now, &event, told)).expect("written down")
    }

    fn call(&self, id: i64) -> PhoneCall {
        self.does(move |tx, _, _| Ok(tx.phone_call(id)?)).expect("read").expect("a call")
    }

    fn came_of(&self, call: i64) -> Vec<i64> {
        self.does(move |tx, _, _| Ok(tx.contacts_of_call(call)?)).expect("read")
    }

    fn takes_call(&self, taken: TakenCall) -> Result<Done, Stop> {
        let els = self.els.clone();
        self.does(move |tx, house, now| desk::take_call(tx, house, now, &els, &taken))
    }

    /// Somebody who calls, and waits for an employee.
    fn waits(&self, name: &str) -> i64 {
        let call = self.steers(name, "1", Event::Rings).expect("steered").call;
        self.steers(name, "2", press("0")).expect("steered");
        call
    }

    fn talks_to_els(&self, name: &str) -> i64 {
        let call = self.waits(name);
        self.next("lijn-els", "0517 123 101");
        self.steers(name, "3", Event::Answers).expect("steered");
        call
    }

    fn next(&self, line: &'static str, who: &'static str) -> Next {
        self.does(move |tx, _, now| desk::next_caller(tx, now, "centrale", (line, who)))
            .expect("asked")
    }

    fn wishes(&self, call: i64, turn: u32, wish: Wish) -> Result<Steered, Stop> {
        let els = self.els.clone();
        self.does(move |tx, house, now| {
            desk::wish_for_call(tx, house, now, &els, (call, turn), &wish)
        })
    }

    fn stands(&self, call: i64) -> Option<Stands> {
        let els = self.els.clone();
        self.does(move |tx, house, now| desk::caller(tx, house, now, &els, ("", Some(call))))
            .expect("read")
            .stands
    }

    fn over(&self, line: &str) -> Option<Steered> {
        let event = CallEvent { number: None, ..event(line, "over") };
        self.does(move |tx, house, now| desk::line_over(tx, house, now, &event)).expect("told")
    }

    fn has_phones(&self) {
        let (els, kees) = (self.els.id(), self.kees.id());
        self.does(move |tx, _, now| {
            tx.set_employee_phone(els, "+31517123101")?;
            tx.set_employee_phone(kees, "+31517123102")?;
            let team = tx.add_team("Belastingen", now)?;
            Ok(tx.set_team_phone(team, "+31517123100")?)
        })
        .expect("written");
    }
}

fn asks(subject: &str, kind: Kind) -> Arrival {
    Arrival {
        name: "Jan Voorbeeld".to_owned(),
        phone: JAN.to_owned(),
        subject: subject.to_owned(),
        ..Arrival::new(Channel::Phone, kind)
    }
}

fn taken(town: &Town, question: u32, came: CallCame, arrival: Arrival) -> TakenCall {
    TakenCall {
        call: None,
        page: "pagina-1".to_owned(),
        question,
        since: town.now - SignedDuration::from_secs(95),
        arrival,
        came,
    }
}

on_both! {
    fn a_call_goes_through_the_menu_to_an_employee(ground: &Ground) {
        let mut town = Town::on(ground);
        let rings = town.steers("g1", "1", Event::Rings).expect("steered");
        assert_eq!(said(&rings)[0], Announcement::Welcome);
        town.later(20);
        let waits = town.steers("g1", "2", press("0")).expect("steered");
        assert_eq!(waits.actions.last(), Some(&Action::Enqueue(Queue::Employee, None)));
        town.later(30);
        town.steers("g1", "3", Event::Answers).expect("steered");
        town.later(120);
        town.steers("g1", "4", Event::HangsUp).expect("steered");
        let call = town.call(rings.call);
        assert_eq!(call.number, "+31517400400");
        assert_eq!(call.record.outcome, Some(Outcome::Answered));
        assert_eq!(call.record.waited().map(|it| it.as_secs()), Some(30));
        assert_eq!(call.record.spoken().map(|it| it.as_secs()), Some(120));
        assert!(town.came_of(rings.call).is_empty(), "no note was needed");
    }

    fn the_same_event_is_answered_the_same_and_done_once(ground: &Ground) {
        let town = Town::on(ground);
        town.has_phones();
        let first = town.steers("g1", "1", Event::Rings).expect("steered");
        assert_eq!(town.steers("g1", "1", Event::Rings).expect("again"), first);
        let queued = town.steers("g1", "2", press("0")).expect("steered");
        assert_eq!(town.steers("g1", "2", press("0")).expect("again"), queued);
        town.steers("g1", "3", Event::Answers).expect("steered");
        let away = Event::Transfer(Target::Colleague("weg".to_owned()), How::Attended);
        town.steers("g1", "4", away.clone()).expect("steered");
        town.steers("g1", "5", Event::NotReached).expect("steered");
        town.steers("g1", "5", Event::NotReached).expect("again");
        assert_eq!(town.came_of(first.call).len(), 1, "one note");
        // The menu was left: what comes late changes nothing.
        assert!(town.steers("g1", "late", press("9")).expect("steered").actions.is_empty());
    }

    fn who_calls_outside_hours_hears_when_we_are_there(ground: &Ground) {
        let mut town = Town::on(ground);
        town.at("Fri 2026-11-27 16:00");
        let rings = town.steers("g1", "1", Event::Rings).expect("steered");
        let monday: Timestamp = "2026-11-30T07:30:00Z".parse().expect("a moment");
        assert_eq!(said(&rings), [Announcement::Closed(Some(monday))]);
        assert_eq!(rings.actions.last(), Some(&Action::HangUp));
        assert_eq!(town.call(rings.call).record.outcome, Some(Outcome::Closed));
    }

    fn who_is_not_reached_has_a_note_that_the_caller_is_called_back(ground: &Ground) {
        let town = Town::on(ground);
        town.has_phones();
        // Nobody answers at the department that the caller chose.
        let call = town.steers("g1", "1", Event::Rings).expect("steered").call;
        town.steers("g1", "2", press("3")).expect("steered");
        town.steers("g1", "3", Event::NotReached).expect("steered");
        let note = town.came_of(call)[0];
        let item = town.item(note);
        assert_eq!(item.contact.kind, Kind::CallBack);
        assert_eq!(item.contact.phone, "+31517400400");
        let due = item.situation().next().expect("a promise").due.on.map(|day| day.to_string());
        assert_eq!(due.as_deref(), Some("2026-11-25"), "two working days");
        let hands = town.does(move |tx, _, _| Ok(tx.in_hands_of(note)?)).expect("read");
        assert_eq!(hands.team.map(|it| it.1).as_deref(), Some("Belastingen"));
        assert_eq!(town.call(call).record.outcome, Some(Outcome::Noted));
        // A colleague without a telephone is not called at all.
        let other = town.steers("g2", "1", Event::Rings).expect("steered").call;
        town.steers("g2", "2", press("0")).expect("steered");
        town.steers("g2", "3", Event::Answers).expect("steered");
        let nobody = Event::Transfer(Target::Colleague("els".to_owned()), How::Blind);
        let connects = town.steers("g2", "4", nobody).expect("steered");
        assert!(matches!(connects.actions[..], [Action::Connect(..)]), "Els has one");
        town.steers("g2", "5", Event::HangsUp).expect("steered");
        let els = town.els.id();
        let note = town.came_of(other)[0];
        let hands = town.does(move |tx, _, _| Ok(tx.in_hands_of(note)?)).expect("read");
        assert_eq!(hands.employee, Some(els), "who hung up while it rang is called back by Els");
    }

    fn an_exchange_tells_in_any_order(ground: &Ground) {
        let mut town = Town::on(ground);
        let start = town.now;
        let at = |second: i64| Some(start + SignedDuration::from_secs(second));
        town.later(600);
        let told = [
            (Told::Ended, at(200), "e4"),
            (Told::Answered, at(40), "e3"),
            (Told::Ended, at(200), "e4"),
            (Told::Rang, at(0), "e1"),
            (Told::Queued, at(10), "e2"),
            (Told::Answered, at(40), "e3"),
        ];
        let mut last = None;
        for (told, at, name) in told {
            let event = CallEvent { at, employee: Some("kees".into()), ..event("buiten-1", name) };
            last = Some(town.tells(event, told));
        }
        let call = last.expect("told");
        assert_eq!(call.record.rang_at, start);
        assert_eq!(call.record.outcome, Some(Outcome::Answered));
        assert_eq!(call.record.waited().map(|it| it.as_secs()), Some(30));
        assert_eq!(call.record.spoken().map(|it| it.as_secs()), Some(160));
        assert_eq!(call.employee, Some(town.kees.id()));
        let unnamed = CallEvent { event: String::new(), ..event("buiten-1", "x") };
        let refusal = town.does(move |tx, _, now| desk::tell_call(tx, now, &unnamed, Told::Rang));
        assert_eq!(refused(refusal), Refusal::CallUnnamed);
    }

    fn a_call_that_falls_silent_ends_and_who_waited_is_called_back(ground: &Ground) {
        let mut town = Town::on(ground);
        let call = town.steers("g1", "1", Event::Rings).expect("steered").call;
        town.steers("g1", "2", press("0")).expect("steered");
        let long = Event::Waits {
            place: 1,
            expected: None,
            waited: SignedDuration::from_mins(16),
        };
        town.steers("g1", "3", long).expect("steered");
        let told = town.tells(event("buiten-1", "e1"), Told::Rang).id;
        town.later(7 * 3600);
        assert_eq!(town.does(desk::end_lost_calls).expect("looked"), 2);
        assert_eq!(town.came_of(call).len(), 1, "a note");
        for call in [call, told] {
            assert_eq!(town.call(call).record.outcome, Some(Outcome::Unknown));
        }
        assert_eq!(town.does(desk::end_lost_calls).expect("looked"), 0);
        town.at("Mon 2026-12-28 09:00");
        assert_eq!(town.does(desk::forget_callers).expect("looked"), 2);
        assert_eq!(town.call(call).number, "", "who called is forgotten");
        assert_eq!(town.call(call).record.outcome, Some(Outcome::Unknown), "not what came of it");
        // What is told so late changes nothing any more.
        town.tells(event("buiten-1", "e2"), Told::Answered);
        assert_eq!(town.call(told).record.answered_at, None);
    }

    fn several_questions_in_one_call_are_several_contacts(ground: &Ground) {
        let town = Town::on(ground);
        let earlier = town.registers(&asks("Eerdere vraag", Kind::Question), None);
        let earlier = earlier.expect("registered").contact;
        let els = town.els.clone();
        let known = town.does(move |tx, house, now| {
            desk::caller(tx, house, now, &els, ("+31 517 400400", None))
        });
        let known = known.expect("read").contacts;
        assert_eq!(known.iter().map(|it| it.contact.id).collect::<Vec<_>>(), [earlier]);
        let answer = CallCame::Answered(Reply::new(Via::Phone, "Dat kan tot vier uur."));
        let first = taken(&town, 1, answer, asks("Openingstijden", Kind::Question));
        let answered = town.takes_call(first.clone()).expect("taken").contact;
        assert_eq!(town.takes_call(first).expect("again").contact, answered, "done once");
        assert!(town.item(answered).contact.closed);
        let later = CallCame::Later(Some(Hands::Employee(town.kees.id())));
        let second = taken(&town, 2, later, asks("Terugbellen over een boom", Kind::CallBack));
        let note = town.takes_call(second).expect("taken").contact;
        let report = taken(&town, 3, CallCame::Later(None), asks("Losse tegel", Kind::Report));
        let report = town.takes_call(report).expect("taken").contact;
        let call = town.does(move |tx, _, _| Ok(tx.call_of_contact(note)?));
        let call = call.expect("read").expect("it came of a call");
        assert_eq!(town.came_of(call), [answered, note, report]);
        let record = town.call(call).record;
        assert_eq!(record.spoken().map(|it| it.as_secs()), Some(95));
        assert_eq!((record.outcome, record.noted), (Some(Outcome::Answered), true));
        assert_eq!(town.call(call).number, "+31517400400");
    }

    fn two_employees_write_down_what_came_of_one_call(ground: &Ground) {
        let town = Town::on(ground);
        let call = town.tells(event("buiten-1", "e1"), Told::Rang).id;
        let asks = |page: &str, subject: &str| TakenCall {
            call: Some(call),
            page: page.to_owned(),
            ..taken(&town, 1, CallCame::Later(None), asks(subject, Kind::Question))
        };
        let first = town.takes_call(asks("pagina-1", "Paspoort")).expect("taken").contact;
        let second = town.takes_call(asks("pagina-2", "Boom")).expect("taken").contact;
        assert_ne!(first, second);
        assert_eq!(town.came_of(call), [first, second]);
        assert_eq!(town.call(call).record.outcome, None, "the exchange says when it is over");
        // Erased while it goes on: it is over, and what is told later changes nothing.
        town.closes(first, promises::Outcome::Withdrawn).expect("closed");
        town.closes(second, promises::Outcome::Withdrawn).expect("closed");
        town.erases(first).expect("erased");
        let erased = town.call(call);
        assert_eq!((erased.number.as_str(), erased.record.outcome), ("", Some(Outcome::Unknown)));
        assert_eq!(town.tells(event("buiten-1", "e2"), Told::Answered).record.answered_at, None);
        // Who had the screen open goes on in a call of their own.
        let third = town.takes_call(asks("pagina-3", "Later")).expect("taken").contact;
        assert_eq!(town.came_of(call).len(), 2);
        assert_ne!(third, second);
    }

    fn an_employee_takes_who_waits_longest_and_nobody_twice(ground: &Ground) {
        let mut town = Town::on(ground);
        town.has_phones();
        let first = town.waits("g1");
        town.later(5);
        let second = town.waits("g2");
        town.later(5);
        let els = "0517 123 101";
        let caller = |name: &str| Next::Caller(name.to_owned(), Queue::Employee, 2);
        assert_eq!(town.next("lijn-els", els), caller("g1"));
        assert_eq!(town.next("lijn-els", els), caller("g1"), "asked again: the same");
        assert_eq!(town.next("lijn-kees", "+31517123102"), caller("g2"));
        assert_eq!(town.next("lijn-3", els), Next::Nobody);
        assert_eq!(town.next("lijn-4", "+31612345678"), Next::UnknownLine);
        town.steers("g1", "3", Event::Answers).expect("steered");
        town.steers("g2", "3", Event::Answers).expect("steered");
        assert_eq!(town.call(first).employee, Some(town.els.id()));
        assert_eq!(town.call(second).employee, Some(town.kees.id()));
    }

    fn who_could_not_be_taken_is_offered_again(ground: &Ground) {
        let mut town = Town::on(ground);
        town.has_phones();
        town.waits("g1");
        town.next("lijn-els", "0517 123 101");
        // The line of Els broke off before it had the caller.
        town.later(20);
        let again = Next::Caller("g1".to_owned(), Queue::Employee, 2);
        assert_eq!(town.next("lijn-kees", "0517 123 102"), again);
    }

    fn an_exchange_can_give_another_caller_than_was_meant(ground: &Ground) {
        let mut town = Town::on(ground);
        town.has_phones();
        let (first, second) = (town.waits("g1"), town.waits("g2"));
        town.next("lijn-els", "0517 123 101");
        town.later(1);
        let event = CallEvent { line: Some("lijn-els".to_owned()), ..event("g2", "3") };
        town.does(move |tx, house, now| {
            desk::steer_call(tx, house, now, &event, &Event::Answers)
        })
        .expect("steered");
        assert_eq!(town.call(second).employee, Some(town.els.id()));
        assert_eq!(town.call(second).employee_line, "lijn-els");
        assert_eq!((town.call(first).employee, town.call(first).taken_at), (None, None));
        let next = town.next("lijn-kees", "0517 123 102");
        assert!(matches!(next, Next::Caller(name, ..) if name == "g1"));
    }

    fn an_employee_puts_the_caller_through_or_comes_back(ground: &Ground) {
        let town = Town::on(ground);
        town.has_phones();
        let call = town.talks_to_els("g1");
        let kees = Hands::Employee(town.kees.id());
        let connects = town.wishes(call, 3, Wish::PutThrough(kees, How::Attended)).expect("asked");
        assert_eq!(connects.dial.as_deref(), Some("+31517123102"));
        assert_eq!(connects.employee_line, "lijn-els");
        let again = town.wishes(call, 3, Wish::PutThrough(kees, How::Attended)).expect("again");
        assert_eq!(again, connects, "sent twice from one page");
        assert_eq!(town.stands(call), Some(Stands::Rings("Kees Voorbeeld".to_owned())));
        town.steers("g1", "5", Event::Reached).expect("steered");
        assert_eq!(town.stands(call), Some(Stands::Asks("Kees Voorbeeld".to_owned())));
        let back = town.wishes(call, 5, Wish::GoBack).expect("back");
        assert_eq!(back.actions, [Action::TakeBack]);
        assert_eq!(town.stands(call), Some(Stands::Talks));
        town.wishes(call, 6, Wish::PutThrough(kees, How::Attended)).expect("asked");
        town.steers("g1", "8", Event::Reached).expect("steered");
        town.wishes(call, 8, Wish::Complete).expect("joined");
        assert_eq!(town.stands(call), None, "Els is with nobody");
        town.steers("g1", "9", Event::HangsUp).expect("steered");
        assert_eq!(town.call(call).record.outcome, Some(Outcome::Transferred));
        // Another employee has nothing to do with it.
        let kees = town.kees.clone();
        let wish = Wish::Complete;
        let refusal = town.does(move |tx, house, now| {
            desk::wish_for_call(tx, house, now, &kees, (call, 9), &wish)
        });
        assert_eq!(refused(refusal), Refusal::NotFound);
    }

    fn an_employee_whose_line_breaks_leaves_a_note(ground: &Ground) {
        let town = Town::on(ground);
        town.has_phones();
        let call = town.talks_to_els("g1");
        let kees = Hands::Employee(town.kees.id());
        town.wishes(call, 3, Wish::PutThrough(kees, How::Attended)).expect("asked");
        town.steers("g1", "5", Event::Reached).expect("steered");
        let over = town.over("lijn-els").expect("a line of a call");
        let tells = [Announcement::NotReached, Announcement::CallBack];
        assert_eq!((over.name.as_str(), said(&over)), ("g1", tells.to_vec()));
        assert_eq!(town.came_of(call).len(), 1, "who was asked calls back");
        assert_eq!(town.over("lijn-els"), None, "the call is over");
        assert_eq!(town.over("onbekend"), None, "a line that nobody knows");
    }

    fn what_is_told_of_a_call_that_nobody_knows_changes_nothing(ground: &Ground) {
        let town = Town::on(ground);
        let event = event("g9", "1");
        let steered = town.does(move |tx, house, now| {
            desk::steer_call(tx, house, now, &event, &Event::Answers)
        });
        assert_eq!(steered.expect("read"), None);
        let known = town.does(|tx, _, _| Ok(tx.has_phone_call(("centrale", "g9"))?));
        assert!(!known.expect("read"));
    }

    fn late_words_do_not_undo_what_came_later(ground: &Ground) {
        let mut town = Town::on(ground);
        let start = town.now;
        town.later(600);
        let tells = |name: &str, second: i64, queue: Option<&str>, employee: Option<&str>| {
            CallEvent {
                at: Some(start + SignedDuration::from_secs(second)),
                queue: queue.map(str::to_owned),
                employee: employee.map(str::to_owned),
                ..event("buiten-1", name)
            }
        };
        let told = [
            (tells("e3", 60, Some("Belastingen"), None), Told::Queued),
            (tells("e5", 200, None, Some("kees")), Told::Transferred),
            (tells("e1", 0, None, None), Told::Rang),
            (tells("e2", 10, Some("Algemeen"), None), Told::Queued),
            (tells("e4", 90, None, Some("els")), Told::Answered),
        ];
        let [.., call] = told.map(|(event, told)| town.tells(event, told));
        assert_eq!(call.queue, "queue Belastingen");
        assert_eq!(call.employee, Some(town.kees.id()));
    }
}
