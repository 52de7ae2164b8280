"""RNN, GRU and LSTM counts: formulas, conventions, solutions and mistakes."""

import ast
import operator
import re
from collections.abc import Callable
from itertools import combinations
from math import prod
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine import EngineError, Worked, compute
from tutor.text import maths
from tutor.text.speaker import ENGLISH
from tutor.text.template import Writing
from tutor.text.words import Words

BLOCKS = {"rnn_params": 1, "gru_params": 3, "lstm_params": 4}
LAYERS = tuple(BLOCKS)
CONVENTIONS = ("pytorch", "keras", "textbook", "flax", "onnx")
SAFE = {"input_size": 10, "hidden_size": 24}

sizes = st.integers(1, 10**15)


@st.composite
def requests(draw: Callable[..., Any]) -> tuple[str, dict[str, Any]]:
    """Draw any layer with any arguments that it takes."""
    name = draw(st.sampled_from(LAYERS))
    convention = draw(st.sampled_from(CONVENTIONS))
    args = {
        "input_size": draw(st.one_of(st.integers(1, 64), sizes)),
        "hidden_size": draw(st.one_of(st.integers(2, 64), st.integers(2, 10**15))),
        "num_layers": draw(st.integers(1, 4)),
        "bidirectional": draw(st.booleans()),
        "bias": True if convention == "flax" else draw(st.booleans()),
        "convention": convention,
        "seq_len": draw(st.none() | st.integers(1, 100)),
        "batch_size": draw(st.none() | st.integers(1, 100)),
    }
    if name == "gru_params" and convention in {"keras", "onnx"}:
        args["reset_after"] = draw(st.none() | st.booleans())
    if name == "lstm_params" and convention in {"pytorch", "textbook"}:
        args["proj_size"] = draw(st.integers(0, min(64, args["hidden_size"] - 1)))
    if name == "lstm_params" and convention in {"textbook", "onnx"}:
        args["peepholes"] = draw(st.booleans())
    return name, args


def tex_value(tex: str) -> int:
    """Evaluate a sum of products with parentheses, written by the engine."""
    assert not re.search(r"\d{4}", tex), "digits are grouped"
    tex = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", tex)
    tree = ast.parse(tex.replace(r"\cdot", "*"), mode="eval")
    operators: dict[type[ast.operator], Callable[[int, int], int]] = {
        ast.Add: operator.add,
        ast.Mult: operator.mul,
    }

    def value(node: ast.expr) -> int:
        if isinstance(node, ast.BinOp):
            return operators[type(node.op)](value(node.left), value(node.right))
        assert isinstance(node, ast.Constant)
        assert isinstance(node.value, int)
        return node.value

    return value(tree.body)


def said(words: Words) -> str:
    """Return the words in English, after checking that their maths can be drawn."""
    text = ENGLISH.say(words)
    assert text.count("$") % 2 == 0
    for tex in re.findall(r"\$([^$]+)\$", text):
        maths.inline(maths.parse(tex))
    assert not re.search(r"!|\bwrong\b", text, re.IGNORECASE)
    return text


@given(requests())
def test_everything_sums_to_the_total(request_: tuple[str, dict[str, Any]]) -> None:
    name, args = request_
    worked = compute(name, args)
    assert type(worked.total) is int
    assert sum(term.value for term in worked.terms) == worked.total
    assert all(term.shape and prod(term.shape) == term.value for term in worked.terms)
    assert tex_value(worked.substituted) == worked.total
    assert all(tex_value(t.substituted.replace(r"\times", "*")) == t.value for t in worked.terms)
    assert len({term.id for term in worked.terms}) == len(worked.terms)
    assert all(term.id.isidentifier() for term in worked.terms)


@given(requests())
def test_symbols_have_the_numbers_value(request_: tuple[str, dict[str, Any]]) -> None:
    name, args = request_
    worked = compute(name, args)
    numbers = {
        "d": args["input_size"],
        "h": args["hidden_size"],
        "p": args.get("proj_size", 0),
    }

    def written(tex: str) -> str:
        tex = tex.replace(r"\times", r"\cdot")
        tex = re.sub(r"(?<=[0-9a-z)])(?=[a-z(])", r" \\cdot ", tex.replace(r"\cdot", "*"))
        return re.sub(r"\b[dhp]\b", lambda m: f"{numbers[m[0]]:,}", tex)

    assert tex_value(written(worked.formula)) == worked.total
    assert [tex_value(written(term.symbol)) for term in worked.terms] == [
        term.value for term in worked.terms
    ]


@given(requests())
def test_mistakes_are_told_apart(request_: tuple[str, dict[str, Any]]) -> None:
    worked = compute(*request_)
    values = [worked.total, *(mistake.value for mistake in worked.mistakes)]
    assert all(a != b for a, b in combinations(values, 2))
    ids = [mistake.id for mistake in worked.mistakes] + list(worked.coinciding)
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in ids)


