from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.kinds import questions as make
from tutor.kinds import FormatError, Posed, Question, blind, cards, examples, face, parse, pose
from tutor.kinds.choice import PosedChoice
from tutor.kinds.cloze import BLANK, PosedCloze
from tutor.kinds.discuss import PosedDiscuss
from tutor.kinds.face import FACES, Faceless
from tutor.kinds.formula import PosedFormula
from tutor.kinds.match import PosedMatch
from tutor.kinds.multi import PosedMulti
from tutor.kinds.numeric import PosedNumeric
from tutor.kinds.options import PosedOption
from tutor.kinds.order import PosedOrder
from tutor.kinds.text import PosedText
from tutor.kinds.trace import PosedTrace
from tutor.kinds.truefalse import PosedTrueFalse
from tutor.text.localized import Localized
from tutor.text.markdown import parse as parse_markdown
from tutor.text.safe import clean
from tutor.text.speaker import ENGLISH

FORMULA = make.question(
    "formula",
    draw={"d": {"choose": [8, 10, 16]}, "h": {"from": 8, "to": 64, "step": 8}},
    answer="4h(d+h+1)",
    mistakes=[{"id": "three", "formula": "3h(d+h+1)", "say": "Three blocks."}],
    functions=["exp", "sqrt"],
)
ALL: list[Question] = [
    make.choice(),
    make.computed(id="t.computed", unit={"en": "weights", "ko": "개"}),
    make.multi(),
    make.truefalse(),
    make.with_reasons(id="t.reasons"),
    make.with_typed_reason(id="t.reason"),
    make.numeric(unit={"en": "MiB", "ko": "개"}),
    FORMULA,
    *cards(make.cloze()),
    make.order(),
    make.match(),
    make.discuss(),
    make.text(),
    make.trace(),
]
# What a face may hold. Whatever is added here must tell nothing about the answer.
FIELDS: dict[str, set[str]] = {
    "choice": {"options"},
    "multi": {"options"},
    "truefalse": {"reasons", "types_reason"},
    "numeric": {"unit"},
    "formula": {"names", "names.name", "names.value", "functions", "may_be_number"},
    "text": set(),
    "cloze": {"gap"},
    "order": {"steps"},
    "match": {"lefts", "rights"},
    "trace": {"columns", "rows", "rows.label", "rows.cells", "rows.cells.name", "rows.cells.given"},
    "discuss": {"points"},
}  # fmt: skip
EVERY = pytest.mark.parametrize("question", ALL, ids=lambda question: question.id)


def keys_of(value: object, path: str = "") -> Iterator[str]:
    """Give every key of JSON by its way, but those of texts in two languages."""
    if isinstance(value, dict) and value.keys() != {"en", "ko"}:
        for key, inner in value.items():
            way = f"{path}.{key}".removeprefix(".")
            yield way
            yield from keys_of(inner, way)
    elif isinstance(value, list):
        for item in value:
            yield from keys_of(item, path)


