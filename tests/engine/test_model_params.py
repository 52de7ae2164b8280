"""Composed models: counts, the line's grammar, sizes that fit, ties, mistakes."""

from __future__ import annotations

import json
from itertools import combinations
from math import prod
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.tex import said
from tutor.engine import EngineError, compute, model
from tutor.engine.params.model import read_layers
from tutor.engine.params.model_layers import KINDS
from tutor.engine.params.model_line import MAX_LAYERS, MAX_LENGTH, ModelError, parse_line
from tutor.text import maths

RECORDED = json.loads(
    (Path(__file__).parents[1] / "golden" / "data" / "model_counts.json").read_text("utf-8")
)
CASES: list[dict[str, Any]] = RECORDED["cases"]
TAGGER = "embedding(1000, 64) > lstm(64, 32, num_layers=2) > dropout(0.5) > dense(32, 9)"


def test_enough_is_recorded() -> None:
    assert len(CASES) >= 25
    assert {case["convention"] for case in CASES} == {"pytorch", "keras"}
    assert sum(bool(case["tied"]) for case in CASES) >= 4


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['convention']}: {case['layers']}")
def test_agrees_with_framework(case: dict[str, Any]) -> None:
    asked = {name: case[name] for name in ("layers", "tied", "convention")}
    worked = compute("model_params", asked)
    assert worked.total == case["total"]
    ours = [[term.label, list(term.shape or ())] for term in worked.terms]
    assert ours == case["tensors"]
    check_words(worked)


def check_words(worked: Any) -> None:
    """Everything sums up, all TeX parses, every sentence can be said, mistakes are distinct."""
    assert sum(term.value for term in worked.terms) == worked.total
    assert all(prod(term.shape) * term.times == term.value for term in worked.terms)
    ids = [term.id for term in worked.terms]
    assert len(set(ids)) == len(ids)
    assert all(name.isidentifier() for name in ids)
    values = [worked.total, *(mistake.value for mistake in worked.mistakes)]
    assert all(a != b for a, b in combinations(values, 2))
    names = [mistake.id for mistake in worked.mistakes]
    assert len(set(names)) == len(names)
    for tex in (worked.formula, worked.substituted, *(t.symbol for t in worked.terms)):
        maths.inline(maths.parse(tex))
    for step in worked.steps:
        said(step.text)
    for mistake in worked.mistakes:
        assert said(mistake.message).startswith(f"{mistake.value:,} ")
    for variant in worked.variants:
        assert said(variant.why).endswith(".")
    assert str(worked.steps[-1].text) == f"Parameters in total: {worked.total:,}."


def test_a_line_a_list_and_mappings_say_the_same() -> None:
    mappings = [
        {"layer": "embedding", "num_embeddings": 1000, "embedding_dim": 64},
        "lstm(64, 32, num_layers=2) > dropout(0.5)",
        {"layer": "dense", "in_features": 32, "out_features": 9},
    ]
    totals = {compute("model_params", {"layers": layers}).total for layers in (TAGGER, mappings)}
    assert totals == {1000 * 64 + 4 * 32 * (64 + 32 + 2) + 4 * 32 * (32 + 32 + 2) + 33 * 9}


def test_every_layer_has_its_own_worked_answer() -> None:
    counted = model(TAGGER, convention="keras")
    assert [layer.count for layer in counted.layers] == [64000, 20736, 0, 297]
    lstm = counted.layers[1]
    assert lstm.worked is not None
    assert lstm.worked.mistakes[0].id == "three-blocks"
    assert [term.label for term in lstm.terms][:2] == ["lstm/kernel", "lstm/recurrent_kernel"]
    assert lstm.terms[-1].label == "lstm_1/bias"
    assert counted.layers[2].worked is None


def test_lines_say_each_layer() -> None:
    steps = [str(step.text) for step in compute("model_params", {"layers": TAGGER}).steps]
    assert steps[1].startswith("Layer 2, `lstm(64, 32, num_layers=2)`: $P_{2} = 4h(d + h + 2)")
    assert steps[2] == "Layer 3, `dropout(0.5)`: no parameters."
    assert steps[-2] == "In numbers: $64,000 + 20,992 + 297$."


