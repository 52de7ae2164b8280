-- Answers given with hints. Of an answer from before, nobody knows: NULL.

ALTER TABLE reviews ADD COLUMN hints INTEGER CHECK (hints >= 0);

-- As before, with the number of hints.
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
  answer.score, answer.response, answer.mistake, answer.duration_ms, answer.hints
FROM reviews AS answer
WHERE answer.action = 'answer';

-- Mistakes are counted from this index alone.
CREATE INDEX mistakes_by_time ON reviews (mistake, at, action) WHERE mistake IS NOT NULL;
