//! Files that go along with an answer, and addresses that get no automatic mail.

use desk::{BlobId, Done, NewFile, Sendable, Stop, StoredFile};
use ledger::on_both;
use promises::{RECALL_SECONDS, Refusal, Via};

use crate::town::{Town, refused};

fn file(name: &str, bytes: &[u8]) -> StoredFile {
    let (name, bytes) = (name.to_owned(), bytes.to_vec());
    let blob = BlobId::of(&bytes);
    StoredFile::of(&NewFile { name, bytes }, blob)
}

impl Town {
    fn attaches(&self, contact: i64, file: &StoredFile) -> Result<(), Stop> {
        let (els, file) = (self.els.clone(), file.clone());
        self.does(move |tx, _, now| desk::enclose(tx, now, &els, contact, &file))
    }

    /// "1 brief.pdf (letter 2)", of everything under a contact.
    fn along(&self, contact: i64) -> Vec<String> {
        let all = self.does(move |tx, _, _| Ok(tx.enclosures(contact)?)).expect("read");
        let said = |letter: Option<u32>| {
            letter.map_or_else(|| "waits".to_owned(), |letter| format!("letter {letter}"))
        };
        all.iter().map(|it| format!("{} {} ({})", it.nr, it.name, said(it.letter))).collect()
    }

    fn blobs(&self) -> usize {
        self.does(|tx, _, _| Ok(tx.blobs_after(None, 100)?.len())).expect("read")
    }

    fn blocks(&self, contact: i64, why: &str) -> Result<(), Stop> {
        let (els, why) = (self.els.clone(), why.to_owned());
        self.does(move |tx, house, now| desk::block_address(tx, house, now, &els, contact, &why))
    }
}

on_both! {
    fn a_file_waits_goes_along_and_comes_back_with_its_letter(ground: &Ground) {
        let mut town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        let plan = file("plan.pdf", b"%PDF-1.7 plan");
        town.attaches(lamp, &plan).expect("it waits");
        town.attaches(lamp, &plan).expect("pressed twice, attached once");
        town.attaches(lamp, &file("weg.txt", b"verkeerd")).expect("it waits");
        assert_eq!(town.along(lamp), ["1 plan.pdf (waits)", "2 weg.txt (waits)"]);
        assert_eq!(town.blobs(), 2);
        let els = town.els.clone();
        let removes = town.does(move |tx, _, now| desk::remove_enclosure(tx, now, &els, lamp, 2));
        removes.expect("it goes");
        assert_eq!((town.along(lamp).len(), town.blobs()), (1, 1), "its bytes may go too");
        // Nobody sends files by telephone, nor with a day.
        let by_phone = town.answers(&town.els, lamp, Via::Phone);
        assert_eq!(refused(by_phone), Refusal::FilesNeedMail);
        town.says_when(lamp, "2026-12-01", Via::Mail).expect("a date");
        assert_eq!(town.along(lamp), ["1 plan.pdf (waits)"]);
        town.later(RECALL_SECONDS);
        let done = town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        let (_, letter) = done.held[0];
        assert_eq!(town.along(lamp), [format!("1 plan.pdf (letter {letter})")]);
        town.attaches(lamp, &plan).expect("the same press again");
        assert_eq!(town.along(lamp).len(), 1, "it has gone along already");
        // Another file while the letter can still be taken back; then both wait.
        town.attaches(lamp, &file("later.pdf", b"%PDF-1.7 later")).expect("it waits");
        let els = town.els.clone();
        town.does(move |tx, house, now| desk::recall(tx, house, now, &els, (lamp, letter)))
            .expect("it has not left");
        assert_eq!(town.along(lamp), ["1 plan.pdf (waits)", "2 later.pdf (waits)"]);
        let done: Done = town.answers(&town.els, lamp, Via::Mail).expect("an answer");
        let (_, letter) = done.held[0];
        town.later(RECALL_SECONDS);
        let sent: Sendable = town
            .does(move |tx, house, now| desk::sendable(tx, house, now, (lamp, letter)))
            .expect("read")
            .expect("it waits for the postman");
        let names: Vec<&str> = sent.enclosures.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["plan.pdf", "later.pdf"]);
    }

    fn what_can_not_go_along_is_refused(ground: &Ground) {
        let town = Town::on(ground);
        let lamp = town.mails("jan", "lamp kapot");
        let program = file("offerte.pdf.exe", b"MZ\x90");
        assert_eq!(refused(town.attaches(lamp, &program)), Refusal::FileProgram);
        let half = vec![7; desk::ENCLOSURES_BYTES_MAX / 2];
        town.attaches(lamp, &file("een.bin.dat", &half)).expect("half");
        town.attaches(lamp, &file("twee.dat", &half)).expect("the other half");
        let more = town.attaches(lamp, &file("drie.dat", b"xx"));
        assert_eq!(refused(more), Refusal::FilesTooLarge);
        let tulip = town.mails("jan", "tulp");
        for nr in 0..desk::ENCLOSURES_MAX {
            let small = file(&format!("{nr}.txt"), nr.to_string().as_bytes());
            town.attaches(tulip, &small).expect("room");
        }
        assert_eq!(refused(town.attaches(tulip, &file("z.txt", b"z"))), Refusal::FilesTooLarge);
        assert_eq!(refused(town.attaches(9_999, &file("z.txt", b"z"))), Refusal::NotFound);
    }

    /// INTAKE 47: a blocked address gets no acknowledgement; its mail comes in all the same.
    fn a_blocked_address_gets_no_automatic_mail(ground: &Ground) {
        let town = Town::on(ground);
        let first = town.mails("robot", "uw bericht");
        assert_eq!(town.item(first).letters.len(), 1);
        assert_eq!(refused(town.blocks(first, "  ")), Refusal::TextEmpty);
        town.blocks(first, "antwoordt op alles").expect("blocked");
        let second = town.mails("Robot", "uw bericht 2");
        let blocked = town.item(second);
        assert!(blocked.letters.is_empty(), "no acknowledgement");
        assert!(blocked.contact.evidence.contains("blocked"));
        assert_eq!(blocked.blocked.expect("it says why").why, "antwoordt op alles");
        assert!(town.sees(second).contains("answer-or-say-when"), "{}", town.sees(second));
        town.answers(&town.els, second, Via::Mail).expect("an answer still goes");
        town.does(move |tx, house, _| desk::unblock_address(tx, house, second)).expect("unblocked");
        let third = town.mails("robot", "uw bericht 3");
        assert_eq!(town.item(third).letters.len(), 1);
    }
}
