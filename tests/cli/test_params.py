from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run
from tutor.cli.engine_options import HELP
from tutor.engine import arguments

LSTM = ("params", "lstm", "--input-size", "10", "--hidden-size", "24")


def test_help_lists_the_layers(run: Run) -> None:
    ran = run("params", "--help")
    assert ran.code == 0
    for layer in ("rnn", "lstm", "gru", "dense"):
        assert f"\n  {layer} " in ran.out


@pytest.mark.parametrize("layer", ["rnn", "lstm", "gru", "dense"])
def test_every_argument_of_the_engine_is_an_option_with_words(layer: str) -> None:
    names = set(arguments(f"{layer}_params").model_fields) - {"layer_sizes"}
    assert names <= set(HELP)


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
    assert set(data["terms"][0]) == {"id", "label", "symbol", "substituted", "value", "shape"}
    assert {"id", "message", "value"} == set(data["mistakes"][0])
    assert (
        next(m["value"] for m in data["mistakes"] if m["id"] == "three-blocks")
        == total - total // 4
    )
    assert [v["total"] for v in data["variants"]] == [3456, 3360, 3360, 3360, 3456]


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
