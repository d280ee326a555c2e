//! The week by desk, what would change, and the figures of the counter, as employees ask for them;
//! what is typed wrong is said beside its field.

use axum::http::{StatusCode, header};
use words::{Lang, Words};

use crate::town::{Browser, Town};

/// Books a time by telephone at a desk; the number of the contact.
async fn books(aafke: &mut Browser<'_>, desk: &str, time: &str) -> String {
    let fields = [
        ("product.paspoort", "ja"),
        ("persons", "1"),
        ("dag", "2026-11-24"),
        ("balie", desk),
        ("time", time),
        ("name", "Jan Voorbeeld"),
        ("phone", "0517 123 456"),
    ];
    let page = aafke.post("/werk/balie/afspraak", &fields).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    let rest = page.location().strip_prefix("/werk/contacten/").unwrap();
    rest.strip_suffix("?gedaan=afspraak").unwrap().to_owned()
}

#[tokio::test]
async fn a_week_leads_to_booking_contacts_and_closings() {
    let town = Town::new();
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let number = books(&mut aafke, "2", "2026-11-24T09:00:00Z").await;
    let closed = [
        ("desk", "1"),
        ("from_date", "2026-11-25"),
        ("from_time", "09:00"),
        ("to_date", "2026-11-25"),
        ("to_time", "10:00"),
    ];
    aafke.send("/werk/balie/sluitingen", &closed).await;
    let week = aafke.get("/werk/balie/planning?week=2026-11-26").await;
    week.assert_says("Week van maandag 23 november 2026");
    // At the desk that was asked for, though another is for less else.
    week.assert_says("10.00 – 10.15");
    week.assert_says("Paspoort of identiteitskaart aanvragen");
    assert!(week.body.contains(&format!("href=\"/werk/contacten/{number}\"")));
    assert!(week.body.contains("<b>9.00 – 10.00</b> gesloten"), "{}", week.body);
    assert!(week.body.contains("href=\"/werk/balie/sluitingen\""));
    assert!(!week.says("Jan Voorbeeld"), "a plan on the wall names nobody");
    let free = "/werk/balie/afspraak?dag=2026-11-24&amp;time=2026-11-24T09:15:00Z&amp;balie=2";
    let free = free.replace("&amp;", "&");
    let href = week.body.replace("&#38;", "&").replace("&amp;", "&");
    assert!(href.contains(&free), "{}", week.body);
    // It leads to booking with that time and desk, which stay while the product is chosen.
    let form = aafke.get(&free).await;
    form.assert_says("U ziet alleen de tijden van Balie 2.");
    assert_eq!(form.hidden("time"), "2026-11-24T09:15:00Z");
    let fields = [
        ("toon", "tijden"),
        ("product.paspoort", "ja"),
        ("dag", "2026-11-24"),
        ("balie", "2"),
        ("time", "2026-11-24T09:15:00Z"),
    ];
    let times = aafke.post("/werk/balie/afspraak", &fields).await;
    assert!(!times.body.contains("value=\"2026-11-24T09:00:00Z\""), "that is taken at desk 2");
    assert!(times.body.contains("value=\"2026-11-24T09:15:00Z\" checked"), "{}", times.body);
    // A week without anything, and what is no day.
    aafke.get("/werk/balie/planning?week=2027-03-01").await.assert_says("Deze week");
    let now = aafke.get("/werk/balie/planning?week=gisteren").await;
    now.assert_says("Week van maandag 23 november 2026");
}

#[tokio::test]
async fn what_if_says_what_would_change_and_what_is_wrong() {
    let town = Town::new();
    let words = Words::new(Lang::Nl);
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    books(&mut aafke, "1", "2026-11-24T09:00:00Z").await;
    let page = aafke.get("/werk/balie/wat-als").await;
    page.assert_says(&words.say("staff-what-if-lead"));
    let more = "/werk/balie/wat-als?wat=erbij&dag=4&van=19:00&tot=21:00&weken=2";
    let more = aafke.get(more).await;
    assert_eq!(more.status, StatusCode::OK);
    more.assert_says("Een balie erbij op donderdag, 2 weken, van 19.00 uur tot 21.00 uur");
    more.assert_says("geen verschil");
    let less = "/werk/balie/wat-als?wat=dicht&balie=1&datum=2026-11-24&van=08:00&tot=20:00";
    let less = aafke.get(less).await;
    less.assert_says("Balie 1 dicht op dinsdag 24 november 2026");
    less.assert_says("Eén afspraak kan dan niet doorgaan.");
    let wrong = "/werk/balie/wat-als?wat=dicht&balie=9&datum=2026-11-22&van=19:00&tot=laat&weken=0\
                 &product.huwelijk=ja";
    let wrong = aafke.get(wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for key in ["desk", "to", "weeks", "product"] {
        wrong.assert_says(&words.say(&format!("staff-what-if-problem-{key}")));
    }
    let day = "/werk/balie/wat-als?wat=erbij&datum=2026-11-22&van=19:00&tot=18:00";
    let day = aafke.get(day).await;
    day.assert_says(&words.say("staff-what-if-problem-date"));
    day.assert_says(&words.say("staff-what-if-problem-to"));
    assert!(day.body.contains("aria-describedby=\"tot-error\""), "{}", day.body);
    let nothing = aafke.get("/werk/balie/wat-als?wat=erbij").await;
    nothing.assert_says(&words.say("staff-what-if-problem-from"));
    assert_eq!(town.contacts().await, 1);
}

#[tokio::test]
async fn figures_stand_on_a_page_and_in_a_file() {
    let town = Town::new();
    let words = Words::new(Lang::Nl);
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    aafke.get("/werk/balie/cijfers").await.assert_says(&words.say("staff-figures-nothing"));
    let who = [("product", "uittreksel"), ("persons", "1"), ("name", "Piet Voorbeeld")];
    aafke.send("/werk/balie", &who).await;
    books(&mut aafke, "1", "2026-11-24T09:00:00Z").await;
    let page = aafke.get("/werk/balie/cijfers?van=2026-11-23&tot=2026-11-24").await;
    page.assert_says("23 november 2026 tot en met 24 november 2026");
    page.assert_says("Wij willen binnen 5 werkdagen een vrije tijd.");
    assert!(page.body.contains("Dezelfde dag een tijd</dt><dd>1</dd>"), "{}", page.body);
    page.assert_says("Balie 1");
    assert!(!page.says("Piet") && !page.says("Jan Voorbeeld"), "no names");
    for (asked, key) in [
        ("van=gisteren", "staff-figures-problem-day"),
        ("van=2026-11-23&tot=2026-11-22", "staff-figures-problem-before"),
        ("van=2024-11-23&tot=2026-11-22", "staff-figures-problem-long"),
    ] {
        let wrong = aafke.get(&format!("/werk/balie/cijfers?{asked}")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{asked}");
        wrong.assert_says(&words.say(key));
        let file = aafke.get(&format!("/werk/balie/cijfers.csv?{asked}")).await;
        assert_eq!(file.status, StatusCode::SEE_OTHER, "{asked}");
    }
    let file = aafke.get("/werk/balie/cijfers.csv?van=2026-11-23&tot=2026-11-24").await;
    assert_eq!(file.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    let all = file.body.lines().nth(1).expect("a row");
    assert!(all.starts_with("\"Alles samen\";\"Alles samen\";\"2\";\"0\""), "{}", file.body);
    assert!(file.body.contains("\"Balie 2\"") && !file.body.contains("Piet"), "{}", file.body);
    // The public page says what there is to say of the counter, and nothing of a person.
    let norms = town.browser().get("/normen").await;
    norms.assert_says("Voor alles is er vandaag nog een tijd vrij.");
    norms.assert_says("Wij willen dat het binnen 5 werkdagen kan.");
}
