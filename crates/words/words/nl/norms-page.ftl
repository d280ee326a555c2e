### The published norms and how well they were kept.
norms-title = Wat mag u van ons verwachten?
norms-lead = Dit zijn onze servicenormen. Dat zijn regels voor hoe wij u helpen. Naast elke norm ziet u hoe vaak wij ons eraan hielden.
norms-counted = Geteld op { $at }.
norms-months = { $first } tot en met { $last }
norms-dates = Toegezegde datum gehouden
norms-dates-kept = { $kept } van { $all }
norms-handled = Afgehandeld, zonder uiterste datum
norms-kept-sentence =
    { $all ->
        [one] In { $month } deden wij één belofte. Nagekomen: { $kept }.
       *[other] Van de { $all } beloften in { $month } kwamen wij er { $kept } na.
    }
norms-on-this-page = Op deze pagina
norms-group-website = Website
norms-group-phone = Telefoon
norms-group-message = Contactformulier en e-mail
norms-group-social = Sociale media
norms-group-counter = Balie
norms-group-post = Post
norms-group-report = Meldingen
norms-group-complaint = Klachten
norms-group-invoice = Facturen
norms-group-improve = Steeds beter
norms-table = Hoe vaak wij deze norm nakwamen
norms-period = Periode
norms-kept = Nagekomen
norms-broken = Niet nagekomen
norms-open = Loopt nog
norms-kept-share = nagekomen
norms-nothing-yet = Nog geen metingen
norms-not-counted = Deze norm meten wij niet in aantallen.
norms-holds = Norm vanaf { $from }
norms-held = Norm van { $from } tot en met { $until }
norms-same-sentence = De zin was toen dezelfde.
norms-target = Doel: { $aim }
norms-target-reached = Bereikt: { $reached } ({ $period }).
norms-target-met = Doel gehaald
norms-target-missed = Doel niet gehaald
norms-target-unknown = Nog geen metingen
norms-how = Zo tellen wij
norms-how-kept = Een belofte is nagekomen als u op tijd antwoord kreeg, of op tijd hoorde wanneer het antwoord komt. Die nieuwe datum is weer een belofte. Een ontvangstbevestiging telt niet als antwoord.
norms-how-days = Bij werkdagen telt de dag waarop uw bericht binnenkomt niet mee. Zaterdagen, zondagen en feestdagen tellen ook niet mee. Percentages ronden wij naar beneden af.
norms-how-split = Soms veranderen onze normen. Dan geldt de norm van de dag waarop uw bericht binnenkwam. Berichten van vóór de verandering tellen wij apart.
norms-how-tip = Kan het beter?
norms-how-tip-link = Geef ons een tip
norms-counter-first-free = Eerste vrije tijd, nu
norms-counter-ahead = { $count ->
    [0] Voor alles is er vandaag nog een tijd vrij.
    [one] Voor alles binnen 1 werkdag.
   *[other] Voor alles binnen { $count } werkdagen.
  }
norms-counter-none-free = Niet voor alles is er nu een vrije tijd.
norms-counter-aim = { $count ->
    [one] Wij willen dat het binnen 1 werkdag kan.
   *[other] Wij willen dat het binnen { $count } werkdagen kan.
  }
norms-counter-on-time = Op tijd aan de beurt, { $month }
norms-counter-share = { $share } was aan de beurt binnen { $minutes } minuten na de afgesproken tijd.
norms-how-link = Hoe wij precies tellen, en hoeveel beloften achter elk getal staan
counting-title = Zo tellen wij
counting-lead = Op onze pagina met normen staat hoe vaak wij onze beloften nakomen. Hier leest u hoe die getallen zijn gemaakt.
counting-back = Terug naar de normen
counting-which = Welke beloften tellen
counting-which-text = Elke keer dat u ons iets vraagt, ontstaan er beloften. Bijvoorbeeld dat u binnen 2 werkdagen iets hoort. Elke belofte telt precies één keer. Ook een belofte die wij vergeten, telt mee.
counting-month-text = Een belofte telt in de maand van haar uiterste dag. Heeft een norm geen uiterste dag, dan telt de maand waarin de belofte is gedaan.
counting-meaning = Wat de woorden betekenen
counting-not-applicable = Vervallen
counting-kept-text = Wij deden op tijd wat wij beloofden.
counting-broken-text = Wij deden het te laat, of nog helemaal niet. Ook als het later alsnog gebeurt, blijft dit zo.
counting-open-text = De uiterste dag is nog niet voorbij.
counting-not-applicable-text = Bij nader inzien was er niets beloofd. Bijvoorbeeld omdat het reclame was, omdat iemand dezelfde vraag twee keer stuurde, of omdat iemand de vraag introk.
counting-moved-text = Noemen wij u een datum en verschuiven wij die later? Dan is de eerste datum niet gehouden, ook niet als wij het op tijd zeggen.
counting-numbers = Hoeveel beloften achter elk getal staan
counting-measured = { $count ->
    [one] 1 keer gedaan zonder uiterste dag.
   *[other] { $count } keer gedaan zonder uiterste dag.
  }
counting-dates = Datums die wij noemden: { $kept } van { $all } gehouden.
counting-check = Dit is na te rekenen
counting-check-text = Alles wat er met een vraag gebeurt, leggen wij vast in een keten. Niemand kan daar ongemerkt iets in veranderen. Een controleur telt met deze opdracht alles opnieuw uit die keten, en ziet elk verschil met deze pagina:
