-- The log: one row for everything the learner did. Nothing in it ever changes; what it says
-- today is computed from all of its rows, in the order of their ids.

PRAGMA application_id = 0x7475746f;  -- "tuto": tells this file from other programs'

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reviews (
  id TEXT PRIMARY KEY CHECK (length(id) = 26),   -- ulid; later than every id that was here
  device TEXT NOT NULL,
  action TEXT NOT NULL,                          -- 'answer', 'rerate'
  target TEXT REFERENCES reviews (id) DEFERRABLE INITIALLY DEFERRED,  -- the row it is about
  question TEXT NOT NULL,
  seed INTEGER,
  args TEXT,                                     -- JSON of the learner's own sizes
  -- Microseconds since 1970 in UTC: exact, ordered and compared without parsing, and what
  -- datetime holds, so that a replay computes with the very instants that were studied.
  at INTEGER NOT NULL,
  rating INTEGER CHECK (rating BETWEEN 1 AND 4),
  score REAL CHECK (score BETWEEN 0 AND 1),
  response TEXT,
  mistake TEXT,
  duration_ms INTEGER CHECK (duration_ms >= 0),
  CHECK (action <> 'answer' OR (
    target IS NULL AND seed IS NOT NULL AND rating IS NOT NULL
    AND response IS NOT NULL AND duration_ms IS NOT NULL)),
  CHECK (action <> 'rerate' OR (target IS NOT NULL AND rating IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX answers_by_question ON reviews (question, at) WHERE action = 'answer';
CREATE INDEX answers_by_time ON reviews (at) WHERE action = 'answer';
CREATE INDEX reviews_by_target ON reviews (target, action) WHERE target IS NOT NULL;

CREATE TRIGGER reviews_never_change BEFORE UPDATE ON reviews
BEGIN
  SELECT RAISE(ABORT, 'the review log is append-only');
END;

CREATE TRIGGER reviews_never_go BEFORE DELETE ON reviews
BEGIN
  SELECT RAISE(ABORT, 'the review log is append-only');
END;

-- INSERT OR REPLACE deletes without firing the trigger above.
CREATE TRIGGER reviews_are_never_replaced BEFORE INSERT ON reviews
WHEN EXISTS (SELECT 1 FROM reviews WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'the review log is append-only');
END;

-- The answers as they count now: with the last rating that was given to each.
CREATE VIEW answers AS
SELECT
  answer.id, answer.device, answer.question, answer.seed, answer.args, answer.at,
  coalesce(
    (SELECT rerate.rating FROM reviews AS rerate
     WHERE rerate.target = answer.id AND rerate.action = 'rerate'
     ORDER BY rerate.id DESC LIMIT 1),
    answer.rating
  ) AS rating,
  answer.score, answer.response, answer.mistake, answer.duration_ms
FROM reviews AS answer
WHERE answer.action = 'answer';
