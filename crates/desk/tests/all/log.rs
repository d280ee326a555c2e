//! The log: who saw, changed and took out what, on which day, and that it can not be changed.

use desk::{
    Agent, Audit, Doer, LogBy, LogLine, LogPart, LogSort, NewToken, ReadContacts, Roles,
    SEEN_MINUTES, Scope, Supplier, TokenSecret,
};
use ledger::on_both;
use promises::{Fact, Outcome, Sight, Via};

use crate::town::Town;

impl Town {
    fn auditor(&self) -> Agent<Audit> {
        let opened = self.does(|tx, _, now| {
            let roles = Roles::from_words("auditor");
            desk::open_account(tx, now, ("inge", "Inge Voorbeeld"), "x", Some(roles))
        });
        opened.expect("an account").with().expect("audits")
    }

    fn looks(&self, who: &Agent, contact: i64, what: Sight) {
        let who = who.clone();
        self.does(move |tx, _, now| desk::see(tx, now, &who, (contact, what))).expect("written");
    }

    /// A program that reads contacts.
    fn reader(&self) -> Supplier<ReadContacts> {
        let secret = TokenSecret::new(&[7; 32]);
        let asked =
            NewToken { name: "Zaken".to_owned(), scopes: vec![Scope::ReadContacts], days: 7 };
        let token = self.does(move |tx, _, now| {
            desk::make_token(tx, now, None, &asked, &secret)?;
            desk::token_of(tx, now, &secret)
        });
        Supplier::of(&token.expect("made").expect("it lasts")).expect("it reads")
    }

    fn log(&self, auditor: &Agent<Audit>, part: LogPart) -> Vec<LogLine> {
        let auditor = auditor.clone();
        let read = self.does(move |tx, house, _| desk::log(tx, house, &auditor, &part, 100));
        read.expect("read")
    }

    /// The log in words, the oldest first: "2:seen 1".
    fn told(&self, auditor: &Agent<Audit>, part: LogPart) -> String {
        let mut lines = self.log(auditor, part);
        lines.reverse();
        let line = |it: LogLine| {
            let word = it.fact.as_ref().map_or("?", Fact::word).to_owned();
            let about = it.contact.map_or(String::new(), |number| format!(" {}", &number[9..]));
            let by = match it.by {
                Doer::Employee(id) => id.to_string(),
                Doer::Program(token) => format!("program {token}"),
                Doer::System => "system".to_owned(),
            };
            format!("{by}:{word}{about}")
        };
        lines.into_iter().map(line).collect::<Vec<_>>().join(", ")
    }
}

