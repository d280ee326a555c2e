### Letters to residents.
letter-dear = Dear { $name },
letter-hello = Hello,
letter-greeting = Kind regards,
letter-municipality = Municipality of { $name }
letter-number = Number
letter-about = Subject
letter-received = Received
letter-promise = You will hear from us by
letter-phone = Telephone
letter-no-subject = (no subject)
letter-follow = See how your message is getting on
letter-follow-or-reply = See your message or reply to us
letter-quote = On { $moment }, { $name } wrote:
letter-your-number = Your number is [{ $number }].

letter-ack-subject = We have received your message: { $number }
letter-ack-thanks = Thank you for your message. We have received it.
letter-ack-promise-contact = We will contact you by { $date } at the latest. If we do not have the full answer by then, we will tell you when you will get it.
letter-ack-promise-late = You should have heard from us by { $date }. That did not happen, and we are sorry. We will deal with your message as soon as possible.
letter-ack-promise-solve = We will start on your report as soon as possible. If it cannot be solved straight away, we will let you know what we are going to do.
letter-ack-promise-pay = If your invoice is correct and names a contact person or route, we will pay it by { $date } at the latest.
letter-ack-promise-decide = You will receive our decision on your complaint by { $date } at the latest.
letter-ack-promise-answer = You will have our answer by { $date } at the latest.
letter-ack-promise-deed = We do this by { $date } at the latest. Our standard is: { $sentence }
letter-ack-why = { $reason }. That is why it is this date.
letter-ack-call = Is it urgent? Then call { $phone }. We answer the telephone at these times: { $hours }.
letter-ack-closed-now = We are not answering the telephone now. We will be back on { $moment }.
letter-ack-copy = This is what you sent us:
letter-ack-reply = Would you like to add something? Just reply to this e-mail. You can leave the number in the subject.

letter-answer-subject = Answer to your message { $number }
letter-answer-more = Do you have another question about this? Reply to this e-mail or call { $phone }.

letter-date-subject = When you will get an answer: { $number }
letter-date-promise = You will get an answer from us by { $date } at the latest.
letter-date-moved = Earlier we gave you another date. We are sorry that it is taking longer.
letter-link-subject = Your new link: { $number }
letter-link-new = This is your new link. You can follow your message with it. The old link no longer works.
letter-link-why = Did you not ask for this? Then somebody else may have got your old link. You do not need to do anything. Questions? Call { $phone }.

letter-sample-subject = The light near the harbour
letter-sample-text = We have passed your report on to the mechanic, who will come this week.

letter-visit-booked-subject = Your appointment on { $moment }
letter-visit-booked = You have an appointment at our service desk on { $moment }.
letter-visit-moved-subject = Your appointment has been moved to { $moment }
letter-visit-moved = Your appointment at our service desk has been moved. You now come on { $moment }.
letter-visit-cancelled-subject = Your appointment on { $moment } has been cancelled
letter-visit-cancelled = Your appointment at our service desk on { $moment } has been cancelled.
letter-visit-reminder-subject = Your appointment is tomorrow: { $moment }
letter-visit-reminder = Tomorrow you have an appointment at our service desk: { $moment }.
letter-visit-for = What for
letter-visit-when = When
letter-visit-lasts = How long
letter-visit-minutes = about { $count } minutes
letter-visit-where = Where
letter-visit-place = Service desk in the town hall of { $name }
letter-visit-persons = Number of persons
letter-visit-bring = Please bring: { $text }
letter-visit-cost = Cost: { $text }
letter-visit-late = Please be on time. You do not need to come early: we work by appointment, without a queue.
letter-visit-change = Can’t you come? Move or cancel the appointment with the button below, or call { $phone }. Then somebody else can use that time.
letter-visit-again = Would you like a new appointment? Make one at { $site }.
letter-visit-follow = See, move or cancel your appointment
letter-visit-see = See your appointment