@given(requests())
def test_everything_can_be_said(request_: tuple[str, dict[str, Any]]) -> None:
    worked = compute(*request_)
    for mistake in worked.mistakes:
        assert said(mistake.message).startswith(f"{mistake.value:,} ")
    lines = [said(step.text) for step in worked.steps]
    assert lines[-1] == f"Parameters in total: {worked.total:,}."
    for variant in worked.variants:
        assert said(variant.why).endswith(".")
        assert said(variant.label)


@given(requests())
def test_a_mistakes_sum_is_its_value(request_: tuple[str, dict[str, Any]]) -> None:
    for mistake in compute(*request_).mistakes:
        shown = getattr(mistake.message, "values", {}).get("sum")
        if isinstance(shown, Writing):
            shown = shown.markdown()
        if shown is not None:
            assert tex_value(shown) == mistake.value


@given(d=sizes, h=sizes, name=st.sampled_from(LAYERS))
def test_frameworks_differ_by_one_bias(d: int, h: int, name: str) -> None:
    def count(convention: str, **more: object) -> float:
        args = {"input_size": d, "hidden_size": h, "convention": convention, **more}
        return compute(name, args).total

    rows = BLOCKS[name] * h
    own = h if name == "gru_params" else 0  # Flax's candidate has two biases
    assert count("flax") == count("textbook") + own
    assert count("onnx") == count("pytorch")
    assert count("pytorch") == rows * (d + h + 2)
    assert count("textbook") == rows * (d + h + 1)
    if name == "gru_params":
        assert count("keras") == count("pytorch")
        assert count("keras", reset_after=False) == count("pytorch") - rows
    else:
        assert count("keras") == count("pytorch") - rows
    assert count("keras", bias=False) == count("pytorch", bias=False) == rows * (d + h)


@pytest.mark.parametrize(
    ("name", "args", "total"),
    [
        ("lstm_params", {}, 3456),
        ("lstm_params", {"convention": "keras"}, 3360),
        ("gru_params", {}, 2592),
        ("lstm_params", {"num_layers": 2, "bidirectional": True}, 21_120),
        ("lstm_params", {"input_size": 3, "hidden_size": 4, "convention": "textbook"}, 128),
        ("gru_params", {"convention": "keras"}, 2592),
        ("rnn_params", {}, 864),
        ("lstm_params", {"convention": "onnx"}, 3456),
        ("gru_params", {"convention": "flax"}, 3 * 24 * 34 + 4 * 24),
        ("lstm_params", {"convention": "textbook", "peepholes": True}, 3360 + 3 * 24),
    ],
)
def test_published_counts(name: str, args: dict[str, Any], total: int) -> None:
    assert compute(name, {**SAFE, **args}).total == total


def mistakes_of(worked: Worked) -> dict[str, float]:
    return {mistake.id: mistake.value for mistake in worked.mistakes}


def test_lstm_mistakes_at_safe_sizes() -> None:
    d, h, steps, batch = 10, 24, 7, 32
    worked = compute("lstm_params", {**SAFE, "seq_len": steps, "batch_size": batch})
    assert worked.coinciding == ()
    assert mistakes_of(worked) == {
        "three-blocks": 3 * h * (d + h + 2),
        "one-bias": 4 * h * (d + h + 1),
        "no-bias": 4 * h * (d + h),
        "times-steps": steps * 3456,
        "times-batch": batch * 3456,
        "no-recurrent-weights": 4 * h * (d + 2),
        "no-input-weights": 4 * h * (h + 2),
        "sizes-swapped": 4 * d * (d + h + 2),
        "cell-as-block": 5 * h * (d + h + 2),
        "one-bias-in-all": 4 * h * (d + h) + h,
        "bias-of-input-size": 4 * h * (d + h) + 8 * d,
        "states-counted": 3456 + 2 * h,
        "peepholes": 3456 + 3 * h,
    }


def test_mistakes_of_stacks_and_directions() -> None:
    d, h = 10, 24
    worked = compute("gru_params", {**SAFE, "num_layers": 3, "bidirectional": True})
    found = mistakes_of(worked)
    first, later = 3 * h * (d + h + 2), 3 * h * (2 * h + h + 2)
    assert worked.total == 2 * first + 2 * 2 * later
    assert worked.coinciding == ()
    assert found["times-layers"] == 3 * 2 * first
    assert found["first-layer-only"] == 2 * first
    assert found["one-direction"] == first + 2 * 3 * h * (h + h + 2)
    assert found["reads-one-direction"] == 2 * first + 2 * 2 * 3 * h * (h + h + 2)
    wide = 2 * h
    assert found["wide-recurrence"] == 3 * wide * (d + wide + 2) + 2 * 3 * wide * (2 * wide + 2)
    assert "sizes-swapped" not in found


def test_mistakes_of_projection() -> None:
    d, h, p = 10, 24, 5
    worked = compute("lstm_params", {**SAFE, "proj_size": p})
    found = mistakes_of(worked)
    assert worked.total == 4 * h * (d + p + 2) + p * h
    assert found["projection-keeps-h"] == 4 * h * (d + h + 2) + p * h
    assert found["projection-weights-forgotten"] == worked.total - p * h
    assert found["projection-ignored"] == 3456


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("bias", [True, False])
def test_safe_sizes_leave_no_mistake_out(name: str, convention: str, *, bias: bool) -> None:
    if convention == "flax" and not bias:
        pytest.skip("Flax always has biases")
    args = {**SAFE, "convention": convention, "bias": bias, "seq_len": 7, "batch_size": 32}
    assert compute(name, args).coinciding == ()


