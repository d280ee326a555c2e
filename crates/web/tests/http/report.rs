//! Reporting something in the street, with photos and without a name.

use axum::http::StatusCode;
use norms::Class;
use words::{Lang, Words};

use crate::enclosing::{multipart, send};
use crate::town::{Page, Town, harlingen};

const PATH: &str = "/melding?wat=light&waar=Voorbeeldstraat+10";
const PHOTO: (&str, &[u8]) = ("lamp.jpg", b"\xff\xd8\xff\xe0 een lamp");

/// What there is to find is looked up.
async fn catches_up(town: &Town) {
    let found = town.desk.read(|tx, house, _| desk::findable(tx, house)).await.unwrap();
    town.desk.write(move |tx, _, _| desk::make_findable(tx, &found)).await.unwrap();
}

/// The second step, some fields replaced, sent a moment after it was asked for.
async fn report(town: &Town, changed: &[(&str, &str)], photos: &[(&str, &[u8])]) -> Page {
    let mut browser = town.browser();
    let page = browser.get(PATH).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let stamp = page.hidden("form_time");
    town.wait_seconds(5);
    let mut fields = vec![("form_time", stamp.as_str())];
    let good = [
        ("wat", "light"),
        ("waar", "Voorbeeldstraat 10"),
        ("beside", ""),
        ("message", "De lamp is uit."),
        ("name", ""),
        ("email", ""),
        ("phone", ""),
        ("website2", ""),
    ];
    for (name, value) in good {
        fields.push((name, changed.iter().find(|it| it.0 == name).map_or(value, |it| it.1)));
    }
    send(&mut browser, "/melding", multipart(&fields, photos)).await
}

#[tokio::test]
async fn what_and_where_come_first_and_nothing_is_lost() {
    let town = Town::new();
    for lang in Lang::ALL {
        let words = Words::new(lang);
        let mut browser = town.browser();
        let empty = browser.get(&format!("/melding?lang={lang}")).await;
        empty.assert_says(&words.say("report-category"));
        assert!(!empty.body.contains("role=\"alert\""));
        let wrong = browser.get(&format!("/melding?lang={lang}&waar=Voorbeeldstraat+10")).await;
        wrong.assert_says(&words.say("report-problem-category"));
        assert!(wrong.body.contains("value=\"Voorbeeldstraat 10\""), "{}", wrong.body);
        let wrong = browser.get(&format!("/melding?lang={lang}&wat=light&waar=+")).await;
        wrong.assert_says(&words.say("report-problem-place"));
        assert!(wrong.body.contains("value=\"light\" checked"), "{}", wrong.body);
        let long = "x".repeat(151);
        let wrong = browser.get(&format!("/melding?lang={lang}&wat=light&waar={long}")).await;
        wrong.assert_says(&words.say("report-problem-place-too-long"));
        let next = browser.get(&format!("{PATH}&lang={lang}")).await;
        next.assert_says(&words.say("report-message"));
        let back = browser.get(&format!("{PATH}&lang={lang}&terug=ja")).await;
        back.assert_says(&words.say("report-step-1"));
        assert!(back.body.contains("value=\"light\" checked"), "{}", back.body);
    }
    let en = town.browser().get(&format!("{PATH}&lang=en")).await;
    en.assert_says("Street lighting");
    let danger = town.browser().get("/melding?wat=nuisance&waar=Voorbeeldplein&lang=fy").await;
    danger.assert_says("Is der no gefaar? Skilje dan 112.");
}

#[tokio::test]
async fn a_report_needs_no_name_and_keeps_its_photos() {
    let town = Town::new();
    let answer = report(&town, &[], &[PHOTO, ("", b"")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let sent = town.browser().get(answer.location()).await;
    sent.assert_says("2026-000001");
    sent.assert_says("Een melding");
    sent.assert_says("Bewaar de link hieronder.");
    assert!(!sent.says(&Words::new(Lang::Nl).say("contact-sent-fyi")), "an answer comes");
    let item = town.known("2026-000001").await;
    assert_eq!(item.contact.subject, "Straatverlichting: Voorbeeldstraat 10");
    assert_eq!(item.contact.facets["report"], "light");
    assert_eq!(item.promises[0].norm, "report.handle");
    assert_eq!(item.letters, [], "nobody to write to");
    assert_eq!(item.messages[0].body, "Waar: Voorbeeldstraat 10\n\nDe lamp is uit.");
    let [photo] = item.attachments.as_slice() else { panic!("{:?}", item.attachments) };
    assert_eq!((photo.name.as_str(), photo.kind.as_str()), ("lamp.jpg", "jpeg"));
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let message = item.messages[0].id;
    let path = format!("/werk/contacten/2026-000001/bericht/{message}/bijlage/1");
    assert_eq!(aafke.get(&path).await.bytes, PHOTO.1);
    let page = aafke.get("/werk/contacten/2026-000001").await;
    page.assert_says("lamp.jpg");
}

#[tokio::test]
async fn who_gives_an_address_is_written_to_and_a_second_press_is_known() {
    let town = Town::new();
    let mail = [("email", "jan@example.nl"), ("name", "Jan Voorbeeld")];
    let first = report(&town, &mail, &[]).await;
    let letters = town.known("2026-000001").await.letters;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].recipient, "jan@example.nl");
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    // The same form, pressed twice: the moment it was asked for is the same.
    let mut browser = town.browser();
    let stamp = browser.get(PATH).await.hidden("form_time");
    town.wait_seconds(5);
    let fields = [
        ("form_time", stamp.as_str()),
        ("wat", "light"),
        ("waar", "Voorbeeldstraat 10"),
        ("message", "Nog een lamp."),
    ];
    let one = send(&mut browser, "/melding", multipart(&fields, &[PHOTO])).await;
    let two = send(&mut browser, "/melding", multipart(&fields, &[PHOTO])).await;
    assert_eq!(one.location(), two.location());
    assert_eq!(town.contacts().await, 2);
}

