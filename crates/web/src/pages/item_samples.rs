//! Invented contacts for the item page: in time, overdue, closed, refused.

use words::plain::Hint;
use words::{Lang, Words};

use super::item::Phone;
use super::{
    Attachment, Channel, Choice, Class, CounterVisit, Delivery, Draft, DraftFile, Earlier,
    EventKind, Held, Hints, ItemEvent, ItemNotice, ItemPage, Kind, LetterState, Locked, Promise,
    Section, StaffFrame, Urgency, Verdict,
};

impl ItemPage {
    /// Invented states: in time, overdue with a colleague who was earlier, closed, refused, robot.
    pub fn samples(lang: Lang) -> Vec<(&'static str, ItemPage)> {
        let open = open_item(&Words::new(lang));
        let mut overdue = open.clone();
        overdue.urgency = Urgency::Overdue;
        overdue.assigned = None;
        overdue.mine = false;
        overdue.promises = vec![promise(Verdict::Open, Urgency::Overdue)];
        overdue.draft.answer = "Beste heer Voorbeeld,\n\nDe lantaarn".into();
        overdue.notice =
            Some(ItemNotice::Meanwhile { who: "Fenna Voorbeeld".into(), at: "15.04 uur".into() });
        let mut closed = open.clone();
        closed.closed = true;
        closed.urgency = Urgency::Nothing;
        closed.promises = vec![
            promise(Verdict::Kept, Urgency::Nothing),
            promise(Verdict::Broken, Urgency::Nothing),
            promise(Verdict::Lapsed, Urgency::Nothing),
        ];
        closed.frame.done = Some("Antwoord verstuurd.".into());
        closed.visit = Some(CounterVisit::sample());
        closed.held = Some(Held { letter: 3, seconds: 20 });
        closed.promises[1].waits = true;
        let at_once = |state| Delivery {
            state,
            to: "jan@example.nl".into(),
            copies: Some("wijk@example.nl".into()),
            detail: None,
        };
        closed.timeline[1].delivery = Some(at_once(LetterState::Held));
        closed.timeline[4].delivery = Some(at_once(LetterState::Recalled));
        let mut erased = closed.clone();
        erased.erased = Some("zaterdag 28 november 2026".into());
        erased.subject = Words::new(lang).say("people-erased");
        (erased.name, erased.email, erased.phone) = Default::default();
        (erased.timeline, erased.held, erased.frame.done) = (Vec::new(), None, None);
        (erased.earlier, erased.beside, erased.tags) = Default::default();
        let mut refused = open.clone();
        refused.notice = Some(ItemNotice::Refused("Deze datum is een zondag.".into()));
        refused.draft = Draft {
            date: "2026-12-06".into(),
            date_why: "Wij wachten op de netbeheerder.".into(),
            note: "Netbeheerder gebeld.".into(),
            ..Draft::default()
        };
        refused.colleagues[1].chosen = true;
        refused.hints = Some(Hints { with_day: true, found: Vec::new() });
        let mut locked = open.clone();
        locked.draft.files.clear();
        locked.locked = Some(Locked { who: "Fenna Voorbeeld".into(), until: "15.20 uur".into() });
        let mut hinted = open.clone();
        hinted.draft.answer = "Wij verzoeken u middels dit bericht te wachten.".into();
        let hint = Words::new(lang).hint(&Hint::Stiff("middels", "met, door"));
        hinted.hints = Some(Hints { with_day: false, found: vec![hint] });
        let mut not_yours = open.clone();
        not_yours.may_settle = false;
        vec![
            ("not-yours", not_yours),
            ("open", open.clone()),
            ("locked", locked),
            ("hinted", hinted),
            ("overdue", overdue),
            ("closed", closed),
            ("erased", erased),
            ("refused", refused),
            ("robot", robot_item(open)),
        ]
    }
}

