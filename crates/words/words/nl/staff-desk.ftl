### Wat de werkplek zegt over beloften, gebeurtenissen en handelingen.
staff-deed-acknowledge = Ontvangst bevestigen
staff-deed-say-who = Zeggen wie het behandelt
staff-deed-contact = Contact opnemen
staff-deed-discuss = Bespreken
staff-deed-answer = Antwoorden
staff-deed-call-back = Terugbellen
staff-deed-decide = Besluit nemen
staff-deed-solve = Oplossen
staff-deed-make-safe = Gevaar wegnemen
staff-deed-visit = Langsgaan
staff-deed-deliver = Leveren
staff-deed-pay = Betalen
staff-deed-remind = Herinneren
staff-deed-offer = Aanbieden
staff-deed-inform = Laten weten
staff-deed-say-when = Zeggen wanneer
staff-deed-agree = Iets anders afspreken
staff-deed-publish = Publiceren
staff-deed-pick-up = Opnemen
staff-deed-see = Aan de beurt
staff-deed-serve = Helpen
staff-deed-transfer = Doorverbinden
staff-deed-be-reachable = Bereikbaar zijn
staff-deed-be-open = Open zijn
staff-deed-keep-date = Toegezegde datum
staff-deed-except = Uitzondering
staff-deed-standing = Geldt altijd
staff-deeds = { $first } of { $next }
staff-within-same-day = { $what } dezelfde dag
staff-within-hours =
    { $count ->
        [one] { $what } binnen 1 uur
       *[other] { $what } binnen { $count } uur
    }
staff-within-working-minutes =
    { $count ->
        [one] { $what } binnen 1 minuut openingstijd
       *[other] { $what } binnen { $count } minuten openingstijd
    }
staff-within-working-hours =
    { $count ->
        [one] { $what } binnen 1 uur openingstijd
       *[other] { $what } binnen { $count } uur openingstijd
    }
staff-within-rings =
    { $count ->
        [one] { $what } binnen 1 keer overgaan
       *[other] { $what } binnen { $count } keer overgaan
    }
staff-within-clear-working-days =
    { $count ->
        [one] { $what } binnen 1 hele werkdag
       *[other] { $what } binnen { $count } hele werkdagen
    }
staff-within-months =
    { $count ->
        [one] { $what } binnen 1 maand
       *[other] { $what } binnen { $count } maanden
    }
staff-within-years =
    { $count ->
        [one] { $what } binnen 1 jaar
       *[other] { $what } binnen { $count } jaar
    }
staff-within-times =
    { $count ->
        [one] { $what } hoogstens 1 keer
       *[other] { $what } hoogstens { $count } keer
    }
staff-within-at-once = { $what } direct
staff-within-soon = { $what } zo snel mogelijk
staff-within-seconds =
    { $count ->
        [one] { $what } binnen 1 seconde
       *[other] { $what } binnen { $count } seconden
    }
staff-within-minutes =
    { $count ->
        [one] { $what } binnen 1 minuut
       *[other] { $what } binnen { $count } minuten
    }
staff-within-working-days =
    { $count ->
        [one] { $what } binnen 1 werkdag
       *[other] { $what } binnen { $count } werkdagen
    }
staff-within-days =
    { $count ->
        [one] { $what } binnen 1 dag
       *[other] { $what } binnen { $count } dagen
    }
staff-within-weeks =
    { $count ->
        [one] { $what } binnen 1 week
       *[other] { $what } binnen { $count } weken
    }
staff-no-limit = zo snel mogelijk, zonder uiterste dag

staff-via-mail = Per e-mail
staff-via-phone = Per telefoon
staff-via-counter = Aan de balie
staff-via-paper = Op papier
staff-via-social = Via sociale media
staff-outcome-answered = beantwoord
staff-outcome-solved = opgelost of betaald
staff-outcome-withdrawn = niet meer nodig voor de inwoner
staff-outcome-duplicate = hetzelfde als een ander bericht
staff-outcome-nothing-asked = er werd niets gevraagd

