### What the workspace says about promises, events and deeds.
staff-deed-acknowledge = Confirm receipt
staff-deed-say-who = Say who deals with it
staff-deed-contact = Get in touch
staff-deed-discuss = Talk it over
staff-deed-answer = Answer
staff-deed-call-back = Call back
staff-deed-decide = Decide
staff-deed-solve = Solve
staff-deed-make-safe = Make safe
staff-deed-visit = Visit
staff-deed-deliver = Deliver
staff-deed-pay = Pay
staff-deed-remind = Remind
staff-deed-offer = Offer
staff-deed-inform = Inform
staff-deed-say-when = Say when
staff-deed-agree = Agree on something else
staff-deed-publish = Publish
staff-deed-pick-up = Pick up
staff-deed-see = Be seen
staff-deed-serve = Help
staff-deed-transfer = Put through
staff-deed-be-reachable = Be reachable
staff-deed-be-open = Be open
staff-deed-keep-date = Promised date
staff-deed-except = Exception
staff-deed-standing = Always holds
staff-deeds = { $first } or { $next }
staff-within-same-day = { $what } the same day
staff-within-hours =
    { $count ->
        [one] { $what } within 1 hour
       *[other] { $what } within { $count } hours
    }
staff-within-working-minutes =
    { $count ->
        [one] { $what } within 1 minute of opening hours
       *[other] { $what } within { $count } minutes of opening hours
    }
staff-within-working-hours =
    { $count ->
        [one] { $what } within 1 hour of opening hours
       *[other] { $what } within { $count } hours of opening hours
    }
staff-within-rings =
    { $count ->
        [one] { $what } within 1 ring
       *[other] { $what } within { $count } rings
    }
staff-within-clear-working-days =
    { $count ->
        [one] { $what } within 1 clear working day
       *[other] { $what } within { $count } clear working days
    }
staff-within-months =
    { $count ->
        [one] { $what } within 1 month
       *[other] { $what } within { $count } months
    }
staff-within-years =
    { $count ->
        [one] { $what } within 1 year
       *[other] { $what } within { $count } years
    }
staff-within-times =
    { $count ->
        [one] { $what } at most 1 time
       *[other] { $what } at most { $count } times
    }
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
        [one] { $what } within 1 week
       *[other] { $what } within { $count } weeks
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
staff-event-overtaken = Written earlier, received later
staff-event-note = Note
staff-event-acknowledgement = Confirmation of receipt
staff-event-answer = Answer
staff-event-link = New follow link
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
staff-event-did = Done: { $what }
staff-event-happened = { $what }: { $at }
staff-event-set-aside = The standard does not hold here: { $why }
staff-event-set-aside-until = New date, { $until }: { $why }
staff-event-redated = Last day moved from { $old } to { $new }
staff-event-redated-why = Last day moved from { $old } to { $new }: { $why }
staff-moment-receipt = Received
staff-moment-registration = Registered
staff-moment-completeness = Complete
staff-moment-payment = Paid
staff-moment-call = Called
staff-moment-arrival = Arrived
staff-moment-appointment = Appointment
staff-moment-agreed-moment = Agreed moment
staff-moment-discovery = Became known
staff-moment-expiry = Expires
staff-moment-event = Begins
staff-moment-closing = Closed
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
staff-done-seen = The mention is ticked off.
staff-done-closed = Closed.
staff-done-reopened = Reopened.
staff-done-class = Kind changed.
staff-unclear-date = Choose a date.
staff-unclear-choice = Make a choice first.
staff-not-stored = This could not be stored just now. Your text is still here; please try again in a moment.
staff-no-subject = (no subject)
staff-no-name = (unknown)
staff-belongs-perhaps = Possibly belongs to { $number }
staff-set-aside = Does the standard not hold here?
staff-set-aside-why = Why not
staff-set-aside-until = Until (if known)
staff-record = Record
staff-happened = Did something happen?
staff-happened-what = What
staff-happened-when = When
staff-done-clock = Recorded.
staff-done-kept = Draft kept.
staff-done-recalled = The letter was taken back. The text is below again.
staff-event-recalled = Letter taken back, not sent
staff-held = { $count ->
    [one] The letter leaves in 1 second.
   *[other] The letter leaves in { $count } seconds.
 }
