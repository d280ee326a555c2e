//! What is owed to the people whose data stands here: that it goes when its time has come.

use axum::extract::{Path, State};
use promises::Refusal;
use serde::Deserialize;

use super::again::stopped;
use super::deeds::Filled;
use super::{Worker, item};
use crate::door::Door;
use crate::pages::Section;
use crate::site::{Answer, Typed, see_other};

/// The form that erases one contact.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sure {
    sure: String,
}

/// POST /werk/contacten/{number}/wissen
pub(crate) async fn erase(
    State(door): State<Door>,
    worker: Worker<desk::Lead>,
    Path(number): Path<String>,
    Typed(filled): Typed<Sure>,
) -> Answer {
    let contact = item::contact(&door.desk, &number).await?.id;
    let agent = worker.agent.clone();
    let erased = match filled.sure.as_str() {
        "ja" => {
            let erase =
                door.desk.write(move |tx, house, now| desk::erase(tx, house, now, &agent, contact));
            erase.await
        }
        _ => Err(Refusal::NotSure.into()),
    };
    match erased {
        Ok(done) => {
            let frame = worker.frame(&door, Section::Work);
            let page = format!("/werk/contacten/{}?gedaan=gewist", done.number);
            Ok(see_other(&frame.href(&page)))
        }
        Err(stop) => {
            let Worker { agent, words, path } = worker;
            let worker = Worker { agent: agent.with().map_err(desk::Stop::from)?, words, path };
            stopped((&door, &worker), &number, ("wissen", &Filled::default()), stop).await
        }
    }
}