def strings_of(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from strings_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_of(inner)
    elif isinstance(value, str):
        yield value


def secrets_of(posed: Posed) -> Iterator[str]:
    """Give what nobody may read before the answer is shown."""
    yield posed.question
    yield from filter(None, (posed.objective,))
    said: list[object] = [posed.explain, *posed.hints]
    match posed:
        case PosedChoice() | PosedMulti():
            said += [option.feedback for option in posed.options]
        case PosedTrueFalse():
            said += [option.feedback for option in posed.reasons]
        case PosedText() | PosedFormula():
            said += [mistake.message for mistake in posed.mistakes]
        case PosedDiscuss():
            said += posed.points
        case _:
            pass
    for words in said:
        if isinstance(words, Localized):
            yield from (words.en, words.ko)
        elif words is not None:
            yield ENGLISH.say(words)  # type: ignore[arg-type]  # words of some kind


def test_no_face_of_the_content_tells_more_than_its_card_shows(taught: tuple[Posed, ...]) -> None:
    for posed in taught:
        made = face(posed)
        sent = json.loads(FACES.dump_json(made))
        assert set(keys_of(sent)) <= FIELDS[made.kind] | {"kind", "prompt"}, posed.question
        texts = list(strings_of(sent))
        for secret in secrets_of(posed):
            assert not any(secret in text for text in texts), (posed.question, secret)


def test_what_is_sent_of_the_content_arrives_as_it_was(taught: tuple[Posed, ...]) -> None:
    kinds = set()
    for posed in taught:
        made = face(posed)
        assert FACES.validate_json(FACES.dump_json(made)) == made
        kinds.add(made.kind)
    assert kinds == FIELDS.keys()


def test_the_content_is_read_alike_without_its_answers(taught: tuple[Posed, ...]) -> None:
    for posed in taught:
        unknowing = blind(FACES.validate_json(FACES.dump_json(face(posed))))
        assert type(unknowing) is type(posed)
        tried = examples(posed)
        for text in (*tried.right, *tried.wrong, *tried.malformed):
            assert parse(unknowing, text) == parse(posed, text), (posed.question, text)


KEYS = "0123456789abcdefhtx.,;:→=+-*/^()% \n()√expㅗㅅ개MiB"


@EVERY
@settings(max_examples=20)
@given(text=st.text(max_size=60) | st.text(alphabet=KEYS, max_size=30))
def test_any_text_is_read_alike_without_the_answer(question: Question, text: str) -> None:
    posed = pose(question, 1)
    assert parse(blind(face(posed)), text) == parse(posed, text)


@EVERY
@settings(max_examples=20)
@given(seed=st.integers(0, 2**31))
def test_a_card_looks_the_same_without_its_answer(question: Question, seed: int) -> None:
    posed = pose(question, seed)
    unknowing = blind(face(posed))
    assert face(unknowing) == face(posed)
    assert unknowing.prompt == posed.prompt
    assert not unknowing.hints


def test_what_is_typed_by_functions_and_by_numbers_alone() -> None:
    drawn = {"h": {"choose": [8, 16]}}
    constant = pose(make.question("formula", draw=drawn, answer="2"), 1)
    unknowing = blind(face(constant))
    for text in ("3", "h-h", "exp(h)", "h"):
        assert parse(unknowing, text) == parse(constant, text)
    assert not isinstance(parse(unknowing, "3"), FormatError)


def test_a_flashcard_has_no_face() -> None:
    with pytest.raises(Faceless):
        face(pose(make.flashcard(), 1))


# How a card would be posed if something else were right, by what the card shows alike


def other_options(options: tuple[PosedOption, ...]) -> tuple[PosedOption, ...]:
    return tuple(
        PosedOption(option.text, right=not option.right, feedback="No!", mistake="other")
        for option in options
    )


def otherwise(posed: Posed) -> Posed:  # noqa: PLR0911 - one return for each kind
    other = Localized.same("other")
    match posed:
        case PosedChoice():
            return replace(posed, options=other_options(posed.options), answer=99)
        case PosedMulti():
            return replace(posed, options=other_options(posed.options))
        case PosedTrueFalse():
            return replace(
                posed,
                answer=not posed.answer,
                reasons=other_options(posed.reasons),
                accepted=("other",) if posed.accepted else (),
                shown=other,
            )
        case PosedNumeric():
            return replace(posed, answer=99, named=(), carried=None)
        case PosedFormula():
            wanted = posed.mistakes[0].formula
            return replace(posed, answer=wanted, mistakes=(), terms=(), draws=None)
        case PosedText():
            return replace(posed, accepted=("other",), shown=other, mistakes=(), others=())
        case PosedCloze():
            return replace(posed, accepted=("other",), others=(), shown=other, filled=other)
        case PosedOrder():
            turn = [*range(1, len(posed.steps)), 0]
            steps = tuple(posed.steps[index] for index in turn)
            return replace(posed, steps=steps, mixed=tuple(map(turn.index, posed.mixed)))
        case PosedMatch():
            return replace(posed, answers=posed.answers[::-1])
        case PosedTrace():
            rows = tuple(
                replace(
                    row,
                    cells=tuple(
                        cell if cell.given else replace(cell, value=99, shown="99", follow=None)
                        for cell in row.cells
                    ),
                )
                for row in posed.rows
            )
            return replace(posed, rows=rows, known={})
        case PosedDiscuss():
            points = tuple(Localized.same(f"point {n}") for n in range(len(posed.points)))
            return replace(posed, points=points)
        case _:
            raise AssertionError(posed)


@EVERY
@settings(max_examples=20)
@given(seed=st.integers(0, 2**31))
def test_a_face_does_not_depend_on_what_is_right(question: Question, seed: int) -> None:
    posed = pose(question, seed)
    other = otherwise(posed)
    assert other != posed
    renamed = replace(other, question="u.other", seed=7, objective="o", explain=Localized.same("!"))
    bare = replace(renamed, solution=None, lab=None, sizes=(), written_hints=())
    assert FACES.dump_json(face(bare)) == FACES.dump_json(face(posed))


# Faces from another machine

CHOICE = {"kind": "choice", "prompt": "Which?", "options": ["one", "two"]}
TRUEFALSE = {"kind": "truefalse", "prompt": "So?", "reasons": ["one", "two"]}
FORMULAS = {"kind": "formula", "prompt": "How?", "names": [{"name": "h", "value": 8}]}
GAP = {"kind": "cloze", "prompt": f"The {BLANK} gate"}
MATCH = {"kind": "match", "prompt": "Match", "lefts": ["a", "b"], "rights": ["c", "d"]}
TABLE = {"kind": "trace", "prompt": "Fill",
         "rows": [{"label": "r", "cells": [{"name": "c", "given": "0.5"}, {"name": "h"}]}]}  # fmt: skip
FINE = [CHOICE, TRUEFALSE, FORMULAS, GAP, MATCH, TABLE]


@pytest.mark.parametrize("sent", FINE, ids=lambda sent: sent["kind"])
def test_a_face_that_is_fine_is_taken(sent: dict[str, Any]) -> None:
    made = FACES.validate_json(json.dumps(sent))
    assert face(blind(made)) == made


UNSAFE = [
    "\x1b[31mred", "\x1b]52;c;aGk=\x07", "a\u202eb", "a\u200bb", "\x9b31m", "\ud800",
    "$\\evil{x}$", "a $ b", "$x", "x\x00", "\U000e0041",
]  # fmt: skip
PLACES: dict[str, Callable[[str], dict[str, Any]]] = {
    "prompt": lambda text: CHOICE | {"prompt": text},
    "korean": lambda text: CHOICE | {"prompt": {"en": "Which?", "ko": text}},
    "option": lambda text: CHOICE | {"options": ["one", text]},
    "reason": lambda text: TRUEFALSE | {"reasons": [text, "two"]},
    "unit": lambda text: {"kind": "numeric", "prompt": "?", "unit": text},
    "step": lambda text: {"kind": "order", "prompt": "?", "steps": ["a", "b", text]},
    "left": lambda text: MATCH | {"lefts": ["a", text]},
    "right": lambda text: MATCH | {"rights": ["a", text]},
    "head": lambda text: TABLE | {"columns": ["a", text]},
    "label": lambda text: TABLE | {"rows": [{"label": text, "cells": [{"name": "c"}]}]},
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", UNSAFE, ids=ascii)
def test_a_face_with_an_unsafe_text_is_refused(place: str, text: str) -> None:
    assert FACES.validate_json(json.dumps(PLACES[place]("fine")))
    with pytest.raises(ValidationError):
        FACES.validate_json(json.dumps(PLACES[place](text)))


@pytest.mark.parametrize(
    "sent",
    [
        CHOICE | {"answer": 1}, CHOICE | {"kind": "flashcard"}, CHOICE | {"kind": "multi", "x": 1},
        {"prompt": "Which?", "options": ["one", "two"]}, CHOICE | {"options": ["one"]},
        CHOICE | {"options": ["one"] * 10}, CHOICE | {"options": ["x" * 4001, "two"]},
        CHOICE | {"prompt": "x" * 20_001}, CHOICE | {"prompt": {"en": "x", "ko": "x" * 20_001}},
        CHOICE | {"prompt": 1}, CHOICE | {"prompt": {"en": "x"}}, CHOICE | {"prompt": ""},
        CHOICE | {"options": "ab"}, [], "choice", None,
        TRUEFALSE | {"types_reason": True}, TRUEFALSE | {"types_reason": 1},
        FORMULAS | {"names": []}, FORMULAS | {"names": [{"name": "h", "value": 1}] * 2},
        FORMULAS | {"names": [{"name": "exp", "value": 1}]},
        FORMULAS | {"names": [{"name": name, "value": 1} for name in ("d", "h", "dh")]},
        FORMULAS | {"names": [{"name": "h\n", "value": 1}]},
        FORMULAS | {"names": [{"name": "h" * 200, "value": 1}]},
        FORMULAS | {"names": [{"name": "h", "value": True}]},
        FORMULAS | {"names": [{"name": "h", "value": "8"}]},
        FORMULAS | {"names": [{"name": "h", "value": 10**400}]},
        FORMULAS | {"names": [{"name": "h", "value": float("nan")}]},
        FORMULAS | {"names": [{"name": "h", "value": float("inf")}]},
        FORMULAS | {"functions": ["eval"]},
        GAP | {"gap": BLANK * 2}, GAP | {"gap": ""}, GAP | {"prompt": {"en": f"The {BLANK}", "ko": "게이트"}},
        MATCH | {"rights": ["a"]}, MATCH | {"lefts": ["a", "b", "c"]},
        MATCH | {"rights": ["a"] * 17}, TABLE | {"rows": []}, TABLE | {"columns": ["one"]},
        TABLE | {"rows": [{"label": "r", "cells": [{"name": "c", "given": "1"}]}]},
        TABLE | {"rows": [{"label": "r", "cells": [{"name": "c"}, {"name": "c"}]}]},
        TABLE | {"rows": [{"label": "r", "cells": [{"name": "c", "given": "a\nb"}, {"name": "h"}]}]},
        TABLE | {"rows": [{"label": "r", "cells": [{"name": "c", "given": "\x1b[2J"}, {"name": "h"}]}]},
        TABLE | {"rows": [{"label": "r", "cells": [{"name": "c", "value": 1}]}]},
        {"kind": "discuss", "prompt": "Why?", "points": 0},
        {"kind": "discuss", "prompt": "Why?", "points": 10},
        {"kind": "discuss", "prompt": "Why?", "points": ["one"]},
    ],
)  # fmt: skip
def test_what_is_no_face_is_refused(sent: object) -> None:
    with pytest.raises(ValidationError):
        FACES.validate_json(json.dumps(sent))


@pytest.mark.parametrize("text", ["{" * 2000, "[" * 100_000, "", "\x00", "🦀", '{"kind":' * 300])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        FACES.validate_json(text)


@given(st.text(min_size=1, max_size=80))
def test_whatever_text_arrives_is_safe_to_show_or_refused(text: str) -> None:
    sent = json.dumps(CHOICE | {"options": ["one", text]})
    try:
        made = FACES.validate_json(sent)
    except ValidationError:
        return
    arrived = made.options[1]  # type: ignore[union-attr]  # it is a choice
    assert arrived.map(clean) == arrived
    assert parse_markdown(arrived.en)
    assert FACES.validate_json(FACES.dump_json(made)) == made
