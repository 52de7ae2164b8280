-- What can be made again: the memory of each card, by replay of the log, and an index of the
-- loaded question files, so that Home needs nothing but this file.

CREATE TABLE cards (
  card TEXT PRIMARY KEY,
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3),  -- a new card has no row
  step INTEGER,
  stability REAL NOT NULL,
  difficulty REAL NOT NULL,
  due INTEGER NOT NULL,          -- microseconds since 1970 in UTC, as in the log
  last_review INTEGER NOT NULL,
  reps INTEGER NOT NULL,
  lapses INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX cards_by_due ON cards (due);

CREATE TABLE bank_topics (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL UNIQUE,
  title_en TEXT NOT NULL,
  title_ko TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE bank_cards (
  id TEXT PRIMARY KEY,
  topic TEXT NOT NULL REFERENCES bank_topics (id),
  objective TEXT NOT NULL,
  position INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE INDEX bank_cards_by_topic ON bank_cards (topic);
