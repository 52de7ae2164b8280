"""The engine's mistakes are recognised in formulas over its totals."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kinds import questions as make
from tutor.engine import Worked, compute
from tutor.kinds import examples, grade, parse, pose
from tutor.kinds.numeric import PosedNumeric
from tutor.kinds.posed import PoseError

SIZES = {"d_model": 64, "nhead": 4, "dim_feedforward": 256}
LSTM = {"input_size": "d", "hidden_size": "h"}
DRAWN = {"d": {"choose": [10]}, "h": {"choose": [24]}}


def computed(answer: str, **fields: Any) -> PosedNumeric:
    """Pose a question on an LSTM of 10 inputs and 24 units."""
    base = {
        "draw": DRAWN,
        "compute": {"lstm": {"engine": "lstm_params", "args": LSTM}},
        "prompt": "?",
        "explain": "!",
        "mistakes": [],
    }
    posed = pose(make.numeric(**(base | fields), answer=answer), 1)
    assert isinstance(posed, PosedNumeric)
    return posed


def diagnosed(posed: PosedNumeric, value: object) -> str | None:
    verdict = grade(posed, parse(posed, str(value)))  # type: ignore[arg-type]  # a number
    return verdict.diagnosis.mistake if verdict.diagnosis else None


def lstm() -> Worked:
    return compute("lstm_params", {"input_size": 10, "hidden_size": 24})


@pytest.mark.parametrize(
    ("answer", "of"),
    [
        ("2 * lstm.total", lambda total: 2 * total),
        ("lstm.total - d", lambda total: total - 10),
        ("(lstm.total)", lambda total: total),
        ("lstm.total ^ 2", lambda total: total**2),
    ],
)
def test_every_mistake_is_recognised_in_a_formula_over_a_total(answer: str, of: Any) -> None:
    posed = computed(answer)
    assert posed.answer == of(lstm().total)
    assert lstm().mistakes
    for mistake in lstm().mistakes:
        assert diagnosed(posed, of(mistake.value)) == mistake.id
    assert diagnosed(posed, of(lstm().total) + 1) is None
    assert {m.id: m.message for m in posed.mistakes} == {m.id: m.message for m in lstm().mistakes}


def test_a_quotient_is_recognised_exactly_and_within_a_tolerance() -> None:
    posed = computed("lstm.total / 1000", tolerance={"abs": 0.001})
    three = next(m for m in lstm().mistakes if m.id == "three-blocks")
    assert diagnosed(posed, three.value / 1000) == "three-blocks"
    assert diagnosed(posed, round(three.value / 1000, 1)) is None


def test_a_mistake_is_made_in_every_engine_answer_that_has_it() -> None:
    posed = computed(
        "decoder.total - encoder.total",
        compute={
            "encoder": {"engine": "encoder_layer_params", "args": SIZES},
            "decoder": {"engine": "decoder_layer_params", "args": SIZES},
        },
    )
    encoder = {m.id: m.value for m in compute("encoder_layer_params", SIZES).mistakes}
    decoder = {m.id: m.value for m in compute("decoder_layer_params", SIZES).mistakes}
    total = {
        name: int(compute(f"{name}_layer_params", SIZES).total)  # type: ignore[arg-type]  # a count
        for name in ("encoder", "decoder")
    }
    both = encoder.keys() & decoder.keys()
    assert both
    recognised = {mistake.id: mistake.value for mistake in posed.mistakes}
    for name in both & recognised.keys():
        assert recognised[name] == decoder[name] - encoder[name]
    for name in decoder.keys() - encoder.keys() & recognised.keys():
        assert recognised[name] == decoder[name] - total["encoder"]
    values = [posed.answer, *recognised.values()]
    assert len(set(values)) == len(values)


def test_the_answer_may_be_a_computed_value_over_others() -> None:
    compute_ = {
        "lstm": {"engine": "lstm_params", "args": LSTM},
        "two": {"value": "2 * lstm.total"},
        "unrelated": {"value": "d + h"},
        "most": {"value": "two + h"},
    }
    posed = computed("most", compute=compute_)
    assert posed.answer == 2 * lstm().total + 24  # type: ignore[operator]  # a count
    for mistake in lstm().mistakes:
        assert diagnosed(posed, 2 * mistake.value + 24) == mistake.id


def test_a_long_chain_of_computed_values_is_followed() -> None:
    chain: dict[str, Any] = {"lstm": {"engine": "lstm_params", "args": LSTM}}
    chain["v0"] = {"value": "lstm.total"}
    for n in range(1, 2000):
        chain[f"v{n}"] = {"value": f"v{n - 1} + 1"}
    posed = computed("v1999", compute=chain)
    three = next(m for m in lstm().mistakes if m.id == "three-blocks")
    assert diagnosed(posed, three.value + 1999) == "three-blocks"


def test_the_author_speaks_first() -> None:
    three = next(m for m in lstm().mistakes if m.id == "three-blocks")
    named = [
        {"id": "own", "value": f"2*{three.value}", "say": "Mine."},
        {"id": "one-bias", "value": "1", "say": "Mine too."},
    ]
    posed = computed("2 * lstm.total", mistakes=named)
    assert diagnosed(posed, 2 * three.value) == "own"
    assert diagnosed(posed, 1) == "one-bias"
    ids = [mistake.id for mistake in posed.mistakes]
    assert ids[:2] == ["own", "one-bias"]
    assert ids.count("one-bias") == 1
    assert "three-blocks" not in ids


def test_mistakes_that_the_formula_makes_alike_are_left_out_without_another_draw() -> None:
    posed = computed("0 * lstm.total + d", draw={**DRAWN, "d": {"choose": [10, 11]}})
    assert posed.mistakes == ()
    assert posed.answer in {10, 11}


def test_a_mistake_without_a_value_is_left_out() -> None:
    three = next(m for m in lstm().mistakes if m.id == "three-blocks")
    posed = computed(f"24 / (lstm.total - {three.value})")
    ids = [mistake.id for mistake in posed.mistakes]
    assert "three-blocks" not in ids
    assert ids


def test_other_parts_of_an_answer_are_not_known_by_mistake() -> None:
    term = lstm().terms[0].id
    assert computed(f"lstm.total - lstm.{term}").mistakes == ()
    assert computed(f"lstm.{term}").mistakes == ()


def test_working_is_not_made_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Worked) -> None:
        raise AssertionError

    solution = type(lstm().solution)
    monkeypatch.setattr(solution, "mistakes", refuse)
    posed = computed("2 * lstm.total")
    assert grade(posed, parse(posed, str(posed.answer))).right  # type: ignore[arg-type]  # a number
    with pytest.raises(AssertionError):
        examples(posed)


def test_posing_is_still_a_value() -> None:
    posed = computed("2 * lstm.total")
    assert posed == computed("2 * lstm.total")
    assert posed != computed("3 * lstm.total")


def test_what_the_author_confuses_is_still_refused() -> None:
    with pytest.raises(PoseError):
        computed("2 * lstm.total", mistakes=[{"id": "same", "value": "lstm.total*2", "say": "."}])