staff-held-why = Until then the promise does not count as kept.
staff-held-gone = The letter is on its way. It can no longer be taken back.
staff-recall = Do not send after all
staff-promise-waits = Counts as kept as soon as the letter has left.
staff-enclose = Attachments to the answer
staff-enclose-help = At most 15 MB together. An attachment stays with your draft until you send the answer.
staff-enclose-add = Add attachment
staff-enclose-again = Send an attachment of the resident along
staff-enclose-off = Remove
staff-enclose-off-name = Remove { $name }
staff-enclosed = Attachments that go along
staff-enclosed-sent = Attachments sent along
staff-block = No automatic e-mail any more
staff-block-lead = This address then gets no confirmations any more. What comes from it still comes in and is answered.
staff-block-why = Why
staff-block-do = Turn automatic e-mail off
staff-blocked-why = No automatic e-mail to this address. { $who }, { $at }: { $why }
staff-unblock = Turn automatic e-mail on again
staff-link-renew = New follow link
staff-link-renew-lead = Did the follow link end up with somebody else? With a new link the old one stops working. The resident gets the new one at { $email } at once.
staff-link-renew-lead-phone = Did the follow link end up with somebody else? The old link then stops working. There is no e-mail address: the resident can call after that.
staff-link-renew-do = Make a new follow link
staff-done-blocked = This address gets no automatic e-mail any more.
staff-done-unblocked = This address gets automatic e-mail again.
staff-done-link-renewed = The old follow link no longer works.
staff-closed-draft = What you did not send yet (reopen this contact to go on with it)
staff-copies = Copy to (Cc)
staff-copies-help = E-mail addresses with a comma between them. The resident sees who gets a copy.
staff-copies-to = Copy to { $who }
staff-keep = Keep as draft
staff-kept-now = Draft kept
staff-not-kept-now = The draft was not kept. Copy your text to be safe.
staff-copies-refused = Copy not delivered: { $who }

## Choosing in the list, and views

staff-sift = Only from
staff-sift-all = All channels
staff-sift-do = Show
staff-kept-views = Kept views
staff-view-shared = everybody’s
staff-view-remove = Throw away
staff-view-keep = Keep this view
staff-view-keep-do = Keep
staff-view-name = Name
staff-view-share = For my colleagues too
staff-together = With the chosen contacts
staff-together-give = Give to
staff-together-close = Close as
staff-together-kind = It is
staff-together-do = Do it
staff-together-this = Choose { $number }
staff-together-choose = Choose the contacts first, a hundred at most.
staff-together-choose-deed = Choose what is to happen to the contacts.
staff-together-done = { $count ->
    [one] Done with one contact.
   *[other] Done with { $count } contacts.
}
staff-together-left = Done: { $done }. Not done: { $left }. At { $number }: { $why }

## Later, beside each other, looking together

staff-folded = Text of this letter
staff-split = Make this a contact of its own
staff-when-asks = I ask the resident something and wait for the answer
staff-later = Later
staff-later-lead = The contact is not in your list until that day. The promise goes on as it is.
staff-later-until = Up to the day before
staff-later-do = Put off until that day
staff-asleep-until = Put off until { $day }
staff-join = Belongs to another contact
staff-join-number = Number of that contact
staff-join-link = Belongs to it
staff-join-merge = Is the same
staff-join-help = ‘Belongs to it’ links the two. ‘Is the same’ closes this contact; the other goes on.
staff-beside = Belongs here
staff-call = Telephone call
staff-call-waited = { $moment }, waited { $wait }
staff-call-also = Also from this call:
staff-here = { $who } has this contact open, too.
staff-here-typing = { $who } is writing an answer now.
staff-changed = Something was added. Show it.
staff-away = { $who } (away until { $until })
staff-away-stand-in = { $who } (away until { $until }, { $stand_in } stands in)
staff-done-later = The contact was put off, or is back.
staff-done-linked = The two are linked.
staff-done-merged = This contact is closed. The other one goes on.
staff-done-split = The message is a contact of its own now. It is listed under ‘Belongs here’.

## Away, and what is open already

