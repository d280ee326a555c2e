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
