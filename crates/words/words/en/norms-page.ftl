### The published norms and how well they were kept.
norms-title = What can you expect from us?
norms-lead = These are our service standards: rules for how we help you. Beside each standard you see how often we met it.
norms-counted = Counted on { $at }.
norms-months = { $first } to { $last }
norms-dates = Promised date kept
norms-dates-kept = { $kept } of { $all }
norms-handled = Handled, without a latest date
norms-kept-sentence =
    { $all ->
        [one] In { $month } we made one promise. Kept: { $kept }.
       *[other] Of the { $all } promises in { $month } we kept { $kept }.
    }
norms-on-this-page = On this page
norms-group-website = Website
norms-group-phone = Telephone
norms-group-message = Contact form and e-mail
norms-group-social = Social media
norms-group-counter = Service desk
norms-group-post = Post
norms-group-report = Reports
norms-group-complaint = Complaints
norms-group-invoice = Invoices
norms-group-improve = Getting better
norms-table = How often we met this standard
norms-period = Period
norms-kept = Kept
norms-broken = Not kept
norms-open = Still open
norms-kept-share = kept
norms-nothing-yet = No measurements yet
norms-not-counted = We do not measure this standard in numbers.
norms-holds = Standard from { $from }
norms-held = Standard from { $from } to { $until }
norms-same-sentence = The sentence was the same then.
norms-target = Target: { $aim }
norms-target-reached = Reached: { $reached } ({ $period }).
norms-target-met = Target met
norms-target-missed = Target not met
norms-target-unknown = No measurements yet
norms-how = How we count
norms-how-kept = A promise is kept when you had an answer in time, or heard in time when the answer will come. That new date is a promise too. A confirmation of receipt does not count as an answer.
norms-how-days = The day your message arrives does not count as a working day. Saturdays, Sundays and public holidays do not count either. We round percentages down.
norms-how-split = Sometimes our standards change. The standard of the day on which your message arrived is the one that holds. We count messages from before the change separately.
norms-how-tip = Can we do better?
norms-how-tip-link = Give us a tip
norms-counter-first-free = First free time, now
norms-counter-ahead = { $count ->
    [0] There is a free time today for everything.
    [one] Within 1 working day for everything.
   *[other] Within { $count } working days for everything.
  }
norms-counter-none-free = There is no free time for everything now.
norms-counter-aim = { $count ->
    [one] We want it to be possible within 1 working day.
   *[other] We want it to be possible within { $count } working days.
  }
norms-counter-on-time = Called on time, { $month }
norms-counter-share = { $share } were called within { $minutes } minutes of the appointed time.
norms-how-link = How exactly we count, and how many promises are behind each number
counting-title = How we count
counting-lead = Our page of standards says how often we keep our promises. Here you read how those numbers are made.
counting-back = Back to the standards
counting-which = Which promises count
counting-which-text = Every time you ask us something, promises are made. For instance that you hear from us within 2 working days. Every promise counts exactly once. A promise that we forget counts too.
counting-month-text = A promise counts in the month of its last day. When a standard has no last day, the month in which the promise was made counts.
counting-meaning = What the words mean
counting-not-applicable = Not applicable
counting-kept-text = We did in time what we promised.
counting-broken-text = We did it too late, or not at all so far. When it is done later after all, this stays so.
counting-open-text = The last day is not over yet.
counting-not-applicable-text = Nothing was promised after all. For instance because it was advertising, because somebody sent the same question twice, or because somebody withdrew it.
counting-moved-text = When we tell you a date and move it later, the first date was not kept, also when we tell you in time.
counting-numbers = How many promises are behind each number
counting-measured = { $count ->
    [one] Done once without a last day.
   *[other] Done { $count } times without a last day.
  }
counting-dates = Dates that we told: { $kept } of { $all } kept.
counting-check = This can be checked
counting-check-text = Everything that happens to a question is written down in a chain. Nobody can change anything in it unseen. With this command an auditor counts everything again from that chain, and sees every difference with this page:
