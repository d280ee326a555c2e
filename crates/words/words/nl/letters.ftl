### Brieven aan inwoners.
letter-dear = Beste { $name },
letter-hello = Goedendag,
letter-greeting = Met vriendelijke groet,
letter-municipality = Gemeente { $name }
letter-number = Nummer
letter-about = Onderwerp
letter-received = Ontvangen
letter-promise = U hoort van ons, uiterlijk op
letter-phone = Telefoon
letter-no-subject = (geen onderwerp)
letter-follow = Bekijk hoe het met uw bericht staat
letter-follow-or-reply = Bekijk uw bericht of stuur een reactie
letter-quote = Op { $moment } schreef { $name }:
letter-your-number = Uw nummer is [{ $number }].

letter-ack-subject = Wij hebben uw bericht ontvangen: { $number }
letter-ack-thanks = Dank u wel voor uw bericht. Wij hebben het goed ontvangen.
letter-ack-promise-contact = Uiterlijk { $date } nemen wij contact met u op. Hebben wij dan nog niet het hele antwoord? Dan hoort u wanneer u het wel krijgt.
letter-ack-promise-late = U had uiterlijk { $date } van ons moeten horen. Dat is niet gelukt. Dat spijt ons. Wij pakken uw bericht zo snel mogelijk op.
letter-ack-promise-solve = Wij gaan zo snel mogelijk met uw melding aan de slag. Lukt het niet meteen? Dan laten wij u weten wat wij gaan doen.
letter-ack-promise-pay = Klopt uw factuur en staat er een contactpersoon of route op? Dan betalen wij uiterlijk { $date }.
letter-ack-promise-decide = Uiterlijk { $date } hoort u ons oordeel over uw klacht.
letter-ack-promise-answer = Uiterlijk { $date } krijgt u antwoord van ons.
letter-ack-promise-deed = Wij doen dit uiterlijk { $date }. Onze norm is: { $sentence }
letter-ack-why = { $reason }. Daarom is het deze datum.
letter-ack-call = Is het dringend? Bel dan { $phone }. Op deze tijden nemen wij de telefoon op: { $hours }.
letter-ack-closed-now = Nu nemen wij de telefoon niet op. Op { $moment } zijn wij er weer.
letter-ack-copy = Dit heeft u ons gestuurd:
letter-ack-reply = Wilt u iets toevoegen? Beantwoord dan deze mail. Het nummer mag in het onderwerp blijven staan.

letter-answer-subject = Antwoord op uw bericht { $number }
letter-answer-more = Heeft u hier nog een vraag over? Beantwoord dan deze mail of bel { $phone }.

letter-date-subject = Wanneer u antwoord krijgt: { $number }
letter-date-promise = U krijgt uiterlijk { $date } antwoord van ons.
letter-date-moved = Eerder noemden wij een andere datum. Het spijt ons dat het langer duurt.
letter-link-subject = Uw nieuwe link: { $number }
letter-link-new = Dit is uw nieuwe link. Met deze link volgt u uw bericht. De oude link werkt niet meer.
letter-link-why = Heeft u hier niet om gevraagd? Dan kreeg een ander misschien uw oude link. U hoeft niets te doen. Vragen? Bel { $phone }.

letter-sample-subject = De lamp bij de haven
letter-sample-text = Wij hebben uw melding doorgegeven aan de monteur. Hij komt deze week langs.

letter-visit-booked-subject = Uw afspraak op { $moment }
letter-visit-booked = U heeft een afspraak aan onze balie op { $moment }.
letter-visit-moved-subject = Uw afspraak is verzet naar { $moment }
letter-visit-moved = Uw afspraak aan onze balie is verzet. U komt nu op { $moment }.
letter-visit-cancelled-subject = Uw afspraak op { $moment } gaat niet door
letter-visit-cancelled = Uw afspraak aan onze balie op { $moment } gaat niet door.
letter-visit-reminder-subject = Morgen is uw afspraak: { $moment }
letter-visit-reminder = Morgen heeft u een afspraak aan onze balie: { $moment }.
letter-visit-for = Waarvoor
letter-visit-when = Wanneer
letter-visit-lasts = Hoelang
letter-visit-minutes = ongeveer { $count } minuten
letter-visit-where = Waar
letter-visit-place = Balie in het gemeentehuis van { $name }
letter-visit-persons = Met hoeveel personen
letter-visit-bring = Neem mee: { $text }
letter-visit-cost = Kosten: { $text }
letter-visit-late = Kom op tijd. U hoeft niet eerder te komen: wij werken op afspraak, zonder rij.
letter-visit-change = Kunt u niet? Verzet de afspraak of zeg hem af met de knop hieronder, of bel { $phone }. Dan kan iemand anders die tijd gebruiken.
letter-visit-again = Wilt u een nieuwe afspraak? Maak die op { $site }.
letter-visit-follow = Bekijk, verzet of annuleer uw afspraak
letter-visit-see = Bekijk uw afspraak
