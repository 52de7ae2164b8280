-- The cards of one question are siblings: at most one of them is asked in a study day. The index
-- is made anew from the question files; until then every card is taken for a question.

ALTER TABLE bank_cards ADD COLUMN question TEXT NOT NULL DEFAULT '';

UPDATE bank_cards SET question = id;

DELETE FROM meta WHERE key = 'bank';

-- most questions have one card, which has no siblings and the question's id
CREATE INDEX bank_siblings ON bank_cards (question) WHERE question <> id;

CREATE INDEX cards_by_last_review ON cards (last_review);
