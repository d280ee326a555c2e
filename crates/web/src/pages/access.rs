//! How somebody comes in, and who works here.
//!
//! Forms of the page about oneself post to /werk/mij/toegang/{verb}: wachtwoord (password, fresh),
//! begin (), stap (secret, code), codes (code), stap-weg (code), sessie (session), anderen (),
//! sleutel-begin (password, name), sleutel (name, challenge, client, attestation), sleutel-weg
//! (passkey).
//! Those of an account to /werk/medewerkers and /werk/medewerkers/{id}/{verb}: wijzigen (name,
//! department, role for each role), uitnodigen, sluiten, stap-weg. The page behind a link posts
//! `fresh`.

use askama::Template;
use desk::Role;
use words::{Lang, Words};

use super::{Choice, Section, StaffFrame};

/// How who is signed in comes in.
#[derive(Clone, Debug, Template)]
#[template(path = "access.html")]
pub struct Access {
    /// What every page shares.
    pub frame: StaffFrame,
    /// Whether there is a second step.
    pub second_step: bool,
    /// The codes that are left for when it is lost.
    pub codes_left: i64,
    /// The sessions that are open, the newest first.
    pub sessions: Vec<OpenSession>,
    /// The second step that is being made.
    pub new_step: Option<NewStep>,
    /// The codes that were just made, to be written down.
    pub codes: Vec<String>,
    /// The passkeys, the oldest first; nothing where there can be none.
    pub passkeys: Option<Vec<Passkey>>,
    /// The passkey that is being made.
    pub new_passkey: Option<NewPasskey>,
    /// What this browser is called: "Firefox, Windows"; may be empty.
    pub device: String,
    /// Why nothing was changed.
    pub problem: Option<String>,
}

/// A session that is open.
#[derive(Clone, Debug)]
pub struct OpenSession {
    /// The name by which it is ended.
    pub name: String,
    /// On what: "Firefox, Windows".
    pub device: String,
    /// Since when.
    pub since: String,
    /// Until when.
    pub until: String,
    /// Whether it is this one.
    pub here: bool,
}

/// A passkey of who is signed in.
#[derive(Clone, Debug)]
pub struct Passkey {
    /// The key.
    pub id: i64,
    /// The name its owner gave it.
    pub name: String,
    /// Since when.
    pub made: String,
    /// When it was used last.
    pub used: Option<String>,
}

/// What a browser needs to make a passkey.
#[derive(Clone, Debug)]
pub struct NewPasskey {
    /// The name it gets.
    pub name: String,
    /// What is to be signed.
    pub challenge: String,
    /// The place that it is for: `contact.example.nl`.
    pub place: String,
    /// By what the authenticator knows its owner.
    pub user: String,
    /// The name to sign in with.
    pub login: String,
    /// The name of its owner.
    pub who: String,
    /// The passkeys that are there already, as the authenticator knows them.
    pub known: String,
}

/// A second step that is being made.
#[derive(Clone, Debug)]
pub struct NewStep {
    /// The letters and digits to type.
    pub secret: String,
    /// The picture that an app reads, as SVG.
    pub picture: String,
}

/// Who works here.
#[derive(Clone, Debug, Template)]
#[template(path = "employees.html")]
pub struct Employees {
    /// What every page shares.
    pub frame: StaffFrame,
    /// Every account, by name.
    pub employees: Vec<EmployeeForm>,
    /// The form of the account that is made.
    pub fresh: EmployeeForm,
    /// The link that was just made.
    pub link: Option<NewLink>,
    /// Why nothing was kept.
    pub problem: Option<String>,
}

