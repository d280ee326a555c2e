//! An appointment on the site, without a script: what for, when, who; moved and called off.

use axum::http::StatusCode;
use desk::VisitState;
use words::{Lang, Words};

use crate::town::{Browser, Page, Town};

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
