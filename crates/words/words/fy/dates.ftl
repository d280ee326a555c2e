### Datums, frije dagen, en wêrom’t in datum dy datum is.
date-at-time = { $date } om { $time }
list-and = en
day-monday = moandei
day-tuesday = tiisdei
day-wednesday = woansdei
day-thursday = tongersdei
day-friday = freed
day-saturday = sneon
day-sunday = snein
day-decree = ekstra frije dei
day-closure = gemeente sletten
holiday-new-year = Nijjiersdei
holiday-good-friday = Goedfreed
holiday-easter-monday = twadde peaskedei
holiday-queens-day = Keninginnedei
holiday-kings-day = Keningsdei
holiday-liberation-day = Befrijingsdei
holiday-ascension = Himelfeartsdei
holiday-whit-monday = twadde pinksterdei
holiday-christmas = earste krystdei
holiday-second-christmas = twadde krystdei
days-skipped =
    { $count ->
        [one] { $days } telt net mei
       *[other] { $days } telle net mei
    }
days-through = { $first } oant en mei { $last }
length-seconds =
    { $count ->
        [one] 1 sekonde
       *[other] { $count } sekonden
    }
length-minutes =
    { $count ->
        [one] 1 minút
       *[other] { $count } minuten
    }
length-hours = { $count } oeren
