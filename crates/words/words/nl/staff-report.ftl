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

# Wat er aankomt, naast de uren die er zijn
staff-ahead = Vooruitblik
staff-ahead-title = Vooruitblik: de komende vier weken
staff-ahead-lead = Hoeveel beloften moeten op elke werkdag nagekomen zijn, en hoeveel uren zijn er dan? Geteld is wat beloofd is tot en met { $until }.
staff-ahead-everybody = Iedereen
staff-ahead-days = Dag na dag
staff-ahead-day = Dag
staff-ahead-made = Al beloofd
staff-ahead-open = Daarvan nog open
staff-ahead-to-come = Komt er nog bij
staff-ahead-band = Totaal, waarschijnlijk
staff-ahead-between = { $low } tot { $high }
staff-ahead-hours = Uren
staff-ahead-per-hour = Per uur
staff-ahead-busy = drukker dan gewoonlijk
staff-ahead-nobody = niemand aan het werk
staff-ahead-busy-from = Drukker dan gewoonlijk: meer dan { $rate } beloften per uur. Dat haalde hoogstens één op de tien werkdagen in de afgelopen dertien weken.
staff-ahead-picture = Beloften op elke werkdag: wat al beloofd is en waar het totaal waarschijnlijk op uitkomt, met de uren die er zijn. De tabel hieronder zegt hetzelfde.
staff-ahead-early = Er is nog te weinig bekend om te zeggen wat er nog bij komt. Daarvoor zijn minstens vier vergelijkbare dagen nodig. Wat al beloofd is, staat hieronder wel.
staff-ahead-overdue = { $count ->
    [one] Van vóór vandaag staat nog 1 belofte open. Die komt erbovenop.
   *[other] Van vóór vandaag staan nog { $count } beloften open. Die komen erbovenop.
  }
staff-ahead-no-hours = Van niemand zijn de werktijden bekend. Daarom staan er geen uren bij.
staff-ahead-without-hours = { $count ->
    [one] Van 1 medewerker zijn de werktijden niet bekend. Deze uren tellen niet mee.
   *[other] Van { $count } medewerkers zijn de werktijden niet bekend. Hun uren tellen niet mee.
  }
staff-ahead-fill-in = Werktijden invullen
staff-ahead-how = Zo is dit berekend
staff-ahead-how-counted = Geteld zijn beloften waar een medewerker iets voor moet doen: antwoorden, terugbellen, een genoemde datum houden. Ontvangstbevestigingen per e-mail gaan vanzelf. Vervallen beloften en verschoven datums tellen niet. Het team is het team dat het contact nu heeft.
staff-ahead-how-reckoned = Wat er nog bij komt, is het gemiddelde van dezelfde dag van de week in de afgelopen dertien weken. We tellen alleen beloften die er toen, even lang van tevoren, nog niet waren. Op acht van de tien dagen ligt het totaal tussen deze twee getallen.
staff-ahead-how-hours = De uren zijn de werktijden van wie met inwoners werkt, zonder afwezigheid en dagen waarop de gemeente dicht is. Voor het verleden rekenen we met de werktijden van nu. Wie in meer teams zit, telt in elk team helemaal mee.
staff-ahead-how-not = Wat dit niet weet: een storing, een brief aan alle inwoners of een vakantie in een andere week dan eerder. Ook weet het niet hoeveel werk één belofte is, en wat mensen nog meer te doen hebben. Wat afloopt op een dag waarop de gemeente dicht is, staat er niet bij.