#[tokio::test]
async fn what_is_known_already_is_shown_without_what_others_wrote() {
    let town = Town::new();
    report(&town, &[("message", "Bij mij voor de deur"), ("name", "Jan Voorbeeld")], &[]).await;
    let before = town.browser().get(PATH).await;
    assert!(!before.says("Is dit al gemeld?"), "not found yet");
    catches_up(&town).await;
    let page = town.browser().get("/melding?wat=light&waar=naast+Voorbeeldstraat+12").await;
    page.assert_says("Is dit al gemeld?");
    page.assert_says("gemeld op maandag 23 november 2026");
    assert!(!page.says("Bij mij voor de deur") && !page.says("Jan Voorbeeld"), "{}", page.body);
    assert!(!page.says("Voorbeeldstraat 10"), "not where the other stood");
    report(&town, &[("beside", "2026-000001")], &[]).await;
    assert_eq!(town.known("2026-000002").await.contact.related, Some(1));
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    aafke.get("/werk/contacten/2026-000002").await.assert_says("2026-000001");
}

#[tokio::test]
async fn what_is_wrong_is_said_and_what_was_typed_is_kept() {
    let town = Town::new();
    let words = Words::new(Lang::Nl);
    let large = vec![b'x'; desk::PHOTOS_BYTES_MAX];
    let large = [b"\xff\xd8\xff".as_slice(), &large].concat();
    let many = [PHOTO; desk::PHOTOS_MAX + 1];
    let cases: [(&[(&str, &str)], &[(&str, &[u8])], &str); 7] = [
        (&[("message", " ")], &[], "contact-problem-message-missing"),
        (&[("email", "jan@example")], &[], "contact-problem-email-wrong"),
        (&[("phone", "bel mij")], &[], "contact-problem-phone-wrong"),
        (&[("name", "Jan")], &[("virus.exe", b"MZ\x90")], "report-problem-not-a-photo"),
        (&[("name", "Jan")], &[("tekst.txt", b"geen foto")], "report-problem-not-a-photo"),
        (&[("name", "Jan")], &[("groot.jpg", &large)], "report-problem-photos-too-large"),
        (&[("name", "Jan")], &many, "report-problem-photos-too-large"),
    ];
    for (changed, photos, key) in cases {
        let page = report(&town, changed, photos).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
        page.assert_says(&words.say(key));
        page.assert_says("Voorbeeldstraat 10");
        assert_eq!(page.says(&words.say("report-photos-again")), !photos.is_empty(), "{key}");
        for (_, value) in changed {
            assert!(page.body.contains(value.trim()), "{value} is kept");
        }
    }
    let lost = report(&town, &[("wat", "weg"), ("waar", "")], &[]).await;
    lost.assert_says(&words.say("report-problem-category"));
    lost.assert_says(&words.say("report-problem-place"));
    assert_eq!(town.contacts().await, 0);
    let trapped = report(&town, &[("website2", "https://example.nl")], &[]).await;
    assert_eq!(trapped.status, StatusCode::SEE_OTHER);
    assert_eq!(town.known("2026-000001").await.contact.class, Class::Spam);
}

#[tokio::test]
async fn too_many_from_one_place_come_back_whole() {
    let town = Town::new();
    for nr in 0..5 {
        let sent = report(&town, &[("message", &format!("Lamp {nr}"))], &[]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    }
    let refused = report(&town, &[("message", "Lamp zes")], &[]).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    refused.assert_says("Lamp zes");
}

#[tokio::test]
async fn a_municipality_without_categories_has_no_such_page() {
    let without = |line: &str| !line.starts_with("[[report]]");
    let mut kept = Vec::new();
    let mut in_report = false;
    for line in harlingen().lines() {
        if line.starts_with('[') {
            in_report = !without(line);
        }
        if !in_report {
            kept.push(line.to_owned());
        }
    }
    let town = Town::under(&[kept.join("\n")]);
    let mut browser = town.browser();
    assert_eq!(browser.get("/melding").await.status, StatusCode::NOT_FOUND);
    let home = browser.get("/").await;
    assert!(!home.body.contains("/melding"), "{}", home.body);
    assert!(!browser.get("/sitemap.xml").await.body.contains("/melding"));
    let there = Town::new();
    assert!(there.browser().get("/").await.body.contains("href=\"/melding\""));
    assert!(there.browser().get("/sitemap.xml").await.body.contains("/melding"));
    there.browser().get("/zoeken?q=lantaarnpaal").await.assert_says("Meld een probleem");
}