def test_coinciding_mistakes_are_left_out() -> None:
    worked = compute("lstm_params", {"input_size": 8, "hidden_size": 8})
    assert "sizes-swapped" in worked.coinciding  # d = h: the same sizes
    assert "no-input-weights" in worked.coinciding  # … and the same matrices
    assert "no-recurrent-weights" in mistakes_of(worked)


def test_conventions_side_by_side() -> None:
    variants = compute("gru_params", SAFE).variants
    assert [(str(variant.label), variant.total) for variant in variants] == [
        ("PyTorch", 2592),
        ("Keras", 2592),
        ("Keras (`reset_after=False`)", 2520),
        ("textbook", 2520),
        ("Flax", 2544),
        ("ONNX", 2592),
    ]
    for variant in compute("lstm_params", {**SAFE, "num_layers": 2}).variants:
        args = {**SAFE, "num_layers": 2, "convention": variant.convention}
        assert compute("lstm_params", args).total == variant.total


@pytest.mark.parametrize(
    ("args", "has"),
    [
        ({}, ["pytorch", "keras", "textbook", "flax", "onnx"]),
        ({"bias": False}, ["pytorch", "keras", "textbook", "onnx"]),
        ({"proj_size": 3}, ["pytorch", "textbook"]),
        ({"peepholes": True, "convention": "onnx"}, ["textbook", "onnx"]),
        ({"peepholes": True, "proj_size": 3, "convention": "textbook"}, ["textbook"]),
    ],
)
def test_only_conventions_that_have_such_a_layer_are_named(
    args: dict[str, Any], has: list[str]
) -> None:
    variants = compute("lstm_params", {**SAFE, **args}).variants
    assert [variant.convention for variant in variants] == has


def test_peepholes_are_a_mistake_only_where_there_are_none() -> None:
    plain = mistakes_of(compute("lstm_params", {**SAFE, "convention": "onnx"}))
    assert plain["peepholes"] == 3456 + 3 * 24
    seeing = compute("lstm_params", {**SAFE, "convention": "onnx", "peepholes": True})
    assert seeing.total == plain["peepholes"]
    assert mistakes_of(seeing)["peepholes-forgotten"] == 3456
    assert "peepholes" not in mistakes_of(seeing)
    both = {"num_layers": 2, "bidirectional": True, "convention": "textbook"}
    apart = (
        compute("lstm_params", {**SAFE, **both, "peepholes": True}).count
        - compute("lstm_params", {**SAFE, **both}).count
    )
    assert apart == 4 * 3 * 24


@pytest.mark.parametrize(
    ("name", "args", "argument"),
    [
        ("lstm_params", {"proj_size": 24}, "proj_size"),
        ("lstm_params", {"proj_size": 3, "convention": "keras"}, "proj_size"),
        ("rnn_params", {"proj_size": 3}, "proj_size"),
        ("gru_params", {"reset_after": False}, "reset_after"),
        ("gru_params", {"reset_after": False, "convention": "flax"}, "reset_after"),
        ("lstm_params", {"proj_size": 3, "convention": "flax"}, "proj_size"),
        ("lstm_params", {"proj_size": 3, "convention": "onnx"}, "proj_size"),
        ("lstm_params", {"peepholes": True}, "peepholes"),
        ("lstm_params", {"peepholes": True, "convention": "keras"}, "peepholes"),
        ("lstm_params", {"peepholes": True, "convention": "flax"}, "peepholes"),
        ("gru_params", {"peepholes": True, "convention": "onnx"}, "peepholes"),
        ("rnn_params", {"bias": False, "convention": "flax"}, "bias"),
        ("lstm_params", {"convention": "tensorflow"}, "convention"),
        ("gru_params", {"reset_after": True, "convention": "textbook"}, "reset_after"),
        ("rnn_params", {"num_layers": 1001}, "num_layers"),
    ],
)
def test_refused_arguments(name: str, args: dict[str, Any], argument: str) -> None:
    with pytest.raises(EngineError) as caught:
        compute(name, {**SAFE, **args})
    assert caught.value.argument == argument
    assert argument in str(caught.value)


def test_ids_do_not_depend_on_the_convention() -> None:
    ids = {
        convention: [
            term.id for term in compute("lstm_params", {**SAFE, "convention": convention}).terms
        ]
        for convention in CONVENTIONS
    }
    assert ids["pytorch"] == ["W_ih", "W_hh", "b_ih", "b_hh"]
    assert ids["keras"] == ids["textbook"] == ids["onnx"] == ["W_ih", "W_hh", "b"]
    assert {name[:4] for name in ids["flax"]} == {"W_ih", "W_hh", "b_f", "b_g", "b_i", "b_o"}
