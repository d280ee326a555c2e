# Planning en cijfers van de balie, voor medewerkers.
staff-planning = Planning
staff-planning-week = Week van { $day }
staff-planning-weeks = Andere weken
staff-planning-before = Vorige week
staff-planning-now = Deze week
staff-planning-after = Volgende week
staff-planning-lead = Kies een vrije tijd om daar een afspraak te maken, of een afspraak om het contact te zien.
staff-planning-inside = alleen voor medewerkers
staff-planning-nothing = niet open
staff-planning-free = vrij
staff-planning-closed = gesloten
staff-planning-to-call = bel de inwoner
staff-counter-only-desk = U ziet alleen de tijden van { $desk }.
staff-counter-any-desk = Toon alle balies

staff-what-if = Wat als
staff-what-if-lead = Bekijk wat er verandert met een balie erbij of een balie dicht. Er wordt niets vastgelegd.
staff-what-if-what = Wat wilt u bekijken
staff-what-if-add = Een balie erbij
staff-what-if-close = Een balie dicht
staff-what-if-desk = Welke balie gaat dicht
staff-what-if-desk-help = Alleen nodig als er een balie dichtgaat.
staff-what-if-products = Waarvoor is de balie erbij (niets gekozen is alles)
staff-what-if-weekday = Elke week op
staff-what-if-weeks = Hoeveel weken
staff-what-if-date = Of op één datum
staff-what-if-from = Van tijd
staff-what-if-to = Tot tijd
staff-what-if-do = Bekijk wat er verandert
staff-what-if-back = Terug naar de planning
staff-what-if-problems = Pas dit aan:
staff-what-if-problem-desk = Kies welke balie dichtgaat.
staff-what-if-problem-date = Kies een datum van vandaag tot twaalf weken vooruit.
staff-what-if-problem-from = Vul een begintijd in, zoals 16:00.
staff-what-if-problem-to = Vul een eindtijd in die na de begintijd ligt.
staff-what-if-problem-weeks = Vul een aantal weken in van 1 tot en met 12.
staff-what-if-problem-product = Kies iets waarvoor inwoners een afspraak kunnen maken.
staff-what-if-weekly = { $weekday }, { $count ->
    [one] één keer
   *[other] { $count } weken
  }
staff-what-if-added-said = Een balie erbij op { $days }, van { $from } tot { $to }
staff-what-if-closed-said = { $desk } dicht op { $days }, van { $from } tot { $to }
staff-what-if-first-free = Eerste vrije tijd
staff-what-if-in-use = Hoe vol de balies zijn, van vandaag tot en met { $until }
staff-what-if-when = Wanneer
staff-what-if-before = Nu
staff-what-if-after = Dan
staff-what-if-change = Verschil
staff-what-if-taken = Bezet
staff-what-if-open = Open
staff-what-if-hours = { $count } uur
staff-what-if-sooner = { $count ->
    [one] 1 werkdag eerder
   *[other] { $count } werkdagen eerder
  }
staff-what-if-later = { $count ->
    [one] 1 werkdag later
   *[other] { $count } werkdagen later
  }
staff-what-if-free-now = er komt een vrije tijd
staff-what-if-free-no-more = er is geen vrije tijd meer
staff-what-if-same = geen verschil
staff-what-if-other-time = even ver weg, op een andere tijd
staff-what-if-unfit = { $count ->
    [one] Eén afspraak kan dan niet doorgaan.
   *[other] { $count } afspraken kunnen dan niet doorgaan.
  }

staff-figures = Cijfers
staff-figures-from = Van dag
staff-figures-to = Tot en met dag
staff-figures-show = Toon de cijfers
staff-figures-csv = Download als CSV
staff-figures-problem-day = Vul een dag in, zoals 2026-11-23.
staff-figures-problem-before = Kies een laatste dag die niet voor de eerste ligt.
staff-figures-problem-long = Kies hoogstens een jaar.
staff-figures-cut = Er zijn meer afspraken dan hier in één keer worden geteld. Kies een kortere tijd.
staff-figures-free = Eerste vrije tijd
staff-figures-free-lead = Voor een inwoner die alleen komt. Hoe het was, wordt elke dag één keer vastgelegd.
staff-figures-limit = { $count ->
    [one] Wij willen binnen 1 werkdag een vrije tijd.
   *[other] Wij willen binnen { $count } werkdagen een vrije tijd.
  }
staff-figures-free-now = Nu
staff-figures-free-none = geen vrije tijd
staff-figures-ahead = Over
staff-figures-too-far = te ver weg
staff-figures-free-middle = Midden van de periode
staff-figures-free-most = Verst in de periode
staff-figures-free-in-time = Dagen op tijd
staff-figures-walk-ins = Zonder afspraak aan de balie
staff-figures-walk-in-today = Dezelfde dag een tijd
staff-figures-walk-in-later = Een tijd op een andere dag
staff-figures-nothing = In deze periode waren er geen afspraken.
staff-figures-late = Op tijd is: opgeroepen binnen { $count ->
    [one] 1 minuut
   *[other] { $count } minuten
  } na de afgesproken tijd.
staff-figures-lead = Wie later kwam, wacht vanaf dat moment. Bezet is de tijd van alle afspraken, ook van wie niet kwam.
staff-figures-by = Soort
staff-figures-name = Naam
staff-figures-all = Alles samen
staff-figures-weekday = Dag van de week
staff-figures-visits = Afspraken
staff-figures-served = Geholpen
staff-figures-called = Opgeroepen
staff-figures-half = Helft wacht hoogstens
staff-figures-nine = 9 van de 10 wachten hoogstens
staff-figures-half-minutes = Helft wacht hoogstens (minuten)
staff-figures-nine-minutes = 9 van de 10 wachten hoogstens (minuten)
staff-figures-on-time = Op tijd
staff-figures-missed = Niet gekomen
staff-figures-moved = Verzet
staff-figures-cancelled = Afgezegd
staff-figures-in-use = Bezet
staff-figures-taken-minutes = Bezet (minuten)
staff-figures-open-minutes = Open (minuten)
staff-figures-minutes = { $count ->
    [one] 1 minuut
   *[other] { $count } minuten
  }
staff-figures-working-days = { $count ->
    [0] vandaag
    [one] 1 werkdag
   *[other] { $count } werkdagen
  }
