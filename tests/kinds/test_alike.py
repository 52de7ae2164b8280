"""Two texts read alike, or not, in every kind alike."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tests.kinds import questions as make
from tutor.kinds.alike import alike_at_all, alike_in_one, all_alike, as_written
from tutor.text.localized import Localized

ALIKE = [("the gate", "The  gate"), ("of $h$", "Of $h$"), ("\uac00", "\u1100\u1161")]
APART = [("$h$", "$H$"), ("{d}", "{D}"), ("a b", "ab"), ("{", "{{")]


@pytest.mark.parametrize(("a", "b"), ALIKE)
def test_what_differs_in_case_or_spaces_is_refused_where_it_cannot_be_told_apart(
    a: str, b: str
) -> None:
    with pytest.raises(ValidationError, match="reads like another"):
        make.question("discuss", points=[a, b])
    with pytest.raises(ValidationError, match="all steps read alike"):
        make.question("order", steps=[a, b, a])
    with pytest.raises(ValidationError, match="reads like another"):
        make.question("match", pairs=[{"left": a, "right": "x"}, {"left": b, "right": "y"}])
    with pytest.raises(ValidationError, match="distractor reads like"):
        make.question(
            "match",
            pairs=[{"left": "1", "right": a}, {"left": "2", "right": "y"}],
            distractors=[b],
        )


@pytest.mark.parametrize(("a", "b"), APART)
def test_what_may_read_differently_is_kept(a: str, b: str) -> None:
    make.question("discuss", points=[a, b])
    make.question("order", steps=[a, b, "third"])
    make.question(
        "match", pairs=[{"left": a, "right": b}, {"left": b, "right": "y"}], distractors=[a]
    )


def test_the_first_text_that_repeats_one_is_named_whatever_the_language() -> None:
    texts = [Localized("a", "가"), Localized("b", "가"), Localized("A", "다")]
    assert alike_at_all(texts) == 1
    assert alike_in_one(texts) == 1
    assert alike_in_one([texts[0], Localized("A ", " 가")]) is None
    assert all_alike([texts[0], Localized("A ", " 가")])
    assert not all_alike([Localized.same("{d}"), Localized.same("{D}")], as_written)
