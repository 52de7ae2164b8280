"""`tutor params model`: a model in a line."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run

LINE = "lstm(10, 24, num_layers=2) > dropout(0.5) > dense(24, 3)"


def test_the_tables(run: Run) -> None:
    out = run("params", "model", LINE).out
    lines = out.splitlines()
    assert lines[0].split() == ["0.weight_ih_l0", "4h", "×", "d", "96", "×", "10", "960"]
    assert "  Layer 2, dropout(0.5): no parameters." in lines
    assert "  Parameters in total: 8,331." in lines
    assert any(line.startswith("▸ PyTorch: 8,331.") for line in lines)
    assert any(line.startswith("  Keras: 8,139.") for line in lines)
    assert max(map(len, lines)) <= 78


def test_json(run: Run) -> None:
    ran = run("params", "model", LINE, "--convention", "keras", "--json", "--guess", "8331")
    data = json.loads(ran.out)
    assert data["total"] == 8139
    assert data["terms"][-1]["label"] == "dense/bias"
    assert data["arguments"]["layers"] == LINE.split(" > ")
    assert data["guess"]["mistake"] == "two-biases"


def test_ties(run: Run) -> None:
    line = "dense(3, 3) > dense(3, 3)"
    data = json.loads(run("params", "model", line, "--tie", "0.weight=1.weight", "--json").out)
    assert data["total"] == 15
    assert data["arguments"]["tied"] == [["0.weight", "1.weight"]]


def test_a_guess_is_diagnosed(run: Run) -> None:
    ran = run("params", "model", LINE, "--guess", "8256")
    assert "✗ Not yet. 8,256 leaves out layer 3, dense(24, 3)" in " ".join(ran.out.split())


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_an_error_points_at_its_place(run: Run, lang: str) -> None:
    ran = run("--lang", lang, "params", "model", "lstm(3, 4) > lsmt(4, 5)")
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.splitlines()[:2] == ["  lstm(3, 4) > lsmt(4, 5)", "               ^"]
    assert "lstm" in ran.err.splitlines()[-1]


def test_a_long_line_is_shown_round_the_place(run: Run) -> None:
    line = " > ".join(["dense(8, 8)"] * 40) + " > dense(9, 1)"
    shown, caret, *rest = run("params", "model", line).err.splitlines()
    assert len(shown) <= 76
    assert shown[caret.index("^") :].startswith("dense(9, 1)")
    assert rest[0].startswith("Error: Layer 41")


def test_the_caret_counts_cells(run: Run) -> None:
    shown, caret, *_ = run("params", "model", "lstm('가나', 4) ; x").err.splitlines()
    assert caret.index("^") == shown.index("; x") + 2  # two syllables, a cell more each


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "LINE"),
        ((LINE, "--tie", "a"), "ties nothing"),
        ((LINE, "--tie", "a=b"), "The model has no tensor a."),
        ((LINE, "--tie", "\x1b[31m=b"), "The model has no tensor �[31m."),
        ((LINE, "\x1b]0;title\x07"), "�]0;title�"),
        ((LINE, "--guess", "10,24"), "read in two ways"),
        ((LINE, "--seq-len", "0"), "seq_len is 0"),
        ((LINE, "--convention", "caffe"), "--convention"),
        (("lstm(10,000, 3)",), "Write one number as 10_000"),
        (("lstm(3, 4) > \x1b[31m",), "has no place here"),
        (("lstm(3, 4)\n> dense(5, 1)",), "gives 4"),
    ],
)
def test_bad_input_gets_an_answer(run: Run, arguments: tuple[str, ...], words: str) -> None:
    ran = run("params", "model", *arguments)
    assert ran.code == 2
    assert words in " ".join(ran.err.split())
    assert "Traceback" not in ran.err
    assert "\x1b" not in ran.err
    assert ran.out == ""
