//! The telephone at work: the screen for who calls now, the board with what goes on, the figures,
//! and where teams and employees are called. Posts to /werk/gesprek (name, phone, email, subject,
//! text, to, came, call, page, question, since) and to /werk/telefoon/nummers (team.N, employee.N).

use askama::Template;
use desk::Stands;
use words::Lang;

use super::{Choice, NoteTyped, Part, Section, StaffFrame};

/// The screen for who calls now.
#[derive(Clone, Debug, Template)]
#[template(path = "call_screen.html")]
pub struct CallScreen {
    /// What every page shares.
    pub frame: StaffFrame,
    /// How long the caller waited, when that is known: "1 minuut".
    pub waited: Option<String>,
    /// What is known of this number, newest first.
    pub known: Vec<KnownContact>,
    /// What was written down in this call: numbers of contacts.
    pub done: Vec<String>,
    /// What is typed.
    pub typed: NoteTyped,
    /// Whom the caller can be put through to, or who can call back.
    pub to: Vec<Choice>,
    /// What a message comes back with: the call, the page, which question, since when, what was
    /// written down already, and how far the call was.
    pub hidden: [(&'static str, String); 6],
    /// Where the caller is, when the employee can put them through from here.
    pub stands: Option<Stands>,
    /// What is wrong, by input: the name of the input and the key of the sentence.
    pub problems: Vec<(&'static str, &'static str)>,
    /// Why it was not kept.
    pub refused: Option<String>,
}

/// Something that is known of a caller.
#[derive(Clone, Debug)]
pub struct KnownContact {
    /// The number of the contact.
    pub number: String,
    /// Who it is of.
    pub who: String,
    /// What about.
    pub subject: String,
    /// What was promised and is open, and by when: "Antwoord uiterlijk dinsdag 24 november 2026".
    pub owed: Option<String>,
}

impl CallScreen {
    /// What is wrong with an input.
    fn problem(&self, field: &str) -> Option<String> {
        let found = self.problems.iter().find(|(name, _)| *name == field)?;
        Some(self.frame.words.say(found.1))
    }

    /// What goes along with the form and nobody types.
    fn of(&self, wanted: &str) -> &str {
        let found = self.hidden.iter().find(|(name, _)| *name == wanted);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// What looking another number up keeps of the call: its name here, since when, what was
    /// written down, and the call of the exchange.
    fn kept(&self) -> [(&'static str, &str); 4] {
        let call = ("oproep", self.of("call"));
        let (page, since) = (("gesprek", self.of("page")), ("sinds", self.of("since")));
        [page, since, ("klaar", self.of("done")), call]
    }

    /// Where the page listens to what happens to the call, when an exchange tells of it.
    fn live_href(&self) -> Option<String> {
        let (call, turn) = (self.of("call"), self.of("turn"));
        let query = format!("/werk/gesprek/live?oproep={call}&na={turn}");
        (!call.is_empty() && !turn.is_empty()).then(|| self.frame.href(&query))
    }

    /// The page of a contact.
    pub fn item_href(&self, number: &str) -> String {
        self.frame.href(&format!("/werk/contacten/{number}"))
    }

    /// How the number is dialled.
    pub fn tel(&self) -> String {
        format!("tel:{}", self.typed.phone.replace(' ', ""))
    }

    /// Invented states: nobody, somebody known, the second question, wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, CallScreen)> {
        let nobody = CallScreen {
            frame: StaffFrame::sample(lang, "/werk/gesprek", Section::Calls),
            waited: None,
            known: Vec::new(),
            done: Vec::new(),
            typed: NoteTyped::default(),
            to: vec![Choice::new("team-1", "Team Buiten"), Choice::new("2", "Aafke Voorbeeld")],
            hidden: [
                ("call", String::new()),
                ("page", "voorbeeld".into()),
                ("question", "1".into()),
                ("since", "1800000000".into()),
                ("done", String::new()),
                ("turn", String::new()),
            ],
            stands: None,
            problems: Vec::new(),
            refused: None,
        };
        let mut known = nobody.clone();
        known.waited = Some("1 minuut".into());
        known.typed.phone = "0517 400 400".into();
        known.typed.name = "Jan Voorbeeld".into();
        known.known = vec![
            KnownContact {
                number: "2026-000123".into(),
                who: "Jan Voorbeeld".into(),
                subject: "Kapvergunning voor een boom".into(),
                owed: Some("Antwoord uiterlijk dinsdag 24 november 2026".into()),
            },
            KnownContact {
                number: "2026-000101".into(),
                who: "Jan Voorbeeld".into(),
                subject: "Openingstijden".into(),
                owed: None,
            },
        ];
        let mut second = known.clone();
        second.done = vec!["2026-000130".into()];
        let mut wrong = known.clone();
        wrong.problems =
            vec![("subject", "staff-calls-problem-subject"), ("to", "staff-phone-problem-to")];
        let stands = |stands: Stands| CallScreen { stands: Some(stands), ..known.clone() };
        let name = || "Team Buiten".to_owned();
        vec![
            ("talks", stands(Stands::Talks)),
            ("rings", stands(Stands::Rings(name()))),
            ("asks", stands(Stands::Asks(name()))),
            ("nobody", nobody),
            ("known", known),
            ("second", second),
            ("wrong", wrong),
        ]
    }
}

/// A text as the query of an address has it.
pub(crate) fn encoded(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                all.push(char::from(byte));
            }
            byte => all.push_str(&format!("%{byte:02X}")),
        }
    }
    all
}

