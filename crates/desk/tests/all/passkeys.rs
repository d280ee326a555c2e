//! Passkeys: added after the password, shown at the door, taken away; what was copied, closed or
//! answered before opens nothing.

use desk::{Agent, Anyone, House, NewPasskey, Purpose, Session, SignInError, Stop};
use ledger::on_both;
use promises::{AccountChange, Refusal};

use crate::town::{Town, refused};

const HERE: [u8; 32] = [1; 32];

impl Town {
    fn challenge(&self, purpose: Purpose<'_>) -> String {
        self.house.challenge(self.now, purpose, &[self.next_number(); 16])
    }

    fn adds(&self, agent: &Agent<Anyone>, challenge: &str, id: u8) -> Result<(), Stop> {
        let (agent, challenge) = (agent.clone(), challenge.to_owned());
        let new = NewPasskey { credential: vec![id; 20], key: vec![id, 1], counter: 5 };
        self.does(move |tx, house, now| {
            let here = (&agent, &Session::new(&HERE), challenge.as_str());
            desk::add_passkey(tx, house, now, here, (&new, " Telefoon  van mij "))
        })
    }

    fn has(&self, agent: &Agent<Anyone>, id: u8) {
        let here = Session::new(&HERE);
        let challenge = self.challenge(Purpose::Add(agent.id(), &here));
        self.adds(agent, &challenge, id).expect("added");
    }

    /// Somebody shows a passkey whose authenticator counts so far; nothing when it signed wrong.
    fn shows(
        &self,
        challenge: &str,
        (id, user): (u8, i64),
        counted: Option<u32>,
    ) -> Result<i64, SignInError> {
        let challenge = challenge.to_owned();
        let session = Session::new(&[self.next_number().wrapping_add(100); 32]);
        let shown = self.does(move |tx, house, now| {
            let who = (&[id; 20][..], house.user_handle(user));
            let knock = desk::knock_with_passkey(tx, house, now, (who.0, &who.1), "192.0.2.1")?;
            let knock = match knock {
                Ok(knock) => knock,
                Err(refused) => return Ok(Err(refused)),
            };
            let counted = counted.filter(|_| knock.key() == Some(&[id, 1]));
            let shown = (&knock, challenge.as_str(), counted);
            let admitted = desk::admit_with_passkey(tx, house, now, shown, (&session, "Firefox"))?;
            if let Ok(id) = admitted {
                let agent = session.agent(tx, now)?.expect("in, with no step after it");
                assert_eq!(agent.id(), id);
            }
            Ok(admitted)
        });
        shown.expect("answered")
    }

    fn comes(&self, passkey: (u8, i64), counter: u32) -> Result<i64, SignInError> {
        self.shows(&self.challenge(Purpose::SignIn), passkey, Some(counter))
    }

    pub(crate) fn says_in_the_chain(&self, change: AccountChange) -> usize {
        let word = format!("\"{}\"", change.word());
        let facts = self.does(|tx, _, _| Ok(tx.facts_after(0)?)).expect("read");
        facts.iter().filter(|fact| fact.data.contains(&word)).count()
    }
}

