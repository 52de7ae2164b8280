"""Small questions to test the kinds with."""

from __future__ import annotations

from typing import Any, Protocol

from pydantic import TypeAdapter

from tutor.kinds import Question

ADAPTER: TypeAdapter[Question] = TypeAdapter(Question)


class Maker(Protocol):
    """Makes a question, some of its fields given."""

    def __call__(self, **fields: Any) -> Question: ...


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


def computed(**fields: Any) -> Question:
    made = {
        "draw": {"d": {"choose": [8, 10, 16]}, "h": {"from": 8, "to": 64, "step": 8}},
        "compute": {
            "lstm": {"engine": "lstm_params", "args": {"input_size": "d", "hidden_size": "h"}}
        },
        "prompt": "Sizes {d} and {h}: how many?",
        "answer": "lstm.total",
    }
    return question("choice", **(made | fields))


def multi(**fields: Any) -> Question:
    options = [
        {"text": "forget gate", "right": True},
        {"text": "input gate", "right": True, "feedback": "It lets in."},
        {"text": "output gate", "right": True},
        {"text": "reset gate", "feedback": "That is GRU's.", "mistake": "gru-gate"},
        {"text": "attention gate", "feedback": "There is none."},
    ]
    return question("multi", **({"options": options} | fields))


def truefalse(**fields: Any) -> Question:
    return question("truefalse", **({"answer": False} | fields))


def with_reasons(**fields: Any) -> Question:
    reasons = [
        {"text": "a gate is in (0, 1)", "right": True},
        {"text": "a gate is a weight", "feedback": "It is computed.", "mistake": "gate-is-weight"},
        {"text": "a gate is in (−1, 1)", "feedback": "That is tanh."},
    ]
    return truefalse(**({"reasons": reasons} | fields))


def with_typed_reason(**fields: Any) -> Question:
    accept = {"en": ["sigmoid", "it is a sigmoid"], "ko": ["시그모이드"]}
    return truefalse(**({"reason": {"accept": accept}} | fields))


def order(**fields: Any) -> Question:
    steps = [
        {"en": "scores", "ko": "점수"},
        {"en": "scale", "ko": "크기 조절"},
        {"en": "softmax", "ko": "소프트맥스"},
        {"en": "weighted sum", "ko": "가중합"},
    ]
    return question("order", **({"steps": steps} | fields))


def match(**fields: Any) -> Question:
    pairs = [
        {"left": "forget gate", "right": "keeps"},
        {"left": "input gate", "right": "writes"},
        {"left": "output gate", "right": "shows"},
    ]
    return question("match", **({"pairs": pairs, "distractors": ["counts"]} | fields))


def discuss(**fields: Any) -> Question:
    return question("discuss", **({"points": ["the path", "the gate", "the limit"]} | fields))


def text(**fields: Any) -> Question:
    drawn = {
        "accept": {"en": ["forget gate", "forget"], "ko": ["망각 게이트", "망각"]},
        "mistakes": [
            {
                "id": "input-gate",
                "forms": {"en": ["input gate"], "ko": ["입력 게이트"]},
                "say": "It lets in.",
            }
        ],
        "others": {"en": ["forged gate"], "ko": ["리셋 게이트"]},
    }
    return question("text", **(drawn | fields))


def trace(**fields: Any) -> Question:
    """Two products and a root, with an engine's answer among them."""
    gates = {"f": 0.5, "c": "c_0", "i": 0.25, "g": "g_0", "asked": "c"}
    drawn = {
        "draw": {"c_0": {"choose": [0.8, -0.6, 1.5]}, "g_0": {"choose": [0.9, -0.7]}},
        "compute": {"step": {"engine": "lstm_step", "args": gates}},
        "columns": ["old", "new"],
        "rows": [
            {
                "label": "parts",
                "cells": [
                    {"name": "kept", "value": "0.5*c_0"},
                    {"name": "new", "value": "0.25*g_0"},
                ],
            },
            {
                "label": "states",
                "cells": [
                    {"name": "c_0", "value": "c_0", "given": True},
                    {"name": "c", "value": "step.total", "follow": "kept + new"},
                ],
            },
            {
                "label": "shown",
                "cells": [{"name": "h", "value": "tanh(step.c)", "follow": "tanh(c)"}],
            },
        ],
        "tolerance": {"abs": 0.002},
    }
    return question("trace", **(drawn | fields))
