### Storingen, zoals iedereen ze ziet.
site-disruption = Storing: { $ways }.
site-disruption-since = Sinds { $moment }.
site-disruption-expected = Waarschijnlijk opgelost: { $moment }.
site-disruption-ended = Opgelost: { $moment }.
site-way-phone = telefoon
site-way-counter = balie
site-way-message = formulier en e-mail
site-way-social = sociale media
site-way-all = al onze kanalen
