# Hoe beloften zijn nagekomen: de cijfers, de lijst erachter en het jaarverslag.
staff-report = Beloften in cijfers
staff-report-tab = Cijfers
staff-report-by = Per
staff-report-by-norm = Norm
staff-report-by-channel = Kanaal
staff-report-by-department = Team
staff-report-by-month = Maand
staff-report-take = Deze cijfers als bestand:
staff-report-annual = Jaarverslag { $year }
staff-report-nothing = In deze periode hoefde geen belofte nagekomen te worden.
staff-report-lead = Geteld zijn alle beloften met een uiterste dag in deze periode. Loopt nog: het is nog op tijd. Met spoed is een deel daarvan: zonder actie komt het te laat, net als op de werklijst. Vervallen: bij nader inzien was er niets beloofd. Het team is het team dat het contact nu heeft.
staff-report-kept = Nagekomen
staff-report-broken = Niet nagekomen
staff-report-open = Loopt nog
staff-report-at-risk = Met spoed
staff-report-not-applicable = Vervallen
staff-report-measured-name = Gedaan zonder termijn
staff-report-share = Deel nagekomen
staff-report-measured = { $count ->
    [one] 1 gedaan, zonder termijn
   *[other] { $count } gedaan, zonder termijn
  }
staff-report-months = Maand na maand
staff-report-months-picture = Beloften per maand: nagekomen, niet nagekomen en nog lopend. De tabel hieronder zegt hetzelfde.
staff-report-no-team = geen team
staff-report-date = gezegde datum
staff-report-dates = Datums die wij noemden en hielden:
staff-report-dates-kept = Genoemde datums gehouden
staff-report-waits = Hoe lang inwoners wachtten
staff-report-waits-lead = Van wie in deze periode een vraag stelde, in gewone uren en dagen. Ook wie nog wacht, telt mee: daarom is een tijd soms nog niet bekend.
staff-report-waits-picture = Welk deel van de inwoners na hoeveel tijd de bevestiging, het eerste contact en het antwoord had. De tabel hieronder zegt hetzelfde.
staff-report-waited-for = Gewacht op
staff-report-wait-acknowledgement = Bevestiging
staff-report-wait-contact = Eerste contact: antwoord of datum
staff-report-wait-answer = Antwoord
staff-report-have-it = Heeft het
staff-report-still-wait = Wacht nog
staff-report-within = { $percent }% binnen
staff-report-not-known = nog niet bekend
staff-report-days = { $count ->
    [one] 1 dag
   *[other] { $count } dagen
  }
staff-report-axis-hours = Uren sinds de vraag
staff-report-axis-days = Dagen sinds de vraag
staff-report-causes = Waarom beloften niet zijn nagekomen
staff-report-causes-lead = Elke belofte staat er één keer in. Het programma weet wat er wanneer gebeurde, niet waarom. Zie het als plek om te beginnen met zoeken.
staff-report-cause = Oorzaak
staff-cause-date-moved = Genoemde datum is verschoven
staff-cause-date-passed = Genoemde datum is voorbijgegaan
staff-cause-known-too-late = Pas na de uiterste dag bleek dat het moest
staff-cause-too-early = Eerder gedaan dan afgesproken
staff-cause-not-delivered = Brief of mail kwam niet aan
staff-cause-confirmed-late = Bevestiging ging te laat weg
staff-cause-just-late = Minder dan een dag te laat
staff-cause-untouched = Niemand keek ernaar
staff-cause-left-with-team = Bleef bij het team liggen
staff-cause-not-finished = Iemand had het, maar het was niet af
staff-cause-let-go = Iemand deed iets, daarna had niemand het
staff-report-back = Terug naar de cijfers
staff-report-items-nothing = Er zijn geen beloften achter dit getal.
staff-report-day = Uiterste dag
staff-report-became = Wat ervan kwam
staff-report-more = Volgende beloften
staff-report-annual-over = Dit verslag gaat over alle beloften met een uiterste dag in { $year }.
staff-report-annual-running = Dit jaar loopt nog. Dit verslag gaat over alle beloften met een uiterste dag tot en met { $until }.
staff-report-annual-made = Gemaakt op { $made }.
staff-report-short = In het kort
staff-report-norms = Onze normen en wat ervan kwam
staff-report-checked = Zo kunt u dit narekenen
staff-report-checked-lead = Alles wat gebeurt, staat in een keten die niemand ongemerkt kan veranderen. Wie de gegevens mag lezen, telt er met deze opdracht alles opnieuw uit. De opdracht noemt elk verschil.
staff-report-all = Alle beloften
