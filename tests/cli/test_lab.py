from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run
from tutor.labs import names


@pytest.mark.parametrize(
    "arguments", [("lab", "--list"), ("lab",), ("lab", "parameters", "--list")]
)
def test_the_labs_are_listed_a_line_each(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert ran.code == 0
    assert [line.split()[0] for line in ran.out.splitlines()] == list(names())


def test_json_is_the_frame_at_these_controls(run: Run) -> None:
    ran = run(
        "lab",
        "parameters",
        "--set",
        "layer=gru",
        "--set",
        "hidden_size=32",
        "--set",
        "convention=keras",
        "--json",
    )
    data = json.loads(ran.out)
    assert data["lab"] == "parameters"
    assert data["controls"] == {
        "layer": "gru",
        "input_size": 10,
        "hidden_size": 32,
        "num_layers": 1,
        "bidirectional": False,
        "bias": True,
        "convention": "keras",
    }
    assert data["frame"]["total"] == 3 * 32 * (10 + 32 + 2)
    assert sum(term["share"] for term in data["frame"]["terms"]) == pytest.approx(1)
    assert data["frame"]["captions"][0].startswith("The recurrent weights")


@pytest.mark.parametrize("written", ["784,256,10", "784 256 10", "[784, 256, 10]"])
def test_a_list_of_sizes(run: Run, written: str) -> None:
    ran = run(
        "lab", "parameters", "--set", "layer=dense", "--set", f"layer_sizes={written}", "--json"
    )
    assert json.loads(ran.out)["controls"]["layer_sizes"] == [784, 256, 10]


def test_plain_is_what_params_prints(run: Run) -> None:
    lab = run("lab", "parameters", "--set", "bidirectional=true", "--plain")
    params = run("params", "lstm", "--input-size", "10", "--hidden-size", "24", "--bidirectional")
    assert lab.out == params.out
    assert "6,912" in lab.out


def test_korean(run: Run) -> None:
    ran = run("--lang", "ko", "lab", "parameters", "--plain")
    assert ran.code == 0
    assert "3,456" in ran.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("parametres",), "“parametres”. Did you mean “parameters”?"),
        (("parameters", "--set", "hiden_size=3"), "Did you mean “hidden_size”?"),
        (
            ("parameters", "--set", "hidden_size=0"),
            "hidden_size cannot be 0. Hidden size h: a whole number from 1",
        ),
        (("parameters", "--set", "hidden_size=x"), "hidden_size cannot be x."),
        (("parameters", "--set", "hidden_size"), "Write --set key=value"),
        (("parameters", "--set", "=3"), "Write --set key=value"),
        (
            ("parameters", "--set", "convention=keras", "--set", "proj_size=3"),
            "in PyTorch and in the textbook",
        ),
        (("parameters", "--set", "\x1b[31m=3"), "no control"),
    ],
)
@pytest.mark.parametrize("mode", ["--plain", "--json"])
def test_bad_settings_get_an_answer(
    run: Run, arguments: tuple[str, ...], words: str, mode: str
) -> None:
    ran = run("lab", *arguments, mode)
    assert ran.code == 2
    assert words in " ".join(ran.err.split())
    assert "Traceback" not in ran.err
    assert "\x1b" not in ran.err


def test_a_screen_without_a_terminal_says_so(run: Run) -> None:
    ran = run("lab", "parameters")
    assert ran.code == 2
    assert "needs a terminal" in ran.err