staff-absences = Away
staff-absences-lead = Who is away is shown so in the list of colleagues. Then nobody gives you work that stays where it is.
staff-absences-none = Everybody is here.
staff-absence-now = today
staff-absence-by = { $who } stands in
staff-absence-remove = Here after all
staff-absence-who = Who
staff-absence-first = First day
staff-absence-last = Last day
staff-absence-stand-in = Who stands in
staff-absence-nobody = Nobody
staff-absence-hand-over = Give all open contacts to the stand-in now
staff-absence-note = Handed over because of absence.
staff-absence-days = The last day is before the first one, or is over.
staff-absence-days-of = { $first } to { $last }
staff-alike = Something of this person is open already. Does it belong there?
staff-alike-join = Add to { $number }
staff-alike-new = No, it is something new
staff-palette = Go to or do …

# Teams, mentions and quality
staff-teams = Teams
staff-teams-lead = A team shares its work. Every member sees the work of the team under “Team” in the list.
staff-teams-none = There are no teams yet.
staff-team-name = Name of the team
staff-team-members = Who is in this team?
staff-team-new = New team
staff-team-make = Make the team
staff-colleagues = Colleagues
staff-together-team = Give to a team
staff-note-to = Let somebody know
staff-note-to-nobody = Nobody in particular
staff-note-at = You can also write @username in the note.
staff-mentioned-by = { $who } asks you to look at this.
staff-mention-seen = I have seen it
staff-event-team = Given to { $who }
staff-event-rated = The resident said whether the answer helped
staff-event-link-renewed = New follow link made
staff-event-supplied = Done by a program, through connection { $number }
staff-opinion = The resident on the answer: { $helped }. { $words }
staff-export = This list as a file (CSV)
staff-export-number = Number
staff-export-channel = Channel
staff-export-who = From
staff-export-team = Team
staff-quality = Quality
staff-quality-title = Quality in { $month }
staff-quality-lead = What residents think of our answers, and a sample to learn from together.
staff-quality-before = Month before
staff-quality-after = Month after
staff-quality-said = Did the answer help?
staff-quality-said-nothing = Nobody has said anything in this month yet.
staff-quality-of = { $part } of { $whole }
staff-quality-sample = Sample
staff-quality-sample-lead = At most ten answers of this month, drawn by chance. Everybody sees the same ones.
staff-quality-sample-nothing = There is no answer of this month to look at.
staff-quality-sample-later = The sample of this month will be here when the month is over.
staff-export-cut = The list is longer than this file.
staff-review = Review
staff-review-legend = What is good about this answer?
staff-review-correct = It is right
staff-review-complete = Every question is answered
staff-review-clear = It is easy to understand
staff-review-kind = It is friendly
staff-review-remark = What can we learn from it?
staff-review-by = Reviewed by { $who }
staff-rules = Try the norms
staff-rules-lead = See which promises hold for a message at a moment, and which days do not count.
staff-rules-try = Suppose a message comes in
staff-rules-at = At this moment
staff-rules-do = Try
staff-rules-owed = Then this holds
staff-rules-nothing = There is no norm for such a message.
staff-rules-no-moment = Choose a day and a time.
staff-rules-year = Days in { $year } that do not count
staff-rules-year-before = Year before
staff-rules-year-after = Year after
staff-rules-months = Working days in each month
staff-register-category = Kind of report
staff-register-place = Where is it?
staff-register-if-report = of a report

## Tags, and who is writing

staff-tags = Tags
staff-tag-add = Add a tag
staff-tag-add-do = Add
staff-tag-off = Take tag { $name } off
staff-tag-sift = With tag
staff-tag-any = All tags
staff-tag-together = Add a tag
staff-tag-together-choose = Choose a tag or type a new one.
staff-event-tagged = Tag added: { $name }
staff-event-untagged = Tag taken off: { $name }
staff-event-taken-over = Takes over the writing from { $who }
staff-locked = { $who } is writing an answer.
staff-locked-until = { $who } has this contact until { $until }, or longer while your colleague goes on typing. Agree on it before you take it over. What your colleague typed is kept.
staff-take-over = Take over
staff-done-tagged = The tag is on it.
staff-done-untagged = The tag is off.
staff-done-taken-over = You are writing the answer now.
staff-spot = On the map
staff-tag-gone = This tag is there no longer. You see everything now.

# How long employees work
staff-hours = Working hours
staff-hours-lead = Fill in how many hours somebody works for residents on each day of the week. Looking ahead puts those hours beside the promises.
staff-hours-total = { $hours } hours a week
staff-hours-unknown = not known
staff-hours-of = Hours of each day of { $who }
