//! The norms page when norms change, and where a norm has a target.

use words::{Lang, Words};

use crate::town::{Page, Town, harlingen};

/// The file, with another line in the norm about contact by mail.
fn with_contact(file: &str, from: &str, to: &str) -> String {
    let (before, norm) = file.split_at(file.find("id = \"message.contact\"").unwrap());
    assert!(norm.contains(from));
    before.to_owned() + &norm.replacen(from, to, 1)
}

/// From 1 December: three working days in place of two, in every language.
fn december() -> String {
    let mut file = harlingen().replace("valid-from = 2026-01-01", "valid-from = 2026-12-01");
    for (from, to) in [
        ("binnen 2 werkdagen", "binnen 3 werkdagen"),
        ("binnen 2 wurkdagen", "binnen 3 wurkdagen"),
        ("within 2 working days", "within 3 working days"),
        ("within = \"2 working days\"", "within = \"3 working days\""),
    ] {
        file = with_contact(&file, from, to);
    }
    file
}

/// What the page shows of one norm.
fn article<'a>(page: &'a Page, norm: &str) -> &'a str {
    let start = page.body.find(&format!("<article class=\"norm\" id=\"{norm}\"")).unwrap();
    page.body[start..].split("</article>").next().unwrap()
}

#[tokio::test]
async fn results_stand_apart_where_the_norms_changed() {
    let town = Town::under(&[harlingen(), december()]);
    let (old, _) = town.resident_asks("Lantaarn").await;
    town.deliver().await;
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    let answer = [("text", "Gemaakt."), ("via", "mail"), ("seen", "1")];
    aafke.send(&format!("/werk/contacten/{old}/beantwoorden"), &answer).await;
    town.wait_hours(10 * 24);
    town.resident_asks("Lantaarn").await;
    town.wait_hours(40 * 24);
    for lang in Lang::ALL {
        let words = Words::new(lang);
        let page = town.browser().get(&format!("/normen?lang={lang}")).await;
        let contact = article(&page, "message.contact");
        let generations = town.desk.house().charter.generations();
        for norms in generations {
            let sentence = norms.get("message.contact").unwrap().text(lang.code());
            assert!(contact.contains(sentence), "{lang}: {sentence}\n{contact}");
        }
        let day = |month, day| words.plain_date(jiff::civil::date(2026, month, day));
        let holds = words.say1("norms-holds", "from", &day(12, 1));
        let (from, until) = (day(1, 1), day(11, 30));
        let values = [("from", (&from).into()), ("until", (&until).into())];
        let held = words.say_with("norms-held", &values);
        let (now, before) = contact.split_once("norm__earlier").unwrap();
        assert!(now.contains(&holds) && before.contains(&held), "{lang}: {contact}");
        // Each its own share: nothing of the new, all of the old.
        let share = |percent: &str| format!("<span class=\"score__number\">{percent}");
        assert!(now.contains(&share("0")) && !now.contains(&share("100")), "{lang}: {now}");
        assert!(before.contains(&share("100")), "{lang}: {before}");
        page.assert_says(&words.say("norms-how-split"));
    }
}

#[tokio::test]
async fn one_generation_says_nothing_of_others() {
    let town = Town::new();
    let page = town.browser().get("/normen").await;
    for said in ["norm__earlier", "norm__held", "class=\"target\""] {
        assert!(!page.body.contains(said), "{said}");
    }
    assert!(!page.says(&Words::new(Lang::Nl).say("norms-how-split")));
    // A generation that begins later is nobody's yet.
    let town = Town::under(&[harlingen(), december()]);
    assert_eq!(town.browser().get("/normen").await.body, page.body);
}

#[tokio::test]
async fn a_target_is_shown_in_words_with_its_verdict() {
    let targets = "target = [\"80 % a month\", \"most within 2 hours a month\", \
                   \"average 2 hours\"]\nwithin = \"2 working days\"";
    let file = with_contact(&harlingen(), "within = \"2 working days\"", targets);
    let town = Town::under(&[file]);
    let mut aafke = town.at_work("aafke", "Aafke Voorbeeld").await;
    for hours in [1, 3, 3] {
        let (number, _) = town.resident_asks("Lantaarn").await;
        town.deliver().await;
        town.wait_hours(hours);
        let answer = [("text", "Gemaakt."), ("via", "mail"), ("seen", "1")];
        aafke.send(&format!("/werk/contacten/{number}/beantwoorden"), &answer).await;
    }
    let shown = |page: &Page| {
        let contact = article(page, "message.contact").to_owned();
        let lines = contact.split("<div class=\"target\">").skip(1).map(|target| {
            let text = target.split("</div>").next().unwrap().split('<');
            let text: Vec<&str> = text.filter_map(|part| Some(part.split_once('>')?.1)).collect();
            text.concat().split_whitespace().collect::<Vec<_>>().join(" ")
        });
        lines.collect::<Vec<_>>()
    };
    let page = town.browser().get("/normen").await;
    assert_eq!(
        shown(&page),
        [
            "Doel: 80 % op tijd, per maand Nog geen metingen",
            "Doel: meer dan de helft binnen 2 uur, per maand Nog geen metingen",
            "Doel: gemiddeld hoogstens 2 uur, per jaar Nog geen metingen",
        ]
    );
    town.wait_hours(10 * 24);
    let mut told = String::new();
    for lang in Lang::ALL {
        let page = town.browser().get(&format!("/normen?lang={lang}")).await;
        told.push_str(&(shown(&page).join("\n") + "\n"));
    }
    assert_eq!(
        told,
        "Doel: 80 % op tijd, per maand Bereikt: 100 % (november 2026). Doel gehaald\n\
         Doel: meer dan de helft binnen 2 uur, per maand Bereikt: 33,3 % (november 2026). \
         Doel niet gehaald\n\
         Doel: gemiddeld hoogstens 2 uur, per jaar \
         Bereikt: gemiddeld 3 uur (december 2025 tot en met november 2026). Doel niet gehaald\n\
         Doel: 80 % op ’e tiid, yn ’e moanne Berikt: 100 % (novimber 2026). Doel helle\n\
         Doel: mear as de helte binnen 2 oeren, yn ’e moanne Berikt: 33,3 % (novimber 2026). \
         Doel net helle\n\
         Doel: trochinoar op syn heechst 2 oeren, yn it jier \
         Berikt: trochinoar 3 oeren (desimber 2025 oant en mei novimber 2026). Doel net helle\n\
         Target: 80% in time, each month Reached: 100% (November 2026). Target met\n\
         Target: more than half within 2 hours, each month Reached: 33.3% (November 2026). \
         Target not met\n\
         Target: on average at most 2 hours, each year \
         Reached: 3 hours on average (December 2025 to November 2026). Target not met\n"
    );
}
