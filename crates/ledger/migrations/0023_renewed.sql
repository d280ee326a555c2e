-- How often the link that a resident follows a contact by was renewed: only the last one opens it.
ALTER TABLE contacts ADD COLUMN link_turn BIGINT NOT NULL DEFAULT 0;

-- Contacts of a list that were erased on request before their turn came.
ALTER TABLE destructions ADD COLUMN erased_before BIGINT NOT NULL DEFAULT 0;
