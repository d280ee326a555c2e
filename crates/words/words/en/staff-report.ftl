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