def test_mistakes_of_a_model() -> None:
    worked = compute("model_params", {"layers": TAGGER, "seq_len": 7, "batch_size": 32})
    by_id = {mistake.id: mistake.value for mistake in worked.mistakes}
    total = worked.count
    assert by_id["embedding-forgotten"] == total - 64_000
    assert by_id["output-layer-forgotten"] == total - 297
    assert by_id["no-bias"] == total - 9 - 4 * 4 * 32
    assert by_id["layer-2-forgotten"] == total - 20_992
    assert by_id["three-blocks"] == total - 20_992 // 4
    assert (by_id["times-steps"], by_id["times-batch"]) == (7 * total, 32 * total)
    check_words(worked)


def test_tied_weights_are_counted_once() -> None:
    line = "embedding(1000, 64) > gru(64, 64) > dense(64, 1000)"
    plain = compute("model_params", {"layers": line})
    tied = compute("model_params", {"layers": line, "tied": [["embedding", "dense"]]})
    assert tied.total == plain.count - 64_000
    assert {m.id: m.value for m in tied.mistakes}["tied-counted-twice"] == plain.total
    assert "`2.weight` is `0.weight`" in str(tied.steps[3].text)
    assert tied.substituted.endswith(" - 64,000")
    turned = {"layers": line, "tied": [["embedding", "dense"]], "convention": "keras"}
    assert compute("model_params", turned).count == tied.count
    assert {v.convention: v.total for v in tied.variants}["pytorch"] == tied.total


def test_a_tie_saves_nothing_where_there_is_one_tensor() -> None:
    args = {"layers": "lstm(10, 24)", "tied": [["0.bias_ih_l0", "0.bias_hh_l0"]]}
    worked = compute("model_params", args)
    assert worked.total == 3456 - 96
    assert {variant.convention: variant.total for variant in worked.variants} == {
        "pytorch": 3360,
        "onnx": 3456,  # ONNX keeps both side by side in one tensor
        "keras": 3360,
        "textbook": 3360,
        "flax": 3360,
    }


def test_layers_that_share_weights_have_no_mistakes_of_their_own() -> None:
    line = "embedding(100, 24) > lstm(24, 24) > dense(24, 100)"
    worked = compute("model_params", {"layers": line, "tied": [["embedding", "dense"]]})
    ids = [mistake.id for mistake in worked.mistakes]
    assert ids == [
        *("embedding-forgotten", "tied-counted-twice", "output-layer-forgotten", "no-bias"),
        *("three-blocks", "one-bias", "no-bias-2", "layer-2-forgotten"),
    ]


def test_a_small_gpt() -> None:
    blocks = " > ".join(["encoder_layer(16, 2, 64)"] * 3)
    line = (
        f"embedding(100, 16, max_len=20) > {blocks} > layer_norm(16) > dense(16, 100, bias=false)"
    )
    worked = compute("model_params", {"layers": line, "tied": [["embedding", "dense"]]})
    assert worked.total == 100 * 16 + 20 * 16 + 3 * (12 * 16**2 + 13 * 16) + 2 * 16
    check_words(worked)


@pytest.mark.parametrize(
    ("line", "tied", "words"),
    [
        ("dense(3, 4) > dense(4, 3)", [["0.weight", "1.weight"]], "`0.weight` has the shape (4, 3), `1.weight` the shape (3, 4)"),
        ("dense(3, 3) > dense(3, 3)", [["0.weight", "0.weight"]], "tied already"),
        ("dense(3, 3) > dense(3, 3)", [["0.weight", "1.weight"], ["1.weight", "0.weight"]], "tied already"),
        ("dense(3, 3) > dense(3, 3)", [["0.wieght", "1.weight"]], "Did you mean `0.weight`?"),
        ("dense(3, 3) > dense(3, 3)", [["dense", "1.weight"]], "could be several tensors"),
        ("lstm(3, 3) > dense(3, 3)", [["lstm", "dense"]], "Name one of: 0.weight_ih_l0"),
        ("dense(3, 3)", [["0.weight"]], "pairs of names"),
        ("dense(3, 3)", [[0, 1]], "pairs of names"),
        ("dense(3, 3)", "a=b", "pairs of names"),
        ("dense(3, 3)", None, "pairs of names"),
    ],
)  # fmt: skip
def test_refused_ties(line: str, tied: object, words: str) -> None:
    with pytest.raises(EngineError) as caught:
        compute("model_params", {"layers": line, "tied": tied})
    assert caught.value.argument == "tied"
    assert words in str(caught.value).replace("\\", "")


