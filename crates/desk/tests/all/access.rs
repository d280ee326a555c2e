//! Who comes in: accounts as an administrator makes them, links to choose a password, the second
//! step, codes for when it is lost, and sessions.

use desk::{
    Administer, Admitted, Agent, Anyone, INVITATION_DAYS, Invitation, Known, Roles, Session,
    SignInError, StepSecret, Stop,
};
use jiff::Timestamp;
use ledger::on_both;
use promises::Refusal;

use crate::town::{Town, refused};

/// Random bytes, the same in every story.
const RANDOM: [u8; 70] = {
    let mut bytes = [0; 70];
    let mut at = 0_u8;
    while at < 70 {
        bytes[at as usize] = at;
        at += 1;
    }
    bytes
};
/// The code of RFC 6238 for the secret below at 59 seconds past 1970.
const CODE: &str = "287082";

fn secret() -> StepSecret {
    StepSecret::new(b"12345678901234567890")
}

impl Town {
    pub(crate) fn boss(&self) -> Agent<Administer> {
        let opened = self.does(|tx, _, now| {
            desk::open_account(tx, now, ("baas", "De Baas"), "x", Some(Roles::ALL))
        });
        opened.expect("an account").with().expect("administers")
    }

    pub(crate) fn employs_as(
        &self,
        boss: &Agent<Administer>,
        login: &str,
        roles: &str,
        link: u8,
    ) -> Result<i64, Stop> {
        let (boss, roles) = (boss.clone(), Roles::from_words(roles));
        let known = Known {
            login: login.to_owned(),
            name: "Fenna  Voorbeeld".to_owned(),
            department: "Klantcontact".to_owned(),
        };
        self.does(move |tx, _, now| {
            desk::employ(tx, now, &boss, (&known, roles), &Invitation::new(&[link; 32]))
        })
    }

    fn accepts(&self, link: u8, hash: &str) -> Result<(), Stop> {
        let (link, hash) = (Invitation::new(&[link; 32]), hash.to_owned());
        self.does(move |tx, _, now| desk::accept_invitation(tx, now, &link, &hash))
    }

    fn tries(&self, login: &str, session: u8) -> Result<Admitted, SignInError> {
        let login = login.to_owned();
        self.does(move |tx, _, now| {
            let knock = desk::knock(tx, now, &login, "192.0.2.1")?.expect("not too often");
            desk::admit(tx, now, (&knock, true), (&Session::new(&[session; 32]), "Firefox"))
        })
        .expect("answered")
    }

    fn steps(&self, half: u8, code: &str, session: u8) -> Result<i64, SignInError> {
        let code = code.to_owned();
        self.does(move |tx, _, now| {
            let (half, whole) = (Session::new(&[half; 32]), Session::new(&[session; 32]));
            desk::make_second_step(tx, now, (&half, &code), (&whole, "Firefox"))
        })
        .expect("answered")
    }

    fn agent_of(&self, session: u8) -> Option<Agent<Anyone>> {
        self.does(move |tx, _, now| Session::new(&[session; 32]).agent(tx, now)).expect("read")
    }
}

