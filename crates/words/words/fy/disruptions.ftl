### Steuringen, sa’t elkenien se sjocht.
site-disruption = Steuring: { $ways }.
site-disruption-since = Sûnt { $moment }.
site-disruption-expected = Nei alle gedachten oplost: { $moment }.
site-disruption-ended = Oplost: { $moment }.
site-way-phone = telefoan
site-way-counter = baly
site-way-message = formulier en e-mail
site-way-social = sosjale media
site-way-all = al ús kanalen