def refusal(layers: object, **others: object) -> EngineError:
    with pytest.raises(EngineError) as caught:
        compute("model_params", {"layers": layers, **others})
    assert str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("embedding(100, 128) > lstm(128, 200) > dense(256, 10)", "Layer 3, `dense(256, 10)`, reads 256 values, but layer 2, `lstm(128, 200)`, gives 200."),
        ("lstm(8, 5, bidirectional=true) > dropout(0.1) > dense(5, 10)", "reads 5 values, but layer 1, `lstm(8, 5, bidirectional=true)`, gives 10."),
        ("lstm(8, 5, proj_size=3) > dense(5, 10)", "gives 3."),
        ("input(10) > lstm(8, 5)", "but the input, `input(10)`, gives 10."),
        ("input(1, 28, 28) > conv2d(1, 4, 3) > flatten > dense(784, 10)", "reads 784 values, but layer 2, `flatten`, gives 2,704."),
        ("input(1, 28, 28) > conv2d(1, 4, 3) > dense(4, 10)", "gives a map"),
        ("input(3, 28, 28) > conv2d(1, 4, 3)", "reads 1 channel, but the input, `input(3, 28, 28)`, gives 3."),
        ("input(1, 4, 4) > conv2d(1, 4, 5)", "slides a window of 5, but the input, `input(1, 4, 4)`, leaves only 4 for it."),
        ("input(1, 5, 5) > conv2d(1, 4, 3, dilation=3)", "slides a window of 7"),
        ("input(1, 4, 4) > max_pool(8)", "slides a window of 8"),
        ("input(1, 4, 4) > max_pool((2, 2, 2))", "3 numbers for 2 axes"),
        ("input(2, 5) > flatten > conv1d(10, 4, 3)", "slides over a sequence, but layer 1, `flatten`, gives a single vector."),
        ("dense(3, 4) > input(4)", "`input(4)` is not the first"),
        ("lstm(3, 4) > gru(5, 6)", "gives 4."),
        ("dense(3, 4) > embedding(10, 4)", "reads the indices of words, but layer 1, `dense(3, 4)`, gives vectors."),
        ("input(5) > embedding(10, 4) > flatten > dense(10, 4)", "layer 2, `flatten`, gives 20."),
        ("input(1, 8, 8) > conv2d(1, 2, 3) > layer_norm(8)", "normalises the last axes (8), but layer 1, `conv2d(1, 2, 3)`, gives (2, 6, 6)."),
        ("conv2d(1, 2, 3) > batch_norm(3)", "reads 3 channels, but layer 1, `conv2d(1, 2, 3)`, gives 2."),
        ("input(1, 28, 28) > conv2d(3, 8, 3)", "reads 3 channels, but the input, `input(1, 28, 28)`, gives 1."),
        ("lstm(8, 5) > conv1d(4, 8, 3)", "reads 4 channels, but layer 1, `lstm(8, 5)`, gives 5."),
        ("conv2d(1, 2, 3, padding=foo)", "`foo` is no padding."),
        ("conv2d(1, 2, (3, 3, 3))", "3 numbers for 2 axes"),
        ("conv2d(3, 4, 3, groups=2)", "does not divide"),
        ("attention(8, 2) > encoder_layer(16, 2, 32)", "gives 8."),
        ("input(1, 28, 28)", "no layers"),
    ],
)  # fmt: skip
def test_sizes_have_to_fit(line: str, words: str) -> None:
    assert words in str(refusal(line)).replace("\\", "")


