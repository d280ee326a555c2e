### What every public page shares, the front page, and the pages that are only text.
site-municipality = Gemeente { $name }
site-skip = Nei de ynhâld
site-menu = Haadmenu
site-foot-menu = Oer dizze webside
site-menu-contact = Kontakt
site-menu-status = Iepeningstiden
site-menu-norms = Ús beloften
site-menu-privacy = Privacy
site-menu-accessibility = Tagonklikens
site-languages = Taal
site-notice = Meidieling
site-wrong-page = Kloppet dizze side net?
site-wrong-page-link = Lit it ús witte

home-title = Wat kinne wy foar jo dwaan?
home-lead = Stel jo fraach op de manier dy’t jo it bêste past. Wy sizze jo daliks wannear’t jo fan ús hearre.
home-ask = Stjoer ús in berjocht
home-now = No te berikken
home-now-more = Alle tiden en steuringen
home-phone = Telefoan
home-counter = Baly
home-counter-appointment = Allinnich op ôfspraak
home-open-until = No iepen oant { $time }
home-opens-today = Hjoed om { $time } wer iepen
home-opens-tomorrow = Moarn om { $time } wer iepen
home-opens-on = Wer iepen op { $day } om { $time }
home-opens-unknown = Foarearst sletten
home-ways = Sa berikke jo ús
home-way-form = Kontaktformulier
home-way-form-text = Dei en nacht. Jo krije daliks in befêstiging.
home-way-phone = Skilje nei { $number }
home-way-phone-text = De measte fragen beäntwurdzje wy daliks.
home-way-email = Stjoer in e-mail
home-way-counter = Kom del op ôfspraak
home-way-counter-text = Kies sels in dei en in tiid.
home-way-counter-phone = Meitsje in ôfspraak fia { $number }.
home-way-post = Skriuw in brief
home-way-report = Meld in probleem op strjitte
home-way-report-text = In stikkene lampe, in losse tegel of ôffal: meld it dei en nacht.
home-way-report-phone = In stikkene lampe, in losse tegel of ôffal: skilje nei { $number }.
home-kept = Wy hâlde ús wurd
home-kept-text = Wat jo fan ús ferwachtsje meie, stiet swart op wyt. Alle moannen litte wy sjen hoe goed’t dat slagget. Ek as it net slagget.
home-kept-link = Besjoch ús beloften
home-hours = Iepeningstiden
home-hours-phone = Telefoan { $number }
home-hours-counter = Baly, allinnich op ôfspraak
home-today = hjoed

site-trouble = Flaterkoade { $status }
site-trouble-bad-request-title = Wy begripe dit net
site-trouble-bad-request-text = Der gie wat mis by it ferstjoeren. Gean werom en besykje it nochris.
site-trouble-forbidden-title = Dit mei hjir net
site-trouble-forbidden-text = Jo meie dizze side net besjen, of jo berjocht kaam fan in oare webside. Begjin op ’e nij op ús webside.
site-trouble-not-found-title = Dizze side bestiet net
site-trouble-not-found-text = Miskien is de side ferhuze, of stiet der in tikflater yn it adres.
site-trouble-too-large-title = Jo berjocht is te grut
site-trouble-too-large-text = Meitsje jo berjocht koarter en besykje it nochris.
site-trouble-too-many-title = In amerijke, asjebleaft
site-trouble-too-many-text = Jo hawwe yn koarte tiid in soad ferstjoerd. Wachtsje in pear minuten en besykje it dan nochris.
site-trouble-broken-title = Der gie wat mis by ús
site-trouble-broken-text = Dat leit net oan jo. Besykje it aanst nochris. Slagget it net? Skilje ús dan.
site-trouble-unavailable-title = Wy binne sa werom
site-trouble-unavailable-text = De webside is in amerijke net te berikken. Besykje it oer in pear minuten nochris.
site-trouble-ways = Hjir kinne jo fierder
site-trouble-home = Nei de foarside
site-trouble-contact = Stjoer ús in berjocht
site-trouble-phone = Skilje nei { $number }

