"""Question files that would take forever, or hold numbers that nobody can type."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from tests.kinds import questions
from tutor.bank.problems import plain_words
from tutor.kinds import PoseError, Question, pose
from tutor.text.speaker import ENGLISH

HUGE = "10^400"


def refusal(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    with pytest.raises(ValidationError) as caught:
        questions.question(kind, **fields)
    (error,) = caught.value.errors()
    return dict(error)


@pytest.mark.parametrize(
    ("kind", "fields", "value"),
    [
        ("numeric", {"answer": 0}, "value"),
        ("choice", {"draw": {"d": {"choose": [1]}}, "answer": "d"}, "value"),
        ("formula", {"draw": {"h": {"choose": [1]}}, "answer": "h"}, "formula"),
    ],
)
def test_more_mistakes_than_can_be_told_apart_are_refused(
    kind: str, fields: dict[str, Any], value: str
) -> None:
    mistakes = [{"id": f"m{n}", value: f"{n} + 5", "say": "No."} for n in range(10_000)]
    error = refusal(kind, fields | {"mistakes": mistakes})
    assert error["type"] == "too_long"
    assert error["loc"][-1] == "mistakes"


def test_more_gaps_than_anyone_would_fill_in_are_refused() -> None:
    text = " ".join(f"[[{n}: gap{n}]]" for n in range(1, 1001))
    error = refusal("cloze", {"prompt": {"en": text, "ko": text}})
    assert "1000 gaps" in str(error["ctx"]["message"])


@pytest.mark.parametrize(
    "question",
    [
        questions.numeric(answer=HUGE, mistakes=[]),
        questions.numeric(answer=f"{HUGE}/3", mistakes=[], tolerance={"rel": 0.1}),
        questions.numeric(prompt=f"{{{HUGE}/3:.2f}}?"),
        questions.numeric(compute={"a": {"value": HUGE}}),
        questions.computed(answer=HUGE),
        questions.trace(
            columns=(), rows=[{"label": "r", "cells": [{"name": "a", "value": f"{HUGE}/3"}]}]
        ),
    ],
    ids=["exact", "tolerance", "prompt", "computed", "choice", "trace"],
)
def test_numbers_beyond_floats_are_no_answers(question: Question) -> None:
    with pytest.raises(PoseError, match="out of range"):
        pose(question, 1)


def test_the_hint_on_draws_can_be_copied() -> None:
    error = refusal("numeric", {"draw": {"d": {"from": 0, "to": 1, "step": 1e-9}}, "answer": "d"})
    assert "`{choose: [8, 16]}`" in plain_words(error["ctx"]["hint"], ENGLISH)
