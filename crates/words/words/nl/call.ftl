### Asking to be called.
call-title = Laat u terugbellen
call-lead = Vul in op welk nummer wij u bellen. Dat kan ook als wij de telefoon niet opnemen.
call-due = Wij bellen u uiterlijk op
call-problems = Uw verzoek is nog niet verstuurd. Pas dit aan:
call-phone-help = Een buitenlands nummer begint met + of 00.
call-message = Wat wilt u ons vragen?
call-message-help = Dan zoeken wij het antwoord vast op. Zet hier geen burgerservicenummer in.
call-moments = Wanneer kunnen wij u het beste bellen?
call-moments-help = Kies zoveel momenten als u wilt. Kiest u niets, dan bellen wij wanneer het kan.
call-moment = { $day }, van { $from } tot { $to }
call-email-help = Hier sturen wij een bevestiging naartoe. U hoeft het niet in te vullen.
call-send = Bel mij terug
call-kind = Ik wil worden gebeld
call-problem-phone = Vul een nummer in dat wij kunnen bellen: tien cijfers, of een nummer dat begint met + of 00.
home-way-phone-back = Laat u terugbellen
home-way-phone-back-text = U zegt wanneer, wij bellen u.
follow-step-called = Wij hebben u gebeld, maar u nam niet op