on_both! {
    fn a_colleague_is_welcome_by_a_link(ground: &Ground) {
        let mut town = Town::on(ground);
        let boss = town.boss();
        let fenna = town.employs_as(&boss, " Fenna ", "employee", 1).expect("employed");
        assert_eq!(refused(town.employs_as(&boss, "fenna", "employee", 2)), Refusal::LoginTaken);
        assert_eq!(refused(town.employs_as(&boss, "", "employee", 2)), Refusal::NameMissing);
        assert_eq!(refused(town.employs_as(&boss, "piet", "koning", 2)), Refusal::RoleMissing);
        let read = town.does(move |tx, _, _| Ok(tx.employee(fenna)?)).expect("read").expect("is");
        assert_eq!((read.login.as_str(), read.name.as_str()), ("fenna", "Fenna Voorbeeld"));
        assert_eq!(read.department, "Klantcontact");
        // A new link takes the place of the old one; each opens once and not for ever.
        let by = boss.clone();
        town.does(move |tx, _, now| {
            desk::invite(tx, now, &by, fenna, &Invitation::new(&[2; 32]))
        })
        .expect("invited");
        assert_eq!(refused(town.accepts(1, "hash")), Refusal::InvitationOver);
        town.accepts(2, "hash").expect("welcome");
        assert_eq!(refused(town.accepts(2, "another")), Refusal::InvitationOver);
        let by = boss.clone();
        town.does(move |tx, _, now| {
            desk::invite(tx, now, &by, fenna, &Invitation::new(&[3; 32]))
        })
        .expect("invited");
        town.later(INVITATION_DAYS * 86_400);
        assert_eq!(refused(town.accepts(3, "late")), Refusal::InvitationOver);
        // Closed: out at once, and back by a new link.
        assert_eq!(town.tries("fenna", 7), Ok(Admitted::In(fenna)));
        assert!(town.agent_of(7).is_some());
        let by = boss.clone();
        town.does(move |tx, _, now| desk::dismiss(tx, now, &by, fenna)).expect("closed");
        assert!(town.agent_of(7).is_none());
        assert_eq!(town.tries("fenna", 8), Err(SignInError::Wrong));
        let by = boss.clone();
        town.does(move |tx, _, now| {
            desk::invite(tx, now, &by, fenna, &Invitation::new(&[4; 32]))
        })
        .expect("invited");
        town.accepts(4, "hash").expect("welcome back");
        // A link ends with an account that is closed on the machine itself.
        let by = boss.clone();
        town.does(move |tx, _, now| {
            desk::invite(tx, now, &by, fenna, &Invitation::new(&[5; 32]))?;
            desk::close_account(tx, now, "fenna")
        })
        .expect("closed");
        assert_eq!(refused(town.accepts(5, "hash")), Refusal::InvitationOver);
        town.does(|tx, _, now| desk::open_account(tx, now, ("fenna", ""), "hash", None))
            .expect("open again");
        assert_eq!(town.tries("fenna", 8), Ok(Admitted::In(fenna)));
        town.ends_well();
    }

    fn somebody_is_left_to_open_accounts(ground: &Ground) {
        let town = Town::on(ground);
        let boss = town.boss();
        let id = boss.id();
        let by = boss.clone();
        let gone = town.does(move |tx, _, now| desk::dismiss(tx, now, &by, id));
        assert_eq!(refused(gone), Refusal::LastAdministrator);
        let known = Known { name: "De Baas".to_owned(), ..Known::default() };
        let by = boss.clone();
        let less = town.does(move |tx, _, now| {
            desk::change_employee(tx, now, &by, id, (&known, Roles::from_words("employee")))
        });
        assert_eq!(refused(less), Refusal::LastAdministrator);
        town.employs_as(&boss, "tweede", "administrator", 1).expect("employed");
        let known = Known { name: "De Oude Baas".to_owned(), ..Known::default() };
        let by = boss.clone();
        town.does(move |tx, _, now| {
            desk::change_employee(tx, now, &by, id, (&known, Roles::from_words("employee")))
        })
        .expect("somebody else is left");
        let read = town.does(move |tx, _, _| Ok(tx.employee(id)?)).expect("read").expect("there");
        assert_eq!((read.name.as_str(), read.roles.as_str()), ("De Oude Baas", "employee"));
        town.ends_well();
    }

    fn two_administrators_who_close_each_other_leave_one(ground: &Ground) {
        let town = Town::on(ground);
        let boss = town.boss();
        let (first, second) = (ground.ledger(), ground.ledger());
        for round in 0..8_u8 {
            let login = format!("tweede{round}");
            let other = town.employs_as(&boss, &login, "administrator", round).expect("made");
            let agent = town.does(move |tx, _, _| {
                Ok(Agent::of(&tx.employee(other)?.expect("there"))?.with::<Administer>()?)
            });
            let closes = |ledger: &ledger::Ledger, by: &Agent<Administer>, id: i64| {
                let (by, now) = (by.clone(), town.now);
                ledger.write(move |tx| desk::dismiss(tx, now, &by, id))
            };
            let agent = agent.expect("an administrator");
            let (mine, theirs) = (closes(&first, &boss, other), closes(&second, &agent, boss.id()));
            let ended = [mine.wait(), theirs.wait()];
            let refused = ended.iter().filter(|it| it.is_err()).count();
            assert_eq!(refused, 1, "round {round}: {ended:?}");
            // Who keeps the machine opens it again, for the next round.
            town.boss();
            town.does(move |tx, _, now| {
                let open = tx.employee_by_login(&login)?.is_some_and(|it| it.closed_at.is_none());
                if open { desk::close_account(tx, now, &login) } else { Ok(()) }
            })
            .expect("closed");
        }
        town.ends_well();
    }

    fn what_is_done_on_the_machine_is_in_the_chain_too(ground: &Ground) {
        let town = Town::on(ground);
        let account = |login: &'static str, roles: &'static str| {
            let roles = (!roles.is_empty()).then(|| Roles::from_words(roles));
            town.does(move |tx, _, now| desk::open_account(tx, now, (login, "Bo"), "x", roles))
        };
        let said = |town: &Town| {
            let facts = town.does(|tx, _, _| Ok(tx.facts_after(0)?)).expect("read");
            let about = facts.iter().filter(|it| it.data.contains("account-changed"));
            about.map(|it| (it.actor, it.data.clone())).collect::<Vec<_>>()
        };
        let before = said(&town).len();
        account("bo", "administrator").expect("opened");
        assert_eq!(refused(account("bo", "lead")), Refusal::LastAdministrator);
        let close = |login: &'static str| {
            town.does(move |tx, _, now| desk::close_account(tx, now, login))
        };
        assert_eq!(refused(close("bo")), Refusal::LastAdministrator);
        account("ander", "administrator").expect("opened");
        account("bo", "lead").expect("changed");
        close("bo").expect("closed");
        assert_eq!(refused(close("bo")), Refusal::UnknownEmployee, "closed already");
        account("bo", "").expect("opened again");
        let facts = said(&town).split_off(before);
        assert!(facts.iter().all(|(actor, _)| actor.is_none()), "{facts:?}");
        let changes = facts.iter().map(|(_, data)| {
            let change = data.split("\"change\":\"").nth(1).expect("a change");
            change.split('"').next().expect("a word")
        });
        assert_eq!(
            changes.collect::<Vec<_>>(),
            [
                "opened", "password", "opened", "password", "changed", "password", "closed",
                "opened", "password"
            ]
        );
        town.ends_well();
    }

    fn the_list_says_how_everybody_comes_in(ground: &Ground) {
        let town = Town::on(ground);
        town.tries("els", 1).expect("in");
        let id = town.els.id();
        town.does(move |tx, _, _| Ok(tx.set_second_step(id, ("GEZDG", 1))?)).expect("set");
        let all = town.does(|tx, _, _| Ok(tx.accounts()?)).expect("read");
        let said = all.iter().map(|it| (it.employee.login.as_str(), it.seen_at, it.second_step));
        assert_eq!(
            said.collect::<Vec<_>>(),
            [("els", Some(town.now), true), ("kees", None, false)]
        );
    }

    fn a_second_step_is_made_once_with_each_code(ground: &Ground) {
        let mut town = Town::on(ground);
        town.now = Timestamp::from_second(59).expect("a time");
        let els: Agent<Anyone> = town.els.with().expect("anyone");
        let id = els.id();
        let by = els.clone();
        let wrong = town.does(move |tx, _, now| {
            let here = Session::new(&[1; 32]);
            desk::begin_second_step(tx, now, (&by, &here), (&secret(), "000000"), &RANDOM)
        });
        assert_eq!(refused(wrong), Refusal::WrongCode);
        assert_eq!(town.tries("els", 1), Ok(Admitted::In(id)), "none yet");
        let by = els.clone();
        let codes = town.does(move |tx, _, now| {
            let here = Session::new(&[1; 32]);
            desk::begin_second_step(tx, now, (&by, &here), (&secret(), CODE), &RANDOM)
        });
        let codes = codes.expect("begun");
        assert_eq!(codes.len(), desk::RECOVERY_CODES);
        let by = els.clone();
        let again = town.does(move |tx, _, now| {
            let here = Session::new(&[1; 32]);
            desk::begin_second_step(tx, now, (&by, &here), (&secret(), CODE), &RANDOM)
        });
        assert_eq!(refused(again), Refusal::SecondStepIsOn, "nobody replaces it");
        // The password alone opens nothing now; the code that began it is used.
        assert_eq!(town.tries("els", 2), Ok(Admitted::Half));
        assert!(town.agent_of(2).is_none(), "half way is not in");
        assert_eq!(town.steps(2, CODE, 3), Err(SignInError::Wrong));
        assert_eq!(town.steps(9, &codes[0], 3), Err(SignInError::Wrong), "no half session");
        town.now = Timestamp::from_second(1_111_111_109).expect("a time");
        assert_eq!(town.steps(2, "081804", 3), Err(SignInError::Wrong), "the half one is over");
        assert_eq!(town.tries("els", 12), Ok(Admitted::Half));
        assert_eq!(town.steps(12, "081804", 3), Ok(id));
        assert!(town.agent_of(3).is_some());
        assert!(town.agent_of(12).is_none());
        assert_eq!(town.tries("els", 4), Ok(Admitted::Half));
        assert_eq!(town.steps(4, "081804", 5), Err(SignInError::Wrong), "a code counts once");
        // A recovery code, however it is typed, once.
        let typed = codes[0].to_uppercase().replace('-', " ");
        assert_eq!(town.steps(4, &typed, 5), Ok(id));
        assert_eq!(town.tries("els", 6), Ok(Admitted::Half));
        for _ in 0..desk::SIGN_IN_TRIES_MAX {
            assert_eq!(town.steps(6, &codes[0], 7), Err(SignInError::Wrong));
        }
        assert_eq!(town.steps(6, &codes[1], 7), Err(SignInError::TooMany), "guessing stops");
        let by = els.clone();
        let off = town.does(move |tx, _, now| desk::end_second_step(tx, now, &by, "000000"));
        assert_eq!(off.expect("answered"), Err(SignInError::TooMany), "inside as well");
        // Who lost everything is helped by an administrator.
        let boss = town.boss();
        assert!(town.agent_of(5).is_some(), "in, with a code");
        town.does(move |tx, _, now| desk::lift_second_step(tx, now, &boss, id)).expect("lifted");
        assert!(town.agent_of(5).is_none(), "whoever found the telephone is out");
        assert_eq!(town.tries("els", 8), Ok(Admitted::In(id)));
        town.ends_well();
    }

    fn sessions_are_ended_one_by_one_or_all_but_one(ground: &Ground) {
        let town = Town::on(ground);
        let els: Agent<Anyone> = town.els.with().expect("anyone");
        for session in 1..=4 {
            town.tries("els", session).expect("in");
        }
        town.tries("kees", 5).expect("in");
        let by = els.clone();
        let all = town.does(move |tx, _, now| desk::sessions(tx, now, &by)).expect("read");
        assert_eq!(all.len(), 4, "one's own");
        assert!(all.iter().all(|it| it.device == "Firefox"));
        let name = |session: u8| desk::session_name(&Session::new(&[session; 32]).hash());
        for ended in [name(1), name(5), "onzin".to_owned()] {
            let by = els.clone();
            town.does(move |tx, _, _| desk::end_sessions(tx, &by, Ok(&ended))).expect("ended");
        }
        assert!(town.agent_of(1).is_none());
        assert!(town.agent_of(5).is_some(), "nobody ends the session of a colleague");
        let by = els.clone();
        town.does(move |tx, _, _| {
            desk::end_sessions(tx, &by, Err(&Session::new(&[3; 32])))
        })
        .expect("ended");
        let in_now: Vec<u8> = (1..=5).filter(|it| town.agent_of(*it).is_some()).collect();
        assert_eq!(in_now, [3, 5]);
        // Another password ends every session, and begins one.
        let by = els.clone();
        let wrong = town.does(move |tx, _, now| {
            desk::change_password(tx, now, &by, (false, "x", "y"), (&Session::new(&[6; 32]), ""))
        });
        assert_eq!(wrong.expect("answered"), Err(SignInError::Wrong));
        town.does(move |tx, _, now| {
            let stale = (true, "older", "y");
            let other = Session::new(&[7; 32]);
            assert!(desk::change_password(tx, now, &els, stale, (&other, ""))?.is_err());
            desk::change_password(tx, now, &els, (true, "x", "y"), (&Session::new(&[6; 32]), ""))
        })
        .expect("answered")
        .expect("changed");
        let in_now: Vec<u8> = (1..=6).filter(|it| town.agent_of(*it).is_some()).collect();
        assert_eq!(in_now, [5, 6]);
    }
}
