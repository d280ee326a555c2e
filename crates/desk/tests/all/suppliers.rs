//! Programs of suppliers: what a token opens and for how long, how much may be asked, and that what
//! is asked once is done once.

use desk::{
    API_ANSWER_HOURS, API_REQUESTS_AT_ONCE, API_REQUESTS_MAX, ApiToken, Arrival, KeptAnswer,
    NewToken, Once, ReadContacts, Scope, Supplied, Supplier, TokenSecret, WriteContacts,
};
use ledger::on_both;
use norms::{Channel, Class, Kind};
use promises::{Fact, Refusal, Via};

use crate::town::{Town, refused};

const DAY: i64 = 86_400;

fn secret() -> TokenSecret {
    TokenSecret::new(&[3; 32])
}

impl Town {
    fn makes(&self, scopes: &[Scope], days: i64) -> Result<i64, desk::Stop> {
        let asked = NewToken { name: "Telefoon".to_owned(), scopes: scopes.to_vec(), days };
        self.does(move |tx, _, now| desk::make_token(tx, now, None, &asked, &secret()))
    }

    fn token(&self) -> Option<ApiToken> {
        self.does(|tx, _, now| desk::token_of(tx, now, &secret())).expect("read")
    }

    fn takes_requests(&self) -> bool {
        let token = self.token().expect("it lasts");
        self.does(move |tx, _, now| desk::take_requests(tx, now, &token)).expect("counted")
    }

    /// A supplier takes a contact in under a key.
    fn supplies(&self, key: &str, subject: &str) -> Result<Supplied, desk::Stop> {
        let supplier: Supplier<WriteContacts> =
            Supplier::of(&self.token().expect("a token")).expect("it writes");
        let mut arrival = Arrival::new(Channel::Chat, Kind::Question);
        arrival.subject = subject.to_owned();
        arrival.phone = "06-12345678".to_owned();
        let request = [u8::try_from(subject.len()).expect("short"); 32];
        let once = Once { key: key.to_owned(), request };
        self.does(move |tx, house, now| {
            desk::once(tx, now, &supplier, &once, |tx| {
                let done = desk::take_in_supplied(tx, house, now, &supplier, &arrival)?;
                let answer = KeptAnswer {
                    contact: Some(done.contact),
                    place: done.number,
                    body: format!("{{\"subject\":\"{}\"}}", arrival.subject),
                };
                Ok((answer, done.letters))
            })
        })
    }
}

fn number(supplied: Result<Supplied, desk::Stop>) -> String {
    match supplied.expect("no failure") {
        Supplied::Done(answer, _) => answer.place,
        Supplied::OtherRequest => "other".to_owned(),
    }
}

