//! Who signs in elsewhere: what the groups of the provider make of them, and whose account is not
//! taken over by a name.

use desk::{Agent, Outsider, Roles, Session, Stop, Turn};
use ledger::on_both;
use promises::{AccountChange, Refusal};

use crate::town::{Town, refused};

impl Town {
    fn comes_from(&self, key: &str, login: &str, roles: &str) -> Result<i64, Stop> {
        Ok(self.knocks_from(key, login, roles)??)
    }

    fn knocks_from(
        &self,
        key: &str,
        login: &str,
        roles: &str,
    ) -> Result<Result<i64, Refusal>, Stop> {
        self.admits((key, login, None), roles)
    }

    fn admits(
        &self,
        (key, login, email): (&str, &str, Option<&str>),
        roles: &str,
    ) -> Result<Result<i64, Refusal>, Stop> {
        let outsider = Outsider {
            key: key.to_owned(),
            login: login.to_owned(),
            name: format!("{login} voorbeeld"),
            email: email.map(str::to_owned),
            groups: Vec::new(),
        };
        let (roles, session) = (Roles::from_words(roles), Session::new(&[9; 32]));
        self.does(move |tx, _, now| {
            tx.end_session(&session.hash())?;
            desk::admit_outsider(tx, now, (&outsider, roles), (&session, "Firefox"))
        })
    }

    fn signed_in(&self) -> Option<Agent<desk::Anyone>> {
        self.does(|tx, _, now| Session::new(&[9; 32]).agent(tx, now)).expect("read")
    }
}

