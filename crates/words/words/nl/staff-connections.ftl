## Koppelingen met programma's van leveranciers

staff-connections = Koppelingen
staff-connections-lead = Met welke programma's van leveranciers de gemeente is verbonden. Elk programma krijgt een eigen geheim.
staff-connections-docs = Uitleg voor leveranciers
staff-connections-none = Er zijn nog geen koppelingen.
staff-connection-new = Nieuwe koppeling
staff-connection-name = Naam, bijvoorbeeld van het programma
staff-connection-scopes = Wat het programma mag
staff-connection-days = Hoeveel dagen de koppeling geldt
staff-connection-make = Koppeling maken
staff-connection-made = Het geheim van { $name }
staff-connection-once = Geef dit geheim zelf aan de leverancier. U ziet het alleen nu.
staff-connection-secret = Geheim
staff-connection-over = Voorbij
staff-connection-number = Nummer { $number }.
staff-connection-until = Geldt tot en met { $day }.
staff-connection-since = Geldt niet meer sinds { $day }.
staff-connection-used = Laatst gebruikt op { $at }.
staff-connection-unused = Nog niet gebruikt.
staff-connection-end = Koppeling beëindigen
staff-connection-end-sure = Het programma komt er dan meteen niet meer in. Wat het deed, blijft staan.
staff-connection-ended = De koppeling is beëindigd.
staff-scope-contacts-read = Contacten en beloften lezen
staff-scope-contacts-write = Contacten toevoegen, en er iets bij schrijven
