### Wat wie belt hoort: korte zinnen, om uit te spreken.
phone-welcome = U belt met de gemeente { $municipality }.
phone-closed = Wij zijn nu gesloten. U kunt ons weer bellen op { $when }.
phone-closed-unknown = Wij zijn nu gesloten. Op onze website staat wanneer u ons kunt bellen.
phone-disruption = Let op. { $text }
phone-choice = Voor { $name }: toets { $digit }.
phone-language = Voor Nederlands: toets { $digit }.
phone-not-understood = Dat hebben wij niet begrepen.
phone-employee = Een ogenblik. U krijgt zo een medewerker aan de lijn.
phone-wait-first = U bent de eerste in de rij.
phone-wait-ahead =
    { $count ->
        [one] Er is nog één beller vóór u.
       *[other] Er zijn nog { $count } bellers vóór u.
    }
phone-wait-minutes =
    { $count ->
        [one] De wachttijd is ongeveer één minuut.
       *[other] De wachttijd is ongeveer { $count } minuten.
    }
phone-offer = Het is druk. Wilt u dat wij u terugbellen? Toets dan 1. U houdt uw plek in de rij. Wilt u liever wachten? Blijf dan aan de lijn.
phone-too-long = Het spijt ons dat u zo lang moest wachten.
phone-ask-number = Op welk nummer kunnen wij u terugbellen? Toets het nummer in. Druk daarna op het hekje.
phone-put-through = Wij verbinden u door.
phone-not-reached = Daar neemt nu niemand op.
phone-call-back = Wij bellen u terug. Dank u wel voor het bellen.
phone-call-back-in-turn = U houdt uw plek in de rij. Wij bellen u terug als u aan de beurt bent. Tot straks.
spoken-when = { $day } { $date } om { $time }
spoken-hour-1 = één
spoken-hour-2 = twee
spoken-hour-3 = drie
spoken-hour-4 = vier
spoken-hour-5 = vijf
spoken-hour-6 = zes
spoken-hour-7 = zeven
spoken-hour-8 = acht
spoken-hour-9 = negen
spoken-hour-10 = tien
spoken-hour-11 = elf
spoken-hour-12 = twaalf
spoken-whole = { $hour } uur
spoken-half = half { $hour }
spoken-quarter-past = kwart over { $hour }
spoken-quarter-to = kwart voor { $hour }
spoken-past = { $minute } over { $hour }
spoken-to = { $minute } voor { $hour }
spoken-night = { $time } ’s nachts
spoken-morning = { $time } ’s ochtends
spoken-afternoon = { $time } ’s middags
spoken-evening = { $time } ’s avonds
spoken-late = { $time } ’s avonds
phone-out-of-order = Er gaat bij ons iets mis. Wilt u het over een paar minuten nog eens proberen? Onze excuses.
phone-nobody-waits = Er wacht nu niemand.
phone-line-unknown = Dit toestel hoort bij geen medewerker. Vraag uw leidinggevende om het nummer op te geven.
