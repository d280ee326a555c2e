# What if other norms had held.
replay-head = { $count ->
    [one] 1 contact
   *[other] { $count } contacts
  } received from { $from } to { $to }: as it went → as it would have gone under { $file }.
replay-channel = channel
replay-norm = norm
replay-kept = kept
replay-broken = broken
replay-open = still open
replay-to-broken = broken after all
replay-no-longer-broken = no longer broken
replay-new = added
replay-gone = dropped
replay-date = { $norm } (date)
replay-same = Nothing would have gone otherwise.
replay-earlier = What would have had to be done earlier:
replay-earlier-row = { $named }: { $done } earlier ({ $steps }); half of them by at most { $median }, nine in ten by at most { $most }.
replay-undone = { $named }: { $count } not done yet.
replay-step = at most { $short }: { $count }
replay-step-more = even earlier: { $count }
replay-unknown-norm = Note: the norm { $norm } is not in { $file }. Give the same norm the same name in both files, else it is dropped here and added under the other name.
replay-caveat = What happened is fixed: received, acknowledged, answered, a date told, done. A date that an employee told stays that date. What residents and employees would have done otherwise had these norms held then can not be known. Waiting times on the telephone and at the counter are not counted here.
replay-title = What if other norms had held
replay-lead = See which promises of a period would have been kept or broken under another limit or another norm file, and what would have had to be done earlier. Nothing is kept and nothing is changed.
replay-said = { $count ->
    [one] 1 contact
   *[other] { $count } contacts
  } received from { $from } to { $to }
replay-read = Where there are two numbers, the first is how it went, and the second how it would have gone { $with }.
replay-with-file = under { $file }
replay-with-limit = with the limit “{ $limit }” for { $norm }
replay-same-norms = { $count ->
    [one] 1 norm without a difference
   *[other] { $count } norms without a difference
  }
replay-period = Contacts received
replay-other-limit = Another limit for one norm
replay-which-norm = Which norm
replay-number = New limit: number
replay-unit = Unit
replay-unit-working-days = working days
replay-unit-working-hours = working hours
replay-unit-days = days
replay-unit-weeks = weeks
replay-unit-hours = hours
replay-unit-minutes = minutes
replay-unit-seconds = seconds
replay-file = Or a whole norm file
replay-file-help = A TOML file of at most { $largest }. When you also choose a norm above, the new limit holds in that file.
replay-the-file = that file
replay-in-file = What is wrong in the file
replay-do = See what would have gone otherwise
replay-problem-nothing = Choose a norm with a new limit, or a norm file.
replay-problem-norm = Choose a norm that is in the file and has a limit.
replay-problem-number = Give the new limit as a whole number, such as 1.
replay-problem-large = The file is too large. Choose a norm file of at most { $largest }.
replay-problem-text = This is no text file. Choose a norm file (TOML, in UTF-8).
replay-problem-zone = The file is of another time zone. Write the time zone of your own norm file in it.
replay-problem-file = Something in the file is wrong. Below is where, and what is expected there.
