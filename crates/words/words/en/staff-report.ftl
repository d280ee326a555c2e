# How promises were kept: the figures, the list behind them and the report of a year.
staff-report = Promises in figures
staff-report-tab = Figures
staff-report-by = By
staff-report-by-norm = Standard
staff-report-by-channel = Channel
staff-report-by-department = Team
staff-report-by-month = Month
staff-report-take = These figures as a file:
staff-report-annual = Report of { $year }
staff-report-nothing = No promise had to be kept in this period.
staff-report-lead = Counted are all promises with a last day in this period. Still open: there is time left. At risk is a part of those: late unless somebody acts, as on the work list. Not applicable: nothing was owed after all. The team is the one that has the contact now.
staff-report-kept = Kept
staff-report-broken = Not kept
staff-report-open = Still open
staff-report-at-risk = At risk
staff-report-not-applicable = Not applicable
staff-report-measured-name = Done without a limit
staff-report-share = Share kept
staff-report-measured = { $count ->
    [one] 1 done, without a limit
   *[other] { $count } done, without a limit
  }
staff-report-months = Month by month
staff-report-months-picture = Promises by month: kept, not kept and still open. The table below says the same.
staff-report-no-team = no team
staff-report-date = date that was told
staff-report-dates = Dates that we told and kept:
staff-report-dates-kept = Dates told that were kept
staff-report-waits = How long residents waited
staff-report-waits-lead = Of who asked something in this period, in hours and days by the clock. Who still waits counts too: that is why some times are not known yet.
staff-report-waits-picture = Which share of residents had the confirmation, the first contact and the answer after how long. The table below says the same.
staff-report-waited-for = Waited for
staff-report-wait-acknowledgement = Confirmation
staff-report-wait-contact = First contact: answer or date
staff-report-wait-answer = Answer
staff-report-have-it = Have it
staff-report-still-wait = Still wait
staff-report-within = { $percent }% within
staff-report-not-known = not known yet
staff-report-days = { $count ->
    [one] 1 day
   *[other] { $count } days
  }
staff-report-axis-hours = Hours since the question
staff-report-axis-days = Days since the question
staff-report-causes = Why promises were not kept
staff-report-causes-lead = Every promise is counted once. The program knows what happened when, not why. Take it as a place to start looking.
staff-report-cause = Cause
staff-cause-date-moved = A date that was told was moved
staff-cause-date-passed = A date that was told passed
staff-cause-known-too-late = It was only known after the last day
staff-cause-too-early = Done earlier than agreed
staff-cause-not-delivered = A letter or mail did not arrive
staff-cause-confirmed-late = The confirmation left too late
staff-cause-just-late = Less than a day too late
staff-cause-untouched = Nobody looked at it
staff-cause-left-with-team = It was left with the team
staff-cause-not-finished = Somebody had it, and it was not finished
staff-cause-let-go = Somebody did something, then nobody had it
staff-report-back = Back to the figures
staff-report-items-nothing = There are no promises behind this number.
staff-report-day = Last day
staff-report-became = What became of it
staff-report-more = Next promises
staff-report-annual-over = This report is about all promises with a last day in { $year }.
staff-report-annual-running = This year is not over. This report is about all promises with a last day up to and including { $until }.
staff-report-annual-made = Made on { $made }.
staff-report-short = In short
staff-report-norms = Our standards and what became of them
staff-report-checked = How to check this
staff-report-checked-lead = Everything that happens stands in a chain that nobody can change unseen. Whoever may read the data counts everything again from it with this command. It names every difference.
staff-report-all = All promises

# What comes, beside the hours there are
staff-ahead = Looking ahead
staff-ahead-title = Looking ahead: the next four weeks
staff-ahead-lead = How many promises must be kept by each working day, and how many hours are there then? Counted is what was promised up to and including { $until }.
staff-ahead-everybody = Everybody
staff-ahead-days = Day by day
staff-ahead-day = Day
staff-ahead-made = Promised already
staff-ahead-open = Of those still open
staff-ahead-to-come = Still to come
staff-ahead-band = In total, most likely
staff-ahead-between = { $low } to { $high }
staff-ahead-hours = Hours
staff-ahead-per-hour = Per hour
staff-ahead-busy = busier than usual
staff-ahead-nobody = nobody at work
staff-ahead-busy-from = Busier than usual: more than { $rate } promises per hour. At most one in ten working days of the last thirteen weeks had that.
staff-ahead-picture = Promises on each working day: what is promised already and where the total will most likely end, with the hours there are. The table below says the same.
staff-ahead-early = Too little is known yet to say what is still to come. At least four days that are alike are needed. What is promised already stands below all the same.
staff-ahead-overdue = { $count ->
    [one] From before today 1 promise is still open. It comes on top.
   *[other] From before today { $count } promises are still open. They come on top.
  }
staff-ahead-no-hours = Nobody’s working hours are known, so there are no hours below.
staff-ahead-without-hours = { $count ->
    [one] The working hours of 1 employee are not known. They are not counted.
   *[other] The working hours of { $count } employees are not known. They are not counted.
  }
staff-ahead-fill-in = Fill in working hours
staff-ahead-how = How this is worked out
staff-ahead-how-counted = Counted are promises for which an employee has to do something: answer, call back, keep a date that was told. Confirmations of receipt by mail go by themselves. What was not owed after all and dates that were moved do not count. The team is the one that has the contact now.
staff-ahead-how-reckoned = What is still to come is the mean of the same day of the week over the last thirteen weeks, counting only promises made that close to the day. Eight in ten days end between the two numbers.
staff-ahead-how-hours = The hours are those of who works with residents, without absence and without days on which the municipality is closed. For the past, today's working hours are used. Who is in several teams counts in full in each.
staff-ahead-how-not = What this can not know: a disruption, a letter to every resident, or holidays in other weeks than before. Nor does it know how much work one promise is, and what else people have to do. What is due on a day on which the municipality is closed is not shown.
