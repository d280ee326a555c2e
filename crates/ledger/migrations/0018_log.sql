-- Who did what: the log that an auditor reads is the chain of facts, by who did it.

CREATE INDEX facts_of_actor ON facts (actor, id) WHERE actor IS NOT NULL;
