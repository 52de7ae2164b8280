"""Frames of a room, as a server sends them to a page."""

from __future__ import annotations

import json
from typing import Any

from tutor.live.documents import encode
from tutor.live.wire import FROM_SERVER

CODE = "KQ7M2XPD"
TOKEN = "t" * 32


def for_page(frame: dict[str, Any]) -> str:
    """Return a frame that a server may send, as it sends it to a page."""
    return encode(FROM_SERVER.validate_json(json.dumps(frame)), "page")


def both(en: str, ko: str | None = None) -> dict[str, str]:
    """Return a text in both languages."""
    return {"en": en, "ko": ko or en}


def welcome(**changes: Any) -> dict[str, Any]:
    return {
        "t": "welcome", "v": 1, "code": CODE, "title": both("Day 14: RNN", "14일차: RNN"),
        "player": "p1", "name": "민아", "team": None, "token": TOKEN, "confidence": True,
        "reasons": True, "teams": 0,
    } | changes  # fmt: skip


def lobby(**changes: Any) -> dict[str, Any]:
    return {
        "t": "lobby", "count": 2, "names": ["민아", "Jun"], "is_open": True, "of": 10
    } | changes  # fmt: skip


def asked(face: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "t": "asked", "round": 3, "of": 10, "ballot": 1, "topic": both("Attention", "어텐션"),
        "face": face, "is_open_question": False, "remaining_ms": 60_000, "is_paused": False,
    } | changes  # fmt: skip


def yours(text: str, words: dict[str, str], **changes: Any) -> dict[str, Any]:
    return {
        "t": "yours", "round": 3, "ballot": 1, "text": text, "words": words, "sure": None,
        "reason": "",
    } | changes  # fmt: skip


PROMPT = both(r"Why are scores divided by $\sqrt{d_k}$?", r"점수를 왜 $\sqrt{d_k}$로 나눕니까?")
OPTIONS = (
    both("It keeps the softmax from saturating", "소프트맥스가 포화되지 않게 합니다"),
    both("It saves memory", "메모리를 아낍니다"),
    both("It makes the rows sum to 1", "행의 합이 1이 되게 합니다"),
    both("Nothing; it is a convention", "관례일 뿐입니다"),
)
FACES: dict[str, dict[str, Any]] = {
    "choice": {"kind": "choice", "prompt": PROMPT, "options": OPTIONS},
    "multi": {"kind": "multi", "prompt": PROMPT, "options": OPTIONS},
    "truefalse": {
        "kind": "truefalse", "prompt": both("A GRU has three gates.", "GRU에는 게이트가 셋 있습니다."),
        "reasons": OPTIONS[:2], "types_reason": False,
    },
    "numeric": {
        "kind": "numeric",
        "prompt": both(
            "An LSTM layer reads vectors of size 10 and has hidden size 24. How many trainable "
            "parameters does PyTorch's `nn.LSTM` have?\n\n$$\\frac{h \\cdot (d + h)}{2}$$",
            "LSTM 층이 크기 10인 벡터를 읽고 은닉 크기가 24입니다. PyTorch의 `nn.LSTM`에는 "
            "학습하는 매개변수가 몇 개 있습니까?\n\n$$\\frac{h \\cdot (d + h)}{2}$$",
        ),
        "unit": both("parameters", "개"),
    },
    "text": {"kind": "text", "prompt": both("What is the gate called?", "이 게이트의 이름은?")},
    "cloze": {
        "kind": "cloze",
        "prompt": both("The gates use ＿＿＿ as their activation.", "게이트는 활성화 함수로 ＿＿＿를 씁니다."),
        "gap": "＿＿＿",
    },
    "formula": {
        "kind": "formula", "prompt": both("How many weights has an RNN?", "RNN의 가중치는 몇 개입니까?"),
        "names": [{"name": "d", "value": 10}, {"name": "h", "value": 24}], "functions": ["exp"],
        "may_be_number": False,
    },
    "order": {
        "kind": "order", "prompt": both("In which order?", "어떤 순서입니까?"),
        "steps": [both("softmax", "소프트맥스"), both("scores", "점수"), both("scale", "스케일")],
    },
    "match": {
        "kind": "match", "prompt": both("Which shape has each?", "각각의 모양은?"),
        "lefts": [both("weights $W$", "가중치 $W$"), both("bias $b$", "편향 $b$")],
        "rights": [both("24", "24"), both(r"24 × 10", "24 × 10"), both("10 × 10", "10 × 10")],
    },
    "trace": {
        "kind": "trace", "prompt": both("Work the cell out.", "셀을 계산하십시오."),
        "columns": [both("t = 1", "t = 1"), both("t = 2", "t = 2")],
        "rows": [
            {"label": both("input $x$", "입력 $x$"), "cells": [{"name": "x1", "given": "0.5"}, {"name": "x2", "given": "1"}]},
            {"label": both("state $h$", "상태 $h$"), "cells": [{"name": "h1", "given": None}, {"name": "h2", "given": None}]},
        ],
    },
    "discuss": {"kind": "discuss", "prompt": both("Why tanh?", "왜 tanh입니까?"), "points": 3},
}  # fmt: skip


