# Balie en afspraken, voor medewerkers.
staff-outcome-agreed = afspraak gemaakt
staff-event-visit-letter = Brief over de afspraak
staff-event-visit = { $what }: { $moment }, balie { $desk }
staff-visit-booked = Afspraak gemaakt
staff-visit-moved = Afspraak verzet
staff-visit-cancelled = Afspraak afgezegd
staff-visit-reminded = Aan de afspraak herinnerd
staff-visit-unfit = De afspraak kan zo niet doorgaan: bel de inwoner
staff-visit-arrived = Inwoner aangemeld
staff-visit-called = Inwoner opgeroepen
staff-visit-served = Inwoner geholpen
staff-visit-missed = Inwoner niet gekomen
staff-log-counter-closed = Balie gesloten
staff-log-counter-opened = Sluiting van een balie teruggenomen