site-privacy-title = Jo gegevens by ús
site-privacy-lead = Wy brûke jo gegevens allinnich om jo te helpen. Net foar reklame, en wy ferkeapje neat.
site-privacy-what = Wat wy bewarje
site-privacy-what-text = Jo berjocht, jo e-mailadres, en jo namme en telefoannûmer as jo dy ynfolje. Ek bewarje wy wat wy jo antwurdzje en wannear. Sa kinne wy sjen litte oft wy ús beloften neikomme.
site-privacy-who = Wa’t it sjocht
site-privacy-who-text = Allinnich meiwurkers dy’t jo fraach behannelje. Op de side mei ús beloften steane allinnich oantallen, nea nammen of berjochten.
site-privacy-long = Hoe lang’t wy it bewarje
site-privacy-long-question =
    { $count ->
        [one] In fraach of tip: 1 jier.
       *[other] In fraach of tip: { $count } jier.
    }
site-privacy-long-complaint =
    { $count ->
        [one] In klacht of melding: 1 jier.
       *[other] In klacht of melding: { $count } jier.
    }
site-privacy-long-invoice =
    { $count ->
        [one] In faktuer: 1 jier.
       *[other] In faktuer: { $count } jier.
    }
site-privacy-cookies = Folgje wy jo?
site-privacy-cookies-text = Nee. Wy folgje jo net op ynternet en wy helje neat op by oare bedriuwen.
site-privacy-map = Wize jo op in kaart oan wêr’t wat is? Dan bewarje wy dat plak by jo melding. De kaart is fan { $who }. Iepenje jo de kaart, dan sjocht { $who } jo ynternetadres en hokker stik fan de kaart jo besjogge.
site-privacy-rights = Jo rjochten
site-privacy-rights-text = Jo meie sjen wat wy fan jo bewarje. Kloppet it net, dan passe wy it oan. Jo meie ús ek freegje om it fuort te heljen. Mail ús:
site-privacy-authority = Binne jo it net mei ús iens? Dan kinne jo in klacht yntsjinje by de Autoriteit Persoonsgegevens.

site-accessibility-title = Tagonklikensferklearring
site-accessibility-lead = Elkenien moat dizze webside brûke kinne. Ek as jo net goed sjogge, gjin mûs brûke of muoite hawwe mei lêzen.
site-accessibility-scope = Dizze ferklearring is fan de gemeente { $name } en giet oer { $site }.
site-accessibility-state = Hoe’t it derfoar stiet
site-accessibility-state-name = Status C: earste maatregels nommen
site-accessibility-state-text = Wy bouwe neffens WCAG 2.2, nivo AA. Dêrmei folgje wy ek de Europeeske noarm EN 301 549. In ûnôfhinklik buro hat de webside noch net ûndersocht. Dêrom sizze wy net dat alles al goed is.
site-accessibility-what = Wat wy dogge
site-accessibility-what-text = Alles wurket mei it toetseboerd, mei in skermlêzer, op in telefoan en sûnder JavaScript. Ús eigen teksten skriuwe wy op taalnivo B1.
site-accessibility-proof = Hoe’t wy dat kontrolearje
site-accessibility-proof-text = By elke feroaring kontrolearje wy alle siden mei in kompjûterprogramma. Dat dogge wy yn trije talen en op trije skermen: telefoan, tablet en kompjûter. Ek de lingte fan ús sinnen kontrolearje wy.
site-accessibility-help = Slagget der wat net?
site-accessibility-help-text = Fertel ús wat der net slagget. Wy helpe jo op in oare manier en losse it op.
site-accessibility-tell = Meld in probleem mei dizze webside
site-accessibility-unhappy = Binne jo net tefreden?
site-accessibility-unhappy-text = Hearre jo neat, of losse wy it net goed op? Dan kinne jo by ús in klacht yntsjinje. Helpt dat ek net? Gean dan nei de Nasjonale ombudsman.
site-accessibility-on = Dizze ferklearring is fan { $date }.
site-menu-api = Foar leveransiers
site-api-title = Programma’s ferbine
site-api-lead = In tillefoansintrale, saaksysteem of webside kin mei ús kontaktsintrum prate. De ôfspraken oer antwurden jilde dan ek.
site-api-open = Noarmen, iepeningstiden en resultaten binne iepen data: dêr hawwe jo neat foar nedich.
site-api-description = De hiele beskriuwing (OpenAPI)
site-api-token = Foar al it oare krijt jo programma in geheim fan de gemeente. Stjoer dat mei elk fersyk mei, en jou it oan nimmen oars.
site-api-examples = Foarbylden
site-api-problems = As der wat net slagget
