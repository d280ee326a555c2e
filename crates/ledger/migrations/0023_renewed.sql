-- How often the link that a resident follows a contact by was renewed: only the last one opens it.
ALTER TABLE contacts ADD COLUMN link_turn BIGINT NOT NULL DEFAULT 0;
