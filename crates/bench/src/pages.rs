//! Rows 5 and 8: pages over few and many contacts, memory, and the time to the first page.

use anyhow::{Context, Result};

use crate::fill::{LOGIN, PASSWORD, filled};
use crate::http::Browser;
use crate::processes::cpu_seconds_of;
use crate::report::{Bound, Figure, Figures, number};
use crate::server::{Server, Works};
use crate::stage::{Engine, Stage};

/// What browsers say they can unpack.
const PACKED: &str = "Accept-Encoding: gzip, deflate, br\r\n";
/// Pages before the first measurement.
const WARM_UP: usize = 20;

/// A page, and how it is asked for.
struct Asked {
    name: &'static str,
    path: &'static str,
    packed: bool,
}

const ASKED: &[Asked] = &[
    Asked { name: "work list", path: "/werk", packed: false },
    Asked { name: "work list, packed for a browser", path: "/werk", packed: true },
    Asked { name: "public page of norms", path: "/normen", packed: false },
    Asked { name: "public page of norms, packed for a browser", path: "/normen", packed: true },
];

/// A server over a filled database, and an employee who is signed in.
struct House {
    server: Server,
    browser: Browser,
    cookie: String,
}

pub(crate) async fn measure(stage: &Stage, engine: Engine) -> Result<Vec<Figure>> {
    let (few, many) = stage.contacts(engine);
    let works = [filled(stage, engine, few)?, filled(stage, engine, many)?];
    let [few, many] = [few, many].map(|contacts| number(f64::from(contacts)));
    let mut figures = Figures::new(engine);
    first_page(stage, &works[1], &mut figures).await?;
    let mut houses = Vec::new();
    for works in &works {
        houses.push(House::open(stage, works).await?);
    }
    for asked in ASKED {
        let (mut small, mut large, mut growth) = (Vec::new(), Vec::new(), Vec::new());
        for house in &mut houses {
            house.ask(asked, WARM_UP).await?;
        }
        for _ in 0..stage.amounts.runs {
            let before = houses[0].ask(asked, stage.amounts.pages).await?;
            let after = houses[1].ask(asked, stage.amounts.pages).await?;
            small.push(before);
            large.push(after);
            growth.push(after / before);
        }
        let name = asked.name;
        figures.add(5, &format!("CPU per {name}, {few} contacts"), "ms", &small);
        let bounds = (Bound::AtMost(5.0), Bound::AtMost(1.0));
        figures.judged(5, &format!("CPU per {name}, {many} contacts"), "ms", &large, bounds);
        let bounds = (Bound::AtMost(2.0), Bound::AtMost(1.2));
        let name = format!("growth of the {name}, {few} to {many}");
        figures.judged(5, &name, "×", &growth, bounds);
    }
    let memory = [houses[1].server.tree.pss_mb()];
    let bounds = (Bound::AtMost(96.0), Bound::AtMost(32.0));
    figures.judged(8, &format!("memory (PSS) with {many} contacts"), "MB", &memory, bounds);
    Ok(figures.list)
}

/// Row 8: from the start of the program to the end of the first page, in processor time of the
/// program alone.
async fn first_page(stage: &Stage, works: &Works, figures: &mut Figures) -> Result<()> {
    let mut first = Vec::new();
    for _ in 0..stage.amounts.runs {
        let server = Server::start(stage, works)?;
        let mut browser = Browser::open(server.site).await?;
        browser.get("/", "").await?.expect(200)?;
        first.push(cpu_seconds_of(server.pid()));
    }
    let bounds = (Bound::AtMost(0.1), Bound::AtMost(0.03));
    figures.judged(8, "CPU from start to the first page", "s", &first, bounds);
    Ok(())
}

/// Signs the employee in; the line of a request that says so.
pub(crate) async fn sign_in(browser: &mut Browser) -> Result<String> {
    let form = format!("name={LOGIN}&password={PASSWORD}&next=");
    let page = browser.post("/werk/aanmelden", "", &form).await?.expect(303)?;
    let cookie = page.cookie.context("signing in gave no cookie")?;
    Ok(format!("Cookie: {cookie}\r\n"))
}

impl House {
    async fn open(stage: &Stage, works: &Works) -> Result<House> {
        let server = Server::start(stage, works)?;
        // A database that was just filled is still to be followed by search.
        server.tree.rest().await;
        let mut browser = Browser::open(server.site).await?;
        let cookie = sign_in(&mut browser).await?;
        let mut house = House { server, browser, cookie };
        let page = house.browser.get("/werk", &house.cookie).await?.expect(200)?;
        let text = String::from_utf8(page.body)?;
        anyhow::ensure!(text.contains("Jan Voorbeeld"), "the work list shows no contact");
        Ok(house)
    }

    /// Asks for a page so often; processor time for each, in milliseconds.
    async fn ask(&mut self, asked: &Asked, times: usize) -> Result<f64> {
        let packed = if asked.packed { PACKED } else { "" };
        let headers = format!("{}{packed}", self.cookie);
        let before = self.server.tree.cpu_seconds();
        for _ in 0..times {
            self.browser.get(asked.path, &headers).await?.expect(200)?;
        }
        Ok((self.server.tree.cpu_seconds() - before) / times as f64 * 1e3)
    }
}
