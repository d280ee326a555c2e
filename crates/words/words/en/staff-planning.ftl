# Planning and figures of the counter, for employees.
staff-planning = Planning
staff-planning-week = Week of { $day }
staff-planning-weeks = Other weeks
staff-planning-before = Previous week
staff-planning-now = This week
staff-planning-after = Next week
staff-planning-lead = Choose a free time to make an appointment there, or an appointment to see the contact.
staff-planning-inside = for employees only
staff-planning-nothing = not open
staff-planning-free = free
staff-planning-closed = closed
staff-planning-to-call = call the resident
staff-counter-only-desk = You see only the times of { $desk }.
staff-counter-any-desk = Show all desks

staff-what-if = What if
staff-what-if-lead = See what changes with a desk more or a desk less. Nothing is recorded.
staff-what-if-what = What do you want to see
staff-what-if-add = A desk more
staff-what-if-close = A desk less
staff-what-if-desk = Which desk closes
staff-what-if-desk-help = Only needed when a desk closes.
staff-what-if-products = What the extra desk is for (nothing chosen is everything)
staff-what-if-weekday = Every week on
staff-what-if-weeks = How many weeks
staff-what-if-date = Or on one date
staff-what-if-from = From time
staff-what-if-to = To time
staff-what-if-do = See what changes
staff-what-if-back = Back to the planning
staff-what-if-problems = Please change this:
staff-what-if-problem-desk = Choose which desk closes.
staff-what-if-problem-date = Choose a date from today to twelve weeks ahead.
staff-what-if-problem-from = Enter a time to begin, such as 16:00.
staff-what-if-problem-to = Enter a time to end that is after the beginning.
staff-what-if-problem-weeks = Enter a number of weeks from 1 to 12.
staff-what-if-problem-product = Choose something residents can make an appointment for.
staff-what-if-weekly = { $weekday }, { $count ->
    [one] once
   *[other] { $count } weeks
  }
staff-what-if-added-said = A desk more on { $days }, from { $from } to { $to }
staff-what-if-closed-said = { $desk } closed on { $days }, from { $from } to { $to }
staff-what-if-first-free = First free time
staff-what-if-in-use = How full the desks are, from today to { $until }
staff-what-if-when = When
staff-what-if-before = Now
staff-what-if-after = Then
staff-what-if-change = Difference
staff-what-if-taken = Taken
staff-what-if-open = Open
staff-what-if-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
  }
staff-what-if-sooner = { $count ->
    [one] 1 working day sooner
   *[other] { $count } working days sooner
  }
staff-what-if-later = { $count ->
    [one] 1 working day later
   *[other] { $count } working days later
  }
staff-what-if-free-now = there will be a free time
staff-what-if-free-no-more = there is no free time any more
staff-what-if-same = no difference
staff-what-if-other-time = as far ahead, at another time
staff-what-if-unfit = { $count ->
    [one] One appointment could not go on.
   *[other] { $count } appointments could not go on.
  }

staff-figures = Figures
staff-figures-from = From day
staff-figures-to = Up to and including day
staff-figures-show = Show the figures
staff-figures-csv = Download as CSV
staff-figures-problem-day = Enter a day, such as 2026-11-23.
staff-figures-problem-before = Choose a last day that is not before the first.
staff-figures-problem-long = Choose a year at most.
staff-figures-cut = There are more appointments than are counted here at once. Choose a shorter time.
staff-figures-free = First free time
staff-figures-free-lead = For a resident who comes alone. How it was is written down once a day.
staff-figures-limit = { $count ->
    [one] We want a free time within 1 working day.
   *[other] We want a free time within { $count } working days.
  }
staff-figures-free-now = Now
staff-figures-free-none = no free time
staff-figures-ahead = In
staff-figures-too-far = too far ahead
staff-figures-free-middle = Middle of the period
staff-figures-free-most = Furthest in the period
staff-figures-free-in-time = Days on time
staff-figures-walk-ins = At the counter without an appointment
staff-figures-walk-in-today = A time the same day
staff-figures-walk-in-later = A time on another day
staff-figures-nothing = There were no appointments in this period.
staff-figures-late = On time is: called within { $count ->
    [one] 1 minute
   *[other] { $count } minutes
  } of the appointed time.
staff-figures-lead = Who came later waits from that moment. Taken is the time of all appointments, also of who did not come.
staff-figures-by = By
staff-figures-name = Name
staff-figures-all = All together
staff-figures-weekday = Day of the week
staff-figures-visits = Appointments
staff-figures-served = Helped
staff-figures-called = Called
staff-figures-half = Half wait at most
staff-figures-nine = 9 of 10 wait at most
staff-figures-half-minutes = Half wait at most (minutes)
staff-figures-nine-minutes = 9 of 10 wait at most (minutes)
staff-figures-on-time = On time
staff-figures-missed = Did not come
staff-figures-moved = Moved
staff-figures-cancelled = Called off
staff-figures-in-use = Taken
staff-figures-taken-minutes = Taken (minutes)
staff-figures-open-minutes = Open (minutes)
staff-figures-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
  }
staff-figures-working-days = { $count ->
    [0] today
    [one] 1 working day
   *[other] { $count } working days
  }
