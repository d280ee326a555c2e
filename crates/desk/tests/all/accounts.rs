//! Who may act, who may look, and how often a wrong password may be tried.

use desk::{SESSION_HOURS, SIGN_IN_TRIES_MAX, SIGN_IN_WINDOW_MINUTES, Session, SignInError};
use ledger::on_both;

use crate::town::Town;

const PASSWORD: &str = "juist paard batterij";

impl Town {
    fn has_password(&self, login: &'static str) {
        let hash = desk::hash_password(PASSWORD, &[3; 16]).expect("a usable password");
        self.does(move |tx, _, now| {
            let roles = Some(desk::Roles::ALL_ROUND);
            desk::open_account(tx, now, (login, "Els Voorbeeld"), &hash, roles)
        })
        .expect("an account");
    }

    fn signs_in(&self, login: &str, password: &str, from: &str) -> Result<Session, SignInError> {
        let session = Session::new(&[self.next_number(); 32]);
        let given = (login.to_owned(), password.to_owned(), from.to_owned(), session.clone());
        let answer = self.does(move |tx, _, now| {
            let (login, password, from, session) = &given;
            desk::sign_in(tx, now, (login, password), from, session)
        });
        answer.expect("the database answers").map(|_| session)
    }

    fn is_signed_in(&self, session: &Session) -> bool {
        let session = session.clone();
        self.does(move |tx, _, now| session.agent(tx, now)).expect("read").is_some()
    }
}

on_both! {
    fn a_session_lasts_a_working_day(ground: &Ground) {
        let mut town = Town::on(ground);
        town.has_password("els");
        assert_eq!(town.signs_in("els", "verkeerd paard", "10.0.0.1"), Err(SignInError::Wrong));
        assert_eq!(town.signs_in("niemand", PASSWORD, "10.0.0.1"), Err(SignInError::Wrong));
        let session = town.signs_in(" Els ", PASSWORD, "10.0.0.1").expect("the right password");
        assert!(town.is_signed_in(&session));
        assert!(!town.is_signed_in(&Session::from_cookie("geraden")));
        town.later(SESSION_HOURS * 3_600);
        assert!(!town.is_signed_in(&session));
    }

    fn signing_out_a_new_password_and_a_closed_account_end_it(ground: &Ground) {
        let town = Town::on(ground);
        town.has_password("els");
        let session = town.signs_in("els", PASSWORD, "10.0.0.1").expect("signed in");
        let out = session.clone();
        town.does(move |tx, _, _| desk::sign_out(tx, &out)).expect("signed out");
        assert!(!town.is_signed_in(&session));
        let session = town.signs_in("els", PASSWORD, "10.0.0.1").expect("signed in");
        town.has_password("els");
        assert!(!town.is_signed_in(&session), "a new password ends every session");
        let session = town.signs_in("els", PASSWORD, "10.0.0.1").expect("signed in");
        town.does(|tx, _, now| desk::close_account(tx, now, "els")).expect("closed");
        assert!(!town.is_signed_in(&session));
        assert_eq!(town.signs_in("els", PASSWORD, "10.0.0.1"), Err(SignInError::Wrong));
    }

    fn too_many_wrong_passwords_for_one_login(ground: &Ground) {
        let mut town = Town::on(ground);
        town.has_password("els");
        for wrong in 0..SIGN_IN_TRIES_MAX {
            let from = format!("10.0.0.{wrong}");
            assert_eq!(town.signs_in("els", "verkeerd paard", &from), Err(SignInError::Wrong));
            town.later(1);
        }
        assert_eq!(town.signs_in("els", PASSWORD, "10.0.1.1"), Err(SignInError::TooMany));
        town.later(SIGN_IN_WINDOW_MINUTES * 60);
        town.signs_in("els", PASSWORD, "10.0.1.1").expect("after the window");
    }

    fn too_many_wrong_passwords_from_one_address(ground: &Ground) {
        let town = Town::on(ground);
        town.has_password("els");
        for wrong in 0..SIGN_IN_TRIES_MAX {
            let login = format!("login{wrong}");
            let answer = town.signs_in(&login, "verkeerd paard", "10.0.0.1");
            assert_eq!(answer, Err(SignInError::Wrong));
        }
        assert_eq!(town.signs_in("els", PASSWORD, "10.0.0.1"), Err(SignInError::TooMany));
        town.signs_in("els", PASSWORD, "10.0.0.2").expect("others are not kept out");
    }

    fn the_right_password_forgets_the_wrong_ones(ground: &Ground) {
        let town = Town::on(ground);
        town.has_password("els");
        for round in 0..2 {
            for wrong in 0..SIGN_IN_TRIES_MAX - 1 {
                let from = format!("10.{round}.0.{wrong}");
                assert_eq!(town.signs_in("els", "verkeerd paard", &from), Err(SignInError::Wrong));
            }
            town.signs_in("els", PASSWORD, "10.9.9.9").expect("one try is left");
        }
    }
}

#[test]
fn passwords_that_are_no_use() {
    for (password, said) in [
        ("elf tekens.", "a password has at least 12 characters".to_owned()),
        (&*"x".repeat(1_001), "a password has at most 1000 bytes".to_owned()),
    ] {
        assert_eq!(desk::hash_password(password, &[1; 16]), Err(said));
    }
}
