-- What programs and who keeps the machine did, in the log; and the house apart from its contacts.

CREATE INDEX facts_of_nobody ON facts (id) WHERE actor IS NULL AND kind IN ('supplied', 'seen',
  'list-exported', 'account-changed', 'token-made', 'token-ended', 'webhook-changed');
CREATE INDEX facts_of_house ON facts (id) WHERE contact IS NULL;
