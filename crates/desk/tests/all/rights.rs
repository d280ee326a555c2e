//! Roles decide which verbs somebody has, and whose work complaints and invoices are.

use desk::{Administer, Agent, Anyone, Edit, Hands, Lead, Roles, Work};
use ledger::on_both;
use norms::{Class, Deed, Kind};
use promises::{Outcome, Refusal, Via};

use crate::town::{Town, refused, reply};

impl Town {
    fn employs(&self, login: &'static str, roles: &'static str) -> Agent<Anyone> {
        let roles = Some(Roles::from_words(roles));
        self.does(move |tx, _, now| desk::open_account(tx, now, (login, "Iemand"), "x", roles))
            .expect("an account")
    }
}

on_both! {
    fn roles_last_and_can_be_changed(ground: &Ground) {
        let town = Town::on(ground);
        let rudy = town.employs("rudy", "editor");
        assert!(rudy.with::<Edit>().is_ok());
        assert_eq!(rudy.with::<Work>().err(), Some(Refusal::NotAllowed));
        assert_eq!(rudy.with::<Administer>().err(), Some(Refusal::NotAllowed));
        // A new password keeps what somebody is; new roles replace it.
        let again = town.does(|tx, _, now| {
            desk::open_account(tx, now, ("rudy", ""), "y", None)
        });
        assert_eq!(again.expect("the same").roles(), rudy.roles());
        let more = town.employs("rudy", "editor lead");
        assert!(more.with::<Lead>().is_ok() && more.id() == rudy.id());
        let read = town.does(move |tx, _, _| Ok(tx.employee(more.id())?)).expect("read");
        assert_eq!(read.expect("there").roles, "editor lead");
        let nobody = town.does(|tx, _, now| {
            desk::open_account(tx, now, ("nieuw", "Nieuw"), "x", Some(Roles::default()))
        });
        assert_eq!(refused(nobody), Refusal::NotAllowed);
        let nameless = town.does(|tx, _, now| {
            desk::open_account(tx, now, ("nieuw", " "), "x", Some(Roles::ALL))
        });
        assert_eq!(refused(nameless), Refusal::TextEmpty);
    }

    fn work_goes_to_who_can_do_it(ground: &Ground) {
        let town = Town::on(ground);
        let rudy = town.employs("rudy", "editor").id();
        let contact = town.mails("jan", "lantaarn");
        let els = town.els.clone();
        let given = town.does(move |tx, house, now| {
            desk::assign(tx, house, now, &els, contact, Some(Hands::Employee(rudy)))
        });
        assert_eq!(refused(given), Refusal::UnknownEmployee);
        let els = town.els.clone();
        let team = town.does(move |tx, _, now| {
            desk::keep_team(tx, now, &els.with()?, None, ("Redactie", &[rudy]))
        });
        assert_eq!(refused(team), Refusal::TeamEmpty);
    }

    fn complaints_and_invoices_are_settled_by_whose_work_they_are(ground: &Ground) {
        let town = Town::on(ground);
        let els = town.employs("els2", "employee").with::<Work>().expect("works");
        let coordinator = town.employs("truus", "complaints").with::<Work>().expect("works");
        let payer = town.employs("fokke", "finance").with::<Work>().expect("works");
        for (kind, whose, not) in [
            (Kind::Complaint, &coordinator, [&els, &payer]),
            (Kind::Invoice, &payer, [&els, &coordinator]),
        ] {
            let contact = {
                let mut mail = town.mail("jan", "dit klopt niet");
                mail.kind = kind;
                town.receives(&mail).done.contact
            };
            for agent in not {
                assert_eq!(refused(town.answers(agent, contact, Via::Mail)), Refusal::NotYours);
                for outcome in Outcome::CHOICES {
                    let by = agent.clone();
                    let closed = town.does(move |tx, house, now| {
                        desk::close(tx, house, now, &by, contact, outcome)
                    });
                    assert_eq!(refused(closed), Refusal::NotYours, "{outcome:?}");
                }
                for class in [Class::Spam, Class::AutoReply, Class::Fyi] {
                    let by = agent.clone();
                    let taken = town.does(move |tx, house, now| {
                        desk::correct_class(tx, house, now, &by, contact, class)
                    });
                    assert_eq!(refused(taken), Refusal::NotYours, "{class:?}");
                }
                let by = agent.clone();
                let done = town.does(move |tx, house, now| {
                    desk::did(tx, house, now, &by, contact, Deed::Decide)
                });
                assert_eq!(refused(done), Refusal::NotYours);
                let question = town.mails("jan", "nog een vraag");
                let by = agent.clone();
                let merged = town.does(move |tx, house, now| {
                    desk::merge(tx, house, now, &by, (contact, question))
                });
                assert_eq!(refused(merged), Refusal::NotYours);
                // Everybody may write a note.
                let by = agent.clone();
                town.does(move |tx, house, now| {
                    desk::note(tx, house, now, &by, contact, ("gezien", None))
                })
                .expect("a note");
            }
            let by = whose.clone();
            town.does(move |tx, house, now| {
                desk::answer(tx, house, now, &by, contact, &reply(Via::Phone, "Het is geregeld."))
            })
            .expect("answered");
        }
    }
}