on_both! {
    fn a_passkey_opens_the_door_until_it_is_taken_away(ground: &Ground) {
        let town = Town::on(ground);
        let els: Agent<Anyone> = town.els.with().expect("anyone");
        let kees: Agent<Anyone> = town.kees.with().expect("anyone");
        let id = els.id();
        town.has(&els, 7);
        let listed = |town: &Town| {
            let els = els.clone();
            town.does(move |tx, _, _| desk::passkeys(tx, &els)).expect("read")
        };
        let before = listed(&town).remove(0);
        assert_eq!((before.name.as_str(), before.used_at), ("Telefoon van mij", None));
        assert_eq!(town.comes((7, id), 6), Ok(id));
        assert_eq!(listed(&town)[0].used_at, Some(town.now));
        // Not with another owner, an unknown one, or when what was signed does not hold.
        assert_eq!(town.comes((7, kees.id()), 7), Err(SignInError::Wrong));
        assert_eq!(town.comes((8, id), 7), Err(SignInError::Wrong));
        let challenge = town.challenge(Purpose::SignIn);
        assert_eq!(town.shows(&challenge, (7, id), None), Err(SignInError::Wrong));
        assert_eq!(town.shows(&challenge, (7, id), Some(7)), Ok(id), "it was not used by that");
        // A colleague takes nothing away from her.
        let (by, row) = (kees.clone(), before.id);
        town.does(move |tx, _, now| desk::remove_passkey(tx, now, &by, row)).expect("nothing");
        assert_eq!(listed(&town).len(), 1);
        let by = els.clone();
        town.does(move |tx, _, now| desk::remove_passkey(tx, now, &by, row)).expect("removed");
        assert_eq!(town.comes((7, id), 8), Err(SignInError::Wrong));
        for change in [AccountChange::PasskeyAdded, AccountChange::PasskeyRemoved] {
            assert_eq!(town.says_in_the_chain(change), 1, "{change:?}");
        }
        town.ends_well();
    }

    fn a_challenge_is_for_one_thing_once_and_not_for_long(ground: &Ground) {
        let mut town = Town::on(ground);
        let els: Agent<Anyone> = town.els.with().expect("anyone");
        let (id, kees) = (els.id(), town.kees.id());
        let (here, there) = (Session::new(&HERE), Session::new(&[2; 32]));
        for purpose in
            [Purpose::SignIn, Purpose::Add(kees, &here), Purpose::Add(id, &there)]
        {
            let other = town.challenge(purpose);
            assert_eq!(refused(town.adds(&els, &other, 7)), Refusal::PasskeyNotMade);
        }
        let challenge = town.challenge(Purpose::Add(id, &here));
        town.adds(&els, &challenge, 7).expect("added");
        assert_eq!(refused(town.adds(&els, &challenge, 8)), Refusal::PasskeyNotMade, "once");
        let again = town.challenge(Purpose::Add(id, &here));
        assert_eq!(refused(town.adds(&els, &again, 7)), Refusal::PasskeyKnown);
        let other = town.challenge(Purpose::Add(id, &here));
        let bent = format!("A{}", &other[1..]);
        assert_eq!(refused(town.adds(&els, &bent, 9)), Refusal::PasskeyNotMade);
        let for_another = House::new(
            norms::Norms::parse(crate::town::HARLINGEN, "norms").expect("norms"),
            "https://elders.example.nl",
            [8; 32],
        );
        let foreign = for_another.challenge(town.now, Purpose::SignIn, &[1; 16]);
        assert_eq!(town.shows(&foreign, (7, id), Some(6)), Err(SignInError::Wrong));
        let challenge = town.challenge(Purpose::SignIn);
        assert_eq!(town.shows(&challenge, (7, id), Some(6)), Ok(id));
        assert_eq!(town.shows(&challenge, (7, id), Some(7)), Err(SignInError::Wrong), "once");
        let late = town.challenge(Purpose::Add(id, &here));
        let entry = town.challenge(Purpose::SignIn);
        town.later(desk::CHALLENGE_MINUTES * 60);
        assert_eq!(refused(town.adds(&els, &late, 9)), Refusal::PasskeyNotMade);
        assert_eq!(town.shows(&entry, (7, id), Some(8)), Err(SignInError::Wrong));
        // Nothing is kept of challenges that are over.
        town.does(desk::watch).expect("swept");
        assert_eq!(town.comes((7, id), 9), Ok(id));
        town.ends_well();
    }

    fn a_copy_a_closed_account_and_a_new_password_open_nothing(ground: &Ground) {
        let town = Town::on(ground);
        let els: Agent<Anyone> = town.els.with().expect("anyone");
        let id = els.id();
        // One that counts on from where it was; and one of an authenticator that does not count.
        town.has(&els, 7);
        assert_eq!(town.comes((7, id), 6), Ok(id));
        assert_eq!(town.comes((7, id), 6), Err(SignInError::Wrong), "there is a copy");
        assert_eq!(town.comes((7, id), 9), Err(SignInError::Wrong), "so it is gone");
        assert_eq!(town.says_in_the_chain(AccountChange::PasskeyCopied), 1);
        town.has(&els, 8);
        town.does(|tx, _, _| {
            let it = tx.passkey(&[8; 20])?.expect("known");
            tx.remove_passkey(it.employee, it.id)?;
            Ok(tx.add_passkey((it.employee, "x"), (&[8; 20], &[8, 1], 0), it_is())?)
        })
        .expect("it does not count");
        assert_eq!(town.comes((8, id), 0), Ok(id));
        assert_eq!(town.comes((8, id), 0), Ok(id));
        town.does(|tx, _, now| desk::close_account(tx, now, "els")).expect("closed");
        assert_eq!(town.comes((8, id), 0), Err(SignInError::Wrong));
        // Who comes back with another password begins without passkeys.
        town.does(|tx, _, now| desk::open_account(tx, now, ("els", ""), "y", None)).expect("open");
        assert_eq!(town.comes((8, id), 0), Err(SignInError::Wrong));
        town.ends_well();
    }

    fn guessing_with_passkeys_is_slowed_down(ground: &Ground) {
        let mut town = Town::on(ground);
        let els: Agent<Anyone> = town.els.with().expect("anyone");
        let id = els.id();
        for passkey in 0..desk::PASSKEYS_MAX {
            town.has(&els, u8::try_from(passkey).expect("few"));
        }
        let here = Session::new(&HERE);
        let more = town.challenge(Purpose::Add(id, &here));
        assert_eq!(refused(town.adds(&els, &more, 99)), Refusal::TooManyPasskeys);
        let challenge = town.challenge(Purpose::SignIn);
        for _ in 0..desk::SIGN_IN_TRIES_MAX {
            assert_eq!(town.shows(&challenge, (1, id), None), Err(SignInError::Wrong));
        }
        assert_eq!(town.comes((1, id), 6), Err(SignInError::TooMany), "the right one too");
        assert_eq!(town.comes((77, id), 6), Err(SignInError::TooMany), "and any other from there");
        let password = town.does(|tx, _, now| desk::knock(tx, now, "kees", "192.0.2.1"));
        assert_eq!(password.expect("answered").err(), Some(SignInError::TooMany));
        town.later(desk::SIGN_IN_WINDOW_MINUTES * 60 + 1);
        assert_eq!(town.comes((1, id), 6), Ok(id));
        town.ends_well();
    }
}

fn it_is() -> jiff::Timestamp {
    "2026-11-23T08:00:00Z".parse().expect("a moment")
}
