### Sykje op de webside.
site-search = Sykje
site-search-label = Sykje op dizze webside
site-search-often = In soad besjoen
site-search-count =
    { $count ->
        [0] Neat fûn foar “{ $question }”
        [one] 1 resultaat foar “{ $question }”
       *[other] { $count } resultaten foar “{ $question }”
    }
site-search-none = Sjoch oft alles goed stavere is, of sykje mei in oar wurd. Jo kinne it ús ek freegje.
site-search-part = Net alle wurden komme tegearre foar. Dit komt yn ’e buert.
site-search-more = Stiet it der net by?
site-search-page = Side
site-search-way = Sa berikke jo ús
site-search-norm = Ús belofte
site-search-also-phone = belje skilje opskilje telefoan telefoannûmer nûmer
site-search-also-email = maile e-mailadres mailadres e-mail
site-search-also-counter = baly loket gemeentehûs stedhûs delkomme besite paspoart rydbewiis iepeningstiden
site-search-also-report = melding steuring oerlêst lantearnepeal stoeptegel ôffal swalkôffal gat beam
site-search-also-form = berjocht fraach formulier klacht reaksje
site-search-also-status = iepen sletten ticht steuring feestdei te berikken iepeningstiden
