-- Months are counted for each generation of the norms apart. What was counted is counted again:
-- these rows are derived from promises.

DROP TABLE month_results;
CREATE TABLE month_results (
  month TEXT NOT NULL,
  generation TEXT NOT NULL,
  norm TEXT NOT NULL,
  duty TEXT NOT NULL,
  kept BIGINT NOT NULL,
  broken BIGINT NOT NULL,
  released BIGINT NOT NULL,
  PRIMARY KEY (month, generation, norm, duty)
);
