//! Stopping in good order: what runs is finished, what waits is told to come back.

use std::time::Duration;

use channels::smtp::sink::{Manner, Sink};
use channels::smtp::{Limits, Protocol};

use crate::client::Client;

const STOPPING: &str = "421 4.3.2 Stopping for maintenance, please come back later";

#[tokio::test]
async fn a_running_transaction_is_finished_and_an_idle_session_is_not() {
    let sink = Sink::start().await.expect("a free port");
    let idle = Client::greeted(sink.address()).await;
    let mut busy = Client::in_data(sink.address()).await;
    busy.say(b"first half\r\n").await;
    sink.begin_stop();
    assert_eq!(idle.hear_all().await, format!("{STOPPING}\r\n"));
    assert!(busy.hears_nothing());
    assert_eq!(busy.ask("second half\r\n.").await, "250 2.0.0 Stored");
    assert_eq!(busy.hear_all().await, format!("{STOPPING}\r\n"));
    let collected = sink.stop().await.expect("in good order");
    assert_eq!(collected[0].raw, b"first half\r\nsecond half\r\n");
}

#[tokio::test]
async fn a_transaction_that_does_not_end_is_left() {
    let limits = Limits { stop_grace: Duration::from_millis(20), ..Limits::default() };
    let started = Sink::start_with(Protocol::Smtp, limits, Manner::default()).await;
    let sink = started.expect("a free port");
    let client = Client::in_data(sink.address()).await;
    sink.begin_stop();
    assert_eq!(client.hear_all().await, format!("{STOPPING}\r\n"));
    assert!(sink.stop().await.expect("in good order").is_empty());
}
