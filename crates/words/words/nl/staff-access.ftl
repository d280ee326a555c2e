## Toegang: wachtwoord, tweede stap, sessies, accounts

staff-access = Aanmelden en beveiliging
staff-step = Tweede stap bij het aanmelden
staff-step-lead = Met een tweede stap komt niemand binnen die alleen uw wachtwoord weet. U heeft een app nodig die codes maakt, zoals FreeOTP, Google Authenticator of Microsoft Authenticator.
staff-step-begin = Tweede stap aanzetten
staff-step-scan = Maak met de app een foto van deze code.
staff-step-type = Lukt dat niet? Typ dan deze letters en cijfers in de app:
staff-step-code = Code van zes cijfers
staff-step-on = Aanzetten
staff-step-not-now = Nu niet
staff-step-is-on = De tweede stap staat aan.
staff-step-off = Tweede stap uitzetten
staff-codes-left = { $count ->
    [0] U heeft geen noodcodes meer. Maak nieuwe.
    [one] U heeft nog één noodcode.
   *[other] U heeft nog { $count } noodcodes.
}
staff-codes-renew = Nieuwe noodcodes maken
staff-codes-new = Uw noodcodes
staff-codes-keep = Bewaar deze codes op een veilige plek, niet op uw telefoon. U ziet ze maar één keer. Met elke code kunt u één keer aanmelden als u de app niet heeft.
staff-sessions = Waar u bent aangemeld
staff-session-here = Hier
staff-session-time = Sinds { $since }, tot uiterlijk { $until }
staff-session-end = Afmelden
staff-sessions-end = Overal afmelden, behalve hier
staff-device-unknown = Onbekend apparaat
staff-password = Wachtwoord wijzigen
staff-password-now = Uw huidige wachtwoord
staff-password-new = Nieuw wachtwoord
staff-password-help = Minstens 12 tekens. Een zin onthoudt u makkelijker dan losse tekens.
staff-password-change = Wachtwoord wijzigen
staff-password-keep = Wachtwoord bewaren
staff-password-changed = Uw wachtwoord is gewijzigd. Op andere apparaten bent u afgemeld.
staff-sign-in-step-lead = Open de app op uw telefoon en typ de code van zes cijfers.
staff-sign-in-step-lost = Telefoon kwijt? Typ een noodcode, of vraag de beheerder om hulp.
staff-sign-in-again = Opnieuw aanmelden
staff-employees = Medewerkers
staff-employees-lead = Wie hier werkt en wat die persoon mag. Een wachtwoord kiest iedereen zelf.
staff-employee-new = Nieuwe medewerker
staff-employee-make = Account maken
staff-employee-kept = Bewaard.
staff-roles = Rollen
staff-role-employee = Medewerker: beantwoordt inwoners
staff-role-complaints = Klachtencoördinator: beantwoordt klachten
staff-role-finance = Financiën: beantwoordt vragen over facturen
staff-role-editor = Redactie: schrijft teksten en brieven
staff-role-lead = Teamleider: teams, kwaliteit en lijsten
staff-role-auditor = Controleur: ziet wie wat deed
staff-role-administrator = Beheerder: accounts en rollen
staff-account-closed = Gesloten
staff-account-seen = Laatst aangemeld op { $at }.
staff-account-not-seen = Nog niet aangemeld.
staff-account-step = Met tweede stap.
staff-account-no-step = Zonder tweede stap.
staff-account-lift-step = Tweede stap uitzetten
staff-account-close = Account sluiten
staff-link = Link
staff-link-make = Link om een wachtwoord te kiezen
staff-link-for = Link voor { $who }
staff-link-lead = Geef deze link zelf aan uw collega, niet aan iemand anders. De link werkt één keer en zeven dagen lang. U ziet hem alleen nu.
staff-welcome = Welkom
staff-welcome-name = Welkom, { $who }
staff-welcome-lead = Kies een wachtwoord. Daarna meldt u zich aan met de naam { $login }.
staff-link-note = Een nieuwe link maakt de oude ongeldig. Wie hem gebruikt, kiest een nieuw wachtwoord en heeft daarna geen tweede stap.
staff-account-close-sure = Uw collega wordt meteen afgemeld. Het werk blijft staan.
