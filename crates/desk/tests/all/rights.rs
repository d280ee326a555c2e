//! Roles decide which verbs somebody has, and whose work complaints and invoices are.

use desk::{Administer, Agent, Anyone, Edit, Lead, Roles, Work};
use ledger::on_both;
use norms::Kind;
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
                let by = agent.clone();
                let closed = town.does(move |tx, house, now| {
                    desk::close(tx, house, now, &by, contact, Outcome::Answered)
                });
                assert_eq!(refused(closed), Refusal::NotYours);
                // Everybody may read it, write a note and say when.
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
