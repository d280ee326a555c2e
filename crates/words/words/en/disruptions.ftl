### Disruptions, as everybody sees them.
site-disruption = Disruption: { $ways }.
site-disruption-since = Since { $moment }.
site-disruption-expected = Expected to be solved: { $moment }.
site-disruption-ended = Solved: { $moment }.
site-way-phone = telephone
site-way-counter = service desk
site-way-message = form and e-mail
site-way-social = social media
site-way-all = all our channels
