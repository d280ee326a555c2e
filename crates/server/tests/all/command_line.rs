//! The command line: what it prints, what it refuses, and that a refusal says how to go on.
// tidy: wide

use std::path::{Path, PathBuf};
use std::process::Stdio;

use channels::smtp::Protocol;
use tokio::process::Command;

use crate::books::Books;
use crate::data::Data;
use crate::post::{Mail, taken};
use crate::program::{Belofte, Start, bare_command, command, run, run_with, said, soon};

/// The norm file as it is published.
const NORMS: &str = include_str!("../../../../norms/harlingen.toml");

/// Runs it; the exit code, what it printed, and what it complained about.
pub(crate) async fn ran(command: &mut Command) -> (i32, String, String) {
    let output = run(command).await;
    let (out, err) = said(&output);
    (output.status.code().expect("an exit code"), out, err)
}

pub(crate) fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("there is room");
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_norm_file_stops_the_start() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = Data::at(folder.path());
    for (name, right, wrong, column, expects) in [
        (
            "limit",
            r#"within = "2 working days""#,
            r#"within = "2 workign days""#,
            10,
            "working days",
        ),
        (
            "duty",
            r#"must = "call-back-or-say-when""#,
            r#"must = "call-bakc-or-say-when""#,
            8,
            "call-back",
        ),
        ("toml", "format = 1", "format = ", 10, "expected"),
    ] {
        let before = NORMS.split(right).next().expect("a beginning");
        let place = format!("{}:{column}", before.matches('\n').count() + 1);
        let norms = file(folder.path(), "norms.toml", &NORMS.replacen(right, wrong, 1));
        let mut serve = command(&data);
        serve.args(["serve", "--listen", "127.0.0.1:0", "--norms"]).arg(&norms);
        let (code, out, err) = ran(&mut serve).await;
        assert_ne!(code, 0, "{name}");
        assert!(err.contains(&format!("norms.toml:{place}")), "{name}: where\n{err}");
        assert!(err.contains(expects), "{name}: what is expected\n{err}");
        assert!(!out.contains("listening"), "{name}: {out}");
        assert!(!folder.path().join("belofte.sqlite").exists(), "{name}: nothing is touched");
        let (code, _, err) = ran(bare_command().args(["norms", "check"]).arg(&norms)).await;
        assert_eq!(code, 1, "{name}: {err}");
        assert!(err.contains(&format!("norms.toml:{place}")), "{name}: {err}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_configuration_is_checked_before_it_is_used() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let check = |text: &str| {
        let path = file(folder.path(), "belofte.toml", text);
        let mut check = bare_command();
        check.args(["check-config", "--config"]).arg(path).current_dir(folder.path());
        check
    };
    for (text, complaints) in [
        ("lissen = \"127.0.0.1:1\"", vec!["belofte.toml:1:", "lissen", "Did you mean “listen”?"]),
        ("[mail]\n\n[mail.lmpt]\nlisten = \"127.0.0.1:1\"", vec![":3:", "Did you mean “lmtp”?"]),
        ("listen = \"ergens\"", vec![":1:"]),
        ("[mail.relay]\nurl = \"http://mail\"", vec!["mail relay"]),
        ("[mail.relay]\nurl = \"smtp://naam:geheim@mail\"", vec!["mail relay", "smtps://"]),
        ("norms = \"nergens.toml\"", vec!["nergens.toml"]),
        ("[mail.smtp]\nkey = \"key.pem\"", vec!["[mail.smtp] has a key and no certificate"]),
        (
            "[mail.lmtp]\ncertificate = \"nergens.pem\"\nkey = \"key.pem\"",
            vec!["the certificate nergens.pem can not be read"],
        ),
        ("[mail.smtp]\nproxy-protocol = \"ja\"", vec![":2:"]),
        ("[scan]\nclamd = \"ergens\"", vec!["[scan] clamd", "host:port"]),
        ("[attachments]\nurl = \"s3://emmer\"", vec!["[attachments]", "a key and a secret"]),
        ("[attachments]\nbucket = \"x\"", vec![":2:", "bucket"]),
        ("[[mail.imap]]\nname = \"info\"\nadress = \"x\"", vec![":3:", "Did you mean “address”?"]),
        (
            "[[mail.imap]]\nname = \"info\"\nurl = \"imaps://info@post\"\naddress = \"a@b.nl\"",
            vec!["mailbox “info”", "password-file"],
        ),
        (
            "[[mail.imap]]\nname = \"info\"\nurl = \"imaps://info@post\"\naddress = \"a@b.nl\"\n\
             password-file = \"nergens\"",
            vec!["nergens"],
        ),
    ] {
        let (code, out, err) = ran(&mut check(text)).await;
        assert_ne!(code, 0, "{text}: {out}");
        for complaint in complaints {
            assert!(err.contains(complaint), "{text}: {complaint} is not in\n{err}");
        }
    }
    let whole = "listen = \"127.0.0.1:8600\"\ndata = \"gegevens\"\n\
                 [mail.lmtp]\nlisten = \"127.0.0.1:2424\"\n\
                 [mail.smtp]\nlisten = \"127.0.0.1:2525\"\nproxy-protocol = true\n\
                 [[mail.imap]]\nname = \"info\"\naddress = \"info@example.nl\"\n\
                 url = \"imaps://info@post.example.nl\"\npassword = \"geheim\"\n\
                 [mail.relay]\nurl = \"smtps://naam:geheim@mail.example.nl:465\"\n";
    let (code, out, err) = ran(&mut check(whole)).await;
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(
        out,
        "listen    127.0.0.1:8600\n\
         database  SQLite in gegevens\n\
         norms     Harlingen: 27 norms from 2026-01-01\n\
         lmtp      127.0.0.1:2424\n\
         smtp      127.0.0.1:2525, behind a proxy\n\
         imap      mailbox info at post.example.nl:993/INBOX (Tls)\n\
         store     gegevens/blobs\n\
         scanner   none: attachments are not scanned\n\
         relay     configured\n"
    );
    assert!(!folder.path().join("gegevens").exists(), "checking makes nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_open_and_close() {
    let data = Data::folder();
    let account = |words: &[&str]| {
        let mut account = command(&data);
        account.arg("account").args(words);
        account
    };
    let output = run_with(&mut account(&["add", "jan"]), "te kort\n").await;
    assert!(!output.status.success());
    assert!(said(&output).1.contains("at least 12 characters"), "{output:?}");
    for (login, name) in [("jan", "Jan Voorbeeld"), ("Piet", "Piet Voorbeeld")] {
        let mut add = account(&["add", login, "--name", name]);
        let output = run_with(&mut add, "een lang wachtwoord\n").await;
        let (out, err) = said(&output);
        assert!(output.status.success(), "{err}");
        assert!(!out.contains("password"), "a given password is not printed: {out}");
    }
    // Without one, the program makes one and shows it this once.
    let (code, out, _) = ran(&mut account(&["add", "klaas"])).await;
    assert_eq!(code, 0);
    let made = out.lines().find_map(|line| line.strip_prefix("password: ")).expect("a password");
    assert!(made.len() >= 20, "{made}");
    assert_eq!(ran(&mut account(&["close", "piet"])).await.0, 0);
    let (code, _, err) = ran(&mut account(&["close", "niemand"])).await;
    assert!(code != 0 && err.contains("niemand"), "{err}");
    let (_, out, _) = ran(&mut account(&["list"])).await;
    assert_eq!(
        out,
        "jan\tJan Voorbeeld\topen\temployee\npiet\tPiet Voorbeeld\tclosed\temployee\n\
         klaas\tklaas\topen\temployee\n"
    );
    // What somebody is can be said anew; a new password alone changes nothing of it.
    let (code, out, _) =
        ran(&mut account(&["add", "klaas", "--role", "lead", "--role", "editor"])).await;
    assert_eq!((code, out.lines().next()), (0, Some("account klaas is open: editor lead")));
    let (_, out, _) = ran(&mut account(&["add", "klaas"])).await;
    assert_eq!(out.lines().next(), Some("account klaas is open: editor lead"));
    let (code, _, err) = ran(&mut account(&["add", "klaas", "--role", "koning"])).await;
    assert!(code != 0 && err.contains("one of: employee, complaints"), "{err}");
    // Somebody is left to open accounts, on the machine too.
    ran(&mut account(&["add", "baas", "--role", "administrator"])).await;
    for words in [&["close", "baas"][..], &["add", "baas", "--role", "lead"]] {
        let (code, _, err) = ran(&mut account(words)).await;
        assert!(code != 0 && err.contains("baas is the last administrator"), "{err}");
    }
    ran(&mut account(&["add", "ander", "--role", "administrator"])).await;
    assert_eq!(ran(&mut account(&["close", "baas"])).await.0, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_a_running_program_is_whole() {
    let data = Data::folder();
    let belofte = Belofte::started(&data, &Start::default()).await;
    let mails: Vec<Mail> = (0..40).map(|it| Mail::question(&format!("mail{it}"))).collect();
    for mail in &mails[..20] {
        taken(Protocol::Lmtp, belofte.lmtp, mail).await;
    }
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let copy = elsewhere.path().join("kopie.sqlite");
    let mut backup = command(&data);
    backup.arg("backup").arg(&copy);
    // While the rest comes in.
    let (coming, (code, out, err)) = tokio::join!(
        async {
            for mail in &mails[20..] {
                taken(Protocol::Lmtp, belofte.lmtp, mail).await;
            }
        },
        ran(&mut backup)
    );
    let () = coming;
    assert_eq!(code, 0, "{out}{err}");
    let (code, _, err) = ran(&mut backup).await;
    assert!(code != 0 && err.contains("exists already"), "a copy is not written over: {err}");
    belofte.stop().await;
    let new = Data::folder();
    let mut restore = command(&new);
    restore.arg("restore").arg(&copy);
    let (code, out, err) = ran(&mut restore).await;
    assert_eq!(code, 0, "{out}{err}");
    let (code, _, err) = ran(&mut restore).await;
    assert!(code != 0 && err.contains("exists already"), "nor are books: {err}");
    let kept = Books::read(&new).await.entries.len();
    assert!((20..=40).contains(&kept), "{kept}");
    assert_eq!(Books::read(&data).await.entries.len(), 40);
    // The restored books serve, and still know what came in before.
    let belofte = Belofte::started(&new, &Start::default()).await;
    taken(Protocol::Lmtp, belofte.lmtp, &mails[0]).await;
    belofte.stop().await;
    assert_eq!(Books::read(&new).await.entries.len(), kept);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_of_mail_is_judged() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mail = |headers: &str| {
        format!("From: jan@voorbeeld.example\nTo: info@harlingen.nl\n{headers}\n\nTekst.\n")
    };
    let question =
        file(folder.path(), "1.eml", &mail("Message-ID: <een@x.example>\nSubject: Lamp"));
    let follows = mail("Subject: Re: Lamp\nIn-Reply-To: <een@x.example>");
    let follows = file(folder.path(), "2.eml", &follows);
    let away = file(folder.path(), "3.eml", &mail("Auto-Submitted: auto-replied\nSubject: weg"));
    let nowhere = folder.path().join("nergens.eml");
    let mut check = bare_command();
    check.args(["mail", "check", "--json"]);
    let (code, out, err) = ran(check.args([&question, &nowhere, &follows, &away])).await;
    assert_eq!(code, 1, "one could not be read");
    assert!(err.contains("nergens.eml"), "{err}");
    let lines: Vec<serde_json::Value> =
        out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let verdicts: Vec<_> =
        lines.iter().map(|it| (it["class"].as_str(), it["acknowledge"].as_bool())).collect();
    assert_eq!(
        verdicts,
        [
            (Some("message"), Some(true)),
            (Some("follow-up"), Some(false)),
            (Some("auto-reply"), Some(false)),
        ]
    );
    assert!(lines.iter().all(|it| it["reason"].as_str().is_some_and(|why| !why.is_empty())));
    let (code, out, _) = ran(bare_command().args(["mail", "check"]).arg(&away)).await;
    assert_eq!(code, 0);
    assert!(out.contains("3.eml: auto-reply, no acknowledgement: "), "{out}");
}

#[tokio::test(flavor = "multi_thread")]
async fn dates_are_printed_with_their_reasons() {
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    for (line, wanted) in [
        (
            "norms due --norm message.contact --at 2026-04-24T15:00 --json",
            r#"{"norm":"message.contact","limit":"2 working days","on":"2026-04-29","before":"2026-04-30T00:00:00","skipped":[{"date":"2026-04-25","why":"Saturday"},{"date":"2026-04-26","why":"Sunday"},{"date":"2026-04-27","why":"King's Day"}]}"#,
        ),
        ("norms due --norm invoice.pay --at 2026-02-01T10:00", "2026-03-03\n"),
        (
            "calendar days --from 2026-04-26 --to 2026-04-28 --json",
            r#"[{"date":"2026-04-26","workingDay":false,"why":"Sunday"},{"date":"2026-04-27","workingDay":false,"why":"King's Day"},{"date":"2026-04-28","workingDay":true,"why":null}]"#,
        ),
        (
            "calendar days --from 2026-04-03 --to 2026-04-03 --calendar statutory",
            "2026-04-03 Good Friday\n",
        ),
        (
            "calendar add --from 2026-04-30 --working-days 2",
            "2026-05-04\n  skipped 2026-05-02 Saturday\n  skipped 2026-05-03 Sunday\n",
        ),
        ("calendar term --from 2026-03-20 --weeks 6", "2026-05-01\n"),
    ] {
        let (code, out, err) = ran(bare_command().args(words(line))).await;
        assert_eq!(code, 0, "{line}: {err}");
        same(line, &out, wanted);
    }
    for line in [
        "norms due --norm niets --at 2026-04-24T15:00",
        "calendar days --from 2026-04-26 --to 2026-04-01",
        "calendar term --from 2026-04-26",
        "norms show --lang de",
    ] {
        let (code, out, err) = ran(bare_command().args(words(line))).await;
        assert!(code != 0 && out.is_empty() && !err.is_empty(), "{line}: {code} {out} {err}");
    }
}

/// A house to which two people mailed, and the day on which they did.
async fn two_questions() -> (Data, jiff::civil::Date) {
    let data = Data::folder();
    let belofte = Belofte::started(&data, &Start::default()).await;
    for name in ["jan", "piet"] {
        taken(Protocol::Lmtp, belofte.lmtp, &Mail::question(name)).await;
    }
    belofte.stop().await;
    #[allow(clippy::disallowed_methods, reason = "the program of the test goes by the clock too")]
    let now = jiff::Timestamp::now();
    // The day in Harlingen, which begins before that of a machine that counts in UTC.
    (data, now.in_tz("Europe/Amsterdam").expect("a known zone").date())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_counts_what_is_owed() {
    let (data, today) = two_questions().await;
    let day = |days: i64| today.saturating_add(jiff::Span::new().days(days)).to_string();
    let (from, to) = (day(-30), day(300));
    let report = |more: &[&str]| {
        let mut report = command(&data);
        report.args(["report", "--from", &from, "--to", &to]).args(more);
        report
    };
    let (code, out, err) = ran(&mut report(&["--json"])).await;
    assert_eq!(code, 0, "{err}");
    let told: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((&told["from"], &told["to"]), (&json(&from), &json(&to)));
    assert_eq!(told["total"]["open"], 4, "{told}");
    let norms = told["norms"].as_array().expect("a list");
    let open: Vec<(&str, i64)> = norms
        .iter()
        .map(|it| (it["norm"].as_str().expect("a norm"), it["open"].as_i64().expect("a number")))
        .collect();
    assert_eq!(open, [("message.acknowledge", 2), ("message.contact", 2)]);
    assert_eq!(told["channels"][0]["channel"], "email");
    let (code, _, err) = ran(command(&data).args([
        "report",
        "--json",
        "--from",
        "2026-01-01",
        "--to",
        "2099-12-31",
    ]))
    .await;
    assert!(code != 0 && err.contains("at most 366 days"), "{code} {err}");
    // The facts alone say the same.
    let (code, out, err) = ran(&mut report(&["--verify"])).await;
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("facts tell of 4 promises in this period"), "{out}");
}

/// What came in today is known tomorrow: then two answers are owed.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_made_is_foretold_from_the_next_day_on() {
    let (data, today) = two_questions().await;
    let day = |days: i64| today.saturating_add(jiff::Span::new().days(days));
    for (offset, made) in [(0, 0), (1, 2)] {
        let mut report = command(&data);
        report.args(["report", "--ahead"]);
        report.env("BELOFTE_CLOCK_OFFSET_SECONDS", (offset * 24 * 60 * 60).to_string());
        let (code, out, err) = ran(&mut report).await;
        assert_eq!(code, 0, "{err}");
        let ahead: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        assert_eq!(ahead["until"], json(&day(offset - 1).to_string()));
        assert_eq!((&ahead["overdue"], &ahead["busyFromPerHour"]), (&0.into(), &().into()));
        let days = ahead["days"].as_array().expect("a list");
        // Four weeks of working days, less the holidays: around Christmas there are most.
        assert!((16..=20).contains(&days.len()), "{out}");
        let last = day(offset + 27).to_string();
        let first = day(offset).to_string();
        for it in days {
            let on = it["day"].as_str().expect("a day");
            assert!(*first <= *on && *on <= *last, "{on}");
        }
        let sum = |name: &str| days.iter().filter_map(|it| it[name].as_i64()).sum::<i64>();
        assert_eq!((sum("made"), sum("open")), (made, made), "{out}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_nobody_hears_ends_without_a_panic() {
    let (reader, closed) = std::io::pipe().expect("a pipe");
    drop(reader);
    let full = std::fs::File::options().write(true).open("/dev/full").expect("a device");
    let ways: [(Stdio, i32, &str); 2] =
        [(closed.into(), 141, ""), (full.into(), 1, "No space left on device")];
    for (out, wanted, complaint) in ways {
        let mut days = bare_command();
        days.args(["calendar", "days", "--from", "2026-01-01", "--to", "2026-12-31"]);
        let days = days.stdout(out).stderr(Stdio::piped()).spawn().expect("the program starts");
        let ended = soon("the program to end", days.wait_with_output()).await.expect("it ran");
        let (_, err) = said(&ended);
        assert_eq!(ended.status.code(), Some(wanted), "{err}");
        assert!(err.contains(complaint) && err.is_empty() == complaint.is_empty(), "{err}");
    }
}

/// A text as JSON.
fn json(text: &str) -> serde_json::Value {
    serde_json::Value::from(text)
}

/// Compares text as it is, and JSON by what it says.
fn same(what: &str, out: &str, wanted: &str) {
    if !wanted.starts_with(['{', '[']) {
        assert_eq!(out, wanted, "{what}");
        return;
    }
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    assert_eq!(json(out), json(wanted), "{what}\n{out}");
}
