### Dates, days off, and why a date is that date.
date-at-time = { $date } om { $time }
list-and = en
day-monday = maandag
day-tuesday = dinsdag
day-wednesday = woensdag
day-thursday = donderdag
day-friday = vrijdag
day-saturday = zaterdag
day-sunday = zondag
day-decree = extra vrije dag
day-closure = gemeente gesloten
holiday-new-year = Nieuwjaarsdag
holiday-good-friday = Goede Vrijdag
holiday-easter-monday = tweede paasdag
holiday-queens-day = Koninginnedag
holiday-kings-day = Koningsdag
holiday-liberation-day = Bevrijdingsdag
holiday-ascension = Hemelvaartsdag
holiday-whit-monday = tweede pinksterdag
holiday-christmas = eerste kerstdag
holiday-second-christmas = tweede kerstdag
days-skipped =
    { $count ->
        [one] { $days } telt niet mee
       *[other] { $days } tellen niet mee
    }
days-through = { $first } tot en met { $last }
length-seconds =
    { $count ->
        [one] 1 seconde
       *[other] { $count } seconden
    }
length-minutes =
    { $count ->
        [one] 1 minuut
       *[other] { $count } minuten
    }
length-hours = { $count } uur
