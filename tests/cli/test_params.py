from __future__ import annotations

import json

import click
import pytest

from tests.cli.conftest import Run
from tutor.cli.engine_options import HELP
from tutor.cli.parameters_text import _TITLES
from tutor.cli.params import params
from tutor.engine import arguments, names
from tutor.labs.parameters import function_of

LSTM = ("params", "lstm", "--input-size", "10", "--hidden-size", "24")


def test_help_lists_the_layers(run: Run) -> None:
    ran = run("params", "--help")
    assert ran.code == 0
    for layer in params.list_commands(click.Context(params)):
        assert f"\n  {layer} " in ran.out


def test_every_counting_function_has_a_command() -> None:
    counted = {function_of(layer) for layer in params.list_commands(click.Context(params))}
    assert {name for name in names() if name.endswith("_params")} >= counted
    assert len(counted) >= 11


@pytest.mark.parametrize("layer", params.list_commands(click.Context(params)))
def test_every_argument_of_the_engine_is_an_option_with_words(layer: str) -> None:
    fields = set(arguments(function_of(layer)).model_fields) - {"layer_sizes", "layers", "tied"}
    assert fields <= set(HELP)


def test_options_are_the_engines_arguments(run: Run) -> None:
    out = run("params", "lstm", "--help").out
    for option in (
        "--input-size N",
        "--num-layers N",
        "--bidirectional / --no-bidirectional",
        "--proj-size N",
        "[pytorch|keras|textbook|flax|onnx]",
        "[default: pytorch]",
        "[default: 1]",
    ):
        assert option in " ".join(out.split())


@pytest.mark.parametrize(
    ("convention", "total"),
    [("pytorch", 3456), ("keras", 3360), ("textbook", 3360), ("flax", 3360), ("onnx", 3456)],
)
def test_json(run: Run, convention: str, total: int) -> None:
    ran = run(*LSTM, "--convention", convention, "--json")
    data = json.loads(ran.out)
    assert list(data) == [
        "name",
        "arguments",
        "total",
        "unit",
        "formula",
        "substituted",
        "terms",
        "steps",
        "mistakes",
        "variants",
    ]
    assert (data["name"], data["total"], data["unit"]) == ("lstm_params", total, "parameters")
    assert data["arguments"]["input_size"] == 10
    assert data["arguments"]["convention"] == convention
    assert sum(term["value"] for term in data["terms"]) == total
    assert set(data["terms"][0]) == {
        *("id", "label", "symbol", "substituted", "value", "shape", "times")
    }
    assert {"id", "message", "value"} == set(data["mistakes"][0])
    assert (
        next(m["value"] for m in data["mistakes"] if m["id"] == "three-blocks")
        == total - total // 4
    )
    assert [v["total"] for v in data["variants"]] == [3456, 3360, 3360, 3360, 3456]


@pytest.mark.parametrize(
    "arguments",
    [
        ("lstm", "--input-size", "1000000000000", "--hidden-size", "1000000000000"),
        ("model", "lstm(1000000000000, 1000000000000)"),
    ],
)
def test_counts_are_exact_however_large(run: Run, arguments: tuple[str, ...]) -> None:
    out = run("params", *arguments).out
    assert "e+" not in out
    for total in ("8,000,000,000,008,000,000,000,000", "8,000,000,000,004,000,000,000,000"):
        assert total in out
    assert (
        sum(line.endswith(" 4,000,000,000,000,000,000,000,000") for line in out.splitlines()) == 2
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("embedding", "--num-embeddings", "1" + "0" * 15, "--embedding-dim", "1" + "0" * 15),
        ("model", f"lstm(1{'0' * 15}, 1{'0' * 15})"),
    ],
)
def test_long_counts_fit_the_terminal(run: Run, arguments: tuple[str, ...]) -> None:
    out = run("params", *arguments, COLUMNS="80").out
    assert max(map(len, out.splitlines())) <= 80


def test_the_table(run: Run) -> None:
    lines = run(*LSTM).out.splitlines()
    row = next(line for line in lines if "weight_hh_l0" in line)
    assert row.split() == [
        "weight_hh_l0",
        "4h",
        "×",
        "h",
        "96",
        "×",
        "24",
        "2,304",
        "66.7%",
        "█" * 16,
    ]
    total = next(line for line in lines if line.split()[:1] == ["total"])
    assert total.index("3,456") + 5 == row.index("2,304") + 5
    assert any("4 · 24 · (10 + 24 + 2)" in line for line in lines)
    assert any(line.startswith("▸ PyTorch") for line in lines)
    assert max(map(len, lines)) <= 76


def test_dense_takes_its_sizes_in_a_row(run: Run) -> None:
    data = json.loads(run("params", "dense", "784", "256", "128", "10", "--json").out)
    assert data["total"] == 235_146
    assert data["arguments"]["layer_sizes"] == [784, 256, 128, 10]
    assert (
        json.loads(run("params", "dense", "784", "10", "--no-bias", "--json").out)["total"] == 7840
    )


