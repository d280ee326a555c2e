//! What is personal of a contact goes, wherever it stands; what norms are measured on stays.

use desk::{
    Arrival, Attachment, BlobId, Helped, Lead, NewFile, Part, Review, Scan, Spot, Stop, StoredFile,
};
use ledger::on_both;
use ledger::testing::Ground;
use norms::{Category, Channel, Kind};
use promises::{Outcome, RECALL_SECONDS, Refusal, Via};

use crate::export::Shelf;
use crate::town::{Town, refused, reply};

/// Words that stand nowhere but in what this resident sent and what was sent back, each in a place
/// of its own.
const INVENTED: [&str; 22] = [
    "wompelstra",
    "zwiepstraat",
    "0599887766",
    "kwibusplein",
    "slobberen",
    "krabbelzin",
    "knoeperig",
    "brommelref",
    "flonkerfoto",
    "prutselbijlage",
    "vervolgjanken",
    "mompelnotitie",
    "snorrefamilie",
    "antwoordgeknor",
    "halfafgekladder",
    "meningsgegrom",
    "leerpuntgesnor",
    "blokkadegesis",
    "ruwgebrabbel",
    "53174511",
    "afgekeurdgepiep",
    "fluisterkopie",
];

impl Town {
    pub(crate) fn erases(&self, contact: i64) -> Result<desk::Done, Stop> {
        let lead = self.els.with::<Lead>().expect("she leads");
        self.does(move |tx, house, now| desk::erase(tx, house, now, &lead, contact))
    }

    /// A mail that leaves a trace wherever a mail can.
    fn writes_everywhere(&self) -> i64 {
        let mut mail = self.mail("wompelstra", "Kwibusplein kapot");
        mail.phone = "0599887766".to_owned();
        mail.address = "Zwiepstraat 13, Harlingen".to_owned();
        mail.body = "Er staat iets te slobberen.".to_owned();
        mail.quoted = "> krabbelzin van eerder".to_owned();
        mail.trouble = "knoeperig".to_owned();
        mail.thread.references = "brommelref@example.nl".to_owned();
        mail.raw = Some(b"Message-ID: <x>\r\n\r\nruwgebrabbel".to_vec());
        mail.attachments = vec![Attachment {
            contact: 0,
            message: 0,
            nr: 1,
            part: 1,
            name: "flonkerfoto.jpg".to_owned(),
            claimed: "image/jpeg".to_owned(),
            kind: "jpeg".to_owned(),
            size: 12,
            inline: false,
            scan: Scan::Clean,
        }];
        let contact = self.receives(&mail).done.contact;
        self.post_goes();
        contact
    }

    /// What colleagues add, and what the resident says of the answer.
    fn is_handled(&mut self, contact: i64) {
        let els = self.els.clone();
        let file = NewFile { name: "prutselbijlage.pdf".to_owned(), bytes: b"%PDF-1.7".to_vec() };
        let stored = StoredFile::of(&file, BlobId::of(&file.bytes));
        self.does(move |tx, house, now| {
            desk::note(tx, house, now, &els, contact, ("Een mompelnotitie.", None))?;
            desk::tag(tx, house, now, &els, contact, "Snorrefamilie")?;
            desk::block_address(tx, house, now, &els, contact, "blokkadegesis")?;
            desk::enclose(tx, now, &els, contact, &stored)?;
            desk::reply_online(tx, house, now, contact, "En vervolgjanken.")?;
            let mut letter = reply(Via::Mail, "Dit is antwoordgeknor.");
            letter.copies = "fluisterkopie@example.nl".to_owned();
            desk::answer(tx, house, now, &els, contact, &letter)
        })
        .expect("handled");
        self.later(RECALL_SECONDS);
        self.post_goes();
        let (kees, lead) = (self.kees.clone(), self.els.with::<Lead>().expect("she leads"));
        self.does(move |tx, _, now| {
            desk::rate(tx, now, contact, (Helped::Partly, "Wat een meningsgegrom"))?;
            let letter = desk::last_answer(tx, now, contact)?.expect("answered");
            tx.note_refused_copies(letter.key(), "fluisterkopie: afgekeurdgepiep")?;
            let (contact, letter) = letter.key();
            let remark = "Een leerpuntgesnor.".to_owned();
            let (correct, complete, clear, kind) = (true, true, true, false);
            let reviewer = lead.id();
            let of = Review {
                contact,
                letter,
                at: now,
                reviewer,
                correct,
                complete,
                clear,
                kind,
                remark,
            };
            desk::review(tx, now, &lead, &of)?;
            let part = Part::Answer("Nog halfafgekladder".to_owned(), String::new());
            desk::keep_draft(tx, now, &kees, contact, &part)
        })
        .expect("judged");
    }

    fn reports_a_spot(&self) -> i64 {
        let mut arrival = Arrival::new(Channel::Form, Kind::Report);
        arrival.facets.insert(Category::FACET.to_owned(), "light".to_owned());
        arrival.spot = Spot::parse("53.174511,5.422511");
        arrival.place = "Zwiepstraat".to_owned();
        arrival.name = "Wompelstra".to_owned();
        self.receives(&arrival).done.contact
    }
}