on_both! {
    fn a_stranger_with_a_group_gets_an_account(ground: &Ground) {
        let town = Town::on(ground);
        let id = town.comes_from("login 7", "Fenna", "employee").expect("in");
        let agent = town.signed_in().expect("a session");
        assert_eq!((agent.id(), agent.name()), (id, "Fenna voorbeeld"));
        assert_eq!(agent.roles(), Roles::from_words("employee"));
        // The same person under another name and with other groups.
        let again = town.comes_from("login 7", "fenna.jansen", "lead auditor").expect("in");
        assert_eq!(again, id);
        assert_eq!(town.signed_in().expect("in").roles(), Roles::from_words("lead auditor"));
        // Somebody else with the name that she had.
        let other = town.comes_from("login 8", "fenna", "employee");
        assert_eq!(refused(other), Refusal::LoginTaken, "it is the account of another");
        town.ends_well();
    }

    fn nobody_is_taken_over_and_nobody_comes_in_without_a_group(ground: &Ground) {
        let town = Town::on(ground);
        let els = town.els.name().to_owned();
        let login = town
            .does(|tx, _, _| Ok(tx.employees()?.remove(0).login))
            .expect("read");
        let taken = town.comes_from("login 9", &login, "administrator");
        assert_eq!(refused(taken), Refusal::LoginTaken);
        assert_eq!(town.does(|tx, _, _| Ok(tx.employees()?.remove(0).name)).expect("read"), els);
        let nothing = town.comes_from("login 9", "piet", "");
        assert_eq!(refused(nothing), Refusal::NoRoleElsewhere);
        // Who is in no group any more loses what they had.
        town.comes_from("login 5", "sjoerd", "lead").expect("in");
        assert_eq!(refused(town.comes_from("login 5", "sjoerd", "")), Refusal::NoRoleElsewhere);
        let left = town.does(|tx, _, _| Ok(tx.employee_by_login("sjoerd")?)).expect("read");
        assert_eq!(left.expect("the account stays").roles, "");
        town.comes_from("login 9", "piet", "employee").expect("in");
        town.does(|tx, _, now| desk::close_account(tx, now, "piet")).expect("closed");
        let closed = town.comes_from("login 9", "piet", "employee");
        assert_eq!(refused(closed), Refusal::AccountIsClosed);
        assert!(town.signed_in().is_none(), "the session ended with the account");
        town.ends_well();
    }

    fn an_account_that_waits_is_found_by_a_verified_address_only(ground: &Ground) {
        let town = Town::on(ground);
        let boss = town.boss();
        let fenna = town.employs_as(&boss, "Fenna@example.nl", "lead", 1).expect("made");
        let taken = |it: Result<Result<i64, Refusal>, Stop>| refused(it.map(drop));
        for who in [
            ("login 1", "fenna@example.nl", None),
            ("login 1", "fenna@example.nl", Some("piet@example.nl")),
        ] {
            assert_eq!(taken(town.admits(who, "employee")), Refusal::LoginTaken, "{who:?}");
        }
        let theirs = ("login 1", "fennaj", Some("FENNA@example.nl"));
        assert_eq!(town.admits(theirs, "employee").expect("in"), Ok(fenna));
        // It is known now, so a second person with the address is somebody else.
        let other = ("login 2", "fenna@example.nl", Some("fenna@example.nl"));
        assert_eq!(taken(town.admits(other, "employee")), Refusal::LoginTaken);
        // And one that has a password is never taken over.
        let by = ("login 3", "els", Some("els"));
        assert_eq!(taken(town.admits(by, "employee")), Refusal::LoginTaken);
        town.ends_well();
    }

    fn the_last_administrator_stays_one_whatever_the_groups_are(ground: &Ground) {
        let town = Town::on(ground);
        let id = town.comes_from("login 1", "fenna", "administrator lead").expect("in");
        let roles = |town: &Town| {
            town.does(move |tx, _, _| Ok(tx.employee(id)?)).expect("read").expect("there").roles
        };
        town.comes_from("login 1", "fenna", "employee").expect("in");
        assert_eq!(Roles::from_words(&roles(&town)), Roles::from_words("employee administrator"));
        town.comes_from("login 1", "fenna", "").expect("still in");
        assert_eq!(roles(&town), "administrator");
        assert_eq!(town.says_in_the_chain(AccountChange::AdministratorKept), 2);
        // With another one they are what their groups say.
        town.boss();
        town.comes_from("login 1", "fenna", "employee").expect("in");
        assert_eq!(roles(&town), "employee");
        assert_eq!(refused(town.comes_from("login 1", "fenna", "")), Refusal::NoRoleElsewhere);
        town.ends_well();
    }

    fn who_comes_twice_at_once_gets_one_account(ground: &Ground) {
        let town = Town::on(ground);
        let (first, second) = (ground.ledger(), ground.ledger());
        for round in 0..8 {
            let outsider = Outsider {
                key: format!("login {round}"),
                login: format!("fenna{round}"),
                ..Outsider::default()
            };
            let comes = |ledger: &ledger::Ledger, session: u8| {
                let (outsider, now) = (outsider.clone(), town.now);
                let session = Session::new(&[session; 32]);
                ledger.write(move |tx| {
                    tx.end_session(&session.hash())?;
                    let roles = Roles::from_words("employee");
                    desk::admit_outsider(tx, now, (&outsider, roles), (&session, ""))
                })
            };
            let both = [comes(&first, 1), comes(&second, 2)].map(ledger::Pending::wait);
            let ids = both.map(|it| it.expect("no failure").expect("in"));
            assert_eq!(ids[0], ids[1], "round {round}");
        }
        town.ends_well();
    }
}

#[test]
fn an_answer_is_for_the_browser_that_went() {
    let turn = Turn::new([&[1; 32], &[2; 32], &[3; 32]]);
    let kept = format!("{}.bmV4dA", turn.cookie());
    assert_eq!(Turn::back(&kept, &turn.state).as_ref(), Some(&turn));
    for (cookie, state) in
        [(kept.as_str(), "anders"), ("", turn.state.as_str()), ("", ""), ("..", "")]
    {
        assert_eq!(Turn::back(cookie, state), None, "{cookie} {state}");
    }
    assert!(!format!("{turn:?}").contains(&turn.verifier));
}
