## Hulp bij het schrijven van een antwoord. Het programma wijst aan, de medewerker beslist.

plain-check = Taal nakijken
plain-title = Wat makkelijker kan
plain-nothing = Niets gevonden. Korte zinnen en gewone woorden: zo leest het prettig.
plain-language = Dit lijkt { $lang }. De inwoner schreef in een andere taal.
plain-stiff = “{ $said }” is ambtelijk. Gewoner is: { $instead }.
plain-long = Deze zin heeft { $words } woorden. Maak er twee van: “{ $begin }”
plain-two-forms = U schrijft “u” en ook “je”. Kies er één.
plain-unfilled = { $place } is nog niet ingevuld.
