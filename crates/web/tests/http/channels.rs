//! The page of an operator, the button on it, and the figures with their guard (INTAKE 12, 13).

use axum::http::StatusCode;
use desk::Place;

use crate::town::Town;

fn place(uid: u32) -> Place {
    Place { mailbox: "info".to_owned(), uidvalidity: 7, uid, size: 3_000, arrived: None }
}

/// A mailbox with one mail set aside, one refused, and one not accounted for.
async fn troubled(town: &Town) {
    town.desk.doors().reads(vec!["info".to_owned()]);
    let trouble = town.desk.write(|tx, _, now| {
        desk::numbered_mailbox(tx, now, "info", 7)?;
        for _ in 0..desk::MAIL_TRIES_MAX {
            desk::mail_failed(tx, now, &place(1), "fetch", None)?;
        }
        desk::refuse_mail(tx, now, &place(2), desk::REASON_DELETED)?;
        tx.mailbox_seen("info", now, 0)?;
        tx.mailbox_counted("info", now, (3, 1))?;
        Ok(())
    });
    trouble.await.unwrap();
}

#[tokio::test]
async fn what_is_wrong_with_a_mailbox_stands_on_the_page() {
    let town = Town::new();
    troubled(&town).await;
    let mut browser = town.at_work("fenna", "Fenna Voorbeeld").await;
    let page = browser.get("/werk/kanalen").await;
    page.assert_says("Postbus info");
    page.assert_says("Wordt gelezen");
    page.assert_says("3 berichten op de server");
    page.assert_says("staat op de server 1 bericht dat niet is ingelezen");
    page.assert_says("De mailserver geeft het bericht niet.");
    page.assert_says("5 keer geprobeerd");
    // A minute is patience, six are not.
    town.wait_seconds(360);
    browser.get("/werk/kanalen").await.assert_says("Postbus info is al minuten niet gelezen.");
    let failing = town
        .desk
        .write(|tx, _, now| Ok(tx.mailbox_failed("info", now, ("login", "<wachtwoord>"))?));
    failing.await.unwrap();
    let page = browser.get("/werk/kanalen?lang=en").await;
    page.assert_says("Mailbox info cannot be read.");
    page.assert_says("The mail server does not accept the name and password.");
    page.assert_says("<wachtwoord>");
}

#[tokio::test]
async fn a_mail_that_is_set_aside_is_tried_again_by_a_button() {
    let town = Town::new();
    troubled(&town).await;
    let mut stranger = town.browser();
    let page = stranger.post("/werk/kanalen/apart/1/opnieuw", &[]).await;
    assert!(page.location().starts_with("/werk/aanmelden"), "{}", page.location());
    let mut browser = town.at_work("fenna", "Fenna Voorbeeld").await;
    let action = "/werk/kanalen/apart/1/opnieuw";
    browser.get("/werk/kanalen").await.assert_says("Opnieuw proberen");
    let page = browser.send(action, &[]).await;
    page.assert_says("Er staat niets apart.");
    // A colleague who presses it too sees how it stands.
    browser.send(action, &[]).await.assert_says("Er staat niets apart.");
    let next =
        town.desk.read(|tx, _, _| Ok(tx.mailbox_mail("info", 7, 1)?)).await.unwrap().unwrap();
    assert_eq!((next.outcome, next.tries), (desk::MailOutcome::Trying, 0));
}

#[tokio::test]
async fn figures_are_for_this_machine_or_for_who_shows_the_token() {
    let town = Town::new();
    troubled(&town).await;
    let mut browser = town.browser();
    assert_eq!(browser.get("/metrics").await.status, StatusCode::NOT_FOUND, "from elsewhere");
    browser.from = [127, 0, 0, 1];
    let page = browser.get("/metrics").await;
    assert!(page.body.contains("belofte_verified_timestamp_seconds 0\n"), "{}", page.body);
    assert!(!page.body.contains("\nbelofte_verified_whole "), "nobody looked yet");
    town.desk.doors().has_room(Some(0));
    let verified = town.desk.write(|tx, _, now| Ok(tx.note_verified(now, false)?));
    verified.await.unwrap();
    let page = browser.get("/metrics").await;
    for line in [
        "belofte_data_free_bytes 0\n",
        "belofte_verified_timestamp_seconds 1795420800\n",
        "belofte_verified_whole 0\n",
        "# TYPE belofte_mail_taken_total counter\n",
        "belofte_mail_taken_total{way=\"lmtp\"} 0\n",
        "belofte_mailbox_set_aside{mailbox=\"info\"} 1\n",
        "belofte_mailbox_refused{mailbox=\"info\"} 1\n",
        "belofte_mailbox_unaccounted{mailbox=\"info\"} 1\n",
        "belofte_sign_in_refused_total 0\n",
        "belofte_letters_waiting 0\n",
        "belofte_contacts_overdue 0\n",
    ] {
        assert!(page.body.contains(line), "no {line} in\n{}", page.body);
    }
    browser.headers.push(("x-forwarded-for", "203.0.113.9".to_owned()));
    assert_eq!(browser.get("/metrics").await.status, StatusCode::NOT_FOUND, "through a proxy");
    let town = Town::watched_with("een lang geheim");
    for (from, shown, expected) in [
        ([127, 0, 0, 1], None, StatusCode::NOT_FOUND),
        ([127, 0, 0, 1], Some("Bearer een ander geheim"), StatusCode::NOT_FOUND),
        ([203, 0, 113, 9], Some("Bearer "), StatusCode::NOT_FOUND),
        ([203, 0, 113, 9], Some("Bearer een lang geheim"), StatusCode::OK),
    ] {
        let mut browser = town.browser();
        browser.from = from;
        browser.headers.extend(shown.map(|shown| ("authorization", shown.to_owned())));
        assert_eq!(browser.get("/metrics").await.status, expected, "{from:?} {shown:?}");
    }
}
