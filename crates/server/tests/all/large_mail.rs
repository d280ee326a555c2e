//! Mail that is too large for a row: kept byte for byte in the store, carried along by a copy, and
//! missed when it is gone.

use std::path::{Path, PathBuf};

use channels::smtp::Protocol;

use crate::books::Books;
use crate::data::{Data, on_both_engines};
use crate::post::{Mail, taken};
use crate::program::{Belofte, Start, command, run, said};

on_both_engines!(it_is_kept_byte_for_byte, it_is_missed_when_it_is_gone);

/// Every file of the store that somebody named; the empty one is the trial of the start.
fn stored(blobs: &Path) -> Vec<PathBuf> {
    let folders = std::fs::read_dir(blobs).expect("the store is there").flatten();
    let files = folders.flat_map(|folder| std::fs::read_dir(folder.path()).expect("a folder"));
    let paths = files.map(|file| file.expect("a file").path());
    paths.filter(|path| path.metadata().is_ok_and(|it| it.len() > 0)).collect()
}

/// Takes one large and one small mail in.
async fn with_mail(data: &Data) -> [Mail; 2] {
    let mails = [Mail::large("groot"), Mail::question("klein")];
    let belofte = Belofte::started(data, &Start::default()).await;
    for mail in &mails {
        taken(Protocol::Lmtp, belofte.lmtp, mail).await;
    }
    // The same again: known, and not stored twice.
    taken(Protocol::Lmtp, belofte.lmtp, &mails[0]).await;
    belofte.stop().await;
    mails
}

/// INTAKE 5: the bytes as they came, wherever they stand.
async fn it_is_kept_byte_for_byte(data: Data) {
    let mails = with_mail(&data).await;
    let books = Books::read(&data).await;
    assert_eq!(books.entries.len(), mails.len());
    for mail in &mails {
        assert_eq!(books.of(&mail.id).raws, std::slice::from_ref(&mail.raw), "{}", mail.id);
    }
    assert_eq!(stored(&data.blobs()).len(), 1, "a small mail stays in its row");
    data.remove().await;
}

async fn it_is_missed_when_it_is_gone(data: Data) {
    with_mail(&data).await;
    let file = stored(&data.blobs()).pop().expect("one file");
    std::fs::write(&file, "iets anders").expect("somebody spoils it");
    let output = run(command(&data).arg("verify")).await;
    assert!(!output.status.success());
    assert!(said(&output).0.contains("are damaged\n1 of 1 large mails are lost"), "{output:?}");
    std::fs::remove_file(&file).expect("somebody removes it");
    let output = run(command(&data).arg("verify")).await;
    assert!(!output.status.success());
    assert!(said(&output).0.contains(" is not there\n1 of 1 large mails are lost"), "{output:?}");
    data.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_carries_it_along() {
    let data = Data::folder();
    let mails = with_mail(&data).await;
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let copy = elsewhere.path().join("kopie.sqlite");
    let output = run(command(&data).arg("backup").arg(&copy)).await;
    assert!(said(&output).0.contains("kopie.sqlite.blobs, 1 large mails"), "{output:?}");
    let new = Data::folder();
    let output = run(command(&new).arg("restore").arg(&copy)).await;
    assert!(output.status.success(), "{output:?}");
    assert!(said(&output).0.ends_with("the store holds: 1 large mails\n"), "{output:?}");
    assert_eq!(Books::read(&new).await.of(&mails[0].id).raws, std::slice::from_ref(&mails[0].raw));
    // A copy whose large mail was left behind does not pass for whole.
    std::fs::remove_dir_all(elsewhere.path().join("kopie.sqlite.blobs")).expect("it was there");
    let poor = Data::folder();
    let output = run(command(&poor).arg("restore").arg(&copy)).await;
    assert!(!output.status.success(), "{output:?}");
}
