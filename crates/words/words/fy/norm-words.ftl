### Wat noarmen sizze en wat der oan feroaret.
limit-at-once = daliks
limit-soon = sa gau mooglik
limit-same-day = deselde dei
limit-within = binnen { $limit }
limit-before = op syn lêst { $limit } fan tefoaren
limit-at-least = net earder as nei { $limit }
limit-around = op syn heechst { $limit } derfoar of dernei
norms-from = Dizze noarmen jilde fan { $date } ôf.
change-none = Foar jo feroaret der neat.
change-added = Nij: { $sentence }
change-removed = Ferfalt: { $sentence }
change-sentence = De sin feroaret. Earst: { $old } No: { $new }
change-duty = Wy sizze wat oars ta: earst { $old }, no { $new }. ({ $sentence })
change-limit-sooner = Jo binne earder oan bar: { $new }, earst { $old }. ({ $sentence })
change-limit-later = Jo wachtsje langer: { $new }, earst { $old }. ({ $sentence })
change-limit = De termyn feroaret: { $new }, earst { $old }. ({ $sentence })
change-scope = Dizze noarm jildt foar oare berjochten as earst. ({ $sentence })
change-terms = De betingsten by dizze noarm feroarje. ({ $sentence })
change-targets = Hoe faak’t wy dit helje wolle, feroaret: { $new }, earst { $old }. ({ $sentence })
change-consequences = Wat jo krije as it net slagget, feroaret: { $new }, earst { $old }. ({ $sentence })
change-hours = { $channel }, { $day }: { $new }, earst { $old }.
change-hours-closed = ticht
change-closed = Wy binne ticht fan { $from } oant en mei { $to }: { $why }.
change-open = Wy binne dochs iepen fan { $from } oant en mei { $to }: { $why }.
change-closed-day = Wy binne ticht op { $from }: { $why }.
change-open-day = Wy binne dochs iepen op { $from }: { $why }.
change-reach = { $what }: { $new }, earst { $old }.
change-reach-phone = Telefoannûmer
change-reach-email = E-mailadres
change-reach-invoice = Adres foar faktueren
change-reach-website = Webside
change-reach-appointments = In ôfspraak meitsje
limit-seconds =
    { $count ->
        [one] 1 sekonde
       *[other] { $count } sekonden
    }
limit-minutes =
    { $count ->
        [one] 1 minút
       *[other] { $count } minuten
    }
limit-hours =
    { $count ->
        [one] 1 oere
       *[other] { $count } oeren
    }
limit-rings =
    { $count ->
        [one] 1 kear oergean
       *[other] { $count } kear oergean
    }
limit-working-hours =
    { $count ->
        [one] 1 oere iepeningstiid
       *[other] { $count } oeren iepeningstiid
    }
limit-working-minutes =
    { $count ->
        [one] 1 minút iepeningstiid
       *[other] { $count } minuten iepeningstiid
    }
limit-working-days =
    { $count ->
        [one] 1 wurkdei
       *[other] { $count } wurkdagen
    }
limit-clear-working-days =
    { $count ->
        [one] 1 hiele wurkdei
       *[other] { $count } hiele wurkdagen
    }
limit-times =
    { $count ->
        [one] 1 kear
       *[other] { $count } kear
    }
limit-days =
    { $count ->
        [one] 1 dei
       *[other] { $count } dagen
    }
limit-weeks =
    { $count ->
        [one] 1 wike
       *[other] { $count } wiken
    }
limit-months =
    { $count ->
        [one] 1 moanne
       *[other] { $count } moannen
    }
limit-years =
    { $count ->
        [one] 1 jier
       *[other] { $count } jier
    }
period-month = yn ’e moanne
period-quarter = yn it fearnsjier
period-year = yn it jier
target-in-time = op ’e tiid
target-share = { $share } { $limit }, { $period }
target-most = mear as de helte { $limit }, { $period }
target-average = trochinoar op syn heechst { $limit }, { $period }
reached-average = trochinoar { $length }
reached-times = trochinoar { $times } kear
deed-acknowledge = ûntfangst befêstigje
deed-say-who = sizze wa’t it behannelet
deed-contact = kontakt opnimme
deed-discuss = beprate
deed-answer = antwurd jaan
deed-call-back = weromskilje
deed-decide = in beslút nimme
deed-solve = oplosse
deed-make-safe = it gefaar weinimme
deed-visit = delkomme
deed-deliver = leverje
deed-pay = betelje
deed-remind = yn ’t sin bringe
deed-offer = oanbiede
deed-inform = witte litte
deed-say-when = sizze wannear
deed-agree = wat oars ôfprate
deed-publish = publisearje
deed-pick-up = de telefoan opnimme
deed-see = oan bar wêze
deed-serve = helpe
deed-transfer = trochferbine
deed-be-reachable = te berikken wêze
deed-be-open = iepen wêze
deed-keep-date = in datum neikomme
deed-except = útsûndering
deed-standing = jildt altyd
retention-question = fragen
retention-feedback = reaksjes op de webside
retention-tip = tips
retention-report = meldingen
retention-complaint = klachten
retention-invoice = faktueren
retention-call-back = weromskiljefersiken
retention-application = oanfragen
retention-objection = beswieren
retention-order = bestellingen
retention-appointment = ôfspraken
retention-years =
    { $count ->
        [one] 1 jier
       *[other] { $count } jier
    }
change-kept = Persoansgegevens by { $kind } wurde oars bewarre: { $new } yn stee fan { $old }.
