### What the workspace says about promises, events and deeds.
staff-duty-acknowledge = Confirm receipt
staff-duty-answer = Answer or say when
staff-duty-call-back = Call back or say when
staff-duty-solve = Solve or inform
staff-duty-decide = Decide
staff-duty-pay = Pay
staff-duty-keep-date = Promised date
staff-within-at-once = { $what } at once
staff-within-soon = { $what } as soon as possible
staff-within-seconds =
    { $count ->
        [one] { $what } within 1 second
       *[other] { $what } within { $count } seconds
    }
staff-within-minutes =
    { $count ->
        [one] { $what } within 1 minute
       *[other] { $what } within { $count } minutes
    }
staff-within-working-days =
    { $count ->
        [one] { $what } within 1 working day
       *[other] { $what } within { $count } working days
    }
staff-within-days =
    { $count ->
        [one] { $what } within 1 day
       *[other] { $what } within { $count } days
    }
staff-within-weeks =
    { $count ->
        [one] { $what } within 1 week (by law)
       *[other] { $what } within { $count } weeks (by law)
    }
staff-no-limit = as soon as possible, without a latest day

staff-via-mail = By e-mail
staff-via-phone = By telephone
staff-via-counter = At the service desk
staff-via-paper = On paper
staff-via-social = On social media
staff-outcome-answered = answered
staff-outcome-solved = solved or paid
staff-outcome-withdrawn = no longer needed by the resident
staff-outcome-duplicate = the same as another message
staff-outcome-nothing-asked = nothing was asked

staff-event-in-phone = Telephone call
staff-event-in-form = Form received
staff-event-in-email = E-mail received
staff-event-in-social = Message on social media
staff-event-in-counter = Visit to the service desk
staff-event-in-post = Letter received
staff-event-followed-up = Follow-up received
staff-event-note = Note
staff-event-acknowledgement = Confirmation of receipt
staff-event-answer = Answer
staff-event-date = Date told: { $date }
staff-event-told = { $what } ({ $via })
staff-event-not-acknowledged = No confirmation of receipt: { $reason }
staff-event-broken = Not in time: { $what }
staff-event-acknowledged = Receipt confirmed
staff-event-assigned = Assigned to { $who }
staff-event-unassigned = With nobody any more
staff-event-handed-over = Handed over to { $who }
staff-event-class = Kind changed: from { $from } to { $to }
staff-event-closed = Closed: { $why }
staff-event-reopened = Reopened
staff-event-trouble = Not everything could be read
staff-event-unknown = An event this version does not know
staff-reason-fyi = for information only
staff-reason-follow-up = follow-up of an earlier message
staff-reason-no-address = no address for an automatic e-mail
staff-reason-automatic = automatic message
staff-again-at = next try { $at }

staff-done-answered = Answer recorded.
staff-done-told = Date told. That is our new promise now.
staff-done-confirmed = Receipt confirmed.
staff-done-assigned = Assigned.
staff-done-handed-over = Handed over.
staff-done-noted = Note kept.
staff-done-closed = Closed.
staff-done-reopened = Reopened.
staff-done-class = Kind changed.
staff-unclear-date = Choose a date.
staff-unclear-choice = Make a choice first.
staff-not-stored = This could not be stored just now. Your text is still here; please try again in a moment.
staff-no-subject = (no subject)
staff-no-name = (unknown)
staff-belongs-perhaps = Possibly belongs to { $number }
