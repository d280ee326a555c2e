//! Everything goes out in open formats, whole, the same from both engines, and without secrets.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use desk::{
    Attachment, BlobId, Blobs, Export, ExportError, Exported, NewFile, Opener, Scan, StoredFile,
    check_export,
};
use ledger::on_both;
use ledger::testing::Ground;
use promises::{RECALL_SECONDS, Via};
use serde_json::Value;

use crate::town::{HARLINGEN, Town, reply};

/// A mail is opened by taking all of it.
const OPENER: Opener = Opener {
    attachment: |raw, _| Some(raw.to_vec()),
    formatted: |_| None,
    pack: |_, _| panic!("an export packs nothing"),
};

/// A folder that goes at the end, with a store of large mail and an export in it.
pub(crate) struct Shelf {
    folder: tempfile::TempDir,
    blobs: Blobs,
}

impl Shelf {
    pub(crate) fn new() -> Shelf {
        let folder = tempfile::tempdir().expect("a folder");
        let blobs = Blobs::folder(&folder.path().join("blobs")).expect("a store");
        Shelf { folder, blobs }
    }

    pub(crate) fn bag(&self) -> PathBuf {
        self.folder.path().join("export")
    }

    fn rows(&self, table: &str) -> Vec<Value> {
        let path = self.bag().join(format!("data/tables/{table}.jsonl"));
        let text = std::fs::read_to_string(path).expect("a table");
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    /// Every file by its path within the export.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let (mut found, mut left) = (BTreeMap::new(), vec![self.bag()]);
        while let Some(folder) = left.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    left.push(path);
                    continue;
                }
                let name = path.strip_prefix(self.bag()).expect("within it").display().to_string();
                found.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
        found
    }
}

impl Town {
    pub(crate) fn exports(&self, shelf: &Shelf) -> Result<Exported, ExportError> {
        let export = Export {
            house: &self.house,
            blobs: &shelf.blobs,
            opener: OPENER,
            norms: &[(HARLINGEN.to_owned(), "harlingen.toml".to_owned())],
            program: "belofte",
            now: self.now,
        };
        export.write(&self.ledger, &shelf.bag())
    }

    /// Somebody writes with a file, is answered with one, and is given a tag; another waits.
    fn lives(&mut self, shelf: &Shelf) -> i64 {
        let mut mail = self.mail("jan", "lamp kapot, \"weer\"");
        mail.body = "Een regel.\nEn nog een: é, 🙂.".to_owned();
        mail.attachments = vec![Attachment {
            contact: 0,
            message: 0,
            nr: 1,
            part: 1,
            name: "Foto van één lamp.jpg".to_owned(),
            claimed: "image/jpeg".to_owned(),
            kind: "jpeg".to_owned(),
            size: 12,
            inline: false,
            scan: Scan::Clean,
        }];
        let contact = self.receives(&mail).done.contact;
        self.mails("piet", "stoep");
        self.post_goes();
        let file = NewFile { name: "plan.pdf".to_owned(), bytes: b"%PDF-1.7".to_vec() };
        shelf.blobs.put(&file.bytes).expect("stored");
        let (els, stored) = (self.els.clone(), StoredFile::of(&file, BlobId::of(&file.bytes)));
        self.does(move |tx, house, now| {
            desk::tag(tx, house, now, &els, contact, "Straatlicht")?;
            desk::enclose(tx, now, &els, contact, &stored)?;
            desk::answer(tx, house, now, &els, contact, &reply(Via::Mail, "Hij wordt gemaakt."))
        })
        .expect("answered");
        self.later(RECALL_SECONDS);
        self.post_goes();
        contact
    }
}

