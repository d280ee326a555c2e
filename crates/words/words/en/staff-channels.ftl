### What the workspace says about the ways in and out for mail.
staff-channels-alarm = Someone should look at this
staff-channels-alarm-failing = Mailbox { $name } cannot be read.
staff-channels-alarm-late = Mailbox { $name } has not been read for minutes.
staff-channels-alarm-difference =
    { $count ->
        [one] Mailbox { $name } holds 1 message on the server that is neither taken in nor refused.
       *[other] Mailbox { $name } holds { $count } messages on the server that are neither taken in nor refused.
    }
staff-channels-alarm-set-aside =
    { $count ->
        [one] 1 message of mailbox { $name } is set aside.
       *[other] { $count } messages of mailbox { $name } are set aside.
    }
staff-channels-in = Mail that comes in
staff-channels-out = Mail that goes out
staff-channels-way = Channel
staff-channels-state = How it goes
staff-channels-taken = Taken in
staff-channels-refused = Refused
staff-channels-left = Still to do
staff-channels-mailbox = Mailbox { $name }
staff-channels-on-server =
    { $count ->
        [0] No messages on the server
        [one] 1 message on the server
       *[other] { $count } messages on the server
    }
staff-channels-well = Is being read
staff-channels-new = Not read yet
staff-channels-failing = Cannot be read
staff-channels-late = Not read for too long
staff-channels-seen = Last read on { $at }
staff-channels-since = Since { $at }.
staff-channels-waiting =
    { $count ->
        [0] Nothing to read
        [one] 1 message to read
       *[other] { $count } messages to read
    }
staff-channels-set-aside-count =
    { $count ->
        [0] Nothing set aside
        [one] 1 message set aside
       *[other] { $count } messages set aside
    }
staff-channels-lmtp = Delivery by our own mail server (LMTP)
staff-channels-smtp = Delivery by other mail servers (SMTP)
staff-channels-listens = Listens
staff-channels-closed = Not in use
staff-channels-last = Last message on { $at }
staff-channels-since-start = since this program started
staff-channels-postponed =
    { $count ->
        [0] Nothing postponed
        [one] 1 message postponed
       *[other] { $count } messages postponed
    }
staff-channels-relay = Letters go to the mail server.
staff-channels-no-relay = There is no mail server configured: letters stay here.
staff-channels-letters-waiting =
    { $count ->
        [0] No letters waiting
        [one] 1 letter waiting
       *[other] { $count } letters waiting
    }
staff-channels-letters-failed =
    { $count ->
        [0] No letters failed
        [one] 1 letter failed
       *[other] { $count } letters failed
    }
staff-channels-set-aside = Set aside
staff-channels-set-aside-none = Nothing is set aside.
staff-channels-set-aside-help = These messages could not be taken in after several tries. They are still in the mailbox or are kept here. Remove the cause and try again.
staff-channels-why = Why
staff-channels-size = Size
staff-channels-act = Act
staff-channels-uid = number { $uid }
staff-channels-retry = Try again
staff-channels-why-fetch = The mail server does not give the message.
staff-channels-why-reading = The message could not be read.
staff-channels-why-storing = The message could not be stored.
staff-channels-why-broke-off = The program stopped while it was at work on this message.
staff-channels-why-gone = The message is no longer in the mailbox.
staff-channels-trouble-unreachable = The mail server cannot be reached.
staff-channels-trouble-tls = No secure connection can be made.
staff-channels-trouble-greeting = The mail server lets nobody in.
staff-channels-trouble-login = The mail server does not accept the name and password.
staff-channels-trouble-token = No access token can be obtained.
staff-channels-trouble-folder = The folder cannot be opened.
staff-channels-trouble-refused = The mail server refuses a command.
staff-channels-trouble-lost = The connection broke.
staff-channels-trouble-silent = The mail server has stopped answering.
staff-channels-trouble-unreadable = The mail server says something that cannot be understood.
staff-channels-trouble-storage = Our own database accepts nothing.