fn robot_item(open: ItemPage) -> ItemPage {
    ItemPage {
        name: String::new(),
        phone: Phone::None,
        address: String::new(),
        can_send: false,
        urgency: Urgency::Nothing,
        promises: Vec::new(),
        earlier: Vec::new(),
        mine: false,
        class: Class {
            kind: Kind::Automatic,
            evidence: vec!["Kopregel Auto-Submitted: auto-replied".into()],
            corrected_by: Some("Fenna Voorbeeld".into()),
            others: vec![Kind::Ordinary, Kind::Fyi, Kind::FollowUp],
        },
        ..open
    }
}

fn earlier(number: &str, subject: &str, open: bool) -> Earlier {
    let (number, subject) = (number.into(), subject.into());
    Earlier { number, subject, received: "3 nov".into(), open }
}

fn open_item(words: &Words) -> ItemPage {
    ItemPage {
        frame: StaffFrame::sample(words.lang(), "/werk/contacten/2026-000123", Section::Work),
        number: "2026-000123".into(),
        subject: "Lantaarn bij de haven".into(),
        visit: None,
        may_settle: true,
        channel: Channel::Email,
        received: "23 nov, 15.04 uur".into(),
        name: "Jan Voorbeeld".into(),
        email: "jan.voorbeeld@example.nl".into(),
        phone: Phone::Hidden,
        address: "Voorbeeldkade 12\n8861 XX Harlingen".into(),
        spot: Some(("53.174500,5.422500".into(), "/kaart".into())),
        language: "Nederlands".into(),
        class: Class {
            kind: Kind::Ordinary,
            evidence: vec!["Geen kenmerk van een automatisch bericht".into()],
            corrected_by: None,
            others: vec![Kind::Fyi, Kind::FollowUp],
        },
        urgency: Urgency::Today,
        moments: vec![Choice::new("payment", "Betaald")],
        promises: vec![
            promise(Verdict::Open, Urgency::Today),
            promise(Verdict::Kept, Urgency::Nothing),
        ],
        timeline: timeline(),
        earlier: vec![
            earlier("2026-000044", "Scheve stoeptegel", true),
            earlier("2025-001202", "Paspoort verlengen", false),
        ],
        beside: vec![earlier("2026-000120", "Nog een lantaarn", true)],
        call: Some(("23 nov, 14.05 uur, 2 minuten gewacht".into(), vec!["2026-000124".into()])),
        asleep: None,
        asked: true,
        fact: 7,
        assigned: Some("Aafke Voorbeeld".into()),
        mention: Some("Fenna Voorbeeld vraagt u om hiernaar te kijken.".into()),
        mentioned_at: "2026-11-24T09:12:00Z".into(),
        mine: true,
        tags: vec![Choice::new("1", "Sail 2026")],
        other_tags: vec!["Raadsvraag".into()],
        locked: None,
        hints: None,
        closed: false,
        erased: None,
        may_erase: true,
        can_send: true,
        ways: vec![Choice::new("mail", "Per e-mail"), Choice::new("phone", "Per telefoon")],
        confirm_ways: vec![Choice::new("paper", "Op papier")],
        outcomes: vec![Choice::new("solved", "opgelost of betaald")],
        colleagues: vec![
            Choice::new("employee:2", "Fenna Voorbeeld"),
            Choice::new("employee:3", "Kees Voorbeeld"),
        ],
        teams: vec![Choice::new("team:1", "Team Buiten")],
        opinion: Some("De inwoner over het antwoord: Ja. Snel geholpen.".into()),
        draft: Draft { files: vec![enclosure(0)], ..Draft::default() },
        item_files: vec![Choice::new("1/1", "lantaarn.jpg (foto (JPEG), 240 kB)")],
        blocked: None,
        standard: vec![Choice::new("1", "Paspoort ophalen")],
        held: None,
        notice: None,
        seen: "17".into(),
        date_min: "2026-11-24".into(),
        date_max: "2027-11-23".into(),
    }
}

fn enclosure(letter: u32) -> DraftFile {
    DraftFile {
        nr: 1,
        name: "plattegrond.pdf".into(),
        about: "document (PDF), 120 kB".into(),
        href: format!("/werk/contacten/2026-000123/brief/{letter}/bijlage/1"),
    }
}

