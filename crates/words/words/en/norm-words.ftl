### What norms say and what changes in them.
limit-at-once = at once
limit-soon = as soon as possible
limit-same-day = the same day
limit-within = within { $limit }
limit-before = at the latest { $limit } before
limit-at-least = not sooner than after { $limit }
limit-around = at most { $limit } before or after
norms-from = These standards hold from { $date }.
change-none = Nothing changes for you.
change-added = New: { $sentence }
change-removed = No longer there: { $sentence }
change-sentence = The sentence changes. It was: { $old } It is now: { $new }
change-duty = We promise something else: it was { $old }, it is now { $new }. ({ $sentence })
change-limit-sooner = You are served sooner: { $new }, it was { $old }. ({ $sentence })
change-limit-later = You wait longer: { $new }, it was { $old }. ({ $sentence })
change-limit = The term changes: { $new }, it was { $old }. ({ $sentence })
change-scope = This standard is about other messages than before. ({ $sentence })
change-terms = The conditions of this standard change. ({ $sentence })
change-targets = How often we aim to keep this changes: { $new }, it was { $old }. ({ $sentence })
change-consequences = What you get when we fail changes: { $new }, it was { $old }. ({ $sentence })
change-hours = { $channel }, { $day }: { $new }, it was { $old }.
change-hours-closed = closed
change-closed = We are closed from { $from } to { $to }: { $why }.
change-open = We are open after all from { $from } to { $to }: { $why }.
change-closed-day = We are closed on { $from }: { $why }.
change-open-day = We are open after all on { $from }: { $why }.
change-reach = { $what }: { $new }, it was { $old }.
change-reach-phone = Telephone number
change-reach-email = E-mail address
change-reach-invoice = Address for invoices
change-reach-website = Website
change-reach-appointments = Making an appointment
limit-seconds =
    { $count ->
        [one] 1 second
       *[other] { $count } seconds
    }
limit-minutes =
    { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
limit-hours =
    { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
limit-rings =
    { $count ->
        [one] 1 ring
       *[other] { $count } rings
    }
limit-working-hours =
    { $count ->
        [one] 1 hour of opening hours
       *[other] { $count } hours of opening hours
    }
limit-working-minutes =
    { $count ->
        [one] 1 minute of opening hours
       *[other] { $count } minutes of opening hours
    }
limit-working-days =
    { $count ->
        [one] 1 working day
       *[other] { $count } working days
    }
limit-clear-working-days =
    { $count ->
        [one] 1 clear working day
       *[other] { $count } clear working days
    }
limit-times =
    { $count ->
        [one] 1 time
       *[other] { $count } times
    }
limit-days =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
limit-weeks =
    { $count ->
        [one] 1 week
       *[other] { $count } weeks
    }
limit-months =
    { $count ->
        [one] 1 month
       *[other] { $count } months
    }
limit-years =
    { $count ->
        [one] 1 year
       *[other] { $count } years
    }
period-month = each month
period-quarter = each quarter
period-year = each year
target-in-time = in time
target-share = { $share } { $limit }, { $period }
target-most = more than half { $limit }, { $period }
target-average = on average at most { $limit }, { $period }
reached-average = { $length } on average
reached-times = { $times } times on average
deed-acknowledge = confirm receipt
deed-say-who = say who deals with it
deed-contact = get in touch
deed-discuss = talk it over
deed-answer = answer
deed-call-back = call back
deed-decide = decide
deed-solve = solve
deed-make-safe = make safe
deed-visit = come and see
deed-deliver = deliver
deed-pay = pay
deed-remind = remind
deed-offer = offer
deed-inform = let you know
deed-say-when = say when
deed-agree = agree on something else
deed-publish = publish
deed-pick-up = pick up the telephone
deed-see = be seen
deed-serve = help
deed-transfer = put through
deed-be-reachable = be reachable
deed-be-open = be open
deed-keep-date = keep a date
deed-except = exception
deed-standing = always holds
retention-question = questions
retention-feedback = comments on the website
retention-tip = tips
retention-report = reports
retention-complaint = complaints
retention-invoice = invoices
retention-call-back = requests to call back
retention-application = applications
retention-objection = objections
retention-order = orders
retention-appointment = appointments
retention-years =
    { $count ->
        [one] 1 year
       *[other] { $count } years
    }
change-kept = Personal data with { $kind } is kept for another term: { $new } instead of { $old }.
