### What callers hear: short sentences, to be spoken.
phone-welcome = You are calling the municipality of { $municipality }.
phone-closed = We are closed now. You can call us again on { $when }.
phone-closed-unknown = We are closed now. Our website says when you can call us.
phone-disruption = Please note. { $text }
phone-choice = For { $name }: press { $digit }.
phone-language = For English: press { $digit }.
phone-not-understood = We did not understand that.
phone-employee = One moment. You will soon speak to an employee.
phone-wait-first = You are first in the queue.
phone-wait-ahead =
    { $count ->
        [one] There is one caller ahead of you.
       *[other] There are { $count } callers ahead of you.
    }
phone-wait-minutes =
    { $count ->
        [one] The wait is about one minute.
       *[other] The wait is about { $count } minutes.
    }
phone-offer = It is busy. Would you like us to call you back? Then press 1. You keep your place in the queue. Would you rather wait? Then stay on the line.
phone-too-long = We are sorry that you had to wait so long.
phone-ask-number = On which number can we call you back? Key in the number. End with the hash key.
phone-put-through = We are putting you through.
phone-not-reached = Nobody answers there at the moment.
phone-call-back = We will call you back. Thank you for calling.
phone-call-back-in-turn = You keep your place in the queue. We will call you back when it is your turn. Speak to you soon.
spoken-when = { $day } { $date } at { $time }
spoken-hour-1 = one
spoken-hour-2 = two
spoken-hour-3 = three
spoken-hour-4 = four
spoken-hour-5 = five
spoken-hour-6 = six
spoken-hour-7 = seven
spoken-hour-8 = eight
spoken-hour-9 = nine
spoken-hour-10 = ten
spoken-hour-11 = eleven
spoken-hour-12 = twelve
spoken-whole = { $hour } o’clock
spoken-half = half past { $hour }
spoken-quarter-past = quarter past { $hour }
spoken-quarter-to = quarter to { $hour }
spoken-past = { $minute } minutes past { $hour }
spoken-to = { $minute } minutes to { $hour }
spoken-night = { $time } at night
spoken-morning = { $time } in the morning
spoken-afternoon = { $time } in the afternoon
spoken-evening = { $time } in the evening
spoken-late = { $time } at night
phone-out-of-order = Something has gone wrong here. Please try again in a few minutes. We are sorry.
phone-nobody-waits = Nobody is waiting now.
phone-line-unknown = This telephone belongs to no employee. Ask your manager to enter its number.
