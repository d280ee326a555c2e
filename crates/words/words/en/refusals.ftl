### Why something is not done. Nothing has changed then.
refusal-not-found = This message does not exist.
refusal-closed = This message is closed. Reopen it first.
refusal-not-closed = This message is not closed.
refusal-date-in-past = This date has passed. Choose today or a later day.
refusal-date-too-far = This date is too far away. Choose a day within a year.
refusal-text-empty = Write a text first.
refusal-text-too-long = This text is too long. Make it shorter.
refusal-no-address = No e-mail address is known. Choose another way.
refusal-promises-open = A promise is still open here. Answer, say when the answer comes, or choose a reason why that is no longer needed.
refusal-same-class = This message is of that kind already.
refusal-nothing-to-acknowledge = No confirmation of receipt is needed any more.
refusal-unknown-employee = There is no such employee, or they no longer work here.
refusal-answered-meanwhile = A colleague answered in the meantime. Read that first; your text is still here.
refusal-no-date-owed = No answer was promised here, so you cannot name a date.
refusal-nothing-promised = Nothing is open here that this would keep.
refusal-no-such-ground = This reason does not hold for this norm.
refusal-date-missing = Choose a day.
