### Zoeken op de website.
site-search = Zoeken
site-search-label = Zoek op deze website
site-search-often = Veel bekeken
site-search-count =
    { $count ->
        [0] Niets gevonden voor “{ $question }”
        [one] 1 resultaat voor “{ $question }”
       *[other] { $count } resultaten voor “{ $question }”
    }
site-search-none = Kijk of alles goed gespeld is, of zoek met een ander woord. U kunt het ons ook vragen.
site-search-part = Niet alle woorden komen samen voor. Dit komt in de buurt.
site-search-more = Staat het er niet bij?
site-search-page = Pagina
site-search-way = Zo bereikt u ons
site-search-norm = Onze belofte
site-search-also-phone = bellen opbellen telefoneren telefoon telefoonnummer nummer klantenservice
site-search-also-email = mailen e-mailadres mailadres e-mail
site-search-also-counter = balie loket gemeentehuis stadhuis langskomen bezoek paspoort rijbewijs identiteitskaart openingstijden
site-search-also-report = melding storing overlast lantaarnpaal stoeptegel afval zwerfvuil gat boom
site-search-also-form = bericht vraag formulier klacht reactie
site-search-also-status = open gesloten dicht geopend storing feestdag bereikbaar openingstijden
