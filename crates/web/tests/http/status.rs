//! When each way of contact can be reached, for people and for search engines.

use axum::http::StatusCode;
use words::{Lang, Words};

use crate::town::{Page, Town, harlingen};

/// The data in a page.
fn data(page: &Page) -> serde_json::Value {
    let mark = "<script type=\"application/ld+json\">";
    let (_, rest) = page.body.split_once(mark).unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[tokio::test]
async fn every_way_says_whether_it_is_open() {
    let town = Town::new();
    let page = town.browser().get("/bereikbaar").await;
    assert_eq!(page.status, StatusCode::OK);
    page.assert_says("Nu open tot 16.30 uur");
    page.assert_says("Nu open tot 12.30 uur");
    page.assert_says("Dag en nacht open");
    page.assert_says("Er zijn nu geen storingen.");
    assert!(page.body.contains("href=\"/afspraak\""), "{}", page.body);
    // Today and six days, Saturday and Sunday closed; then Christmas and New Year's Day.
    assert_eq!(page.body.matches("<th scope=\"row\">").count(), 7 + 2);
    page.assert_says("zaterdag 28 nov");
    town.wait_hours(9);
    let page = town.browser().get("/bereikbaar").await;
    page.assert_says("Morgen om 8.30 uur weer open");
    for lang in Lang::ALL {
        let page = town.browser().get(&format!("/bereikbaar?lang={lang}")).await;
        page.assert_says(&Words::new(lang).say("site-status-title"));
        page.assert_says(&Words::new(lang).say("holiday-christmas"));
    }
}

#[tokio::test]
async fn special_days_stand_apart_and_in_the_data() {
    let eve = "closures = [{ from = 2026-12-24, to = 2026-12-24, closes-at = \"12.00\", \
               why = \"kerst<avond>\" }]";
    let winter = "season = [{ from = 2026-12-28, to = 2027-01-08, monday = [\"9.00-12.00\"], \
                  why = \"winter\" }]\n\n[hours.counter]";
    let file = harlingen().replace("closures = []", eve).replace("\n[hours.counter]", winter);
    let town = Town::under(&[file]);
    let page = town.browser().get("/bereikbaar").await;
    page.assert_says("kerst<avond>");
    page.assert_says("8.30 – 12.00 uur");
    page.assert_says("eerste kerstdag");
    page.assert_says("Nieuwjaarsdag");
    let office = data(&page);
    assert_eq!(office["@type"], "GovernmentOffice");
    assert_eq!(office["name"], "Gemeente Harlingen");
    let counter = office["openingHoursSpecification"].as_array().unwrap();
    let monday = &counter[0];
    assert_eq!(monday["dayOfWeek"], "https://schema.org/Monday");
    assert_eq!((&monday["opens"], &monday["closes"]), (&"08:30".into(), &"12:30".into()));
    let on = |day: &str| counter.iter().find(|spec| spec["validFrom"] == day).unwrap();
    assert_eq!(on("2026-12-24")["closes"], "12:00");
    let christmas = on("2026-12-25");
    assert_eq!(christmas["validThrough"], "2026-12-25");
    assert_eq!((&christmas["opens"], &christmas["closes"]), (&"00:00".into(), &"00:00".into()));
    let phone = office["contactPoint"]["hoursAvailable"].as_array().unwrap();
    assert_eq!(phone[0]["closes"], "16:30");
    let season = phone.iter().find(|spec| spec["validFrom"] == "2026-12-28").unwrap();
    assert_eq!(season["validThrough"], "2027-01-08");
    assert_eq!((&season["opens"], &season["closes"]), (&"09:00".into(), &"12:00".into()));
    // A weekend is nothing special.
    assert!(counter.iter().all(|spec| spec["validFrom"] != "2026-11-28"));
}
