-- Most contacts are questions. They are listed in the order of receipt; what is not one is found by
-- its kind.

DROP INDEX contacts_by_kind;
CREATE INDEX contacts_of_kind ON contacts (kind, received_at, id) WHERE kind <> 'question';
