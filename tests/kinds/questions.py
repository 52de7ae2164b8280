"""Small questions to test the kinds with."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from tutor.kinds import Question

ADAPTER: TypeAdapter[Question] = TypeAdapter(Question)


def question(kind: str, **fields: Any) -> Question:
    """Build a question as the bank would, from plain values."""
    base = {"id": f"t.{kind}", "kind": kind, "prompt": "Well?", "explain": "So."}
    return ADAPTER.validate_python(base | fields)


def numeric(**fields: Any) -> Question:
    drawn = {
        "draw": {"d": {"choose": [8, 10, 16]}, "h": {"from": 8, "to": 64, "step": 8}},
        "prompt": "Sizes {d} and {h}: how many?",
        "explain": r"It is {4*h*(d+h+2):,}, from $\val{h}$.",
        "answer": "4*h*(d+h+2)",
        "mistakes": [
            {"id": "three-blocks", "value": "3*h*(d+h+2)", "say": "Three blocks of {h}."},
            {"id": "no-bias", "value": "4*h*(d+h)", "say": "No bias."},
        ],
    }
    return question("numeric", **(drawn | fields))


def choice(**fields: Any) -> Question:
    options = [
        {"text": "the product", "right": True},
        {"text": "the gate", "feedback": "It is in (0, 1).", "mistake": "gate-negative"},
        {"text": "neither", "feedback": "One can."},
    ]
    return question("choice", **({"options": options} | fields))


def cloze(**fields: Any) -> Question:
    prompt = {
        "en": "The [[forget gate|f]] multiplies [[2: cell state|c]]",
        "ko": "[[2: 셀 상태|c]]에 [[1: 망각 게이트|f]]를 곱합니다",
    }
    prompt["en"] = prompt["en"].replace("[[forget", "[[1: forget")
    return question("cloze", **({"prompt": prompt} | fields))


def flashcard(**fields: Any) -> Question:
    return question("flashcard", **({"back": "the answer"} | fields))
