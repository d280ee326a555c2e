//! Everything is taken out while mail comes in, and read without the program: the bytes of every
//! mail, and the chain walked by what another language brings along.

use std::path::Path;

use channels::smtp::Protocol;
use channels::smtp::sink::Sink;
use tokio::process::Command;

use crate::books::sent_all;
use crate::command_line::ran;
use crate::data::{Data, on_both_engines};
use crate::post::{Door, Mail, letters, taken};
use crate::program::{Belofte, Start, command, until};

on_both_engines!(everything_is_taken_out_while_mail_comes_in);

async fn everything_is_taken_out_while_mail_comes_in(data: Data) {
    let sink = Sink::start().await.expect("a free port");
    let belofte = Belofte::started(&data, &Start::with_relay(sink.url())).await;
    let mut mails: Vec<Mail> = (0..6).map(|it| Mail::question(&format!("voor{it}"))).collect();
    mails.extend((0..2).map(|it| Mail::large(&format!("groot{it}"))));
    for mail in &mails {
        taken(Protocol::Lmtp, belofte.lmtp, mail).await;
    }
    sent_all(&data).await;
    let door = Door::default();
    door.open(belofte.lmtp, belofte.smtp);
    let own = door.clone();
    let sending = tokio::spawn(async move {
        for number in 0.. {
            own.deliver(Protocol::Lmtp, &Mail::question(&format!("tijdens{number}"))).await;
        }
    });
    let away = tempfile::tempdir().expect("a temporary folder");
    let bag = away.path().join("alles");
    let (code, out, err) = ran(command(&data).arg("export").arg(&bag)).await;
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("the last hash of the chain is") && !out.contains('@'), "{out}");
    // It goes on as if nothing happened.
    let at_least = letters(&sink).len() + 3;
    until("letters after the export", async || letters(&sink).len() >= at_least).await;
    door.shut();
    sending.abort();
    belofte.stop().await;
    let (code, _, err) = ran(command(&data).arg("export").arg(&bag)).await;
    assert!(code != 0 && err.contains("is not empty"), "{err}");
    for mail in &mails {
        assert!(holds(&bag.join("data/mails"), &mail.raw), "{} is not in it", mail.id);
    }
    let mut check = command(&data);
    check.args(["export", "--check"]).arg(&bag);
    let (code, out, err) = ran(&mut check).await;
    assert!(code == 0 && out.starts_with("whole: "), "{out}{err}");
    is_walked(&bag).await;
    data.remove().await;
}

/// Whether a mail stands below a folder, byte for byte; what the way of a mail adds goes before it.
fn holds(folder: &Path, raw: &[u8]) -> bool {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    entries.map(|entry| entry.path()).any(|path| match path.is_dir() {
        true => holds(&path, raw),
        false => std::fs::read(path).expect("a mail").ends_with(raw),
    })
}

/// The chain is walked by Python, which also sees when it was changed.
async fn is_walked(bag: &Path) {
    let walk = || {
        let mut walk = Command::new("python3");
        walk.arg(bag.join("data/check_chain.py"));
        walk
    };
    if walk().output().await.is_err() {
        eprintln!("SKIPPED: there is no python3 to walk the chain of an export with");
        return;
    }
    let (code, out, err) = ran(&mut walk()).await;
    assert!(code == 0 && out.starts_with("the chain holds: "), "{out}{err}");
    let facts = bag.join("data/tables/facts.jsonl");
    let text = std::fs::read_to_string(&facts).expect("the facts");
    let last = text.trim_end().rfind('\n').expect("more than one") + 1;
    let changes = [
        text.replacen("\"channel\":\"email\"", "\"channel\":\"phone\"", 1),
        text.replacen("\"actor\":null", "\"actor\":7", 1),
        text.replacen("\"at\":\"2", "\"at\":\"1", 1),
        text[..last].to_owned(),
        text[text.find('\n').expect("a line") + 1..].to_owned(),
    ];
    for changed in changes {
        assert_ne!(changed, text);
        std::fs::write(&facts, &changed).expect("there is room");
        let (code, out, err) = ran(&mut walk()).await;
        assert!(code != 0 && err.contains("the chain is broken at fact"), "{out}{err}");
    }
}