def group(words: dict[str, str], names: tuple[str, ...], **changes: Any) -> dict[str, Any]:
    return {
        "words": words, "count": len(names), "names": names, "is_right": None, "score": None,
        "mistake": None,
    } | changes  # fmt: skip


def revealed(**changes: Any) -> dict[str, Any]:
    return {
        "t": "revealed", "round": 3, "of": 10, "question": "attention.scale", "seed": 77,
        "prompt": PROMPT, "answer": OPTIONS[0],
        "explain": both(
            r"A sum of $d_k$ products has variance $d_k$.", r"곱 $d_k$개의 합은 분산이 $d_k$입니다."
        ),
        "points": [], "ticks": [], "conclusion": "", "answered": 5, "before": 0.4, "after": 0.8,
        "groups": [
            group(OPTIONS[0], ("민아", "서연", "Alex", "도윤"), is_right=True, score=1.0),
            group(OPTIONS[1], ("Jun",), is_right=False, score=0.0,
                  mistake=both("Division allocates nothing.", "나눗셈은 메모리와 관계가 없습니다.")),
        ],
        "reasons": [
            {"name": "서연", "words": OPTIONS[0], "reason": "큰 점수에서는 기울기가 0에 가깝다",
             "is_right": True},
        ],
        "closest": [],
    } | changes  # fmt: skip


def result(**changes: Any) -> dict[str, Any]:
    return {
        "t": "result", "round": 3, "question": "attention.scale", "seed": 77, "first_text": "2",
        "first_score": 0.0, "first_took_ms": 9000, "first_mistake": "memory", "text": "1",
        "score": 1.0, "sure": 2, "understood": None, "diagnosis": None, "answer": None,
        "explain": None, "points": 2, "total": 5,
    } | changes  # fmt: skip


def row(rank: int, name: str, points: float, **changes: Any) -> dict[str, Any]:
    return {
        "rank": rank, "name": name, "team": None, "points": points, "right": 3, "answered": 4
    } | changes  # fmt: skip


def board(**changes: Any) -> dict[str, Any]:
    return {
        "t": "board",
        "rows": [row(1, "서연", 9), row(2, "민아", 5), row(2, "Jun", 5), row(4, "Alex", -2.5)],
        "teams": [],
        "disputes": [
            {"round": 3, "prompt": PROMPT,
             "groups": [group(OPTIONS[0], ("민아", "서연")), group(OPTIONS[1], ("Jun",))]},
        ],
        "players": 4, "of": 10, "round": 3, "is_last": False,
    } | changes  # fmt: skip


def refused(why: str, message: str, *, is_final: bool = False) -> dict[str, Any]:
    return {"t": "refused", "why": why, "message": both(message), "is_final": is_final}
