//! Reporting something in the street, with photos and without a name (`report.send`).

use axum::http::StatusCode;
use norms::Class;
use words::{Lang, Words};

use crate::enclosing::{multipart, send};
use crate::town::{Fields, Page, Town, harlingen};

/// Files by name.
type Photos<'a> = &'a [(&'a str, &'a [u8])];

const PATH: &str = "/melding?wat=light&waar=Voorbeeldstraat+10";
const PHOTO: (&str, &[u8]) = ("lamp.jpg", b"\xff\xd8\xff\xe0 een lamp");

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
        ("plek", ""),
        ("metplek", ""),
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
        assert!(next.body.contains("value=\"light\" selected"), "{}", next.body);
        // Another language keeps what was filled in.
        let other = if lang == Lang::Fy { "en" } else { "fy" };
        for page in [&wrong, &next] {
            assert!(page.body.contains("wat=light&#38;waar="), "{}", page.body);
            assert!(page.body.contains(&format!("&#38;lang={other}\"")), "{}", page.body);
        }
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
async fn a_spot_on_the_map_goes_along() {
    const SPOT: &str = "53.174500,5.422500";
    let town = Town::mapped("https://kaart.example.nl/{z}/{x}/{y}.png");
    let mut browser = town.browser();
    let first = browser.get("/melding?lang=nl").await;
    first.assert_says(&Words::new(Lang::Nl).say1("report-map-by", "who", "Kadaster"));
    let policy = first.header("content-security-policy");
    assert!(policy.ends_with("; img-src 'self' https://kaart.example.nl"), "{policy}");
    assert!(policy.starts_with("default-src 'self'; script-src 'self';"), "{policy}");
    // Beside the map everything is as it was: without a place the spot is kept and asked again.
    let again = browser.get(&format!("/melding?wat=light&waar=&plek={SPOT}")).await;
    assert!(again.body.contains(&format!("id=\"plek\" value=\"{SPOT}\"")), "{}", again.body);
    let next = browser.get(&format!("{PATH}&plek={SPOT}")).await;
    assert!(!next.header("content-security-policy").contains("kaart"), "no map, no pictures");
    next.assert_says(&Words::new(Lang::Nl).say("report-map-with"));
    for nothing in ["", "91,5", "hier"] {
        let page = browser.get(&format!("{PATH}&plek={nothing}")).await;
        assert!(!page.says(&Words::new(Lang::Nl).say("report-map-with")), "{nothing}");
    }
    let off = [("plek", SPOT), ("message", "")];
    let refused = report(&town, &off, &[]).await;
    assert!(refused.body.contains(&format!("name=\"plek\" value=\"{SPOT}\"")), "{}", refused.body);
    assert!(refused.body.contains("name=\"metplek\" value=\"ja\">"), "{}", refused.body);
    let answer = report(&town, &[("plek", SPOT), ("metplek", "ja")], &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let item = town.known("2026-000001").await;
    assert_eq!(item.spot.expect("kept").to_string(), SPOT);
    let body = format!("Waar: Voorbeeldstraat 10\nOp de kaart: {SPOT}\n\nDe lamp is uit.");
    assert_eq!(item.messages[0].body, body);
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let page = aafke.get("/werk/contacten/2026-000001").await;
    assert!(page.body.contains("?mlat=53.174500&#38;mlon=5.422500"), "{}", page.body);
    let mut browser = town.browser();
    browser.get("/privacy").await.assert_says(&Words::new(Lang::Nl).say1(
        "site-privacy-map",
        "who",
        "Kadaster",
    ));
    let without = Town::new().browser().get("/melding").await;
    assert!(!without.body.contains("data-map"), "no map is configured");
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
    // Back, and something added: that is another form. So is the same one of somebody else.
    let mut more = fields.to_vec();
    more.push(("phone", "06-12345678"));
    let added = send(&mut browser, "/melding", multipart(&more, &[PHOTO])).await;
    assert_ne!(added.location(), one.location());
    let mut other = town.browser();
    other.from = [203, 0, 113, 9];
    let theirs = send(&mut other, "/melding", multipart(&fields, &[PHOTO])).await;
    assert_ne!(theirs.location(), one.location());
}

#[tokio::test]
async fn what_is_known_already_is_shown_without_what_others_wrote() {
    let town = Town::new();
    report(&town, &[("message", "Bij mij voor de deur"), ("name", "Jan Voorbeeld")], &[]).await;
    let page = town.browser().get("/melding?wat=light&waar=naast+Voorbeeldstraat+12").await;
    page.assert_says("Is dit al gemeld?");
    page.assert_says("gemeld op maandag 23 november 2026");
    assert!(!page.says("Bij mij voor de deur") && !page.says("Jan Voorbeeld"), "{}", page.body);
    assert!(!page.says("Voorbeeldstraat 10"), "not where the other stood");
    for guess in ["Jan+Voorbeeld", "deur", "lamp", "Voorbeeldstr"] {
        let page = town.browser().get(&format!("/melding?wat=light&waar={guess}")).await;
        assert!(!page.says("Is dit al gemeld?"), "{guess} is no street that was reported");
    }
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
    let cases: [(Fields<'_>, Photos<'_>, &str); 7] = [
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
    let nowhere = report(&town, &[("waar", " ")], &[]).await;
    nowhere.assert_says(&words.say("report-problem-place"));
    nowhere.assert_says("De lamp is uit.");
    // More than is read at all: the photos are left, the words are not.
    let huge = vec![b'x'; 41 * 1024 * 1024];
    let page = report(&town, &[("name", "Jan Voorbeeld")], &[("groot.jpg", &huge)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.assert_says(&words.say("report-problem-photos-too-large"));
    page.assert_says("De lamp is uit.");
    assert!(page.body.contains("value=\"Jan Voorbeeld\""), "{}", page.body);
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

/// Photos are some megabytes each: fewer of those reports may come, and what is refused is not
/// stored.
#[tokio::test]
async fn photos_that_are_refused_are_not_stored() {
    let town = Town::new();
    let large = vec![b'x'; 300_000];
    for nr in 0..5 {
        town.wait_seconds(70);
        let photo = [b"\xff\xd8\xff".as_slice(), &[nr], &large].concat();
        let sent = report(&town, &[], &[("lamp.jpg", &photo)]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    }
    let stored = town.stored_files();
    assert_eq!(stored, 5);
    town.wait_seconds(70);
    let photo = [b"\xff\xd8\xff nog een".as_slice(), &large].concat();
    let refused = report(&town, &[], &[("lamp.jpg", &photo)]).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(town.stored_files(), stored);
    let plain = report(&town, &[], &[]).await;
    assert_eq!(plain.status, StatusCode::SEE_OTHER, "without photos it may");
    let item = town.known("2026-000001").await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let message = item.messages[0].id;
    let path = format!("/werk/contacten/2026-000001/bericht/{message}/bijlage/1");
    assert_eq!(aafke.get(&path).await.bytes.len(), 300_004);
}

#[tokio::test]
async fn what_comes_in_is_put_before_the_scanner_and_telephones_send_heic() {
    let town = Town::scanned();
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice();
    let sent = report(&town, &[], &[("lamp.heic", heic)]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let item = town.known("2026-000001").await;
    assert_eq!(item.attachments[0].scan, desk::Scan::Waiting);
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
