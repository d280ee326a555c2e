# Balie en afspraken, voor medewerkers.
staff-outcome-agreed = ôfspraak makke
staff-event-visit-letter = Brief oer de ôfspraak
staff-event-visit = { $what }: { $moment }, baly { $desk }
staff-visit-booked = Ôfspraak makke
staff-visit-moved = Ôfspraak ferset
staff-visit-cancelled = Ôfspraak ôfsein
staff-visit-reminded = Oan de ôfspraak tinken dien
staff-visit-unfit = De ôfspraak kin sa net trochgean: skilje de ynwenner
staff-visit-arrived = Ynwenner oanmeld
staff-visit-called = Ynwenner oproppen
staff-visit-served = Ynwenner holpen
staff-visit-missed = Ynwenner net kommen
staff-log-counter-closed = Baly sletten
staff-log-counter-opened = Sluting fan in baly weromnommen
