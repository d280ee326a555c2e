## Koppelingen met programma's van leveranciers

staff-connections = Koppelingen
staff-connections-lead = Met welke programma's van leveranciers de gemeente is verbonden. Elk programma krijgt een eigen geheim.
staff-connections-docs = Uitleg voor leveranciers
staff-connections-none = Er zijn nog geen koppelingen.
staff-connection-new = Nieuwe koppeling
staff-connection-name = Naam, bijvoorbeeld van het programma
staff-connection-scopes = Wat het programma mag
staff-connection-days = Hoeveel dagen de koppeling geldt
staff-connection-make = Koppeling maken
staff-connection-made = Het geheim van { $name }
staff-connection-once = Geef dit geheim zelf aan de leverancier. U ziet het alleen nu.
staff-connection-secret = Geheim
staff-connection-over = Voorbij
staff-connection-number = Nummer { $number }.
staff-connection-until = Geldt tot en met { $day }.
staff-connection-since = Geldt niet meer sinds { $day }.
staff-connection-used = Laatst gebruikt op { $at }.
staff-connection-unused = Nog niet gebruikt.
staff-connection-end = Koppeling beëindigen
staff-connection-end-sure = Het programma komt er dan meteen niet meer in. Wat het deed, blijft staan.
staff-connection-ended = De koppeling is beëindigd.
staff-scope-contacts-read = Contacten en beloften lezen
staff-scope-contacts-write = Contacten toevoegen, en er iets bij schrijven
staff-scope-calls-write = Vertellen wat er met telefoongesprekken gebeurt (centrale)

## Programma's die te horen krijgen wat hier gebeurt

staff-webhooks = Abonnementen
staff-webhooks-lead = Welke programma's meteen te horen krijgen wat er gebeurt. Ze krijgen nummers, datums en soorten, nooit namen of teksten.
staff-webhooks-none = Er zijn nog geen abonnementen.
staff-webhook-new = Nieuw abonnement
staff-webhook-address = Adres van het programma, begint met https
staff-webhook-types = Wat het programma te horen krijgt
staff-webhook-bearer = Geheim dat het programma wil zien (niet verplicht)
staff-webhook-permission = Toestemming van het programma
staff-webhook-agreed = Wij hebben dit zelf afgesproken. Vraag het niet eerst aan het programma.
staff-webhook-make = Abonnement maken
staff-webhook-paused = Stilgezet
staff-webhook-pause = Stilzetten
staff-webhook-resume = Weer aanzetten
staff-webhook-test = Proefbericht sturen
staff-webhook-close = Voorgoed beëindigen
staff-webhook-from = Opnieuw sturen vanaf
staff-webhook-from-help = Een moment, zoals 2026-11-23 09:00, of het nummer van een bericht. Wat ervoor ligt, wordt overgeslagen.
staff-webhook-replay = Opnieuw sturen
staff-webhook-is-paused = Het abonnement staat stil. Berichten wachten.
staff-webhook-is-on = Het abonnement staat weer aan.
staff-webhook-is-tried = Er gaat een proefbericht uit. Kijk over een paar tellen op deze pagina naar het antwoord.
staff-webhook-is-over = Het abonnement is beëindigd.
staff-webhook-is-replayed = De berichten gaan opnieuw uit.
staff-webhook-given-up = Het programma nam drie dagen lang niets aan. Er gaat niets meer uit. Berichten blijven wachten.
staff-webhook-failing = Het programma neemt nu niets aan. Wij proberen het steeds opnieuw.
staff-webhook-gone = Het programma zei dat het hier niet meer is.
staff-webhook-waiting =
    { $count ->
        [0] Er wacht niets.
        [one] Er wacht één bericht.
       *[other] Er wachten { $count } berichten.
    }
staff-webhook-waiting-many = Er wachten veel berichten.
staff-webhook-answer-none = Er is nog niets gestuurd.
staff-webhook-answer-taken = Aangenomen op { $at }.
staff-webhook-answer-agreed = Toestemming gekregen op { $at }.
staff-webhook-answer-gone = Het adres bestond niet meer op { $at }.
staff-webhook-answer-redirect = Op { $at } verwees het programma naar een ander adres ({ $status }). Daar sturen wij niets heen: vul het goede adres in.
staff-webhook-answer-no-permission = Op { $at } gaf het programma geen toestemming ({ $status }).
staff-webhook-answer-not-allowed = Niet gestuurd op { $at }: het adres ligt in een netwerk waar wij niets heen mogen sturen.
staff-webhook-answer-no-name = Niet gestuurd op { $at }: de naam van het adres bestaat niet.
staff-webhook-answer-no-connection = Geen verbinding op { $at }.
staff-webhook-answer-tls = Geen veilige verbinding op { $at }: het certificaat klopt niet.
staff-webhook-answer-late = Geen antwoord binnen vijftien seconden op { $at }.
staff-webhook-answer-status = Niet aangenomen op { $at } (antwoord { $status }).
staff-webhook-answer-other = Geen goed antwoord op { $at }.
staff-event-type-received = Er komt een contact binnen
staff-event-type-call-back = Iemand wil teruggebeld worden
staff-event-type-report = Er komt een melding van de straat binnen
staff-event-type-followed-up = Er komt nog een bericht bij een contact
staff-event-type-acknowledged = De ontvangst is bevestigd
staff-event-type-answered = Een medewerker heeft geantwoord
staff-event-type-date-told = Een medewerker heeft gezegd wanneer het antwoord komt
staff-event-type-recalled = Een mail is teruggehaald
staff-event-type-corrected = De soort van een bericht is gewijzigd
staff-event-type-closed = Een contact is gesloten
staff-event-type-reopened = Een contact is opnieuw geopend
staff-event-type-erased = Een contact is gewist
staff-event-type-visit = Afspraak gemaakt, verzet, afgezegd of geweest
staff-event-type-promised = Er is iets beloofd
staff-event-type-settled = Een belofte is afgelopen
staff-event-type-broken = Een belofte is niet op tijd nagekomen
staff-event-type-restored = Een belofte geldt weer
staff-event-type-redated = Een belofte kreeg een andere datum
staff-event-type-set-aside = Een belofte is opzijgezet
