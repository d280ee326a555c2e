### What every public page shares, the front page, and the pages that are only text.
site-municipality = Gemeente { $name }
site-skip = Naar de inhoud
site-menu = Hoofdmenu
site-foot-menu = Over deze website
site-menu-contact = Contact
site-menu-status = Openingstijden
site-menu-norms = Onze beloften
site-menu-privacy = Privacy
site-menu-accessibility = Toegankelijkheid
site-languages = Taal
site-notice = Mededeling
site-wrong-page = Klopt deze pagina niet?
site-wrong-page-link = Laat het ons weten

home-title = Wat kunnen wij voor u doen?
home-lead = Stel uw vraag zoals u dat prettig vindt. Wij zeggen u meteen wanneer u van ons hoort.
home-ask = Stuur ons een bericht
home-now = Nu bereikbaar
home-now-more = Alle tijden en storingen
home-phone = Telefoon
home-counter = Balie
home-counter-appointment = Alleen op afspraak
home-open-until = Nu open tot { $time }
home-opens-today = Vandaag om { $time } weer open
home-opens-tomorrow = Morgen om { $time } weer open
home-opens-on = Weer open op { $day } om { $time }
home-opens-unknown = Voorlopig gesloten
home-ways = Zo bereikt u ons
home-way-form = Contactformulier
home-way-form-text = Dag en nacht. U krijgt meteen een bevestiging.
home-way-phone = Bel { $number }
home-way-phone-text = De meeste vragen beantwoorden we direct.
home-way-email = Stuur een e-mail
home-way-counter = Kom langs op afspraak
home-way-counter-text = Kies zelf een dag en een tijd.
home-way-counter-phone = Maak een afspraak via { $number }.
home-way-post = Schrijf een brief
home-way-report = Meld een probleem op straat
home-way-report-text = Een kapotte lamp, een losse tegel of afval: meld het dag en nacht.
home-way-report-phone = Een kapotte lamp, een losse tegel of afval: bel { $number }.
home-kept = Wij houden ons aan ons woord
home-kept-text = Wat u van ons mag verwachten, staat zwart op wit. Elke maand laten we zien hoe goed dat lukt. Ook als het niet lukt.
home-kept-link = Bekijk onze beloften
home-hours = Openingstijden
home-hours-phone = Telefoon { $number }
home-hours-counter = Balie, alleen op afspraak
home-today = vandaag

site-trouble = Foutcode { $status }
site-trouble-bad-request-title = Wij begrijpen dit niet
site-trouble-bad-request-text = Er ging iets mis bij het versturen. Ga terug en probeer het nog een keer.
site-trouble-forbidden-title = Dit mag hier niet
site-trouble-forbidden-text = U mag deze pagina niet bekijken, of uw bericht kwam van een andere website. Begin opnieuw op onze website.
site-trouble-not-found-title = Deze pagina bestaat niet
site-trouble-not-found-text = Misschien is de pagina verhuisd, of staat er een tikfout in het adres.
site-trouble-too-large-title = Uw bericht is te groot
site-trouble-too-large-text = Maak uw bericht korter en probeer het nog een keer.
site-trouble-too-many-title = Even wachten, alstublieft
site-trouble-too-many-text = U heeft in korte tijd veel verstuurd. Wacht een paar minuten en probeer het dan nog een keer.
site-trouble-broken-title = Er ging iets mis bij ons
site-trouble-broken-text = Dat ligt niet aan u. Probeer het straks nog een keer. Lukt het niet? Bel ons dan.
site-trouble-unavailable-title = Wij zijn zo terug
site-trouble-unavailable-text = De website is heel even niet bereikbaar. Probeer het over een paar minuten nog een keer.
site-trouble-ways = Hier kunt u verder
site-trouble-home = Naar de voorpagina
site-trouble-contact = Stuur ons een bericht
site-trouble-phone = Bel { $number }