/// An account as it can be changed.
#[derive(Clone, Debug, Default)]
pub struct EmployeeForm {
    /// The key; 0 for one that is made.
    pub id: i64,
    /// The name to sign in with.
    pub login: String,
    /// The name.
    pub name: String,
    /// The department.
    pub department: String,
    /// Every role; those they have are chosen.
    pub roles: Vec<Choice>,
    /// Whether it is closed.
    pub closed: bool,
    /// When they last signed in, as far as it is known.
    pub seen: Option<String>,
    /// Whether there is a second step.
    pub second_step: bool,
    /// Whether the form is unfolded.
    pub open: bool,
}

/// A link by which somebody chooses a password.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// Who.
    pub who: String,
    /// The whole address.
    pub address: String,
}

/// The page behind such a link.
#[derive(Clone, Debug, Template)]
#[template(path = "welcome.html")]
pub struct Welcome {
    /// What every page shares.
    pub frame: StaffFrame,
    /// Who is welcome; empty when the link is over.
    pub name: String,
    /// The name to sign in with.
    pub login: String,
    /// Where the form is sent.
    pub action: String,
    /// What is wrong.
    pub problem: Option<String>,
}

/// The key of the name of a role.
pub fn role_key(role: Role) -> &'static str {
    match role {
        Role::Employee => "staff-role-employee",
        Role::Complaints => "staff-role-complaints",
        Role::Finance => "staff-role-finance",
        Role::Editor => "staff-role-editor",
        Role::Lead => "staff-role-lead",
        Role::Auditor => "staff-role-auditor",
        Role::Administrator => "staff-role-administrator",
    }
}

