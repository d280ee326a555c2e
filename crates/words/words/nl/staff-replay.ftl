# Wat als er andere normen hadden gegolden.
replay-head = { $count ->
    [one] 1 contact
   *[other] { $count } contacten
  } ontvangen van { $from } tot en met { $to }: zoals het ging → zoals het was gegaan volgens { $file }.
replay-channel = kanaal
replay-norm = norm
replay-kept = nagekomen
replay-broken = gebroken
replay-open = loopt nog
replay-to-broken = alsnog gebroken
replay-no-longer-broken = niet meer gebroken
replay-new = erbij
replay-gone = vervallen
replay-date = { $norm } (datum)
replay-same = Er was niets anders gegaan.
replay-earlier = Wat eerder klaar had moeten zijn:
replay-earlier-row = { $named }: { $done } eerder ({ $steps }); de helft hoogstens { $median }, negen van de tien hoogstens { $most }.
replay-undone = { $named }: { $count } nog niet gedaan.
replay-step = hoogstens { $short }: { $count }
replay-step-more = nog eerder: { $count }
replay-unknown-norm = Let op: de norm { $norm } staat niet in { $file }. Geef dezelfde norm in beide bestanden dezelfde naam, anders vervalt hij hier en komt hij onder de andere naam erbij.
replay-caveat = Wat er gebeurde, staat vast: ontvangen, bevestigd, geantwoord, een datum genoemd, gedaan. Een datum die een medewerker noemde, blijft die datum. Hoe inwoners en medewerkers het anders hadden gedaan als deze normen toen golden, is niet te weten. Wachttijden aan de telefoon en aan de balie tellen hier niet mee.
replay-title = Wat als er andere normen golden
replay-lead = Bekijk welke beloften van een periode waren nagekomen of gebroken met een andere termijn of een ander normenbestand, en wat dan eerder klaar had moeten zijn. Er wordt niets vastgelegd en niets veranderd.
replay-said = { $count ->
    [one] 1 contact
   *[other] { $count } contacten
  } ontvangen van { $from } tot en met { $to }
replay-read = Staan er twee getallen, dan is het eerste hoe het ging, en het tweede hoe het was gegaan { $with }.
replay-with-file = volgens { $file }
replay-with-limit = met de termijn “{ $limit }” voor { $norm }
replay-same-norms = { $count ->
    [one] 1 norm zonder verschil
   *[other] { $count } normen zonder verschil
  }
replay-period = Contacten ontvangen
replay-other-limit = Een andere termijn voor één norm
replay-which-norm = Welke norm
replay-number = Nieuwe termijn: aantal
replay-unit = Eenheid
replay-unit-working-days = werkdagen
replay-unit-working-hours = werkuren
replay-unit-days = dagen
replay-unit-weeks = weken
replay-unit-hours = uren
replay-unit-minutes = minuten
replay-unit-seconds = seconden
replay-file = Of een heel normenbestand
replay-file-help = Een TOML-bestand van hoogstens { $largest }. Kiest u ook een norm hierboven, dan geldt de nieuwe termijn in dat bestand.
replay-the-file = dat bestand
replay-in-file = Wat er niet klopt in het bestand
replay-do = Bekijk wat er anders was gegaan
replay-problem-nothing = Kies een norm met een nieuwe termijn, of een normenbestand.
replay-problem-norm = Kies een norm die in het bestand staat en een termijn heeft.
replay-problem-number = Vul bij de nieuwe termijn een heel getal in, zoals 1.
replay-problem-large = Het bestand is te groot. Kies een normenbestand van hoogstens { $largest }.
replay-problem-text = Dit is geen tekstbestand. Kies een normenbestand (TOML, in UTF-8).
replay-problem-zone = Het bestand is van een andere tijdzone. Schrijf daarin de tijdzone van uw eigen normenbestand.
replay-problem-file = In het bestand klopt iets niet. Hieronder staat waar, en wat er moet staan.