on_both! {
    fn nothing_of_an_erased_contact_is_left(ground: &Ground) {
        let mut town = Town::on(ground);
        let other = town.mails("jan", "lamp kapot");
        let asked = town.writes_everywhere();
        let report = town.reports_a_spot();
        assert_eq!(refused(town.erases(asked)), Refusal::EraseOpen);
        town.is_handled(asked);
        town.closes(report, Outcome::Solved).expect("repaired");
        town.catches_up();
        assert_eq!(town.finds("slobberen"), [asked]);
        let before = ground.finds(&INVENTED);
        for word in INVENTED {
            let ends = format!(": {word}");
            assert!(before.iter().any(|it| it.ends_with(&ends)), "{word} stands somewhere");
        }
        town.at("Mon 2026-12-07 09:00");
        town.watches();
        let results = |town: &Town| {
            let counted = town.does(|tx, house, now| desk::results(tx, house, now, false));
            let helped = town.does(|tx, house, now| {
                Ok(desk::opinions(tx, house, desk::Month::of(house.day(now)).before())?.counts)
            });
            (counted.expect("counted"), helped.expect("counted"))
        };
        let (counted, seen) = (results(&town), town.sees(asked));
        town.erases(asked).expect("it is closed");
        town.erases(report).expect("it is closed");
        assert_eq!(refused(town.erases(asked)), Refusal::Erased);
        town.catches_up();
        assert_eq!(ground.finds(&INVENTED), Vec::<String>::new());
        assert_eq!(results(&town), counted, "what norms are measured on is the same");
        assert_eq!(town.sees(asked), seen);
        assert!(town.facts(asked).ends_with("rated erased"), "{}", town.facts(asked));
        assert_eq!(town.finds("slobberen"), Vec::<i64>::new());
        assert_eq!(town.finds("lamp"), [other]);
        let shelf = Shelf::new();
        town.exports(&shelf).expect("exported");
        for (name, bytes) in shelf.files() {
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            let left: Vec<&str> = INVENTED.into_iter().filter(|it| text.contains(it)).collect();
            assert_eq!(left, Vec::<&str>::new(), "{name}");
        }
        town.ends_well();
        drop(town);
        nothing_in_the_file(ground);
    }

    fn an_erased_contact_gets_nothing_more(ground: &Ground) {
        let mut town = Town::on(ground);
        let mail = town.mail("wompelstra", "lamp");
        let asked = town.receives(&mail).done.contact;
        town.post_goes();
        town.answers(&town.els, asked, Via::Mail).expect("answered");
        assert_eq!(refused(town.erases(asked)), Refusal::EraseLetter);
        town.later(RECALL_SECONDS);
        town.post_goes();
        town.erases(asked).expect("it is closed");
        let done = town.answers(&town.els, asked, Via::Phone);
        assert_eq!(refused(done), Refusal::Erased);
        let els = town.els.clone();
        let note = town.does(move |tx, house, now| {
            desk::note(tx, house, now, &els, asked, ("nog iets", None))
        });
        assert_eq!(refused(note), Refusal::Erased);
        let reopened = town.els.clone();
        let again = town.does(move |tx, house, now| desk::reopen(tx, house, now, &reopened, asked));
        assert_eq!(refused(again), Refusal::Erased);
        // The same mail once more, out of a mailbox that is read again: known, and not kept.
        assert_eq!(town.receives(&mail).took, desk::Took::Known);
        // An answer to what is erased is a contact of its own, beside nothing.
        let mut answer = town.mail("wompelstra", "Re: lamp");
        answer.thread.candidates = vec![mail.thread.message_id.clone()];
        answer.thread.recipients = vec![town.house.reply_address(asked)];
        answer.thread.number = Some(town.number(asked));
        let receipt = town.receives(&answer);
        assert_eq!(receipt.took, desk::Took::New);
        let fresh = town.item(receipt.done.contact);
        assert_eq!((fresh.contact.related, fresh.others.len()), (None, 0));
        // A bounce that comes this late, too.
        let mut bounce = town.mail("mailer-daemon", "Undelivered");
        bounce.class = norms::Class::Bounce;
        bounce.thread.recipients = vec![town.house.bounce_address(asked, 1)];
        bounce.thread.bounce = Some((true, "5.1.1 wompelstra".to_owned()));
        assert_eq!(town.receives(&bounce).took, desk::Took::New);
        town.ends_well();
    }
}

/// What was removed is not in the free pages of the file either.
fn nothing_in_the_file(ground: &Ground) {
    let ledger::Place::File(path) = ground.place() else { return };
    ground.runs("PRAGMA wal_checkpoint(TRUNCATE)");
    let bytes = std::fs::read(path).expect("the file");
    let text = String::from_utf8_lossy(&bytes).to_lowercase();
    let left: Vec<&str> = INVENTED.into_iter().filter(|word| text.contains(word)).collect();
    assert_eq!(left, Vec::<&str>::new());
}

