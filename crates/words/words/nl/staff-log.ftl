## Logboek: wie zag, wijzigde en nam mee

staff-log = Logboek
staff-log-lead = Hier ziet u wie wat bekeek, wijzigde of meenam. Wat hier staat, kan niemand meer veranderen. Wie hetzelfde contact binnen een kwartier nog eens opent, krijgt geen nieuwe regel. Een programma dat dezelfde lijst nog eens vraagt ook niet. Ook wat programma's van leveranciers lezen en doen, staat erbij.
staff-log-who = Wie
staff-log-what = Wat
staff-log-when = Wanneer
staff-log-contact = Nummer van het contact
staff-log-from = Vanaf
staff-log-until = Tot en met
staff-log-show = Tonen
staff-log-take = Meenemen als lijst (CSV)
staff-log-everybody = Iedereen
staff-log-nobody = Programma's en het systeem
staff-log-system = Systeem
staff-log-program = { $name } (programma)
staff-log-everything = Alles
staff-log-sort-seen = Bekeken en gezocht
staff-log-sort-changed = Gewijzigd en verstuurd
staff-log-sort-exported = Lijsten meegenomen
staff-log-sort-accounts = Aanmelden en accounts
staff-log-nothing = Er staat niets in het logboek dat hierbij past.
staff-log-no-contact = Dit is geen nummer van een contact. Het ziet er zo uit: 2026-000123.
staff-log-older = Ouder
staff-log-newest = Nieuwste
staff-log-line = Regel
staff-log-cut = Er is meer. Kies een kortere tijd om de rest te zien.
staff-log-seen-contact = Contact bekeken
staff-log-seen-phone = Telefoonnummer bekeken
staff-log-seen-file = Bestand geopend
staff-log-seen-original = E-mail in de oorspronkelijke vorm gehaald
staff-log-searched = { $count ->
    [0] Gezocht, niets gevonden
    [one] Gezocht, één contact gezien
   *[other] Gezocht, { $count } contacten gezien
}
staff-log-signed-in = Aangemeld
staff-log-list-exported = { $count ->
    [one] Lijst meegenomen ({ $list }), één regel
   *[other] Lijst meegenomen ({ $list }), { $count } regels
}
staff-log-account-opened = Account van { $who } gemaakt
staff-log-account-changed = Account van { $who } gewijzigd
staff-log-account-closed = Account van { $who } gesloten
staff-log-account-invited = Link voor { $who } gemaakt om een wachtwoord te kiezen
staff-log-account-password = Wachtwoord van { $who } gekozen
staff-log-account-step-on = Tweede stap van { $who } aangezet
staff-log-account-step-off = Tweede stap van { $who } uitgezet
staff-log-account-codes = Noodcodes van { $who } vernieuwd
staff-log-account-passkey-added = Toegangssleutel van { $who } toegevoegd
staff-log-account-passkey-removed = Toegangssleutel van { $who } verwijderd
staff-log-account-passkey-copied = Toegangssleutel van { $who } geblokkeerd: er is een kopie van
staff-log-account-administrator-kept = { $who } blijft beheerder, want er is geen andere
staff-log-received = Contact geregistreerd
staff-log-followed-up = Vervolg geregistreerd
staff-log-not-acknowledged = Geen bevestiging gestuurd
staff-log-promised = Belofte gedaan
staff-log-settled = Belofte afgerond
staff-log-recalled = Brief teruggehaald
staff-log-restored = Belofte staat weer open
staff-log-broken = Belofte niet nagekomen
staff-log-acknowledged = Ontvangst bevestigd
staff-log-answered = Antwoord gegeven
staff-log-told-when = Gezegd wanneer het antwoord komt
staff-log-did = Gedaan wat was beloofd
staff-log-happened = Moment genoteerd
staff-log-set-aside = Belofte opzijgezet
staff-log-redated = Datum van een belofte aangepast
staff-log-letter-sent = Brief verstuurd
staff-log-letter-failed = Brief niet aangekomen
staff-log-assigned = Toegewezen
staff-log-given-to-team = Aan een team gegeven
staff-log-handed-over = Overgedragen aan een collega
staff-log-noted = Notitie gemaakt
staff-log-tagged = Label gegeven
staff-log-untagged = Label weggehaald
staff-log-taken-over = Het schrijven overgenomen
staff-log-class-corrected = Soort gewijzigd
staff-log-closed = Gesloten
staff-log-reopened = Opnieuw geopend
staff-log-letter-text = Tekst van een brief gewijzigd
staff-log-disruption = Storing gemeld of gewijzigd
staff-log-disruption-over = Storing voorbij
staff-phone-show = Telefoonnummer tonen
staff-log-erased = Contact gewist
staff-log-destruction = Lijst om te vernietigen goedgekeurd
staff-log-supplied = Gedaan door een programma
staff-log-token-made = Koppeling gemaakt
staff-log-token-ended = Koppeling beëindigd
staff-log-webhook-made = Abonnement gemaakt
staff-log-webhook-paused = Abonnement stilgezet
staff-log-webhook-resumed = Abonnement weer aangezet
staff-log-webhook-replayed = Berichten van een abonnement opnieuw gestuurd
staff-log-webhook-closed = Abonnement beëindigd
staff-log-unclear = Deze keuze bestaat niet. Kies opnieuw.
