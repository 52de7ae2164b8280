"""`tutor compute`: any function of the engine, as JSON or to read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tutor.cli.json_input import read_arguments
from tutor.cli.worked import number_data
from tutor.engine import describe, names
from tutor.errors import TutorError

LSTM = '{"input_size": 10, "hidden_size": 24}'


def test_lists_every_function_by_family(run: Run) -> None:
    ran = run("compute")
    assert ran.code == 0
    lines = ran.out.splitlines()
    for name in names():
        assert any(line.startswith(f"  {name}  ") for line in lines)
        assert describe(name).family in lines
    assert "Usage: tutor compute" in run("compute", "--help").out
    assert "lstm_params" in run("compute", "--help").out
    assert max(map(len, lines)) <= 76


def test_every_function_is_described() -> None:
    for name in names():
        description = describe(name)
        assert description.summary.endswith(".")
        assert description.family.isidentifier()


@pytest.mark.parametrize("arguments", [("lstm_params",), ("lstm_params", "--help")])
def test_a_name_alone_tells_its_arguments(run: Run, arguments: tuple[str, ...]) -> None:
    out = run("compute", *arguments).out
    assert "input_size: a whole number from 1 on\n" in out
    assert "num_layers: a whole number from 1 to 1,000; 1 if left out" in out
    assert "convention: pytorch, keras" in out.replace("`", "")
    assert "Hochreiter & Schmidhuber 1997" in out


def test_json(run: Run) -> None:
    data = json.loads(run("compute", "lstm_params", "--json", LSTM).out)
    assert (data["name"], data["total"], data["unit"]) == ("lstm_params", 3456, "parameters")
    assert data["arguments"]["num_layers"] == 1
    assert sum(term["value"] for term in data["terms"]) == 3456
    assert data["mistakes"][0]["id"] == "three-blocks"


def test_numbers_of_a_function(run: Run) -> None:
    data = json.loads(run("compute", "softmax", "--json", '{"scores": [1, 2.5, -3e0]}').out)
    assert data["unit"] is None
    assert 0 < data["total"] < 1
    assert data["arguments"]["scores"] == [1.0, 2.5, -3.0]


def test_infinities_are_texts() -> None:
    inf = float("inf")
    nested = ((1, -inf), (inf, float("nan")))
    assert number_data(nested) == [[1, "-Infinity"], ["Infinity", "NaN"]]
    assert number_data(10**15) == 10**15


def test_text(run: Run) -> None:
    lines = run("compute", "lstm_params", "--json", LSTM, "--text").out.splitlines()
    assert lines[0].split() == ["weight_ih_l0", "4h", "×", "d", "96", "×", "10", "960"]
    assert lines[-1] == "  Parameters in total: 3,456."


def test_korean(run: Run) -> None:
    ran = run("--lang", "ko", "compute", "lstm_params", "--json", LSTM, "--text")
    assert "파라미터" in ran.out


def test_json_from_standard_input_and_from_a_file(run: Run, tmp_path: Path) -> None:
    plain = run("compute", "lstm_params", "--json", LSTM)
    assert run("compute", "lstm_params", "--json", "-", typed=LSTM).out == plain.out
    file = tmp_path / "args.json"
    file.write_text(LSTM, encoding="utf-8")
    assert run("compute", "lstm_params", "--json", f"@{file}").out == plain.out
    file.write_bytes(b'{"\xff": 1}')
    assert "cannot be read" in run("compute", "lstm_params", "--json", f"@{file}").err


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("lstm_parms", LSTM, "Did you mean lstm_params?"),
        ("lstm_params", '{"input_size": 10,\n "hidden_size" 24}', "line 2, column 16"),
        ("lstm_params", "", "line 1, column 1"),
        ("lstm_params", "{'input_size': 3}", "line 1, column 2"),
        ("lstm_params", "[10, 24]", "is no object"),
        ("lstm_params", "10", "is no object"),
        ("lstm_params", "null", "is no object"),
        ("lstm_params", '{"hidden_size": 24}', "needs the argument input_size"),
        ("lstm_params", '{"input_size": 1, "hiden_size": 24}', "Did you mean hidden_size?"),
        ("lstm_params", '{"input_size": 1, "input_size": 2}', "key input_size twice"),
        ("lstm_params", '{"input_size": NaN}', "NaN is no number of JSON"),
        ("lstm_params", '{"input_size": -Infinity}', "-Infinity is no number of JSON"),
        ("softmax", '{"scores": [1, 1e999]}', "1e999 is no number of JSON"),
        ("softmax", '{"scores": [1, 1e7]}', "from −1,000,000"),
        ("lstm_params", '{"input_size": ' + "9" * 500 + "}", "more than 400 digits"),
        ("lstm_params", '{"input_size": ' + "9" * 300 + "}", "≈ 10^300"),
        ("lstm_params", '{"input_size": 2.0, "hidden_size": 3}', "input_size is 2.0"),
        ("lstm_params", '{"input_size": true, "hidden_size": 3}', "input_size is True"),
        ("lstm_params", "[" * 100_000, "nested too deeply"),
        ("lstm_params", '{"\\u001b[31m": 1}', "has no argument"),
        ("model_params", '{"layers": "lstm(3, 4) > dense(5, 1)"}', "gives 4"),
        ("lstm_params", '{"\\u001b[31m": 1, "\\u001b[31m": 2}', "key �[31m twice"),
        ("lstm_params", "@\x1b[31m", "The file �[31m cannot be read"),
        (
            "model_params",
            '{"layers": [{"layer": "lstm", "\\u001b[31m": 1}]}',
            "has no argument �[31m",
        ),
        ("lstm_params", "@", "cannot be read"),
        ("lstm_params", "@/no/such/file", "The file /no/such/file cannot be read"),
    ],
    ids=lambda text: text[:30],
)
def test_bad_input_gets_an_answer(run: Run, name: str, text: str, words: str) -> None:
    typed = text if len(text) > 5000 else ""
    ran = run("compute", name, "--json", "-" if typed else text, typed=typed)
    assert ran.code == 2
    assert words in " ".join(ran.err.split())
    assert "Traceback" not in ran.err
    assert "\x1b" not in ran.err
    assert ran.out == ""


def test_a_byte_order_mark_is_no_part_of_the_json(run: Run, tmp_path: Path) -> None:
    marked = b"\xef\xbb\xbf" + LSTM.encode()
    file = tmp_path / "args.json"
    file.write_bytes(marked)
    assert run("compute", "lstm_params", "--json", f"@{file}").code == 0
    assert run("compute", "lstm_params", "--json", "-", typed=marked).code == 0


def test_broken_json_is_said_without_the_parsers_english(run: Run) -> None:
    for text in ("", "{", "[1] x", '{"a" 1}'):
        err = run("--lang", "ko", "compute", "lstm_params", "--json", text).err
        assert "Expecting" not in err
        assert "Extra" not in err


def test_standard_input_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)  # as Python has it where no file is open
    with pytest.raises(TutorError, match="Standard input"):
        read_arguments("-")


def test_nothing_is_said_beside_the_answer(run: Run) -> None:
    layers = '"layers": "embedding(10, 4) > dense(4, 10)"'
    for given in (f"{{{layers}}}", f'{{{layers}, "tied": [["embedding", "dense"]]}}'):
        ran = run("compute", "model_params", "--json", given)
        assert (ran.code, ran.err) == (0, "")


def test_too_much_is_refused(run: Run) -> None:
    ran = run("compute", "softmax", "--json", "-", typed='{"scores": [' + "1, " * 400_000)
    assert ran.code == 2
    assert "longer than 1,000,000 characters" in ran.err


def test_json_needs_a_name(run: Run) -> None:
    ran = run("compute", "--json", LSTM)
    assert ran.code == 2
    assert "needs the name of a function" in ran.err
