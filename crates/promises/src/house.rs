//! What facts say of the house itself: what changed about an account or a webhook, and what
//! somebody saw.

use serde::{Deserialize, Serialize};

/// What changed about an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountChange {
    /// It was opened.
    Opened,
    /// The name, the department or the roles changed.
    Changed,
    /// It was closed.
    Closed,
    /// A link was made by which its owner chooses a password.
    Invited,
    /// Its owner chose a password.
    Password,
    /// It has a second step.
    SecondStepOn,
    /// It has none any more.
    SecondStepOff,
    /// It has other recovery codes.
    RecoveryCodes,
    /// It has one more passkey.
    PasskeyAdded,
    /// It has one less.
    PasskeyRemoved,
    /// A passkey was shown of which there must be a copy; it was removed.
    PasskeyCopied,
    /// Its groups no longer make it an administrator, and it stays one: there is no other.
    AdministratorKept,
}

impl AccountChange {
    /// Every change.
    pub const ALL: [AccountChange; 12] = [
        AccountChange::Opened,
        AccountChange::Changed,
        AccountChange::Closed,
        AccountChange::Invited,
        AccountChange::Password,
        AccountChange::SecondStepOn,
        AccountChange::SecondStepOff,
        AccountChange::RecoveryCodes,
        AccountChange::PasskeyAdded,
        AccountChange::PasskeyRemoved,
        AccountChange::PasskeyCopied,
        AccountChange::AdministratorKept,
    ];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            AccountChange::Opened => "opened",
            AccountChange::Changed => "changed",
            AccountChange::Closed => "closed",
            AccountChange::Invited => "invited",
            AccountChange::Password => "password",
            AccountChange::SecondStepOn => "second-step-on",
            AccountChange::SecondStepOff => "second-step-off",
            AccountChange::RecoveryCodes => "recovery-codes",
            AccountChange::PasskeyAdded => "passkey-added",
            AccountChange::PasskeyRemoved => "passkey-removed",
            AccountChange::PasskeyCopied => "passkey-copied",
            AccountChange::AdministratorKept => "administrator-kept",
        }
    }
}

/// What happened to a subscription of another program to what happens here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WebhookChange {
    /// It was made.
    Made,
    /// Nothing is sent for a while; by the house itself when the receiver stayed away too long.
    Paused,
    /// It is sent to again.
    Resumed,
    /// What was sent is sent again.
    Replayed,
    /// It is over; by the house itself when the receiver said that it is gone.
    Closed,
}

impl WebhookChange {
    /// Every change.
    pub const ALL: [WebhookChange; 5] = [
        WebhookChange::Made,
        WebhookChange::Paused,
        WebhookChange::Resumed,
        WebhookChange::Replayed,
        WebhookChange::Closed,
    ];
}

/// What an employee saw of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sight {
    /// Its page: who it is and all that was written.
    Contact,
    /// The telephone number.
    Phone,
    /// A file that came or goes with it.
    File,
    /// A mail as it came.
    Original,
}

impl Sight {
    /// Everything that can be seen.
    pub const ALL: [Sight; 4] = [Sight::Contact, Sight::Phone, Sight::File, Sight::Original];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Sight::Contact => "contact",
            Sight::Phone => "phone",
            Sight::File => "file",
            Sight::Original => "original",
        }
    }
}
