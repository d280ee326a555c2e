-- Programs of suppliers: what they come in with, and what they were answered.

-- Tokens, kept as a hash. Who made one is not known when it came from the command line.
CREATE TABLE api_tokens (
  id {serial},
  hash {bytes} NOT NULL,
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  made_by BIGINT REFERENCES employees (id),
  made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  -- To the minute; 0 before the first time.
  last_used_at BIGINT NOT NULL DEFAULT 0,
  ended_at BIGINT
);
CREATE UNIQUE INDEX api_tokens_by_hash ON api_tokens (hash);

-- What was answered to a request that came with a key, so that it is done once however often it is
-- sent. The hash is of the request.
CREATE TABLE api_answers (
  token BIGINT NOT NULL REFERENCES api_tokens (id),
  name TEXT NOT NULL,
  request {bytes} NOT NULL,
  place TEXT NOT NULL,
  body TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (token, name)
) {keyed};
CREATE INDEX api_answers_by_time ON api_answers (at);

-- Lists in the order of receipt, page by page.
CREATE INDEX contacts_by_receipt ON contacts (received_at, id);
CREATE INDEX contacts_by_kind ON contacts (kind, received_at, id);
CREATE INDEX contacts_open ON contacts (received_at, id) WHERE closed = 0;
CREATE INDEX promises_open ON promises (due_at, contact, nr) WHERE settled_at IS NULL;