staff-event-in-phone = Telefoongesprek
staff-event-in-form = Formulier ontvangen
staff-event-in-email = E-mail ontvangen
staff-event-in-social = Bericht via sociale media
staff-event-in-counter = Gesprek aan de balie
staff-event-in-post = Brief ontvangen
staff-event-followed-up = Vervolg ontvangen
staff-event-overtaken = Eerder geschreven, later ontvangen
staff-event-note = Notitie
staff-event-acknowledgement = Ontvangstbevestiging
staff-event-answer = Antwoord
staff-event-link = Nieuwe volglink
staff-event-date = Datum toegezegd: { $date }
staff-event-told = { $what } ({ $via })
staff-event-not-acknowledged = Geen ontvangstbevestiging: { $reason }
staff-event-broken = Niet op tijd: { $what }
staff-event-acknowledged = Ontvangst bevestigd
staff-event-assigned = Toegewezen aan { $who }
staff-event-unassigned = Bij niemand meer
staff-event-handed-over = Doorgezet naar { $who }
staff-event-class = Soort gewijzigd: van { $from } naar { $to }
staff-event-closed = Afgerond: { $why }
staff-event-reopened = Heropend
staff-event-did = Gedaan: { $what }
staff-event-happened = { $what }: { $at }
staff-event-set-aside = Norm geldt hier niet: { $why }
staff-event-set-aside-until = Nieuwe datum, { $until }: { $why }
staff-event-redated = Uiterste dag verschoven van { $old } naar { $new }
staff-event-redated-why = Uiterste dag verschoven van { $old } naar { $new }: { $why }
staff-moment-receipt = Ontvangen
staff-moment-registration = Vastgelegd
staff-moment-completeness = Compleet
staff-moment-payment = Betaald
staff-moment-call = Gebeld
staff-moment-arrival = Aangekomen
staff-moment-appointment = Afspraak
staff-moment-agreed-moment = Afgesproken moment
staff-moment-discovery = Bekend geworden
staff-moment-expiry = Verloopt
staff-moment-event = Begint
staff-moment-closing = Afgesloten
staff-event-trouble = Niet alles was te lezen
staff-event-unknown = Gebeurtenis die deze versie niet kent
staff-reason-fyi = ter kennisneming
staff-reason-follow-up = vervolg op een eerder bericht
staff-reason-no-address = geen adres voor een automatische mail
staff-reason-automatic = automatisch verstuurd bericht
staff-again-at = volgende poging { $at }

staff-done-answered = Antwoord vastgelegd.
staff-done-told = Datum toegezegd. Dat is nu onze nieuwe belofte.
staff-done-confirmed = Ontvangst bevestigd.
staff-done-assigned = Toegewezen.
staff-done-handed-over = Doorgezet.
staff-done-noted = Notitie bewaard.
staff-done-seen = De vermelding is afgevinkt.
staff-done-closed = Afgerond.
staff-done-reopened = Heropend.
staff-done-class = Soort gewijzigd.
staff-unclear-date = Kies een datum.
staff-unclear-choice = Maak eerst een keuze.
staff-not-stored = Wij konden dit nu niet bewaren. Uw tekst staat er nog. Probeer het zo nog een keer.
staff-no-subject = (geen onderwerp)
staff-no-name = (onbekend)
staff-belongs-perhaps = Hoort misschien bij { $number }
staff-set-aside = Geldt de norm hier niet?
staff-set-aside-why = Waarom niet
staff-set-aside-until = Tot en met (als dat bekend is)
staff-record = Vastleggen
staff-happened = Is er iets gebeurd?
staff-happened-what = Wat
staff-happened-when = Wanneer
staff-done-clock = Vastgelegd.
staff-done-kept = Concept bewaard.
staff-done-recalled = De brief is teruggehaald. De tekst staat weer hieronder.
staff-event-recalled = Brief teruggehaald, niet verstuurd
staff-held = { $count ->
    [one] De brief gaat over 1 seconde weg.
   *[other] De brief gaat over { $count } seconden weg.
 }
staff-held-why = Tot die tijd telt de belofte nog niet als nagekomen.
staff-held-gone = De brief is onderweg. Terughalen kan niet meer.
staff-recall = Toch niet versturen
staff-promise-waits = Telt als nagekomen zodra de brief weg is.
staff-enclose = Bijlagen bij het antwoord
staff-enclose-help = Samen hoogstens 15 MB. Een bijlage blijft bij uw concept staan tot u het antwoord verstuurt.
staff-enclose-add = Bijlage toevoegen
staff-enclose-again = Bijlage van de inwoner meesturen
staff-enclose-off = Weghalen
staff-enclose-off-name = { $name } weghalen
staff-enclosed = Bijlagen die meegaan
staff-enclosed-sent = Meegestuurde bijlagen
staff-block = Geen automatische mail meer
staff-block-lead = Dit adres krijgt dan geen ontvangstbevestiging meer. Wat ervandaan komt, komt gewoon binnen en krijgt antwoord.
staff-block-why = Waarom
staff-block-do = Zet automatische mail uit
staff-blocked-why = Geen automatische mail naar dit adres. { $who }, { $at }: { $why }
staff-unblock = Zet automatische mail weer aan
staff-link-renew = Nieuwe volglink
staff-link-renew-lead = Kwam de volglink bij een ander terecht? Met een nieuwe link werkt de oude niet meer. De inwoner krijgt de nieuwe meteen op { $email }.
staff-link-renew-lead-phone = Kwam de volglink bij een ander terecht? De oude link werkt dan niet meer. Er is geen e-mailadres: de inwoner kan daarna bellen.
staff-link-renew-do = Maak een nieuwe volglink
staff-done-blocked = Dit adres krijgt geen automatische mail meer.
staff-done-unblocked = Dit adres krijgt weer automatische mail.
staff-done-link-renewed = De oude volglink werkt niet meer.
staff-closed-draft = Wat u nog niet verstuurde (heropen dit contact om ermee verder te gaan)
staff-copies = Kopie aan (Cc)
staff-copies-help = E-mailadressen met een komma ertussen. De inwoner ziet wie een kopie krijgt.
staff-copies-to = Kopie aan { $who }
staff-keep = Bewaar als concept
staff-kept-now = Concept bewaard
staff-not-kept-now = Het concept is niet bewaard. Kopieer uw tekst voor de zekerheid.
staff-copies-refused = Kopie niet bezorgd: { $who }

