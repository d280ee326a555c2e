//! What passes between the door that exchanges knock on and who understands them.

/// What an exchange asks or tells at one of its addresses.
#[derive(Clone, Copy)]
pub struct HookAsked<'a> {
    /// Which exchange.
    pub exchange: &'a str,
    /// The last part of the address.
    pub hook: &'a str,
    /// What stands behind the question mark, as it came.
    pub query: &'a str,
    /// A header field by its name.
    pub header: &'a (dyn Fn(&str) -> Option<&'a str> + Send + Sync),
    /// What was sent.
    pub body: &'a [u8],
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HookAnswer {
    /// The status of HTTP.
    pub status: u16,
    /// What the body is.
    pub content_type: &'static str,
    /// What the exchange is to do, in its own words.
    pub body: String,
}
