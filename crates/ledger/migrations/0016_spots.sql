-- Where on the map a report is about, in millionths of a degree (WGS 84).

CREATE TABLE spots (
  contact BIGINT PRIMARY KEY REFERENCES contacts (id),
  lat BIGINT NOT NULL,
  lon BIGINT NOT NULL
);
