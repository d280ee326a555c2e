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
staff-scope-calls-write = Tell what happens to telephone calls (exchange)

## Programs that are told what happens here

staff-webhooks = Subscriptions
staff-webhooks-lead = The programs that are told at once what happens. They get numbers, dates and kinds, never names or texts.
staff-webhooks-none = There are no subscriptions yet.
staff-webhook-new = New subscription
staff-webhook-address = Address of the program, begins with https
staff-webhook-types = What the program is told
staff-webhook-bearer = Secret that the program wants to see (not required)
staff-webhook-permission = Permission of the program
staff-webhook-agreed = We agreed on this ourselves. Do not ask the program first.
staff-webhook-make = Make subscription
staff-webhook-paused = Paused
staff-webhook-pause = Pause
staff-webhook-resume = Resume
staff-webhook-test = Send a test event
staff-webhook-close = End for good
staff-webhook-from = Send again from
staff-webhook-from-help = A moment, like 2026-11-23 09:00, or the number of an event. What lies before it is passed over.
staff-webhook-replay = Send again
staff-webhook-is-paused = The subscription is paused. Events wait.
staff-webhook-is-on = The subscription goes on.
staff-webhook-is-tried = A test event is on its way. Look at the answer on this page in a few seconds.
staff-webhook-is-over = The subscription is ended.
staff-webhook-is-replayed = The events are sent again.
staff-webhook-given-up = The program took nothing for three days. Nothing more is sent. Events keep waiting.
staff-webhook-failing = The program takes nothing now. We keep trying.
staff-webhook-gone = The program said that it is not here any more.
staff-webhook-waiting =
    { $count ->
        [0] Nothing waits.
        [one] One event waits.
       *[other] { $count } events wait.
    }
staff-webhook-waiting-many = Many events wait.
staff-webhook-answer-none = Nothing was sent yet.
staff-webhook-answer-taken = Taken on { $at }.
staff-webhook-answer-agreed = Permission was given on { $at }.
staff-webhook-answer-gone = The address was gone on { $at }.
staff-webhook-answer-redirect = On { $at } the program pointed at another address ({ $status }). We send nothing there: fill in the right address.
staff-webhook-answer-no-permission = On { $at } the program gave no permission ({ $status }).
staff-webhook-answer-not-allowed = Not sent on { $at }: the address is in a network that we may not send to.
staff-webhook-answer-no-name = Not sent on { $at }: the name of the address does not exist.
staff-webhook-answer-no-connection = No connection on { $at }.
staff-webhook-answer-tls = No safe connection on { $at }: the certificate is not right.
staff-webhook-answer-late = No answer within fifteen seconds on { $at }.
staff-webhook-answer-status = Not taken on { $at } (answer { $status }).
staff-webhook-answer-other = No proper answer on { $at }.
staff-event-type-received = A contact comes in
staff-event-type-call-back = Somebody wants to be called back
staff-event-type-report = A report from the street comes in
staff-event-type-followed-up = Another message comes in on a contact
staff-event-type-acknowledged = Receipt was confirmed
staff-event-type-answered = An employee answered
staff-event-type-date-told = An employee said when the answer comes
staff-event-type-recalled = A mail was taken back
staff-event-type-corrected = A message was taken for something else
staff-event-type-closed = A contact was closed
staff-event-type-reopened = A contact was opened again
staff-event-type-erased = A contact was erased
staff-event-type-visit = Appointment made, moved, cancelled or over
staff-event-type-promised = Something was promised
staff-event-type-settled = A promise ended
staff-event-type-broken = A promise was not kept in time
staff-event-type-restored = A promise is owed again
staff-event-type-redated = A promise got another date
staff-event-type-set-aside = A promise was set aside
