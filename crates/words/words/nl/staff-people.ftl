people-erased = Gewist
people-erased-on = De persoonsgegevens van dit contact zijn gewist op { $day }. Wat er wanneer gebeurde staat er nog; wie het was niet.
people-erase = Persoonsgegevens wissen
people-erase-lead = Alles wat over de inwoner gaat verdwijnt: naam, adressen, berichten, brieven, bijlagen en notities. Het nummer, de datums en de beloften blijven staan. Dit kunt u niet terugdraaien.
people-erase-sure = Ja, wis alles van deze inwoner in dit contact
people-done-erased = De persoonsgegevens zijn gewist.
people-event-erased = Persoonsgegevens gewist, op verzoek
people-event-destroyed = Persoonsgegevens gewist met de vernietigingslijst van { $list }
people-destroy-title = Vernietigen
people-destroy-lead = Wat op { $day } langer bewaard was dan mag. Na uw akkoord worden de persoonsgegevens gewist. Nummers, datums en beloften blijven staan.
people-destroy-list = Lijst van { $month }
people-destroy-none = Er is niets over de bewaartermijn.
people-destroy-more = Er kan meer over de bewaartermijn zijn. Op een lijst staan hooguit { $most } contacten. De rest komt op de lijst van de volgende maand.
people-destroy-approved = Deze lijst is goedgekeurd.
people-destroy-sure = Ja, ik heb de lijst nagekeken. Wissen kan niet worden teruggedraaid.
people-destroy-approve = Lijst goedkeuren en wissen
people-destroy-earlier = Eerdere lijsten
people-kept = Langer bewaren
people-kept-until = tot en met { $day }
people-kept-off = Niet langer
people-kept-off-of = { $number } niet langer bewaren
people-keep-number = Nummer van het contact
people-keep-until = Bewaren tot en met
people-keep-why = Waarom, bijvoorbeeld: bezwaar loopt
people-keep-do = Langer bewaren
people-contacts =
    { $count ->
        [one] 1 contact
       *[other] { $count } contacten
    }
people-certificate = Verklaring van vernietiging
people-certificate-list = De persoonsgegevens in de contacten op de lijst van { $month } zijn vernietigd zoals hieronder staat.
people-certificate-single = De persoonsgegevens in contact { $number } zijn vernietigd zoals hieronder staat.
people-certificate-house = Gemeente
people-certificate-who = Goedgekeurd door
people-certificate-when = Goedgekeurd op
people-certificate-state = Uitvoering
people-certificate-removed = Gewist
people-certificate-fact = Plaats in de keten van feiten, en de controlewaarde daar
people-certificate-stays = Nummers, datums, beloften en feiten zonder persoonsgegevens blijven bewaard. De controlewaarde laat zien dat daarin niets is veranderd.
people-destroyed-all = Alles is gewist
people-destroyed-but =
    { $count ->
        [one] Gewist, behalve 1 contact dat opnieuw open is of langer wordt bewaard
       *[other] Gewist, behalve { $count } contacten die opnieuw open zijn of langer worden bewaard
    }
people-destroyed-before =
    { $count ->
        [one] 1 contact was al gewist op verzoek
       *[other] { $count } contacten waren al gewist op verzoek
    }
people-destroyed-left =
    { $count ->
        [one] Nog 1 contact wordt gewist
       *[other] Nog { $count } contacten worden gewist
    }
people-removed-messages =
    { $count ->
        [one] 1 bericht of notitie
       *[other] { $count } berichten en notities
    }
people-removed-letters =
    { $count ->
        [one] 1 brief
       *[other] { $count } brieven
    }
people-removed-files =
    { $count ->
        [one] 1 bijlage
       *[other] { $count } bijlagen
    }
people-person-title = Vraag van een persoon
people-person-lead = Vraagt iemand wat wij over haar of hem bewaren? Zoek op het e-mailadres of telefoonnummer, geef wat wij hebben, en wis wat weg kan. Ga eerst na of het echt die persoon is.
people-person-who = E-mailadres of telefoonnummer
people-person-search = Zoeken
people-person-called = Telefoongesprekken van dit nummer
people-person-calls =
    { $count ->
        [one] Van dit nummer is één telefoongesprek bekend.
       *[other] Van dit nummer zijn { $count } telefoongesprekken bekend.
    } Wie belde, vergeten wij na 28 dagen.
people-person-none = Hierover bewaren wij niets.
people-person-check = Een gedeeld adres of nummer kan van meer mensen zijn. Kijk of elk contact van deze persoon is.
people-person-more = Er kan meer zijn. Wij tonen en geven hooguit { $most } contacten tegelijk. Wis eerst wat weg kan, of zoek daarna opnieuw.
people-person-file = Alles als bestand
people-person-read = Alles om te lezen of af te drukken
people-person-choose = Wat wilt u wissen?
people-person-open = bekijken
people-person-why = Waarom blijft de rest staan? Dit komt als notitie bij die contacten.
people-person-sure = Ja, wis wat ik heb gekozen. Dit kan niet worden teruggedraaid.
people-person-print = Wat wij over u bewaren
people-person-about = Over { $who }.
people-may-keep = U mag dit nog bewaren: { $ground }
people-not-erased = Niet gewist op verzoek van de persoon: { $why }
people-not-done = Niet alles is gelukt. Kijk zelf bij: { $numbers }
people-from-you = Van u
people-from-us = Van ons
people-of-another = Dit contact is van iemand anders. Deze persoon schreef erin mee. Bekijk zelf wat u daarvan geeft of weghaalt.
people-blocked-before = ingesteld bij een eerder contact, dat is gewist
