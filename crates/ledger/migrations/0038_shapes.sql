-- The page of a mail is made from its words when it leaves; beside them stands only where its
-- paragraphs, facts, quotations and links are. Letters of before keep their page.
ALTER TABLE letters ADD COLUMN shape TEXT NOT NULL DEFAULT '';
