## Log: who saw, changed and took out what

staff-log = Log
staff-log-lead = Here you see who looked at, changed or took out what. Nobody can change what stands here. Who opens the same contact again within a quarter of an hour gets no new line. Nor does a program that asks for the same list again. What programs of suppliers read and do stands here too.
staff-log-who = Who
staff-log-what = What
staff-log-when = When
staff-log-contact = Number of the contact
staff-log-from = From
staff-log-until = Up to and including
staff-log-show = Show
staff-log-take = Take out as a list (CSV)
staff-log-everybody = Everybody
staff-log-nobody = Programs and the system
staff-log-system = System
staff-log-program = { $name } (program)
staff-log-everything = Everything
staff-log-sort-seen = Seen and searched
staff-log-sort-changed = Changed and sent
staff-log-sort-exported = Lists taken out
staff-log-sort-accounts = Signing in and accounts
staff-log-nothing = Nothing in the log fits this.
staff-log-no-contact = This is not the number of a contact. It looks like this: 2026-000123.
staff-log-older = Older
staff-log-newest = Newest
staff-log-line = Line
staff-log-cut = There is more. Choose a shorter time to see the rest.
staff-log-seen-contact = Contact seen
staff-log-seen-phone = Telephone number seen
staff-log-seen-file = File opened
staff-log-seen-original = E-mail taken in its original form
staff-log-searched = { $count ->
    [0] Searched, nothing found
    [one] Searched, one contact seen
   *[other] Searched, { $count } contacts seen
}
staff-log-signed-in = Signed in
staff-log-list-exported = { $count ->
    [one] List taken out ({ $list }), one line
   *[other] List taken out ({ $list }), { $count } lines
}
staff-log-account-opened = Account of { $who } made
staff-log-account-changed = Account of { $who } changed
staff-log-account-closed = Account of { $who } closed
staff-log-account-invited = Link made for { $who } to choose a password
staff-log-account-password = Password of { $who } chosen
staff-log-account-step-on = Second step of { $who } turned on
staff-log-account-step-off = Second step of { $who } turned off
staff-log-account-codes = Recovery codes of { $who } renewed
staff-log-account-passkey-added = Passkey of { $who } added
staff-log-account-passkey-removed = Passkey of { $who } removed
staff-log-account-passkey-copied = Passkey of { $who } blocked: there is a copy of it
staff-log-account-administrator-kept = { $who } stays an administrator, since there is no other
staff-log-received = Contact registered
staff-log-followed-up = Follow-up registered
staff-log-not-acknowledged = No confirmation sent
staff-log-promised = Promise made
staff-log-settled = Promise settled
staff-log-recalled = Letter taken back
staff-log-restored = Promise open again
staff-log-broken = Promise not kept
staff-log-acknowledged = Receipt confirmed
staff-log-answered = Answered
staff-log-told-when = Said when the answer comes
staff-log-did = Did what was promised
staff-log-happened = Moment noted
staff-log-set-aside = Promise set aside
staff-log-redated = Date of a promise changed
staff-log-letter-sent = Letter sent
staff-log-letter-failed = Letter not delivered
staff-log-assigned = Assigned
staff-log-given-to-team = Given to a team
staff-log-handed-over = Handed over to a colleague
staff-log-noted = Note written
staff-log-tagged = Label given
staff-log-untagged = Label taken off
staff-log-taken-over = Took over the writing
staff-log-class-corrected = Kind changed
staff-log-closed = Closed
staff-log-reopened = Opened again
staff-log-letter-text = Text of a letter changed
staff-log-disruption = Disruption published or changed
staff-log-disruption-over = Disruption over
staff-phone-show = Show telephone number
staff-log-erased = Contact erased
staff-log-destruction = List of contacts to destroy approved
staff-log-supplied = Done by a program
staff-log-token-made = Connection made
staff-log-token-ended = Connection ended
staff-log-webhook-made = Subscription made
staff-log-webhook-paused = Subscription paused
staff-log-webhook-resumed = Subscription resumed
staff-log-webhook-replayed = Events of a subscription sent again
staff-log-webhook-closed = Subscription ended
staff-log-unclear = There is no such choice. Choose again.
