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