on_both! {
    fn a_token_opens_what_it_was_made_for_until_it_is_over(ground: &Ground) {
        let mut town = Town::on(ground);
        assert_eq!(refused(town.makes(&[], 1)), Refusal::ScopeMissing);
        assert_eq!(refused(town.makes(&[Scope::ReadContacts], 0)), Refusal::TokenDays);
        assert_eq!(refused(town.makes(&[Scope::ReadContacts], 367)), Refusal::TokenDays);
        let made = town.makes(&[Scope::ReadContacts], 10).expect("made");
        assert!(secret().text().starts_with("belofte_"));
        let token = town.token().expect("it opens");
        assert_eq!((token.id, token.scopes.as_str()), (made, "contacts:read"));
        assert!(Supplier::<ReadContacts>::of(&token).is_ok());
        assert_eq!(Supplier::<WriteContacts>::of(&token).err(), Some(Refusal::NotAllowed));
        town.later(10 * DAY);
        assert_eq!(town.token(), None, "over");
        let end = move |tx: &mut desk::Tx<'_>, _: &desk::House, now| {
            desk::end_token(tx, now, None, made)
        };
        town.does(end).expect("ended");
        assert_eq!(refused(town.does(end)), Refusal::NotFound);
        let facts = town.does(|tx, _, _| Ok(tx.facts_after(0)?)).expect("facts");
        let told: Vec<&str> =
            facts.iter().filter(|it| it.contact.is_none()).map(|it| it.data.as_str()).collect();
        assert!(told.iter().any(|it| it.contains("token-made")), "{told:?}");
        assert!(told.iter().any(|it| it.contains("token-ended")), "{told:?}");
    }

    fn a_minute_has_so_many_requests_and_no_more(ground: &Ground) {
        let mut town = Town::on(ground);
        town.makes(&[Scope::ReadContacts], 10).expect("made");
        for _ in 0..API_REQUESTS_MAX / API_REQUESTS_AT_ONCE {
            assert!(town.takes_requests());
        }
        assert!(!town.takes_requests(), "this minute is full, in every process");
        town.later(60);
        assert!(town.takes_requests());
        assert_eq!(town.token().and_then(|it| it.last_used_at), Some(town.now));
    }

    fn what_is_asked_once_is_done_once(ground: &Ground) {
        let mut town = Town::on(ground);
        town.makes(&[Scope::WriteContacts], 10).expect("made");
        let first = number(town.supplies("a", "Paspoort"));
        assert_eq!(number(town.supplies("a", "Paspoort")), first, "the same answer");
        assert_eq!(number(town.supplies("a", "Rijbewijs")), "other");
        assert_ne!(number(town.supplies("b", "Paspoort")), first, "another key");
        // What is refused is not kept: it can be sent again.
        assert_eq!(refused(town.supplies("c", "")), Refusal::TextEmpty);
        assert_ne!(number(town.supplies("c", "Nu wel")), "other");
        // After so long a key is free again.
        town.later(API_ANSWER_HOURS * 3_600);
        town.does(desk::watch).expect("watched");
        assert_ne!(number(town.supplies("a", "Rijbewijs")), "other");
    }

    fn what_was_answered_about_an_erased_contact_is_forgotten(ground: &Ground) {
        let mut town = Town::on(ground);
        town.makes(&[Scope::WriteContacts], 10).expect("made");
        let number = number(town.supplies("a", "Wompelstra"));
        let contact = desk::House::contact_of_number(&number).expect("a number");
        let answers = |town: &Town| {
            let read = |tx: &mut desk::Tx<'_>, _: &desk::House, _| Ok(tx.kept_answer(1, "a")?);
            town.does(read).expect("read").map(|(_, answer)| answer.body)
        };
        assert!(answers(&town).is_some_and(|it| it.contains("Wompelstra")));
        town.answers(&town.els, contact, Via::Phone).expect("answered");
        town.later(60);
        town.erases(contact).expect("erased");
        assert_eq!(answers(&town), None);
    }

    fn a_fact_says_which_token_it_was(ground: &Ground) {
        let town = Town::on(ground);
        let token = town.makes(&[Scope::WriteContacts], 10).expect("made");
        let number = number(town.supplies("a", "Paspoort"));
        let item = town
            .does(move |tx, house, now| desk::item(tx, house, now, &number))
            .expect("read")
            .expect("a contact");
        let by_hand = item.events.iter().any(|it| it.actor.is_some());
        assert!(!by_hand, "nobody here did it: {:?}", item.events);
        let says = |it: &desk::ItemEvent| it.fact == Some(Fact::Supplied { token });
        assert!(item.events.iter().any(says), "{:?}", item.events);
        assert!(!item.promises.is_empty(), "something is owed");
    }

    fn a_class_is_corrected_on_the_version_that_was_read(ground: &Ground) {
        let town = Town::on(ground);
        town.makes(&[Scope::WriteContacts], 10).expect("made");
        let number = number(town.supplies("a", "Paspoort"));
        let supplier: Supplier<WriteContacts> =
            Supplier::of(&town.token().expect("a token")).expect("it writes");
        let corrects = |version: i64| {
            let (supplier, number) = (supplier.clone(), number.clone());
            town.does(move |tx, house, now| {
                let found = desk::contact_by_number(tx, house, &number)?.expect("a contact");
                let about = (found.id, version);
                let verb = desk::correct_class_supplied;
                let done = verb(tx, house, now, &supplier, about, Class::Fyi)?;
                Ok((done.is_some(), tx.contact(found.id)?.expect("a contact").closed))
            })
        };
        let id = desk::House::contact_of_number(&number).expect("a number");
        let version = town.does(move |tx, _, _| Ok(tx.last_fact_of(id)?)).expect("read");
        assert_eq!(corrects(version - 1).expect("no failure"), (false, false));
        assert_eq!(corrects(version).expect("no failure"), (true, true));
        assert_eq!(corrects(version).expect("no failure"), (false, true));
    }
}