fn promise(verdict: Verdict, urgency: Urgency) -> Promise {
    let open = verdict == Verdict::Open;
    Promise {
        what: "Contact binnen 2 werkdagen".into(),
        norm: Some("message.contact".into()),
        due: "woensdag 25 november 2026".into(),
        why: Some("Ontvangen op maandag 23 november 2026.".into()),
        verdict,
        urgency,
        kept_at: (verdict == Verdict::Kept).then(|| "24 nov, 10.15 uur".into()),
        waits: false,
        nr: 1,
        deeds: open.then(|| Choice::new("solve", "Oplossen")).into_iter().collect(),
        grounds: open.then(|| Choice::new("weather", "Het weer")).into_iter().collect(),
    }
}

fn event(kind: EventKind, title: &str, at: &str, text: &str) -> ItemEvent {
    ItemEvent {
        kind,
        title: title.into(),
        by: None,
        at: at.into(),
        at_machine: "2026-11-23T15:04:00+01:00".into(),
        text: (!text.is_empty()).then(|| text.to_owned()),
        quoted: None,
        attachments: Vec::new(),
        enclosures: Vec::new(),
        splits: None,
        folded: false,
        raw_href: None,
        formatted_href: None,
        delivery: None,
    }
}

fn attachments() -> Vec<Attachment> {
    let file = |name: &str, about: &str, note: &str, nr: Option<u32>| Attachment {
        name: name.into(),
        about: about.into(),
        notes: (!note.is_empty()).then(|| note.to_owned()).into_iter().collect(),
        href: nr.map(|nr| format!("/werk/contacten/2026-000123/bericht/1/bijlage/{nr}")),
    };
    vec![
        file("lantaarn.jpg", "foto (JPEG), 240 kB", "", Some(1)),
        file("factuur.pdf.exe", "programma, 12 kB", "kan schadelijk zijn", Some(2)),
        file("brief.doc", "document, 34 kB", "virus gevonden: Voorbeeld.Test", None),
    ]
}

fn timeline() -> Vec<ItemEvent> {
    let mail = "Goedemiddag,\n\nDe lantaarn bij de haven is uit. 's Avonds is het daar erg donker.\
                \n\nMet vriendelijke groet,\nJan Voorbeeld";
    let letter = |state, detail: Option<&str>| {
        let to = "jan.voorbeeld@example.nl".to_owned();
        Some(Delivery { state, to, copies: None, detail: detail.map(Into::into) })
    };
    let by = |name: &str| Some(name.to_owned());
    vec![
        ItemEvent {
            by: by("Jan Voorbeeld"),
            quoted: Some("> Op 3 november schreef de gemeente:\n> Bedankt voor uw melding.".into()),
            attachments: attachments(),
            formatted_href: Some("/werk/contacten/2026-000123/bericht/1/opgemaakt".into()),
            raw_href: Some("/werk/contacten/2026-000123/bericht/1/bron".into()),
            ..event(EventKind::MessageIn, "E-mail ontvangen", "23 nov, 15.04 uur", mail)
        },
        ItemEvent {
            delivery: letter(LetterState::Sent, None),
            folded: true,
            ..event(EventKind::LetterOut, "Ontvangstbevestiging", "23 nov, 15.04 uur", "Dank u.")
        },
        event(EventKind::Fact, "Toegewezen aan Aafke Voorbeeld", "24 nov, 9.10 uur", ""),
        ItemEvent {
            by: by("Aafke Voorbeeld"),
            ..event(
                EventKind::Note,
                "Notitie",
                "24 nov, 9.12 uur",
                "Netbeheerder gebeld: storing bekend, monteur komt deze week.",
            )
        },
        ItemEvent {
            by: by("Aafke Voorbeeld"),
            enclosures: vec![enclosure(2)],
            delivery: letter(LetterState::Failed, Some("550 5.1.1 mailbox unavailable")),
            ..event(
                EventKind::LetterOut,
                "Datum gezegd: vrijdag 4 december 2026",
                "24 nov, 9.20 uur",
                "Beste heer Voorbeeld,\n\nU krijgt uiterlijk vrijdag 4 december antwoord.",
            )
        },
    ]
}
