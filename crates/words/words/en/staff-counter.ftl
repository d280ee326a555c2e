# Balie en afspraken, voor medewerkers.
staff-outcome-agreed = appointment made
staff-event-visit-letter = Letter about the appointment
staff-event-visit = { $what }: { $moment }, desk { $desk }
staff-visit-booked = Appointment made
staff-visit-moved = Appointment moved
staff-visit-cancelled = Appointment cancelled
staff-visit-reminded = Reminded of the appointment
staff-visit-unfit = The appointment is not possible like this: call the resident
staff-visit-arrived = Resident arrived
staff-visit-called = Resident called
staff-visit-served = Resident helped
staff-visit-missed = Resident did not come
staff-log-counter-closed = Desk closed
staff-log-counter-opened = Closing of a desk taken back
