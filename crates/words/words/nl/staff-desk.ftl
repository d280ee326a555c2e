### Wat de werkplek zegt over beloften, gebeurtenissen en handelingen.
staff-duty-acknowledge = Ontvangst bevestigen
staff-duty-answer = Antwoorden of zeggen wanneer
staff-duty-call-back = Terugbellen of zeggen wanneer
staff-duty-solve = Oplossen of laten weten
staff-duty-decide = Besluit nemen
staff-duty-pay = Betalen
staff-duty-keep-date = Toegezegde datum
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
        [one] { $what } binnen 1 week (wet)
       *[other] { $what } binnen { $count } weken (wet)
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
staff-event-note = Notitie
staff-event-acknowledgement = Ontvangstbevestiging
staff-event-answer = Antwoord
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
staff-done-closed = Afgerond.
staff-done-reopened = Heropend.
staff-done-class = Soort gewijzigd.
staff-unclear-date = Kies een datum.
staff-unclear-choice = Maak eerst een keuze.
staff-not-stored = Wij konden dit nu niet bewaren. Uw tekst staat er nog. Probeer het zo nog een keer.
staff-no-subject = (geen onderwerp)
staff-no-name = (onbekend)
staff-belongs-perhaps = Hoort misschien bij { $number }
