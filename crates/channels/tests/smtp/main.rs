//! The mail listener and the relay over real sockets, with clients that we did not write too.

mod certificates;
mod client;
mod dialogue;
mod other_clients;
mod outgoing;
mod protected;
mod proxied;
mod scripted;
mod secured;
mod slow_relay;
mod speed;
mod stopping;
