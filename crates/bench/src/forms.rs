//! Rows 2 and 3: a contact form is stored, acknowledged or not, beside plain durable inserts.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use tokio::task::JoinSet;

use crate::http::{Browser, FORM, posting};
use crate::postgres::CLIENTS;
use crate::relay::Relay;
use crate::report::{Bound, Figure, Figures};
use crate::server::{Server, Works};
use crate::stage::{Engine, Stage};

/// Every form comes from someone else, at another network address.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// A form that is sent sooner after it was asked for is taken for a robot's.
const TYPING: Duration = Duration::from_millis(3_100);
/// Forms before the first measurement.
const WARM_UP: usize = 200;

/// What a form asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// An answer: it is acknowledged by mail at once.
    Answer,
    /// Nothing: it is stored, and that is all.
    Nothing,
}

struct Run {
    cpu_ms: f64,
    per_second: f64,
}

struct Post<'a> {
    server: &'a Server,
    relay: &'a Relay,
}

pub(crate) async fn measure(stage: &Stage, engine: Engine) -> Result<Vec<Figure>> {
    let relay = Relay::start().await?;
    let works = Works { relay: Some(relay.url()), ..Works::fresh(stage, engine, "forms")? };
    let server = Server::start(stage, &works)?;
    let post = Post { server: &server, relay: &relay };
    post.run(Asks::Answer, (WARM_UP, CLIENTS)).await?;
    server.tree.settle().await;
    let mut figures = Figures::new(engine);
    let (few, many, most) = stage.amounts.forms;
    let courses = [
        (Asks::Answer, few, 1, "stored and acknowledged, 1 client", 1.0, 0.25),
        (Asks::Answer, many, CLIENTS, "stored and acknowledged, 32 clients", 1.0, 0.25),
        (Asks::Nothing, few, 1, "stored only, 1 client", 0.4, 0.1),
        (Asks::Nothing, most, CLIENTS, "stored only, 32 clients", 0.4, 0.1),
    ];
    let (mut rates, mut ratios) = (Vec::new(), [Vec::new(), Vec::new()]);
    for (asks, forms, clients, name, must, goal) in courses {
        let mut cpu = Vec::new();
        let runs = match (asks, clients) {
            (Asks::Nothing, CLIENTS) => stage.amounts.pairs,
            _ => stage.amounts.runs,
        };
        for _ in 0..runs {
            let mut plain = None;
            if clients == CLIENTS {
                let seconds = stage.amounts.insert_seconds;
                plain = Some(stage.postgres.inserts_per_second(stage.scratch(), seconds)?);
            }
            let run = post.run(asks, (forms, clients)).await?;
            cpu.push(run.cpu_ms);
            if let Some(plain) = plain {
                rates.push(plain);
                ratios[usize::from(asks == Asks::Nothing)].push(run.per_second / plain);
            }
        }
        let bounds = (Bound::AtMost(must), Bound::AtMost(goal));
        figures.judged(2, &format!("CPU per contact form {name}"), "ms", &cpu, bounds);
    }
    let bounds = (Bound::AtLeast(1.0), Bound::AtLeast(2.0));
    let name = |what| format!("forms {what} a second ÷ plain PostgreSQL inserts a second");
    let beside = Bound::AtLeast(1.0);
    figures.aimed(3, &name("stored and acknowledged"), "×", &ratios[0], beside);
    figures.judged(3, &name("stored only"), "×", &ratios[1], bounds);
    figures.add(3, "plain PostgreSQL inserts, 32 clients", "/s", &rates);
    Ok(figures.list)
}

impl Post<'_> {
    /// Asks for as many forms, and sends them as soon as they could have been filled in.
    async fn run(&self, asks: Asks, (forms, clients): (usize, usize)) -> Result<Run> {
        let stamps = self.ask(forms, clients).await?;
        let site = self.server.site;
        let written: Arc<[String]> = stamps.iter().map(|stamp| form(site, asks, stamp)).collect();
        tokio::time::sleep(TYPING).await;
        let mut connected = Vec::new();
        for _ in 0..clients {
            connected.push(Browser::open(site).await?);
        }
        self.server.tree.settle().await;
        let (letters, before) = (self.relay.count(), self.server.tree.cpu_seconds());
        let start = Instant::now();
        let next = Arc::new(AtomicUsize::new(0));
        let mut browsers = JoinSet::new();
        for mut browser in connected {
            let (written, next) = (Arc::clone(&written), Arc::clone(&next));
            browsers.spawn(async move {
                while let Some(form) = written.get(next.fetch_add(1, Ordering::Relaxed)) {
                    browser.ask(form).await?.expect(303)?;
                }
                anyhow::Ok(())
            });
        }
        while let Some(ended) = browsers.join_next().await {
            ended??;
        }
        let per_second = forms as f64 / start.elapsed().as_secs_f64();
        if asks == Asks::Answer {
            self.relay.wait_for(letters + forms).await?;
        }
        self.server.tree.rest().await;
        let cpu = self.server.tree.cpu_seconds() - before;
        Ok(Run { cpu_ms: cpu / forms as f64 * 1e3, per_second })
    }

    /// The signed moments of forms, in the order in which they were asked for.
    async fn ask(&self, forms: usize, clients: usize) -> Result<Vec<String>> {
        let mut browsers = JoinSet::new();
        for number in 0..clients {
            let (site, part) = (self.server.site, (forms + number) / clients);
            browsers.spawn(async move {
                let mut browser = Browser::open(site).await?;
                let mut stamps = Vec::new();
                for _ in 0..part {
                    stamps.push(stamp(&mut browser).await?);
                }
                anyhow::Ok(stamps)
            });
        }
        let mut stamps = Vec::new();
        while let Some(ended) = browsers.join_next().await {
            stamps.extend(ended??);
        }
        stamps.sort_unstable();
        Ok(stamps)
    }
}

/// The signed moment in a form that is just asked for.
async fn stamp(browser: &mut Browser) -> Result<String> {
    let page = browser.get("/contact", "").await?.expect(200)?;
    let page = String::from_utf8(page.body)?;
    let (_, rest) =
        page.split_once("name=\"form_time\" value=\"").context("a form without time")?;
    let (stamp, _) = rest.split_once('"').context("a form that does not end")?;
    Ok(stamp.to_owned())
}

/// A form as somebody sends it who has filled it in.
fn form(site: SocketAddr, asks: Asks, stamp: &str) -> String {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let fyi = if asks == Asks::Nothing { "&fyi=1" } else { "" };
    let form = format!(
        "kind=question{fyi}&name=Jan+Voorbeeld&email=jan.{number}%40example.nl&phone=\
         &subject=Lantaarnpaal+kapot+in+de+Voorbeeldstraat+({number})&message=\
         De+lantaarnpaal+voor+ons+huis+in+de+Voorbeeldstraat+doet+het+al+een+week+niet+meer.\
         +%27s+Avonds+is+het+daardoor+erg+donker+op+de+stoep%2C+en+gisteren+is+er+iemand+gevallen\
         +die+de+losliggende+tegel+naast+de+paal+niet+zag.%0D%0A%0D%0AKunt+u+ernaar+laten+kijken\
         %2C+en+mij+laten+weten+wanneer+hij+het+weer+doet%3F+Het+gaat+om+de+paal+met+nummer+0\
         {number}.&page=&website2=&form_time={stamp}"
    );
    let [_, a, b, c] = u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes();
    let headers = format!("X-Forwarded-For: 10.{a}.{b}.{c}\r\n");
    posting(site, "/contact", &headers, (FORM, &form))
}
