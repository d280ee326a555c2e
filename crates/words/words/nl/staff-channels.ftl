### Wat de werkplek zegt over de wegen waarlangs post binnenkomt en vertrekt.
staff-channels-alarm = Hier moet iemand naar kijken
staff-channels-alarm-failing = Postbus { $name } kan niet worden gelezen.
staff-channels-alarm-late = Postbus { $name } is al minuten niet gelezen.
staff-channels-alarm-difference =
    { $count ->
        [one] In postbus { $name } staat op de server 1 bericht dat niet is ingelezen en niet is geweigerd.
       *[other] In postbus { $name } staan op de server { $count } berichten die niet zijn ingelezen en niet zijn geweigerd.
    }
staff-channels-alarm-set-aside =
    { $count ->
        [one] Uit postbus { $name } staat 1 bericht apart.
       *[other] Uit postbus { $name } staan { $count } berichten apart.
    }
staff-channels-in = Post die binnenkomt
staff-channels-out = Post die vertrekt
staff-channels-way = Kanaal
staff-channels-state = Hoe het gaat
staff-channels-taken = Ingelezen
staff-channels-refused = Geweigerd
staff-channels-left = Nog te doen
staff-channels-mailbox = Postbus { $name }
staff-channels-on-server =
    { $count ->
        [0] Geen berichten op de server
        [one] 1 bericht op de server
       *[other] { $count } berichten op de server
    }
staff-channels-well = Wordt gelezen
staff-channels-new = Nog niet gelezen
staff-channels-failing = Kan niet worden gelezen
staff-channels-late = Te lang niet gelezen
staff-channels-seen = Laatst gelezen op { $at }
staff-channels-since = Sinds { $at }.
staff-channels-waiting =
    { $count ->
        [0] Niets te lezen
        [one] 1 bericht te lezen
       *[other] { $count } berichten te lezen
    }
staff-channels-set-aside-count =
    { $count ->
        [0] Niets apart
        [one] 1 bericht apart
       *[other] { $count } berichten apart
    }
staff-channels-lmtp = Bezorging door de eigen mailserver (LMTP)
staff-channels-smtp = Bezorging door andere mailservers (SMTP)
staff-channels-listens = Luistert
staff-channels-closed = Niet in gebruik
staff-channels-last = Laatste bericht op { $at }
staff-channels-since-start = sinds de start van dit programma
staff-channels-postponed =
    { $count ->
        [0] Niets uitgesteld
        [one] 1 bericht uitgesteld
       *[other] { $count } berichten uitgesteld
    }
staff-channels-relay = Brieven gaan naar de mailserver.
staff-channels-no-relay = Er is geen mailserver ingesteld: brieven blijven liggen.
staff-channels-letters-waiting =
    { $count ->
        [0] Er wachten geen brieven
        [one] 1 brief wacht
       *[other] { $count } brieven wachten
    }
staff-channels-letters-failed =
    { $count ->
        [0] Geen brieven mislukt
        [one] 1 brief mislukt
       *[other] { $count } brieven mislukt
    }
staff-channels-set-aside = Apart gezet
staff-channels-set-aside-none = Er staat niets apart.
staff-channels-set-aside-help = Deze berichten konden na enkele pogingen niet worden ingelezen. Ze staan nog in de postbus of zijn hier bewaard. Los de oorzaak op en probeer het opnieuw.
staff-channels-why = Waarom
staff-channels-size = Grootte
staff-channels-act = Doen
staff-channels-uid = nummer { $uid }
staff-channels-retry = Opnieuw proberen
staff-channels-why-fetch = De mailserver geeft het bericht niet.
staff-channels-why-reading = Het bericht kon niet worden gelezen.
staff-channels-why-storing = Het bericht kon niet worden opgeslagen.
staff-channels-why-broke-off = Het programma stopte terwijl het met dit bericht bezig was.
staff-channels-why-gone = Het bericht staat niet meer in de postbus.
staff-channels-trouble-unreachable = De mailserver is niet bereikbaar.
staff-channels-trouble-tls = Er komt geen beveiligde verbinding tot stand.
staff-channels-trouble-greeting = De mailserver laat niemand binnen.
staff-channels-trouble-login = De mailserver accepteert de naam en het wachtwoord niet.
staff-channels-trouble-token = Er is geen toegangstoken te krijgen.
staff-channels-trouble-folder = De map kan niet worden geopend.
staff-channels-trouble-refused = De mailserver weigert een opdracht.
staff-channels-trouble-lost = De verbinding is verbroken.
staff-channels-trouble-silent = De mailserver zegt niets meer.
staff-channels-trouble-unreadable = De mailserver zegt iets wat niet te begrijpen is.
staff-channels-trouble-storage = De eigen database neemt niets aan.