## Kiezen in de lijst, en weergaven

staff-sift = Alleen van
staff-sift-all = Alle kanalen
staff-sift-do = Toon
staff-kept-views = Bewaarde weergaven
staff-view-shared = van iedereen
staff-view-remove = Weggooien
staff-view-keep = Deze weergave bewaren
staff-view-keep-do = Bewaren
staff-view-name = Naam
staff-view-share = Ook voor mijn collega’s
staff-together = Met de gekozen contacten
staff-together-give = Geven aan
staff-together-close = Sluiten als
staff-together-kind = Het is
staff-together-do = Doen
staff-together-this = { $number } kiezen
staff-together-choose = Kies eerst de contacten, hoogstens honderd tegelijk.
staff-together-choose-deed = Kies wat er met de contacten moet gebeuren.
staff-together-done = { $count ->
    [one] Gedaan met één contact.
   *[other] Gedaan met { $count } contacten.
}
staff-together-left = Gedaan: { $done }. Niet gedaan: { $left }. Bij { $number }: { $why }

## Later, bij elkaar, samen kijken

staff-folded = Tekst van deze brief
staff-split = Maak hier een eigen contact van
staff-when-asks = Ik vraag de inwoner iets en wacht op antwoord
staff-later = Later
staff-later-lead = Het contact staat tot die dag niet in uw lijst. De belofte blijft gewoon lopen.
staff-later-until = Tot en met de dag vóór
staff-later-do = Zet weg tot die dag
staff-asleep-until = Weggezet tot { $day }
staff-join = Hoort bij een ander contact
staff-join-number = Nummer van dat contact
staff-join-link = Hoort erbij
staff-join-merge = Is hetzelfde
staff-join-help = ‘Hoort erbij’ legt een verband. ‘Is hetzelfde’ sluit dit contact; het andere gaat verder.
staff-beside = Hoort hierbij
staff-call = Telefoongesprek
staff-call-waited = { $moment }, { $wait } gewacht
staff-call-also = Ook uit dit gesprek:
staff-here = { $who } heeft dit contact ook open.
staff-here-typing = { $who } schrijft nu een antwoord.
staff-changed = Er is iets bijgekomen. Toon het.
staff-away = { $who } (afwezig t/m { $until })
staff-away-stand-in = { $who } (afwezig t/m { $until }, { $stand_in } vervangt)
staff-done-later = Het contact is weggezet, of staat er weer.
staff-done-linked = Het verband is vastgelegd.
staff-done-merged = Dit contact is gesloten. Het andere gaat verder.
staff-done-split = Het bericht is nu een eigen contact. Het staat onder ‘Hoort hierbij’.

## Afwezig, en wat er al loopt

staff-absences = Afwezig
staff-absences-lead = Wie afwezig is, staat zo in de lijst van collega’s. Zo geeft niemand u werk dat blijft liggen.
staff-absences-none = Iedereen is er.
staff-absence-now = vandaag
staff-absence-by = { $who } vervangt
staff-absence-remove = Toch aanwezig
staff-absence-who = Wie
staff-absence-first = Eerste dag
staff-absence-last = Laatste dag
staff-absence-stand-in = Wie vervangt
staff-absence-nobody = Niemand
staff-absence-hand-over = Geef alle open contacten nu aan de vervanger
staff-absence-note = Overgedragen vanwege afwezigheid.
staff-absence-days = De laatste dag ligt vóór de eerste, of is al voorbij.
staff-absence-days-of = { $first } t/m { $last }
staff-alike = Van deze persoon loopt al iets. Hoort het daarbij?
staff-alike-join = Voeg toe aan { $number }
staff-alike-new = Nee, het is iets nieuws
staff-palette = Ga naar of doe …

