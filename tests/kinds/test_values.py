"""Names of drawn and computed values, entries of arrays among them."""

import pytest

from tests.kinds import questions as make
from tutor.engine.worked import Term, Worked, Written
from tutor.kinds import pose
from tutor.kinds.numeric import PosedNumeric
from tutor.kinds.values import Values


def answer(total: object, *terms: Term) -> Worked:
    return Worked(
        name="made",
        total=total,  # type: ignore[arg-type]
        solution=Written(
            written_formula="",
            written_substituted="",
            written_terms=terms,
            written_lines=(),
        ),
    )


MATRIX = Term("weights", "weights", "", "", ((0.25, 0.75), (1.0, 0.0)), (2, 2))
VALUES = Values(
    {"d": 10},
    {"attn": answer((0.5, 0.125), MATRIX, Term("d_k", "d_k", "", "", 4)), "lstm": answer(3456)},
)


def test_every_name_has_its_value() -> None:
    assert dict(VALUES) == {
        "d": 10,
        "attn.total_1": 0.5,
        "attn.total_2": 0.125,
        "attn.weights_1_1": 0.25,
        "attn.weights_1_2": 0.75,
        "attn.weights_2_1": 1.0,
        "attn.weights_2_2": 0.0,
        "attn.d_k": 4,
        "lstm.total": 3456,
    }
    assert len(VALUES) == 9
    assert "attn.weights_2_1" in VALUES


@pytest.mark.parametrize(
    "name",
    [
        "e", "lstm", "lstm.", "lstm.W", "attn.total", "attn.weights", "attn.weights_1",
        "attn.weights_0_1", "attn.weights_3_1", "attn.weights_1_1_1", "attn.weights_-1_1",
        "attn.weights_x_1", "attn.weights_1_", "attn.d_k_1", "attn.weights_" + "9" * 5000 + "_1",
        "attn.weights_0000000019_1", "attn.weights_01_1",
    ],
)  # fmt: skip
def test_other_names_have_none(name: str) -> None:
    assert name not in VALUES
    with pytest.raises(KeyError):
        VALUES[name]


def test_an_answer_is_worked_out_only_when_a_part_is_asked_for() -> None:
    class Untouched(Written):
        def terms(self) -> tuple[Term, ...]:
            raise AssertionError

    solution = Untouched(
        written_formula="", written_substituted="", written_terms=(), written_lines=()
    )
    values = Values({"d": 3}, {"lstm": Worked(name="lstm", total=7, solution=solution)})
    assert values["lstm.total"] == 7
    assert values["d"] == 3


def test_a_word_that_an_argument_knows_is_no_name_of_a_drawn_number() -> None:
    question = make.numeric(
        draw={"c": {"choose": [0.8, 1.5]}},
        compute={
            "step": {
                "engine": "lstm_step",
                "args": {"f": 0.5, "c": "c", "i": 0.25, "g": 0.4, "asked": "c"},
            }
        },
        answer="step.total",
        tolerance={"abs": 0.01},
        explain="So.",
        prompt="How much?",
        mistakes=[],
    )
    posed = pose(question, 1)
    assert isinstance(posed, PosedNumeric)
    assert posed.answer == pytest.approx(0.5 * float(posed.sizes[0].value) + 0.1)