impl Town {
    pub(crate) fn list(&self) -> desk::ToDestroy {
        self.does(desk::to_destroy).expect("read")
    }

    pub(crate) fn approves(&self, list: &desk::ToDestroy) -> Result<(), Stop> {
        let lead = self.els.with::<Lead>().expect("she leads");
        let (month, mark) = (list.month.clone(), list.mark.clone());
        self.does(move |tx, house, now| {
            desk::approve_destruction(tx, house, now, &lead, (&month, &mark))
        })
    }

    fn keeps_longer(&self, contact: i64, until: &str, why: &'static str) -> Result<(), Stop> {
        let lead = self.els.with::<Lead>().expect("she leads");
        let until = until.parse().expect("a day");
        self.does(move |tx, house, now| {
            desk::keep_longer(tx, house, now, &lead, contact, (until, why))
        })
    }

    /// A resident asks and is answered by telephone at once.
    pub(crate) fn settled(&self, who: &str) -> i64 {
        let contact = self.mails(who, "lamp");
        self.post_goes();
        self.answers(&self.els, contact, Via::Phone).expect("answered");
        contact
    }

    pub(crate) fn is_erased(&self, contact: i64) -> bool {
        self.item(contact).contact.erased_at.is_some()
    }
}

on_both! {
    fn what_is_past_its_term_goes_when_the_list_is_approved(ground: &Ground) {
        let mut town = Town::on(ground);
        let many: Vec<i64> = (0..24).map(|nr| town.settled(&format!("p{nr}"))).collect();
        let mut complaint = town.mail("piet", "onvriendelijk");
        complaint.kind = Kind::Complaint;
        let complaint = town.receives(&complaint).done.contact;
        town.closes(complaint, Outcome::Withdrawn).expect("withdrawn");
        town.at("Tue 2026-12-01 09:00");
        let late = town.settled("laat");
        // A question of 23 November is kept for a year, so until the list of November.
        town.at("Mon 2027-11-29 09:00");
        assert_eq!(town.list().count(), 0);
        assert_eq!(refused(town.approves(&town.list())), Refusal::ListEmpty);
        town.at("Wed 2027-12-01 09:00");
        let list = town.list();
        assert_eq!((list.month.as_str(), list.count()), ("2027-11", 24));
        assert_eq!(list.kinds[0].contacts[0].1, town.number(many[0]));
        // One is kept because of an objection; the list is another one then.
        let early = town.keeps_longer(many[3], "2026-01-01", "bezwaar");
        assert_eq!(refused(early), Refusal::DateInPast);
        assert_eq!(refused(town.keeps_longer(many[3], "2028-01-31", " ")), Refusal::TextEmpty);
        town.keeps_longer(many[3], "2028-01-31", "bezwaar").expect("kept");
        assert_eq!(refused(town.approves(&list)), Refusal::ListChanged);
        let (lead, held) = (town.els.with::<Lead>().expect("she leads"), many[3]);
        let asked = town.does(move |tx, house, now| desk::erase(tx, house, now, &lead, held));
        assert_eq!(refused(asked), Refusal::EraseKept, "not for who asks either");
        let list = town.list();
        assert_eq!((list.count(), list.kept.len()), (23, 1));
        town.approves(&list).expect("approved");
        assert_eq!(refused(town.approves(&list)), Refusal::ListApproved);
        // Somebody takes one up again and closes it before its turn comes: its term begins anew.
        let els = town.els.clone();
        let again = many[22];
        town.does(move |tx, house, now| desk::reopen(tx, house, now, &els, again)).expect("open");
        town.closes(again, Outcome::Withdrawn).expect("closed again");
        let mut rounds = 1;
        while town.does(desk::destroy_some).expect("some are erased") {
            rounds += 1;
        }
        assert_eq!(rounds, 2, "in pieces");
        let left: Vec<i64> = many.iter().copied().filter(|it| !town.is_erased(*it)).collect();
        assert_eq!(left, [many[3], many[22]]);
        assert!(!town.is_erased(complaint) && !town.is_erased(late));
        let certificate = town
            .does(|tx, _, _| desk::certificate(tx, "2027-11"))
            .expect("read")
            .expect("there is one");
        assert_eq!((certificate.left, certificate.list.passed_over), (0, 1));
        assert!(certificate.list.done_at.is_some());
        let of = &certificate.kinds[0];
        assert_eq!((of.kind, of.years, of.contacts), (Kind::Question, 1, 23));
        assert_eq!((of.first, of.last), (many[0], many[23]));
        assert_eq!(certificate.fact.expect("in the chain").hash().len(), 64);
        assert!(town.facts(many[0]).ends_with("erased"), "{}", town.facts(many[0]));
        // What was kept until a day is on the list after it.
        town.at("Tue 2028-02-01 09:00");
        let keys = |list: &desk::ToDestroy| -> Vec<i64> {
            list.kinds.iter().flat_map(|it| it.contacts.iter().map(|it| it.0)).collect()
        };
        assert_eq!(keys(&town.list()), [many[3], late]);
        town.ends_well();
    }
}
