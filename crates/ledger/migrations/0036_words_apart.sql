-- On SQLite, what contacts are found by has a file of its own now, which is made from the facts.

{sqlite}
DROP TABLE search;
DROP TABLE searched;
{end}
