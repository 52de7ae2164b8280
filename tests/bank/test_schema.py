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
    assert {"flashcard", "choice", "numeric", "cloze"} <= set(kinds)
    assert json.loads(schema_text()) == schema


def test_a_part_of_the_schema_knows_its_keys() -> None:
    schema = topic_schema()
    option = part_of(schema, ("questions", 0, "options", 1), "choice")
    assert set(option["properties"]) == {"text", "right", "feedback", "mistake"}
    draw = part_of(schema, ("questions", 0, "draw", "d"), "numeric")
    assert "choose" in draw["properties"]
    words = part_of(schema, ("questions", 0, "prompt"), "cloze")
    assert set(words["properties"]) == {"en", "ko"}
