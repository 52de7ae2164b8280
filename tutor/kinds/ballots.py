"""Answers side by side: which are equal, and how a person would say them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import assert_never

from tutor.grading.answers import read_answer
from tutor.grading.canonical import canonical
from tutor.grading.drawn import drawn
from tutor.grading.formula import Value
from tutor.grading.gaps import form_key
from tutor.grading.numbers import write
from tutor.kinds.alike import reads_as
from tutor.kinds.choice import Chosen, PosedChoice
from tutor.kinds.cloze import PosedCloze, TypedGap
from tutor.kinds.common import with_unit
from tutor.kinds.discuss import PosedDiscuss, Raised
from tutor.kinds.flashcard import PosedFlashcard, Turned
from tutor.kinds.formula import PosedFormula, TypedFormula
from tutor.kinds.match import LETTERS, Matched, PosedMatch
from tutor.kinds.multi import PosedMulti, Ticked
from tutor.kinds.numeric import PosedNumeric, TypedNumber
from tutor.kinds.options import joined
from tutor.kinds.order import Ordered, PosedOrder
from tutor.kinds.text import PosedText, TypedText
from tutor.kinds.trace import PosedTrace, TypedCells
from tutor.kinds.truefalse import TRUTH, Judgement, PosedTrueFalse
from tutor.kinds.unions import Posed, Response, expected
from tutor.text.document import Paragraph
from tutor.text.localized import Localized
from tutor.text.markdown import escape, parse
from tutor.text.message import Message, msg
from tutor.text.template import unescaped
from tutor.text.words import LANGS, Words

LONGEST_LINE = 80  # characters in which what is ordered or matched is said by its texts
LONGEST_LIST = 300  # characters in which what is ticked is said by its texts
MOST_VALUES = 12  # of a table that are said


def ballot_key(posed: Posed, response: Response) -> str:  # noqa: C901, PLR0911, PLR0912 - one return for each kind
    """Return a text that is equal for equal answers to one posed question.

    Answers of one key get one verdict. A key may tell that a typed text was recognised, so it
    is nothing to show before the answer is.

    Raises:
        TypeError: the response is of another kind than the question.
    """
    match posed:
        case PosedFlashcard():
            expected(Turned, response, posed)
            return "turned"
        case PosedChoice():
            return _number(expected(Chosen, response, posed).index)
        case PosedMulti():
            return _numbers(sorted(expected(Ticked, response, posed).indices))
        case PosedTrueFalse():
            return _judgement_key(posed, expected(Judgement, response, posed))
        case PosedNumeric():
            return _value_key(expected(TypedNumber, response, posed).value)
        case PosedFormula():
            formula = expected(TypedFormula, response, posed).formula
            return canonical(formula, posed.answer.domain)
        case PosedText():
            typed = expected(TypedText, response, posed).text
            groups = (posed.accepted, *(mistake.forms for mistake in posed.mistakes))
            return _text_key(typed, groups, posed.others)
        case PosedCloze():
            typed = expected(TypedGap, response, posed).text
            return _text_key(typed, (posed.accepted,), posed.others)
        case PosedOrder():
            places = expected(Ordered, response, posed).places
            return _numbers(_first_alike(posed.shown, place) for place in places)
        case PosedMatch():
            rights = expected(Matched, response, posed).rights
            return " ".join(LETTERS[_first_alike(posed.rights, right)] for right in rights)
        case PosedTrace():
            return "; ".join(map(_value_key, expected(TypedCells, response, posed).values))
        case PosedDiscuss():
            return _numbers(sorted(expected(Raised, response, posed).points))
        case _:
            assert_never(posed)


def ballot_words(posed: Posed, response: Response) -> Words:  # noqa: C901, PLR0911, PLR0912 - one return for each kind
    """Return an answer as a person would say it: markdown-lite in one line, not judged.

    What was typed shows literally.

    Raises:
        TypeError: the response is of another kind than the question.
    """
    match posed:
        case PosedFlashcard():
            expected(Turned, response, posed)
            return msg("turned over")
        case PosedChoice():
            index = expected(Chosen, response, posed).index
            return _option(posed.options[index].text, index)
        case PosedMulti():
            ticked = sorted(expected(Ticked, response, posed).indices)
            return _listed([option.text for option in posed.options], ticked)
        case PosedTrueFalse():
            return _judgement(posed, expected(Judgement, response, posed))
        case PosedNumeric():
            return with_unit(write(expected(TypedNumber, response, posed).value), posed.unit)
        case PosedFormula():
            return f"${drawn(expected(TypedFormula, response, posed).formula.expression)}$"
        case PosedText():
            return _literally(expected(TypedText, response, posed).text)
        case PosedCloze():
            return _literally(expected(TypedGap, response, posed).text)
        case PosedOrder():
            return _order(posed, expected(Ordered, response, posed))
        case PosedMatch():
            return _match(posed, expected(Matched, response, posed))
        case PosedTrace():
            return _cells(posed, expected(TypedCells, response, posed))
        case PosedDiscuss():
            raised = expected(Raised, response, posed).points
            return _listed(posed.points, raised) if raised else msg("none of the points")
        case _:
            assert_never(posed)


def _number(index: int) -> str:
    return str(index + 1)


def _numbers(indices: Iterable[int]) -> str:
    return " ".join(map(_number, indices))


def _value_key(value: Value) -> str:
    """Return equal texts for numbers that are equal, exactly."""
    return str(Fraction(value))


def _text_key(text: str, groups: Sequence[Sequence[str]], others: Iterable[str] = ()) -> str:
    """Return one key for all forms of a group, and for each other text its own."""
    reading = read_answer(text, *groups, others)
    if reading is None:
        return form_key(text)
    is_other = reading.group == len(groups)
    return f"= {reading.form if is_other else groups[reading.group][0]}"


def _first_alike(texts: Sequence[Localized], index: int) -> int:
    """Return the index of the first text that reads as one does: they stand for each other."""
    return [reads_as(text) for text in texts].index(reads_as(texts[index]))


def _judgement_key(posed: PosedTrueFalse, judgement: Judgement) -> str:
    truth = "t" if judgement.truth else "f"
    match judgement.reason:
        case None:
            return truth
        case int():
            return f"{truth} {_number(judgement.reason)}"
        case str():
            return f"{truth} {_text_key(judgement.reason, (posed.accepted,))}"


def _judgement(posed: PosedTrueFalse, judgement: Judgement) -> Message:
    truth = TRUTH[judgement.truth]
    match judgement.reason:
        case None:
            return truth
        case int():
            reason = _option(posed.reasons[judgement.reason].text, judgement.reason)
            return msg("{truth}: {reason}", truth=truth, reason=reason)
        case str():
            literal = unescaped(_literally(judgement.reason))
            return msg("{truth}: {reason}", truth=truth, reason=literal)


def _literally(typed: str) -> str:
    return escape(" ".join(typed.split()))


def _is_line(words: Localized) -> bool:
    """Return whether words are a line of text, which may stand in a sentence."""
    return all(_is_one_paragraph(words.get(lang)) for lang in LANGS)


def _is_one_paragraph(text: str) -> bool:
    if "\n" in text:
        return False
    match parse(text).blocks:
        case (Paragraph(),):
            return True
        case _:
            return False


def _option(text: Localized, index: int) -> Localized | Message:
    return text if _is_line(text) else msg("option {number}", number=index + 1)


def _listed(texts: Sequence[Localized], indices: Sequence[int]) -> Localized | str:
    words = joined([texts[index] for index in indices])
    if len(words.en) <= LONGEST_LIST and all(_is_line(texts[index]) for index in indices):
        return words
    return ", ".join(map(_number, indices))


def is_by_signs(posed: Posed) -> bool:
    """Return whether answers are said by numbers and letters, because their texts are long."""
    match posed:
        case PosedOrder():
            return not _are_short(posed.shown, between=len(" → "))
        case PosedMatch():
            return not _are_short([*posed.lefts, *posed.rights], between=len(" – "))
        case _:
            return False


def _are_short(texts: Sequence[Localized], between: int) -> bool:
    """Return whether texts are said in one line, with so many characters between two."""
    return all(map(_is_line, texts)) and all(
        sum(len(text.get(lang)) + between for text in texts) <= LONGEST_LINE for lang in LANGS
    )


def _order(posed: PosedOrder, response: Ordered) -> Localized | str:
    shown = posed.shown
    if is_by_signs(posed):
        return " → ".join(map(_number, response.places))
    en, ko = (" → ".join(shown[place].get(lang) for place in response.places) for lang in LANGS)
    return Localized(en, ko)


def _match(posed: PosedMatch, response: Matched) -> Localized | str:
    rights = [posed.rights[right] for right in response.rights]
    if is_by_signs(posed):
        letters = (LETTERS[right] for right in response.rights)
        return ", ".join(f"{number}–{letter}" for number, letter in enumerate(letters, 1))
    en, ko = (
        "; ".join(
            f"{left.get(lang)} – {right.get(lang)}"
            for left, right in zip(posed.lefts, rights, strict=True)
        )
        for lang in LANGS
    )
    return Localized(en, ko)


def _cells(posed: PosedTrace, response: TypedCells) -> str:
    values = [write(value) for value in response.values]
    names = (escape(cell.name) for cell in posed.asked)
    named = "; ".join(f"{name} = {value}" for name, value in zip(names, values, strict=True))
    if len(named) <= LONGEST_LINE:
        return named
    return "; ".join(values[:MOST_VALUES]) + ("; …" if len(values) > MOST_VALUES else "")
