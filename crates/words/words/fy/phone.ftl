### Wat wa’t skillet heart: koarte sinnen, om út te sprekken.
phone-welcome = Jo skilje mei de gemeente { $municipality }.
phone-closed = Wy binne no ticht. Jo kinne ús wer skilje op { $when }.
phone-closed-unknown = Wy binne no ticht. Op ús webside stiet wannear’t jo ús skilje kinne.
phone-disruption = Tink derom. { $text }
phone-choice = Foar { $name }: druk op { $digit }.
phone-language = Foar Frysk: druk op { $digit }.
phone-not-understood = Dat hawwe wy net begrepen.
phone-employee = In amerijke. Jo krije sa in meiwurker oan de line.
phone-wait-first = Jo binne de earste yn de rige.
phone-wait-ahead =
    { $count ->
        [one] Der is noch ien minske foar jo oan bar.
       *[other] Der binne noch { $count } minsken foar jo oan bar.
    }
phone-wait-minutes =
    { $count ->
        [one] De wachttiid is likernôch ien minút.
       *[other] De wachttiid is likernôch { $count } minuten.
    }
phone-offer = It is drok. Wolle jo dat wy jo weromskilje? Druk dan op 1. Jo hâlde jo plak yn de rige. Wolle jo leaver wachtsje? Bliuw dan oan de line.
phone-too-long = It spyt ús dat jo sa lang wachtsje moasten.
phone-ask-number = Op hokker nûmer kinne wy jo weromskilje? Druk it nûmer yn. Druk dêrnei op it hekje.
phone-put-through = Wy ferbine jo troch.
phone-not-reached = Dêr nimt no nimmen op.
phone-call-back = Wy skilje jo werom. Tige tank foar it skiljen.
phone-call-back-in-turn = Jo hâlde jo plak yn de rige. Wy skilje jo werom as jo oan bar binne. Oant aanst.
spoken-when = { $day } { $date } om { $time }
spoken-hour-1 = ien
spoken-hour-2 = twa
spoken-hour-3 = trije
spoken-hour-4 = fjouwer
spoken-hour-5 = fiif
spoken-hour-6 = seis
spoken-hour-7 = sân
spoken-hour-8 = acht
spoken-hour-9 = njoggen
spoken-hour-10 = tsien
spoken-hour-11 = alve
spoken-hour-12 = tolve
spoken-whole = { $hour } oere
spoken-half = healwei { $hour }
spoken-quarter-past = kertier oer { $hour }
spoken-quarter-to = kertier foar { $hour }
spoken-past = { $minute } oer { $hour }
spoken-to = { $minute } foar { $hour }
spoken-night = { $time } nachts
spoken-morning = { $time } moarns
spoken-afternoon = { $time } middeis
spoken-evening = { $time } jûns
spoken-late = { $time } jûns
phone-out-of-order = Der giet by ús wat mis. Wolle jo it oer in pear minuten nochris besykje? Us ekskús.
phone-nobody-waits = Der wachtet no nimmen.
phone-line-unknown = Dit tastel heart by gjin meiwurker. Freegje jo liedingjaande om it nûmer op te jaan.