on_both! {
    fn an_export_is_whole_and_says_what_is_in_it(ground: &Ground) {
        let (mut town, shelf) = (Town::on(ground), Shelf::new());
        let contact = town.lives(&shelf);
        let exported = town.exports(&shelf).expect("exported");
        // Two mails, a photo, and what went along.
        assert_eq!((exported.files, exported.missing), (4, 0));
        let checked = check_export(&shelf.bag()).expect("read");
        assert_eq!(checked.wrong, Vec::<String>::new());
        assert_eq!(checked.last_hash, exported.last_hash);
        assert_eq!(u64::try_from(checked.facts).ok(), exported.rows.get("facts").copied());
        let asked = &shelf.rows("contacts")[0];
        assert_eq!(asked["number"], town.number(contact));
        assert_eq!(asked["subject"], "lamp kapot, \"weer\"");
        assert_eq!((&asked["received_at"], &asked["closed"]),
            (&Value::from("2026-11-23T08:00:00Z"), &Value::from(true)));
        assert_eq!(shelf.rows("messages")[0]["body"], "Een regel.\nEn nog een: é, 🙂.");
        let files = shelf.files();
        let mail = shelf.rows("raws")[0]["file"].as_str().expect("a mail").to_owned();
        assert!(files[&mail].starts_with(b"Message-ID: <jan-"), "{mail}");
        let photo = &shelf.rows("attachments")[0];
        assert_eq!(photo["name"], "Foto van één lamp.jpg");
        let path = "data/attachments/00000/00000001-1-Foto_van___n_lamp.jpg";
        assert_eq!((photo["file"].as_str(), &files[path]), (Some(path), &files[&mail]));
        let plan = shelf.rows("enclosures")[0]["file"].as_str().expect("a file").to_owned();
        assert_eq!(files[&plan], b"%PDF-1.7");
        assert_eq!(files["data/norms/0001.toml"], HARLINGEN.as_bytes());
        // That it was taken out is the last fact in it.
        let facts = shelf.rows("facts");
        let last = &facts.last().expect("facts")["data"];
        assert_eq!((&last["fact"], &last["contacts"]), (&"list-exported".into(), &2.into()));
        described(&shelf);
        town.ends_well();
    }

    fn what_is_secret_stays(ground: &Ground) {
        let (mut town, shelf) = (Town::on(ground), Shelf::new());
        town.lives(&shelf);
        ground.runs(
            "UPDATE employees SET password = 'geheim-een', second_step = 'geheim-twee';
            INSERT INTO settings (name, value) VALUES ('signing-key', 'geheim-drie');
            INSERT INTO webhooks (address, about, types, secret, bearer, agreed, made_at,
              position, next_at) VALUES ('https://x', 'x', 'x', 'geheim-vier', 'geheim-vijf',
              1, 1, 0, 1);",
        );
        town.exports(&shelf).expect("exported");
        assert_eq!(shelf.rows("webhooks").len(), 1);
        for (name, bytes) in shelf.files() {
            assert!(!String::from_utf8_lossy(&bytes).contains("geheim-"), "{name}");
        }
    }

    fn only_its_owner_can_read_it_and_it_is_written_once(ground: &Ground) {
        let (mut town, shelf) = (Town::on(ground), Shelf::new());
        town.lives(&shelf);
        town.exports(&shelf).expect("exported");
        let mode = |path: &Path| {
            std::fs::metadata(path).expect("there").permissions().mode() & 0o777
        };
        for name in shelf.files().keys() {
            let path = shelf.bag().join(name);
            let folder = path.parent().expect("a folder");
            assert_eq!((mode(&path), mode(folder)), (0o600, 0o700), "{name}");
        }
        let before = shelf.files();
        let refused = town.exports(&shelf).expect_err("it is there").to_string();
        assert!(refused.contains("is not empty"), "{refused}");
        assert!(shelf.files() == before, "nothing of it changed");
    }

    fn what_breaks_off_leaves_nothing(ground: &Ground) {
        let (mut town, shelf) = (Town::on(ground), Shelf::new());
        town.lives(&shelf);
        // Bytes that are there and are not what they were.
        let mut left = vec![shelf.folder.path().join("blobs")];
        while let Some(path) = left.pop() {
            match std::fs::read_dir(&path) {
                Ok(entries) => left.extend(entries.flatten().map(|entry| entry.path())),
                Err(_) => std::fs::write(&path, b"damaged").expect("written"),
            }
        }
        let refused = town.exports(&shelf).expect_err("a damaged file").to_string();
        assert!(refused.contains("damaged"), "{refused}");
        let names = std::fs::read_dir(shelf.folder.path()).expect("there").flatten();
        let names: Vec<_> = names.map(|entry| entry.file_name()).collect();
        assert_eq!(names, ["blobs"], "no half export");
        // And one that another left, or is making, is not touched.
        std::fs::create_dir(shelf.folder.path().join("export.unfinished")).expect("made");
        let refused = town.exports(&shelf).expect_err("in the way").to_string();
        assert!(refused.contains("another export goes on"), "{refused}");
    }

    fn a_lost_file_is_told_and_stops_nothing(ground: &Ground) {
        let (mut town, shelf) = (Town::on(ground), Shelf::new());
        town.lives(&shelf);
        std::fs::remove_dir_all(shelf.folder.path().join("blobs")).expect("gone");
        let exported = town.exports(&shelf).expect("exported");
        assert_eq!((exported.files, exported.missing), (3, 1));
        assert_eq!(shelf.rows("enclosures")[0]["file"], Value::Null);
        let info = String::from_utf8(shelf.files()["bag-info.txt"].clone()).expect("text");
        assert!(info.contains("Belofte-Missing-Files: 1\n"), "{info}");
    }
}