impl EmployeeForm {
    /// "Medewerker, redactie".
    pub fn what(&self) -> String {
        let chosen = self.roles.iter().filter(|it| it.chosen);
        chosen.map(|it| it.label.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Where one of its forms is sent.
    pub fn action(&self, frame: &StaffFrame, verb: &str) -> String {
        match self.id {
            0 => frame.href("/werk/medewerkers"),
            id => frame.href(&format!("/werk/medewerkers/{id}/{verb}")),
        }
    }
}

impl Access {
    /// "Sinds 23 nov, 8.30 uur, tot 18.30 uur."
    pub fn session_time(&self, session: &OpenSession) -> String {
        let values = [("since", (&session.since).into()), ("until", (&session.until).into())];
        self.frame.words.say_with("staff-session-time", &values)
    }

    /// "Gemaakt op 23 nov, 8.30 uur, nog niet gebruikt".
    pub fn passkey_time(&self, it: &Passkey) -> String {
        let words = self.frame.words;
        let Some(used) = &it.used else {
            return words.say1("staff-passkey-time-unused", "made", &it.made);
        };
        let values = [("made", (&it.made).into()), ("used", used.into())];
        words.say_with("staff-passkey-time", &values)
    }

    /// Invented states: plain, with a second step, while it is made, new codes, refused, passkeys,
    /// while one is made.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Access)> {
        let session = |here, device: &str| OpenSession {
            name: "0a1b2c".into(),
            device: device.into(),
            since: "23 nov, 8.30 uur".into(),
            until: "23 nov, 18.30 uur".into(),
            here,
        };
        let plain = Access {
            frame: StaffFrame::sample(lang, "/werk/mij/toegang", Section::Texts),
            second_step: false,
            codes_left: 0,
            sessions: vec![session(true, "Firefox, Windows"), session(false, "Safari, iPhone")],
            new_step: None,
            codes: Vec::new(),
            passkeys: Some(Vec::new()),
            new_passkey: None,
            device: "Firefox, Windows".into(),
            problem: None,
        };
        let mut making = plain.clone();
        making.new_step = Some(NewStep {
            secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".into(),
            picture: "<svg viewBox=\"0 0 9 9\" width=\"200\" \
                height=\"200\"><path d=\"M0 0h9v9z\"/></svg>"
                .into(),
        });
        let mut refused = making.clone();
        refused.problem = Some(refused.frame.words.say("refusal-wrong-code"));
        let mut stepped = plain.clone();
        (stepped.second_step, stepped.codes_left) = (true, 3);
        let mut coded = stepped.clone();
        coded.codes = (0..10).map(|nr| format!("abcde-fghi{nr}")).collect();
        let (keys, key) = Access::with_passkeys(&plain);
        vec![
            ("plain", plain),
            ("making", making),
            ("refused", refused),
            ("stepped", stepped),
            ("codes", coded),
            ("passkeys", keys),
            ("passkey", key),
        ]
    }
}

impl Access {
    /// With passkeys, and while one more is made.
    fn with_passkeys(plain: &Access) -> (Access, Access) {
        let passkey = |id, name: &str, used: Option<&str>| Passkey {
            id,
            name: name.into(),
            made: "2 nov, 9.15 uur".into(),
            used: used.map(str::to_owned),
        };
        let (used, phone) = (Some("23 nov, 8.30 uur"), "Telefoon");
        let known = vec![passkey(1, "Firefox, Windows", used), passkey(2, phone, None)];
        let keys = Access { passkeys: Some(known), ..plain.clone() };
        let making = NewPasskey {
            name: "Telefoon".into(),
            challenge: "dm9vcmJlZWxk".into(),
            place: "contact.example.nl".into(),
            user: "dm9vcmJlZWxk".into(),
            login: "aafke".into(),
            who: "Aafke Voorbeeld".into(),
            known: "dm9vcmJlZWxk".into(),
        };
        let key = Access { new_passkey: Some(making), ..keys.clone() };
        (keys, key)
    }
}

impl Employees {
    /// Invented states: some, a link, a name that is taken.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Employees)> {
        let words = Words::new(lang);
        let role = |word: &str, chosen| Choice {
            chosen,
            ..Choice::new(word, &words.say(Role::from_word(word).map_or("", role_key)))
        };
        let form = |id, login: &str, name: &str| EmployeeForm {
            id,
            login: login.into(),
            name: name.into(),
            department: "Klantcontact".into(),
            roles: vec![role("employee", true), role("lead", false)],
            seen: Some("23 nov, 8.30 uur".into()),
            ..EmployeeForm::default()
        };
        let mut gone = form(2, "kees", "Kees Voorbeeld");
        (gone.closed, gone.seen, gone.second_step) = (true, None, true);
        let fresh = EmployeeForm { seen: None, ..form(0, "", "") };
        let some = Employees {
            frame: StaffFrame::sample(lang, "/werk/medewerkers", Section::House),
            employees: vec![form(1, "aafke", "Aafke Voorbeeld"), gone],
            fresh,
            link: None,
            problem: None,
        };
        let mut linked = some.clone();
        linked.link = Some(NewLink {
            who: "Fenna Voorbeeld".into(),
            address: "/werk/welkom/dm9vcmJlZWxkdm9vcmJlZWxkdm9vcmJlZWxk".into(),
        });
        let mut taken = some.clone();
        taken.fresh.login = "aafke".into();
        taken.fresh.open = true;
        taken.problem = Some(taken.frame.words.say("refusal-login-taken"));
        vec![("some", some), ("linked", linked), ("taken", taken)]
    }
}

impl Welcome {
    /// Invented states: welcome, too short, over.
    pub fn samples(lang: Lang) -> Vec<(&'static str, Welcome)> {
        let mut frame = StaffFrame::sample(lang, "/werk/welkom/dm9vcmJlZWxk", Section::Elsewhere);
        frame.employee = None;
        let plain = Welcome {
            frame,
            name: "Fenna Voorbeeld".into(),
            login: "fenna".into(),
            action: "/werk/welkom/dm9vcmJlZWxk".into(),
            problem: None,
        };
        let mut short = plain.clone();
        short.problem = Some(short.frame.words.say("refusal-password-length"));
        let mut over = plain.clone();
        (over.name, over.login) = (String::new(), String::new());
        over.problem = Some(over.frame.words.say("refusal-invitation-over"));
        vec![("plain", plain), ("short", short), ("over", over)]
    }
}
