//! An appointment on the site, without a script: what for, when, who; moved and called off.

use axum::http::StatusCode;
use desk::VisitState;
use words::{Lang, Words};

use crate::town::{Browser, Page, Town, harlingen};

const WHAT: &str = "/afspraak?wat=paspoort&personen=1";

/// The first time that a page offers.
fn first_time(page: &Page) -> String {
    let mark = "name=\"tijd\" value=\"";
    let at = page.body.find(mark).unwrap_or_else(|| panic!("no time in {}", page.body));
    page.body[at + mark.len()..].split('"').next().unwrap().to_owned()
}

async fn holds(browser: &mut Browser<'_>, time: &str) -> Page {
    browser.post("/afspraak", &[("wat", "paspoort"), ("personen", "1"), ("tijd", time)]).await
}

/// Fills in who comes, as `who`, and makes the appointment; where it is followed.
async fn makes(town: &Town, browser: &mut Browser<'_>, details: &str, who: &str) -> Page {
    let form = browser.get(details).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.body);
    town.wait_seconds(5);
    let email = format!("{who}@example.nl");
    let fields = [("name", who), ("email", &email), ("form_time", &form.hidden("form_time"))];
    browser.post(details, &fields).await
}

#[tokio::test]
async fn three_pages_make_an_appointment() {
    let town = Town::new();
    for lang in Lang::ALL {
        let words = Words::new(lang);
        let mut browser = town.browser();
        let first = browser.get(&format!("/afspraak?lang={lang}")).await;
        first.assert_says(&words.say("appointment-what"));
        assert!(!first.body.contains("role=\"alert\""));
        let none = browser.get(&format!("/afspraak?personen=1&lang={lang}")).await;
        none.assert_says(&words.say("appointment-problem-what"));
        let when = browser.get(&format!("{WHAT}&lang={lang}")).await;
        when.assert_says(&words.say("appointment-days"));
    }
    let mut browser = town.browser();
    let when = browser.get(WHAT).await;
    when.assert_says("Paspoort of identiteitskaart aanvragen.");
    when.assert_says("Neem mee: Al uw paspoorten");
    let held = holds(&mut browser, &first_time(&when)).await;
    assert_eq!(held.status, StatusCode::SEE_OTHER, "{}", held.body);
    let details = held.location().to_owned();
    let wrong = browser.post(&details, &[("name", ""), ("email", "jan@"), ("form_time", "")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_says("Vul uw naam in.");
    assert!(wrong.body.contains("value=\"jan@\""), "what was typed stays: {}", wrong.body);
    let made = makes(&town, &mut browser, &details, "jan").await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let follow = made.location().to_owned();
    let page = browser.get(&follow).await;
    page.assert_says("Uw afspraak staat");
    page.assert_says("Balie in het gemeentehuis van Harlingen");
    // The page of the details, opened again, leads to what was made; sent again, nothing is made.
    assert_eq!(browser.get(&details).await.location(), follow);
    let again = makes_again(&mut browser, &details).await;
    assert_eq!(again.location(), follow);
    assert_eq!(town.contacts().await, 1);
    let file = browser.get(&format!("{follow}/afspraak.ics")).await;
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8");
    assert!(file.body.starts_with("BEGIN:VCALENDAR\r\n"), "{}", file.body);
    assert!(file.body.contains("SEQUENCE:0\r\n"), "{}", file.body);
}

async fn makes_again(browser: &mut Browser<'_>, details: &str) -> Page {
    browser.get(details).await
}

#[tokio::test]
async fn several_things_are_done_in_one_visit() {
    let town = Town::new();
    let mut browser = town.browser();
    let both = "/afspraak?wat=rijbewijs&wat=paspoort&wat=paspoort&wat=onzin&personen=2";
    let when = browser.get(both).await;
    when.assert_says(
        "Paspoort of identiteitskaart aanvragen, Rijbewijs aanvragen of verlengen, 2 personen.",
    );
    when.assert_says("Rijbewijs aanvragen of verlengen: Neem mee: Uw oude rijbewijs");
    when.assert_says("Paspoort of identiteitskaart aanvragen: Neem mee: Al uw paspoorten");
    let time = first_time(&when);
    let fields = [("wat", "paspoort"), ("wat", "rijbewijs"), ("personen", "2"), ("tijd", &time)];
    let held = browser.post("/afspraak", &fields).await;
    let details = held.location().to_owned();
    let form = browser.get(&details).await;
    // A quarter of an hour and ten minutes, and ten more of each for the second person.
    form.assert_says("45 minuten");
    assert!(form.body.contains("wat=paspoort&#38;wat=rijbewijs"), "{}", form.body);
    let made = makes(&town, &mut browser, &details, "jan").await;
    let follow = made.location().to_owned();
    let file = browser.get(&format!("{follow}/afspraak.ics")).await.body.replace("\r\n ", "");
    assert!(file.contains("aanvragen\\, Rijbewijs aanvragen of verlengen"), "{file}");
    assert!(file.contains("Neem mee: Al uw paspoorten"), "{file}");
    assert!(file.contains("Neem mee: Uw oude rijbewijs"), "{file}");
    // Moving asks for the whole visit again.
    let moving = browser.get(&format!("{follow}/verzetten")).await;
    moving.assert_says("Rijbewijs aanvragen of verlengen, 2 personen.");
    let to = first_time(&moving);
    let moved = browser.post(&format!("{follow}/verzetten"), &[("tijd", &to)]).await;
    assert_eq!(moved.location(), follow);
    let contact = town.known("2026-000001").await.contact.id;
    let visit = town.desk.read(move |tx, _, _| desk::visit_of(tx, contact)).await.unwrap().unwrap();
    assert_eq!((visit.slot.to - visit.slot.from).total(jiff::Unit::Minute).unwrap(), 45.0);
}

#[tokio::test]
async fn what_no_desk_does_together_is_said() {
    let only = |nr: u8, products: &str| {
        let desk = format!("[[appointments.desk]]\nid = \"{nr}\"\nname = \"Balie {nr}\"\n");
        format!("{desk}products = [{products}]\n\n")
    };
    let norms = harlingen();
    let (before, rest) = norms.split_once("[[appointments.desk]]").unwrap();
    let (_, after) = rest.split_once("# --- Bewaren").unwrap();
    let others = r#""rijbewijs", "afhalen", "uittreksel", "verhuizing", "aangifte""#;
    let desks = only(1, "\"paspoort\"") + &only(2, others);
    let town = Town::under(&[format!("{before}{desks}# --- Bewaren{after}")]);
    for lang in Lang::ALL {
        let asked = format!("/afspraak?wat=paspoort&wat=rijbewijs&personen=1&lang={lang}");
        let page = town.browser().get(&asked).await;
        page.assert_says(&Words::new(lang).say("appointment-problem-together"));
    }
    let alone = town.browser().get(WHAT).await;
    first_time(&alone);
}

#[tokio::test]
async fn it_is_moved_and_called_off_and_opening_a_page_does_nothing() {
    let town = Town::new();
    let mut browser = town.browser();
    let when = browser.get(WHAT).await;
    let held = holds(&mut browser, &first_time(&when)).await;
    let made = makes(&town, &mut browser, held.location(), "jan").await;
    let follow = made.location().to_owned();
    let contact = town.known("2026-000001").await.contact.id;
    let visit = || async {
        let found = town.desk.read(move |tx, _, _| desk::visit_of(tx, contact)).await;
        found.unwrap().unwrap()
    };
    let before = visit().await;
    let moving = browser.get(&format!("{follow}/verzetten?dag=2026-11-26")).await;
    moving.assert_says("Die blijft staan tot u een andere tijd kiest.");
    browser.get(&format!("{follow}/afzeggen")).await;
    assert_eq!(visit().await, before, "a page that is opened changes nothing");
    let to = first_time(&moving);
    let moved = browser.post(&format!("{follow}/verzetten"), &[("tijd", &to)]).await;
    assert_eq!(moved.location(), follow);
    let after = visit().await;
    assert_eq!(after.slot.from.as_second().to_string(), to);
    assert_eq!(after.version, 1);
    browser.get(&follow).await.assert_says("Afspraak verzet");
    let off = browser.post(&format!("{follow}/afzeggen"), &[]).await;
    assert_eq!(off.location(), follow);
    assert_eq!(visit().await.state, VisitState::Cancelled);
    browser.get(&follow).await.assert_says("Deze afspraak is afgezegd");
    let file = browser.get(&format!("{follow}/afspraak.ics")).await;
    assert!(file.body.contains("METHOD:CANCEL\r\n"), "{}", file.body);
    // Pressed again, or moved after it was called off, it says how it stands.
    assert_eq!(browser.post(&format!("{follow}/afzeggen"), &[]).await.location(), follow);
    let late = browser.post(&format!("{follow}/verzetten"), &[("tijd", &to)]).await;
    assert_eq!(late.location(), follow);
    assert_eq!(town.known("2026-000001").await.letters.len(), 3);
}

#[tokio::test]
async fn a_time_that_is_gone_gives_the_nearest() {
    let town = Town::new();
    let mut browser = town.browser();
    let time = first_time(&browser.get(WHAT).await);
    for _ in 0..2 {
        assert_eq!(holds(&mut browser, &time).await.status, StatusCode::SEE_OTHER);
    }
    let gone = holds(&mut browser, &time).await;
    assert_eq!(gone.status, StatusCode::CONFLICT);
    gone.assert_says("Deze tijd is net door iemand anders gekozen.");
    gone.assert_says("Deze tijden zijn dichtbij en nog vrij");
    let near = holds(&mut browser, &first_time(&gone)).await;
    assert_eq!(near.status, StatusCode::SEE_OTHER, "what is near can be had: {}", near.body);
    // Nonsense and secrets that are none.
    let nonsense = holds(&mut browser, "gisteren").await;
    assert_eq!(nonsense.status, StatusCode::UNPROCESSABLE_ENTITY);
    let strange = browser.get("/afspraak/gegevens/1/aaaaaaaaaaaaaaaaaaaa").await;
    assert_eq!(strange.status, StatusCode::NOT_FOUND);
    let mut held = 0;
    while holds(&mut browser, &first_time(&browser_page(&town).await)).await.status
        == StatusCode::SEE_OTHER
    {
        held += 1;
        assert!(held < 20, "too many from one network");
    }
}

async fn browser_page(town: &Town) -> Page {
    town.browser().get(WHAT).await
}

#[tokio::test]
async fn it_is_confirmed_by_the_link_in_a_mail() {
    let confirm = "\nlate = 15\nconfirm-by-mail = \"30 minutes\"\n";
    let norms = harlingen().replacen("\nlate = 15\n", confirm, 1);
    for lang in Lang::ALL {
        let words = Words::new(lang);
        let town = Town::under(std::slice::from_ref(&norms));
        let mut browser = town.browser();
        let when = browser.get(&format!("{WHAT}&lang={lang}")).await;
        let held = holds(&mut browser, &first_time(&when)).await;
        let details = held.location().to_owned();
        browser.get(&details).await.assert_says(&words.say("appointment-email-confirm"));
        let made = makes(&town, &mut browser, &details, "jan").await;
        assert_eq!(made.location().split('?').next(), details.split('?').next());
        let look = browser.get(&details).await;
        look.assert_says(&words.say("appointment-confirm-look-title"));
        look.assert_says("jan@example.nl");
        // What was held leads to no confirmation: that secret stands in the mail only.
        let wrong = details.replace("gegevens", "bevestigen");
        assert_eq!(browser.get(&wrong).await.status, StatusCode::NOT_FOUND);
        let mail = town.known("2026-000001").await.letters.remove(0);
        let (_, link) = mail.body.split_once("/afspraak/bevestigen/").expect("a link");
        let link = link.split_whitespace().next().expect("a link");
        let link = format!("/afspraak/bevestigen/{link}");
        assert!(!look.body.contains(&link), "the page does not say it");
        // A program that follows links confirms nothing.
        for _ in 0..2 {
            let page = browser.get(&link).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.body);
            page.assert_says(&words.say("appointment-confirm-yes"));
        }
        assert_eq!(town.known("2026-000001").await.letters.len(), 1);
        let confirmed = browser.post(&link, &[]).await;
        assert_eq!(confirmed.status, StatusCode::SEE_OTHER, "{}", confirmed.body);
        let follow = confirmed.location().to_owned();
        browser.get(&follow).await.assert_says(&words.say("appointment-state-booked"));
        // Again, by the button, the link or the page of before: it is there.
        assert_eq!(browser.post(&link, &[]).await.location(), follow);
        assert_eq!(browser.get(&link).await.location(), follow);
        assert_eq!(browser.get(&details).await.location(), follow);
        assert_eq!(town.known("2026-000001").await.letters.len(), 2);
    }
}

#[tokio::test]
async fn a_link_that_is_too_late_says_what_to_do() {
    let confirm = "\nlate = 15\nconfirm-by-mail = \"30 minutes\"\n";
    let town = Town::under(&[harlingen().replacen("\nlate = 15\n", confirm, 1)]);
    let mut browser = town.browser();
    let time = first_time(&browser.get(WHAT).await);
    let details = holds(&mut browser, &time).await.location().to_owned();
    makes(&town, &mut browser, &details, "jan").await;
    let mail = town.known("2026-000001").await.letters.remove(0);
    let (_, link) = mail.body.split_once("/afspraak/bevestigen/").expect("a link");
    let link = format!("/afspraak/bevestigen/{}", link.split_whitespace().next().expect("a link"));
    town.wait_seconds(30 * 60 + 1);
    for is_swept in [false, true] {
        let sent = browser.post(&link, &[]).await;
        for page in [browser.get(&link).await, browser.get(&details).await, sent] {
            assert_eq!(page.status, StatusCode::GONE, "{}", page.body);
            page.assert_says("Maak een nieuwe afspraak als u nog wilt langskomen.");
            assert!(page.body.contains("href=\"/afspraak\""), "{}", page.body);
        }
        if !is_swept {
            town.desk.write(desk::look_after_visits).await.expect("a round");
        }
    }
    assert_eq!(town.known("2026-000001").await.letters.len(), 1);
}
