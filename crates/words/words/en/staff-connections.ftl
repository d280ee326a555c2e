## Connections with programs of suppliers

staff-connections = Connections
staff-connections-lead = The programs of suppliers that the municipality is connected to. Each program has a secret of its own.
staff-connections-docs = Explanation for suppliers
staff-connections-none = There are no connections yet.
staff-connection-new = New connection
staff-connection-name = Name, for instance of the program
staff-connection-scopes = What the program may do
staff-connection-days = How many days the connection lasts
staff-connection-make = Make connection
staff-connection-made = The secret of { $name }
staff-connection-once = Give this secret to the supplier yourself. You see it only now.
staff-connection-secret = Secret
staff-connection-over = Over
staff-connection-number = Number { $number }.
staff-connection-until = Lasts until { $day }.
staff-connection-since = Over since { $day }.
staff-connection-used = Last used on { $at }.
staff-connection-unused = Not used yet.
staff-connection-end = End connection
staff-connection-end-sure = The program can not come in any more from now on. What it did stays.
staff-connection-ended = The connection is ended.
staff-scope-contacts-read = Read contacts and promises
staff-scope-contacts-write = Add contacts, and write something with them
