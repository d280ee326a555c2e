### Brieven oan ynwenners.
letter-dear = Bêste { $name },
letter-hello = Goedei,
letter-greeting = Mei freonlike groetnis,
letter-municipality = Gemeente { $name }
letter-number = Nûmer
letter-about = Ûnderwerp
letter-received = Ûntfongen
letter-promise = Jo hearre fan ús, op syn lêst op
letter-phone = Telefoan
letter-no-subject = (gjin ûnderwerp)
letter-follow = Besjoch hoe’t it mei jo berjocht giet
letter-follow-or-reply = Besjoch jo berjocht of stjoer in reaksje
letter-quote = Op { $moment } skreau { $name }:
letter-your-number = Jo nûmer is [{ $number }].

letter-ack-subject = Wy hawwe jo berjocht ûntfongen: { $number }
letter-ack-thanks = Tige tank foar jo berjocht. Wy hawwe it goed ûntfongen.
letter-ack-promise-contact = Op syn lêst op { $date } nimme wy kontakt mei jo op. Hawwe wy dan noch net it hiele antwurd? Dan hearre jo wannear’t jo it wol krije.
letter-ack-promise-late = Jo hiene op syn lêst op { $date } fan ús hearre moatten. Dat is net slagge. Dat spyt ús. Wy pakke jo berjocht sa gau mooglik op.
letter-ack-promise-solve = Wy geane sa gau mooglik mei jo melding oan ’e slach. Slagget it net daliks? Dan litte wy jo witte wat wy dwaan sille.
letter-ack-promise-pay = Kloppet jo faktuer en stiet der in kontaktpersoan of rûte op? Dan betelje wy op syn lêst op { $date }.
letter-ack-promise-decide = Op syn lêst op { $date } hearre jo ús oardiel oer jo klacht.
letter-ack-promise-answer = Op syn lêst op { $date } krije jo antwurd fan ús.
letter-ack-promise-deed = Wy dogge dit op syn lêst op { $date }. Ús noarm is: { $sentence }
letter-ack-why = { $reason }. Dêrom is it dizze datum.
letter-ack-call = Hat it hast? Skilje dan nei { $phone }. Op dizze tiden nimme wy de telefoan op: { $hours }.
letter-ack-closed-now = No nimme wy de telefoan net op. Op { $moment } binne wy der wer.
letter-ack-copy = Dit hawwe jo ús stjoerd:
letter-ack-reply = Wolle jo wat taheakje? Beäntwurdzje dan dizze mail. It nûmer mei yn it ûnderwerp stean bliuwe.

letter-answer-subject = Antwurd op jo berjocht { $number }
letter-answer-more = Hawwe jo hjir noch in fraach oer? Beäntwurdzje dan dizze mail of skilje nei { $phone }.

letter-date-subject = Wannear’t jo antwurd krije: { $number }
letter-date-promise = Jo krije op syn lêst op { $date } antwurd fan ús.
letter-date-moved = Earder neamden wy in oare datum. It spyt ús dat it langer duorret.
letter-link-subject = Jo nije keppeling: { $number }
letter-link-new = Dit is jo nije keppeling. Mei dizze keppeling folgje jo jo berjocht. De âlde keppeling wurket net mear.
letter-link-why = Hawwe jo hjir net om frege? Dan krige in oar miskien jo âlde keppeling. Jo hoege neat te dwaan. Fragen? Skilje { $phone }.

letter-sample-subject = De lampe by de haven
letter-sample-text = Wy hawwe jo melding trochjûn oan de monteur. Hy komt dizze wike del.

letter-visit-booked-subject = Jo ôfspraak op { $moment }
letter-visit-booked = Jo hawwe in ôfspraak oan ús baly op { $moment }.
letter-visit-moved-subject = Jo ôfspraak is ferset nei { $moment }
letter-visit-moved = Jo ôfspraak oan ús baly is ferset. Jo komme no op { $moment }.
letter-visit-cancelled-subject = Jo ôfspraak op { $moment } giet net troch
letter-visit-cancelled = Jo ôfspraak oan ús baly op { $moment } giet net troch.
letter-visit-reminder-subject = Moarn is jo ôfspraak: { $moment }
letter-visit-reminder = Moarn hawwe jo in ôfspraak oan ús baly: { $moment }.
letter-visit-for = Wêrfoar
letter-visit-when = Wannear
letter-visit-lasts = Hoelang
letter-visit-minutes = sa’n { $count } minuten
letter-visit-where = Wêr
letter-visit-place = Baly yn it gemeentehûs fan { $name }
letter-visit-persons = Mei hoefolle persoanen
letter-visit-bring = Nim mei: { $text }
letter-visit-cost = Kosten: { $text }
letter-visit-late = Kom op tiid. Jo hoege net earder te kommen: wy wurkje op ôfspraak, sûnder rige.
letter-visit-change = Kinne jo net? Ferset de ôfspraak of sis him ôf mei de knop hjirûnder, of skilje { $phone }. Dan kin in oar dy tiid brûke.
letter-visit-again = Wolle jo in nije ôfspraak? Meitsje dy op { $site }.
letter-visit-follow = Besjoch, ferset of annulearje jo ôfspraak
letter-visit-see = Besjoch jo ôfspraak
