### Waarom iets niet gebeurt. Er is dan niets veranderd.
refusal-not-found = Dit bericht bestaat niet.
refusal-closed = Dit bericht is afgerond. Heropen het eerst.
refusal-not-closed = Dit bericht is nog niet afgerond.
refusal-date-in-past = Deze datum is al voorbij. Kies vandaag of een latere dag.
refusal-date-too-far = Deze datum ligt te ver weg. Kies een dag binnen een jaar.
refusal-text-empty = Schrijf eerst een tekst.
refusal-text-too-long = Deze tekst is te lang. Maak hem korter.
refusal-no-address = Er is geen e-mailadres bekend. Kies een andere manier.
refusal-promises-open = Hier staat nog een belofte open. Geef antwoord, zeg wanneer het antwoord komt, of kies een reden waarom dat niet meer hoeft.
refusal-same-class = Dit bericht is al van die soort.
refusal-nothing-to-acknowledge = Er is geen ontvangstbevestiging meer nodig.
refusal-unknown-employee = Deze medewerker bestaat niet of werkt hier niet meer.
refusal-answered-meanwhile = Een collega heeft intussen geantwoord. Lees dat eerst; uw tekst staat er nog.
refusal-no-date-owed = Bij dit contact is geen antwoord beloofd. Een datum zeggen kan hier niet.
refusal-nothing-promised = Hier staat niets open dat u hiermee nakomt.
refusal-no-such-ground = Deze reden geldt niet bij deze norm.
refusal-date-missing = Kies een dag.