/// Every file of rows is described, and has the columns that are described.
fn described(shelf: &Shelf) {
    let files = shelf.files();
    let package: Value = serde_json::from_slice(&files["data/datapackage.json"]).expect("JSON");
    let mut tables: Vec<String> =
        files.keys().filter(|name| name.starts_with("data/tables/")).cloned().collect();
    for resource in package["resources"].as_array().expect("resources") {
        let path = format!("data/{}", resource["path"].as_str().expect("a path"));
        tables.retain(|name| *name != path);
        let fields = resource["schema"]["fields"].as_array().expect("fields");
        let names: Vec<&str> = fields.iter().filter_map(|field| field["name"].as_str()).collect();
        let text = String::from_utf8(files[&path].clone()).expect("text");
        let rows = resource["rows"].as_u64().expect("a count");
        match path.ends_with(".csv") {
            true => {
                assert_eq!(text.lines().next(), Some(names.join(",").as_str()), "{path}");
                assert_eq!(text.lines().count() as u64, rows + 1, "{path}");
            }
            false => {
                assert_eq!(text.lines().count() as u64, rows, "{path}");
                for line in text.lines() {
                    let row: Value = serde_json::from_str(line).expect("JSON");
                    let row = row.as_object().expect("an object");
                    assert_eq!(row.len(), names.len(), "{path}");
                    assert!(names.iter().all(|name| row.contains_key(*name)), "{path}: {line}");
                }
            }
        }
    }
    assert_eq!(tables, Vec::<String>::new(), "files that nobody describes");
}

#[test]
fn both_engines_give_the_same_bytes() {
    let Some(other) = Ground::postgres() else { return };
    let bags = [Ground::sqlite(), other].map(|ground| {
        let (mut town, shelf) = (Town::on(&ground), Shelf::new());
        town.lives(&shelf);
        town.exports(&shelf).expect("exported");
        shelf.files()
    });
    assert_eq!(
        bags[0].keys().collect::<Vec<_>>(),
        bags[1].keys().collect::<Vec<_>>(),
        "the same files"
    );
    for (name, bytes) in &bags[0] {
        assert!(bytes == &bags[1][name], "{name} differs");
    }
}

#[test]
fn a_check_finds_what_was_done_to_an_export() {
    let ground = Ground::sqlite();
    let (mut town, shelf) = (Town::on(&ground), Shelf::new());
    town.lives(&shelf);
    town.exports(&shelf).expect("exported");
    let wrong = || check_export(&shelf.bag()).expect("read").wrong.join("\n");
    let file = |name: &str| shelf.bag().join(name);
    let mail = "data/mails/00000/00000001.eml";
    let facts = "data/tables/facts.jsonl";
    let without_last = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let lines: Vec<&str> = text.lines().collect();
        format!("{}\n", lines[..lines.len() - 1].join("\n")).into_bytes()
    };
    type Change = Box<dyn Fn(&[u8]) -> Option<Vec<u8>>>;
    let changes: [(&str, Change, &str); 7] = [
        (mail, Box::new(|it| Some([it, b"."].concat())), "00000001.eml was changed"),
        (mail, Box::new(|_| None), "00000001.eml is not there"),
        ("bag-info.txt", Box::new(|it| Some([it, b"A: b\n"].concat())), "bag-info.txt was changed"),
        ("manifest-sha256.txt", Box::new(move |it| Some(without_last(it))), "was changed"),
        (facts, Box::new(move |it| Some(without_last(it))), "facts at the end"),
        (
            facts,
            Box::new(|it| {
                let text = String::from_utf8_lossy(it);
                Some(text.replacen("acknowledged", "recalled", 1).into_bytes())
            }),
            "the chain is broken at fact",
        ),
        ("bagit.txt", Box::new(|_| None), "is no bag"),
    ];
    for (name, change, says) in changes {
        let before = std::fs::read(file(name)).expect("there");
        match change(&before) {
            Some(after) => std::fs::write(file(name), after).expect("written"),
            None => std::fs::remove_file(file(name)).expect("removed"),
        }
        assert!(wrong().contains(says), "{name}: {}", wrong());
        std::fs::write(file(name), before).expect("put back");
        assert_eq!(wrong(), "");
    }
    std::fs::write(file("data/more.txt"), "x").expect("written");
    assert_eq!(wrong(), "data/more.txt stands in no manifest");
}