@pytest.mark.parametrize(
    "line",
    [
        "input(28, 28, 1) > conv2d(1, 4, 3) > flatten > dense(2704, 10)",  # channels last too
        "input(1, 28, 28) > conv2d(1, 4, 3) > global_average_pooling > dense(4, 10)",
        "conv2d(1, 4, 3) > flatten > dense(9999, 10)",  # an image of unknown size
        "input(7, 10) > lstm(10, 4) > flatten > dense(28, 2)",
        "nn.Linear(3, 4) > ReLU > nn.Dropout(p=0.5) > Linear(4, 2)",
        "  LSTM ( 3 , 4 , bias = False , )\n > Dense(4,2) ",
        "lstm(10_000, 4, bidirectional=True)",
        "input(1, 8, 8) > conv2d(1, 2, (3, 1), padding=same) > max_pool(2) > flatten > dense(32, 1)",
        "gru(3, 4, reset_after=none)",
        "input(5) > embedding(10, 4) > flatten > dense(20, 4)",
        "input(1, 8, 8) > conv2d(1, 2, 3) > layer_norm((2, 6, 6)) > global_average_pooling",
        "embedding(100, 16) > conv1d(16, 8, 3) > global_average_pooling > dense(8, 2)",
    ],
)
def test_models_that_fit(line: str) -> None:
    check_words(compute("model_params", {"layers": line}))