on_both! {
    fn who_looks_is_written_down_once_in_a_while(ground: &Ground) {
        let mut town = Town::on(ground);
        let contact = town.mails("jan", "lamp");
        let (els, inge) = (town.els.clone(), town.auditor());
        let before = town.item(contact);
        for _ in 0..3 {
            town.looks(&els, contact, Sight::Contact);
        }
        town.looks(&els, contact, Sight::Phone);
        let about = LogPart { contact: Some(contact), ..LogPart::default() };
        let me = els.id();
        let twice = format!("{me}:seen 01, {me}:seen 01");
        assert_eq!(town.told(&inge, about.clone()), twice, "one for what she saw");
        assert_eq!(town.item(contact).events, before.events, "looking is no part of its story");
        let last = town.does(move |tx, _, _| Ok(tx.last_fact_of(contact)?)).expect("read");
        assert_eq!(Some(last), before.events.last().map(|it| it.id), "nothing changed");
        town.later(SEEN_MINUTES * 60);
        town.looks(&els, contact, Sight::Contact);
        assert_eq!(town.log(&inge, about).len(), 3, "later it counts again");
        town.ends_well();
    }

    fn an_auditor_finds_a_deed_by_who_what_and_when(ground: &Ground) {
        let mut town = Town::on(ground);
        let (lamp, permit) = (town.mails("jan", "lamp"), town.mails("piet", "vergunning"));
        let (els, inge) = (town.els.clone(), town.auditor());
        let (me, her) = (els.id(), inge.id());
        let first = town.house.day(town.now);
        town.looks(&els, lamp, Sight::Contact);
        town.answers(&els, lamp, Via::Mail).expect("answered");
        town.later(24 * 3_600);
        let second = town.house.day(town.now);
        town.looks(&els, permit, Sight::File);
        town.closes(permit, Outcome::NothingAsked).expect("closed");
        let agent = els.clone();
        let list = "lijst=alles";
        town.does(move |tx, _, now| {
            desk::searched(tx, now, &agent, 2);
            desk::exported(tx, now, &agent, (list, 2));
            Ok(())
        })
        .expect("written");

        let of = |change: &dyn Fn(&mut LogPart)| {
            let mut part = LogPart { by: Some(LogBy::Employee(me)), ..LogPart::default() };
            change(&mut part);
            town.told(&inge, part)
        };
        let all = of(&|_| {});
        assert!(all.contains("seen 01") && all.contains("answered 01"), "{all}");
        let on = |day| of(&move |part| (part.from, part.until) = (Some(day), Some(day)));
        assert!(on(first).contains("answered 01") && !on(first).contains("02"), "{}", on(first));
        assert!(on(second).contains("closed 02") && !on(second).contains("01"), "{}", on(second));
        let sort = |sort| of(&move |part| part.sort = Some(sort));
        let seen = format!("{me}:seen 01, {me}:seen 02, {me}:searched");
        assert_eq!(sort(LogSort::Seen), seen);
        assert_eq!(sort(LogSort::Exported), format!("{me}:list-exported"));
        assert!(sort(LogSort::Changed).contains("answered 01"), "{}", sort(LogSort::Changed));
        assert_eq!(of(&|part| part.contact = Some(permit)).matches("01").count(), 0);
        let hers = LogPart { by: Some(LogBy::Employee(her)), ..LogPart::default() };
        assert!(town.log(&inge, hers).is_empty());
        // From the newest to the oldest, a line at a time.
        let whole = town.log(&inge, LogPart::default());
        let mut walked = Vec::new();
        let mut before = None;
        loop {
            let part = LogPart { before, ..LogPart::default() };
            let Some(line) = town.log(&inge, part).into_iter().next() else { break };
            before = Some(line.id);
            walked.push(line);
        }
        assert_eq!(walked, whole);
        town.ends_well();
    }

    fn what_programs_and_the_system_do_stands_there_too(ground: &Ground) {
        let mut town = Town::on(ground);
        let (contact, inge) = (town.mails("jan", "lamp"), town.auditor());
        let program = town.reader();
        let token = program.token();
        let sees = |town: &Town| {
            let program = program.clone();
            let what = (contact, Sight::Contact);
            town.does(move |tx, _, now| desk::see(tx, now, &program, what)).expect("written");
        };
        let took = |town: &Town, lines: u32| {
            let program = program.clone();
            let list = ("/contacts", lines);
            town.does(move |tx, _, now| desk::took(tx, now, &program, list)).expect("read")
        };
        sees(&town);
        sees(&town);
        let (els, about) = (town.els.clone(), (contact, Sight::Contact));
        town.does(move |tx, _, now| desk::see(tx, now, &els, about)).expect("written");
        assert!(!took(&town, 3));
        let agent = program.clone();
        town.does(move |tx, _, now| {
            desk::exported(tx, now, &agent, ("/contacts", 3));
            Ok(())
        })
        .expect("written");
        assert!(took(&town, 3) && !took(&town, 4), "the same, and no other");

        let of = |change: &dyn Fn(&mut LogPart)| {
            let mut part = LogPart { by: Some(LogBy::Nobody), ..LogPart::default() };
            change(&mut part);
            town.told(&inge, part)
        };
        let (saw, listed) =
            (format!("program {token}:seen 01"), format!("program {token}:list-exported"));
        let made = "system:account-changed, system:token-made";
        assert!(of(&|_| {}).ends_with(&format!("{made}, {saw}, {listed}")), "{}", of(&|_| {}));
        assert_eq!(of(&|part| part.contact = Some(contact)), saw);
        assert_eq!(of(&|part| part.sort = Some(LogSort::Exported)), listed);
        let all = |sort| town.told(&inge, LogPart { sort: Some(sort), ..LogPart::default() });
        assert_eq!(all(LogSort::Exported), listed);
        assert!(all(LogSort::Accounts).ends_with(made), "{}", all(LogSort::Accounts));
        assert_eq!(all(LogSort::Seen), format!("{saw}, {}:seen 01", town.els.id()));

        town.later(SEEN_MINUTES * 60 + 1);
        assert!(!took(&town, 3), "later it counts again");
        sees(&town);
        let part = LogPart { contact: Some(contact), ..LogPart::default() };
        assert_eq!(town.told(&inge, part).matches("program").count(), 2);
        town.ends_well();
    }
}
