"""Matches: find for each left side its right one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tutor.grading.formula import Value
from tutor.kinds.alike import (
    Read,
    alike_at_all,
    alike_in_one,
    all_alike,
    as_written,
    reading,
    reads_as,
)
from tutor.kinds.base import Items, Model, QuestionBase, invalid
from tutor.kinds.common import shared_fields
from tutor.kinds.posed import Examples, FormatError, Part, PosedBase, Verdict, rate
from tutor.kinds.redraw import Collision, pose_apart
from tutor.kinds.seeds import Stream
from tutor.kinds.setting import Setting
from tutor.kinds.typed import short_line
from tutor.text.localized import Localized
from tutor.text.message import Message, msg, msgs
from tutor.text.words import LANGS

LETTERS = "abcdefghijklmnop"  # as many as eight pairs and eight distractors need
_SEPARATORS = re.compile(r"[\s,;]+")
_PAIR = re.compile(r"([0-9]+)(?:->|[=:.)→-])?([a-z])")
_SPACED_PAIR = re.compile(r"\s*(->|[=:.)→-])\s*|(?<=[0-9])\s+(?=[a-z])")


class Pair(Model):
    """A left side and the right side that belongs to it."""

    left: Localized
    right: Localized


class Match(QuestionBase):
    """Two to eight pairs; their right sides are mixed, together with ones that belong nowhere."""

    kind: Literal["match"]
    pairs: Annotated[Items[Pair], Field(min_length=2, max_length=8)]
    distractors: Annotated[Items[Localized], Field(max_length=8)] = ()

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        lefts, rights = _sides(self)
        if (index := alike_at_all(lefts, as_written)) is not None:
            raise invalid(
                msg("this left side reads like another one"),
                msg("word it differently in both languages"),
                where=("pairs", index, "left"),
            )
        if (index := alike_in_one(rights, as_written)) is not None:
            raise invalid(
                msg("this right side reads like another one in one language only"),
                msg("word it alike in both languages, or differently in both"),
                where=("pairs", index, "right"),
            )
        if (index := _no_distractor(rights, self.distractors, as_written)) is not None:
            raise invalid(
                msg("this distractor reads like a right side or another distractor"),
                msg("word it differently in both languages, or leave it out"),
                where=("distractors", index),
            )
        if not self.distractors and all_alike(rights, as_written):
            raise invalid(
                msg("all right sides read alike"),
                msg("write at least two different ones, or add `distractors:`"),
                where=("pairs",),
            )
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class PosedMatch(PosedBase):
    """A match with its right sides mixed.

    Attributes:
        lefts: the left sides in the author's order, numbered from 1.
        rights: the right sides, distractors among them, lettered from a.
        answers: for each left side its right one, as an index into `rights`.
    """

    lefts: tuple[Localized, ...]
    rights: tuple[Localized, ...]
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """For each left side the right one that was chosen, as an index from 0."""

    rights: tuple[int, ...]


def pose(question: Match, seed: int, learner_args: Mapping[str, Value] | None) -> PosedMatch:
    """Fill the values in and mix the right sides.

    Raises:
        PoseError: the numbers make sides read alike that differ.
    """
    return pose_apart(question, seed, learner_args, partial(_mixed, question, seed))


def _mixed(question: Match, seed: int, setting: Setting) -> PosedMatch:
    lefts, own = ([setting.fill(side) for side in sides] for sides in _sides(question))
    distractors = [setting.fill(distractor) for distractor in question.distractors]
    if (
        alike_at_all(lefts) is not None
        or alike_in_one(own) is not None
        or _no_distractor(own, distractors, reading) is not None
        or (not distractors and all_alike(own))
    ):
        raise Collision(msg("the numbers make sides read alike"))
    rights = [*own, *distractors]
    order = Stream(question.id, seed, "rights").shuffled(range(len(rights)))
    return PosedMatch(
        **shared_fields(question, seed, setting),
        lefts=tuple(lefts),
        rights=tuple(rights[index] for index in order),
        answers=tuple(order.index(index) for index in range(len(lefts))),
    )


def parse(posed: PosedMatch, text: str) -> Matched | FormatError:
    """Read a letter for each number: `1b 2a 3c`, `1=b, 2=a, 3=c`, `b a c` or `bac`.

    Letters may come from a Hangul input method.
    """
    line = short_line(text)
    if isinstance(line, FormatError):
        return line
    items = _items(line)
    if not items:
        example = " ".join(
            f"{n}{LETTERS[n % len(posed.lefts)]}" for n in range(1, len(posed.lefts) + 1)
        )
        return FormatError(
            msg("Type a letter for each number, such as {example}.", example=example)
        )
    problem = _problem(posed, items)
    if problem is not None:
        return FormatError(problem)
    chosen = {number: LETTERS.index(letter) for number, letter in items}
    return Matched(tuple(chosen[number] for number in range(1, len(posed.lefts) + 1)))


def grade(posed: PosedMatch, response: Matched) -> Verdict:
    """Give the share of left sides that have a right side that reads as theirs does."""
    chosen = [posed.rights[index] for index in response.rights]
    belongs = [posed.rights[index] for index in posed.answers]
    right = [reads_as(a) == reads_as(b) for a, b in zip(chosen, belongs, strict=True)]
    score = sum(right) / len(right)
    return Verdict(
        score=score,
        right_answer=_answer(posed),
        rating=rate(score),
        parts=tuple(
            Part(picked, right=ok, chosen=True, note=None if ok else answer)
            for picked, ok, answer in zip(chosen, right, belongs, strict=True)
        ),
    )


def examples(posed: PosedMatch) -> Examples:
    """Return the right matches, matches with one or two that are wrong, and incomplete ones."""
    right = list(posed.answers)
    wrong = [
        [*right[:k], right[k + 1], right[k], *right[k + 2 :]]
        for k in range(len(right) - 1)
        if reads_as(posed.rights[right[k]]) != reads_as(posed.rights[right[k + 1]])
    ]
    left_over = [index for index in range(len(posed.rights)) if index not in right]
    wrong += [[*right[:-1], index] for index in left_over]
    letters = "".join(LETTERS[index] for index in right)
    beyond = LETTERS[len(posed.rights) :][:1] or "z"
    return Examples(
        right=(typed(right), letters, " ".join(letters)),
        wrong=tuple(map(typed, wrong)),
        malformed=(
            "",
            typed(right[:-1]),
            letters[:-1],
            letters + letters[0],
            letters[0] * len(letters),
            letters[:-1] + beyond,
            f"{typed(right)} {len(right) + 1}a",
            "1 2",
            "\x1b",
        ),
    )


def typed(rights: Iterable[int]) -> str:
    """Return what is typed to choose these right sides, from the first left side on."""
    return " ".join(f"{number}{LETTERS[index]}" for number, index in enumerate(rights, 1))


def _items(line: str) -> list[tuple[int, str]]:
    """Return numbers and letters as they were typed; none if they cannot be read."""
    if re.fullmatch(r"(?:[a-z]|[\s,;])*", line):
        return list(enumerate(_SEPARATORS.sub("", line), 1))
    joined = _SEPARATORS.sub("", _SPACED_PAIR.sub(r"\1", line))
    if not re.fullmatch(rf"(?:{_PAIR.pattern})+", joined):
        return []
    return [(int(number), letter) for number, letter in _PAIR.findall(joined)]


def _problem(posed: PosedMatch, items: list[tuple[int, str]]) -> Message | None:
    """Return the first thing that cannot be, or what is left open."""
    count = len(posed.lefts)
    letters = LETTERS[: len(posed.rights)]
    taken: dict[str, int] = {}
    for number, letter in items:
        if not 1 <= number <= count:
            return msg(
                "There is no {number}; the numbers are 1 to {count}.", number=number, count=count
            )
        if letter not in letters:
            return msg(
                "There is no {letter}; the letters are a to {last}.",
                letter=letter,
                last=letters[-1],
            )
        if number in taken.values():
            return msg("{number} is there twice.", number=number)
        if letter in taken:
            return msg("{letter} is used twice.", letter=letter)
        taken[letter] = number
    still_open = [number for number in range(1, count + 1) if number not in taken.values()]
    if still_open:
        return msgs(
            "{numbers} is still open.",
            "{numbers} are still open.",
            n=len(still_open),
            numbers=", ".join(map(str, still_open)),
        )
    return None


def _sides(question: Match) -> tuple[list[Localized], list[Localized]]:
    return [pair.left for pair in question.pairs], [pair.right for pair in question.pairs]


def _no_distractor(
    rights: Sequence[Localized], distractors: Sequence[Localized], read: Read
) -> int | None:
    """Return the index of a distractor that reads like a right side or another distractor."""
    if alike_at_all([*rights, *distractors], read) is None:
        return None
    for index in range(len(distractors)):
        if any(
            alike_at_all([other, distractors[index]], read) is not None
            for other in (*rights, *distractors[:index])
        ):
            return index
    return None


def _answer(posed: PosedMatch) -> Localized:
    """Return the pairs in one line."""
    belongs = [posed.rights[index] for index in posed.answers]
    en, ko = (
        "; ".join(
            f"{left.get(lang)} → {right.get(lang)}"
            for left, right in zip(posed.lefts, belongs, strict=True)
        )
        for lang in LANGS
    )
    return Localized(en, ko)
