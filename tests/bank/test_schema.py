from __future__ import annotations

import json

from tutor.bank.locate import find_content
from tutor.bank.schema import part_of, schema_text, topic_schema


def test_the_schema_in_the_content_is_up_to_date() -> None:
    kept = (find_content() / "schema.json").read_text("utf-8")
    assert kept == schema_text(), "run: tutor schema > content/schema.json"


def test_the_schema_describes_every_kind() -> None:
    schema = topic_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    kinds = schema["properties"]["questions"]["items"]["discriminator"]["mapping"]
    assert {"flashcard", "choice", "multi", "truefalse", "numeric", "cloze"} <= set(kinds)
    assert json.loads(schema_text()) == schema


def test_a_part_of_the_schema_knows_its_keys() -> None:
    schema = topic_schema()
    option = part_of(schema, ("questions", 0, "options", 1), "choice")
    assert set(option["properties"]) == {"text", "right", "feedback", "mistake"}
    draw = part_of(schema, ("questions", 0, "draw", "d"), "numeric")
    assert "choose" in draw["properties"]
    words = part_of(schema, ("questions", 0, "prompt"), "cloze")
    assert set(words["properties"]) == {"en", "ko"}


def test_the_schema_tells_the_two_forms_of_a_choice_apart() -> None:
    choice = part_of(topic_schema(), ("questions", 0), "choice")
    assert {"options", "shuffle", "answer", "distractors", "unit", "mistakes"} <= set(
        choice["properties"]
    )
    [forms] = choice["allOf"]
    assert forms["if"] == {"required": ["answer"]}
    assert forms["then"]["properties"] == {"options": False, "shuffle": False}
    assert forms["else"]["required"] == ["options"]
    assert set(forms["else"]["properties"]) == {"distractors", "unit", "mistakes"}