site-privacy-title = Uw gegevens bij ons
site-privacy-lead = Wij gebruiken uw gegevens alleen om u te helpen. Niet voor reclame, en wij verkopen niets.
site-privacy-what = Wat wij bewaren
site-privacy-what-text = Uw bericht, uw e-mailadres, en uw naam en telefoonnummer als u die invult. Ook bewaren wij wat wij u antwoorden en wanneer. Zo kunnen wij laten zien of wij ons aan onze beloften houden.
site-privacy-who = Wie het ziet
site-privacy-who-text = Alleen medewerkers die uw vraag behandelen. Op de pagina met onze beloften staan alleen aantallen, nooit namen of berichten.
site-privacy-long = Hoelang wij het bewaren
site-privacy-long-question =
    { $count ->
        [one] Een vraag of tip: 1 jaar.
       *[other] Een vraag of tip: { $count } jaar.
    }
site-privacy-long-complaint =
    { $count ->
        [one] Een klacht of melding: 1 jaar.
       *[other] Een klacht of melding: { $count } jaar.
    }
site-privacy-long-invoice =
    { $count ->
        [one] Een factuur: 1 jaar.
       *[other] Een factuur: { $count } jaar.
    }
site-privacy-cookies = Volgen wij u?
site-privacy-cookies-text = Nee. Wij volgen u niet op internet en wij halen niets op bij andere bedrijven.
site-privacy-map = Wijst u op een kaart aan waar iets is? Dan bewaren wij die plek bij uw melding. De kaart is van { $who }. Opent u de kaart, dan ziet { $who } uw internetadres en welk stuk van de kaart u bekijkt.
site-privacy-rights = Uw rechten
site-privacy-rights-text = U mag zien wat wij van u bewaren. Klopt het niet, dan passen wij het aan. U mag ons ook vragen om het te verwijderen. Mail ons:
site-privacy-authority = Bent u het niet met ons eens? Dan kunt u een klacht indienen bij de Autoriteit Persoonsgegevens.

site-accessibility-title = Toegankelijkheidsverklaring
site-accessibility-lead = Iedereen moet deze website kunnen gebruiken. Ook als u niet goed ziet, geen muis gebruikt of moeilijk leest.
site-accessibility-scope = Deze verklaring is van de gemeente { $name } en gaat over { $site }.
site-accessibility-state = Hoe het ervoor staat
site-accessibility-state-name = Status C: eerste maatregelen genomen
site-accessibility-state-text = Wij bouwen volgens WCAG 2.2, niveau AA. Daarmee volgen wij ook de Europese norm EN 301 549. Een onafhankelijk bureau heeft de website nog niet onderzocht. Daarom zeggen wij niet dat alles al goed is.
site-accessibility-what = Wat wij doen
site-accessibility-what-text = Alles werkt met het toetsenbord, met een schermlezer, op een telefoon en zonder JavaScript. Onze eigen teksten schrijven wij op taalniveau B1.
site-accessibility-proof = Hoe wij dat controleren
site-accessibility-proof-text = Bij elke wijziging controleren wij alle pagina’s met een computerprogramma. Dat doen wij in drie talen en op drie schermen: telefoon, tablet en computer. Ook de lengte van onze zinnen controleren wij.
site-accessibility-help = Lukt iets niet?
site-accessibility-help-text = Vertel ons wat er niet lukt. Wij helpen u op een andere manier en lossen het op.
site-accessibility-tell = Meld een probleem met deze website
site-accessibility-unhappy = Bent u niet tevreden?
site-accessibility-unhappy-text = Hoort u niets, of lossen wij het niet goed op? Dan kunt u bij ons een klacht indienen. Helpt dat ook niet? Ga dan naar de Nationale ombudsman.
site-accessibility-on = Deze verklaring is van { $date }.
site-menu-api = Voor leveranciers
site-api-title = Programma's verbinden
site-api-lead = Een telefooncentrale, zaaksysteem of website kan met ons contactcentrum praten. De afspraken over antwoorden gelden dan ook.
site-api-open = Normen, openingstijden en resultaten zijn open data: daar heeft u niets voor nodig.
site-api-description = De hele beschrijving (OpenAPI)
site-api-token = Voor al het andere krijgt uw programma een geheim van de gemeente. Stuur dat met elk verzoek mee, en geef het aan niemand anders.
site-api-examples = Voorbeelden
site-api-problems = Als iets niet lukt
