### Asking to be called.
call-title = Lit jo weromskilje
call-lead = Folje yn op hokker nûmer wy jo skilje. Dat kin ek as wy de telefoan net opnimme.
call-due = Wy skilje jo op syn lêst op
call-problems = Jo fersyk is noch net ferstjoerd. Pas dit oan:
call-phone-help = In bûtenlânsk nûmer begjint mei + of 00.
call-message = Wat wolle jo ús freegje?
call-message-help = Dan sykje wy it antwurd alfêst op. Set hjir gjin boargerservicenûmer yn.
call-moments = Wannear kinne wy jo it bêste skilje?
call-moments-help = Kies safolle mominten as jo wolle. Kieze jo neat, dan skilje wy wannear’t it kin.
call-moment = { $day }, fan { $from } oant { $to }
call-email-help = Hjir stjoere wy in befêstiging hinne. Jo hoege it net yn te foljen.
call-send = Skilje my werom
call-kind = Ik wol skille wurde
call-problem-phone = Folje in nûmer yn dat wy skilje kinne: tsien sifers, of in nûmer dat begjint mei + of 00.
home-way-phone-back = Lit jo weromskilje
home-way-phone-back-text = Jo sizze wannear, wy skilje jo.
follow-step-called = Wy hawwe jo skille, mar jo namen net op
