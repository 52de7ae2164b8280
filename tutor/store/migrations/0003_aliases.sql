-- Cards that were renamed: the log keeps the id of its day, and counts for the card of today.

CREATE TABLE card_aliases (
  alias TEXT PRIMARY KEY,        -- an id that the card had
  card TEXT NOT NULL             -- its id in the loaded question files
) STRICT, WITHOUT ROWID;

CREATE INDEX card_aliases_by_card ON card_aliases (card);

-- As before, but `question` is the card of today; `logged` is what the log says, and indexed.
DROP VIEW answers;

CREATE VIEW answers AS
SELECT
  answer.id, answer.device,
  coalesce(
    (SELECT renamed.card FROM card_aliases AS renamed WHERE renamed.alias = answer.question),
    answer.question
  ) AS question,
  answer.question AS logged,
  answer.seed, answer.args, answer.at,
  coalesce(
    (SELECT rerate.rating FROM reviews AS rerate
     WHERE rerate.target = answer.id AND rerate.action = 'rerate'
     ORDER BY rerate.id DESC LIMIT 1),
    answer.rating
  ) AS rating,
  answer.score, answer.response, answer.mistake, answer.duration_ms
FROM reviews AS answer
WHERE answer.action = 'answer';
