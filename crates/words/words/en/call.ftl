### Asking to be called.
call-title = Have us call you back
call-lead = Fill in the number on which we can call you. You can also do this when our phone line is closed.
call-due = We call you no later than
call-problems = Your request has not been sent yet. Please change this:
call-phone-help = A number from abroad begins with + or 00.
call-message = What do you want to ask us?
call-message-help = Then we look up the answer beforehand. Do not put a citizen service number here.
call-moments = When can we best call you?
call-moments-help = Choose as many moments as you like. If you choose none, we call when we can.
call-moment = { $day }, from { $from } to { $to }
call-email-help = We send a confirmation here. You do not have to fill it in.
call-send = Call me back
call-kind = I want to be called
call-problem-phone = Fill in a number that we can call: ten digits, or a number that begins with + or 00.
home-way-phone-back = Have us call you back
home-way-phone-back-text = You say when, we call you.
follow-step-called = We called you, but you did not pick up