# Teams, vermeldingen en kwaliteit
staff-teams = Teams
staff-teams-lead = Een team doet samen werk. Elk lid ziet het werk van het team onder ‘Team’ in de lijst.
staff-teams-none = Er zijn nog geen teams.
staff-team-name = Naam van het team
staff-team-members = Wie zitten in dit team?
staff-team-new = Nieuw team
staff-team-make = Team maken
staff-colleagues = Collega’s
staff-together-team = Aan een team geven
staff-note-to = Laat het iemand weten
staff-note-to-nobody = Niemand in het bijzonder
staff-note-at = U kunt ook @gebruikersnaam in de notitie zetten.
staff-mentioned-by = { $who } vraagt u om hiernaar te kijken.
staff-mention-seen = Ik heb het gezien
staff-event-team = Gegeven aan { $who }
staff-event-rated = De inwoner gaf een oordeel over het antwoord
staff-event-link-renewed = Nieuwe volglink gemaakt
staff-event-supplied = Gedaan door een programma, via koppeling { $number }
staff-opinion = De inwoner over het antwoord: { $helped }. { $words }
staff-export = Deze lijst als bestand (CSV)
staff-export-number = Nummer
staff-export-channel = Kanaal
staff-export-who = Van
staff-export-team = Team
staff-quality = Kwaliteit
staff-quality-title = Kwaliteit in { $month }
staff-quality-lead = Wat inwoners van onze antwoorden vinden, en een steekproef om samen van te leren.
staff-quality-before = Maand ervoor
staff-quality-after = Maand erna
staff-quality-said = Hielp het antwoord?
staff-quality-said-nothing = In deze maand gaf nog niemand een oordeel.
staff-quality-of = { $part } van de { $whole }
staff-quality-sample = Steekproef
staff-quality-sample-lead = Hoogstens tien antwoorden van deze maand, willekeurig gekozen. Iedereen ziet dezelfde.
staff-quality-sample-nothing = Er is van deze maand geen antwoord om te bekijken.
staff-quality-sample-later = De steekproef van deze maand staat hier als de maand voorbij is.
staff-export-cut = De lijst is langer dan dit bestand.
staff-review = Beoordelen
staff-review-legend = Wat is er goed aan dit antwoord?
staff-review-correct = Het klopt
staff-review-complete = Alle vragen zijn beantwoord
staff-review-clear = Het is makkelijk te begrijpen
staff-review-kind = Het is vriendelijk
staff-review-remark = Wat kunnen wij hiervan leren?
staff-review-by = Beoordeeld door { $who }
staff-rules = Normen proberen
staff-rules-lead = Kijk welke beloften gelden als er op een bepaald moment een bericht komt, en welke dagen niet meetellen.
staff-rules-try = Stel dat er een bericht komt
staff-rules-at = Op dit moment
staff-rules-do = Proberen
staff-rules-owed = Dan geldt dit
staff-rules-nothing = Voor zo’n bericht is er geen norm.
staff-rules-no-moment = Kies een dag en een tijd.
staff-rules-year = Dagen in { $year } die niet meetellen
staff-rules-year-before = Jaar ervoor
staff-rules-year-after = Jaar erna
staff-rules-months = Werkdagen in elke maand
staff-register-category = Soort melding
staff-register-place = Waar is het?
staff-register-if-report = bij een melding

## Labels, en wie er schrijft

staff-tags = Labels
staff-tag-add = Label toevoegen
staff-tag-add-do = Toevoegen
staff-tag-off = Label { $name } weghalen
staff-tag-sift = Met label
staff-tag-any = Alle labels
staff-tag-together = Label toevoegen
staff-tag-together-choose = Kies een label of typ een nieuw label.
staff-event-tagged = Label toegevoegd: { $name }
staff-event-untagged = Label weggehaald: { $name }
staff-event-taken-over = Neemt het schrijven over van { $who }
staff-locked = { $who } schrijft een antwoord.
staff-locked-until = { $who } heeft dit contact tot { $until }, of langer als uw collega blijft typen. Spreek het af voordat u het overneemt. Wat uw collega heeft getypt, blijft bewaard.
staff-take-over = Overnemen
staff-done-tagged = Het label staat erop.
staff-done-untagged = Het label is weg.
staff-done-taken-over = U schrijft nu het antwoord.
staff-spot = Op de kaart
staff-tag-gone = Dit label is er niet meer. U ziet nu alles.

# Hoe lang medewerkers werken
staff-hours = Werktijden
staff-hours-lead = Vul hier in hoeveel uren iemand op elke dag van de week voor inwoners werkt. De vooruitblik zet die uren naast de beloften.
staff-hours-total = { $hours } uur per week
staff-hours-unknown = niet bekend
staff-hours-of = Uren per dag van { $who }
