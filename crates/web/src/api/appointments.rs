//! Open data: the products of the counter and the first times that are free for each.

use axum::extract::State;
use axum::http::HeaderMap;
use jiff::Timestamp;
use jiff::civil::Date;
use promises::counter::{Booker, Wish};
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{Answer, open, tagged};
use super::sent::Asked;
use crate::door::Door;

/// Days with a free time that are told of each product.
const DAYS: usize = 5;

/// What one can come to the counter for, and when.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Availability {
    /// Where an appointment is made.
    book_at: String,
    /// The products, in the order residents choose from.
    items: Vec<ProductTimes>,
}

/// A product and the first times that are free for it, for one person.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ProductTimes {
    /// Its name in the norm file.
    #[schema(example = "paspoort")]
    product: String,
    /// What residents call it.
    name: String,
    /// How long it takes, in minutes.
    minutes: i64,
    /// The first days with a free time; none when there is no room.
    days: Vec<DayTimes>,
}

/// The free times of a day.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DayTimes {
    /// The day.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// When a visit can begin.
    #[schema(value_type = Vec<String>, format = DateTime)]
    from: Vec<Timestamp>,
}

/// When appointments at the counter are free. A time can be gone a moment later.
#[utoipa::path(get, path = "/appointments/availability", tag = "Open data",
    operation_id = "listAvailability",
    responses((status = 200, description = "The free times.", body = Availability)))]
pub(super) async fn availability(
    State(door): State<Door>,
    Asked(asked): Asked,
    headers: HeaderMap,
) -> Answer {
    asked.end()?;
    let items = door.desk.read(|tx, house, now| {
        let today = house.day(now);
        let mut items = Vec::new();
        for product in &house.norms(now).appointments.products {
            let products = vec![product.id.clone()];
            let wish = Wish { products, persons: 1, by: Booker::Resident, desk: None };
            let found = desk::first_free(tx, house, now, &wish, (today, DAYS), None)?;
            let days = found.into_iter().map(|(on, slots)| DayTimes {
                on,
                from: slots.iter().map(|slot| slot.from).collect(),
            });
            items.push(ProductTimes {
                product: product.id.clone(),
                name: product.name.clone(),
                minutes: product.minutes,
                days: days.collect(),
            });
        }
        Ok(items)
    });
    let book_at = format!("{}/afspraak", door.desk.house().site);
    let list = Availability { book_at, items: items.await? };
    Ok(open(tagged(&headers, None, &list)))
}