@pytest.mark.parametrize(
    ("command", "total"),
    [
        ("conv --in-channels 32 --out-channels 64 --kernel-size 3", 18_496),
        ("conv --in-channels 6 --out-channels 4 --kernel-size 3x5 --groups 2 --no-bias", 180),
        ("embedding --num-embeddings 50,257 --embedding-dim 768 --max-len 1024", 39_383_808),
        ("layer-norm --normalized-shape 512", 1024),
        ("layer-norm --normalized-shape 512 --no-elementwise-affine", 0),
        ("batch-norm --num-features 64 --convention keras", 256),
        ("additive-attention --query-size 20 --key-size 2 --num-hiddens 8", 184),
        ("lenet5", 60_000),
        ("image-classifier --image-size 28 --num-classes 10", 421_642),
        (
            "image-classifier --image-size 28 --num-classes 10 --conv-channels none"
            " --hidden-sizes 256×128",
            235_146,
        ),
    ],
)
def test_whatever_the_engine_counts(run: Run, command: str, total: int) -> None:
    data = json.loads(run("params", *command.split(), "--json").out)
    assert data["total"] == total == sum(term["value"] for term in data["terms"])
    ran = run("params", *command.split(), "--guess", str(total))
    assert ran.code == 0
    assert f"✓ Right. {total:,} parameters." in ran.out
    assert f"Parameters in total: {total:,}." in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_a_guess_about_another_layer_is_diagnosed(run: Run) -> None:
    conv = ("params", "conv", "--in-channels", "32", "--out-channels", "64", "--kernel-size", "3")
    assert "✗ Not yet. 640 counts a filter one channel deep" in run(*conv, "--guess", "640").out
    norm = ("params", "batch-norm", "--num-features", "64")
    assert "as Keras prints it" in run(*norm, "--guess", "256").out


def test_sizes_as_people_write_them(run: Run) -> None:
    plain = run("params", "gru", "--input-size", "1024", "--hidden-size", "1024", "--json")
    written = run("params", "gru", "--input-size", "1,024", "--hidden-size", "2^10", "--json")
    assert written.out == plain.out


@pytest.mark.parametrize(
    ("guess", "words"),
    [
        ("3456", "✓ Right. 3,456 parameters."),
        ("2592", "✗ Not yet. 2,592 is three blocks"),
        ("3400", "✗ Not yet. 3,400 is 56 too few."),
    ],
)
def test_a_guess_is_diagnosed(run: Run, guess: str, words: str) -> None:
    ran = run(*LSTM, "--guess", guess)
    assert ran.code == 0
    assert words in ran.out


def test_a_guess_in_json(run: Run) -> None:
    data = json.loads(run(*LSTM, "--guess", "2592", "--json").out)
    assert data["guess"]["verdict"] == "mistake"
    assert data["guess"]["mistake"] == "three-blocks"
    assert data["guess"]["value"] == 2592


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("params", "lstn"), "rnn, lstm, gru, dense"),
        (("params", "lstm"), "--input-size"),
        (
            ("params", "lstm", "--input-size", "0", "--hidden-size", "3"),
            "from 1 to 1,000,000,000,000,000",
        ),
        (
            ("params", "lstm", "--input-size", "x", "--hidden-size", "3"),
            "--input-size: x is not understood",
        ),
        (("params", "lstm", "--input-size", "1/2", "--hidden-size", "3"), "input_size is 0.5"),
        (("params", "lstm", "--input-size", "10,24", "--hidden-size", "3"), "read in two ways"),
        ((*LSTM, "--proj-size", "24"), "smaller than hidden_size"),
        ((*LSTM, "--convention", "keras", "--proj-size", "3"), "no projection"),
        ((*LSTM, "--guess", "10,24"), "read in two ways"),
        ((*LSTM, "--guess", "\x1b[31m"), "Error"),
        (("params", "dense", "784"), "2 to 1,001 whole numbers"),
        (("params", "dense"), "SIZE"),
        (("params", "conv"), "--in-channels"),
        (("params", "layer-norm", "--normalized-shape", "3xx4"), "--normalized-shape"),
        (("params", "layer-norm", "--normalized-shape", "none"), "1 to 8 whole numbers"),
        (("params", "layer-norm", "--normalized-shape", "0x4"), "from 1 to"),
        (("params", "batch-norm", "--num-features", "3", "--convention", "jax"), "onnx"),
        (
            ("params", "gru", "--input-size", "3", "--hidden-size", "3", "--no-reset-after"),
            "reset_after",
        ),
    ],
)
def test_bad_input_gets_an_answer(run: Run, arguments: tuple[str, ...], words: str) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert words in " ".join(ran.err.split())
    assert "Traceback" not in ran.err
    assert "\x1b" not in ran.err
    assert ran.out == ""


def test_whatever_is_counted_has_a_command_and_a_title() -> None:
    context = click.Context(params)
    for name in names():
        if name.endswith("_params"):
            layer = name.removesuffix("_params").replace("_", "-")
            assert layer in params.list_commands(context)
            assert params.get_command(context, layer) is not None
            assert layer == "model" or layer in _TITLES


@pytest.mark.parametrize("columns", [50, 60, 80, 120])
def test_a_table_fits_the_terminal(run: Run, columns: int) -> None:
    shown = run("params", "gpt", COLUMNS=str(columns)).out.splitlines()
    rows = [line for line in shown if line.startswith("  ")]
    assert "38,597,376" in rows[0]
    assert len(rows) == 17
    assert max(map(len, rows)) < columns
    assert ("V × d" in rows[0]) == (columns >= 80)
