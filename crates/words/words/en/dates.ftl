### Dates, days off, and why a date is that date.
date-at-time = { $date } at { $time }
list-and = and
day-monday = Monday
day-tuesday = Tuesday
day-wednesday = Wednesday
day-thursday = Thursday
day-friday = Friday
day-saturday = Saturday
day-sunday = Sunday
day-decree = extra day off
day-closure = town hall closed
holiday-new-year = New Year's Day
holiday-good-friday = Good Friday
holiday-easter-monday = Easter Monday
holiday-queens-day = Queen's Day
holiday-kings-day = King's Day
holiday-liberation-day = Liberation Day
holiday-ascension = Ascension Day
holiday-whit-monday = Whit Monday
holiday-christmas = Christmas Day
holiday-second-christmas = Boxing Day
days-skipped =
    { $count ->
        [one] { $days } does not count
       *[other] { $days } do not count
    }
days-through = { $first } to { $last }
length-seconds =
    { $count ->
        [one] 1 second
       *[other] { $count } seconds
    }
length-minutes =
    { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
length-hours = { $count } hours