/// What goes on at the telephone.
#[derive(Clone, Debug, Template)]
#[template(path = "phone_board.html")]
pub struct PhoneBoard {
    /// What every page shares.
    pub frame: StaffFrame,
    /// When this was: "9.10 uur".
    pub at: String,
    /// Whether the telephone is open, or when it opens: "Open tot 12.30 uur".
    pub open: String,
    /// The queues in which anybody waits.
    pub queues: Vec<QueueLine>,
    /// Callers who speak with an employee.
    pub talking: u64,
    /// What came of the calls of today, under the key of what they have in common.
    pub groups: Vec<(&'static str, Vec<PhoneNumbersOf>)>,
    /// Residents who are to be called back today.
    pub to_call: u64,
}

/// A queue in which somebody waits.
#[derive(Clone, Debug)]
pub struct QueueLine {
    /// Its name.
    pub name: String,
    /// How many wait.
    pub waiting: u64,
    /// How long the first one waits: "2 minuten".
    pub longest: String,
    /// How long who comes now will probably wait.
    pub expected: Option<String>,
}

/// What came of some calls.
#[derive(Clone, Debug)]
pub struct PhoneNumbersOf {
    /// What they have in common: "maandag", "Alles".
    pub name: String,
    /// How many.
    pub calls: u64,
    /// Answered within a minute.
    pub in_time: Part,
    /// Hung up while they waited.
    pub gave_up: Part,
    /// Helped by who answered.
    pub at_once: Part,
    /// How long half of them waited at most, and nine of ten.
    pub waited: Option<[String; 2]>,
    /// How long a call takes.
    pub spoken: Option<String>,
}

impl PhoneNumbersOf {
    /// The columns that are parts: the key of the name, and the part.
    fn parts(&self) -> [(&'static str, Part); 3] {
        [
            ("staff-phone-in-time", self.in_time),
            ("staff-phone-gave-up", self.gave_up),
            ("staff-phone-at-once", self.at_once),
        ]
    }

    fn sample(name: &str) -> PhoneNumbersOf {
        PhoneNumbersOf {
            name: name.into(),
            calls: 42,
            in_time: Part { part: 30, whole: 40 },
            gave_up: Part { part: 2, whole: 40 },
            at_once: Part { part: 28, whole: 38 },
            waited: Some(["20 seconden".into(), "2 minuten".into()]),
            spoken: Some("4 minuten".into()),
        }
    }
}

impl PhoneBoard {
    /// How many wait in all queues.
    fn waiting(&self) -> u64 {
        self.queues.iter().map(|it| it.waiting).sum()
    }

    /// Invented states: quiet, busy.
    pub fn samples(lang: Lang) -> Vec<(&'static str, PhoneBoard)> {
        let quiet = PhoneBoard {
            frame: StaffFrame::sample(lang, "/werk/telefoon", Section::Calls),
            at: "9.10 uur".into(),
            open: "Open tot 12.30 uur".into(),
            queues: Vec::new(),
            talking: 0,
            groups: vec![("staff-phone-today", vec![PhoneNumbersOf::sample("Alles")])],
            to_call: 0,
        };
        let mut busy = quiet.clone();
        busy.queues = vec![QueueLine {
            name: "Medewerker".into(),
            waiting: 3,
            longest: "2 minuten".into(),
            expected: Some("4 minuten".into()),
        }];
        (busy.talking, busy.to_call) = (2, 5);
        vec![("quiet", quiet), ("busy", busy)]
    }
}

/// The figures of the telephone over a period.
#[derive(Clone, Debug, Template)]
#[template(path = "phone_figures.html")]
pub struct PhoneFiguresPage {
    /// What every page shares.
    pub frame: StaffFrame,
    /// The first and the last day, as typed.
    pub days: [String; 2],
    /// What is wrong with each of them.
    pub problems: [Option<String>; 2],
    /// "1 november 2026 t/m 30 november 2026".
    pub period: String,
    /// How long callers waited, in steps: "tot 10 seconden", with how many of them.
    pub waits: Vec<(String, Part)>,
    /// What else is counted: the key of its name, and the number.
    pub counts: Vec<(&'static str, u64)>,
    /// Call-backs of which the promise was kept, of those that fell due.
    pub kept: Part,
    /// All, by weekday and by hour.
    pub groups: Vec<(&'static str, Vec<PhoneNumbersOf>)>,
    /// Whether there were more calls than are counted.
    pub is_cut: bool,
}

impl PhoneFiguresPage {
    fn csv_href(&self) -> String {
        let [from, to] = &self.days;
        self.frame.href(&format!("/werk/telefoon/cijfers.csv?van={from}&tot={to}"))
    }

    /// Invented states: figures, none, wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, PhoneFiguresPage)> {
        let some = PhoneFiguresPage {
            frame: StaffFrame::sample(lang, "/werk/telefoon/cijfers", Section::Calls),
            days: ["2026-11-01".into(), "2026-11-30".into()],
            problems: [None, None],
            period: "1 november 2026 t/m 30 november 2026".into(),
            waits: vec![
                ("tot 10 seconden".into(), Part { part: 20, whole: 38 }),
                ("10 tot 20 seconden".into(), Part { part: 18, whole: 38 }),
            ],
            counts: vec![("staff-phone-closed", 3), ("staff-phone-informed", 2)],
            kept: Part { part: 9, whole: 10 },
            groups: vec![(
                "staff-figures-weekday",
                vec![PhoneNumbersOf::sample("maandag"), PhoneNumbersOf::sample("dinsdag")],
            )],
            is_cut: false,
        };
        let mut none = some.clone();
        (none.waits, none.groups, none.kept) = (Vec::new(), Vec::new(), Part::default());
        let mut wrong = some.clone();
        wrong.problems[1] = Some("Deze dag ligt voor de eerste dag.".into());
        (wrong.days[1], wrong.is_cut) = ("2026-10-01".into(), true);
        vec![("some", some), ("none", none), ("wrong", wrong)]
    }
}

/// Where teams and employees are called.
#[derive(Clone, Debug, Template)]
#[template(path = "phone_numbers.html")]
pub struct PhoneNumbers {
    /// What every page shares.
    pub frame: StaffFrame,
    /// Teams and employees: the name of the input, who, what is typed, and whether it is wrong.
    pub parties: [(&'static str, Vec<Party>); 2],
}

/// Who can be called.
#[derive(Clone, Debug)]
pub struct Party {
    /// The name of the input.
    pub field: String,
    /// Who.
    pub name: String,
    /// The number, as typed.
    pub phone: String,
    /// Whether it can not be called.
    pub is_wrong: bool,
}

impl PhoneNumbers {
    /// Invented states: some, wrong.
    pub fn samples(lang: Lang) -> Vec<(&'static str, PhoneNumbers)> {
        let party = |field: &str, name: &str, phone: &str| Party {
            field: field.into(),
            name: name.into(),
            phone: phone.into(),
            is_wrong: false,
        };
        let teams = vec![party("team.1", "Belastingen", "0517 400 401")];
        let employees = vec![party("employee.2", "Aafke Voorbeeld", "")];
        let some = PhoneNumbers {
            frame: StaffFrame::sample(lang, "/werk/telefoon/nummers", Section::Calls),
            parties: [("staff-phone-teams", teams), ("staff-phone-employees", employees)],
        };
        let mut wrong = some.clone();
        wrong.parties[0].1[0].is_wrong = true;
        vec![("some", some), ("wrong", wrong)]
    }
}