@pytest.mark.parametrize(
    ("line", "offset", "words"),
    [
        ("lsmt(3, 4)", 0, "Did you mean `lstm`?"),
        ("dense(3, 4) > lsmt(4, 4)", 14, "There is no layer `lsmt`."),
        ("xyzzy(3)", 0, "There are: input, "),
        ("lstm(3, hiden_size=4)", 8, "Did you mean `hidden_size`?"),
        ("lstm(3, 4, convention=keras)", 11, "given once, for the whole model"),
        ("lstm(3, 4, 1, 2)", 14, "Write it as `lstm(input_size, hidden_size)`."),
        ("lstm(3, 4, input_size=3)", 11, "is given `input_size` twice"),
        ("flatten(3)", 8, "Write it as `flatten`."),
        ("flatten(x=3)", 8, "takes no arguments"),
        ("lstm(3)", 0, "`lstm` needs the argument `hidden_size`."),
        ("lstm(3, 0)", 0, "`hidden_size` is `0`."),
        ("lstm(3, -4)", 0, "`hidden_size` is `-4`."),
        ("lstm(3, 4.5)", 0, "`hidden_size` is `4.5`."),
        ("lstm(3, 1e3)", 0, "`hidden_size` is `1000.0`."),
        ("lstm(3, 4, bias=no)", 0, "`bias` is `true` or `false`."),
        ("lstm(3, 9999999999999999)", 0, "from 1 to 1,000,000,000,000,000"),
        ("lstm(3, (4, 5))", 0, "`hidden_size` is `(4, 5)`."),
        ("lstm(3, 4, proj_size=4)", 0, "smaller than `hidden_size`"),
        ("attention(10, 3)", 0, "Layer 1, `attention(10, 3)`:"),
        ("conv2d(1, 3, (3, 3, 3))", 0, "`kernel_size` has 3 numbers for 2 axes"),
        ("conv2d(1, 3, 3, stride=(2, 2, 2))", 0, "`stride` has 3 numbers for 2 axes"),
        ("input(1, 9, 9) > max_pool(2, padding=(1, 1, 1))", 17, "`padding` has 3 numbers"),
        ("dropout(5)", 0, "`p` is a number from 0 to 1."),
        ("dropout(-0.5)", 0, "`p` is a number from 0 to 1."),
        ("embedding(10,000, 4)", 10, "`10,000` can be read in two ways"),
        ("lstm(128,256)", 5, "several with spaces, as `128, 256`."),
        ("lstm(10__0, 4)", 5, "is no number"),
        ("lstm(10_, 4)", 5, "is no number"),
        ("lstm(" + "9" * 30 + ", 4)", 5, "more than 20 digits"),
        ("", 0, "ends too early"),
        ("lstm(3, 4", 9, "Column 10: the model ends too early."),
        ("lstm(3, 4) >", 12, "ends too early"),
        ("> lstm(3, 4)", 0, "`>` has no place here"),
        ("lstm(3, 4) dense(4, 1)", 11, "Separate layers with `>`."),
        ("lstm(3 4)", 7, "Column 8: `4` has no place here."),
        ("lstm(input_size=3, 4)", 19, "follows one with a name"),
        ("lstm(3, 4, bias=)", 16, "A value is a number"),
        ("lstm(3, ((4)))", 9, "A list holds a few numbers"),
        ("lstm(3; 4)", 6, "`;` has no place here."),
        ("lstm(3, 4) > \x1b[2J", 13, "has no place here."),
        ("__import__('os').system('x')", 16, "`.` has no place here."),
        ("lstm(3, 4, " + ", ".join(["1"] * 30) + ")", None, "at most 20 arguments"),
        (" > ".join(["relu"] * (MAX_LAYERS + 1)), None, "more than 200 layers"),
        ("lstm(3, 3, 999) > lstm(3, 3, 2)", 18, "more than 1,000 layers, those of stacks"),
        ("relu" + " " * MAX_LENGTH, None, "longer than 4,000 characters"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read(line: str, offset: int | None, words: str) -> None:
    with pytest.raises(ModelError) as caught:
        model(line)
    assert words in str(caught.value).replace("\\", "")
    assert "\x1b" not in str(caught.value)
    assert caught.value.offset is not None
    assert offset is None or caught.value.offset == offset
    assert len(str(caught.value)) < 700
    assert refusal(line).argument == "layers"


@pytest.mark.parametrize(
    "layers",
    [None, 3, [], [3], [None], [{}], [{"layer": 3}], {"layer": "lstm"}, [["lstm", 3, 4]], "", [""],
     [{"layer": "lstm", "input_size": "3", "hidden_size": 4}],
     [{"layer": "lstm", "input_size": 10**5000, "hidden_size": 4}],
     [{"layer": "lstm", 3: 4}], ["relu"] * 300],
    ids=lambda value: str(type(value)),
)  # fmt: skip
def test_refused_layers(layers: object) -> None:
    error = refusal(layers)
    assert error.argument == "layers"
    assert len(str(error)) < 700


@pytest.mark.parametrize("name", ["convention", "seq_len", "batch_size"])
def test_refused_arguments_of_the_model(name: str) -> None:
    assert refusal("relu", **{name: "x"}).argument == name


def test_a_convention_that_a_layer_has_not() -> None:
    error = refusal("lstm(3, 4) > attention(4, 2)", convention="onnx")
    assert "Layer 2, `attention(4, 2)`" in str(error)
    worked = compute("model_params", {"layers": "lstm(3, 4) > attention(4, 2)"})
    assert "onnx" not in {variant.convention for variant in worked.variants}


def test_every_kind_is_sound() -> None:
    for kind in KINDS.values():
        assert set(kind.positional) <= set(kind.keywords)
        assert all(kind.model.model_fields[name] for name in kind.positional)
        assert kind.count is not None or not kind.keras


sizes = st.integers(1, 50)
layers = st.lists(
    st.tuples(st.sampled_from(("rnn", "lstm", "gru", "dense")), st.integers(1, 50)),
    min_size=1,
    max_size=5,
)


@given(sizes, layers, st.sampled_from(("pytorch", "keras", "textbook", "flax", "onnx")))
def test_a_model_is_the_sum_of_its_layers(
    first: int, chosen: list[tuple[str, int]], convention: str
) -> None:
    reads, parts, total = first, [], 0
    for name, gives in chosen:
        parts.append(f"{name}({reads}, {gives})")
        args = {"input_size": reads, "hidden_size": gives}
        if name == "dense":
            args = {"layer_sizes": [reads, gives]}  # type: ignore[dict-item]
        total += compute(f"{name}_params", {**args, "convention": convention}).count
        reads = gives
    worked = compute("model_params", {"layers": " > ".join(parts), "convention": convention})
    assert worked.total == total
    check_words(worked)


@given(st.text("lstm(),=> 123_.'\"[]abc\n", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        specs = parse_line(text)
    except ModelError as error:
        assert error.offset is not None
        assert 0 <= error.offset <= len(text)
    else:
        assert read_layers(" > ".join(map(str, specs))) == specs or "'" in text or '"' in text
