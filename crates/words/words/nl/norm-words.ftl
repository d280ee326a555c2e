### Wat normen zeggen en wat eraan verandert.
limit-at-once = direct
limit-soon = zo snel mogelijk
limit-same-day = dezelfde dag
limit-within = binnen { $limit }
limit-before = uiterlijk { $limit } van tevoren
limit-at-least = niet eerder dan na { $limit }
limit-around = hoogstens { $limit } ervoor of erna
norms-from = Deze normen gelden vanaf { $date }.
change-none = Voor u verandert er niets.
change-added = Nieuw: { $sentence }
change-removed = Vervalt: { $sentence }
change-sentence = De zin verandert. Eerst: { $old } Nu: { $new }
change-duty = Wij beloven iets anders: eerst { $old }, nu { $new }. ({ $sentence })
change-limit-sooner = U bent sneller aan de beurt: { $new }, eerst { $old }. ({ $sentence })
change-limit-later = U wacht langer: { $new }, eerst { $old }. ({ $sentence })
change-limit = De termijn verandert: { $new }, eerst { $old }. ({ $sentence })
change-scope = Deze norm geldt voor andere berichten dan eerst. ({ $sentence })
change-terms = De voorwaarden bij deze norm veranderen. ({ $sentence })
change-targets = Hoe vaak wij dit willen halen, verandert: { $new }, eerst { $old }. ({ $sentence })
change-consequences = Wat u krijgt als het niet lukt, verandert: { $new }, eerst { $old }. ({ $sentence })
change-hours = { $channel }, { $day }: { $new }, eerst { $old }.
change-hours-closed = gesloten
change-closed = Wij zijn dicht van { $from } tot en met { $to }: { $why }.
change-open = Wij zijn toch open van { $from } tot en met { $to }: { $why }.
change-closed-day = Wij zijn dicht op { $from }: { $why }.
change-open-day = Wij zijn toch open op { $from }: { $why }.
change-reach = { $what }: { $new }, eerst { $old }.
change-reach-phone = Telefoonnummer
change-reach-email = E-mailadres
change-reach-invoice = Adres voor facturen
change-reach-website = Website
change-reach-appointments = Afspraak maken
limit-seconds =
    { $count ->
        [one] 1 seconde
       *[other] { $count } seconden
    }
limit-minutes =
    { $count ->
        [one] 1 minuut
       *[other] { $count } minuten
    }
limit-hours =
    { $count ->
        [one] 1 uur
       *[other] { $count } uur
    }
limit-rings =
    { $count ->
        [one] 1 keer overgaan
       *[other] { $count } keer overgaan
    }
limit-working-hours =
    { $count ->
        [one] 1 uur openingstijd
       *[other] { $count } uur openingstijd
    }
limit-working-minutes =
    { $count ->
        [one] 1 minuut openingstijd
       *[other] { $count } minuten openingstijd
    }
limit-working-days =
    { $count ->
        [one] 1 werkdag
       *[other] { $count } werkdagen
    }
limit-clear-working-days =
    { $count ->
        [one] 1 hele werkdag
       *[other] { $count } hele werkdagen
    }
limit-times =
    { $count ->
        [one] 1 keer
       *[other] { $count } keer
    }
limit-days =
    { $count ->
        [one] 1 dag
       *[other] { $count } dagen
    }
limit-weeks =
    { $count ->
        [one] 1 week
       *[other] { $count } weken
    }
limit-months =
    { $count ->
        [one] 1 maand
       *[other] { $count } maanden
    }
limit-years =
    { $count ->
        [one] 1 jaar
       *[other] { $count } jaar
    }
period-month = per maand
period-quarter = per kwartaal
period-year = per jaar
target-in-time = op tijd
target-share = { $share } { $limit }, { $period }
target-most = meer dan de helft { $limit }, { $period }
target-average = gemiddeld hoogstens { $limit }, { $period }
reached-average = gemiddeld { $length }
reached-times = gemiddeld { $times } keer
deed-acknowledge = ontvangst bevestigen
deed-say-who = zeggen wie het behandelt
deed-contact = contact opnemen
deed-discuss = bespreken
deed-answer = antwoorden
deed-call-back = terugbellen
deed-decide = een besluit nemen
deed-solve = oplossen
deed-make-safe = het gevaar wegnemen
deed-visit = langskomen
deed-deliver = leveren
deed-pay = betalen
deed-remind = herinneren
deed-offer = aanbieden
deed-inform = laten weten
deed-say-when = zeggen wanneer
deed-agree = iets anders afspreken
deed-publish = publiceren
deed-pick-up = de telefoon opnemen
deed-see = aan de beurt zijn
deed-serve = helpen
deed-transfer = doorverbinden
deed-be-reachable = bereikbaar zijn
deed-be-open = open zijn
deed-keep-date = een datum houden
deed-except = uitzondering
deed-standing = geldt altijd
retention-question = vragen
retention-feedback = reacties op de website
retention-tip = tips
retention-report = meldingen
retention-complaint = klachten
retention-invoice = facturen
retention-call-back = terugbelverzoeken
retention-application = aanvragen
retention-objection = bezwaren
retention-order = bestellingen
retention-appointment = afspraken
retention-years =
    { $count ->
        [one] 1 jaar
       *[other] { $count } jaar
    }
change-kept = Persoonsgegevens bij { $kind } worden anders bewaard: { $new } in plaats van { $old }.
