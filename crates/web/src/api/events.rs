//! What programs are told, in the description of the interface (OpenAPI 3.1, `webhooks`).

use desk::{EventType, TEST_EVENT};
use serde_json::{Value, json};

/// How the shape of an event is called.
pub(super) const EVENT: &str = "Event";

/// What is sent to a receiver.
pub(super) fn webhooks() -> Value {
    let header = |name: &str, about: &str| {
        json!({
            "name": name, "in": "header", "required": true, "description": about,
            "schema": {"type": "string"},
        })
    };
    let types = EventType::ALL.iter().map(|it| format!("- `{}`: {}", it.word(), it.about()));
    let types = types.collect::<Vec<_>>().join("\n");
    let about = format!(
        "Something happened. Events come in order, each until it is answered with 2xx; one can \
         come twice, with the same `id`. `time` is when it was written down here.\n\n{types}"
    );
    json!({
        "event": {
            "post": {
                "operationId": "receiveEvent",
                "summary": "Something happened.",
                "description": about,
                "tags": ["Events"],
                "parameters": [
                    header("Content-Digest", "The digest of the body (RFC 9530)."),
                    header("Signature-Input", "What is signed, and when (RFC 9421)."),
                    header("Signature", "HMAC-SHA256 with the secret of the subscription."),
                ],
                "requestBody": {
                    "required": true,
                    "content": {
                        "application/cloudevents+json": {
                            "schema": {"$ref": format!("#/components/schemas/{EVENT}")},
                        },
                    },
                },
                "responses": {
                    "204": {"description": "Taken; any 2xx is."},
                    "410": {"description": "Never send here again."},
                    "429": {"description": "Later; `Retry-After` says when."},
                },
            },
        },
    })
}

/// The shape of an event.
pub(super) fn event() -> Value {
    let text = |about: &str| json!({"type": "string", "description": about});
    let mut types: Vec<&str> = EventType::ALL.iter().map(|it| it.word()).collect();
    types.push(TEST_EVENT);
    json!({
        "type": "object",
        "description": "A CloudEvent (NL GOV profile).",
        "required": ["specversion", "id", "source", "type", "time", "data"],
        "properties": {
            "specversion": {"type": "string", "enum": ["1.0"]},
            "id": text("Its place among all that happened; the same when it comes again."),
            "source": {"type": "string", "format": "uri-reference",
                "description": "The municipality, as a URN."},
            "type": {"type": "string", "enum": types},
            "subject": text("The number of the contact."),
            "time": {"type": "string", "format": "date-time",
                "description": "When it was written down."},
            "datacontenttype": {"type": "string", "enum": ["application/json"]},
            "dataref": {"type": "string", "format": "uri-reference",
                "description": "Where the contact can be read, with a token."},
            "sequence": text("Ordered as text, in the order of what happened; it has gaps."),
            "data": {"type": "object",
                "description": "The contact as it is now, and what this event says of it."},
        },
    })
}
